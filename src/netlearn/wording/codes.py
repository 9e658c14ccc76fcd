"""Codes of closed sets in words, for tables that people read: the rows of `codes.csv`, and words that others hold.

Tables for machines keep their codes. `coded_columns.csv` says which columns hold codes, with the set of them: "closed"
columns hold nothing else, "joined" ones several with spaces between, and "among" ones codes among words of the study.
What stands in "open" columns is no code: words of the study, and labels that are the same in every language ("3+").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from netlearn.wording import Language, attendance, evidence, ladder, shared_rooms, training_tables
from netlearn.wording.columns import heading
from netlearn.wording.measure_names import MEASURE_NAMES
from netlearn.wording.outcome_names import OUTCOME_NAMES
from netlearn.wording.terms import TERMS, pick

Words = Mapping[str, tuple[str, str]]
YES_OR_NO = {True: ("yes", "ja"), False: ("no", "nej")}
_TESTED = ("network", "trained", "ego", "exposure", "attendance", "association")
_PAIRS = ("both", "one", "sender", "receiver", "none")


class Kind(NamedTuple):
    """What a column holds: "closed", "joined", "among" or "open", and the set of its codes."""

    kind: str
    of: str


def _read(name: str) -> list[list[str]]:
    text = resources.files("netlearn.wording").joinpath(name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines()[1:]]


@cache
def _kinds() -> Mapping[str, Kind]:
    return {column: Kind(kind, of) for kind, column, of in _read("coded_columns.csv")}


@cache
def _sets() -> Mapping[str, Words]:
    read: dict[str, dict[str, tuple[str, str]]] = {}
    for name, code, english, danish in _read("codes.csv"):
        read.setdefault(name, {})[code] = (english, danish)
    tests = [(evidence.by_test(name, "", "en"), evidence.by_test(name, "", "da")) for name in _TESTED]
    tests.append(
        (evidence.by_test("exposure", "randomized", "en"), evidence.by_test("exposure", "randomized", "da"))
    )
    units = TERMS["unit"] | read["unit"]
    classes = [[training_tables.class_of_pairs(name, told) for name in _PAIRS] for told in ("en", "da")]
    return read | {
        **{name: TERMS[name] for name in ("role", "handling", "ties")},
        "counted": TERMS["level"],
        "verdict": TERMS["short_verdict"],
        "measure": MEASURE_NAMES | OUTCOME_NAMES | read["measure"],
        "rung": {name: words["name"] for name, words in ladder.RUNGS.items()},
        "group": shared_rooms.GROUPS,
        "who": attendance.WHO,
        "both": dict(zip(_PAIRS, zip(*classes, strict=True), strict=True)),
        "unit": units | _either(units.values()),
        "shown": read["department"] | {"network": read["family"]["network"]},
        "test": _either(tests),
        "yes": {"1.0": YES_OR_NO[True], "0.0": YES_OR_NO[False]},
    }


def _either(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return words by themselves: some tables for machines hold them in the language of the study."""
    return {said: pair for pair in pairs for said in pair}


def kind(name: str, table: str = "") -> Kind | None:
    """Return what a column holds; None for one that nobody has told of, such as one of numbers or a user's own.

    Examples
    --------
    >>> kind("level", "ladder"), kind("level"), kind("title").kind, kind("estimate")
    (Kind(kind='closed', of='counted'), Kind(kind='closed', of='family'), 'open', None)
    """
    return _kinds().get(f"{table}.{name}") or _kinds().get(name)


def known(code: str, of: str) -> bool:
    """Tell whether a set has words for a code.

    Examples
    --------
    >>> known("primary", "role"), known("start:midway", "arm"), known("primary", "verdict")
    (True, True, False)
    """
    return code in _sets().get(of, {}) or (of == "arm" and training_tables.arm(code, {}, "en") != code)


def in_words(value: Any, name: str, table: str = "", language: Language = "en") -> Any:
    """Return what a person reads in the place of a code; whatever is no code stays as it is.

    Parameters
    ----------
    value : object
        Of a cell.
    name, table : str
        Of its column, and of the table.
    language : "en" or "da"

    Examples
    --------
    >>> in_words("primary", "role", language="da"), in_words("arc", "level", "ladder", "da"), in_words(True, "exact")
    ('Primært', 'Svar', 'yes')
    >>> in_words("few_items few_people", "reasons"), in_words("(pooled)", "from", language="da"), in_words("HR", "to")
    ('one question alone, too few people', '(afdelinger samlet)', 'HR')
    """
    if isinstance(value, bool):
        return pick(YES_OR_NO[value], language)
    found = kind(name, table)
    if found is None or not isinstance(value, str | float):
        return value
    if found.kind == "joined" and isinstance(value, str):
        return ", ".join(_word(code, found.of, language) for code in value.split())
    return _word(value, found.of, language)


def _word(code: str | float, of: str, language: Language) -> Any:
    pair = _sets().get(of, {}).get(str(code))
    if pair is not None:
        return pick(pair, language)
    if of == "arm" and isinstance(code, str):
        return training_tables.arm(code, {}, language)
    return code.replace(" -> ", " → ") if of == "arrow" and isinstance(code, str) else code


def code_list(tables: Mapping[str, Any], language: Language = "en") -> list[tuple[str, str, str]]:
    """Tell which code of the tables for machines each word stands for: rows of (word, code, heading of its column).

    Parameters
    ----------
    tables : dict name -> DataFrame
        With their codes.
    language : "en" or "da"
    """
    heads = {"en": ("Word", "Code in CSV", "Column"), "da": ("Ord", "Kode i CSV", "Kolonne")}
    rows = dict.fromkeys(row for name, table in tables.items() for row in _listed(table, name, language))
    return [("", "", ""), heads[language], *rows] if rows else []


def _listed(table: Any, name: str, language: Language) -> Iterator[tuple[str, str, str]]:
    for column in map(str, table.columns):
        found = kind(column, name)
        if found is not None and found.of not in ("-", "arrow", "yes", "test"):
            cells = [cell for cell in table[column].dropna().unique() if isinstance(cell, str)]
            parts = [part for cell in cells for part in (cell.split() if found.kind == "joined" else [cell])]
            for code in dict.fromkeys(parts):
                word = _word(code, found.of, language)
                if word != code:
                    yield word, code, heading(column, name, language)
