"""names_to_check.csv: what was decided is kept, read from whatever Excel makes of the file, and never guessed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.study.findings import Findings
from netlearn.survey.names_file import (
    COLUMNS,
    OUTSIDE_WORD,
    Unresolved,
    candidate,
    read_decisions,
    write_unresolved,
)
from netlearn.survey.names_fold import as_typed

IDS = ["p1", "p2", "14"]
HEADER = ";".join(COLUMNS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "names_to_check.csv"


def decisions(path: Path, ids: list[str] = IDS) -> tuple[dict[str, str], list[str]]:
    findings = Findings()
    found = read_decisions(path, findings, ids)
    return found, [f"{f.code}:{f.row}" for f in findings.faults]


def written(path: Path, *rows: Unresolved) -> list[list[str]]:
    """Write, and return the cells under the header."""
    findings = Findings()
    write_unresolved(path, rows, findings)
    assert findings.faults == []
    return cells(path)


def cells(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert tuple(header[: len(COLUMNS)]) == COLUMNS
    return rows


def row(typed: str, number: int = 2, *candidates: str) -> Unresolved:
    return Unresolved("w1.csv", number, "q1", typed, candidates)


# -- reading


def test_without_a_file_nothing_is_decided(path: Path) -> None:
    assert decisions(path) == ({}, [])


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_excel_saves_is_read(path: Path, separator: str, encoding: str) -> None:
    lines = [
        COLUMNS,
        ("w1.csv", "2", "q", "Søren Å", "p1: Søren Ågård", "", "", "p1"),
        ("w1.csv", "3", "q", "'=Ida", "", "", "", "OUTSIDE "),
        ("w1.csv", "4", "q", "Bo", "", "", "", ""),
        ("w1.csv", "5", "q", "Ib", "", "", "", "14.0"),
        ("w1.csv", "6", "q", "Ole"),  # blank cells at the end left out
        ("w1.csv", "7", "q", "Ib,\nBo", "14: Ib; Bo", "p2: Bo", "", "p2: Bo"),
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    path.write_bytes(out.getvalue().encode(encoding))
    assert decisions(path) == (
        {"Søren Å": "p1", "=Ida": OUTSIDE_WORD, "Ib": "14", "Ib,\nBo": "p2"},
        [],
    )


def test_bad_decisions_are_faults_with_their_rows(path: Path) -> None:
    path.write_text(
        f"{HEADER}\n"
        "w;2;q;Ida;p1: Ida Bak;;;p9\n"  # no such id
        "w;3;q;Bo;p1: Ida Bak;;;Ida Bak\n"  # a name
        "w;4;q;Ib;p1: Ida Bak;;;p2: Bo\n"  # no candidate of this row
        "w;5;q;Ole;;;;p1\n"
        "w;6;q; Ole ;;;;p2\n"
        "w;7;q;Ole;;;;p1\n"
        "w;8;q;;;;;p1\n"
        "w;9;q;Pia;;;;P1\n",
        encoding="utf-8",
    )
    found, faults = decisions(path)
    assert found == {"Ole": "p1"}
    assert faults == [
        "unknown-decision:2", "unknown-decision:3", "unknown-decision:4", "two-decisions:6",
        "decision-without-text:8", "unknown-decision:9",
    ]  # fmt: skip


def test_no_name_stands_in_a_fault(path: Path) -> None:
    path.write_text(f"{HEADER}\nw;2;q;Ida;;;;Ida Bak\nw;3;q;Bo;;;;p1\nw;4;q;Bo;;;;p2\n", encoding="utf-8")
    findings = Findings()
    read_decisions(path, findings, IDS)
    assert findings.lines() == [
        "names_to_check.csv, row 2, column decision: the decision is no id of the roster. Expected an id of the "
        'roster, "outside" for somebody who is not on it, or a blank cell. Do: write one of these.',
        "names_to_check.csv, row 4, column decision: the same typed text is decided in another way in row 3. "
        "Expected one decision per text: it holds for all files. Do: make the decisions the same, or remove one of "
        "the rows.",
        'names_to_check.csv: columns are separated by ";", recognised by content.',
    ]
    assert "Ida" not in "".join(findings.lines("da"))


def test_an_id_that_is_the_word_outside_is_not_guessed(path: Path) -> None:
    path.write_text(f"{HEADER}\nw;2;q;Ida;;;;outside\n", encoding="utf-8")
    assert decisions(path, ["outside"]) == ({}, ["unknown-decision:2"])


def test_a_copied_candidate_that_may_be_two_ids_is_not_guessed(path: Path) -> None:
    path.write_text(f"{HEADER}\nw;2;q;Ida;a: b: Ida;;;a: b: Ida\n", encoding="utf-8")
    assert decisions(path, ["a", "a: b"]) == ({}, ["unknown-decision:2"])
    assert decisions(path, ["a"]) == ({"Ida": "a"}, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("file;row;typed\nw;2;Ida\n", "missing-column:1"),
        (f"{HEADER};decision\nw;2;q;Ida;;;;p1;p2\n", "duplicate-column:1"),
        (f"{HEADER}\nw;2;q;Ida;;;;p1;p2\n", "row-too-long:2"),
        (f'{HEADER}\nw;2;q;"Ida;;;;p1\n', "broken-quotes:2"),
        ("", "missing-column:1"),
    ],
)
def test_a_broken_file_is_refused_and_never_overwritten(path: Path, text: str, fault: str) -> None:
    path.write_text(text, encoding="utf-8")
    found, faults = decisions(path)
    assert found == {}
    assert fault in faults
    findings = Findings()
    write_unresolved(path, [row("Ida")], findings)
    assert findings.faults
    assert path.read_text(encoding="utf-8") == text


# -- writing


def test_a_first_file_opens_in_a_danish_excel(path: Path) -> None:
    rows = written(path, row("Søren", 3, candidate("p1", "Søren Å")), row("=cmd()", 4), row(" Søren ", 9))
    assert rows == [
        ["w1.csv", "3", "q1", "Søren", "p1: Søren Å", "", "", ""],
        ["w1.csv", "4", "q1", "'=cmd()", "", "", "", ""],
    ]
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbffile;row;column;typed;")
    assert data.count(b"\r\n") == 3
    assert decisions(path) == ({}, [])


def test_nothing_to_ask_makes_no_file(path: Path) -> None:
    write_unresolved(path, [], Findings())
    assert not path.exists()


def test_decided_rows_stay_and_others_follow_the_run(path: Path) -> None:
    path.write_text(
        f"{HEADER};remark\n"
        "w0;2;q;Ida;p1: Ida Bak;;;p1;sure\n"  # decided: stays, also if it no longer occurs
        "w0;3;q;Bo;;;;;ask her\n"  # resolved since: goes
        "w0;4;q;Ib;p2: Old;;;;\n"  # still open: new place and candidates
        "w0;5;q;Ole;;;;nonsense;\n",  # a bad decision is the user's too
        encoding="cp1252",
    )
    rows = written(path, row("Ny", 8), row("Ib", 9, "14: Ib Å"), row("Ole", 7), row("Ida", 6))
    assert rows == [
        ["w0", "2", "q", "Ida", "p1: Ida Bak", "", "", "p1", "sure"],
        ["w1.csv", "9", "q1", "Ib", "14: Ib Å", "", "", "", ""],
        ["w0", "5", "q", "Ole", "", "", "", "nonsense", ""],
        ["w1.csv", "8", "q1", "Ny", "", "", "", "", ""],
    ]
    assert written(path, row("Ny", 8))[-1][3] == "Ny"
    assert [cells[3] for cells in written(path)] == ["Ida", "Ole"]


def test_a_text_decided_once_is_not_asked_about_again(path: Path) -> None:
    written(path, row("Ida\r\nBo"), row("=1"))
    text = path.read_bytes().decode("utf-8-sig").replace(";;;;\r\n", ";;;;p1\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert decisions(path) == ({"Ida\nBo": "p1", "=1": "p1"}, [])
    before = path.read_bytes()
    written(path, row("Ida\nBo", 99), row("=1", 98))
    assert path.read_bytes() == before


def test_a_file_that_would_be_the_same_is_not_touched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, row("Ida"))
    monkeypatch.setattr(Path, "replace", lambda *_: pytest.fail("written again"))
    written(path, row("Ida"))


def test_a_file_that_is_open_elsewhere_is_left_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, row("Ida"))
    before = path.read_bytes()

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    findings = Findings()
    write_unresolved(path, [row("Bo")], findings)
    assert [f.code for f in findings.faults] == ["unwritable-file"]
    assert "Permission denied" in findings.lines()[0]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


TEXT = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda text: as_typed(text) != "")


@given(st.dictionaries(TEXT, st.sampled_from([*IDS, OUTSIDE_WORD]), max_size=6))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, made: dict[str, str]) -> None:
    """Any text at all, decided by a person who fills the last column."""
    path = tmp_path_factory.mktemp("study") / "names.csv"
    findings = Findings()
    write_unresolved(path, [row(typed) for typed in made], findings)
    if not made:
        return
    decided = {as_typed(typed): word for typed, word in reversed(made.items())}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for line, word in zip(
        cells(path), [decided[key] for key in dict.fromkeys(map(as_typed, made))], strict=True
    ):
        writer.writerow([*line[:-1], word])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    assert decisions(path) == (decided, [])
