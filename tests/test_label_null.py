import numpy as np
import pytest
from cases import random_net
from nets import reference_nets

from netlearn.inference.label_null import label_null, labels_permuted, relabelled
from netlearn.measures.catalogue import COMPARABLE, find
from netlearn.measures.chance import ei_label_mean, ei_label_sd
from netlearn.measures.net import net_of
from netlearn.measures.segregation import ei_index


def brute_sums(labels, y, mask, directed):
    """Ties and observed cells within and across, cell by cell."""
    sums = np.zeros((2, 2))
    for i in range(len(y)):
        for j in range(len(y)):
            if mask[i, j]:
                sums[:, int(labels[i] != labels[j])] += (y[i, j], 1)
    return sums if directed else sums / 2


def way_seen(mask):
    """How each person was observed, read from rows and columns."""
    return [(bool(mask[i].any()), bool(mask[:, i].any())) for i in range(len(mask))]


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_sums_of_given_departments_are_those_counted_cell_by_cell(directed, seed):
    net, y, mask = random_net(seed, directed=directed)
    null = label_null(net)
    deals = null.rearrangements.draw(np.random.default_rng(seed), 5)
    ties, cells = null.sums_of(deals)
    for row, labels in enumerate(deals):
        expected = brute_sums(labels, y, mask, directed)
        assert np.array_equal(ties[row], expected[0])
        assert np.array_equal(cells[row], expected[1])


def test_departments_change_hands_among_people_observed_in_the_same_way():
    net, _, mask = random_net(4)
    seen = way_seen(mask)
    rng = np.random.default_rng(1)
    null = label_null(net)
    moved = np.zeros(net.n, bool)
    for dealt in null.rearrangements.draw(rng, 200):
        moved |= dealt != net.group
        for kind in set(seen):
            here = [i for i in range(net.n) if seen[i] == kind]
            assert sorted(dealt[here]) == sorted(net.group[here])
    out = [i for i in range(net.n) if seen[i] == (False, False)]
    assert out
    assert not moved[out].any()
    assert moved.sum() >= 10


def test_without_holes_every_deal_keeps_the_observed_cells():
    n = 9
    mask = ~np.eye(n, dtype=bool)
    mask[[0, 4]] = False
    mask[:, 7] = False
    y = (np.random.default_rng(0).random((n, n)) < 0.4) & mask
    null = label_null(net_of(y, np.arange(n) % 3, mask))
    _, cells = null.draw_sums(np.random.default_rng(2), 50)
    assert len(np.unique(cells, axis=0)) == 1


@pytest.mark.parametrize("measure", COMPARABLE)
def test_all_deals_of_a_small_network_are_computed(measure):
    n = 6
    rng = np.random.default_rng(3)
    mask = ~np.eye(n, dtype=bool)
    mask[1] = False
    mask[2, 3] = False
    y = ((rng.random((n, n)) < 0.5) & mask).astype(float)
    net = net_of(y, [0, 0, 1, 1, 2, 0], mask)
    row = find(measure)
    values, exact = labels_permuted(net, row.value, 9999, 1)
    # The five who answered hold departments 0, 1, 1, 2, 0: 5! / (2! 2! 1!) deals.
    assert exact
    assert len(values) == 30
    deals = label_null(net).rearrangements.every()
    assert len({tuple(d) for d in deals.tolist()}) == 30
    expected = [float(row.value(*brute_sums(labels, y, mask, True))) for labels in deals]
    assert np.allclose(values, expected, equal_nan=True)
    drawn, counted = labels_permuted(net, row.value, 29, 1)
    assert not counted
    assert set(np.round(drawn[np.isfinite(drawn)], 9)) <= set(np.round(values[np.isfinite(values)], 9))


def test_all_deals_have_the_mean_and_spread_of_the_closed_form():
    rng = np.random.default_rng(6)
    y = (rng.random((8, 8)) < 0.3).astype(float)
    net = net_of(y, [0, 0, 0, 1, 1, 1, 2, 2])
    values, exact = labels_permuted(net, ei_index, 9999, 1)
    assert exact
    assert len(values) == 560  # 8! / (3! 3! 2!)
    assert values.mean() == pytest.approx(ei_label_mean([3, 3, 2]), abs=1e-12)
    assert values.std() == pytest.approx(ei_label_sd(net), abs=1e-12)


@pytest.mark.parametrize("directed", [True, False])
def test_random_deals_have_the_mean_and_spread_of_the_closed_form(directed):
    net, _, _ = random_net(8, n=40, k=5, directed=directed, missing=False, density=0.1)
    draws = 4000
    values, exact = labels_permuted(net, ei_index, draws, 7)
    assert not exact
    spread = ei_label_sd(net)
    assert abs(values.mean() - ei_label_mean(np.bincount(net.group))) < 4 * spread / np.sqrt(draws)
    assert abs(values.std() / spread - 1) < 4 / np.sqrt(2 * draws)


def test_random_deals_of_a_network_with_silence_agree_with_all_of_them():
    n = 8
    rng = np.random.default_rng(12)
    mask = ~np.eye(n, dtype=bool)
    mask[[0, 5]] = False
    mask[3, 6] = mask[1, 2] = False
    net = net_of((rng.random((n, n)) < 0.4) & mask, [0, 0, 0, 1, 1, 1, 2, 2], mask)
    every, exact = labels_permuted(net, ei_index, 9999, 1)
    drawn, counted = labels_permuted(net, ei_index, len(every) - 1, 1)
    many = np.concatenate([labels_permuted(net, ei_index, len(every) - 1, seed)[0] for seed in range(30)])
    assert exact
    assert not counted
    assert abs(many.mean() - every.mean()) < 4 * every.std() / np.sqrt(len(many))
    assert abs(many.std() / every.std() - 1) < 0.06
    assert len(drawn) == len(every) - 1


def test_mean_spread_and_tails_agree_with_departments_sampled_in_r(shared):
    checked, draws = 0, 3000
    for name, net, values in reference_nets(shared):
        found = values.get("ei.permutation")
        if found is None or not net.ties.nnz:
            continue
        ours, _ = labels_permuted(net, ei_index, draws, 1)
        r = {key: float(value) for key, value in found.items()}
        worse = np.sqrt(1 / draws + 1 / 1000)  # the files hold 1,000 draws or more
        assert abs(ours.mean() - r["mean"]) <= 4 * worse * ours.std() + 1e-12, name
        assert abs(ours.std() - r["sd"]) <= 4 * worse * ours.std() / np.sqrt(2) + 1e-12, name
        for share, key in (
            ((ours <= r["observed"] + 1e-9).mean(), "p_leq"),
            ((ours >= r["observed"] - 1e-9).mean(), "p_geq"),
        ):
            noise = np.sqrt(max(share * (1 - share), 1 / draws)) * worse
            assert abs(share - r[key]) <= 4 * noise, name
        checked += 1
    assert checked >= 20


def test_measures_of_whole_networks_see_the_new_departments():
    net, y, mask = random_net(2)
    labels = net.group[::-1].copy()
    other = relabelled(net, labels)
    assert np.array_equal(other.cell_table, net_of(y, labels, mask).cell_table)
    assert np.array_equal(other.unit, labels)


def test_the_seed_fixes_the_draws_and_workers_change_nothing():
    net, _, _ = random_net(9, n=20)
    one, two, three = (labels_permuted(net, ei_index, 250, seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, three)
    assert np.array_equal(one, labels_permuted(net, ei_index, 250, 1, workers=2)[0])


def test_empty_networks_are_undefined_not_zero():
    net = net_of(np.zeros((5, 5)), [0, 0, 1, 1, 1])
    values, _ = labels_permuted(net, ei_index, 999, 1)
    assert np.isnan(values).all()
