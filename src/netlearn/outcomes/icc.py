"""How alike people of one department answer: the intraclass correlation ICC(1) of a score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.wording.shown import Shown


@dataclass(frozen=True, eq=False)
class Intraclass(Shown):
    """Share of the differences between people that lies between their departments.

    Attributes
    ----------
    icc, low, high : float
        At most 1; below 0 where people of one department differ more than people at large, and told so. NaN where there
        are fewer than two departments, none with two people, or no differences.
    n_people, n_departments : int
        With a score.
    n0 : float
        The size that departments of unequal size count as: (n - sum of squared sizes / n) / (departments - 1).
    size : float
        People in the department of the average person, that is sum of squared sizes / n.
    level : float
        Confidence of the interval.
    """

    icc: float
    low: float
    high: float
    n_people: int
    n_departments: int
    n0: float
    size: float
    level: float = 0.95

    @property
    def design_effect(self) -> float:
        """Variance of a mean of people taken by whole departments, over that of people one by one.

        1 + (size - 1) ICC; NaN where that would be below 0.
        """
        ratio = 1 + (self.size - 1) * self.icc
        return ratio if ratio >= 0 else float("nan")


def intraclass(score: ArrayLike, group: ArrayLike, *, level: float = 0.95) -> Intraclass:
    """Return ICC(1) of a score by department: one-way analysis of variance with departments drawn from many.

    ICC = (between - within) / (between + (n0 - 1) within), of the mean squares. The interval comes from their F ratio.
    It is exact for normal scores in departments of one size (Searle); otherwise n0 takes the place of the size, and the
    interval is an approximation.

    Parameters
    ----------
    score : (n,) float
        NaN = no score; such people are left out.
    group : (n,)
        Department of each person.
    level : float
        Confidence of the interval, 0 to 1.

    Returns
    -------
    Intraclass

    Raises
    ------
    NetlearnError
        Not one department per score.

    Source: Searle (1971), Linear Models; Donner (1986), International Statistical Review 54; McGraw & Wong (1996),
    Psychological Methods 1.

    Examples
    --------
    Two departments of two: between 4, within 1/2, n0 = 2, so (4 - 1/2) / (4 + 1/2) = 7 / 9.

    >>> found = intraclass([1, 2, 3, 4], ["A", "A", "B", "B"])
    >>> round(found.icc * 9, 6), round(found.design_effect * 9, 6)
    (7.0, 16.0)
    """
    y, labels = np.asarray(score, dtype=float), np.asarray(group)
    if y.ndim != 1 or y.shape != labels.shape:
        raise NetlearnError(
            f"score and group must hold one value per person; got {y.shape} and {labels.shape}."
        )
    told = ~np.isnan(y)
    y, at = y[told], np.unique(labels[told], return_inverse=True)[1]
    sizes = np.bincount(at)
    n, k = len(y), len(sizes)
    size = float((sizes**2).sum() / n) if n else float("nan")
    n0 = (n - size) / (k - 1) if k > 1 else float("nan")
    if k < 2 or n == k or not np.ptp(y):
        none = float("nan")
        return Intraclass(none, none, none, n, k, n0, size, level)
    means = np.bincount(at, weights=y) / sizes
    between = float((sizes * (means - y.mean()) ** 2).sum()) / (k - 1)
    within = float(((y - means[at]) ** 2).sum()) / (n - k)
    icc, low, high = _with_interval(between, within, k - 1, n - k, n0, level)
    return Intraclass(icc, low, high, n, k, n0, size, level)


def _with_interval(
    between: float, within: float, df1: int, df2: int, n0: float, level: float
) -> tuple[float, float, float]:
    if not within > 1e-12 * between:  # rounding aside, departments differ and people in them do not
        return 1.0, 1.0, 1.0
    f, beyond = between / within, (1 - level) / 2
    ends = f / stats.f.isf(beyond, df1, df2), f, f * stats.f.isf(beyond, df2, df1)
    low, icc, high = (float((ratio - 1) / (ratio + n0 - 1)) for ratio in ends)
    return icc, low, high
