"""The change of a score in the same people: its mean, its standardised size, and what ranks alone say of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import Rung, rung
from netlearn.study.planned import Alternative
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
EXACT_UP_TO = 50  # so many changes at most, none zero and no two of a size: all signs are counted
TINY = 1e-18  # a variance that is rounding alone
DECIMALS = 9  # means of items differ by rounding alone in the last places: 4.3 - 4 and 3.3 - 3 are one size
NAN3 = (np.nan, np.nan, np.nan)


@dataclass(frozen=True, eq=False)
class PairedChange(Shown):
    """The change of a score in people who have it both times.

    Attributes
    ----------
    n, n_risen, n_unchanged, n_fallen : int
    first, second : float
        Means.
    estimate, low, high, se, df, p_value : float
        Later minus earlier with its t interval; NaN where fewer than two people, or everybody changed by the same.
    dz, dz_low, dz_high : float
        Mean change over the standard deviation of changes; the interval inverts the noncentral t.
    d_av, d_av_low, d_av_high : float
        Mean change over the root of the mean variance of the two times; the interval of dz times the ratio of the two
        standard deviations (Algina & Keselman 2003).
    wilcoxon_p : float
        Signed-rank test; people without a change are left out.
    wilcoxon_exact : bool
    hodges_lehmann : float
        Median of the means of every two changes: the typical change.
    superiority, superiority_low, superiority_high : float
        Share of people who rose, and half of those unchanged: 0.5 = as many up as down.
    alternative : "two-sided", "greater" or "less"
    alpha : float
    """

    n: int
    n_risen: int
    n_unchanged: int
    n_fallen: int
    first: float
    second: float
    estimate: float
    low: float
    high: float
    se: float
    df: float
    p_value: float
    dz: float
    dz_low: float
    dz_high: float
    d_av: float
    d_av_low: float
    d_av_high: float
    wilcoxon_p: float
    wilcoxon_exact: bool
    hodges_lehmann: float
    superiority: float
    superiority_low: float
    superiority_high: float
    alternative: Alternative
    alpha: float

    @property
    def level(self) -> float:
        """Level of the intervals: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return level(self.alternative, self.alpha)


def level(alternative: Alternative, alpha: float) -> float:
    """Level of an interval that excludes 0 when p <= alpha.

    Examples
    --------
    >>> level("two-sided", 0.05), level("greater", 0.05)
    (0.95, 0.9)
    """
    most = 1 if alternative == "two-sided" else 0.5
    if alternative not in get_args(Alternative) or not 0 < alpha < most:
        raise NetlearnError(
            f"alternative must be two-sided, greater or less, and alpha between 0 and 1 (0.5 if one-sided); got "
            f"{alternative!r} and {alpha!r}."
        )
    return 1 - alpha * (1 if alternative == "two-sided" else 2)


def paired_change(
    first: ArrayLike, second: ArrayLike, *, alternative: Alternative = "two-sided", alpha: float = 0.05
) -> PairedChange:
    """Compare a score at two times in the same people.

    Parameters
    ----------
    first, second : (n,) float
        The score of each person, NaN where there is none: such people are left out.
    alternative : "two-sided", "greater" or "less"
        "greater": did it rise? One-sided intervals have level 1 - 2 alpha.
    alpha : float

    Returns
    -------
    PairedChange

    Raises
    ------
    NetlearnError
        Vectors of different lengths; alternative or alpha out of range.

    Examples
    --------
    Changes 0, 1, 1, 2: mean 1, standard deviation sqrt(2/3), standard error 0.408 on 3 degrees of freedom. Three of
    four rose and one stayed: (3 + 1/2) / 4.

    >>> found = paired_change([1, 2, 3, 4], [1, 3, 4, 6])
    >>> found.estimate, round(found.se, 3), found.df, round(found.dz, 3), found.superiority
    (1.0, 0.408, 3, 1.225, 0.875)
    """
    kept = level(alternative, alpha)
    x, y = pairs_of(first, second)
    change = np.round(y - x, DECIMALS)
    risen, fallen = int((change > 0).sum()), int((change < 0).sum())
    n = len(change)
    t = mean_change(change, alternative, alpha)
    dz = _standardised(t, n, kept)
    ratio = _ratio(x, y, change)
    p, exact = signed_rank(change, alternative)
    wide = superiority(risen, n - risen - fallen, fallen, kept)
    return PairedChange(
        n=n,
        n_risen=risen,
        n_unchanged=n - risen - fallen,
        n_fallen=fallen,
        first=float(x.mean()) if n else np.nan,
        second=float(y.mean()) if n else np.nan,
        **{name: getattr(t, name) for name in ("estimate", "low", "high", "se", "df", "p_value")},
        **_ends("dz", dz),
        **_ends("d_av", (ratio * dz[0], ratio * dz[1], ratio * dz[2])),
        wilcoxon_p=p,
        wilcoxon_exact=exact,
        hodges_lehmann=hodges_lehmann(change),
        **_ends("superiority", wide),
        alternative=alternative,
        alpha=alpha,
    )


def _ends(name: str, values: tuple[float, float, float]) -> dict[str, Any]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))


def pairs_of(first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Keep the people who have both values.

    Examples
    --------
    >>> [part.tolist() for part in pairs_of([1, float("nan"), 3], [2, 2, 2])]
    [[1.0, 3.0], [2.0, 2.0]]
    """
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise NetlearnError(f"give two vectors with a value per person; got shapes {x.shape} and {y.shape}.")
    both = np.isfinite(x) & np.isfinite(y)
    return x[both], y[both]


def mean_change(change: FloatArray, alternative: Alternative, alpha: float) -> Rung:
    """Mean of changes with its t interval and p; NaN where they have no spread.

    Examples
    --------
    >>> found = mean_change(np.array([0.0, 1.0, 1.0, 2.0]), "two-sided", 0.05)
    >>> found.estimate, round(found.se, 3), found.df
    (1.0, 0.408, 3)
    """
    n = len(change)
    if n < 2:
        return Rung("person", float(change.mean()) if n else np.nan, np.nan, 0, np.nan, np.nan, np.nan, n)
    variance = float(change.var(ddof=1))
    return rung(
        "person", float(change.mean()), variance / n if variance > TINY else 0.0, n, alpha, alternative
    )


def _standardised(t: Rung, n: int, kept: float) -> tuple[float, float, float]:
    """Return dz and its interval: the noncentralities at which the observed t is the upper and the lower limit."""
    if not np.isfinite(t.p_value):
        return NAN3
    value, tail = t.estimate / t.se, (1 - kept) / 2
    ends = [_noncentrality(value, t.df, 1 - tail), _noncentrality(value, t.df, tail)]
    return value / sqrt(n), ends[0] / sqrt(n), ends[1] / sqrt(n)


def _noncentrality(t: float, df: float, below: float) -> float:
    """Return the noncentrality of which a share `below` of t values are smaller than this one; NaN beyond reach."""

    def excess(delta: float) -> float:
        return float(stats.nct.cdf(t, df, delta)) - below

    # A few standard errors of t; much farther out the distribution function is lost to rounding.
    room = 4 * sqrt(1 + t**2 / (2 * df))
    try:
        return float(optimize.brentq(excess, t - room, t + room))
    except ValueError:
        return np.nan


def _ratio(x: FloatArray, y: FloatArray, change: FloatArray) -> float:
    """Divide the standard deviation of changes by the root of the mean variance of the two times."""
    spread = sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2) if len(x) > 1 else 0.0
    return float(change.std(ddof=1)) / spread if spread > 0 else np.nan


def signed_rank(change: FloatArray, alternative: Alternative = "two-sided") -> tuple[float, bool]:
    """Wilcoxon's signed-rank p, and whether it is exact; changes of 0 are left out.

    Exact for up to 50 changes of different sizes without a 0 among them; else by the normal approximation with the
    correction for ties.

    Examples
    --------
    Three changes, all up: 2 of 8 ways to give signs are as extreme.

    >>> signed_rank(np.array([1.0, 2.0, 3.0]))
    (0.25, True)
    """
    moved = change[change != 0]
    if not len(moved):
        return np.nan, False
    distinct = len(np.unique(np.abs(moved))) == len(moved) == len(change)
    exact = distinct and len(moved) <= EXACT_UP_TO
    method = "exact" if exact else "asymptotic"
    return float(stats.wilcoxon(moved, alternative=alternative, method=method).pvalue), exact


def hodges_lehmann(change: FloatArray) -> float:
    """Median of the means of every two changes, each with itself too.

    Examples
    --------
    Means of two of 0, 1, 5: 0, 0.5, 2.5, 1, 3, 5.

    >>> hodges_lehmann(np.array([0.0, 1.0, 5.0]))
    1.75
    """
    i, j = np.triu_indices(len(change))
    return float(np.median((change[i] + change[j]) / 2)) if len(change) else np.nan


def superiority(risen: int, unchanged: int, fallen: int, kept: float = 0.95) -> tuple[float, float, float]:
    """Share who rose and half of those unchanged, with its interval.

    The share is 1/2 + (risen - fallen) / 2n, half of a difference of paired shares; its interval is that of Bonett &
    Price (2012), Journal of Educational and Behavioral Statistics 37: one more person up, one more down.

    Parameters
    ----------
    risen, unchanged, fallen : int
    kept : float
        Level of the interval.

    Returns
    -------
    estimate, low, high : float
        Between 0 and 1; NaN without people.

    Examples
    --------
    >>> [round(value, 2) for value in superiority(6, 2, 2)]
    [0.7, 0.43, 0.91]
    """
    n = risen + unchanged + fallen
    if not n:
        return NAN3
    up, down = (risen + 1) / (n + 2), (fallen + 1) / (n + 2)
    half = float(stats.norm.ppf((1 + kept) / 2)) * sqrt((up + down - (up - down) ** 2) / (n + 2))
    low, high = max(up - down - half, -1.0), min(up - down + half, 1.0)
    return 0.5 + (risen - fallen) / (2 * n), 0.5 + low / 2, 0.5 + high / 2
