from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from nets import numbers, random_net, reference_nets, relabelled, seeds, with_isolate

from netlearn.measures import triads
from netlearn.measures.net import net_of
from netlearn.measures.triads import TRIADS

# Arcs among 0, 1, 2 that make each type; drawn from the letters: D, U, T, C with 1 in the middle.
PATTERNS = {
    "003": [],
    "012": [(0, 1)],
    "102": [(0, 1), (1, 0)],
    "021D": [(1, 0), (1, 2)],
    "021U": [(0, 1), (2, 1)],
    "021C": [(0, 1), (1, 2)],
    "111D": [(0, 1), (1, 0), (2, 1)],
    "111U": [(0, 1), (1, 0), (1, 2)],
    "030T": [(0, 1), (2, 1), (0, 2)],
    "030C": [(0, 1), (1, 2), (2, 0)],
    "201": [(0, 1), (1, 0), (1, 2), (2, 1)],
    "120D": [(1, 0), (1, 2), (0, 2), (2, 0)],
    "120U": [(0, 1), (2, 1), (0, 2), (2, 0)],
    "120C": [(0, 1), (1, 2), (0, 2), (2, 0)],
    "210": [(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)],
    "300": [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)],
}
TYPE_OF = {
    frozenset((order[a], order[b]) for a, b in arcs): name
    for name, arcs in PATTERNS.items()
    for order in permutations(range(3))
}


def brute_census(y, o):
    count = dict.fromkeys(TRIADS, 0)
    for triple in combinations(range(len(y)), 3):
        if all(o[a, b] for a, b in permutations(triple, 2)):
            arcs = frozenset((s, t) for s, t in permutations(range(3), 2) if y[triple[s], triple[t]])
            count[TYPE_OF[arcs]] += 1
    return list(count.values())


def test_there_are_sixteen_types_and_each_is_told_apart():
    assert len(TYPE_OF) == 64
    for name, arcs in PATTERNS.items():
        y = np.zeros((3, 3))
        for arc in arcs:
            y[arc] = 1
        census = triads.triad_census(net_of(y, [0, 0, 1]))
        assert dict(zip(TRIADS, census.tolist(), strict=True)) == {t: int(t == name) for t in TRIADS}


@pytest.mark.parametrize("directed", [True, False])
@settings(max_examples=30, deadline=None)
@given(seed=seeds)
def test_census_by_loops(directed, seed):
    net, y, _, o = random_net(seed, directed=directed, density=0.2 + seed % 5 / 8, holes=seed % 3 / 8)
    assert triads.triad_census(net).tolist() == brute_census(y, o)


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_census_of_other_orders_of_the_complement_and_of_the_transpose(seed):
    net, y, group, o = random_net(seed)
    census = dict(zip(TRIADS, triads.triad_census(net).tolist(), strict=True))
    other, _ = relabelled(seed, y, group, o)
    assert list(census.values()) == triads.triad_census(other).tolist()
    turned = dict(zip(TRIADS, triads.triad_census(net_of(y.T, group, o.T)).tolist(), strict=True))
    assert (turned["021D"], turned["111U"], turned["120D"]) == (
        census["021U"],
        census["111D"],
        census["120U"],
    )
    rest = dict(
        zip(TRIADS, triads.triad_census(net_of(np.where(o, 1 - y, 0), group, o)).tolist(), strict=True)
    )
    assert (rest["300"], rest["030C"], rest["210"]) == (census["003"], census["030C"], census["012"])


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_blocks_of_rows_change_nothing(seed):
    net = random_net(seed, n=20)[0]
    whole = triads.triad_census(net)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triads, "PATHS_AT_ONCE", 7)
        assert len(list(triads.row_blocks(net.ties, net.ties))) > 3
        assert triads.triad_census(net).tolist() == whole.tolist()


@pytest.mark.parametrize("directed", [True, False])
@settings(max_examples=30, deadline=None)
@given(seed=seeds)
def test_transitivity_by_loops(directed, seed):
    net, y, _, o = random_net(seed, directed=directed)
    closed = paths = strong = triples = 0
    for a, b, c in permutations(range(net.n), 3):
        if not (o[a, b] and o[b, c] and o[a, c]):
            continue
        path = bool(y[a, b] and y[b, c])
        triples, strong = triples + 1, strong + (path == bool(y[a, c]))
        paths, closed = paths + path, closed + (path and bool(y[a, c]))
    assert triads.weak_census(net) == (closed, paths)
    assert triads.strong_census(net) == (strong, triples)


@settings(max_examples=30, deadline=None)
@given(seed=seeds)
def test_union_transitivity_by_loops(seed):
    net, y, group, o = random_net(seed, density=0.2)
    u, seen = (y + y.T > 0), o & o.T
    paths = [
        u[a, c]
        for a, b, c in permutations(range(net.n), 3)
        if u[a, b] and u[b, c] and seen[a, b] and seen[b, c] and seen[a, c]
    ]
    expected = np.mean(paths) if paths else np.nan
    assert triads.union_transitivity(net) == pytest.approx(expected, nan_ok=True)
    wider = net_of(*with_isolate(y, group, o))
    assert triads.union_transitivity(wider) == pytest.approx(expected, nan_ok=True)
    assert triads.weak_census(wider) == triads.weak_census(net)


def test_undefined_is_nan():
    empty = net_of(np.zeros((4, 4)), [0, 0, 1, 1])
    assert np.isnan(triads.transitivity(empty))
    assert np.isnan(triads.union_transitivity(empty))
    assert triads.strong_transitivity(empty) == 1  # nothing breaks the rule
    two = net_of(np.ones((2, 2)), [0, 1])
    assert np.isnan(triads.strong_transitivity(two))
    assert triads.triad_census(two).sum() == 0


def test_silent_people_do_not_make_a_network_transitive():
    # 0 -> 1 -> 2 without 0 -> 2, and 3 did not answer: one open path, where sna::gtrans says 1.
    y = [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    o = np.ones((4, 4), bool)
    o[3] = False
    assert triads.transitivity(net_of(y, [0, 0, 1, 1], o)) == 0


def test_agrees_with_reference_values(shared):
    seen = 0
    for name, net, values in reference_nets(shared):
        if "missing" in name:
            assert values["gtrans.weak"] == 1  # wrong: see the test of silent people
            continue
        census = dict(zip(TRIADS, triads.triad_census(net).tolist(), strict=True))
        if not net.directed:
            census = {"0": census["003"], "1": census["102"], "2": census["201"], "3": census["300"]}
        assert census == values["triad.census"], name
        assert triads.weak_census(net)[0] == values["gtrans.weakcensus"], name
        assert triads.strong_census(net)[0] == values["gtrans.strongcensus"], name
        seen += 1
        found = [triads.transitivity(net), triads.strong_transitivity(net), triads.union_transitivity(net)]
        union = values["igraph.transitivity_global_union"]
        expected = numbers([values["gtrans.weak"], values["gtrans.strong"], union])
        if not net.ties.nnz:
            expected[0] = np.nan  # sna says 1 without a path to close
        np.testing.assert_allclose(found, expected, rtol=1e-8, err_msg=name)
    assert seen > 20
