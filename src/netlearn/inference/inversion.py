"""The effects that redrawn assignments do not exclude: an interval by trying effects, each in time that the draws take.

Were training to add the same to everybody, an outcome without it would be known for any size of the addition. With it
taken off the trained, the estimate of every draw is linear in the size, and its variance quadratic; so five numbers per
draw are enough for the p of any size.

Source: Rosenbaum (2002), Statistical Science 17.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.permute import p_value

FloatArray = NDArray[np.float64]
LADDER = np.geomspace(1e-3, 1e4, 71)  # standard errors from the estimate at which effects are tried
TOLERANCE = 1e-7  # of a standard error, for the ends of an interval


def parts(estimate: FloatArray, carried: FloatArray, u: FloatArray, w: FloatArray) -> FloatArray:
    """Put together what a statistic depends on: (R, 5).

    Parameters
    ----------
    estimate, carried : (R,) float
        Coefficient of the outcome, and of the observed training, on the redrawn training.
    u, w : (R, units) float
        What each unit contributes to them about their value.
    """
    sums = [np.einsum("ri,ri->r", a, b) for a, b in ((u, u), (u, w), (w, w))]
    return np.column_stack([estimate, carried, *sums])


def statistic(made: FloatArray, effect: float = 0.0, *, studentised: bool = True) -> FloatArray:
    """Compute the statistic of every draw if training adds `effect` to everybody's outcome.

    With the effect taken off the trained, the coefficient is linear in the effect and its variance quadratic.

    Parameters
    ----------
    made : (R, 5) float
        From `parts`.
    """
    estimate = made[:, 0] - effect * made[:, 1]
    if not studentised:
        return estimate
    variance = made[:, 2] - 2 * effect * made[:, 3] + effect**2 * made[:, 4]
    with np.errstate(divide="ignore", invalid="ignore"):
        return estimate / np.sqrt(np.maximum(variance, 0.0))


def inverted(
    observed: FloatArray,
    made: FloatArray,
    exact: bool,
    alternative: str,
    alpha: float,
    *,
    scale: float,
    studentised: bool = True,
) -> tuple[float, float]:
    """Find the effects that are not excluded: those whose p is above alpha.

    An end is the first effect found to be excluded, so whatever ties there lies inside. The interval excludes 0 exactly
    when p <= alpha: 0 itself is tried, and where it is excluded the interval stops before it.

    A two-sided question asks two-sided at both ends; a one-sided one asks at each end on its side, so that the interval
    has level 1 - 2 alpha and excludes 0 on the side asked about exactly when p <= alpha.

    Parameters
    ----------
    observed : (5,) float
        Parts of the observed assignment.
    made : (R, 5) float
        Parts of the draws.
    scale : float
        Step: a standard error.

    Returns
    -------
    low, high : float
        Infinite if effects 10,000 steps away are not excluded; NaN if the estimate is.
    """
    if not np.isfinite(observed[0]) or not scale > 0:
        return np.nan, np.nan

    def kept(effect: float, side: str) -> bool:
        here = statistic(observed[None], effect, studentised=studentised)[0]
        there = statistic(made, effect, studentised=studentised)
        return p_value(float(here), there, side, exact) > alpha

    def end(sign: int) -> float:
        side = alternative if alternative == "two-sided" else "less" if sign > 0 else "greater"
        tried = observed[0] + sign * scale * LADDER
        if sign * observed[0] < 0:  # 0 lies on this side
            steps = int(np.searchsorted(sign * tried, 0.0))
            tried = np.insert(tried, steps, 0.0)[: None if kept(0.0, side) else steps + 1]
        inside = [kept(effect, side) for effect in tried]
        if inside[-1]:
            return sign * inf
        outermost = int(np.flatnonzero([True, *inside])[-1])
        near, far = float([observed[0], *tried][outermost]), float(tried[outermost])
        while abs(far - near) > TOLERANCE * scale + 1e-15 * abs(near):
            middle = (near + far) / 2
            near, far = (middle, far) if kept(middle, side) else (near, middle)
        return far if far != 0 else near

    return end(-1), end(1)
