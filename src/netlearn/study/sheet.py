"""One sheet of a workbook: a table with widths and number formats, and a head that stays and is on every page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from netlearn.study.cell_formats import shown
from netlearn.study.spreadsheet import safe_frame

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 48  # characters of a column
WIDEST_HEAD = 16  # of a heading, before it goes on in the next line
WIDEST_PAGE = 240  # of a page on its side
ROOM = 4  # beside what is widest; a heading is bold
LINE = 15  # points
A4, GREY = 9, "E7E7E7"
# No XML may hold these.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table under the headings of a reader.

    Attributes
    ----------
    table : DataFrame
    formats : dict heading -> formats
        The number format of each cell of a column; "" is that of the program.
    """

    table: pd.DataFrame
    formats: Mapping[str, Sequence[str]] = field(default_factory=dict)


def fill(sheet: Worksheet, given: Sheet) -> None:
    """Write a table into a sheet that is empty."""
    from openpyxl.utils import get_column_letter

    safe, widths, lines = safe_frame(given.table), [], [1] * len(given.table)
    for at, name in enumerate(safe.columns):
        formats = given.formats.get(given.table.columns[at], [""] * len(safe))
        cells = [_cell(value) for value in safe.iloc[:, at].tolist()]
        widths.append(_width(name, cells, formats))
        sheet.column_dimensions[get_column_letter(at + 1)].width = widths[-1]
        for row, (value, code) in enumerate(zip(cells, formats, strict=True)):
            if value is not None:
                _write(sheet.cell(row + 2, at + 1), value, code)
                lines[row] = max(lines[row], lines_of(value, widths[-1]) if isinstance(value, str) else 1)
        _head(sheet.cell(1, at + 1), name, number=any(formats))
    names = zip(safe.columns, widths, strict=True)
    for row, n in enumerate([max((lines_of(*pair) for pair in names), default=1), *lines], start=1):
        if n > 1:  # else it is as high as the program makes it
            sheet.row_dimensions[row].height = LINE * n
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    pages = math.ceil(sum(widths) / WIDEST_PAGE)
    if pages > 1:  # each says what its rows are about
        sheet.print_title_cols = "A:B"
    print_out(sheet, pages)


def _write(cell: Any, value: str | float, code: str) -> None:
    put(cell, value)
    if code:
        cell.number_format = code
    cell.alignment = _placed(isinstance(value, str))


@cache
def _placed(text: bool) -> Any:
    """Return where a cell has its text, or its number, which stands to the right."""
    from openpyxl.styles import Alignment

    side = "left" if text else None
    return Alignment(horizontal=side, wrap_text=text, vertical="top", indent=int(text))


def _head(cell: Any, name: str, *, number: bool) -> None:
    from openpyxl.styles import Alignment, PatternFill

    put(cell, name)
    cell.font = bold()
    side = "right" if number else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal=side, indent=int(not number))
    cell.fill = PatternFill("solid", fgColor=GREY)


def bold() -> Any:
    """Return the font of headings: that of the other cells, bold."""
    from openpyxl.styles import DEFAULT_FONT, Font

    return Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.sz, bold=True)


def put(cell: Any, value: str | float) -> None:
    """Write a text or a number into a cell; no text becomes a formula."""
    cell.value = value.translate(UNPRINTABLE) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with


def print_out(sheet: Worksheet, pages: int = 1) -> None:
    """Set a sheet up for paper: A4 on its side, so many pages wide, its name and the number of the page below."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, pages), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes, broken between words."""
    whole = width - ROOM
    lines, free = 1, whole
    for word in text.split(" "):
        if len(word) > free and free < whole:
            lines, free = lines + 1, whole
        free -= len(word) + 1
        while free < -1:  # a word that is wider than its column
            lines, free = lines + 1, free + whole
    return lines


def _width(name: str, cells: Sequence[Any], formats: Sequence[str]) -> float:
    told = [
        shown(value, code) if code and not isinstance(value, str) else str(value)
        for value, code in zip(cells, formats, strict=True)
        if value is not None
    ]
    head = max(min(len(name), WIDEST_HEAD), *map(len, name.split(" ")))
    return min(max([head, *map(len, told)]) + ROOM, WIDEST)


def _cell(value: Any) -> str | float | None:
    """Return a text or a number that Excel knows; None for what is missing, an empty text too."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value or None
    number = value.item() if hasattr(value, "item") else value
    return number if math.isfinite(number) else str(number)
