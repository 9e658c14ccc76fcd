import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.errors import NetlearnError
from netlearn.measures import mixing
from netlearn.measures.catalogue import CATALOGUE, COMPARABLE, find

counts = st.integers(0, 50)


@st.composite
def sums(draw):
    cells = np.array([draw(st.integers(1, 50)), draw(st.integers(1, 50))], float)
    ties = np.array([draw(st.integers(0, int(c))) for c in cells], float)
    return ties, cells


@given(sums())
def test_values_lie_in_their_range(pair):
    for name in COMPARABLE:
        row = find(name)
        value = float(row.value(*pair))
        if np.isnan(value):
            assert pair[0].sum() == 0
            continue
        assert row.low is None or row.low <= value <= row.high


@given(sums())
def test_gradients_are_slopes(pair):
    ties, cells = pair
    for name in COMPARABLE:
        row = find(name)
        if np.isnan(row.value(ties, cells)):
            continue
        d_ties, d_cells = row.gradient(ties, cells)
        # The log odds add 1 to the cells but scale by the plain count: exact up to cells / (cells + 1).
        factor = cells / (cells + 1) if name == "cross_log_odds" else 1.0
        for axis in (0, 1):
            step = np.zeros(2)
            step[axis] = 1e-5
            slope_t = (row.value(ties + step, cells) - row.value(ties - step, cells)) / 2e-5
            slope_c = (row.value(ties, cells + step) - row.value(ties, cells - step)) / 2e-5
            assert slope_t == pytest.approx((d_ties * factor)[axis], rel=1e-4, abs=1e-7)
            assert slope_c == pytest.approx((d_cells * factor)[axis], rel=1e-4, abs=1e-7)


def test_undefined_is_nan_not_zero():
    for name in COMPARABLE:
        assert np.isnan(find(name).value([0, 0], [0, 0])), name
    for name in ("cross_share", "ei_index"):
        assert np.isnan(find(name).value([0, 0], [5, 5]))
    assert find("cross_density").value([0, 0], [5, 5]) == 0
    assert np.isnan(find("cross_density").value([3, 0], [5, 0]))


def test_many_units_at_once():
    ties, cells = np.array([[3, 2], [0, 1]]), np.array([[6, 14], [2, 4]])
    assert find("density").value(ties, cells).tolist() == [0.25, 1 / 6]


def test_department_tables_add_up():
    table = np.array([[5, 1, 0], [2, 3, 1], [0, 0, 2]])
    assert mixing.within_cross(table).tolist() == [10, 4]
    assert mixing.within_cross_rows(table).sum(axis=0).tolist() == [10, 4]


def test_contact_counts_only_pairs_that_could_be_seen():
    ties = np.array([[1, 1], [0, 1]])
    assert mixing.departments_in_contact(ties, np.array([[2, 2], [0, 2]])) == 1.0
    assert np.isnan(mixing.departments_in_contact(np.array([[1]]), np.array([[2]])))


def test_an_unknown_measure_is_named_with_those_there_are():
    with pytest.raises(NetlearnError, match="cross_density"):
        find("crossness")
    assert set(COMPARABLE) <= set(CATALOGUE)
