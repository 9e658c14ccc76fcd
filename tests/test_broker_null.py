from itertools import permutations, product

import numpy as np
import pytest
from nets import numbers, random_net, reference_nets
from test_brokerage import brute, role_of

from netlearn.measures.broker_null import role_null
from netlearn.measures.net import net_of

PARTS = ("people", "network")


def arcs(n):
    return list(permutations(range(n), 2))


def every_network(n, group, chances):
    """Mean and spread of the counts over all networks; a cell is a tie, a gap or a hole with these chances."""
    mean, square = np.zeros((n + 1, 6)), np.zeros((n + 1, 6))
    triples = list(permutations(range(n), 3))
    for states in product(range(len(chances)), repeat=n * (n - 1)):
        cell = dict(zip(arcs(n), states, strict=True))
        counts = np.zeros((n + 1, 6))
        for a, b, c in triples:
            if cell[a, b] == 0 and cell[b, c] == 0 and cell[a, c] == 1:
                role = role_of(group[a], group[b], group[c])
                for person in (b, n):
                    counts[person, [role, 5]] += 1
        weight = np.prod([chances[s] for s in states])
        mean += weight * counts
        square += weight * counts**2
    return mean, np.sqrt(np.maximum(square - mean**2, 0))


def with_first(n, ties, holes=0):
    """Let the first arcs be ties and the last ones holes."""
    y, o = np.zeros((n, n)), np.ones((n, n), bool)
    for cell in arcs(n)[:ties]:
        y[cell] = 1
    for cell in arcs(n)[n * (n - 1) - holes :]:
        o[cell] = False
    return y, o


@pytest.mark.parametrize("group", [[0, 0, 0], [0, 0, 1], [0, 1, 2], [0, 0, 1, 1], [0, 0, 0, 1]])
def test_moments_are_those_of_all_networks(group):
    n = len(group)
    null = role_null(net_of(with_first(n, 4)[0], group))
    density = 4 / (n * (n - 1))
    mean, spread = every_network(n, group, (density, 1 - density))
    np.testing.assert_allclose(np.vstack([null.people.expected, null.network.expected]), mean, atol=1e-12)
    np.testing.assert_allclose(np.vstack([null.people.sd, null.network.sd]), spread, atol=1e-12)


@pytest.mark.parametrize("group", [[0, 0, 0], [0, 0, 1], [0, 1, 2]])
def test_holes_at_random_are_a_third_state_of_a_cell(group):
    y, o = with_first(3, 2, holes=1)
    null = role_null(net_of(y, group, o))
    mean, spread = every_network(3, group, (2 / 6, 3 / 6, 1 / 6))
    np.testing.assert_allclose(np.vstack([null.people.expected, null.network.expected]), mean, atol=1e-12)
    np.testing.assert_allclose(np.vstack([null.people.sd, null.network.sd]), spread, atol=1e-12)


def test_people_who_did_not_answer_are_left_out():
    net, y, group, o = random_net(3, n=12, holes=0)
    core = o.any(axis=0) & o.any(axis=1)
    inner = np.ix_(core, core)
    whole, small = role_null(net), role_null(net_of(y[inner], group[core], o[inner]))
    for name in ("counts", "expected", "sd", "z"):
        values = getattr(whole.people, name)
        np.testing.assert_allclose(values[core], getattr(small.people, name))
        assert np.isnan(values[~core]).all()
        np.testing.assert_allclose(getattr(whole.network, name), getattr(small.network, name))
    counts = brute(y[inner], group[core], o[inner])
    np.testing.assert_array_equal(whole.people.counts[core], counts)


def test_undefined_is_nan():
    undirected = role_null(net_of([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [0, 0, 1], directed=False))
    empty = role_null(net_of(np.zeros((4, 4)), [0, 0, 1, 1]))
    for null in (undirected, empty):
        assert np.isnan(null.people.z).all()
        assert np.isnan(null.network.z).all()
    assert np.isnan(undirected.network.expected).all()
    assert (empty.network.sd == 0).all()
    alone = role_null(net_of([[0]], [0]))
    assert np.isnan(alone.network.z).all()


def what_sna_leaves_out(net):
    """Sum of the covariances that sna's network variance lacks, per role.

    For coordinators and the total, pairs of triples that share two cells, two per triple. For representatives and
    gatekeepers, every pair in which the tie of one triple is the gap of the other.
    """
    sizes = np.bincount(net.group)
    n, same = sizes.sum(), np.eye(len(sizes), dtype=bool)
    density = net.ties.nnz / (n * (n - 1))
    chance = density**2 * (1 - density)
    coordinators = (sizes * (sizes - 1) * (sizes - 2)).sum()
    go_betweens = (sizes * (sizes - 1) * (n - sizes)).sum()
    mixed = np.where(same, 0, np.outer(sizes * (sizes - 1) ** 2, sizes)).sum()
    lacks = 2 * mixed - go_betweens
    return -(chance**2) * np.array([2 * coordinators, 0, lacks, lacks, 0, 2 * n * (n - 1) * (n - 2)])


def test_the_network_variance_of_sna_is_not_that_of_the_null():
    # Three people, one department, d = 2/3: the six triples have variance 6 p (1 - p) with p = 4/27, twelve ordered
    # pairs share a tie (covariance 8/27 * 1/9 - p^2), and twelve are a tie in one and a gap in the other, so never
    # occur together (covariance -p^2). The last ones are missing in sna.
    p = 4 / 27
    exact = 6 * p * (1 - p) + 12 * (8 / 243 - p**2) - 12 * p**2
    net = net_of(with_first(3, 4)[0], [0, 0, 0])
    assert role_null(net).network.sd[0] ** 2 == pytest.approx(exact)
    assert every_network(3, [0, 0, 0], (2 / 3, 1 / 3))[1][-1, 0] ** 2 == pytest.approx(exact)
    assert what_sna_leaves_out(net)[0] == pytest.approx(-12 * p**2)


def test_agrees_with_reference_values(shared):
    seen = 0
    for name, net, values in reference_nets(shared):
        if "brokerage.raw.nli" not in values:
            continue
        seen += 1
        null = role_null(net)
        close = {"rtol": 1e-8, "atol": 1e-10, "err_msg": name}
        for key, value in (("exp", null.people.expected), ("sd", null.people.sd), ("z", null.people.z)):
            np.testing.assert_allclose(value, numbers(values[f"brokerage.{key}.nli"]), **close)
        np.testing.assert_allclose(null.network.expected, numbers(values["brokerage.exp.gli"]), **close)
        theirs = np.sqrt(np.maximum(null.network.sd**2 - what_sna_leaves_out(net), 0))
        np.testing.assert_allclose(theirs, numbers(values["brokerage.sd.gli"]), **close)
        agreeing = [ROLE for ROLE in (1, 4) if null.network.sd[ROLE] > 0]
        z = numbers(values["brokerage.z.gli"])
        np.testing.assert_allclose(null.network.z[agreeing], z[agreeing], **close)
    assert seen > 20
