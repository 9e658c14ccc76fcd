import numpy as np
import pytest
from cases import random_net

from netlearn.measures import diversity as measures
from netlearn.measures.contact import net_mean, unit_mean
from netlearn.measures.diversity import departments_open, diversity
from netlearn.measures.net import net_of


def brute(y, mask, group, own):
    """One person at a time: departments named, Blau, IQV, departments that could be named."""
    rows = []
    for i in range(len(y)):
        allowed = mask[i] & (own | (group != group[i]))
        could = len(set(group[allowed]))
        alters = group[allowed & (y[i] > 0)]
        share = np.array([(alters == d).mean() for d in set(alters)])
        blau = 1 - (share**2).sum() if len(alters) else np.nan
        iqv = blau / (1 - 1 / could) if could > 1 else np.nan
        rows.append((len(share) if mask[i].any() else np.nan, blau, iqv, could))
    return np.array(rows, float).T


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_by_loops_over_people(seed, directed, own):
    net, y, mask = random_net(seed, n=13, k=6, directed=directed)
    mask[4, net.group == net.group[5]] = False  # a whole department left blank
    mask[4, 4] = False
    mask &= mask.T if not directed else True
    y = y * mask
    net = net_of(y, net.group, mask, directed=directed)
    named, blau, iqv, could = brute(y, mask, net.group, own)
    found = diversity(net, own=own)
    np.testing.assert_allclose(found.named, named)
    np.testing.assert_allclose(found.blau, blau, atol=1e-12)
    np.testing.assert_allclose(found.iqv, iqv, atol=1e-12)
    np.testing.assert_allclose(departments_open(net, own=own), could)


def test_even_contacts_are_as_diverse_as_can_be():
    # Person 0 names one of each of three other departments; the own one is left out.
    y = np.zeros((5, 5))
    y[0, [2, 3, 4]] = 1
    found = diversity(net_of(y, [0, 0, 1, 2, 3]), own=False)
    assert found.named[0] == 3
    assert found.blau[0] == pytest.approx(2 / 3)
    assert found.iqv[0] == pytest.approx(1)


def test_department_numbers_do_not_matter():
    net, y, mask = random_net(8)
    other = net_of(y, net.k - 1 - net.group, mask)
    np.testing.assert_allclose(diversity(other).iqv, diversity(net).iqv)


def test_an_isolate_changes_nobody_else():
    net, y, _ = random_net(9, missing=False)
    n = net.n + 1
    more = np.zeros((n, n))
    more[:-1, :-1] = y
    found = diversity(net_of(more, [*net.group, 0]))
    np.testing.assert_allclose(found.blau[:-1], diversity(net).blau)
    assert np.isnan(found.blau[-1])
    assert found.named[-1] == 0


def test_means_leave_out_who_is_undefined():
    net, y, mask = random_net(10)
    both, away = brute(y, mask, net.group, True), brute(y, mask, net.group, False)
    rows = {"blau": both[1], "iqv": both[2], "departments_named": away[0]}
    for name, values in rows.items():
        known = ~np.isnan(values)
        assert not known.all()
        np.testing.assert_allclose(getattr(measures, name)(net), values, atol=1e-12)
        assert net_mean(values) == pytest.approx(values[known].mean())
        unit = unit_mean(net, getattr(measures, name)(net))
        for g in range(net.k):
            assert unit[g] == pytest.approx(values[known & (net.group == g)].mean())


def test_nobody_is_nan():
    nobody = net_of(np.zeros((2, 2)), [0, 1], np.zeros((2, 2), bool))
    for name in ("blau", "iqv", "departments_named"):
        values = getattr(measures, name)(nobody)
        assert np.isnan(values).all()
        assert np.isnan(unit_mean(nobody, values)).all()
        assert np.isnan(net_mean(values))
