"""The tables of a report in one workbook: numbers are numbers, no text is a formula, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from netlearn.study.cell_formats import formats
from netlearn.study.packed import repacked
from netlearn.study.sheet import LINE, UNPRINTABLE, Sheet, bold, fill, lines_of, print_out, put
from netlearn.study.spreadsheet import guard, headed, worded
from netlearn.wording import Language, codes, columns, suppressed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Line = str | tuple[str, ...]
POOLED = "(pooled)"
ABOUT = frozenset(
    [
        "claim",
        "outcome",
        "role",
        "title",
        "relation",
        "measure",
        "waves",
        "scale",
        "gap",
        "list",
        "attendance",
    ]
)
NOTES_WIDE = (44, 46, 96)  # characters of the columns of notes


def workbook(
    title: str, notes: tuple[str, Sequence[Line]], tables: Mapping[str, Sheet | pd.DataFrame]
) -> bytes:
    """Return a workbook with a sheet of notes and a sheet for each table.

    Parameters
    ----------
    title : str
        For the properties of the file.
    notes : (name of the sheet, lines)
        A line is a text, or the texts of its cells.
    tables : dict name -> Sheet or DataFrame
        What is missing is an empty cell. Names are those of the sheets, short and plain.

    Returns
    -------
    bytes
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = "netlearn", title.translate(UNPRINTABLE)
    first, lines = notes
    sheet = book.worksheets[0]
    sheet.title = first
    _notes(sheet, [(first,), *((line,) if isinstance(line, str) else line for line in lines)])
    for name, table in tables.items():
        fill(book.create_sheet(name), table if isinstance(table, Sheet) else Sheet(table))
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def tables_workbook(
    title: str, tables: Mapping[str, pd.DataFrame], least: int, language: Language = "en"
) -> bytes:
    """Return the tables of a study as a workbook, with notes on how to read them first and what the headings mean.

    Parameters
    ----------
    title : str
        Of the study.
    tables : dict name -> DataFrame
    least : int
        Fewest people that a number may tell of.
    language : "en" or "da"
    """
    named = {name: _names(table) for name, table in tables.items()}
    lines: list[Line] = [
        *columns.about_files(language),
        *(_in_words(line, language) for line in suppressed.about_tables(least, language)),
        *columns.column_list(named, language),
        *codes.code_list(tables, language),
    ]
    sheets = {columns.sheet(name, language): _sheet(table, name, language) for name, table in tables.items()}
    return workbook(title, (suppressed.sheet(language), lines), sheets)


def _sheet(table: pd.DataFrame, name: str, language: Language) -> Sheet:
    """Return a table for people: codes in words, the unit beside the number that it is of, numbers as they are read."""
    told = worded(table, name, language)
    told = told[_ordered([str(column) for column in told.columns])]
    known = formats({str(column): told[column].tolist() for column in told.columns}, name, language)
    heads = dict(zip(map(str, told.columns), headed(told, name, language).columns, strict=True))
    return Sheet(headed(told, name, language), {heads[column]: some for column, some in known.items()})


def _ordered(names: list[str]) -> list[str]:
    """Put first what a row is about, and the unit beside the number that it is of."""
    first = [name for name in names if name in ABOUT]
    rest = [name for name in names if name not in first]
    if {"unit", "estimate"} <= set(rest):
        rest.remove("unit")
        rest.insert(rest.index("estimate"), "unit")
    return [*first, *rest]


def _in_words(line: str, language: Language) -> str:
    """Return a note in which small departments are called what they are called in the tables of this workbook."""
    return line.replace(POOLED, str(codes.in_words(POOLED, "department", language=language)))


def _names(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in headed(table).columns]


def _notes(sheet: Worksheet, lines: Sequence[tuple[str, ...]]) -> None:
    """Write lines: a text alone goes over the cells beside it, and its row is as high as it needs."""
    from openpyxl.styles import Alignment

    for letter, width in zip("ABC", NOTES_WIDE, strict=True):
        sheet.column_dimensions[letter].width = width
    heads = [at for at in range(len(lines)) if at == 0 or not any(lines[at - 1])]
    for row, cells in enumerate(lines, start=1):
        for at, text in enumerate(cells, start=1):
            if text:
                put(sheet.cell(row, at), guard(text))
                sheet.cell(row, at).alignment = Alignment(wrap_text=len(cells) > 1, vertical="top")
                if row - 1 in heads:
                    sheet.cell(row, at).font = bold()
        high = max(lines_of(text, width) for text, width in zip(cells, NOTES_WIDE, strict=False))
        if len(cells) > 1 and high > 1:
            sheet.row_dimensions[row].height = LINE * high
    sheet.freeze_panes = "A2"
    print_out(sheet)
