"""How the answers to each item are spread over the levels, with those who did not answer counted apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
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
    out within fewer than `least` + 1 values. A reader is taken to know the sum of the counts, with `levels` their mean
    too, that somebody chose each hidden level (one that nobody chose is shown, and hides nothing), and that one of the
    hidden counts at least is below `least`. (The rule of `netlearn.study.suppression`, for one row; much faster, as
    there are two sums at most.)

    Parameters
    ----------
    counts : (L,) int
    least : int
    levels : (L,) float, optional
        All different. Given where the mean is published beside the counts; see `mean_tells`.

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
    people = np.asarray(counts, dtype=int)
    value = None if levels is None else _whole(levels)
    few = (people > 0) & (people < least)
    if not few.any():
        return few
    wanted = np.minimum(_spans(people, people > 0, value, least), least)[few]
    spare = np.flatnonzero((people > 0) & ~few)
    for size in range(len(spare)):
        for more in sorted(combinations(spare, size), key=lambda which: people[list(which)].sum()):
            hidden = few.copy()
            hidden[list(more)] = True
            if (_spans(people, hidden, value, least)[few] >= wanted).all():
                return hidden
    return people > 0


def mean_tells(counts: ArrayLike, least: int, levels: ArrayLike) -> bool:
    """Tell whether the mean of an item would give away how few people chose a level, though every level were hidden.

    Parameters
    ----------
    counts : (L,) int
    least : int
    levels : (L,) float
        All different.

    Examples
    --------
    Of twelve people some chose 1 and some 2; a mean of 1.75 leaves one possibility.

    >>> mean_tells([3, 9], 5, [1, 2]), mean_tells([3, 9, 9, 9], 5, [1, 2, 3, 4])
    (True, False)
    """
    people = np.asarray(counts, dtype=int)
    few = (people > 0) & (people < least)
    open_ = np.minimum(_spans(people, people > 0, None, least), least)
    return bool((_spans(people, people > 0, _whole(levels), least) < open_)[few].any())


def _whole(levels: ArrayLike) -> list[int]:
    """Return levels as whole numbers from 0, as small as they can be: 1, 1.5, 3 are 0, 1, 4."""
    steps = [Fraction(float(level)).limit_denominator(1000) for level in np.asarray(levels, dtype=float)]
    scale = math.lcm(*(step.denominator for step in steps))
    numbers = [int(step * scale) - int(min(steps) * scale) for step in steps]
    common = math.gcd(*numbers) or 1
    return [number // common for number in numbers]


def _spans(
    counts: NDArray[np.int64], hidden: BoolArray, levels: Sequence[int] | None, least: int
) -> NDArray[np.int64]:
    """How far apart the most and the least are that each hidden count can be, (L,).

    Every one is 1 at least, and one of them is below `least`: else none would be hidden.
    """
    at: list[int] = np.flatnonzero(hidden).tolist()
    total, found = int(counts[at].sum()), np.zeros(len(counts), dtype=int)
    for one in at if len(at) > 1 else ():
        others = [other for other in at if other != one]
        if levels is None:
            found[one] = total - len(at)
            continue
        points = sum(int(counts[i]) * levels[i] for i in at)
        many, few = _sums([levels[i] for i in others], total, least)
        fits = []
        for n in range(1, total):
            rest, left = total - n, points - n * levels[one]
            reached = few[rest] | (many[rest] if n < least else 0)
            if left >= 0 and reached >> left & 1:
                fits.append(n)
        found[one] = fits[-1] - fits[0]
    return found


def _sums(levels: Sequence[int], most: int, least: int) -> tuple[list[int], list[int]]:
    """Which sums 0 to `most` people can have, one at least at each level: bit s of entry n tells of the sum s.

    First those with `least` people or more at every level, then those with fewer at one of them.
    """
    many, few = [1, *[0] * most], [0] * (most + 1)
    for level in levels:
        further, fewer = [0] * (most + 1), [0] * (most + 1)
        some = [0] * (most + 1)  # one person or more at this level, whoever was few before
        for n in range(1, most + 1):
            some[n] = (few[n - 1] | some[n - 1]) << level
            for here in range(1, min(least - 1, n) + 1):
                fewer[n] |= many[n - here] << here * level
            fewer[n] |= some[n]
            if n >= least:
                further[n] = many[n - least] << least * level | further[n - 1] << level
        many, few = further, fewer
    return many, few
