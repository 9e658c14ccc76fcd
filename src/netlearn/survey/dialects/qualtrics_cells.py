"""What only the cells of a Qualtrics download tell: boxes, joined answers, what was seen and left blank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.export import Column

SEEN, NOT_TICKED = "-99", "0"
"""What Qualtrics can write into cells that were seen and left blank, and into boxes that were not ticked."""
_NUMBERS = re.compile(r"-?\d+(\.\d+)?")
_CODES = re.compile(r"\d+(,\d+)*")
_JOINED = re.compile(r"\S,\S")

Held = dict[int, set[str]]
"""The different texts in each column, by its position; blank is none."""


def cells_of(table: RawTable) -> Held:
    """Return the different texts in each column."""
    columns = zip(*table.rows, strict=True)
    return {at: {text for cell in set(cells) if (text := cell.strip())} for at, cells in enumerate(columns)}


def with_cells(
    table: RawTable, columns: tuple[Column, ...], held: Held, boxes: Collection[int], findings: Findings
) -> tuple[Column, ...]:
    """Add what the cells of each question have in common; `boxes` are columns that the import ids tell to be boxes."""
    groups: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.role == "answer" and column.question:
            groups[column.question].append(column)
    made: dict[int, Column] = {}
    for members in groups.values():
        made |= {column.at: column for column in _group(table, members, held, boxes, findings)}
    found = tuple(made.get(column.at, column) for column in columns)
    _say(table, found, held, findings)
    return found


def _group(
    table: RawTable, members: list[Column], held: Held, boxes: Collection[int], findings: Findings
) -> Iterable[Column]:
    """Return the columns of one question with boxes, separator and cells that say nothing."""
    values: set[str] = set().union(*(held[column.at] for column in members))
    missing = (SEEN,) if SEEN in values else ()
    if any(column.option for column in members):
        members = _boxes_or_questions(members, held)
        fillers = sorted(values & {SEEN, NOT_TICKED})
        if members[0].option and len(fillers) > 1:
            findings.fault("qualtrics-fillers", table.file, 1, asked=members[0].question, known=fillers)
        if not members[0].option:
            return [replace(column, missing=missing) for column in members]
        return [_box(column, held, fillers[0] if fillers else "") for column in members]
    if members[0].item and _are_boxes(members, held, boxes):
        filler = NOT_TICKED if NOT_TICKED in values else SEEN if missing else ""
        return [replace(_box(column, held, filler), missing=missing) for column in members]
    separator = _separator(members, values)
    return [replace(column, separator=separator, missing=missing) for column in members]


def _said(values: set[str]) -> set[str]:
    return values - {SEEN, NOT_TICKED}


def _box(column: Column, held: Held, filler: str) -> Column:
    """Return a column as a box; one that nobody ticked is written like any other."""
    ticked = next(iter(_said(held[column.at])), column.option_label or column.label or "1")
    return replace(column, ticks=(plain(ticked), filler))


def _are_boxes(members: Sequence[Column], held: Held, boxes: Collection[int]) -> bool:
    """Tell whether each column holds one text only: a number that all share, its own wording or its own code."""
    said = [_said(held[column.at]) for column in members]
    if not any(said) or any(len(texts) > 1 for texts in said):
        return False
    if all(column.at in boxes for column in members):
        return True
    own = [{"1", column.label, column.item} for column in members]
    told = [{flat(text) for text in texts} <= known for texts, known in zip(said, own, strict=True)]
    unnamed = all(not column.label for column in members)
    # Without wordings each column can still hold the wording of its own choice.
    return all(told) or (unnamed and len(set().union(*said)) == sum(map(len, said)) > 1)


def _boxes_or_questions(members: list[Column], held: Held) -> list[Column]:
    """Return columns ROW x CHOICE as boxes; where cells hold different texts, as a question per choice."""
    texts: dict[str, set[str]] = defaultdict(set)
    for column in members:
        texts[column.option] |= _said(held[column.at])
    if all(len(found) < 2 for found in texts.values()):
        return members
    return [
        replace(
            column,
            question=f"{column.question}[{column.option}]",
            option="",
            option_label="",
            text=f"{column.text} - {column.option_label}".strip(" -"),
        )
        for column in members
    ]


def _separator(members: Sequence[Column], values: set[str]) -> str:
    """Return what stands between several answers in one cell; numbers of choices tell nobody apart."""
    said = _said(values)
    joined = [text for text in said if _JOINED.search(text)]
    if not joined:
        return ""
    if not members[0].item:
        return "" if all(_CODES.fullmatch(text) for text in said) else ","
    alone = said - set(joined)
    return "," if all(any(part in alone for part in text.split(",")) for text in joined) else ""


def not_shown(
    table: RawTable, columns: Iterable[Column], boxes: Collection[int], findings: Findings
) -> dict[str, frozenset[int]]:
    """Return by heading the rows to which a column was never shown.

    Only where Qualtrics was asked to fill cells that were seen: then a blank one was not. Of boxes it is certain for
    those in `boxes`, which the import ids tell apart from answers that happen to be 0 and 1.
    """
    groups: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.role == "answer" and column.question:
            groups[column.question].append(column)
    found: dict[str, frozenset[int]] = {}
    for members in groups.values():
        filled = any(column.missing for column in members)
        zeros = all(c.at in boxes and c.ticks is not None and c.ticks[1] == NOT_TICKED for c in members)
        for column in members if filled or zeros else ():
            rows = frozenset(at for at, row in enumerate(table.rows) if not row[column.at].strip())
            if rows:
                found[table.header[column.at]] = rows
    if count := sum(map(len, found.values())):
        findings.note("qualtrics-not-shown", table.file, count=count)
    return found


def _say(table: RawTable, columns: Sequence[Column], held: Held, findings: Findings) -> None:
    """Note what was read from cells."""
    note = findings.note
    seen = [column.at for column in columns if SEEN in column.missing]
    if count := sum(row[at].strip() == SEEN for row in table.rows for at in seen):
        note("qualtrics-seen-blank", table.file, count=count)
    if joined := list(dict.fromkeys(column.question for column in columns if column.separator)):
        note("qualtrics-joined", table.file, 1, questions=joined)
    if split := list(dict.fromkeys(c.question for c in columns if c.question.endswith("]") and c.item)):
        note("qualtrics-question-per-choice", table.file, 1, questions=split)
    asked = [column for column in columns if column.role == "answer" and column.question and not column.ticks]
    numbers = {c.question for c in asked if held[c.at] and all(map(_NUMBERS.fullmatch, held[c.at]))}
    if numbers:
        note("qualtrics-numbers", table.file, 1, count=len(numbers))
    beside = [column.at for column in columns if column.role == "comment"]
    if typed := sum(bool(row[at].strip()) for row in table.rows for at in beside):
        note("qualtrics-typed-beside", table.file, count=typed)
