import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netlearn.analysis.measure import measure
from netlearn.analysis.nonresponse import display_pooling, response, without_few
from netlearn.errors import NetlearnError
from netlearn.study.cells import Cells
from netlearn.study.feasible import feasible_range, published_sums
from netlearn.study.panel import Panel
from netlearn.study.privacy import hide_pairs, people_behind, pool_departments

NAN = float("nan")


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(5, 9))
def test_no_shown_unit_can_be_solved_from_the_total(counts, least):
    names = [f"d{i:02d}" for i in range(len(counts))]
    pooling = pool_departments(names, counts, least)
    shown = np.bincount(pooling.unit, counts, minlength=len(pooling.names))
    assert shown.sum() == sum(counts)
    assert len(pooling.pooled) != 1 or len(counts) == 1
    if sum(counts) >= least:
        assert (shown >= least).all()
    kept = set(names) - set(pooling.pooled)
    assert {n for n, c in zip(names, counts, strict=True) if c < least} <= set(pooling.pooled)
    assert set(pooling.names) - {"(pooled)"} == kept


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=12))
def test_nor_does_a_shown_unit_rest_on_a_part_of_few(counts):
    people = [max(c) for c in counts]
    part = [c[0] for c in counts]
    pooling = pool_departments([f"d{i:02d}" for i in range(len(counts))], people, 5, [part])
    shown, of_part = (np.bincount(pooling.unit, n, minlength=len(pooling.names)) for n in (people, part))
    if sum(people) >= 5:
        assert (shown >= 5).all()
    if sum(part) >= 5:
        assert ((of_part == 0) | (of_part >= 5)).all()


def test_tables_add_up_to_shown_units():
    pooling = pool_departments(["A", "B", "C"], [9, 1, 2], 5)
    table = np.arange(9).reshape(3, 3)
    assert pooling.names == ("(pooled)",)
    assert pooling.table(table).tolist() == [[36]]
    pooling = pool_departments(["A", "B", "C"], [9, 3, 3], 5)
    assert pooling.table(table).tolist() == [[0, 3], [9, 24]]


# -- people behind a pair of departments


@settings(max_examples=50)
@given(st.integers(0, 10**6))
def test_people_behind_a_pair_are_counted(seed):
    """Against a loop over people: who answered about anybody there, and who there was answered about."""
    rng = np.random.default_rng(seed)
    n, k = 9, 3
    observed = rng.random((n, n)) < rng.choice([0.1, 0.5, 0.9])
    cells = Cells.from_dense(observed)
    unit = rng.integers(0, k, n)
    seen = cells.dense()
    expected = np.zeros((k, k), int)
    for a in range(k):
        for b in range(k):
            block = seen[np.ix_(unit == a, unit == b)]
            expected[a, b] = min(block.any(axis=1).sum(), block.any(axis=0).sum())
    assert people_behind(cells, unit, k).tolist() == expected.tolist()


# -- pairs of departments


def test_three_departments_with_everything_else_published():
    """Off the diagonal one degree of freedom is left: around the ring one way, and back the other."""
    ties = np.array([[9, 4, 3], [2, 9, 5], [6, 4, 9]])
    people = np.full((3, 3), 6)
    people[0, 1] = 2
    hidden, by_unit = hide_pairs([ties], [np.full((3, 3), 36)], people, 5, directed=True)
    assert by_unit
    assert hidden.tolist() == (~np.eye(3, dtype=bool)).tolist()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.integers(2, 6))
def test_no_pair_with_few_people_can_be_solved(seed, directed, k):
    # Two units without direction have one pair across: it is the total, and totals of the network stay published.
    assume(directed or k > 2)
    rng = np.random.default_rng(seed)
    cells = np.full((k, k), 40)
    waves = [rng.poisson(5, (k, k)) for _ in range(2)]
    people = np.where(rng.random((k, k)) < 0.15, 3, 8) + 5 * np.eye(k, dtype=int)
    if not directed:
        waves, people = [t + t.T for t in waves], np.minimum(people, people.T)
    hidden, by_unit = hide_pairs(waves, [cells] * 2, people, 5, directed=directed)
    few = people < 5
    assert hidden[few].all()
    assert directed or (hidden == hidden.T).all()
    assert not by_unit or not hidden.diagonal().any()
    for ties in waves:
        # An undirected tie is the same number in both triangles: what is true of one is true of the other.
        at = np.ones((k, k), bool) if directed else np.triu(np.ones((k, k), bool))
        row, column = np.nonzero(at)
        sums = [(row == u).astype(float) for u in range(k)] + [(column == u).astype(float) for u in range(k)]
        if not directed:
            sums = [((row == u) | (column == u)).astype(float) for u in range(k)]
        same = (row == column).astype(float)
        known = published_sums(ties[at], sums if by_unit else [same, 1 - same])
        low, high = feasible_range(np.where(hidden[at], NAN, ties[at]), known, upper=cells[at])
        assert ((high - low)[few[at]] >= (5 if by_unit else 1)).all()


# -- frames of a panel


def four_departments(n=6, silent=()):
    rng = np.random.default_rng(3)
    group = np.repeat([*"ABCD"], n)
    waves = {}
    for label in ("w1", "w2"):
        ties = (rng.random((4 * n, 4 * n)) < 0.3).astype(float)
        for person in silent if label == "w2" else ():
            ties[person] = NAN
        waves[label] = ties
    return Panel.from_arrays(waves, group)


def test_a_department_that_is_small_in_one_wave_only_is_hidden_there_with_a_partner():
    """Of A 2 of 6 answered the second time. Without pooling its row and one other of that wave go; totals stay."""
    panel = four_departments(silent=(0, 1, 2, 3))
    frame = response(panel, least=5)
    gone = frame[frame["answered"].isna()]
    assert set(gone["wave"]) == {"w2"}
    assert len(gone) == 2
    assert "A" in set(gone["department"])
    assert gone["share"].isna().all()
    totals = frame[frame["department"] == "all"]
    assert totals["answered"].tolist() == [24, 20]
    assert response(panel)["answered"].notna().all()
    assert display_pooling(panel, 5).pooled == ("A", "B")


def test_ties_within_rest_on_those_who_have_colleagues():
    """B to F are alone in their departments; three in A would be all that ties within the pooled ones rest on."""
    group = [*"AAA", *"BCDEF", *["G"] * 6, *["H"] * 7]
    panel = Panel.from_arrays({"w": np.zeros((21, 21))}, group)
    assert set(display_pooling(panel, 5).pooled) == set("ABCDEFG")


def test_a_department_with_few_values_cannot_be_solved_from_the_mean_of_all():
    """In A two people name anybody, so Blau's index rests on two; the whole mean times 24 would give it."""
    rng = np.random.default_rng(1)
    ties = (rng.random((24, 24)) < 0.4).astype(float)
    ties[:4] = 0
    panel = Panel.from_arrays({"w": ties}, np.repeat([*"ABCD"], 6))
    frame = measure(panel, ["density", "blau"], by="department")
    assert frame.query("measure == 'blau'")["n_people"].tolist() == [2, 6, 6, 6]
    shown = without_few(frame, 5)
    blau = shown.query("measure == 'blau'").set_index("level")
    assert blau["n_people"].isna().sum() == 2
    assert blau.loc["A", ["estimate", "n_people", "n_dyads"]].isna().all()
    assert (blau["estimate"].isna() == blau["n_people"].isna()).all()
    assert shown.query("measure == 'density'")["estimate"].notna().all()


def test_few_people_without_a_value_are_hidden_too():
    """One of 6 in A names nobody: 5 have a value, but that there is one without is nobody's to know."""
    ties = np.ones((24, 24))
    ties[0] = 0
    panel = Panel.from_arrays({"w": ties}, np.repeat([*"ABCD"], 6))
    shown = without_few(measure(panel, ["density", "blau"], by="department"), 5)
    blau = shown.query("measure == 'blau'").set_index("level")["n_people"]
    assert blau.isna().sum() == 2
    assert blau.isna()["A"]


def test_nothing_is_hidden_where_all_departments_are_large():
    panel = four_departments()
    assert response(panel, least=5).equals(response(panel))
    frame = measure(panel, ["density", "cross_density"], by="department")
    assert without_few(frame, 5)["estimate"].equals(frame["estimate"])


@pytest.mark.parametrize("least", [1, 2])
def test_fewer_than_three_is_refused_everywhere(least):
    with pytest.raises(NetlearnError, match="fewer than 3"):
        response(four_departments(), least=least)
