"""Answers by level, and which levels are hidden: every hidden set checked by going through all counts that fit."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.outcomes.likert import hidden_levels, likert
from netlearn.study.suppression import suppress

NAN = float("nan")
ITEMS = [[1, 5], [1, NAN], [3, 5], [NAN, NAN]]


def test_counts_shares_and_missing_by_hand():
    found = likert(ITEMS, [1, 2, 3, 4, 5])
    assert found.counts.tolist() == [[2, 0, 1, 0, 0], [0, 0, 0, 0, 2]]
    assert found.missing.tolist() == [1, 2]
    assert found.n.tolist() == [3, 2]
    np.testing.assert_allclose(found.shares[0], [2 / 3, 0, 1 / 3, 0, 0])


def test_levels_as_they_occur():
    assert likert(ITEMS).levels.tolist() == [1, 3, 5]
    nobody = likert([[NAN]], [1, 2])
    assert nobody.counts.tolist() == [[0, 0]]
    assert np.isnan(nobody.shares).all()


def test_an_answer_outside_the_levels_is_refused():
    with pytest.raises(NetlearnError, match="3 is none of the levels 1, 5"):
        likert(ITEMS, [1, 5])


def spans(counts, hidden, levels, mean):
    """Least and most of each hidden count over all whole counts with the known sums (and a mean)."""
    at = np.flatnonzero(hidden)
    total = counts[at].sum()
    fits = [
        t
        for t in product(range(total + 1), repeat=len(at))
        if sum(t) == total and (not mean or np.dot(t, levels[at]) == np.dot(counts[at], levels[at]))
    ]
    return dict(zip(at.tolist(), zip(np.min(fits, axis=0), np.max(fits, axis=0), strict=True), strict=True))


@pytest.mark.parametrize("mean", [False, True])
def test_no_small_count_can_be_worked_out(mean):
    rng, levels = np.random.default_rng(1), np.arange(1, 5)
    checked = 0
    for _ in range(30):
        counts = rng.multinomial(17, rng.dirichlet(np.ones(4)))
        hidden = hidden_levels(counts, 5, levels if mean else None)
        few = (counts > 0) & (counts < 5)
        assert (hidden >= few).all()
        assert not hidden[counts == 0].any()
        if not few.any():
            assert not hidden.any()
            continue
        everything = spans(counts, counts > 0, levels, mean)
        for level, (least, most) in spans(counts, hidden, levels, mean).items():
            if few[level]:
                room = everything[level][1] - everything[level][0]
                # whole counts reach to within 1 of the corners between them
                assert most - least >= min(5, room) - 2 * mean
                checked += 1
    assert checked > 15


@pytest.mark.parametrize("mean", [False, True])
def test_no_more_is_hidden_than_the_general_way_hides(mean):
    rng = np.random.default_rng(2)
    for _ in range(12):
        m = int(rng.integers(3, 7))
        counts, levels = rng.multinomial(60, rng.dirichlet(np.ones(m))), np.arange(1.0, m + 1)
        margins = [np.ones(m), levels] if mean else ["total"]
        general = suppress(counts, counts, 5, margins=margins).hidden
        assert hidden_levels(counts, 5, levels if mean else None).sum() <= general.sum()


def test_one_level_alone_cannot_be_hidden_from_its_sum_but_is():
    assert hidden_levels([0, 3, 0], 5).tolist() == [False, True, False]
    assert hidden_levels([0, 0], 5, [1, 2]).tolist() == [False, False]
