"""Scores of a scale: the mean or the sum of a person's items, with a rule for items left blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError

FloatArray = NDArray[np.float64]
ScoreRule = Literal["mean", "sum"]
Span = tuple[float, float]


def scores(
    items: ArrayLike,
    *,
    how: ScoreRule = "mean",
    minimum: int = 0,
    reversed: Sequence[int] = (),
    range: Span | None = None,
) -> FloatArray:
    """Return each person's score.

    Parameters
    ----------
    items : (n, m) float
        Answers of n people to m items; NaN where there is none.
    how : "mean" or "sum"
        "mean" is the mean of the items that a person answered, in levels. "sum" is that mean times m, so that a person
        who left an item blank is not told to be lower for it.
    minimum : int
        Who answered fewer items has no score; 0 = half of them, rounded up.
    reversed : sequence of int
        Items (columns) that count the other way round.
    range : (lowest, highest), optional
        The levels there are. Needed for reversed items; with it, answers are checked.

    Returns
    -------
    (n,) float
        NaN for people with too few answers.

    Raises
    ------
    NetlearnError
        As in `turned`; `how` or `minimum` is none that there can be.

    Examples
    --------
    The second person left one of three items blank, the third two of them:

    >>> nan = float("nan")
    >>> scores([[1, 2, 3], [4, nan, 5], [nan, nan, 5]]).tolist()
    [2.0, 4.5, nan]
    >>> scores([[1, 2, 3], [4, nan, 5]], how="sum", reversed=[2], range=(1, 5)).tolist()
    [6.0, 7.5]
    """
    values = turned(items, reversed, range)
    m = values.shape[1]
    if how not in ("mean", "sum"):
        raise NetlearnError(f"how must be 'mean' or 'sum'; got {how!r}.")
    if not 0 <= minimum <= m:
        raise NetlearnError(
            f"minimum must be 0 (half of the items) to {m}, the number of items; got {minimum}."
        )
    answered = answered_items(values)
    enough = answered >= (minimum or (m + 1) // 2)
    mean = np.full(len(values), np.nan)
    np.divide(np.nansum(values, axis=1), answered, out=mean, where=enough)
    return mean * m if how == "sum" else mean


def turned(items: ArrayLike, reversed: Sequence[int] = (), range: Span | None = None) -> FloatArray:
    """Return the items with those that count the other way round turned: lowest + highest - answer.

    Parameters
    ----------
    items : (n, m) float
        NaN where there is no answer.
    reversed : sequence of int
        Columns to turn.
    range : (lowest, highest), optional

    Returns
    -------
    (n, m) float
        A new array.

    Raises
    ------
    NetlearnError
        The items are no table with a column or more, a reversed item is none of them or has no range, or an answer lies
        outside the range.

    Examples
    --------
    >>> turned([[1, 2], [5, 4]], [1], (1, 5)).tolist()
    [[1.0, 4.0], [5.0, 2.0]]
    """
    values = np.array(items, dtype=float)
    if values.ndim != 2 or not values.shape[1]:
        raise NetlearnError(
            f"items must be a table, a row per person and a column per item; got {values.shape}."
        )
    which = list(reversed)
    if any(not 0 <= item < values.shape[1] for item in which):
        raise NetlearnError(f"reversed must name columns of the {values.shape[1]} items; got {which}.")
    if range is None:
        if which:
            raise NetlearnError("reversed items need a range: the lowest and the highest level there are.")
        return values
    low, high = range
    outside = values[(values < low) | (values > high)]
    if outside.size:
        raise NetlearnError(
            f"{outside.size} answers lie outside the range {low:g} to {high:g}, such as {outside[0]:g}. "
            "Check the range and the levels of the scale."
        )
    values[:, which] = low + high - values[:, which]
    return values


def answered_items(items: ArrayLike) -> NDArray[np.int64]:
    """Count the items that each person answered: (n,) int.

    Examples
    --------
    >>> answered_items([[1.0, float("nan")], [2.0, 3.0]]).tolist()
    [1, 2]
    """
    return np.asarray((~np.isnan(np.asarray(items, dtype=float))).sum(axis=1), dtype=np.int64)
