"""Gaps by hand: closure is the rise of the present level less that of the required one, in the same people."""

import numpy as np
import pytest

from netlearn.errors import NetlearnError
from netlearn.outcomes.gap import gap, gap_closure

NAN = np.nan


def test_hand_computed_gap():
    """Gaps before 2, 1, 0, -1; later 1, 1, 1, -1: closures 1, 0, -1, 0. The fifth has no present level later."""
    required = [6, 5, 4, 4, 7], [6, 6, 5, 4, 7]
    present = [4, 4, 4, 5, 1], [5, 5, 4, 5, NAN]
    found = gap_closure(required, present)
    assert found.closure.n == found.present.n == found.required.n == 4
    assert (found.gap_before, found.gap_after) == (0.5, 0.5)
    assert found.closure.estimate == 0
    assert (found.present.estimate, found.required.estimate) == (0.5, 0.5)
    assert (found.share_before, found.share_after) == (0.5, 0.75)
    assert (found.closure.n_risen, found.closure.n_unchanged, found.closure.n_fallen) == (1, 2, 1)
    assert found.per_person[:4].tolist() == [1, 0, -1, 0]
    assert np.isnan(found.per_person[4])


@pytest.mark.parametrize("seed", range(5))
def test_closure_is_decomposed_exactly(seed):
    rng = np.random.default_rng(seed)
    levels = np.round(rng.uniform(1, 7, (4, 30)), 2)
    levels[rng.random((4, 30)) < 0.1] = NAN
    found = gap_closure((levels[0], levels[1]), (levels[2], levels[3]), alternative="greater")
    parts = found.present.estimate - found.required.estimate
    assert found.closure.estimate == pytest.approx(parts, abs=1e-8)
    assert found.closure.estimate == pytest.approx(found.gap_before - found.gap_after, abs=1e-8)
    assert found.closure.alternative == "greater"
    assert found.present.alternative == found.required.alternative == "two-sided"


def test_a_gap_that_closes_is_positive():
    found = gap_closure(([5, 5, 5], [5, 5, 5]), ([2, 3, 4], [4, 4, 5]))
    assert found.closure.estimate == pytest.approx(4 / 3)
    assert found.closure.superiority == 1.0
    assert found.required.estimate == 0


def test_nobody_is_nan():
    found = gap_closure(([NAN], [1]), ([1], [1]))
    assert found.closure.n == 0
    assert np.isnan([found.gap_before, found.share_after, found.closure.estimate]).all()


def test_what_is_refused():
    with pytest.raises(NetlearnError, match="per person"):
        gap([1, 2], [1])
    with pytest.raises(NetlearnError, match="same people"):
        gap_closure(([1, 2], [1]), ([1, 2], [1]))
