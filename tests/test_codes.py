"""Tables for people: every code of a closed set has words in both languages, in every column of every table."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from test_wording import forbidden_words

import netlearn
from netlearn.analysis import arms, attendance_change, compare, competence_change, measurement, randomization
from netlearn.analysis.evidence import ClaimVerdict
from netlearn.analysis.ladder import DesignRung
from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.outcome_result import Role
from netlearn.inference.nulls import Null
from netlearn.measures.catalogue import CATALOGUE
from netlearn.outcomes.items import Warned
from netlearn.outcomes.reliability import Reason
from netlearn.study.planned import FAMILIES, Alternative
from netlearn.wording import Language, codes

Tables = dict[str, pd.DataFrame]
DATA = Path(__file__).resolve().parents[1] / "data"
CASES = ["brondby", "cbu-aalborg", "gentofte-cfn", "kambu-aarhus", "naestved-cam"]
# What the five cases call their own: departments, areas, groups, and units of scales.
OWN_UNITS = {"familier"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    found = {}
    for case in CASES:
        made = machine_tables(netlearn.analyse(netlearn.read_study(DATA / case), draws=19))
        found |= {f"{case}/{name}": frame for name, frame in made.items()}
    return found


def texts(tables: Tables) -> Iterator[tuple[str, str, set[str]]]:
    """Every column with text of every table: (table, column, what it holds)."""
    for place, frame in tables.items():
        for name in frame.columns:
            cells = {value for value in frame[name].dropna() if isinstance(value, str) and value}
            if cells:
                yield place.split("/")[1], str(name), cells


def test_every_column_of_text_is_of_codes_or_of_words_of_the_study(tables: Tables) -> None:
    """A new column, or a new code, must be put into words: else it is found here."""
    for table, name, cells in texts(tables):
        found = codes.kind(name, table)
        assert found is not None, (table, name)
        said = {code for cell in cells for code in cell.split()} if found.kind == "joined" else cells
        if found.kind in ("closed", "joined"):
            assert {code for code in said if not codes.known(code, found.of)} == set(), (table, name)


def test_every_unit_is_in_words_or_is_one_of_the_study(tables: Tables) -> None:
    for table, name, cells in texts(tables):
        if name == "unit":
            assert {cell for cell in cells if not codes.known(cell, "unit")} <= OWN_UNITS, table


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_code_is_left_in_a_table_for_people(tables: Tables, language: Language) -> None:
    """Whatever looks like a code, with a line below or an arrow of signs, or stands in brackets, is in words."""
    own = {"item", "relation", "scale", "list", "attendance", "name"}  # keys of the study file
    for table, name, cells in texts(tables):
        if name not in own:
            told = {str(codes.in_words(cell, name, table, language)) for cell in cells}
            assert not [word for word in told if "_" in word or "->" in word or word.startswith("(pooled")], (
                table,
                name,
            )


def test_danish_words_are_not_the_codes(tables: Tables) -> None:
    same = {("unit", "procentpoint")}
    for table, name, cells in texts(tables):
        found = codes.kind(name, table)
        if found is not None and found.kind == "closed":
            told = {(name, cell) for cell in cells if codes.in_words(cell, name, table, "da") == cell}
            assert told - same == set(), table


def every_code() -> Iterator[tuple[str, str]]:
    """The codes that the program can write, from where they are declared, with their set."""
    verdicts = (compare.Verdict, competence_change.CompetenceVerdict, randomization.DifferenceVerdict)
    reasons = (compare.Guard, arms.Reason, attendance_change.Reason, competence_change.Reason)
    yield from ((code, "verdict") for one in verdicts for code in get_args(one))
    yield from ((code, "verdict") for code in ("not_planned", "undecided_holm"))
    yield from ((code, "guards") for one in reasons for code in get_args(one))
    yield from ((code, "claim") for code in get_args(ClaimVerdict))
    yield from ((code, "rung") for code in get_args(DesignRung))
    yield from ((code, "role") for code in get_args(Role))
    yield from ((code, "null") for code in get_args(Null))
    yield from ((code, "alternative") for code in get_args(Alternative))
    yield from ((code, "holds") for code in get_args(measurement.Holds))
    yield from ((code, "reasons") for code in get_args(Reason))
    yield from ((code, "warnings") for code in get_args(Warned))
    yield from ((code, "family") for code in FAMILIES)
    yield from ((code, "measure") for some in FAMILIES.values() for code in some)
    yield from ((row.name, "measure") for row in CATALOGUE.values())
    yield from ((row.unit, "unit") for row in CATALOGUE.values())


@pytest.mark.parametrize(("code", "of"), sorted(set(every_code())))
def test_every_code_that_can_be_written_has_words(code: str, of: str) -> None:
    assert codes.known(code, of)


def test_the_list_of_codes_is_whole() -> None:
    text = resources.files("netlearn.wording").joinpath("codes.csv").read_text(encoding="utf-8")
    head, *rows = [line.split("|") for line in text.splitlines()]
    assert head == ["set", "code", "en", "da"]
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    assert forbidden_words(" ".join(cell for row in rows for cell in row[2:])) == []
    text = resources.files("netlearn.wording").joinpath("coded_columns.csv").read_text(encoding="utf-8")
    head, *rows = [line.split("|") for line in text.splitlines()]
    assert head == ["kind", "column", "set"]
    assert {row[0] for row in rows} == {"closed", "joined", "among", "open"}
    assert len({row[1] for row in rows}) == len(rows)


def test_words_of_the_study_stay() -> None:
    assert codes.in_words("primary", "title", "outcomes", "da") == "primary"
    assert codes.in_words("Økonomi", "department", "response", "da") == "Økonomi"
    assert codes.in_words("familier", "unit", "outcomes", "da") == "familier"
    assert codes.in_words(0.5, "level", "competence-scales", "da") == 0.5
    assert codes.in_words("new_code", "role", "outcomes", "da") == "new_code"


def test_numbers_that_are_codes_are_in_words() -> None:
    told = [codes.in_words(x, "beyond_departments", "competence-gaps", "da") for x in (1.0, 0.0)]
    assert told == ["ja", "nej"]
    assert codes.in_words(1.0, "estimate", "outcomes", "da") == 1.0
    assert codes.in_words(True, "exact", language="da") == "ja"
    assert codes.in_words("start:midway", "arm", "training-means", "da") == "Uddannet fra »midway«"
    assert codes.in_words("before -> after", "wave", "outcomes", "da") == "before → after"
