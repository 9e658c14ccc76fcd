import numpy as np
import pytest
from panels import brute_change, brute_influence, dense, random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, compare
from netlearn.measures.catalogue import COMPARABLE, find


def people(panel):
    mask = dense(panel)[0]
    return int(mask.any(axis=1).sum())


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("measure", ["cross_density", "ei_index"])
@pytest.mark.parametrize("seed", [21, 25, 26])
def test_interval_and_ladder_by_hand(measure, directed, seed):
    panel = random_panel(seed, n=24, directed=directed, movers=False)
    mask, ties, cross = dense(panel)
    unit = 1.0 if directed else 0.5
    change = compare(panel, measure, draws=0)
    estimate = brute_change(find(measure), mask, ties, cross, mask.astype(float), unit)
    psi = brute_influence(find(measure), mask, ties, cross, unit)
    pairs = psi + psi.T
    squares = (np.triu(pairs) ** 2).sum()
    n = people(panel)
    sums = pairs.sum(axis=1)
    variance, df = squares, np.triu(mask | mask.T, 1).sum() - 1
    if ((sums**2).sum() - squares) * n / (n - 4) > squares:
        variance = ((sums**2).sum() - squares) * n / (n - 4)
        df = np.clip(2 * (sums**2).sum() ** 2 / (sums**4).sum() - 1, 2, n - 1)
    half = stats.t.ppf(0.975, df) * np.sqrt(variance)
    assert change.estimate == pytest.approx(estimate)
    assert change.interval == pytest.approx((estimate - half, estimate + half), rel=1e-4)
    assert change.df == pytest.approx(df, rel=1e-4)
    ladder = change.ladder.set_index("level")
    assert ladder.loc["dyad", "se"] == pytest.approx(np.sqrt(squares), rel=1e-4)
    assert ("arc" in ladder.index) == directed
    assert change.n_dyads == np.triu(mask | mask.T, 1).sum()
    assert change.n_cells == mask.sum() * unit


def test_department_level_is_a_t_over_each_departments_own_change():
    panel = random_panel(22, n=24, movers=False)
    mask, (y1, y2), (cross, _) = dense(panel)
    group = panel.group()
    own = []
    for g in range(4):
        rows = mask & cross & (group == g)[:, None]
        own.append((y2 - y1)[rows].mean())
    expected = stats.ttest_1samp(own, 0)
    row = compare(panel, draws=0).ladder.set_index("level").loc["department"]
    assert row["estimate"] == pytest.approx(np.mean(own))
    assert row["p_value"] == pytest.approx(expected.pvalue)


def test_natural_units_are_colleagues_per_person():
    panel = random_panel(23, movers=False)
    mask, (y1, y2), (cross, _) = dense(panel)
    gained = ((y2 - y1) * (cross & mask)).sum() / people(panel)
    change = compare(panel, "cross_density", draws=0)
    assert change.natural[0] == pytest.approx(gained)
    assert change.natural[1] / change.natural[0] == pytest.approx(change.low / change.estimate)
    assert compare(panel, "ei_index", draws=0).natural is None


@pytest.mark.parametrize("measure", COMPARABLE)
def test_swapping_the_waves_flips_the_sign_and_keeps_the_p(measure):
    panel = random_panel(24, movers=False)
    ties = {w: np.where(panel.wave(w).observed, panel.wave(w).ties, np.nan) for w in panel.labels}
    back = Panel.from_arrays({"before": ties["after"], "after": ties["before"]}, group=panel.group())
    one, two = compare(panel, measure, draws=0), compare(back, measure, draws=0)
    assert one.estimate == pytest.approx(-two.estimate)
    assert one.p_value == pytest.approx(two.p_value)
    assert one.interval == pytest.approx((-two.high, -two.low))


@pytest.mark.parametrize("measure", COMPARABLE)
def test_relabelling_people_and_departments_changes_nothing(measure):
    panel = random_panel(25)
    order = np.random.default_rng(1).permutation(panel.n)
    names = {"d0": "z", "d1": "y", "d2": "x", "d3": "a"}
    ties = {}
    department = {}
    for at, label in enumerate(panel.labels):
        wave = panel.wave(label)
        ties[label] = np.where(wave.observed, wave.ties, np.nan)[np.ix_(order, order)]
        department[label] = [names[panel.group_names[panel.groups[at, i]]] for i in order]
    shuffled = Panel.from_arrays(ties, department)
    for grouping in ("baseline", "current"):
        one = compare(panel.with_grouping(grouping), measure, draws=0)
        two = compare(shuffled.with_grouping(grouping), measure, draws=0)
        assert one.estimate == pytest.approx(two.estimate)
        assert one.ladder["p_value"].to_numpy() == pytest.approx(two.ladder["p_value"].to_numpy())


def test_masking_a_respondent_removes_that_sender_only():
    panel = random_panel(26, missing=False, movers=False)
    ties = {w: panel.wave(w).ties.astype(float) for w in panel.labels}
    silent = {w: y.copy() for w, y in ties.items()}
    silent["after"][0] = np.nan
    change = compare(Panel.from_arrays(silent, panel.group()), draws=0)
    mask, (y1, y2), (cross, _) = dense(panel)
    keep = mask & cross
    keep[0] = False
    assert change.estimate == pytest.approx((y2 - y1)[keep].mean())
    assert change.n_people == panel.n - 1


def test_growth_of_all_ties_moves_density_but_not_the_log_odds():
    # Every class doubles its odds exactly: 1/4 -> 2/5 within, 1/9 -> 2/11 across, up to the 1/2 that is added.
    change = find("cross_log_odds")
    cells = np.array([8000.0, 79200.0])
    before, after = cells * [1 / 5, 1 / 10], cells * [1 / 3, 2 / 11]
    assert float(change.value(after, cells) - change.value(before, cells)) == pytest.approx(0, abs=1e-3)


def test_a_mover_counts_where_the_plan_says():
    y1 = np.zeros((4, 4))
    y1[0, 1] = 1
    panel = Panel.from_arrays({"before": y1, "after": y1}, {"before": list("AABB"), "after": list("BABB")})
    assert compare(panel, "cross_share", draws=0).estimate == 0
    assert compare(panel.with_grouping("current"), "cross_share", draws=0).estimate == 1


def constant(change):
    """Forty people in eight departments: each of the first `change` people names one more department."""
    before = np.zeros((40, 40))
    for i in range(40):
        before[i, (i + 8) % 40] = 1
    after = before.copy()
    for i in range(change):
        after[i, (i + 1) % 40] = 1
        after[i, (i + 2) % 40] = 1
    return Panel.from_arrays({"before": before, "after": after}, [f"d{i % 8}" for i in range(40)])


def test_verdicts_need_both_levels():
    assert compare(constant(36), draws=0).verdict == "changed_beyond_departments"
    uneven = constant(40)
    ties = {w: uneven.wave(w).ties.astype(float) for w in uneven.labels}
    only = np.array([i % 8 < 2 for i in range(40)])
    ties["after"] = np.where(only[:, None], ties["after"], ties["before"])
    some = compare(Panel.from_arrays(ties, uneven.group()), draws=0)
    assert (some.p_value < 0.05, some.verdict) == (True, "changed_among_people")
    # People of a department change places: other pairs, the same sums, so an estimate of exactly 0.
    before = (np.random.default_rng(3).random((40, 40)) < 0.1).astype(float)
    np.fill_diagonal(before, 0)
    after = np.roll(before, (8, 8), axis=(0, 1))
    quiet = compare(Panel.from_arrays({"before": before, "after": after}, uneven.group()), draws=0)
    assert (quiet.estimate, quiet.p_value, quiet.verdict) == (0, 1, "undecided")
    assert quiet.low < 0 < quiet.high


@pytest.mark.parametrize(
    ("panel", "guard"),
    [
        (lambda: random_panel(1, k=2), "few_departments"),
        (lambda: random_panel(1, n=9, k=3), "few_respondents"),
        (lambda: constant(0), "undefined"),
        (lambda: constant(2), "few_changed"),
    ],
)
def test_guard_rails_make_it_descriptive(panel, guard):
    change = compare(panel(), draws=19)
    assert guard in change.guards
    assert change.verdict == "descriptive"


def test_few_departments_weaken_but_do_not_forbid():
    change = compare(random_panel(1, n=40, k=4), draws=0)
    assert "weak_departments" in change.guards
    assert change.verdict != "descriptive"


def test_no_ties_at_all_gives_nan_and_no_claim():
    change = compare(
        Panel.from_arrays({"a": np.zeros((12, 12)), "b": np.zeros((12, 12))}, list("ABC") * 4), "ei_index"
    )
    assert np.isnan([change.estimate, change.p_value]).all()
    assert change.verdict == "descriptive"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"measure": "foo"}, "no measure 'foo'"),
        ({"alternative": "up"}, "two-sided"),
        ({"alpha": 5}, "between 0 and 1"),
        ({"draws": -1}, "0 or more"),
        ({"draws": 10.5}, "whole number"),
        ({"seed": -1}, "whole number"),
        ({"alpha": "x"}, "between 0 and 1"),
        ({"alpha": 0.6, "alternative": "less"}, "between 0 and 0.5"),
    ],
)
def test_bad_options_are_named(options, words):
    with pytest.raises(NetlearnError, match=words):
        compare(random_panel(1), **options)


def test_table_has_the_columns_of_every_table():
    table = compare(random_panel(1), draws=0).table
    assert list(table.columns) == [
        "measure",
        "level",
        "unit",
        "wave",
        "estimate",
        "low",
        "high",
        "n_people",
        "n_dyads",
    ]
    assert table["estimate"].iloc[2] == pytest.approx(table["estimate"].iloc[1] - table["estimate"].iloc[0])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_the_verdict_is_what_the_interval_shows(seed, alternative):
    change = compare(
        random_panel(seed, n=40, k=6), "cross_density", alternative=alternative, alpha=0.2, draws=0
    )
    for _, rung in change.ladder.iterrows():
        outside = {"two-sided": rung["low"] > 0 or rung["high"] < 0, "greater": rung["low"] > 0}
        assert outside.get(alternative, rung["high"] < 0) == (rung["p_value"] <= 0.2)
    assert change.level == pytest.approx(0.8 if alternative == "two-sided" else 0.6)
    said = change.sentence("en")
    assert ("asked one way only" in said) == (alternative != "two-sided")
    with pytest.raises(NetlearnError, match="language must be"):
        change.sentence("fr")
