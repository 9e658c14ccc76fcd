"""Change from department to department: a studentised statistic per pair of departments, for swaps of the two waves.

Held fixed: who answered, departments, the two answers of every pair of people. What varies: which wave came first, pair
by pair, for all pairs of departments at once, so that their statistics keep going together as they do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

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
    dyads : (c,) float
        Pairs of people with such a cell.
    cell_squares : (c,) float
        Sum over pairs of people of the square of their cells in it (1 or 2).
    change_squares : (c,) float
        Sum over pairs of people of the square of their change in it; a swap does not change it.
    centred, most : (c,) float
        What the mean leaves of the variance between people, a factor; and the most degrees of freedom people give.
    changes, weighted : (c, m) sparse
        Change of each changed pair of people; and the same times its cells.
    held : (e, m) sparse
        Change of each changed pair of people, to each of its persons, by pair of departments: e such sums.
    kind, person_cells : (e,)
        Pair of departments of each sum, and the cells in it that hold the person.
    add : (c, e) sparse
        Adds up such sums by pair of departments.
    still : (2, c) float
        Sums of squares and of fourth powers of the cells that hold each person without a change.
    """

    cells: FloatArray
    dyads: FloatArray
    cell_squares: FloatArray
    change_squares: FloatArray
    centred: FloatArray
    most: FloatArray
    changes: sparse.csr_array
    weighted: sparse.csr_array
    held: sparse.csr_array
    kind: IntArray
    person_cells: FloatArray
    add: sparse.csr_array
    still: FloatArray

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
        return self._studentised(swaps)[0].T

    def observed(self) -> tuple[FloatArray, FloatArray]:
        """Return t as observed, and its degrees of freedom: (c,) each; see `dyadic.person_variance`."""
        t, df = self._studentised(np.zeros((1, self.n_changed), np.int64))
        return t[:, 0], df[:, 0]

    def _studentised(self, swaps: IntArray) -> tuple[FloatArray, FloatArray]:
        signs = (1.0 - 2.0 * swaps).T
        total, weighted = self.changes @ signs, self.weighted @ signs
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(total == 0, 0.0, total / self.cells[:, None])
            squared = (self.held @ signs - self.person_cells[:, None] * mean[self.kind]) ** 2
            squares = self.add @ squared + mean**2 * self.still[0][:, None]
            fourths = self.add @ squared**2 + mean**4 * self.still[1][:, None]
            dyads = self.change_squares[:, None] - 2 * mean * weighted + mean**2 * self.cell_squares[:, None]
            dyads[dyads < 1e-9] = 0.0  # 0 but for rounding: the smallest possible sum is 1 over the cells
            people = (squares - dyads) / self.centred[:, None]
            t = np.where(total == 0, 0.0, total / np.sqrt(np.maximum(people, dyads)))
            few = np.clip(2 * squares**2 / fourths - 1, 2.0, self.most[:, None])
        # Where pairs rule the variance, people may still drift a little: no more freedom than they have.
        return t, np.where(people > dyads, few, np.minimum(self.dyads - 1, self.most)[:, None])


def shrunk(t: FloatArray, df: FloatArray) -> FloatArray:
    """Bring t to the normal scale, so that few people who move much do not stand out by luck: never farther from 0.

    Swaps make pairs change independently, so their statistics need no such thing; what was observed may come from
    people who drift. Comparing the shrunk observed value with the draws as they are keeps the error rate under the
    swap null and holds it when people drift.

    Examples
    --------
    The upper 5 % point of t with 2 degrees of freedom is 2.92, of the normal 1.645:

    >>> round(float(shrunk(np.array(2.92), np.array(2.0))), 3)
    1.645
    """
    size = -special.ndtri(special.stdtr(np.maximum(df, 1.0), -np.abs(t)))
    return np.where(t == 0, 0.0, np.copysign(np.minimum(size, np.abs(t)), t))


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
    whose = keys // max(n, 1)
    without = np.isin(places, keys, invert=True)
    still = [add_up(places[without] // max(n, 1), held_cells[without] ** power, k * k) for power in (2, 4)]
    return PairChanges(
        *_room(cells, group, k, directed),
        changes.power(2).sum(axis=1),
        *_people(cells, group, k, directed),
        changes,
        weighted,
        _sparse(np.tile(difference, 2), place, np.tile(pair, 2), (len(keys), m)),
        whose,
        held_cells[np.searchsorted(places, keys)],
        _sparse(np.ones(len(keys)), whose, np.arange(len(keys)), (k * k, len(keys))),
        np.array(still),
    )


def _kind(of: IntArray, to: IntArray, k: int, directed: bool) -> IntArray:
    """Return the number of the pair of departments of each arc."""
    return of * k + to if directed else np.minimum(of, to) * k + np.maximum(of, to)


def _sparse(values: FloatArray, row: IntArray, column: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.asarray(values, dtype=float), (row, column)), shape=shape)


def _room(cells: Cells, group: IntArray, k: int, directed: bool) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Observed cells of each pair of departments, its pairs of people, and the squares of their cells in it."""
    counts, mutual = cells.counts(group, k), cells.two_way_counts(group, k)
    twice = mutual if not directed else np.diag(np.diag(mutual))  # cells whose reverse is in it too
    of, to = np.divmod(np.arange(k * k), k)
    kind = _kind(of, to, k, directed)
    # Two cells of a pair of people: one pair, 4 = 2 + 2 squares.
    listed = (counts, counts - twice / 2, counts + twice)
    total, dyads, squares = (add_up(kind, values.ravel(), k * k) for values in listed)
    return total, dyads, squares


def _people(cells: Cells, group: IntArray, k: int, directed: bool) -> tuple[FloatArray, FloatArray]:
    """Say what the mean leaves of the variance between people, and how many of them vary freely: (c,) each.

    Of a senders and b receivers, changes between them that vary by sender, by receiver or by pair keep, after their
    mean is taken off, (1 - 1/a)(1 - 1/b) of the variance. Among n people it is 1 - 4/n.
    """
    out = np.bincount(group[cells.senders], minlength=k)
    into = np.bincount(group[cells.receivers], minlength=k)
    both = np.maximum(out, into)
    if not directed:
        out = into = both
    a, b = np.maximum(out, 2)[:, None], np.maximum(into, 2)[None, :]
    centred, most = (1 - 1 / a) * (1 - 1 / b), (a + b - 2.0)
    np.fill_diagonal(centred, np.maximum(both - 4, 1) / np.maximum(both, 5))
    np.fill_diagonal(most, both - 1.0)
    return centred.ravel(), np.maximum(most.ravel(), 2.0)


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
