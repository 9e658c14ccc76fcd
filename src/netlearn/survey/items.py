"""Items: the cells of one question in one file, as (respondent, colleague, answer); no meaning yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
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
_FEW = 10
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


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
    answers = np.empty(len(rows) * len(places), dtype=object)
    answers[:] = [table.rows[at][c] for at in rows for c in places]
    numbers = np.array([table.numbers[at] for at in rows], dtype=np.int64)
    asked = np.zeros(roster.n, dtype=bool)
    asked[about[about >= 0]] = True
    return Items(
        np.repeat(senders, len(places)),
        np.tile(about, len(rows)),
        answers,
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
    colleagues = {text: table.header[at] for at, text in named.items() if found[at] != NOBODY}
    if not _said_at_once(place, colleagues, roster.by_id, about_colleagues=True):
        for at in (at for at in named if found[at] == OUTSIDE):
            _outside(place, named[at], 1, 0, table.header[at])
    for person, count in Counter(p for p in found.values() if p >= 0).items():
        if count > 1:
            at = max(at for at, other in found.items() if other == person)
            place.fault("alter-twice", 1, table.header[at], value=named[at])
    return found


def _respondents(place: Place, column: str, known: Any) -> list[int | None]:
    """Return who answered each row; None with a fault where nobody known did."""
    cells = [place.dialect.clean(cell) for cell in place.table.column(column)]
    employed = place.roster.employed[place.wave.label]
    first = _first_rows(place, cells)
    said = _said_at_once(place, {text: row for text, row in first.items() if text}, known, column)
    for text, number in first.items():
        person = known.get(text)
        if not text:
            more = cells.count("") - 1
            place.fault("missing-respondent", number, column, more=more)
        elif person is None and not said:
            place.fault("unknown-respondent", number, column, value=text, nearest=_alike(text, known))
        elif person is not None and not employed[person]:
            label = place.wave.label
            place.fault("respondent-not-employed", number, column, value=text, wave=label)
    return [known.get(text) for text in cells]


def _first_rows(place: Place, cells: list[str]) -> dict[str, int]:
    first: dict[str, int] = {}
    for number, text in zip(place.table.numbers, cells, strict=True):
        first.setdefault(text, number)
    return first


def _said_at_once(
    place: Place,
    where: Mapping[str, int | str],
    known: Mapping[str, int],
    column: str = "",
    about_colleagues: bool = False,
) -> bool:
    """Say in one fault that hardly any id is in the roster, which has one cause; tell whether that is so.

    `where` holds the row of each id in `column`, or without one the column whose name holds the id.
    """
    strange = [text for text in where if text not in known]
    tolerated = about_colleagues and "unknown-people" in place.study.tolerate
    none = len(strange) == len(where) > (_FEW if tolerated else 1)
    most = len(where) > _FEW and 2 * len(strange) >= len(where) and not tolerated
    if not none and not most:
        return False
    plan = place.study.roster
    roster = plan.id if known is place.roster.by_id else plan.key
    said: dict[str, Any] = {"count": len(strange), "total": len(where), "roster": roster}
    said |= {"value": strange[0], "alike": _alike(strange[0], known)}
    rows = [where[text] for text in strange[:3]]
    if not none and column:
        place.fault("most-not-in-roster", int(rows[0]), column, rows=rows, **said)
    elif not none:
        place.fault("most-columns-not-in-roster", 1, rows=rows, **said)
    elif not _said_of_file(place, roster):
        place.fault("none-in-roster", 0 if column else 1, column, **said)
    return True


def _said_of_file(place: Place, roster: str | None) -> bool:
    """Tell whether respondents or colleagues of this file were compared in vain with this column before."""
    same = (f for f in place.findings.items if f.code == "none-in-roster" and f.file == place.table.file)
    return any(f.values["roster"] == roster for f in same)


def _alike(text: str, known: Mapping[str, int]) -> str:
    """Return the id that differs only in case or leading zeros, else the nearest one."""
    folded = _folded(text)
    return min((other for other in known if _folded(other) == folded), default=nearest(text, known))


def _folded(text: str) -> str:
    return _LEADING_ZEROS.sub("", text.casefold())


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
        near = _alike(text, place.roster.by_id)
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
    first = {text: row for text, row in _first_rows(place, colleagues).items() if text not in nobody}
    if not _said_at_once(place, first, known, column, about_colleagues=True):
        strangers = [text for text, person in zip(colleagues, found, strict=True) if person == OUTSIDE]
        for text, count in Counter(strangers).items():
            _outside(place, text, first[text], count - 1, column)
    return found
