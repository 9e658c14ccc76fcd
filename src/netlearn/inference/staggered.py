"""Staggered starts: each starting group against those not yet trained, cell by cell, under redrawn start waves.

A cell is a group g (all who start in wave g) in a wave t. Its change since the last wave before the start, g - 1, is
set against the change of those who start after both g and t, or never. Whoever is trained already is nobody's
comparison: a growing effect would be taken off the later groups', which is what two-way fixed effects do.

Sources: Callaway & Sant'Anna (2021), Journal of Econometrics 225; Roth & Sant'Anna (2023), Journal of Political Economy
Microeconomics 1 (start waves at random).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.inversion import parts
from netlearn.inference.multiplicity import max_t
from netlearn.inference.permute import PermutationResult, result
from netlearn.inference.randomization import ROUNDING, Redrawn, redraw, spread_of, units_of
from netlearn.inference.runs import Runs

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
PARTS = 5  # columns of `parts`


@dataclass(frozen=True, eq=False)
class GroupTime:
    """Effects by group and wave, and all effects after the start together.

    Attributes
    ----------
    group, wave : (c,) int
        Starting wave and wave of each cell.
    placebo : (c,) bool
        The wave lies before the start: no effect can be there.
    effect, se : (c,) float
        Change since wave g - 1, minus that of the not yet trained. se is NaN where it is 0 but for rounding, as it
        always is between one trained unit and one other.
    n_trained, n_comparison, n_units : (c,) int
        People with an outcome in both waves, and the units of both together.
    p : (c,) float
        From the redrawn start waves: of effect / se, or of the plain effect where there is no se.
    smallest_p : (c,) float
        Smallest p that the cell could have had with these draws.
    adjusted_p : (c,) float
        p adjusted by max-T among all effects (among all placebo cells), see `max_t`. Cells without se are in no family:
        NaN.
    mean : Redrawn
        Mean of the effects from the start on, weighted by group size, and its test.
    """

    group: IntArray
    wave: IntArray
    placebo: NDArray[np.bool_]
    effect: FloatArray
    se: FloatArray
    n_trained: IntArray
    n_comparison: IntArray
    n_units: IntArray
    p: FloatArray
    smallest_p: FloatArray
    adjusted_p: FloatArray
    mean: Redrawn

    @property
    def result(self) -> PermutationResult:
        """The test of the mean effect."""
        return self.mean.result


class Cell(NamedTuple):
    """One group in one wave: effect and carried training (R,), what each unit adds to them (R, u), people (R,).

    `noise` is the largest standard error that is 0 but for rounding.
    """

    effect: FloatArray
    carried: FloatArray
    u: FloatArray
    w: FloatArray
    n_trained: FloatArray
    n_comparison: FloatArray
    noise: float

    @property
    def se(self) -> FloatArray:
        """Standard error clustered by unit; NaN where it is 0 but for rounding: (R,)."""
        variance = np.einsum("ri,ri->r", self.u, self.u)
        return np.sqrt(np.where(variance > self.noise**2, variance, np.nan))


@dataclass(frozen=True, eq=False)
class StartModel:
    """Effects by group and wave for any start waves.

    Attributes
    ----------
    outcome : (waves, n) float
    trained : (waves, n) float
        1 from the observed start on.
    unit : (n,) int
        Place of each person's unit; people by stratum and in it by unit.
    units, layers : Runs
        Of units, and of strata.
    places : tuple of (group, wave)
        The cells, those from the start on and those before it.
    noise : float
        An outcome, or a standard error, of this size is 0 but for rounding.
    """

    outcome: FloatArray
    trained: FloatArray
    unit: IntArray
    units: Runs
    layers: Runs
    places: tuple[tuple[int, int], ...]
    noise: float

    def __call__(self, start: IntArray) -> FloatArray:
        """Return the parts of the mean effect, then effect and standard error of every cell: (R, 5 + 2 c)."""
        cells = self.cells(start)
        columns = [column for cell in cells for column in (cell.effect, cell.se)]
        return np.column_stack([self.mean(cells), *columns])

    def cells(self, start: IntArray) -> list[Cell]:
        """Compute every cell."""
        people = start[:, self.unit]
        return [self._cell(people, group, wave) for group, wave in self.places]

    def mean(self, cells: list[Cell]) -> FloatArray:
        """Return the parts of the mean of the effects from the start on, weighted by group size: (R, 5)."""
        after = [cell for cell, (group, wave) in zip(cells, self.places, strict=True) if wave >= group]
        weights = np.array([np.where(np.isfinite(cell.effect), cell.n_trained, 0.0) for cell in after])
        total = weights.sum(axis=0)
        weights = np.divide(weights, total, out=np.full_like(weights, np.nan), where=total > 0)
        means = []
        for name in ("effect", "carried", "u", "w"):
            values = np.nan_to_num(np.array([getattr(cell, name) for cell in after]))
            means.append(np.einsum("cr,cr...->r...", weights, values))
        return parts(*means)

    def _cell(self, start: IntArray, group: int, wave: int) -> Cell:
        change = self.outcome[wave] - self.outcome[group - 1]
        known = np.isfinite(change)
        ours = ((start == group) & known).astype(float)
        members = ours + ((start > max(group, wave)) & known)
        d = self.layers.centred(ours, members)
        weight = np.einsum("ri,ri->r", d, d)
        weight[weight < 1e-9] = np.nan  # no stratum holds both
        found, scores = [], []
        for values in (np.where(known, change, 0.0), self.trained[wave] - self.trained[group - 1]):
            free = self.layers.centred(values, members)
            free[np.abs(free) <= self.noise] = 0.0
            found.append(np.einsum("ri,ri->r", d, free) / weight)
            rest = d * (free - found[-1][:, None] * d) / weight[:, None]
            scores.append(self.units.sums(rest))
        n = ours.sum(axis=1)
        return Cell(found[0], found[1], scores[0], scores[1], n, members.sum(axis=1) - n, self.noise)

    def seen(self, start: IntArray, group: int, wave: int) -> tuple[IntArray, IntArray]:
        """Tell the part of each unit in a cell, 0 none, 1 comparison, 2 trained, and its stratum: (u,) each."""
        known = np.isfinite(self.outcome[wave] - self.outcome[group - 1])
        part = np.where(start == group, 2, (start > max(group, wave)).astype(np.int64))
        seen = np.isin(np.arange(len(start)), self.unit[known])
        layer = np.zeros(len(start), np.int64)
        layer[self.unit] = self.layers.place
        return np.where(seen, part, 0), layer


def start_model(outcome: FloatArray, unit: IntArray, start: IntArray, strata: IntArray) -> StartModel:
    """Prepare the cells: every group that starts after the first wave, in every wave but the one before its start.

    Parameters
    ----------
    outcome : (waves, n) float
    unit : (n,) int
        Place of each person's unit, 0 to u - 1; a unit lies in one stratum.
    start, strata : (n,) int
    """
    waves = len(outcome)
    people = np.lexsort((unit, strata))
    starts = start[people]
    groups = [int(g) for g in np.unique(starts) if 0 < g < waves]
    places = tuple((g, t) for g in groups for t in range(waves) if t != g - 1)
    return StartModel(
        outcome[:, people],
        (np.arange(waves)[:, None] >= starts).astype(float),
        unit[people],
        Runs.of(unit[people]),
        Runs.of(strata[people]),
        places,
        ROUNDING * spread_of(outcome)[0],
    )


def redraw_starts(
    outcome: FloatArray, unit: IntArray, start: IntArray, strata: IntArray, **how: Any
) -> GroupTime:
    """Estimate group-time effects and test them by dealing the start waves again among the units of each stratum.

    Parameters
    ----------
    outcome : (waves, n) float
        NaN where missing; a person counts in a cell if both its waves are there.
    unit, strata : (n,) int
        What was assigned as one, and within which stratum.
    start : (n,) int
        First wave in which each counts as trained; a number of waves or more: not in these waves. People trained in
        the first wave already have no wave before: they are left out, and so are people with fewer than two values.
    how
        draws, seed, alternative (of the mean effect; cells are two-sided), alpha, workers, progress, keep: as in
        `netlearn.inference.randomization.redraw`.

    Returns
    -------
    GroupTime
    """
    seen = (start > 0) & (np.isfinite(outcome).sum(axis=0) > 1)
    outcome, unit, strata = outcome[:, seen], unit[seen], strata[seen]
    start = np.minimum(start[seen], len(outcome))  # after the last wave all are alike: not in these waves
    _, place, labels, layers = units_of(unit, start, strata)
    model = start_model(outcome, place, start, strata)
    if not model.places:
        raise NetlearnError("nobody with an outcome starts training after the first of these waves.")
    trained = start < len(outcome)
    mean, made, exact = redraw(model, place, labels, layers, trained, spread_of(outcome), **how)
    cells = [_tested(model, labels, c, cell, made, exact) for c, cell in enumerate(model.cells(labels[None]))]
    return GroupTime(**_columns(model.places, cells, made[:, PARTS:], exact), mean=mean)


class TriedCell(NamedTuple):
    """What is told of one cell."""

    effect: float
    se: float
    n_trained: int
    n_comparison: int
    n_units: int
    p: float
    smallest_p: float


def _tested(
    model: StartModel, labels: IntArray, at: int, cell: Cell, made: FloatArray, exact: bool
) -> TriedCell:
    """Set one cell against the draws: by effect over standard error, or by the plain effect where there is none."""
    effect, se = float(cell.effect[0]), float(cell.se[0])
    plain, spread = (made[:, PARTS + 2 * at + k] for k in (0, 1))
    here, there = (effect, plain) if np.isnan(se) else (effect / se, plain / spread)
    part, layer = model.seen(labels, *model.places[at])
    found = result(here, there, exact, "assignment_redrawn", smallest_p=_least(part, layer))
    smallest = np.nan if np.isnan(here) else found.smallest_p
    sizes = (int(cell.n_trained[0]), int(cell.n_comparison[0]), int((part > 0).sum()))
    return TriedCell(effect, se, *sizes, found.p_value, smallest)


def _least(part: IntArray, layer: IntArray) -> float:
    """Smallest two-sided p of a cell, were all ways tried of dealing who is trained, comparison or neither in it.

    A stratum without trained or without comparison says nothing, however it is dealt. Where every other holds as many
    of the one as of the other, the mirrored way gives the same effect the other way round.

    Examples
    --------
    One trained unit, one comparison and two others, 12 ways; and two against one:

    >>> one = np.zeros(4, int)
    >>> _least(np.array([2, 1, 0, 0]), one) == 2 / 12, _least(np.array([2, 2, 1]), one[:3]) == 1 / 3
    (True, True)
    """
    ways, mirrored = 1, True
    for stratum in np.unique(layer):
        neither, comparison, trained = np.bincount(part[layer == stratum], minlength=3).tolist()
        if comparison and trained:
            ways *= comb(neither + comparison + trained, neither) * comb(comparison + trained, trained)
            mirrored &= comparison == trained
    return max((2 if mirrored else 1) / ways, float(np.finfo(float).tiny))


def _columns(
    at: tuple[tuple[int, int], ...], cells: list[TriedCell], drawn: FloatArray, exact: bool
) -> dict[str, Any]:
    """Columns of the cells, and the p of those with a standard error among their family."""
    places = np.array(at, np.int64)
    placebo = places[:, 1] < places[:, 0]
    columns = {name: np.array([getattr(cell, name) for cell in cells]) for name in TriedCell._fields}
    t, drawn_t = columns["effect"] / columns["se"], drawn[:, ::2] / drawn[:, 1::2]
    adjusted = np.full(len(t), np.nan)
    for family in (placebo, ~placebo):
        adjusted[family] = max_t(t[family], drawn_t[:, family], exact)
    return columns | {"group": places[:, 0], "wave": places[:, 1], "placebo": placebo, "adjusted_p": adjusted}
