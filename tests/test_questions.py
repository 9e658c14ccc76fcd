"""Every way of asking: names in headings, several boxes, slots, typed names, and the four states of a cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
import studies
from numpy.typing import NDArray

from netlearn.analysis.ego import ego_networks
from netlearn.errors import NetlearnError, StudyError
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import read_study
from netlearn.survey.alters import read_egos
from netlearn.survey.answers import read_answers
from netlearn.survey.check import check_and_ask, check_study
from netlearn.survey.ledger import COUNTED
from netlearn.survey.reader import read_ledger, read_panel, read_roster
from netlearn.survey.table import Tables

NAMES = {
    "a1": "Anne Dam",
    "a2": "Bo Holm",
    "a3": "Jens Peter Hansen",
    "a4": "Søren Åkjær",
    "a5": "Mette Skov",
}
ROSTER = "id,name,department\n" + "".join(
    f"{person},{name},{'Nord' if person < 'a4' else 'Syd'}\n" for person, name in NAMES.items()
)
YES, NO, BLANK, UNSURE, HIDDEN = "yes", "no", "not answered", "don't know", "not asked"


def study_of(
    folder: Path, before: str, relation: str, *, wave: str = "", after: str | None = None, extra: str = ""
) -> Path:
    """A study of the five people; without another text the second wave holds the same answers in another order."""
    head, *rows = before.splitlines()
    last = "\n".join([head, *reversed(rows)]) + "\n" if after is None else after
    text = f"""[study]
title = "Five people"
seed = 3
tolerate = ["self-nominations"]

[roster]
file = "roster.csv"
name = "name"

[[waves]]
label = "before"
date = 2024-01-15
file = "before.csv"
{wave}
[[waves]]
label = "after"
date = 2024-12-01
file = "after.csv"
{wave}
[[relations]]
name = "contact"
{relation}
{extra}
[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""
    return studies.write(
        folder, {"study.toml": text, "roster.csv": ROSTER, "before.csv": before, "after.csv": last}
    )


def states(folder: Path, relation: str = "contact") -> NDArray[np.object_]:
    """The states of the first wave, people in the order a1 … a5."""
    study = read_study(folder)
    panel = read_panel(study, relation)
    return panel.waves[0].states[np.ix_(_order(folder, panel), _order(folder, panel))]


def _order(folder: Path, panel: Panel) -> list[int]:
    study = read_study(folder)
    roster = read_roster(study, Tables(study, Findings()), Findings())
    assert roster is not None
    assert panel.ids == roster.codes
    return [roster.by_id[person] for person in NAMES]


def codes_of(folder: Path) -> list[str]:
    """The codes in results of a1 … a5."""
    study = read_study(folder)
    roster = read_roster(study, Tables(study, Findings()), Findings())
    assert roster is not None
    return [roster.codes[roster.by_id[person]] for person in NAMES]


def fault_codes(folder: Path) -> list[str]:
    return [fault.code for fault in check_study(folder).faults]


def assert_ledger_adds_up(folder: Path) -> None:
    """Each file's cells are counted once: recounted from the file by the csv reader alone."""
    ledger = read_ledger(read_study(folder))
    assert (ledger["cells"] == ledger[list(COUNTED[1:])].sum(axis=1)).all()
    for row in ledger.itertuples():
        text = (folder / str(row.file)).read_text(encoding="utf-8")
        records = list(csv.reader(io.StringIO(text)))
        while not any(cell.strip() for cell in records[-1]):
            records.pop()
        assert row.cells == len(records) * len(records[0])
        assert row.headings == len(records[0])


# -- the four states ---------------------------------------------------------------------------------


def test_no_answer_dont_know_and_no_stay_apart(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,0,9,\na2,0,,0,0,0\na3,,,,,\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"\ndont_know = ["9"]')
    expected = [
        ["", YES, NO, UNSURE, BLANK],
        [NO, "", NO, NO, NO],
        [BLANK, BLANK, "", BLANK, BLANK],
        [BLANK, BLANK, BLANK, "", BLANK],
        [BLANK, BLANK, BLANK, BLANK, ""],
    ]
    np.testing.assert_array_equal(states(tmp_path), expected)
    assert_ledger_adds_up(tmp_path)


def test_who_was_not_employed_was_not_asked(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,0,0,0\na2,0,,0,0,0\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"')
    text = (tmp_path / "study.toml").read_text(encoding="utf-8")
    (tmp_path / "study.toml").write_text(text.replace('name = "name"', 'name = "name"\nstart = "start"', 1))
    rows = ROSTER.splitlines()
    with_start = [rows[0] + ",start", *(r + (",2024-06-01" if r.startswith("a5") else ",") for r in rows[1:])]
    (tmp_path / "roster.csv").write_text("\n".join(with_start) + "\n", encoding="utf-8")
    found = states(tmp_path)
    assert set(found[:4, 4]) == {HIDDEN}
    assert set(found[4, :4]) == {HIDDEN}


# -- names in headings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        ["Anne Dam", "Bo Holm", "Jens Peter Hansen", "Søren Åkjær", "Mette Skov"],
        ["Dam, Anne", "Holm, Bo", "Hansen, Jens Peter", "Åkjær, Søren", "Skov, Mette"],
        ["ANNE DAM", "bo holm", "Jens-Peter Hansen", "Soeren Aakjaer", "Mette Skov (IT)"],
    ],
)
def test_colleagues_are_found_by_name_whatever_their_order(headings: list[str], tmp_path: Path) -> None:
    shuffled = [headings[k] for k in (4, 2, 0, 1, 3)]
    header = ",".join(["id", *(f'"{name}"' for name in shuffled)])
    # a1 names a5 and a2; a2 names nobody.
    before = f"{header}\na1,1,0,,1,0\na2,0,0,0,,0\n"
    study_of(tmp_path, before, 'kind = "roster"')
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, NO, YES])
    np.testing.assert_array_equal(found[1], [NO, "", NO, NO, NO])


def test_an_adjacency_matrix_of_names(tmp_path: Path) -> None:
    names = list(NAMES.values())
    rows = [["", *names], [names[0], "", "1", "0", "0", "0"], [names[3], "0", "0", "1", "", ""]]
    before = "".join(",".join(row) + "\n" for row in rows).replace(",Anne", "who,Anne", 1)
    study_of(tmp_path, before, 'kind = "adjacency"')
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, NO, NO])
    np.testing.assert_array_equal(found[3], [NO, NO, YES, "", BLANK])
    np.testing.assert_array_equal(found[1], [BLANK, "", BLANK, BLANK, BLANK])


def test_a_heading_that_nobody_certain_is_meant_by_is_a_fault_without_the_name(tmp_path: Path) -> None:
    before = "id,c_Anne Dam,c_Jens Hansen\na1,,1\na2,1,0\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"')
    findings = check_study(tmp_path)
    assert [(f.code, f.column) for f in findings.faults if f.file == "before.csv"] == [("unknown-alter", "C")]
    assert not any("Jens" in line or "Hansen" in line for line in findings.lines())


# -- several boxes per colleague ---------------------------------------------------------------------

OPTIONS = """kind = "multiple-answer"
code = "c"
levels = { plan = 1, teach = 2, none = 0 }
"""


def boxes(ticks: dict[str, list[str]]) -> bytes:
    """A Qualtrics export whose columns are c_NUMBER_OPTION, worded with name and option."""
    options = {"plan": 1, "teach": 2, "none": 3}
    columns = [(p, o) for p in NAMES for o in options]
    names = [f"c_{int(p[1]) * 7}_{options[o]}" for p, o in columns]
    worded = [f"Who do you work with? - {NAMES[p]} - {o}" for p, o in columns]
    imports = [f'{{"ImportId":"QID5_{int(p[1]) * 7}_{options[o]}"}}' for p, o in columns]
    rows = [["Status", "id", *names], ["Response Type", "Your id", *worded]]
    rows.append(['{"ImportId":"status"}', '{"ImportId":"QID1_TEXT"}', *imports])
    for person, ticked in ticks.items():
        rows.append(["IP Address", person, *("1" if f"{p}:{o}" in ticked else "" for p, o in columns)])
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def test_boxes_of_a_plain_table_end_in_the_option(tmp_path: Path) -> None:
    columns = [f"c_{p}_{o}" for p in NAMES for o in ("plan", "none")]
    ticked = {"c_a2_plan", "c_a3_none"}
    rows = ["id," + ",".join(columns), "a1," + ",".join("1" if c in ticked else "" for c in columns)]
    rows.append("a2,1" + "," * (len(columns) - 1))
    relation = 'kind = "multiple-answer"\ncode = "c"\nlevels = { plan = 1, none = 0 }'
    study_of(tmp_path, "\n".join(rows) + "\n", relation)
    np.testing.assert_array_equal(states(tmp_path)[0], ["", YES, NO, BLANK, BLANK])


def test_several_boxes_per_colleague(tmp_path: Path) -> None:
    ticks = {"a1": ["a2:plan", "a2:teach", "a3:none", "a5:plan"], "a2": [], "a4": ["a1:none"]}
    study_of(tmp_path, "x\n", OPTIONS, wave='respondent = "id"\n')
    studies.write(tmp_path, {"before.csv": boxes(ticks), "after.csv": boxes(dict(reversed(ticks.items())))})
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, BLANK, YES])
    np.testing.assert_array_equal(found[1], [BLANK, "", BLANK, BLANK, BLANK])
    np.testing.assert_array_equal(found[3], [NO, BLANK, BLANK, "", BLANK])
    both = ticks | {"a4": ["a1:none", "a1:plan"]}
    studies.write(tmp_path, {"before.csv": boxes(both)})
    assert fault_codes(tmp_path) == ["none-and-options"]


# -- multiple choice ---------------------------------------------------------------------------------


def test_zeros_alone_are_no_answer_to_boxes(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5,c_none\na1,0,1,0,0,0,0\na2,0,0,0,0,0,1\na3,0,0,0,0,0,0\n"
    study_of(
        tmp_path,
        before,
        'kind = "multiple-choice"\ncode = "c"\nnobody = "none"\nlevels = { "1" = 1, "0" = 0 }',
    )
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, NO, NO])
    np.testing.assert_array_equal(found[1], [NO, "", NO, NO, NO])
    np.testing.assert_array_equal(found[2], [BLANK, BLANK, "", BLANK, BLANK])
    assert_ledger_adds_up(tmp_path)


# -- typed names -------------------------------------------------------------------------------------


FREE = """id,who
a1,"Bo Holm, Mette Skov og Jens P. Hansen"
a2,Ingen
a3,
a4,"Skov, Mette; Anne Dam"
a5,"Dam Anne / en helt anden"
"""


def test_several_names_in_one_cell(tmp_path: Path) -> None:
    study_of(tmp_path, FREE, 'kind = "free-text"\ncode = "who"\nnobody = "Ingen"\nmatch = "name"')
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, YES, NO, YES])
    np.testing.assert_array_equal(found[1], [NO, "", NO, NO, NO])
    np.testing.assert_array_equal(found[2], [BLANK, BLANK, "", BLANK, BLANK])
    np.testing.assert_array_equal(found[3], [YES, NO, NO, "", YES])
    # Somebody who is not on the list was named: this person answered.
    np.testing.assert_array_equal(found[4], [YES, NO, NO, NO, ""])
    notes = {note.code: note.values for note in check_study(tmp_path).notes}
    assert notes["names-to-check"]["count"] == 1
    assert notes["outside-boundary"]["count"] == 1
    assert_ledger_adds_up(tmp_path)


def test_whoever_may_be_meant_is_no_no(tmp_path: Path) -> None:
    """Two people of one name: neither is a tie, neither is a "no"; in a cell that cannot be cut nobody is a "no"."""
    before = 'id,who\na1,Mette Skov\na2,"Anne, Jens, Mette Skov"\na3,Anne Dam\n'
    study_of(tmp_path, before, 'kind = "free-text"\ncode = "who"\nmatch = "name"')
    text = ROSTER.replace("Bo Holm", "Mette Skov")
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", BLANK, NO, NO, BLANK])
    np.testing.assert_array_equal(found[1], [BLANK, "", BLANK, BLANK, BLANK])
    np.testing.assert_array_equal(found[2], [YES, NO, "", NO, NO])


def test_a_slip_of_the_pen_is_no_no(tmp_path: Path) -> None:
    study_of(
        tmp_path, "id,who\na1,Boo Hollm\na2,Annne Damm\n", 'kind = "free-text"\ncode = "who"\nmatch = "name"'
    )
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", BLANK, NO, NO, NO])
    np.testing.assert_array_equal(found[1], [BLANK, "", NO, NO, NO])


def test_decisions_are_picked_up_and_kept(tmp_path: Path) -> None:
    study_of(tmp_path, FREE, 'kind = "free-text"\ncode = "who"\nnobody = "Ingen"\nmatch = "name"')
    path = check_and_ask(tmp_path, Findings())
    assert path == tmp_path / "names_to_check.csv"
    text = path.read_text(encoding="utf-8-sig")
    row = next(line for line in text.splitlines() if "en helt anden" in line)
    path.write_text(
        text.replace(row, row.rstrip(";") + ";" * (8 - row.rstrip(";").count(";") - 1) + "a4"), "utf-8"
    )
    np.testing.assert_array_equal(states(tmp_path)[4], [YES, NO, NO, YES, ""])
    assert "names-to-check" not in [note.code for note in check_study(tmp_path).notes]


def test_respondents_who_type_their_own_name(tmp_path: Path) -> None:
    before = "me,c_a1,c_a2,c_a3,c_a4,c_a5\nDam Anne,,1,0,0,0\nholm bo,0,,0,0,0\n"
    wave = 'respondent = "me"\nrespondent_by = "name"\n'
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"', wave=wave)
    np.testing.assert_array_equal(states(tmp_path)[0], ["", YES, NO, NO, NO])
    more = before + "Jens Hansen,1,1,1,1,1\n"
    study_of(tmp_path, more, 'kind = "roster"\ncode = "c"', wave=wave)
    findings = Findings()
    path = check_and_ask(tmp_path, findings)
    assert {fault.code for fault in findings.faults} == {"respondent-unclear"}
    assert not any("Jens" in line for line in findings.lines())
    assert path is not None
    text = path.read_text(encoding="utf-8-sig")
    assert "Jens Hansen" in text
    lines = text.splitlines()
    lines[1] = lines[1].rsplit(";", 1)[0] + ";outside"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "outside-respondents" in [note.code for note in check_study(tmp_path).notes]
    np.testing.assert_array_equal(states(tmp_path)[2], [BLANK, BLANK, "", BLANK, BLANK])


# -- name generators ---------------------------------------------------------------------------------

SLOTS = """id,any,name1,name2,name3,freq1,freq2,freq3,dept1,dept2,dept3,tie12,tie13,tie23
a1,yes,Bo Holm,Mette Skov,,2,1,,Nord,Syd,,1,,
a2,no,,,,,,,,,,,,
a3,,,,,,,,,,,,,
a4,yes,Anne Dam,Kurt Udenfor,Bo Holm,3,2,1,Nord,Skole,Nord,0,1,
"""
GENERATOR = """kind = "name-generator"
n_slots = 3
columns = { to = "name{slot}", level = "freq{slot}" }
alter_columns = { department = "dept{slot}" }
alter_ties = "tie{a}{b}"
nobody_column = "any"
nobody = "no"
"""


def test_slots_of_a_name_generator(tmp_path: Path) -> None:
    study_of(tmp_path, SLOTS, GENERATOR)
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, NO, YES])
    np.testing.assert_array_equal(found[1], [NO, "", NO, NO, NO])
    np.testing.assert_array_equal(found[2], [BLANK, BLANK, "", BLANK, BLANK])
    np.testing.assert_array_equal(found[3], [YES, YES, NO, "", NO])
    assert_ledger_adds_up(tmp_path)


def test_slots_may_be_listed_one_by_one(tmp_path: Path) -> None:
    before = "id,A1navn,A1tit,2-1,2-2\na1,Bo Holm,2,Mette Skov,1\na2,,,Anne Dam,1\n"
    relation = """kind = "name-generator"
slots = [ { to = "A1navn", level = "A1tit" }, { to = "2-1", level = "2-2" } ]
"""
    study_of(tmp_path, before, relation)
    found = states(tmp_path)
    np.testing.assert_array_equal(found[0], ["", YES, NO, NO, YES])
    np.testing.assert_array_equal(found[1], [YES, "", NO, NO, NO])


def test_ego_networks_keep_people_outside_the_roster_and_ties_among_those_named(tmp_path: Path) -> None:
    study_of(tmp_path, SLOTS, GENERATOR)
    tables = read_egos(read_study(tmp_path), "contact")
    a1, a2, a3, a4, a5 = codes_of(tmp_path)
    egos = tables.egos[tables.egos["wave"] == "before"].set_index("ego")
    assert egos["answered"].to_dict() == {a1: True, a2: True, a3: False, a4: True}
    alters = tables.alters[tables.alters["wave"] == "before"]
    said = {(row.ego, row.alter, row.department) for row in alters.itertuples()}
    # The roster's department counts for people on it; the other is as told.
    assert said == {
        (a1, a2, "Nord"),
        (a1, a5, "Syd"),
        (a4, a1, "Nord"),
        (a4, "s2", "Skole"),
        (a4, a2, "Nord"),
    }
    ties = tables.ties[tables.ties["wave"] == "before"]
    assert {(row.ego, row.alter_a, row.alter_b) for row in ties.itertuples()} == {(a1, a2, a5), (a4, a1, a2)}
    assert "Kurt" not in tables.alters.to_csv() + tables.egos.to_csv()
    data = ego_networks(tables.egos, tables.alters, tables.ties)
    place = {ego: at for at, ego in enumerate(data.egos)}
    size = data.values("size", "before")
    # a1 named two people, a2 said nobody, a3 said nothing, a4 named three.
    np.testing.assert_array_equal(size[[place[ego] for ego in (a1, a2, a3, a4)]], [2, 0, np.nan, 3])
    study_of(tmp_path, FREE, 'kind = "free-text"\ncode = "who"')
    with pytest.raises(NetlearnError, match="name-generator"):
        read_egos(read_study(tmp_path), "contact")


# -- rows of a wave, second answers, people who withdrew ---------------------------------------------


def test_one_file_may_hold_both_waves(tmp_path: Path) -> None:
    rows = "t0,a1,,1,0,0,0\nt0,a2,0,,0,0,0\nt1,a1,,0,0,0,1\nt1,a2,1,,0,0,0\n"
    text = f"when,id,c_a1,c_a2,c_a3,c_a4,c_a5\n{rows}"
    folder = study_of(tmp_path, text, 'kind = "roster"\ncode = "c"', after=text)
    toml = (folder / "study.toml").read_text(encoding="utf-8").replace("after.csv", "before.csv")
    for label, value in (("before", "t0"), ("after", "t1")):
        toml = toml.replace(f'label = "{label}"\n', f'label = "{label}"\nwhere = {{ when = "{value}" }}\n')
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    panel = read_panel(read_study(folder), "contact")
    order = _order(folder, panel)
    after = panel.waves[1].states[np.ix_(order, order)]
    np.testing.assert_array_equal(states(folder)[0], ["", YES, NO, NO, NO])
    np.testing.assert_array_equal(after[:2], [["", NO, NO, NO, YES], [YES, "", NO, NO, NO]])
    assert_ledger_adds_up(folder)


TWICE = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,0,0,\na2,0,,0,0,0\na1,,0,0,0,1\na1,,,,,1\n"


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("first", ["", YES, NO, NO, BLANK]),
        ("last", ["", BLANK, BLANK, BLANK, YES]),
        ("most-complete", ["", NO, NO, NO, YES]),
    ],
)
def test_second_answers_count_as_the_study_file_says(rule: str, row: list[str], tmp_path: Path) -> None:
    after = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,0,0,1\n"
    study_of(tmp_path, TWICE, 'kind = "roster"\ncode = "c"', wave=f'duplicates = "{rule}"\n', after=after)
    np.testing.assert_array_equal(states(tmp_path)[0], row)
    left = [note for note in check_study(tmp_path).notes if note.code == "duplicate-left-out"]
    assert len(left) == 2
    assert_ledger_adds_up(tmp_path)


def test_second_answers_are_refused_by_default(tmp_path: Path) -> None:
    study_of(tmp_path, TWICE, 'kind = "roster"\ncode = "c"')
    assert set(fault_codes(tmp_path)) == {"duplicate-answers"}


# -- scales ------------------------------------------------------------------------------------------

SCALES = """[[scales]]
name = "ease"
items = { q1 = "Easy to call", q2 = "Easy to meet" }
levels = { "1" = 1, "2" = 2, "3" = 3 }
answers = { "1" = "no", "2" = "partly", "3" = "yes" }
dont_know = ["9"]

[[scales]]
name = "years"
kind = "background"
items = { seniority = "How long have you been here?" }
"""


def test_scales_keep_why_an_answer_is_missing(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5,q1,q2,seniority\na1,,1,0,0,0,3,9,long\na2,0,,0,0,0,,1,\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"', extra=SCALES)
    frame = read_answers(read_study(tmp_path))
    a1, a2, a3, *_ = codes_of(tmp_path)
    first = frame[frame["wave"] == "before"].set_index(["person", "item"])
    assert first.loc[(a1, "q1"), ["state", "value"]].tolist() == ["answered", 3.0]
    assert first.loc[(a1, "q2"), "state"] == "don't know"
    assert first.loc[(a2, "q1"), "state"] == "not answered"
    assert first.loc[(a2, "q2"), "value"] == 1.0
    assert first.loc[(a3, "q2"), "state"] == "not answered"
    assert first.loc[(a1, "seniority"), ["state", "answer"]].tolist() == ["answered", "long"]
    assert len(first) == 5 * 3
    assert read_answers(read_study(tmp_path), "ease")["scale"].unique().tolist() == ["ease"]
    with pytest.raises(NetlearnError, match="no scale 'other'"):
        read_answers(read_study(tmp_path), "other")


def test_an_answer_without_a_level_is_a_fault_of_the_scale(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5,q1,q2,seniority\na1,,1,0,0,0,7,9,long\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"', extra=SCALES)
    assert "unknown-level" in fault_codes(tmp_path)
    with pytest.raises(StudyError, match="row 2"):
        read_answers(read_study(tmp_path))


def test_a_matrix_may_leave_the_first_heading_blank_as_spreadsheets_do(tmp_path: Path) -> None:
    before = ",a1,a2,a3,a4,a5\na1,,1,0,0,0\na2,0,,1,,0\n"
    study_of(tmp_path, before, 'kind = "adjacency"')
    np.testing.assert_array_equal(states(tmp_path)[:2], [["", YES, NO, NO, NO], [NO, "", YES, BLANK, NO]])
    assert "first-column-unnamed" in [note.code for note in check_study(tmp_path).notes]


def test_a_code_for_not_shown_is_not_asked(tmp_path: Path) -> None:
    before = "id,c_a1,c_a2,c_a3,c_a4,c_a5\na1,,1,-8,0,\na2,0,,0,0,0\n"
    study_of(tmp_path, before, 'kind = "roster"\ncode = "c"\nnot_asked = ["-8"]')
    np.testing.assert_array_equal(states(tmp_path)[0], ["", YES, HIDDEN, NO, BLANK])
    assert_ledger_adds_up(tmp_path)


def test_the_ledger_says_what_became_of_which_cells(tmp_path: Path) -> None:
    """Fates counted by hand: two waves in one file, a second answer, a don't know, a column that nobody uses."""
    rows = "t0,a1,,1,9,0,x\nt0,a2,0,,,0,x\nt0,a2,1,,1,1,x\nt1,a1,,0,0,1,x\nt1,a3,1,0,,0,x\n"
    text = f"when,id,c_a1,c_a2,c_a3,c_a4,note\n{rows}"
    wave = 'duplicates = "first"\n'
    folder = study_of(tmp_path, text, 'kind = "roster"\ncode = "c"\ndont_know = ["9"]', wave=wave, after=text)
    toml = (folder / "study.toml").read_text(encoding="utf-8").replace("after.csv", "before.csv")
    for label, value in (("before", "t0"), ("after", "t1")):
        toml = toml.replace(f'label = "{label}"\n', f'label = "{label}"\nwhere = {{ when = "{value}" }}\n')
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    row = read_ledger(read_study(folder)).iloc[0]
    # Six rows of seven cells. The second row of a2 is left out whole but for its id; `when` and `note` are not used.
    assert (row["cells"], row["headings"], row["respondent"]) == (42, 7, 5)
    assert (row["duplicate"], row["other_wave"]) == (6, 0)
    # a1: 1, don't know, 0; a2: 0, blank, 0; later a1: 0, 0, 1; a3: 1, 0, 0; four cells about oneself.
    assert (row["ties"], row["no_ties"], row["dont_know"], row["not_answered"], row["own"]) == (3, 7, 1, 1, 4)
    assert row["not_used"] == 8
