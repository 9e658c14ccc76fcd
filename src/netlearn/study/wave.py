"""Wave: one time of asking, with ties AND what became of every cell."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.study.cells import BoolArray, Cells, IntArray, read_only
from netlearn.wording.shown import Shown

YES, NO, NOT_ASKED, NOT_ANSWERED, DONT_KNOW = "yes", "no", "not asked", "not answered", "don't know"
STATES = (YES, NO, NOT_ASKED, NOT_ANSWERED, DONT_KNOW)
"""What a cell can be; only the first two are observed."""


def _none() -> IntArray:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Wave(Shown):
    """One time of asking: arcs with their levels, and the cells that were observed.

    Every arc lies in an observed cell. `ties`, `observed` and `states` are (n, n) arrays made on request; all
    computing uses the arcs, so memory grows with the number of ties.

    `dont_know` and `unasked` are numbers i * n + j of cells that were not observed, and why; `unasked_people` tells who
    was not asked the question at all, `offered` who could be named where that is not told by the cells. A cell that was
    not observed for no such reason was not answered.
    """

    _facts = ("label", "n", "cells", "threshold")

    label: str
    sender: IntArray
    receiver: IntArray
    level: NDArray[np.float64]
    cells: Cells
    threshold: float = 1.0
    dont_know: IntArray = field(default_factory=_none)
    unasked: IntArray = field(default_factory=_none)
    unasked_people: BoolArray | None = None
    offered: BoolArray | None = None

    def __post_init__(self) -> None:
        for name in ("dont_know", "unasked"):
            given = np.unique(getattr(self, name))
            seen = self.cells.contains(given // max(self.n, 1), given % max(self.n, 1))
            object.__setattr__(self, name, read_only(given[~seen], np.int64))
        order = np.argsort(np.asarray(self.sender) * self.cells.n + np.asarray(self.receiver), kind="stable")
        for name, dtype in (("sender", np.int64), ("receiver", np.int64), ("level", np.float64)):
            object.__setattr__(self, name, read_only(np.asarray(getattr(self, name))[order], dtype))
        if not self.cells.contains(self.sender, self.receiver).all():
            raise NetlearnError(
                f"wave {self.label!r}: a tie lies in a cell that was not observed; mark the cell as observed "
                "or leave the tie out."
            )

    @property
    def n(self) -> int:
        """Number of people in the panel."""
        return self.cells.n

    def _ties_in(self, within: Cells | None) -> BoolArray:
        keep = self.level >= self.threshold
        return keep if within is None else keep & within.contains(self.sender, self.receiver)

    def arcs(self, within: Cells | None = None) -> tuple[IntArray, IntArray]:
        """Return senders and receivers of the ties (level >= threshold), of those in `within` if given."""
        keep = self._ties_in(within)
        return self.sender[keep], self.receiver[keep]

    def strengths(self, within: Cells | None = None) -> NDArray[np.float64]:
        """Return the levels of the ties, in the order of `arcs`."""
        return self.level[self._ties_in(within)]

    @property
    def ties(self) -> BoolArray:
        """(n, n) bool, read-only: row names column at or over the threshold. False also where not observed."""
        dense = np.zeros((self.n, self.n), bool)
        dense[self.arcs()] = True
        return read_only(dense, bool)

    @property
    def levels(self) -> NDArray[np.float64]:
        """(n, n) float, read-only: the level of each tie, NaN where the cell was not observed."""
        dense = np.where(self.cells.dense(), 0.0, np.nan)
        dense[self.sender, self.receiver] = self.level
        return read_only(dense, float)

    @property
    def observed(self) -> BoolArray:
        """(n, n) bool, read-only: the cell was asked and answered."""
        return read_only(self.cells.dense(), bool)

    @property
    def states(self) -> NDArray[np.object_]:
        """(n, n) object, read-only: what became of each cell, one of `STATES`; "" on the diagonal.

        Examples
        --------
        The first person does not know about the second; the third did not answer and could not be named:

        >>> here, there = np.array([True, True, False]), np.array([True, True, False])
        >>> wave = Wave("w", np.array([1]), np.array([0]), np.ones(1), Cells(here, there, [1]), dont_know=np.array([1]))
        >>> wave.states[0].tolist(), wave.states[1].tolist()
        (['', "don't know", 'not asked'], ['yes', '', 'not asked'])
        """
        found = np.where(self.cells.dense(), NO, NOT_ANSWERED).astype(object)
        found[:, ~(self.cells.receivers if self.offered is None else self.offered)] = NOT_ASKED
        for cells, state in ((self.unasked, NOT_ASKED), (self.dont_know, DONT_KNOW)):
            found.reshape(-1)[cells] = state
        if self.unasked_people is not None:
            found[self.unasked_people] = NOT_ASKED
        found[self.arcs()] = YES
        np.fill_diagonal(found, "")
        found.flags.writeable = False
        return found
