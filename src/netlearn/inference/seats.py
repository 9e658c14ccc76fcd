"""Seats in rooms dealt anew: who sat with whom is redrawn, and what is added up over those together is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Labels

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Seating:
    """The seats that can be dealt anew.

    Attributes
    ----------
    people : (k,) int
        Those of whom it is known with whom they sat.
    seat : (k,) int
        Seat of each; people who could change seats without a difference have the same.
    rooms : (s, s) bool
        Two seats meet; on the diagonal: two people with that seat do.
    layer : (k,) int
        Stratum of each, within which seats are dealt.
    """

    people: IntArray
    seat: IntArray
    rooms: BoolArray
    layer: IntArray

    def may_meet(self) -> BoolArray:
        """Tell which two people some way of dealing the seats puts together: (k, k)."""
        layers, code = np.unique(self.layer, return_inverse=True)
        held = np.zeros((len(layers), len(self.rooms)), np.int64)
        np.add.at(held, (code, self.seat), 1)
        has = held > 0
        found = (has.astype(float) @ self.rooms @ has.T.astype(float)) > 0
        for k in range(len(layers)):  # of one stratum: a seat meets itself only if two people have it
            among = self.rooms & has[k] & has[k][:, None]
            np.fill_diagonal(among, np.diag(self.rooms) & (held[k] > 1))
            found[k, k] = among.any()
        return np.asarray(found[np.ix_(code, code)])


def seating(met: FloatArray, layer: IntArray) -> Seating:
    """Find the seats of people from the rooms that every two of them shared.

    Parameters
    ----------
    met : (n, n) float
        Shared rooms, symmetric. People of whom it is known for nobody (NaN) keep out. The diagonal does not count.
    layer : (n,) int
        Stratum within which seats are dealt.

    Raises
    ------
    NetlearnError
        Of some people it is known for a part of the others only.

    Examples
    --------
    Two pairs of partners, and one person alone:

    >>> met = np.zeros((5, 5))
    >>> met[[0, 1, 2, 3], [1, 0, 3, 2]] = 1
    >>> seating(met, np.zeros(5, int)).seat.tolist()
    [0, 0, 1, 1, 2]
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
    together = inside > 0
    seat = _interchangeable(together)
    return Seating(known, seat, _between(together, seat), layer[known])


def redraw_seats(
    values: FloatArray,
    seats: Seating,
    draws: int,
    seed: int,
    *,
    workers: Workers = 1,
    alternative: str = "two-sided",
) -> PermutationResult:
    """Add up values over the pairs that sat together, and test the sum by dealing the seats anew within strata.

    All ways are counted where they are no more than `draws`.

    Parameters
    ----------
    values : (n, n) float
        Of cells; both cells of a pair count. 0 where there is nothing to compare. Values that add up to 0 among the
        pairs of every two strata make the sum 0 on average over all ways of dealing.
    seats : Seating

    Examples
    --------
    Four people, one tie between the first two, who are the only partners: one of the six pairs holds it.

    >>> met = np.zeros((4, 4))
    >>> met[0, 1] = met[1, 0] = 1
    >>> found = redraw_seats(np.triu(met), seating(met, np.zeros(4, int)), 99, 1, alternative="greater")
    >>> found.statistic, found.draws, round(found.p_value, 4)
    (1.0, 6, 0.1667)
    """
    own = np.ix_(seats.people, seats.people)
    places = np.sort(seats.seat)
    first, second = np.nonzero(np.triu(seats.rooms[np.ix_(places, places)], 1))
    statistic = _SumTogether(np.ravel(values[own] + values.T[own]), first, second)
    observed = float(statistic(seats.seat[None])[0])
    found, exact = rearranged(
        Labels(seats.seat, seats.layer), statistic, draws, seed, workers=workers, label="rooms"
    )
    return result(observed, found, exact, "seats_redrawn", alternative)


@dataclass(frozen=True, eq=False)
class _SumTogether:
    """Sum over the pairs together, from the seats of people (R, k).

    However seats are dealt, people in the order of their seats sit in the same places; `first` and `second` name the
    places that meet. `values` (k * k,) holds both cells of a pair in each of its two places.
    """

    values: FloatArray
    first: IntArray
    second: IntArray

    def __call__(self, seats: IntArray) -> FloatArray:
        k = seats.shape[1]
        order = np.argsort(seats, axis=1, kind="stable")
        rows = order * k
        return np.array(
            [
                self.values[row[self.first] + who[self.second]].sum()
                for row, who in zip(rows, order, strict=True)
            ]
        )


def _interchangeable(together: BoolArray) -> IntArray:
    """Give people who could change seats without a difference the same number: (k,)."""
    n = len(together)
    seat = np.full(n, -1)
    total = together.sum(axis=1)
    for i in range(n):
        if seat[i] < 0:
            others = np.flatnonzero((seat < 0) & (total == total[i]))
            differs = together[others] != together[i]
            differs[:, i] = False
            differs[np.arange(len(others)), others] = False
            seat[others[~differs.any(axis=1)]] = seat.max() + 1
    return seat


def _between(together: BoolArray, seat: IntArray) -> BoolArray:
    """Tell which two seats meet; on the diagonal whether two people with the same do: (s, s)."""
    first = np.unique(seat, return_index=True)[1]
    table = together[np.ix_(first, first)].copy()
    for s in range(len(first)):
        members = np.flatnonzero(seat == s)
        table[s, s] = len(members) > 1 and together[members[0], members[1]]
    return table
