"""Reciprocity and degrees, from arcs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netlearn.measures.mixing import ratio

IntArray = NDArray[np.int64]


def returned(sender: IntArray, receiver: IntArray, n: int) -> NDArray[np.bool_]:
    """Tell for each arc whether the reverse arc is a tie too: (m,) bool.

    Examples
    --------
    >>> import numpy as np
    >>> returned(np.array([0, 1, 0]), np.array([1, 0, 2]), 3).tolist()
    [True, True, False]
    """
    return np.isin(receiver * n + sender, sender * n + receiver)


def reciprocity(
    sender: IntArray, receiver: IntArray, answerable: NDArray[np.bool_], unit: IntArray, size: int, n: int
) -> NDArray[np.float64]:
    """Share of the arcs sent by each unit that are returned (edgewise reciprocity), 0 to 1.

    Parameters
    ----------
    sender, receiver : (m,) int
        The arcs.
    answerable : (m,) bool
        True where the reverse cell was observed; other arcs are left out, so silence is not a refusal.
    unit : (n,) int
        Unit of each person: 0 for one network, the department, or the person.
    size : int
        Number of units.
    n : int
        Number of people.

    Returns
    -------
    (size,) float
        NaN for a unit without answerable arcs.

    Examples
    --------
    0 <-> 1 and 0 -> 2, all answered: two of three arcs are returned.

    >>> import numpy as np
    >>> i, j = np.array([0, 1, 0]), np.array([1, 0, 2])
    >>> reciprocity(i, j, np.ones(3, bool), np.zeros(3, int), 1, 3).round(3).tolist()
    [0.667]
    """
    back = returned(sender, receiver, n)
    asked = np.bincount(unit[sender[answerable]], minlength=size)
    given = np.bincount(unit[sender[answerable & back]], minlength=size)
    return ratio(given, asked)


def degrees(end: IntArray, could: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Count arcs per person at one end (senders: out-degree; receivers: in-degree).

    Parameters
    ----------
    end : (m,) int
        Sender or receiver of each arc.
    could : (n,) bool
        Who could have an arc there; the others get NaN, not 0.

    Returns
    -------
    (n,) float
        Colleagues per person.

    Examples
    --------
    >>> import numpy as np
    >>> degrees(np.array([0, 0]), np.array([True, True, False])).tolist()
    [2.0, 0.0, nan]
    """
    count = np.bincount(end, minlength=len(could)).astype(float)
    return np.where(could, count, np.nan)
