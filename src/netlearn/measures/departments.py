"""Segregation of each department, from the department tables of ties and observed cells.

Values are (k,), one per department; a gradient function takes the number of one department and returns
(d value / d ties, d value / d cells), both (k, k). Undirected tables and missing answers: see `blocks`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from netlearn.measures.blocks import FloatArray
from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net


def _own_and_all(table: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Own cell and sum of each row."""
    counts = np.asarray(table, dtype=float)
    return np.diagonal(counts), counts.sum(axis=1)


def _rows(k: int, department: int, own: float, other: float) -> FloatArray:
    """Slopes on the row of one department: `own` within, `other` across, 0 in other rows."""
    slope = np.zeros((k, k))
    slope[department] = other
    slope[department, department] = own
    return slope


def coleman(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Coleman's homophily index of each department: (k,), from -1 (no own ties) by 0 (as by chance) to 1 (own only).

    With w own ties of the d that the department sends, and e = d x (own cells / all cells of its row) expected:
    (w - e) / (d - e) if w >= e, else (w - e) / e. Where all cells are observed, own cells / all cells is
    (size - 1) / (people - 1). NaN for a department without ties, without own cells (one person), or without others.

    Source: Coleman (1958), Human Organization 17.

    Examples
    --------
    Department 0: 3 of 4 ties own where 1 is expected; department 1: 1 of 4 own where 2 are expected.

    >>> coleman([[3, 1], [3, 1]], [[3, 9], [6, 6]]).round(3).tolist()
    [0.667, -0.5]
    """
    (own, sent), (room, all_room) = _own_and_all(ties), _own_and_all(cells)
    chance = np.where(room > 0, ratio(room, all_room), np.nan)
    over = own - sent * chance
    scale = np.where(over >= 0, sent - sent * chance, sent * chance)
    return ratio(over, scale)


def segregation_matrix(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Segregation matrix index (SMI) of each department: (k,), (own - cross) / (own + cross) of the two densities.

    own = density of the department's own cells, cross = density of the cells that it sends to all others; -1 = no own
    ties, 0 = equal densities, 1 = no cross ties. NaN where a density is undefined or both are 0. Give both tables
    transposed to go by the ties that the department receives.

    Source: Fershtman (1997), Social Networks 19, here for any number of departments.

    Examples
    --------
    Department 0: densities 3/6 and 1/6; department 1: 2/6 and 4/6.

    >>> segregation_matrix([[3, 1], [4, 2]], [[6, 6], [6, 6]]).round(3).tolist()
    [0.5, -0.333]
    """
    (own, sent), (room, all_room) = _own_and_all(ties), _own_and_all(cells)
    inside, outside = ratio(own, room), ratio(sent - own, all_room - room)
    return ratio(inside - outside, inside + outside)


def department_ei(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """E-I index of each department: (k,), (E - I) / (E + I), -1 = all own to 1 = all cross.

    E = ties out of plus into the department, I = ties inside it; so every tie that touches the department counts once,
    whoever named whom. NaN for a department that no tie touches. `cells` is not used: with missing answers the ties of
    silent people are known from one side only.

    Source: Krackhardt & Stern (1988), Social Psychology Quarterly 51, as programs print it by group.

    Examples
    --------
    Department 0: 3 inside, 1 out, 2 in.

    >>> department_ei([[3, 1], [2, 0]], [[6, 6], [6, 6]]).tolist()
    [0.0, 1.0]
    """
    t = np.asarray(ties, dtype=float)
    inside = np.diagonal(t)
    outside = t.sum(axis=0) + t.sum(axis=1) - 2 * inside
    return ratio(outside - inside, outside + inside)


def _pooled(net: Net, values: ArrayLike) -> FloatArray:
    """Add up values of departments to units, NaN (a department that does not count) as 0: (n_units,)."""
    unit = np.zeros(net.k, np.int64)
    unit[net.group] = net.unit
    return np.bincount(unit, np.nan_to_num(np.asarray(values, dtype=float)), minlength=net.n_units).astype(
        float
    )


def unit_coleman(net: Net) -> FloatArray:
    """Coleman's index of each unit: (n_units,); see `coleman`.

    A unit of several departments has the sums of its departments' own, sent and expected ties, without departments that
    have no own cells.
    """
    (own, sent), (room, all_room) = _own_and_all(net.tie_table), _own_and_all(net.cell_table)
    counts = room > 0
    expected = _pooled(net, np.where(counts, sent * ratio(room, all_room), 0.0))
    own, sent = _pooled(net, own * counts), _pooled(net, sent * counts)
    return ratio(own - expected, np.where(own >= expected, sent - expected, expected))


def unit_segregation_matrix(net: Net) -> FloatArray:
    """Segregation matrix index of each unit: (n_units,), by own and cross density; see `segregation_matrix`."""
    (own, sent), (room, all_room) = _own_and_all(net.tie_table), _own_and_all(net.cell_table)
    inside = ratio(_pooled(net, own), _pooled(net, room))
    outside = ratio(_pooled(net, sent - own), _pooled(net, all_room - room))
    return ratio(inside - outside, inside + outside)


def unit_ei(net: Net) -> FloatArray:
    """E-I index of each unit: (n_units,); see `department_ei`.

    E = ties out of plus into the departments of the unit, I = ties inside these. A tie between two departments of one
    unit is out of the one and into the other.
    """
    inside = np.diagonal(net.tie_table)
    outside = net.tie_table.sum(axis=0) + net.tie_table.sum(axis=1) - 2 * inside
    within, cross = _pooled(net, inside), _pooled(net, outside)
    return ratio(cross - within, cross + within)
