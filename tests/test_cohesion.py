from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from nets import numbers, random_net, reference_nets, relabelled, seeds

from netlearn.measures import cohesion
from netlearn.measures.net import net_of

KINDS = {
    "dyadic": cohesion.dyadic_reciprocity,
    "dyadic.nonnull": cohesion.nonnull_reciprocity,
    "edgewise": cohesion.edgewise_reciprocity,
    "edgewise.lrr": cohesion.reciprocity_log_ratio,
    "correlation": cohesion.reciprocity_correlation,
}


def pairs(o):
    return [(i, j) for i in range(len(o)) for j in range(i) if o[i, j] and o[j, i]]


@pytest.mark.parametrize("directed", [True, False])
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_dyad_census_counts_pairs_with_both_cells_observed(directed, seed):
    net, y, _, o = random_net(seed, directed=directed)
    sums = [y[i, j] + y[j, i] for i, j in pairs(o)]
    assert cohesion.dyad_census(net).tolist() == [sums.count(2), sums.count(1), sums.count(0)]


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_reciprocity_kinds_by_loops(seed):
    net, y, group, o = random_net(seed, n=12)
    both = pairs(o)
    x = np.array([y[i, j] for i, j in both] + [y[j, i] for i, j in both])
    z = np.array([y[j, i] for i, j in both] + [y[i, j] for i, j in both])
    assert cohesion.dyadic_reciprocity(net) == pytest.approx(np.mean(x == z))
    if x.std() > 0:
        assert cohesion.reciprocity_correlation(net) == pytest.approx(np.corrcoef(x, z)[0, 1])
        assert cohesion.edgewise_reciprocity(net) == pytest.approx(np.mean(z[x == 1]))
        assert cohesion.nonnull_reciprocity(net) == pytest.approx((x * z).sum() / np.maximum(x, z).sum())
    for which, crossing in (("cross", True), ("within", False)):
        arcs = [(i, j) for i, j in zip(*np.nonzero(y), strict=True) if (group[i] != group[j]) == crossing]
        answers = [y[j, i] for i, j in arcs if o[j, i]]
        expected = np.mean(answers) if answers else np.nan
        assert cohesion.edgewise_reciprocity(net, which) == pytest.approx(expected, nan_ok=True)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_order_of_people_and_direction_do_not_matter(seed):
    net, y, group, o = random_net(seed)
    other, order = relabelled(seed, y, group, o)
    turned = net_of(y.T, group, o.T)
    assert cohesion.dyad_census(net).tolist() == cohesion.dyad_census(other).tolist()
    assert cohesion.dyad_census(net).tolist() == cohesion.dyad_census(turned).tolist()
    for function in (cohesion.isolates, cohesion.without_cross_contact):
        np.testing.assert_array_equal(function(net)[order], function(other))


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_isolates_and_people_without_cross_contacts_by_loops(seed):
    net, y, group, o = random_net(seed, density=0.15)
    for i in range(net.n):
        there = o[i].any() or o[:, i].any()
        lonely = float(not (y[i].any() or y[:, i].any())) if there else np.nan
        assert cohesion.isolates(net)[i] == pytest.approx(lonely, nan_ok=True)
        asked = o[i] & (group != group[i])
        unmet = float(not y[i][asked].any()) if asked.any() else np.nan
        assert cohesion.without_cross_contact(net)[i] == pytest.approx(unmet, nan_ok=True)


def test_people_who_are_not_in_the_network_are_neither():
    o = np.ones((4, 4), bool)
    o[3], o[:, 3] = False, False
    net = net_of([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], [0, 1, 0, 1], o)
    np.testing.assert_array_equal(cohesion.isolates(net), [0, 0, 1, np.nan])
    np.testing.assert_array_equal(cohesion.without_cross_contact(net), [0, 1, 1, np.nan])


def test_undefined_is_nan():
    empty = net_of(np.zeros((3, 3)), [0, 0, 1])
    full = net_of(np.ones((3, 3)), [0, 0, 1])
    assert np.isnan([KINDS[kind](empty) for kind in ("dyadic.nonnull", "edgewise", "edgewise.lrr")]).all()
    # sna calls the correlation of cells that do not vary 1; it is 0 / 0.
    assert np.isnan([cohesion.reciprocity_correlation(net) for net in (empty, full)]).all()
    undirected = net_of([[0, 1], [1, 0]], [0, 1], directed=False)
    assert np.isnan([function(undirected) for function in KINDS.values()]).all()
    assert cohesion.reciprocity_log_ratio(net_of([[0, 1], [0, 0]], [0, 1])) == -np.inf


def mixed_correlation(net):
    """What sna computes: mean and variance of all observed cells, covariance of the pairs observed both ways."""
    y = net.ties.toarray()
    o = np.outer(net.answered, net.possible) & ~np.eye(net.n, dtype=bool)
    both = o & o.T
    mean, variance = y[o].mean(), y[o].var(ddof=1)
    return ((y - mean) * (y.T - mean))[both].sum() / (both.sum() - 1) / variance


def test_a_correlation_never_exceeds_one():
    # 0 <-> 1, 2 names nobody, 3 is silent and unnamed. Every pair agrees, so the correlation is 1. With the mean 2/9
    # of all nine cells the covariance is (2 (7/9)^2 + 4 (2/9)^2) / 5, the variance 2/9 7/9 9/8: the ratio is 1.45.
    o = np.ones((4, 4), bool)
    o[3] = False
    net = net_of([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], [0, 0, 1, 1], o)
    assert cohesion.reciprocity_correlation(net) == pytest.approx(1)
    assert mixed_correlation(net) == pytest.approx(114 / 81 / 5 / (14 / 72))


def test_correlation_with_silent_people_differs_from_sna_as_described(shared):
    for name, net, values in reference_nets(shared):
        if "missing" in name:
            assert mixed_correlation(net) == pytest.approx(values["grecip.correlation"], rel=1e-10)


def test_agrees_with_reference_values(shared):
    seen = 0
    for name, net, values in reference_nets(shared):
        census = values["dyad.census"]
        expected = [census["Mut"], census["Asym"], census["Null"]]
        assert cohesion.dyad_census(net).tolist() == expected, name
        arcs = replace(net, directed=True)  # the packages take a symmetric matrix as arcs
        for kind, function in KINDS.items():
            if kind == "correlation" and (
                name.startswith(("edge_complete", "edge_empty")) or "missing" in name
            ):
                continue  # 0 / 0, or mixed: see above
            value = numbers(values[f"grecip.{kind}"])
            np.testing.assert_allclose(function(arcs), value, rtol=1e-8, err_msg=f"{name} {kind}")
            seen += 1
    assert seen > 100
