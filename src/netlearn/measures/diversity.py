"""How many departments a person's contacts come from, and how evenly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Diversity:
    """Diversity of the departments that each person names.

    Attributes
    ----------
    named : (n,) float
        Number of departments named; 0 for a person who answered and named nobody, NaN for one without observed cells.
    blau : (n,) float
        Chance that two contacts, drawn with replacement, are from different departments: 0 to 1 - 1 / departments.
        NaN without ties.
    iqv : (n,) float
        `blau` over its highest value given the departments that the person could name: 0 to 1. NaN without ties or
        where fewer than two departments could be named.
    """

    named: FloatArray
    blau: FloatArray
    iqv: FloatArray


def diversity(net: Net, *, own: bool = True) -> Diversity:
    """Diversity of the departments of each person's contacts (the people that the person names).

    With p_d the share of the contacts in department d: Blau = 1 - sum p_d^2, IQV = Blau / (1 - 1 / K), where K is the
    number of departments in which the person could name somebody. For contacts in either direction give `union(net)`.

    Missing answers: shares are of the ties in observed cells, and K counts departments with at least one observed cell
    in the person's row. Few ties cannot be spread over many departments: Blau of a person with d ties is at most
    1 - 1 / d, so compare people of similar degree.

    Parameters
    ----------
    net : Net
    own : bool
        Whether contacts in the person's own department count. If False they are left out, and so is that department.

    Returns
    -------
    Diversity

    Source: Blau (1977), Inequality and Heterogeneity; Agresti & Agresti (1978), Sociological Methodology 9.

    Examples
    --------
    Person 0 names one of the own department and one of another, of two departments in all:

    >>> from netlearn.measures.net import net_of
    >>> found = diversity(net_of([[0, 1, 1], [0, 0, 0], [0, 1, 0]], [0, 0, 1]))
    >>> found.named.tolist(), found.blau.tolist(), found.iqv.tolist()
    ([2.0, 0.0, 1.0], [0.5, nan, 0.0], [1.0, nan, nan])
    """
    counts = _by_department(net.ties, net)
    if not own:
        counts = _without_own(counts, net)
    total = np.asarray(counts.sum(axis=1), dtype=float)
    squares = np.asarray(counts.multiply(counts).sum(axis=1), dtype=float)
    blau = 1 - ratio(squares, total**2)
    reach = departments_open(net, own=own)
    top = np.where(reach > 1, 1 - ratio(1.0, reach), np.nan)
    named = np.where(net.row_cells > 0, np.diff(counts.indptr), np.nan)
    return Diversity(named, blau, ratio(blau, top))


def departments_open(net: Net, *, own: bool = True) -> FloatArray:
    """Count the departments in which each person could have named somebody: (n,); 0 without observed cells.

    Examples
    --------
    The third person is the only one of a department, so has one department to name.

    >>> from netlearn.measures.net import net_of
    >>> departments_open(net_of([[0, 0, 0], [0, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [2.0, 2.0, 1.0]
    """
    nameable = np.bincount(net.group[net.possible], minlength=net.k)
    mates = nameable[net.group] - net.possible
    holes = _by_department(net.holes, net).tocoo()
    i, d = np.asarray(holes.row), np.asarray(holes.col)
    inside = net.group[i] == d
    full = holes.data == np.where(inside, mates[i], nameable[d])
    home = mates > 0
    lost_home = np.zeros(net.n, dtype=bool)
    lost_home[i[full & inside]] = True
    lost_away = np.bincount(i[full & ~inside], minlength=net.n)
    away = (nameable > 0).sum() - (nameable[net.group] > 0) - lost_away
    reach = away + (home & ~lost_home) if own else away
    return np.where(net.answered, reach, 0).astype(float)


def _by_department(matrix: sparse.csr_array, net: Net) -> sparse.csr_array:
    """Count the entries of each row by department of the column: (n, k) sparse."""
    member = sparse.csr_array((np.ones(net.n), (np.arange(net.n), net.group)), shape=(net.n, net.k))
    return sparse.csr_array(matrix @ member)


def _without_own(counts: sparse.csr_array, net: Net) -> sparse.csr_array:
    coo = counts.tocoo()
    keep = net.group[np.asarray(coo.row)] != np.asarray(coo.col)
    return sparse.csr_array((coo.data[keep], (coo.row[keep], coo.col[keep])), shape=counts.shape)


def blau(net: Net) -> FloatArray:
    """Blau index of each person's contacts, the own department included: (n,), see `diversity`."""
    return diversity(net).blau


def iqv(net: Net) -> FloatArray:
    """Index of qualitative variation of each person's contacts, the own department included: (n,), see `diversity`."""
    return diversity(net).iqv


def departments_named(net: Net) -> FloatArray:
    """Count the other departments that each person names: (n,), NaN without observed cells.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> departments_named(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [1.0, 0.0, 0.0]
    """
    return diversity(net, own=False).named
