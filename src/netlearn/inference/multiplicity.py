"""Several questions at once: p-values that hold for the whole family."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


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
