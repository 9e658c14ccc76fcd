"""Tables for readers: every column and sheet of the cases has Danish words, and no two of a table have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest
from test_wording import forbidden_words

import netlearn
from netlearn.analysis.machine_tables import machine_tables
from netlearn.study.spreadsheet import danish_csv, headed
from netlearn.wording import columns

DATA = Path(__file__).resolve().parents[1] / "data"
CASES = ["brondby", "cbu-aalborg", "gentofte-cfn", "kambu-aarhus", "naestved-cam"]


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, pd.DataFrame]]:
    found = {}
    for case in CASES:
        made = machine_tables(netlearn.analyse(netlearn.read_study(DATA / case), draws=19))
        found |= {f"{case}/{name}": frame for name, frame in made.items()}
    return found


def words(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, list[str]]]:
    for place, frame in tables.items():
        yield place.split("/")[1], [str(name) for name in headed(frame).columns]


def test_every_column_of_the_cases_has_danish_words(tables: dict[str, pd.DataFrame]) -> None:
    lacking = {
        (table, name) for table, names in words(tables) for name in names if not columns.column(name, table)
    }
    assert lacking == set()


def test_no_two_columns_of_a_table_have_the_same_heading(tables: dict[str, pd.DataFrame]) -> None:
    for table, names in words(tables):
        told = [columns.heading(name, table, "da") for name in names]
        assert len(set(told)) == len(names), (table, sorted(t for t in told if told.count(t) > 1))


def test_every_table_has_a_sheet_of_its_own_that_a_workbook_can_hold(tables: dict[str, pd.DataFrame]) -> None:
    names = {table for table, _ in words(tables)}
    told = {columns.sheet(name, "da") for name in names}
    assert len(told) == len(names)
    assert not told & names
    assert not [
        name for name in told if len(name) > columns.LONGEST_SHEET or re.search(r"[\[\]:*?/\\]", name)
    ]


def test_the_list_of_words_is_whole() -> None:
    text = resources.files("netlearn.wording").joinpath("columns.csv").read_text(encoding="utf-8")
    head, *rows = [line.split("|") for line in text.splitlines()]
    assert head == ["kind", "name", "da", "meaning_en", "meaning_da"]
    assert [row for row in rows if len(row) != 5 or not all(row)] == []
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    assert forbidden_words(" ".join(cell for row in rows for cell in row[2:])) == []


def test_ends_of_intervals_and_parts_of_gaps_are_put_together() -> None:
    told = {
        name: columns.heading(name, language="da") for name in ("dz_low", "required_high", "present_before")
    }
    assert told == {
        "dz_low": "Cohens dz: nedre grænse",
        "required_high": "Krævet: ændring: øvre grænse",
        "present_before": "Nuværende: før",
    }
    assert columns.heading("alpha_low", "scale-quality", "da") == "Alfa: nedre grænse"


def test_a_column_that_nobody_has_named_is_kept(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n_people": [5], "=mine()": [1.5]})
    assert list(headed(frame, "outcomes", "da").columns) == ["Personer bag", "=mine()"]
    assert list(headed(frame).columns) == ["n_people", "=mine()"]
    danish_csv(frame, tmp_path / "t.csv", "outcomes")
    assert (tmp_path / "t.csv").read_text("utf-8-sig").splitlines() == ["Personer bag;'=mine()", "5;1,5"]
    assert ("=mine()", "=mine()", "") in columns.column_list({"outcomes": ["=mine()"]}, "da")


def test_the_same_name_is_told_apart_by_its_table() -> None:
    listed = columns.column_list({"outcomes": ["level"], "scale-answers": ["level"]}, "da")
    assert listed[6:] == [
        ("Niveau", "level", "hvad ét tal fortæller om"),
        ("Svartrin", "level", "Skalaer, svar: svaret som tal"),
    ]


def test_an_empty_cell_that_says_something_is_explained() -> None:
    """Some cells are empty though nothing is left out: the notes must say why."""
    told = {
        place: columns.column(*place[::-1])
        for place in [("", "n_dyads"), ("personal-networks-places", "department")]
    }
    for known in told.values():
        assert known is not None
        assert "empty" in known.meaning[0]
        assert "tom" in known.meaning[1]
