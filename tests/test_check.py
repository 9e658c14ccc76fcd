"""check_study lists what is wrong with every file, and says what was recognised and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
import studies
from studies import changed, grid

from netlearn.study.plan import read_study
from netlearn.survey.check import check_study


def test_a_sound_study_has_notes_only(tmp_path: Path) -> None:
    findings = check_study(studies.write(tmp_path, grid()))
    assert findings.faults == []
    assert [(n.code, n.file) for n in findings.notes] == [
        ("import-counts", "after.csv"),
        ("import-counts", "before.csv"),
    ]


def test_folder_file_and_study_give_the_same_findings(tmp_path: Path) -> None:
    folder = studies.write(tmp_path, changed(grid(), "before.csv", "a4,1,0", "a4,3,0"))
    lines = check_study(folder).lines()
    assert lines == check_study(str(folder)).lines() == check_study(folder / "study.toml").lines()
    assert lines == check_study(read_study(folder)).lines()


def test_without_a_roster_the_other_files_are_still_opened(tmp_path: Path) -> None:
    files = changed(grid(), "roster.csv", "id,", "nr,") | {"after.csv": ""}
    assert [f.code for f in check_study(studies.write(tmp_path, files)).faults] == [
        "empty-file",
        "missing-column",
    ]


def test_a_fault_shared_by_two_relations_is_said_once(tmp_path: Path) -> None:
    more = '[[relations]]\nname = "again"\nkind = "roster"\ncode = "contact"\ndont_know = ["9"]\n\n[primary]'
    files = changed(grid(), "study.toml", "[primary]", more)
    files = changed(files, "before.csv", "a4,1,0", "b4,1,0")
    assert [f.code for f in check_study(studies.write(tmp_path, files)).faults] == ["unknown-respondent"]


@pytest.mark.parametrize("design", ["comparison", "staggered"])
def test_a_design_with_untrained_people_needs_to_know_them_and_to_compare_them(
    design: str, tmp_path: Path
) -> None:
    files = changed(grid(), "study.toml", "seed = 7", f'seed = 7\ndesign = "{design}"')
    folder = studies.write(tmp_path / "a", files)
    (fault,) = check_study(folder).faults
    assert (fault.code, fault.file, fault.row, fault.column) == (
        "design-without-assignment",
        "study.toml",
        4,
        "design",
    )
    files["study.toml"] += '\n[assignment]\ncolumn = "department"\nby = "department"\ntrained = ["North"]\n'
    (fault,) = check_study(studies.write(tmp_path / "b", files)).faults
    assert (fault.code, fault.column) == ("primary-ignores-assignment", "measure")
    assert "would tell the change of everybody" in fault.text()
    assert "se bort fra, hvem der blev uddannet" in fault.text("da")


def test_many_unknown_answers_are_one_fault_per_answer(tmp_path: Path) -> None:
    files = grid()
    files["before.csv"] = (
        files["before.csv"].replace(",2,", ",7,").replace("a2,1,", "a2,8,").replace("a4,1,", "a4,8,")
    )
    faults = check_study(studies.write(tmp_path, files)).faults
    assert [(f.row, f.column, f.values["value"], f.values["more"]) for f in faults] == [
        (2, "contact_a4", "7", 0),
        (3, "contact_a1", "8", 1),
    ]


def test_the_nearest_question_is_named(tmp_path: Path) -> None:
    files = changed(grid(), "study.toml", 'code = "contact"', 'code = "contatc"')
    texts = [f.text() for f in check_study(studies.write(tmp_path, files)).faults]
    assert [("'contact'" in text, text[:21]) for text in texts] == [
        (True, "after.csv, row 1: no "),
        (True, "before.csv, row 1: no"),
    ]
