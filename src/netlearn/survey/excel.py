"""Read one sheet of an Excel workbook to rows of text."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from netlearn.study.findings import Findings
from netlearn.study.rawtable import nearest


def read_sheet(data: bytes, file: str, sheet: str | None, findings: Findings) -> list[list[str]] | None:
    """Return the cells of a sheet (the first if none is named) as text, or None with one fault.

    Row k of the sheet is element k - 1. Whole numbers lose their ".0", dates become ISO text.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drop-down lists and styles that it does not keep; cells are not affected.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            records = _cells(book, file, sheet, findings)
            book.close()
    except Exception as error:
        # A damaged workbook can fail anywhere in zip, XML or openpyxl, each with errors of its own.
        findings.fault("not-excel", file, reason=type(error).__name__)
        return None
    return records


def _cells(book: Any, file: str, sheet: str | None, findings: Findings) -> list[list[str]] | None:
    names = [page.title for page in book.worksheets]
    if sheet is not None and sheet not in names:
        findings.fault("no-sheet", file, value=sheet, known=names, nearest=nearest(sheet, names))
        return None
    page = book[sheet if sheet is not None else names[0]]
    if sheet is None and len(names) > 1:
        findings.note("sheet-chosen", file, value=names[0], others=names[1:])
    # Some programs write a wrong size into the sheet; without it every row is read.
    page.reset_dimensions()
    rows = [[_text(value) for value in row] for row in page.iter_rows(values_only=True)]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
