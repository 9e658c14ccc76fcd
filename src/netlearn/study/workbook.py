"""The tables of a report in one workbook: numbers are numbers, no text is a formula, the same bytes every time."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from netlearn.study.packed import repacked
from netlearn.study.spreadsheet import guard, headed, safe_frame
from netlearn.wording import Language, columns, suppressed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 48  # characters
# No XML may hold these.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")


def workbook(
    title: str, notes: tuple[str, Sequence[str | tuple[str, ...]]], tables: Mapping[str, pd.DataFrame]
) -> bytes:
    """Return a workbook with a sheet of notes and a sheet for each table.

    Parameters
    ----------
    title : str
        For the properties of the file.
    notes : (name of the sheet, lines)
        A line is a text, or the texts of its cells.
    tables : dict name -> DataFrame
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
        _fill(book.create_sheet(name), table)
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
    listed = columns.column_list({name: _names(table) for name, table in tables.items()}, language)
    lines: list[str | tuple[str, ...]] = [*suppressed.about_tables(least, language), *listed]
    named = {columns.sheet(name, language): headed(table, name, language) for name, table in tables.items()}
    return workbook(title, (suppressed.sheet(language), lines), named)


def _names(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in headed(table).columns]


def _notes(sheet: Worksheet, lines: Sequence[tuple[str, ...]]) -> None:
    """Write lines: a text alone goes over the cells beside it, and its row is as high as it needs."""
    from openpyxl.styles import Alignment, Font

    for letter, width in zip("ABC", (30, 34, 2 * WIDEST), strict=True):
        sheet.column_dimensions[letter].width = width
    heads = [at for at in range(len(lines)) if at == 0 or not any(lines[at - 1])]
    for row, cells in enumerate(lines, start=1):
        for at, text in enumerate(cells, start=1):
            if text:
                _put(sheet.cell(row, at), guard(text))
                sheet.cell(row, at).alignment = Alignment(wrap_text=len(cells) > 1, vertical="top")
                sheet.cell(row, at).font = Font(bold=row - 1 in heads)
    sheet.freeze_panes = "A2"


def _fill(sheet: Worksheet, table: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    safe = safe_frame(table)
    for at, name in enumerate(safe.columns, start=1):
        cells = [_cell(value) for value in safe.iloc[:, at - 1]]
        width = max(len(str(value)) for value in [name, *cells] if value is not None)
        sheet.column_dimensions[get_column_letter(at)].width = min(width + 2, WIDEST)
        _put(sheet.cell(1, at), name)
        sheet.cell(1, at).font = Font(bold=True)
        for row, value in enumerate(cells, start=2):
            if value is not None:
                _put(sheet.cell(row, at), value)
                if isinstance(value, str) and len(value) > WIDEST:
                    sheet.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: str | float) -> None:
    cell.value = value.translate(UNPRINTABLE) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with


def _cell(value: Any) -> str | float | None:
    """Return a text or a number that Excel knows; None for what is missing, an empty text too."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value or None
    number = value.item() if hasattr(value, "item") else value
    return number if math.isfinite(number) else str(number)
