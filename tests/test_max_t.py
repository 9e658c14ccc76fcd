"""Change from department to department: the statistics and their joint p-values against loops over everything."""

import pickle
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from panels import dense, random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, UndefinedError
from netlearn.analysis.department_pairs import compare_department_pairs
from netlearn.analysis.joint import joint
from netlearn.inference.max_t import pair_changes
from netlearn.inference.multiplicity import max_t
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import world


def pairs_of(panel):
    view = joint(panel, *panel.labels)
    moved = view.first != view.second
    arcs = (view.sender[moved], view.receiver[moved], (view.second - view.first)[moved])
    return pair_changes(
        view.cells, panel.groups[0], len(panel.group_names), *arcs, directed=panel.directed
    ), view


def slow(panel, y1, y2, mask):
    """Studentised change of each pair of departments and its df, cell by cell; unordered pairs in the upper half."""
    group, k, n = panel.groups[0], len(panel.group_names), panel.n
    senders, receivers = (
        [who & (group == g) for g in range(k)] for who in (mask.any(axis=1), mask.any(axis=0))
    )
    found, df = np.zeros((2, k, k))
    for g, h in product(range(k), repeat=2):
        ends = {(g, h)} if panel.directed else {(g, h), (h, g)}
        cells = [(i, j) for i, j in zip(*np.nonzero(mask), strict=True) if (group[i], group[j]) in ends]
        change = [y2[c] - y1[c] for c in cells]
        if not any(change) or sum(change) == 0 or (g > h and not panel.directed):
            continue
        influence = np.zeros((n, n))
        for c, d in zip(cells, change, strict=True):
            influence[c] = d - np.mean(change)
        pair = influence + influence.T
        dyads, sums = (np.triu(pair) ** 2).sum(), pair.sum(axis=1)
        a, b = (max(int(who.sum()), 2) for who in (senders[g], receivers[h]))
        centred, most = (
            ((1 - 1 / a) * (1 - 1 / b), a + b - 2) if g != h else ((a - 4) / a if a > 4 else 1 / 5, a - 1)
        )
        people = ((sums**2).sum() - dyads) / centred
        found[g, h] = sum(change) / np.sqrt(max(people, dyads))
        freedom = 2 * (sums**2).sum() ** 2 / (sums**4).sum() - 1
        df[g, h] = min(max(freedom, 2), max(most, 2)) if people > dyads else max(most, 2)
    return found.ravel(), df.ravel()


def swapped(y1, y2, things, bits):
    """The two waves with some rows (one number each) or pairs of cells (two numbers each) exchanged."""
    a, b = y1.copy(), y2.copy()
    for thing, bit in zip(things, bits, strict=True):
        if bit:
            for cell in (thing, thing[::-1]) if len(thing) == 2 else (thing,):
                a[cell], b[cell] = y2[cell], y1[cell]
    return a, b


def changed_things(panel, mask, y1, y2):
    """Senders, or pairs of people if undirected, of whom some observed cell differs, in the order of the program."""
    moved = mask & (y1 != y2)
    things = moved.any(axis=1) if panel.directed else np.triu(moved)
    return list(zip(*np.nonzero(things), strict=True))


@pytest.mark.parametrize(
    ("seed", "directed", "missing"), [(1, True, True), (2, True, False), (3, False, True)]
)
def test_every_statistic_after_any_swap_is_that_of_the_slow_way(seed, directed, missing):
    panel = random_panel(seed, n=12, k=3, directed=directed, missing=missing, movers=False)
    pairs, _ = pairs_of(panel)
    mask, (y1, y2), _ = dense(panel)
    things = changed_things(panel, mask, y1, y2)
    assert pairs.size == len(things)
    plans = np.random.default_rng(0).integers(0, 2, (5, len(things)))
    plans[0] = 0
    for plan, found in zip(plans, pairs(plans), strict=True):
        assert found == pytest.approx(slow(panel, *swapped(y1, y2, things, plan), mask)[0])
    t, df = slow(panel, y1, y2, mask)
    assert pairs.df()[t != 0] == pytest.approx(df[t != 0])


def tiny(seed, directed, n=9, flips=16):
    """Nine people in two departments, of whom some cells change."""
    rng = np.random.default_rng(seed)
    y1 = (rng.random((n, n)) < 0.3).astype(float)
    cells = np.argwhere(~np.eye(n, dtype=bool) if directed else np.tri(n, k=-1, dtype=bool))
    i, j = cells[rng.permuted(np.arange(len(cells)))[: flips if directed else 10]].T
    y2 = y1.copy()
    y2[i, j] = 1 - y1[i, j]
    y1, y2 = (y * ~np.eye(n, dtype=bool) if directed else np.tril(y, -1) + np.tril(y, -1).T for y in (y1, y2))
    return Panel.from_arrays({"a": y1, "b": y2}, list("AAAABBBBB"), directed=directed)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_swaps_of_a_tiny_panel(seed, directed):
    panel = tiny(seed, directed)
    mask, (y1, y2), _ = dense(panel)
    things = changed_things(panel, mask, y1, y2)
    assert 7 <= len(things) <= 10
    result = compare_department_pairs(panel, alpha=0.6, draws=2 ** len(things))
    swaps = [swapped(y1, y2, things, bits) for bits in product((0, 1), repeat=len(things))]
    values = np.array([slow(panel, *waves, mask)[0] for waves in swaps])
    shown = slice(None) if directed else [0, 1, 3]
    table, values = result.table, values[:, shown]
    family = table["p_value"].notna().to_numpy()
    assert family.sum() >= 2
    assert (result.exact, result.draws) == (True, len(values))
    t, df = (x[shown] for x in slow(panel, y1, y2, mask))
    assert table["statistic"][family].to_numpy() == pytest.approx(t[family])
    # Only swaps by pair, which do not let people drift, compare the normal deviate of the same p.
    observed = np.abs(t) if directed else stats.norm.isf(stats.t.sf(np.abs(t), np.maximum(df, 1)))
    sizes = np.abs(values) + 1e-9
    one_by_one = [(sizes[:, c] >= observed[c]).mean() for c in np.flatnonzero(family)]
    assert table["p_value"][family].to_numpy() == pytest.approx(one_by_one)
    # The smallest p is what the most extreme of all swaps would have given.
    most = [(sizes[:, c] >= sizes[:, c].max() - 2e-9).mean() for c in np.flatnonzero(family)]
    assert table["smallest_p"][family].to_numpy() == pytest.approx(most)
    assert table.loc[~family, ["smallest_p", "low", "high"]].isna().all().all()
    assert (table["low"][family] == table["p_adjusted"][family]).all()
    adjusted, least, left = {}, 0.0, set(np.flatnonzero(family).tolist())
    while left:
        top = max(left, key=lambda c: observed[c])
        least = max(least, (sizes[:, sorted(left)].max(axis=1) >= observed[top]).mean())
        adjusted[top] = least
        left.remove(top)
    expected = [adjusted[c] for c in np.flatnonzero(family)]
    assert table["p_adjusted"][family].to_numpy() == pytest.approx(expected)


def test_the_table_counts_cells_and_ties():
    for directed in (True, False):
        panel = random_panel(4, n=16, k=3, directed=directed, movers=False)
        table = compare_department_pairs(panel, draws=19).table.set_index(["sender", "receiver"])
        mask, (y1, y2), _ = dense(panel)
        name = np.array(panel.group_names)[panel.groups[0]]
        assert len(table) == (9 if directed else 6)
        for (one, two), row in table.iterrows():
            here = mask & (name[:, None] == one) & (name == two)
            if not directed and one == two:
                here &= np.triu(here)
            counted = [int(x[here].sum()) for x in (np.ones_like(y1), y1, y2)]
            assert row[["cells", "before", "after"]].tolist() == counted
            assert row["change"] == pytest.approx((counted[2] - counted[1]) / counted[0])
            answering = mask.any(axis=1) & (name == one)
            named = (y2 - y1)[mask & answering[:, None] & (name == two)].sum()
            assert row["change_per_person"] == pytest.approx(named / answering.sum())
            change = np.where(here, y2 - y1, 0)
            counted = change.sum(axis=1) if directed else np.triu(change + change.T)
            assert row["changed"] == np.count_nonzero(counted)


def test_what_too_few_changed_is_no_part_of_the_family():
    panel = simulate(world("N1", 26), 2).panel
    strict, lenient = (compare_department_pairs(panel, alpha=a, draws=199).table for a in (0.01, 0.3))
    for table, alpha in ((strict, 0.01), (lenient, 0.3)):
        able = 2.0 ** (1 - table["changed"]) <= alpha
        for column in ("statistic", "p_value", "p_adjusted"):
            assert (table[column].notna() == able).all()
    assert strict["p_value"].notna().sum() < lenient["p_value"].notna().sum()


draws = st.integers(1, 30)


@given(st.integers(0, 10_000), st.integers(1, 5), draws)
def test_the_adjusted_p_lies_between_the_p_itself_and_the_sum_of_all(seed, size, count):
    """The largest of several reaches a bound no more often than they do one by one, added up."""
    rng = np.random.default_rng(seed)
    values, observed = (
        rng.integers(-4, 5, (count, size)).astype(float),
        rng.integers(-4, 5, size).astype(float),
    )
    own = np.array([(np.abs(values[:, c]) >= abs(observed[c])).mean() for c in range(size)])
    adjusted = max_t(observed, values, exact=True)
    assert (adjusted >= own - 1e-12).all()
    assert (adjusted <= own.sum() + 1e-12).all()
    larger = np.argsort(-np.abs(observed), kind="stable")
    assert (np.diff(adjusted[larger]) >= -1e-12).all()


def test_who_is_not_in_the_family_changes_nothing():
    values = np.array([[4.0, 9.0, 0.0], [0.0, 9.0, 2.0], [0.5, 9.0, 0.5]])
    adjusted = max_t(np.array([3.0, np.nan, -1.0]), values)
    assert adjusted == pytest.approx([0.5, np.nan, 0.5], nan_ok=True)
    assert max_t(np.array([3.0, -1.0]), values[:, [0, 2]]) == pytest.approx([0.5, 0.5])


def test_the_seed_fixes_the_numbers_here_and_elsewhere():
    panel = simulate(world("N1", 140), 2).panel
    one, two, other = (compare_department_pairs(panel, draws=99, seed=s).table for s in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert not one["p_adjusted"].equals(other["p_adjusted"])
    pairs, _ = pairs_of(panel)
    swaps = np.random.default_rng(0).integers(0, 2, (3, pairs.size))
    assert np.array_equal(pickle.loads(pickle.dumps(pairs))(swaps), pairs(swaps))


def test_a_planted_change_is_found_and_named():
    panel = simulate(world("N0", 80), 6).panel
    y1, y2 = (panel.wave(label).ties.astype(float) for label in panel.labels)
    group = panel.groups[0]
    y2[np.ix_(group == 2, group == 5)] = 1 - (np.random.default_rng(0).random((10, 10)) < 0.2)
    result = compare_department_pairs(Panel.from_arrays({"a": y1, "b": y2}, group), draws=999)
    assert result.found[["sender", "receiver"]].to_numpy().tolist() == [["2", "5"]]
    assert result.found["change_per_person"].item() > 5
    assert repr(result).startswith(f"1 of {result.family} pairs of departments changed beyond chance;")
    assert "The clearest is from 2 to 5: +" in repr(result)
    assert "Den tydeligste er fra 2 til 5: +" in result.sentence("da")
    assert "justeret p = 0,00" in result.sentence("da")


def test_what_is_behind_the_clearest_is_told():
    panel = simulate(world("N1", 48, 4), 3).panel
    result = compare_department_pairs(panel, draws=199)
    table = result.table.dropna(subset="p_adjusted")
    for _, row in table.iterrows():
        extreme = round(row["p_adjusted"] * 200) - 1
        ends = stats.binomtest(extreme, 199).proportion_ci(method="exact")
        assert (row["low"], row["high"]) == pytest.approx((ends.low, ends.high))
        assert row["smallest_p"] == max(1 / 200, 2.0 ** (1 - row["changed"]))
    row = table.sort_values("p_adjusted").iloc[0]
    behind = f"199 draws, Monte Carlo interval {row['low']:.3f} to {row['high']:.3f}; smallest possible p"
    assert behind in repr(result)
    assert "If nothing but chance were at work: the two waves change places person by person" in repr(result)
    assert "where nothing but the chance described below is at work" in repr(result)
    assert "hvor kun det tilfælde, der er beskrevet nedenfor, råder" in result.sentence("da")


def test_the_clearest_has_the_smallest_adjusted_p_and_of_equals_the_largest_statistic():
    """Undirected, few people bring a large t closer to 0, so that another pair may be clearer."""
    panel = simulate(world("N1", 48, 4), 3).panel
    result = compare_department_pairs(panel, draws=199)
    table = result.table.iloc[:3].assign(
        sender=["A", "B", "C"], statistic=[9.0, -3.0, 2.0], p_adjusted=[0.05, 0.01, 0.01]
    )
    told = replace(result, table=table)
    assert "The clearest is from B to" in repr(told)
    assert "Den tydeligste er fra B til" in told.sentence("da")


def test_nothing_to_tell_is_said():
    y = np.zeros((4, 4))
    result = compare_department_pairs(Panel.from_arrays({"a": y, "b": y}, list("AABB")), draws=9)
    assert result.table["p_adjusted"].isna().all()
    assert repr(result).startswith("In no pair of departments did 6 people or more change their ties;")
    assert result.sentence("da").startswith("I intet par af afdelinger ændrede 6 personer eller flere")
    ties = Panel.from_arrays({"a": y, "b": y}, list("AABB"), directed=False)
    result = compare_department_pairs(ties, alpha=0.01, draws=9)
    assert repr(result).startswith("In no pair of departments did 8 pairs of people or more")
    empty = Panel.from_arrays({"a": np.full((4, 4), np.nan), "b": y}, list("AABB"))
    table = compare_department_pairs(empty, draws=9).table
    assert table[["change", "change_per_person"]].isna().all().all()


def test_when_all_cells_change_alike_the_statistic_is_infinite_and_its_p_counts_ties():
    y1 = np.zeros((10, 10))
    y2 = y1.copy()
    y2[:6, 6:] = 1
    panel = Panel.from_arrays({"a": y1, "b": y2}, list("AAAAAABBBB"))
    row = compare_department_pairs(panel, draws=64).table.iloc[1]
    assert row["statistic"] == np.inf
    assert row["p_value"] == row["p_adjusted"] == 2 / 64  # no sender swapped, or all six


def test_what_cannot_be_used_is_refused():
    panel = random_panel(1)
    for options in ({"alpha": 0}, {"alpha": 1.0}, {"alpha": "x"}, {"draws": 0}, {"draws": 2.5}):
        with pytest.raises(NetlearnError):
            compare_department_pairs(panel, **options)
    with pytest.raises(UndefinedError):
        compare_department_pairs(Panel.from_arrays({"a": np.zeros((3, 3))}, list("AAB")))


def test_false_alarms_in_the_whole_table_are_as_rare_as_asked():
    """Sixty panels without change: more than 9 with any false alarm has a chance below 0.2 % at 5 %."""
    alarms = 0
    for seed in range(60):
        panel = simulate(world("N1", 48, 4), np.random.SeedSequence([9, seed])).panel
        alarms += len(compare_department_pairs(panel, draws=99, seed=seed).found) > 0
    assert alarms <= 9
