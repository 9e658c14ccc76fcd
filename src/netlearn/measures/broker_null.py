"""What brokerage chance alone would give: expected counts, their spread, and z.

The null of Gould & Fernandez (1989): people and their departments are fixed, every cell is a tie with the same
probability d, independently. A brokerage a -> b -> c without a -> c is a product of three such cells, so the expected
count is (number of triples of the role) * d^2 (1 - d). Two triples are correlated when they share a cell; counting the
shared cells gives the variance exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.measures.brokerage import role_counts
from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net, make_net

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Counts of brokerage against the null, columns as in `ROLES`.

    Attributes
    ----------
    counts, expected, sd : (n, 6) or (6,) float
        For people, or for the network.
    """

    counts: FloatArray
    expected: FloatArray
    sd: FloatArray

    @property
    def z(self) -> FloatArray:
        """(counts - expected) / sd; NaN where the null leaves no spread (a role that cannot occur)."""
        return ratio(self.counts - self.expected, self.sd)


@dataclass(frozen=True, eq=False)
class RoleNull:
    """Brokerage of people and of the network against the null."""

    people: Moments
    network: Moments


@dataclass(frozen=True)
class _Chances:
    """Chance of one brokerage, and covariances of two that share a cell."""

    one: float
    shared_tie: float
    shared_gap: float
    tie_in_gap: float


def role_null(net: Net) -> RoleNull:
    """Compare brokerage with what chance would give.

    The comparison is among the people who answered and could be named: the counts are of triples of such people, so
    they can be lower than those of `role_counts`. Without missing answers they are the same. Holes are taken to lie at
    random: a triple counts only when its three cells were observed. NaN for other people, and for an undirected
    network, whose cells are not independent. Source: Gould & Fernandez (1989), Sociological Methodology 19.

    Examples
    --------
    0 -> 1 -> 2, one department: d = 1/3, two triples (0, 1, 2) and (2, 1, 0) at person 1, each with chance 2/27.

    >>> from netlearn.measures.net import net_of
    >>> null = role_null(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 0]))
    >>> round(float(null.people.expected[1, 0]), 4), round(float(null.network.expected[0]), 4)
    (0.1481, 0.4444)
    """
    core = _respondents(net)
    sizes = np.bincount(net.group[core.answered], minlength=net.k).astype(float)
    chances = _chances(core)
    counts = role_counts(core)
    triples, meetings = _person_triples(sizes)
    spread = triples * (chances.one - chances.one**2) + meetings * chances.shared_tie
    here = np.where(core.answered, 1.0, np.nan)[:, None]
    people = Moments(counts, here * (triples * chances.one)[net.group], here * _root(spread)[net.group])
    everyone = sizes @ triples
    total = np.where(np.isnan(chances.one), np.nan, np.nansum(counts, axis=0))
    network = Moments(total, everyone * chances.one, _root(_network_variance(sizes, everyone, chances)))
    return RoleNull(people, network)


def _respondents(net: Net) -> Net:
    """Keep the people who answered and could be named, and the ties and holes among them."""
    core = net.answered & net.possible
    keep = core[net.sender] & core[net.receiver]
    i, j = net.hole_pairs
    blank = core[i] & core[j]
    return make_net(
        net.n,
        net.sender[keep],
        net.receiver[keep],
        net.group,
        net.k,
        core,
        core,
        (i[blank], j[blank]),
        directed=net.directed,
    )


def _chances(core: Net) -> _Chances:
    """Chances from the shares of cells seen as a tie (d) and seen as a gap (q; 1 - d without holes)."""
    q_people = int(core.answered.sum())
    cells = float(q_people * (q_people - 1))
    if not core.directed or not cells:
        return _Chances(*[float("nan")] * 4)
    d = core.ties.nnz / cells
    q = (cells - core.holes.nnz - core.ties.nnz) / cells
    one = d**2 * q
    return _Chances(one, d**3 * q**2 - one**2, d**4 * q - one**2, -(one**2))


def _root(variance: FloatArray) -> FloatArray:
    return np.sqrt(np.maximum(variance, 0.0))


def _person_triples(sizes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Triples that a person of each department can broker, and ordered pairs of these that share a tie: (k, 6) each.

    Two triples of one broker share a tie when they have the sender or the receiver in common.
    """
    n, own, others = sizes.sum(), sizes - 1, sizes.sum() - sizes
    pairs = sizes * (sizes - 1)
    elsewhere = others[:, None] - sizes  # people outside the department of the broker and that of the sender
    foreign = np.where(np.eye(len(sizes), dtype=bool), 0.0, sizes)
    one_way = own * others
    triples = [own * (own - 1), pairs.sum() - pairs, one_way, one_way, (foreign * elsewhere).sum(axis=1)]
    thirds = pairs * (sizes - 2)
    mixed = one_way * (others - 1 + own - 1)
    meetings = [
        2 * own * (own - 1) * (own - 2),
        2 * (thirds.sum() - thirds),
        mixed,
        mixed,
        2 * (foreign * elsewhere * (elsewhere - 1)).sum(axis=1),
    ]
    whole = np.full(len(sizes), (n - 1) * (n - 2))
    return np.column_stack([*triples, whole]), np.column_stack([*meetings, 2 * whole * (n - 3)])


def _network_variance(sizes: FloatArray, triples: FloatArray, chances: _Chances) -> FloatArray:
    """Variance of the counts of the network: (6,).

    For every cell, the triples that use it as a tie (`ties`) or as a gap (`gap`) are paired. Triples (a, b, c) and
    (a, c, b), or (b, a, c), share two cells and are met twice, so one meeting is taken off.
    """
    cells = np.outer(sizes, sizes) - np.diag(sizes)
    met_twice = np.array([2.0, 0.0, 1.0, 1.0, 2.0, 2.0])
    variance = triples * (chances.one - chances.one**2) - met_twice * triples * chances.tie_in_gap
    for role, (ties, gap) in enumerate(_uses(sizes)):
        both_ties = (cells * ties * (ties - 1)).sum() * chances.shared_tie
        both_gaps = (cells * gap * (gap - 1)).sum() * chances.shared_gap
        variance[role] += both_ties + both_gaps + 2 * (cells * ties * gap).sum() * chances.tie_in_gap
    return variance


def _uses(sizes: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Per role, how many triples use a cell from department (row) to department (column) as a tie and as a gap."""
    same = np.eye(len(sizes), dtype=bool)
    row, column, n = sizes[:, None], sizes[None, :], sizes.sum()
    outside = n - row - np.where(same, 0.0, column)
    inside = np.where(same, row - 2, 0.0)
    third = np.where(same, 0.0, outside)
    in_row, in_column = np.where(same, 0.0, row - 1), np.where(same, 0.0, column - 1)
    abroad = np.where(same, outside, 0.0)
    everyone = np.full(same.shape, n - 2)
    return [
        (2 * inside, inside),
        (in_row + in_column, abroad),
        (abroad + in_row, in_row),
        (in_column + abroad, in_column),
        (2 * third, third),
        (2 * everyone, everyone),
    ]
