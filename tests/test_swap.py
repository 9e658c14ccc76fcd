"""The wave swap, by sender and by pair: against swapping arcs one by one, and all swaps counted."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from panels import random_panel

from netlearn.analysis.joint import joint
from netlearn.errors import NetlearnError
from netlearn.inference import dyadic
from netlearn.inference.swap import swap, wave_swap
from netlearn.measures.catalogue import COMPARABLE, find

WAYS = [("sender", True), ("pair", True), ("pair", False)]  # by what, directed


def view_of(seed, directed=True, grouping="baseline", **options):
    panel = random_panel(seed, directed=directed, **options).with_grouping(grouping)
    return joint(panel, "before", "after")


def things(view, by):
    """What each arc moves with, and the things whose swap changes something, in order."""
    low, high = np.minimum(view.sender, view.receiver), np.maximum(view.sender, view.receiver)
    own = view.sender if by == "sender" else low * view.cells.n + high
    moved = view.first != view.second
    if by == "sender":
        return own, sorted(set(own[moved].tolist()))
    differ = {k: view.first[own == k].sum() != view.second[own == k].sum() for k in own.tolist()}
    return own, sorted(k for k, different in differ.items() if different)


def slow_statistic(view, estimator, by, swapped, studentised=True):
    """Swap the arcs of the chosen things one by one and compute the change afresh."""
    own, changed = things(view, by)
    chosen = {thing for thing, bit in zip(changed, swapped, strict=True) if bit}
    first, second = view.first.copy(), view.second.copy()
    for arc, thing in enumerate(own.tolist()):
        if thing in chosen:
            first[arc], second[arc] = view.second[arc], view.first[arc]
    other = replace(view, first=first, second=second)
    change = float(estimator.change(*other.class_sums()))
    if not studentised:
        return change
    influence = other.influence(estimator)
    sums, dyads = dyadic.person_sums(influence), dyadic.dyad_square_sum(influence)
    return change / float(np.sqrt(dyadic.floored_variance(sums, dyads)))


@pytest.mark.parametrize("measure", COMPARABLE)
@pytest.mark.parametrize(("by", "directed"), WAYS)
@pytest.mark.parametrize("grouping", ["baseline", "current"])
@pytest.mark.parametrize("studentised", [True, False])
def test_swapping_in_bulk_equals_swapping_one_by_one(measure, by, directed, grouping, studentised):
    view = view_of(11, directed, grouping)
    estimator = view.estimator(find(measure))
    statistic = swap(view.pairs(), estimator, by, studentised=studentised)
    plan = np.random.default_rng(0).integers(0, 2, (4, len(things(view, by)[1])))
    expected = [slow_statistic(view, estimator, by, row, studentised) for row in plan]
    assert np.allclose(statistic(plan), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("by", "directed"), WAYS)
def test_weighted_ties_are_swapped_with_their_level(by, directed):
    view = view_of(11, directed)
    keys = np.minimum(view.sender, view.receiver) * view.cells.n + np.maximum(view.sender, view.receiver)
    levels = np.random.default_rng(1).integers(1, 5, (2, view.cells.n**2))[:, keys]
    view = replace(view, first=view.first * levels[0], second=view.second * levels[1])
    estimator = view.estimator(find("cross_density"))
    plan = np.random.default_rng(0).integers(0, 2, (4, len(things(view, by)[1])))
    expected = [slow_statistic(view, estimator, by, row) for row in plan]
    assert np.allclose(swap(view.pairs(), estimator, by)(plan), expected, rtol=1e-12)


@pytest.mark.parametrize(("by", "directed"), WAYS)
@pytest.mark.parametrize("studentised", [True, False])
def test_swapping_everything_flips_the_sign(by, directed, studentised):
    view = view_of(3, directed, movers=False)
    statistic = swap(view.pairs(), view.estimator(find("ei_index")), by, studentised=studentised)
    none, every = statistic(np.repeat([[0], [1]], len(statistic.gains), axis=1))
    assert none == pytest.approx(-every)


def small(by, directed, grouping):
    density = 0.3 if by == "sender" else 0.12
    return view_of(5, directed, grouping, n=8, k=2, density=density, missing=False, movers=True)


@pytest.mark.parametrize(("by", "directed"), WAYS)
@pytest.mark.parametrize("grouping", ["baseline", "current"])
@pytest.mark.parametrize("alternative", ["two-sided", "less"])
@pytest.mark.parametrize("studentised", [True, False])
def test_all_swaps_of_few_changes(by, directed, grouping, alternative, studentised):
    """Where people moved, swapping everything mirrors nothing: the smallest p is counted, not 2 of all."""
    view = small(by, directed, grouping)
    estimator, m = view.estimator(find("cross_density")), len(things(view, by)[1])
    assert 4 <= m <= 12
    how = {"by": by, "studentised": studentised}
    found = wave_swap(view.pairs(), estimator, 9999, 1, alternative, keep=True, **how)
    plans = product((0, 1), repeat=m)
    values = np.array([slow_statistic(view, estimator, by, bits, studentised) for bits in plans])
    assert (found.exact, found.draws) == (True, 2**m)
    assert np.allclose(np.sort(found.values), np.sort(values))
    sizes = np.abs(values) if alternative == "two-sided" else -values
    assert found.p_value == (sizes >= sizes[0] - 1e-9).mean()
    assert found.smallest_p == (sizes >= sizes.max() - 1e-9).mean() <= found.p_value
    drawn = wave_swap(view.pairs(), estimator, 2**m - 1, 1, alternative, **how)
    assert not drawn.exact
    # 24 cases: a 95 % interval would miss in one of them, 4 standard errors do not.
    assert abs(drawn.p_value - found.p_value) < 4 * np.sqrt(found.p_value / 2**m) + 1 / 2**m
    mirrored = alternative == "two-sided" and grouping == "baseline"
    assert drawn.smallest_p == (2 if mirrored else 1) / 2**m


def test_current_departments_of_people_who_stay_mirror_too():
    view = view_of(5, True, "current", n=8, k=2, missing=False, movers=False)
    estimator, m = view.estimator(find("cross_density")), len(things(view, "sender")[1])
    assert wave_swap(view.pairs(), estimator, 2**m - 1, 1, by="sender").smallest_p == 2 / 2**m


def test_undirected_relations_have_no_senders():
    view = view_of(4, directed=False)
    with pytest.raises(NetlearnError, match="directed relation"):
        wave_swap(view.pairs(), view.estimator(find("ei_index")), 99, 1, by="sender")


@pytest.mark.parametrize("by", ["sender", "pair"])
def test_the_seed_fixes_the_draws_and_workers_change_nothing(by):
    view = view_of(8, n=24)
    pairs, estimator = view.pairs(), view.estimator(find("cross_density"))
    one, two, three = (wave_swap(pairs, estimator, 299, seed, by=by, keep=True) for seed in (1, 1, 2))
    assert np.array_equal(one.values, two.values)
    assert not np.array_equal(one.values, three.values)
    assert one.smallest_p == 1 / 300
    spread = wave_swap(pairs, estimator, 299, 1, by=by, keep=True, workers=2)
    assert np.array_equal(one.values, spread.values)
