"""Pairs and people: the dyad census, reciprocity, isolates, people without cross contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Which = Literal["all", "cross", "within"]


@dataclass(frozen=True, eq=False)
class PairStates:
    """Pairs of people whose two cells were both observed, by what was answered.

    Attributes
    ----------
    mutual, unknown : (n, n) sparse, float
        Symmetric: 1 where both name each other; 1 where a cell between two people who answered is a hole.
    one_way : (n, n) sparse, float
        1 where row names column and column, asked, does not name row.
    core : (n,) bool
        People who answered and could be named: the only ones with whom a pair can be fully observed.
    """

    mutual: sparse.csr_array
    one_way: sparse.csr_array
    unknown: sparse.csr_array
    core: NDArray[np.bool_]

    @property
    def n_core(self) -> int:
        """Number of people in the core."""
        return int(self.core.sum())


def pair_states(net: Net) -> PairStates:
    """Sort the ties into mutual and one-way ones, on pairs with both cells observed.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> states = pair_states(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1]))
    >>> int(states.mutual.sum()), int(states.one_way.sum())
    (2, 1)
    """
    core = net.answered & net.possible
    inside = sparse.diags_array(core.astype(float), format="csr")
    holes = inside @ net.holes @ inside
    unknown = sparse.csr_array((holes + holes.T) > 0, dtype=float)
    ties = inside @ net.ties @ inside
    ties = ties - ties.multiply(unknown)
    mutual = ties.multiply(ties.T).tocsr()
    one_way = (ties - mutual).tocsr()
    for matrix in (mutual, one_way):
        matrix.eliminate_zeros()
    return PairStates(mutual, one_way, unknown, core)


def dyad_census(net: Net) -> IntArray:
    """Count mutual, asymmetric and null pairs of people: (3,) int.

    Pairs with a missing cell are left out, so the three add up to the pairs with both cells observed. In an undirected
    network no pair is asymmetric. Source: Holland & Leinhardt (1970), American Journal of Sociology 76.

    Examples
    --------
    0 <-> 1, 0 -> 2, nothing between 1 and 2:

    >>> from netlearn.measures.net import net_of
    >>> dyad_census(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [1, 1, 1]
    """
    states = pair_states(net)
    q = states.n_core
    mutual, one_way = states.mutual.nnz // 2, states.one_way.nnz
    return np.array([mutual, one_way, q * (q - 1) // 2 - states.unknown.nnz // 2 - mutual - one_way])


def dyadic_reciprocity(net: Net) -> float:
    """Share of the pairs whose two answers agree: (mutual + null) / pairs, 0 to 1.

    On pairs with both cells observed; NaN without such pairs, and for an undirected network, where a tie has nothing to
    return. Source: Butts (2008), Journal of Statistical Software 24(6).

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> round(dyadic_reciprocity(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])), 3)
    0.667
    """
    mutual, one_way, null = _directed_census(net)
    return float(ratio(mutual + null, mutual + one_way + null))


def nonnull_reciprocity(net: Net) -> float:
    """Share of the pairs with a tie in which both name each other: mutual / (mutual + asymmetric), 0 to 1.

    On pairs with both cells observed; NaN without ties in them, and for an undirected network.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> nonnull_reciprocity(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1]))
    0.5
    """
    mutual, one_way, _ = _directed_census(net)
    return float(ratio(mutual, mutual + one_way))


def reciprocity_log_ratio(net: Net) -> float:
    """Log of edgewise reciprocity over density: how far being named raises the chance of naming back.

    log[(2 mutual / (2 mutual + asymmetric)) / ((2 mutual + asymmetric) / (2 pairs))], any number; 0 = no more than
    chance. On pairs with both cells observed; -inf when no tie is returned, NaN without ties and for an undirected
    network.

    Examples
    --------
    Two of three arcs are returned, half of the six cells are ties: log((2/3) / (1/2)).

    >>> from netlearn.measures.net import net_of
    >>> round(reciprocity_log_ratio(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])), 4)
    0.2877
    """
    mutual, one_way, null = _directed_census(net)
    arcs = 2 * mutual + one_way
    value = float(ratio(2 * mutual, arcs) / ratio(arcs, 2 * (mutual + one_way + null)))
    return float("-inf") if value == 0 else float(np.log(value))


def reciprocity_correlation(net: Net) -> float:
    """Pearson correlation of the two cells of a pair, -1 to 1.

    (mutual / pairs - d^2) / (d (1 - d)) with d the density, all three on pairs with both cells observed. NaN where the
    cells do not vary (no tie, or only ties) and for an undirected network.

    Examples
    --------
    One mutual, one asymmetric, one null pair: (1/3 - 1/4) / (1/4).

    >>> from netlearn.measures.net import net_of
    >>> round(reciprocity_correlation(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])), 4)
    0.3333
    """
    mutual, one_way, null = _directed_census(net)
    pairs = mutual + one_way + null
    density = ratio(2 * mutual + one_way, 2 * pairs)
    return float(ratio(ratio(mutual, pairs) - density**2, density * (1 - density)))


def _directed_census(net: Net) -> FloatArray:
    return dyad_census(net).astype(float) if net.directed else np.full(3, np.nan)


def returned_arcs(net: Net, which: Which = "all") -> tuple[FloatArray, FloatArray]:
    """Count the arcs that each person sends and that are returned, and those that could be: two (n,) vectors.

    Parameters
    ----------
    net : Net
    which : "all", "cross" or "within"
        The arcs that count.

    Returns
    -------
    given, asked : (n,) float
        Add them up to units (`net.by_unit`) or to the network before dividing. An arc counts as asked only where its
        reverse cell was observed. All NaN for an undirected network.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> given, asked = returned_arcs(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1]))
    >>> given.tolist(), asked.tolist()
    ([1.0, 1.0, 0.0], [2.0, 1.0, 0.0])
    """
    if not net.directed:
        return np.full(net.n, np.nan), np.full(net.n, np.nan)
    i, j = net.sender, net.receiver
    asked = (
        net.observed(j, i) & {"all": np.ones(len(i), bool), "cross": net.cross, "within": ~net.cross}[which]
    )
    given = asked & np.isin(j * net.n + i, i * net.n + j)
    count = [np.bincount(i[keep], minlength=net.n).astype(float) for keep in (given, asked)]
    return count[0], count[1]


def edgewise_reciprocity(net: Net, which: Which = "all") -> float:
    """Share of the arcs that are returned, 0 to 1: 2 mutual / (2 mutual + asymmetric).

    Among all arcs, those across departments or those within; only arcs whose reverse cell was observed. NaN without
    such arcs, and for an undirected network.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> net = net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])
    >>> round(edgewise_reciprocity(net), 3), edgewise_reciprocity(net, "cross"), edgewise_reciprocity(net, "within")
    (0.667, 0.0, 1.0)
    """
    given, asked = returned_arcs(net, which)
    return float(ratio(given.sum(), asked.sum()))


def isolates(net: Net) -> FloatArray:
    """Mark people without any tie, sent or received: (n,) of 0 and 1.

    NaN for a person who is not in the network. Only observed cells speak: a person who did not answer is isolated when
    nobody who was asked names them. The mean over people is the share of isolates.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> isolates(net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [0.0, 0.0, 1.0]
    """
    tied = np.zeros(net.n, bool)
    tied[net.sender] = True
    tied[net.receiver] = True
    return np.where(net.people, ~tied, np.nan)


def without_cross_contact(net: Net) -> FloatArray:
    """Mark people who name nobody in another department: (n,) of 0 and 1.

    NaN for a person who answered no cell across departments (silent, or nobody elsewhere to name), so the mean is the
    share among those who could have named someone. In an undirected network a contact is one whoever reported it.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> without_cross_contact(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [0.0, 1.0, 1.0]
    """
    named = np.bincount(net.sender[net.cross], minlength=net.n)
    elsewhere = net.possible.sum() - np.bincount(net.group[net.possible], minlength=net.k)[net.group]
    i, j = net.hole_pairs
    blank = np.bincount(i[net.group[i] != net.group[j]], minlength=net.n)
    return np.where(net.answered & (elsewhere > blank), named == 0, np.nan)
