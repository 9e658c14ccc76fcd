"""Dyadic-robust standard errors from influence values, in time and memory that grow with people and ties.

The estimator is a function of sums over observed cells, so each cell has an influence value. A cell without a tie in
either wave has the value `base[class]`; only cells with a tie differ, by `extra`. Sums over the many cells without
ties are therefore added algebraically.

Sources: Fafchamps & Gubert (2007), Journal of Development Economics 83; Aronow, Samii & Assenova (2015), Political
Analysis 23; Cameron & Miller (2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from netlearn.study.cells import Cells, add_up
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Influence:
    """Influence values of an estimator: `base` for every observed cell of a class, plus `extra` on some arcs.

    Attributes
    ----------
    cells : Cells
        The observed cells.
    group : (n,) int
        Block of each person.
    cell_class : (k, k) int
        Class of a cell from its sender's block and its receiver's block.
    base : (c,) float
        Influence of a cell without ties, per class.
    sender, receiver : (m,) int
        Arcs with a tie in some wave, each once.
    extra : (m,) float
        What each adds to its base.
    """

    cells: Cells
    group: IntArray
    cell_class: IntArray
    base: FloatArray
    sender: IntArray
    receiver: IntArray
    extra: FloatArray

    @property
    def k(self) -> int:
        """Number of blocks."""
        return len(self.cell_class)

    @property
    def block_base(self) -> FloatArray:
        """Base influence from block to block: (k, k)."""
        return self.base[self.cell_class]


def person_sums(influence: Influence) -> FloatArray:
    """Sum the influence of all cells that hold each person, as sender or receiver: (n,)."""
    cells, group, block = influence.cells, influence.group, influence.block_base
    k, n = influence.k, cells.n
    into = np.bincount(group[cells.receivers], minlength=k)
    out = np.bincount(group[cells.senders], minlength=k)
    own = np.diag(block)[group] * cells.receivers * cells.senders
    total = cells.senders * (block @ into)[group] - own
    total += cells.receivers * (out @ block)[group] - own
    for i, j, value in (
        (*cells.hole_pairs(), -block[group[cells.hole_pairs()[0]], group[cells.hole_pairs()[1]]]),
        (influence.sender, influence.receiver, influence.extra),
    ):
        total += add_up(i, value, n) + add_up(j, value, n)
    return total


def arc_square_sum(influence: Influence) -> float:
    """Sum the squared influence over all observed cells."""
    block, group = influence.block_base, influence.group
    counts = influence.cells.counts(group, influence.k)
    base = block[group[influence.sender], group[influence.receiver]]
    return float((counts * block**2).sum() + (influence.extra * (2 * base + influence.extra)).sum())


def dyad_square_sum(influence: Influence) -> float:
    """Sum over unordered pairs of the squared sum of the influence of their one or two observed cells."""
    block, group, cells, n = influence.block_base, influence.group, influence.cells, influence.cells.n
    counts = cells.counts(group, influence.k)
    mutual = cells.two_way_counts(group, influence.k)
    bases = ((counts - mutual) * block**2).sum() + (mutual * (block + block.T) ** 2).sum() / 2
    low = np.minimum(influence.sender, influence.receiver)
    high = np.maximum(influence.sender, influence.receiver)
    pairs, place = np.unique(low * n + high, return_inverse=True)
    extra = add_up(place, influence.extra, len(pairs))
    low, high = pairs // max(n, 1), pairs % max(n, 1)
    base = cells.contains(low, high) * block[group[low], group[high]]
    base = base + cells.contains(high, low) * block[group[high], group[low]]
    return float(bases + (extra * (2 * base + extra)).sum())


def floored_variance(sums: FloatArray, dyads: FloatArray | float) -> FloatArray:
    """Dyadic-robust variance, never below the one of independent dyads.

    Parameters
    ----------
    sums : (n, ...) float
        Sum of the influence of the pairs that hold each person.
    dyads : (...) float
        Sum of the squared influence of the pairs.

    Returns
    -------
    (...) float
        max(sum_i S_i^2 - sum_d r_d^2, sum_d r_d^2).

    Examples
    --------
    >>> import numpy as np
    >>> float(floored_variance(np.array([1.0, 2.0, 3.0]), 4.0))
    10.0
    """
    return np.maximum((sums**2).sum(axis=0) - dyads, dyads)


def person_variance(sums: FloatArray, dyads: float, n_people: int, n_dyads: int) -> tuple[float, float]:
    """Dyadic-robust variance with its small-sample correction, and its degrees of freedom.

    sum_i S_i^2 - sum_d r_d^2 estimates 1 - 4/n of the variance of a mean over pairs, whether pairs vary independently
    or people do (the mean takes its own share of every S_i), so it is divided by that; the sum over independent pairs
    needs no such factor. Degrees of freedom by Satterthwaite (1946), 2 V^2 / var V with the variance of sum S^2 taken
    as sum S^4: few people who move much leave few. The rule was chosen by simulation (`docs/calibration.md`).

    Parameters
    ----------
    sums : (n,) float
        Sum of the influence of the pairs that hold each person.
    dyads : float
        Sum of the squared influence of the pairs.
    n_people, n_dyads : int
        People who answered, pairs they answered about.

    Returns
    -------
    variance : float
        max((sum S^2 - dyads) n / (n - 4), dyads); the factor is left at n for five people and fewer.
    df : float
        2 (sum S^2)^2 / sum S^4 - 1, from 2 to n - 1, where the people's part rules; n_dyads - 1 where the pairs' does.

    Examples
    --------
    Eight people of whom all move alike, twenty-eight pairs:

    >>> import numpy as np
    >>> variance, df = person_variance(np.full(8, 2.0), 16.0, 8, 28)
    >>> variance, round(df, 9)  # (32 - 16) 8/4, and 2 * 32^2 / 128 - 1 = 15, at most 7
    (32.0, 7.0)
    """
    squares = float((sums**2).sum())
    people = (squares - dyads) * n_people / max(n_people - 4, 1)
    if not people > dyads:
        return dyads, float(n_dyads - 1)
    return people, satterthwaite(sums, n_people)


def satterthwaite(sums: FloatArray, n_people: int) -> float:
    """Degrees of freedom of a variance made of the squares of people's sums: (n,) -> 2 to n_people - 1.

    2 (sum S^2)^2 / sum S^4 - 1, that is 2 V^2 / var V with the variance of sum S^2 taken as sum S^4.

    Examples
    --------
    >>> satterthwaite(np.array([1.0, 1.0, 1.0, 1.0]), 20), satterthwaite(np.array([1.0, 0, 0, 0]), 20)
    (7.0, 2.0)
    """
    squares = float((sums**2).sum())
    return min(max(2 * squares**2 / float((sums**4).sum()) - 1, 2.0), max(n_people - 1.0, 1.0))


@dataclass(frozen=True)
class Rung(Shown):
    """One standard error of the ladder.

    Attributes
    ----------
    level : "arc", "dyad", "person" or "department"
    estimate, se, df, low, high, p_value : float
    n_units : int
        Arcs, dyads, persons or departments that vary independently at this level.
    """

    level: str
    estimate: float
    se: float
    df: float
    low: float
    high: float
    p_value: float
    n_units: int


def rung(
    level: str,
    estimate: float,
    variance: float,
    n_units: int,
    alpha: float,
    alternative: str,
    df: float | None = None,
) -> Rung:
    """Make an interval and a p from a variance, by t with `df` degrees of freedom (default n_units - 1).

    The interval excludes 0 on the side asked about exactly when p <= alpha: its level is 1 - alpha, or 1 - 2 alpha for
    a one-sided alternative.

    A variance of 0 (nothing changed, or everything alike) supports no interval: NaN.

    Examples
    --------
    >>> r = rung("person", 2.0, 1.0, 10, 0.05, "two-sided")
    >>> round(r.low, 3), round(r.high, 3), round(r.p_value, 4)
    (-0.262, 4.262, 0.0766)
    """
    df = n_units - 1 if df is None else df
    if not np.isfinite(estimate) or not variance > 0 or df < 1:
        return Rung(level, estimate, np.nan, df, np.nan, np.nan, np.nan, n_units)
    se = float(np.sqrt(variance))
    # A one-sided question gets the interval whose one end answers it: level 1 - 2 alpha.
    tail = alpha / 2 if alternative == "two-sided" else alpha
    half = float(stats.t.ppf(1 - tail, df)) * se
    t = estimate / se
    tails = {
        "two-sided": 2 * stats.t.sf(abs(t), df),
        "greater": stats.t.sf(t, df),
        "less": stats.t.cdf(t, df),
    }
    p = max(float(tails[alternative]), float(np.finfo(float).tiny))
    return Rung(level, estimate, se, df, estimate - half, estimate + half, p, n_units)


def department_rung(values: FloatArray, alpha: float, alternative: str) -> Rung:
    """One-sample t over the departments' own changes; those without a defined change are left out.

    Examples
    --------
    >>> import numpy as np
    >>> r = department_rung(np.array([1.0, 2.0, 3.0, np.nan]), 0.05, "two-sided")
    >>> r.estimate, r.n_units, round(r.se, 4)
    (2.0, 3, 0.5774)
    """
    kept = values[np.isfinite(values)]
    k = len(kept)
    if k < 2:
        mean = float(kept.mean()) if k else np.nan
        return rung("department", mean, 0.0, k, alpha, alternative)
    variance = float(kept.var(ddof=1)) / k
    return rung("department", float(kept.mean()), variance, k, alpha, alternative)
