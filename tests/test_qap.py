"""QAP correlation: against R, every relabelling by hand, and matrices kept in every form."""

import json
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from netlearn import NetlearnError
from netlearn.inference import planes
from netlearn.inference.planes import Grid, plane, products
from netlearn.inference.qap import qap_correlation
from netlearn.inference.terms import difference, same


def _case(folder):
    about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    listed = json.loads((folder / "reference.json").read_text(encoding="utf-8"))["values"]
    return about, {entry["id"]: entry["value"] for entry in listed}


def _waves(folder):
    return [np.genfromtxt(folder / f"wave{k}.csv", delimiter=",", missing_values="NA") for k in (1, 2)]


def _correlations(y, x, directed=True):
    """Correlation of y with x relabelled in every way, over the cells observed in both."""
    n = len(y)
    cells = np.triu(np.ones((n, n), bool), 1)
    cells = cells | cells.T if directed else cells
    out = []
    for order in permutations(range(n)):
        moved = x[np.ix_(order, order)]
        use = cells & ~np.isnan(y) & ~np.isnan(moved)
        out.append(np.corrcoef(y[use], moved[use])[0, 1])
    return np.array(out)


def test_correlations_equal_r(shared):
    compared = 0
    for folder in sorted(p for p in (shared / "reference").iterdir() if (p / "wave2.csv").exists()):
        about, values = _case(folder)
        if "change.gcor" not in values:
            continue
        first, second = _waves(folder)
        found = qap_correlation(first, second, draws=1999, seed=1, directed=about["directed"])
        if values["change.gcor"] is None:
            assert np.isnan(found.statistic), folder.name
            assert np.isnan(found.p_value), folder.name
            continue
        assert found.statistic == pytest.approx(values["change.gcor"], rel=1e-8), folder.name
        compared += 1
        many = values.get("change.qap.gcor.highrep")
        if many:
            error = np.sqrt(max(many["p_abs"] * (1 - many["p_abs"]), 1 / 2000) * (1 / 1999 + 1 / 20000))
            assert abs(found.p_value - many["p_abs"]) < 3.5 * error, folder.name
            assert found.sd == pytest.approx(many["null_sd"], rel=0.1), folder.name
    assert compared >= 9


@pytest.mark.parametrize("directed", [True, False])
def test_exact_equals_every_relabelling(directed):
    rng = np.random.default_rng(3)
    y, x = rng.integers(0, 3, (2, 5, 5)).astype(float)
    if not directed:
        y, x = y + y.T, x + x.T
    found = qap_correlation(y, x, keep=True, directed=directed)
    every = _correlations(y, x, directed)
    assert found.exact
    assert found.draws == 120
    np.testing.assert_allclose(np.sort(found.values), np.sort(every), atol=1e-12)
    expected = np.mean(np.abs(every) >= abs(every[0]) - 1e-12)
    assert found.p_value == pytest.approx(expected, abs=1e-12)


def test_the_smallest_p_is_the_share_of_the_most_extreme_relabellings():
    """The departments of four people can be dealt in three ways, each by 8 of 24 relabellings."""
    for seed in range(3):
        y = np.random.default_rng(seed).random((4, 4))
        found = qap_correlation(y, same(list("AABB")))
        every = np.abs(_correlations(y, same(list("AABB"))))
        assert found.smallest_p == np.mean(every >= every.max() - 1e-9) == pytest.approx(1 / 3)
        assert found.p_value >= found.smallest_p


def test_single_holes_leave_out_the_cells_they_fall_on():
    rng = np.random.default_rng(8)
    y, x = rng.random((2, 6, 6))
    y[0, 3] = x[4, 2] = np.nan
    # A hole in either matrix is a hole in both, before people change places.
    joint = np.isnan(y) | np.isnan(x)
    found = qap_correlation(y, x, keep=True)
    every = _correlations(np.where(joint, np.nan, y), np.where(joint, np.nan, x))
    np.testing.assert_allclose(np.sort(found.values), np.sort(every), atol=1e-10)


def test_monte_carlo_agrees_with_all_relabellings():
    rng = np.random.default_rng(5)
    y, x = (rng.random((2, 7, 7)) < 0.5).astype(float)
    exact = qap_correlation(y, x)
    drawn = qap_correlation(y, x, draws=2000, seed=4)
    assert exact.exact
    assert not drawn.exact
    assert drawn.low <= exact.p_value <= drawn.high


def test_partial_correlation_is_that_of_the_residuals():
    rng = np.random.default_rng(2)
    z = rng.random((9, 9))
    y, x = z + rng.random((9, 9)), z + rng.random((9, 9))
    off = ~np.eye(9, dtype=bool)
    design = np.column_stack([np.ones(72), z[off]])
    left = [m[off] - design @ np.linalg.lstsq(design, m[off], rcond=None)[0] for m in (y, x)]
    found = qap_correlation(y, x, control=z, draws=50)
    assert found.statistic == pytest.approx(np.corrcoef(*left)[0, 1], abs=1e-12)
    again = qap_correlation(y, x, control={"z": z}, draws=50)
    assert again.p_value == found.p_value


def test_relabelling_everybody_changes_nothing():
    rng = np.random.default_rng(6)
    y, x = rng.random((2, 6, 6))
    order = rng.permuted(np.arange(6))
    moved = [m[np.ix_(order, order)] for m in (y, x)]
    a, b = qap_correlation(y, x), qap_correlation(*moved)
    assert a.statistic == pytest.approx(b.statistic, rel=1e-12)
    assert a.p_value == b.p_value


def test_isolates_are_kept():
    y = np.zeros((6, 6))
    y[0, 1] = y[1, 0] = 1.0
    x = np.zeros((6, 6))
    x[2, 3] = x[3, 2] = 1.0
    found = qap_correlation(y, x)
    assert found.draws == 720
    assert found.statistic == pytest.approx(-1 / 14)  # 2 of 30 cells in each, none in common


def test_nothing_to_correlate_is_nan():
    y = np.ones((5, 5))
    for pair in ((y, np.eye(5)), (np.arange(25.0).reshape(5, 5), y)):
        found = qap_correlation(*pair, draws=20)
        assert np.isnan(found.statistic)
        assert np.isnan(found.p_value)


def test_an_asymmetric_matrix_is_named():
    with pytest.raises(NetlearnError, match="predictor 'x' is not symmetric"):
        qap_correlation(np.eye(4), np.triu(np.ones((4, 4))), directed=False)


def test_forms_of_a_matrix_give_back_its_cells():
    rng = np.random.default_rng(4)
    n = 60
    off = ~np.eye(n, dtype=bool)
    for x, levels in (
        (same(rng.integers(0, 5, n)), True),
        (difference(rng.integers(20, 40, n)), True),
        (np.outer(rng.integers(0, 2, n), rng.integers(0, 2, n)).astype(float), True),
        (rng.random((n, n)), False),
        ((rng.random((n, n)) < 0.05).astype(float), False),
    ):
        found = plane(x, off, True)
        assert found.levels == levels
        np.testing.assert_array_equal(found.full()[off], x[off])
        if found.ties:
            senders, receivers, values = found.ties
            back = np.zeros((n, n))
            back[senders, receivers] = values
            np.testing.assert_array_equal(back[off], x[off])


@pytest.mark.parametrize("way", ["levels", "fixed ties", "moved ties", "cells"])
@pytest.mark.parametrize("square", [True, False])
@pytest.mark.parametrize("silent", [False, True])
def test_every_way_to_add_up_gives_the_same(way, square, silent, monkeypatch):
    monkeypatch.setattr(planes, "_cheapest", lambda x, y: way)
    rng = np.random.default_rng(9)
    n, m = (30, 30) if square else (30, 22)
    mask = np.ones((n, m), bool)
    rows = rng.permuted(np.tile(np.arange(n), (20, 1)), axis=1)
    if silent:
        mask[:4] = mask[:, :3] = False
        rows = np.tile(np.arange(n), (20, 1))
        rows[:, 4:] = rng.permuted(rows[:, 4:], axis=1)
        rows[:, :3] = rng.permuted(rows[:, :3], axis=1)
    columns = rows if square else np.tile(np.arange(m), (20, 1))
    if square:
        np.fill_diagonal(mask, False)
    else:
        columns[:, 3:] = rng.permuted(columns[:, 3:], axis=1)
    kinds = rng.integers(0, 4, (2, n)), rng.integers(0, 3, m)
    x = [(kinds[0][k][:, None] == (kinds[0][k] if square else kinds[1])).astype(float) for k in (0, 1)]
    if way in ("fixed ties", "moved ties"):
        x[way == "fixed ties"] = (rng.random((n, m)) < 0.1) * rng.random((n, m))
    if way == "cells":
        x = list(rng.random((2, n, m)))
    grid = Grid([plane(matrix, mask, square) for matrix in x], mask, square)
    found = products(grid, [0], [1], rows, columns)[:, 0, 0]
    moved, fixed = (np.where(mask, matrix, 0.0) for matrix in x)
    slow = [(moved[np.ix_(r, c)] * fixed).sum() for r, c in zip(rows, columns, strict=True)]
    np.testing.assert_allclose(found, slow, rtol=1e-12)


def test_frames_in_another_order_are_refused():
    rng = np.random.default_rng(4)
    names = list("abcdef")
    y = pd.DataFrame(rng.random((6, 6)), names, names)
    with pytest.raises(NetlearnError, match="labelled"):
        qap_correlation(y, y.iloc[::-1, ::-1])
    found = qap_correlation(y, y, draws=99)
    assert found.statistic == pytest.approx(1)
