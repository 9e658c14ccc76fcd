"""Net: one wave on chosen cells, as arrays; what every measure is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from netlearn.errors import NetlearnError
from netlearn.measures.mixing import mixing_counts

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Net:
    """Ties among n people, and which of the n (n - 1) cells were observed.

    A cell (i, j) is observed when i answered, j could be named, i is not j, and (i, j) is no hole. A tie always lies in
    an observed cell. Memory grows with people, ties and holes, never with people squared.

    Attributes
    ----------
    ties : (n, n) sparse, float
        1 where row names column, or the strength of the tie; symmetric if undirected.
    group : (n,) int
        Department of each person, below `k`; decides what is within and what is cross.
    k : int
    answered, possible : (n,) bool
        Who answered, and who could be named.
    holes : (n, n) sparse, float
        1 at unobserved cells inside answered x possible.
    directed : bool
    unit : (n,) int
        Unit of each person, below `n_units`, for values by unit: the department, or several pooled.
    n_units : int

    Examples
    --------
    >>> net = net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])
    >>> net.tie_table.tolist(), net.cell_table.tolist()
    ([[2.0, 1.0], [0.0, 0.0]], [[2.0, 2.0], [2.0, 0.0]])
    """

    ties: sparse.csr_array
    group: IntArray
    k: int
    answered: BoolArray
    possible: BoolArray
    holes: sparse.csr_array
    directed: bool
    unit: IntArray
    n_units: int

    @property
    def n(self) -> int:
        """Number of people, observed or not."""
        return len(self.group)

    @property
    def half(self) -> float:
        """What a stored tie or cell counts in a total: 1, or 1/2 if undirected, where each is stored twice."""
        return 1.0 if self.directed else 0.5

    @cached_property
    def sender(self) -> IntArray:
        """Senders of the ties, row by row: (m,)."""
        return np.repeat(np.arange(self.n), np.diff(self.ties.indptr))

    @property
    def receiver(self) -> IntArray:
        """Receivers of the ties, in the same order: (m,)."""
        return np.asarray(self.ties.indices, dtype=np.int64)

    @cached_property
    def cross(self) -> BoolArray:
        """Whether each tie crosses departments: (m,)."""
        return self.group[self.sender] != self.group[self.receiver]

    @cached_property
    def hole_pairs(self) -> tuple[IntArray, IntArray]:
        """Senders and receivers of the holes."""
        coo = self.holes.tocoo()
        return np.asarray(coo.row, dtype=np.int64), np.asarray(coo.col, dtype=np.int64)

    @cached_property
    def row_cells(self) -> IntArray:
        """Cells that each person answered: (n,)."""
        room = int(self.possible.sum()) - self.possible.astype(np.int64)
        return np.where(self.answered, room, 0) - np.bincount(self.hole_pairs[0], minlength=self.n)

    @cached_property
    def column_cells(self) -> IntArray:
        """Cells that others answered about each person: (n,)."""
        room = int(self.answered.sum()) - self.answered.astype(np.int64)
        return np.where(self.possible, room, 0) - np.bincount(self.hole_pairs[1], minlength=self.n)

    @cached_property
    def people(self) -> BoolArray:
        """Who holds an observed cell, as sender or receiver: (n,). The others are not in the network."""
        return self.row_cells + self.column_cells > 0

    @cached_property
    def tie_table(self) -> FloatArray:
        """Ties from department (row) to department (column): (k, k); undirected ties stand in both triangles."""
        return mixing_counts(self.sender, self.receiver, self.group, self.k, self.ties.data).astype(float)

    @cached_property
    def cell_table(self) -> FloatArray:
        """Observed cells from department to department: (k, k)."""
        out = np.bincount(self.group[self.answered], minlength=self.k)
        into = np.bincount(self.group[self.possible], minlength=self.k)
        own = np.bincount(self.group[self.answered & self.possible], minlength=self.k)
        holes = mixing_counts(*self.hole_pairs, self.group, self.k)
        return (np.outer(out, into) - np.diag(own) - holes).astype(float)

    def observed(self, sender: IntArray, receiver: IntArray) -> BoolArray:
        """Tell for each pair whether its cell was observed."""
        i, j = self.hole_pairs
        inside = self.answered[sender] & self.possible[receiver] & (sender != receiver)
        return inside & ~np.isin(sender * self.n + receiver, i * self.n + j)

    def without(self, gone: BoolArray) -> Net:
        """Return the network without some people: their cells are no longer observed, the others keep their place."""
        stay = ~gone
        keep = stay[self.sender] & stay[self.receiver]
        i, j = self.hole_pairs
        held = stay[i] & stay[j]
        return make_net(
            self.n,
            self.sender[keep],
            self.receiver[keep],
            self.group,
            self.k,
            self.answered & stay,
            self.possible & stay,
            (i[held], j[held]),
            directed=self.directed,
            unit=self.unit,
            n_units=self.n_units,
            strength=self.ties.data[keep],
        )

    @cached_property
    def _kept(self) -> dict[Callable[[Net], Any], Any]:
        return {}

    def once(self, function: Callable[[Net], Any]) -> Any:
        """Compute a function of this network, or return what it gave before: measures may share the costly part."""
        if function not in self._kept:
            self._kept[function] = function(self)
        return self._kept[function]

    def by_unit(self, values: ArrayLike) -> FloatArray:
        """Add up values of people to units: (n_units,)."""
        weights = np.asarray(values, dtype=float)
        return np.bincount(self.unit, weights, minlength=self.n_units).astype(float)


def make_net(
    n: int,
    sender: IntArray,
    receiver: IntArray,
    group: IntArray,
    k: int,
    answered: BoolArray,
    possible: BoolArray,
    holes: tuple[IntArray, IntArray],
    *,
    directed: bool = True,
    unit: IntArray | None = None,
    n_units: int | None = None,
    strength: FloatArray | None = None,
) -> Net:
    """Build a Net from arcs, each 1 or of a given strength, and holes."""
    return Net(
        _sparse(sender, receiver, n, strength),
        np.asarray(group, dtype=np.int64),
        k,
        np.asarray(answered, dtype=bool),
        np.asarray(possible, dtype=bool),
        _sparse(*holes, n),
        directed,
        np.asarray(group if unit is None else unit, dtype=np.int64),
        k if n_units is None else n_units,
    )


def _sparse(i: IntArray, j: IntArray, n: int, values: FloatArray | None = None) -> sparse.csr_array:
    matrix = sparse.csr_array((np.ones(len(i)) if values is None else values, (i, j)), shape=(n, n))
    matrix.sort_indices()
    return matrix


def net_of(ties: ArrayLike, group: ArrayLike, observed: Any = None, *, directed: bool = True) -> Net:
    """Build a Net from an (n, n) 0/1 matrix, for small examples and for people who have one.

    Parameters
    ----------
    ties : (n, n)
        Row names column; the diagonal is ignored.
    group : (n,) int
        Department numbers from 0.
    observed : (n, n) bool, optional
        Default: all cells.
    directed : bool
        If False, `ties` and `observed` must be symmetric.
    """
    y = np.array(ties, dtype=float)
    if y.ndim != 2 or y.shape[0] != y.shape[1] or len(np.ravel(group)) != len(y):
        raise NetlearnError(f"ties must be square with one group per row; got {y.shape}.")
    mask = np.ones(y.shape, bool) if observed is None else np.array(observed, dtype=bool)
    np.fill_diagonal(mask, False)
    y = np.where(mask, y, 0)
    if not directed and not ((y == y.T).all() and (mask == mask.T).all()):
        raise NetlearnError("an undirected network needs symmetric ties and observed cells.")
    codes = np.asarray(group, dtype=np.int64).ravel()
    answered, possible = np.asarray(mask.any(axis=1)), np.asarray(mask.any(axis=0))
    empty = np.outer(answered, possible) & ~mask
    np.fill_diagonal(empty, False)
    k = int(codes.max()) + 1 if len(codes) else 0
    (i, j), (u, v) = np.nonzero(y), np.nonzero(empty)
    return make_net(len(y), i, j, codes, k, answered, possible, (u, v), directed=directed)
