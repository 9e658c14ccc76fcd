"""Answers by level, and which levels are hidden: every hidden set checked by going through all counts that fit."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.outcomes.likert import hidden_levels, likert, mean_tells

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
    """Least and most of each hidden count over all counts with the known sums (and a mean).

    1 at least in each, and under 5 in one at least: else none would be hidden.
    """
    at = np.flatnonzero(hidden)
    total = counts[at].sum()
    fits = [
        t
        for t in product(range(1, total + 1), repeat=len(at))
        if sum(t) == total
        and min(t) < 5
        and (not mean or np.dot(t, levels[at]) == np.dot(counts[at], levels[at]))
    ]
    return dict(zip(at.tolist(), zip(np.min(fits, axis=0), np.max(fits, axis=0), strict=True), strict=True))


@pytest.mark.parametrize("levels", [np.arange(1, 5), np.array([0, 0.5, 2, 5])])
@pytest.mark.parametrize("mean", [False, True])
def test_no_small_count_can_be_worked_out(mean, levels):
    rng = np.random.default_rng(1)
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
                assert most - least >= min(5, room)
                checked += 1
    assert checked > 15


def test_no_fewer_levels_would_do():
    """Of the sets that keep the small counts open none is smaller."""
    rng, levels = np.random.default_rng(3), np.arange(1, 6)
    for _ in range(20):
        counts = rng.multinomial(25, rng.dirichlet(np.ones(5)))
        few = (counts > 0) & (counts < 5)
        hidden = hidden_levels(counts, 5, levels)
        room = spans(counts, counts > 0, levels, True) if few.any() else {}
        for size in range(int(hidden.sum())):
            for chosen in combinations(np.flatnonzero(counts), size):
                tried = np.isin(np.arange(5), chosen)
                if (tried >= few).all() and few.any():
                    found = spans(counts, tried, levels, True)
                    wide = [
                        found[k][1] - found[k][0] >= min(5, room[k][1] - room[k][0])
                        for k in np.flatnonzero(few)
                    ]
                    assert not all(wide)


def test_whole_people_leave_less_room_than_parts_of_them():
    """3, 4 and 5 people at 2, 3 and 7: parts of people would leave the first anything up to 6, people only 3."""
    counts, levels = np.array([0, 3, 4, 17, 33, 14, 5]), np.arange(1, 8)
    bare = np.array([False, True, True, False, False, False, True])
    assert spans(counts, bare, levels, True) == {1: (3, 3), 2: (4, 4), 6: (5, 5)}
    hidden = hidden_levels(counts, 5, levels)
    assert hidden.sum() > 3
    assert not hidden[0]


def test_that_somebody_is_few_is_known_too():
    """3, 15 and 12 people at 2, 4 and 7: 6, 10, 14 and 9, 5, 16 have their mean, but then nobody would be hidden."""
    counts, levels = np.array([0, 3, 6, 15, 19, 18, 12]), np.arange(1, 8)
    bare = np.array([False, True, False, True, False, False, True])
    assert spans(counts, bare, levels, True) == {1: (3, 3), 3: (15, 15), 6: (12, 12)}
    hidden = hidden_levels(counts, 5, levels)
    assert (hidden != bare).any()
    least, most = spans(counts, hidden, levels, True)[1]
    assert most - least >= 3  # 1 to 4 people are few


@pytest.mark.parametrize("counts", [[3, 9, 0], [0, 2, 14], [4, 0, 9], [1, 1, 20]])
def test_a_mean_that_tells_is_known(counts):
    """Whether with every level hidden some small count is still told by the mean more closely than by the sum."""
    counts, levels = np.array(counts), np.arange(1, 4)
    few = (counts > 0) & (counts < 5)
    width = {
        mean: {k: b - a for k, (a, b) in spans(counts, counts > 0, levels, mean).items() if few[k]}
        for mean in (False, True)
    }
    told = any(width[True][k] < min(5, width[False][k]) for k in width[True])
    assert mean_tells(counts, 5, levels) == told


def test_one_level_alone_cannot_be_hidden_from_its_sum_but_is():
    assert hidden_levels([0, 3, 0], 5).tolist() == [False, True, False]
    assert hidden_levels([0, 0], 5, [1, 2]).tolist() == [False, False]
