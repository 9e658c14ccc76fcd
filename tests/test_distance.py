import numpy as np
import pytest
from cases import random_net
from scipy.optimize import brentq, minimize

from netlearn.errors import NetlearnError
from netlearn.measures import distance
from netlearn.measures.distance import decay, log_slope
from netlearn.measures.net import net_of


def places(seed, n, spots=6):
    """People at a few places, one of them nowhere."""
    rng = np.random.default_rng(seed)
    xy = rng.integers(0, 5, (spots, 2)).astype(float)[rng.integers(0, spots, n)]
    xy[0] = np.nan
    return xy


def brute(y, mask, xy, limits, half):
    ties, cells, length = (np.zeros(len(limits)) for _ in range(3))
    for i, j in zip(*np.nonzero(mask), strict=True):
        d = np.hypot(*(xy[i] - xy[j]))
        if np.isnan(d) or d > limits[-1]:
            continue
        band = next(b for b, limit in enumerate(limits) if d <= limit)
        ties[band] += y[i, j] * half
        cells[band] += half
        length[band] += d * half
    return ties, cells, length


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_by_loops_over_cells(seed, directed, monkeypatch):
    net, y, mask = random_net(seed, n=20, directed=directed)
    xy, limits = places(seed, net.n), [0.0, 1.5, 3.0, 4.5]
    ties, cells, length = brute(y, mask, xy, limits, net.half)
    monkeypatch.setattr(distance, "CHUNK", 2)
    found = decay(net, xy, limits=limits)
    np.testing.assert_allclose(found.ties, ties)
    np.testing.assert_allclose(found.cells, cells)
    np.testing.assert_allclose(found.distance * found.cells, length, atol=1e-9)
    np.testing.assert_allclose(found.density * found.cells, ties, atol=1e-9)


def test_places_of_departments_are_places_of_people():
    net, _, _ = random_net(1)
    sites = np.array([[0, 0], [3, 4], [6, 8], [0, 9.0]])
    by_department, by_person = decay(net, sites), decay(net, sites[net.group])
    assert by_department.limits.tolist() == by_person.limits.tolist()
    assert by_department.cells.tolist() == by_person.cells.tolist()
    assert by_department.cells.sum() == net.cell_table.sum()
    assert by_department.ties.sum() == net.tie_table.sum()
    assert by_department.ties[0] == np.trace(net.tie_table)


def test_default_bands_hold_about_as_many_cells_each():
    rng = np.random.default_rng(2)
    net = net_of(np.zeros((60, 60)), np.zeros(60, np.int64))
    found = decay(net, rng.random((60, 2)) * 1000, bands=4)
    assert found.cells.sum() == 60 * 59
    np.testing.assert_allclose(found.cells, 60 * 59 / 4, rtol=0.02)


def test_default_bands_where_few_distances_exist():
    net = net_of(np.ones((4, 4)), [0, 0, 1, 1])
    found = decay(net, [[0, 0], [0, 2]], bands=5)
    assert found.limits.tolist() == [0, 2]
    assert found.cells.tolist() == [4, 8]
    same = decay(net, [[1, 1], [1, 1]])
    assert same.limits.tolist() == [0]
    assert np.isnan(same.slope)
    nowhere = decay(net, np.full((2, 2), np.nan))
    assert len(nowhere.limits) == 0


def test_moving_turning_and_scaling_the_map():
    net, _, _ = random_net(3, n=20)
    xy = np.random.default_rng(3).random((20, 2))
    turned = xy @ np.array([[0.6, -0.8], [0.8, 0.6]]) * 2 + 5
    limits = np.array([0.3, 0.6, 1.0])
    first, second = decay(net, xy, limits=limits), decay(net, turned, limits=2 * limits)
    assert first.cells.tolist() == second.cells.tolist()
    assert first.ties.tolist() == second.ties.tolist()
    assert first.slope == pytest.approx(second.slope)


def test_slope_of_two_bands_by_hand():
    # Odds 1, then 1/9, at 10 and at 20: log odds fall by log 9 while log distance rises by log 2.
    assert log_slope([10, 20], [5, 2], [10, 20]) == pytest.approx(-np.log(9) / np.log(2))


def test_slope_against_a_general_optimiser():
    d, t, c = np.array([1, 3, 10, 40.0]), np.array([30, 12, 9, 1.0]), np.array([60, 50, 90, 40.0])

    def loss(beta):
        eta = beta[0] + beta[1] * np.log(d)
        return (c * np.logaddexp(0, eta) - t * eta).sum()

    best = minimize(loss, [0, 0], method="BFGS", options={"gtol": 1e-9})
    assert log_slope(d, t, c) == pytest.approx(best.x[1], abs=1e-5)


def test_slope_recovers_a_planted_power_law():
    d = np.array([1.0, 2, 4, 8])
    odds = 0.5 * d**-1.5
    cells = np.array([1000.0, 2000, 3000, 4000])
    assert log_slope(d, cells * odds / (1 + odds), cells) == pytest.approx(-1.5)


def test_slope_is_undefined_where_no_slope_is_best():
    assert np.isnan(log_slope([1, 2], [4, 0], [4, 4]))  # all near, none far
    assert np.isnan(
        log_slope([1, 2, 3], [0, 1, 4], [4, 4, 4])
    )  # no empty cell beyond the band that holds both
    assert np.isnan(log_slope([1, 2], [0, 0], [4, 4]))
    assert np.isnan(log_slope([1, 2], [4, 4], [4, 4]))
    assert np.isnan(log_slope([0, 2], [1, 1], [4, 4]))
    assert np.isnan(log_slope([], [], []))
    assert np.isfinite(log_slope([1, 2], [4, 1], [5, 4]))


def test_slope_with_very_rare_ties():
    d, t, c = np.array([1, 10, 100.0]), np.array([300, 20, 1.0]), np.array([1e3, 1e5, 1e7])
    slope = log_slope(d, t, c)
    x = np.log(d)

    def expected(intercept):
        return c / (1 + np.exp(-(intercept + slope * x)))

    intercept = brentq(lambda a: (expected(a) - t).sum(), -30, 30, xtol=1e-14)
    # At the best slope the fit has the observed number of ties and their observed sum of log distance.
    assert (expected(intercept) * x).sum() == pytest.approx((t * x).sum(), rel=1e-8)


def test_wrong_input_is_named():
    net, _, _ = random_net(0)
    with pytest.raises(NetlearnError, match="two numbers per person"):
        decay(net, [[0, 1]])
    with pytest.raises(NetlearnError, match="rising"):
        decay(net, np.zeros((net.n, 2)), limits=[2, 1])
    with pytest.raises(NetlearnError, match="at least 1"):
        decay(net, np.zeros((net.n, 2)), bands=0)
