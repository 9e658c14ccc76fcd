import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netlearn import Cells, NetlearnError


@st.composite
def masks(draw):
    n = draw(st.integers(1, 7))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    mask = rng.random((n, n)) < draw(st.sampled_from([0.2, 0.7, 1.0]))
    mask[rng.random(n) < 0.3] = False
    np.fill_diagonal(mask, False)
    return mask, rng.integers(0, 3, n)


@settings(max_examples=150, deadline=None)
@given(masks(), masks())
def test_every_count_equals_the_dense_count(one, two):
    mask, group = one
    n, k = len(mask), 3
    cells = Cells.from_dense(mask)
    assert np.array_equal(cells.dense(), mask)
    assert cells.total == mask.sum()
    member = np.eye(k)[group]
    assert np.array_equal(cells.counts(group, k), member.T @ mask @ member)
    assert np.array_equal(cells.two_way_counts(group, k), member.T @ (mask & mask.T) @ member)
    assert np.array_equal(cells.row_counts(), mask.sum(1))
    assert np.array_equal(cells.column_counts(), mask.sum(0))
    assert np.array_equal(cells.mutual_counts(), (mask & mask.T).sum(1))
    assert np.array_equal(cells.people(), mask.any(0) | mask.any(1))
    i, j = (a.ravel() for a in np.indices((n, n)))
    assert np.array_equal(cells.contains(i, j), mask.ravel())
    if len(two[0]) == n:
        assert np.array_equal((cells & Cells.from_dense(two[0])).dense(), mask & two[0])


def test_the_diagonal_never_counts():
    assert Cells.from_dense(np.ones((3, 3), bool)).total == 6
    assert Cells.full(3).total == 6


def test_arrays_cannot_be_written_to():
    cells = Cells.full(3)
    with pytest.raises(ValueError, match="read-only"):
        cells.senders[0] = False


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Cells(np.ones(2, bool), np.ones(3, bool), np.empty(0, int)), "one length"),
        (lambda: Cells(np.ones(2, bool), np.ones(2, bool), np.array([4])), "below 4"),
        (lambda: Cells.from_dense(np.ones((2, 3), bool)), "square"),
        (lambda: Cells.full(2) & Cells.full(3), "cannot join"),
    ],
)
def test_wrong_shapes_are_named(make, words):
    with pytest.raises(NetlearnError, match=words):
        make()
