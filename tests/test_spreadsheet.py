"""No text is run by a spreadsheet, no number becomes a text, and what was guarded can be had back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netlearn.study.spreadsheet import danish_csv, guard, machine_csv, unguard

WIDE = "＝＋－＠﹦﹢﹣﹫"
INVISIBLE = [
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\N{NO-BREAK SPACE}",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x0b",
    "\xad",
]
DANGER = st.text(alphabet="=+-@'＝＠ ;,|\t\r\n\u200bax1\"", max_size=12)


@pytest.mark.parametrize("sign", [*"=+-@", *WIDE])
@pytest.mark.parametrize("before", ["", *INVISIBLE, "  \t "])
def test_what_could_be_run_is_guarded(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    assert guard(text).startswith("'")
    assert guard(text).replace("'", "") == text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_text_that_begins_with_a_tab_or_a_break_is_guarded(start: str) -> None:
    assert guard(f"{start}abc") == f"'{start}abc"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a-b", "a - b", "a=b", "p-værdi", "(R - 1) / (R + 1), R = density", "'", "'quoted'", "12", "–", "−1"],
)  # fmt: skip
def test_any_other_text_stays(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("x;=1", "x;'=1"),
        ("x, =1", "x,' =1"),
        ("x\t@y", "x\t'@y"),
        ("a\r\n=1", "a\r'\n'=1"),
        ("'=1", "''=1"),
        ("' =1", "'' =1"),
    ],
)
def test_other_separators_breaks_and_guards(text: str, guarded: str) -> None:
    assert guard(text) == guarded
    assert unguard(guarded) == text


@given(st.text() | DANGER)
@example("'\t'=")
@example("'''=")
@example(";';=")
def test_what_was_guarded_can_be_had_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(DANGER)
def test_however_the_line_is_cut_no_piece_begins_a_formula(text: str) -> None:
    for separator in ";,|\t\r\n":
        for piece in guard(text).split(separator):
            assert not piece.strip(" \t\r\n\u200b").startswith(tuple(f"=+-@{WIDE}"))


FRAME = pd.DataFrame(
    {
        "=name": ["=1+1", "a;b", "Ærø, ø\r\nx"],
        "x": [-1.5, 2.0, np.nan],
        "n": pd.array([-3, None, 1200], dtype="Int64"),
        "k": [-1, 0, 7],
        "p": [1e-9, 0.1, -0.25],
    },
    index=pd.Index(["+a", "b", "c"], name="-index"),
)


def rows_of(path: Path, delimiter: str) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_table_for_machines(tmp_path: Path) -> None:
    machine_csv(FRAME, tmp_path / "t.csv")
    data = (tmp_path / "t.csv").read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert rows_of(tmp_path / "t.csv", ",") == [
        ["'-index", "'=name", "x", "n", "k", "p"],
        ["'+a", "'=1+1", "-1.5", "-3", "-1", "1e-09"],
        ["b", "a;b", "2.0", "", "0", "0.1"],
        ["c", "Ærø, ø  x", "", "1200", "7", "-0.25"],
    ]


def test_a_table_for_a_danish_excel(tmp_path: Path) -> None:
    danish_csv(FRAME, tmp_path / "t.csv")
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert rows_of(tmp_path / "t.csv", ";") == [
        ["'-index", "'=name", "x", "Antal", "k", "p"],
        ["'+a", "'=1+1", "-1,5", "-3", "-1", "0,000000001"],
        ["b", "a;b", "2", "", "0", "0,1"],
        ["c", "Ærø, ø  x", "", "1200", "7", "-0,25"],
    ]


def test_an_index_that_says_nothing_is_not_written(tmp_path: Path) -> None:
    machine_csv(FRAME[["k"]].reset_index(drop=True), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "k\n-1\n0\n7\n"


@given(x=st.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_danish_numbers_keep_all_digits(x: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "numbers.csv"
    danish_csv(pd.DataFrame({"x": [x]}), file)
    written = rows_of(file, ";")[1][0]
    assert float(written.replace(",", ".")) == x
    assert "." not in written
