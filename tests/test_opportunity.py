from itertools import product

import numpy as np
import pytest
from cases import random_net

from netlearn.measures import opportunity
from netlearn.measures.net import net_of
from netlearn.measures.opportunity import (
    cells_by_person,
    cross_contact,
    cross_contact_by_unit,
    cross_contact_in_all,
)

FIELDS = ("observed", "expected", "low", "high")


def brute(y, mask, group):
    """One person at a time; the attainable numbers by trying every row with as many ties."""
    rows = []
    for i in range(len(y)):
        cross = (group != group[i])[mask[i]]
        if not len(cross):
            rows.append([np.nan] * 4)
            continue
        d = int(y[i].sum())
        tried = {
            sum(c for c, on in zip(cross, row, strict=True) if on)
            for row in product((0, 1), repeat=len(cross))
            if sum(row) == d
        }
        rows.append([y[i][group != group[i]].sum(), d * cross.mean(), min(tried), max(tried)])
    return np.array(rows, float).T


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_by_trying_every_row(seed, directed):
    net, y, mask = random_net(seed, n=10, k=4, directed=directed, density=0.5)
    expected = brute(y, mask, net.group)
    person, unit, network = cross_contact(net), cross_contact_by_unit(net), cross_contact_in_all(net)
    for name, values in zip(FIELDS, expected, strict=True):
        np.testing.assert_allclose(getattr(person, name), values, atol=1e-12, err_msg=name)
        assert float(getattr(network, name)) == pytest.approx(np.nansum(values))
        for g in range(net.k):
            mine = values[net.group == g]
            assert getattr(unit, name)[g] == pytest.approx(
                np.nansum(mine) if not np.isnan(mine).all() else np.nan, nan_ok=True
            )
    asked = ~np.isnan(person.observed)
    assert (person.low[asked] <= person.observed[asked]).all()
    assert (person.observed[asked] <= person.high[asked]).all()
    assert (person.low[asked] <= person.expected[asked] + 1e-12).all()
    assert (person.expected[asked] <= person.high[asked] + 1e-12).all()


def test_cells_by_person():
    net, _, mask = random_net(5)
    same = net.group[:, None] == net.group
    within, cross = cells_by_person(net)
    assert within.tolist() == (mask & same).sum(axis=1).tolist()
    assert cross.tolist() == (mask & ~same).sum(axis=1).tolist()


def test_units_of_two():
    # Three pairs; everybody names the mate and one other: 2 ties each, at least 1 must cross.
    group = [0, 0, 1, 1, 2, 2]
    y = np.zeros((6, 6))
    for i in range(6):
        y[i, i ^ 1] = y[i, (i + 2) % 6] = 1
    found = cross_contact_in_all(net_of(y, group))
    assert (float(found.low), float(found.high), float(found.observed)) == (6, 12, 6)
    assert float(found.expected) == pytest.approx(12 * 4 / 5)
    assert float(found.index) == pytest.approx(6 / 9.6)
    assert float(found.rescaled) == 0
    assert float(found.rescaled_expected) == pytest.approx(0.6)


def test_full_network_is_as_expected_and_has_no_room():
    found = cross_contact_in_all(net_of(np.ones((5, 5)) - np.eye(5), [0, 0, 1, 1, 2]))
    assert float(found.index) == pytest.approx(1)
    assert np.isnan(found.rescaled)


def test_undefined_is_nan():
    nobody = net_of(np.zeros((3, 3)), [0, 0, 1], np.zeros((3, 3), bool))
    for found in (cross_contact(nobody), cross_contact_by_unit(nobody), cross_contact_in_all(nobody)):
        for name in (*FIELDS, "index", "rescaled", "rescaled_expected"):
            assert np.isnan(getattr(found, name)).all(), name
    assert np.isnan(cross_contact(net_of(np.zeros((3, 3)), [0, 0, 1])).index).all()
    one = net_of(np.ones((3, 3)) - np.eye(3), [0, 0, 0])
    assert np.isnan(cross_contact_in_all(one).index)


def test_masking_a_row_removes_that_sender():
    net, y, mask = random_net(6, missing=False)
    person = cross_contact(net)
    mask[3] = False
    without = cross_contact_in_all(net_of(y * mask, net.group, mask))
    assert float(without.observed) == pytest.approx(np.delete(person.observed, 3).sum())
    assert float(without.expected) == pytest.approx(np.delete(person.expected, 3).sum())


def test_each_level_by_its_name():
    net, y, mask = random_net(7, n=10, density=0.5)
    seen, expected, low, high = brute(y, mask, net.group)
    levels = {
        "{}": lambda values: values,
        "unit_{}": lambda values: np.array([np.nansum(values[net.group == g]) for g in range(net.k)]),
        "net_{}": np.nansum,
    }
    for name, add in levels.items():
        index = getattr(opportunity, name.format("cross_over_expected"))(net)
        position = getattr(opportunity, name.format("cross_position"))(net)
        with np.errstate(invalid="ignore"):
            np.testing.assert_allclose(index, add(seen) / add(expected))
            np.testing.assert_allclose(position, (add(seen) - add(low)) / (add(high) - add(low)), atol=1e-12)
