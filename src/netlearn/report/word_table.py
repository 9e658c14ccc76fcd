"""A table of a Word report: how wide its columns must be, and its rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from netlearn.report.tables import Table
from netlearn.report.word_styles import CELL, TABLE, TABLE_SIZE
from netlearn.survey.instrument.paper import twips, within

_MM = TABLE_SIZE * 25.4 / 72  # of an em
_MARGIN = 2.4  # mm: what the text of a cell cannot use of its width, with a little to spare
_SHORT, _LINES = 14, 30  # a table with at most so many rows, and lines, is kept on one page
_LONGEST = 22  # letters of a number that is kept on one line
_TALL = 12  # lines of a row that make it hard to read


def widths(table: Table, room: float) -> list[float]:
    """Return how wide the columns are in so many millimetres of room.

    No word is cut, and what is left goes to those with long texts; where there is no room for that, all give the same
    share of their width, and long words are divided.
    """
    least = _least_widths(table)
    columns = zip(table.columns, *table.rows, strict=True)
    most = [max(_long(text, at == 0) for at, text in enumerate(column)) + _MARGIN for column in columns]
    spare, wish = room - sum(least), sum(most) - sum(least)
    if spare < 0:
        return [width * room / sum(least) for width in least]
    share = min(1.0, spare / wish) if wish > 0 else 0.0
    return [low + share * (high - low) for low, high in zip(least, most, strict=True)]


def fits(table: Table, room: float) -> bool:
    """Tell whether a table can be read in so many millimetres: no word is cut, and no row becomes very tall."""
    return sum(_least_widths(table)) <= room and max(_heights(table, widths(table, room))) <= _TALL


def _least_widths(table: Table) -> list[float]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [_least(column, number) for column, number in zip(columns, table.numeric, strict=True)]


def _least(column: Sequence[str], number: bool) -> float:
    head, *cells = column
    longest = max(_long(part, True) for part in head.split(" "))
    for cell in cells:
        whole = number and len(cell) <= _LONGEST
        longest = max(longest, *(_long(part) for part in ([cell] if whole else cell.split(" "))))
    return longest + _MARGIN


def _heights(table: Table, wide: Sequence[float]) -> list[int]:
    """Return the lines of every row."""
    rows = (table.columns, *table.rows)
    return [
        max(math.ceil(_long(text) / (width - _MARGIN) * 1.1) for text, width in zip(row, wide, strict=True))
        for row in rows
    ]


def _long(text: str, bold: bool = False) -> float:
    """Return how long a text is in millimetres, a little more rather than less."""
    return (1.07 if bold else 1.0) * _MM * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in "ijlItfr.,:;'!|()[]/ \u00a0":
        return 0.36
    if letter in "mwMW@%—…":
        return 0.92
    return 0.66 if letter.isupper() else 0.56


def add_table(document: Any, table: Table, wide: Sequence[float], noted: bool) -> None:
    """Add a table whose headings are repeated on every page and whose rows no page break divides.

    Its end stays with what is `noted` under it.
    """
    from docx.oxml.ns import qn

    made = document.add_table(0, len(table.columns), TABLE)
    within(made._tbl.tblPr, "w:tblCaption", val=table.caption)
    made.autofit = False
    for column, width in zip(made._tbl.tblGrid.iterchildren(), wide, strict=True):
        column.set(qn("w:w"), twips(width))
    style = document.styles[CELL].style_id
    rows = (table.columns, *table.rows)
    together = len(rows) <= _SHORT and sum(_heights(table, wide)) <= _LINES
    for at, row in enumerate(rows):
        # The headings are never alone at the end of a page, nor is the last row alone on the next one.
        left = len(rows) - 1 - at
        kept = noted if left == 0 else together or at == 0 or left == 1
        made._tbl.append(_row(row, table.numeric, wide, style, at == 0, kept))


def _row(
    texts: Sequence[str], numeric: Sequence[bool], wide: Sequence[float], style: str, head: bool, kept: bool
) -> Any:
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    about = within(row, "w:trPr")
    within(about, "w:cantSplit")
    if head:
        within(about, "w:tblHeader")
    for text, right, width in zip(texts, numeric, wide, strict=True):
        cell = within(row, "w:tc")
        shape = within(cell, "w:tcPr")
        within(shape, "w:tcW", w=twips(width), type="dxa")
        within(shape, "w:vAlign", val="bottom" if head else "top")
        paragraph = within(cell, "w:p")
        how = within(paragraph, "w:pPr")
        within(how, "w:pStyle", val=style)
        if kept:
            within(how, "w:keepNext")
        if right:
            within(how, "w:jc", val="right")
        within(within(paragraph, "w:r"), "w:t").text = text
    return row
