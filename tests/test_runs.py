"""Runs of neighbours: sums and centring against a loop over names."""

import numpy as np
import pytest

from netlearn.inference.runs import Runs


@pytest.mark.parametrize("sizes", [[1, 1, 1], [4], [2, 1, 3, 2]])
def test_sums_and_centred_are_those_of_a_loop(sizes):
    rng = np.random.default_rng(len(sizes))
    names = np.repeat([7, 3, 9, 0][: len(sizes)], sizes)
    values = rng.normal(size=(5, len(names)))
    members = rng.integers(0, 2, values.shape).astype(float)
    runs = Runs.of(names)
    expected = [values[:, names == name].sum(axis=1) for name in names[np.append(True, np.diff(names) != 0)]]
    assert runs.sums(values) == pytest.approx(np.column_stack(expected))
    found = runs.centred(values, members)
    for row, free, there in zip(values, found, members == 1, strict=True):
        for name in np.unique(names):
            here = there & (names == name)
            mean = row[here].mean() if here.any() else 0.0
            assert free[names == name] == pytest.approx(np.where(here, row - mean, 0.0)[names == name])


def test_nobody_has_no_runs():
    runs = Runs.of(np.array([], int))
    assert (
        runs.sums(np.empty((2, 0))).shape == runs.centred(np.empty((2, 0)), np.empty((2, 0))).shape == (2, 0)
    )
