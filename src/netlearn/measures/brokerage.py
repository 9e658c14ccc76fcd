"""Brokerage: who stands between people of which departments (Gould & Fernandez 1989).

A person b brokers from a to c when a -> b -> c and not a -> c. The departments of the three name the role:

=============== ==================== ====================================
role            departments of a b c in words
=============== ==================== ====================================
coordinator     A A A                among colleagues of one department
itinerant       A B A                between colleagues of another one
representative  A A B                from the own department to another
gatekeeper      A B B                from another department into the own
liaison         A B C                between two other departments
=============== ==================== ====================================
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.measures.net import Net
from netlearn.measures.triads import product_at, row_blocks

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
CROSSING = slice(1, 5)
WITHIN, CROSS = 0, 1
# Per role, whether a -> b, b -> c and (a, c) stay within a department or cross.
_STEPS = (
    (WITHIN, WITHIN, WITHIN),
    (CROSS, CROSS, WITHIN),
    (WITHIN, CROSS, CROSS),
    (CROSS, WITHIN, CROSS),
    (CROSS, CROSS, CROSS),
)


def role_counts(net: Net) -> FloatArray:
    """Count how often each person brokers in each role: (n, 6) float, columns as in `ROLES`.

    Ordered pairs (a, c), a not c, with a -> b -> c and no a -> c. A pair whose cell (a, c) was not observed does not
    count. NaN for people who did not answer or could not be named: no path can be seen to pass through them. Sum over
    people for a department (`by_unit`) or the network. In an undirected network each pair counts in both directions, so
    a representative is a gatekeeper as often. Source: Gould & Fernandez (1989), Sociological Methodology 19.

    Examples
    --------
    0 -> 1 -> 2 with 2 in another department: 1 represents.

    >>> from netlearn.measures.net import net_of
    >>> role_counts(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1])).tolist()[1]
    [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    """
    ties = _split(net.ties, net.group)
    shut = _split(sparse.csr_array(net.ties + net.holes), net.group)
    counts = _two_paths(net, *ties)
    for role, (first, second, third) in enumerate(_STEPS):
        back = sparse.csr_array(ties[first].T)
        counts[:, role] -= product_at(back, shut[third], ties[second]).sum(axis=1)
    return _finished(net, counts)


def partial_role_counts(net: Net) -> FloatArray:
    """Count brokerage with the credit for each pair shared among all who stand between the two: (n, 6) float.

    As `role_counts`, but a broker gets 1 / (number of b with a -> b -> c) for the pair (a, c), so the total over people
    is the number of pairs that need a broker. Source: Gould & Fernandez (1989), Sociological Methodology 19.

    Examples
    --------
    0 reaches 3 through 1 and through 2; each gets half:

    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]
    >>> partial_role_counts(net_of(y, [0, 0, 1, 1]))[:, -1].tolist()
    [0.0, 0.5, 0.5, 0.0]
    """
    y = net.ties
    ties = _split(y, net.group)
    shut = sparse.csr_array(y + net.holes + sparse.eye_array(net.n))
    credit = np.zeros((net.n, 5))
    for rows in row_blocks(y, y):
        share = _shares(sparse.csr_array(y[rows] @ y), shut[rows])
        parts = _split(share, net.group, net.group[rows])
        for role, (first, second, third) in enumerate(_STEPS):
            onward = parts[third] @ ties[second].T
            credit[:, role] += ties[first][rows].multiply(onward).sum(axis=0)
    return _finished(net, credit)


def by_unit(net: Net, counts: FloatArray) -> FloatArray:
    """Add up the brokerage of people to units: (n_units, 6); NaN for a unit nobody of which could broker.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> net = net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1])
    >>> by_unit(net, role_counts(net)).tolist()
    [[0.0, 0.0, 1.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    known = ~np.isnan(counts[:, -1])
    sums = np.column_stack([net.by_unit(np.where(known, column, 0.0)) for column in counts.T])
    return np.where(net.by_unit(known)[:, None] > 0, sums, np.nan)


def boundary_spanners(counts: FloatArray) -> FloatArray:
    """Mark people who broker at least once in a role that crosses departments (all but coordinator): (n,) of 0 and 1.

    Parameters
    ----------
    counts : (n, 6)
        From `role_counts` or `partial_role_counts`; NaN rows stay NaN.

    Examples
    --------
    >>> boundary_spanners(np.array([[1., 0, 0, 0, 0, 1], [0, 0, 1, 0, 0, 1]])).tolist()
    [0.0, 1.0]
    """
    crossing = counts[:, CROSSING].sum(axis=1)
    return np.where(np.isnan(crossing), np.nan, crossing > 0)


def _split(
    matrix: sparse.csr_array, group: IntArray, row_group: IntArray | None = None
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Split a matrix of people by people into places within a department and across."""
    rows = np.repeat(group if row_group is None else row_group, np.diff(matrix.indptr))
    crossing = rows != group[matrix.indices]
    parts = []
    for keep in (~crossing, crossing):
        kept = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr]
        part = (matrix.data[keep], matrix.indices[keep], kept)
        parts.append(sparse.csr_array(part, shape=matrix.shape))
    return parts[WITHIN], parts[CROSS]


def _two_paths(net: Net, within: sparse.csr_array, cross: sparse.csr_array) -> FloatArray:
    """Paths a -> b -> c, a not c, through each b in each role, whether a -> c or not: (n, 5)."""
    in_own, own = within.sum(axis=0), within.sum(axis=1)
    into, out = cross.sum(axis=0), cross.sum(axis=1)
    member = sparse.csr_array((np.ones(net.n), (np.arange(net.n), net.group)), shape=(net.n, net.k))
    same = (cross.T @ member).multiply(cross @ member).sum(axis=1)
    return np.column_stack(
        [
            in_own * own - within.multiply(within.T).sum(axis=1),
            same - cross.multiply(cross.T).sum(axis=1),
            in_own * out,
            into * own,
            into * out - same,
        ]
    )


def _shares(ways: sparse.csr_array, shut: sparse.csr_array) -> sparse.csr_array:
    """1 / (number of two-step paths) where there are some and the pair is not shut."""
    unshut = sparse.csr_array(ways - ways.multiply(shut))
    unshut.eliminate_zeros()
    unshut.data = 1.0 / unshut.data
    return unshut


def _finished(net: Net, counts: FloatArray) -> FloatArray:
    """Add the total, and NaN for people through whom no path can be seen."""
    able = (net.row_cells > 0) & (net.column_cells > 0)
    return np.where(able[:, None], np.column_stack([counts, counts.sum(axis=1)]), np.nan)
