"""Partial association: textbook formulas, brute force over all orders, and simulation of size and coverage."""

import pickle
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.outcomes.association import _Moved, partial_association


def _linear(rng, n=40, slope=0.0):
    z = rng.normal(size=(n, 2))
    x = z @ [0.7, -0.5] + rng.normal(size=n)
    return x, z @ [0.5, 0.5] + slope * (x - z @ [0.7, -0.5]) + rng.normal(size=n), z


def test_one_covariate_by_the_formula_of_three_correlations():
    rng = np.random.default_rng(1)
    x, y, z = _linear(rng, slope=0.5)
    found = partial_association(x, y, z[:, 0], draws=99)
    (_, xy, xz), (_, _, yz), _ = np.corrcoef([x, y, z[:, 0]])
    assert found.estimate == pytest.approx((xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2)))
    half = 1.959964 / np.sqrt(40 - 3 - 1)
    assert np.arctanh([found.low, found.high]) == pytest.approx(
        np.arctanh(found.estimate) + np.array([-half, half]), abs=1e-6
    )
    assert (found.n, found.n_covariates) == (40, 1)


def test_without_covariates_it_is_the_correlation():
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(2, 25))
    y[3] = 50.0
    assert partial_association(x, y, draws=19).estimate == pytest.approx(np.corrcoef(x, y)[0, 1])
    ranks = partial_association(x, y, kind="spearman", draws=19)
    assert ranks.estimate == pytest.approx(stats.spearmanr(x, y).statistic)


def test_all_orders_by_brute_force():
    """Freedman-Lane, one covariate, five people: 120 orders of the residuals, each fitted again by least squares."""
    rng = np.random.default_rng(3)
    x, y, z = rng.normal(size=(3, 5))
    design = np.column_stack([np.ones(5), z])

    def rest(values):
        return values - design @ np.linalg.lstsq(design, values, rcond=None)[0]

    def partial(values):
        return np.corrcoef(rest(x), rest(values))[0, 1]

    fitted = y - rest(y)
    drawn = np.array([partial(fitted + rest(y)[list(order)]) for order in permutations(range(5))])
    found = partial_association(x, y, z, draws=500)
    assert found.exact
    assert found.draws == 120
    assert found.p_value == pytest.approx((np.abs(drawn) >= abs(partial(y)) - 1e-9).mean())
    up = partial_association(x, y, z, draws=500, alternative="greater")
    assert up.p_value == pytest.approx((drawn >= partial(y) - 1e-9).mean())


def test_groups_hold_their_means_constant_and_keep_residuals_at_home():
    """Two groups of three: 36 orders within them. A level of its own for each group changes nothing."""
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(2, 6))
    group = np.array(list("aaabbb"))
    found = partial_association(x, y, groups=group)
    moved = partial_association(x + 10 * (group == "a"), y - 7 * (group == "b"), groups=group)
    assert found.exact
    assert (found.draws, found.n_covariates, found.within) == (36, 1, True)
    assert (moved.estimate, moved.p_value) == pytest.approx((found.estimate, found.p_value))
    centred = [v - np.array([v[:3].mean(), v[3:].mean()]).repeat(3) for v in (x, y)]
    assert found.estimate == pytest.approx(np.corrcoef(centred)[0, 1])


def test_people_with_a_hole_are_left_out():
    rng = np.random.default_rng(5)
    x, y, z = _linear(rng)
    whole = partial_association(x, y, z, draws=250, seed=9)
    x2, y2 = np.append(x, [np.nan, 1]), np.append(y, [1, 1])
    z2 = np.vstack([z, [[1, 1], [np.nan, 1]]])
    again = partial_association(x2, y2, z2, draws=250, seed=9)
    assert (again.n, again.estimate, again.p_value) == (40, whole.estimate, whole.p_value)


def test_what_leaves_nothing_is_nan():
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(2, 12))
    for found in (
        partial_association(np.ones(12), y),
        partial_association(x, 2 * x + 1, x),
        partial_association(x[:2], y[:2]),
        partial_association([], []),
        partial_association(x, y, groups=np.arange(12)),
    ):
        assert np.isnan([found.estimate, found.p_value, found.low]).all()
        assert found.draws == 0


def test_a_covariate_given_twice_counts_once():
    rng = np.random.default_rng(7)
    x, y, z = _linear(rng)
    one = partial_association(x, y, z, draws=19)
    twice = partial_association(x, y, np.column_stack([z, 3 * z[:, 0] + 1, np.ones(40)]), draws=19)
    assert twice.n_covariates == one.n_covariates == 2
    assert twice.estimate == pytest.approx(one.estimate)


@pytest.mark.parametrize("grouped", [False, True])
def test_size_and_coverage(grouped):
    rng = np.random.default_rng(8)
    group = np.arange(40) % 6 if grouped else None
    level = rng.normal(size=6)[np.arange(40) % 6] if grouped else 0.0
    alarms, covered = {"pearson": 0, "spearman": 0}, 0
    for seed in range(1000):
        x, y, z = _linear(rng)
        for kind in alarms:
            found = partial_association(
                x + level, y + 2 * level, z, groups=group, kind=kind, draws=99, seed=seed
            )
            alarms[kind] += found.p_value <= 0.05
            covered += kind == "pearson" and found.low <= 0 <= found.high
    assert 0.035 <= alarms["pearson"] / 1000 <= 0.07
    assert 0.035 <= alarms["spearman"] / 1000 <= 0.07
    assert 0.925 <= covered / 1000 <= 0.975


def test_the_statistic_can_go_to_another_process():
    made = pickle.loads(pickle.dumps(_Moved(np.ones(3), np.arange(3.0), np.zeros((3, 0)))))
    assert made(np.arange(3)[None]).tolist() == pytest.approx([3 / np.sqrt(15)])


def test_power():
    rng = np.random.default_rng(9)
    found = [partial_association(*_linear(rng, 60, 0.5), draws=99).p_value <= 0.05 for _ in range(100)]
    assert np.mean(found) > 0.85


def test_what_is_refused():
    with pytest.raises(NetlearnError, match="one row per person"):
        partial_association([1, 2, 3], [1, 2])
    with pytest.raises(NetlearnError, match="kind must be"):
        partial_association([1, 2, 3], [1, 2, 3], kind="kendall")
