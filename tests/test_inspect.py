"""Exports are looked at before there is a study: tool, questions, who answered; the draft asks what no file tells."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import studies
from exports.truth import draw, roster_csv

from netlearn.cli import main
from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.check import check_study
from netlearn.survey.draft import FILL, draft_study, write_draft
from netlearn.survey.inspect import inspect_files
from netlearn.survey.inspect_lines import lines_of
from netlearn.survey.reader import read_panel

ROOT = Path(__file__).resolve().parents[1]


def names_table(folder: Path) -> Path:
    """A plain table headed by names, a scale and a name generator beside it."""
    header = ["who", "Anne Dam", "Bo Holm", "Søren Åkjær", "Mette Skov", *(f"ease_{k}" for k in range(1, 6))]
    header += [f"name{slot}" for slot in range(1, 6)]
    rows = [["k1", "", "1", "0", "2", *"12345", "Bo Holm", "", "", "", ""]]
    text = "\n".join(",".join(row) for row in [header, *rows]) + "\n"
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_questions_about_people_come_first_and_are_told_from_scales(tmp_path: Path) -> None:
    path = names_table(tmp_path)
    (tmp_path / "staff.csv").write_text(
        "id,navn,afdeling\nk1,Anne Dam,Nord\nk2,Bo Holm,Nord\nk3,Søren Åkjær,Syd\nk4,Mette Skov,Syd\n",
        "utf-8",
    )
    (inspected,) = inspect_files([path], tmp_path / "staff.csv").exports
    kinds = {question.code: question.kind for question in inspected.questions}
    assert kinds["ease"] == "scale"
    assert kinds["name{slot}"] == "name-generator"
    assert inspected.dialect == "plain"


def test_the_shipped_exports_are_recognised_and_the_draft_runs_once_it_is_filled_in(tmp_path: Path) -> None:
    for name in ("roster.csv", "survey_before.csv", "survey_after.csv"):
        (tmp_path / name).write_bytes((ROOT / "data" / "cbu-aalborg" / name).read_bytes())
    files = [tmp_path / "survey_after.csv", tmp_path / "survey_before.csv"]
    inspection = inspect_files(files, tmp_path / "roster.csv")
    # Waves are numbered by time, not by the order in which files were named.
    assert [inspected.file for inspected in inspection.exports] == ["survey_before.csv", "survey_after.csv"]
    assert {inspected.dialect for inspected in inspection.exports} == {"limesurvey"}
    text = draft_study(inspection, "en", tmp_path / "roster.csv")
    drafted = tomllib.loads(text)
    assert drafted["roster"]["key"] == "token"
    assert [wave["respondent"] for wave in drafted["waves"]] == ["token", "token"]
    write_draft(text, tmp_path / "study.toml", "en")
    # Every place to fill in is a fault of its own.
    asked = check_study(tmp_path)
    lines = (tmp_path / "study.toml").read_text(encoding="utf-8").splitlines()
    in_plan = [fault for fault in asked.faults if fault.file == "study.toml"]
    assert {lines[fault.row - 1].split(" ")[0] for fault in in_plan} == {"levels", "relation", "measure"}
    # The column for "nobody", advice[NONE], is about no colleague until the plan says what it is.
    assert {(f.code, f.column) for f in asked.faults if f not in in_plan} == {("unknown-alter", "PM")}
    filled = text.replace(f'title = "{FILL}"', 'title = "Filled in"').replace(f'"A9" = "{FILL}"', '"A9" = 9')
    for level in range(5):
        filled = filled.replace(f'"A{level}" = "{FILL}"', f'"A{level}" = {level}')
    filled = filled.replace(', "A9" = 9 }', ' }\ndont_know = ["A9"]')
    filled = filled.replace(
        f'{{ "N" = "{FILL}", "U" = "{FILL}", "Y" = "{FILL}" }}', '{ N = 0, Y = 1 }\ndont_know = ["U"]'
    )
    filled = filled.replace("# nobody = …", 'nobody = "NONE"').replace(
        f'relation = "{FILL}"', 'relation = "contact"'
    )
    filled = filled.replace(f'measure = "{FILL}"', 'measure = "cross_density"')
    filled = filled.replace("[roster]", '[roster]\nstart = "start"\nend = "end"')
    (tmp_path / "study.toml").write_text(filled, encoding="utf-8")
    assert check_study(tmp_path).faults == []
    mine = read_panel(read_study(tmp_path), "contact")
    shipped = read_panel(read_study(ROOT / "data" / "cbu-aalborg"), "contact")
    # The draft sets every level from 1 up as a tie, as the shipped study does.
    assert mine.n_ties("wave1") == shipped.n_ties("before")
    assert mine.n_ties("wave2") == shipped.n_ties("after")


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_is_printed_names_nobody(language: str, tmp_path: Path) -> None:
    path = names_table(tmp_path)
    said = "\n".join(lines_of(inspect_files([path]), language))  # type: ignore[arg-type]
    assert "answers.csv: plain" in said
    assert not any(name in said for name in ("Anne", "Holm", "Søren", "Skov"))


def test_a_file_of_the_users_own_is_never_replaced(tmp_path: Path) -> None:
    own = tmp_path / "study.toml"
    own.write_text(studies.STUDY, encoding="utf-8")
    with pytest.raises(NetlearnError, match="--out"):
        write_draft("# Draft", own, "en")
    assert own.read_text(encoding="utf-8") == studies.STUDY


def test_the_command_prints_and_writes_the_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = names_table(tmp_path)
    assert main(["inspect", str(path), "--lang", "da"]) == 0
    assert "study.draft.toml" in capsys.readouterr().out
    assert (
        (tmp_path / "study.draft.toml").read_text(encoding="utf-8").startswith("# Draft by netlearn inspect")
    )
    assert main(["inspect", str(tmp_path / "none.csv")]) == 1
    assert "no such file" in capsys.readouterr().out


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0", b"a\n", b'"']
)
def test_no_bytes_make_it_stumble(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    inspection = inspect_files([path])
    assert inspection.findings.faults or inspection.exports
    list(lines_of(inspection, "en"))


def test_a_truth_writes_its_roster() -> None:
    import numpy as np

    truth = draw(np.random.default_rng(3))
    assert roster_csv(truth).decode().count("\n") == truth.n + 1
    assert Findings().lines() == []


def test_tables_person_by_person_and_edge_lists_are_told_apart(tmp_path: Path) -> None:
    matrix, edges = tmp_path / "m.csv", tmp_path / "e.csv"
    matrix.write_text(",p1,p2,p3\np1,0,1,0\np2,1,0,0\np3,0,0,0\n", encoding="utf-8")
    edges.write_text('"","Source","Target"\n"1","p1","p2"\n"2","p2","p3"\n', encoding="utf-8")
    exports = {inspected.file: inspected for inspected in inspect_files([matrix, edges]).exports}
    assert [question.kind for question in exports["m.csv"].questions] == ["adjacency"]
    assert exports["e.csv"].questions[0].kind == "nominations"
    drafted = tomllib.loads(draft_study(inspect_files([edges]), "en"))
    assert drafted["relations"][0]["columns"] == {"from": "Source", "to": "Target"}
