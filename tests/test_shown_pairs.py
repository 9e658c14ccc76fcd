"""Pairs of shown groups that changed beyond chance: equal to the tables, and silent about what is hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_figures import made_results

from netlearn import Panel, compare_department_pairs
from netlearn.analysis import network
from netlearn.analysis.data import How
from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.results import Results
from netlearn.analysis.shown_pairs import shown_pairs
from netlearn.errors import NetlearnError
from netlearn.study.privacy import Pooling

WAVES = ("before", "after")
EACH = 12
GROUP = np.repeat(["A", "B", "C", "D"], EACH)
ALONE = Pooling(("A", "B", "C", "D"), np.arange(4), ())
HIDDEN = np.zeros((4, 4), bool)
HIDDEN[2, 3] = HIDDEN[3, 2] = True
HOW = How(499, 3)


def planted(seed: int = 1, shift: float = 0.4, **options: object) -> Panel:
    """Forty-eight people with new answers each time; from A to B ties become far more."""
    rng = np.random.default_rng(seed)
    chance = np.full((len(GROUP), len(GROUP)), 0.2)
    before = (rng.random(chance.shape) < chance).astype(float)
    chance[np.ix_(GROUP == "A", GROUP == "B")] += shift
    after = (rng.random(chance.shape) < chance).astype(float)
    return Panel.from_arrays({"before": before, "after": after}, GROUP, **options)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


def test_what_was_planted_is_found_and_nothing_else() -> None:
    table = shown_pairs(planted(), ALONE, HIDDEN, WAVES, HOW)
    assert list(table.columns) == ["from", "to", "change", "p_adjusted", "changed"]
    found = table[table["changed"].fillna(False)]
    assert found[["from", "to"]].to_numpy().tolist() == [["A", "B"]]
    assert 0 < found["p_adjusted"].iloc[0] <= 0.05


def test_the_change_is_the_difference_of_the_tables() -> None:
    panel = planted()
    table = shown_pairs(panel, ALONE, HIDDEN, WAVES, HOW).set_index(["from", "to"])
    ties = [panel.wave(w).ties for w in WAVES]
    for a, b in (("A", "B"), ("B", "A"), ("C", "C"), ("D", "B")):
        cells = np.outer(a == GROUP, b == GROUP) & ~np.eye(len(GROUP), dtype=bool)
        assert table.loc[(a, b), "change"] == pytest.approx(ties[1][cells].mean() - ties[0][cells].mean())


def test_nothing_is_told_of_hidden_pairs_and_nothing_depends_on_them() -> None:
    panel = planted()
    table = shown_pairs(panel, ALONE, HIDDEN, WAVES, HOW)
    gone = table["from"].isin(["C", "D"]) & table["to"].isin(["C", "D"]) & (table["from"] != table["to"])
    assert gone.sum() == 2
    assert table.loc[gone, ["change", "p_adjusted", "changed"]].isna().all(axis=None)
    assert table.loc[~gone, ["change", "p_adjusted", "changed"]].notna().all(axis=None)
    # Whatever was answered there, even all of it new: the other rows stay to the last digit.
    ties = {w: panel.wave(w).ties.astype(float) for w in WAVES}
    inside = np.outer(GROUP == "C", GROUP == "D")
    ties["before"][inside | inside.T], ties["after"][inside | inside.T] = 0, 1
    other = shown_pairs(Panel.from_arrays(ties, GROUP), ALONE, HIDDEN, WAVES, HOW)
    pd.testing.assert_frame_equal(table, other)
    seen = shown_pairs(Panel.from_arrays(ties, GROUP), ALONE, ~HIDDEN & False, WAVES, HOW)
    assert seen.loc[gone, "changed"].all()  # and it would have been found


def test_a_pair_that_could_not_be_tested_is_not_told_unchanged() -> None:
    """From C to D one person of twelve changed one answer: no p of 0.05 can come of that."""
    panel = planted()
    ties = {w: panel.wave(w).ties.astype(float) for w in WAVES}
    inside = np.outer(GROUP == "C", GROUP == "D")
    ties["after"][inside] = ties["before"][inside]
    at = tuple(np.argwhere(inside)[0])
    ties["after"][at] = 1 - ties["before"][at]
    table = shown_pairs(Panel.from_arrays(ties, GROUP), ALONE, ~HIDDEN & False, WAVES, HOW)
    row = table.set_index(["from", "to"]).loc[("C", "D")]
    assert abs(row["change"]) == pytest.approx(1 / EACH**2)
    assert row[["p_adjusted", "changed"]].isna().all()
    assert table["changed"].dtype == "boolean"
    assert table["changed"].isna().sum() == 1


def test_p_has_four_decimals_and_is_never_zero() -> None:
    group, rng = np.repeat(["A", "B"], 24), np.random.default_rng(5)  # twelve could not have less than 2/4096
    ties = {w: (rng.random((48, 48)) < 0.2).astype(float) for w in WAVES}
    ties["after"][:24, 24:] = 1
    panel = Panel.from_arrays(ties, group)
    both = Pooling(("A", "B"), np.arange(2), ())
    p = shown_pairs(panel, both, np.zeros((2, 2), bool), WAVES, How(29_999, 3))["p_adjusted"]
    whole = compare_department_pairs(panel, WAVES, draws=29_999, seed=3).table["p_adjusted"]
    assert whole.min() < 0.00005  # to the nearest it would be 0
    assert p.min() == 0.0001
    np.testing.assert_allclose(p * 1e4, np.round(p * 1e4), atol=1e-7)
    assert ((p - whole > -1e-9) & (p - whole < 1e-4)).all()


def test_small_departments_are_tested_together() -> None:
    pooling = Pooling(("B", "D", "(pooled)"), np.array([2, 0, 2, 1]), ("A", "C"))
    table = shown_pairs(planted(2, shift=0.8), pooling, np.zeros((3, 3), bool), WAVES, HOW)
    assert set(table["from"]) == {"B", "D", "(pooled)"}
    assert table.loc[table["changed"].fillna(False), ["from", "to"]].to_numpy().tolist() == [
        ["(pooled)", "B"]
    ]


def test_undirected_pairs_stand_once() -> None:
    panel = planted()
    both = {w: np.maximum(panel.wave(w).ties, panel.wave(w).ties.T).astype(float) for w in WAVES}
    table = shown_pairs(Panel.from_arrays(both, GROUP, directed=False), ALONE, HIDDEN, WAVES, HOW)
    assert len(table) == 10
    assert table["change"].isna().sum() == 1
    assert table.loc[table["changed"].fillna(False), ["from", "to"]].to_numpy().tolist() == [["A", "B"]]


def test_the_workers_change_no_number() -> None:
    one, two = (shown_pairs(planted(), ALONE, HIDDEN, WAVES, replace(HOW, workers=w)) for w in (1, 2))
    pd.testing.assert_frame_equal(one, two)


def test_people_who_move_between_groups_leave_no_test() -> None:
    panel = planted()
    later = GROUP.copy()
    later[0] = "B"
    ties = {w: panel.wave(w).ties.astype(float) for w in WAVES}
    moved = Panel.from_arrays(ties, {"before": GROUP, "after": later})
    assert shown_pairs(moved.with_grouping("current"), ALONE, HIDDEN, WAVES, HOW) is None
    assert shown_pairs(moved, ALONE, HIDDEN, WAVES, HOW) is not None


def test_left_out_pairs_leave_the_family() -> None:
    panel = planted()
    whole = compare_department_pairs(panel, draws=199)
    part = compare_department_pairs(panel, draws=199, left_out=HIDDEN)
    assert part.family == whole.family - 2
    with pytest.raises(NetlearnError, match="left_out must have a row"):
        compare_department_pairs(panel, left_out=np.zeros((2, 2), bool))


def test_results_have_the_pairs_of_their_tables(results: Results) -> None:
    told = results.everybody
    pairs = told.pairs.set_index(["from", "to"])
    names = list(told.mixing_cells.index)
    assert set(pairs.index) == {(a, b) for a in names for b in names}
    first, second = told.mixing.values()
    for (a, b), row in pairs.iterrows():
        if np.isnan(told.mixing_cells.loc[a, b]):
            assert row.isna().all()
        else:
            assert row["change"] == pytest.approx(second.loc[a, b] - first.loc[a, b])
    assert machine_tables(results)["pairs"] is told.pairs


@pytest.mark.parametrize("why", ["ego", "descriptive"])
def test_no_pairs_where_nothing_may_be_concluded(results: Results, why: str) -> None:
    study, told = results.study, results.everybody.outcome
    if why == "ego":
        study = replace(study, design="ego")
    else:
        told = replace(told, result=replace(told.result, verdict="descriptive"))
    panel = results.panels["kontakt"]
    again = network.network_of(study, panel, panel, results.pooling, told, How(19, 1))
    assert again.pairs is None
    without = replace(results, network=again)
    assert "pairs" not in machine_tables(without)
