"""Structural holes: how far a person's contacts are contacts of each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net
from netlearn.measures.triads import product_at

FloatArray = NDArray[np.float64]


def constraint(net: Net) -> FloatArray:
    """Burt's constraint of each person: (n,) float, above 0; the higher, the fewer holes around them.

    c_i = sum over contacts j of (p_ij + sum over q of p_iq p_qj)^2, with p_ij = (y_ij + y_ji) / sum over q of (y_iq +
    y_qi): the share of i's ties that goes to j. It is 1 with one contact, can exceed 1 in tight small circles, and is
    1 / contacts when no two contacts know each other or share a contact.

    NaN for people without a tie. Only observed ties count: a tie to a person who did not answer weighs half of a
    mutual one, and ties among silent people are unseen, so constraint around them is too low. Source: Burt (1992),
    Structural Holes.

    Examples
    --------
    1 stands between 0 and 2, who do not know each other; 3 knows nobody:

    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    >>> constraint(net_of(y, [0, 0, 1, 1], directed=False)).tolist()
    [1.0, 0.5, 1.0, nan]
    """
    weight, total = _weights(net)
    part = _scaled(weight, total)
    invested = part + product_at(part, part, _pattern(weight))
    return np.where(total > 0, invested.power(2).sum(axis=1), np.nan)


def effective_size(net: Net) -> FloatArray:
    """Burt's effective size of each person's circle: (n,) float, contacts less what is redundant among them.

    e_i = sum over contacts j of (1 - sum over q of p_iq m_jq), with p as in `constraint` and m_jq = (y_jq + y_qj) /
    max over k of (y_jk + y_kj). From 1 (all contacts know each other) to the number of contacts (none does); below 1
    is possible when the contacts are tied closer to each other than to i.

    NaN for people without a tie. Only observed ties count: a tie between two silent contacts is unseen, so they look
    less redundant than they may be. Source: Burt (1992), Structural Holes; undirected: Borgatti (1997), Connections 20.

    Examples
    --------
    1 knows 0, 2 and 3; of these, 2 and 3 know each other: 3 - 2 * 1 / 3.

    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]]
    >>> effective_size(net_of(y, [0, 0, 1, 1], directed=False)).round(3).tolist()
    [1.0, 2.333, 1.0, 1.0]
    """
    weight, total = _weights(net)
    strongest = weight.max(axis=1).toarray().ravel() if net.n else total
    contacts = _pattern(weight)
    # m_jq is w_jq over j's strongest tie; w is symmetric, so the sum over q runs along a product.
    shared = product_at(_scaled(weight, total), weight, contacts) @ ratio(
        1.0, np.where(strongest > 0, strongest, 1.0)
    )
    return np.where(total > 0, contacts.sum(axis=1) - shared, np.nan)


def _weights(net: Net) -> tuple[sparse.csr_array, FloatArray]:
    """How much two people have to do with each other (0, 1 or 2 ties), and the sum per person."""
    weight = sparse.csr_array(net.ties + net.ties.T)
    return weight, np.asarray(weight.sum(axis=1), dtype=float)


def _scaled(weight: sparse.csr_array, total: FloatArray) -> sparse.csr_array:
    """Divide each row by its total; rows without ties hold nothing."""
    part = weight.copy()
    part.data /= np.repeat(total, np.diff(weight.indptr))
    return part


def _pattern(weight: sparse.csr_array) -> sparse.csr_array:
    pattern = weight.copy()
    pattern.data = np.ones_like(weight.data)
    return pattern
