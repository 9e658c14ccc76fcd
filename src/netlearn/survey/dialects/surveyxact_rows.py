"""Rows of a SurveyXact export: sheets of one wide table put side by side, and how far each respondent came."""

from __future__ import annotations

from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.surveyxact_columns import NOT_TICKED
from netlearn.survey.dialects.surveyxact_files import STATUS, Files, Part
from netlearn.survey.export import Column
from netlearn.survey.grid import Records, as_table, check_names

NEW, DISTRIBUTED, SOME, COMPLETED, DROPPED = range(1, 6)
"""How far respondents came, as the columns of the status are numbered."""
Status = list[int | None]


def joined(files: Files, form: FileFormat, findings: Findings) -> RawTable | None:
    """Return the table of answers; None with a fault where its sheets do not belong together.

    SurveyXact writes a table with too many columns for one sheet on several, row by row; where somebody answered
    nothing on a sheet, its row is empty there. Columns that sheets share must agree in every row.
    """
    first, *others = files.datasets
    records = [list(row) for row in first.records]
    if others and any(_is_ragged(part, findings) for part in files.datasets):
        return None
    for other in others:
        if not _put_beside(records, first.file, other, findings):
            return None
    before = len(findings.faults)
    table = as_table(records, first.file, form, findings)
    if table is None or len(findings.faults) > before:
        return None
    check_names(table, findings)
    return table


def _is_ragged(part: Part, findings: Findings) -> bool:
    """Tell, with a fault, whether rows are shorter than the headings, as they never are on a sheet."""
    width = len(part.records[0])
    short = [number for number, row in enumerate(part.records, start=1) if len(row) < width]
    if short:
        found, more = len(part.records[short[0] - 1]), len(short) - 1
        findings.fault("row-too-short", part.file, short[0], found=found, width=width, more=more)
    return bool(short)


def _put_beside(records: Records, file: str, other: Part, findings: Findings) -> bool:
    """Add the columns of a further sheet to the rows; False with a fault if it has other respondents in them."""
    header, theirs = [cell.strip() for cell in records[0]], [cell.strip() for cell in other.records[0]]
    shared = [name for name in theirs if name and name in header]
    new = [at for at, name in enumerate(theirs) if name not in shared]
    width = len(records[0])
    records += [[""] * width for _ in range(len(other.records) - len(records))]
    for number, row in enumerate(records, start=1):
        more = other.records[number - 1] if number <= len(other.records) else [""] * len(theirs)
        for name in shared:
            if plain(row[header.index(name)]) != plain(more[theirs.index(name)]):
                findings.fault("surveyxact-sheets-differ", other.file, number, name, other=file)
                return False
        row += [more[at] for at in new]
    findings.note("surveyxact-side-by-side", other.file, other=file, shared=shared or ["–"])
    return True


def status_of(table: RawTable, findings: Findings) -> Status:
    """Return how far each respondent came, as the numbers above; None where the file does not tell."""
    at = {int(m[1]): k for k, name in enumerate(table.header) if (m := STATUS.fullmatch(plain(name)))}
    if len(at) < DROPPED:
        findings.note("surveyxact-no-status", table.file, 1)
        return [None] * len(table.rows)
    found: Status = []
    unclear = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        said = [status for status, k in at.items() if plain(row[k]) == "1"]
        found.append(said[0] if len(said) == 1 else None)
        if len(said) != 1:
            unclear.append(number)
    if unclear:
        findings.note("surveyxact-status-unclear", table.file, unclear[0], count=len(unclear))
    findings.note(
        "surveyxact-statuses",
        table.file,
        new=found.count(NEW),
        distributed=found.count(DISTRIBUTED),
        some=found.count(SOME),
        completed=found.count(COMPLETED),
        dropped=found.count(DROPPED),
    )
    return found


def not_answered(
    table: RawTable, columns: tuple[Column, ...], status: Status, files: Files, findings: Findings
) -> dict[int, str]:
    """Return the rows of people who did not answer; what was known of them beforehand is no answer.

    Answers before anybody answered are odd; where sheets were put side by side they show that rows do not match.
    """
    answers = [column for column in columns if column.role == "answer" and column.item]
    network = [column for column in answers if column.ticks or column.answers]
    dropped = {}
    odd = []
    for at, row in enumerate(table.rows):
        if status[at] not in (NEW, DISTRIBUTED, DROPPED):
            continue
        silent = all(row[column.at].strip() in _silence(column) for column in network)
        if silent and (status[at] != DROPPED or network):
            dropped[at] = "not-answered"
        elif status[at] != DROPPED:
            odd.append(table.numbers[at])
    if dropped:
        findings.note("surveyxact-not-answered", table.file, count=len(dropped))
    if odd and len(files.datasets) > 1:
        findings.fault("surveyxact-sheets-shifted", table.file, odd[0], count=len(odd))
    elif odd:
        findings.note("surveyxact-answers-early", table.file, odd[0], count=len(odd))
    return dropped


def _silence(column: Column) -> tuple[str, ...]:
    return ("", NOT_TICKED) if column.ticks else ("",)


def days_of(table: RawTable, columns: tuple[Column, ...], findings: Findings) -> tuple[date | None, ...]:
    """Return the day each row was closed, else the day it was started."""
    days: list[date | None] = [None] * len(table.rows)
    unread = 0
    for role in ("start", "end"):
        for column in (column for column in columns if column.role == role):
            for at, row in enumerate(table.rows):
                cell = row[column.at].strip()
                day = _day(cell)
                unread += bool(cell) and day is None
                days[at] = day or days[at]
    if unread:
        findings.note("surveyxact-days-unread", table.file, count=unread)
    return tuple(days)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None
