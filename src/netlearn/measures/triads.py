"""Triples of people: the triad census and transitivity, by sparse products on ties.

A product of two tie matrices counts two-step paths. It is only ever needed at places where a third tie (or a hole)
closes the triple, and is made there alone, some rows at a time, so memory grows with ties and holes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.measures.cohesion import PairStates, pair_states
from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TRIADS = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
PATHS_AT_ONCE = 1_000_000


def row_blocks(a: sparse.csr_array, b: sparse.csr_array) -> Iterator[slice]:
    """Cut the rows of `a` so that each block of `a @ b` holds at most about `PATHS_AT_ONCE` paths."""
    paths = np.concatenate([[0], np.cumsum(np.diff(b.indptr)[a.indices])])[a.indptr]
    cuts = np.flatnonzero(np.diff(paths[:-1] // PATHS_AT_ONCE)) + 1
    edges = [0, *cuts.tolist(), a.shape[0]]
    return (slice(low, high) for low, high in pairwise(edges))


def product_at(a: sparse.csr_array, b: sparse.csr_array, at: sparse.csr_array) -> sparse.csr_array:
    """Multiply two sparse matrices, keeping (and weighting by) the stored places of a third: (a @ b) * at.

    Examples
    --------
    >>> y = sparse.csr_array(np.array([[0., 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> product_at(y, y, y).sum()
    np.float64(1.0)
    """
    cuts = list(row_blocks(a, b))
    if len(cuts) == 1:
        return sparse.csr_array((a @ b).multiply(at))
    return sparse.csr_array(sparse.vstack([(a[rows] @ b).multiply(at[rows]) for rows in cuts], format="csr"))


def triad_census(net: Net) -> IntArray:
    """Count triples of people by the pattern of their ties: (16,) int, in the order of `TRIADS`.

    A name holds the numbers of mutual, asymmetric and null pairs and, where that leaves a choice, the direction: Down,
    Up, Transitive, Cyclic. Only triples whose three pairs are fully observed are counted (everyone answered about
    everyone), so the sum is the number of such triples. In an undirected network 003, 102, 201 and 300 hold the triples
    with 0, 1, 2 and 3 ties.

    Notes
    -----
    Closed triples come from products at the ties. Open ones are the pairs of ties that meet in a person, less those
    whose third pair holds a tie or a hole. The rest follows from the number of neighbours. Source: Holland & Leinhardt
    (1976), Sociological Methodology 7.

    Examples
    --------
    0 -> 1 -> 2 with 0 -> 2 is transitive:

    >>> from netlearn.measures.net import net_of
    >>> census = triad_census(net_of([[0, 1, 1], [0, 0, 1], [0, 0, 0]], [0, 0, 1]))
    >>> {name: int(count) for name, count in zip(TRIADS, census) if count}
    {'030T': 1}
    """
    states = pair_states(net)
    one, mutual = states.one_way, states.mutual
    back = sparse.csr_array(one.T)
    taken = sparse.csr_array(mutual + one + back + states.unknown)
    legs = _legs(mutual, one, back, taken)
    found = _closed(legs, mutual, one, back) | _open(legs, mutual, one) | _single(mutual, one, taken, states)
    found["003"] = _triples(states) - sum(found.values())
    return np.array([round(found[name]) for name in TRIADS], dtype=np.int64)


def _legs(
    mutual: sparse.csr_array, one: sparse.csr_array, back: sparse.csr_array, taken: sparse.csr_array
) -> dict[str, sparse.csr_array]:
    """Two ties that meet in a person, where the third pair is not null, named by the open triad that they would be."""
    steps = {
        "021D": (back, one),
        "021U": (one, back),
        "021C": (one, one),
        "111D": (one, mutual),
        "111U": (mutual, one),
        "201": (mutual, mutual),
    }
    return {name: product_at(first, second, taken) for name, (first, second) in steps.items()}


def _closed(
    legs: dict[str, sparse.csr_array], mutual: sparse.csr_array, one: sparse.csr_array, back: sparse.csr_array
) -> dict[str, float]:
    """Triples without a null pair; divided by how often the same triple is met."""
    return {
        "030T": legs["021C"].multiply(one).sum(),
        "030C": legs["021C"].multiply(back).sum() / 3,
        "120D": legs["021D"].multiply(mutual).sum() / 2,
        "120U": legs["021U"].multiply(mutual).sum() / 2,
        "120C": legs["021C"].multiply(mutual).sum(),
        "210": legs["201"].multiply(one).sum(),
        "300": legs["201"].multiply(mutual).sum() / 6,
    }


def _open(
    legs: dict[str, sparse.csr_array], mutual: sparse.csr_array, one: sparse.csr_array
) -> dict[str, float]:
    """Triples with one null pair: all pairs of ties at a person, less those whose third pair is not null."""
    both, out, into = mutual.sum(axis=1), one.sum(axis=1), one.sum(axis=0)
    met = {
        "021D": (out * (out - 1)).sum() / 2 - legs["021D"].sum() / 2,
        "021U": (into * (into - 1)).sum() / 2 - legs["021U"].sum() / 2,
        "021C": (into * out).sum() - legs["021C"].sum(),
        "111D": (both * into).sum() - legs["111D"].sum(),
        "111U": (both * out).sum() - legs["111U"].sum(),
        "201": (both * (both - 1)).sum() / 2 - legs["201"].sum() / 2,
    }
    return {name: float(count) for name, count in met.items()}


def _single(
    mutual: sparse.csr_array, one: sparse.csr_array, taken: sparse.csr_array, states: PairStates
) -> dict[str, float]:
    """Triples with two null pairs: for each tie the people with whom neither end has a tie or a hole."""
    degree = taken.sum(axis=1)

    def left(ties: sparse.csr_array) -> float:
        ends = (ties.sum(axis=1) * degree).sum() + (ties.sum(axis=0) * degree).sum()
        return float(ties.nnz * states.n_core - ends + product_at(taken, taken, ties).sum())

    return {"102": left(mutual) / 2, "012": left(one)}


def _triples(states: PairStates) -> int:
    """Triples of people who answered that hold no hole, by inclusion and exclusion."""
    q, holes = states.n_core, states.unknown
    degree = holes.sum(axis=1)
    meeting = round(float((degree * (degree - 1)).sum() / 2))
    triangles = round(float(product_at(holes, holes, holes).sum() / 6))
    return q * (q - 1) * (q - 2) // 6 - (holes.nnz // 2 * (q - 2) - meeting + triangles)


def weak_census(net: Net) -> tuple[int, int]:
    """Count two-step paths a -> b -> c (a is not c), and those with a -> c: (closed, all).

    Paths whose cell (a, c) was not observed are left out. Ordered, so an undirected triangle counts six.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> weak_census(net_of([[0, 1, 1], [0, 0, 1], [1, 0, 0]], [0, 0, 1]))
    (1, 3)
    """
    y, out, into = net.ties, net.ties.sum(axis=1), net.ties.sum(axis=0)
    # Who has a first step answered, and who is reached can be named: only a hole can hide the third tie.
    hidden = product_at(y, y, net.holes).sum() if net.holes.nnz else 0.0
    paths = (out * into).sum() - y.multiply(y.T).sum() - hidden
    return round(float(product_at(y, y, y).sum())), round(float(paths))


def transitivity(net: Net) -> float:
    """Share of the two-step paths a -> b -> c that are closed by a -> c (weak transitivity), 0 to 1.

    Paths whose cell (a, c) was not observed are left out; NaN without paths. Source: Wasserman & Faust (1994), Social
    Network Analysis.

    Examples
    --------
    Of 0 -> 1 -> 2, 1 -> 2 -> 0 and 2 -> 0 -> 1 the first is closed (0 -> 2 -> 0 ends where it began):

    >>> from netlearn.measures.net import net_of
    >>> round(transitivity(net_of([[0, 1, 1], [0, 0, 1], [1, 0, 0]], [0, 0, 1])), 3)
    0.333
    """
    closed, paths = weak_census(net)
    return float(ratio(closed, paths))


def strong_census(net: Net) -> tuple[int, int]:
    """Count ordered triples in which a -> b -> c holds exactly when a -> c does: (such triples, all triples).

    All = ordered triples of three different people whose cells (a, b), (b, c) and (a, c) were all observed.

    Examples
    --------
    A path 0 -> 1 -> 2 breaks the rule once as a path, twice as a tie without the path:

    >>> from netlearn.measures.net import net_of
    >>> strong_census(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1]))
    (3, 6)
    """
    closed, paths = weak_census(net)
    at_ties, everywhere = _third_people(net)
    return everywhere - (paths - closed) - (at_ties - closed), everywhere


def strong_transitivity(net: Net) -> float:
    """Share of the ordered triples in which a -> b -> c holds exactly when a -> c does, 0 to 1.

    On triples whose three cells were all observed; NaN without them. An empty network has 1: nothing breaks the rule.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> strong_transitivity(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1]))
    0.5
    """
    return float(ratio(*strong_census(net)))


def _third_people(net: Net) -> tuple[int, int]:
    """Count b with (a, b) and (b, c) observed, summed over ties a -> c and over all observed cells (a, c).

    For one cell: people who answered and could be named, less a and c themselves, less those behind a hole of a or
    before a hole of c, plus those that were then taken off twice.
    """
    r, p, holes = net.answered.astype(float), net.possible.astype(float), net.holes
    from_a = (r * p).sum() - r * p - holes @ r
    to_c = -r * p - p @ holes
    ties = net.ties.sum(axis=1) @ from_a + net.ties.sum(axis=0) @ to_c
    every = (r * from_a * (p.sum() - p)).sum() + (p * to_c * (r.sum() - r)).sum()
    if holes.nnz:
        ties += product_at(holes, holes, net.ties).sum()
        out, into = holes.sum(axis=1), holes.sum(axis=0)
        every += out @ into - holes.multiply(holes.T).sum()
        # A hole is no observed cell: take off what was added for it.
        every -= out @ from_a + into @ to_c + product_at(holes, holes, holes).sum()
    return round(float(ties)), round(float(every))


def union_transitivity(net: Net) -> float:
    """Share of the connected triples that are closed when direction is forgotten, 0 to 1.

    3 triangles / (two-step paths) of the graph that joins two people when either names the other (all ties of an
    undirected network), on triples whose three pairs are fully observed. NaN without two-step paths. Source: Newman,
    Strogatz & Watts (2001), Physical Review E 64.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> union_transitivity(net_of([[0, 1, 1], [0, 0, 1], [0, 0, 0]], [0, 0, 1]))
    1.0
    """
    states = pair_states(net)
    y = sparse.csr_array(states.mutual + states.one_way + states.one_way.T)
    degree = y.sum(axis=1)
    met = product_at(y, y, sparse.csr_array(y + states.unknown))
    hidden = met.multiply(states.unknown).sum()
    return float(ratio(met.sum() - hidden, (degree * (degree - 1)).sum() - hidden))
