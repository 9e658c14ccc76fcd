import numpy as np
import pytest
from panels import dense, random_panel

from netlearn import Panel, compare, reconstruct, response
from netlearn.analysis.nonresponse import bounds, display_pooling, handlings
from netlearn.study.missing import agreement, complete_pairs
from netlearn.study.panel import STATUSES


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reconstruction_fills_each_missing_cell_from_its_reverse(seed):
    panel = random_panel(seed)
    again = reconstruct(panel)
    for at, wave in enumerate(panel.waves):
        there = panel.statuses[at] != STATUSES.index("not_employed")
        y, o = wave.ties.astype(float), wave.observed
        expected_o = (o | o.T) & np.outer(there, there)
        expected_y = np.where(o, y, y.T) * expected_o
        new = again.wave(wave.label)
        assert np.array_equal(new.observed, expected_o)
        assert np.array_equal(new.ties, expected_y.astype(bool))


def test_agreement_by_hand():
    panel = random_panel(4)
    wave = panel.wave("before")
    y, o = wave.ties, wave.observed
    both = np.triu(o & o.T, 1)
    found = agreement(wave)
    assert found.pairs == both.sum()
    assert found.same == pytest.approx((y == y.T)[both].mean())
    told = y & o & o.T
    assert found.confirmed == pytest.approx((told & y.T).sum() / told.sum())


def test_complete_pairs_keep_what_both_answered():
    panel = random_panel(5)
    for wave, new in zip(panel.waves, complete_pairs(panel).waves, strict=True):
        assert np.array_equal(new.observed, wave.observed & wave.observed.T)
        assert np.array_equal(new.ties, wave.ties & wave.observed.T)


@pytest.mark.parametrize("measure", ["cross_density", "within_density", "ei_index", "cross_log_odds"])
def test_bounds_hold_every_way_to_fill_the_missing_cells(measure):
    panel = random_panel(6, movers=False)
    low, high, people, _ = bounds(panel, measure, panel.labels)
    there = np.all(panel.statuses != STATUSES.index("not_employed"), axis=0)
    assert people == there.sum()
    rng = np.random.default_rng(0)
    reached = []
    for _ in range(60):
        filled = {}
        for wave in panel.waves:
            share = rng.choice([0, 0.5, 1], size=2)
            cross = (panel.group()[:, None] != panel.group()).astype(int)
            guess = rng.random((panel.n, panel.n)) < share[cross]
            y = np.where(wave.observed, wave.ties, guess).astype(float)
            filled[wave.label] = y[np.ix_(there, there)]
        full = Panel.from_arrays(filled, panel.group()[there])
        reached.append(compare(full, measure, draws=0).estimate)
    assert low - 1e-12 <= min(reached)
    assert max(reached) <= high + 1e-12
    assert max(reached) > high - 0.35 * (high - low)  # the bounds are no wider than they need to be


def test_handlings_side_by_side():
    panel = random_panel(7, n=30, movers=False)
    change = compare(panel, draws=0)
    table = handlings(panel, change).set_index("handling")
    assert table.loc["two_wave_respondents", "estimate"] == change.estimate
    assert table.loc["reconstruction", "n_people"] >= change.n_people
    mask = dense(complete_pairs(panel))[0]
    assert table.loc["complete_pairs", "n_dyads"] == np.triu(mask, 1).sum()
    assert table.loc["bounds", "low"] <= change.estimate <= table.loc["bounds", "high"]
    assert np.isnan(table.loc["bounds", "estimate"])


def test_a_one_sided_question_keeps_its_interval_under_every_handling():
    panel = random_panel(7, n=30, movers=False)
    one, two = (
        handlings(panel, compare(panel, alternative=side, draws=0)).set_index("handling").drop("bounds")
        for side in ("greater", "two-sided")
    )
    assert ((one["high"] - one["low"]) < (two["high"] - two["low"])).all()


def test_absent_rows_are_not_zeros():
    before = np.ones((6, 6))
    after = before.copy()
    after[:3] = np.nan
    panel = Panel.from_arrays({"a": before, "b": after}, list("AABBCC"))
    assert compare(panel, draws=0).estimate == 0


def test_response_counts_employed_people_only():
    y = np.zeros((4, 4))
    silent = y.copy()
    silent[1] = np.nan
    silent[3] = np.nan
    silent[:, 3] = np.nan
    panel = Panel.from_arrays({"a": y, "b": silent}, list("AABB"))
    table = response(panel).set_index(["wave", "department"])
    assert table.loc[("b", "all")].tolist() == [3, 2, pytest.approx(2 / 3)]
    assert table.loc[("b", "B")].tolist() == [1, 1, 1]


def test_small_departments_are_pooled_by_their_fewest_respondents():
    panel = random_panel(8, n=24)
    pooling = display_pooling(panel, 6)
    answered = panel.joint_cells().dense().any(axis=1)
    fewest = np.bincount(panel.group()[answered], minlength=4)
    shown_alone = [n for n in pooling.names if n != "(pooled)"]
    assert all(fewest[panel.group_names.index(name)] >= 6 for name in shown_alone)
    assert len(pooling.pooled) != 1
