"""Read the sheets of an Excel workbook to rows of text."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from netlearn.study.findings import Findings
from netlearn.study.rawtable import nearest


class Workbook:
    """A workbook whose cells are read as text: whole numbers lose their ".0", dates become ISO text.

    Parameters
    ----------
    book : CalamineWorkbook
        Gives the values that were last computed for formulas.
    file : str
        Name for messages.
    """

    def __init__(self, book: Any, file: str) -> None:
        self._book, self._file = book, file
        self.sheets: tuple[str, ...] = tuple(book.sheet_names)

    @classmethod
    def open(cls, data: bytes, file: str, findings: Findings) -> Workbook | None:
        """Open a workbook, or return None with one fault."""
        try:
            return cls(CalamineWorkbook.from_filelike(io.BytesIO(data)), file)
        except Exception as error:
            # A damaged workbook can fail anywhere in zip or XML, each with errors of its own.
            findings.fault("not-excel", file, reason=type(error).__name__)
            return None

    def rows(self, sheet: str | None, findings: Findings) -> list[list[str]] | None:
        """Return the cells of a sheet (the first if none is named), or None with one fault.

        Row k of the sheet is element k - 1.
        """
        if sheet is not None and sheet not in self.sheets:
            near = nearest(sheet, self.sheets)
            findings.fault("no-sheet", self._file, value=sheet, known=self.sheets, nearest=near)
            return None
        if sheet is None and len(self.sheets) > 1:
            findings.note("sheet-chosen", self._file, value=self.sheets[0], others=self.sheets[1:])
        try:
            return self._cells(sheet if sheet is not None else self.sheets[0])
        except Exception as error:
            findings.fault("not-excel", self._file, reason=type(error).__name__)
            return None

    def _cells(self, sheet: str) -> list[list[str]]:
        # Empty rows and columns at the edges stay, so that rows count as the spreadsheet shows them.
        page = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        rows = [[_text(value) for value in row] for row in page]
        width = max((len(row) for row in rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)
