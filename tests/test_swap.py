from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from panels import random_panel

from netlearn.analysis.joint import joint
from netlearn.inference import dyadic
from netlearn.inference.swap import swap_kernel, swap_statistics, wave_swap
from netlearn.measures.catalogue import COMPARABLE, find


def slow_statistic(view, estimator, swapped):
    """Swap the arcs of the chosen pairs one by one and studentise afresh."""
    pairs = view.pairs()
    n = view.cells.n
    chosen = dict(zip((pairs.low * n + pairs.high).tolist(), swapped, strict=True))
    low, high = np.minimum(view.sender, view.receiver), np.maximum(view.sender, view.receiver)
    flip = np.array([chosen[key] for key in (low * n + high).tolist()])
    other = replace(
        view, first=np.where(flip, view.second, view.first), second=np.where(flip, view.first, view.second)
    )
    influence = other.influence(estimator)
    variance = dyadic.floored_variance(dyadic.person_sums(influence), dyadic.dyad_square_sum(influence))
    return float(estimator.change(*other.class_sums()) / np.sqrt(variance))


@pytest.mark.parametrize("measure", COMPARABLE)
@pytest.mark.parametrize(
    ("directed", "grouping"), [(True, "baseline"), (True, "current"), (False, "current")]
)
def test_swapping_in_bulk_equals_swapping_one_by_one(measure, directed, grouping):
    view = joint(random_panel(11, directed=directed).with_grouping(grouping), "before", "after")
    estimator = view.estimator(find(measure))
    kernel = swap_kernel(view.pairs())
    plan = np.random.default_rng(0).integers(0, 2, (4, len(view.pairs().low))).astype(bool)
    expected = [slow_statistic(view, estimator, row) for row in plan]
    assert np.allclose(swap_statistics(kernel, estimator, plan[:, kernel.changed]), expected)


def test_swapping_every_pair_flips_the_sign():
    view = joint(random_panel(3, movers=False), "before", "after")
    kernel, estimator = swap_kernel(view.pairs()), view.estimator(find("ei_index"))
    m = len(kernel.changed)
    none, every = swap_statistics(kernel, estimator, np.repeat([[False], [True]], m, axis=1))
    assert none == pytest.approx(-every)


def test_few_changed_pairs_are_counted_one_by_one():
    panel = random_panel(5, n=8, k=2, density=0.12, missing=False, movers=False)
    view = joint(panel, "before", "after")
    pairs, estimator = view.pairs(), view.estimator(find("cross_density"))
    changed = np.flatnonzero(pairs.first != pairs.second)
    assert 3 <= len(changed) <= 12
    result = wave_swap(pairs, estimator, 9999, 1)
    values = []
    for bits in product((False, True), repeat=len(changed)):
        plan = np.zeros(len(pairs.low), bool)
        plan[changed] = bits
        values.append(slow_statistic(view, estimator, plan))
    extreme = sum(abs(v) >= abs(result.statistic) - 1e-9 for v in values)
    assert result.exact
    assert result.p_value == extreme / len(values)
    drawn = wave_swap(pairs, estimator, min(2 ** len(changed) - 1, 200), 1)
    assert not drawn.exact
    assert drawn.low <= result.p_value <= drawn.high


def test_the_seed_fixes_the_draws():
    view = joint(random_panel(8), "before", "after")
    pairs, estimator = view.pairs(), view.estimator(find("cross_density"))
    one, two, three = (wave_swap(pairs, estimator, 199, seed) for seed in (1, 1, 2))
    assert one.p_value == two.p_value
    assert one.p_value != three.p_value
    assert one.smallest_p == 1 / 200
