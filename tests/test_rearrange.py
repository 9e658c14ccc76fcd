from itertools import permutations, product
from math import comb, factorial, inf

import numpy as np
import pytest
from scipy import stats

from netlearn.inference.rearrange import Labels, Relabel, Swaps

LAYERS = np.array([0, 1, 0, 1, 1])


def rows(array):
    return sorted(map(tuple, array.tolist()))


def test_every_relabelling_keeps_people_in_their_stratum():
    expected = [p for p in permutations(range(5)) if all(LAYERS[i] == LAYERS[p[i]] for i in range(5))]
    made = Relabel(LAYERS)
    assert rows(made.every()) == sorted(expected)
    assert made.count == factorial(2) * factorial(3)
    assert made.every()[0].tolist() == list(range(5))


def test_every_distinct_labelling_once():
    labels = np.array([2, 0, 2, 1, 0])
    expected = {
        p
        for p in permutations(labels.tolist())
        if all(sorted(np.array(p)[s == LAYERS]) == sorted(labels[s == LAYERS]) for s in (0, 1))
    }
    made = Labels(labels, LAYERS)
    assert rows(made.every()) == sorted(expected)
    assert made.count == len(expected) == 1 * 3  # two alike in one stratum, 0 1 0 in the other
    assert Labels(np.array([1] * 4 + [0] * 4), np.zeros(8, int)).count == comb(8, 4)


def test_every_swap_once():
    made = Swaps(3)
    assert rows(made.every()) == sorted(product((0, 1), repeat=3))
    assert made.count == 8


def test_what_nobody_can_count_is_infinite():
    assert Relabel(np.zeros(100_000, int)).count == inf
    assert Labels(np.arange(100), np.zeros(100, int)).count == inf
    assert Swaps(400).count == inf


@pytest.mark.parametrize(
    "made",
    [Relabel(LAYERS), Labels(np.array([2, 0, 2, 1, 0]), LAYERS), Swaps(3)],
    ids=lambda m: type(m).__name__,
)
def test_draws_are_even(made):
    drawn = made.draw(np.random.default_rng(3), 6000)
    seen, counts = np.unique(drawn, axis=0, return_counts=True)
    assert rows(seen) == rows(made.every())
    assert stats.chisquare(counts).pvalue > 1e-4


def test_one_unit_alone_can_only_stay():
    alone = np.arange(4)
    assert Relabel(alone).count == 1
    assert Relabel(alone).draw(np.random.default_rng(0), 3).tolist() == [[0, 1, 2, 3]] * 3
    assert Swaps(0).every().shape == (1, 0)
