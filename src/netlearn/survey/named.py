"""Named: whom people mean who type names or choose from a list; what is not certain is neither a tie nor a "no"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from netlearn.study.cells import BoolArray, IntArray
from netlearn.study.rawtable import plain
from netlearn.survey.export import Column
from netlearn.survey.people import (
    HIDDEN,
    NOBODY,
    NOTHING,
    OUTSIDE,
    UNSURE,
    first_rows,
    said_at_once,
    say_outside,
)
from netlearn.survey.place import Place

# UTF-8 taken for windows-1252, a letter that a program could not read, or one that it could not write.
_GARBLED = re.compile(
    r"[ÂÃÄÅ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\ufffd|\w\?\w"
)


_SOME = 3


def typed(place: Place, texts: Sequence[str], rows: Sequence[int], at: int) -> list[int]:
    """Return whom texts name, in these rows of the column `at`: a person, OUTSIDE, NOBODY, NOTHING, UNSURE or HIDDEN.

    Texts are as `worded` gives them. By id a strange text is a fault (unless unknown people are tolerated); where names
    are typed it is asked about in `names_to_check.csv` and counts as outside until then.
    """
    fixed = _fixed(place)
    said = {text: _said(place, fixed, text) for text in dict.fromkeys(texts)}
    rule = {text: place.known.find(text) for text, meant in said.items() if meant is None}
    found = {text: _person(place, text) for text in rule}
    shown = place.shown(at)
    first = {t: where for t, where in first_rows(place, texts, rows, shown).items() if t in found}
    if place.by_name and _names_are_typed(place, rule):
        _ask(place, {text: first[text] for text, met in rule.items() if met.rule == "unresolved"})
    elif not said_at_once(place, first, place.roster.by_id, shown, about_colleagues=True):
        for text, count in Counter(text for text in texts if found.get(text) == OUTSIDE).items():
            say_outside(place, text, first[text][0], count - 1, shown)
    meant = {text: who for text, who in said.items() if who is not None} | found
    return [meant[text] for text in texts]


def _said(place: Place, fixed: Mapping[str, int], text: str) -> int | None:
    """Return what a text says without naming anybody; None if it names somebody. A dash or a dot is no answer."""
    if text.casefold() in fixed:
        return fixed[text.casefold()]
    mark = sum(map(str.isalnum, text)) < 2 and place.known.find(text).rule == "unresolved"
    return NOTHING if mark and place.by_name else None


def _fixed(place: Place) -> dict[str, int]:
    """Return what is said without naming anybody."""
    plan = place.relation
    words = {"": NOTHING} | dict.fromkeys(plan.dont_know, UNSURE) | dict.fromkeys(plan.not_asked, HIDDEN)
    # Where "anybody?" was a question of its own, the code of its answer may be that of a colleague here.
    code_of_another = plan.nobody_column is not None and (plan.nobody or "").isdecimal()
    words |= {} if plan.nobody is None or code_of_another else {plan.nobody: NOBODY}
    return {plain(text).casefold(): meant for text, meant in words.items()}


def _person(place: Place, text: str) -> int:
    person = place.known.find(text).person if place.by_name else place.roster.by_id.get(text)
    return OUTSIDE if person is None else person


def _ask(place: Place, unresolved: Mapping[str, tuple[int, str]]) -> None:
    """Ask the user about names; a fault where letters were lost."""
    for text, where in unresolved.items():
        if _GARBLED.search(text):
            place.fault("garbled-name", *where)
        else:
            place.known.ask(place.table.file, *where, text)


def check_known(place: Place, receivers: IntArray, columns: IntArray) -> None:
    """Refuse a question in which nobody on the roster is named: then it is another question, or another roster.

    People outside the roster are expected in ego designs, and where unknown people are tolerated.
    """
    outside = receivers == OUTSIDE
    expected = place.study.design == "ego" or "unknown-people" in place.study.tolerate
    if outside.sum() >= _SOME and not (receivers >= 0).any() and not expected and place.known.unresolved:
        place.fault("no-name-known", 0, place.shown(int(columns[outside][0])), count=int(outside.sum()))


def _names_are_typed(place: Place, rule: Mapping[str, Any]) -> bool:
    """Tell whether a column holds names rather than ids: stated, or most texts are no id."""
    if place.relation.match == "name":
        return True
    return 2 * sum(met.rule == "id" for met in rule.values()) < len(rule)


def worded(place: Place, texts: Sequence[str], at: int) -> list[str]:
    """Return the wording of chosen codes, where the file has it: a tool or its user may number people at will.

    Codes that say something else than a person stay as they are. Codes whose wording is blank, or cannot be compared
    with a roster, are a fault.
    """
    here = [column for column in place.export.columns if column.at == at]
    answers = {plain(code): plain(text) for column in here for code, text in column.answers.items()}
    unsaid = {plain(mark) for column in here for mark in column.missing}
    texts = ["" if text in unsaid else text for text in texts]
    if not answers or place.relation.match == "id":
        return texts
    fixed = _fixed(place)
    named: dict[str, Any] = {"asked": place.relation.code, "relation": place.relation.name}
    known = {*place.roster.by_id, *place.roster.by_key}
    strange = [text for text in answers.values() if text not in known and text.casefold() not in fixed]
    if not place.known.has_names and strange:
        place.fault("labels-not-checked", 1, place.shown(at), **named)
    blank = [text for text in texts if text and answers.get(text) == ""]
    if blank:
        place.fault("code-without-wording", 1, place.shown(at), more=len(blank) - 1, **named)
    return [text if text.casefold() in fixed else answers.get(text) or text for text in texts]


def doubts(place: Place, texts: Sequence[str], senders: Sequence[int]) -> IntArray:
    """Return the cells sender * n + receiver of which nobody can say whether they were named.

    A name that no rule resolves is no tie, but neither are those it may mean a "no".
    """
    n = place.roster.n
    met = {text: place.known.may_mean(text) for text in dict.fromkeys(texts) if text and place.by_name}
    pairs = zip(senders, texts, strict=True)
    cells = [who * n + other for who, text in pairs for other in met.get(text, ())]
    return np.unique(np.array(cells, dtype=np.int64))


def offered(place: Place, columns: Sequence[Column]) -> BoolArray:
    """Tell who could be chosen: those whom the file lists; everybody where people typed, or where it lists nobody.

    A code counts as somebody's id only where it has no wording.
    """
    by_id = place.relation.match == "id"
    texts = {plain(code if by_id or not text else text) for c in columns for code, text in c.answers.items()}
    found = [person for text in texts if (person := place.known.find(text).person) is not None]
    if not found:
        return np.ones(place.roster.n, dtype=bool)
    out = np.zeros(place.roster.n, dtype=bool)
    out[found] = True
    return out


def at_columns(place: Place, positions: Sequence[int]) -> list[Column]:
    """Return what is known of the columns at some positions."""
    return [column for column in place.export.columns if column.at in positions]
