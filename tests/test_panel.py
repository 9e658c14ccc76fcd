import networkx as nx
import numpy as np
import pandas as pd
import pytest
from panels import random_panel

from netlearn import NetlearnError, Panel, UndefinedError, compare


def same(a, b):
    assert a.ids == b.ids
    assert a.directed == b.directed
    for one, two in zip(a.waves, b.waves, strict=True):
        assert np.array_equal(one.ties, two.ties)
        assert np.array_equal(one.observed, two.observed)
        assert np.array_equal(one.levels, two.levels, equal_nan=True)
        names = [np.array(p.group_names)[p.groups[p.index(one.label)]] for p in (a, b)]
        assert np.array_equal(*names)
        assert a.status(one.label) == b.status(one.label)


def test_missing_is_not_zero():
    y = np.array([[0, 2.0, 0], [np.nan, 0, np.nan], [0, 1, 0]])
    panel = Panel.from_arrays({"w": y}, ["A", "A", "B"], threshold=2)
    wave = panel.wave("w")
    assert wave.ties.tolist() == [[False, True, False], [False] * 3, [False] * 3]
    assert wave.observed.tolist() == [[False, True, True], [False] * 3, [True, True, False]]
    assert np.isnan(wave.levels[1, 0])
    assert wave.levels[2, 1] == 1
    assert panel.status("w") == ["took_part", "no_answer", "took_part"]
    assert panel.at_threshold(1).n_ties("w") == 2


def test_arrays_are_read_only():
    panel = random_panel(1)
    for array in (panel.wave("before").ties, panel.wave("before").sender, panel.groups):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("directed", [True, False])
def test_long_tables_round_trip(directed):
    panel = random_panel(3, directed=directed)
    people = panel.to_frames()[1]
    ordered = sorted(panel.ids)
    again = Panel.from_frames(*panel.to_frames(), directed=directed)
    assert list(again.ids) == ordered
    order = [panel.ids.index(i) for i in ordered]
    for label in panel.labels:
        assert np.array_equal(again.wave(label).ties, panel.wave(label).ties[np.ix_(order, order)])
        assert np.array_equal(again.wave(label).observed, panel.wave(label).observed[np.ix_(order, order)])
    assert len(people) == 2 * panel.n


@pytest.mark.parametrize("directed", [True, False])
def test_networkx_round_trip(directed):
    panel = random_panel(5, n=9, directed=directed, missing=False)  # nine ids sort as they are numbered
    graphs = {label: panel.to_networkx(label) for label in panel.labels}
    same(Panel.from_networkx(graphs), panel)


def test_networkx_matches_people_by_label_not_by_order():
    one = nx.DiGraph([("a", "b"), ("c", "a")])
    two = nx.DiGraph([("c", "a"), ("a", "b")])
    two.add_nodes_from(["d"])
    for graph in (one, two):
        nx.set_node_attributes(graph, {"a": "X", "b": "X", "c": "Y", "d": "Y"}, "department")
    two.nodes["b"]["answered"] = False
    panel = Panel.from_networkx({"one": one, "two": two})
    shared = panel.joint_cells()
    a, b = panel.wave("one").arcs(shared), panel.wave("two").arcs(shared)
    assert np.array_equal(a, b)
    assert panel.status("one")[3] == "not_employed"
    assert panel.status("two") == ["took_part", "no_answer", "took_part", "took_part"]


@pytest.mark.parametrize(
    ("waves", "group", "options", "words"),
    [
        ({}, [], {}, "at least one wave"),
        ({"w": np.zeros((2, 3))}, ["A", "B"], {}, "square"),
        ({"w": -np.ones((2, 2))}, ["A", "B"], {}, "0 or more"),
        ({"w": np.zeros((2, 2)), "v": np.zeros((3, 3))}, ["A", "B"], {}, "expected 2 x 2"),
        ({"w": np.zeros((2, 2))}, ["A"], {}, "each of the 2 people"),
        ({"w": np.zeros((2, 2))}, ["A", None], {}, "department is missing"),
        ({"w": np.zeros((2, 2))}, ["A", "B"], {"ids": ["x", "x"]}, "unique"),
        ({"w": np.array([[0, 1.0], [0, 0]])}, ["A", "B"], {"directed": False}, "both directions"),
        ({"w": np.zeros((2, 2))}, ["A", "B"], {"status": {"w": ["ill", "took_part"]}}, "unknown status"),
    ],
)
def test_bad_arrays_are_refused(waves, group, options, words):
    with pytest.raises(NetlearnError, match=words):
        Panel.from_arrays(waves, group, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"observed": np.zeros((3, 3), bool)},
        {"observed": {"B": np.ones((3, 3), bool)}},
        {"observed": {"b": np.ones(3, bool)}},
        {"status": {"B": ["took_part"] * 3}},
        {"group": {"a": list("AAB")}},
        {"group": {"a": list("AAB"), "B": list("AAB")}},
    ],
)
def test_what_is_given_by_wave_names_the_waves(options):
    with pytest.raises(NetlearnError, match=r"wave|observed"):
        Panel.from_arrays(
            {"a": np.zeros((3, 3)), "b": np.zeros((3, 3))}, **({"group": list("AAB")} | options)
        )


def test_tables_are_matched_by_their_names_not_by_position():
    names = ["x", "y", "z"]
    one = pd.DataFrame([[0, 1, 0], [0, 0, 1], [0, 0, 0]], names, names)
    panel = Panel.from_arrays({"a": one, "b": one.iloc[::-1, ::-1]}, list("AAB"))
    assert panel.ids == ("x", "y", "z")
    assert np.array_equal(panel.wave("a").ties, panel.wave("b").ties)
    with pytest.raises(NetlearnError, match="by the ids"):
        Panel.from_arrays({"a": one, "b": one.rename(columns={"x": "q"})}, list("AAB"))


def test_bad_graphs_and_frames_are_refused():
    with pytest.raises(NetlearnError, match="no attribute"):
        Panel.from_networkx({"w": nx.DiGraph([("a", "b")])})
    with pytest.raises(NetlearnError, match="all directed or all undirected"):
        Panel.from_networkx({"w": nx.DiGraph(), "v": nx.Graph()})
    people = pd.DataFrame({"wave": "w", "id": ["a", "b"], "department": "X", "status": "took_part"})
    with pytest.raises(NetlearnError, match="lacks the column"):
        Panel.from_frames(pd.DataFrame(), people)
    ties = pd.DataFrame({"wave": ["w"], "sender": ["a"], "receiver": ["z"]})
    with pytest.raises(NetlearnError, match="people does not"):
        Panel.from_frames(ties, people)


def test_a_graph_without_departments_is_named_and_one_wave_has_no_change():
    panel = Panel.from_arrays({"only": np.zeros((3, 3))}, ["A", "A", "B"])
    with pytest.raises(UndefinedError, match="a change needs two"):
        compare(panel)


def test_wave_order_and_names_are_checked():
    panel = random_panel(2)
    with pytest.raises(NetlearnError, match="earlier, later"):
        compare(panel, waves=("after", "before"))
    with pytest.raises(NetlearnError, match="no wave 'later'"):
        compare(panel, waves=("before", "later"))
