"""Change of a score in the same people: against closed forms, brute force, pingouin and simulation."""

from itertools import product

import numpy as np
import pingouin
import pytest
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.outcomes.paired import hodges_lehmann, level, paired_change, signed_rank, superiority


def test_student_sleep_data():
    """Ten patients, two drugs (Student 1908): mean difference 1.58, t = 4.0621, p = 0.002833, 0.70 to 2.46."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = paired_change(first, second)
    assert found.estimate == pytest.approx(1.58)
    assert found.estimate / found.se == pytest.approx(4.0621, abs=1e-4)
    assert found.p_value == pytest.approx(0.002833, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-6)
    assert found.dz == pytest.approx(4.0621 / np.sqrt(10), abs=1e-4)
    # Nine rose, one stayed.
    assert (found.n_risen, found.n_unchanged, found.n_fallen) == (9, 1, 0)
    assert not found.wilcoxon_exact
    assert found.superiority == 0.95


def test_people_without_both_scores_are_left_out():
    found = paired_change([1, np.nan, 3, 4], [2, 5, np.nan, 6])
    assert (found.n, found.first, found.second, found.estimate) == (2, 2.5, 4.0, 1.5)


def test_one_sided_intervals_exclude_zero_when_p_is_small():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(40, 15))
    for first, second in zip(x, x + rng.normal(0.4, 1, x.shape), strict=True):
        up = paired_change(first, second, alternative="greater")
        assert (up.low > 0) == (up.p_value < 0.05)
        assert up.level == pytest.approx(0.9)
        down = paired_change(second, first, alternative="less")
        assert down.p_value == pytest.approx(up.p_value)


def test_nothing_to_compute_is_nan():
    for first, second in (([], []), ([1.0], [2.0]), ([1, 2, 3], [2, 3, 4])):
        found = paired_change(first, second)
        assert np.isnan([found.low, found.high, found.p_value, found.dz, found.d_av_low]).all()
    assert found.estimate == 1.0
    assert found.superiority == 1.0
    nothing = paired_change([1, 2], [1, 2])
    assert np.isnan(nothing.wilcoxon_p)
    assert nothing.superiority == 0.5


def test_rounding_makes_no_changes():
    """4.3 - 4 and 3.3 - 3 differ in the last bits; 0.1 + 0.2 is no rise over 0.3."""
    found = paired_change([4, 3, 0.3], [4.3, 3.3, 0.1 + 0.2])
    assert (found.n_risen, found.n_unchanged) == (2, 1)
    assert not signed_rank(np.round(np.array([4.3 - 4, 3.3 - 3]), 9))[1]


def test_d_av_is_that_of_pingouin():
    rng = np.random.default_rng(2)
    first = rng.normal(3, 1, 25)
    second = first + rng.normal(0.3, 0.8, 25)
    found = paired_change(first, second)
    assert found.d_av == pytest.approx(pingouin.compute_effsize(second, first, paired=True), abs=1e-6)
    assert found.p_value == pytest.approx(
        pingouin.ttest(second, first, paired=True)["p_val"].iloc[0], abs=1e-6
    )


def test_interval_of_dz_inverts_the_noncentral_t():
    rng = np.random.default_rng(3)
    change = rng.normal(0.5, 1, 20)
    found = paired_change(np.zeros(20), change)
    t = found.dz * np.sqrt(20)
    assert stats.nct.cdf(t, 19, found.dz_low * np.sqrt(20)) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, 19, found.dz_high * np.sqrt(20)) == pytest.approx(0.025, abs=1e-6)


def test_signed_rank_counts_all_signs():
    change = np.array([0.4, -1.1, 2.0, 3.5, -0.2, 1.7])
    ranks = stats.rankdata(np.abs(change))
    sums = np.array([np.dot(signs, ranks) for signs in product((0, 1), repeat=6)])
    seen = ranks[change > 0].sum()
    for alternative, expected in (
        ("greater", (sums >= seen).mean()),
        ("less", (sums <= seen).mean()),
        ("two-sided", min(1, 2 * min((sums >= seen).mean(), (sums <= seen).mean()))),
    ):
        assert signed_rank(change, alternative) == (pytest.approx(expected), True)


def test_hodges_lehmann_by_brute_force():
    change = np.random.default_rng(4).normal(size=9)
    pairs = [(change[i] + change[j]) / 2 for i in range(9) for j in range(i, 9)]
    assert hodges_lehmann(change) == pytest.approx(np.median(pairs))


def test_superiority_is_half_of_a_difference_of_paired_shares():
    """Bonett & Price: of 20, 8 up and 2 down; shares (8 + 1)/22 and (2 + 1)/22."""
    p, low, high = superiority(8, 10, 2)
    up, down = 9 / 22, 3 / 22
    half = 1.959964 * np.sqrt((up + down - (up - down) ** 2) / 22)
    assert (p, low, high) == pytest.approx(
        (0.65, 0.5 + (up - down - half) / 2, 0.5 + (up - down + half) / 2), abs=1e-6
    )
    assert superiority(5, 0, 0)[2] == 1.0
    assert np.isnan(superiority(0, 0, 0)).all()


@pytest.mark.parametrize(
    ("n", "shares"), [(12, (0.5, 0.3, 0.2)), (30, (0.2, 0.7, 0.1)), (80, (0.6, 0.1, 0.3))]
)
def test_coverage_of_superiority(n, shares):
    rng = np.random.default_rng(6)
    truth = shares[0] + shares[1] / 2
    counts = rng.multinomial(n, shares, size=1500)
    ends = np.array([superiority(*row)[1:] for row in counts.tolist()])
    assert 0.93 <= ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).mean() <= 0.985


def test_coverage_of_sizes():
    """Interval of dz is exact for normal changes; that of d_av is close."""
    rng = np.random.default_rng(7)
    covered = np.zeros(2)
    for _ in range(400):
        first = rng.normal(0, 1, 25)
        second = 0.6 * first + rng.normal(0.4, 0.8, 25)  # both variances 1, correlation 0.6
        found = paired_change(first, second)
        truth = 0.4 / np.sqrt(0.8), 0.4
        covered += found.dz_low <= truth[0] <= found.dz_high, found.d_av_low <= truth[1] <= found.d_av_high
    assert (covered / 400 > 0.925).all()
    assert (covered / 400 < 0.975).all()


def test_what_is_refused():
    with pytest.raises(NetlearnError, match="a value per person"):
        paired_change([1, 2], [1, 2, 3])
    with pytest.raises(NetlearnError, match="alternative must be"):
        level("both", 0.05)
    with pytest.raises(NetlearnError, match="alpha"):
        level("greater", 0.6)


@pytest.mark.parametrize("n", [8, 30, 100, 230])
@pytest.mark.parametrize("mean", [-0.5, 0.2, 1.0, 2.0])
def test_size_has_an_interval_within_reach(n, mean):
    found = paired_change(np.zeros(n), np.random.default_rng(n).normal(mean, 1, n))
    assert found.dz_low < found.dz < found.dz_high
