"""Change from department to department: a studentised statistic per pair of departments, for swaps of the two waves.

Held fixed: who answered, departments, the two answers of every pair of people. What varies: which wave came first, pair
by pair, for all pairs of departments at once, so that their statistics keep going together as they do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.study.cells import Cells, add_up

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PairChanges:
    """What the statistics of all pairs of departments need, added up once: c pairs, m changed pairs of people.

    Attributes
    ----------
    cells : (c,) float
        Observed cells of each pair of departments.
    cell_squares : (c,) float
        Sum over pairs of people of the square of their cells in it (1 or 2).
    person_squares : (c,) float
        Sum over people of the square of the cells in it that hold them.
    change_squares : (c,) float
        Sum over pairs of people of the square of their change in it; a swap does not change it.
    changes, weighted : (c, m) sparse
        Change of each changed pair of people; and the same times its cells.
    held : (e, m) sparse
        Change of each changed pair of people, to each of its persons, by pair of departments: e such sums.
    add, add_cells : (c, e) sparse
        Add up those sums by pair of departments; and the same times the cells that hold the person.
    """

    cells: FloatArray
    cell_squares: FloatArray
    person_squares: FloatArray
    change_squares: FloatArray
    changes: sparse.csr_array
    weighted: sparse.csr_array
    held: sparse.csr_array
    add: sparse.csr_array
    add_cells: sparse.csr_array

    @property
    def n_changed(self) -> int:
        """Pairs of people with a change; swapping the others does nothing."""
        return int(self.changes.shape[1])

    @property
    def changed(self) -> IntArray:
        """Number of pairs of people that change each pair of departments: (c,)."""
        return np.diff(self.changes.indptr).astype(np.int64)

    def __call__(self, swaps: IntArray) -> FloatArray:
        """Studentised change of each pair of departments after swapping the waves of some pairs of people.

        Parameters
        ----------
        swaps : (R, m) int
            1 where the waves are swapped.

        Returns
        -------
        (R, c) float
            Change / dyadic-robust floored standard error; 0 where the change is 0, infinite where all cells changed
            alike.
        """
        signs = (1.0 - 2.0 * swaps).T
        total, weighted, held = self.changes @ signs, self.weighted @ signs, self.held @ signs
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = total / self.cells[:, None]
            people = self.add @ held**2 - 2 * mean * (self.add_cells @ held)
            people += mean**2 * self.person_squares[:, None]
            dyads = self.change_squares[:, None] - 2 * mean * weighted + mean**2 * self.cell_squares[:, None]
            variance = np.maximum(people - dyads, dyads)
            variance[variance < 1e-9] = (
                0.0  # 0 but for rounding: the smallest possible sum is 1 over the cells
            )
            return np.where(total == 0, 0.0, total / np.sqrt(variance)).T


def pair_changes(
    cells: Cells,
    group: IntArray,
    k: int,
    sender: IntArray,
    receiver: IntArray,
    difference: FloatArray,
    *,
    directed: bool = True,
) -> PairChanges:
    """Add up the changed arcs to pairs of departments.

    Parameters
    ----------
    cells : Cells
        Observed in both waves.
    group : (n,) int
        Department of each person, below k.
    sender, receiver : (m,) int
        Arcs that changed.
    difference : (m,) float
        Later minus earlier, not 0.
    directed : bool
        If False the two orders of two departments are one pair of departments, numbered by the lower first.

    Returns
    -------
    PairChanges
        Of pair `from * k + to`, k * k of them.
    """
    n = cells.n
    kind = _kind(group[sender], group[receiver], k, directed)
    pairs, pair = np.unique(
        np.minimum(sender, receiver) * n + np.maximum(sender, receiver), return_inverse=True
    )
    m = len(pairs)
    changes = _sparse(difference, kind, pair, (k * k, m))
    changes.eliminate_zeros()
    within = np.arange(k) * (k + 1)
    both = np.ones(k * k, bool) if not directed else np.isin(np.arange(k * k), within)
    two_way = cells.contains(sender, receiver) & cells.contains(receiver, sender) & both[kind]
    weighted = _sparse(difference * (1 + two_way), kind, pair, (k * k, m))
    places, held_cells = _person_cells(cells, group, k, directed)
    ends = np.concatenate([sender, receiver])
    keys, place = np.unique(np.tile(kind, 2) * n + ends, return_inverse=True)
    held = _sparse(np.tile(difference, 2), place, np.tile(pair, 2), (len(keys), m))
    whose, here = keys // max(n, 1), np.arange(len(keys))
    weights = held_cells[np.searchsorted(places, keys)]
    return PairChanges(
        *_room(cells, group, k, directed),
        add_up(places // max(n, 1), held_cells**2, k * k),
        changes.power(2).sum(axis=1),
        changes,
        weighted,
        held,
        _sparse(np.ones(len(keys)), whose, here, (k * k, len(keys))),
        _sparse(weights, whose, here, (k * k, len(keys))),
    )


def _kind(of: IntArray, to: IntArray, k: int, directed: bool) -> IntArray:
    """Return the number of the pair of departments of each arc."""
    return of * k + to if directed else np.minimum(of, to) * k + np.maximum(of, to)


def _sparse(values: FloatArray, row: IntArray, column: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.asarray(values, dtype=float), (row, column)), shape=shape)


def _room(cells: Cells, group: IntArray, k: int, directed: bool) -> tuple[FloatArray, FloatArray]:
    """Observed cells of each pair of departments, and the squares of the cells of each pair of people in it."""
    counts, mutual = cells.counts(group, k), cells.two_way_counts(group, k)
    # A pair of people with both cells in the same pair of departments counts 4 = 2 + 2, else 1.
    twice = mutual if not directed else np.diag(np.diag(mutual))
    of, to = np.divmod(np.arange(k * k), k)
    kind = _kind(of, to, k, directed)
    return add_up(kind, counts.ravel(), k * k), add_up(kind, (counts + twice).ravel(), k * k)


def _person_cells(cells: Cells, group: IntArray, k: int, directed: bool) -> tuple[IntArray, FloatArray]:
    """Observed cells that hold each person, as sender or receiver: pairs of departments x n + person, and how many."""
    n = cells.n
    into = np.bincount(group[cells.receivers], minlength=k)
    out = np.bincount(group[cells.senders], minlength=k)
    own = (group[:, None] == np.arange(k)) & (cells.senders & cells.receivers)[:, None]
    sent = cells.senders[:, None] * into - own
    got = cells.receivers[:, None] * out - own
    i, j = cells.hole_pairs()
    np.subtract.at(sent, (i, group[j]), 1)
    np.subtract.at(got, (j, group[i]), 1)
    person, other = np.divmod(np.arange(n * k), max(k, 1))
    kinds = [_kind(group[person], other, k, directed), _kind(other, group[person], k, directed)]
    places, at = np.unique(np.concatenate(kinds) * n + np.tile(person, 2), return_inverse=True)
    return places, add_up(at, np.concatenate([sent.ravel(), got.ravel()]), len(places))
