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
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Swaps
from netlearn.study.cells import Cells, add_up

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


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
        add_up(place, first, len(pairs)),
        add_up(place, second, len(pairs)),
        cell_class[group[low], group[high]],
        _person_cells(cells, group, cell_class, n_classes),
        add_up(cell_class.ravel(), counts.ravel(), n_classes),
        add_up(cell_class.ravel(), squares.ravel(), n_classes),
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
        Of ties and cells, each (..., s).
    to_first, to_second : (c, s) sparse
        0/1 matrices from classes to the s sums that the measure takes, in each wave.
    unit : float
        1 for directed relations; 0.5 for undirected ones, which store every tie and cell twice.
    """

    value: Callable[..., Any]
    gradient: Callable[..., Any]
    to_first: sparse.csr_array
    to_second: sparse.csr_array
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


@dataclass(frozen=True, eq=False)
class SwapKernel:
    """What a draw needs, added up once: constants, and one sparse matrix for the changed pairs.

    Attributes
    ----------
    pairs : PairTable
    changed : (m,) int
        The pairs whose two answers differ; swapping the others does nothing.
    gains : (c n + 3 c, m) sparse
        What swapping each changed pair adds: to the first wave's ties of each class and person, and per class to the
        ties, to their squares and to ties x observed cells.
    first, second : (c, n) float
        Ties of each class that hold each person.
    constants : (7, c) float
        Sums over pairs of first, second, their squares, first x second, and observed cells x first and x second.
    """

    pairs: PairTable
    changed: IntArray
    gains: sparse.csr_array
    first: FloatArray
    second: FloatArray
    constants: FloatArray


def swap_kernel(pairs: PairTable) -> SwapKernel:
    """Add up all that does not depend on the draw."""
    c, n = len(pairs.class_cells), len(pairs.person_cells)
    a, b, k, kind = pairs.first, pairs.second, pairs.observed, pairs.cell_class
    changed = np.flatnonzero(a != b)
    m = len(changed)
    delta, squares = (b - a)[changed], (b**2 - a**2)[changed]
    where, here = kind[changed], np.arange(m)
    rows = [
        where * n + pairs.low[changed],
        where * n + pairs.high[changed],
        *(c * n + r * c + where for r in range(3)),
    ]
    values = [delta, delta, delta, squares, k[changed] * delta]
    gains = sparse.csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.tile(here, 5))), shape=(c * n + 3 * c, m)
    )
    ends = np.concatenate([kind * n + pairs.low, kind * n + pairs.high])
    first, second = (add_up(ends, np.tile(y, 2), c * n).reshape(c, n) for y in (a, b))
    products = (a, b, a**2, b**2, a * b, k * a, k * b)
    constants = np.array([add_up(kind, y, c) for y in products])
    return SwapKernel(pairs, changed, gains, first, second, constants)


def swap_statistics(kernel: SwapKernel, estimator: Estimator, swapped: IntArray) -> FloatArray:
    """Studentised change after swapping the waves of chosen pairs.

    Parameters
    ----------
    kernel : SwapKernel
    estimator : Estimator
    swapped : (R, m) int
        1 for the changed pairs that are swapped in each draw, else 0.

    Returns
    -------
    (R,) float
        change / dyadic-robust floored standard error; 0 where the change is 0.
    """
    pairs = kernel.pairs
    c, n = len(pairs.class_cells), len(pairs.person_cells)
    gain = np.asarray(kernel.gains @ swapped.T.astype(float))
    shift = gain[: c * n].reshape(c, n, -1)
    ties, squares, observed = gain[c * n :].reshape(3, c, -1).transpose(0, 2, 1)
    a, b, aa, bb, ab, ka, kb = kernel.constants
    first, second = a + ties, b - ties
    base, s1, s2 = estimator.slopes(first, second, pairs.class_cells)
    sums = np.zeros(shift.shape[1:])
    for k in np.flatnonzero(pairs.class_cells):
        sums += np.outer(pairs.person_cells[:, k], base[:, k])
        sums += (kernel.first[k][:, None] + shift[k]) * s1[:, k] + (
            kernel.second[k][:, None] - shift[k]
        ) * s2[:, k]
    # Sum over pairs of (observed base + first s1 + second s2)^2; a swap exchanges first and second.
    dyads = base**2 * pairs.class_cell_squares + s1**2 * (aa + squares) + s2**2 * (bb - squares)
    dyads = dyads + 2 * s1 * s2 * ab + 2 * base * (s1 * (ka + observed) + s2 * (kb - observed))
    variance = floored_variance(sums, dyads[:, pairs.class_cells > 0].sum(axis=1))
    change = estimator.change(first, second, pairs.class_cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isclose(change, 0, atol=1e-15), 0.0, change / np.sqrt(variance))


def swap_changes(kernel: SwapKernel, estimator: Estimator, swapped: IntArray) -> FloatArray:
    """Bare change after swapping the waves of chosen pairs, as in `swap_statistics`: (R,)."""
    pairs = kernel.pairs
    c, n = len(pairs.class_cells), len(pairs.person_cells)
    moved = np.asarray(kernel.gains[c * n : c * n + c] @ swapped.T.astype(float)).T
    first, second = kernel.constants[0] + moved, kernel.constants[1] - moved
    return np.asarray(estimator.change(first, second, pairs.class_cells), dtype=float)


@dataclass(frozen=True, eq=False)
class _Swapped:
    """The statistic of swaps of the changed pairs."""

    kernel: SwapKernel
    estimator: Estimator
    studentised: bool

    def __call__(self, swaps: IntArray) -> FloatArray:
        statistic = swap_statistics if self.studentised else swap_changes
        return statistic(self.kernel, self.estimator, swaps)


def wave_swap(
    pairs: PairTable,
    estimator: Estimator,
    draws: int,
    seed: int,
    alternative: str = "two-sided",
    *,
    studentised: bool = True,
    workers: Workers = 1,
) -> PermutationResult:
    """Test whether the two waves of each pair could be exchanged, by the studentised change or by the bare one.

    Exact when the pairs that changed are so few that all swaps can be counted.
    """
    kernel = swap_kernel(pairs)
    swaps = Swaps(len(kernel.changed))
    statistic = _Swapped(kernel, estimator, studentised)
    observed = float(statistic(np.zeros((1, swaps.size_of), np.int64))[0])
    values, exact = rearranged(swaps, statistic, draws, seed, workers=workers)
    # Swapping everything mirrors the statistic, so a two-sided p counts two rearrangements at least.
    sides = 2 if alternative == "two-sided" else 1
    return result(observed, values, exact, "wave_swap", alternative, smallest_p=sides / swaps.count)
