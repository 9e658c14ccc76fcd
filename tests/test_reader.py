"""Exports become panels: every way of asking, every reason for a missing cell, whatever the order of rows."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
import studies
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from openpyxl import Workbook
from studies import HEADER, Files, changed, grid, limesurvey, nominations

from netlearn.errors import StudyError
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import read_study
from netlearn.survey.check import check_study
from netlearn.survey.reader import LOG_COLUMNS, read_log, read_panel, read_roster
from netlearn.survey.table import Tables
from netlearn.wording import Language

IDS = ["a1", "a2", "a3", "a4", "a5", "a6"]
X = np.nan
# Written from the answers in studies.py; X = missing. The diagonal is missing too.
BEFORE = [
    [X, 1, 0, 2, 0, 0],
    [1, X, 0, 0, 0, 0],
    [0, 0, X, 0, 1, X],
    [1, 0, 0, X, 1, 0],
    [0, 0, 0, X, X, 1],
    [X, X, X, X, X, X],
]
AFTER = [
    [X, 1, 1, 2, 0, 0],
    [1, X, 0, 0, 1, 0],
    [0, 0, X, 1, 1, 0],
    [1, 0, 0, X, 1, 0],
    [X, X, X, X, X, X],
    [0, 0, 0, 1, 1, X],
]


def panel_of(folder: Path, files: Files) -> Panel:
    return read_panel(read_study(studies.write(folder, files)), "contact")


def levels(folder: Path, panel: Panel, wave: str) -> NDArray[np.float64]:
    """The levels with rows and columns in the order a1 … a6."""
    places = [_places(folder)[person] for person in IDS]
    return panel.wave(wave).levels[np.ix_(places, places)]


def _places(folder: Path) -> dict[str, int]:
    study = read_study(folder)
    roster = read_roster(study, Tables(study, Findings()), Findings())
    assert roster is not None
    return dict(roster.by_id)


def statuses(folder: Path, panel: Panel, wave: str) -> dict[str, str]:
    return {person: panel.status(wave)[place] for person, place in sorted(_places(folder).items())}


def adjacency() -> Files:
    files = changed(grid(), "study.toml", 'kind = "roster"\ncode = "contact"\n', 'kind = "adjacency"\n')
    return files | {name: files[name].replace("contact_", "") for name in ("before.csv", "after.csv")}


def bare() -> Files:
    """Columns headed by the id alone, among others."""
    files = changed(grid(), "study.toml", 'code = "contact"\n', "")
    for name in ("before.csv", "after.csv"):
        rows = files[name].replace("contact_", "").splitlines()
        files[name] = rows[0] + ",age\n" + "".join(f"{row},44\n" for row in rows[1:])
    return files


def em_codes() -> Files:
    """LimeSurvey's other heading style."""
    files = limesurvey()
    for name in ("before.csv", "after.csv"):
        files[name] = files[name].replace("[", "_").replace("]", "")
    return files


SHAPES = {
    "grid": grid,
    "bare": bare,
    "nominations": nominations,
    "limesurvey": limesurvey,
    "em codes": em_codes,
    "adjacency": adjacency,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_answers(shape: str, tmp_path: Path) -> None:
    panel = panel_of(tmp_path, SHAPES[shape]())
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), BEFORE)
    np.testing.assert_array_equal(levels(tmp_path, panel, "after"), AFTER)
    assert statuses(tmp_path, panel, "before") == dict.fromkeys(IDS, "took_part") | {"a6": "no_answer"}
    assert panel.ids == ("p001", "p002", "p003", "p004", "p005", "p006")
    assert panel.group_names == ("North", "South")
    assert (panel.relation, panel.grouping, panel.directed) == ("contact", "baseline", True)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_id_reaches_the_panel(shape: str, tmp_path: Path) -> None:
    ties, people = panel_of(tmp_path, SHAPES[shape]()).to_frames()
    text = ties.to_csv() + people.to_csv()
    assert not any(person in text for person in IDS)


def test_excel_gives_the_same_panel_as_text(tmp_path: Path) -> None:
    files = grid()
    study = files["study.toml"].replace("before.csv", "before.xlsx").replace("after.csv", "after.xlsx")
    folder = studies.write(tmp_path, {"study.toml": study, "roster.csv": files["roster.csv"]})
    for name in ("before", "after"):
        book = Workbook()
        for row in csv.reader(io.StringIO(files[f"{name}.csv"])):
            book.active.append([float(cell) if cell.isdigit() else cell or None for cell in row])
        book.save(folder / f"{name}.xlsx")
    panel = read_panel(read_study(folder), "contact")
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), BEFORE)


def shuffled(files: Files, seed: int, columns: bool) -> Files:
    """Shuffle the rows of every table, and the columns too."""
    rng = random.Random(seed)
    made = dict(files)
    for name in ("roster.csv", "before.csv", "after.csv"):
        rows = list(csv.reader(io.StringIO(files[name])))
        order = list(range(len(rows[0])))
        if columns:
            rng.shuffle(order)
        body = rows[1:]
        rng.shuffle(body)
        made[name] = "".join(",".join(row[at] for at in order) + "\n" for row in [rows[0], *body])
    return made


@given(st.integers(0, 10**6), st.sampled_from([grid, nominations, limesurvey, bare]))
@settings(max_examples=40, deadline=None)
def test_order_of_rows_and_columns_changes_nothing(seed: int, shape: object) -> None:
    files = shape()  # type: ignore[operator]
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        panel, other = panel_of(Path(one), files), panel_of(Path(two), shuffled(files, seed, True))
    for frame, same in zip(panel.to_frames(), other.to_frames(), strict=True):
        pd.testing.assert_frame_equal(frame, same)
    np.testing.assert_array_equal(panel.statuses, other.statuses)
    np.testing.assert_array_equal(panel.groups, other.groups)


# -- multiple choice ---------------------------------------------------------------------------------


def test_multiple_choice_blank_is_no_once_something_was_ticked(tmp_path: Path) -> None:
    header = HEADER.rstrip("\n") + ",contact_none\n"
    study = grid()["study.toml"].replace('kind = "roster"', 'kind = "multiple-choice"\nnobody = "none"')
    study = study.replace('levels = { "0" = 0, "1" = 1, "2" = 2 }\n', "")
    files = grid() | {
        "study.toml": study,
        "before.csv": header + "a1,,Y,,Y,,,\na2,,,,,,,Y\na3,,,,,,,\n",
        "after.csv": header + "a1,,Y,,,,,\na3,Y,9,,,,,\n",
    }
    panel = panel_of(tmp_path, files)
    before = levels(tmp_path, panel, "before")
    np.testing.assert_array_equal(before[0], [X, 1, 0, 1, 0, 0])
    np.testing.assert_array_equal(before[1], [0, X, 0, 0, 0, 0])
    assert np.isnan(before[2:]).all()
    assert statuses(tmp_path, panel, "before")["a3"] == "no_answer"
    np.testing.assert_array_equal(levels(tmp_path, panel, "after")[2], [1, X, X, 0, 0, 0])
    log = read_log(read_study(tmp_path)).set_index("wave")
    # a1 and a3's six boxes and a2's, and three boxes for nobody: 21 cells. a1: own + 2 ties + 3 no.
    # a2: own + 5 no. a3: own + 5 not answered.
    assert log.loc["before", list(LOG_COLUMNS)].tolist() == [21, 2, 8, 5, 0, 3, 3, 0, 0, 0, 0]


# -- nominations -------------------------------------------------------------------------------------


def test_a_blank_colleague_means_nobody_and_no_row_means_no_answer(tmp_path: Path) -> None:
    files = nominations() | {"before.csv": "from,to\na1,a2\na2,\na3,ingen\n", "after.csv": "from,to\na1,a3\n"}
    files = changed(files, "study.toml", 'levels = { "0" = 0, "1" = 1, "2" = 2 }\n', 'nobody = "ingen"\n')
    panel = panel_of(tmp_path, files)
    before = levels(tmp_path, panel, "before")
    np.testing.assert_array_equal(before[0], [X, 1, 0, 0, 0, 0])
    np.testing.assert_array_equal(before[1], [0, X, 0, 0, 0, 0])
    np.testing.assert_array_equal(before[2], [0, 0, X, 0, 0, 0])
    assert np.isnan(before[3:]).all()
    log = read_log(read_study(tmp_path)).set_index("wave")
    assert log.loc["before", ["cells", "ties", "nobody"]].tolist() == [3, 1, 2]


def test_repeated_rows_count_once(tmp_path: Path) -> None:
    panel = panel_of(tmp_path, changed(nominations(), "before.csv", "a3,a5,1\n", "a3,a5,1\na3,a5,1\n"))
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), BEFORE)
    notes = {n.code: n.values for n in check_study(tmp_path).notes}
    assert notes["repeated-nominations"]["count"] == 1


def test_one_table_can_hold_several_relations(tmp_path: Path) -> None:
    files = nominations()
    for name in ("before.csv", "after.csv"):
        rows = files[name].splitlines()
        body = "".join(f"{row},contact\n" for row in rows[1:]) + "a6,a1,1,advice\na2,a6,1,advice\n"
        files[name] = f"{rows[0]},what\n{body}"
    columns = 'columns = { relation = "what" }'
    more = f'{columns}\n\n[[relations]]\nname = "advice"\n{columns}\n\n[primary]'
    files = changed(files, "study.toml", "[primary]", more)
    folder = studies.write(tmp_path, files | {"after.csv": files["after.csv"] + "a3,a6,1,advice\n"})
    study = read_study(folder)
    np.testing.assert_array_equal(levels(folder, read_panel(study, "contact"), "before"), BEFORE)
    advice = read_panel(study, "advice")
    assert [advice.n_ties("before"), advice.n_ties("after")] == [2, 3]


# -- undirected --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "pairs"),
    [
        ("either", {("a1", "a2"): 1, ("a1", "a4"): 2, ("a3", "a5"): 1}),
        ("both", {("a1", "a2"): 1, ("a1", "a4"): 1}),
    ],
)
def test_undirected_pairs_need_two_answers(
    rule: str, pairs: dict[tuple[str, str], int], tmp_path: Path
) -> None:
    """a5 left a4 blank and a6 did not answer, so a4 and a5 and all pairs with a6 are missing."""
    addition = f'code = "contact"\ndirected = false\nsymmetrize = "{rule}"'
    panel = panel_of(tmp_path, changed(grid(), "study.toml", 'code = "contact"', addition))
    expected = np.zeros((6, 6))
    for (i, j), level in pairs.items():
        expected[IDS.index(i), IDS.index(j)] = expected[IDS.index(j), IDS.index(i)] = level
    expected[5, :] = expected[:, 5] = X
    expected[3, 4] = expected[4, 3] = X
    np.fill_diagonal(expected, X)
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), expected)
    assert (panel.directed, panel.n_ties("before")) == (False, len(pairs))


# -- who was there -----------------------------------------------------------------------------------


def test_people_not_employed_are_no_receivers(tmp_path: Path) -> None:
    """a5 leaves before the first wave's date; the two answers that name a5 are left out with a note."""
    roster = "id,department,end\n" + "".join(f"{row},\n" for row in studies.ROSTER.splitlines()[1:])
    files = changed(grid(), "study.toml", '"roster.csv"', '"roster.csv"\nend = "end"')
    files |= {"roster.csv": roster.replace("a5,South,", "a5,South,2023-12-31")}
    files = changed(files, "before.csv", "a5,0,0,0,,,1\n", "")
    panel = panel_of(tmp_path, files)
    before = levels(tmp_path, panel, "before")
    assert np.isnan(before[:, 4]).all()
    np.testing.assert_array_equal(np.delete(before, 4, axis=1)[:4], np.delete(BEFORE, 4, axis=1)[:4])
    assert statuses(tmp_path, panel, "before")["a5"] == "not_employed"
    dropped = {
        n.file: n.values["count"] for n in check_study(tmp_path).notes if n.code == "ties-to-not-employed"
    }
    assert dropped == {"before.csv": 2, "after.csv": 4}


def test_a_colleague_without_a_column_was_not_asked_about(tmp_path: Path) -> None:
    rows = [row.rsplit(",", 1)[0] for row in studies.BEFORE.splitlines()]
    panel = panel_of(tmp_path, grid() | {"before.csv": "\n".join(rows) + "\n"})
    before = levels(tmp_path, panel, "before")
    assert np.isnan(before[:, 5]).all()
    np.testing.assert_array_equal(before[:, :5], np.array(BEFORE)[:, :5])
    notes = [n for n in check_study(tmp_path).notes if n.code == "not-asked-about"]
    assert [(n.file, n.values["count"]) for n in notes] == [("before.csv", 1)]


def test_a_relation_can_be_left_out_of_a_wave(tmp_path: Path) -> None:
    wave = '[[waves]]\nlabel = "later"\ndate = 2025-06-01\nfile = "before.csv"\n\n[[relations]]'
    files = changed(grid(), "study.toml", "[[relations]]", wave)
    files = changed(files, "study.toml", 'code = "contact"', 'code = "contact"\nfiles = { later = "" }')
    assert panel_of(tmp_path, files).labels == ("before", "after")
    assert "not-asked" in [n.code for n in check_study(tmp_path).notes]


def test_the_baseline_is_the_first_wave_of_the_study_even_where_a_relation_came_later(tmp_path: Path) -> None:
    """a1 is in North at first, then in South; the relation is asked in the two later waves only."""
    roster = "id,department,later\n" + "".join(f"{row},\n" for row in studies.ROSTER.splitlines()[1:])
    first = '[[waves]]\nlabel = "first"\ndate = 2023-01-01\nfile = "first.csv"\n\n[[waves]]\nlabel = "before"'
    files = changed(grid(), "study.toml", '[[waves]]\nlabel = "before"', first)
    files = changed(files, "study.toml", 'code = "contact"', 'code = "contact"\nfiles = { first = "" }')
    files = changed(files, "study.toml", '"roster.csv"', '"roster.csv"\ndepartments = { before = "later" }')
    files |= {"roster.csv": roster.replace("a1,North,", "a1,North,South"), "first.csv": "id,x\na1,1\n"}
    panel = panel_of(tmp_path, files)
    place = _places(tmp_path)["a1"]
    assert panel.labels == ("before", "after")
    assert panel.group_names[panel.group("after")[place]] == "North"


def test_all_dont_know_is_no_answer(tmp_path: Path) -> None:
    panel = panel_of(tmp_path, changed(grid(), "before.csv", "a4,1,0,0,,1,0", "a4,9,9,9,,9,9"))
    assert statuses(tmp_path, panel, "before")["a4"] == "no_answer"
    assert np.isnan(levels(tmp_path, panel, "before")[3]).all()


def test_departments_follow_the_study_file(tmp_path: Path) -> None:
    roster = "id,department,later\n" + "".join(f"{row},\n" for row in studies.ROSTER.splitlines()[1:])
    plan = '"roster.csv"\ndepartments = { after = "later" }'
    files = changed(grid(), "study.toml", '"roster.csv"', plan) | {
        "roster.csv": roster.replace("a1,North,", "a1,North,South")
    }
    files = changed(files, "study.toml", "seed = 7", 'seed = 7\ndepartment = "current"')
    panel = panel_of(tmp_path, files)
    place = _places(tmp_path)["a1"]
    assert [panel.group_names[g] for g in panel.groups[:, place]] == ["North", "South"]
    assert panel.grouping == "current"


# -- LimeSurvey --------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels_line", ['levels = { "0" = 0, "1" = 1, "2" = 2 }\n', ""])
def test_a_decimal_comma_is_a_number_as_danish_excel_writes_it(levels_line: str, tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", 'levels = { "0" = 0, "1" = 1, "2" = 2 }\n', levels_line)
    for name in ("before.csv", "after.csv"):
        files[name] = files[name].replace(",", ";").replace(";2;", ";2,0;").replace(";9", ";9,0")
    np.testing.assert_array_equal(levels(tmp_path, panel_of(tmp_path, files), "before"), BEFORE)


def test_a_decimal_comma_needs_one_answer_of_that_value(tmp_path: Path) -> None:
    def text_of(levels_line: str, answer: str, language: Language = "en") -> str:
        files = changed(grid(), "study.toml", '{ "0" = 0, "1" = 1, "2" = 2 }', levels_line)
        files = changed(files, "before.csv", "a1,,1,0,2,", f'a1,,1,0,"{answer}",')
        return "\n".join(check_study(studies.write(tmp_path, files)).lines(language))

    numbers = '{ "0" = 0, "1" = 1, "2" = 2 }'
    assert "has no level" not in text_of(numbers, "2,00")
    assert "has no level" not in text_of('{ "0" = 0, "1" = 1, "2" = 2, "2,5" = 3 }', "2,5")
    assert "has no level" not in text_of('{ "0" = 0, "1" = 1, "2" = 2, "2.5" = 3 }', "2,50")
    # Half of an answer, two answers of one value, words among the answers, and what may be a thousand.
    assert "the answer '2,5' has no level" in text_of(numbers, "2,5")
    assert "svaret '2,5' har intet niveau" in text_of(numbers, "2,5", "da")
    assert "the answer '2,00' has no level" in text_of('{ "0" = 0, "1" = 1, "2" = 2, "2,0" = 3 }', "2,00")
    assert "the answer '2,0' has no level" in text_of('{ "0" = 0, "1" = 1, "2" = 2, "often" = 3 }', "2,0")
    assert "the answer '1,000' has no level" in text_of("{ }", "1,000")


def test_partial_answers_count_and_are_noted(tmp_path: Path) -> None:
    files = changed(limesurvey(), "before.csv", "a3,2024-01-20 09:30:00", "a3,")
    np.testing.assert_array_equal(levels(tmp_path, panel_of(tmp_path, files), "before"), BEFORE)
    notes = [n for n in check_study(tmp_path).notes if n.code == "partial-answers"]
    assert [(n.file, n.values["count"]) for n in notes] == [("before.csv", 1)]


def test_anonymised_dates_order_nothing(tmp_path: Path) -> None:
    files = limesurvey()
    files["after.csv"] = files["after.csv"].replace("2024-12-03 09:30:00", "1980-01-01 00:00:00")
    assert panel_of(tmp_path, files).labels == ("before", "after")


def test_guarding_quotes_are_removed(tmp_path: Path) -> None:
    files = changed(limesurvey(), "study.toml", '"0" = 0', '"0" = 0, "-" = 0')
    files = changed(files, "before.csv", "a2,2024-01-20 09:30:00,1,,0", "a2,2024-01-20 09:30:00,1,,'-")
    np.testing.assert_array_equal(levels(tmp_path, panel_of(tmp_path, files), "before"), BEFORE)


def test_a_code_that_begins_like_another_keeps_its_own_columns(tmp_path: Path) -> None:
    more = '[[relations]]\nname = "often"\nkind = "roster"\ncode = "contact_often"\n\n[primary]'
    files = changed(grid(), "study.toml", "[primary]", more)
    for name in ("before.csv", "after.csv"):
        rows = files[name].splitlines()
        columns = ",".join(f"contact_often_{person}" for person in IDS)
        files[name] = f"{rows[0]},{columns}\n" + "".join(f"{row},1,1,1,1,1,1\n" for row in rows[1:])
    files = changed(files, "study.toml", "seed = 7", 'seed = 7\ntolerate = ["self-nominations"]')
    panel = panel_of(tmp_path, files)
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), BEFORE)
    assert read_panel(read_study(tmp_path), "often").n_ties("before") == 25


# -- the log -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_counted_once(shape: str, tmp_path: Path) -> None:
    log = read_log(read_study(studies.write(tmp_path, SHAPES[shape]())))
    assert (log["cells"] == log[list(LOG_COLUMNS[1:])].sum(axis=1)).all()
    before = log.set_index("wave").loc["before"]
    # Seven ties, one don't know; one blank about a colleague.
    assert (before["ties"], before["dont_know"], before["not_answered"]) == (7, 1, 1)
    if shape != "nominations":
        # 5 rows of 6 cells: 5 about oneself, 7 ties, 2 missing, the rest "no".
        assert (before["cells"], before["own"], before["no_ties"]) == (30, 5, 16)


def test_dropped_cells_are_counted_by_reason(tmp_path: Path) -> None:
    tolerate = 'seed = 7\ntolerate = ["self-nominations", "unknown-people"]'
    files = changed(nominations(), "study.toml", "seed = 7", tolerate)
    files = changed(files, "before.csv", "a1,a2,1\n", "a1,a2,1\na1,a1,1\na1,b1,2\na1,a2,1\n")
    panel = panel_of(tmp_path, files)
    np.testing.assert_array_equal(levels(tmp_path, panel, "before"), BEFORE)
    before = read_log(read_study(tmp_path)).set_index("wave").loc["before"]
    assert before[["cells", "own", "outside", "repeated", "ties"]].tolist() == [12, 1, 1, 1, 7]


# -- errors ------------------------------------------------------------------------------------------


def test_an_error_holds_the_faults_of_this_relation_only(tmp_path: Path) -> None:
    more = '[[relations]]\nname = "advice"\nfiles = { before = "x.csv", after = "y.csv" }\n\n[primary]'
    files = changed(grid(), "study.toml", "[primary]", more)
    files |= {"x.csv": "from,to\na1,zz\n", "y.csv": "from,to\na1,a2\n"}
    study = read_study(studies.write(tmp_path, files))
    assert read_panel(study, "contact").n == 6
    with pytest.raises(StudyError, match=r"^x\.csv, row 2, column to: colleague 'zz'"):
        read_panel(study, "advice")
    with pytest.raises(ValueError, match="no relation 'other' in the study; it has contact, advice"):
        read_panel(study, "other")
