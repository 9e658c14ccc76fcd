"""The trained against the others: brute force over all assignments, error rates, coverage, and what is refused."""

import pickle
from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from panels import dense, random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, UndefinedError, simulate_panel
from netlearn.analysis.group_time import group_time
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES, person_outcome
from netlearn.analysis.randomization import randomization_test
from netlearn.analysis.spillover import spillover
from netlearn.inference.permute import p_value
from netlearn.inference.randomization import arm_model, attainable_p, redraw_arms
from netlearn.study.allocation import Allocation
from netlearn.study.plan import Assignment

SIDES = ["two-sided", "greater", "less"]


def coefficient(y, unit, arm, strata, covariate=None):
    """Coefficient of the arm and its clustered variance (without small-sample factor), by plain matrix algebra."""
    columns = [arm.astype(float), *((strata == s).astype(float) for s in np.unique(strata))]
    x = np.column_stack(columns if covariate is None else [*columns, covariate])
    bread = np.linalg.pinv(x.T @ x)
    beta = bread @ x.T @ y
    meat = np.zeros((x.shape[1],) * 2)
    for u in np.unique(unit):
        score = x[unit == u].T @ (y - x @ beta)[unit == u]
        meat += np.outer(score, score)
    return beta[0], (bread @ meat @ bread)[0, 0]


def every_arm(unit, arm, strata):
    """Every way of dealing the arms among the units of each stratum, one value per person."""
    units = np.unique(unit)
    first = [int(np.flatnonzero(unit == u)[0]) for u in units]
    choices = []
    for s in np.unique(strata):
        here = [u for u, i in zip(units, first, strict=True) if strata[i] == s]
        n_trained = sum(arm[i] for u, i in zip(units, first, strict=True) if strata[i] == s)
        choices.append(list(combinations(here, int(n_trained))))
    for chosen in product(*choices):
        yield np.isin(unit, [u for part in chosen for u in part]).astype(int)


def brute_p(y, unit, arm, strata, alternative, effect=0.0, covariate=None):
    """p over all assignments of those with an outcome, once `effect` is taken off the trained."""
    known = np.isfinite(y)
    y, unit, arm, strata = y[known], unit[known], arm[known], strata[known]
    extra = None if covariate is None else covariate[known]
    free = y - effect * arm
    fits = [coefficient(free, unit, drawn, strata, extra) for drawn in every_arm(unit, arm, strata)]
    b, v = coefficient(free, unit, arm, strata, extra)
    return p_value(b / np.sqrt(v), np.array([b / np.sqrt(v) for b, v in fits]), alternative, exact=True)


def design(kind, seed):
    """Outcome, unit, arm, strata of a small design."""
    rng = np.random.default_rng(seed)
    if kind == "person":
        unit, arm, strata = np.arange(9), np.array([1, 1, 1, 1, 0, 0, 0, 0, 0]), np.zeros(9, int)
    elif kind == "strata":
        unit, arm = np.arange(11), np.array([1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0])
        strata = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2])
    else:
        unit = np.repeat(np.arange(7), [2, 5, 3, 1, 4, 2, 3])
        arm, strata = np.isin(unit, [0, 1, 4]).astype(int), (unit > 4).astype(int)
        arm[unit == 6] = 1
    shock = rng.normal(size=20)[unit] if kind == "department" else 0
    return rng.normal(size=len(unit)) + shock + arm, unit, arm, strata


@pytest.mark.parametrize("kind", ["person", "strata", "department"])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("adjust", [False, True])
def test_p_is_that_of_a_loop_over_all_assignments(kind, side, adjust):
    for seed in range(3):
        y, unit, arm, strata = design(kind, seed)
        y[3] = np.nan
        covariate = np.random.default_rng(seed + 50).normal(size=len(y)) if adjust else None
        column = None if covariate is None else covariate[:, None]
        found = redraw_arms(y, unit, arm, strata, column, alternative=side)
        assert found.result.exact
        assert found.result.p_value == pytest.approx(brute_p(y, unit, arm, strata, side, covariate=covariate))
        known = np.isfinite(y)
        part = None if covariate is None else covariate[known]
        b, v = coefficient(y[known], unit[known], arm[known], strata[known], part)
        k = len(np.unique(unit[known]))
        assert (found.estimate, found.se) == pytest.approx((b, np.sqrt(v * k / (k - 1))))


@pytest.mark.parametrize("kind", ["person", "strata", "department"])
@pytest.mark.parametrize(("side", "alpha"), [("two-sided", 0.1), ("greater", 0.15), ("less", 0.15)])
def test_interval_holds_the_effects_that_a_loop_does_not_exclude(kind, side, alpha):
    y, unit, arm, strata = design(kind, 4)
    found = redraw_arms(y, unit, arm, strata, alternative=side, alpha=alpha)
    for end, sign in ((found.low, -1), (found.high, 1)):
        asked = side if side == "two-sided" else "less" if sign > 0 else "greater"
        if np.isinf(end):
            assert brute_p(y, unit, arm, strata, asked, sign * 1e4) > alpha
            continue
        just = 1e-5 * found.se
        assert brute_p(y, unit, arm, strata, asked, end - sign * just) > alpha
        assert brute_p(y, unit, arm, strata, asked, end + sign * just) <= alpha


def test_smallest_p_of_the_design_by_counting():
    # Four of eight: 70 ways, each with its mirror image. Two of five: 10 ways, none with.
    assert attainable_p(np.arange(8), np.arange(8) % 2, np.zeros(8, int)) == (70, 2 / 70)
    assert attainable_p(np.arange(8), np.arange(8) % 2, np.zeros(8, int), "greater") == (70, 1 / 70)
    assert attainable_p(np.arange(5), np.array([1, 1, 0, 0, 0]), np.zeros(5, int)) == (10, 1 / 10)
    # Two strata of 2 + 2: 36 ways, all mirrored; a third stratum where all are trained says nothing.
    arm, strata = np.array([1, 1, 0, 0, 1, 0, 1, 0, 1, 1]), np.repeat([0, 1, 2], [4, 4, 2])
    assert attainable_p(np.arange(10), arm, strata) == (36, 2 / 36)
    # Departments of any size are one unit each.
    unit = np.repeat(np.arange(6), [3, 1, 4, 2, 2, 5])
    assert attainable_p(unit, (unit < 3).astype(int), np.zeros(len(unit), int)) == (20, 2 / 20)
    # Start waves 1, 1, 2, 3: 12 ways; with more than two labels no assignment is another's mirror image.
    assert attainable_p(np.arange(4), np.array([1, 1, 2, 3]), np.zeros(4, int)) == (12, 1 / 12)
    # Too many to count, and still not 0.
    count, least = attainable_p(np.arange(3000), np.arange(3000) % 2, np.zeros(3000, int))
    assert np.isinf(count)
    assert 0 < least < 1e-300


@pytest.mark.parametrize("side", SIDES)
def test_units_without_outcome_are_not_dealt(side):
    """Three of six seen are trained and by far the best: 20 ways, of which the mirrored one ties if two-sided."""
    y = np.array([10.0, 11.0, 10.5, np.nan, 0.0, 0.4, 0.1, np.nan, np.nan])
    arm = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0])
    found = redraw_arms(y if side != "less" else -y, np.arange(9), arm, np.zeros(9, int), alternative=side)
    assert found.result.p_value == found.attainable_p == (2 if side == "two-sided" else 1) / 20
    assert (found.n_people, found.n_units, found.n_assignments) == (6, 6, 20)


def test_people_who_could_never_be_trained_change_nothing():
    rng = np.random.default_rng(5)
    y, arm = rng.normal(size=30), rng.permuted(np.arange(30) % 3 == 0).astype(int)
    one = redraw_arms(y, np.arange(30), arm, np.zeros(30, int), draws=299, keep=True)
    wider, dealt = np.append(y, np.full(20, np.nan)), np.append(arm, np.zeros(20, int))
    two = redraw_arms(wider, np.arange(50), dealt, np.zeros(50, int), draws=299, keep=True)
    assert np.array_equal(one.result.values, two.result.values)


def test_too_few_assignments_exclude_nothing():
    y, arm = np.array([9.0, 8.0, 0.0, 0.1, 0.3]), np.array([1, 1, 0, 0, 0])
    found = redraw_arms(y, np.arange(5), arm, np.zeros(5, int))
    assert found.result.p_value == pytest.approx(0.1)
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_a_perfect_fit_compares_plain_differences_and_says_so():
    arm = np.array([1, 1, 1, 1, 0, 0, 0, 0])
    found = redraw_arms(arm * 2.0, np.arange(8), arm, np.zeros(8, int))
    assert not found.studentised
    assert found.estimate == pytest.approx(2)
    assert found.result.p_value == pytest.approx(2 / 70)
    # Constant 2 for the trained fits perfectly; by hand, dealing 4 of 8 with 3 right leaves half the difference.
    assert found.low <= 2 <= found.high


def test_one_unit_per_arm_has_no_standard_error():
    unit, arm = np.array([0, 0, 0, 1, 1]), np.array([1, 1, 1, 0, 0])
    found = redraw_arms(np.array([1.0, 2, 3, 0, 1]), unit, arm, np.zeros(5, int))
    assert not found.studentised
    assert found.estimate == pytest.approx(1.5)
    assert found.result.p_value == 1.0  # two assignments, mirror images of each other
    assert found.attainable_p == 1.0


def test_nobody_with_outcome_in_an_arm_is_undefined():
    arm = np.array([1, 1, 0, 0])
    found = redraw_arms(np.array([np.nan, np.nan, 1.0, 2.0]), np.arange(4), arm, np.zeros(4, int))
    assert np.isnan([found.estimate, found.result.p_value, found.low, found.high]).all()
    nobody = redraw_arms(np.full(4, np.nan), np.arange(4), arm, np.zeros(4, int))
    assert np.isnan([nobody.estimate, nobody.result.p_value, nobody.low, nobody.high]).all()


def test_drawn_and_counted_agree():
    rng = np.random.default_rng(3)
    y, arm, strata = rng.normal(size=12), np.arange(12) % 2, np.zeros(12, int)
    exact = redraw_arms(y, np.arange(12), arm, strata)
    drawn = redraw_arms(y, np.arange(12), arm, strata, draws=800, seed=5, keep=True)
    assert exact.result.exact
    assert not drawn.result.exact
    low, high = drawn.result.low - 0.02, drawn.result.high + 0.02
    assert low <= exact.result.p_value <= high
    assert (drawn.low, drawn.high) == pytest.approx((exact.low, exact.high), abs=0.25 * exact.se)


@pytest.mark.parametrize("n", [300, 1203])
def test_any_number_of_workers_gives_the_same_bits(n):
    rng = np.random.default_rng(1)
    y, arm, strata, known = (
        rng.normal(size=n),
        rng.permuted(np.arange(n) % 2),
        np.arange(n) % 7,
        rng.normal(size=(n, 3)),
    )
    one, two = (
        redraw_arms(y, np.arange(n), arm, strata, known, draws=600, workers=workers, keep=True)
        for workers in (1, 2)
    )
    assert np.array_equal(one.result.values, two.result.values)
    assert (one.low, one.high) == (two.low, two.high)


@pytest.mark.parametrize("side", SIDES)
def test_the_interval_excludes_zero_exactly_when_p_is_at_most_alpha(side):
    """Small whole numbers tie all the time, and ends lie on 0 itself."""
    seen = set()
    for seed in range(150):
        rng = np.random.default_rng([13, seed])
        n = int(rng.integers(6, 12))
        y, arm = rng.integers(0, 4, n).astype(float), rng.permuted(np.arange(n) % 2)
        alpha = float(rng.choice([0.1, 0.2, 0.3]))
        found = redraw_arms(y, np.arange(n), arm, np.zeros(n, int), alternative=side, alpha=alpha)
        if not np.isfinite(found.estimate) or np.isnan(found.low):
            continue
        outside = {
            "two-sided": found.low > 0 or found.high < 0,
            "greater": found.low > 0,
            "less": found.high < 0,
        }
        assert outside[side] == (found.result.p_value <= alpha)
        assert found.low <= found.estimate <= found.high
        seen.add(outside[side])
    assert seen == {True, False}


def test_an_end_at_zero_is_inside_when_zero_is_not_excluded():
    """Of 20 assignments four are as extreme as 3, 2, 1 against 1, 0, 0 (p = 0.2), so 0 is not excluded at 0.1."""
    arm = np.array([1, 1, 1, 0, 0, 0])
    found = redraw_arms(np.array([2.0, 3, 1, 0, 0, 1]), np.arange(6), arm, np.zeros(6, int), alpha=0.1)
    assert found.result.p_value == 0.2
    assert found.low <= 0
    assert found.low == pytest.approx(0, abs=1e-6)
    assert found.high >= 3


def test_covariates_that_say_what_the_strata_say_change_nothing():
    y, unit, arm, strata = design("strata", 3)
    plain = redraw_arms(y, unit, arm, strata)
    said = redraw_arms(y, unit, arm, strata, np.column_stack([strata * 1e6, np.full(len(y), 0.1)]))
    assert (said.estimate, said.se) == pytest.approx((plain.estimate, plain.se))
    assert said.result.p_value == plain.result.p_value


def test_an_outcome_that_is_the_same_for_all_shows_nothing():
    arm = np.random.default_rng(1).permuted(np.arange(211) % 2)
    for value in (0.0, 0.1, 1e6 / 3):
        known = np.linspace(0, 1, 211)[:, None]
        found = redraw_arms(np.full(211, value), np.arange(211), arm, np.arange(211) % 3, known, draws=99)
        assert found.estimate == pytest.approx(0, abs=1e-9)
        assert (found.result.p_value, found.studentised) == (1.0, False)
        assert np.isnan([found.low, found.high]).all()


def test_what_workers_get_can_be_sent_to_them():
    model = arm_model(np.arange(6.0), np.arange(6), np.arange(6) % 2, np.zeros(6, int))
    sent = pickle.loads(pickle.dumps(model))
    arms = np.array([[1, 1, 0, 1, 0, 0], [0, 1, 0, 1, 0, 1]])
    assert np.array_equal(sent(arms), model(arms))


def rejections(simulate, count, alpha=0.05):
    return np.mean([simulate(np.random.default_rng([9, r])) <= alpha for r in range(count)])


def test_departments_with_shocks_and_unequal_sizes_err_as_seldom_as_said():
    """70 assignments: the attainable level below .05 is 2/70 = .029, whatever the departments do."""
    sizes = [4, 9, 14, 20, 25, 31, 17, 20]
    unit = np.repeat(np.arange(8), sizes)

    def p(rng):
        trained = rng.permuted(np.arange(8))[:4]
        y = rng.normal(size=len(unit)) + rng.normal(size=8)[unit]
        arm = np.isin(unit, trained).astype(int)
        return redraw_arms(y, unit, arm, np.zeros(len(unit), int), alpha=0.05).result.p_value

    found = rejections(p, 400)
    assert stats.binom.ppf(0.001, 400, 2 / 70) / 400 <= found <= stats.binom.ppf(0.999, 400, 2 / 70) / 400


def test_p_is_uniform_under_the_null_within_strata():
    strata = np.repeat(np.arange(4), 7)

    def p(rng):
        arm = np.zeros(28, int)
        for s in range(4):
            arm[rng.permuted(np.flatnonzero(strata == s))[:3]] = 1
        y = rng.standard_exponential(28) * (1 + strata) + strata
        y[rng.random(28) < 0.2] = np.nan
        return redraw_arms(
            y, np.arange(28), arm, strata, draws=199, seed=int(rng.integers(1e6))
        ).result.p_value

    values = np.array([p(np.random.default_rng([4, r])) for r in range(300)])
    assert (
        stats.kstest(values, "uniform").statistic < 1.95 / np.sqrt(300) + 1 / 200
    )  # 0.001 level, steps of 1/200


def test_the_interval_covers_a_constant_effect():
    unit = np.repeat(np.arange(10), [3, 5, 4, 8, 6, 5, 7, 3, 4, 5])

    def covered(rng):
        arm = np.isin(unit, rng.permuted(np.arange(10))[:5]).astype(int)
        y = rng.normal(size=50) + rng.normal(size=10)[unit] + 1.5 * arm
        found = redraw_arms(y, unit, arm, np.zeros(50, int))
        return found.low <= 1.5 <= found.high

    count = 300
    found = np.mean([covered(np.random.default_rng([8, r])) for r in range(count)])
    assert found >= stats.binom.ppf(0.001, count, 0.95) / count
    assert found <= stats.binom.ppf(0.999, count, 0.97) / count


# -- panels --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PERSON_OUTCOMES)
@pytest.mark.parametrize("seed", range(4))
def test_person_outcomes_are_the_observed_share_times_the_colleagues_there_are(name, seed):
    panel = random_panel(seed, movers=False)
    mask, ties, cross = dense(panel)
    joint = panel.joint_cells(panel.labels)
    kind = {"c": cross[0], "w": ~cross[0] & ~np.eye(panel.n, dtype=bool), "o": ~np.eye(panel.n, dtype=bool)}[
        name[0]
    ]
    for which, label in enumerate(panel.labels):
        found = person_outcome(panel, name, label, joint)
        for i in range(panel.n):
            seen = (mask & kind)[:, i] if name == "cross_in_degree" else (mask & kind)[i]
            hits = ties[which][:, i] if name == "cross_in_degree" else ties[which][i]
            there = (kind[i] & joint.receivers).sum()
            expected = hits[seen].mean() * there if seen.any() else np.nan
            assert found[i] == pytest.approx(expected, nan_ok=True)


def test_with_every_cell_answered_outcomes_are_plain_counts():
    panel = random_panel(2, missing=False, movers=False)
    y, cross = panel.wave("after").ties, panel.groups[0][:, None] != panel.groups[0]
    assert person_outcome(panel, "cross_out_degree", "after") == pytest.approx((y & cross).sum(axis=1))
    assert person_outcome(panel, "cross_in_degree", "after") == pytest.approx((y & cross).sum(axis=0))
    assert person_outcome(panel, "out_degree", "after") == pytest.approx(y.sum(axis=1))


def roll_out(seed, effect=0.0, **settings):
    """Eight departments, four of them trained; the trained form extra ties across."""
    made = simulate_panel(
        n=140, groups=8, seed=seed, shock_sd=0.6, activity_sd=0.5, reciprocity=0.3, **settings
    )
    rng = np.random.default_rng([seed, 1])
    home = made.world.group
    trained = np.isin(home, rng.permuted(np.arange(8))[:4])
    return made.panel, home, trained


def test_departments_trained_as_wholes_are_the_units():
    own, welch = [], []
    for seed in range(120):
        panel, home, trained = roll_out(seed)
        made = Allocation.from_arrays(trained, unit=home)
        own.append(randomization_test(panel, "cross_out_degree", made).p_value)
        y = [person_outcome(panel, "cross_out_degree", w) for w in panel.labels]
        change = y[1] - y[0]
        welch.append(stats.ttest_ind(change[trained], change[~trained], equal_var=False).pvalue)
    assert np.mean(np.array(own) <= 0.05) <= stats.binom.ppf(0.999, 120, 0.05) / 120
    assert (
        np.mean(np.array(welch) <= 0.05) > 0.10
    )  # the person-level test is fooled by the departments' own events


def test_dealing_by_person_is_refused_where_departments_were_trained_as_wholes():
    panel, _, trained = roll_out(1)
    with pytest.raises(NetlearnError, match="unit=department"):
        randomization_test(panel, "cross_out_degree", Allocation.from_arrays(trained))
    by_lot = np.random.default_rng(1).permuted(trained)
    assert (
        randomization_test(panel, "cross_out_degree", Allocation.from_arrays(by_lot), draws=99).by == "person"
    )
    with pytest.raises(NetlearnError, match="wholes"):
        randomization_test(panel, "department", Allocation.from_arrays(by_lot), draws=99)


def test_department_outcome_is_the_change_of_each_departments_own_rate():
    panel, home, trained = roll_out(3)
    found = randomization_test(panel, "department", Allocation.from_arrays(trained, unit=home))
    y = [panel.wave(w).ties for w in panel.labels]
    change = []
    for g in range(8):
        rows = home == g
        change.append(100 * (y[1][rows][:, ~rows].mean() - y[0][rows][:, ~rows].mean()))
    arm = np.array([trained[home == g][0] for g in range(8)], int)
    change = np.array(change)
    assert found.estimate == pytest.approx(change[arm == 1].mean() - change[arm == 0].mean())
    assert found.p_value == pytest.approx(brute_p(change, np.arange(8), arm, np.zeros(8, int), "two-sided"))
    assert (found.n_units, found.n_people, found.n_assignments) == (8, 140, 70)


def test_a_design_that_cannot_reach_alpha_only_describes():
    rng = np.random.default_rng(1)
    home = np.repeat(np.arange(5), 4)
    y = {w: rng.random((20, 20)) < 0.3 for w in ("before", "after")}
    panel = Panel.from_arrays(y, home)
    found = randomization_test(panel, "out_degree", Allocation.from_arrays(home < 2, unit=home))
    assert found.reasons == ("few_assignments",)
    assert found.verdict == "descriptive"
    assert found.smallest_p == pytest.approx(0.1)
    assert np.isinf(found.interval).all()
    assert "p =" not in found.sentence("en")
    assert "(10)" in found.sentence("en")
    assert "0.100" in found.sentence("en")
    assert "0,100" in found.sentence("da")


def test_the_earlier_value_as_covariate_gains_power_where_people_differ():
    plain, adjusted = [], []
    for seed in range(60):
        rng = np.random.default_rng([6, seed])
        person = rng.normal(size=40)
        arm = rng.permuted(np.arange(40) % 2)
        # Regression to the mean: half of what a person has at first is lasting.
        y = np.array([person + rng.normal(size=40), person + rng.normal(size=40) + 1.0 * arm])
        panel = Panel.from_arrays(
            {"before": np.zeros((40, 40)), "after": np.zeros((40, 40))}, np.arange(40) % 4
        )
        made = Allocation.from_arrays(arm == 1)
        how = {"draws": 199, "seed": seed}
        plain.append(randomization_test(panel, y, made, **how))
        adjusted.append(randomization_test(panel, y, made, adjust=True, **how))
    widths = [np.mean([f.high - f.low for f in results]) for results in (plain, adjusted)]
    # With lasting and passing variance alike, the variance is 2 for changes and 1 + 1/2 for adjusted values.
    assert widths[1] / widths[0] == pytest.approx(np.sqrt(1.5 / 2), abs=0.06)
    assert np.mean([f.p_value <= 0.05 for f in adjusted]) > np.mean([f.p_value <= 0.05 for f in plain])


def test_values_of_your_own_and_people_trained_before():
    rng = np.random.default_rng(2)
    empty = {w: np.zeros((16, 16)) for w in ("w0", "w1", "w2")}
    panel = Panel.from_arrays(empty, np.arange(16) % 4)
    y = rng.normal(size=(3, 16))
    start = np.array([0] * 3 + [1] * 4 + [2] * 5 + [3] * 4)
    made = Allocation.from_arrays(start=start)
    found = randomization_test(panel, y, made, waves=("w1", "w2"), draws=99)
    change, fresh = y[2] - y[1], start > 1
    expected = change[start == 2].mean() - change[start == 3].mean()
    assert found.estimate == pytest.approx(expected)
    assert (found.n_already, found.n_people, found.n_trained, found.compared) == (7, 9, 5, "change")
    single = randomization_test(panel, y[2], made, waves=("w1", "w2"), draws=99)
    assert single.estimate == pytest.approx(y[2][fresh & (start == 2)].mean() - y[2][start == 3].mean())
    assert single.compared == "values"
    with pytest.raises(NetlearnError, match="shape"):
        randomization_test(panel, y[2], made, waves=("w1", "w2"), adjust=True)


def test_what_cannot_be_compared_is_refused_with_a_remedy():
    panel, _, trained = roll_out(1)
    with pytest.raises(UndefinedError, match="nobody"):
        randomization_test(panel, "out_degree", Allocation.from_arrays(np.zeros(140, bool)))
    with pytest.raises(UndefinedError, match="everybody"):
        randomization_test(panel, "out_degree", Allocation.from_arrays(np.ones(140, bool)))
    with pytest.raises(NetlearnError, match="139 people"):
        randomization_test(panel, "out_degree", Allocation.from_arrays(trained[1:]))
    with pytest.raises(NetlearnError, match="Allocation"):
        randomization_test(panel, "out_degree", trained)
    with pytest.raises(NetlearnError, match="assignment"):
        randomization_test(panel, "out_degree")
    by_lot = Allocation.from_arrays(np.random.default_rng(1).permuted(trained))
    with pytest.raises(NetlearnError, match="outcome must be"):
        randomization_test(panel, "degree", by_lot)
    with pytest.raises(NetlearnError, match="alternative"):
        randomization_test(panel, "out_degree", by_lot, alternative="up")
    with pytest.raises(NetlearnError, match="alpha"):
        randomization_test(panel, "out_degree", by_lot, alpha=5)


def test_the_design_and_the_draws_have_a_smallest_p_each():
    panel, home, trained = roll_out(1)
    people = Allocation.from_arrays(np.random.default_rng(1).permuted(trained))
    found = randomization_test(panel, "cross_out_degree", people, draws=99)
    n = int(people.trained(1).sum())
    alike = 2 if n == 70 else 1
    assert found.attainable_p == pytest.approx(alike / comb(140, n))  # far below what 99 draws can give
    assert found.smallest_p == found.result.smallest_p == 1 / 100
    whole = randomization_test(panel, "cross_out_degree", Allocation.from_arrays(trained, unit=home))
    assert whole.attainable_p == whole.smallest_p == 2 / 70


def test_people_of_a_unit_of_their_own_do_not_hide_departments_trained_as_wholes():
    panel, home, trained = roll_out(1)
    mixed = np.where(
        home < 2, home, 100 + np.arange(140)
    )  # two departments are units, the others are dealt by person
    with pytest.raises(NetlearnError, match="unit=department"):
        randomization_test(panel, "cross_out_degree", Allocation.from_arrays(trained, unit=mixed))


def test_without_cells_between_trained_and_untrained_there_is_no_regression_over_cells():
    """Everybody in A and B is trained and answers about the other; C and D likewise; nobody about the other two."""
    home = np.repeat(np.arange(4), 3)
    pairs = home // 2
    asked = np.equal.outer(pairs, pairs)
    rng = np.random.default_rng(3)
    waves = {w: rng.random((12, 12)) < 0.4 for w in ("before", "after")}
    panel = Panel.from_arrays(waves, home, dict.fromkeys(waves, asked))
    made = Allocation.from_arrays(pairs == 0, unit=home)
    found = randomization_test(panel, "cross_out_degree", made)
    assert found.beside.level.tolist() == ["unit"]
    assert np.isfinite(found.estimate)


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_p_is_told_as_what_was_compared(language):
    rng = np.random.default_rng(1)
    panel, _, trained = roll_out(1)
    arm = np.random.default_rng(1).permuted(trained)
    made, noise = Allocation.from_arrays(arm), rng.normal(size=140)
    words = {"en": ("as clear a", "as large a"), "da": ("så klar en", "så stor en")}[language]
    change = {"en": "a difference in change", "da": "en forskel i ændring"}[language]
    clear = randomization_test(panel, "cross_out_degree", made, draws=99).sentence(language)
    plain = randomization_test(panel, 2.0 * arm, made, draws=99).sentence(language)
    assert words[0] in clear
    assert words[1] not in clear
    assert words[1] in plain
    assert change in clear
    assert change not in plain  # values as they are
    few = randomization_test(panel, noise, made, draws=9, randomized=True).sentence(language)
    assert {"en": "effect", "da": "effekt"}[language] not in few
    assert "p =" not in few


@pytest.mark.parametrize("language", ["en", "da"])
def test_effect_is_said_only_where_training_was_dealt_by_lot(language):
    panel, _, trained = roll_out(1)
    by_lot = Allocation.from_arrays(np.random.default_rng(1).permuted(trained))
    said = {
        lot: randomization_test(panel, "cross_out_degree", by_lot, draws=99, randomized=lot).sentence(
            language
        )
        for lot in (True, False)
    }
    called = {"en": "may be called an effect", "da": "må kaldes en effekt"}[language]
    compared = {"en": "not an effect", "da": "ikke en effekt"}[language]
    assert called in said[True]
    assert compared not in said[True]
    assert compared in said[False]
    assert called not in said[False]
    for text in said.values():
        assert "140" in text
        assert "{" not in text


@pytest.mark.parametrize("outcome", ["cross_out_degree", "within_out_degree", "out_degree"])
def test_the_regression_over_cells_is_least_squares_on_the_cells_that_count(outcome):
    panel = random_panel(5, movers=False)
    d = np.random.default_rng(2).permuted(np.arange(panel.n) % 2)
    found = randomization_test(panel, outcome, Allocation.from_arrays(d == 1), draws=99)
    mask, ties, cross = dense(panel)
    if outcome != "out_degree":
        mask = mask & (cross[0] if outcome[0] == "c" else ~cross[0])
    i, j = np.nonzero(mask)
    x = np.column_stack([np.ones(len(i)), d[i], d[j]])
    beta = np.linalg.lstsq(x, 100 * (ties[1] - ties[0])[i, j], rcond=None)[0]
    rows = found.beside[found.beside.level == "person"]
    assert rows.estimate.tolist() == pytest.approx(beta[1:].tolist())
    alone = randomization_test(panel, outcome, Allocation.from_arrays(d == 1), draws=99, regression=False)
    assert alone.beside.level.tolist() == ["unit"]


def test_table_has_the_columns_of_every_result():
    panel, _, trained = roll_out(1)
    by_lot = Allocation.from_arrays(np.random.default_rng(1).permuted(trained))
    found = randomization_test(panel, "cross_out_degree", by_lot, draws=99)
    columns = ["measure", "level", "unit", "wave", "estimate", "low", "high", "n_people", "n_dyads"]
    assert list(found.table) == columns
    assert found.table.estimate[0] == found.estimate
    assert found.null == "assignment_redrawn"
    means = found.details.set_index("arm")
    change = means["after"] - means["before"]
    assert change["trained"] - change["others"] == pytest.approx(found.estimate)
    assert "<p>" in found._repr_html_()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.array(["a"] * 140), "text"),
        (np.array(["1"] * 140), "text"),
        (np.array([1.0] * 139 + ["x"], dtype=object), "text"),
        (np.append(np.zeros(139), np.inf), "infinite"),
        (np.append(np.zeros(139), -np.inf), "infinite"),
        ([object()] * 140, "no number"),
        ([[1.0], [1.0, 2.0]], "rows of one length"),
        (np.zeros(139), "shape"),
    ],
)
def test_an_outcome_that_is_no_numbers_is_refused(values, said):
    panel, home, trained = roll_out(1)
    for made in (
        Allocation.from_arrays(trained, unit=home),
        Allocation.from_arrays(start=np.where(trained, 1, np.nan), unit=home),
    ):
        with pytest.raises(NetlearnError, match=said):
            randomization_test(panel, values, made)


def test_missing_values_of_your_own_stay_missing():
    panel, home, trained = roll_out(1)
    made = Allocation.from_arrays(trained, unit=home)
    values = np.random.default_rng(1).normal(size=140).astype(object)
    values[[3, 4]] = None, np.nan
    assert randomization_test(panel, values, made).n_missing == 2


def test_an_assignment_in_the_place_of_the_outcome_is_told():
    panel, home, trained = roll_out(1)
    for wrong in (Allocation.from_arrays(trained, unit=home), Assignment("got", trained=("1",))):
        for ask in (randomization_test, group_time):
            with pytest.raises(NetlearnError, match="give it as assignment="):
                ask(panel, wrong)


def test_a_wrong_name_is_answered_with_every_right_one():
    panel, home, trained = roll_out(1)
    turns = Allocation.from_arrays(start=home % 3 + 1, unit=home)
    for made in (Allocation.from_arrays(trained, unit=home), turns):
        with pytest.raises(NetlearnError) as told:
            randomization_test(panel, "degree", made)
        for name in (*PERSON_OUTCOMES, "dyads", "department"):
            assert name in str(told.value)


def test_by_lot_is_taken_from_the_allocation_unless_told():
    panel, home, trained = roll_out(1)
    for lot in (True, False):
        made = Allocation.from_arrays(trained, unit=home, randomized=lot)
        assert randomization_test(panel, assignment=made).randomized is lot
        assert randomization_test(panel, assignment=made, randomized=not lot).randomized is not lot


@pytest.mark.parametrize("language", ["en", "da"])
def test_departments_that_seem_trained_as_wholes_are_told_where_no_lot_says_otherwise(language):
    """Six pairs, three of them trained: 20 ways to deal pairs, 924 to deal people: 2.2 %."""
    rng = np.random.default_rng(1)
    panel = Panel.from_arrays({w: rng.random((12, 12)) < 0.3 for w in "ab"}, np.repeat(np.arange(6), 2))
    trained = np.arange(12) < 6
    words = {"en": "the department is the unit", "da": "er afdelingen enheden"}[language]
    mixed = np.array([1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0])
    turns = np.repeat([1, 1, 1, 1, 3, 3], 2)  # 15 ways to deal pairs, 495 to deal people: 3 %
    for ask in (randomization_test, spillover):
        for made, told in (
            (Allocation.from_arrays(trained), True),
            (Allocation.from_arrays(trained, randomized=True), False),
            (Allocation.from_arrays(trained, unit=np.repeat(np.arange(6), 2)), False),
            (Allocation.from_arrays(mixed), False),
            (Allocation.from_arrays(start=turns), True),
        ):
            found = ask(panel, assignment=made, draws=99)
            assert (words in found.sentence(language)) == told
    third = Panel.from_arrays({w: rng.random((12, 12)) < 0.3 for w in "abc"}, np.repeat(np.arange(6), 2))
    in_turns = Allocation.from_arrays(start=np.repeat([1, 1, 2, 2, 3, 3], 2))  # 90 of 34,650 ways: 0.26 %
    assert words in randomization_test(third, assignment=in_turns, draws=99).sentence(language)


@pytest.mark.parametrize(
    ("unit", "labels", "strata", "side", "said"),
    [
        (np.arange(4), np.zeros(3), np.zeros(4), "two-sided", "vectors alike"),
        (np.arange(4), np.zeros(4), np.zeros((4, 1)), "two-sided", "vectors alike"),
        (np.arange(4), np.zeros(4), np.zeros(4), "greaterr", "alternative"),
        (np.array([0, 0, 1]), np.array([0, 1, 1]), np.zeros(3), "two-sided", "more than one label"),
        (np.array([0, 0, 1]), np.array([1, 1, 0]), np.array([0, 1, 1]), "less", "more than one stratum"),
    ],
)
def test_what_is_no_design_has_no_smallest_p(unit, labels, strata, side, said):
    with pytest.raises(NetlearnError, match=said):
        attainable_p(unit, labels, strata, side)
