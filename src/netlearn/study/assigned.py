"""The columns of the roster that describe people; those that say who was trained are checked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from netlearn.study.cells import BoolArray
from netlearn.study.findings import Findings
from netlearn.study.plan import Assignment, Study
from netlearn.study.rawtable import RawTable, nearest, plain

SHOWN = 12  # values of a column that a message lists


def check_assigned(
    assignment: Assignment,
    table: RawTable,
    rows: list[int],
    departments: tuple[str, ...],
    labels: list[str],
    findings: Findings,
) -> None:
    """Check every cell of the columns of the assignment.

    Parameters
    ----------
    assignment : Assignment
        Its columns are in the table.
    table : RawTable
        The roster file.
    rows : list of int
        Position in the table of each person.
    departments : tuple of str
        Department of each person at the first wave.
    labels : list of str
        Waves, in order of time.
    findings : Findings
        Every fault is added here.
    """
    people = sorted(zip(rows, departments, strict=True))
    if assignment.by == "start-wave":
        _check_waves(assignment.column, table, people, labels, findings)
    else:
        _check_filled(assignment.column, table, people, findings)
        _check_trained(assignment, table, people, findings)
    if assignment.strata is not None:
        _check_filled(assignment.strata, table, people, findings)
    if assignment.by == "department":
        for column in dict.fromkeys([assignment.column, assignment.strata]):
            if column is not None:
                _check_shared(column, table, people, findings)


def _values(column: str, table: RawTable, people: list[tuple[int, str]]) -> list[str]:
    cells = table.column(column)
    return [plain(cells[at]) for at, _ in people]


def _check_filled(column: str, table: RawTable, people: list[tuple[int, str]], findings: Findings) -> None:
    for (at, _), value in zip(people, _values(column, table, people), strict=True):
        if not value:
            findings.fault("assignment-blank", table.file, table.numbers[at], column)


def _check_trained(
    assignment: Assignment, table: RawTable, people: list[tuple[int, str]], findings: Findings
) -> None:
    held = sorted(set(_values(assignment.column, table, people)) - {""})
    if held and set(held) <= set(map(plain, assignment.trained)):
        findings.fault("nobody-untrained", table.file, 0, assignment.column)
    shown = held if len(held) <= SHOWN else [*held[:SHOWN], "…"]
    for value in assignment.trained:
        if held and plain(value) not in held:
            known: dict[str, Any] = {"known": shown, "nearest": nearest(value, held)}
            findings.fault("trained-not-found", table.file, 0, assignment.column, value=value, **known)


def _check_waves(
    column: str, table: RawTable, people: list[tuple[int, str]], labels: list[str], findings: Findings
) -> None:
    found: dict[str, list[int]] = {}
    for (at, _), value in zip(people, _values(column, table, people), strict=True):
        if value and value not in labels:
            found.setdefault(value, []).append(table.numbers[at])
    for value, (row, *more) in found.items():
        known: dict[str, Any] = {"known": labels, "nearest": nearest(value, labels)}
        findings.fault("unknown-start-wave", table.file, row, column, value=value, more=len(more), **known)


def _check_shared(column: str, table: RawTable, people: list[tuple[int, str]], findings: Findings) -> None:
    """Everybody in a department has the value of its first row; blank cells have a fault of their own."""
    first: dict[str, tuple[int, str]] = {}
    other: dict[str, list[tuple[int, str]]] = {}
    for (at, department), value in zip(people, _values(column, table, people), strict=True):
        if not value or not department:
            continue
        if value != first.setdefault(department, (table.numbers[at], value))[1]:
            other.setdefault(department, []).append((table.numbers[at], value))
    for department, ((row, value), *more) in other.items():
        known: dict[str, Any] = {"first": first[department][0], "other": first[department][1]}
        known |= {"department": department, "value": value, "more": len(more)}
        findings.fault("assignment-differs", table.file, row, column, **known)


def grouping_columns(study: Study) -> list[str]:
    """Return the columns that stand in the place of departments somewhere: everybody has a value there."""
    outcomes = (study.primary, *study.secondary)
    named = [study.roster.shown, *(o.group for o in outcomes), *(plan.strata for plan in study.attendance)]
    return [name for name in named if name]


def attribute_columns(study: Study) -> list[str]:
    """Return the columns of the roster that are kept with people: attributes, groupings, assignment."""
    named = [*study.roster.attributes, *grouping_columns(study), *study.roster.asked]
    if study.assignment is not None:
        named += [c for c in (study.assignment.column, study.assignment.strata) if c is not None]
    return list(dict.fromkeys(named))


def check_asked(study: Study, table: RawTable, findings: Findings) -> None:
    """Every value that tells who was asked stands in its column."""
    for column, values in study.roster.asked.items():
        held = sorted({plain(cell) for cell in table.column(column)} - {""})
        for value in (value for value in values if value not in held):
            known: dict[str, Any] = {"known": held[:SHOWN], "nearest": nearest(value, held)}
            findings.fault("asked-not-found", table.file, 0, column, value=value, **known)


def who_was_asked(study: Study, attributes: Mapping[str, Sequence[str]], n: int) -> BoolArray:
    """Tell of each person of the roster whether they were asked: (n,) bool, everybody if the study does not say."""
    found = np.ones(n, dtype=bool)
    for column, values in study.roster.asked.items():
        found &= np.isin(np.asarray(attributes[column], dtype=str), values)
    return found
