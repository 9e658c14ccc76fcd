"""The studentised wave swap: the null that within each pair of people the two waves could be exchanged.

Held fixed: who answered, departments, the two answers of every pair. What varies: which wave came first, pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.inference.dyadic import floored_variance
from netlearn.inference.permute import PermutationResult, blocks, p_interval, p_value
from netlearn.study.cells import Cells

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
EXACT_LIMIT = 14  # 2^14 swaps are counted one by one rather than drawn


@dataclass(frozen=True, eq=False)
class PairTable:
    """The pairs of people as the swap needs them.

    Attributes
    ----------
    low, high : (d,) int
        The two people of each pair with a tie in some wave.
    observed : (d,) int
        Number of observed cells in the pair, 1 or 2.
    first, second : (d,) float
        Ties of the pair in each wave, 0 to 2.
    cell_class : (d,) int
        Class of the pair; both of its cells share it.
    person_cells : (n, c) float
        Observed cells of each class that hold each person.
    class_cells : (c,) float
        Observed cells per class.
    class_cell_squares : (c,) float
        Sum over all pairs of the class of (observed cells in the pair) squared.
    """

    low: IntArray
    high: IntArray
    observed: IntArray
    first: FloatArray
    second: FloatArray
    cell_class: IntArray
    person_cells: FloatArray
    class_cells: FloatArray
    class_cell_squares: FloatArray


def pair_table(
    cells: Cells,
    group: IntArray,
    cell_class: IntArray,
    n_classes: int,
    sender: IntArray,
    receiver: IntArray,
    first: FloatArray,
    second: FloatArray,
) -> PairTable:
    """Add up arcs (each once, with its 0/1 answer in both waves) to pairs."""
    n = cells.n
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    pairs, place = np.unique(low * n + high, return_inverse=True)
    low, high = pairs // max(n, 1), pairs % max(n, 1)
    k = len(cell_class)
    counts, mutual = cells.counts(group, k), cells.two_way_counts(group, k)
    # A pair with one observed cell counts 1, with two (each listed in `mutual`) 4 = 2 + 2.
    squares = (counts - mutual) + 2 * mutual
    return PairTable(
        low,
        high,
        cells.contains(low, high).astype(int) + cells.contains(high, low),
        np.bincount(place, first, minlength=len(pairs)),
        np.bincount(place, second, minlength=len(pairs)),
        cell_class[group[low], group[high]],
        _person_cells(cells, group, cell_class, n_classes),
        np.bincount(cell_class.ravel(), counts.ravel(), minlength=n_classes),
        np.bincount(cell_class.ravel(), squares.ravel(), minlength=n_classes),
    )


def _person_cells(cells: Cells, group: IntArray, cell_class: IntArray, n_classes: int) -> FloatArray:
    from netlearn.inference.dyadic import Influence, person_sums

    none = np.empty(0, np.int64)
    columns = [
        person_sums(Influence(cells, group, cell_class, unit, none, none, np.empty(0)))
        for unit in np.eye(n_classes)
    ]
    return np.column_stack(columns)


@dataclass(frozen=True, eq=False)
class Estimator:
    """A change as a function of class sums: `value` and `gradient` of a measure, and where the classes map to.

    Attributes
    ----------
    value, gradient : function
        Of ties and cells, each (..., 2).
    to_first, to_second : (c, 2) float
        0/1 matrices from classes to (within, cross) in each wave.
    unit : float
        1 for directed relations; 0.5 for undirected ones, which store every tie and cell twice.
    """

    value: Callable[..., Any]
    gradient: Callable[..., Any]
    to_first: FloatArray
    to_second: FloatArray
    unit: float

    def change(self, first: FloatArray, second: FloatArray, cells: FloatArray) -> FloatArray:
        """Return later minus earlier from class sums (..., c)."""
        u = self.unit
        after = self.value(second @ self.to_second * u, cells @ self.to_second * u)
        return after - self.value(first @ self.to_first * u, cells @ self.to_first * u)

    def slopes(
        self, first: FloatArray, second: FloatArray, cells: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return influence per observed cell, per tie in the first wave and per tie in the second: (..., c)."""
        u = self.unit
        t1, n1 = self.gradient(first @ self.to_first * u, cells @ self.to_first * u)
        t2, n2 = self.gradient(second @ self.to_second * u, cells @ self.to_second * u)
        base = n2 @ self.to_second.T - n1 @ self.to_first.T
        return base * u, -(t1 @ self.to_first.T) * u, t2 @ self.to_second.T * u


def swap_statistics(pairs: PairTable, estimator: Estimator, swapped: NDArray[np.bool_]) -> FloatArray:
    """Studentised change after swapping the waves of the chosen pairs.

    Parameters
    ----------
    swapped : (R, d) bool
        Which pairs are swapped in each draw.

    Returns
    -------
    (R,) float
        change / dyadic-robust floored standard error; 0 where neither varies.
    """
    c, n = len(pairs.class_cells), len(pairs.person_cells)
    d = len(pairs.low)
    delta = pairs.second - pairs.first
    member = sparse.csr_array((np.ones(d), (pairs.cell_class, np.arange(d))), shape=(c, d))
    ends = np.concatenate([pairs.low, pairs.high])
    touch = sparse.csr_array((np.ones(2 * d), (ends, np.tile(np.arange(d), 2))), shape=(n, d))
    moved = (swapped * delta).T  # (d, R): what a swap adds to the first wave and takes from the second

    def by_class(values: FloatArray) -> FloatArray:
        return np.asarray(member @ values).T

    first = by_class(pairs.first) + by_class(moved)
    second = by_class(pairs.second) - by_class(moved)
    base, s1, s2 = estimator.slopes(first, second, pairs.class_cells)
    sums = np.zeros((n, len(swapped)))
    for k in range(c):
        here = pairs.cell_class == k
        part = touch[:, here]
        shift = np.asarray(part @ moved[here])
        a = np.asarray(part @ pairs.first[here])[:, None] + shift
        b = np.asarray(part @ pairs.second[here])[:, None] - shift
        sums += pairs.person_cells[:, [k]] * base[:, k] + a * s1[:, k] + b * s2[:, k]
    dyads = _dyad_squares(pairs, by_class, swapped, base, s1, s2)
    variance = floored_variance(sums, dyads)
    change = estimator.change(first, second, pairs.class_cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isclose(change, 0, atol=1e-15), 0.0, change / np.sqrt(variance))


def _dyad_squares(
    pairs: PairTable,
    by_class: Callable[[FloatArray], FloatArray],
    swapped: NDArray[np.bool_],
    base: FloatArray,
    s1: FloatArray,
    s2: FloatArray,
) -> FloatArray:
    """Sum over pairs of (observed base + first s1 + second s2) squared, for each draw: (R,)."""
    a, b, k = pairs.first, pairs.second, pairs.observed
    square_gain = by_class((swapped * (b**2 - a**2)).T)
    cell_gain = by_class((swapped * (k * (b - a))).T)
    terms = base**2 * pairs.class_cell_squares
    terms = terms + s1**2 * (by_class(a**2) + square_gain) + s2**2 * (by_class(b**2) - square_gain)
    terms = terms + 2 * s1 * s2 * by_class(a * b)
    terms = terms + 2 * base * s1 * (by_class(k * a) + cell_gain)
    terms = terms + 2 * base * s2 * (by_class(k * b) - cell_gain)
    return terms.sum(axis=-1)


def wave_swap(
    pairs: PairTable, estimator: Estimator, draws: int, seed: int, alternative: str = "two-sided"
) -> PermutationResult:
    """Test whether the two waves of each pair could be exchanged, by the studentised change.

    Exact when the pairs that changed are so few that all swaps can be counted.
    """
    changed = pairs.first != pairs.second
    m, d = int(changed.sum()), len(pairs.low)
    observed = float(swap_statistics(pairs, estimator, np.zeros((1, d), bool))[0])
    exact = m <= EXACT_LIMIT and 2**m <= max(draws, 1)
    if exact:
        plan = np.zeros((2**m, d), bool)
        plan[:, changed] = (np.arange(2**m)[:, None] >> np.arange(m)) & 1
        values = swap_statistics(pairs, estimator, plan)
    else:
        parts = []
        for rng, size in blocks(draws, seed):
            plan = np.zeros((size, d), bool)
            plan[:, changed] = rng.integers(0, 2, size=(size, m), dtype=np.int8)
            parts.append(swap_statistics(pairs, estimator, plan))
        values = np.concatenate(parts)
    p = p_value(observed, values, alternative, exact)
    interval = (p, p) if exact or not np.isfinite(p) else p_interval(p, draws)
    sides = 2 if alternative == "two-sided" else 1
    smallest = min(1.0, sides / 2**m) if exact else 1 / (draws + 1)
    return PermutationResult(observed, p, *interval, len(values), exact, smallest, "wave_swap")
