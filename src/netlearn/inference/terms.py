"""Matrices made from what is known about people: one per term of a regression on pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError

FloatArray = NDArray[np.float64]


def same(attribute: ArrayLike) -> FloatArray:
    """Tell which pairs share an attribute, such as the department.

    Parameters
    ----------
    attribute : (n,) labels
        None or NaN where it is not known.

    Returns
    -------
    (n, n) float
        1 if the two people have the same label, else 0; NaN where either is not known. The diagonal is 1 and is never
        used.

    Examples
    --------
    >>> same(["a", "b", "a"]).tolist()
    [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]
    """
    labels = _vector(attribute, "attribute", object)
    known = ~np.asarray(pd.isna(labels), bool)
    names = {label: k for k, label in enumerate(dict.fromkeys(labels[known].tolist()))}
    code = np.array([names[label] if ok else -1 for label, ok in zip(labels, known, strict=True)], int)
    shared = (code[:, None] == code).astype(float)
    shared[~known], shared[:, ~known] = np.nan, np.nan
    return shared


def sender(values: ArrayLike) -> FloatArray:
    """Give every cell the value of the person in its row, for whether people with a higher value name more others.

    Parameters
    ----------
    values : (n,) float
        NaN where not known.

    Returns
    -------
    (n, n) float
        In the unit of `values`.

    Examples
    --------
    >>> sender([1, 5]).tolist()
    [[1.0, 1.0], [5.0, 5.0]]
    """
    x = _vector(values, "values", float)
    return np.repeat(x[:, None], len(x), axis=1)


def receiver(values: ArrayLike) -> FloatArray:
    """Give every cell the value of the person in its column, for whether people with a higher value are named more.

    Parameters
    ----------
    values : (n,) float
        NaN where not known.

    Returns
    -------
    (n, n) float
        In the unit of `values`.

    Examples
    --------
    >>> receiver([1, 5]).tolist()
    [[1.0, 5.0], [1.0, 5.0]]
    """
    return np.array(sender(values).T)


def difference(values: ArrayLike) -> FloatArray:
    """Absolute difference of two people's values.

    Parameters
    ----------
    values : (n,) float
        NaN where not known.

    Returns
    -------
    (n, n) float
        0 or more, in the unit of `values`; NaN where either is not known.

    Examples
    --------
    >>> difference([1, 5, float("nan")]).tolist()
    [[0.0, 4.0, nan], [4.0, 0.0, nan], [nan, nan, nan]]
    """
    x = _vector(values, "values", float)
    return np.abs(x[:, None] - x)


def shared(attendance: ArrayLike) -> FloatArray:
    """Count the rooms (courses, groups) that two people both attended.

    Parameters
    ----------
    attendance : (n, m) float
        1 if the person was in the room, 0 if not, NaN if not known; other numbers weigh the room.

    Returns
    -------
    (n, n) float
        0 or more; NaN where it is not known for some room whether one of the two was there, unless the other was not.
        The diagonal counts a person's own rooms and is never used.

    Examples
    --------
    >>> shared([[1, 1], [1, 0], [0, 1]]).tolist()
    [[2.0, 1.0, 1.0], [1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]
    """
    rooms = np.asarray(attendance, float)
    if rooms.ndim != 2:
        raise NetlearnError(f"attendance must be people x rooms; got shape {rooms.shape}.")
    unknown = np.isnan(rooms).astype(float)
    there = np.nan_to_num(rooms)
    count = there @ there.T
    # Not known is whether both were there: one unknown while the other was there or is unknown too.
    maybe = unknown @ ((there != 0) | (unknown > 0)).T.astype(float)
    count[(maybe + maybe.T) > 0] = np.nan
    return count


def _vector(values: ArrayLike, name: str, dtype: Any) -> NDArray[Any]:
    x = np.asarray(values, dtype)
    if x.ndim != 1:
        raise NetlearnError(f"{name} must hold one value per person; got shape {x.shape}.")
    return x
