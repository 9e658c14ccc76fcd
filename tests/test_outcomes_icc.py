"""ICC(1): by hand, by published numbers, by pingouin where groups are of one size, and its interval by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy import stats

from netlearn import NetlearnError
from netlearn.outcomes.icc import intraclass

NAN = float("nan")
# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges.
JUDGED = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def test_published_numbers():
    found = intraclass(JUDGED.ravel(), np.repeat(np.arange(6), 4))
    assert found.icc == pytest.approx(0.17, abs=0.005)
    # the interval that psych::ICC prints for this table
    assert found.low == pytest.approx(-0.13, abs=0.005)
    assert found.high == pytest.approx(0.72, abs=0.005)
    assert (found.n_people, found.n_departments, found.n0, found.size) == (24, 6, 4, 4)
    assert found.design_effect == pytest.approx(1 + 3 * found.icc)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin 0.7 against a younger pandas
def test_groups_of_one_size_as_pingouin_does():
    rng = np.random.default_rng(1)
    table = rng.normal(size=(7, 1)) + rng.normal(size=(7, 5))
    frame = pd.DataFrame(
        {"score": table.ravel(), "target": np.repeat(np.arange(7), 5), "rater": [*range(5)] * 7}
    )
    theirs = pingouin.intraclass_corr(frame, targets="target", raters="rater", ratings="score").set_index(
        "Type"
    )
    found = intraclass(frame["score"], frame["target"])
    assert found.icc == pytest.approx(theirs.loc["ICC(1,1)", "ICC"], abs=1e-9)
    np.testing.assert_allclose([found.low, found.high], theirs.loc["ICC(1,1)", "CI95"], atol=0.006)


def test_unequal_groups_by_hand():
    # means 2, 5, 7 of 3, 2, 1 people; squares within them 2 + 2 + 0 on 2 + 1 + 0 df
    found = intraclass([1, 2, 3, 4, 6, 7], ["A", "A", "A", "B", "B", "C"])
    grand = 23 / 6
    between = (3 * (2 - grand) ** 2 + 2 * (5 - grand) ** 2 + (7 - grand) ** 2) / 2
    within = 4 / 3
    n0 = (6 - 14 / 6) / 2
    assert found.n0 == pytest.approx(n0)
    assert found.size == pytest.approx(14 / 6)
    assert found.icc == pytest.approx((between - within) / (between + (n0 - 1) * within))
    assert found.design_effect == pytest.approx(1 + (14 / 6 - 1) * found.icc)


def test_below_zero_is_told_as_it_is():
    # equal means, so between is 0: -within / ((n0 - 1) within) = -1 / (n0 - 1)
    found = intraclass([1, 2, 3, 1, 2, 3], [*"AAABBB"])
    assert found.icc == pytest.approx(-1 / 2)
    assert found.low == pytest.approx(-1 / 2)
    assert found.design_effect == pytest.approx(0)


def test_people_without_a_score_are_left_out():
    whole = intraclass([1, 2, 4, 5], [*"AABB"])
    gaps = intraclass([1, 2, NAN, 4, 5, NAN], [*"AABBBC"])
    assert (whole.icc, whole.low, whole.high, whole.n_departments) == (gaps.icc, gaps.low, gaps.high, 2)


@pytest.mark.parametrize(
    ("score", "group"),
    [([1, 2, 3], "AAA"), ([1, 2, 3], "ABC"), ([2, 2, 2, 2], "AABB"), ([NAN, NAN], "AB"), ([], "")],
)
def test_undefined(score, group):
    found = intraclass(score, [*group])
    assert np.isnan([found.icc, found.low, found.high, found.design_effect]).all()


def test_departments_that_agree_within():
    assert intraclass([1, 1, 2, 2], [*"AABB"]).icc == 1


def test_one_department_per_score():
    with pytest.raises(NetlearnError, match="per person"):
        intraclass([1, 2], ["A"])


@pytest.mark.parametrize("sizes", [[8] * 10, [2, 4, 6, 8, 10, 12, 14, 16, 4, 4]])
def test_the_interval_holds_the_truth(sizes):
    """ICC .2, 2,000 samples, so that two standard errors are 1 point; with unequal sizes it is an approximation."""
    rng, group = np.random.default_rng(len(set(sizes))), np.repeat(np.arange(10), sizes)
    held = []
    for _ in range(2000):
        score = rng.normal(size=10)[group] * np.sqrt(0.2) + rng.normal(size=80) * np.sqrt(0.8)
        found = intraclass(score, group)
        held.append(found.low <= 0.2 <= found.high)
    wide = 0.01 if len(set(sizes)) == 1 else 0.025
    assert abs(np.mean(held) - 0.95) <= wide


def test_the_level_moves_the_ends():
    found = intraclass(JUDGED.ravel(), np.repeat(np.arange(6), 4), level=0.9)
    f = (1 + 3 * found.icc) / (1 - found.icc)
    low = f / stats.f.ppf(0.95, 5, 18)
    assert found.low == pytest.approx((low - 1) / (low + 3))
