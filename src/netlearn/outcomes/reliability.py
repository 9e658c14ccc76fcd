"""Reliability of a scale: Cronbach's alpha and McDonald's omega total, each with an interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.outcomes.pg import cronbach_alpha
from netlearn.outcomes.scores import turned
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
Reason = Literal["few_people", "few_items", "no_variance", "two_items", "heywood", "no_fit", "few_draws"]
FEWEST = 3
SWEEPS, CLOSE = 2000, 1e-7
FLAT = 1e-10  # an item with so small a part of the largest variance varies by rounding only
BLOCK = 200


@dataclass(frozen=True, eq=False)
class Reliability(Shown):
    """How much of the differences between people's scores is common to the items.

    Attributes
    ----------
    n_people, n_items : int
        People who answered every item.
    alpha, alpha_low, alpha_high : float
        At most 1. NaN where fewer than 3 people or 2 items are left, or the sum of the items does not vary.
    omega, omega_low, omega_high : float
        0 to 1. NaN in the same cases, and with the reason for it.
    reasons : tuple
        Why something is NaN: "few_people", "few_items", "no_variance" (both); "two_items" (a factor needs three),
        "heywood" (an item would share more than all of its variance with the others), "no_fit" (omega); "few_draws"
        (the interval of omega).
    level : float
        Confidence of both intervals.
    """

    n_people: int
    n_items: int
    alpha: float
    alpha_low: float
    alpha_high: float
    omega: float
    omega_low: float
    omega_high: float
    reasons: tuple[Reason, ...]
    level: float = 0.95


_NONE = (np.nan, np.nan, np.nan)


def reliability(
    items: ArrayLike, *, seed: int | np.random.SeedSequence = 0, draws: int = 999, level: float = 0.95
) -> Reliability:
    """Return Cronbach's alpha and McDonald's omega total of a scale, from people who answered every item.

    Alpha is told with Feldt's interval, which takes the items for equally good and answers for normal. Omega comes from
    one factor fitted to the correlations (minimum residuals) and is told with percentiles of people drawn anew.

    Parameters
    ----------
    items : (n, m) float
        Answers, reversed items already turned (`turned`); NaN where there is none.
    seed : int or SeedSequence
    draws : int
        People drawn anew so many times for the interval of omega; 0 = no interval.
    level : float
        Confidence of the intervals, 0 to 1.

    Returns
    -------
    Reliability

    Source: Cronbach (1951), Psychometrika 16; Feldt (1965), Psychometrika 30; McDonald (1999), Test Theory; Harman &
    Jones (1966), Psychometrika 31.

    Examples
    --------
    Items with variance 1 and covariance 1/2 each: alpha = 2 (1 - 2 / 3); two items carry no factor.

    >>> found = reliability([[1, 1], [2, 3], [3, 2], [1, float("nan")]])
    >>> found.n_people, round(found.alpha, 6), found.omega, found.reasons
    (3, 0.666667, nan, ('two_items',))
    """
    values = turned(items)
    values = values[~np.isnan(values).any(axis=1)]
    n, m = values.shape
    missing = _without(values)
    if missing:
        return Reliability(n, m, *_NONE, *_NONE, (missing,), level)
    alpha = cronbach_alpha(values, level)
    omega, why = omega_of(np.cov(values.T, ddof=1))
    low = high = np.nan
    if not why and draws:
        low, high, why = _omega_interval(values, seed, draws, level)
    return Reliability(n, m, *alpha, omega, low, high, (why,) if why else (), level)


def _without(values: FloatArray) -> Reason | None:
    """Why nothing can be told, if so."""
    n, m = values.shape
    if n < FEWEST:
        return "few_people"
    if m < 2:
        return "few_items"
    return None if np.ptp(values.sum(axis=1)) > 0 else "no_variance"


def omega_of(covariance: ArrayLike) -> tuple[float, Reason | None]:
    """Return McDonald's omega total of the sum of the items, from their covariances.

    With one factor, loadings l and variances u of what each item has for itself: (sum l)^2 / ((sum l)^2 + sum u).

    Parameters
    ----------
    covariance : (m, m)

    Returns
    -------
    (omega, reason) : float, str or None
        NaN with a reason where there are fewer than three items, a loading reaches 1 or the fit does not settle.

    Examples
    --------
    Three items with loading 2 and own variance 4: 36 / (36 + 12).

    >>> omega, reason = omega_of([[8, 4, 4], [4, 8, 4], [4, 4, 8]])
    >>> round(omega, 4), reason
    (0.75, None)
    """
    one = np.asarray(covariance, dtype=float)[None]
    if one.shape[1] < FEWEST:
        return np.nan, "two_items"
    loadings, settled = one_factor(_correlations(one))
    if (np.abs(loadings) >= 1 - CLOSE).any():
        return np.nan, "heywood"
    return (float(_omegas(one, loadings)[0]), None) if settled[0] else (np.nan, "no_fit")


def _correlations(covariances: FloatArray) -> FloatArray:
    """Correlations of many covariance matrices: (b, m, m); 0 where an item does not vary."""
    # Of people drawn anew an item may not vary at all, which rounding can bring below zero.
    variance = np.maximum(np.diagonal(covariances, axis1=1, axis2=2), 0.0)
    sd = np.sqrt(np.where(variance > FLAT * variance.max(axis=1, keepdims=True), variance, 0))
    scale = sd[:, :, None] * sd[:, None, :]
    return np.divide(covariances, scale, out=np.zeros_like(covariances), where=scale > 0)


def one_factor(correlations: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Fit one factor to each of many correlation matrices by minimum residuals.

    One loading after another takes the value that leaves least of the correlations of its item, at most 1 either way;
    sums of squares can only fall.

    Parameters
    ----------
    correlations : (b, m, m)

    Returns
    -------
    (loadings, settled) : (b, m) float, (b,) bool

    Examples
    --------
    Correlations .72, .63 and .56 are those of loadings .9, .8 and .7:

    >>> loadings, settled = one_factor(np.array([[[1, 0.72, 0.63], [0.72, 1, 0.56], [0.63, 0.56, 1]]]))
    >>> np.abs(loadings).round(4).tolist(), settled.tolist()
    ([[0.9, 0.8, 0.7]], [True])
    """
    m = correlations.shape[1]
    off = correlations * (1 - np.eye(m))
    values, vectors = np.linalg.eigh(correlations)
    loadings = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1:], 0))
    active = np.arange(len(off))
    for _ in range(SWEEPS):
        old, now = loadings[active], loadings[active]
        for item in range(m):
            now[:, item] = _best(off[active, item], now, item)
        loadings[active] = now
        active = active[np.abs(now - old).max(axis=1) > CLOSE]
        if not len(active):
            break
    return loadings, ~np.isin(np.arange(len(off)), active)


def _best(row: FloatArray, loadings: FloatArray, item: int) -> FloatArray:
    """Return the loading of one item that leaves least of its correlations, given the others."""
    room = (loadings**2).sum(axis=1) - loadings[:, item] ** 2
    told = np.einsum("bj,bj->b", row, loadings)
    return np.clip(np.divide(told, room, out=np.zeros_like(told), where=room > 0), -1, 1)


def _omegas(covariances: FloatArray, loadings: FloatArray) -> FloatArray:
    # Of people drawn anew an item may not vary at all, which rounding can bring below zero.
    variance = np.maximum(np.diagonal(covariances, axis1=1, axis2=2), 0.0)
    common = (np.sqrt(variance) * loadings).sum(axis=1) ** 2
    own = (variance * (1 - loadings**2)).sum(axis=1)
    total = common + own
    return np.divide(common, total, out=np.full_like(total, np.nan), where=total > 0)


def _omega_interval(
    values: FloatArray, seed: int | np.random.SeedSequence, draws: int, level: float
) -> tuple[float, float, Reason | None]:
    """Percentiles of omega over people drawn anew; loadings that reach 1 stay there, so that no draw is lost."""
    found = np.concatenate(
        [_omegas(part, one_factor(_correlations(part))[0]) for part in _redrawn(values, seed, draws)]
    )
    found = found[np.isfinite(found)]
    if len(found) < draws / 2:
        return np.nan, np.nan, "few_draws"
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high), None


def _redrawn(values: FloatArray, seed: int | np.random.SeedSequence, draws: int) -> Iterator[FloatArray]:
    """Covariances of people drawn anew, in blocks: (b, m, m)."""
    n, m = values.shape
    centred = values - values.mean(axis=0)
    products = (centred[:, :, None] * centred[:, None, :]).reshape(n, m * m)
    source = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    rng = np.random.default_rng(source)
    for start in range(0, draws, BLOCK):
        weight = rng.multinomial(n, np.full(n, 1 / n), size=min(BLOCK, draws - start)) / n
        mean = weight @ centred
        second = (weight @ products).reshape(-1, m, m)
        yield (second - mean[:, :, None] * mean[:, None, :]) * n / (n - 1)
