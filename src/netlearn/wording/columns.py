"""What the columns and the tables for machines are called in Danish, and what each holds: the rows of `columns.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from netlearn.wording import Language
from netlearn.wording.terms import pick

LONGEST_SHEET = 31  # characters, of any workbook
_BOUNDS = {
    "_low": ("lower end of the interval of {of}", "{of}: nedre grænse", "intervallets nedre ende"),
    "_high": ("upper end of the interval of {of}", "{of}: øvre grænse", "intervallets øvre ende"),
}
_PARTS = {"required_": ("what is required: ", "Krævet: "), "present_": ("what is there: ", "Nuværende: ")}


class Named(NamedTuple):
    """A column or a table in words."""

    danish: str
    meaning: tuple[str, str]
    special: bool = False


@cache
def _rows() -> Mapping[tuple[str, str], Named]:
    text = resources.files("netlearn.wording").joinpath("columns.csv").read_text(encoding="utf-8")
    cells = [line.split("|") for line in text.splitlines()[1:]]
    return {(kind, name): Named(danish, (en, da)) for kind, name, danish, en, da in cells}


def column(name: str, table: str = "") -> Named | None:
    """Return a column of a table in words; None for one that nobody has named, such as a user's own.

    Ends of intervals and the parts of a gap are put together from what they belong to.

    Examples
    --------
    >>> column("n_people").danish, column("present_change_low").danish, column("mine") is None
    ('Personer bag', 'Nuværende: ændring: nedre grænse', True)
    """
    own = _rows().get(("column", f"{table}.{name}"))
    if own is not None:
        return own._replace(special=True)
    return _rows().get(("column", name)) or _of_parts(name, table)


def _of_parts(name: str, table: str) -> Named | None:
    for end, (meaning, danish, danish_meaning) in _BOUNDS.items():
        whole = name.removesuffix(end)
        if whole != name:
            known = column(whole, table) or column(
                f"{whole}_change", table
            )  # required_low: of required_change
            return known and Named(danish.format(of=known.danish), (meaning.format(of=whole), danish_meaning))
    for start, words in _PARTS.items():
        known = column(name.removeprefix(start), table) if name.startswith(start) else None
        if known is not None:
            told = known.danish[0].lower() + known.danish[1:]
            return Named(words[1] + told, (words[0] + known.meaning[0], known.meaning[1]))
    return None


def heading(name: str, table: str = "", language: Language = "en") -> str:
    """Return the heading of a column; in English, and where nobody has named it, the name itself.

    Examples
    --------
    >>> heading("n_people", language="da"), heading("level", "ladder", "da"), heading("n_people")
    ('Personer bag', 'Regnet på', 'n_people')
    """
    known = column(name, table) if language == "da" else None
    return name if known is None else known.danish


def sheet(table: str, language: Language = "en") -> str:
    """Return the name of the sheet of a table in a workbook.

    Examples
    --------
    >>> sheet("outcomes", "da"), sheet("outcomes"), sheet("mine", "da")
    ('Udfald', 'outcomes', 'mine')
    """
    known = _rows().get(("sheet", table)) if language == "da" else None
    return table if known is None else known.danish


def column_list(tables: Mapping[str, Iterable[str]], language: Language = "en") -> list[tuple[str, str, str]]:
    """Explain sheets and headings: rows of (what it is called, its machine name, what it holds).

    Parameters
    ----------
    tables : dict name -> names of its columns
    language : "en" or "da"
    """
    rows = [("", "", ""), _headings("sheet", language)]
    for table in tables:
        known = _rows().get(("sheet", table))
        rows.append(
            (sheet(table, language), f"tables/{table}.csv", pick(known.meaning, language) if known else "")
        )
    rows += [("", "", ""), _headings("column", language)]
    told = dict.fromkeys(
        _explained(str(name), table, language) for table, names in tables.items() for name in names
    )
    return rows + list(told)


def about_files(language: Language = "en") -> list[str]:
    """Say which of the tables are for people and which for programs, and how numbers are told: one line per cell."""
    return [pick(row.meaning, language) for (kind, _), row in _rows().items() if kind == "note"]


def _headings(kind: str, language: Language) -> tuple[str, str, str]:
    said = {
        "sheet": (("Sheet", "File", "What it holds"), ("Ark", "Fil", "Hvad det rummer")),
        "column": (("Heading", "Name in CSV", "Meaning"), ("Overskrift", "Navn i CSV", "Betydning")),
    }
    return said[kind][language == "da"]


def _explained(name: str, table: str, language: Language) -> tuple[str, str, str]:
    known = column(name, table)
    meaning = "" if known is None else pick(known.meaning, language)
    where = f"{sheet(table, language)}: " if known is not None and known.special else ""
    return heading(name, table, language), name, where + meaning
