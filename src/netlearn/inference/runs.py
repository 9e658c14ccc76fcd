"""Neighbours that belong together, such as the people of a unit: their sums, and values about their means.

Sums are taken in a fixed order, not by a matrix product, whose last digits hang on how many threads a machine has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of equal neighbours in a vector of people.

    Attributes
    ----------
    starts : (k,) int
        Where each run begins.
    place : (m,) int
        Run of each person.

    Examples
    --------
    Two people of one unit and one of another:

    >>> runs = Runs.of(np.array([7, 7, 4]))
    >>> runs.sums(np.array([[1.0, 2.0, 5.0]])).tolist()
    [[3.0, 5.0]]
    >>> runs.centred(np.array([[1.0, 2.0, 5.0]]), np.ones((1, 3))).tolist()
    [[-0.5, 0.5, 0.0]]
    """

    starts: IntArray
    place: IntArray

    @classmethod
    def of(cls, names: IntArray) -> Runs:
        """Find the runs of equal neighbours."""
        change = np.ones(len(names), bool)
        change[1:] = names[1:] != names[:-1]
        return cls(np.flatnonzero(change), np.cumsum(change) - 1)

    def sums(self, values: FloatArray) -> FloatArray:
        """Add up each run: (R, m) to (R, k)."""
        if len(self.starts) == len(self.place):
            return values
        return np.add.reduceat(values, self.starts, axis=1)

    def centred(self, values: FloatArray, members: FloatArray) -> FloatArray:
        """Take off the mean of the members (0 or 1) of each run, and set the others to 0: (R, m)."""
        means = self.sums(members * values) / np.maximum(self.sums(members), 1.0)
        return members * (values - means[:, self.place])
