"""Items: the cells of one question in one file, as (respondent, colleague, answer); no meaning yet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, IntArray
from netlearn.study.findings import Findings
from netlearn.study.plan import RelationPlan, Study, WavePlan
from netlearn.study.rawtable import RawTable, nearest, plain
from netlearn.study.roster import Roster
from netlearn.survey.dialects import limesurvey
from netlearn.survey.dialects import plain as plain_table

DIALECTS: dict[str, Any] = {"plain": plain_table, "limesurvey": limesurvey}
OUTSIDE, NOBODY = -1, -2


@dataclass(frozen=True, eq=False)
class Items:
    """Cells in the order of the file.

    Attributes
    ----------
    sender, receiver : (m,) int
        Places in the roster; a receiver can also be OUTSIDE (not in the roster) or NOBODY.
    answer : (m,) object
        Text of the cell. If `weighted` is False there is no such text: every item is a tie.
    row, column : (m,) int
        Spreadsheet row, and position in the header.
    asked_about : (n,) bool
        The people about whom the question could be answered.
    weighted : bool
        Whether answers have a text that tells the level.
    """

    sender: IntArray
    receiver: IntArray
    answer: NDArray[np.object_]
    row: IntArray
    column: IntArray
    asked_about: BoolArray
    weighted: bool = True


@dataclass(frozen=True)
class Place:
    """Where a question is read: all that the functions of this room hand to each other."""

    study: Study
    relation: RelationPlan
    wave: WavePlan
    roster: Roster
    table: RawTable
    findings: Findings

    @property
    def dialect(self) -> Any:
        """The module that knows the columns of this tool."""
        return DIALECTS[self.wave.dialect]

    def fault(self, code: str, row: int, column: str = "", **values: Any) -> None:
        """Add a fault in this file."""
        self.findings.fault(code, self.table.file, row, column, **values)


def read_items(place: Place) -> Items | None:
    """Return the cells of the question, or None if its columns are not there."""
    if place.relation.kind == "nominations":
        return _nominations(place)
    return _grid(place)


def _grid(place: Place) -> Items | None:
    table, roster, adjacency = place.table, place.roster, place.relation.kind == "adjacency"
    name = table.header[0] if adjacency else place.wave.respondent
    if not table.has(name, place.findings):
        return None
    columns = _columns(place, table.place[name])
    if columns is None:
        return None
    people = _respondents(place, name, roster.by_id if adjacency else roster.by_key)
    _check_once(place, name, people)
    rows = [at for at, person in enumerate(people) if person is not None]
    places = list(columns)
    about = np.array(list(columns.values()), dtype=np.int64)
    senders = np.array([people[at] for at in rows], dtype=np.int64)
    answers = np.empty((len(rows), len(places)), dtype=object)
    answers[:] = [[table.rows[at][c] for c in places] for at in rows]
    numbers = np.array([table.numbers[at] for at in rows], dtype=np.int64)
    asked = np.zeros(roster.n, dtype=bool)
    asked[about[about >= 0]] = True
    return Items(
        np.repeat(senders, len(places)),
        np.tile(about, len(rows)),
        answers.ravel(),
        np.repeat(numbers, len(places)),
        np.tile(np.array(places, dtype=np.int64), len(rows)),
        asked,
    )


def _columns(place: Place, respondent: int) -> dict[int, int] | None:
    """Return the person of each column of the question: a place in the roster, OUTSIDE or NOBODY."""
    table, relation, roster = place.table, place.relation, place.roster
    if relation.kind == "adjacency":
        named = {at: plain(name) for at, name in enumerate(table.header) if at != respondent}
    else:
        others = [other.code for other in place.study.relations if other is not relation]
        named = place.dialect.alters(table.header, relation.code, others, roster.by_id)
    if not named:
        roots = [re.sub(r"(\[.*|_[^_]*)$", "", name) for name in table.header]
        known = {"nearest": nearest(relation.code, roots), "example": place.dialect.example(relation.code)}
        place.fault("question-not-found", 1, asked=relation.code, relation=relation.name, **known)
        return None
    found = {}
    for at, text in named.items():
        found[at] = NOBODY if text == relation.nobody else roster.by_id.get(text, OUTSIDE)
        if found[at] == OUTSIDE:
            _outside(place, text, 1, 0, table.header[at])
    for person, count in Counter(p for p in found.values() if p >= 0).items():
        if count > 1:
            at = max(at for at, other in found.items() if other == person)
            place.fault("alter-twice", 1, table.header[at], value=named[at])
    return found


def _respondents(place: Place, column: str, known: Any) -> list[int | None]:
    """Return who answered each row; None with a fault where nobody known did."""
    cells = [place.dialect.clean(cell) for cell in place.table.column(column)]
    employed = place.roster.employed[place.wave.label]
    people: list[int | None] = []
    seen: set[str] = set()
    for number, text in zip(place.table.numbers, cells, strict=True):
        person = known.get(text)
        people.append(person)
        if text in seen:
            continue
        seen.add(text)
        if not text:
            more = cells.count("") - 1
            place.fault("missing-respondent", number, column, more=more)
        elif person is None:
            place.fault("unknown-respondent", number, column, value=text, nearest=nearest(text, known))
        elif not employed[person]:
            label = place.wave.label
            place.fault("respondent-not-employed", number, column, value=text, wave=label)
    return people


def _check_once(place: Place, column: str, people: list[int | None]) -> None:
    first: dict[int, int] = {}
    cells = place.table.column(column)
    for at, person in enumerate(people):
        if person is not None and person in first:
            where = (place.table.numbers[at], column)
            place.fault("duplicate-answers", *where, value=cells[at], first=first[person])
        elif person is not None:
            first[person] = place.table.numbers[at]


def _outside(place: Place, text: str, row: int, more: int, column: str) -> None:
    if "unknown-people" not in place.study.tolerate:
        near = nearest(text, place.roster.by_id)
        place.fault("unknown-alter", row, column, value=text, more=more, nearest=near)


def _nominations(place: Place) -> Items | None:
    table, relation, roster = place.table, place.relation, place.roster
    names = {"from": "from", "to": "to", "level": "level", **relation.columns}
    weighted = "level" in relation.columns or names["level"] in table.place
    needed = [role for role in names if role != "level" or weighted]
    there = [table.has(names[role], place.findings) for role in needed]
    if not all(there):
        return None
    if "relation" in names:
        place = _only(place, names["relation"])
        table = place.table
    people = _respondents(place, names["from"], roster.by_key)
    colleagues = [place.dialect.clean(cell) for cell in table.column(names["to"])]
    receivers = _receivers(place, colleagues, names["to"])
    rows = [at for at, person in enumerate(people) if person is not None]
    column = table.place[names["level"] if weighted else names["to"]]
    answers = np.empty(len(rows), dtype=object)
    answers[:] = [table.rows[at][column] for at in rows]
    return Items(
        np.array([people[at] for at in rows], dtype=np.int64),
        np.array([receivers[at] for at in rows], dtype=np.int64),
        answers,
        np.array([table.numbers[at] for at in rows], dtype=np.int64),
        np.full(len(rows), column, dtype=np.int64),
        np.ones(roster.n, dtype=bool),
        weighted,
    )


def _only(place: Place, column: str) -> Place:
    """Keep the rows of a table with several relations that belong to this one."""
    table = place.table
    keep = [at for at, cell in enumerate(table.column(column)) if cell == place.relation.name]
    rows, numbers = [table.rows[at] for at in keep], tuple(table.numbers[at] for at in keep)
    own = RawTable(table.file, table.header, rows, numbers)
    return Place(place.study, place.relation, place.wave, place.roster, own, place.findings)


def _receivers(place: Place, colleagues: list[str], column: str) -> list[int]:
    known = place.roster.by_id
    nobody = ("", place.relation.nobody)
    found = [NOBODY if text in nobody else known.get(text, OUTSIDE) for text in colleagues]
    strangers = [text for text, person in zip(colleagues, found, strict=True) if person == OUTSIDE]
    for text, count in Counter(strangers).items():
        _outside(place, text, place.table.numbers[colleagues.index(text)], count - 1, column)
    return found
