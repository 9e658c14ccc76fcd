"""Regression over the cells of a network with standard errors that know that cells share people.

Sources: Fafchamps & Gubert (2007), Journal of Development Economics 83; Aronow, Samii & Assenova (2015), Political
Analysis 23; Cameron & Miller (2014). Small samples: coefficients without each person in turn, as in the variance
estimators of Bell & McCaffrey (2002), Survey Methodology 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.dyadic import Rung, person_variance, rung, satterthwaite
from netlearn.inference.logit import dependent, fit_cells
from netlearn.inference.matrices import refuse_asymmetric
from netlearn.study.cells import add_up
from netlearn.study.told import Told
from netlearn.wording import regression as words

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Family = Literal["linear", "logistic"]
INTERCEPT = "(intercept)"


@dataclass(frozen=True, eq=False, repr=False)
class DyadicRegression(Told):
    """A regression over cells.

    Attributes
    ----------
    table : DataFrame
        term, estimate, se, df, low, high, t, p_value; the intercept first. Estimates are in units of y ("linear") or
        log odds ("logistic"). NaN where there is no finite estimate or nothing varies.
    family : "linear" or "logistic"
    level : float
        Of the intervals: as asked for, or 2 level - 1 where the question is one-sided.
    n_people, n_dyads, n_cells : int
        People with a cell of their own, unordered pairs, cells.
    separated : tuple of str
        Terms whose log odds run off to infinity; then no term has an estimate.
    """

    words = staticmethod(words.regression)

    table: pd.DataFrame
    family: Family
    level: float
    n_people: int
    n_dyads: int
    n_cells: int
    separated: tuple[str, ...] = ()

    def term(self, name: str) -> pd.Series:
        """Return the row of one term."""
        if name not in set(self.table["term"]):
            raise NetlearnError(f"no term {name!r}; there are {', '.join(self.table['term'])}.")
        return self.table.iloc[self.table["term"].tolist().index(name)]


def dyadic_regression(
    y: ArrayLike,
    predictors: Mapping[str, ArrayLike],
    *,
    directed: bool = True,
    level: float = 0.95,
    family: Family = "linear",
    alternative: str = "two-sided",
) -> DyadicRegression:
    """Regress a matrix on others; two cells are taken to be related whenever they share a person.

    Parameters
    ----------
    y : (n, n) float
        Row names column; NaN = not observed (undirected: in both cells of a pair). 0/1 for the logit. The diagonal does
        not count.
    predictors : mapping name -> (n, n) float
        NaN = not known. A cell counts where y and all predictors are known. An intercept is added.
    directed : bool
        If False matrices are symmetric and every pair counts once.
    level : float
        Of the intervals; one-sided: 2 level - 1, so that they exclude 0 when p <= 1 - level.
    family : "linear" or "logistic"
        Least squares, or log odds by maximum likelihood.
    alternative : "two-sided", "greater" or "less"

    Returns
    -------
    DyadicRegression

    Raises
    ------
    NetlearnError
        Shapes differ, a predictor is a combination of others (it is named), y is not 0/1 for the logit, an undirected
        matrix differs between its triangles or is known in one of them only.
    UndefinedError
        No cell is observed.

    Notes
    -----
    The score of a cell (predictors x residual) times the inverse of X'X (of X'WX) is its influence; influences are
    added to pairs r_d and to people S_i. The variance of a coefficient is V = sum_i S_i^2 - sum_d r_d^2, never below
    sum_d r_d^2. Where few people carry a predictor their S_i are too small, because the fit follows them; so V is
    multiplied by sum_i L_i^2 / sum_i S_i^2, L_i the change of the coefficient when person i leaves. A term that cannot
    be estimated without some person has no standard error. With no predictor the correction is that of
    `netlearn.compare`.

    Examples
    --------
    Ties are there in a half of the cells where the two have not met and in all where they have:

    >>> met = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0.]])
    >>> y = np.array([[0, 1, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1], [1, 0, 1, 0.]])
    >>> dyadic_regression(y, {"met": met}).table["estimate"].round(6).tolist()
    [0.5, 0.5]
    """
    _check(level, family, alternative)
    names, target, planes, i, j = _cells(y, predictors, directed)
    n = len(np.asarray(y))
    found = dependent(planes)
    if found is not None:
        raise NetlearnError(
            f"{names[found]!r} is a combination of the terms before it; leave one of them out."
        )
    beta, weight, rest, separated = _fit(target, planes, family)
    people = np.unique(i if directed else np.concatenate([i, j]))
    pair = pair_of(i, j, n)
    size = (len(people), int(pair.max()) + 1)
    rows = []
    left = _left_out(planes, weight, rest, i, j, n) if len(names) > 1 else None
    influence = np.linalg.solve((planes * weight) @ planes.T, planes) * rest
    for k, name in enumerate(names):
        sums, dyads = _to_people(influence[k], i, j, n), float((np.bincount(pair, influence[k]) ** 2).sum())
        variance, df = (
            person_variance(sums, dyads, *size)
            if left is None
            else left_out_variance(left[:, k], sums, dyads, *size, len(names))
        )
        rows.append(_row(name, rung("person", beta[k], variance, len(people), 1 - level, alternative, df)))
    named = tuple(name for name, gone in zip(names, separated, strict=True) if gone)
    told = level if alternative == "two-sided" else 1 - 2 * (1 - level)
    return DyadicRegression(pd.DataFrame(rows), family, told, *size, len(i), named)


def left_out_variance(
    left: FloatArray, sums: FloatArray, dyads: float, n_people: int, n_dyads: int, n_terms: int
) -> tuple[float, float]:
    """Dyadic-robust variance corrected by what the estimate loses with each person, and its degrees of freedom.

    Parameters
    ----------
    left : (n,) float
        Estimate minus the estimate without each person; NaN if it is undefined without some person.
    sums : (n,) float
        Sum of the influence of the pairs that hold each person.
    dyads : float
        Sum of the squared influence of the pairs.
    n_people, n_dyads, n_terms : int
        Terms with the intercept.

    Returns
    -------
    variance : float
        max((sum S^2 - dyads) sum L^2 / sum S^2, dyads); NaN if a `left` is.
    df : float
        As in `person_variance`, from the L_i; n_dyads - n_terms where the pairs' part rules.

    Examples
    --------
    >>> left_out_variance(np.full(8, 2.5), np.full(8, 2.0), 16.0, 8, 28, 2)  # (32 - 16) 50 / 32
    (25.0, 7.0)
    """
    squares, plain = float((left**2).sum()), float((sums**2).sum())
    if np.isnan(squares):
        return np.nan, n_people - 1.0
    people = (plain - dyads) * squares / plain if plain > 0 else 0.0
    if not people > dyads:
        return dyads, float(n_dyads - n_terms)
    return people, satterthwaite(left, n_people)


def pair_of(i: IntArray, j: IntArray, n: int) -> IntArray:
    """Give each cell the number of its pair of people: (m,), 0, 1, … in use.

    Examples
    --------
    >>> pair_of(np.array([0, 1, 1]), np.array([1, 0, 2]), 3).tolist()
    [0, 0, 1]
    """
    code = np.minimum(i, j) * n + np.maximum(i, j)
    used = np.zeros(n * n, bool)
    used[code] = True
    return (np.cumsum(used) - 1)[code]


def n_pairs(i: IntArray, j: IntArray, n: int) -> int:
    """Count the unordered pairs among cells."""
    return int(pair_of(i, j, n).max(initial=-1)) + 1


def _check(level: float, family: str, alternative: str) -> None:
    if family not in get_args(Family):
        raise NetlearnError(f"family must be linear or logistic; got {family!r}.")
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    least = 0.0 if alternative == "two-sided" else 0.5
    if not least < level < 1:
        raise NetlearnError(f"level must lie between {least} and 1; got {level!r}.")


def _cells(
    y: ArrayLike, predictors: Mapping[str, ArrayLike], directed: bool
) -> tuple[list[str], FloatArray, FloatArray, IntArray, IntArray]:
    """Names, outcome (m,), predictors (q, m), senders and receivers of the cells where everything is known."""
    given = {"y": y, **predictors}
    if len(given) != len(predictors) + 1 or INTERCEPT in predictors:
        raise NetlearnError(f"no predictor may be called 'y' or {INTERCEPT!r}.")
    matrices = {name: np.asarray(values, dtype=float) for name, values in given.items()}
    shape = matrices["y"].shape
    for name, values in matrices.items():
        if values.ndim != 2 or values.shape != shape or shape[0] != shape[1]:
            raise NetlearnError(f"{name!r} has shape {values.shape}; all must be square and of one size.")
        if not directed:
            refuse_asymmetric(f"{name!r}", values)
    known = ~np.isnan(list(matrices.values())).any(axis=0) & ~np.eye(shape[0], dtype=bool)
    i, j = np.nonzero(known if directed else np.triu(known))
    if not len(i):
        raise UndefinedError("there is no cell in which y and every predictor are known.")
    target = matrices.pop("y")[i, j]
    planes = np.array([np.ones(len(i)), *(values[i, j] for values in matrices.values())])
    return [INTERCEPT, *matrices], target, planes, i, j


def _fit(
    y: FloatArray, planes: FloatArray, family: Family
) -> tuple[FloatArray, FloatArray, FloatArray, NDArray[np.bool_]]:
    """Coefficients (q,), weight and residual of each cell (m,), and which coefficients run off (q,)."""
    if family == "logistic":
        fit = fit_cells(y, planes)
        if not fit.converged:
            return fit.coef, np.ones(len(y)), np.full(len(y), np.nan), fit.separated
        p = expit(fit.coef @ planes)
        return fit.coef, p * (1 - p), y - p, fit.separated
    beta = np.asarray(np.linalg.lstsq(planes.T, y, rcond=None)[0], dtype=float)
    rest = y - beta @ planes
    # What least squares leaves of a perfect fit is rounding, not variation.
    rest[np.abs(rest) < 1e-12 * np.abs(y).max()] = 0.0
    return beta, np.ones(len(y)), rest, np.zeros(len(planes), bool)


def _left_out(
    planes: FloatArray, weight: FloatArray, rest: FloatArray, i: IntArray, j: IntArray, n: int
) -> FloatArray:
    """Coefficients minus those without each person (after a single Newton step for the logit): (n, q).

    NaN for the terms that cannot be estimated without some person.
    """
    q = len(planes)
    scale = np.sqrt(weight @ planes.T**2)
    even = planes / scale[:, None]
    whole = (even * weight) @ even.T
    own, scores = np.empty((n, q, q)), np.empty((n, q))
    for a in range(q):
        scores[:, a] = _to_people(even[a] * rest, i, j, n)
        for b in range(a + 1):
            own[:, a, b] = own[:, b, a] = _to_people(weight * even[a] * even[b], i, j, n)
    values, vectors = np.linalg.eigh(whole - own)
    lost = values < 1e-9 * np.linalg.eigvalsh(whole)[0]
    turned = np.einsum("nab,na->nb", vectors, scores) / np.where(lost, np.inf, values)
    left = np.einsum("nab,nb->na", vectors, turned)
    left[((np.abs(vectors) > 1e-6) & lost[:, None, :]).any(axis=2)] = np.nan
    return left / scale


def _to_people(values: FloatArray, i: IntArray, j: IntArray, n: int) -> FloatArray:
    return add_up(i, values, n) + add_up(j, values, n)


def _row(name: str, found: Rung) -> dict[str, float | str]:
    told = {key: getattr(found, key) for key in ("estimate", "se", "df", "low", "high")}
    t = found.estimate / found.se if found.se > 0 else np.nan
    return {"term": name, **told, "t": t, "p_value": found.p_value}
