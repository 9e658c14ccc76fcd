from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from nets import numbers, random_net, reference_nets, relabelled, seeds, with_isolate

from netlearn.measures import brokerage, triads
from netlearn.measures.brokerage import ROLES, role_counts
from netlearn.measures.net import net_of


def role_of(a, b, c):
    if a == c:
        return ROLES.index("coordinator" if a == b else "itinerant")
    if a == b or b == c:
        return ROLES.index("representative" if a == b else "gatekeeper")
    return ROLES.index("liaison")


def brute(y, group, o, *, partial=False):
    counts = np.zeros((len(y), 6))
    for a, b, c in permutations(range(len(y)), 3):
        if y[a, b] and y[b, c] and o[a, c] and not y[a, c]:
            credit = 1 / (y[a] @ y[:, c]) if partial else 1
            counts[b, [role_of(group[a], group[b], group[c]), 5]] += credit
    counts[~(o.any(axis=0) & o.any(axis=1))] = np.nan
    return counts


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("partial", [True, False])
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_roles_by_loops(partial, directed, seed):
    net, y, group, o = random_net(seed, directed=directed)
    function = brokerage.partial_role_counts if partial else role_counts
    np.testing.assert_allclose(function(net), brute(y, group, o, partial=partial), atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_order_direction_names_and_isolates(seed):
    net, y, group, o = random_net(seed)
    counts = role_counts(net)
    other, order = relabelled(seed, y, group, o)
    np.testing.assert_array_equal(role_counts(other), counts[order])
    np.testing.assert_array_equal(role_counts(net_of(y, (group + 1) % 3, o)), counts)
    # Turning every arc makes representatives gatekeepers.
    np.testing.assert_array_equal(role_counts(net_of(y.T, group, o.T))[:, [0, 1, 3, 2, 4, 5]], counts)
    np.testing.assert_array_equal(role_counts(net_of(*with_isolate(y, group, o)))[:-1], counts)


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_totals_are_the_open_two_step_paths(seed):
    net, y, _, o = random_net(seed)
    closed, paths = triads.weak_census(net)
    assert np.nansum(role_counts(net)[:, -1]) == paths - closed
    needing = (y @ y > 0) & o & (y == 0)
    np.fill_diagonal(needing, False)
    assert np.nansum(brokerage.partial_role_counts(net)[:, -1]) == pytest.approx(needing.sum())


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_blocks_of_rows_change_nothing(seed):
    net = random_net(seed, n=16)[0]
    whole = brokerage.partial_role_counts(net)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triads, "PATHS_AT_ONCE", 9)
        np.testing.assert_allclose(brokerage.partial_role_counts(net), whole)


def test_units_and_boundary_spanners():
    # 0 -> 1 -> 2 within A, 1 -> 3 into B; 4 did not answer and nobody could name them.
    y = np.zeros((5, 5))
    y[0, 1] = y[1, 2] = y[1, 3] = 1
    o = np.ones((5, 5), bool)
    o[4], o[:, 4] = False, False
    net = net_of(y, [0, 0, 0, 1, 2], o)
    counts = role_counts(net)
    assert counts[1].tolist() == [1, 0, 1, 0, 0, 2]
    np.testing.assert_array_equal(brokerage.boundary_spanners(counts), [0, 1, 0, 0, np.nan])
    expected = [[1, 0, 1, 0, 0, 2], [0] * 6, [np.nan] * 6]
    np.testing.assert_array_equal(brokerage.by_unit(net, counts), expected)


def test_agrees_with_reference_values(shared):
    seen = 0
    for name, net, values in reference_nets(shared):
        if "brokerage.raw.nli" not in values:
            continue
        counts = role_counts(net)
        np.testing.assert_array_equal(counts, numbers(values["brokerage.raw.nli"]), err_msg=name)
        np.testing.assert_array_equal(counts.sum(axis=0), numbers(values["brokerage.raw.gli"]), err_msg=name)
        seen += 1
    assert seen > 20
