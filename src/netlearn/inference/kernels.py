"""Compiled loops of the matrix permutations: sums over cells of one relabelled matrix times another.

The compiled code is cached beside this file, or in the user's cache directory where this one cannot be written to.
In all of them `rows` and `columns` are (R, n) and (R, m) int64: row r says who takes the place of each row and column.
A matrix is given as `table[row_code[i], column_code[j]]`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from netlearn.inference.kernels_compiler import compiled

Array = Any  # numba reads the types at run time
TOGETHER = 16  # draws that share the reading of a row


@compiled(fastmath=True)
def dense_products(moved: Array, fixed: Array, rows: Array, columns: Array) -> Array:
    """Sum moved[rows[i], columns[j]] * fixed[b, i, j] over all cells: moved (n, m), fixed (b, n, m) -> (R, b).

    A row of `moved` is used for several draws while it is near; so the sums stream through memory once per few draws.
    """
    draws, n = rows.shape
    m = columns.shape[1]
    out = np.zeros((draws, len(fixed)))
    place = np.empty((TOGETHER, n), np.int32)
    column = np.empty((TOGETHER, m), np.int32)
    buffer = np.empty(m)
    for first in range(0, draws, TOGETHER):
        together = min(TOGETHER, draws - first)
        for d in range(together):
            for i in range(n):
                place[d, rows[first + d, i]] = i
            for j in range(m):
                column[d, j] = columns[first + d, j]
        for k in range(n):
            source = moved[k]
            for d in range(together):
                code = column[d]
                for j in range(m):
                    buffer[j] = source[code[j]]
                for b in range(len(fixed)):
                    other = fixed[b, place[d, k]]
                    total = 0.0
                    for j in range(m):
                        total += buffer[j] * other[j]
                    out[first + d, b] += total
    return out


@compiled(fastmath=True)
def tie_products(
    table: Array,
    row_code: Array,
    column_code: Array,
    sender: Array,
    receiver: Array,
    value: Array,
    rows: Array,
    columns: Array,
) -> Array:
    """Sum a relabelled matrix times the values of a list of ties: sender, receiver (t,) int32, value (t,) -> (R,)."""
    draws, n = rows.shape
    m = columns.shape[1]
    flat, width = table.ravel(), table.shape[1]
    out = np.zeros(draws)
    begin, code = np.empty(n, np.int32), np.empty(m, np.int32)
    for r in range(draws):
        for i in range(n):
            begin[i] = row_code[rows[r, i]] * width
        for j in range(m):
            code[j] = column_code[columns[r, j]]
        total = 0.0
        for t in range(len(value)):
            total += flat[begin[sender[t]] + code[receiver[t]]] * value[t]
        out[r] = total
    return out


@compiled(fastmath=True)
def level_products(
    moved: Array,
    moved_row: Array,
    moved_column: Array,
    fixed: Array,
    fixed_row: Array,
    fixed_column: Array,
    senders: Array,
    receivers: Array,
    both: Array,
    rows: Array,
    columns: Array,
) -> Array:
    """Sum the product of two matrices of few levels over senders x receivers, less the cells (i, i) of `both`: (R,).

    Cells of one row differ only by the level of their column: columns are added up by level first, so that a row costs
    as much as there are levels.
    """
    levels, others = moved.shape[1], len(fixed)
    turned = fixed.T.copy()
    out = np.zeros(len(rows))
    part, across = np.empty((levels, others)), np.empty((others, levels))
    for r in range(len(rows)):
        part[:] = 0.0
        for j in receivers:
            into, add = part[moved_column[columns[r, j]]], turned[fixed_column[j]]
            for u in range(others):
                into[u] += add[u]
        for v in range(levels):
            for u in range(others):
                across[u, v] = part[v, u]
        total = 0.0
        for i in senders:
            one, two = moved[moved_row[rows[r, i]]], across[fixed_row[i]]
            for v in range(levels):
                total += one[v] * two[v]
        for i in both:
            total -= (
                moved[moved_row[rows[r, i]], moved_column[columns[r, i]]]
                * fixed[fixed_row[i], fixed_column[i]]
            )
        out[r] = total
    return out


@compiled()
def hole_products(
    values: Array, mask: Array, hole_row: Array, hole_column: Array, rows: Array, columns: Array
) -> tuple[Array, Array, Array]:
    """Add up what the unobserved single cells take away: values (n, m, q), mask (n, m) -> three (R, q, q).

    First the products relabelled x fixed over the cells unobserved in either; then fixed x fixed over the cells that
    are observed but relabelled onto a hole; then relabelled x relabelled over the holes relabelled onto an observed
    cell.
    """
    draws, n = rows.shape
    m, q = values.shape[1:]
    crossed = np.zeros((draws, q, q))
    fixed = np.zeros((draws, q, q))
    moved = np.zeros((draws, q, q))
    row_of, column_of = np.empty(n, np.int64), np.empty(m, np.int64)
    for r in range(draws):
        for i in range(n):
            row_of[rows[r, i]] = i
        for j in range(m):
            column_of[columns[r, j]] = j
        for h in range(len(hole_row)):
            here = values[hole_row[h], hole_column[h]]
            k, c = rows[r, hole_row[h]], columns[r, hole_column[h]]
            there = values[k, c]
            seen = mask[k, c]
            for a in range(q):
                for b in range(q):
                    crossed[r, a, b] += there[a] * here[b]
                    if seen:
                        moved[r, a, b] += there[a] * there[b]
            i, j = row_of[hole_row[h]], column_of[hole_column[h]]
            if mask[i, j]:
                other = values[i, j]
                for a in range(q):
                    for b in range(q):
                        crossed[r, a, b] += here[a] * other[b]
                        fixed[r, a, b] += other[a] * other[b]
    return crossed, fixed, moved
