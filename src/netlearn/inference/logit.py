"""Logistic regression over cells in a row, by Newton's method; what has no finite estimate is named.

Source: Albert & Anderson (1984), Biometrika 71, for when a logit has no estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, xlogy

from netlearn.errors import NetlearnError
from netlearn.study.cells import read_only

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
STEPS = 60


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """A fitted logit.

    Attributes
    ----------
    coef, se, z : (q,) float
        Log odds per unit of each predictor, standard error for independent cells, their ratio. NaN if not converged.
    deviance, null_deviance : float
        -2 log likelihood of the fit, and of the same chance for every cell.
    converged : bool
        False if there is no finite estimate: some combination of predictors tells ties from non-ties without error.
    separated : (q,) bool
        The predictors whose coefficients run off to infinity; none if converged.
    """

    coef: FloatArray
    se: FloatArray
    z: FloatArray
    deviance: float
    null_deviance: float
    converged: bool
    separated: BoolArray


def fit_cells(y: FloatArray, planes: FloatArray) -> LogisticFit:
    """Fit a logit to cells in a row: y (m,) 0/1, planes (q, m) with the intercept first; else as `logistic_fit`."""
    check_cells(y, planes)
    scale = np.sqrt((planes**2).mean(axis=1))
    even = planes / scale[:, None]  # so that one tolerance fits every predictor
    beta = start_of(y, even)
    deviance = _deviance(y, beta @ even)
    step = np.full(len(even), np.inf)
    converged = False
    for _ in range(STEPS):
        p = expit(beta @ even)
        gradient, hessian = even @ (y - p), (even * (p * (1 - p))) @ even.T
        if not _regular(hessian):
            break
        step = np.linalg.solve(hessian, gradient)
        beta, deviance = _walk(y, even, beta, step, deviance)
        # The error after a Newton step is about the square of the step.
        if np.abs(step).max() <= 1e-8:
            converged = True
            break
    return _result(y, planes, beta / scale, step, deviance, converged)


def check_cells(y: FloatArray, planes: FloatArray) -> None:
    """Refuse outcomes that are not 0/1, and predictors that are missing or collinear, by their number."""
    if not np.isin(y, (0, 1)).all():
        raise NetlearnError("a logit needs an outcome of 0 and 1 in every cell that counts.")
    if not np.isfinite(planes).all():
        raise NetlearnError("a predictor is missing in a cell that counts; leave the cell out of the mask.")
    if not (planes != 0).any(axis=1).all():
        empty = int(np.argmin((planes != 0).any(axis=1)))
        raise NetlearnError(f"predictor {empty} is 0 in every cell that counts; leave it out.")
    found = dependent(planes)
    if found is not None:
        raise NetlearnError(f"predictor {found} is a combination of those before it; leave one of them out.")


def dependent(planes: FloatArray) -> int | None:
    """Return the number of the first predictor (row of (q, m)) that the rows before it make up; None if there is none.

    Examples
    --------
    >>> dependent(np.array([[1.0, 1, 1], [0, 1, 0], [3, 4, 3]]))
    2
    """
    if planes.shape[1] < len(planes):
        return planes.shape[1]
    size = np.sqrt((planes**2).sum(axis=1))
    even = planes / np.where(size > 0, size, 1)[:, None]
    pivots = np.abs(np.diag(np.linalg.qr(even.T, mode="r")))
    return int(np.argmax(pivots < 1e-9)) if (pivots < 1e-9).any() else None


def start_of(y: FloatArray, planes: FloatArray) -> FloatArray:
    """Start with the same chance everywhere (kept off 0 and 1), or with 0 if no intercept comes first."""
    beta = np.zeros(len(planes))
    if (planes[0] == planes[0, 0]).all():
        beta[0] = logit((y.sum() + 0.5) / (len(y) + 1)) / planes[0, 0]
    return beta


def _deviance(y: FloatArray, eta: FloatArray) -> float:
    return float(2 * (np.logaddexp(0, eta).sum() - y @ eta))


def _walk(
    y: FloatArray, planes: FloatArray, beta: FloatArray, step: FloatArray, deviance: float
) -> tuple[FloatArray, float]:
    """Go the Newton step, or the half, the quarter … of it that does not raise the deviance."""
    for halving in range(30):
        new = beta + step / 2**halving
        found = _deviance(y, new @ planes)
        if found <= deviance * (1 + 1e-12):
            return new, found
    return beta, deviance


def _regular(hessian: FloatArray) -> bool:
    scale = np.sqrt(np.diag(hessian))
    return bool((scale > 0).all() and np.linalg.cond(hessian / np.outer(scale, scale)) < 1e12)


def _result(
    y: FloatArray, planes: FloatArray, beta: FloatArray, step: FloatArray, deviance: float, converged: bool
) -> LogisticFit:
    share = y.mean()
    null = float(-2 * (xlogy(y.sum(), share) + xlogy((1 - y).sum(), 1 - share)))
    if not converged:
        # Under separation the last steps go on along the direction that separates.
        gone = np.abs(step) > 1e-3
        nothing = read_only(np.full(len(beta), np.nan), float)
        return LogisticFit(nothing, nothing, nothing, deviance, null, False, read_only(gone, bool))
    p = expit(beta @ planes)
    se = np.sqrt(np.diag(np.linalg.inv((planes * (p * (1 - p))) @ planes.T)))
    z = read_only(beta / se, float)
    whole = read_only(np.zeros(len(beta)), bool)
    return LogisticFit(read_only(beta, float), read_only(se, float), z, deviance, null, True, whole)
