"""The catalogue of faults: both languages say the same, every code is used, every use gives its values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from netlearn.wording.faults import FAULTS, sentence

SOURCE = Path(__file__).resolve().parents[1] / "src" / "netlearn"
ADDERS = {"fault", "note", "add"}
# Values that a helper adds on the way: table and key by the reader of study.toml.
GIVEN = {"table", "key"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def uses() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call fault("code", …), note("code", …) or add("code", …)."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ADDERS and isinstance(node.args[0].value, str):
                yield path.name, node.args[0].value, node


USES = list(uses())


@pytest.mark.parametrize("code", FAULTS)
def test_both_languages_name_the_same_values(code: str) -> None:
    assert set(FAULTS[code]) == {"en", "da"}
    assert placeholders(FAULTS[code]["en"]) == placeholders(FAULTS[code]["da"])


@pytest.mark.parametrize("code", FAULTS)
def test_words_say_what_was_expected_and_what_to_do(code: str) -> None:
    """Notes tell a fact; whatever can stop a run has all three parts in this order."""
    for language, words in (("en", ("Expected", "Do:")), ("da", ("Forventede", "Gør:"))):
        text = FAULTS[code][language]  # type: ignore[index]
        if words[0] in text:
            assert 0 < text.index(words[0]) < text.index(words[1])
        assert text.endswith((".", "…."))
        assert "\n" not in text


def test_every_code_used_is_catalogued_and_every_catalogued_code_is_used() -> None:
    assert {code for _, code, _ in USES} == set(FAULTS)


@pytest.mark.parametrize(("file", "code", "call"), USES, ids=[f"{f}-{c}-{n.lineno}" for f, c, n in USES])
def test_every_use_gives_the_values_that_its_words_name(file: str, code: str, call: ast.Call) -> None:
    given = {keyword.arg for keyword in call.keywords}
    missing = placeholders(FAULTS[code]["en"]) - given - GIVEN
    # Values handed over as **known are checked by the tests that print the sentence.
    assert not missing or None in given, missing


def test_a_sentence_names_the_place_in_each_language() -> None:
    values = {"id": "a3", "first": 4}
    assert sentence("duplicated-person", "roster.csv", 5, "id", values) == (
        "roster.csv, row 5, column id: person 'a3' stands here and in row 4. Expected one row per person. "
        "Do: remove one of the rows, or give two people two ids."
    )
    assert sentence("duplicated-person", "roster.csv", 5, "id", values, "da").startswith(
        "roster.csv, række 5, kolonne id: personen 'a3' står her og i række 4."
    )


def test_nearest_and_more_are_said_only_when_there_are_any() -> None:
    values = {"value": "often", "known": ("1", "2"), "more": 0, "nearest": ""}
    bare = sentence("unknown-level", "x.csv", 2, "c", values)
    assert bare.startswith("x.csv, row 2, column c: the answer 'often' has no level. Expected one of: 1, 2.")
    more = sentence("unknown-level", "x.csv", 2, "c", values | {"more": 3, "nearest": "Often"})
    assert "has no level (and 3 more like it). The nearest right name is 'Often'. Expected" in more
