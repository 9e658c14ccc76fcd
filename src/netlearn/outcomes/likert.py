"""How the answers to each item are spread over the levels, with those who did not answer counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.outcomes.scores import turned

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Likert:
    """Answers to m items over L levels.

    Attributes
    ----------
    levels : (L,) float
        In rising order.
    counts : (m, L) int
    missing : (m,) int
        People without an answer to the item.
    """

    levels: FloatArray
    counts: NDArray[np.int64]
    missing: NDArray[np.int64]

    @property
    def n(self) -> NDArray[np.int64]:
        """People who answered each item: (m,)."""
        return np.asarray(self.counts.sum(axis=1), dtype=np.int64)

    @property
    def shares(self) -> FloatArray:
        """Share of the answers to an item at each level, (m, L); NaN where nobody answered."""
        n = self.n[:, None].astype(float)
        return np.divide(self.counts, n, out=np.full(self.counts.shape, np.nan), where=n > 0)


def likert(items: ArrayLike, levels: Sequence[float] | None = None) -> Likert:
    """Count the answers to each item by level.

    Parameters
    ----------
    items : (n, m) float
        Answers as they were given; NaN where there is none.
    levels : sequence, optional
        The levels there are, also those that nobody chose; default those that somebody did.

    Returns
    -------
    Likert

    Raises
    ------
    NetlearnError
        An answer is none of the levels.

    Examples
    --------
    >>> found = likert([[1, 3], [1, float("nan")], [2, 3]], [1, 2, 3])
    >>> found.counts.tolist(), found.missing.tolist(), found.shares[1].tolist()
    ([[2, 1, 0], [0, 0, 2]], [0, 1], [0.0, 0.0, 1.0])
    """
    values = turned(items)
    told = ~np.isnan(values)
    known = np.unique(np.asarray(values[told] if levels is None else levels, dtype=float))
    strange = np.setdiff1d(values[told], known)
    if strange.size:
        shown = ", ".join(f"{level:g}" for level in known)
        raise NetlearnError(
            f"{strange[0]:g} is none of the levels {shown}. Add it to the levels of the scale."
        )
    counts = (values[:, :, None] == known).sum(axis=0)
    return Likert(known, np.asarray(counts, dtype=np.int64), np.asarray((~told).sum(axis=0), dtype=np.int64))


def hidden_levels(counts: ArrayLike, least: int, levels: ArrayLike | None = None) -> BoolArray:
    """Choose the levels of one item whose counts are not shown, because few people are behind them.

    Those are the levels that 1 to `least` - 1 people chose, and as few others as keep each of them from being worked
    out within fewer than `least` + 1 values. A reader is taken to know the sum of the counts, and with `levels` their
    mean too. A level that nobody chose is shown, and hides nothing. (The rule of `netlearn.study.suppression`, for one
    row; much faster, because two sums leave few corners.)

    Parameters
    ----------
    counts : (L,) int
    least : int
    levels : (L,) float, optional
        All different. Given where the mean is published beside the counts.

    Returns
    -------
    (L,) bool

    Examples
    --------
    Three people chose the first level. With the sum alone one more level hides them, with the mean two more:

    >>> hidden_levels([3, 9, 9, 9], 5).tolist()
    [True, True, False, False]
    >>> hidden_levels([3, 9, 9, 9], 5, [1, 2, 3, 4]).tolist()
    [True, True, True, False]
    """
    people = np.asarray(counts, dtype=float)
    value = None if levels is None else np.asarray(levels, dtype=float)
    few = (people > 0) & (people < least)
    if not few.any():
        return few
    wanted = np.minimum(_widths(people, people > 0, value), least)[few]
    spare = np.flatnonzero((people > 0) & ~few)
    for size in range(len(spare)):
        for more in sorted(combinations(spare, size), key=lambda which: people[list(which)].sum()):
            hidden = few.copy()
            hidden[list(more)] = True
            if (_widths(people, hidden, value)[few] >= wanted - 1e-9).all():
                return hidden
    return people > 0


def _widths(counts: FloatArray, hidden: BoolArray, levels: FloatArray | None) -> FloatArray:
    """How far apart the most and the least are that each count can be, with some hidden and their sums known."""
    at = np.flatnonzero(hidden)
    total = counts[at].sum()
    corners = []  # of all counts that fit the sums, the extremes have one level (two, with a mean) that is not 0
    if levels is None:
        corners = [np.where(np.arange(len(counts)) == one, total, 0.0) for one in at]
    else:
        mean = (counts * levels)[at].sum() / total
        for one, other in combinations(at[np.argsort(levels[at])], 2):
            if levels[one] <= mean <= levels[other]:
                corner = np.zeros(len(counts))
                corner[other] = total * (mean - levels[one]) / (levels[other] - levels[one])
                corner[one] = total - corner[other]
                corners.append(corner)
    return np.ptp(np.array(corners), axis=0) if corners else np.zeros(len(counts))
