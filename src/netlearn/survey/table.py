"""Read a CSV, TXT, TSV or XLSX file to a RawTable; nothing is repaired silently."""

from __future__ import annotations

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, Study
from netlearn.study.rawtable import RawTable, file_is_there
from netlearn.survey.excel import read_sheet
from netlearn.survey.text import decode, split

Records = list[list[str]]


class Tables:
    """The files of one study, each read once.

    Parameters
    ----------
    study : Study
        Gives the folder and how text files are written.
    findings : Findings
        Faults and notes about the files are added here, once per file.
    """

    def __init__(self, study: Study, findings: Findings) -> None:
        self._study, self._findings = study, findings
        self._read: dict[tuple[str, str | None], RawTable | None] = {}

    def get(self, file: str, sheet: str | None = None) -> RawTable | None:
        """Return a file's table, or None if it has faults."""
        if (file, sheet) not in self._read:
            study = self._study
            self._read[file, sheet] = read_table(study, file, study.files, self._findings, sheet)
        return self._read[file, sheet]


def read_table(
    study: Study, file: str, form: FileFormat, findings: Findings, sheet: str | None = None
) -> RawTable | None:
    """Read one file of a study folder.

    Parameters
    ----------
    study : Study
        Gives the folder.
    file : str
        Name of the file, relative to the folder. Its ending tells Excel from text.
    form : FileFormat
        Stated encoding and separator of text files, or "auto".
    findings : Findings
        Every fault and note is added here.
    sheet : str, optional
        Excel sheet; the first by default.

    Returns
    -------
    RawTable or None
        None if the file has a fault.
    """
    if not file_is_there(study.folder, file, findings):
        return None
    before = len(findings.faults)
    try:
        data = (study.folder / file).read_bytes()
    except OSError as error:
        findings.fault("unreadable-file", file, reason=error.strerror)
        return None
    records = _records(data, file, form, findings, sheet)
    table = None if records is None else _table(records, file, form, findings)
    return table if len(findings.faults) == before else None


def _records(
    data: bytes, file: str, form: FileFormat, findings: Findings, sheet: str | None
) -> Records | None:
    ending = file.rsplit(".", 1)[-1].lower()
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        findings.fault("empty-file", file)
    elif ending == "xls":
        findings.fault("old-excel", file)
    elif ending in ("xlsx", "xlsm"):
        return read_sheet(data, file, sheet, findings)
    elif data.startswith(b"PK\x03\x04"):
        findings.fault("excel-inside", file)
    elif (text := decode(data, form.encoding, file, findings)) is not None:
        return split(text, form.separator, file, findings)
    return None


def _table(records: Records, file: str, form: FileFormat, findings: Findings) -> RawTable | None:
    header = [name.strip() for name in records[0]] if records else []
    while header and not header[-1]:
        header.pop()
    if not header:
        findings.fault("empty-file", file)
        return None
    filled = [(at, row) for at, row in enumerate(records[1:], start=2) if any(cell.strip() for cell in row)]
    if not filled:
        findings.fault("header-only", file, 1)
        return None
    numbers, rows = [at for at, _ in filled], [row for _, row in filled]
    _check_header(header, rows, numbers, file, findings)
    _check_widths(records[0], rows, numbers, len(header), file, form, findings)
    return RawTable(file, tuple(header), [row[: len(header)] for row in rows], tuple(numbers))


def _check_header(
    header: list[str], rows: Records, numbers: list[int], file: str, findings: Findings
) -> None:
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        findings.fault("duplicate-column", file, 1, name)
    for place in [at for at, name in enumerate(header) if not name]:
        for row, number in zip(rows, numbers, strict=True):
            if len(row) > place and row[place].strip():
                findings.fault("unnamed-column", file, number, number=place + 1, value=row[place].strip())
                break


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
