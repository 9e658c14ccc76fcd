"""Cross contact against opportunity: for workplaces with many tiny departments, where most contact must cross."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CrossContact:
    """Cross ties with what they would be by chance and what they could be, per person, per unit or in all.

    Attributes
    ----------
    observed : (...) float
        Cross ties sent.
    expected : (...) float
        Cross ties expected if each sender spread the same number of ties at random over the observed cells.
    low, high : (...) float
        Fewest and most cross ties that the senders' numbers of ties allow.
    """

    observed: FloatArray
    expected: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def index(self) -> FloatArray:
        """Observed over expected: 1 = as by chance, below 1 = less across than chance; NaN where none is expected."""
        return ratio(self.observed, self.expected)

    @property
    def rescaled(self) -> FloatArray:
        """Position of observed between low and high: 0 = as few as possible, 1 = as many; NaN without room."""
        return ratio(self.observed - self.low, self.high - self.low)

    @property
    def rescaled_expected(self) -> FloatArray:
        """Position of expected between low and high: where chance would be."""
        return ratio(self.expected - self.low, self.high - self.low)


def cells_by_person(net: Net) -> tuple[FloatArray, FloatArray]:
    """Observed cells in each person's row, within and across departments: two (n,) vectors.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> within, cross = cells_by_person(net_of([[0, 0, 0], [0, 0, 0], [0, 0, 0]], [0, 0, 1]))
    >>> within.tolist(), cross.tolist()
    ([1.0, 1.0, 0.0], [1.0, 1.0, 2.0])
    """
    nameable = np.bincount(net.group[net.possible], minlength=net.k)
    i, j = net.hole_pairs
    same = net.group[i] == net.group[j]
    lost = np.bincount(i[same], minlength=net.n)
    within = np.where(net.answered, nameable[net.group] - net.possible, 0) - lost
    return within.astype(float), (net.row_cells - within).astype(float)


def cross_contact(net: Net) -> CrossContact:
    """Cross contact of each person, against chance and the attainable range: every field is (n,).

    A person with d ties and w within and x cross cells observed is expected to send d x / (w + x) ties across, at least
    max(0, d - w) and at most min(d, x). So departments are as large as they were observed, degrees are given, and only
    the choice between own and other departments is measured.

    Missing answers: only observed cells count, for ties and for opportunity alike; a person without observed cells is
    NaN. In an undirected network a person's ties are those in the own row; low and high then ignore that both people
    must have room, so the range may be wider than what is attainable.

    Parameters
    ----------
    net : Net

    Returns
    -------
    CrossContact

    Source: expected contact given group sizes as in Blau (1977), Inequality and Heterogeneity.

    Examples
    --------
    Person 0 has 1 colleague, 2 others, and 2 ties of which 1 crosses: 4/3 expected, at least 1, at most 2.

    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    >>> found = cross_contact(net_of(y, [0, 0, 1, 1]))
    >>> float(found.index[0]), float(found.low[0]), float(found.high[0]), float(found.rescaled[0])
    (0.75, 1.0, 2.0, 0.0)
    """
    within, cross = cells_by_person(net)
    asked = within + cross > 0
    degree = np.diff(net.ties.indptr).astype(float)
    observed = np.bincount(net.sender[net.cross], minlength=net.n).astype(float)
    fields = (
        observed,
        degree * ratio(cross, within + cross),
        np.maximum(0.0, degree - within),
        np.minimum(degree, cross),
    )
    return CrossContact(*(np.where(asked, values, np.nan) for values in fields))


def cross_contact_by_unit(net: Net) -> CrossContact:
    """`cross_contact` summed over the people of each unit: every field is (n_units,), NaN for a unit without answers.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    >>> cross_contact_by_unit(net_of(y, [0, 0, 1, 1])).index.tolist()
    [0.75, 1.5]
    """
    person = cross_contact(net)
    some = net.by_unit(net.row_cells > 0) > 0
    fields = (person.observed, person.expected, person.low, person.high)
    return CrossContact(*(np.where(some, net.by_unit(np.nan_to_num(v)), np.nan) for v in fields))


def cross_contact_in_all(net: Net) -> CrossContact:
    """`cross_contact` summed over everybody: every field has shape (); an undirected tie counts once per person.

    Examples
    --------
    Observed 2 of 3 ties across, where 3 x 2/3 are expected:

    >>> from netlearn.measures.net import net_of
    >>> y = [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    >>> float(cross_contact_in_all(net_of(y, [0, 0, 1, 1])).index)
    1.0
    """
    person = cross_contact(net)
    fields = (person.observed, person.expected, person.low, person.high)
    if not (net.row_cells > 0).any():
        return CrossContact(*(np.asarray(np.nan) for _ in fields))
    return CrossContact(*(np.asarray(np.nansum(values)) for values in fields))


def cross_over_expected(net: Net) -> FloatArray:
    """Cross ties over expected cross ties of each person: (n,), 0 or more, 1 = as by chance; see `cross_contact`."""
    return cross_contact(net).index


def unit_cross_over_expected(net: Net) -> FloatArray:
    """Cross ties over expected cross ties of each unit: (n_units,)."""
    return cross_contact_by_unit(net).index


def net_cross_over_expected(net: Net) -> float:
    """Cross ties over expected cross ties of the network; NaN without ties or without cross cells."""
    return float(cross_contact_in_all(net).index)


def cross_position(net: Net) -> FloatArray:
    """Position of each person's cross ties between fewest (0) and most (1) attainable: (n,); see `cross_contact`."""
    return cross_contact(net).rescaled


def unit_cross_position(net: Net) -> FloatArray:
    """Position of each unit's cross ties between fewest (0) and most (1) attainable: (n_units,)."""
    return cross_contact_by_unit(net).rescaled


def net_cross_position(net: Net) -> float:
    """Position of the network's cross ties between fewest (0) and most (1) attainable; NaN without room."""
    return float(cross_contact_in_all(net).rescaled)
