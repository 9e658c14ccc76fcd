"""Items: the answers of one question in one file, as (respondent, colleague, answer); no meaning yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from netlearn.study.cells import BoolArray, IntArray
from netlearn.survey.export import Group
from netlearn.survey.place import Place

TICKED = "\x01"
"""Answer of a box that is ticked, where the tool and not the study file says how that is written."""


@dataclass(frozen=True, eq=False)
class Items:
    """Answers in the order of the file.

    Attributes
    ----------
    sender, receiver : (m,) int
        Places in the roster; a receiver can also be OUTSIDE, NOBODY or NOTHING (see `netlearn.survey.people`).
    answer : (m,) object
        Text of the answer. If `weighted` is False there is no such text: every item that names somebody is a tie.
    row, column : (m,) int
        Place in the rows of the table, and position in its header.
    asked_about : (n,) bool
        The people about whom the question could be answered.
    weighted : bool
        Whether answers have a text that tells the level.
    listed : bool
        Whether items are only there for colleagues who were named: the others count as "no" once somebody was named
        or "nobody" was said.
    unasked : (m,) bool
        Items that were never shown.
    details : tuple of ((m,) int)
        Positions of further cells in the row of each item, such as that of its level; -1 = none.
    said_nobody : (k,) int
        People who said in a question of its own that they named nobody.
    doubtful : (d,) int
        Cells sender * n + receiver about people who may be meant by a name that nobody certain is meant by.
    group : Group or None
        The group in whose table `row` and `column` stand, if it is not that of the responses.
    """

    sender: IntArray
    receiver: IntArray
    answer: NDArray[np.object_]
    row: IntArray
    column: IntArray
    asked_about: BoolArray
    weighted: bool = True
    listed: bool = False
    unasked: BoolArray | None = None
    details: tuple[IntArray, ...] = ()
    said_nobody: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    doubtful: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    group: Group | None = None

    def not_shown(self) -> BoolArray:
        """Return (m,) bool: items that were never shown."""
        return np.zeros(len(self.sender), dtype=bool) if self.unasked is None else self.unasked

    def without_ties_to(self, people: Iterable[int]) -> Items:
        """Return the same items as if nobody had been asked about these people."""
        gone = np.array(sorted(people), dtype=np.int64)
        asked = self.asked_about.copy()
        asked[gone] = False
        return replace(self, asked_about=asked)


def texts(values: Iterable[str]) -> NDArray[np.object_]:
    """Return texts as an object array, whatever they look like."""
    listed = list(values)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def read_items(place: Place) -> Items | None:
    """Return the answers to the question, or None with a fault if its columns are not there."""
    from netlearn.survey import generator, listed, matrix

    readers = {
        "roster": matrix.read_grid,
        "multiple-choice": matrix.read_choices,
        "multiple-answer": matrix.read_options,
        "adjacency": matrix.read_adjacency,
        "nominations": listed.read_nominations,
        "free-text": listed.read_free_text,
        "name-generator": generator.read_generator,
    }
    items = readers[place.relation.kind](place)
    gone = [person for person, ties in place.withdrawn.items() if ties]
    return items.without_ties_to(gone) if items is not None and gone else items
