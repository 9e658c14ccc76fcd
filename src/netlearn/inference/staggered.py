"""Staggered starts: each starting group against those not yet trained, cell by cell, under redrawn start waves.

A cell is a group g (all who start in wave g) in a wave t. Its change since the last wave before the start, g - 1, is
set against the change of those who start after both g and t, or never. Whoever is trained already is nobody's
comparison: a growing effect would be taken off the later groups', which is what two-way fixed effects do.

Sources: Callaway & Sant'Anna (2021), Journal of Econometrics 225; Roth & Sant'Anna (2023), Journal of Political Economy
Microeconomics 1 (start waves at random).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.inversion import parts
from netlearn.inference.multiplicity import max_t
from netlearn.inference.permute import PermutationResult, p_value
from netlearn.inference.randomization import Redrawn, redraw, spread_of, units_of
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
        Change since wave g - 1, minus that of the not yet trained.
    n_trained, n_comparison : (c,) int
        People with an outcome in both waves.
    p, adjusted_p : (c,) float
        From the redrawn start waves; adjusted by max-T among all effects (among all placebo cells), see `max_t`.
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
    p: FloatArray
    adjusted_p: FloatArray
    mean: Redrawn

    @property
    def result(self) -> PermutationResult:
        """The test of the mean effect."""
        return self.mean.result


class Cell(NamedTuple):
    """One group in one wave: effect and carried training (R,), what each unit adds to them (R, u), people (R,)."""

    effect: FloatArray
    carried: FloatArray
    u: FloatArray
    w: FloatArray
    n_trained: FloatArray
    n_comparison: FloatArray

    @property
    def variance(self) -> FloatArray:
        """Squared standard error clustered by unit: (R,)."""
        return np.einsum("ri,ri->r", self.u, self.u)

    @property
    def t(self) -> FloatArray:
        """Effect over its standard error; NaN where that is 0: (R,)."""
        variance = np.where(self.variance > 0, self.variance, np.nan)
        return self.effect / np.sqrt(variance)


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
    """

    outcome: FloatArray
    trained: FloatArray
    unit: IntArray
    units: Runs
    layers: Runs
    places: tuple[tuple[int, int], ...]

    def __call__(self, start: IntArray) -> FloatArray:
        """Return the parts of the mean effect, then the t of every cell, for start waves of all units: (R, 5 + c)."""
        cells = self.cells(start)
        return np.column_stack([self.mean(cells), *(cell.t for cell in cells)])

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
            found.append(np.einsum("ri,ri->r", d, free) / weight)
            rest = d * (free - found[-1][:, None] * d) / weight[:, None]
            scores.append(self.units.sums(rest))
        n = ours.sum(axis=1)
        return Cell(found[0], found[1], scores[0], scores[1], n, members.sum(axis=1) - n)


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
    return GroupTime(**_by_cell(model.cells(labels[None]), model.places, made[:, PARTS:], exact), mean=mean)


def _by_cell(
    cells: list[Cell], at: tuple[tuple[int, int], ...], drawn: FloatArray, exact: bool
) -> dict[str, Any]:
    """Columns of the cells, with the p of each alone and among its family."""
    places = np.array(at, np.int64)
    placebo = places[:, 1] < places[:, 0]
    t = np.array([cell.t[0] for cell in cells])
    adjusted = np.full(len(t), np.nan)
    for family in (placebo, ~placebo):
        adjusted[family] = max_t(t[family], drawn[:, family], exact)
    return {
        "group": places[:, 0],
        "wave": places[:, 1],
        "placebo": placebo,
        "effect": np.array([cell.effect[0] for cell in cells]),
        "se": np.sqrt([cell.variance[0] for cell in cells]),
        "n_trained": np.array([cell.n_trained[0] for cell in cells], np.int64),
        "n_comparison": np.array([cell.n_comparison[0] for cell in cells], np.int64),
        "p": np.array([p_value(v, drawn[:, c], exact=exact) for c, v in enumerate(t)]),
        "adjusted_p": adjusted,
    }
