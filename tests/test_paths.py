import numpy as np
import pytest
from hypothesis import given, settings
from nets import random_net, relabelled, seeds, with_isolate

from netlearn.measures import paths
from netlearn.measures.net import net_of
from netlearn.measures.paths import shortest_paths


def distances(y):
    """All shortest paths by the algorithm of Floyd and Warshall."""
    d = np.where(y > 0, 1.0, np.inf)
    np.fill_diagonal(d, 0)
    for via in range(len(y)):
        d = np.minimum(d, d[:, [via]] + d[[via]])
    return d


def brute(y, group, o, k):
    pairs, reached, steps = (np.zeros((k, k)) for _ in range(3))
    d = distances(y)
    for a in np.flatnonzero(o.any(axis=1)):
        for c in np.flatnonzero(o.any(axis=0)):
            if a != c:
                pairs[group[a], group[c]] += 1
                reached[group[a], group[c]] += np.isfinite(d[a, c])
                steps[group[a], group[c]] += d[a, c] if np.isfinite(d[a, c]) else 0
    return pairs, reached, steps


@pytest.mark.parametrize("directed", [True, False])
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_tables_by_loops(directed, seed):
    net, y, group, o = random_net(seed, n=14, directed=directed, density=0.12)
    found = shortest_paths(net)
    for table, expected in zip(
        (found.pairs, found.reached, found.steps), brute(y, group, o, net.k), strict=True
    ):
        np.testing.assert_array_equal(table, expected)


def test_more_people_than_bits_and_more_words_than_a_block():
    net, y, group, o = random_net(1, n=230, k=7, density=0.008, silent=20, unnamed=5)
    assert (np.bincount(group) < paths.SEARCHES).all()
    one = net_of(y, np.zeros(230, int), o)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "WORDS_AT_ONCE", 3)
        for case in (net, one):
            found = shortest_paths(case)
            expected = brute(y, case.group, o, case.k)
            for table, right in zip((found.pairs, found.reached, found.steps), expected, strict=True):
                np.testing.assert_array_equal(table, right)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_order_and_direction(seed):
    net, y, group, o = random_net(seed, density=0.15)
    found = shortest_paths(net)
    other, _ = relabelled(seed, y, group, o)
    np.testing.assert_array_equal(shortest_paths(other).steps, found.steps)
    turned = shortest_paths(net_of(y.T, group, o.T))
    np.testing.assert_array_equal(turned.reached, found.reached.T)
    np.testing.assert_array_equal(turned.steps, found.steps.T)
    wider = shortest_paths(net_of(*with_isolate(y, group, o)))
    np.testing.assert_array_equal(wider.reached, found.reached)
    np.testing.assert_array_equal(wider.distance_table, found.distance_table)


def test_cross_and_within():
    # A line 0 -> 1 -> 2 -> 3; departments 0 0 1 1. Six of twelve pairs are reached, four of eight across.
    y = np.zeros((4, 4))
    y[0, 1] = y[1, 2] = y[2, 3] = 1
    found = shortest_paths(net_of(y, [0, 0, 1, 1]))
    assert (found.reach(), found.reach("cross"), found.reach("within")) == (1 / 2, 1 / 2, 1 / 2)
    assert (found.distance(), found.distance("cross"), found.distance("within")) == (10 / 6, 8 / 4, 1)
    assert found.distance_table[0].tolist() == [1, 2]
    assert np.isnan(found.distance_table[1, 0])


def test_undefined_is_nan():
    empty = shortest_paths(net_of(np.zeros((3, 3)), [0, 0, 0]))
    assert empty.reach() == 0
    assert np.isnan([empty.distance(), empty.reach("cross")]).all()
    nobody = shortest_paths(net_of(np.zeros((3, 3)), [0, 0, 1], np.zeros((3, 3), bool)))
    assert np.isnan(nobody.reach())
