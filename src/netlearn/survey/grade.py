"""From answers to levels: what each cell of a question says, and where it is counted in the import log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, Cells
from netlearn.study.panel import Wave
from netlearn.study.plan import RelationPlan
from netlearn.study.rawtable import nearest, plain
from netlearn.survey.items import NOBODY, OUTSIDE, Items, Place

BLANK, DONT_KNOW, UNKNOWN = -1.0, -2.0, -3.0
_NUMBER = re.compile(r"\d+([.,]\d+)?")
# "1,000" may be a thousand or one: neither is taken.
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, eq=False)
class Graded:
    """A question with its answers understood.

    Attributes
    ----------
    level : (m,) float
        Level of each item (0 = no), or BLANK, DONT_KNOW, UNKNOWN.
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
    listed = place.relation.kind == "nominations"
    chose_nobody = about_nobody & ((level > 0) | listed)
    said = chose_nobody | ((level >= 0) & ~own & ~about_nobody)
    answered = np.bincount(items.sender[said], minlength=place.roster.n) > 0
    if place.relation.kind == "multiple-choice":
        # A box left empty means "no" once the same person ticked another box or "nobody".
        level[(level == BLANK) & answered[items.sender] & ~about_nobody] = 0.0
    _check_self(items, place, own & (level > 0))
    _check_nobody(items, place, chose_nobody, level)
    repeated = _repeats(items, place, level) if listed else np.zeros(len(level), dtype=bool)
    return Graded(level, answered, repeated)


def to_wave(items: Items, graded: Graded, place: Place) -> Wave:
    """Make the wave: arcs, who answered, who could be named, and the holes."""
    n = place.roster.n
    there = place.roster.employed[place.wave.label]
    possible = _there(items, place) & graded.answered[items.sender] & ~graded.repeated
    possible &= (items.receiver >= 0) & (items.sender != items.receiver)
    tie = possible & (graded.level > 0)
    hole = possible & (graded.level < 0)
    cells = Cells(graded.answered, there & items.asked_about, items.sender[hole] * n + items.receiver[hole])
    return Wave(
        place.wave.label,
        items.sender[tie],
        items.receiver[tie],
        graded.level[tie],
        cells,
        place.relation.threshold,
    )


def count(items: Items, graded: Graded, place: Place) -> dict[str, int]:
    """Count every cell of the question once: the parts add up to `cells`."""
    parts = {
        "nobody": items.receiver == NOBODY,
        "own": items.sender == items.receiver,
        "outside": items.receiver == OUTSIDE,
        "not_employed": (items.receiver >= 0) & ~_there(items, place),
        "repeated": graded.repeated,
        "not_answered": graded.level == BLANK,
        "dont_know": graded.level == DONT_KNOW,
        "ties": graded.level >= place.relation.threshold,
        "no_ties": graded.level >= 0,
    }
    left = np.ones(len(graded.level), dtype=bool)
    counts = {"cells": len(graded.level)}
    for name, part in parts.items():
        counts[name] = int((left & part).sum())
        left &= ~part
    return counts


def say_dropped(items: Items, graded: Graded, place: Place) -> None:
    """Add a note for each reason why answers were left out."""
    named = graded.level > 0
    there = place.roster.employed[place.wave.label]
    own = items.sender == items.receiver
    gone = (items.receiver >= 0) & ~_there(items, place) & ~own
    file, add = place.table.file, place.findings.note
    if outside := int((named & (items.receiver == OUTSIDE)).sum()):
        add("outside-boundary", file, count=outside)
    if selves := int((named & own).sum()):
        add("self-dropped", file, count=selves)
    if left := int((named & gone).sum()):
        add("ties-to-not-employed", file, count=left, wave=place.wave.label)
    if repeats := int(graded.repeated.sum()):
        add("repeated-nominations", file, count=repeats)
    if unasked := int((there & ~items.asked_about).sum()):
        add("not-asked-about", file, count=unasked, wave=place.wave.label, relation=place.relation.name)


def _there(items: Items, place: Place) -> BoolArray:
    """Tell which items are about a colleague who was employed; says nothing where there is no colleague."""
    return place.roster.employed[place.wave.label][np.maximum(items.receiver, 0)]


def _levels(items: Items, place: Place) -> NDArray[np.float64]:
    if not items.weighted:
        return np.ones(len(items.sender))
    meaning = _meaning(place.relation)
    # Few different answers fill many cells: each is understood once.
    codes, texts = pd.factorize(items.answer)
    words = [place.dialect.clean(str(text)) for text in texts]
    known = np.array([_level(word, meaning, place.relation) for word in words], dtype=float)
    level = known[codes] if len(codes) else np.empty(0)
    for code in np.flatnonzero(known == UNKNOWN):
        where = np.flatnonzero(codes == code)
        column = place.table.header[items.column[where[0]]]
        right = [*meaning, *place.relation.dont_know] or ["0, 1, 2, …"]
        said = {"value": words[code], "known": right, "nearest": nearest(words[code], right)}
        place.fault("unknown-level", int(items.row[where[0]]), column, more=len(where) - 1, **said)
    return level


def _meaning(relation: RelationPlan) -> Mapping[str, float]:
    if relation.kind == "multiple-choice" and not relation.levels:
        return {"Y": 1.0}
    return {plain(answer): float(level) for answer, level in relation.levels.items()}


def _level(word: str, meaning: Mapping[str, float], relation: RelationPlan) -> float:
    if not word:
        return BLANK
    if word in {plain(answer) for answer in relation.dont_know}:
        return DONT_KNOW
    if word in meaning:
        return meaning[word]
    number = _number(word)
    if number is None or (meaning and "," not in word):
        return UNKNOWN
    if number in {_number(answer) for answer in relation.dont_know}:
        return DONT_KNOW
    return _level_of_number(number, meaning) if meaning else number


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
    names = {person: text for text, person in place.roster.by_id.items()}
    for at in np.flatnonzero(selves):
        column = place.table.header[items.column[at]]
        place.fault("self-nomination", int(items.row[at]), column, value=names[int(items.sender[at])])


def _check_nobody(items: Items, place: Place, chose_nobody: BoolArray, level: NDArray[np.float64]) -> None:
    names = {person: text for text, person in place.roster.by_id.items()}
    named = np.bincount(items.sender[(level > 0) & (items.receiver != NOBODY)], minlength=place.roster.n) > 0
    for at in np.flatnonzero(chose_nobody & named[items.sender]):
        column = place.table.header[items.column[at]]
        place.fault("nobody-and-names", int(items.row[at]), column, value=names[int(items.sender[at])])


def _repeats(items: Items, place: Place, level: NDArray[np.float64]) -> BoolArray:
    """Tell which rows name a pair again; a fault where they disagree."""
    # Room for OUTSIDE and NOBODY, which are negative, so that no two pairs share a number.
    pair = pd.Series(items.sender * (place.roster.n + 2) + items.receiver + 2)
    again = pair.duplicated().to_numpy() & (items.receiver >= 0)
    names = {person: text for text, person in place.roster.by_id.items()}
    first = dict(zip(pair[::-1], range(len(pair) - 1, -1, -1), strict=True)) if again.any() else {}
    for at in np.flatnonzero(again):
        earlier = first[pair[at]]
        if level[at] != level[earlier]:
            column = place.table.header[items.column[at]]
            who = {"sender": names[int(items.sender[at])], "receiver": names[int(items.receiver[at])]}
            levels = {"level": items.answer[at], "other": items.answer[earlier]}
            row, first_row = int(items.row[at]), int(items.row[earlier])
            place.fault("conflicting-nominations", row, column, first=first_row, **who, **levels)
    return again
