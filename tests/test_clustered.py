"""Ratios with people as clusters: against matrices, the paired t, leaving out, and their own rate of false alarms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import linalg, stats
from scipy.special import expit

from netlearn.errors import NetlearnError
from netlearn.inference.clustered import intra_cluster, ratio_change


def drawn(rng, n=26, size=4.0, size_sd=0.5, share=0.5, share_sd=1.0, drift=0.3):
    """Colleagues elsewhere and colleagues of n people in two waves; nothing changes but people."""
    lasting, sums, counts = rng.standard_normal((2, n)), [], []
    for _ in range(2):
        u, v = np.sqrt(1 - drift) * lasting + np.sqrt(drift) * rng.standard_normal((2, n))
        m = np.minimum(rng.poisson(size * np.exp(size_sd * u - size_sd**2 / 2)), 10)
        sums.append(rng.binomial(m, expit(np.log(share / (1 - share)) + share_sd * v)).astype(float))
        counts.append(m.astype(float))
    return tuple(sums), tuple(counts)


def by_matrices(sums, counts, contrast):
    """CR2 and its degrees of freedom from the regression of 0/1 on two wave dummies, one row per colleague."""
    rows = [
        (i, w, float(a < sums[w][i]))
        for w in (0, 1)
        for i in range(len(sums[w]))
        for a in range(int(counts[w][i]))
    ]
    who, wave, y = (np.array(column) for column in zip(*rows, strict=True))
    X = np.eye(2)[wave.astype(int)]
    bread = np.linalg.inv(X.T @ X)
    hat = X @ bread @ X.T
    residual = y - hat @ y
    values, columns = [], []
    for i in np.unique(who):
        mine = who == i
        root = linalg.fractional_matrix_power(np.eye(mine.sum()) - hat[np.ix_(mine, mine)], -0.5).real
        load = root @ X[mine] @ bread @ contrast
        values.append(load @ residual[mine])
        columns.append((np.eye(len(y)) - hat)[:, mine] @ load)
    P = np.array(columns).T
    omega = P.T @ P
    return np.sum(np.square(values)), np.trace(omega) ** 2 / (omega**2).sum()


@pytest.mark.parametrize("seed", range(3))
def test_the_closed_form_is_that_of_the_matrices(seed):
    sums, counts = drawn(np.random.default_rng(seed), n=12, size_sd=0.8)
    found = ratio_change(sums, counts)
    variance, df = by_matrices(sums, counts, np.array([-1.0, 1.0]))
    assert found.change.se == pytest.approx(np.sqrt(variance))
    assert found.change.df == pytest.approx(df)
    slope = [1 / (r * (1 - r)) for r in found.values]
    variance, df = by_matrices(sums, counts, np.array([-slope[0], slope[1]]))
    assert found.log_odds.se == pytest.approx(np.sqrt(variance))
    assert found.log_odds.df == pytest.approx(df)
    odds = [r / (1 - r) for r in found.values]
    assert found.log_odds.estimate == pytest.approx(np.log(odds[1] / odds[0]))


@given(st.integers(0, 10_000), st.integers(3, 30), st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=40)
def test_equal_networks_give_the_paired_t_on_shares(seed, n, first, second):
    rng = np.random.default_rng(seed)
    sums = rng.integers(0, first + 1, n), rng.integers(0, second + 1, n)
    found = ratio_change(sums, (np.full(n, first), np.full(n, second)), alpha=0.1)
    moved = sums[1] / second - sums[0] / first
    assert found.change.estimate == pytest.approx(moved.mean())
    assert found.n_alters == (n * first, n * second)
    if moved.std() < 1e-9:
        assert np.isnan(found.change.se)
        return
    oracle = stats.ttest_1samp(moved, 0)
    assert found.change.df == pytest.approx(n - 1)
    assert found.change.p_value == pytest.approx(oracle.pvalue)
    assert (found.change.low, found.change.high) == pytest.approx(tuple(oracle.confidence_interval(0.9)))


@pytest.mark.parametrize("seed", range(5))
def test_leaving_out_one_person_at_a_time_says_about_the_same(seed):
    sums, counts = drawn(np.random.default_rng(seed), n=40)
    found = ratio_change(sums, counts)
    left = [
        ratio_change([np.delete(s, i) for s in sums], [np.delete(c, i) for c in counts]).change.estimate
        for i in range(40)
    ]
    jackknife = np.sqrt(39 / 40 * np.square(np.array(left) - np.mean(left)).sum())
    assert found.change.se == pytest.approx(jackknife, rel=0.05)
    assert found.change.se < jackknife  # leaving out errs to the wide side


def test_who_named_nobody_both_times_plays_no_part():
    sums, counts = drawn(np.random.default_rng(8), n=15)
    more = ratio_change([np.append(s, 0) for s in sums], [np.append(c, 0) for c in counts])
    assert more.change == ratio_change(sums, counts).change
    # Who named somebody in one wave only counts there.
    once = ratio_change([np.append(s, 0) for s in sums], [np.append(counts[0], 0), np.append(counts[1], 3)])
    assert once.values[0] == more.values[0]
    assert once.values[1] < more.values[1]
    assert once.change.n_units == more.change.n_units + 1


def test_what_cannot_be_computed():
    empty = ratio_change(([0, 0], [1, 1]), ([0, 0], [2, 2]))
    assert np.isnan([empty.values[0], empty.change.estimate, empty.change.low]).all()
    alone = ratio_change(([1, 0], [1, 1]), ([2, 0], [2, 2]))  # one person holds all of a side
    assert alone.change.estimate == 0
    assert np.isnan([alone.change.se, alone.change.p_value]).all()
    alike = ratio_change(([1, 1, 1], [2, 2, 2]), ([2, 2, 2], [2, 2, 2]))
    assert alike.change.estimate == 0.5
    assert np.isnan([alike.change.se, alike.log_odds.estimate, alike.log_odds.se]).all()
    nobody = ratio_change(([], []), ([], []))
    assert np.isnan(nobody.change.estimate)
    for sums, counts in [
        (([1], [1, 2]), ([1], [1, 2])),
        (([1], [1]), ([1], [-1])),
        (([np.nan], [1]), ([1], [1])),
    ]:
        with pytest.raises((NetlearnError, ValueError)):
            ratio_change(sums, counts)


def test_one_sided_questions_get_the_interval_that_answers_them():
    sums, counts = drawn(np.random.default_rng(3))
    two, up, down = (
        ratio_change(sums, counts, alternative=a, alpha=alpha).change
        for a, alpha in (("two-sided", 0.1), ("greater", 0.05), ("less", 0.05))
    )
    assert (two.low, two.high) == pytest.approx((up.low, up.high))
    assert up.p_value + down.p_value == pytest.approx(1)
    assert min(up.p_value, down.p_value) == pytest.approx(two.p_value / 2)


@pytest.mark.parametrize(
    "world", [{}, {"size_sd": 0.9}, {"drift": 0.8, "share_sd": 1.5}], ids=["plain", "unequal", "drift"]
)
@pytest.mark.parametrize("n", [20, 26])
def test_false_alarms_are_about_as_many_as_promised(world, n):
    """Of 500 with 5 % promised, 3 to 7.5 % (more than 2.5 standard errors) fit; counted singly it is up to 19 %."""
    rng = np.random.default_rng(n)
    p = [ratio_change(*drawn(rng, n=n, **world)).change.p_value for _ in range(500)]
    assert 0.03 <= np.mean(np.array(p) <= 0.05) <= 0.075


def test_colleagues_counted_as_independent_cry_change():
    """Why clusters matter: two proportions compared as if every colleague were an answer of its own."""
    rng, alarms = np.random.default_rng(4), []
    for _ in range(500):
        sums, counts = drawn(rng, drift=0.8, share_sd=1.5)
        r, m = [s.sum() / c.sum() for s, c in zip(sums, counts, strict=True)], [c.sum() for c in counts]
        se = np.sqrt(sum(p * (1 - p) / k for p, k in zip(r, m, strict=True)))
        alarms.append(abs(r[1] - r[0]) > 1.96 * se)
    assert np.mean(alarms) > 0.12


def test_how_alike_is_the_correlation_of_two_colleagues():
    # Equal networks: the mean product of the deviations of pairs, over the variance, as the number of people grows.
    rng = np.random.default_rng(2)
    person = rng.standard_normal(4000)
    values = person[:, None] + np.sqrt(3) * rng.standard_normal((4000, 3))
    found = intra_cluster(np.repeat(np.arange(4000), 3), values.ravel())
    assert found == pytest.approx(1 / 4, abs=0.03)
    pairs = np.corrcoef(np.concatenate([values[:, [0, 1]], values[:, [1, 2]], values[:, [0, 2]]]).T)[0, 1]
    assert found == pytest.approx(pairs, abs=0.02)


def test_how_alike_by_hand_with_unequal_networks():
    # Sizes 1, 3; means 4 and 2, all 2.5: between = 1 * 2.25 + 3 * 0.25 = 3 on 1; within = 2 on 2 = 1.
    # Mean size (4 - 10/4) / 1 = 1.5: (3 - 1) / (3 + 0.5 * 1).
    assert intra_cluster([7, 9, 9, 9], [4, 1, 2, 3]) == pytest.approx(2 / 3.5)
    assert intra_cluster([7, 9, 9, 9, 9], [4, 1, 2, 3, np.nan]) == pytest.approx(2 / 3.5)
    for who, values in (([1, 1], [0, 1]), ([1, 2], [0, 1]), ([1, 1, 2, 2], [1, 1, 1, 1]), ([], [])):
        assert np.isnan(intra_cluster(who, values))
