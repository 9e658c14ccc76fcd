"""Change from department to department: a studentised statistic per pair of departments, for swaps of the two waves.

Held fixed: who answered, departments, both sets of answers of every person. What varies: which set came first, person
by person, for all pairs of departments at once, so that their statistics keep going together as they do. An undirected
tie has no sender, so there the two answers of a pair of people are swapped, pair by pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from netlearn.study.cells import Cells, add_up

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Changes = tuple[FloatArray, IntArray, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Sums:
    """Changes added up in each pair of departments, by people or by pairs of people: e sums, m things to swap.

    Attributes
    ----------
    changes : (e, m) sparse
        What each thing adds to each sum; after a swap it takes that away.
    cells : (e,) float
        Observed cells behind each sum.
    add : (c, e) sparse
        Adds up the sums of each pair of departments.
    still : power -> (c,) float
        That power of the cells behind every sum without a change, added up.
    """

    changes: sparse.csr_array
    cells: FloatArray
    add: sparse.csr_array
    still: Mapping[int, FloatArray]

    def power(self, signs: FloatArray, mean: FloatArray, p: int) -> FloatArray:
        """Add up that power of the sums less the mean of their cells: signs (m, R), mean (c, R) -> (c, R)."""
        centred = self.changes @ signs - self.cells[:, None] * (self.add.T @ mean)
        return self.add @ centred**p + mean**p * self.still[p][:, None]


@dataclass(frozen=True, eq=False)
class PairChanges:
    """What the statistics of all pairs of departments need, added up once: c pairs, m things to swap.

    Attributes
    ----------
    changes : (c, m) sparse
        Change of each thing that is swapped: all answers of a person; undirected, the tie of two people.
    cells : (c,) float
        Observed cells of each pair of departments.
    people, dyads : Sums
        By person, as sender or receiver; and by pair of people.
    centred, most : (c,) float
        What the mean leaves of the variance between people, a factor; and the most degrees of freedom people give.
    """

    changes: sparse.csr_array
    cells: FloatArray
    people: Sums
    dyads: Sums
    centred: FloatArray
    most: FloatArray

    @property
    def size(self) -> int:
        """Things with a change; swapping the others does nothing."""
        return int(self.changes.shape[1])

    @property
    def changed(self) -> IntArray:
        """How many of them change each pair of departments: (c,)."""
        return np.diff(self.changes.indptr).astype(np.int64)

    def __call__(self, swaps: IntArray) -> FloatArray:
        """Studentised change of each pair of departments after swapping the waves of some people (or pairs).

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
        total, _, people, dyads = self._parts(np.where(swaps.T == 1, -1.0, 1.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(total == 0, 0.0, total / np.sqrt(np.maximum(people, dyads))).T

    def df(self) -> FloatArray:
        """Degrees of freedom of the observed statistic; see `dyadic.person_variance`: (c,)."""
        signs = np.ones((self.size, 1))
        _, mean, people, dyads = self._parts(signs)
        squares, fourths = (self.people.power(signs, mean, p) for p in (2, 4))
        with np.errstate(divide="ignore", invalid="ignore"):
            few = np.clip(2 * squares**2 / fourths - 1, 2.0, self.most[:, None])
        # Where pairs rule the variance, people may still drift a little: no more freedom than they have.
        return np.where(people > dyads, few, self.most[:, None])[:, 0]

    def _parts(self, signs: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Sum of the changes, their mean over the cells, and the sum's variance by people and by pairs."""
        total = self.changes @ signs
        mean = total / np.maximum(self.cells, 1)[:, None]
        dyads = self.dyads.power(signs, mean, 2)
        dyads[dyads < 1e-9] = 0.0  # 0 but for rounding: the smallest possible sum is 1 over the cells
        return total, mean, (self.people.power(signs, mean, 2) - dyads) / self.centred[:, None], dyads


def shrunk(t: FloatArray, df: FloatArray) -> FloatArray:
    """Bring t to the normal scale, so that few people who move much do not stand out by luck: never farther from 0.

    For swaps pair by pair, which make pairs change independently: their statistics need no such thing, but what was
    observed may come from people who drift. Comparing the shrunk observed value with the draws as they are keeps the
    error rate under the swap null and holds it when people drift. Swaps person by person let people drift.

    Examples
    --------
    The upper 5 % point of t with 2 degrees of freedom is 2.92, of the normal 1.645:

    >>> round(float(shrunk(np.array(2.92), np.array(2.0))), 3)
    1.645
    """
    size = -special.ndtri(special.stdtr(df, -np.abs(t)))
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
        If False the two orders of two departments are one pair of departments, numbered by the lower first, and pairs
        of people are swapped, not senders.

    Returns
    -------
    PairChanges
        Of pair `from * k + to`, k * k of them.
    """
    n = max(cells.n, 1)
    kind = _kind(group[sender], group[receiver], k, directed)
    pair = np.minimum(sender, receiver) * n + np.maximum(sender, receiver)
    things, thing = np.unique(sender if directed else pair, return_inverse=True)
    changes = _sparse(difference, kind, thing, (k * k, len(things)))
    changes.eliminate_zeros()
    room, squares = _room(cells, group, k, directed)
    # Both cells of two people are in one pair of departments within a department, and if undirected.
    two_way = cells.contains(sender, receiver) & cells.contains(receiver, sender)
    two_way &= (group[sender] == group[receiver]) | (not directed)
    behind = np.where(two_way, 2.0, 1.0)
    dyads = _sums(kind * n * n + pair, n * n, behind, {2: squares}, (difference, thing, changes.shape))
    places, held = _person_cells(cells, group, k, directed)
    ends = np.tile(kind, 2) * n + np.concatenate([sender, receiver])
    powers = {p: add_up(places // n, held**p, k * k) for p in (2, 4)}
    behind = held[np.searchsorted(places, ends)]
    people = _sums(ends, n, behind, powers, (np.tile(difference, 2), np.tile(thing, 2), changes.shape))
    return PairChanges(changes, room, people, dyads, *_people(cells, group, k, directed))


def _sums(
    keys: IntArray, span: int, behind: FloatArray, powers: Mapping[int, FloatArray], changes: Changes
) -> Sums:
    """Add up changes by key, `span` keys to a pair of departments; `powers` of the cells behind all possible keys."""
    difference, thing, (c, m) = changes
    rows, row = np.unique(keys, return_inverse=True)
    room = np.empty(len(rows))
    room[row] = behind
    add = _sparse(np.ones(len(rows)), rows // span, np.arange(len(rows)), (c, len(rows)))
    still = {p: whole - add @ room**p for p, whole in powers.items()}
    return Sums(_sparse(difference, row, thing, (len(rows), m)), room, add, still)


def _kind(of: IntArray, to: IntArray, k: int, directed: bool) -> IntArray:
    """Return the number of the pair of departments of each arc."""
    return of * k + to if directed else np.minimum(of, to) * k + np.maximum(of, to)


def _sparse(values: FloatArray, row: IntArray, column: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.asarray(values, dtype=float), (row, column)), shape=shape)


def _room(cells: Cells, group: IntArray, k: int, directed: bool) -> tuple[FloatArray, FloatArray]:
    """Observed cells of each pair of departments, and over its pairs of people the squares of their cells in it."""
    counts, mutual = cells.counts(group, k), cells.two_way_counts(group, k)
    twice = mutual if not directed else np.diag(np.diag(mutual))  # cells whose reverse is in it too
    of, to = np.divmod(np.arange(k * k), k)
    kind = _kind(of, to, k, directed)
    # Two cells of a pair of people: 4 = 2 + 2 squares.
    return add_up(kind, counts.ravel(), k * k), add_up(kind, (counts + twice).ravel(), k * k)


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
