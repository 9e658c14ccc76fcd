"""Who can reach whom, and in how many steps, from department to department."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.measures.cohesion import Which
from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Words = NDArray[np.uint64]

SEARCHES = 64  # one bit per search in a machine word
WORDS_AT_ONCE = 16


@dataclass(frozen=True, eq=False)
class Paths:
    """Ordered pairs of people by department of the first (row) and of the second (column).

    Attributes
    ----------
    pairs : (k, k) float
        Pairs (a, c) in which a answered and c could be named, a not c.
    reached : (k, k) float
        Those with a directed path of ties from a to c.
    steps : (k, k) float
        Lengths of their shortest paths, added up.
    """

    pairs: FloatArray
    reached: FloatArray
    steps: FloatArray

    @property
    def reach_table(self) -> FloatArray:
        """Share of the pairs with a path: (k, k), 0 to 1; NaN without pairs."""
        return ratio(self.reached, self.pairs)

    @property
    def distance_table(self) -> FloatArray:
        """Mean length of the shortest paths: (k, k) steps, at least 1; NaN where nobody is reached."""
        return ratio(self.steps, self.reached)

    def reach(self, which: Which = "all") -> float:
        """Share of all pairs, of the pairs across departments or within, that have a path."""
        return float(ratio(_total(self.reached, which), _total(self.pairs, which)))

    def distance(self, which: Which = "all") -> float:
        """Mean length of the shortest paths of all, cross or within pairs that have one, in steps."""
        return float(ratio(_total(self.steps, which), _total(self.reached, which)))


def _total(table: FloatArray, which: Which) -> float:
    within = float(np.trace(table))
    return {"all": float(table.sum()), "cross": float(table.sum()) - within, "within": within}[which]


def shortest_paths(net: Net) -> Paths:
    """Find the shortest directed paths between all people, summed by department.

    Paths run along observed ties. A person who did not answer can be reached but starts no path and passes none on;
    holes are treated as no tie. So with missing answers the share reached is a lower bound and every distance that is
    found an upper bound.

    Notes
    -----
    Breadth-first searches from 64 people run side by side in the bits of one word (Then et al. 2014, VLDB 8), each word
    holding people of one department: memory grows with ties and department pairs.

    Examples
    --------
    0 -> 1 -> 2, where 2 is the other department:

    >>> from netlearn.measures.net import net_of
    >>> paths = shortest_paths(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1]))
    >>> paths.reach_table.tolist(), paths.distance("cross")
    ([[0.5, 1.0], [0.0, nan]], 1.5)
    """
    start, end = net.answered & net.people, net.possible & net.people
    out, into, both = (np.bincount(net.group[who], minlength=net.k) for who in (start, end, start & end))
    reached, steps = np.zeros((net.k, net.k)), np.zeros((net.k, net.k))
    word, bit, department = _places(net.group, start)
    people = np.flatnonzero(start)[np.argsort(net.group[start], kind="stable")]
    for first in range(0, len(department), WORDS_AT_ONCE):
        last = min(first + WORDS_AT_ONCE, len(department))
        here = (word >= first) & (word < last)
        seen = np.zeros((net.n, last - first), np.uint64)
        seen[people[here], word[here] - first] = np.left_shift(np.uint64(1), bit[here].astype(np.uint64))
        for distance, found in enumerate(_search(net, seen), start=1):
            np.add.at(reached, department[first:last], found)
            np.add.at(steps, department[first:last], found * distance)
    return Paths((np.outer(out, into) - np.diag(both)).astype(float), reached, steps)


def _places(group: IntArray, start: NDArray[np.bool_]) -> tuple[IntArray, IntArray, IntArray]:
    """Give people, sorted by department, a word and a bit; a word holds one department only, which is told too."""
    sizes = np.bincount(group[start])
    words = -(-sizes // SEARCHES)
    rank = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    word = np.repeat(np.cumsum(words) - words, sizes) + rank // SEARCHES
    return word, rank % SEARCHES, np.repeat(np.arange(len(sizes)), words)


def _search(net: Net, seen: Words) -> list[FloatArray]:
    """Walk one step at a time from every start at once; per step the people newly reached: (words, k)."""
    arriving = net.ties.tocsc()
    named = np.flatnonzero(np.diff(arriving.indptr))
    new = seen.copy()
    found: list[FloatArray] = []
    while True:
        step = np.zeros_like(seen)
        if len(named):
            step[named] = np.bitwise_or.reduceat(new[arriving.indices], arriving.indptr[named], axis=0)
        new = step & ~seen
        if not new.any():
            return found
        seen |= new
        count = np.zeros((net.k, seen.shape[1]))
        np.add.at(count, net.group, np.bitwise_count(new))
        found.append(count.T)
