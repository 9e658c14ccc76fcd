"""Several questions at once: p-values that hold for the whole family."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.permute import p_value

FloatArray = NDArray[np.float64]


def holm(p_values: Iterable[float]) -> list[float]:
    """Return Holm's adjusted p-values in the order given; NaN stays NaN but counts in the family.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none may be smaller than one before it, and none
    is over 1. Whatever the dependence between the questions, the chance of any false alarm is at most alpha.

    Source: Holm (1979), Scandinavian Journal of Statistics 6.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(list(p_values), dtype=float)
    order = np.argsort(np.where(np.isnan(p), np.inf, p), kind="stable")
    steps = np.minimum(p[order] * np.arange(len(p), 0, -1), 1.0)
    adjusted = np.empty(len(p))
    adjusted[order] = np.where(np.isnan(steps), np.nan, np.fmax.accumulate(steps))
    return [float(value) for value in adjusted]


def max_t(observed: FloatArray, values: FloatArray, exact: bool = False) -> FloatArray:
    """Adjust the p-values of several statistics by their joint distribution: max-T, step-down, two-sided.

    The largest |statistic| is compared with the largest of each draw, the next with the largest among the others, and
    so on; none may have a smaller p than one before it. What goes together in the draws is not paid for twice, as it is
    by Holm.

    Parameters
    ----------
    observed : (s,) float
        NaN: not in the family.
    values : (R, s) float
        Of the same draws; undefined ones (NaN) count as extreme.
    exact : bool
        All rearrangements, the observed one among them.

    Returns
    -------
    (s,) float
        Adjusted p-values; NaN outside the family.

    Source: Westfall & Young (1993), Resampling-Based Multiple Testing; with the p of `permute.p_value`.

    Examples
    --------
    Of three draws one is as large as 3 somewhere, and one more as large as 1 in the second column:

    >>> max_t(np.array([3.0, -1.0]), np.array([[4.0, 0.0], [0.0, 2.0], [0.5, 0.5]])).tolist()
    [0.5, 0.5]
    """
    adjusted = np.full(len(observed), np.nan)
    family = np.flatnonzero(~np.isnan(observed))
    order = family[np.argsort(-np.abs(observed[family]), kind="stable")]
    sizes = np.abs(values[:, order])
    # From the smallest statistic up: the largest among it and all smaller ones, draw by draw. NaN stays NaN.
    largest = np.maximum.accumulate(sizes[:, ::-1], axis=1)[:, ::-1]
    steps = [p_value(abs(observed[c]), largest[:, k], "greater", exact) for k, c in enumerate(order)]
    adjusted[order] = np.maximum.accumulate(steps)
    return adjusted
