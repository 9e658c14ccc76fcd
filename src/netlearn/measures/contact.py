"""Contact across departments per person, department and network: degrees and departments reached."""

from __future__ import annotations

import numpy as np

from netlearn.measures.cohesion import returned_arcs
from netlearn.measures.mixing import departments_in_contact, ratio
from netlearn.measures.net import BoolArray, FloatArray, IntArray, Net


def _degree(net: Net, end: IntArray, other: BoolArray, hole_end: IntArray, could: BoolArray) -> FloatArray:
    """Cross ties at one end; NaN for people without an observed cross cell there."""
    count = np.bincount(end[net.cross], minlength=net.n).astype(float)
    elsewhere = other.sum() - np.bincount(net.group[other], minlength=net.k)[net.group]
    i, j = net.hole_pairs
    blank = np.bincount(hole_end[net.group[i] != net.group[j]], minlength=net.n)
    return np.where(could & (elsewhere > blank), count, np.nan)


def cross_out_degree(net: Net) -> FloatArray:
    """Count the colleagues in other departments whom each person names: (n,).

    NaN for people without an observed cross cell: silent, or with nobody elsewhere to name.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> cross_out_degree(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [1.0, 0.0, 0.0]
    """
    return _degree(net, net.sender, net.possible, net.hole_pairs[0], net.answered)


def cross_in_degree(net: Net) -> FloatArray:
    """Count the people in other departments who name each person: (n,).

    NaN for people about whom no cross cell was observed.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> cross_in_degree(net_of([[0, 1, 1], [1, 0, 0], [0, 0, 0]], [0, 0, 1])).tolist()
    [0.0, 0.0, 1.0]
    """
    return _degree(net, net.receiver, net.answered, net.hole_pairs[1], net.possible)


def net_mean(values: FloatArray) -> float:
    """Average values of people, leaving out NaN; NaN where nobody has one.

    Examples
    --------
    >>> net_mean(np.array([0.0, 1.0, np.nan]))
    0.5
    """
    known = np.isfinite(values)
    return float(ratio(np.sum(values[known]), known.sum()))


def unit_mean(net: Net, values: FloatArray) -> FloatArray:
    """Average values of people over each unit, leaving out NaN: (n_units,), NaN where nobody has one."""
    known = np.isfinite(values)
    return ratio(net.by_unit(np.where(known, values, 0.0)), net.by_unit(known))


def in_contact(net: Net) -> float:
    """Share of the ordered pairs of departments with a tie; see `mixing.departments_in_contact`."""
    return departments_in_contact(net.tie_table, net.cell_table)


def _reached(net: Net, unit: IntArray, size: int) -> FloatArray:
    """Share of the other departments that each unit names; for a unit of several departments, of all departments."""
    named = np.unique(unit[net.sender[net.cross]] * net.k + net.group[net.receiver[net.cross]])
    there = np.bincount(net.group[net.possible], minlength=net.k) > 0
    own = np.zeros((size, net.k), bool)
    own[unit, net.group] = True
    askable = np.where(own.sum(axis=1) == 1, (~own & there).sum(axis=1), there.sum())
    asked = np.bincount(unit[net.answered], minlength=size) > 0
    return np.where(asked, ratio(np.bincount(named // net.k, minlength=size), askable), np.nan)


def reached_by_unit(net: Net) -> FloatArray:
    """Share of the other departments that each unit names at least once: (n_units,).

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> reached_by_unit(net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]], [0, 1, 2])).tolist()
    [0.5, 0.0, 0.0]
    """
    return _reached(net, net.unit, net.n_units)


def reached_by_person(net: Net) -> FloatArray:
    """Share of the other departments that each person names at least once: (n,)."""
    return _reached(net, np.arange(net.n), net.n)


def unit_reciprocity(net: Net) -> FloatArray:
    """Share of the ties sent by each unit that are returned: (n_units,); see `cohesion.edgewise_reciprocity`."""
    given, asked = returned_arcs(net)
    return ratio(net.by_unit(given), net.by_unit(asked))


def person_reciprocity(net: Net) -> FloatArray:
    """Share of the ties sent by each person that are returned: (n,)."""
    given, asked = returned_arcs(net)
    return ratio(given, asked)
