"""Logistic regression over cells in a row, by Newton's method; what has no finite estimate is named.

Source: Albert & Anderson (1984), Biometrika 71, for when a logit has no estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, xlogy

from netlearn.errors import NetlearnError
from netlearn.inference.cell_terms import COLLINEAR
from netlearn.study.cells import read_only

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
RUNS_OFF = 1e-3  # of a Newton step, where the predictors have mean square 1


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
    from netlearn.inference import kernels_logistic as kernels

    check_cells(y, planes)
    q, seen = len(planes), np.ascontiguousarray(y, dtype=float)
    scale = np.sqrt((planes**2).mean(axis=1))
    even = planes / scale[:, None]  # so that one tolerance fits every predictor
    step, hessian, work = np.empty(q), np.empty((q, q)), np.empty((5, kernels.CHUNK))
    beta, found = kernels.refit(even, seen, len(seen), start_of(seen, even), step, hessian, work)
    eta = beta @ even
    deviance = float(2 * (np.logaddexp(0, eta).sum() - seen @ eta))
    share = seen.mean()
    null = float(-2 * (xlogy(seen.sum(), share) + xlogy((1 - seen).sum(), 1 - share)))
    if not found:
        nothing = read_only(np.full(q, np.nan), float)
        gone = read_only(~(np.abs(step) <= RUNS_OFF), bool)
        return LogisticFit(nothing, nothing, nothing, deviance, null, False, gone)
    p = expit(eta)
    se = np.sqrt(np.diag(np.linalg.inv((even * (p * (1 - p))) @ even.T)))
    coef, error, z = (read_only(values, float) for values in (beta / scale, se / scale, beta / se))
    return LogisticFit(coef, error, z, deviance, null, True, read_only(np.zeros(q), bool))


def check_cells(y: FloatArray, planes: FloatArray) -> None:
    """Refuse outcomes that are not 0/1, and predictors that are missing or collinear, by their number."""
    if not np.isin(y, (0, 1)).all():
        raise NetlearnError("a logit needs an outcome of 0 and 1 in every cell that counts.")
    if not np.isfinite(planes).all():
        raise NetlearnError("a predictor is missing in a cell that counts; leave the cell out of the mask.")
    found = dependent(planes)
    if found is not None:
        raise NetlearnError(f"predictor {found} is a combination of those before it; leave one of them out.")


def dependent(planes: FloatArray) -> int | None:
    """Return the number of the first predictor (row of (q, m)) that the rows before it make up; None if there is none.

    As in the linear regression on matrices: the others must leave a share of its variance (of its squares, where no
    intercept comes first).

    Examples
    --------
    >>> dependent(np.array([[1.0, 1, 1], [0, 1, 0], [3, 4, 3]]))
    2
    """
    if planes.shape[1] < len(planes):
        return planes.shape[1]
    rest = planes.astype(float)
    if (planes[0] == planes[0, 0]).all():
        rest[1:] -= planes[1:].mean(axis=1, keepdims=True)
    size = np.sqrt((rest**2).mean(axis=1))
    flat = size <= 1e-12 * np.abs(planes).max(axis=1)
    left = (
        np.diag(np.linalg.qr((rest / np.where(flat, 1.0, size)[:, None]).T, mode="r")) ** 2 / planes.shape[1]
    )
    gone = flat | (left < COLLINEAR)
    return int(np.argmax(gone)) if gone.any() else None


def start_of(y: FloatArray, planes: FloatArray) -> FloatArray:
    """Start with the same chance everywhere (kept off 0 and 1), or with 0 if no intercept comes first."""
    beta = np.zeros(len(planes))
    if (planes[0] == planes[0, 0]).all():
        beta[0] = logit((y.sum() + 0.5) / (len(y) + 1)) / planes[0, 0]
    return beta
