import numpy as np
import pytest
from cases import all_cases, random_net

from netlearn.measures import spectral
from netlearn.measures.contact import net_mean, unit_mean
from netlearn.measures.net import make_net, net_of
from netlearn.measures.spectral import spectral_segregation


def test_values_of_other_packages(shared):
    count = 0
    for case in all_cases(shared):
        expected = case.value("netseg.union.ssi")
        if expected is not None:
            found = spectral_segregation(case.net)
            np.testing.assert_allclose(
                found, expected, rtol=1e-8, atol=1e-8, err_msg=f"{case.name} {case.wave}"
            )
            count += 1
    assert count == 25


def brute(y, mask, group):
    """The definition on dense matrices: components by walking, eigenvectors of the matrix as it stands."""
    both = mask & mask.T
    a = np.where(both, np.maximum(y, y.T), 0)
    degree = a.sum(axis=1)
    contact = np.divide(a, degree[:, None], out=np.zeros_like(a), where=degree[:, None] > 0)
    inside = contact * (group[:, None] == group)
    reach = np.linalg.matrix_power((inside > 0) + np.eye(len(y)), len(y)) > 0
    found = np.where(both.any(axis=1), 0.0, np.nan)
    for i in np.flatnonzero(inside.sum(axis=1) > 0):
        members = np.flatnonzero(reach[i])
        values, vectors = np.linalg.eig(inside[np.ix_(members, members)])
        top = np.argmax(values.real)
        entry = np.abs(vectors[:, top].real)
        found[i] = values[top].real * entry[members == i][0] / entry.mean()
    return found


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_by_the_definition(seed, directed):
    net, y, mask = random_net(seed, n=16, k=3, directed=directed)
    found = spectral_segregation(net)
    expected = brute(y, mask, net.group)
    np.testing.assert_allclose(found, expected, atol=1e-10)
    here = ~np.isnan(expected)
    assert not here.all()
    assert net_mean(spectral_segregation(net)) == pytest.approx(expected[here].mean())
    for g in range(net.k):
        assert unit_mean(net, spectral_segregation(net))[g] == pytest.approx(
            expected[here & (net.group == g)].mean()
        )


def test_large_components_are_solved_alike(monkeypatch):
    net, _, _ = random_net(4, n=60, k=3, missing=False, density=0.1)
    dense = spectral_segregation(net)
    monkeypatch.setattr(spectral, "DENSE", 3)
    np.testing.assert_allclose(spectral_segregation(net), dense, atol=1e-10)


def test_a_large_ring_with_a_contact_outside_each():
    # 300 people in a ring and one in another department that all of them know: each has 2 of 3 contacts inside.
    n = 300
    ring, hub = np.arange(n), np.full(n, n)
    i, j = np.concatenate([ring, ring]), np.concatenate([(ring + 1) % n, hub])
    nobody = np.empty(0, np.int64)
    everyone = np.ones(n + 1, bool)
    net = make_net(n + 1, i, j, np.append(np.zeros(n, np.int64), 1), 2, everyone, everyone, (nobody, nobody))
    np.testing.assert_allclose(spectral_segregation(net), np.append(np.full(n, 2 / 3), 0), atol=1e-9)
    np.testing.assert_allclose(unit_mean(net, spectral_segregation(net)), [2 / 3, 0], atol=1e-9)


def test_an_isolate_changes_nobody_else():
    net, y, _ = random_net(6, missing=False)
    n = net.n + 1
    more = np.zeros((n, n))
    more[:-1, :-1] = y
    found = spectral_segregation(net_of(more, [*net.group, 0]))
    np.testing.assert_allclose(found[:-1], spectral_segregation(net), atol=1e-12)
    assert found[-1] == 0


def test_other_order_of_people():
    net, y, mask = random_net(7)
    order = np.random.default_rng(7).permutation(net.n)
    moved = net_of(y[np.ix_(order, order)], net.group[order], mask[np.ix_(order, order)])
    np.testing.assert_allclose(spectral_segregation(moved), spectral_segregation(net)[order], atol=1e-10)


def test_nobody_is_nan():
    nobody = net_of(np.zeros((2, 2)), [0, 1], np.zeros((2, 2), bool))
    assert np.isnan(spectral_segregation(nobody)).all()
    assert np.isnan(unit_mean(nobody, spectral_segregation(nobody))).all()
    assert np.isnan(net_mean(spectral_segregation(nobody)))
