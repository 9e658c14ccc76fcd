import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from netlearn.inference.permute import block_seeds, p_interval, p_value, result

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


def test_blocks_have_the_same_seeds_however_many_follow():
    def numbers(count):
        return [np.random.default_rng(seed).integers(0, 2**60, size) for seed, size in block_seeds(count, 5)]

    one, longer = numbers(250), numbers(350)
    assert len(np.unique(np.concatenate(one))) == 250
    assert all(np.array_equal(a, b) for a, b in zip(one[:2], longer, strict=False))
    parent = np.random.SeedSequence(5)
    first, again = (block_seeds(250, parent)[1][0].generate_state(4) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.array_equal(first, np.random.SeedSequence(5).spawn(2)[1].generate_state(4))


def test_one_tie_of_many_people_is_no_rounding():
    tie = 1e-10  # change in density by one tie of 100,000 people
    values = np.array([5.0, -3.0, 1.0, 0.0]) * tie
    assert p_value(3 * tie, values) == 3 / 5
    assert p_value(1.5 * tie, values) == 3 / 5
    assert p_value(5.5 * tie, values) == 1 / 5
    assert p_value(0.0, np.array([0.0, 1e-18, tie])) == 1.0
    assert p_value(1e-17, np.zeros(9)) == 1.0
    assert p_value(1e-8, np.array([0.0, 1e3])) == 1.0  # rounding of numbers of that size


@given(draws, st.sampled_from(["two-sided", "greater", "less"]))
def test_the_smallest_exact_p_is_the_smallest_of_all_that_could_be_observed(values, side):
    found = [result(v, values, True, "sign_flip", side) for v in values]
    assert {each.smallest_p for each in found} == {min(each.p_value for each in found)}


def test_the_design_tells_the_smallest_p_of_draws_only():
    values = np.array([2.0, 1.0, 0.0, 0.0])
    assert result(1.0, values, True, "sign_flip", smallest_p=0.5).smallest_p == 1 / 4
    assert result(1.0, values, False, "sign_flip", smallest_p=0.5).smallest_p == 0.5
    assert result(1.0, values, False, "sign_flip").smallest_p == 1 / 5
    undefined = np.array([np.nan, 2.0, 1.0, 0.0])  # counts as extreme
    assert result(1.0, undefined, True, "sign_flip").smallest_p == 1 / 2
    infinite = np.array([-np.inf, np.inf, 1.0, 0.0])
    assert result(1.0, infinite, True, "sign_flip").smallest_p == 1 / 2


def test_markup_in_a_result_is_escaped(monkeypatch):
    found = result(1.0, np.ones(9), False, "sign_flip")
    monkeypatch.setattr(type(found), "sentence", lambda self, language="en": "p < 0.05 & so on")
    assert found._repr_html_().startswith("<p>p &lt; 0.05 &amp; so on</p>")
