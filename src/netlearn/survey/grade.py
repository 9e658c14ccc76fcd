"""From answers to levels: what each cell of a question says, and where it is counted in the import log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, Cells, IntArray
from netlearn.study.plan import RelationPlan
from netlearn.study.rawtable import nearest, plain
from netlearn.study.wave import Wave
from netlearn.survey.items import TICKED, Items
from netlearn.survey.people import NOBODY, NOTHING, OUTSIDE, clean
from netlearn.survey.place import Place

BLANK, DONT_KNOW, UNKNOWN, UNASKED = -1.0, -2.0, -3.0, -4.0
_NUMBER = re.compile(r"\d+([.,]\d+)?")
# "1,000" may be a thousand or one: neither is taken.
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, eq=False)
class Graded:
    """A question with its answers understood.

    Attributes
    ----------
    level : (m,) float
        Level of each item (0 = no), or BLANK, DONT_KNOW, UNKNOWN, UNASKED.
    answered : (n,) bool
        Who answered the question: at least one answer with a level, or "nobody".
    repeated : (m,) bool
        Items that say again what an earlier row said.
    """

    level: NDArray[np.float64]
    answered: BoolArray
    repeated: BoolArray


def grade(items: Items, place: Place) -> Graded:
    """Give every cell its level, with a fault for each that cannot have one."""
    level = _levels(items, place)
    own = items.sender == items.receiver
    about_nobody = items.receiver == NOBODY
    level[items.receiver == NOTHING] = BLANK
    # Some tools write a box that was not ticked as 0, shown or not: only a tick is an answer.
    boxes = place.relation.kind in ("multiple-choice", "multiple-answer") and not items.listed
    if place.relation.kind == "multiple-choice" and boxes:
        level[level == 0] = BLANK
    chose_nobody = about_nobody & ((level > 0) | items.listed)
    said = chose_nobody | ((level >= 0) & ~own & ~about_nobody)
    answered = np.bincount(items.sender[said], minlength=place.roster.n) > 0
    answered[items.said_nobody] = True
    if place.relation.kind == "multiple-choice" and boxes:
        # A box left empty means "no" once the same person ticked another box or "nobody".
        empty = (level == BLANK) & answered[items.sender] & ~about_nobody & ~items.not_shown()
        level[empty] = 0.0
    if not items.listed:
        # Who said "nobody" beforehand may not have seen the list: that is a "no" to everybody on it.
        level[(level == BLANK) & np.isin(items.sender, items.said_nobody) & ~about_nobody] = 0.0
    _check_self(items, place, own & (level > 0))
    _check_nobody(items, place, chose_nobody, level)
    repeated = _repeats(items, place, level) if items.listed else np.zeros(len(level), dtype=bool)
    return Graded(level, answered, repeated)


def to_wave(items: Items, graded: Graded, place: Place) -> Wave:
    """Make the wave: arcs, who answered, who could be named, and the holes with their reasons."""
    n = place.roster.n
    there = place.roster.employed[place.wave.label]
    about = there & items.asked_about
    possible = _there(items, place) & graded.answered[items.sender] & ~graded.repeated
    possible &= (items.receiver >= 0) & (items.sender != items.receiver)
    possible &= about[np.maximum(items.receiver, 0)]
    tie = possible & (graded.level > 0)
    hole = possible & (graded.level < 0)
    cell = items.sender * n + items.receiver
    met = (items.receiver >= 0) & (items.sender != items.receiver)
    met &= items.asked_about[np.maximum(items.receiver, 0)]
    return Wave(
        place.wave.label,
        items.sender[tie],
        items.receiver[tie],
        graded.level[tie],
        Cells(graded.answered, about, np.concatenate([cell[hole], np.setdiff1d(items.doubtful, cell[tie])])),
        place.relation.threshold,
        dont_know=cell[met & (graded.level == DONT_KNOW)],
        unasked=cell[met & _unasked(items, graded)],
        unasked_people=~there,
    )


def _unasked(items: Items, graded: Graded) -> BoolArray:
    return (items.not_shown() & (graded.level < 0)) | (graded.level == UNASKED)


def fates(items: Items, graded: Graded, place: Place) -> dict[str, BoolArray]:
    """Say what became of each item: the first that fits, in this order."""
    return {
        "nobody": items.receiver == NOBODY,
        "own": items.sender == items.receiver,
        "outside": items.receiver == OUTSIDE,
        "not_employed": (items.receiver >= 0) & ~_there(items, place),
        "repeated": graded.repeated,
        "not_asked": _unasked(items, graded),
        "not_answered": graded.level == BLANK,
        "dont_know": graded.level == DONT_KNOW,
        "ties": graded.level >= place.relation.threshold,
        "no_ties": graded.level >= 0,
    }


def count(items: Items, graded: Graded, place: Place) -> dict[str, int]:
    """Count every answer to the question once, and mark its cell: the parts add up to `cells`."""
    left = np.ones(len(graded.level), dtype=bool)
    counts = {"cells": len(graded.level)}
    for name, part in fates(items, graded, place).items():
        here = left & part
        counts[name] = int(here.sum())
        place.ledger.mark(place.table, items.row[here], items.column[here], name)
        left &= ~part
    for further in items.details:
        there = further >= 0
        place.ledger.mark(place.table, items.row[there], further[there], "detail")
    return counts


def say_dropped(items: Items, graded: Graded, place: Place) -> None:
    """Add a note for each reason why answers were left out."""
    named = graded.level > 0
    there = place.roster.employed[place.wave.label]
    own = items.sender == items.receiver
    gone = (items.receiver >= 0) & ~_there(items, place) & ~own
    if outside := int((named & (items.receiver == OUTSIDE)).sum()):
        place.note("outside-boundary", count=outside)
    if selves := int((named & own).sum()):
        place.note("self-dropped", count=selves)
    if left := int((named & gone).sum()):
        place.note("ties-to-not-employed", count=left, wave=place.wave.label)
    if repeats := int(graded.repeated.sum()):
        place.note("repeated-nominations", count=repeats)
    if unasked := int((there & ~items.asked_about).sum()):
        place.note("not-asked-about", count=unasked, wave=place.wave.label, relation=place.relation.name)


def _there(items: Items, place: Place) -> BoolArray:
    """Tell which items are about a colleague who was employed; says nothing where there is no colleague."""
    return place.roster.employed[place.wave.label][np.maximum(items.receiver, 0)]


def _levels(items: Items, place: Place) -> NDArray[np.float64]:
    if not items.weighted:
        return np.ones(len(items.sender))
    wording = _wording(items, place)
    meaning = meaning_of(place.relation)
    # Few different answers fill many cells: each is understood once.
    codes, texts = pd.factorize(items.answer)
    words = [clean(place, str(text)) for text in texts]
    known = np.array([level_of(word, meaning, wording, place.relation) for word in words], dtype=float)
    level = known[codes] if len(codes) else np.empty(0)
    for code in np.flatnonzero(known == UNKNOWN):
        where = np.flatnonzero((codes == code) & (items.receiver != NOTHING))
        if len(where):
            _say_unknown(
                items,
                place,
                words[code],
                where,
                [*meaning, *place.relation.dont_know, *place.relation.not_asked],
            )
    return level


def _say_unknown(items: Items, place: Place, word: str, where: IntArray, right: list[str]) -> None:
    right = [text for text in right if text != TICKED] or ["0, 1, 2, …"]
    said = {"value": word[:60], "known": right, "nearest": nearest(word, right)}
    row, at = int(items.row[where[0]]), int(items.column[where[0]])
    place.fault("unknown-level", place.table.numbers[row], place.shown(at), more=len(where) - 1, **said)


def _wording(items: Items, place: Place) -> dict[str, str]:
    """Return the wording of each code, of all columns of the question.

    Codes need not be in order: where the file words them and the study file has no levels, numbers say nothing.
    """
    columns = set(items.column.tolist())
    found: dict[str, str] = {}
    for column in place.export.columns:
        if column.at in columns:
            found |= {plain(code): plain(text) for code, text in column.answers.items()}
            found |= dict.fromkeys(map(plain, column.missing), "")
    found = {plain(text): plain(code) for code, text in place.relation.answers.items()} | found
    worded = {code: text for code, text in found.items() if text and text != code}
    numbered = not place.export.codes_are_ids and not items.listed
    if (worded or numbered) and not place.relation.levels and TICKED not in items.answer:
        seen = sorted({clean(place, str(text)) for text in items.answer} - {""})
        listed = [f"{code} = {text}" for code, text in worded.items()] or seen
        place.fault("levels-needed", 0, relation=place.relation.name, known=listed[:12])
    return found


def meaning_of(relation: RelationPlan) -> Mapping[str, float]:
    """Return what each answer means, by its text."""
    if relation.kind == "multiple-choice" and not relation.levels:
        return {"Y": 1.0, TICKED: 1.0}
    return {TICKED: 1.0} | {plain(answer): float(level) for answer, level in relation.levels.items()}


def level_of(
    word: str, meaning: Mapping[str, float], wording: Mapping[str, str], relation: RelationPlan
) -> float:
    """Return the level of an answer, or BLANK, DONT_KNOW, UNKNOWN, UNASKED.

    An answer counts as it is written or, where `wording` tells it, as it is worded; numbers count as they are only
    where the study file has no levels.
    """
    for listed, level in ((relation.dont_know, DONT_KNOW), (relation.not_asked, UNASKED)):
        if word and {word, wording.get(word)} & {plain(answer) for answer in listed}:
            return level
    if not word or wording.get(word) == "":
        return BLANK
    for text in (word, wording.get(word, word)):
        if text in meaning:
            return meaning[text]
    number = _number(word)
    stated = relation.levels
    if number is None or (stated and "," not in word):
        return UNKNOWN
    if number in {_number(answer) for answer in relation.dont_know}:
        return DONT_KNOW
    return _level_of_number(number, stated) if stated else number


def _level_of_number(number: float, meaning: Mapping[str, float]) -> float:
    """Return the level of the one answer of this value, where all answers are numbers."""
    values = [_number(answer) for answer in meaning]
    levels = [level for value, level in zip(values, meaning.values(), strict=True) if value == number]
    return levels[0] if None not in values and len(levels) == 1 else UNKNOWN


def _number(word: str) -> float | None:
    """Read a number, with a decimal point or with the decimal comma that Danish Excel writes."""
    if not _NUMBER.fullmatch(word) or _THOUSANDS.fullmatch(word):
        return None
    return float(word.replace(",", "."))


def _check_self(items: Items, place: Place, selves: BoolArray) -> None:
    if "self-nominations" in place.study.tolerate:
        return
    for at in np.flatnonzero(selves).tolist():
        place.fault("self-nomination", *_spot(items, place, at), value=_id(place, items.sender[at]))


def _check_nobody(items: Items, place: Place, chose_nobody: BoolArray, level: NDArray[np.float64]) -> None:
    named = np.bincount(items.sender[(level > 0) & (items.receiver != NOBODY)], minlength=place.roster.n) > 0
    for at in np.flatnonzero(chose_nobody & named[items.sender]).tolist():
        place.fault("nobody-and-names", *_spot(items, place, at), value=_id(place, items.sender[at]))
    for person in items.said_nobody[named[items.said_nobody]].tolist():
        at = int(np.flatnonzero(items.sender == person)[0])
        place.fault("nobody-and-names", *_spot(items, place, at), value=_id(place, person))


def _repeats(items: Items, place: Place, level: NDArray[np.float64]) -> BoolArray:
    """Tell which rows name a pair again; a fault where they disagree."""
    # Room for OUTSIDE, NOBODY and NOTHING, which are negative, so that no two pairs share a number.
    pair = pd.Series(items.sender * (place.roster.n + 3) + items.receiver + 3)
    again = pair.duplicated().to_numpy() & (items.receiver >= 0)
    first = dict(zip(pair[::-1], range(len(pair) - 1, -1, -1), strict=True)) if again.any() else {}
    for at in np.flatnonzero(again).tolist():
        earlier = first[pair[at]]
        if level[at] != level[earlier]:
            who = {"sender": _id(place, items.sender[at]), "receiver": _id(place, items.receiver[at])}
            levels = {"level": items.answer[at], "other": items.answer[earlier]}
            first_row = place.table.numbers[int(items.row[earlier])]
            said: dict[str, Any] = {"first": first_row, **who, **levels}
            place.fault("conflicting-nominations", *_spot(items, place, at), **said)
    return again


def _spot(items: Items, place: Place, at: int) -> tuple[int, str]:
    """Return row and column of an item, as messages show them."""
    return place.table.numbers[int(items.row[at])], place.shown(int(items.column[at]))


def _id(place: Place, person: int) -> str:
    return place.sayable(next(text for text, other in place.roster.by_id.items() if other == int(person)))
