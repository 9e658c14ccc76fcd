"""Observed cells and pairs found by number, without listing them: memory grows with people and holes only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.measures.net import Net

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """Cells or pairs that can be found by number, without a list of them.

    They are rows x columns, or the pairs of `rows` if there are no columns, less those left out.

    Attributes
    ----------
    rows, columns : (r,), (c,) int
        People; `columns` None for unordered pairs (row i before row j).
    skipped : (s,) int
        Numbers of what is left out, ascending.

    Examples
    --------
    The pairs of three people without the second (0, 2):

    >>> places = Places(np.array([0, 1, 2]), None, np.array([1]))
    >>> places.size, [found.tolist() for found in places.at(np.array([0, 1]))]
    (2, [[0, 1], [1, 2]])
    """

    rows: IntArray
    columns: IntArray | None
    skipped: IntArray

    @property
    def size(self) -> int:
        """How many there are."""
        r = len(self.rows)
        every = r * (r - 1) // 2 if self.columns is None else r * len(self.columns)
        return every - len(self.skipped)

    def at(self, number: IntArray) -> tuple[IntArray, IntArray]:
        """Return the two people of each."""
        # What is left out before the u-th that stays: those whose number less their own rank is at most u.
        every = number + np.searchsorted(self.skipped - np.arange(len(self.skipped)), number, side="right")
        if self.columns is not None:
            return self.rows[every // len(self.columns)], self.columns[every % len(self.columns)]
        starts = _before(np.arange(len(self.rows)), len(self.rows))
        i = np.searchsorted(starts, every, side="right") - 1
        return self.rows[i], self.rows[every - starts[i] + i + 1]


def _before(i: IntArray, r: int) -> IntArray:
    """Count the pairs of r whose first is before the i-th."""
    return i * (r - 1) - i * (i - 1) // 2


def rectangle(net: Net, rows: BoolArray, columns: BoolArray) -> Places:
    """Observed cells from some people to some others."""
    r, c = np.flatnonzero(rows), np.flatnonzero(columns)
    row, column = np.cumsum(rows) - 1, np.cumsum(columns) - 1
    i, j = net.hole_pairs
    inside = rows[i] & columns[j] & (i != j)
    own = np.flatnonzero(rows & columns)
    i, j = np.concatenate([i[inside], own]), np.concatenate([j[inside], own])
    return Places(r, c, np.unique(row[i] * len(c) + column[j]))


def both_ways(net: Net) -> Places:
    """Pairs of people of whom both cells were observed."""
    both = net.answered & net.possible
    rank, r = np.cumsum(both) - 1, int(both.sum())
    i, j = net.hole_pairs
    inside = both[i] & both[j] & (i != j)
    low, high = rank[np.minimum(i, j)[inside]], rank[np.maximum(i, j)[inside]]
    return Places(np.flatnonzero(both), None, np.unique(_before(low, r) + high - low - 1))
