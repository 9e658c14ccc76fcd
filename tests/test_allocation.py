"""Who was trained: from arrays, from the attributes of a panel, and from the roster of a study."""

from pathlib import Path

import numpy as np
import pytest
import studies
from studies import changed, grid

from netlearn import NetlearnError, Panel
from netlearn.study.allocation import Allocation, allocation
from netlearn.study.plan import Assignment, read_study
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

NEVER = Allocation.NEVER


def panel(group="AABBCC", labels=("before", "after"), **attributes):
    n = len(group)
    return Panel.from_arrays({w: np.zeros((n, n)) for w in labels}, list(group), attributes=attributes)


def test_people_with_a_named_value_are_trained_and_everybody_else_is_not():
    made = allocation(
        panel(got=["yes", "no", "partly", "later", " yes ", "2.0"]),
        Assignment("got", trained=("yes", "partly", "2")),
    )
    assert made.trained(1).tolist() == [True, False, True, False, True, True]
    assert not made.trained(0).any()
    assert (made.by, made.unit.tolist(), set(made.strata.tolist())) == ("person", list(range(6)), {0})


def test_departments_of_the_first_wave_are_units():
    data = Panel.from_arrays(
        {w: np.zeros((4, 4)) for w in "ab"},
        {"a": list("XXYY"), "b": list("XYYY")},
        attributes={"got": list("1100"), "area": list("eeww")},
    )
    made = allocation(data, Assignment("got", "department", "area", ("1",)))
    assert (made.by, made.unit.tolist(), made.strata.tolist()) == ("department", [0, 0, 1, 1], [0, 0, 1, 1])
    assert made.trained(1).tolist() == [True, True, False, False]


def test_a_department_that_is_split_cannot_be_a_unit():
    with pytest.raises(NetlearnError, match="more than one start"):
        allocation(panel(got=list("110100")), Assignment("got", "department", trained=("1",)))
    with pytest.raises(NetlearnError, match="more than one stratum"):
        allocation(
            panel(got=list("110000"), area=list("eewwwe")), Assignment("got", "department", "area", ("1",))
        )


def test_start_waves_are_numbers_and_blank_is_never():
    data = panel("ABCDEF", ("w1", "w2", "w3"), start=["w2", "w3", "", "w1", "w2", ""])
    made = allocation(data, Assignment("start", "start-wave"))
    assert made.start.tolist() == [1, 2, NEVER, 0, 1, NEVER]
    assert made.by == "start-wave"
    assert made.trained(1).tolist() == [True, False, False, True, True, False]


@pytest.mark.parametrize(
    ("starts", "areas", "units"),
    [
        (["w2", "w2", "w3", "w3", "", ""], "eeewww", [0, 1, 2, 3, 4, 5]),
        (["w2", "w2", "w3", "w3", "", ""], "eewwww", [0, 0, 1, 1, 2, 2]),
        (["w2", "w3", "w3", "w3", "", ""], "eewwww", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_departments_that_start_together_are_what_was_assigned(starts, areas, units):
    data = panel("AABBCC", ("w1", "w2", "w3"), start=starts, area=list(areas))
    made = allocation(data, Assignment("start", "start-wave", "area"))
    assert made.unit.tolist() == units
    assert np.array_equal(made.strata, np.array([a == "w" for a in areas]))


def test_who_started_in_a_wave_that_the_panel_lacks_counts_from_its_next():
    data = panel("ABCD", ("w1", "w3"), start=["w2", "w3", "w4", ""])
    with pytest.raises(NetlearnError, match=r"'w2' is no wave.*Give `waves`"):
        allocation(data, Assignment("start", "start-wave"))
    made = allocation(data, Assignment("start", "start-wave"), ["w1", "w2", "w3", "w4"])
    assert made.start.tolist() == [1, 1, NEVER, NEVER]


def test_the_panel_must_hold_the_columns():
    with pytest.raises(NetlearnError, match=r"no attribute 'got'.* it has area"):
        allocation(panel(area=list("eeewww")), Assignment("got", trained=("yes",)))


def study(got, by="person", trained='trained = ["yes"]\n', more="", departments="NNNSSS", areas=None):
    """Six people with a column `got` and, if asked, `area`; one row per person from row 2 on."""
    areas = areas or ["x"] * 6
    rows = [
        f"a{k},{d},{g},{a}\n"
        for k, (d, g, a) in enumerate(zip(departments, got, areas, strict=True), start=1)
    ]
    assigned = f'[assignment]\ncolumn = "got"\nby = "{by}"\n{trained}{more}\n[primary]'
    files = changed(grid(), "study.toml", "[primary]", assigned)
    return files | {"roster.csv": "id,department,got,area\n" + "".join(rows)}


def faults(folder: Path, files):
    return check_study(studies.write(folder, files)).faults


def test_from_the_study_file_to_the_allocation(tmp_path: Path):
    files = study(
        ["yes", "yes", "yes", "no", "no", "no"], "department", more='strata = "area"\nrandomized = true\n'
    )
    plan = read_study(studies.write(tmp_path, files))
    assert plan.assignment == Assignment("got", "department", "area", ("yes",), True)
    data = read_panel(plan, "contact")
    made = allocation(data, plan.assignment)
    north = np.array([data.group_names[g] == "N" for g in data.groups[0]])
    assert np.array_equal(made.trained(1), north)
    assert len(np.unique(made.unit)) == 2


def test_a_rota_from_the_study_file(tmp_path: Path):
    files = study(["after", "", "after", "before", "", ""], "start-wave", trained="")
    plan = read_study(studies.write(tmp_path, files))
    made = allocation(read_panel(plan, "contact"), plan.assignment)
    assert sorted(made.start.tolist()) == [0, 1, 1, NEVER, NEVER, NEVER]


@pytest.mark.parametrize(("by", "column"), [("person", "got"), ("department", "got"), ("person", "area")])
def test_a_blank_cell_is_a_fault_of_its_row(by, column, tmp_path: Path):
    got, areas = ["yes", "yes", "yes", "no", "no", "no"], ["x"] * 6
    (got if column == "got" else areas)[4] = ""
    (fault,) = faults(tmp_path, study(got, by, more='strata = "area"\n', areas=areas))
    assert (fault.code, fault.file, fault.row, fault.column) == ("assignment-blank", "roster.csv", 6, column)
    assert fault.text() == (
        f"roster.csv, row 6, column {column}: the cell is blank. Expected a value for everybody: the assignment uses "
        "this column. Do: fill it in."
    )
    assert fault.text("da") == (
        f"roster.csv, række 6, kolonne {column}: cellen er tom. Forventede en værdi til alle: fordelingen bruger "
        "kolonnen. Gør: udfyld den."
    )


def test_a_value_that_nobody_has_is_a_fault_with_the_nearest(tmp_path: Path):
    (fault,) = faults(tmp_path, study(["yess", "no"] * 3))
    assert (fault.code, fault.file, fault.row, fault.column) == ("trained-not-found", "roster.csv", 0, "got")
    assert fault.text() == (
        "roster.csv, column got: no row holds 'yes', which trained names in study.toml. The nearest right name is "
        "'yess'. Expected a value of the column: no, yess. Do: correct trained or the cells."
    )
    assert "ingen række indeholder 'yes', som trained nævner i study.toml." in fault.text("da")


def test_a_department_that_does_not_share_is_a_fault_with_both_rows(tmp_path: Path):
    files = study(
        ["yes", "no", "no", "no", "no", "no"], "department", more='strata = "area"\n', areas=list("eeewwe")
    )
    got, area = sorted(faults(tmp_path, files), key=lambda f: f.column, reverse=True)
    assert (got.code, got.row, area.code, area.row, area.column) == (
        "assignment-differs",
        3,
        "assignment-differs",
        7,
        "area",
    )
    assert got.text() == (
        "roster.csv, row 3, column got: people of department 'N' do not share a value: 'no' here (and 1 more like it) "
        "and 'yes' in row 2. Expected one value, because departments were assigned as a whole. Do: correct the cells, "
        'or write by = "person".'
    )
    assert "personerne i afdelingen 'S' har ikke samme værdi: 'e' her og 'w' i række 5." in area.text("da")


def test_a_start_that_is_no_wave_is_one_fault_per_text(tmp_path: Path):
    files = study(["aftr", "aftr", "", "yes", "before", "after"], "start-wave", trained="")
    one, two = faults(tmp_path, files)
    assert (one.code, one.row, one.column, two.code, two.row) == (
        "unknown-start-wave",
        2,
        "got",
        "unknown-start-wave",
        5,
    )
    assert one.text() == (
        "roster.csv, row 2, column got: 'aftr' is not a wave (and 1 more like it). The nearest right name is 'after'. "
        "Expected the label of the first wave in which the person counts as trained, or a blank cell for never: "
        "before, after. Do: write one of these."
    )
    assert (
        "række 5, kolonne got: 'yes' er ikke en måling. Forventede navnet på den første måling"
        in two.text("da")
    )


@pytest.mark.parametrize(
    ("by", "trained", "code", "english", "danish"),
    [
        (
            "person",
            "",
            "missing-key",
            "the key trained is missing in [assignment]. Expected a list of texts in quotes.",
            "nøglen trained mangler i [assignment]. Forventede en liste af tekster i anførselstegn.",
        ),
        (
            "start-wave",
            'trained = ["yes"]\n',
            "trained-not-used",
            'trained in [assignment] is not used with by = "start-wave"',
            'trained i [assignment] bruges ikke sammen med by = "start-wave"',
        ),
    ],
)
def test_what_counts_as_trained_is_said_once(by, trained, code, english, danish, tmp_path: Path):
    files = study(["yes"] * 3 + ["no"] * 3, by, trained)
    (fault,) = faults(tmp_path, files)
    lines = files["study.toml"].splitlines()
    line = lines[fault.row - 1]
    assert (fault.code, fault.file, fault.column) == (code, "study.toml", "trained")
    assert line.startswith("trained" if trained else "[assignment]")
    assert english in fault.text()
    assert danish in fault.text("da")


@pytest.mark.parametrize("value", ["0", "-1", "inf", "nan"])
def test_a_margin_is_a_positive_number(value, tmp_path: Path):
    files = changed(
        grid(), "study.toml", 'measure = "cross_density"', f'measure = "cross_density"\nmargin = {value}'
    )
    (fault,) = faults(tmp_path, files)
    assert (fault.code, fault.column) == ("not-between", "margin")


def test_a_margin_reaches_the_plan(tmp_path: Path):
    files = changed(
        grid(), "study.toml", 'measure = "cross_density"', 'measure = "cross_density"\nmargin = 1'
    )
    assert read_study(studies.write(tmp_path, files)).primary.margin == 1.0


@pytest.mark.parametrize(
    "how",
    [
        {"trained": [1, 0, np.nan, 1]},
        {"trained": ["yes", "no", "no", "yes"]},
        {"trained": [True, False, None, True]},
        {"trained": [0, 1, 2, 1]},
        {"start": [0.5, 1, 1, np.nan]},
        {"start": [-1, 1, 1, np.nan]},
        {"start": ["w1", "w2", "", ""]},
        {"trained": [1, 0, 0, 1], "by": "team"},
    ],
)
def test_what_says_neither_trained_nor_not_is_refused(how):
    with pytest.raises(NetlearnError):
        Allocation.from_arrays(**how)


def test_by_lot_goes_with_the_allocation():
    data = panel("ABCDEF", ("w1", "w2", "w3"), got=list("110011"), start=["w2", "w3", "", "w1", "w2", ""])
    for lot in (True, False):
        assert allocation(data, Assignment("got", trained=("1",), randomized=lot)).randomized is lot
        assert allocation(data, Assignment("start", "start-wave", randomized=lot)).randomized is lot
        assert Allocation.from_arrays([1, 0], randomized=lot).randomized is lot
    with pytest.raises(NetlearnError, match="randomized must be"):
        Allocation.from_arrays([1, 0], randomized="no")


def test_an_allocation_shows_itself_in_short():
    made = Allocation.from_arrays(
        start=[0, 1, 1, 2, np.nan, np.nan], strata=list("xxxyyy"), unit=[1, 2, 2, 3, 4, 4], randomized=True
    )
    assert repr(made) == (
        "Allocation(6 people by start-wave, by lot: 1 from wave 0 on, 2 from wave 1 on, 1 from wave 2 on, 2 never "
        "trained; units: 4, strata: 2)"
    )
