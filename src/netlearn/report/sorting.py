"""By what the columns of a table sort on the page: size, words, or nothing where an order would say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netlearn.wording import Language, competence_part, personal_networks, training_tables
from netlearn.wording.numbers import NONE
from netlearn.wording.page_words import script_signs
from netlearn.wording.terms import pick

_SIZE = {
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    "da": r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?",
}
_FIRST = {
    language: re.compile(rf"(?:p\s*)?(?P<than>[<>])?\s*(?P<sign>[-+\u2212])?\s*(?P<size>{size})(?![.,]?\d)")
    for language, size in _SIZE.items()
}
_OF = re.compile(r"\s*(?:/|af\b|of\b)\s*")
_MEASURED = re.compile(r"\d[.,]\d(?!\d\d(?!\d))|\d\s+(?:to|til)\s")  # decimals, but no thousands, or a range
_NO_UNIT = {"to", "til", "af", "of", "p"}
_HAIR = 1e-9  # "< 0.001" comes before 0.001


@dataclass(frozen=True)
class Sorting:
    """How a column sorts.

    Attributes
    ----------
    kind : "number", "text" or ""
        "" where an order would say nothing: the rows have different units, or no cell has a number.
    keys : tuple of float or None
        Of "number", a key for every row; None for what has no number, which comes last in either direction.
    """

    kind: str
    keys: tuple[float | None, ...] = ()


def sortings(table: Mapping[str, Any], language: Language) -> list[Sorting]:
    """Tell for each column of a table how it sorts.

    Parameters
    ----------
    table : dict
        caption, columns, rows of texts, and numeric: which columns are numbers.
    language : "en" or "da"
        Of the numbers.

    Returns
    -------
    list of Sorting

    Examples
    --------
    >>> rows = [("A", "1.204", "2,3 point"), ("B", "\u2013", "12 %")]
    >>> table = {"caption": "", "columns": ("", "n", "Resultat"), "rows": rows, "numeric": (False, True, False)}
    >>> [(one.kind, one.keys) for one in sortings(table, "da")]
    [('text', ()), ('number', (1204.0, None)), ('', ())]
    """
    columns = list(zip(*table["rows"], strict=True))
    found = [
        _sorting(cells, language, numeric, first=at == 0)
        for at, (cells, numeric) in enumerate(zip(columns, table["numeric"], strict=False))
    ]
    if not (
        _of_measures(table, language)
        or any(len(_units(cells, language)) > 1 for cells in _told(columns, found))
    ):
        return found
    heads = table["columns"]
    return [
        Sorting("") if one.kind == "number" and not _comparable(head, cells) else one
        for one, head, cells in zip(found, heads, columns, strict=True)
    ]


def _told(columns: Sequence[Sequence[str]], found: Sequence[Sorting]) -> list[Sequence[str]]:
    """Return the columns that no order is given, where words beside the numbers may be the reason."""
    return [cells for cells, one in zip(columns, found, strict=True) if not one.kind]


def _of_measures(table: Mapping[str, Any], language: Language) -> bool:
    """Tell whether each row is a measure of its own, with a unit that the cells do not repeat."""
    heads = {
        *training_tables.columns(("measure",), language),
        pick(personal_networks.COLUMNS["measure"], language),
    }
    return table["columns"][0] in heads or table["caption"] == competence_part.caption("scales", language)


def _comparable(head: str, cells: Sequence[str]) -> bool:
    """Tell whether numbers compare across units: p, standardised change, numbers of people or pairs, and shares."""
    if re.match(r"(p|dz)\b", head):
        return True
    full = [cell for cell in cells if re.search(r"\d", cell)]
    return all("%" in cell for cell in full) or not any(
        _MEASURED.search(cell) or "%" in cell for cell in full
    )


def _sorting(cells: Sequence[str], language: Language, numeric: bool, *, first: bool) -> Sorting:
    keys = tuple(number_in(cell, language) for cell in cells)
    full = [key for cell, key in zip(cells, keys, strict=True) if cell not in ("", NONE)]
    units = _units(cells, language)
    every = bool(full) and None not in full
    if first:  # names the row, with a number at most
        return Sorting("number", keys) if every and units == {""} else Sorting("text")
    if not (numeric or every):
        return Sorting("text")
    return Sorting("number", keys) if len(units) == 1 else Sorting("")


def _units(cells: Sequence[str], language: Language) -> set[str]:
    return {unit_of(cell) for cell in cells if number_in(cell, language) is not None}


def number_in(cell: str, language: Language = "en") -> float | None:
    """Return the number that a cell begins with, of "3/4 (75 %)" or "3 of 4" the share; None where there is none.

    Examples
    --------
    >>> number_in("\u22120,031 (\u22120,2 til 0,1)", "da"), number_in("vises ikke (under 5)", "da")
    (-0.031, None)
    """
    found = _FIRST[language].match(cell)
    if found is None:
        return None
    size = _plain(found["size"], language)
    sign = -1 if found["sign"] in ("-", "\u2212") else 1
    whole = _whole(cell[found.end() :], language)
    if whole is not None:
        return size / whole if whole else None
    return sign * size + {"<": -_HAIR, ">": _HAIR}.get(found["than"], 0.0)


def _whole(rest: str, language: Language) -> float | None:
    """Return the second number of "3 of 4", from what stands after the first."""
    between = _OF.match(rest)
    found = _FIRST[language].match(rest[between.end() :]) if between else None
    return _plain(found["size"], language) if found else None


def _plain(size: str, language: Language) -> float:
    signs = script_signs(language)
    return float(size.replace(signs["thousands"], "").replace(signs["decimal"], "."))


def unit_of(cell: str) -> str:
    """Return the words beside the numbers of a cell, outside its brackets.

    Examples
    --------
    >>> unit_of("2,3 kolleger pr. person (1,7 til 3,0)"), unit_of("3 til 5 %")
    ('kolleger pr person', '')
    """
    outside = re.sub(r"\([^()]*\)", " ", cell)
    return " ".join(word for word in re.findall(r"[^\W\d_]+", outside) if word not in _NO_UNIT)
