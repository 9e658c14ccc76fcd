"""Two-mode measures: who took part in which activity, and who met whom there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from netlearn.errors import NetlearnError
from netlearn.measures.mixing import ratio
from netlearn.measures.net import BoolArray, FloatArray
from netlearn.wording.shown import Shown

Weights = Literal["count", "newman"]
Mode = Literal["person", "activity"]


@dataclass(frozen=True, eq=False)
class Attendance(Shown):
    """How often n people took part in m activities, and who could take part.

    Attributes
    ----------
    times : (n, m) sparse, float
        Row took part in column so many times; nothing is stored where nobody came.
    could : (n, m) bool
        False where the person was not there to take part or the list was not kept. Such a cell is missing, no 0.
    """

    times: sparse.csr_array
    could: BoolArray

    @property
    def n(self) -> int:
        """Number of people, whether they took part or not."""
        return int(self.times.shape[0])

    @cached_property
    def present(self) -> sparse.csr_array:
        """1 where the person took part at all: (n, m) sparse."""
        return (self.times > 0).astype(float)

    @cached_property
    def sizes(self) -> FloatArray:
        """Different people in each activity: (m,)."""
        return np.asarray(self.present.sum(axis=0), dtype=float).ravel()


@dataclass(frozen=True, eq=False)
class Participation:
    """How much each person, or each activity, took part; NaN for one that could not.

    Attributes
    ----------
    count : (n,) or (m,) float
        Different activities of the person, or different people in the activity.
    times : (n,) or (m,) float
        The same with every time counted.
    possible : (n,) or (m,) float
        Activities in which the person could take part, or people who could.
    share : (n,) or (m,) float
        `count` / `possible`, 0 to 1.
    """

    count: FloatArray
    times: FloatArray
    possible: FloatArray
    share: FloatArray


def attendance_of(times: Any, could: ArrayLike | None = None) -> Attendance:
    """Build an Attendance from a table of people x activities.

    Parameters
    ----------
    times : (n, m) array or scipy sparse
        0/1 or counts: row took part in column so many times.
    could : (n,) or (n, m) bool, optional
        Who could take part, in anything or in each activity; default everybody in everything.

    Raises
    ------
    NetlearnError
        A count is negative or missing, shapes differ, or somebody took part who could not.

    Examples
    --------
    >>> attendance_of([[1, 1], [2, 0]]).sizes.tolist()
    [2.0, 1.0]
    """
    table = sparse.csr_array(
        np.asarray(times, dtype=float) if not sparse.issparse(times) else times, dtype=float
    )
    table = table.copy()
    table.sum_duplicates()
    table.eliminate_zeros()
    if not (np.isfinite(table.data) & (table.data > 0)).all():
        raise NetlearnError("times must be 0 or more; mark cells that are not known in `could`, not as NaN.")
    mask = np.ones((table.shape[0], 1), bool) if could is None else np.asarray(could, dtype=bool)
    mask = mask[:, None] if mask.ndim == 1 else mask
    if mask.shape not in ((table.shape[0], 1), table.shape):
        raise NetlearnError(f"could must have one entry per person or shape {table.shape}; got {mask.shape}.")
    mask = np.broadcast_to(mask, table.shape)
    if not mask[table.nonzero()].all():
        raise NetlearnError("somebody took part who could not: correct `times` or `could` there.")
    return Attendance(table, mask)


def co_attendance(data: Attendance, weights: Weights = "count") -> sparse.csr_array:
    """Count the activities that each two people shared.

    C_ij = sum over activities a of b_ia b_ja w_a, with b = 1 for who took part and w_a = 1 ("count") or
    1 / (size_a - 1) ("newman": meeting in a small group counts for more; a person's row then adds up to the
    activities where somebody else was there too).

    Returns
    -------
    (n, n) sparse, symmetric
        Shared activities, 0 or more; the diagonal is 0. Memory grows with the pairs who met. Activities with a missing
        cell are not counted for that person, so a value is then a lower bound.

    Source: Newman (2001), Physical Review E 64, 016132.

    Examples
    --------
    Three people meet in the first room; two of them also in the second:

    >>> data = attendance_of([[1, 1], [1, 1], [1, 0]])
    >>> co_attendance(data).toarray().tolist()
    [[0.0, 2.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 0.0]]
    >>> co_attendance(data, "newman").toarray().tolist()
    [[0.0, 1.5, 0.5], [1.5, 0.0, 0.5], [0.5, 0.5, 0.0]]
    """
    scaled = data.present @ sparse.diags_array(_room_weights(data, weights))
    return _without_diagonal(scaled @ data.present.T)


def _room_weights(data: Attendance, weights: Weights) -> FloatArray:
    if weights not in ("count", "newman"):
        raise NetlearnError(f"weights must be count or newman; got {weights!r}.")
    others = data.sizes - 1
    if weights == "count":
        return np.ones(len(others))
    return np.divide(1.0, others, out=np.zeros(len(others)), where=others > 0)  # alone: no pair to weigh


def _without_diagonal(matrix: sparse.sparray) -> sparse.csr_array:
    square = sparse.csr_array(matrix - sparse.diags_array(matrix.diagonal()))
    square.eliminate_zeros()
    square.sort_indices()
    return square


def co_attendance_table(data: Attendance, group: ArrayLike, k: int, weights: Weights = "count") -> FloatArray:
    """Count the shared activities from department to department.

    The table is the sum of `co_attendance` over people, so a pair across departments stands in both triangles and a
    pair within one counts twice, as ties do in an undirected network. It is added up room by room: no pair is listed.

    Parameters
    ----------
    data : Attendance
    group : (n,) int
        Department of each person, below `k`.
    k : int
    weights : "count" or "newman"

    Returns
    -------
    (k, k) float, symmetric
        Shared activities, 0 or more; missing cells are not counted.

    Examples
    --------
    Two people of the first department and one of the second in one room:

    >>> co_attendance_table(attendance_of([[1], [1], [1]]), [0, 0, 1], 2).tolist()
    [[2.0, 2.0], [2.0, 0.0]]
    """
    codes = np.asarray(group, dtype=np.int64)
    if codes.shape != (data.n,) or ((codes < 0) | (codes >= k)).any():
        raise NetlearnError(f"group must hold a number from 0 to {k - 1} for each of {data.n} people.")
    member = sparse.csr_array((np.ones(data.n), (codes, np.arange(data.n))), shape=(k, data.n))
    heads = member @ data.present
    scaled = heads @ sparse.diags_array(_room_weights(data, weights))
    alone = np.asarray(scaled.sum(axis=1)).ravel()  # each person with themselves
    return np.asarray((scaled @ heads.T).toarray() - np.diag(alone), dtype=float)


def participation(data: Attendance, of: Mode = "person") -> Participation:
    """Count how much each person, or each activity, took part, among the cells that are known.

    Examples
    --------
    The second person could not take part in the second room, the third in none:

    >>> data = attendance_of([[1, 3], [1, 0], [0, 0]], [[True, True], [True, False], [False, False]])
    >>> participation(data).times.tolist(), participation(data).share.tolist()
    ([4.0, 1.0, nan], [1.0, 1.0, nan])
    >>> participation(data, "activity").count.tolist()
    [2.0, 1.0]
    """
    axis = _axis(of)
    possible = data.could.sum(axis=axis).astype(float)
    count, times = (
        np.where(possible > 0, np.asarray(table.sum(axis=axis)).ravel(), np.nan)
        for table in (data.present, data.times)
    )
    return Participation(count, times, possible, ratio(count, possible))


def _axis(of: Mode) -> int:
    if of not in ("person", "activity"):
        raise NetlearnError(f"of must be person or activity; got {of!r}.")
    return 1 if of == "person" else 0


def two_mode_density(data: Attendance) -> float:
    """Share of the cells person x activity that could be filled and were: 0 to 1, NaN if there is none.

    Source: Borgatti & Everett (1997), Social Networks 19, 243-269.

    Examples
    --------
    >>> two_mode_density(attendance_of([[1, 1], [2, 0]]))
    0.75
    """
    return float(ratio(data.present.count_nonzero(), data.could.sum()))


def took_part(data: Attendance) -> FloatArray:
    """Tell who took part in anything: (n,) 1 or 0; NaN for who could take part in nothing.

    Examples
    --------
    >>> took_part(attendance_of([[1, 0], [0, 0], [0, 0]], [True, True, False])).tolist()
    [1.0, 0.0, nan]
    """
    count = participation(data).count
    return np.where(np.isnan(count), np.nan, count > 0)


def newcomers(earlier: Attendance, later: Attendance) -> FloatArray:
    """Tell who took part in the later period among those who had not in the earlier one.

    Returns
    -------
    (n,) float
        1 or 0; NaN for people who took part before, and for people who could not take part in one of the periods. The
        same people stand in the same order in both; activities may differ.

    Examples
    --------
    >>> newcomers(attendance_of([[1], [0], [0]]), attendance_of([[1], [1], [0]])).tolist()
    [nan, 1.0, 0.0]
    """
    if earlier.n != later.n:
        raise NetlearnError(f"both periods must hold the same people; got {earlier.n} and {later.n}.")
    return np.where(took_part(earlier) == 0, took_part(later), np.nan)


def reach(reached: ArrayLike, people: ArrayLike) -> float:
    """Share of a set of people, say those without ties before, who were reached: 0 to 1.

    Parameters
    ----------
    reached : (n,) float
        1, 0 or NaN, as `took_part` and `newcomers` give it. NaN is left out.
    people : (n,) bool
        The set.

    Returns
    -------
    float
        NaN if nobody in the set is known.

    Examples
    --------
    >>> reach([1, 0, float("nan"), 1], [True, True, True, False])
    0.5
    """
    known = np.asarray(reached, dtype=float)[np.asarray(people, dtype=bool)]
    known = known[~np.isnan(known)]
    return float(ratio(known.sum(), len(known)))


def redundancy(data: Attendance, of: Mode = "activity") -> FloatArray:
    """Share of the pairs who meet in an activity that also meet in another one.

    1 = the activity brings nobody together who does not meet elsewhere, 0 = all its meetings are new. With
    of="person": share of the pairs of activities of a person that somebody else attends too.

    Returns
    -------
    (m,) or (n,) float
        0 to 1; NaN with fewer than two members. Missing cells are not counted.

    Source: Latapy, Magnien & Del Vecchio (2008), Social Networks 30, 31-48.

    Examples
    --------
    Three people meet in the first room, two of them also in the second:

    >>> redundancy(attendance_of([[1, 1], [1, 1], [1, 0]])).round(3).tolist()
    [0.333, 1.0]
    """
    member = data.present if _axis(of) == 0 else sparse.csr_array(data.present.T)
    elsewhere = (_without_diagonal(member @ member.T) >= 2).astype(float)
    inside = np.asarray(member.multiply(elsewhere @ member).sum(axis=0), dtype=float).ravel()
    size = np.asarray(member.sum(axis=0), dtype=float).ravel()
    return ratio(inside, size * (size - 1))
