"""Scores of scales, by hand and by a loop over people."""

from __future__ import annotations

import math

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.outcomes.scores import answered_items, scores, turned

NAN = float("nan")
ITEMS = np.array([[1, 2, 5, 4], [3, NAN, 5, 4], [NAN, NAN, 5, 1], [NAN, NAN, NAN, 2], [NAN] * 4])


def test_by_hand():
    # reversed third item: 6 - 5 = 1; half of four items is two
    expected = [2, 8 / 3, 1, NAN, NAN]
    np.testing.assert_allclose(scores(ITEMS, reversed=[2], range=(1, 5)), expected)
    np.testing.assert_allclose(scores(ITEMS, how="sum", reversed=[2], range=(1, 5)), np.multiply(expected, 4))


@pytest.mark.parametrize("minimum", range(5))
@pytest.mark.parametrize("how", ["mean", "sum"])
def test_by_a_loop_over_people(how, minimum):
    rng = np.random.default_rng(minimum)
    items = rng.integers(1, 8, (40, 4)).astype(float)
    items[rng.random(items.shape) < 0.4] = NAN
    expected = []
    for person in items:
        told = [x for x in person if not math.isnan(x)]
        enough = len(told) >= (minimum or 2)
        expected.append(sum(told) / len(told) * (4 if how == "sum" else 1) if enough else NAN)
    np.testing.assert_allclose(scores(items, how=how, minimum=minimum), expected)


def test_half_is_rounded_up():
    assert np.isnan(scores([[3, NAN, NAN]]))[0]
    assert scores([[3, 3, NAN]])[0] == 3
    assert scores([[3]])[0] == 3
    assert np.isnan(scores([[NAN]]))[0]


def test_turning_twice_gives_the_answers_back_and_leaves_the_array():
    once = turned(ITEMS, [0, 2], (1, 5))
    np.testing.assert_array_equal(turned(once, [0, 2], (1, 5)), ITEMS)
    assert ITEMS[0, 2] == 5


def test_answered():
    assert answered_items(ITEMS).tolist() == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reversed": [0]}, "range"),
        ({"reversed": [4], "range": (1, 5)}, "columns"),
        ({"range": (1, 4)}, "2 answers lie outside|3 answers lie outside"),
        ({"range": (2, 5)}, "outside the range 2 to 5"),
        ({"minimum": 5}, "minimum"),
        ({"minimum": -1}, "minimum"),
        ({"how": "median"}, "'mean' or 'sum'"),
    ],
)
def test_what_cannot_be_scored_is_refused(options, message):
    with pytest.raises(NetlearnError, match=message):
        scores(ITEMS, **options)


@pytest.mark.parametrize("items", [[1, 2, 3], np.zeros((3, 0))])
def test_items_are_a_table(items):
    with pytest.raises(NetlearnError, match="table"):
        scores(items)


def test_nobody_has_no_scores():
    assert scores(np.zeros((0, 3))).shape == (0,)
