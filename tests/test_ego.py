"""Ego networks against networkx and loops, from arrays and from frames, and their change."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from netlearn.analysis.ego import EGO_MEASURES, compare_egos, ego_networks, measure_egos
from netlearn.errors import NetlearnError
from netlearn.measures import ego
from netlearn.measures.ego import ego_nets

PLAIN = (ego.size, ego.n_departments, ego.share_elsewhere, ego.blau, ego.iqv)
TIED = (ego.alter_density, ego.effective_size, ego.constraint)


def random_egos(seed, n=9, k=3, unknown=0.0):
    """Egos with 0 to 6 alters, the last silent; alters and ties with weights."""
    rng = np.random.default_rng(seed)
    answered = np.arange(n) < n - 1
    owner = np.repeat(np.arange(n), np.where(answered, rng.integers(0, 7, n), 0))
    place = np.where(rng.random(len(owner)) < unknown, -1, rng.integers(0, k, len(owner)))
    a, b = np.nonzero(np.triu(owner[:, None] == owner, 1) & (rng.random((len(owner),) * 2) < 0.4))
    weights = rng.integers(1, 6, len(owner)).astype(float), rng.integers(1, 6, len(a)).astype(float)
    home = rng.integers(0, k, n)
    nets = ego_nets(
        home, owner, place, k, answered=answered, weight=weights[0], ties=(a, b), tie_weight=weights[1]
    )
    return nets, np.flatnonzero(answered)


def graph_of(nets, person):
    graph = nx.Graph()
    graph.add_node("ego")
    for row in np.flatnonzero(nets.ego == person):
        graph.add_edge("ego", int(row), weight=nets.weight[row])
    for a, b, weight in zip(nets.tie_a, nets.tie_b, nets.tie_weight, strict=True):
        if nets.ego[a] == person:
            graph.add_edge(int(a), int(b), weight=weight)
    return graph


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_holes_in_the_structure_are_those_of_networkx(seed, weighted):
    nets, answered = random_egos(seed)
    weight = "weight" if weighted else None
    effective, constraint = (
        ego.effective_size(nets, weighted=weighted),
        ego.constraint(nets, weighted=weighted),
    )
    for person in answered:
        graph = graph_of(nets, person)
        expected = nx.effective_size(graph, nodes=["ego"], weight=weight)["ego"]
        assert effective[person] == pytest.approx(expected, abs=1e-12, nan_ok=True)
        expected = nx.constraint(graph, nodes=["ego"], weight=weight)["ego"]
        assert constraint[person] == pytest.approx(expected, abs=1e-12, nan_ok=True)
    assert np.isnan([effective[-1], constraint[-1]]).all()


@pytest.mark.parametrize("seed", range(4))
def test_composition_and_density_are_loops_over_alters(seed):
    nets, answered = random_egos(seed, unknown=0.2)
    for person in answered:
        rows = [r for r in range(len(nets.ego)) if nets.ego[r] == person]
        places = [nets.place[r] for r in rows if nets.place[r] >= 0]
        assert ego.size(nets)[person] == len(rows)
        pairs = [(r, q) for r in rows for q in rows if r < q]
        ties = set(zip(nets.tie_a.tolist(), nets.tie_b.tolist(), strict=True))
        density = np.mean([pair in ties for pair in pairs]) if pairs else np.nan
        assert ego.alter_density(nets)[person] == pytest.approx(density, nan_ok=True)
        if not places:
            expected = np.nan if rows else 0
            assert ego.n_departments(nets)[person] == pytest.approx(expected, nan_ok=True)
            assert np.isnan([f(nets)[person] for f in (ego.share_elsewhere, ego.blau, ego.iqv)]).all()
            continue
        assert ego.n_departments(nets)[person] == len(set(places))
        elsewhere = np.mean([place != nets.department[person] for place in places])
        assert ego.share_elsewhere(nets)[person] == pytest.approx(elsewhere)
        differ = np.mean([p != q for p in places for q in places])  # two draws with replacement
        assert ego.blau(nets)[person] == pytest.approx(differ)
        assert ego.iqv(nets)[person] == pytest.approx(differ * 3 / 2)


def test_five_colleagues_by_hand():
    # Ego in department 0 names five: two in 0, two in 1, one in 2, of 4 departments; ties 0-1, 1-2, 0-2.
    nets = ego_nets([0], [0] * 5, [0, 0, 1, 1, 2], 4, ties=([0, 1, 2], [1, 2, 0]))
    assert [f(nets).item() for f in PLAIN[:3]] == [5, 3, 0.6]
    assert ego.blau(nets).item() == pytest.approx(1 - (4 + 4 + 1) / 25)
    assert ego.iqv(nets).item() == pytest.approx(0.64 * 4 / 3)
    assert ego.alter_density(nets).item() == pytest.approx(0.3)
    assert ego.effective_size(nets).item() == pytest.approx(5 - 2 * 3 / 5)
    # Each in the triangle: 1/5 + 2 * 1/5 * 1/3 = 1/3; each of the two others: 1/5.
    assert ego.constraint(nets).item() == pytest.approx(3 / 9 + 2 / 25)


def test_silent_is_nan_and_nobody_named_is_zero():
    nets = ego_nets([0, 0, 1], [0], [1], 2, answered=[True, True, False], ties=([], []))
    assert np.array_equal(ego.size(nets), [1, 0, np.nan], equal_nan=True)
    assert np.array_equal(ego.n_departments(nets), [1, 0, np.nan], equal_nan=True)
    for measure in (*PLAIN[2:], *TIED):
        assert np.isnan(measure(nets)[1:]).all(), measure.__name__
    assert np.array_equal(ego.constraint(nets), [1, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(ego.mean_score(nets, [4]), [4, np.nan, np.nan], equal_nan=True)


def test_ties_that_were_not_asked_are_not_zero():
    unasked = ego_nets([0], [0, 0], [0, 1], 2)
    assert np.isnan([measure(unasked).item() for measure in TIED]).all()
    partly = ego_nets([0, 0], [0, 0, 1, 1], [0] * 4, 1, ties=([], []), ties_known=[True, False])
    assert np.array_equal(ego.effective_size(partly), [2, np.nan], equal_nan=True)
    assert np.isnan(ego.iqv(partly)).all()  # one department cannot vary


def test_own_department_unknown():
    nets = ego_nets([-1], [0, 0], [0, 1], 2)
    assert np.isnan(ego.share_elsewhere(nets)).all()
    assert ego.blau(nets).tolist() == [0.5]
    nothing = ego_nets([-1, -1], [0], [-1], 0)
    assert np.array_equal(ego.n_departments(nothing), [np.nan, 0], equal_nan=True)
    assert np.isnan([measure(nothing) for measure in PLAIN[2:]]).all()


def all_values(nets):
    score = np.where(nets.weight > 4, np.nan, nets.weight)
    weighted = [f(nets, weighted=True) for f in (ego.effective_size, ego.constraint)]
    return np.array([f(nets) for f in (*PLAIN, *TIED)] + weighted + [ego.mean_score(nets, score)])


@given(st.integers(0, 10_000))
def test_relabelling_changes_nothing(seed):
    nets, _ = random_egos(seed, unknown=0.1)
    rng = np.random.default_rng(seed + 1)
    people, rows = rng.permutation(nets.n), rng.permutation(len(nets.ego))
    codes = np.append(rng.permutation(nets.k), -1)  # -1 stays -1
    new_row = np.argsort(rows)
    moved = ego_nets(
        codes[nets.department[people]],
        np.argsort(people)[nets.ego[rows]],
        codes[nets.place[rows]],
        nets.k,
        answered=nets.answered[people],
        weight=nets.weight[rows],
        ties=(new_row[nets.tie_b], new_row[nets.tie_a]),
        tie_weight=nets.tie_weight,
    )
    assert np.allclose(all_values(moved), all_values(nets)[:, people], atol=1e-12, equal_nan=True)


@given(st.integers(0, 10_000), st.booleans())
def test_another_ego_changes_nobody(seed, answered):
    nets, _ = random_egos(seed)
    more = ego_nets(
        np.append(nets.department, 0),
        nets.ego,
        nets.place,
        nets.k,
        answered=np.append(nets.answered, answered),
        weight=nets.weight,
        ties=(np.tile(nets.tie_a, 2), np.tile(nets.tie_b, 2)),  # a tie told twice is one tie
        tie_weight=np.append(nets.tie_weight, nets.tie_weight / 2),
    )
    values = all_values(more)
    assert np.array_equal(values[:, :-1], all_values(nets), equal_nan=True)
    assert np.array_equal(values[:2, -1], [0, 0] if answered else [np.nan] * 2, equal_nan=True)
    assert np.isnan(values[2:, -1]).all()


@given(st.integers(0, 10_000))
def test_values_lie_in_their_range(seed):
    nets, _ = random_egos(seed)
    s = ego.size(nets)
    with np.errstate(invalid="ignore"):
        for measure in (ego.share_elsewhere, ego.blau, ego.iqv, ego.alter_density):
            value = measure(nets)
            assert (np.isnan(value) | (value >= 0) & (value <= 1 + 1e-12)).all()
        for weighted in (False, True):
            value = ego.effective_size(nets, weighted=weighted)
            assert (np.isnan(value) | (value >= 1 - 1e-12) & (value <= s)).all()
            assert not (ego.constraint(nets, weighted=weighted) <= 0).any()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ego_nets([0], [1], [0], 1), "0 to 0"),
        (lambda: ego_nets([0], [0], [1], 1), "-1 where unknown"),
        (lambda: ego_nets([0], [0], [0, 0], 1), "one per alter"),
        (lambda: ego_nets([0], [0], [0], 1, answered=[False]), "did not answer"),
        (lambda: ego_nets([0], [0], [0], 1, weight=[0]), "over 0"),
        (lambda: ego_nets([0, 0], [0, 1], [0, 0], 1, ties=([0], [1])), "same ego"),
        (lambda: ego_nets([0], [0, 0], [0, 0], 1, ties=([0], [0])), "two different"),
        (lambda: ego_nets([0], [0, 0], [0, 0], 1, ties=([0], [2])), "rows of alters"),
        (lambda: ego.mean_score(ego_nets([0], [0], [0], 1), [1, 2]), "each of 1 alters"),
    ],
)
def test_errors_say_what_to_do(make, words):
    with pytest.raises(NetlearnError, match=words):
        make()


# Frames


def example():
    """Åse and Bo answer twice, Cy before only, Dan after only; Bo names nobody before."""
    egos = pd.DataFrame(
        {
            "ego": ["Åse", "Bo", "Cy", "Åse", "Bo", "Cy", "Dan"],
            "wave": ["before"] * 3 + ["after"] * 4,
            "department": ["school", "jobs", "jobs", "school", "jobs", "jobs", None],
            "answered": [1, 1, 1, 1, 1, 0, 1],
        }
    )
    alters = pd.DataFrame(
        [
            ("Åse", "before", "p", "jobs", 2),
            ("Cy", "before", "p", "school", 5),
            ("Åse", "after", "p", "jobs", 4),
            ("Åse", "after", "q", "health", 3),
            ("Åse", "after", "r", "school", None),
            ("Bo", "after", "p", "jobs", 1),
            ("Dan", "after", "p", None, 1),
        ],
        columns=["ego", "wave", "alter", "department", "ease"],
    )
    ties = pd.DataFrame({"ego": "Åse", "wave": "after", "alter_a": ["p", "q"], "alter_b": ["q", "p"]})
    return egos, alters, ties


def test_frames_by_hand():
    data = ego_networks(*example(), score="ease")
    assert data.departments == ("health", "jobs", "school")
    assert repr(data).splitlines()[1:] == [
        "  before: 3 answered, 2 colleagues named",
        "  after: 3 answered, 5 colleagues named",
    ]
    table = measure_egos(data)
    assert list(table.columns) == ["ego", "wave", "measure", "unit", "estimate"]
    assert len(table) == 4 * 2 * len(EGO_MEASURES)
    found = table.set_index(["wave", "ego", "measure"])["estimate"]
    third = 1 / 3
    expected = {
        ("before", "Åse"): (1, 1, 1, 0, 0, np.nan, 1, 1, 2),
        ("before", "Bo"): (0, 0, *[np.nan] * 7),
        ("before", "Dan"): [np.nan] * 9,
        # p and q are tied: 1/3 + 1/3 * 1/2 each, and r 1/3.
        ("after", "Åse"): (3, 3, 2 / 3, 2 / 3, 1, third, 3 - 2 / 3, 2 * 0.25 + 1 / 9, 3.5),
        ("after", "Bo"): (1, 1, 0, 0, 0, np.nan, 1, 1, 1),
        ("after", "Cy"): [np.nan] * 9,
        ("after", "Dan"): (1, *[np.nan] * 5, 1, 1, 1),
    }
    for key, values in expected.items():
        assert [found[(*key, name)] for name in EGO_MEASURES] == pytest.approx(list(values), nan_ok=True), key


def test_only_people_in_both_waves_are_compared():
    data = ego_networks(*example())
    change = compare_egos(data, "size")
    assert change.people["ego"].tolist() == ["Åse", "Bo", "Cy", "Dan"]
    assert np.array_equal(change.people["change"], [2, 1, np.nan, np.nan], equal_nan=True)
    assert (change.values, change.person.estimate, change.person.n_units) == ((0.5, 2.0), 1.5, 2)
    assert change.table["estimate"].tolist() == [0.5, 2.0, 1.5]
    assert change.table["wave"].tolist() == ["before", "after", "before -> after"]
    assert change.table["low"].isna().tolist() == [True, True, False]
    # One person only is left for ease: a mean, no interval.
    ease = compare_egos(ego_networks(*example(), score="ease"), "mean_score")
    assert ease.person.estimate == 1.5
    assert np.isnan([ease.person.low, ease.sd, ease.dz]).all()


def many(before, after):
    rows = [
        (f"e{i}", w, c) for i, pair in enumerate(zip(before, after, strict=True)) for w, c in enumerate(pair)
    ]
    egos = pd.DataFrame([r[:2] for r in rows], columns=["ego", "wave"]).assign(department="A")
    named = [(e, w, a) for e, w, c in rows for a in range(c)]
    return ego_networks(egos, pd.DataFrame(named, columns=["ego", "wave", "alter"]).assign(department="B"))


def test_the_interval_is_that_of_the_paired_t():
    rng = np.random.default_rng(5)
    before, after = rng.integers(0, 8, 26), rng.integers(1, 10, 26)
    change = compare_egos(many(before, after), "size", alpha=0.1)
    oracle = stats.ttest_rel(after, before)
    low, high = oracle.confidence_interval(0.9)
    assert change.person.low == pytest.approx(low)
    assert change.person.high == pytest.approx(high)
    assert change.person.p_value == pytest.approx(oracle.pvalue)
    assert change.dz == pytest.approx(oracle.statistic / np.sqrt(26))
    assert change.sd == pytest.approx(np.std(after - before, ddof=1))
    back = compare_egos(many(after, before), "size", alpha=0.1)
    assert (back.person.low, back.dz) == pytest.approx((-high, -change.dz))


def test_all_changed_alike_or_nobody_there():
    alike = compare_egos(many([1, 2, 3], [2, 3, 4]), "size")
    assert (alike.person.estimate, alike.sd) == (1, 0)
    assert np.isnan([alike.dz, alike.person.low]).all()
    nobody = compare_egos(many([0, 0], [0, 0]), "share_elsewhere")
    assert nobody.person.n_units == 0
    assert np.isnan([*nobody.values, nobody.person.estimate, nobody.sd, nobody.dz]).all()


def test_all_departments_count_in_the_index_of_variation():
    egos, alters, ties = example()
    data = ego_networks(egos, alters, ties, departments=["health", "jobs", "school", "culture"])
    assert data.values("iqv", "after")[0] == pytest.approx(2 / 3 * 4 / 3)
    with pytest.raises(NetlearnError, match="'health'; add it to departments="):
        ego_networks(egos, alters, departments=["jobs", "school"])


def with_row(frame, **values):
    return pd.concat([frame, frame.iloc[:1].assign(**values)], ignore_index=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e, a, t: ego_networks(e.drop(columns="wave"), a), "no column 'wave' in egos"),
        (lambda e, a, t: ego_networks(e, a, score="lethed"), "no column 'lethed' in alters"),
        (lambda e, a, t: ego_networks(e, a, score="alter"), "'alter' of alters must hold numbers"),
        (
            lambda e, a, t: ego_networks(e, with_row(a, alter=None)),
            "'alter' of alters is empty in data row 8",
        ),
        (lambda e, a, t: ego_networks(with_row(e), a), "egos holds ego Åse, wave before twice"),
        (lambda e, a, t: ego_networks(e, with_row(a)), "alters holds ego Åse, wave before, alter p twice"),
        (lambda e, a, t: ego_networks(e, with_row(a, wave="midway")), "alters holds 'midway'"),
        (lambda e, a, t: ego_networks(e, a, waves=["before"]), "egos holds 'after'"),
        (lambda e, a, t: ego_networks(e, with_row(a, ego="Eva")), "'Eva', who did not answer"),
        (lambda e, a, t: ego_networks(e, with_row(a, ego="Cy", wave="after")), "'Cy', who did not answer"),
        (lambda e, a, t: ego_networks(e, a, with_row(t, alter_b="z")), "'alter_b' of ties holds 'z'"),
        (lambda e, a, t: ego_networks(e, a, with_row(t, alter_b="p")), "two different alters"),
        (lambda e, a, t: ego_networks(e.assign(answered="ja"), a), "'answered' of egos must hold True"),
        (lambda e, a, t: ego_networks(e, a).values("closeness", "after"), "no ego measure 'closeness'"),
        (lambda e, a, t: ego_networks(e, a).values("size", "midway"), "no wave 'midway'"),
        (lambda e, a, t: compare_egos(ego_networks(e, a), "size", ("after", "before")), "earlier, later"),
        (lambda e, a, t: compare_egos(ego_networks(e, a), "size", alpha=1), "alpha"),
    ],
)
def test_faulty_frames_name_the_column(change, words):
    with pytest.raises(NetlearnError, match=words):
        change(*example())
