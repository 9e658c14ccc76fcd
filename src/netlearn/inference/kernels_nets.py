"""Compiled loops of the null models of networks: ties rewired, departments dealt anew, answers swapped.

Keys of cells are `sender * n + receiver`. A hash table holds them in two arrays: `keys` (size a power of two, EMPTY
where free) and `places` (the number of the tie in that cell, HOLE for a cell that was not observed). Compiled code is
cached beside this file, or in the user's cache folder where that cannot be written to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.kernels_compiler import compiled

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Arcs = tuple[IntArray, IntArray, FloatArray]
Ties = tuple[IntArray, IntArray, IntArray, IntArray]
Pairs = tuple[IntArray, IntArray, IntArray, IntArray]
Generator = np.random.Generator
LabelArray = NDArray[np.int32] | NDArray[np.int64]

EMPTY, HOLE = -1, -1
LONGEST = 64  # ties moved at once; longer moves would come once in 2^63 steps
SPREAD = np.uint64(11400714819323198485)  # 2^64 / golden ratio: neighbouring keys land far apart


@compiled()
def _home(keys: IntArray, key: int) -> np.int64:
    mixed = np.uint64(key) * SPREAD
    return np.int64((mixed ^ (mixed >> np.uint64(32))) & np.uint64(len(keys) - 1))


@compiled()
def _slot(keys: IntArray, key: int) -> np.int64:
    """Where a key is, or would be."""
    slot, mask = _home(keys, key), len(keys) - 1
    while keys[slot] != key and keys[slot] != EMPTY:
        slot = (slot + 1) & mask
    return slot


@compiled()
def _insert(keys: IntArray, places: IntArray, key: int, place: int) -> bool:
    """Put a key in; False, and nothing done, if it is there."""
    slot = _slot(keys, key)
    if keys[slot] == key:
        return False
    keys[slot], places[slot] = key, place
    return True


@compiled()
def _remove(keys: IntArray, places: IntArray, key: int) -> None:
    """Take a key out and close the gap, so that no search stops too early."""
    mask = len(keys) - 1
    gap = _slot(keys, key)
    slot = (gap + 1) & mask
    while keys[slot] != EMPTY:
        if ((slot - _home(keys, keys[slot])) & mask) >= ((slot - gap) & mask):
            keys[gap], places[gap] = keys[slot], places[slot]
            gap = slot
        slot = (slot + 1) & mask
    keys[gap] = EMPTY


@compiled()
def _tie_at(keys: IntArray, places: IntArray, key: int) -> int:
    """Return the number of the tie in a cell, -1 if there is none."""
    slot = _slot(keys, key)
    return places[slot] if keys[slot] == key else -1


@compiled()
def _key(i: int, j: int, n: int, directed: bool) -> int:
    return i * n + j if directed or i < j else j * n + i


@compiled()
def table(
    one: IntArray, other: IntArray, holes: IntArray, n: int, directed: bool
) -> tuple[IntArray, IntArray]:
    """Make the hash table of ties, with ends `one` and `other` (m,), and of holes, given by their keys (h,)."""
    size = 1
    while size < 2 * (
        len(one) + len(holes) + LONGEST
    ):  # half full at most, with the ties of a step being tried
        size *= 2
    keys, places = np.full(size, EMPTY, np.int64), np.full(size, HOLE, np.int64)
    for tie in range(len(one)):
        _insert(keys, places, _key(one[tie], other[tie], n, directed), tie)
    for key in holes:
        _insert(keys, places, key, HOLE)
    return keys, places


@compiled()
def _rotate(ties: Ties, chosen: IntArray, length: int, n: int, directed: bool) -> None:
    """Give each chosen tie the receiver of the next, if all cells that this needs are observed and empty."""
    keys, places, one, other = ties
    for k in range(length):
        i, j = one[chosen[k]], other[chosen[(k + 1) % length]]
        if i == j or not _insert(keys, places, _key(i, j, n, directed), chosen[k]):
            for back in range(k):
                i, j = one[chosen[back]], other[chosen[back + 1]]
                _remove(keys, places, _key(i, j, n, directed))
            return
    first = other[chosen[0]]
    for k in range(length):
        tie = chosen[k]
        _remove(keys, places, _key(one[tie], other[tie], n, directed))
        other[tie] = other[chosen[k + 1]] if k < length - 1 else first


@compiled()
def _choose(rng: Generator, chosen: IntArray, m: int) -> int:
    """Choose 2 ties, or one more with chance 1/2, and so on; 0 if one was drawn twice."""
    length = 2
    while length < min(LONGEST, m) and rng.random() < 0.5:
        length += 1
    for k in range(length):
        chosen[k] = int(rng.random() * m)
        for earlier in range(k):
            if chosen[earlier] == chosen[k]:
                return 0
    return length


@compiled()
def _choose_cycle(rng: Generator, chosen: IntArray, ties: Ties, n: int) -> int:
    """Choose the ties i -> j, j -> k, k -> i for a random tie and a random k; 0 if they are not all there."""
    keys, places, one, other = ties
    tie, k = int(rng.random() * len(one)), int(rng.random() * n)
    i, j = one[tie], other[tie]
    if k in (i, j):
        return 0
    chosen[0], chosen[1] = tie, _tie_at(keys, places, j * n + k)
    chosen[2] = _tie_at(keys, places, k * n + i)
    return 3 if chosen[1] >= 0 and chosen[2] >= 0 else 0


@compiled()
def rewire(rng: Generator, steps: int, ties: Ties, n: int, directed: bool) -> None:
    """Move ties about with all degrees kept, in place.

    A step chooses ties and lets each take over the receiver of the next: two ties are swapped, the three ties of a
    directed cycle are reversed. Every step can be taken back with the chance that it was taken with, and a step that
    cannot be made counts, so all reachable networks are equally likely in the long run. One step in eight tries a
    directed three-cycle, which a random choice of ties would seldom find.

    Parameters
    ----------
    rng : numpy.random.Generator
    steps : int
    ties : keys (2^k,), places (2^k,), one (m,), other (m,) int64
        Hash table of ties and holes, and the ends of the ties (sender and receiver if directed).
    n : int
    directed : bool
    """
    one, other = ties[2], ties[3]
    if len(one) < 2:
        return
    chosen = np.empty(LONGEST, np.int64)
    for _ in range(steps):
        if directed and rng.random() < 0.125:
            length = _choose_cycle(rng, chosen, ties, n)
        else:
            length = _choose(rng, chosen, len(one))
        if not directed:  # an undirected tie has no first end
            for k in range(length):
                if rng.random() < 0.5:
                    one[chosen[k]], other[chosen[k]] = other[chosen[k]], one[chosen[k]]
        if length:
            _rotate(ties, chosen, length, n, directed)


@compiled()
def _within(labels: LabelArray, arcs: Arcs) -> float:
    one, other, weight = arcs
    total = 0.0
    for k in range(len(one)):
        if labels[one[k]] == labels[other[k]]:
            total += weight[k]
    return total


@compiled()
def within_sums(labels: LabelArray, ties: Arcs, holes: Arcs) -> FloatArray:
    """Add up the ties and the holes within departments: labels (R, n) int -> (R, 2).

    `ties` and `holes` are each (one (m,) int, other (m,) int, weight (m,) float).
    """
    sums = np.empty((len(labels), 2))
    for r in range(len(labels)):
        sums[r, 0], sums[r, 1] = _within(labels[r], ties), _within(labels[r], holes)
    return sums


@compiled()
def shuffle(rng: Generator, labels: LabelArray, members: IntArray, starts: IntArray) -> None:
    """Deal labels anew among the members of each stratum, in place.

    Parameters
    ----------
    rng : numpy.random.Generator
    labels : (n,) int
    members : (k,) int
        People, stratum by stratum; who is not among them keeps the label.
    starts : (s + 1,) int
        Where each stratum starts in `members`, and the end.
    """
    for stratum in range(len(starts) - 1):
        start = starts[stratum]
        for last in range(starts[stratum + 1] - 1, start, -1):
            i, j = members[last], members[start + int(rng.random() * (last - start + 1))]
            labels[i], labels[j] = labels[j], labels[i]


@compiled()
def shuffled_within_sums(
    rng: Generator,
    size: int,
    labels: LabelArray,
    members: IntArray,
    starts: IntArray,
    ties: Arcs,
    holes: Arcs,
) -> FloatArray:
    """Deal labels anew `size` times and add up the ties and the holes within departments: (size, 2).

    `labels` are left as dealt last; the other arguments are those of `shuffle` and of `within_sums`.
    """
    sums = np.empty((size, 2))
    for r in range(size):
        shuffle(rng, labels, members, starts)
        sums[r, 0], sums[r, 1] = _within(labels, ties), _within(labels, holes)
    return sums


@compiled()
def swap_variances(
    swapped: BoolArray,
    movers: IntArray,
    pairs: Pairs,
    answers: FloatArray,
    slopes: FloatArray,
    cells: FloatArray,
    squares: FloatArray,
) -> FloatArray:
    """Compute the dyadic-robust floored variance of a change after the answers of some were swapped: (R,).

    Parameters
    ----------
    swapped : (R, m + 1) bool
        Of everything that can be swapped; the last is False.
    movers : (2, d) int
        With which of them the answer of each pair's low person moves, and that of its high one.
    pairs : low, high, observed, kind, each (d,) int64
        Pairs with a tie in some wave: the two people, their observed cells (1 or 2) and their class.
    answers : (4, d) float
        What low answers about high in the first wave and in the second, and high about low.
    slopes : (3, R, c) float
        Influence per observed cell, per tie in the first wave and per tie in the second.
    cells : (n, c) float
        Observed cells of each class that hold each person.
    squares : (c,) float
        Sum over the pairs of each class without a tie of (observed cells) squared.
    """
    low, high, observed, kind = pairs
    n, c = cells.shape
    sums, out = np.empty(n), np.empty(len(swapped))
    for r in range(len(swapped)):
        base, first, second = slopes[0, r], slopes[1, r], slopes[2, r]
        sums[:], dyads = 0.0, 0.0
        for k in range(c):
            if squares[k] > 0:
                dyads += base[k] ** 2 * squares[k]
            for i in range(n):
                if cells[i, k] > 0:
                    sums[i] += cells[i, k] * base[k]
        for d in range(len(low)):
            i, j, k = low[d], high[d], kind[d]
            a, b = (
                (answers[1, d], answers[0, d]) if swapped[r, movers[0, d]] else (answers[0, d], answers[1, d])
            )
            e, f = (
                (answers[3, d], answers[2, d]) if swapped[r, movers[1, d]] else (answers[2, d], answers[3, d])
            )
            extra = first[k] * (a + e) + second[k] * (b + f)
            sums[i] += extra
            sums[j] += extra
            dyads += (observed[d] * base[k] + extra) ** 2
        out[r] = max((sums**2).sum() - dyads, dyads)
    return out
