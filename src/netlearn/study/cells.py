"""Which cells of a wave were asked and answered, kept without an n x n array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.wording.shown import Shown

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


def read_only(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """Copy `values` into an array of `dtype` that nobody can write to."""
    array = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def add_up(place: IntArray, weights: ArrayLike, size: int) -> NDArray[np.float64]:
    """Add up weights by place: (size,) float.

    Examples
    --------
    >>> add_up(np.array([0, 2, 2]), [1, 2, 3], 3).tolist()
    [1.0, 0.0, 5.0]
    """
    return np.bincount(place, np.asarray(weights, dtype=float), minlength=size).astype(float)


@dataclass(frozen=True, eq=False)
class Cells(Shown):
    """The observed cells: every answering sender x every possible receiver, less the holes and the diagonal.

    Parameters
    ----------
    senders : (n,) bool
        True for people who answered the question in this wave.
    receivers : (n,) bool
        True for people who could be named in this wave (they need not have answered).
    holes : (h,) int
        Cells `i * n + j` inside senders x receivers that were left without an answer. Others are dropped.

    Examples
    --------
    Three people; the third did not answer, and the first left the cell about the second blank:

    >>> cells = Cells([True, True, False], [True, True, True], [0 * 3 + 1])
    >>> cells.dense().astype(int).tolist()
    [[0, 0, 1], [1, 0, 1], [0, 0, 0]]
    >>> int(cells.total)
    3
    """

    _facts = ("n", "total")

    senders: BoolArray
    receivers: BoolArray
    holes: IntArray

    def __post_init__(self) -> None:
        senders, receivers = read_only(self.senders, bool), read_only(self.receivers, bool)
        if senders.ndim != 1 or senders.shape != receivers.shape:
            raise NetlearnError(
                f"senders and receivers must be two vectors of one length; got shapes "
                f"{senders.shape} and {receivers.shape}."
            )
        n = len(senders)
        holes = np.unique(np.asarray(self.holes, dtype=np.int64))
        if holes.size and (holes[0] < 0 or holes[-1] >= n * n):
            raise NetlearnError(f"holes must be cell numbers i * n + j below {n * n}.")
        i, j = holes // max(n, 1), holes % max(n, 1)
        inside = senders[i] & receivers[j] & (i != j)
        object.__setattr__(self, "senders", senders)
        object.__setattr__(self, "receivers", receivers)
        object.__setattr__(self, "holes", read_only(holes[inside], np.int64))

    @classmethod
    def full(cls, n: int) -> Cells:
        """All n (n - 1) cells observed."""
        return cls(np.ones(n, bool), np.ones(n, bool), np.empty(0, np.int64))

    @classmethod
    def from_dense(cls, observed: ArrayLike) -> Cells:
        """Read an (n, n) bool mask; the diagonal does not count."""
        mask = np.array(observed, dtype=bool)
        if mask.ndim != 2 or mask.shape[0] != mask.shape[1]:
            raise NetlearnError(f"observed must be a square matrix; got shape {mask.shape}.")
        np.fill_diagonal(mask, False)
        senders, receivers = np.asarray(mask.any(axis=1)), np.asarray(mask.any(axis=0))
        return cls(senders, receivers, np.flatnonzero(np.outer(senders, receivers) & ~mask))

    @property
    def n(self) -> int:
        """Number of people, observed or not."""
        return len(self.senders)

    @property
    def total(self) -> int:
        """Number of observed cells (ordered pairs)."""
        both = self.senders & self.receivers
        return int(self.senders.sum()) * int(self.receivers.sum()) - int(both.sum()) - len(self.holes)

    def __and__(self, other: Cells) -> Cells:
        """Cells observed in both."""
        if self.n != other.n:
            raise NetlearnError(f"cannot join the cells of {self.n} and of {other.n} people.")
        return Cells(
            read_only(self.senders & other.senders, bool),
            read_only(self.receivers & other.receivers, bool),
            np.concatenate([self.holes, other.holes]),
        )

    def contains(self, sender: IntArray, receiver: IntArray) -> BoolArray:
        """Tell for each pair whether its cell was observed."""
        inside = self.senders[sender] & self.receivers[receiver] & (sender != receiver)
        return inside & ~np.isin(sender * self.n + receiver, self.holes, assume_unique=False)

    def dense(self) -> BoolArray:
        """Return the (n, n) bool mask, for small n and for people who like to look."""
        mask = np.outer(self.senders, self.receivers)
        mask.reshape(-1)[self.holes] = False
        np.fill_diagonal(mask, False)
        return mask

    def hole_pairs(self) -> tuple[IntArray, IntArray]:
        """Return senders and receivers of the holes."""
        return self.holes // max(self.n, 1), self.holes % max(self.n, 1)

    def counts(self, group: IntArray, k: int) -> IntArray:
        """Count the observed cells from each department (row) to each (column): (k, k) int."""
        out = np.bincount(group[self.senders], minlength=k)
        into = np.bincount(group[self.receivers], minlength=k)
        own = np.bincount(group[self.senders & self.receivers], minlength=k)
        i, j = self.hole_pairs()
        holes = np.bincount(group[i] * k + group[j], minlength=k * k).reshape(k, k)
        return np.outer(out, into) - np.diag(own) - holes

    def two_way_counts(self, group: IntArray, k: int) -> IntArray:
        """Count the observed cells whose reverse is observed too: (k, k) int, symmetric."""
        size = np.bincount(group[self.senders & self.receivers], minlength=k)
        low, high = self._mutual_holes()
        holes = np.bincount(group[low] * k + group[high], minlength=k * k).reshape(k, k)
        return np.outer(size, size) - np.diag(size) - holes - holes.T

    def people(self) -> BoolArray:
        """Tell who holds at least one observed cell, as sender or receiver."""
        return self.row_counts() + self.column_counts() > 0

    def row_counts(self) -> IntArray:
        """Count the cells that each person answered: (n,)."""
        i, _ = self.hole_pairs()
        room = int(self.receivers.sum()) - self.receivers.astype(np.int64)
        return np.where(self.senders, room, 0) - np.bincount(i, minlength=self.n)

    def column_counts(self) -> IntArray:
        """Count the cells that others answered about each person: (n,)."""
        _, j = self.hole_pairs()
        room = int(self.senders.sum()) - self.senders.astype(np.int64)
        return np.where(self.receivers, room, 0) - np.bincount(j, minlength=self.n)

    def mutual_counts(self) -> IntArray:
        """Count the people with whom each person has both cells observed: (n,)."""
        both = self.senders & self.receivers
        low, high = self._mutual_holes()
        lost = np.bincount(np.concatenate([low, high]), minlength=self.n)
        return np.where(both, int(both.sum()) - 1, 0) - lost

    def _mutual_holes(self) -> tuple[IntArray, IntArray]:
        """Pairs (low, high) of people who could both answer about each other, but for a hole in either cell."""
        i, j = self.hole_pairs()
        mutual = self.senders[j] & self.receivers[i]
        low, high = np.minimum(i, j)[mutual], np.maximum(i, j)[mutual]
        pairs = np.unique(low * self.n + high)
        return pairs // max(self.n, 1), pairs % max(self.n, 1)
