"""Google Forms: a table with a time first, a column per question and per row of a grid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.google_forms_headings import EMAILS, TIMES, is_time, questions_of
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.qualtrics_days import days_of
from netlearn.survey.dialects.qualtrics_download import one_file, rows_of
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.place import letters
from netlearn.survey.source import Source

IN_FILE, IN_SHEET = ";", ", "
"""What stands between the boxes that were ticked: in the file that Forms gives, and in a sheet of Google."""
_SEMICOLON = re.compile(r"\S;\S")
_SCORE = re.compile(r"\d+([.,]\d+)? / \d+")


def recognise(source: Source) -> Guess | None:
    """Know the time that comes first, by its name in several languages or by rows in brackets beside it."""
    records = rows_of(source) if source.kind in ("text", "xlsx", "zip") else []
    if len(records) < 2 or not records[0]:
        return None
    header = [flat(name) for name in records[0]]
    if not is_time([row[0] for row in records[1:] if row]):
        return None
    if header[0].casefold() in TIMES:
        return Guess(0.92, "google-forms-time")
    asked = questions_of(dict(enumerate(header[1:], start=1)))
    gridded = sum(bool(row) for _, row in asked.values())
    return Guess(0.7, "google-forms-grid") if gridded > 1 and header[0] else None


def read(source: Source) -> Export | None:
    """Read a download; None with a fault if it does not begin with the times of the answers."""
    findings, before = source.findings, len(source.findings.faults)
    inner = one_file(source)
    if inner is None:
        if len(findings.faults) == before:
            findings.fault("google-forms-zip", source.file, count=len(source.members))
        return None
    table = inner.table()
    if table is None or len(findings.faults) > before:
        return None
    if flat(table.header[0]).casefold() not in TIMES and not is_time([row[0] for row in table.rows]):
        findings.fault("google-forms-time", table.file, 1)
        return None
    columns = _columns(table, findings)
    if len(findings.faults) > before:
        return None
    return Export(
        "google-forms",
        table,
        columns,
        dropped=_without_answers(table, columns, findings),
        complete=(True,) * len(table.rows),
        days=_days(table, findings),
        codes_are_ids=False,
        respondent=_respondent(table, columns),
    )


def _columns(table: RawTable, findings: Findings) -> tuple[Column, ...]:
    texts = {at: flat(name) for at, name in enumerate(table.header)}
    cells = {at: {text for row in table.rows if (text := row[at].strip())} for at in texts}
    for at, text in texts.items():
        if not text and cells[at]:
            findings.fault("google-forms-no-heading", table.file, 1, letters(at))
    added = {0: Column(0, role="start", text=texts[0])} | _added(texts, cells)
    asked = questions_of({at: text for at, text in texts.items() if at not in added and text})
    groups: dict[str, list[int]] = defaultdict(list)
    for at, (question, _) in asked.items():
        groups[question].append(at)
    between = {at: _separator([cells[at] for at in places]) for places in groups.values() for at in places}
    found = []
    for at, text in texts.items():
        if at in added or not text:
            found.append(added.get(at, Column(at, role="other")))
            continue
        question, row = asked[at]
        ticks = _ticks([cells[place] for place in groups[question]]) if row else None
        made = Column(at, question, plain(row), text=text, label=row, ticks=ticks, separator=between[at])
        found.append(made)
    _say(table, found, findings)
    return tuple(found)


def _added(texts: dict[int, str], cells: dict[int, set[str]]) -> dict[int, Column]:
    """Return the columns with addresses and points that Google adds."""
    found = {}
    for at, text in texts.items():
        addresses = bool(cells[at]) and all("@" in cell and " " not in cell for cell in cells[at])
        if at and addresses and (at == 1 or text.casefold() in EMAILS):
            found[at] = Column(at, role="email", text=text)
        elif at and cells[at] and all(_SCORE.fullmatch(cell) for cell in cells[at]):
            found[at] = Column(at, role="other", text=text)
    return found


def _separator(columns: Sequence[set[str]]) -> str:
    """Return what stands between the boxes that were ticked in one cell; "" where no cell shows several."""
    said = set[str]().union(*columns)
    if any(_SEMICOLON.search(text) for text in said):
        return IN_FILE
    joined = {text for text in said if IN_SHEET in text}
    if len(columns) == 1:
        return IN_SHEET if joined else ""
    # In a grid a comma may stand in an answer: only those that also occur alone are joined.
    alone = said - joined
    shown = [any(part in alone for part in text.split(IN_SHEET)) for text in joined]
    return IN_SHEET if joined and all(shown) else ""


def _ticks(columns: Sequence[set[str]]) -> tuple[str, str] | None:
    """Return how a box is written in a grid that has one column only."""
    said = set[str]().union(*columns)
    return (plain(next(iter(said))), "") if len(said) == 1 else None


def _say(table: RawTable, columns: Sequence[Column], findings: Findings) -> None:
    if joined := len({column.question for column in columns if column.separator}):
        findings.note("google-forms-joined", table.file, 1, count=joined)
    asked = [column.text for column in columns if column.role == "answer"]
    if again := len(asked) - len(set(asked)):
        findings.note("google-forms-asked-again", table.file, 1, count=again)


def _without_answers(table: RawTable, columns: Sequence[Column], findings: Findings) -> dict[int, str]:
    places = [column.at for column in columns if column.role == "answer"]
    empty = [
        at for at, row in enumerate(table.rows) if places and not any(row[place].strip() for place in places)
    ]
    if empty:
        findings.note("google-forms-empty-rows", table.file, count=len(empty))
    untimed = sum(not row[0].strip() for at, row in enumerate(table.rows) if at not in empty)
    if untimed:
        findings.note("google-forms-untimed", table.file, count=untimed)
    return dict.fromkeys(empty, "empty")


def _days(table: RawTable, findings: Findings) -> tuple[date | None, ...]:
    cells = [row[0].strip() for row in table.rows]
    days = days_of(cells)
    if unread := sum(bool(cell) and day is None for cell, day in zip(cells, days, strict=True)):
        findings.note("google-forms-days-unread", table.file, count=unread)
    return days


def _respondent(table: RawTable, columns: Sequence[Column]) -> str:
    """Return the heading of the address of who answered, where every row has one."""
    places = [column.at for column in columns if column.role == "email"]
    if len(places) != 1 or "id" in table.header or table.header.count(table.header[places[0]]) > 1:
        return ""
    return table.header[places[0]] if all(row[places[0]].strip() for row in table.rows) else ""
