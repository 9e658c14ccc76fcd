"""Whether two things about the same people go together, others held constant: partial correlation by permutation."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import p_interval, p_value, rearranged
from netlearn.inference.rearrange import Relabel
from netlearn.outcomes.paired import level
from netlearn.study.planned import Alternative
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Kind = Literal["pearson", "spearman"]
LEAST_DF = 1  # people less covariates less 3: below 1 there is no interval


@dataclass(frozen=True, eq=False)
class PartialAssociation(Shown):
    """How two values of the same people go together, given covariates.

    Attributes
    ----------
    kind : "pearson" or "spearman"
        Of values or of ranks.
    estimate, low, high : float
        Partial correlation, -1 to 1, with its interval by Fisher's z; NaN where the covariates leave nothing to go
        together.
    p_value : float
        Of the permutation of residuals.
    p_low, p_high : float
        95 % interval of the p for the luck of the draws.
    draws : int
    exact : bool
        Every rearrangement was computed.
    smallest_p : float
        Smallest p with these draws.
    n, n_covariates : int
        People with all values; columns that the covariates and groups take, the constant not counted.
    within : bool
        Residuals were moved within groups only.
    """

    kind: Kind
    estimate: float
    low: float
    high: float
    p_value: float
    p_low: float
    p_high: float
    draws: int
    exact: bool
    smallest_p: float
    n: int
    n_covariates: int
    within: bool


def partial_association(
    x: ArrayLike,
    y: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    groups: ArrayLike | None = None,
    kind: Kind = "pearson",
    draws: int = 1999,
    seed: int | np.random.SeedSequence = 0,
    workers: Workers = 1,
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
) -> PartialAssociation:
    """Correlate what covariates leave of two values, and test it by moving the residuals of one among people.

    Parameters
    ----------
    x, y : (n,) float
        NaN where missing: such people are left out.
    covariates : (n,) or (n, k) float, optional
        Values that are held constant.
    groups : (n,), optional
        Departments: people are compared within them only, and residuals move within them only.
    kind : "pearson" or "spearman"
        "spearman" puts ranks in the place of all values.
    draws : int
        At most so many rearrangements; if there are no more, all of them.
    seed : int or SeedSequence
    workers : int or str
        Changes no number.
    alternative : "two-sided", "greater" or "less"
        One-sided intervals have level 1 - 2 alpha.
    alpha : float

    Returns
    -------
    PartialAssociation

    Raises
    ------
    NetlearnError
        Shapes that do not fit; unknown kind or alternative.

    Notes
    -----
    Freedman & Lane (1983), Journal of Business & Economic Statistics 1: y is fitted on the covariates, its residuals
    are permuted and added to the fit, and the partial correlation is computed again. Interval: Fisher's z with variance
    1 / (n - 3 - k); times 1 + r^2 / 2 for ranks (Bonett & Wright 2000, Psychometrika 65).

    Examples
    --------
    Without covariates, of 24 orders of y only this one and its mirror image are as extreme:

    >>> found = partial_association([1, 2, 3, 4], [2, 4, 6, 8])
    >>> round(found.estimate, 6), found.exact, round(found.p_value, 4)
    (1.0, True, 0.0833)
    """
    kept = level(alternative, alpha)
    if kind not in get_args(Kind):
        raise NetlearnError(f"kind must be pearson or spearman; got {kind!r}.")
    first, second, held, stratum = _complete(x, y, covariates, groups)
    if kind == "spearman":
        first, second = stats.rankdata(first), stats.rankdata(second)
        held = np.apply_along_axis(stats.rankdata, 0, held) if held.size else held
    basis = _basis(held, stratum)
    n, k = len(first), max(basis.shape[1] - 1, 0)
    rest = [value - basis @ (basis.T @ value) for value in (first, second)]
    counted, none = (n, k, groups is not None), np.nan
    if n - k < 3 or any(_nothing(part, of) for part, of in zip(rest, (first, second), strict=True)):
        return PartialAssociation(kind, none, none, none, none, none, none, 0, False, none, *counted)
    statistic = _Moved(rest[0], rest[1], basis)
    observed = float(statistic(np.arange(n)[None])[0])
    values, exact = rearranged(Relabel(stratum), statistic, draws, seed, workers=workers)
    p = p_value(observed, values, alternative, exact)
    most = {"greater": values.max(), "less": values.min()}.get(alternative, np.abs(values).max())
    least = p_value(float(most), values, alternative, exact) if exact else 1 / (1 + len(values))
    ends = _fisher(observed, n - 3 - k, kind, kept)
    return PartialAssociation(
        kind, observed, *ends, p, *p_interval(p, len(values), exact), len(values), exact, least, *counted
    )


def _complete(
    x: ArrayLike, y: ArrayLike, covariates: ArrayLike | None, groups: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray, IntArray]:
    """Keep people with all values; a group becomes a number."""
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    n = len(first)
    held = np.zeros((n, 0)) if covariates is None else np.asarray(covariates, dtype=float).reshape(n, -1)
    names = np.zeros(n, np.int64) if groups is None else np.asarray(groups)
    if first.ndim != 1 or second.shape != first.shape or names.shape != first.shape:
        raise NetlearnError("give x, y, covariates and groups with one row per person, in the same order.")
    whole = np.isfinite(first) & np.isfinite(second) & np.isfinite(held).all(axis=1)
    stratum = np.unique(names[whole], return_inverse=True)[1]
    return first[whole], second[whole], held[whole], stratum.astype(np.int64)


def _basis(held: FloatArray, stratum: IntArray) -> FloatArray:
    """Return orthonormal columns that span the groups (or the constant) and the covariates, none of them twice."""
    own = (stratum[:, None] == np.unique(stratum)).astype(float)
    centre = held - held.mean(axis=0) if len(held) else held
    size = np.linalg.norm(centre, axis=0)
    columns = np.hstack([own, np.divide(centre, size, out=np.zeros_like(centre), where=size > 1e-12)])
    left, strength, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, strength > 1e-9], dtype=float)


@dataclass(frozen=True, eq=False)
class _Moved:
    """Partial correlation when the residuals of y have changed places: (R, n) -> (R,)."""

    x: FloatArray
    y: FloatArray
    basis: FloatArray

    def __call__(self, places: IntArray) -> FloatArray:
        moved = self.y[places]
        moved = moved - (moved @ self.basis) @ self.basis.T
        size = np.linalg.norm(moved, axis=1) * np.linalg.norm(self.x)
        return np.divide(moved @ self.x, size, out=np.full(len(moved), np.nan), where=size > 1e-12)


def _nothing(rest: FloatArray, of: FloatArray) -> bool:
    return bool(np.linalg.norm(rest) <= 1e-9 * max(float(np.linalg.norm(of)), 1.0))


def _fisher(r: float, df: int, kind: Kind, kept: float) -> tuple[float, float]:
    if df < LEAST_DF or abs(r) >= 1 - 1e-12:
        return np.nan, np.nan
    spread = sqrt((1 + r**2 / 2 if kind == "spearman" else 1) / df)
    half = float(stats.norm.ppf((1 + kept) / 2)) * spread
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))
