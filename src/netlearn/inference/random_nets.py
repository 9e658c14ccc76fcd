"""Random networks to set a network against: of the same density, of the same dyad census, with the same degrees.

A tie is only ever placed in an observed cell, and the observed cells never change. Every drawn network has ties of
strength 1. Each null model is a value that is called with a generator and gives a Net.

Sources: Holland & Leinhardt (1976), Sociological Methodology 7; Rao, Jana & Bandyopadhyay (1996), Sankhya A 58.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.errors import NetlearnError
from netlearn.measures.net import Net

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Pairs = tuple[IntArray, IntArray]
STEPS_PER_TIE, LEAST_STEPS = 20, 1000


class NetSampler(Protocol):
    """A null model of networks."""

    def __call__(self, rng: np.random.Generator) -> Net:
        """Draw a network."""


@dataclass(frozen=True, eq=False)
class Places:
    """Cells or pairs that can be found by number, without a list of them.

    They are rows x columns, or the pairs of `rows` if there are no columns, less those left out.

    Attributes
    ----------
    rows, columns : (r,), (c,) int
        People; `columns` None for unordered pairs (row i before row j).
    skipped : (s,) int
        Numbers of what is left out, ascending.

    Examples
    --------
    The pairs of three people without the second (0, 2):

    >>> places = Places(np.array([0, 1, 2]), None, np.array([1]))
    >>> places.size, [found.tolist() for found in places.at(np.array([0, 1]))]
    (2, [[0, 1], [1, 2]])
    """

    rows: IntArray
    columns: IntArray | None
    skipped: IntArray

    @property
    def size(self) -> int:
        """How many there are."""
        r = len(self.rows)
        every = r * (r - 1) // 2 if self.columns is None else r * len(self.columns)
        return every - len(self.skipped)

    def at(self, number: IntArray) -> Pairs:
        """Return the two people of each."""
        # What is left out before the u-th that stays: those whose number less their own rank is at most u.
        every = number + np.searchsorted(self.skipped - np.arange(len(self.skipped)), number, side="right")
        if self.columns is not None:
            return self.rows[every // len(self.columns)], self.columns[every % len(self.columns)]
        starts = _triangle(np.arange(len(self.rows)), len(self.rows))
        i = np.searchsorted(starts, every, side="right") - 1
        return self.rows[i], self.rows[every - starts[i] + i + 1]


def _triangle(i: IntArray, r: int) -> IntArray:
    """Count the pairs of r whose first is before the i-th."""
    return i * (r - 1) - i * (i - 1) // 2


def _rectangle(net: Net, rows: BoolArray, columns: BoolArray) -> Places:
    """Observed cells from some people to some others."""
    r, c = np.flatnonzero(rows), np.flatnonzero(columns)
    row, column = np.cumsum(rows) - 1, np.cumsum(columns) - 1
    i, j = net.hole_pairs
    inside = rows[i] & columns[j] & (i != j)
    own = np.flatnonzero(rows & columns)
    i, j = np.concatenate([i[inside], own]), np.concatenate([j[inside], own])
    return Places(r, c, np.unique(row[i] * len(c) + column[j]))


def _triangle_places(net: Net) -> Places:
    """Pairs of people of whom both cells were observed."""
    both = net.answered & net.possible
    rank, r = np.cumsum(both) - 1, int(both.sum())
    i, j = net.hole_pairs
    inside = both[i] & both[j] & (i != j)
    low, high = rank[np.minimum(i, j)[inside]], rank[np.maximum(i, j)[inside]]
    return Places(np.flatnonzero(both), None, np.unique(_triangle(low, r) + high - low - 1))


def _with_ties(net: Net, sender: IntArray, receiver: IntArray) -> Net:
    """Return the same people and cells with other ties, in both directions if undirected."""
    if not net.directed:
        sender, receiver = np.concatenate([sender, receiver]), np.concatenate([receiver, sender])
    ties = sparse.csr_array((np.ones(len(sender)), (sender, receiver)), shape=(net.n, net.n))
    ties.sort_indices()
    return replace(net, ties=ties)


def _draw_numbers(rng: np.random.Generator, size: int, count: int, *, ordered: bool = False) -> IntArray:
    return rng.choice(size, count, replace=False, shuffle=ordered).astype(np.int64)


@dataclass(frozen=True, eq=False)
class RandomDensity:
    """As many ties as observed, dealt at random over the observed cells (pairs, if undirected)."""

    net: Net
    places: Places
    count: int

    def __call__(self, rng: np.random.Generator) -> Net:
        """Draw a network."""
        return _with_ties(self.net, *self.places.at(_draw_numbers(rng, self.places.size, self.count)))


def random_density(net: Net) -> RandomDensity:
    """Return the null model of networks with as many ties as observed, wherever a tie could be.

    Also known as the conditional uniform graph given the number of ties.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> draw = random_density(net_of([[0, 1, 1], [0, 0, 0], [0, 0, 0]], [0, 0, 1]))
    >>> draw(np.random.default_rng(1)).ties.nnz
    2
    """
    ties = net.ties.nnz
    if not net.directed:
        return RandomDensity(net, _triangle_places(net), ties // 2)
    return RandomDensity(net, _rectangle(net, net.answered, net.possible), ties)


@dataclass(frozen=True, eq=False)
class RandomDyadCensus:
    """As many mutual, one-way and empty pairs as observed; pairs with one observed cell keep their number of ties.

    Attributes
    ----------
    pairs : Places
        Pairs with both cells observed.
    mutual, one_way : int
        How many of them are mutual and one-way.
    singles : tuple of Places
        Observed cells whose reverse was not observed.
    listed : (senders, receivers)
        More of those, one by one: their reverse is a hole.
    single_ties : int
    """

    net: Net
    pairs: Places
    mutual: int
    one_way: int
    singles: tuple[Places, ...]
    listed: Pairs
    single_ties: int

    def __call__(self, rng: np.random.Generator) -> Net:
        """Draw a network."""
        one, other = self.pairs.at(
            _draw_numbers(rng, self.pairs.size, self.mutual + self.one_way, ordered=True)
        )
        turned = rng.random(len(one)) < 0.5
        sender, receiver = np.where(turned, other, one), np.where(turned, one, other)
        alone = self._single_cells(rng)
        return _with_ties(
            self.net,
            np.concatenate([sender, receiver[: self.mutual], alone[0]]),
            np.concatenate([receiver, sender[: self.mutual], alone[1]]),
        )

    def _single_cells(self, rng: np.random.Generator) -> Pairs:
        sizes = [*(places.size for places in self.singles), len(self.listed[0])]
        number = np.sort(_draw_numbers(rng, sum(sizes), self.single_ties))
        parts = np.split(number, np.searchsorted(number, np.cumsum(sizes)[:-1]))
        starts = np.cumsum([0, *sizes[:-1]])
        found = [p.at(part - s) for p, part, s in zip(self.singles, parts, starts, strict=False)]
        last = parts[-1] - starts[-1]
        found.append((self.listed[0][last], self.listed[1][last]))
        return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def random_dyad_census(net: Net) -> NetSampler:
    """Return the null model of networks with as many mutual, one-way and empty pairs as observed.

    Missing answers: pairs with both cells observed keep their numbers of mutual, one-way and empty pairs, pairs with
    one observed cell their number of ties. An undirected network has no one-way pairs: same as `random_density`.

    Source: Holland & Leinhardt (1976), Sociological Methodology 7.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> draw = random_dyad_census(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1]))
    >>> y = draw(np.random.default_rng(1)).ties.toarray()
    >>> float(y.sum()), float((y * y.T).sum())
    (3.0, 2.0)
    """
    if not net.directed:
        return random_density(net)
    both = net.answered & net.possible
    twoway = net.observed(net.receiver, net.sender)
    returned = np.isin(net.receiver * net.n + net.sender, net.sender * net.n + net.receiver)
    mutual = int((twoway & returned).sum()) // 2
    i, j = net.hole_pairs
    lone = net.observed(j, i)
    return RandomDyadCensus(
        net,
        _triangle_places(net),
        mutual,
        int((twoway & ~returned).sum()),
        (
            _rectangle(net, net.answered, net.possible & ~net.answered),
            _rectangle(net, net.answered & ~net.possible, both),
        ),
        (j[lone], i[lone]),
        int((~twoway).sum()),
    )


@dataclass(frozen=True, eq=False)
class DegreesFixed:
    """Everybody names as many and is named by as many as observed: the ties are moved about, step by step.

    Attributes
    ----------
    steps : int
        Steps per draw, each draw starting from the observed network.
    one, other : (m,) int
        Ends of the ties; each undirected tie once.
    keys, places : (2^k,) int
        Hash table of ties and holes; see `kernels_nets`.
    """

    net: Net
    steps: int
    one: IntArray
    other: IntArray
    keys: IntArray
    places: IntArray

    def __call__(self, rng: np.random.Generator) -> Net:
        """Draw a network."""
        return self.stops(rng, (self.steps,))[0][0]

    def stops(self, rng: np.random.Generator, steps: Sequence[int]) -> list[tuple[Net, float]]:
        """Draw a network and look at it after each of some numbers of steps.

        Returns
        -------
        list of (Net, float)
            The network, and the share of the observed ties still in place (NaN without ties).
        """
        from netlearn.inference.kernels_nets import rewire

        one, other = self.one.copy(), self.other.copy()
        state = (self.keys.copy(), self.places.copy(), one, other)
        found, done = [], 0
        for stop in steps:
            rewire(rng, stop - done, state, self.net.n, self.net.directed)
            drawn, done = _with_ties(self.net, one.copy(), other.copy()), stop
            kept = drawn.ties.multiply(self.net.ties > 0).nnz
            found.append((drawn, kept / drawn.ties.nnz if drawn.ties.nnz else float("nan")))
        return found


def degrees_fixed(net: Net, steps: int | None = None) -> DegreesFixed:
    """Return the null model of networks in which everybody keeps both degrees, all such networks equally likely.

    Two ties exchange their receivers; in a directed network three-cycles are also reversed, and longer chains of ties
    pass their receivers on, without which some networks could not be reached (those with three-cycles, and those
    with holes). What cannot be done counts as a step.

    Parameters
    ----------
    net : Net
    steps : int, optional
        Default 20 times the number of ties, and at least 1,000.

    Source: Rao, Jana & Bandyopadhyay (1996), Sankhya A 58, for the three-cycles.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> draw = degrees_fixed(net_of([[0, 1, 0], [0, 0, 1], [1, 0, 0]], [0, 0, 1]))
    >>> draw(np.random.default_rng(1)).ties.sum(axis=0).tolist()
    [1.0, 1.0, 1.0]
    """
    from netlearn.inference.kernels_nets import table

    first = net.sender < net.receiver if not net.directed else np.ones(net.ties.nnz, bool)
    one, other = net.sender[first], net.receiver[first]
    steps = max(LEAST_STEPS, STEPS_PER_TIE * len(one)) if steps is None else steps
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise NetlearnError(f"steps must be a whole number, 0 or more; got {steps!r}.")
    i, j = net.hole_pairs
    holes = (i * net.n + j)[(i < j) | net.directed]
    keys, places = table(one, other, holes, net.n, net.directed)
    return DegreesFixed(net, int(steps), one, other, keys, places)
