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
from netlearn.inference.places import Places, both_ways, rectangle
from netlearn.measures.net import Net
from netlearn.wording.shown import Shown

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Pairs = tuple[IntArray, IntArray]
STEPS_PER_TIE, LEAST_STEPS = 20, 1000
MOST = 10  # at most so many times more steps where ties are dense and few moves can be made
# Between half of the steps and all: standard errors of the measure, and share of ties in place. Then: share in place.
DRIFT, LOSS, TIGHT = 4.0, 0.01, 0.8


class NetSampler(Protocol):
    """A null model of networks."""

    def __call__(self, rng: np.random.Generator) -> Net:
        """Draw a network."""


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
        return RandomDensity(net, both_ways(net), ties // 2)
    return RandomDensity(net, rectangle(net, net.answered, net.possible), ties)


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
        both_ways(net),
        mutual,
        int((twoway & ~returned).sum()),
        (
            rectangle(net, net.answered, net.possible & ~net.answered),
            rectangle(net, net.answered & ~net.possible, both),
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
        Default 20 times the number of ties and at least 1,000; up to ten times that where ties are dense, as a move
        needs two empty cells.

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
    steps = _steps(net, len(one)) if steps is None else steps
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise NetlearnError(f"steps must be a whole number, 0 or more; got {steps!r}.")
    i, j = net.hole_pairs
    holes = (i * net.n + j)[(i < j) | net.directed]
    keys, places = table(one, other, holes, net.n, net.directed)
    return DegreesFixed(net, int(steps), one, other, keys, places)


def _steps(net: Net, ties: int) -> int:
    empty = 1 - net.ties.nnz / max(int(net.row_cells.sum()), 1)
    return round(max(LEAST_STEPS, STEPS_PER_TIE * ties) * min(MOST, 1 / max(empty, 0.1) ** 2))


@dataclass(frozen=True)
class Mixing(Shown):
    """Whether ties were moved about enough, with degrees fixed.

    Attributes
    ----------
    steps : int
        Steps per draw.
    kept_half, kept : float
        Mean share of the observed ties that are in place after half of the steps and after all.
    drift : float
        Distance of the mean measure after half of the steps from that after all, in standard errors.
    """

    steps: int
    kept_half: float
    kept: float
    drift: float

    @property
    def unmixed(self) -> bool:
        """The draws were still moving away from the observed network."""
        return self.drift > DRIFT or self.kept_half - self.kept > LOSS

    @property
    def tight(self) -> bool:
        """Nearly all ties are where they were: the degrees force them, or the network is nearly full."""
        return self.kept > TIGHT


def mixing_of(steps: int, measured: FloatArray, kept: FloatArray) -> Mixing:
    """Compare the draws after half of the steps with those after all.

    Parameters
    ----------
    steps : int
    measured, kept : (R, 2) float
        A measure, and the share of the observed ties in place: after half of the steps, after all. NaN is left out.

    Examples
    --------
    After half of the steps the measure is 0.25 and 0.5 below its last value: 0.375 / (0.125 / sqrt 2) from 0.

    >>> found = mixing_of(100, np.array([[0.5, 0.75], [0.25, 0.75]]), np.array([[0.3, 0.3], [0.2, 0.2]]))
    >>> found.kept, round(found.drift, 3), found.unmixed
    (0.25, 4.243, True)
    """
    gap = measured[:, 1] - measured[:, 0]
    gap = gap[np.isfinite(gap)]
    error = gap.std() / np.sqrt(len(gap)) if gap.size else 0.0
    drift = abs(gap.mean()) / error if error > 0 else 0.0
    half, whole = kept.mean(axis=0) if len(kept) else (np.nan, np.nan)
    return Mixing(steps, float(half), float(whole), float(drift))
