"""Measures that are functions of ties and observed cells within and across departments, with their gradients.

Every function takes `ties` and `cells`, arrays of shape (..., 2) whose last axis is (within, cross), and returns an
array of shape (...): one network, or many departments, persons or permutations at once. The gradient functions
return (d value / d ties, d value / d cells), each of shape (..., 2); `netlearn.inference.dyadic` turns them into
influence values.

What missing answers do: a cell that was not observed is in neither `ties` nor `cells`, so every value describes the
observed cells only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.measures.mixing import CROSS, WITHIN, ratio

FloatArray = NDArray[np.float64]


def _pair(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    t, c = np.broadcast_arrays(np.asarray(ties, dtype=float), np.asarray(cells, dtype=float))
    return t, c


def density(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Share of the observed cells that are ties (0 to 1; NaN without observed cells).

    Examples
    --------
    >>> float(density([3, 2], [6, 14]))
    0.25
    """
    t, c = _pair(ties, cells)
    return ratio(t.sum(axis=-1), c.sum(axis=-1))


def density_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `density`."""
    t, c = _pair(ties, cells)
    total = c.sum(axis=-1, keepdims=True)
    slope = ratio(1.0, total) * np.ones_like(t)
    return slope, -slope * ratio(t.sum(axis=-1, keepdims=True), total)


def _class_density_gradient(ties: ArrayLike, cells: ArrayLike, which: int) -> tuple[FloatArray, FloatArray]:
    t, c = _pair(ties, cells)
    d_ties, d_cells = np.zeros_like(t), np.zeros_like(t)
    d_ties[..., which] = ratio(1.0, c[..., which])
    d_cells[..., which] = -ratio(t[..., which], c[..., which] ** 2)
    return d_ties, d_cells


def within_density(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Share of the observed within-department cells that are ties (0 to 1; NaN without such cells).

    Examples
    --------
    >>> float(within_density([3, 2], [6, 14]))
    0.5
    """
    t, c = _pair(ties, cells)
    return ratio(t[..., WITHIN], c[..., WITHIN])


def within_density_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `within_density`."""
    return _class_density_gradient(ties, cells, WITHIN)


def cross_density(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Share of the observed cross-department cells that are ties (0 to 1; NaN without such cells).

    Examples
    --------
    >>> float(cross_density([3, 2], [6, 16]))
    0.125
    """
    t, c = _pair(ties, cells)
    return ratio(t[..., CROSS], c[..., CROSS])


def cross_density_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `cross_density`."""
    return _class_density_gradient(ties, cells, CROSS)


def cross_share(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Share of the ties that cross departments (0 to 1; NaN without ties).

    Examples
    --------
    >>> float(cross_share([3, 1], [6, 14]))
    0.25
    """
    t, _ = _pair(ties, cells)
    return ratio(t[..., CROSS], t.sum(axis=-1))


def cross_share_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `cross_share`."""
    t, _ = _pair(ties, cells)
    total = t.sum(axis=-1)
    share = ratio(t[..., CROSS], total)
    slope = np.stack([-ratio(share, total), ratio(1 - share, total)], axis=-1)
    return slope, np.zeros_like(slope)


def ei_index(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """E-I index: (cross - within) / ties, from -1 (all within) to 1 (all cross); NaN without ties.

    Source: Krackhardt & Stern (1988), Social Psychology Quarterly 51.

    Examples
    --------
    >>> float(ei_index([3, 1], [6, 14]))
    -0.5
    """
    return 2 * cross_share(ties, cells) - 1


def ei_index_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `ei_index`."""
    d_ties, d_cells = cross_share_gradient(ties, cells)
    return 2 * d_ties, d_cells


def _smoothed(ties: FloatArray, cells: FloatArray) -> FloatArray:
    """Density with 1/2 tie and 1 cell added, NaN without cells."""
    return np.where(cells > 0, (ties + 0.5) / (cells + 1.0), np.nan)


def cross_log_odds(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Log odds of a cross tie minus log odds of a within tie; 0 = departments do not matter.

    The densities have 1/2 added to the ties and 1 to the cells, so an empty or a full class has a value; NaN where a
    class has no observed cells.

    Examples
    --------
    Within 4.5 / 5.5 odds, cross 1.5 / 8.5 odds:

    >>> import math
    >>> float(cross_log_odds([4, 1], [9, 9])) == math.log(1.5 / 8.5) - math.log(4.5 / 5.5)
    True
    """
    t, c = _pair(ties, cells)
    p = _smoothed(t, c)
    logit = np.log(p) - np.log1p(-p)
    return logit[..., CROSS] - logit[..., WITHIN]


def cross_log_odds_gradient(ties: ArrayLike, cells: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gradient of `cross_log_odds`: 1 / (p (1 - p) cells), with the smoothed p and the plain count of cells."""
    t, c = _pair(ties, cells)
    p = _smoothed(t, c)
    sign = np.array([-1.0, 1.0])
    slope = sign * ratio(1.0, p * (1 - p) * c)
    return slope, -slope * p
