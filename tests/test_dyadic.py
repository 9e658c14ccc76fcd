import numpy as np
import pytest
from panels import brute_change, brute_influence, dense, random_panel
from scipy import stats

from netlearn.analysis.joint import joint
from netlearn.inference import dyadic
from netlearn.measures.catalogue import COMPARABLE, find

EXACT = [name for name in COMPARABLE if name != "cross_log_odds"]


@pytest.mark.parametrize("grouping", ["baseline", "current"])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_sums_equal_a_loop_over_every_cell(seed, directed, grouping):
    panel = random_panel(seed, directed=directed).with_grouping(grouping)
    mask, ties, cross = dense(panel)
    unit = 1.0 if directed else 0.5
    view = joint(panel, "before", "after")
    for name in EXACT:
        row = find(name)
        estimator = view.estimator(row)
        value = brute_change(row, mask, ties, cross, mask.astype(float), unit)
        assert float(estimator.change(*view.class_sums())) == pytest.approx(value)
        psi = brute_influence(row, mask, ties, cross, unit)
        influence = view.influence(estimator)
        pairs = psi + psi.T
        assert np.allclose(dyadic.person_sums(influence), pairs.sum(axis=1), atol=1e-7)
        assert dyadic.dyad_square_sum(influence) == pytest.approx((np.triu(pairs) ** 2).sum(), rel=1e-5)
        assert dyadic.arc_square_sum(influence) == pytest.approx((psi**2).sum(), rel=1e-5)


def test_log_odds_influence_follows_its_formula():
    panel = random_panel(4, movers=False)
    mask, (y1, y2), (cross, _) = dense(panel)
    influence = joint(panel, "before", "after")
    values = influence.influence(influence.estimator(find("cross_log_odds")))
    psi = np.zeros(mask.shape)
    for kind, sign in ((cross & mask, 1), (~cross & mask, -1)):
        size = kind.sum()
        for y, side in ((y2, 1), (y1, -1)):
            p = (y[kind].sum() + 0.5) / (size + 1)
            psi[kind] += sign * side * (y[kind] - p) / (p * (1 - p) * size)
    pairs = psi + psi.T
    assert np.allclose(dyadic.person_sums(values), pairs.sum(axis=1))
    assert dyadic.dyad_square_sum(values) == pytest.approx((np.triu(pairs) ** 2).sum())
    assert dyadic.arc_square_sum(values) == pytest.approx((psi**2).sum())


def test_robust_variance_counts_each_pair_of_dyads_that_share_a_person_once():
    rng = np.random.default_rng(7)
    n = 6
    r = np.triu(rng.normal(size=(n, n)), 1)
    dyads = [(i, j) for i in range(n) for j in range(i + 1, n)]
    slow = sum(r[a] * r[b] for a in dyads for b in dyads if set(a) & set(b))
    sums = (r + r.T).sum(axis=1)
    squares = (r**2).sum()
    assert (sums**2).sum() - squares == pytest.approx(slow)
    assert dyadic.floored_variance(sums, squares) == pytest.approx(max(slow, squares))


def test_rung_is_a_t_interval():
    rung = dyadic.rung("person", 1.5, 0.25, 21, 0.05, "two-sided")
    t = stats.t(20)
    assert rung.low == pytest.approx(1.5 - 0.5 * t.ppf(0.975))
    assert rung.p_value == pytest.approx(2 * t.sf(3))
    assert dyadic.rung("person", 1.5, 0.25, 21, 0.05, "less").p_value == pytest.approx(t.cdf(3))


@pytest.mark.parametrize(("estimate", "variance", "n"), [(0.0, 0.0, 20), (np.nan, 1.0, 20), (1.0, 1.0, 1)])
def test_nothing_that_varies_gives_no_interval(estimate, variance, n):
    rung = dyadic.rung("person", estimate, variance, n, 0.05, "two-sided")
    assert np.isnan([rung.se, rung.low, rung.high, rung.p_value]).all()


def test_a_far_tail_is_not_zero():
    assert dyadic.rung("person", 1e6, 1e-6, 5000, 0.05, "two-sided").p_value > 0


def test_department_rung_is_a_one_sample_t():
    values = np.array([0.1, 0.3, -0.1, 0.4])
    rung = dyadic.department_rung(np.append(values, np.nan), 0.05, "two-sided")
    expected = stats.ttest_1samp(values, 0)
    assert rung.p_value == pytest.approx(expected.pvalue)
    assert (rung.low, rung.high) == pytest.approx(tuple(expected.confidence_interval()))
    assert np.isnan(dyadic.department_rung(np.array([0.2]), 0.05, "two-sided").p_value)
