"""Matrices in the form that is cheapest to relabel: by levels of rows and columns, by their ties, or in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
MOST_LEVELS = 256  # with more, or more than half as many as rows, a matrix is kept in full


@dataclass(frozen=True, eq=False)
class Plane:
    """One matrix: x[i, j] = table[row[i], column[j]], and its ties where it is sparse.

    Attributes
    ----------
    table : (a, b) float
        Value of each pair of levels; of a matrix in full, the matrix with 0 in cells that are not used.
    row, column : (n,) and (m,) int
        Level of each row and each column.
    levels : bool
        The table is smaller than the matrix.
    ties : (sender, receiver, value) or None
        The cells between senders and receivers that are not 0, row by row; None where they are many.
    """

    table: FloatArray
    row: IntArray
    column: IntArray
    levels: bool
    ties: tuple[NDArray[np.int32], NDArray[np.int32], FloatArray] | None

    def full(self) -> FloatArray:
        """Return the matrix: (n, m)."""
        return self.table[self.row][:, self.column]


def plane(x: FloatArray, mask: BoolArray, square: bool) -> Plane:
    """Find the cheapest form of a matrix; whatever is found gives back every cell in use exactly.

    Parameters
    ----------
    x : (n, m) float
        NaN where not known.
    mask : (n, m) bool
        Cells in use; on a square of people the diagonal never is.

    Examples
    --------
    >>> same = np.array([[1.0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]])
    >>> found = plane(same, ~np.eye(4, dtype=bool), square=True)
    >>> found.row.tolist(), found.table.tolist()
    ([0, 0, 1, 1], [[1.0, 0.0], [0.0, 1.0]])
    """
    row, column = _square_levels(x) if square else (_row_levels(x), _row_levels(x.T))
    if row is not None and column is not None:
        table = _table(x, row, column, square)
        full = table[row][:, column]
        if np.array_equal(full[mask], x[mask]):
            return Plane(table, row, column, True, _ties(np.where(room(mask, square), full, 0.0)))
    n, m = x.shape
    filled = np.where(mask, x, 0.0)
    return Plane(filled, np.arange(n), np.arange(m), False, _ties(filled))


def room(mask: BoolArray, square: bool) -> BoolArray:
    """Rows with an observed cell x columns with one, less the diagonal of a square: (n, m)."""
    wide = np.outer(mask.any(axis=1), mask.any(axis=0))
    if square:
        np.fill_diagonal(wide, False)
    return wide


def _ties(x: FloatArray) -> tuple[NDArray[np.int32], NDArray[np.int32], FloatArray] | None:
    """List the cells that are not 0, row by row, if they are less than a quarter."""
    rows, columns = np.nonzero(x)
    if 4 * len(rows) >= x.size:
        return None
    return rows.astype(np.int32), columns.astype(np.int32), x[rows, columns]


def _table(x: FloatArray, row: IntArray, column: IntArray, square: bool) -> FloatArray:
    """Read the value of each pair of levels from one cell that has it, off the diagonal of a square."""
    first, second = _members(row)
    table = x[np.ix_(first, _members(column)[0])]
    if square:
        # People of one level: the cell between the first two of them; nobody needs that of a person alone.
        table[np.diag_indices(len(first))] = np.where(first == second, 0.0, x[first, second])
    return np.nan_to_num(table)


def _members(code: IntArray) -> tuple[IntArray, IntArray]:
    """First and second person of each level (the first again if there is no second)."""
    order = np.argsort(code, kind="stable")
    begin = np.searchsorted(code[order], np.arange(code.max() + 1))
    size = np.diff(np.append(begin, len(code)))
    return order[begin], order[begin + (size > 1)]


def _weights(n: int) -> IntArray:
    """Draw fixed whole numbers; sums of cells times these tell rows apart (what they find is checked afterwards)."""
    return np.random.default_rng(0).integers(1, 2**62, n)


def _bits(x: FloatArray) -> IntArray:
    """Turn cells into whole numbers, equal where the cells are; every NaN is the same one, and -0 is 0."""
    bits = np.where(np.isnan(x), np.nan, x + 0.0).view(np.int64)
    # Whole numbers as floats end in zeros, which a product would keep: fold the front bits into the back.
    bits ^= bits >> 33
    bits *= 0x2545F4914F6CDD1D
    bits ^= bits >> 29
    return bits


def _row_levels(x: FloatArray) -> IntArray | None:
    """Give rows with the same cells the same number: (n,), or None if there are too many."""
    sums = _bits(np.ascontiguousarray(x)) @ _weights(x.shape[1])
    code = np.unique(sums, return_inverse=True)[1].astype(np.int64)
    return code if code.max() < min(MOST_LEVELS, len(x) // 2) else None


def _square_levels(x: FloatArray) -> tuple[IntArray | None, IntArray | None]:
    """Give people whose rows and columns agree, but for the cells between them, the same number."""
    n = len(x)
    bits, w = _bits(np.ascontiguousarray(x)), _weights(n)
    own = np.diagonal(bits)
    most = min(MOST_LEVELS, n // 2)
    # People of one level hold the same numbers in their rows: the sum of them all is soon looked at.
    if len(np.unique(bits.sum(axis=1) - own)) > most:
        return None, None
    out, into = bits @ w - own * w, w @ bits - own * w
    code = np.full(n, -1)
    for level in range(most):
        left = np.flatnonzero(code < 0)
        if not left.size:
            break
        r = left[0]
        there, back = bits[r, left], bits[left, r]
        # Both sums without the two cells that the other's row or column does not have.
        alike = (out[left] - back * w[r] == out[r] - there * w[left]) & (there == back)
        alike &= into[left] - there * w[r] == into[r] - back * w[left]
        alike[0] = True
        code[left[alike]] = level
    if (code < 0).any():
        return None, None
    return code, code


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one site: senders x receivers, less the diagonal and the holes.

    Attributes
    ----------
    planes : sequence of Plane
        The matrices that are relabelled against each other.
    mask : (n, m) bool
    square : bool
        Rows and columns are the same people.
    """

    planes: Sequence[Plane]
    mask: BoolArray
    square: bool

    @property
    def senders(self) -> BoolArray:
        """Rows with an observed cell: (n,)."""
        return np.asarray(self.mask.any(axis=1))

    @property
    def receivers(self) -> BoolArray:
        """Columns with an observed cell: (m,)."""
        return np.asarray(self.mask.any(axis=0))

    def holes(self) -> tuple[IntArray, IntArray]:
        """Rows and columns of the single cells that are missing between senders and receivers."""
        rows, columns = np.nonzero(room(self.mask, self.square) & ~self.mask)
        return rows.astype(np.int64), columns.astype(np.int64)


def products(
    grid: Grid, moved: Sequence[int], fixed: Sequence[int], rows: IntArray, columns: IntArray
) -> FloatArray:
    """Sum relabelled x fixed over senders x receivers for pairs of planes, each the cheapest way.

    Parameters
    ----------
    moved, fixed : sequences of int
        Numbers of planes.
    rows, columns : (R, n) and (R, m) int
        Who takes the place of each row and column.

    Returns
    -------
    (R, len(moved), len(fixed)) float
        Holes count with the values that the planes happen to hold there (see `hole_products` for taking them away).
    """
    from netlearn.inference import kernels

    out = np.empty((len(rows), len(moved), len(fixed)))
    back = None
    for k, a in enumerate(moved):
        rest = []
        for c, b in enumerate(fixed):
            x, y = grid.planes[a], grid.planes[b]
            way = _cheapest(x, y)
            if way == "levels":
                out[:, k, c] = _by_levels(grid, x, y, rows, columns)
            elif way == "fixed ties" and y.ties:
                out[:, k, c] = kernels.tie_products(x.table, x.row, x.column, *y.ties, rows, columns)
            elif way == "moved ties" and x.ties:
                back = _turned(rows, columns) if back is None else back
                out[:, k, c] = kernels.tie_products(y.table, y.row, y.column, *x.ties, *back)
            else:
                rest.append(c)
        if rest:
            others = np.stack([_in_use(grid, fixed[c]) for c in rest])
            out[:, k, rest] = kernels.dense_products(_in_use(grid, a), others, rows, columns)
    return out


def _cheapest(x: Plane, y: Plane) -> str:
    """Choose by rough costs: a cell read out of order counts 3, a tie 8, one step over levels 1.5."""
    n, m = len(x.row), len(x.column)
    a, b = x.table.shape[1], len(y.table)
    ways = {"cells": 3.0 * n * m}
    if x.levels or y.levels:
        ways["levels"] = 10.0 * (n + m) + 1.5 * (m * b + n * a + a * b)
    if y.ties:
        ways["fixed ties"] = 3.0 * m + 8.0 * len(y.ties[1])
    if x.ties:
        ways["moved ties"] = 8.0 * m + 8.0 * len(x.ties[1])
    return min(ways, key=lambda way: ways[way])


def _turned(rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
    """Undo permutations: who went where, from who takes whose place."""
    turned = [np.empty_like(places) for places in (rows, columns)]
    for places, back in zip((rows, columns), turned, strict=True):
        np.put_along_axis(back, places, np.arange(places.shape[1])[None], axis=1)
    return turned[0], turned[1]


def _by_levels(grid: Grid, x: Plane, y: Plane, rows: IntArray, columns: IntArray) -> FloatArray:
    from netlearn.inference import kernels

    senders, receivers = grid.senders, grid.receivers
    both = np.flatnonzero(senders & receivers) if grid.square else np.empty(0, np.int64)
    found = kernels.level_products(
        *(x.table, x.row, x.column),
        *(y.table, y.row, y.column),
        *(np.flatnonzero(senders), np.flatnonzero(receivers), both),
        rows,
        columns,
    )
    return np.asarray(found)


def _in_use(grid: Grid, number: int) -> FloatArray:
    """Return the matrix in full, with 0 outside senders x receivers and on the diagonal."""
    x = grid.planes[number]
    return np.where(room(grid.mask, grid.square), x.full(), 0.0) if x.levels else x.table
