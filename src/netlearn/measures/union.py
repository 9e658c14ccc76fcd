"""The undirected union of a network: two people are tied if either names the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from netlearn.measures.net import BoolArray, Net


def union(net: Net) -> Net:
    """Return the undirected network in which i and j are tied if i names j, j names i, or both.

    A pair is observed if both of its cells are: only then is "neither names the other" an answer. A tie seen from one
    side only is left out, for if such pairs counted when there is a tie and not when there is none, density would rise
    with every person who keeps silent. An undirected network comes back as it is.

    Parameters
    ----------
    net : Net

    Returns
    -------
    Net
        Symmetric ties and cells, with the same people, departments and units.

    Examples
    --------
    0 -> 1 and 2 -> 1; person 0 was not asked about person 2, so that pair is not observed.

    >>> from netlearn.measures.net import net_of
    >>> asked = [[0, 1, 0], [1, 0, 1], [1, 1, 0]]
    >>> both = union(net_of([[0, 1, 0], [0, 0, 0], [1, 1, 0]], [0, 0, 1], asked))
    >>> both.ties.toarray().astype(int).tolist()
    [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    """
    if not net.directed:
        return net
    reachable = net.answered & net.possible
    holes = _either(net.holes, reachable)
    ties = _either(net.ties, reachable)
    # A pair with a hole on either side is not observed, whatever the other side says.
    blocked = ties.multiply(holes)
    ties = sparse.csr_array(ties - blocked)
    ties.eliminate_zeros()
    ties.sort_indices()
    return replace(net, ties=ties, holes=holes, answered=reachable, possible=reachable, directed=False)


def _either(matrix: sparse.csr_array, inside: BoolArray) -> sparse.csr_array:
    """1 where the matrix or its transpose has an entry between two people inside."""
    both = sparse.coo_array(matrix + matrix.T)
    keep = inside[both.row] & inside[both.col] & (both.data != 0)
    found = sparse.csr_array((np.ones(keep.sum()), (both.row[keep], both.col[keep])), shape=matrix.shape)
    found.sort_indices()
    return found
