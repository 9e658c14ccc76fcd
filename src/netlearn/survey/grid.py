"""Rows of cells to a RawTable: headings, widths and names are checked; nothing is repaired silently."""

from __future__ import annotations

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import RawTable

Records = list[list[str]]


def as_table(
    records: Records,
    file: str,
    form: FileFormat,
    findings: Findings,
    header: int = 1,
    first: int | None = None,
) -> RawTable | None:
    """Make a table of the rows from `first` on (default: below the headings in row `header`).

    Wholly empty rows are left out. Faults: no headings, no rows, rows of another width. A name that occurs twice is
    none: see `check_names`.
    """
    names = [name.strip() for name in records[header - 1]] if len(records) >= header else []
    while names and not names[-1]:
        names.pop()
    if not names:
        findings.fault("empty-file", file)
        return None
    start = header + 1 if first is None else first
    below = enumerate(records[start - 1 :], start=start)
    filled = [(at, row) for at, row in below if any(cell.strip() for cell in row)]
    if not filled:
        findings.fault("header-only", file, header)
        return None
    numbers, rows = [at for at, _ in filled], [row for _, row in filled]
    if blank := numbers[-1] - numbers[0] + 1 - len(numbers):
        findings.note("blank-rows", file, count=blank)
    _check_widths(records[header - 1], rows, numbers, len(names), file, form, findings)
    return RawTable(file, tuple(names), [row[: len(names)] for row in rows], tuple(numbers))


def check_names(table: RawTable, findings: Findings) -> None:
    """Add a fault for each name that two columns have, and for each column with cells and no name.

    The first column may be without: over the names of rows a spreadsheet or R leaves that cell blank.
    """
    header = table.header
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        findings.fault("duplicate-column", table.file, 1, name)
    for place in [at for at, name in enumerate(header) if not name and at > 0]:
        for row, number in zip(table.rows, table.numbers, strict=True):
            if row[place].strip():
                value = row[place].strip() if row[place].strip().isalnum() else "…"
                findings.fault("unnamed-column", table.file, number, number=place + 1, value=value)
                break
    if header and not header[0]:
        findings.note("first-column-unnamed", table.file, 1)


def _check_widths(
    first: list[str],
    rows: Records,
    numbers: list[int],
    width: int,
    file: str,
    form: FileFormat,
    findings: Findings,
) -> None:
    beyond = [any(cell.strip() for cell in row[width:]) for row in rows]
    long = [(n, row) for n, row, full in zip(numbers, rows, beyond, strict=True) if full]
    short = [(n, row) for n, row in zip(numbers, rows, strict=True) if len(row) < width]
    if long:
        (number, row), more = long[0], len(long) - 1
        findings.fault("row-too-long", file, number, found=len(row), width=width, more=more)
    if short:
        (number, row), more = short[0], len(short) - 1
        findings.fault("row-too-short", file, number, found=len(row), width=width, more=more)
    if not long and max(len(first), *(len(row) for row in rows)) > width:
        add = findings.note if form.separator == "auto" else findings.fault
        add("empty-columns", file, 1)
