"""Department-by-department tables of ties and of observed cells, and the classes that measures sum over."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

WITHIN, CROSS = 0, 1


def mixing_counts(
    sender: NDArray[np.int64],
    receiver: NDArray[np.int64],
    group: NDArray[np.int64],
    k: int,
    strength: ArrayLike | None = None,
) -> NDArray[Any]:
    """Count ties from each department (row) to each department (column), or add up their strengths.

    Parameters
    ----------
    sender, receiver : (m,) int
        The arcs.
    group : (n,) int
        Department number of each person, below `k`.
    k : int
        Number of departments.

    strength : (m,) float, optional
        Of each arc; without it every arc counts 1.

    Returns
    -------
    (k, k) int, or float with strengths

    Examples
    --------
    Persons 0 and 1 are in department 0, person 2 in department 1; arcs 0->1, 0->2, 2->0:

    >>> import numpy as np
    >>> mixing_counts(np.array([0, 0, 2]), np.array([1, 2, 0]), np.array([0, 0, 1]), 2).tolist()
    [[1, 1], [1, 0]]
    """
    weights = None if strength is None else np.asarray(strength, dtype=float)
    return np.bincount(group[sender] * k + group[receiver], weights, minlength=k * k).reshape(k, k)


def within_cross(table: ArrayLike) -> NDArray[np.float64]:
    """Sum a (..., k, k) department table to (..., 2): within (the diagonal) and cross (the rest).

    Examples
    --------
    >>> within_cross([[5, 1], [2, 3]]).tolist()
    [8.0, 3.0]
    """
    counts = np.asarray(table, dtype=float)
    within = np.trace(counts, axis1=-2, axis2=-1)
    return np.stack([within, counts.sum(axis=(-2, -1)) - within], axis=-1)


def within_cross_rows(table: ArrayLike) -> NDArray[np.float64]:
    """Sum each row of a (k, k) department table to (k, 2): within and cross, as sent by each department.

    Examples
    --------
    >>> within_cross_rows([[5, 1], [2, 3]]).tolist()
    [[5.0, 1.0], [3.0, 2.0]]
    """
    counts = np.asarray(table, dtype=float)
    within = np.diagonal(counts)
    return np.stack([within, counts.sum(axis=1) - within], axis=-1)


def shares(table: ArrayLike) -> NDArray[np.float64]:
    """Divide each row of a (k, k) table by its sum; a row without ties is NaN.

    Examples
    --------
    >>> shares([[3, 1], [0, 0]]).tolist()
    [[0.75, 0.25], [nan, nan]]
    """
    counts = np.asarray(table, dtype=float)
    return ratio(counts, counts.sum(axis=1, keepdims=True))


def ratio(top: ArrayLike, bottom: ArrayLike) -> NDArray[np.float64]:
    """Divide, with NaN (not 0, not a warning) where the denominator is 0.

    Examples
    --------
    >>> ratio([1, 0], [4, 0]).tolist()
    [0.25, nan]
    """
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=float), np.asarray(bottom, dtype=float))
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0)


def departments_in_contact(ties: ArrayLike, cells: ArrayLike) -> float:
    """Share of the ordered pairs of different departments that hold at least one tie.

    Only pairs with at least one observed cell count; NaN if there is none. Range 0 to 1.

    Parameters
    ----------
    ties, cells : (k, k)
        Ties and observed cells from row department to column department.

    Examples
    --------
    Two departments, a tie in one of the two directions:

    >>> departments_in_contact([[4, 1], [0, 4]], [[6, 9], [9, 6]])
    0.5
    """
    t, c = np.asarray(ties), np.asarray(cells)
    askable = (c > 0) & ~np.eye(len(t), dtype=bool)
    return float(ratio(((t > 0) & askable).sum(), askable.sum()))
