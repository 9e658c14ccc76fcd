"""Cumulative-link shift: closed forms for yes or no, a general optimiser with numeric slopes, and simulation."""

import numpy as np
import pytest
from scipy import optimize, special, stats

from netlearn.outcomes.ordinal import average_shift, ordinal_shift

THRESHOLDS = np.array([-2.5, -1.2, -0.2, 0.9, 2.2])


def _answers(rng, n, spread, shift=0.0):
    """Two answers of each person, who has a level of his own; the logit of answers is shifted the second time."""
    own = rng.normal(0, spread, n)
    latent = rng.logistic(size=(2, n)) + own + np.array([[0.0], [shift]])
    return (latent[..., None] > THRESHOLDS).sum(axis=-1) + 1.0


def test_yes_or_no_is_the_log_odds_ratio():
    """Before 4 of 12, later 7 of 12; the standard error from the influence of each person by hand."""
    first = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    second = np.array([1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0])
    found = ordinal_shift(first, second)
    p, q = 4 / 12, 7 / 12
    assert found.estimate == pytest.approx(np.log(q / (1 - q)) - np.log(p / (1 - p)), abs=1e-5)
    own = (second - q) / (q * (1 - q)) - (first - p) / (p * (1 - p))
    se = np.sqrt((own**2).sum() / 12**2 * 12 / 11)
    assert found.se == pytest.approx(se, rel=1e-5)
    half = stats.t.ppf(0.975, 11) * se
    assert (found.low, found.high) == pytest.approx((found.estimate - half, found.estimate + half), abs=1e-4)
    assert ordinal_shift(second, first).estimate == pytest.approx(-found.estimate, abs=1e-5)


def test_many_answers_against_a_plain_optimiser():
    first, second = _answers(np.random.default_rng(1), 80, 1.0, 0.7)
    levels = np.unique([first, second])
    y = np.searchsorted(levels, np.concatenate([first, second]))
    later = np.repeat([0.0, 1.0], 80)

    def loss(given):
        edges = np.concatenate([[-np.inf], np.cumsum([given[0], *np.exp(given[1:-1])]), [np.inf]])
        p = special.expit(edges[y + 1] - given[-1] * later) - special.expit(edges[y] - given[-1] * later)
        return -np.log(p).sum()

    start = np.concatenate([[-2.0], np.zeros(len(levels) - 2), [0.0]])
    fit = optimize.minimize(
        loss,
        start,
        method="Nelder-Mead",
        options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-7, "fatol": 1e-10},
    )
    assert ordinal_shift(first, second).estimate == pytest.approx(fit.x[-1], abs=1e-3)


def test_only_the_order_of_answers_counts():
    first, second = _answers(np.random.default_rng(2), 40, 1.0, 0.5)
    one, other = ordinal_shift(first, second), ordinal_shift(first**3, second**3)
    assert other.estimate == pytest.approx(one.estimate)
    assert other.se == pytest.approx(one.se)


def test_missing_answers_leave_people_out():
    first, second = _answers(np.random.default_rng(3), 30, 1.0, 0.5)
    some = ordinal_shift(np.append(first, [np.nan, 3]), np.append(second, [2, np.nan]))
    whole = ordinal_shift(first, second)
    assert (some.n, some.estimate, some.se) == (30, whole.estimate, whole.se)
    assert some.influence[-2:].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([], [], "few_people"),
        ([1, np.nan], [2, 3], "few_people"),
        ([3, 3, 3], [3, 3, 3], "one_answer"),
        ([1, 2, 2], [3, 4, 3], "separated"),
        ([1, 2, 2], [2, 4, 2], "separated"),
        ([3, 4], [2, 3], "separated"),
    ],
)
def test_where_there_is_no_estimate(first, second, reason):
    found = ordinal_shift(first, second)
    assert found.reason == reason
    assert np.isnan([found.estimate, found.low, found.high, found.se, found.p_value]).all()


def test_small_sets_of_answers_give_an_estimate_or_a_reason():
    rng = np.random.default_rng(4)
    for _ in range(300):
        n, k = int(rng.integers(2, 15)), int(rng.integers(2, 8))
        p, q = rng.dirichlet(np.full(k, 0.6), 2)
        found = ordinal_shift(rng.choice(k, n, p=p), rng.choice(k, n, p=q))
        assert (found.reason == "") == np.isfinite(found.estimate)
        assert found.reason != "no_fit"


def test_two_answers_of_a_person_hang_together():
    """People who differ much answer alike both times: the clustered error is far below that of unrelated answers."""
    first, second = _answers(np.random.default_rng(5), 400, 4.0, 0.5)
    rng = np.random.default_rng(6)
    assert ordinal_shift(first, second).se < 0.6 * ordinal_shift(first, rng.permutation(second)).se


def test_average_of_items_adds_up_each_person():
    rng = np.random.default_rng(7)
    items = [_answers(rng, 50, 1.0, 0.6) for _ in range(3)]
    shifts = [ordinal_shift(*item) for item in items]
    found = average_shift([*shifts, ordinal_shift([np.nan] * 50, [np.nan] * 50)])
    assert found.estimate == pytest.approx(np.mean([s.estimate for s in shifts]))
    own = np.mean([s.influence for s in shifts], axis=0)
    assert found.se == pytest.approx(np.sqrt((own**2).sum() * 50 / 49))
    assert found.n == 50
    assert average_shift([]).reason == "no_fit"
    assert average_shift([ordinal_shift([1, 1], [1, 1])]).n == 2


def test_size_and_coverage():
    """No change: false alarms about 5 %. One shift for everybody, without levels of their own: covered."""
    rng = np.random.default_rng(8)
    none = [ordinal_shift(*_answers(rng, 40, 1.5)).p_value <= 0.05 for _ in range(400)]
    assert 0.03 <= np.mean(none) <= 0.075
    found = [ordinal_shift(*_answers(rng, 60, 0.0, 0.8)) for _ in range(400)]
    assert 0.93 <= np.mean([s.low <= 0.8 <= s.high for s in found]) <= 0.97
