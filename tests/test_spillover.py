"""Ties where both, one and neither were trained: brute force over cells and over assignments, and the error rate."""

import pickle

import numpy as np
import pytest
from panels import dense, random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, simulate_panel
from netlearn.analysis.joint import joint
from netlearn.analysis.randomization import randomization_test
from netlearn.analysis.spillover import spillover
from netlearn.inference.dyad_classes import CONTRASTS, dyad_model
from netlearn.inference.permute import p_value
from netlearn.inference.rearrange import Labels
from netlearn.study.allocation import Allocation

ROWS = ["both", "one", "sender", "receiver", "none"]


def in_class(name, d):
    """(n, n) bool: the arc lies in the class."""
    i, j = d[:, None] == 1, d[None, :] == 1
    return {"both": i & j, "sender": i & ~j, "receiver": ~i & j, "none": ~i & ~j, "one": i != j}[name]


def brute(mask, change, d, name, people):
    """Contrast with "none" and its dyadic-robust variance, over dense matrices."""
    influence, means = np.zeros_like(change), []
    for part, sign in ((name, 1), ("none", -1)):
        cells = in_class(part, d) & mask
        if not cells.any():
            return np.nan, np.nan
        means.append(change[cells].mean())
        influence += sign * np.where(cells, change - means[-1], 0) / cells.sum()
    pair = influence + influence.T
    dyads = (np.triu(pair, 1) ** 2).sum()
    robust = (pair.sum(axis=1) ** 2).sum() - dyads
    return means[0] - means[1], max(robust, dyads) * people / (people - 1)


def arrays(panel):
    mask, ties, cross = dense(panel)
    mask = mask & cross[0]
    return mask, np.where(mask, ties[1] - ties[0], 0.0), ties


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("directed", [True, False])
def test_contrasts_are_those_of_dense_matrices(seed, directed):
    panel = random_panel(seed, directed=directed, movers=False)
    mask, change, ties = arrays(panel)
    d = np.random.default_rng(seed).integers(0, 2, panel.n)
    shown = spillover(panel, Allocation.from_arrays(d == 1), draws=99)
    people = (mask.any(axis=1)).sum()
    rows = shown.table.set_index("trained")
    assert list(rows.index) == ROWS
    for name in ROWS:
        cells = in_class(name, d) & mask
        assert rows.cells[name] == cells.sum()
        before, after = (100 * y[cells].mean() for y in ties)
        assert (rows.before[name], rows.after[name]) == pytest.approx((before, after))
        assert rows.change[name] == pytest.approx(after - before)
    for name in CONTRASTS:
        estimate, variance = brute(mask, change, d, name, people)
        found = shown.contrasts[name]
        assert (found.estimate, found.se) == pytest.approx((estimate, np.sqrt(variance)))
        assert rows.difference[name] == pytest.approx(100 * estimate)
    assert shown.n_dyads == np.triu(mask | mask.T, 1).sum()


@pytest.mark.parametrize("side", ["two-sided", "greater", "less"])
def test_p_is_that_of_a_loop_over_all_assignments(side):
    panel = random_panel(3, n=12, k=6, movers=False)
    mask, change, _ = arrays(panel)
    home = panel.groups[0]
    d = np.isin(home, [0, 2, 5]).astype(int)
    made = Allocation.from_arrays(d == 1, unit=home)
    found = randomization_test(panel, "dyads", made, alternative=side)
    people = (mask.any(axis=1)).sum()

    def t(arms):
        b, v = brute(mask, change, arms, "both", people)
        return b / np.sqrt(v)

    every = Labels(np.array([1, 0, 1, 0, 0, 1]), np.zeros(6, int)).every()
    drawn = np.array([t(arms[home]) for arms in every])
    assert found.result.exact
    assert found.p_value == pytest.approx(p_value(t(d), drawn, side, exact=True))
    assert found.estimate == pytest.approx(100 * brute(mask, change, d, "both", people)[0])
    assert found.smallest_p == pytest.approx((2 if side == "two-sided" else 1) / 20)


def test_the_interval_excludes_zero_exactly_when_p_is_at_most_alpha():
    seen = set()
    for seed in range(40):
        made = simulate_panel(n=24, groups=6, density=0.2, seed=seed)
        d = np.random.default_rng(seed).permuted(np.arange(24) % 2)
        shown = spillover(made.panel, Allocation.from_arrays(d == 1), draws=199, alpha=0.2, seed=seed)
        rows = shown.table.set_index("trained").loc[list(CONTRASTS)]
        excluded = (rows.low > 0) | (rows.high < 0)
        assert (excluded == (rows.p_value <= 0.2)).all()
        seen |= set(excluded)
    assert seen == {True, False}


def test_departments_own_events_do_not_pass_for_training():
    count, rejected = 120, np.zeros(len(CONTRASTS))
    for seed in range(count):
        made = simulate_panel(n=80, groups=8, seed=seed, density=0.08, shock_sd=0.6, activity_sd=0.4)
        home = made.world.group
        trained = np.isin(home, np.random.default_rng([5, seed]).permuted(np.arange(8))[:4])
        shown = spillover(made.panel, Allocation.from_arrays(trained, unit=home))
        rejected += [shown.contrasts[name].result.p_value <= 0.05 for name in CONTRASTS]
    assert (rejected <= stats.binom.ppf(0.999, count, 0.05)).all()


def test_what_workers_get_can_be_sent_to_them():
    panel = random_panel(1, movers=False)
    view = joint(panel, "before", "after")
    arcs = (view.sender, view.receiver, view.second - view.first)
    model = dyad_model(view.cells, panel.groups[0], *arcs, np.arange(panel.n))
    arms = np.random.default_rng(1).integers(0, 2, (3, panel.n))
    assert np.array_equal(pickle.loads(pickle.dumps(model))(arms), model(arms), equal_nan=True)


def test_people_trained_before_are_in_no_cell():
    panel = random_panel(1, movers=False)
    start = np.random.default_rng(1).permuted(np.arange(panel.n) % 3)  # 0: before the first wave
    shown = spillover(panel, Allocation.from_arrays(start=start), draws=99)
    mask, _, _ = arrays(panel)
    fresh = start > 0
    assert (
        shown.table.cells[0] + shown.table.cells[1] + shown.table.cells[4] == mask[np.ix_(fresh, fresh)].sum()
    )


def few():
    home = np.repeat(np.arange(5), 4)
    rng = np.random.default_rng(1)
    panel = Panel.from_arrays({w: rng.random((20, 20)) < 0.3 for w in ("before", "after")}, home)
    return panel, Allocation.from_arrays(home < 2, unit=home)


@pytest.mark.parametrize("language", ["en", "da"])
def test_words(language):
    panel, made = few()
    text = spillover(panel, made).sentence(language)
    shown = {"en": "shown here, not assumed away", "da": "er ikke udelukket på forhånd"}[language]
    assert shown in text
    assert "p =" not in text  # ten assignments cannot reach the 5 % level
    assert {"en": "0.100", "da": "0,100"}[language] in text
    by_lot = Allocation.from_arrays(np.arange(20) % 2 == 0)
    text = spillover(panel, by_lot, draws=199).sentence(language)
    assert "p =" in text
    assert "{" not in text
    result = randomization_test(panel, "dyads", by_lot, draws=199)
    assert {"en": "both trained", "da": "begge blev uddannet"}[language] in result.sentence(language)
    with pytest.raises(NetlearnError, match="language"):
        spillover(panel, by_lot, draws=19).sentence("de")


@pytest.mark.parametrize("draws", [9, 199])
def test_spillover_only_describes_where_the_test_of_dyads_does(draws):
    """Too few draws; eight people; two departments: the same reasons, and no p, here and there."""
    rng = np.random.default_rng(4)
    for n, k in ((20, 5), (8, 4), (20, 2)):
        waves = {w: rng.random((n, n)) < 0.4 for w in ("before", "after")}
        panel = Panel.from_arrays(waves, np.arange(n) % k)
        made = Allocation.from_arrays(rng.permuted(np.arange(n) < n // 2))
        shown = spillover(panel, made, draws=draws)
        found = randomization_test(panel, "dyads", made, draws=draws)
        assert shown.reasons == found.reasons
        assert (shown.attainable_p, shown.smallest_p) == (found.attainable_p, found.smallest_p)
        assert shown.descriptive == (found.verdict == "descriptive") == (draws == 9 or n < 10 or k < 3)
        for language in ("en", "da"):
            assert ("p =" in shown.sentence(language)) == (not shown.descriptive)


def test_a_class_without_cells_is_undefined():
    home = np.repeat(np.arange(5), 4)
    panel, _ = few()
    alone = Allocation.from_arrays(home == 0, unit=home)  # nobody trained has a trained colleague elsewhere
    shown = spillover(panel, alone)
    both = shown.table.iloc[0]
    assert both.cells == 0
    assert np.isnan([both.before, both.change, both.difference, both.low, both.p_value]).all()
    found = randomization_test(panel, "dyads", alone)
    assert found.verdict == "descriptive"
    assert "cannot be computed" in found.sentence("en")


def test_a_department_that_cannot_answer_is_still_dealt_and_counted():
    """Of eight departments one is silent: named by others, so in cells; 4 of 8 can be dealt in 70 ways."""
    home = np.repeat(np.arange(8), 4)
    rng = np.random.default_rng(2)
    waves = {w: rng.random((32, 32)) < 0.3 for w in ("before", "after")}
    asked = np.repeat((home != 5)[:, None], 32, axis=1)
    panel = Panel.from_arrays(waves, home, dict.fromkeys(waves, asked))
    made = Allocation.from_arrays(home % 2 == 0, unit=home)
    found, shown = randomization_test(panel, "dyads", made), spillover(panel, made)
    assert (found.n_units, found.n_assignments, found.result.draws, found.n_people) == (8, 70, 70, 28)
    assert (shown.n_units, shown.n_assignments) == (8, 70)
    assert "8 departments" in found.sentence("en")
    assert randomization_test(panel, "cross_out_degree", made).n_units == 7  # nobody there has a value


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("draws", [199, 2000])
def test_every_p_is_told_with_what_stands_behind_it(language, draws):
    """Six of twelve people, 924 ways: drawn with 199, counted with 2,000."""
    rng = np.random.default_rng(3)
    panel = Panel.from_arrays({w: rng.random((12, 12)) < 0.4 for w in ("before", "after")}, np.arange(12) % 4)
    shown = spillover(panel, Allocation.from_arrays(rng.permuted(np.arange(12) < 6)), draws=draws)
    text, many = shown.sentence(language), draws == 2000
    said = {"en": ("Monte Carlo interval", "all 924"), "da": ("Monte Carlo-interval", "alle 924")}[language]
    assert text.count(" p = ") == text.count(said[many]) == 2
    assert text.count({"en": "smallest possible", "da": "mindst mulige"}[language]) == 2
    rows = shown.table.set_index("trained")
    for name, c in shown.contrasts.items():
        behind = (c.result.low, c.result.high, c.result.smallest_p)
        assert tuple(rows.loc[name, ["p_low", "p_high", "smallest_p"]]) == behind
    assert rows.loc["none", ["p_low", "p_high", "smallest_p"]].isna().all()


@pytest.mark.parametrize("language", ["en", "da"])
def test_strata_are_told(language):
    home = np.repeat(np.arange(8), 4)
    rng = np.random.default_rng(2)
    panel = Panel.from_arrays({w: rng.random((32, 32)) < 0.3 for w in ("before", "after")}, home)
    within = Allocation.from_arrays(home % 2 == 0, unit=home, strata=home // 2)
    plain = Allocation.from_arrays(home % 2 == 0, unit=home)
    words = {"en": "within 4 strata", "da": "inden for 4 strata"}[language]
    for ask in (spillover, lambda p, made: randomization_test(p, assignment=made)):
        assert words in ask(panel, within).sentence(language)
        assert "strata" not in ask(panel, plain).sentence(language)


def test_spillover_takes_by_lot_from_the_allocation_unless_told():
    panel, _ = few()
    for lot in (True, False):
        made = Allocation.from_arrays(np.arange(20) % 2 == 0, randomized=lot)
        assert spillover(panel, made, draws=19).randomized is lot
        assert spillover(panel, made, draws=19, randomized=not lot).randomized is not lot
