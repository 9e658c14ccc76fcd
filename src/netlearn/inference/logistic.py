"""Logistic regression over the cells of a network, and its permutation draws: double semi-partialling, y relabelled.

Sources: Dekker, Krackhardt & Snijders (2007), Psychometrika 72, for double semi-partialling; Albert & Anderson (1984),
Biometrika 71, for when a logit has no estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, xlogy

from netlearn.errors import NetlearnError
from netlearn.study.cells import read_only

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
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


def logistic_fit(y: FloatArray, X: FloatArray, mask: BoolArray) -> LogisticFit:
    """Fit the log odds of a tie by maximum likelihood.

    Parameters
    ----------
    y : (n, n) 0/1
        Ties; row names column.
    X : (q, n, n) float
        Predictors, the intercept (a plane of ones) first.
    mask : (n, n) bool
        The cells that count; each holds a known outcome and known predictors.

    Returns
    -------
    LogisticFit
        NaN coefficients under separation.

    Raises
    ------
    NetlearnError
        The outcome is not 0/1, or a predictor is a combination of those before it.

    Examples
    --------
    Of the cells with x = 0 a half are ties, of those with x = 1 three quarters: log odds 0 and log 3.

    >>> y = np.array([[9, 1, 0, 1], [0, 9, 1, 1], [1, 0, 9, 1], [0, 0, 1, 9.]])
    >>> x = np.array([[9, 0, 0, 0], [0, 9, 0, 1], [0, 0, 9, 1], [0, 1, 1, 9.]])
    >>> fit = logistic_fit(y, np.array([np.ones((4, 4)), x]), ~np.eye(4, dtype=bool))
    >>> np.allclose(fit.coef, [0, np.log(3)])
    True
    """
    return fit_cells(y[mask], X[:, mask])


def fit_cells(y: FloatArray, planes: FloatArray) -> LogisticFit:
    """Fit a logit to cells in a row: y (m,), planes (q, m). See `logistic_fit`."""
    check_cells(y, planes)
    scale = np.sqrt((planes**2).mean(axis=1))
    even = planes / scale[:, None]  # so that one tolerance fits every predictor
    beta = _start(y, even)
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


def _start(y: FloatArray, planes: FloatArray) -> FloatArray:
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


@dataclass(frozen=True, eq=False)
class SemiPartial:
    """What double semi-partialling needs in every draw, made once by `semi_partial`; calling it gives z: (R, q).

    Attributes
    ----------
    y : (m,) float
        Outcome of the cells.
    planes : (q, m) float
        Predictors of the cells.
    residuals : (q, n, n) float
        Residual of each predictor on the others, 0 outside the cells.
    i, j : (m,) int
        Sender and receiver of the cells.
    observed : (n, n) bool
    starts : (q, q) float
        Row k: coefficients without predictor k.
    """

    y: FloatArray
    planes: FloatArray
    residuals: FloatArray
    i: IntArray
    j: IntArray
    observed: BoolArray
    starts: FloatArray

    def __call__(self, relabellings: IntArray) -> FloatArray:
        """Return z of each predictor in each draw from (R, n) relabellings: (R, q)."""
        from netlearn.inference import kernels_logistic as kernels

        return np.asarray(
            kernels.semi_partial(
                self.y,
                self.planes,
                self.residuals,
                self.i,
                self.j,
                self.observed,
                _orders(relabellings),
                self.starts,
            )
        )


def semi_partial(y: FloatArray, X: FloatArray, mask: BoolArray, *, directed: bool = True) -> SemiPartial:
    """Make the draws of `logistic_dsp` ready, to be called block by block. Arguments and errors are the same."""
    observed, i, j = _cells(mask, directed)
    seen, planes = y[i, j].astype(float), np.ascontiguousarray(X[:, i, j], dtype=float)
    check_cells(seen, planes)
    q, n = len(planes), len(observed)
    residuals, starts = np.zeros((q, n, n)), np.zeros((q, q))
    for k in range(q):
        others = np.arange(q) != k
        residuals[k, i, j] = _residual(planes[k], planes[others])
        if not directed:
            residuals[k, j, i] = residuals[k, i, j]
        starts[k, others] = _warm(seen, planes[others])
    return SemiPartial(seen, planes, residuals, i, j, observed, starts)


def logistic_dsp(
    y: FloatArray, X: FloatArray, mask: BoolArray, relabellings: IntArray, *, directed: bool = True
) -> FloatArray:
    """Double semi-partialling: z of each predictor with its relabelled residual in its place.

    The residual of X_k on the other predictors (least squares over the cells of `mask`) has its rows and columns
    relabelled jointly and takes the place of X_k; the logit is fitted again and z = coefficient / standard error is
    the pivot. A cell counts where it is observed before and after relabelling.

    Parameters
    ----------
    y : (n, n) 0/1
    X : (q, n, n) float
        The intercept first; its residual is relabelled too.
    mask : (n, n) bool
        If undirected the upper triangle is enough.
    relabellings : (R, n) int
        Row r: who takes the place of each person; the same for every predictor.
    directed : bool
        If False, y and X are symmetric, every pair counts once, and a pair is observed if its cell is in either
        triangle of `mask`.

    Returns
    -------
    (R, q) float
        NaN where the draw has no finite estimate; it counts as extreme.

    Raises
    ------
    NetlearnError
        As `logistic_fit`.

    Examples
    --------
    With nobody relabelled the residual stands where the predictor stood, and z is that of the fit:

    >>> rng = np.random.default_rng(1)
    >>> y, x = (rng.random((2, 9, 9)) < 0.4).astype(float)
    >>> X, mask = np.array([np.ones((9, 9)), x]), ~np.eye(9, dtype=bool)
    >>> z = logistic_dsp(y, X, mask, np.arange(9)[None])
    >>> bool(np.isclose(z[0, 1], logistic_fit(y, X, mask).z[1]))
    True
    """
    return semi_partial(y, X, mask, directed=directed)(relabellings)


@dataclass(frozen=True, eq=False)
class Relabelled:
    """What the draws with a relabelled outcome need, made once by `relabelled`; calling it gives z: (R, q).

    Attributes
    ----------
    ties : (n, n) float
        0 outside the observed cells.
    planes, i, j, observed
        As in `SemiPartial`.
    """

    ties: FloatArray
    planes: FloatArray
    i: IntArray
    j: IntArray
    observed: BoolArray

    def __call__(self, relabellings: IntArray) -> FloatArray:
        """Return z of each predictor in each draw from (R, n) relabellings: (R, q)."""
        from netlearn.inference import kernels_logistic as kernels

        start = _start(self.ties[self.i, self.j], self.planes)
        return np.asarray(
            kernels.y_permuted(
                self.ties, self.planes, self.i, self.j, self.observed, _orders(relabellings), start
            )
        )


def relabelled(y: FloatArray, X: FloatArray, mask: BoolArray, *, directed: bool = True) -> Relabelled:
    """Make the draws of `logistic_y_permutation` ready, to be called block by block."""
    observed, i, j = _cells(mask, directed)
    planes = np.ascontiguousarray(X[:, i, j], dtype=float)
    check_cells(y[i, j], planes)
    ties = np.zeros(observed.shape)
    ties[i, j] = y[i, j]
    if not directed:
        ties[j, i] = y[i, j]
    return Relabelled(ties, planes, i, j, observed)


def logistic_y_permutation(
    y: FloatArray, X: FloatArray, mask: BoolArray, relabellings: IntArray, *, directed: bool = True
) -> FloatArray:
    """Relabel the outcome and fit again: z of each predictor, (R, q). Arguments and errors as `logistic_dsp`."""
    return relabelled(y, X, mask, directed=directed)(relabellings)


def _orders(relabellings: IntArray) -> IntArray:
    return np.ascontiguousarray(relabellings, dtype=np.int64)


def _cells(mask: BoolArray, directed: bool) -> tuple[BoolArray, IntArray, IntArray]:
    """Return the mask to relabel, and sender and receiver of the cells that count."""
    observed = np.array(mask, dtype=bool)
    np.fill_diagonal(observed, False)
    if not directed:
        observed |= observed.T
    i, j = np.nonzero(observed if directed else np.triu(observed))
    return observed, i, j


def _residual(x: FloatArray, others: FloatArray) -> FloatArray:
    if not len(others):
        return x
    return x - np.linalg.lstsq(others.T, x, rcond=None)[0] @ others


def _warm(y: FloatArray, others: FloatArray) -> FloatArray:
    """Coefficients without one predictor, from which most draws are a few steps away; 0 if there are none."""
    if not len(others):
        return np.zeros(0)
    found = fit_cells(y, others)
    return found.coef if found.converged else np.zeros(len(others))
