"""The roster: codes instead of ids, departments and employment per wave, whatever the order of the rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import studies
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from studies import Files, changed, grid

from netlearn.study.findings import Findings
from netlearn.study.plan import Study, read_study
from netlearn.study.rawtable import RawTable
from netlearn.study.roster import Roster, make_roster
from netlearn.survey.reader import read_roster
from netlearn.survey.table import Tables


def roster_of(folder: Path, files: Files) -> Roster:
    findings = Findings()
    study = read_study(studies.write(folder, files))
    roster = read_roster(study, Tables(study, findings), findings)
    findings.raise_faults()
    assert roster is not None
    return roster


def with_columns(columns: str, text: str) -> Files:
    return changed(grid(), "study.toml", '"roster.csv"', f'"roster.csv"\n{columns}') | {"roster.csv": text}


def by_id(roster: Roster, values: object) -> dict[str, object]:
    return {person: np.asarray(values)[place].item() for person, place in roster.by_id.items()}


def test_codes_follow_the_seed_and_not_the_ids(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, grid())
    assert roster.codes == ("p001", "p002", "p003", "p004", "p005", "p006")
    order = np.random.default_rng(7).permutation(6)
    assert [roster.by_id[f"a{i + 1}"] for i in order] == [0, 1, 2, 3, 4, 5]
    assert list(order) != sorted(order)
    other = roster_of(tmp_path / "other", changed(grid(), "study.toml", "seed = 7", "seed = 8"))
    assert dict(other.by_id) != dict(roster.by_id)


def test_no_id_and_no_name_is_printed(tmp_path: Path) -> None:
    text = "id,department,name\n" + "".join(f"{r},Åse Ø\n" for r in studies.ROSTER.splitlines()[1:])
    roster = roster_of(tmp_path, with_columns('name = "name"', text))
    assert repr(roster) == "Roster of 6 people"
    assert "Åse" not in str(vars(roster))


@given(st.permutations(studies.ROSTER.splitlines()[1:]))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_does_not_matter(rows: list[str]) -> None:
    cells = [row.split(",") for row in rows]
    table = RawTable("roster.csv", ("id", "department"), cells, tuple(range(2, 8)))
    roster = make_roster(_study(), table, Findings())
    plain = RawTable("roster.csv", ("id", "department"), sorted(cells), tuple(range(2, 8)))
    other = make_roster(_study(), plain, Findings())
    assert roster is not None
    assert other is not None
    assert dict(roster.by_id) == dict(other.by_id)
    assert roster.departments == other.departments


def _study() -> Study:
    from datetime import date

    from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, WavePlan
    from netlearn.study.planned import Outcome

    return Study(
        folder=Path(),
        title="",
        language="en",
        design="pre-post",
        seed=7,
        min_cell_size=5,
        grouping="baseline",
        tolerate=(),
        files=FileFormat(),
        roster=RosterPlan("roster.csv"),
        waves=(WavePlan("before", date(2024, 1, 15)), WavePlan("after", date(2024, 12, 1))),
        relations=(RelationPlan("contact"),),
        primary=Outcome("contact", "density", ("before", "after")),
    )


DATES = """\
id,department,start,end
a1,North,,
a2,North,2024-01-15,2024-12-01
a3,North,2024-01-16,
a4,South,,2024-11-30
a5,South,,2024-01-14
a6,South,2024-12-02,
"""


def test_employed_when_the_wave_lies_between_start_and_end(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, with_columns('start = "start"\nend = "end"', DATES))
    before, after = by_id(roster, roster.employed["before"]), by_id(roster, roster.employed["after"])
    assert before == {"a1": True, "a2": True, "a3": False, "a4": True, "a5": False, "a6": False}
    assert after == {"a1": True, "a2": True, "a3": True, "a4": False, "a5": False, "a6": False}


def test_a_mover_has_two_departments_and_blank_means_unchanged(tmp_path: Path) -> None:
    text = "id,department,later\n" + studies.ROSTER.split("\n", 1)[1].replace("\n", ",\n")
    files = with_columns('departments = { after = "later" }', text.replace("a3,North,", "a3,North,South"))
    roster = roster_of(tmp_path, files)
    assert by_id(roster, roster.departments["before"])["a3"] == "North"
    after = by_id(roster, roster.departments["after"])
    assert (after["a3"], after["a1"], after["a6"]) == ("South", "North", "South")


def test_keys_match_respondents_and_ids_match_colleagues(tmp_path: Path) -> None:
    text = "id,department,token\na1,N,11\na2,N,12.0\na3,N,\na4,S,14\na5,S,15\na6,S,16\n"
    roster = roster_of(tmp_path, with_columns('key = "token"', text))
    assert set(roster.by_key) == {"11", "12", "14", "15", "16"}
    assert roster.by_key["12"] == roster.by_id["a2"]


def test_an_excel_roster_with_numbers_and_dates(tmp_path: Path) -> None:
    from datetime import datetime

    book = Workbook()
    book.active.append(["id", "department", "start"])
    for person, department, start in [
        (1, "N", None),
        (2.0, "N", datetime(2024, 6, 1)),
        (3, "S", None),
        (4, "S", None),
    ]:
        book.active.append([person, department, start])
    files = changed(grid(), "study.toml", '"roster.csv"', '"roster.xlsx"\nstart = "start"')
    folder = studies.write(tmp_path, {k: v for k, v in files.items() if k != "roster.csv"})
    book.save(folder / "roster.xlsx")
    findings = Findings()
    study = read_study(folder)
    roster = read_roster(study, Tables(study, findings), findings)
    assert findings.lines() == []
    assert roster is not None
    assert by_id(roster, roster.employed["before"]) == {"1": True, "2": False, "3": True, "4": True}


def test_departments_of_one_are_looked_for_at_each_wave_when_the_current_one_counts(tmp_path: Path) -> None:
    text = "id,department,later\n" + studies.ROSTER.split("\n", 1)[1].replace("\n", ",\n")
    files = with_columns('departments = { after = "later" }', text.replace("a3,North,", "a3,North,West"))
    assert roster_of(tmp_path / "baseline", files).n == 6
    files = changed(files, "study.toml", "seed = 7", 'seed = 7\ndepartment = "current"')
    with pytest.raises(ValueError, match=r"^roster\.csv, row 4, column later: department 'West'"):
        roster_of(tmp_path / "current", files)


def findings_of(folder: Path, files: Files) -> Findings:
    findings = Findings()
    study = read_study(studies.write(folder, files))
    read_roster(study, Tables(study, findings), findings)
    return findings


def six(*departments: str) -> str:
    return "id,department\n" + "".join(f"a{k},{name}\n" for k, name in enumerate(departments, start=1))


@pytest.mark.parametrize("other", ["advice", "ADVICE", "Ad vice", "Advi\u00a0ce"])
def test_one_department_spelled_in_two_ways_is_one_fault(other: str, tmp_path: Path) -> None:
    """The lone spelling is no department of one besides."""
    text = six("Health", "Advice", "Advice", "Health", other, "Health")
    findings = findings_of(tmp_path, grid() | {"roster.csv": text})
    (fault,) = findings
    assert (fault.level, fault.code, fault.row, fault.column) == (
        "fault",
        "department-spelled-twice",
        6,
        "department",
    )
    assert fault.text() == (
        f"roster.csv, row 6, column department: the department is spelled '{' '.join(other.split())}' here and "
        "'Advice' in row 3. Expected one spelling, or they count as two departments. Do: write one of them "
        "throughout."
    )
    assert "her og 'Advice' i række 3." in fault.text("da")


def test_spellings_are_compared_between_the_columns_of_the_waves(tmp_path: Path) -> None:
    text = "id,department,later\n" + studies.ROSTER.split("\n", 1)[1].replace("\n", ",\n")
    files = with_columns('departments = { after = "later" }', text.replace("a3,North,", "a3,North,south"))
    (fault,) = findings_of(tmp_path, files)
    assert (fault.code, fault.row, fault.column) == ("department-spelled-twice", 4, "later")
    assert fault.values["first"] == 5


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        # Ratio = 2 x letters in common / letters in all: 16 / 18, 14 / 15, 8 / 10, 6 / 8 (too short), numbers.
        ("Childcare", "Childcase", True),
        ("Schools", "Schoools", True),
        ("North", "Nerth", False),
        ("Care", "Cara", False),
        ("Department 1", "Department 2", False),
    ],
)
def test_names_that_are_nearly_equal_are_noted_without_the_names(
    one: str, two: str, alike: bool, tmp_path: Path
) -> None:
    findings = findings_of(tmp_path, grid() | {"roster.csv": six(one, one, two, two, one, one)})
    assert findings.faults == []
    assert [(n.code, n.row, n.values["first"]) for n in findings.notes] == alike * [
        ("departments-alike", 4, 2)
    ]
    for note in findings.notes:
        assert note.text().endswith(
            "the department is spelled nearly as the one in row 2; they count as two departments. If one is "
            "meant, write it the same way."
        )
        assert "afdelingen staves næsten som den i række 2;" in note.text("da")


def test_a_tolerated_department_of_one_is_noted_without_its_name(tmp_path: Path) -> None:
    """The note is printed in the report, where the name would point at the person."""
    files = changed(grid(), "study.toml", "seed = 7", 'seed = 7\ntolerate = ["single-person-departments"]')
    (note,) = findings_of(tmp_path, files | {"roster.csv": six("North", "North", "West", "S", "S", "S")})
    assert (note.code, note.row) == ("department-of-one-kept", 4)
    for text in (note.text("en"), note.text("da"), str(note.values)):
        assert "West" not in text
    assert "a department of one person" in note.text()
    assert "en afdeling med kun én person" in note.text("da")


def test_assignment_columns_must_be_there(tmp_path: Path) -> None:
    files = changed(
        grid(),
        "study.toml",
        "[primary]",
        '[assignment]\ncolumn = "departmnt"\ntrained = ["North"]\n[primary]',
    )
    with pytest.raises(ValueError, match=r"no column 'departmnt'.* 'department'"):
        roster_of(tmp_path, files)
