"""People: who answered a row, whom a column or a typed name is about; a fault where nobody certain is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from netlearn.study.rawtable import nearest, plain
from netlearn.survey.export import Column
from netlearn.survey.place import Place

OUTSIDE, NOBODY, NOTHING, UNSURE, HIDDEN = -1, -2, -3, -4, -5
"""Receivers who are nobody on the roster, the answer "nobody", and places for a name that were left empty, hold "don't
know", or were not shown."""
FEW = 10
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")

Where = Mapping[str, tuple[int, str]]
"""Row and column of the first appearance of each text."""


def answer_in(place: Place, row: int, at: int) -> str:
    """Return what a cell says, "" where the tool marks it as no answer."""
    cell = clean(place, place.table.rows[row][at])
    here = (column for column in place.export.columns if column.at == at)
    return "" if any(cell in map(plain, column.missing) for column in here) else cell


def clean(place: Place, cell: str) -> str:
    """Return a cell as it is compared, without the sign that guards cells against being read as formulas."""
    cell = cell.strip()
    guard = place.export.guard
    if guard and cell.startswith(guard) and cell[len(guard) :].startswith(("=", "+", "-", "@")):
        cell = cell[len(guard) :]
    return plain(cell)


def respondents(place: Place, at: int, rows: Sequence[int], known: Mapping[str, int]) -> list[int | None]:
    """Return who answered each of these rows, by the column at position `at`; None where nobody known did.

    Each such row is a fault, unless the user decided that its name is outside. `known` holds the keys (or ids) of the
    roster; with `respondent_by = "name"` names are found instead.
    """
    table, label = place.table, place.wave.label
    cells = [clean(place, table.rows[row][at]) for row in rows]
    by_name = place.wave.respondent_by == "name"
    found = {
        text: place.known.find(text).person if by_name else known.get(text) for text in dict.fromkeys(cells)
    }
    shown = place.shown(at)
    first = first_rows(place, cells, rows, shown)
    said = not by_name and said_at_once(place, {t: where for t, where in first.items() if t}, known, shown)
    employed = place.roster.employed[label]
    for text, (number, _) in first.items():
        person = found[text]
        if not text:
            place.fault("missing-respondent", number, shown, more=cells.count("") - 1)
        elif person is None and by_name:
            _ask_respondent(place, text, number, shown)
        elif person is None and not said:
            near = alike(text, known)
            value = {"value": place.sayable(text), "nearest": place.hint(near)}
            place.fault("unknown-respondent", number, shown, **value)
        elif person is not None and not employed[person] and person not in place.withdrawn:
            place.fault("respondent-not-employed", number, shown, value=place.sayable(text), wave=label)
    return [found[text] for text in cells]


def _ask_respondent(place: Place, text: str, number: int, shown: str) -> None:
    """Ask who a typed name of a respondent means, unless it is outside by decision."""
    if place.known.find(text).rule == "outside":
        return
    place.known.ask(place.table.file, number, shown, text)
    place.fault("respondent-unclear", number, shown)


def first_rows(
    place: Place, cells: Sequence[str], rows: Sequence[int], shown: str
) -> dict[str, tuple[int, str]]:
    """Return row number and column of the first appearance of each text."""
    first: dict[str, tuple[int, str]] = {}
    for row, text in zip(rows, cells, strict=True):
        first.setdefault(text, (place.table.numbers[row], shown))
    return first


def columns_about(place: Place, columns: Sequence[Column], row: int = 1) -> list[int] | None:
    """Return whom each column is about: a place in the roster, OUTSIDE or NOBODY; None where no column can be told.

    Labels decide where the file has them; codes count where they were chosen by people, never where a tool numbers
    its columns. Nothing is found by position. `row` is the row of the headings.
    """
    if _cannot_be_told(place, columns):
        return None
    found = [_about(place, column) for column in columns]
    first: dict[str, tuple[int, str]] = {}
    for column, person in zip(columns, found, strict=True):
        if person != NOBODY:
            first.setdefault(_text(place, column), (row, place.shown(column.at)))
    if not said_at_once(place, first, place.roster.by_id, about_colleagues=True):
        for column, person in zip(columns, found, strict=True):
            if person == OUTSIDE:
                say_outside(place, _text(place, column), row, 0, place.shown(column.at))
    _check_twice(place, columns, found, row)
    if place.relation.kind == "multiple-choice" and place.relation.nobody is not None and NOBODY not in found:
        place.fault("nobody-not-found", row, value=place.relation.nobody, relation=place.relation.name)
    return found


def _text(place: Place, column: Column) -> str:
    """Return what of a column tells the colleague: its label, else its code."""
    label, item = plain(column.label), plain(column.item)
    by_label = (
        place.relation.match != "id" and label and (place.known.has_names or label in place.roster.by_id)
    )
    return label if by_label else item or label


def _cannot_be_told(place: Place, columns: Sequence[Column]) -> bool:
    """Refuse numbers given by a tool, and codes that wording which cannot be checked may contradict."""
    match, labelled = place.relation.match, [column for column in columns if column.label]
    unlabelled = [column for column in columns if not column.label]
    if match == "id":
        return False
    code, row, relation = place.relation.code, 1, place.relation.name
    if not place.export.codes_are_ids and unlabelled:
        shown = place.shown(unlabelled[0].at)
        place.fault("labels-missing", row, shown, asked=code, relation=relation, more=len(unlabelled) - 1)
        return True
    checked = place.known.has_names or all(plain(column.label) in place.roster.by_id for column in labelled)
    if labelled and not checked:
        place.fault("labels-not-checked", row, place.shown(labelled[0].at), asked=code, relation=relation)
        return True
    return False


def _about(place: Place, column: Column) -> int:
    nobody = place.relation.nobody
    if nobody is not None and plain(nobody) in (plain(column.item), plain(column.label)):
        return NOBODY
    text = _text(place, column)
    person = place.known.find(text).person if place.by_name else place.roster.by_id.get(text)
    return OUTSIDE if person is None else person


def _check_twice(place: Place, columns: Sequence[Column], found: list[int], row: int) -> None:
    for person, count in Counter(person for person in found if person >= 0).items():
        if count > 1:
            last = max(at for at, other in enumerate(found) if other == person)
            value = place.sayable(_text(place, columns[last]))
            place.fault("alter-twice", row, place.shown(columns[last].at), value=value)


def said_at_once(
    place: Place, where: Where, known: Mapping[str, int], column: str = "", about_colleagues: bool = False
) -> bool:
    """Say in one fault that hardly any id is in the roster, which has one cause; tell whether that is so.

    `where` holds row and column of each id; `column` is the one of them all, "" if the ids are headings.
    """
    found = place.known.find if about_colleagues and place.by_name else None
    strange = [text for text in where if text not in known and (found is None or found(text).person is None)]
    tolerated = about_colleagues and "unknown-people" in place.study.tolerate
    none = len(strange) == len(where) > (FEW if tolerated else 1)
    most = len(where) > FEW and 2 * len(strange) >= len(where) and not tolerated
    if not none and not most:
        return False
    plan = place.study.roster
    roster = plan.id if known is place.roster.by_id else plan.key
    said: dict[str, Any] = {"count": len(strange), "total": len(where), "roster": roster}
    near = alike(strange[0], known)
    said |= {"value": place.sayable(strange[0]), "alike": place.hint(near)}
    rows = [where[text][0] if column else where[text][1] for text in strange[:3]]
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


def alike(text: str, known: Iterable[str]) -> str:
    """Return the id that differs only in case or leading zeros, else the nearest one."""
    folded = _folded(text)
    listed = list(known)
    return min((other for other in listed if _folded(other) == folded), default=nearest(text, listed))


def _folded(text: str) -> str:
    return _LEADING_ZEROS.sub("", text.casefold())


def say_outside(place: Place, text: str, row: int, more: int, column: str) -> None:
    """Say that nobody certain is meant, unless that is tolerated or decided; ask the user where names are known."""
    met = place.known.find(text)
    if "unknown-people" in place.study.tolerate or met.rule == "outside":
        return
    near = "" if place.by_name else alike(text, place.roster.by_id)
    if place.by_name:
        place.known.ask(place.table.file, row, column, text)
    place.fault("unknown-alter", row, column, value=place.sayable(text), more=more, nearest=near)
