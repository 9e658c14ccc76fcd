"""Difference between pairs who shared something and pairs of the same kind who did not; and dealing it anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import Rung, person_variance, rung
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Labels
from netlearn.inference.regression import left_out_variance, n_pairs, pair_sums
from netlearn.study.cells import add_up

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Contrast:
    """Cells in which something could happen, each of a kind within which cells are compared.

    Attributes
    ----------
    i, j : (m,) int
        The two people of each cell; each cell once.
    n, n_people : int
        People in all, and people who answered.
    happened : (m,) 0/1
    kind : (m,) int
        0, 1, … in use.
    """

    i: IntArray
    j: IntArray
    n: int
    n_people: int
    happened: FloatArray
    kind: IntArray

    def counts(self, chosen: BoolArray) -> tuple[FloatArray, FloatArray]:
        """Cells, and cells where it happened, per kind: (k,) each."""
        size = self.kind.max(initial=-1) + 1
        return add_up(self.kind, chosen, size), add_up(self.kind, chosen * self.happened, size)

    def difference(self, together: BoolArray) -> tuple[float, FloatArray]:
        """Share among those together minus that of their kind among the others; influence of every cell (m,)."""
        (n1, s1), (n0, s0) = self.counts(together), self.counts(~together)
        weight = np.where(n0 > 0, n1, 0.0)
        if not weight.any():
            return float("nan"), np.full(len(self.kind), np.nan)
        rate0 = s0 / np.maximum(n0, 1)
        estimate = float((np.where(n0 > 0, s1, 0.0) - weight * rate0).sum() / weight.sum())
        rest = self.happened - rate0[self.kind]
        share = np.where(together, 1.0, -(weight / np.maximum(n0, 1))[self.kind]) * (weight[self.kind] > 0)
        return estimate, share * (rest - estimate * together) / weight.sum()

    def left_out(self, together: BoolArray, estimate: float) -> FloatArray:
        """Estimate minus that without each person: (n,); NaN if it is undefined without some person."""
        k = self.kind.max(initial=-1) + 1
        tables = []
        for chosen in (together, ~together):
            for values, whole in zip(
                (chosen * 1.0, chosen * self.happened), self.counts(chosen), strict=True
            ):
                own = sum(add_up(p * k + self.kind, values, self.n * k) for p in (self.i, self.j))
                tables.append(whole - np.reshape(own, (self.n, k)))
        n1, s1, n0, s0 = tables
        weight = np.where(n0 > 0.5, n1, 0.0)
        gap = np.where(n0 > 0.5, s1, 0.0) - weight * s0 / np.maximum(n0, 1)
        total = weight.sum(axis=1)
        without = gap.sum(axis=1) / np.where(total > 0.5, total, np.nan)
        return estimate - without

    def luck(self) -> FloatArray:
        """Variance per cell of what happened, by kind and whoever was together; cells of a pair vary together: (k,)."""
        size = self.kind.max(initial=-1) + 1
        cells, happened = self.counts(np.ones(len(self.kind), bool))
        rest = self.happened - (happened / np.maximum(cells, 1))[self.kind]
        pair = np.minimum(self.i, self.j) * self.n + np.maximum(self.i, self.j)
        _, first, place = np.unique(pair, return_index=True, return_inverse=True)
        squares = add_up(self.kind[first], add_up(place, rest, len(first)) ** 2, size)
        return squares / np.maximum(cells, 1)

    def null_variance(self, together: BoolArray, luck: FloatArray) -> float:
        """Variance of the difference if sharing made none and pairs were independent.

        Few pairs together seem to vary little (none of them may have formed a tie), so their kind tells how much luck
        there is.
        """
        n1, n0 = self.counts(together)[0], self.counts(~together)[0]
        used = (n1 > 0) & (n0 > 0)
        # Cells together weigh 1 and the others n1 / n0, over all cells together: n1 + n1^2 / n0 squares per kind.
        spread = (n1 + n1**2 / np.maximum(n0, 1)) * luck
        return float(spread[used].sum() / n1[used].sum() ** 2)

    def rung(self, together: BoolArray, alpha: float, alternative: str) -> Rung:
        """Return the difference with its dyadic-robust interval, never narrower than luck alone would make it."""
        estimate, influence = self.difference(together)
        if np.isnan(estimate):
            return rung("person", estimate, np.nan, self.n_people, alpha, alternative)
        sums, dyads = pair_sums(influence, self.i, self.j, self.n)
        left, pairs = self.left_out(together, estimate), n_pairs(self.i, self.j, self.n)
        variance, df = left_out_variance(left, sums, dyads, self.n_people, pairs)
        if variance > 0:
            variance = max(variance, self.null_variance(together, self.luck()))
        return rung("person", estimate, variance, self.n_people, alpha, alternative, df)


@dataclass(frozen=True, eq=False)
class _Seats:
    """Statistic of redrawn seats: `rooms` (s, s) tells whether two seats meet, `place` (n,) the column of a person."""

    contrast: Contrast
    luck: FloatArray
    rooms: FloatArray
    place: IntArray

    def __call__(self, seats: IntArray) -> FloatArray:
        made = self.contrast
        i, j = self.place[made.i], self.place[made.j]
        return np.array([self._studentised(self.rooms[row[i], row[j]] > 0) for row in seats])

    def _studentised(self, together: BoolArray) -> float:
        made = self.contrast
        estimate, influence = made.difference(together)
        if np.isnan(estimate):
            return np.nan
        sums, dyads = pair_sums(influence, made.i, made.j, made.n)
        variance, _ = person_variance(sums, dyads, made.n_people, len(made.i))
        variance = max(variance, made.null_variance(together, self.luck))
        return float(estimate / np.sqrt(variance)) if variance > 0 else 0.0  # nothing happened, or everything


def redraw_seats(
    made: Contrast,
    met: FloatArray,
    layer: IntArray,
    draws: int,
    seed: int,
    *,
    workers: Workers = 1,
    alternative: str = "two-sided",
) -> PermutationResult:
    """Test a difference by dealing the seats in the rooms anew within strata.

    The statistic is the difference over its dyadic-robust standard error. All ways are counted where they are no more
    than `draws`; people who could change seats without a difference are not told apart.

    Parameters
    ----------
    made : Contrast
    met : (n, n) float
        Rooms that two people shared. People of whom it is known for nobody (NaN) keep out.
    layer : (n,) int
        Stratum within which seats are dealt.

    Raises
    ------
    NetlearnError
        Of some people it is known for a part of the others only.
    """
    n = len(met)
    known = np.flatnonzero(~(np.isnan(met) | np.eye(n, dtype=bool)).all(axis=1))
    inside = met[np.ix_(known, known)].copy()
    np.fill_diagonal(inside, 0.0)
    if np.isnan(inside).any():
        raise NetlearnError(
            "seats can be dealt again only if it is known of every two people whether they shared a room; give "
            "NaN in the whole row (and column) of people of whom it is known in part."
        )
    inside = (inside > 0).astype(float)  # the statistic asks whether, not how often
    seat = interchangeable(inside)
    place = np.zeros(n, np.int64)
    place[known] = np.arange(len(known))
    rooms = _between(inside, seat)
    statistic = _Seats(made, made.luck(), rooms, place)
    observed = float(statistic(seat[None])[0])
    labels = Labels(seat, layer[known])
    values, exact = rearranged(labels, statistic, draws, seed, workers=workers, label="rooms")
    least = _alike(rooms, seat, layer[known]) / labels.count
    return result(observed, values, exact, "seats_redrawn", alternative, smallest_p=least)


def interchangeable(met: FloatArray) -> IntArray:
    """Give people who could change seats without a difference the same number: (n,).

    Examples
    --------
    Two pairs of partners, and one person alone:

    >>> met = np.zeros((5, 5))
    >>> met[[0, 1, 2, 3], [1, 0, 3, 2]] = 1
    >>> interchangeable(met).tolist()
    [0, 0, 1, 1, 2]
    """
    n = len(met)
    seat = np.full(n, -1)
    total = met.sum(axis=1)
    for i in range(n):
        if seat[i] < 0:
            others = np.flatnonzero((seat < 0) & (total == total[i]))
            differs = met[others] != met[i]
            differs[:, i] = False
            differs[np.arange(len(others)), others] = False
            seat[others[~differs.any(axis=1)]] = seat.max() + 1
    return seat


def _between(met: FloatArray, seat: IntArray) -> FloatArray:
    """Shared rooms of two people from their seats; on the diagonal of two people with the same: (s, s)."""
    first = np.unique(seat, return_index=True)[1]
    table = met[np.ix_(first, first)].copy()
    for s in range(len(first)):
        members = np.flatnonzero(seat == s)
        table[s, s] = met[members[0], members[1]] if len(members) > 1 else 0.0
    return table


def _alike(rooms: FloatArray, seat: IntArray, layer: IntArray) -> int:
    """Count the ways of renaming seats that leave who met whom as it is; of more than seven seats only one.

    With more seats there are so many ways of dealing them that the smallest p is that of the draws.
    """
    size = len(rooms)
    if size > 7:
        return 1
    held = np.array([np.bincount(seat[layer == k], minlength=size) for k in np.unique(layer)])
    return sum(
        bool((rooms[np.ix_(order, order)] == rooms).all() and (held[:, order] == held).all())
        for order in map(list, permutations(range(size)))
    )
