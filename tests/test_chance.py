from itertools import permutations

import numpy as np
import pytest
from cases import all_cases, random_net

from netlearn.measures import chance
from netlearn.measures.mixing import CROSS, WITHIN, within_cross
from netlearn.measures.net import net_of
from netlearn.measures.segregation import ei_index
from netlearn.measures.union import union


def ei_of(net):
    return float(ei_index(within_cross(net.tie_table), within_cross(net.cell_table)))


def test_values_of_other_packages(shared):
    count = 0
    for case in all_cases(shared):
        for key, net in (("ei", case.net), ("netseg.ei", case.net), ("netseg.union.ei", union(case.net))):
            expected = case.value(key)
            if expected is not None:
                np.testing.assert_allclose(ei_of(net), expected, rtol=1e-8, atol=1e-12)
                count += 1
    assert count == 29 + 27 + 27


def test_expected_from_all_pairs(shared):
    # The reference counts all pairs of people, observed or not: the mean over deals of labels. With every cell observed
    # that is also where random ties fall.
    count = 0
    for case in all_cases(shared):
        expected = case.value("ei.expected_pairs")
        if expected is None:
            continue
        sizes = np.bincount(case.net.group)
        assert chance.ei_label_mean(sizes) == pytest.approx(expected, rel=1e-8)
        if case.observed.sum() == case.net.n * (case.net.n - 1):
            found = chance.ei_expected(case.net.tie_table, case.net.cell_table)
            assert found == pytest.approx(expected, rel=1e-8)
        count += 1
    assert count == 29


def test_expected_counts_observed_cells():
    # Person 2, alone in a department, did not answer: cells 01, 10 within and 02, 12 across remain.
    net = net_of(np.zeros((3, 3)), [0, 0, 1], [[0, 1, 1], [1, 0, 1], [0, 0, 0]])
    assert chance.ei_expected(net.tie_table, net.cell_table) == 0
    assert chance.ei_label_mean([2, 1]) == pytest.approx(1 / 3)


def test_shuffled_labels_of_other_packages(shared):
    count = 0
    for case in all_cases(shared):
        drawn = case.values.get(f"{case.wave}.ei.permutation")
        if not drawn or drawn["mean"] == "NaN":
            continue
        mean, sd = chance.ei_label_mean(np.bincount(case.net.group)), chance.ei_label_sd(case.net)
        # 3,000 to 5,000 draws: four standard errors of a mean, and of a standard deviation of a near-normal value.
        assert drawn["mean"] == pytest.approx(mean, abs=4 * sd / np.sqrt(3000) + 1e-12)
        assert drawn["sd"] == pytest.approx(sd, rel=0.06, abs=1e-7)
        count += 1
    assert count >= 25


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("n", [3, 4, 6])
def test_all_deals_of_labels(n, directed):
    net, y, mask = random_net(n, n=n, k=2 + (n > 4), directed=directed, missing=False, density=0.5)
    values = []
    for order in permutations(range(n)):
        values.append(ei_of(net_of(y, net.group[list(order)], mask, directed=directed)))
    assert chance.ei_label_mean(np.bincount(net.group)) == pytest.approx(np.mean(values))
    assert chance.ei_label_sd(net) == pytest.approx(np.std(values), abs=1e-7)
    if np.std(values) > 1e-7:
        z = (ei_of(net) - np.mean(values)) / np.std(values)
        assert chance.ei_label_z(net) == pytest.approx(z)


def test_no_distance_where_every_deal_is_alike():
    complete = np.ones((6, 6)) - np.eye(6)
    for net in (
        net_of(complete, [0, 0, 1, 1, 2, 2]),
        net_of(0 * complete, [0, 0, 1, 1, 2, 2]),
        net_of(complete, [0] * 6),
    ):
        assert np.isnan(chance.ei_label_z(net))


def test_people_outside_the_network_are_dealt_no_label():
    net, y, mask = random_net(2, n=6, k=2, missing=False, density=0.5)
    n = net.n + 1
    more, seen = np.zeros((n, n)), np.zeros((n, n), bool)
    more[:-1, :-1], seen[:-1, :-1] = y, mask
    padded = net_of(more, [*net.group, 0], seen)
    assert chance.ei_label_sd(padded) == pytest.approx(chance.ei_label_sd(net))
    assert chance.ei_label_sd(net_of(np.zeros((3, 3)), [0, 1, 1])) != chance.ei_label_sd(net)
    assert np.isnan(chance.ei_label_sd(net_of(np.zeros((3, 3)), [0, 1, 1])))


def test_range_by_trying_every_placing():
    # 4 cells within, 3 across; m ties anywhere: the cross ones run over every attainable number.
    within, cross = 4, 3
    cells = np.array([[within, cross], [0, 0]], float)
    for m in range(1, within + cross + 1):
        crossing = [x for x in range(cross + 1) if 0 <= m - x <= within]
        low, high = (2 * x / m - 1 for x in (crossing[0], crossing[-1]))
        assert chance.ei_range([[m, 0], [0, 0]], cells) == pytest.approx((low, high))
        for x in crossing:
            found = chance.ei_rescaled([[m - x, x], [0, 0]], cells)
            if low == high:
                assert np.isnan(found)
            else:
                assert found == pytest.approx(2 * (2 * x / m - 1 - low) / (high - low) - 1)


def test_rescaled_is_the_index_where_ties_are_few():
    net, _, _ = random_net(3, n=30, density=0.02)
    within, cross = within_cross(net.cell_table)[[WITHIN, CROSS]]
    assert net.tie_table.sum() < min(within, cross)
    assert chance.ei_rescaled(net.tie_table, net.cell_table) == pytest.approx(ei_of(net))
