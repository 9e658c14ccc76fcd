"""Small lists that netlearn writes and people open in a spreadsheet: read back whatever it made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.study.spreadsheet import guard, unguard

Line = tuple[int, dict[str, str]]


def read_list(path: Path, columns: Iterable[str], findings: Findings) -> list[Line] | None:
    """Read a list that netlearn wrote and somebody may have saved again.

    Parameters
    ----------
    path : Path
        The file; it need not exist. Text in UTF-8 or windows-1252 with any of the separators of spreadsheets.
    columns : iterable of str
        Columns that must be there.
    findings : Findings
        Every fault is added here.

    Returns
    -------
    list of (int, dict) or None
        Row number, as a spreadsheet shows it, and cells by column; wholly empty rows are left out. [] without a file,
        None with a fault.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        findings.fault("unreadable-file", path.name, reason=error.strerror or type(error).__name__)
        return None
    text = _text(data)
    if text is None:
        findings.fault("not-text", path.name, 1)
        return None
    table = _table(path.name, text, findings)
    if table is None:
        return None
    there = [table.has(name, findings) for name in columns]
    if not all(there):
        return None
    named = [
        dict(zip(table.header, (plain(unguard(cell.strip())) for cell in row), strict=True))
        for row in table.rows
    ]
    return list(zip(table.numbers, named, strict=True))


def list_bytes(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    r"""Return a list as a Danish Excel opens it: UTF-8 with a mark, ";", cells that look like formulas guarded.

    Examples
    --------
    >>> list_bytes(["id"], [{"id": "=1"}]).decode("utf-8-sig")
    "id\r\n'=1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    named = list(columns)
    writer.writerow(named)
    for row in rows:
        writer.writerow([guard(row.get(name, "")) for name in named])
    return out.getvalue().encode("utf-8-sig")


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all.

    Raises
    ------
    OSError
        It cannot be written; it is as it was.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            # What spreadsheets call "Unicode text" is full of zeros in both.
            return None if b"\0" in data else data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _table(file: str, text: str, findings: Findings) -> RawTable | None:
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        findings.fault("broken-quotes", file, text.count("\n") + 1, reason=str(error))
        return None
    header = [name.strip() for name in records[0]] if records else []
    twice = sorted({name for name in header if name and header.count(name) > 1})
    for name in twice:
        findings.fault("duplicate-column", file, 1, name)
    filled = [(at, row) for at, row in enumerate(records[1:], start=2) if any(cell.strip() for cell in row)]
    rows = [[*row, *[""] * len(header)][: len(header)] for _, row in filled]
    return None if twice else RawTable(file, tuple(header), rows, tuple(number for number, _ in filled))
