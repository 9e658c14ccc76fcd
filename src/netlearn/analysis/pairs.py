"""The pairs of people of a panel who could share a room: what they share, their ties before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.seats import Seating, seating
from netlearn.inference.terms import shared
from netlearn.study.panel import Panel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pairs:
    """The cells observed in both waves, of pairs whose rooms are known.

    Attributes
    ----------
    i, j : (m,) int
        The two people of each cell; each pair once if undirected.
    before, after : (m,) 0/1
        Tie in each wave.
    back : (m,) float
        The reverse tie before; NaN where not observed.
    rooms : (m,) float
        Shared rooms.
    same : (m,) 0/1
        One department.
    layer : (n,) int
        Stratum of each person.
    n_people, n_departments : int
        People with a cell of their own, and their departments.
    """

    i: IntArray
    j: IntArray
    n: int
    directed: bool
    before: FloatArray
    after: FloatArray
    back: FloatArray
    rooms: FloatArray
    same: FloatArray
    layer: IntArray
    n_people: int
    n_departments: int

    @property
    def together(self) -> BoolArray:
        """Tell which cells are of people who shared a room: (m,)."""
        return self.rooms > 0

    @property
    def layers(self) -> IntArray:
        """Number of the two strata of each cell."""
        a, b = self.layer[self.i], self.layer[self.j]
        return np.unique(np.minimum(a, b) * self.n + np.maximum(a, b), return_inverse=True)[1]

    def square(self, values: FloatArray) -> FloatArray:
        """Put values of the cells into an (n, n) matrix, NaN elsewhere."""
        full = np.full((self.n, self.n), np.nan)
        full[self.i, self.j] = values
        if not self.directed:
            full[self.j, self.i] = values
        return full


def shared_rooms(together: Any, n: int) -> FloatArray:
    """Count the rooms that people shared, from pairs or from people x rooms: (n, n), NaN where not known."""
    given = np.array(together.toarray() if sparse.issparse(together) else together, dtype=float)
    if given.ndim != 2 or len(given) != n:
        raise NetlearnError(f"together must be {n} people x people or {n} people x rooms; got {given.shape}.")
    if given.shape[1] != n:
        return shared(np.where(np.isnan(given), np.nan, given > 0))
    np.fill_diagonal(given, 0.0)
    if not np.array_equal(given, given.T, equal_nan=True):
        raise NetlearnError(
            "a square `together` counts the rooms that two people shared and must be symmetric; people x rooms with as "
            "many rooms as people: add an empty room."
        )
    known = given[~np.isnan(given)]
    if (known < 0).any() or (known % 1 != 0).any():
        raise NetlearnError("together must count shared rooms: 0, 1, 2, … or NaN where it is not known.")
    return given


def layers_of(strata: ArrayLike | None, n: int) -> IntArray:
    """Give each of n people the number of their stratum: (n,); all the same if there are none."""
    if strata is None:
        return np.zeros(n, np.int64)
    labels = np.asarray(strata)
    if labels.shape != (n,) or pd.isna(labels).any():
        raise NetlearnError(f"strata must hold one label for each of the {n} people.")
    return np.unique(labels, return_inverse=True)[1]


def observed_pairs(
    panel: Panel, waves: tuple[str, str], met: FloatArray, comparable: ArrayLike | None, layer: IntArray
) -> Pairs:
    """Find the cells that can be compared.

    Raises
    ------
    UndefinedError
        No pair shared a room, or every pair did.
    NetlearnError
        `comparable` has another shape.
    """
    first, second = (panel.wave(w) for w in waves)
    mask = panel.joint_cells(waves).dense() & ~np.isnan(met)
    mask &= allowed(comparable, panel.n)
    i, j = np.nonzero(mask if panel.directed else np.triu(mask))
    rooms, group = met[i, j], panel.group(waves[0])
    for nobody, what in ((rooms > 0, "no"), (rooms == 0, "every")):
        if not nobody.any():
            raise UndefinedError(f"{what} observed pair shared a room, so there is nothing to compare.")
    people = np.unique(i if panel.directed else np.concatenate([i, j]))
    tie, seen = first.ties, first.observed
    return Pairs(
        i,
        j,
        panel.n,
        panel.directed,
        tie[i, j].astype(float),
        second.ties[i, j].astype(float),
        np.where(seen[j, i], tie[j, i], np.nan),
        rooms,
        (group[i] == group[j]).astype(float),
        layer,
        len(people),
        len(np.unique(group[people])),
    )


def allowed(comparable: ArrayLike | None, n: int) -> BoolArray:
    """Tell which pairs could have shared a room: (n, n), all of them if nothing is said."""
    if comparable is None:
        return np.ones((n, n), bool)
    given = np.asarray(comparable, dtype=bool)
    if given.shape != (n, n):
        raise NetlearnError(f"comparable must have shape {(n, n)}; got {given.shape}.")
    return np.asarray(given & given.T)


def dealt_seats(panel: Panel, met: FloatArray, comparable: ArrayLike | None, layer: IntArray) -> Seating:
    """Find the seats that are dealt anew within strata.

    Raises
    ------
    NetlearnError
        Dealing could put two people together who, as `comparable` says, could not have shared a room; see also
        `seating`.
    """
    seats = seating(met, layer)
    own = np.ix_(seats.people, seats.people)
    wrong = np.triu(seats.may_meet() & ~allowed(comparable, panel.n)[own], 1)
    if wrong.any():
        one, other = (panel.ids[seats.people[k]] for k in np.argwhere(wrong)[0])
        raise NetlearnError(
            f"comparable says that {one!r} and {other!r} could not have shared a room, but rooms dealt anew within "
            f"strata could put them together (as {wrong.sum()} pairs in all): give strata that keep them apart."
        )
    return seats
