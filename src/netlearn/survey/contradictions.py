"""Answers that contradict each other: oneself, nobody and somebody, one colleague twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray
from netlearn.survey.items import Items
from netlearn.survey.levels import BLANK, sayable_answer
from netlearn.survey.people import NOBODY
from netlearn.survey.place import Place

_MANY = 10


def check_self(items: Items, place: Place, selves: BoolArray) -> None:
    """Add a fault for everybody who named him- or herself, unless that is tolerated."""
    if "self-nominations" in place.study.tolerate:
        return
    for at in np.flatnonzero(selves).tolist():
        place.fault("self-nomination", *_spot(items, place, at), value=_id(place, items.sender[at]))


def check_nobody(items: Items, place: Place, chose_nobody: BoolArray, level: NDArray[np.float64]) -> None:
    """Add a fault for everybody who said "nobody" and named somebody."""
    named = np.bincount(items.sender[(level > 0) & (items.receiver != NOBODY)], minlength=place.roster.n) > 0
    for at in np.flatnonzero(chose_nobody & named[items.sender]).tolist():
        place.fault("nobody-and-names", *_spot(items, place, at), value=_id(place, items.sender[at]))
    for person in items.said_nobody[named[items.said_nobody]].tolist():
        at = int(np.flatnonzero(items.sender == person)[0])
        place.fault("nobody-and-names", *_spot(items, place, at), value=_id(place, person))


def repeats(items: Items, place: Place, level: NDArray[np.float64]) -> BoolArray:
    """Tell which rows name a pair again; a fault where they disagree.

    A level left blank gives way to one that is there. A list of which most rows repeat others is no list of who named
    whom.
    """
    # Room for receivers who are no people, which are negative, so that no two pairs share a number.
    pair = pd.Series(items.sender * (place.roster.n + 5) + items.receiver + 5)
    again = pair.duplicated().to_numpy() & (items.receiver >= 0)
    first = dict(zip(pair[::-1], range(len(pair) - 1, -1, -1), strict=True)) if again.any() else {}
    for at in np.flatnonzero(again).tolist():
        earlier = first[pair[at]]
        if level[earlier] == BLANK != level[at]:
            again[earlier], again[at], first[pair[at]] = True, False, at
        elif level[at] not in (BLANK, level[earlier]):
            who = {"sender": _id(place, items.sender[at]), "receiver": _id(place, items.receiver[at])}
            levels = {
                "level": sayable_answer(place, str(items.answer[at])),
                "other": sayable_answer(place, str(items.answer[earlier])),
            }
            first_row = place.table.numbers[int(items.row[earlier])]
            said: dict[str, Any] = {"first": first_row, **who, **levels}
            place.fault("conflicting-nominations", *_spot(items, place, at), **said)
    if again.sum() > max(_MANY, len(again) / 2):
        place.fault("mostly-repeated", 0, count=int(again.sum()), total=len(again))
    return again


def _spot(items: Items, place: Place, at: int) -> tuple[int, str]:
    """Return row and column of an item, as messages show them."""
    return place.table.numbers[int(items.row[at])], place.shown(int(items.column[at]))


def _id(place: Place, person: int) -> str:
    return place.sayable(next(text for text, other in place.roster.by_id.items() if other == int(person)))
