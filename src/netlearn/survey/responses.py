"""Responses: which rows of an export are answers of whom; every row that is none is counted with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from netlearn.study.cells import IntArray
from netlearn.study.rawtable import plain
from netlearn.survey.people import respondents
from netlearn.survey.place import Place

# What a tool writes beside the answers, such as the number of a response: it could look like an id of the roster.
NO_PERSON = {"start", "end", "status", "comment", "other"}


@dataclass(frozen=True, eq=False)
class Responses:
    """Rows that count.

    Attributes
    ----------
    rows : (r,) int
        Places in `Export.table.rows`.
    people : (r,) int
        Who answered each.
    """

    rows: IntArray
    people: IntArray


def rows_of_wave(place: Place) -> list[int] | None:
    """Return the rows that are responses of this wave; None if a column of `where` is missing."""
    export, table, where = place.export, place.table, place.wave.where
    there = [table.has(name, place.findings) for name in where]
    if not all(there):
        return None
    columns = {table.header.index(name): plain(value) for name, value in where.items()}
    # Rows of a repeat group are counted with their group, or as responses where the wave is one of the repeats.
    repeats = any("repeat" in name for name in where)
    left = {at for at, reason in export.dropped.items() if not (repeats and reason == "repeat")}
    place.ledger.mark_rows(table, (at for at in left if export.dropped[at] != "repeat"), "not_response")
    kept: list[int] = []
    other: list[int] = []
    for at, row in enumerate(table.rows):
        if at not in left:
            fits = all(plain(row[column]) == value for column, value in columns.items())
            (kept if fits else other).append(at)
    place.ledger.mark_rows(table, other, "other_wave")
    if columns and not kept:
        place.fault("no-row-of-wave", 0, ", ".join(where), value=", ".join(where.values()))
        return None
    return kept


def respondent_column(place: Place) -> int | None:
    """Return the position of the column that says who answered, or None with a fault."""
    name = place.wave.respondent or place.export.respondent or "id"
    if not place.table.has(name, place.findings):
        return None
    if place.table.header.count(name) > 1:
        place.fault("duplicate-column", 1, name)
        return None
    at = place.table.header.index(name)
    roles = {column.role for column in place.export.columns if column.at == at}
    if roles <= NO_PERSON and name != place.export.respondent:
        place.fault("respondent-is-a-number", 1, name)
        return None
    return at


def read_responses(place: Place) -> Responses | None:
    """Return who answered which row; None if the column or the rows are not there."""
    rows, at = rows_of_wave(place), respondent_column(place)
    if rows is None or at is None:
        return None
    found = respondents(place, at, rows, place.roster.by_key)
    place.ledger.mark(place.table, rows, [at] * len(rows), "respondent")
    people = {row: person for row, person in zip(rows, found, strict=True) if person is not None}
    outside = [row for row, person in zip(rows, found, strict=True) if person is None]
    place.ledger.mark_rows(place.table, outside, "outside_respondent")
    if outside and place.wave.respondent_by == "name":
        place.note("outside-respondents", count=len(outside))
    gone = {row: person for row, person in people.items() if person in place.withdrawn}
    place.ledger.mark_rows(place.table, gone, "withdrawn")
    if gone:
        place.note("withdrawn-left-out", count=len(gone))
    kept = once(place, at, {row: person for row, person in people.items() if row not in gone})
    listed = sorted(kept)
    who = np.array([kept[row] for row in listed], dtype=np.int64)
    return Responses(np.array(listed, dtype=np.int64), who)


def once(place: Place, at: int, people: dict[int, int]) -> dict[int, int]:
    """Keep one row per person as the study file says; by default a second one is a fault."""
    answered: dict[int, list[int]] = defaultdict(list)
    for row, person in people.items():
        answered[person].append(row)
    left = set()
    for rows in answered.values():
        if len(rows) > 1 and place.wave.duplicates == "refuse":
            _refuse(place, at, rows)
        elif len(rows) > 1:
            keep = _chosen(place, rows)
            left |= set(rows) - {keep}
            for row in sorted(set(rows) - {keep}):
                numbers, reason = place.table.numbers, place.wave.duplicates
                place.note("duplicate-left-out", numbers[row], kept=numbers[keep], reason=reason)
    place.ledger.mark_rows(place.table, left, "duplicate")
    return {row: person for row, person in people.items() if row not in left}


def _refuse(place: Place, at: int, rows: list[int]) -> None:
    first = place.table.numbers[rows[0]]
    for row in rows[1:]:
        value = place.sayable(place.table.rows[row][at].strip())
        place.fault("duplicate-answers", place.table.numbers[row], place.shown(at), value=value, first=first)


def _chosen(place: Place, rows: list[int]) -> int:
    """Return the row that counts; the order of days decides before the order in the file, where days are known."""
    days = place.export.days
    known = days and all(days[row] is not None for row in rows)
    in_time = sorted(rows, key=lambda row: (days[row] if known else None, row) if known else row)
    if place.wave.duplicates == "first":
        return in_time[0]
    if place.wave.duplicates == "last":
        return in_time[-1]
    filled = {row: sum(bool(cell.strip()) for cell in place.table.rows[row]) for row in rows}
    complete = place.export.complete
    sent = {row: bool(complete and complete[row]) for row in rows}
    return max(in_time, key=lambda row: (sent[row], filled[row], in_time.index(row)))
