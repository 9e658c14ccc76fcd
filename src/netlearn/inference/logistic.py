"""Logistic regression over the cells of a network, and its permutation draws: double semi-partialling, y relabelled.

Source: Dekker, Krackhardt & Snijders (2007), Psychometrika 72, for double semi-partialling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.logit import LogisticFit, check_cells, fit_cells, start_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


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
    """Make double semi-partialling ready, to be called block by block.

    The residual of X_k on the other predictors (least squares over the cells of `mask`) has its rows and columns
    relabelled jointly and takes the place of X_k; the logit is fitted again and z = coefficient / standard error is
    the pivot. A cell counts where it is observed before and after relabelling. A draw without a finite estimate is NaN
    and counts as extreme.

    Parameters
    ----------
    y : (n, n) 0/1
    X : (q, n, n) float
        The intercept first; its residual is relabelled too.
    mask : (n, n) bool
        If undirected the upper triangle is enough.
    directed : bool
        If False, y and X are symmetric, every pair counts once, and a pair is observed if its cell is in either
        triangle of `mask`.

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
    >>> z = semi_partial(y, X, mask)(np.arange(9)[None])
    >>> bool(np.isclose(z[0, 1], logistic_fit(y, X, mask).z[1]))
    True
    """
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

        start = start_of(self.ties[self.i, self.j], self.planes)
        return np.asarray(
            kernels.y_permuted(
                self.ties, self.planes, self.i, self.j, self.observed, _orders(relabellings), start
            )
        )


def relabelled(y: FloatArray, X: FloatArray, mask: BoolArray, *, directed: bool = True) -> Relabelled:
    """Make the fits of a relabelled outcome ready, to be called block by block; arguments as `semi_partial`."""
    observed, i, j = _cells(mask, directed)
    planes = np.ascontiguousarray(X[:, i, j], dtype=float)
    check_cells(y[i, j], planes)
    ties = np.zeros(observed.shape)
    ties[i, j] = y[i, j]
    if not directed:
        ties[j, i] = y[i, j]
    return Relabelled(ties, planes, i, j, observed)


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
