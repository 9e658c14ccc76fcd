"""Roster: who the people are, in which department and employed in which wave; ids become codes here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import numpy as np

from netlearn.study.assigned import attribute_columns, check_asked, check_assigned, grouping_columns
from netlearn.study.cells import BoolArray
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.rawtable import RawTable, plain

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALIKE, _LONG_ENOUGH = 0.85, 5


class Untold(tuple[Any, ...]):
    """Texts that nothing prints, since they name people."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} texts>"


@dataclass(frozen=True, eq=False)
class Roster:
    """The people of a study, in the order of their codes.

    Codes are drawn with the study's seed over the sorted ids, so that they tell nothing about the order of
    the staff list and do not depend on the order of its rows. Names are used while reading only: no result and no
    message holds one.

    Attributes
    ----------
    codes : tuple of str
        "p001", "p002", …: what every result shows instead of an id.
    departments : mapping wave label -> tuple of str
        Department of each person in each wave.
    employed : mapping wave label -> (n,) bool
        Whether the date of the wave lies between start and end (a blank date leaves that side open).
    by_id, by_key : mapping str -> int
        Position of a person by id, and by the key with which respondents are matched (the id if no key
        column is named). Used while reading only.
    attributes : mapping column -> tuple of str
        The texts of the columns named as attributes and by the assignment; "" = blank.
    names, emails, initials : tuple of str
        What is written in these columns; () where the study file names none.
    aliases : tuple of tuples of str
        Other names of each person.
    """

    codes: tuple[str, ...]
    departments: Mapping[str, tuple[str, ...]]
    employed: Mapping[str, BoolArray]
    by_id: Mapping[str, int]
    by_key: Mapping[str, int]
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    initials: tuple[str, ...] = field(default=(), repr=False)
    aliases: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.codes)

    def __repr__(self) -> str:
        return f"Roster of {self.n} people"


def make_roster(study: Study, table: RawTable, findings: Findings) -> Roster | None:
    """Make the roster from its table.

    Parameters
    ----------
    study : Study
        Names the columns, the waves and their dates, the seed.
    table : RawTable
        The roster file.
    findings : Findings
        Every fault is added here.

    Returns
    -------
    Roster or None
        None if a column or an id is missing: then nobody can be matched safely.
    """
    before = len(findings.faults)
    _check_columns(study, table, findings)
    if len(findings.faults) > before:
        return None
    ids = [plain(cell) for cell in table.column(study.roster.id)]
    for number, person in zip(table.numbers, ids, strict=True):
        if not person:
            findings.fault("missing-id", table.file, number, study.roster.id)
    if "" in ids:
        return None
    first = _first_rows(study, table, ids, findings)
    rows = _in_order(sorted(first), study.seed)
    departments = _departments(study, table, [first[i] for i in rows], rows, findings)
    employed = _employed(study, table, [first[i] for i in rows], findings)
    by_id = {person: place for place, person in enumerate(rows)}
    by_key = _keys(study, table, [first[i] for i in rows], findings) if study.roster.key else by_id
    width = max(3, len(str(len(rows))))
    codes = tuple(f"p{place:0{width}d}" for place in range(1, len(rows) + 1))
    attributes = _attributes(study, table, [first[i] for i in rows], departments, findings)
    known = _names(study, table, [first[i] for i in rows])
    return Roster(codes, departments, employed, by_id, by_key, attributes, **known)


def _names(study: Study, table: RawTable, rows: list[int]) -> dict[str, Any]:
    """Return what people are called: texts for each column that the study file names."""
    plan = study.roster
    columns = {"names": plan.name, "emails": plan.email, "initials": plan.initials}
    found: dict[str, Any] = {}
    for what, column in columns.items():
        cells = [] if column is None else table.column(column)
        found[what] = Untold(plain(cells[at]) for at in rows) if cells else ()
    others = [] if plan.aliases is None else table.column(plan.aliases)
    if others:
        split = [[part.strip() for part in others[at].split(";")] for at in rows]
        found["aliases"] = Untold(tuple(part for part in parts if part) for parts in split)
    return found


def _attributes(
    study: Study,
    table: RawTable,
    rows: list[int],
    departments: Mapping[str, tuple[str, ...]],
    findings: Findings,
) -> dict[str, tuple[str, ...]]:
    if (assignment := study.assignment) is not None:
        labels = [wave.label for wave in study.waves]
        check_assigned(assignment, table, rows, departments[labels[0]], labels, findings)
    check_asked(study, table, findings)
    found = {}
    groupings = grouping_columns(study)
    for name in attribute_columns(study):
        cells = table.column(name)
        found[name] = tuple(plain(cells[at]) for at in rows)
        blank = [at for at, cell in zip(rows, found[name], strict=True) if not cell]
        for at in blank if name in groupings else ():
            findings.fault("grouping-blank", table.file, table.numbers[at], name)
    return found


def _check_columns(study: Study, table: RawTable, findings: Findings) -> None:
    plan = study.roster
    named = [plan.id, plan.department, plan.name, plan.key, plan.start, plan.end, *plan.departments.values()]
    named += [plan.aliases, plan.email, plan.initials]
    for name in dict.fromkeys([*named, *attribute_columns(study)]):
        if name is not None:
            table.has(name, findings)


def _in_order(ids: list[str], seed: int) -> list[str]:
    return [ids[place] for place in np.random.default_rng(seed).permutation(len(ids))]


def _first_rows(study: Study, table: RawTable, ids: list[str], findings: Findings) -> dict[str, int]:
    """Return the row of each person, with a fault for every further row of the same person."""
    plan = study.roster
    departments = table.column(plan.department)
    first: dict[str, int] = {}
    for at, (number, person) in enumerate(zip(table.numbers, ids, strict=True)):
        if person not in first:
            first[person] = at
            continue
        earlier = first[person]
        same = {"id": person, "first": table.numbers[earlier]}
        if departments[at] == departments[earlier]:
            findings.fault("duplicated-person", table.file, number, plan.id, **same)
        else:
            moved = {"department": departments[at], "other": departments[earlier]}
            findings.fault("two-departments", table.file, number, plan.department, **same, **moved)
    return first


def _departments(
    study: Study, table: RawTable, rows: list[int], ids: list[str], findings: Findings
) -> dict[str, tuple[str, ...]]:
    plan = study.roster
    now = [plain(cell) for cell in table.column(plan.department)]
    for at, person in zip(rows, ids, strict=True):
        if not now[at]:
            where = (table.file, table.numbers[at], plan.department)
            findings.fault("missing-department", *where, id=person)
    _check_spelling(study, table, findings)
    found = {}
    for wave in study.waves:
        column = plan.departments.get(wave.label)
        if column is not None:
            now = [plain(later) or before for later, before in zip(table.column(column), now, strict=True)]
        found[wave.label] = tuple(now[at] for at in rows)
        if wave is study.waves[0] or (study.grouping == "current" and column is not None):
            _check_sizes(study, table, rows, found[wave.label], column or plan.department, findings)
    return found


def _check_spelling(study: Study, table: RawTable, findings: Findings) -> None:
    """One department is spelled in one way; a note where two names are nearly the same."""
    spelled: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for column in dict.fromkeys([study.roster.department, *study.roster.departments.values()]):
        for number, cell in zip(table.numbers, table.column(column), strict=True):
            if name := plain(cell):
                spelled.setdefault(_folded(name), {}).setdefault(name, []).append((number, column))
    for spellings in spelled.values():
        (other, seen), *more = spellings.items()
        for name, places in more:
            (number, column), later = places[0], len(places) - 1
            known: dict[str, Any] = {"department": name, "other": other, "first": seen[0][0], "more": later}
            findings.fault("department-spelled-twice", table.file, number, column, **known)
    first = {folded: next(iter(spellings.values()))[0] for folded, spellings in spelled.items()}
    pairs = [(first[a], first[b]) for a, b in combinations(first, 2) if _nearly_equal(a, b)]
    if pairs:
        (earlier, _), (number, column) = pairs[0]
        # The names stay out: a note is printed in the report, and a department can be small.
        findings.note("departments-alike", table.file, number, column, first=earlier, more=len(pairs) - 1)


def _folded(name: str) -> str:
    """Return a department's name without case and spacing, which nobody means to tell departments apart."""
    return "".join(name.casefold().split())


def _nearly_equal(one: str, two: str) -> bool:
    # "Team north 1" and "Team north 2" differ on purpose.
    if min(len(one), len(two)) < _LONG_ENOUGH or re.findall(r"\d+", one) != re.findall(r"\d+", two):
        return False
    match = SequenceMatcher(None, one, two, autojunk=False)
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE


def _check_sizes(
    study: Study, table: RawTable, rows: list[int], now: tuple[str, ...], column: str, findings: Findings
) -> None:
    sizes = Counter(_folded(department) for department in now)
    for at, department in zip(rows, now, strict=True):
        if not department or sizes[_folded(department)] > 1:
            continue
        where = (table.file, table.numbers[at], column)
        if "single-person-departments" in study.tolerate:
            # Without its name: a note is printed in the report.
            findings.note("department-of-one-kept", *where)
        else:
            findings.fault("department-of-one", *where, department=department)


def _employed(study: Study, table: RawTable, rows: list[int], findings: Findings) -> dict[str, BoolArray]:
    starts = _dates(table, study.roster.start, rows, findings)
    ends = _dates(table, study.roster.end, rows, findings)
    spans = []
    for at, start, end in zip(rows, starts, ends, strict=True):
        if start and end and end < start:
            where = (table.file, table.numbers[at], str(study.roster.end))
            findings.fault("end-before-start", *where, start=start, end=end)
            # Read on as if always employed: one fault need not bring others.
            start, end = None, None
        spans.append((start or date.min, end or date.max))
    return {
        wave.label: np.array([start <= wave.date <= end for start, end in spans], dtype=bool)
        for wave in study.waves
    }


def _dates(table: RawTable, column: str | None, rows: list[int], findings: Findings) -> list[date | None]:
    if column is None:
        return [None] * len(rows)
    cells = table.column(column)
    found: list[date | None] = []
    for at in rows:
        try:
            found.append(date.fromisoformat(cells[at]) if _ISO.fullmatch(cells[at]) else None)
        except ValueError:
            found.append(None)
        if cells[at] and found[-1] is None:
            value = cells[at] if any(map(str.isdigit, cells[at])) else "…"
            findings.fault("bad-date", table.file, table.numbers[at], column, value=value)
    return found


def _keys(study: Study, table: RawTable, rows: list[int], findings: Findings) -> dict[str, int]:
    """Return the position of each key; a blank key means that the person cannot be matched as respondent."""
    column = str(study.roster.key)
    cells = [plain(cell) for cell in table.column(column)]
    found: dict[str, int] = {}
    for place in sorted(range(len(rows)), key=lambda p: rows[p]):
        at = rows[place]
        if cells[at] in found:
            first = table.numbers[rows[found[cells[at]]]]
            findings.fault(
                "duplicate-key", table.file, table.numbers[at], column, value=cells[at], first=first
            )
        elif cells[at]:
            found[cells[at]] = place
    return found
