import numpy as np
import pytest
from hypothesis import given, settings
from nets import numbers, random_net, reference_nets, relabelled, seeds, with_isolate

from netlearn.measures import triads
from netlearn.measures.holes import constraint, effective_size
from netlearn.measures.net import net_of


def brute(y, *, strongest_of_other=False):
    """Both measures, person by person; the option divides by the strongest tie of the wrong one of two contacts."""
    n, w = len(y), y + y.T
    limit, size = np.full(n, np.nan), np.full(n, np.nan)
    for i in range(n):
        contacts = np.flatnonzero(w[i])
        if not len(contacts):
            continue
        p = w[i] / w[i].sum()
        limit[i] = sum((p[j] + sum(p[q] * w[q, j] / w[q].sum() for q in contacts)) ** 2 for j in contacts)
        size[i] = 0
        for j in contacts:
            shared = [p[q] * w[j, q] / w[q if strongest_of_other else j].max() for q in contacts]
            size[i] += 1 - sum(shared)
    return limit, size


@pytest.mark.parametrize("directed", [True, False])
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_by_loops(directed, seed):
    net, y, group, o = random_net(seed, directed=directed, density=0.2)
    limit, size = brute(y)
    np.testing.assert_allclose(constraint(net), limit, rtol=1e-12)
    np.testing.assert_allclose(effective_size(net), size, rtol=1e-12, atol=1e-12)
    other, order = relabelled(seed, y, group, o, directed=directed)
    turned = net_of(y.T, group, o.T)
    wider = net_of(*with_isolate(y, group, o))
    for function in (constraint, effective_size):
        np.testing.assert_allclose(function(other), function(net)[order])
        np.testing.assert_allclose(function(turned), function(net))
        np.testing.assert_allclose(function(wider), [*function(net), np.nan])


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_blocks_of_rows_change_nothing(seed):
    net = random_net(seed, n=16)[0]
    whole = constraint(net), effective_size(net)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triads, "PATHS_AT_ONCE", 9)
        np.testing.assert_allclose((constraint(net), effective_size(net)), whole)


def test_a_star_and_a_clique():
    star, clique = np.zeros((5, 5)), 1 - np.eye(5)
    star[0, 1:] = 1
    np.testing.assert_allclose(constraint(net_of(star, [0] * 5)), [1 / 4, 1, 1, 1, 1])
    np.testing.assert_allclose(effective_size(net_of(star, [0] * 5)), [4, 1, 1, 1, 1])
    # p = 1/4: four contacts, each (1/4 + 3/16)^2; each contact is tied to the three others, 4 - 3 stay.
    np.testing.assert_allclose(constraint(net_of(clique, [0] * 5)), 4 * (7 / 16) ** 2)
    np.testing.assert_allclose(effective_size(net_of(clique, [0] * 5)), 1)


def test_effective_size_where_networkx_divides_by_the_wrong_maximum():
    # 0 <-> 1, 0 -> 2, 1 -> 2. For person 0: p_01 = 2/3, p_02 = 1/3. The strongest tie of 1 is 2 and that of 2 is 1, so
    # m_12 = 1/2 and m_21 = 1: 2 - 1/3 * 1/2 - 2/3 * 1 = 7/6. networkx's matrix code takes the maximum of q in m_jq and
    # says 2 - 1/3 * 1 - 2/3 * 1/2 = 4/3; its own loop says 7/6.
    y = np.array([[0, 1, 1], [1, 0, 1], [0, 0, 0]])
    assert effective_size(net_of(y, [0, 0, 1]))[0] == pytest.approx(7 / 6)
    assert brute(y, strongest_of_other=True)[1][0] == pytest.approx(4 / 3)


def test_agrees_with_reference_values(shared):
    seen = 0
    for name, net, values in reference_nets(shared):
        if "networkx.constraint" not in values:
            continue
        seen += 1
        for package in ("networkx", "igraph"):
            np.testing.assert_allclose(
                constraint(net), numbers(values[f"{package}.constraint"]), rtol=1e-8, err_msg=name
            )
        theirs = numbers(values["networkx.effective_size"])
        if not net.directed:
            np.testing.assert_allclose(effective_size(net), theirs, rtol=1e-8, err_msg=name)
        wrong = brute(net.ties.toarray(), strongest_of_other=True)[1] if net.n < 80 else theirs
        np.testing.assert_allclose(wrong, theirs, rtol=1e-8, err_msg=name)
    assert seen > 20
