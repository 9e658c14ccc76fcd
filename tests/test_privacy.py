import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from netlearn.study.privacy import pool_departments


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(5, 9))
def test_no_shown_unit_can_be_solved_from_the_total(counts, least):
    names = [f"d{i:02d}" for i in range(len(counts))]
    pooling = pool_departments(names, counts, least)
    shown = np.bincount(pooling.unit, counts, minlength=len(pooling.names))
    assert shown.sum() == sum(counts)
    assert len(pooling.pooled) != 1 or len(counts) == 1
    if sum(counts) >= least:
        assert (shown >= least).all()
    kept = set(names) - set(pooling.pooled)
    assert {n for n, c in zip(names, counts, strict=True) if c < least} <= set(pooling.pooled)
    assert set(pooling.names) - {"(pooled)"} == kept


def test_tables_add_up_to_shown_units():
    pooling = pool_departments(["A", "B", "C"], [9, 1, 2], 5)
    table = np.arange(9).reshape(3, 3)
    assert pooling.names == ("(pooled)",)
    assert pooling.table(table).tolist() == [[36]]
    pooling = pool_departments(["A", "B", "C"], [9, 3, 3], 5)
    assert pooling.table(table).tolist() == [[0, 3], [9, 24]]
