import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from netlearn.inference.permute import blocks, p_interval, p_value

draws = st.lists(st.integers(-3, 3), min_size=1, max_size=40).map(lambda v: np.array(v, float))


@given(st.integers(-3, 3), draws)
def test_greater_and_less_overlap_by_the_ties(observed, values):
    both = p_value(observed, values, "greater") + p_value(observed, values, "less")
    ties = int((values == observed).sum())
    assert both == pytest.approx(1 + (1 + ties) / (1 + len(values)))


@given(st.integers(-3, 3), draws, st.sampled_from(["two-sided", "greater", "less"]))
def test_p_is_never_zero_and_never_above_one(observed, values, side):
    assert 1 / (len(values) + 1) <= p_value(observed, values, side) <= 1


def test_all_draws_tied_is_no_evidence():
    assert p_value(1.0, np.ones(99)) == 1.0
    assert p_value(0.1 + 0.2, np.full(99, 0.3)) == 1.0  # equal but for rounding


def test_exact_counts_the_observed_once():
    assert p_value(3.0, np.array([3.0, 1.0, -3.0, 0.0]), exact=True) == 0.5


def test_undefined_statistic_has_no_p():
    assert np.isnan(p_value(np.nan, np.ones(9)))


def test_interval_of_p_is_clopper_pearson():
    low, high = p_interval((1 + 7) / 200, 199)
    expected = stats.binomtest(7, 199).proportion_ci(method="exact")
    assert (low, high) == pytest.approx((expected.low, expected.high))
    assert p_interval(1.0, 99)[1] == 1.0


def test_blocks_do_not_depend_on_who_runs_them():
    one = [rng.integers(0, 2**60, size) for rng, size in blocks(250, 5)]
    two = [rng.integers(0, 2**60, size) for rng, size in reversed(blocks(250, 5))][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    assert len(np.unique(np.concatenate(one))) == 250
    longer = blocks(350, 5)
    assert np.array_equal(longer[0][0].integers(0, 2**60, 100), one[0])
