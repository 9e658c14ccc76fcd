"""Microsoft Forms: a workbook with a row per response, questions headed by their wording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.ms_forms_headings import ANONYMOUS, by_cells, by_words, repeated, roles_of
from netlearn.survey.dialects.qualtrics_days import days_of
from netlearn.survey.dialects.qualtrics_download import rows_of
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.place import letters
from netlearn.survey.source import Source

BETWEEN = ";"
"""What stands behind each answer in a cell that holds several."""


def recognise(source: Source) -> Guess | None:
    """Know the five columns that Microsoft Forms puts first, by their names or by what they hold."""
    records = rows_of(source) if source.kind in ("text", "xlsx") else []
    if not records:
        return None
    if by_words(records[0]):
        return Guess(0.95, "ms-forms-headings")
    return Guess(0.85, "ms-forms-cells") if by_cells(records) else None


def read(source: Source) -> Export | None:
    """Read an export; None with a fault if its first columns are not those of Microsoft Forms."""
    findings, before = source.findings, len(source.findings.faults)
    table = source.table()
    if table is None or len(findings.faults) > before:
        return None
    if not by_words(table.header) and not by_cells([list(table.header), *table.rows]):
        findings.fault("ms-forms-headings", table.file, 1)
        return None
    columns = _columns(table, findings)
    if len(findings.faults) > before:
        return None
    return Export(
        "ms-forms",
        table,
        columns,
        dropped=_without_answers(table, columns, findings),
        complete=(True,) * len(table.rows),
        days=_days(table, findings),
        codes_are_ids=False,
        respondent=_respondent(table, columns, findings),
    )


def _columns(table: RawTable, findings: Findings) -> tuple[Column, ...]:
    roles = roles_of(table.header, table.rows)
    texts = {at: flat(name) for at, name in enumerate(table.header) if at not in roles}
    _check(table, texts, findings)
    cells = {at: [text for row in table.rows if (text := row[at].strip())] for at in texts}
    joined = {at for at, said in cells.items() if said and all(text.endswith(BETWEEN) for text in said)}
    blocks = repeated({at: text for at, text in texts.items() if at not in joined})
    columns = []
    for at, name in enumerate(table.header):
        if at in roles:
            columns.append(Column(at, role=roles[at], text=flat(name)))
        elif at in joined:
            columns.append(Column(at, texts[at], text=texts[at], separator=BETWEEN))
        elif at in blocks:
            block, label = blocks[at]
            columns.append(Column(at, block, plain(label), text=texts[at], label=label))
        else:
            # A statement of a Likert question is all that its heading says, so it may be a colleague.
            columns.append(Column(at, texts[at], text=texts[at], label=texts[at]))
    _say(table, columns, findings)
    return tuple(columns)


def _check(table: RawTable, texts: dict[int, str], findings: Findings) -> None:
    """Refuse answers without a heading, and headings that cannot be told apart."""
    first: dict[str, int] = {}
    for at, text in texts.items():
        if not text and any(row[at].strip() for row in table.rows):
            findings.fault("ms-forms-no-heading", table.file, 1, letters(at))
        elif text and first.setdefault(text, at) != at:
            findings.fault("ms-forms-heading-twice", table.file, 1, letters(at), first=letters(first[text]))


def _say(table: RawTable, columns: Sequence[Column], findings: Findings) -> None:
    joined = sum(bool(column.separator) for column in columns)
    if joined:
        findings.note("ms-forms-joined", table.file, 1, count=joined)
    blocks = sorted({column.question for column in columns if column.item})
    if blocks:
        count = sum(bool(column.item) for column in columns)
        findings.note("ms-forms-repeated", table.file, 1, count=count, questions=blocks)


def _without_answers(table: RawTable, columns: Sequence[Column], findings: Findings) -> dict[int, str]:
    asked = [column.at for column in columns if column.role == "answer"]
    empty = [
        at for at, row in enumerate(table.rows) if asked and not any(row[place].strip() for place in asked)
    ]
    if empty:
        findings.note("ms-forms-empty-rows", table.file, count=len(empty))
    return dict.fromkeys(empty, "empty")


def _days(table: RawTable, findings: Findings) -> tuple[date | None, ...]:
    cells = [row[2].strip() for row in table.rows]
    days = days_of(cells)
    if unread := sum(bool(cell) and day is None for cell, day in zip(cells, days, strict=True)):
        findings.note("ms-forms-days-unread", table.file, count=unread)
    return days


def _respondent(table: RawTable, columns: Sequence[Column], findings: Findings) -> str:
    """Return the heading of the address of who answered, where every row has one."""
    at = next((column.at for column in columns if column.role == "email"), None)
    if at is None:
        return ""
    cells = [row[at].strip() for row in table.rows]
    if hidden := sum(cell.casefold() in ANONYMOUS for cell in cells):
        findings.note("ms-forms-anonymous", table.file, count=hidden)
    heading = table.header[at]
    known = all("@" in cell for cell in cells)
    return heading if known and "id" not in table.header and table.header.count(heading) == 1 else ""
