import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.inference.multiplicity import holm

shares = st.lists(st.floats(1e-6, 1), min_size=1, max_size=8)


def test_by_hand():
    # Sorted 0.01 x 4, 0.02 x 3, 0.03 x 2, 0.5 x 1; none smaller than the one before.
    assert holm([0.5, 0.01, 0.03, 0.02]) == pytest.approx([0.5, 0.04, 0.06, 0.06])
    assert holm([]) == []
    assert holm([0.2]) == [0.2]


def test_one_that_has_no_p_counts_in_the_family():
    assert holm([0.01, np.nan]) == pytest.approx([0.02, np.nan], nan_ok=True)


@given(shares)
def test_holm_rejects_as_its_steps_say(p):
    """Go up from the smallest p: reject while p (m - k) <= alpha, stop at the first that is not."""
    adjusted = holm(p)
    for alpha in (0.01, 0.05, 0.2, 0.7):
        rejected = set()
        for step, place in enumerate(sorted(range(len(p)), key=lambda k: p[k])):
            if p[place] * (len(p) - step) > alpha:
                break
            rejected.add(place)
        assert {k for k, value in enumerate(adjusted) if value <= alpha} == rejected


@given(shares)
def test_never_smaller_than_the_p_itself_nor_larger_than_bonferroni(p):
    for one, more in zip(p, holm(p), strict=True):
        assert one <= more <= min(1, one * len(p)) + 1e-12
