"""What only the cells of a LimeSurvey export tell: boxes, questions that were not shown, rows that are no response."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.limesurvey_structure import BOXES, Question
from netlearn.survey.export import Column

NOT_SHOWN = "N/A"
"""What the tool writes, in full answers, where a question was never shown."""
_YES_NO = [
    ("Y", "N"),
    ("Yes", "No"),
    ("Ja", "Nej"),
    ("Ja", "Nei"),
    ("Ja", "Nein"),
    ("Ja", "Nee"),
    ("Oui", "Non"),
]
_YES_NO += [("Sí", "No"), ("Sì", "No"), ("Sim", "Não"), ("Kyllä", "Ei"), ("Já", "Nei"), ("Tak", "Nie")]
"""Codes and wordings of a box, ticked and not; the tool translates them."""
_CODE = re.compile(r"[A-Za-z0-9]{1,5}")
_ANONYMISED = date(1980, 1, 1)


def with_cells(
    table: RawTable, columns: tuple[Column, ...], structure: Mapping[str, Question]
) -> tuple[Column, ...]:
    """Add what the cells of each question have in common: how boxes are written, and answers with tags in them."""
    held = {column.at: {row[column.at].strip() for row in table.rows} for column in columns}
    together: dict[str, set[str]] = defaultdict(set)
    for column in columns:
        if column.role == "answer":
            together[_question(column)] |= held[column.at]
    found = []
    for column in columns:
        if column.role == "answer":
            values = together[_question(column)]
            answers = dict(column.answers) | _tagged(held[column.at])
            ticks = _ticks(column, values, structure.get(column.question), table.header[column.at])
            missing = (NOT_SHOWN,) if NOT_SHOWN in values and _says_not_shown(values) else ()
            column = replace(column, answers=answers, ticks=ticks, missing=missing)
        found.append(column)
    return tuple(found)


def _question(column: Column) -> str:
    """Return what columns of one question have in common; a column whose question is not known stands alone."""
    return column.question or f"\n{column.at}"


def _ticks(
    column: Column, values: Iterable[str], question: Question | None, heading: str
) -> tuple[str, str] | None:
    if _alone(column, heading):
        return None
    said = {value for value in values if value and value != NOT_SHOWN}
    for yes, no in _YES_NO:
        if said and said <= {yes, no}:
            return yes, no if no in said else ""
    return ("Y", "") if question is not None and question.kind in BOXES and not said else None


def _alone(column: Column, heading: str) -> bool:
    """Tell whether a column is a question of its own."""
    return not column.item and "_" not in heading


def _tagged(values: Iterable[str]) -> dict[str, str]:
    """Return the plain wording of answers that are written with tags or entities."""
    return {
        plain(value): flat(value)
        for value in values
        if ("<" in value or "&" in value) and flat(value) != value
    }


def _says_not_shown(values: set[str]) -> bool:
    """Tell whether "N/A" is the tool's word here rather than an answer that people could choose."""
    said = values - {NOT_SHOWN, ""}
    boxes = "" not in values and any(said <= set(pair) for pair in _YES_NO)
    return boxes or all(_CODE.fullmatch(value) for value in said)


def not_shown(table: RawTable, columns: tuple[Column, ...], findings: Findings) -> dict[str, frozenset[int]]:
    """Return by heading the rows to which a row of a question was never shown."""
    found: dict[str, frozenset[int]] = {}
    for column in columns:
        if column.missing and not _alone(column, table.header[column.at]):
            rows = frozenset(at for at, row in enumerate(table.rows) if row[column.at].strip() == NOT_SHOWN)
            found[table.header[column.at]] = found.get(table.header[column.at], frozenset()) | rows
    if count := sum(len(rows) for rows in found.values()):
        findings.note("limesurvey-not-shown", table.file, count=count)
    return {heading: rows for heading, rows in found.items() if rows}


def never_reached(
    table: RawTable, columns: tuple[Column, ...], complete: tuple[bool | None, ...], findings: Findings
) -> dict[str, frozenset[int]]:
    """Return by heading the boxes that an old version wrote as not ticked though nobody may have come so far.

    Versions before 2.0 say "No" on pages that were never reached; a row that was not sent in and ticked no box of a
    question tells nothing about it.
    """
    boxes: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.ticks is not None and column.ticks[1]:
            boxes[_question(column)].append(column)
    found: dict[str, frozenset[int]] = {}
    for asked in boxes.values():
        ticked = [
            any(row[column.at].strip() == column.ticks[0] for column in asked if column.ticks)
            for row in table.rows
        ]
        rows = frozenset(at for at, some in enumerate(ticked) if not some and complete[at] is False)
        found |= {table.header[column.at]: rows for column in asked if rows}
    if found:
        findings.note("limesurvey-never-reached", table.file, count=sum(len(rows) for rows in found.values()))
    return found


def without_answers(
    table: RawTable,
    columns: tuple[Column, ...],
    complete: tuple[bool | None, ...],
    unasked: Mapping[str, frozenset[int]],
    findings: Findings,
) -> dict[int, str]:
    """Return the rows that were opened, not sent in, and hold no answer."""
    places = [column.at for column in columns if column.role in ("answer", "comment")]
    hidden = {at: unasked.get(table.header[at], frozenset()) for at in places}
    dropped = {}
    for at, row in enumerate(table.rows):
        filled = [place for place in places if row[place].strip() not in ("", NOT_SHOWN)]
        if complete[at] is False and all(at in hidden[place] for place in filled):
            dropped[at] = "empty"
    if dropped:
        findings.note("limesurvey-empty-rows", table.file, count=len(dropped))
    return dropped


def sent_in(
    table: RawTable, at: int | None, findings: Findings
) -> tuple[tuple[bool | None, ...], tuple[date | None, ...]]:
    """Return for each row whether it was sent in, and on which day.

    LimeSurvey writes 1980-01-01 where dates were anonymised: sent in, on an unknown day.
    """
    if at is None:
        findings.note("limesurvey-no-submitdate", table.file, 1)
        return (None,) * len(table.rows), (None,) * len(table.rows)
    cells = [row[at].strip() for row in table.rows]
    sent = tuple(cell not in ("", NOT_SHOWN) for cell in cells)
    days = [_day(cell) for cell in cells]
    if anonymised := days.count(_ANONYMISED):
        findings.note("limesurvey-anonymised", table.file, count=anonymised)
    if strange := sum(given and day is None for given, day in zip(sent, days, strict=True)):
        findings.note("limesurvey-days-unread", table.file, count=strange)
    return sent, tuple(None if day == _ANONYMISED else day for day in days)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None
