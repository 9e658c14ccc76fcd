from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netlearn import NetlearnError, Panel, measure
from netlearn.analysis.decompose import PARTS, decompose
from netlearn.measures.decomposition import shapley


def eventful_panel(seed, directed=True):
    """People came, left and moved, a department went and one was new, and some did not answer."""
    rng = np.random.default_rng(seed)
    n = 16
    groups = {"a": rng.integers(0, 4, n), "b": None}
    groups["b"] = np.where(rng.random(n) < 0.2, rng.integers(0, 4, n), groups["a"])
    groups["b"] = np.where(groups["b"] == 3, 4, groups["b"])
    waves, masks, status = {}, {}, {}
    for label, absent in (("a", [0, 1]), ("b", [2, 3])):
        y = (rng.random((n, n)) < 0.4).astype(float)
        mask = np.ones((n, n), bool)
        silent = rng.choice(np.arange(4, n), 2, replace=False)
        mask[silent] = False
        if not directed:
            y, mask = np.triu(y, 1) + np.triu(y, 1).T, mask & mask.T
        mask[absent] = mask[:, absent] = False
        waves[label], masks[label] = y, mask
        status[label] = [
            "not_employed" if i in absent else "no_answer" if i in silent else "took_part" for i in range(n)
        ]
    return Panel.from_arrays(waves, groups, masks, directed=directed, status=status)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from(["ei_index", "cross_share"]))
def test_parts_add_up_to_the_change_between_the_whole_waves(seed, directed, name):
    panel = eventful_panel(seed, directed)
    table = decompose(panel, name).set_index("part")["estimate"]
    own = measure(panel.with_grouping("current"), name, cells="wave")["estimate"].to_numpy()
    assert table["total"] == pytest.approx(own[1] - own[0])
    assert table[list(PARTS)].sum() == pytest.approx(table["total"])


def test_a_part_that_did_not_happen_is_zero():
    rng = np.random.default_rng(1)
    waves = {w: (rng.random((9, 9)) < 0.4).astype(float) for w in "ab"}
    table = decompose(Panel.from_arrays(waves, list("AAABBBCCC"))).set_index("part")
    assert table.loc["ties", "estimate"] == pytest.approx(table.loc["total", "estimate"])
    assert (table.loc[["came", "left", "moved", "reorganised", "answers"], "estimate"] == 0).all()
    assert (table.loc[["came", "left", "moved", "reorganised", "answers"], "n"] == 0).all()


def test_renaming_a_department_is_a_reorganisation_that_changes_nothing():
    y = np.ones((4, 4))
    table = decompose(Panel.from_arrays({"a": y, "b": y}, {"a": list("AABB"), "b": list("AACC")})).set_index(
        "part"
    )
    assert table.loc["reorganised", "n"] == 2
    assert table.loc["total", "estimate"] == 0


def test_merging_departments_lowers_the_index_by_reorganisation_alone():
    y = np.ones((4, 4))
    table = decompose(Panel.from_arrays({"a": y, "b": y}, {"a": list("AABB"), "b": list("AAAA")})).set_index(
        "part"
    )
    assert table.loc["total", "estimate"] == pytest.approx(-1 - 1 / 3)
    assert table.loc["reorganised", "estimate"] == pytest.approx(-1 - 1 / 3)


def test_shapley_is_the_mean_over_all_orders():
    rng = np.random.default_rng(2)
    worth = {state: rng.normal() for state in np.ndindex(2, 2, 2)}

    def value(state):
        return worth[tuple(int(s) for s in state)]

    slow = np.zeros(3)
    for order in permutations(range(3)):
        state = [False] * 3
        for part in order:
            before = value(state)
            state[part] = True
            slow[part] += (value(state) - before) / 6
    assert shapley(value, 3) == pytest.approx(slow)


def test_no_ties_is_undefined_not_zero():
    table = decompose(Panel.from_arrays({"a": np.zeros((4, 4)), "b": np.zeros((4, 4))}, list("AABB")))
    assert table["estimate"].isna().all()


def test_other_measures_are_refused():
    with pytest.raises(NetlearnError, match="ei_index"):
        decompose(eventful_panel(1), "density")
