"""The wave swap: the null that the two waves could be exchanged, person by person or pair of people by pair.

Held fixed: who answered, departments, and both sets of answers of every person (of every pair). What varies: which set
came first. Person by person lets the answers of a person hang together within a wave, as all of them move at once;
pair by pair does not, but an undirected tie has no sender.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.errors import NetlearnError
from netlearn.inference.nulls import Null
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Swaps
from netlearn.study.cells import Cells, add_up

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
By = Literal["sender", "pair"]


@dataclass(frozen=True, eq=False)
class PairTable:
    """The pairs of people as the swap needs them.

    Attributes
    ----------
    low, high : (d,) int
        The two people of each pair with a tie in some wave.
    observed : (d,) int
        Number of observed cells in the pair, 1 or 2.
    answers : (4, d) float
        What the low person answers about the high one in the first wave and in the second, then what the high one
        answers about the low one.
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
    answers: FloatArray
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
    """Sort arcs (each once, with its answer in both waves) by pair and direction."""
    n = cells.n
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    pairs, place = np.unique(low * n + high, return_inverse=True)
    low, high = pairs // max(n, 1), pairs % max(n, 1)
    k = len(cell_class)
    counts, mutual = cells.counts(group, k), cells.two_way_counts(group, k)
    # A pair with one observed cell counts 1, with two (each listed in `mutual`) 4 = 2 + 2.
    squares = (counts - mutual) + 2 * mutual
    answers, up = np.zeros((4, len(pairs))), sender < receiver
    for way, here in ((0, up), (2, ~up)):
        answers[way, place[here]], answers[way + 1, place[here]] = first[here], second[here]
    return PairTable(
        low,
        high,
        cells.contains(low, high).astype(int) + cells.contains(high, low),
        answers,
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
class Swap:
    """A statistic: the change of a measure after the two waves of some people, or pairs of people, were swapped.

    Attributes
    ----------
    pairs : PairTable
    estimator : Estimator
    movers : (2, d) int
        With which of the m things that are swapped the answer of the low person moves, and that of the high one; m
        where swapping does nothing.
    gains : (m, c) float
        What swapping each thing adds to the first wave's ties of each class.
    studentised : bool
        Divided by its dyadic-robust floored standard error.
    """

    pairs: PairTable
    estimator: Estimator
    movers: IntArray
    gains: FloatArray
    studentised: bool = True

    def __call__(self, swaps: IntArray) -> FloatArray:
        """Compute it for swaps (R, m), 1 or 0, of what changed: (R,); 0 where the change is 0."""
        pairs = self.pairs
        up1, up2, down1, down2 = pairs.answers
        totals = [add_up(pairs.cell_class, y, len(pairs.class_cells)) for y in (up1 + down1, up2 + down2)]
        moved = swaps @ self.gains
        first, second = totals[0] + moved, totals[1] - moved
        change = self.estimator.change(first, second, pairs.class_cells)
        if not self.studentised:
            return np.asarray(change, dtype=float)
        variance = self._variance(swaps, np.stack(self.estimator.slopes(first, second, pairs.class_cells)))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.isclose(change, 0, atol=1e-15), 0.0, change / np.sqrt(variance))

    def _variance(self, swaps: IntArray, slopes: FloatArray) -> FloatArray:
        from netlearn.inference.kernels_nets import swap_variances

        pairs = self.pairs
        swapped = np.zeros((len(swaps), swaps.shape[1] + 1), bool)
        swapped[:, :-1] = swaps
        c = len(pairs.class_cells)
        without_ties = pairs.class_cell_squares - add_up(pairs.cell_class, pairs.observed**2, c)
        columns = (pairs.low, pairs.high, pairs.observed.astype(np.int64), pairs.cell_class)
        return swap_variances(
            swapped, self.movers, columns, pairs.answers, slopes, pairs.person_cells, without_ties
        )


def swap(pairs: PairTable, estimator: Estimator, by: By, *, studentised: bool = True) -> Swap:
    """Say what is swapped, people (with all they answer) or pairs of people, of those whose answers changed."""
    gain = pairs.answers[[1, 3]] - pairs.answers[[0, 2]]
    d, (n, c) = len(pairs.low), pairs.person_cells.shape
    if by == "sender":
        thing, size = np.stack([pairs.low, pairs.high]), n
        changed = add_up(thing.ravel(), (gain != 0).ravel(), n) > 0
    else:
        thing, size = np.tile(np.arange(d), (2, 1)), d
        changed = gain.sum(axis=0) != 0
    number = np.where(changed, np.cumsum(changed) - 1, changed.sum())
    gains = add_up((thing * c + pairs.cell_class).ravel(), gain.ravel(), size * c).reshape(size, c)
    return Swap(pairs, estimator, number[thing], gains[changed], studentised)


def wave_swap(
    pairs: PairTable,
    estimator: Estimator,
    draws: int,
    seed: int | np.random.SeedSequence,
    alternative: str = "two-sided",
    *,
    by: By,
    studentised: bool = True,
    keep: bool = False,
    workers: Workers = 1,
) -> PermutationResult:
    """Test whether the two waves could be exchanged, person by person or pair by pair.

    Parameters
    ----------
    pairs : PairTable
    estimator : Estimator
        The change of a measure of class sums.
    draws : int
        Exact when those whose answers changed are so few that all swaps can be counted.
    seed : int or SeedSequence
    alternative : "two-sided", "greater" or "less"
    by : "sender" or "pair"
        What is swapped: all answers of a person, or both answers of two people.
    studentised : bool
        Compare change / standard error (dyadic-robust, floored), or the bare change.
    keep : bool
        Keep the draws.
    workers
        As in `permute.draw`.

    Returns
    -------
    PermutationResult
        NaN where the change is undefined.

    Raises
    ------
    NetlearnError
        By sender, of an undirected relation: a tie then has no sender.

    Notes
    -----
    Studentise: senders are not independent, as their ties are returned and their favourites shared.
    `docs/calibration.md` says how often the studentised swap by sender errs.
    """
    if by == "sender" and estimator.unit != 1:
        raise NetlearnError("the swap by sender needs a directed relation; use the swap by pair.")
    statistic = swap(pairs, estimator, by, studentised=studentised)
    swaps = Swaps(len(statistic.gains))
    observed = float(statistic(np.zeros((1, swaps.size_of), np.int64))[0])
    values, exact = rearranged(swaps, statistic, draws, seed, workers=workers)
    # Where nobody moved, swapping everything mirrors the statistic: a two-sided p counts two rearrangements at least.
    held = pairs.class_cells > 0
    moved = (estimator.to_first[held] != estimator.to_second[held]).nnz > 0
    least = 2 / swaps.count if alternative == "two-sided" and not moved else 0.0
    null: Null = "wave_swap_sender" if by == "sender" else "wave_swap"
    return result(observed, values, exact, null, alternative, smallest_p=least, keep=keep)
