"""From answers to levels: what each cell of a question says, and where it is counted in the import log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, Cells, IntArray
from netlearn.study.wave import Wave
from netlearn.survey.contradictions import check_nobody, check_self, repeats
from netlearn.survey.items import Items
from netlearn.survey.levels import BLANK, DONT_KNOW, UNASKED, levels_of
from netlearn.survey.people import HIDDEN, NOBODY, NOTHING, OUTSIDE, UNSURE
from netlearn.survey.place import Place


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
    level = levels_of(items, place)
    own = items.sender == items.receiver
    about_nobody = items.receiver == NOBODY
    for place_left, meant in ((NOTHING, BLANK), (UNSURE, DONT_KNOW), (HIDDEN, UNASKED)):
        level[items.receiver == place_left] = meant
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
    check_self(items, place, own & (level > 0))
    check_nobody(items, place, chose_nobody, level)
    repeated = repeats(items, place, level) if items.listed else np.zeros(len(level), dtype=bool)
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
    unsure, hidden = _said_of_all(items, graded)
    return Wave(
        place.wave.label,
        items.sender[tie],
        items.receiver[tie],
        graded.level[tie],
        Cells(graded.answered, about, np.concatenate([cell[hole], np.setdiff1d(items.doubtful, cell[tie])])),
        place.relation.threshold,
        dont_know=np.concatenate([cell[met & (graded.level == DONT_KNOW)], unsure]),
        unasked=cell[met & _unasked(items, graded)],
        unasked_people=~there | hidden,
    )


def _said_of_all(items: Items, graded: Graded) -> tuple[IntArray, BoolArray]:
    """Return the cells of people who answered a list with "don't know", and who never saw it."""
    n = len(graded.answered)
    unsure = np.unique(items.sender[(items.receiver == UNSURE) & ~graded.answered[items.sender]])
    hidden = np.zeros(n, dtype=bool)
    hidden[items.sender[(items.receiver == HIDDEN) & ~graded.answered[items.sender]]] = True
    others = np.arange(n)
    cells = (unsure[:, None] * n + others)[unsure[:, None] != others]
    return cells, hidden & ~np.isin(others, unsure)


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
