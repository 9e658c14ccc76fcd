from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from panels import random_panel

from netlearn.analysis.joint import joint
from netlearn.errors import NetlearnError
from netlearn.inference import dyadic
from netlearn.inference.sender_swap import SenderSwap, sender_swap, sender_table
from netlearn.inference.swap import swap_changes, swap_kernel, wave_swap
from netlearn.measures.catalogue import COMPARABLE, find


def table_of(view):
    return sender_table(view.pairs(), view.sender, view.receiver, view.first, view.second)


def slow_statistic(view, estimator, swapped, studentised=True):
    """Swap the answers of the chosen people one by one and compute the change afresh."""
    first, second = view.first.copy(), view.second.copy()
    for arc, sender in enumerate(view.sender):
        if swapped[sender]:
            first[arc], second[arc] = view.second[arc], view.first[arc]
    other = replace(view, first=first, second=second)
    change = float(estimator.change(*other.class_sums()))
    if not studentised:
        return change
    influence = other.influence(estimator)
    sums, dyads = dyadic.person_sums(influence), dyadic.dyad_square_sum(influence)
    return change / float(np.sqrt(dyadic.floored_variance(sums, dyads)))


@pytest.mark.parametrize("measure", COMPARABLE)
@pytest.mark.parametrize("grouping", ["baseline", "current"])
@pytest.mark.parametrize("studentised", [True, False])
def test_swapping_in_bulk_equals_swapping_one_by_one(measure, grouping, studentised):
    view = joint(random_panel(11).with_grouping(grouping), "before", "after")
    estimator, table = view.estimator(find(measure)), table_of(view)
    plan = np.random.default_rng(0).integers(0, 2, (4, view.cells.n))
    expected = [slow_statistic(view, estimator, row, studentised) for row in plan]
    found = SenderSwap(table, estimator, studentised)(plan[:, table.changed])
    assert np.allclose(found, expected)


def test_only_people_whose_answers_changed_are_swapped():
    view = joint(random_panel(2), "before", "after")
    by_hand = {int(i) for i, a, b in zip(view.sender, view.first, view.second, strict=True) if a != b}
    assert table_of(view).changed.tolist() == sorted(by_hand)


@pytest.mark.parametrize("studentised", [True, False])
def test_few_changed_people_are_counted_one_by_one(studentised):
    panel = random_panel(5, n=8, k=2, missing=False, movers=False)
    view = joint(panel, "before", "after")
    estimator, table = view.estimator(find("cross_density")), table_of(view)
    found = sender_swap(table, estimator, 9999, 1, studentised=studentised, keep=True)
    values = []
    for bits in product((0, 1), repeat=len(table.changed)):
        swapped = np.zeros(8)
        swapped[table.changed] = bits
        values.append(slow_statistic(view, estimator, swapped, studentised))
    assert len(table.changed) >= 5
    assert found.exact
    assert found.draws == 2 ** len(table.changed)
    assert np.allclose(np.sort(found.values), np.sort(values))
    extreme = sum(abs(v) >= abs(found.statistic) - 1e-9 for v in values)
    assert found.p_value == extreme / len(values)
    assert found.smallest_p == 2 / len(values)


def test_swapping_everybody_flips_the_sign():
    view = joint(random_panel(3, movers=False), "before", "after")
    for studentised in (True, False):
        statistic = SenderSwap(table_of(view), view.estimator(find("ei_index")), studentised)
        m = len(statistic.table.changed)
        none, every = statistic(np.repeat([[0], [1]], m, axis=1))
        assert none == pytest.approx(-every)


def test_undirected_relations_have_no_senders():
    view = joint(random_panel(4, directed=False), "before", "after")
    with pytest.raises(NetlearnError, match="directed relation"):
        sender_swap(table_of(view), view.estimator(find("ei_index")), 99, 1)


def test_the_seed_fixes_the_draws_and_workers_change_nothing():
    view = joint(random_panel(8, n=24), "before", "after")
    table, estimator = table_of(view), view.estimator(find("cross_density"))
    one, two, three = (sender_swap(table, estimator, 299, seed, keep=True).values for seed in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, three)
    assert np.array_equal(one, sender_swap(table, estimator, 299, 1, keep=True, workers=2).values)


def test_the_bare_change_can_be_swapped_by_pair_too():
    view = joint(random_panel(6), "before", "after")
    pairs, estimator = view.pairs(), view.estimator(find("ei_index"))
    kernel = swap_kernel(pairs)
    plan = np.random.default_rng(1).integers(0, 2, (5, len(kernel.changed)))
    for row, found in zip(plan, swap_changes(kernel, estimator, plan), strict=True):
        flip = np.zeros(len(pairs.low), bool)
        flip[kernel.changed] = row == 1
        keys = np.minimum(view.sender, view.receiver) * view.cells.n + np.maximum(view.sender, view.receiver)
        turned = flip[np.searchsorted(pairs.low * view.cells.n + pairs.high, keys)]
        first, second = (
            np.where(turned, a, b) for a, b in ((view.second, view.first), (view.first, view.second))
        )
        other = replace(view, first=first, second=second)
        assert found == pytest.approx(float(estimator.change(*other.class_sums())))
    result = wave_swap(pairs, estimator, 199, 1, studentised=False)
    assert result.statistic == pytest.approx(float(estimator.change(*view.class_sums())))
