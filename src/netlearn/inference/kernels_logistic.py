"""Compiled loops of logistic regression over the cells of a network, refitted for every relabelling of its people.

All cells of one predictor lie side by side, so every loop runs over neighbouring numbers; a chunk of cells stays in
the fastest memory while gradient and Hessian are added up. The exponential is written out, because a call to the
library would keep the loop from running on several cells at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.kernels_compiler import compiled

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

CHUNK = 256
TOLERANCE = 1e-7  # of a Newton step, in standard errors: the next step would be below 1e-10
QUICK, CAREFUL = 12, 200  # Newton steps before whole steps are given up, and before the fit is
_ROUND = 1.5 * 2.0**52  # adding it leaves the nearest whole number in the last bits
_LOG2E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10


# Without reassociation: adding and taking away `_ROUND` must not cancel.
@compiled(fastmath={"contract"})
def exponentials(x: FloatArray, turns: FloatArray, out: FloatArray) -> None:
    """Write exp(x) to `out`; all (m,), x within -700 to 700. `turns` is scratch. Relative error below 1e-13."""
    for c in range(len(x)):
        turns[c] = x[c] * _LOG2E + _ROUND
        whole = turns[c] - _ROUND
        r = (x[c] - whole * _LN2_HIGH) - whole * _LN2_LOW
        s = 1 / 39916800
        s = s * r + 1 / 3628800
        s = s * r + 1 / 362880
        s = s * r + 1 / 40320
        s = s * r + 1 / 5040
        s = s * r + 1 / 720
        s = s * r + 1 / 120
        s = s * r + 1 / 24
        s = s * r + 1 / 6
        s = s * r + 0.5
        s = s * r + 1.0
        out[c] = s * r + 1.0
    exponent, bits = turns.view(np.int64), out.view(np.int64)
    for c in range(len(x)):
        bits[c] += exponent[c] << 52


@compiled(fastmath=True)
def add_scores(
    planes: FloatArray,
    y: FloatArray,
    m: int,
    beta: FloatArray,
    gradient: FloatArray,
    hessian: FloatArray,
    work: FloatArray,
) -> None:
    """Write gradient (q,) and lower Hessian (q, q) of the log likelihood at `beta`, over the first m cells.

    `planes` (q, >= m), `y` (>= m,), `work` (5, CHUNK) scratch.
    """
    q = len(beta)
    gradient[:] = 0.0
    hessian[:] = 0.0
    for start in range(0, m, CHUNK):
        size = min(CHUNK, m - start)
        end = start + size
        eta, turns, chance = work[0, :size], work[1, :size], work[2, :size]
        rest, weight = work[3, :size], work[4, :size]
        eta[:] = 0.0
        for a in range(q):
            x, slope = planes[a, start:end], beta[a]
            for c in range(size):
                eta[c] -= slope * x[c]
        for c in range(size):
            eta[c] = min(max(eta[c], -700.0), 700.0)
        exponentials(eta, turns, chance)
        seen = y[start:end]
        for c in range(size):
            p = 1.0 / (1.0 + chance[c])
            rest[c] = seen[c] - p
            weight[c] = p * (1.0 - p)
        for a in range(q):
            x = planes[a, start:end]
            total = 0.0
            for c in range(size):
                total += rest[c] * x[c]
                eta[c] = weight[c] * x[c]
            gradient[a] += total
            for b in range(a + 1):
                other = planes[b, start:end]
                total = 0.0
                for c in range(size):
                    total += eta[c] * other[c]
                hessian[a, b] += total


@compiled()
def factor(matrix: FloatArray) -> bool:
    """Replace the lower half of a symmetric (q, q) matrix by its Cholesky factor; False if it is singular."""
    q = len(matrix)
    for a in range(q):
        whole = matrix[a, a]
        for b in range(a + 1):
            left = matrix[a, b]
            for c in range(b):
                left -= matrix[a, c] * matrix[b, c]
            if b < a:
                matrix[a, b] = left / matrix[b, b]
            elif left > 1e-11 * whole:
                matrix[a, a] = np.sqrt(left)
            else:
                return False
    return True


@compiled()
def solve(lower: FloatArray, right: FloatArray) -> None:
    """Replace `right` (q,) by the solution of L L' x = right."""
    q = len(right)
    for a in range(q):
        for b in range(a):
            right[a] -= lower[a, b] * right[b]
        right[a] /= lower[a, a]
    for a in range(q - 1, -1, -1):
        for b in range(a + 1, q):
            right[a] -= lower[b, a] * right[b]
        right[a] /= lower[a, a]


@compiled()
def spread(lower: FloatArray, k: int) -> float:
    """Return the standard error of coefficient k: the root of (L L')^-1 [k, k], from the Cholesky factor L."""
    q = len(lower)
    column = np.zeros(q)
    total = 0.0
    for a in range(k, q):
        left = 1.0 if a == k else 0.0
        for b in range(k, a):
            left -= lower[a, b] * column[b]
        column[a] = left / lower[a, a]
        total += column[a] * column[a]
    return np.sqrt(total)


@compiled()
def fit(
    planes: FloatArray,
    y: FloatArray,
    m: int,
    beta: FloatArray,
    step: FloatArray,
    hessian: FloatArray,
    work: FloatArray,
    careful: bool,
) -> bool:
    """Move `beta` (q,) to the maximum of the likelihood; `hessian` then holds its Cholesky factor there.

    `step` (q,) is left with the last Newton step: where there is no maximum, it still points along what runs off.

    Whole Newton steps are quick and nearly always lead there. If they do not, `careful` shortens each by
    log(1 + u) / u, u a bound of the change of any linear predictor (Bach 2010, Electronic Journal of Statistics 4):
    then they lead to the maximum wherever there is one. False: there is none (separation), or the Hessian is singular.
    """
    q = len(beta)
    ahead, reach = np.empty(q), np.zeros(q)
    step[:] = 0.0
    if careful:
        for a in range(q):
            for c in range(m):
                reach[a] = max(reach[a], abs(planes[a, c]))
    for _ in range(CAREFUL if careful else QUICK):
        add_scores(planes, y, m, beta, ahead, hessian, work)
        if not factor(hessian):
            return False
        solve(hessian, ahead)
        step[:] = ahead
        far, bound = 0.0, 0.0
        for a in range(q):
            far = max(far, abs(step[a]) / spread(hessian, a))
            bound += abs(step[a]) * reach[a]
        length = np.log1p(bound) / bound if bound > 0 else 1.0
        for a in range(q):
            beta[a] += length * step[a]
        # Where ties are told apart without error, standard errors grow faster than steps: look at both.
        if far < TOLERANCE and (np.abs(step) < 1e-5 * (1.0 + np.abs(beta))).all():
            return True
        if not np.isfinite(far):
            return False
    return False


@compiled()
def refit(
    planes: FloatArray,
    y: FloatArray,
    m: int,
    start: FloatArray,
    step: FloatArray,
    hessian: FloatArray,
    work: FloatArray,
) -> tuple[FloatArray, bool]:
    """Fit from `start`, carefully if need be; see `fit`."""
    beta = start.copy()
    if fit(planes, y, m, beta, step, hessian, work, False):
        return beta, True
    beta = start.copy()
    return beta, fit(planes, y, m, beta, step, hessian, work, True)


@compiled()
def keep_cells(i: IntArray, j: IntArray, mask: BoolArray, order: IntArray, kept: IntArray) -> int:
    """Write to `kept` the numbers of the cells (i, j) that are observed after relabelling too; return how many."""
    m = 0
    for c in range(len(i)):
        if mask[order[i[c]], order[j[c]]]:
            kept[m] = c
            m += 1
    return m


@compiled()
def semi_partial(
    y: FloatArray,
    planes: FloatArray,
    residuals: FloatArray,
    i: IntArray,
    j: IntArray,
    mask: BoolArray,
    orders: IntArray,
    starts: FloatArray,
) -> FloatArray:
    """Refit with each predictor's relabelled residual in its place; return its z: (R, q), NaN without an estimate.

    Parameters
    ----------
    y : (m,) float
        Outcome of the cells.
    planes : (q, m) float
        Predictors of the cells.
    residuals : (q, n, n) float
        Residual of each predictor on the others, 0 outside the observed cells.
    i, j : (m,) int
        Sender and receiver of the cells.
    mask : (n, n) bool
        Observed cells (symmetric for undirected relations).
    orders : (R, n) int
        Who takes the place of each person.
    starts : (q, q) float
        Row k: coefficients without predictor k, 0 at k.
    """
    q, size = planes.shape
    z = np.full((len(orders), q), np.nan)
    held, seen = np.empty((q, size)), np.empty(size)
    kept, work = np.empty(size, np.int64), np.empty((5, CHUNK))
    step, hessian = np.empty(q), np.empty((q, q))
    for r in range(len(orders)):
        order = orders[r]
        m = keep_cells(i, j, mask, order, kept)
        for c in range(m):
            seen[c] = y[kept[c]]
        for a in range(q):
            for c in range(m):
                held[a, c] = planes[a, kept[c]]
        for k in range(q):
            residual = residuals[k]
            for c in range(m):
                held[k, c] = residual[order[i[kept[c]]], order[j[kept[c]]]]
            beta, found = refit(held, seen, m, starts[k], step, hessian, work)
            if found:
                z[r, k] = beta[k] / spread(hessian, k)
            for c in range(m):
                held[k, c] = planes[k, kept[c]]
    return z


@compiled()
def y_permuted(
    ties: FloatArray,
    planes: FloatArray,
    i: IntArray,
    j: IntArray,
    mask: BoolArray,
    orders: IntArray,
    start: FloatArray,
) -> FloatArray:
    """Refit with the outcome `ties` (n, n) relabelled; return z of each predictor: (R, q). Else as `semi_partial`."""
    q, size = planes.shape
    z = np.full((len(orders), q), np.nan)
    held, seen = np.empty((q, size)), np.empty(size)
    kept, work = np.empty(size, np.int64), np.empty((5, CHUNK))
    step, hessian = np.empty(q), np.empty((q, q))
    for r in range(len(orders)):
        order = orders[r]
        m = keep_cells(i, j, mask, order, kept)
        for c in range(m):
            seen[c] = ties[order[i[kept[c]]], order[j[kept[c]]]]
        for a in range(q):
            for c in range(m):
                held[a, c] = planes[a, kept[c]]
        beta, found = refit(held, seen, m, start, step, hessian, work)
        if found:
            for k in range(q):
                z[r, k] = beta[k] / spread(hessian, k)
    return z
