"""What a reader can work out from a table with hidden cells: the least and the most that each of them can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Margin = Literal["rows", "columns", "total"]
Sum = tuple[FloatArray, float]
SLACK = 1e-6


def published_sums(table: ArrayLike, margins: Sequence[Margin | ArrayLike]) -> list[Sum]:
    """Return what is published beside a table of counts: each sum as (weights of the cells, value).

    Parameters
    ----------
    table : (n,) or (r, c)
    margins : names or arrays
        "rows", "columns" and "total" stand for the sums of these; an array in the shape of the table gives the weights
        (0 or more) of a further sum.

    Examples
    --------
    >>> [value for _, value in published_sums([[1, 2], [3, 4]], ["rows", "total"])]
    [3.0, 7.0, 10.0]
    """
    counts = np.asarray(table, dtype=float)
    place = np.indices(counts.shape)
    weights: list[FloatArray] = []
    for margin in margins:
        if not isinstance(margin, str):
            weights.append(np.asarray(margin, dtype=float))
        elif margin == "total":
            weights.append(np.ones(counts.shape))
        elif margin in ("rows", "columns") and counts.ndim == 2:
            axis = ("rows", "columns").index(margin)
            weights += [(place[axis] == at).astype(float) for at in range(counts.shape[axis])]
        else:
            raise NetlearnError(
                f"margins of this table are rows, columns (two-way only), total or weights; got {margin!r}."
            )
    if any(w.shape != counts.shape or (w < 0).any() for w in weights):
        raise NetlearnError(f"weights must be 0 or more and have the shape of the table, {counts.shape}.")
    return [(w, float((w * np.nan_to_num(counts)).sum())) for w in weights]


def feasible_range(
    published: ArrayLike, sums: Sequence[Sum], *, upper: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most that each cell of a published table of counts can be.

    The reader knows that counts are whole and not negative, the cells shown, the sums, and the upper bounds if there
    are any. Two small programs are solved for each hidden cell.

    Parameters
    ----------
    published : (n,) or (r, c)
        NaN = hidden.
    sums : list of (weights, value)
        As `published_sums` gives them.
    upper : like `published`, optional
        The most that each cell can be, if a reader knows it (people employed, possible ties).

    Returns
    -------
    (low, high)
        In the shape of the table; a cell that is shown is its own least and most. Infinite where nothing bounds it.

    Raises
    ------
    NetlearnError
        No counts fit what is published.

    Examples
    --------
    Row sums 7 and 6, column sums 5 and 8. One hidden cell is solved by subtraction:

    >>> sums = published_sums([[3, 4], [2, 4]], ["rows", "columns"])
    >>> low, high = feasible_range([[np.nan, 4], [2, 4]], sums)
    >>> low[0, 0], high[0, 0]
    (np.float64(3.0), np.float64(3.0))

    With all four hidden the first is 0 to 5, its column sum (the third is then 5 to 0, the second 7 to 2):

    >>> low, high = feasible_range(np.full((2, 2), np.nan), sums)
    >>> low[0, 0], high[0, 0]
    (np.float64(0.0), np.float64(5.0))
    """
    seen = np.asarray(published, dtype=float)
    flat, hidden = seen.ravel(), np.isnan(seen.ravel())
    weights, values = stacked(sums, flat.size)
    left = values - weights[:, ~hidden] @ flat[~hidden]
    most = ceiling(weights[:, hidden], left, None if upper is None else np.ravel(upper)[hidden])
    low, high = flat.copy(), flat.copy()
    low[hidden], high[hidden] = extremes(weights[:, hidden], left, most, np.arange(int(hidden.sum())))
    return low.reshape(seen.shape), high.reshape(seen.shape)


def stacked(sums: Sequence[Sum], size: int) -> tuple[FloatArray, FloatArray]:
    """Return the weights as (sums, cells) and the values as (sums,)."""
    weights = np.array([np.ravel(w) for w, _ in sums], dtype=float).reshape(len(sums), size)
    return weights, np.array([value for _, value in sums], dtype=float)


def ceiling(weights: FloatArray, values: FloatArray, upper: ArrayLike | None) -> FloatArray:
    """Return the most that each cell can be for its own sums alone: (cells,), infinite without any."""
    with np.errstate(divide="ignore", invalid="ignore"):
        by_sum = np.where(weights > 0, values[:, None] / weights, np.inf)
    most = by_sum.min(axis=0, initial=np.inf)
    most = most if upper is None else np.minimum(most, np.asarray(upper, dtype=float))
    return np.floor(most + SLACK)


def extremes(
    weights: FloatArray, values: FloatArray, most: FloatArray, which: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most of chosen unknowns x with weights @ x = values, 0 <= x <= most, x whole."""
    low, high = np.zeros(len(which)), np.full(len(which), np.inf)
    for at, cell in enumerate(which):
        aim = np.zeros(len(most))
        aim[cell] = 1.0
        low[at] = _least(aim, weights, values, most)
        if np.isfinite(most[cell]):
            high[at] = -_least(-aim, weights, values, most)
    return low + 0.0, high


def _least(aim: FloatArray, weights: FloatArray, values: FloatArray, most: FloatArray) -> float:
    """Solve the linear program; only where its answer is not whole, the program in whole numbers."""
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp

    top = np.maximum(most, 0)
    found = linprog(aim, A_eq=weights, b_eq=values, bounds=np.column_stack([np.zeros(len(top)), top]))
    if found.status == 0 and (np.abs(found.x - np.round(found.x)) > SLACK).any():
        fits = LinearConstraint(weights, values, values)
        found = milp(aim, integrality=np.ones(len(aim)), bounds=Bounds(0, top), constraints=[fits])
    if found.status != 0:
        raise NetlearnError("no whole counts of 0 or more fit the cells and the sums that are published.")
    return float(np.round(found.fun))
