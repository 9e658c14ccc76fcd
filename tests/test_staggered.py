"""Start waves: effects by group and wave by hand and by loops, and what two-way fixed effects get wrong."""

import pickle
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from netlearn import NetlearnError, Panel, UndefinedError
from netlearn.analysis.group_time import group_time
from netlearn.analysis.randomization import randomization_test
from netlearn.inference.permute import p_value
from netlearn.inference.staggered import redraw_starts, start_model
from netlearn.study.allocation import Allocation

NEVER = Allocation.NEVER


def cell(y, unit, start, strata, group, wave):
    """Effect of one cell, what each unit adds to it, and the group's people: by least squares on stratum dummies."""
    change = y[wave] - y[group - 1]
    members = np.flatnonzero(((start == group) | (start > max(group, wave))) & np.isfinite(change))
    ours = (start[members] == group).astype(float)
    layers = strata[members]
    x = np.column_stack([ours, *((layers == s).astype(float) for s in np.unique(layers))])
    d = ours - x[:, 1:] @ np.linalg.pinv(x[:, 1:]) @ ours
    if (d**2).sum() < 1e-9:
        return np.nan, None, 0
    beta = np.linalg.lstsq(x, change[members], rcond=None)[0]
    scores = np.zeros(unit.max() + 1)
    np.add.at(scores, unit[members], d * (change[members] - x @ beta) / (d**2).sum())
    return beta[0], scores, int(ours.sum())


def brute(y, unit, start, strata):
    """Mean effect after the start, its variance, and t of every cell."""
    waves = len(y)
    effects, weights, scores, t = [], [], [], []
    for g in sorted({int(s) for s in start if 0 < s < waves}):
        for w in (w for w in range(waves) if w != g - 1):
            effect, per_unit, size = cell(y, unit, start, strata, g, w)
            t.append(np.nan if per_unit is None else effect / np.sqrt((per_unit**2).sum()))
            if w >= g and per_unit is not None:
                effects.append(effect)
                weights.append(size)
                scores.append(per_unit)
    share = np.array(weights) / sum(weights)
    return share @ effects, (np.sum(share[:, None] * scores, axis=0) ** 2).sum(), np.array(t)


def every_start(unit, start, strata):
    """Every distinct way of dealing the start waves among the units of each stratum."""
    first = np.unique(unit, return_index=True)[1]
    ways = [start]
    for s in np.unique(strata):
        here = [u for u, i in enumerate(first) if strata[i] == s]
        labels = [int(start[first[u]]) for u in here]
        ways = [
            np.where(
                strata == s, np.array([dict(zip(here, order, strict=True)).get(u, -1) for u in unit]), way
            )
            for way in ways
            for order in sorted(set(permutations(labels)))
        ]
    return ways


def design(kind):
    rng = np.random.default_rng(7)
    if kind == "person":
        unit, strata = np.arange(7), np.zeros(7, int)
        start = np.array([1, 1, 2, 2, NEVER, NEVER, NEVER])
    elif kind == "strata":
        unit, strata = np.arange(10), np.repeat([0, 1], 5)
        start = np.array([1, 2, 2, NEVER, NEVER, 1, 1, 2, NEVER, NEVER])
    else:
        unit, strata = np.repeat(np.arange(6), [3, 2, 4, 1, 2, 3]), np.zeros(15, int)
        start = np.array([1, 1, 2, 2, NEVER, NEVER])[unit]
    y = rng.normal(size=(3, len(unit))) + 0.5 * (np.arange(3)[:, None] >= start)
    y[1, 0] = np.nan
    return y, unit, start, strata


@pytest.mark.parametrize("kind", ["person", "strata", "department"])
@pytest.mark.parametrize("side", ["two-sided", "greater", "less"])
def test_every_p_is_that_of_a_loop_over_all_start_waves(kind, side):
    y, unit, start, strata = design(kind)
    found = redraw_starts(y, unit, start, strata, alternative=side, draws=20_000)
    assert found.result.exact
    mean, variance, t = brute(y, unit, start, strata)
    k = len(np.unique(unit))
    assert (found.mean.estimate, found.mean.se) == pytest.approx((mean, np.sqrt(variance * k / (k - 1))))
    assert found.effect / found.se == pytest.approx(t)
    made = [brute(y, unit, way, strata) for way in every_start(unit, start, strata)]
    assert len(made) == found.mean.n_assignments
    drawn = np.array([m[0] / np.sqrt(m[1]) for m in made])
    assert found.result.p_value == pytest.approx(p_value(mean / np.sqrt(variance), drawn, side, exact=True))
    cells = np.abs(np.array([m[2] for m in made]))
    for c in range(len(t)):
        assert found.p[c] == pytest.approx(np.mean(~(cells[:, c] < abs(t[c]) - 1e-9)))
    for family in (np.flatnonzero(found.placebo), np.flatnonzero(~found.placebo)):
        # Step-down: the largest |t| against the largest of each draw, the next against that of those left, and so on.
        least, left = 0.0, sorted((c for c in family if not np.isnan(t[c])), key=lambda c: -abs(t[c]))
        while left:
            largest = np.where(np.isnan(cells[:, left]), np.inf, cells[:, left]).max(axis=1)
            least = max(least, np.mean(largest >= abs(t[left[0]]) - 1e-9))
            assert found.adjusted_p[left.pop(0)] == pytest.approx(least)


@pytest.mark.parametrize("kind", ["strata", "department"])
def test_interval_holds_the_constant_effects_that_a_loop_does_not_exclude(kind):
    y, unit, start, strata = design(kind)
    alpha = 0.2
    found = redraw_starts(y, unit, start, strata, alpha=alpha, draws=20_000)

    def p(effect):
        free = y - effect * (np.arange(3)[:, None] >= start)
        here, *rest = [
            brute(free, unit, way, strata)[:2] for way in [start, *every_start(unit, start, strata)]
        ]
        drawn = np.array([b / np.sqrt(v) for b, v in rest])
        return p_value(here[0] / np.sqrt(here[1]), drawn, exact=True)

    for end, sign in ((found.mean.low, -1), (found.mean.high, 1)):
        assert p(end - sign * 1e-5 * found.mean.se) > alpha
        assert p(end + sign * 1e-5 * found.mean.se) <= alpha


def growing():
    """Two start in wave 1, two in wave 2, two never; training adds 1 at once and 4 in the next wave; no noise."""
    start = np.array([1, 1, 2, 2, NEVER, NEVER])
    y = np.zeros((3, 6))
    y[1, :2], y[2, :2], y[2, 2:4] = 1, 5, 1
    return y + np.array([0.0, 0.2, 0.5])[:, None], start


def two_way_fixed_effects(y, start):
    """Coefficient of "trained" on person and wave dummies, all person-waves together."""
    d = (np.arange(len(y))[:, None] >= start).astype(float)
    free = [v - v.mean(0) - v.mean(1)[:, None] + v.mean() for v in (d, y)]
    return (free[0] * free[1]).sum() / (free[0] ** 2).sum()


def test_growing_effects_are_right_here_and_wrong_with_the_trained_as_controls():
    """By hand: effects 1 (group 1 at once), 5 (group 1 in its next wave), 1 (group 2 at once); their mean is 7/3."""
    y, start = growing()
    found = redraw_starts(y, np.arange(6), start, np.zeros(6, int))
    told = {(g, w): e for g, w, e in zip(found.group, found.wave, found.effect, strict=True)}
    assert told[1, 1] == pytest.approx(1)
    assert told[1, 2] == pytest.approx(5)
    assert told[2, 2] == pytest.approx(1)
    assert told[2, 0] == pytest.approx(0)  # the wave before the last before the start: nothing there
    assert found.mean.estimate == pytest.approx(7 / 3)
    # Without the never trained, two-way fixed effects take group 1's growth off group 2. By hand: "trained" less its
    # means is (-1, 2, -1)/6 in group 1 and (1, -2, 1)/6 in group 2, so the coefficient is
    # 2 [(2 x 1 - 5)/6 + 1/6] / (4 / 6) = -1, although every effect is 1 or more.
    assert two_way_fixed_effects(y[:, :4], start[:4]) == pytest.approx(-1)
    # The comparison is right even then: group 2 serves group 1 until it starts.
    without = redraw_starts(y[:, :4], np.arange(4), start[:4], np.zeros(4, int))
    told = {(g, w): e for g, w, e in zip(without.group, without.wave, without.effect, strict=True)}
    assert told[1, 1] == pytest.approx(1)
    assert np.isnan(told[1, 2])  # nobody is left who is not yet trained
    assert without.mean.estimate == pytest.approx(1)


def test_what_workers_get_can_be_sent_to_them():
    y, unit, start, strata = design("strata")
    model = start_model(y, unit, np.minimum(start, 3), strata)
    starts = np.array([np.minimum(start, 3), np.minimum(start, 3)[::-1]])
    assert np.array_equal(pickle.loads(pickle.dumps(model))(starts), model(starts), equal_nan=True)


def test_start_waves_give_the_same_bits_to_any_number_of_workers():
    rng = np.random.default_rng(2)
    n = 1003
    y, start, strata = rng.normal(size=(3, n)), rng.permuted(np.arange(n) % 3 + 1), np.arange(n) % 5
    one, two = (
        redraw_starts(y, np.arange(n), start, strata, draws=300, workers=workers, keep=True)
        for workers in (1, 2)
    )
    assert np.array_equal(one.result.values, two.result.values)
    assert np.array_equal(one.p, two.p)


def test_the_trained_are_never_a_comparison():
    y, start = growing()
    later = y.copy()
    later[2, :2] += 100  # what group 1 does after its start must not touch group 2
    one, two = (redraw_starts(v, np.arange(6), start, np.zeros(6, int)) for v in (y, later))
    at = (one.group == 2) & (one.wave == 2)
    assert one.effect[at] == pytest.approx(two.effect[at])
    assert one.n_comparison[at] == 2


def test_people_trained_from_the_first_wave_are_left_out():
    y, start = growing()
    wider, early = np.hstack([y, y[:, :2] + 50]), np.append(start, [0, 0])
    one = redraw_starts(y, np.arange(6), start, np.zeros(6, int))
    two = redraw_starts(wider, np.arange(8), early, np.zeros(8, int))
    assert two.effect == pytest.approx(one.effect)
    assert two.mean.n_assignments == one.mean.n_assignments == 90


@pytest.mark.parametrize("kind", ["person", "department"])
def test_p_and_interval_keep_their_level(kind):
    unit = np.arange(24) if kind == "person" else np.repeat(np.arange(9), [2, 3, 4, 2, 3, 4, 2, 3, 1])
    k = unit.max() + 1
    rejected, covered, count = 0, 0, 200
    for r in range(count):
        rng = np.random.default_rng([3, r])
        start = rng.permuted(np.resize([1, 2, NEVER], k))[unit]
        y = rng.normal(size=(3, 24)) + rng.normal(size=(3, k))[:, unit] + np.arange(3)[:, None]
        null = redraw_starts(y, unit, start, np.zeros(24, int), draws=99, seed=r)
        rejected += null.result.p_value <= 0.05
        lifted = y + 2.0 * (np.arange(3)[:, None] >= start)
        found = redraw_starts(lifted, unit, start, np.zeros(24, int), draws=99, seed=r)
        covered += found.mean.low <= 2.0 <= found.mean.high
    low, high = (stats.binom.ppf(q, count, 0.05) for q in (0.001, 0.999))
    assert low <= rejected <= high
    assert low <= count - covered <= high


# -- panels --------------------------------------------------------------------------------------------


def rota(seed=1, n=24):
    rng = np.random.default_rng(seed)
    ties = {w: rng.random((n, n)) < 0.2 for w in ("w0", "w1", "w2")}
    return Panel.from_arrays(ties, np.arange(n) % 4), Allocation.from_arrays(
        start=rng.permuted(np.arange(n) % 3 + 1)
    )


def test_more_than_one_start_wave_goes_to_the_group_time_effects():
    panel, made = rota()
    found = randomization_test(panel, "cross_out_degree", made, draws=199, seed=4)
    table = group_time(panel, "cross_out_degree", made, draws=199, seed=4)
    assert found.compared == "starts"
    assert found.details.equals(table)
    after = table[~table.placebo]
    assert found.estimate == pytest.approx(np.average(after.estimate, weights=after.n_trained))
    assert (found.n_people, found.n_trained, found.n_units) == (24, 16, 24)
    one = randomization_test(panel, "cross_out_degree", made, waves=("w0", "w1"), draws=199)
    assert one.compared == "change"
    assert one.estimate == pytest.approx(table.estimate[0])  # first group, in its first wave


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_sentence_names_the_comparison(language):
    panel, made = rota()
    text = randomization_test(panel, "cross_out_degree", made, draws=99).sentence(language)
    assert {"en": "not yet trained", "da": "endnu ikke var uddannet"}[language] in text
    assert "{" not in text


def test_what_the_rota_cannot_answer_is_refused():
    panel, made = rota()
    for outcome, adjust in (("dyads", False), ("department", False), ("out_degree", True)):
        with pytest.raises(NetlearnError, match="more than one start wave"):
            randomization_test(panel, outcome, made, adjust=adjust)
    with pytest.raises(UndefinedError, match="nobody starts"):
        group_time(panel, "out_degree", Allocation.from_arrays(start=np.zeros(24)))
    with pytest.raises(NetlearnError, match="shape"):
        group_time(panel, np.zeros(24), made)


def test_a_rota_of_whole_departments_is_not_dealt_person_by_person():
    """4 departments of 6 people: 12 ways to deal 1, 1, 2, 3 to them, 24!/(12! 6! 6!) = 2.5e9 to the people."""
    panel, _ = rota()
    home = np.arange(24) % 4
    for turns in ([1, 1, 2, 3], [1, 1, 2, 2]):  # some start after the last wave, or all start inside
        whole = np.array(turns)[home]
        for ask in (group_time, randomization_test):
            with pytest.raises(NetlearnError, match="unit=department"):
                ask(panel, "out_degree", Allocation.from_arrays(start=whole))
        paired = np.where(
            np.arange(24) < 8, home, np.arange(24)
        )  # two people of each department share a unit
        with pytest.raises(NetlearnError, match="unit=department"):
            group_time(panel, "out_degree", Allocation.from_arrays(start=whole, unit=paired))
        group_time(panel, "out_degree", Allocation.from_arrays(start=whole, unit=home), draws=9)
    # Two departments always trained together are one unit: dealt as such, and by the single ones not.
    joined = Allocation.from_arrays(start=np.array([1, 1, 2, 2])[home], unit=home // 2)
    group_time(panel, "out_degree", joined, draws=9)


def test_departments_that_are_alike_by_luck_are_not_refused():
    """Six pairs: 90 ways to deal 1, 1, 2, 2, 3, 3 to them, 34,650 to the people: 0.26 %, seldom but not below 0.1 %."""
    empty = {w: np.zeros((12, 12)) for w in ("w0", "w1", "w2")}
    panel = Panel.from_arrays(empty, np.repeat(np.arange(6), 2))
    start = np.repeat([1, 1, 2, 2, 3, 3], 2)
    values = np.random.default_rng(1).normal(size=(3, 12))
    assert len(group_time(panel, values, Allocation.from_arrays(start=start), draws=9))
    # Within strata that are the departments themselves nothing can be dealt otherwise, so nothing is told by it.
    strata = Allocation.from_arrays(start=start, strata=np.repeat(np.arange(6), 2))
    assert randomization_test(panel, values, strata, draws=9).n_assignments == 1


def one_department_per_start(seed=0):
    rng = np.random.default_rng(seed)
    home = np.repeat(np.arange(4), 6)
    waves = {f"w{i}": rng.random((24, 24)) < 0.15 for i in range(4)}
    start = np.array([1, 2, 3, 9])[home]
    values = np.array([(t & (home[:, None] != home)).sum(axis=1) for t in waves.values()], float)
    return Panel.from_arrays(waves, home), Allocation.from_arrays(start=start, unit=home), values, home


@pytest.mark.parametrize("scale", [1.0, 1e6 / 3])
def test_one_department_against_one_has_no_standard_error_and_compares_plain_effects(scale):
    """Of 24 ways of dealing the waves, any two departments are trained and comparison in two, each way round."""
    panel, made, values, home = one_department_per_start()
    table = group_time(panel, values * scale, made)
    means = np.array([[row[home == g].mean() for g in range(4)] for row in values * scale])
    single = table[table.n_units == 2]
    assert len(single) == 5
    assert single.se.isna().all()
    assert single.p_adjusted.isna().all()
    assert (table[table.n_units > 2].se > 1e-3).all()
    assert table[table.n_units > 2].p_adjusted.notna().all()
    for _, row in single.iterrows():
        change = means[int(row.wave[1])] - means[int(row.group[1]) - 1]
        drawn = np.array([abs(change[a] - change[b]) for a, b in permutations(range(4), 2)])
        assert row.p_value == pytest.approx(np.mean(drawn >= abs(row.estimate) - 1e-9 * scale))
        assert row.smallest_p == pytest.approx(np.mean(drawn >= drawn.max() - 1e-9 * scale))


def test_cells_without_standard_error_leave_the_family_of_the_others_alone():
    _, made, values, home = one_department_per_start(3)
    start, one = np.minimum(made.start, 4), np.zeros(24, int)
    found = redraw_starts(values, home, made.start, one)
    mean, _, t = brute(values, home, start, one)
    drawn = np.abs([brute(values, home, way, one)[2] for way in every_start(home, start, one)])
    family = np.flatnonzero(~found.placebo & (found.n_units > 2))
    top = family[np.argmax(np.abs(t[family]))]
    largest = np.where(np.isnan(drawn[:, family]), np.inf, drawn[:, family]).max(axis=1)
    assert found.adjusted_p[top] == pytest.approx(np.mean(largest >= abs(t[top]) - 1e-9))
    assert found.mean.estimate == pytest.approx(mean)


def test_a_constant_outcome_shows_nothing_in_any_cell():
    panel, made, _, _ = one_department_per_start()
    table = group_time(panel, np.full((4, 24), 1e6 / 3), made)
    assert table.se.isna().all()
    assert (table.p_value == 1).all()


def test_units_and_smallest_p_of_a_cell_by_counting():
    """Six units, two in each turn. Cell (1, 1): 2 against 4, 15 ways, not mirrored. Cell (1, 2): 2 against 2, 90 ways,
    mirrored; cell (2, 2): the same."""
    y = np.random.default_rng(1).normal(size=(3, 6))
    start = np.array([1, 1, 2, 2, 3, 3])
    exact = redraw_starts(y, np.arange(6), start, np.zeros(6, int))
    drawn = redraw_starts(y, np.arange(6), start, np.zeros(6, int), draws=89, seed=1)
    assert [tuple(v) for v in zip(exact.group, exact.wave, exact.n_units, strict=True)] == [
        (1, 1, 6),
        (1, 2, 4),
        (2, 0, 4),
        (2, 2, 4),
    ]
    assert exact.smallest_p == pytest.approx([1 / 15, 2 / 90, 2 / 90, 2 / 90])
    assert not drawn.result.exact
    assert drawn.smallest_p == pytest.approx([1 / 15, 2 / 90, 2 / 90, 2 / 90])
