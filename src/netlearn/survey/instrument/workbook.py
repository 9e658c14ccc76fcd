"""A workbook of texts: no cell is a formula, and the same texts give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netlearn.study.packed import repacked

Row = dict[str, str]


@dataclass(frozen=True)
class Page:
    """A sheet: its name, its columns in order, and its rows; a column that a row lacks is empty there."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]


def workbook(title: str, pages: Sequence[Page], heads: Mapping[str, str]) -> bytes:
    """Return a workbook; `heads` says what stands over a column if not its name."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = ""
    book.properties.title = title
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(page.name), page, heads)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def _fill(sheet: Any, page: Page, heads: Mapping[str, str]) -> None:
    sheet.append([heads.get(column, column) for column in page.columns])
    for number, row in enumerate(page.rows, start=2):
        for at, column in enumerate(page.columns, start=1):
            if text := row.get(column, ""):
                cell = sheet.cell(number, at)
                # Set as text, so that nothing that begins with "=" becomes a formula, here or when it is edited.
                cell.value, cell.data_type = text, "s"
                cell.quotePrefix = text[0] in "=+-@"
