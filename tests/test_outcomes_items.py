"""Items one by one by hand and by loops; warnings at the ends of a scale."""

from __future__ import annotations

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.outcomes.items import ceiling, item_analysis

NAN = float("nan")


def alpha_of(items):
    m = items.shape[1]
    return m / (m - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))


def test_by_loops_over_items():
    rng = np.random.default_rng(1)
    items = np.clip(np.round(rng.normal(size=(50, 1)) + rng.normal(size=(50, 5)) + 3), 1, 5)
    items[rng.random(items.shape) < 0.1] = NAN
    items[:4] = NAN
    found = item_analysis(items, range=(1, 5))
    items = items[4:]
    whole = items[~np.isnan(items).any(axis=1)]
    assert (found.n_people, found.n_complete) == (46, len(whole))
    for at, row in found.table.iterrows():
        told = items[~np.isnan(items[:, at]), at]
        rest = whole[:, [k for k in range(5) if k != at]]
        assert row["n"] == len(told)
        assert row["missing"] == pytest.approx(np.isnan(items[:, at]).mean())
        assert row["mean"] == pytest.approx(told.mean())
        assert row["sd"] == pytest.approx(told.std(ddof=1))
        assert row["lowest"] == pytest.approx((told == 1).mean())
        assert row["highest"] == pytest.approx((told == 5).mean())
        assert row["item_rest"] == pytest.approx(np.corrcoef(whole[:, at], rest.sum(axis=1))[0, 1])
        assert row["alpha_dropped"] == pytest.approx(alpha_of(rest))


def test_what_is_undefined_is_nan():
    two = item_analysis([[1, 2], [2, 2], [3, 2]]).table
    assert two["alpha_dropped"].isna().all()  # one item left
    assert two["item_rest"].isna().all()  # the second does not vary
    assert two[["lowest", "highest"]].isna().all(axis=None)
    empty = item_analysis(np.full((4, 3), NAN), range=(1, 5))
    assert empty.n_people == 0
    assert empty.table.drop(columns="n").isna().all(axis=None)


def test_fifteen_per_cent_is_not_more_than_fifteen_per_cent():
    scores_at_top = np.repeat([[7.0, 7.0], [4.0, 5.0]], [3, 17], axis=0)
    found = ceiling(scores_at_top, range=(1, 7))
    assert (found.n_people, found.n_lowest, found.n_highest, found.highest) == (20, 0, 3, 0.15)
    assert found.warnings == ()
    more = ceiling(np.vstack([scores_at_top, [[7.0, 7.0]]]), range=(1, 7))
    assert more.warnings == ("ceiling",)
    assert ceiling(8 - scores_at_top[:19], range=(1, 7)).warnings == ("floor",)


def test_most_answers_at_the_top_leave_little_room_though_few_scores_are():
    found = ceiling(np.tile([[5.0, 5.0, 4.0]], (10, 1)), range=(1, 5))
    assert found.top_answers == pytest.approx(2 / 3)
    assert found.warnings == ("little_room",)


def test_who_has_no_score_does_not_count():
    found = ceiling([[5, NAN, NAN], [5, 5, NAN], [1, 1, 1]], range=(1, 5))
    assert (found.n_people, found.n_highest, found.n_lowest) == (2, 1, 1)
    assert found.top_answers == pytest.approx(2 / 5)
    nobody = ceiling(np.full((2, 3), NAN), range=(1, 5))
    assert nobody.warnings == ()
    assert np.isnan([nobody.lowest, nobody.highest, nobody.top_answers]).all()


def test_a_range_has_two_ends():
    with pytest.raises(NetlearnError, match="range"):
        ceiling([[1, 2]], range=(5, 1))
