"""Segregation measures that are functions of the department table of ties and the department table of observed cells.

Every function takes `ties` and `cells`, both (k, k), from row department to column department, so a published mixing
table is enough. A gradient function returns (d value / d ties, d value / d cells), both (k, k); for a measure with one
value per department it takes the number of the department as well. Tables of an undirected network hold every tie and
cell in both triangles; since no value changes when both tables are doubled, it is the same as counting each once.

What missing answers do: a cell that was not observed is in neither table. Opportunity is counted in observed cells, not
in the sizes of departments, so a department that answered half as often is expected to name half as many.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.measures.mixing import CROSS, WITHIN, ratio, within_cross

FloatArray = NDArray[np.float64]
Slopes = tuple[FloatArray, FloatArray]


def _table(counts: ArrayLike) -> FloatArray:
    return np.asarray(counts, dtype=float)


def spread(slope: ArrayLike, k: int) -> FloatArray:
    """Turn slopes by (within, cross) into a (k, k) table: within on the diagonal, cross elsewhere.

    Examples
    --------
    >>> spread([1, 2], 2).tolist()
    [[1.0, 2.0], [2.0, 1.0]]
    """
    within, cross = np.asarray(slope, dtype=float)
    return np.where(np.eye(k, dtype=bool), within, cross)


def block_density(ties: ArrayLike, cells: ArrayLike) -> FloatArray:
    """Density from department to department: (k, k), 0 to 1; NaN where no cell was observed.

    Examples
    --------
    >>> block_density([[2, 1], [0, 0]], [[2, 2], [2, 0]]).tolist()
    [[1.0, 0.5], [0.0, nan]]
    """
    return ratio(_table(ties), _table(cells))


def odds_ratio_within(ties: ArrayLike, cells: ArrayLike) -> float:
    """Odds of a tie within departments over the odds of a tie across them (ORWG): 0 to infinity, 1 = no difference.

    NaN where an odds is infinite or both are 0: no cross ties, all within cells tied, or no cells of a class.
    `cross_log_odds` stays finite there.

    Source: Moody (2001), American Journal of Sociology 107.

    Examples
    --------
    Within 3 of 6 cells (odds 1), cross 2 of 10 (odds 1/4):

    >>> odds_ratio_within([[2, 1], [1, 1]], [[3, 5], [5, 3]])
    4.0
    """
    t, c = within_cross(ties), within_cross(cells)
    none = c - t
    return float(ratio(t[WITHIN] * none[CROSS], none[WITHIN] * t[CROSS]))


def odds_ratio_within_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `odds_ratio_within`."""
    t, c = within_cross(ties), within_cross(cells)
    none, k = c - t, len(_table(ties))
    value = odds_ratio_within(ties, cells)
    more_none = np.array([-ratio(value, none[WITHIN]), ratio(t[WITHIN], none[WITHIN] * t[CROSS])])
    more_ties = np.array([ratio(none[CROSS], none[WITHIN] * t[CROSS]), -ratio(value, t[CROSS])])
    return spread(more_ties - more_none, k), spread(more_none, k)


def freeman_segregation(ties: ArrayLike, cells: ArrayLike) -> float:
    """Freeman's segregation index: 1 - cross ties / cross ties expected if every observed cell were equally likely.

    1 = no cross ties, 0 = as many as by chance, below 0 = more than by chance (Freeman set those to 0; nothing is cut
    off here). NaN without ties or without cross cells. Freeman defined it for undirected networks: give the tables of
    `union(net)` for that. On a directed table the same formula counts arcs and cells.

    Source: Freeman (1978), Sociological Methods & Research 6; for many groups Bojanowski & Corten (2014), Social
    Networks 39.

    Examples
    --------
    2 of 5 ties cross, 10 of 16 cells do: 1 - 2 / (5 x 10/16).

    >>> round(freeman_segregation([[2, 1], [1, 1]], [[3, 5], [5, 3]]), 3)
    0.36
    """
    t, c = within_cross(ties), within_cross(cells)
    return float(1 - ratio(t[CROSS] * c.sum(), t.sum() * c[CROSS]))


def freeman_segregation_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `freeman_segregation`."""
    t, c = within_cross(ties), within_cross(cells)
    k, left = len(_table(ties)), 1 - freeman_segregation(ties, cells)
    cross = np.array([0.0, 1.0])
    d_ties = left * ratio(1.0, t.sum()) - cross * ratio(c.sum(), t.sum() * c[CROSS])
    d_cells = cross * ratio(left, c[CROSS]) - left * ratio(1.0, c.sum())
    return spread(d_ties, k), spread(d_cells, k)


def assortativity(ties: ArrayLike, cells: ArrayLike) -> float:
    """Newman's assortativity of departments: (trace e - sum a b) / (1 - sum a b), at most 1; 0 = as by chance.

    e = ties / all ties, a = share of the ties that each department sends, b = share that it receives. NaN without ties
    or where one department holds all ends. `cells` is not used: chance keeps the degrees, not the opportunities.

    Source: Newman (2003), Physical Review E 67, equation 2.

    Examples
    --------
    e = [[.5, 0], [0, .5]] is fully assortative:

    >>> assortativity([[4, 0], [0, 4]], [[6, 9], [9, 6]])
    1.0
    """
    t = _table(ties)
    total, chance = t.sum(), t.sum(axis=1) @ t.sum(axis=0)
    return float(ratio(total * np.trace(t) - chance, total**2 - chance))


def assortativity_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `assortativity`."""
    t = _table(ties)
    sent, got, total, trace = t.sum(axis=1), t.sum(axis=0), t.sum(), np.trace(t)
    chance = sent @ got
    slope_chance = sent[None, :] + got[:, None]
    top = trace + total * np.eye(len(t)) - slope_chance
    bottom = 2 * total - slope_chance
    d_ties = ratio(top - assortativity(ties, cells) * bottom, total**2 - chance)
    return d_ties, np.zeros_like(t)


def assortativity_undirected(ties: ArrayLike, cells: ArrayLike) -> float:
    """Assortativity of the table whose ties have lost their direction: `assortativity` of (ties + its transpose) / 2.

    Chance is then the share of all tie ends that lie in a department, squared. The same as `assortativity` on the table
    of an undirected network; it is not the table of `union(net)`, where a returned tie counts once.

    Examples
    --------
    All ties go from department 0 to 1: by direction no chance at all of another pair, without it as uneven as can be.

    >>> assortativity([[0, 4], [0, 0]], [[6, 9], [9, 6]]), assortativity_undirected([[0, 4], [0, 0]], [[6, 9], [9, 6]])
    (0.0, -1.0)
    """
    t = _table(ties)
    return assortativity((t + t.T) / 2, cells)


def assortativity_undirected_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `assortativity_undirected`."""
    t = _table(ties)
    slope, none = assortativity_gradient((t + t.T) / 2, cells)
    return (slope + slope.T) / 2, none


def within_group_mixing(ties: ArrayLike, cells: ArrayLike) -> float:
    """Gupta, Anderson & May's Q: (sum of the own share of each department's ties - 1) / (departments - 1).

    1 = all ties within, 0 = own share 1 / departments on average, -1 / (departments - 1) = none within. Departments
    count alike, whatever their size. A department that sends no tie has no own share and is left out; NaN if fewer
    than two send one. `cells` is not used.

    Source: Gupta, Anderson & May (1989), AIDS 3.

    Examples
    --------
    Own shares 3/4 and 1/2:

    >>> within_group_mixing([[3, 1], [2, 2]], [[6, 9], [9, 6]])
    0.25
    """
    t = _table(ties)
    own = ratio(np.diag(t), t.sum(axis=1))
    active = ~np.isnan(own)
    return float(ratio(own[active].sum() - 1, active.sum() - 1)) if active.sum() > 1 else np.nan


def within_group_mixing_gradient(ties: ArrayLike, cells: ArrayLike) -> Slopes:
    """Gradient of `within_group_mixing`, among the departments that send a tie."""
    t = _table(ties)
    sent = t.sum(axis=1)
    active = sent > 0
    own = ratio(np.diag(t), sent)
    slope = ratio(np.eye(len(t)) - own[:, None], sent[:, None])
    scale = 1 / (active.sum() - 1) if active.sum() > 1 else np.nan
    return np.where(active[:, None], slope, 0.0) * scale, np.zeros_like(t)
