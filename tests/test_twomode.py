"""Two-mode measures against loops and networkx, and attendance lists from frames."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from networkx.algorithms import bipartite
from scipy import sparse

from netlearn import Panel
from netlearn.analysis import twomode as tables
from netlearn.errors import NetlearnError
from netlearn.measures import twomode
from netlearn.measures.twomode import attendance_of

lists = st.tuples(st.integers(1, 7), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.sampled_from([0, 0, 1, 1, 3]))
)


def random_list(seed, n=14, m=6, holes=True):
    rng = np.random.default_rng(seed)
    times = rng.integers(0, 4, (n, m)) * (rng.random((n, m)) < 0.4)
    could = rng.random((n, m)) > 0.15 if holes else np.ones((n, m), bool)
    could[-1] = ~np.array([holes])  # the last person could take part in nothing
    return times * could, could


def graph_of(times):
    graph = nx.Graph()
    graph.add_nodes_from(("person", i) for i in range(times.shape[0]))
    graph.add_nodes_from(("room", j) for j in range(times.shape[1]))
    graph.add_edges_from((("person", i), ("room", j)) for i, j in zip(*np.nonzero(times), strict=True))
    return graph, [("person", i) for i in range(times.shape[0])]


@pytest.mark.parametrize("seed", range(5))
def test_co_attendance_is_the_weighted_projection(seed):
    times, could = random_list(seed)
    graph, people = graph_of(times)
    oracles = {
        "count": bipartite.weighted_projected_graph,
        "newman": bipartite.collaboration_weighted_projected_graph,
    }
    for weights, project in oracles.items():
        expected = nx.to_numpy_array(project(graph, people), nodelist=people)
        found = twomode.co_attendance(attendance_of(times, could), weights)
        assert np.allclose(found.toarray(), expected, atol=1e-12)
        assert (found.diagonal() == 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_redundancy_is_that_of_networkx(seed):
    times, _ = random_list(seed, holes=False)
    graph, people = graph_of(times)
    rooms = [("room", j) for j in range(times.shape[1])]
    for of, nodes in (("activity", rooms), ("person", people)):
        found = twomode.redundancy(attendance_of(times), of)
        for node, value in zip(nodes, found, strict=True):
            if len(graph[node]) < 2:
                assert np.isnan(value)
            else:
                assert value == pytest.approx(bipartite.node_redundancy(graph, [node])[node])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("weights", ["count", "newman"])
def test_table_of_departments_is_a_loop_over_pairs_in_rooms(seed, weights):
    times, could = random_list(seed)
    group = np.arange(len(times)) % 3
    expected = np.zeros((3, 3))
    for room in times.T:
        there = np.flatnonzero(room)
        for i in there:
            for j in there:
                if i != j:
                    expected[group[i], group[j]] += 1 if weights == "count" else 1 / (len(there) - 1)
    data = attendance_of(times, could)
    assert np.allclose(twomode.co_attendance_table(data, group, 3, weights), expected, atol=1e-12)
    assert twomode.co_attendance(data, weights).sum() == pytest.approx(expected.sum())


@pytest.mark.parametrize("seed", range(4))
def test_participation_and_density_are_loops_over_possible_cells(seed):
    times, could = random_list(seed)
    data = attendance_of(sparse.csr_array(times), could)
    for of, table, mask in (("person", times, could), ("activity", times.T, could.T)):
        found = twomode.participation(data, of)
        for i, (row, possible) in enumerate(zip(table, mask, strict=True)):
            if not possible.any():
                assert np.isnan([found.count[i], found.times[i], found.share[i]]).all()
                continue
            cells = [int(v) for v, known in zip(row, possible, strict=True) if known]
            assert (found.count[i], found.times[i]) == (sum(v > 0 for v in cells), sum(cells))
            assert found.share[i] == pytest.approx(sum(v > 0 for v in cells) / len(cells))
    assert twomode.two_mode_density(data) == pytest.approx((times > 0).sum() / could.sum())


def test_reach_by_hand():
    # Five people: two came before; of the others one comes now, one does not, one has moved away.
    before = attendance_of([[1], [2], [0], [0], [0]])
    now = attendance_of([[1, 0], [0, 0], [0, 3], [0, 0], [0, 0]], [True, True, True, True, False])
    assert np.array_equal(twomode.took_part(now), [1, 0, 1, 0, np.nan], equal_nan=True)
    new = twomode.newcomers(before, now)
    assert np.array_equal(new, [np.nan, np.nan, 1, 0, np.nan], equal_nan=True)
    assert twomode.reach(twomode.took_part(now), np.ones(5, bool)) == 0.5
    assert twomode.reach(new, [False, False, True, True, True]) == 0.5
    assert np.isnan(twomode.reach(new, [True, True, False, False, True]))
    assert np.isnan(twomode.reach(new, np.zeros(5, bool)))


def test_undefined_is_nan_and_nobody_is_no_error():
    nobody = attendance_of(np.zeros((0, 2)))
    assert np.isnan(twomode.two_mode_density(nobody))
    assert np.isnan(twomode.participation(nobody, "activity").share).all()
    assert twomode.co_attendance(nobody).shape == (0, 0)
    empty = attendance_of(np.zeros((3, 2)))
    assert twomode.two_mode_density(empty) == 0
    assert np.isnan(twomode.redundancy(empty)).all()
    assert twomode.co_attendance(empty, "newman").nnz == 0


@given(lists)
def test_newman_weights_add_up_to_rooms_with_company(times):
    data = attendance_of(times)
    shared = twomode.co_attendance(data, "newman").sum(axis=1)
    company = (times > 0).sum(axis=0) > 1
    assert np.allclose(shared, (times[:, company] > 0).sum(axis=1))


@given(lists, st.randoms(use_true_random=False))
def test_relabelling_changes_nothing(times, random):
    order = list(range(len(times)))
    random.shuffle(order)
    rooms = list(range(times.shape[1]))
    random.shuffle(rooms)
    data, moved = attendance_of(times), attendance_of(times[order][:, rooms])
    for weights in ("count", "newman"):
        there = twomode.co_attendance(data, weights).toarray()
        assert np.allclose(twomode.co_attendance(moved, weights).toarray(), there[np.ix_(order, order)])
    assert np.array_equal(twomode.redundancy(moved), twomode.redundancy(data)[rooms], equal_nan=True)
    assert twomode.two_mode_density(moved) == twomode.two_mode_density(data)


@given(lists)
def test_transposing_swaps_people_and_activities(times):
    data, turned = attendance_of(times), attendance_of(times.T)
    for name in ("count", "times", "possible", "share"):
        person = getattr(twomode.participation(data, "person"), name)
        assert np.array_equal(person, getattr(twomode.participation(turned, "activity"), name))
    assert np.array_equal(
        twomode.redundancy(data, "person"), twomode.redundancy(turned, "activity"), equal_nan=True
    )


@given(lists)
def test_who_could_not_take_part_changes_no_share(times):
    known = attendance_of(times)
    more = attendance_of(np.vstack([times, 0 * times[:1]]), [*[True] * len(times), False])
    assert twomode.two_mode_density(more) == twomode.two_mode_density(known)
    share = twomode.participation(more).share
    assert np.array_equal(share[:-1], twomode.participation(known).share)
    assert np.isnan(share[-1])
    activities = (twomode.participation(data, "activity").share for data in (more, known))
    assert np.array_equal(*activities)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: attendance_of([[-1]]), "0 or more"),
        (lambda: attendance_of([[np.nan]]), "could"),
        (lambda: attendance_of([[1], [1]], [True, False]), "who could not"),
        (lambda: attendance_of([[1], [1]], [True] * 3), "one entry per person"),
        (lambda: twomode.co_attendance(attendance_of([[1]]), "jaccard"), "count or newman"),
        (lambda: twomode.participation(attendance_of([[1]]), "room"), "person or activity"),
        (lambda: twomode.co_attendance_table(attendance_of([[1]]), [1], 1), "0 to 0"),
        (lambda: twomode.newcomers(attendance_of([[1]]), attendance_of([[1], [1]])), "same people"),
    ],
)
def test_errors_say_what_to_do(make, words):
    with pytest.raises(NetlearnError, match=words):
        make()


# Frames


def example():
    frame = pd.DataFrame(
        {
            "citizen": ["Åse", "Bo", "Åse", "Bo", "Cy", "Åse"],
            "activity": ["brunch", "brunch", "games", "games", "games", "games"],
            "weeks": [2, 1, 4, 1, 8, 1],
        }
    )
    everybody = ["Åse", "Bo", "Cy", "Dan"]
    return tables.attendance(frame, person="citizen", room="activity", count="weeks", people=everybody)


def test_a_list_becomes_a_table_by_hand():
    data = example()
    assert data.rooms == ("brunch", "games")
    assert data.matrix.toarray().tolist() == [[2, 5], [1, 1], [0, 8], [0, 0]]
    assert repr(data) == "TwoMode of 4 people and 2 activities, 5 took part"
    pairs = tables.co_attendance(data)
    assert pairs.to_numpy().tolist() == [["Åse", "Bo", 2], ["Åse", "Cy", 1], ["Bo", "Cy", 1]]
    assert tables.co_attendance(data, "newman")["shared"].tolist() == [1.5, 0.5, 0.5]
    person = tables.participation(data)
    assert person.to_numpy().tolist()[:2] == [["Åse", 2, 7, 2, 1], ["Bo", 2, 2, 2, 1]]
    assert tables.participation(data, "activity")["share"].tolist() == [0.5, 0.75]


def test_pairs_of_a_list_are_the_pairs_of_a_loop():
    times, _ = random_list(3, holes=False)
    people, rooms = np.nonzero(times)
    names = [f"{i:02}" for i in range(len(times))]
    frame = pd.DataFrame({"person": [names[i] for i in people], "room": rooms})
    found = tables.co_attendance(tables.attendance(frame, people=names))
    expected = [
        (names[i], names[j], float(((times[i] > 0) & (times[j] > 0)).sum()))
        for i, j in combinations(range(len(times)), 2)
    ]
    assert list(found.itertuples(index=False, name=None)) == [row for row in expected if row[2]]


def test_exposure_stands_in_the_order_of_the_panel():
    panel = Panel.from_arrays({"now": np.zeros((3, 3))}, ["A", "A", "B"], ids=["Dan", "Cy", "Åse"])
    assert tables.exposure(example(), panel).toarray().tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]
    # Bo is not in the panel, but makes the games three: half a meeting each.
    assert tables.exposure(example(), panel, "newman").toarray()[1].tolist() == [0, 0, 0.5]
    stranger = Panel.from_arrays({"now": np.zeros((2, 2))}, ["A", "B"], ids=["Bo", "Eva"])
    with pytest.raises(NetlearnError, match=r"knows nothing of Eva.*people="):
        tables.exposure(example(), stranger)


def test_departments_and_reach_by_hand():
    home = {"Åse": "north", "Bo": "south", "Cy": "south", "Dan": "south"}
    table = tables.mixing_of_rooms(example(), home)
    assert table.loc["north"].tolist() == [0, 3]  # with Bo twice, with Cy once
    assert table.loc["south"].tolist() == [3, 1]  # Bo and Cy once
    assert tables.mixing_of_rooms(example(), pd.Series(home)).equals(table)
    reached = tables.reach(example(), ["Cy", "Dan"])
    assert reached.to_numpy().tolist() == [[2, 2, 1, 0.5]]
    everybody = ["Åse", "Bo", "Cy", "Dan"]
    before = tables.attendance(pd.DataFrame({"person": ["Åse"], "room": ["club"]}), people=everybody)
    new = tables.reach(example(), everybody, before)
    assert new.to_numpy().tolist() == [[4, 3, 2, pytest.approx(2 / 3)]]


def test_could_by_person_or_by_cell():
    frame = pd.DataFrame({"person": [1, 2], "room": ["x", "y"]})
    by_person = tables.attendance(frame, people=[1, 2, 3], could=pd.Series({1: True, 2: True, 3: False}))
    assert np.array_equal(tables.participation(by_person)["share"], [0.5, 0.5, np.nan], equal_nan=True)
    cells = pd.DataFrame({"y": [False, True], "x": [True, True]}, index=[1, 2])
    by_cell = tables.attendance(frame, could=cells)
    assert tables.participation(by_cell)["share"].tolist() == [1, 0.5]
    with pytest.raises(NetlearnError, match="says nothing about 3"):
        tables.attendance(frame, people=[1, 2, 3], could=cells)
    with pytest.raises(NetlearnError, match="empty cells"):
        tables.attendance(frame, could=pd.Series({1: True, 2: None}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frame: tables.attendance(frame.rename(columns={"room": "hold"})), "no column 'room'.*room="),
        (
            lambda frame: tables.attendance(frame.assign(person=["a", None])),
            "'person' is empty in data row 2",
        ),
        (lambda frame: tables.attendance(frame, people=["a"]), "'b'.*people="),
        (lambda frame: tables.attendance(frame, people=["a", "b", "a"]), "'a' twice"),
        (lambda frame: tables.attendance(frame, rooms=["x"]), "'y'.*rooms="),
        (lambda frame: tables.attendance(frame.assign(n=[1, -1]), count="n"), "'n' must hold counts"),
        (lambda frame: tables.attendance(frame.assign(n=["1", "ja"]), count="n"), "'n' must hold counts"),
        (lambda frame: tables.mixing_of_rooms(tables.attendance(frame), {"a": "A"}), "no department for 'b'"),
        (lambda frame: tables.reach(tables.attendance(frame), ["c"]), "'c' is not on the attendance list"),
        (
            lambda frame: tables.reach(tables.attendance(frame), ["a"], tables.attendance(frame[:1])),
            "same people",
        ),
    ],
)
def test_faulty_frames_name_the_column(change, words):
    with pytest.raises(NetlearnError, match=words):
        change(pd.DataFrame({"person": ["a", "b"], "room": ["x", "y"]}))


def test_answers_in_words_and_one_text_are_refused():
    frame = pd.DataFrame({"person": ["a", "b"], "room": ["x", "x"]})
    with pytest.raises(NetlearnError, match="True or False"):
        tables.attendance(frame, could=pd.Series({"a": "yes", "b": "no"}))
    with pytest.raises(NetlearnError, match="Series"):
        tables.attendance(frame, could={"a": True})
    with pytest.raises(NetlearnError, match="list of people"):
        tables.reach(tables.attendance(frame), "ab")
