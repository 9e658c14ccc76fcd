"""Randomization inference: the training is dealt again the way it was dealt, and the difference is computed each time.

The statistic is the coefficient of the arm in a least-squares regression of the outcome on arm, stratum dummies and
covariates, over its standard error robust to clustering by assigned unit: departments that were trained as wholes count
as so many clusters. Nothing is assumed about how people of a unit hang together; only the assignment is random.

Sources: Fisher (1935), The Design of Experiments; Rosenbaum (2002), Statistical Science 17; Wu & Ding (2021), Journal
of the American Statistical Association 116 (why to studentise).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import Rung, rung
from netlearn.inference.inversion import inverted, parts, statistic
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Labels
from netlearn.inference.runs import Runs

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
ROUNDING = 1e-12  # of the largest outcome: no more than that is nothing


@dataclass(frozen=True, eq=False)
class Redrawn:
    """A difference between arms, with its p and interval under redrawn assignments.

    Attributes
    ----------
    estimate, se : float
        Coefficient of the arm, and its standard error clustered by unit.
    low, high : float
        Effects that the redrawn assignments do not exclude, were the effect the same for everybody; infinite where
        they exclude nothing.
    clustered : Rung
        The same estimate with t over the units, beside it.
    result : PermutationResult
        Its `smallest_p` is the smallest p with these draws: `attainable_p`, or 1 / (1 + draws) if that is more.
    attainable_p : float
        Smallest p that the design can give, were all assignments tried; known before any outcome is.
    n_assignments : float
        Number of different assignments; infinite if more than can be counted.
    n_people, n_trained, n_units : int
        People with an outcome, the trained among them, and their units.
    studentised : bool
        False where the standard error is 0 or undefined, so that the plain difference was compared.
    """

    estimate: float
    se: float
    low: float
    high: float
    clustered: Rung
    result: PermutationResult
    attainable_p: float
    n_assignments: float
    n_people: int
    n_trained: int
    n_units: int
    studentised: bool


def attainable_p(
    unit: IntArray, labels: IntArray, strata: IntArray, alternative: str = "two-sided"
) -> tuple[float, float]:
    """Count the assignments that a design allows, and the smallest p that it can give.

    Parameters
    ----------
    unit, strata : (n,) int
        What was assigned as one, and within which stratum.
    labels : (n,) int
        1 trained, 0 not; or start waves.
    alternative : "two-sided", "greater" or "less"

    Returns
    -------
    count : float
        Infinite if more than can be counted.
    smallest : float
        1 / count; 2 / count if two-sided with two labels, each given to as many units in every stratum that holds both:
        then the mirrored assignment gives the same difference the other way round. (A stratum of one label says
        nothing.)

    Raises
    ------
    NetlearnError
        Vectors that do not fit together, another alternative. For a panel there is `netlearn.design_limit`.

    Examples
    --------
    Four of eight departments, and two of five:

    >>> zeros = np.zeros(8, int)
    >>> attainable_p(np.arange(8), np.array([1, 1, 1, 1, 0, 0, 0, 0]), zeros)
    (70, 0.02857142857142857)
    >>> attainable_p(np.arange(5), np.array([1, 1, 0, 0, 0]), zeros[:5])
    (10, 0.1)
    """
    check_design(unit, labels, strata, alternative)
    _, _, own, layers = units_of(unit, labels, strata)
    names, kind = np.unique(own, return_inverse=True)
    ways, mirrored = 1, len(names) == 2
    for layer in np.unique(layers):
        counts = np.bincount(kind[layers == layer], minlength=len(names)).tolist()
        ways *= prod(comb(sum(counts[: k + 1]), here) for k, here in enumerate(counts))
        mirrored &= min(counts) == 0 or len(set(counts)) == 1
    alike = 2 if mirrored and alternative == "two-sided" else 1
    return Labels(own, layers).count, max(alike / ways, float(np.finfo(float).tiny))


def check_design(unit: IntArray, labels: IntArray, strata: IntArray, alternative: str) -> None:
    """Refuse what is no design: vectors that do not fit together, an unknown alternative."""
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    given = [np.asarray(values) for values in (unit, labels, strata)]
    if any(values.ndim != 1 or values.shape != given[0].shape for values in given):
        raise NetlearnError(f"unit, labels, strata must be vectors alike; got {[v.shape for v in given]}.")
    _, first, place = np.unique(given[0], return_index=True, return_inverse=True)
    for values, what in zip(given[1:], ("label", "stratum"), strict=True):
        if (values != values[first][place]).any():
            raise NetlearnError(f"a unit has more than one {what}; what is assigned as one must share it.")


def units_of(
    unit: IntArray, labels: IntArray, strata: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the first person of each unit, the unit's place per person, and per unit its label and stratum."""
    _, first, place = np.unique(unit, return_index=True, return_inverse=True)
    return first, place, np.asarray(labels)[first].astype(np.int64), np.asarray(strata)[first]


@dataclass(frozen=True, eq=False)
class ArmModel:
    """The regression of an outcome on the arm, for any arms: what a draw needs, worked out once.

    Attributes
    ----------
    unit : (m,) int
        Place of each person's unit; only people with an outcome, by stratum and in it by unit.
    units, layers : Runs
        Of units, and of strata.
    basis : (c, m) float
        Orthonormal rows that span what the covariates vary within strata.
    outcome, arm : (m,) float
        Residuals of the outcome and of the observed arm.
    """

    unit: IntArray
    units: Runs
    layers: Runs
    basis: FloatArray
    outcome: FloatArray
    arm: FloatArray

    def __call__(self, arms: IntArray) -> FloatArray:
        """Return the parts of the statistic for the arms of all units in each draw: (R, 5), see `statistic`."""
        d = residuals(arms[:, self.unit].astype(float), self.layers, self.basis)
        weight = np.einsum("ri,ri->r", d, d)
        weight[weight < 1e-9] = np.nan  # one arm only in every stratum
        estimate, carried = (np.einsum("ri,i->r", d, v) / weight for v in (self.outcome, self.arm))
        squares = self.units.sums(d * d)
        u = self.units.sums(d * self.outcome) - estimate[:, None] * squares
        w = self.units.sums(d * self.arm) - carried[:, None] * squares
        return parts(estimate, carried, u / weight[:, None], w / weight[:, None])


def residuals(values: FloatArray, layers: Runs, basis: FloatArray) -> FloatArray:
    """Take off the means of the strata and what the rows of the basis explain: (R, m)."""
    free = layers.centred(values, np.ones((1, values.shape[1])))
    for row in basis:
        free -= np.einsum("ri,i->r", free, row)[:, None] * row
    return free


def arm_model(
    outcome: FloatArray,
    unit: IntArray,
    arm: IntArray,
    strata: IntArray,
    covariates: FloatArray | None = None,
) -> ArmModel:
    """Prepare the regression, among people whose outcome and covariates are known.

    Parameters
    ----------
    outcome : (n,) float
    unit : (n,) int
        Place of each person's unit, 0 to u - 1; a unit lies in one stratum.
    arm, strata : (n,) int
    covariates : (n, c) float, optional
    """
    people = np.lexsort((unit, strata))
    layers = Runs.of(strata[people])
    extra = np.empty((0, len(people))) if covariates is None else covariates[people].T
    size = np.sqrt((extra**2).sum(axis=1, keepdims=True))
    extra = residuals(extra / np.where(size > 0, size, 1.0), layers, extra[:0])
    _, spread, rows = np.linalg.svd(extra, full_matrices=False)
    basis = rows[spread > 1e-10]  # not what strata or other covariates tell already
    free = residuals(np.array([outcome[people], arm[people].astype(float)]), layers, basis)
    free[0, np.abs(free[0]) < ROUNDING * spread_of(outcome)[0]] = 0.0
    return ArmModel(unit[people], Runs.of(unit[people]), layers, basis, *free)


def redraw(
    model: Callable[[IntArray], FloatArray],
    place: IntArray,
    labels: IntArray,
    layers: IntArray,
    trained: BoolArray,
    spread: tuple[float, float],
    *,
    draws: int = 9999,
    seed: int = 0,
    alternative: str = "two-sided",
    alpha: float = 0.05,
    workers: Workers = 1,
    progress: bool = False,
    keep: bool = False,
) -> tuple[Redrawn, FloatArray, bool]:
    """Deal the labels of the units again, and set the observed statistic against what comes out.

    Parameters
    ----------
    model : callable
        Of (R, u) labels, giving the five `parts` of the statistic and any further columns.
    place : (m,) int
        Unit of each person.
    labels, layers : (u,) int
    trained : (m,) bool
    spread : (float, float)
        Largest size of the outcome, of which rounding is a small share, and its range: see `spread_of`.
    draws, seed, alternative, alpha, workers, progress, keep
        As in `netlearn.randomization_test`.

    Returns
    -------
    found : Redrawn
    made : (R, 5 + c) float
        What the model gives for every draw.
    exact : bool
    """
    observed = model(labels[None])[0]
    made, exact = rearranged(
        Labels(labels, layers), model, draws, seed, workers=workers, progress=progress, label="assignments"
    )
    n_units, value = len(labels), float(observed[0])
    studentised = bool(observed[2] > (ROUNDING * spread[0]) ** 2)
    variance = float(observed[2]) * n_units / max(n_units - 1, 1) if studentised else 0.0
    se = float(np.sqrt(variance)) if studentised else np.nan
    scale = se if studentised else spread[1]
    low, high = inverted(observed, made, exact, alternative, alpha, scale=scale, studentised=studentised)
    here, there = (statistic(m, studentised=studentised) for m in (observed[None], made))
    count, least = attainable_p(np.arange(n_units), labels, layers, alternative)
    tested = result(
        float(here[0]), there, exact, "assignment_redrawn", alternative, smallest_p=least, keep=keep
    )
    beside = rung("unit", value, variance, n_units, alpha, alternative)
    sizes = (len(place), int(trained.sum()), n_units)
    found = Redrawn(value, se, low, high, beside, tested, least, count, *sizes, studentised)
    return found, made, exact


def redraw_arms(
    outcome: FloatArray,
    unit: IntArray,
    arm: IntArray,
    strata: IntArray,
    covariates: FloatArray | None = None,
    **how: Any,
) -> Redrawn:
    """Compare two arms under all assignments that the design allows, or under random ones.

    People without outcome do not enter the statistic, and units without anybody who has one are not dealt: so as many
    of those seen are trained in every draw as were. That is valid as long as training does not decide who answers, also
    where people on the roster could never have been trained.

    Parameters
    ----------
    outcome : (n,) float
        NaN where missing.
    unit, strata : (n,) int
        What was assigned as one, and within which stratum.
    arm : (n,) int
        1 trained, 0 not.
    covariates : (n, c) float, optional
        Known before the assignment, such as the outcome at baseline; people without them are left out.
    how
        draws, seed, alternative, alpha, workers, progress, keep: as in `redraw`.

    Returns
    -------
    Redrawn
        NaN where one of the arms has nobody with an outcome.
    """
    known = np.isfinite(outcome)
    if covariates is not None:
        known = known & np.isfinite(covariates).all(axis=1)
        covariates = covariates[known]
    outcome, unit, arm, strata = outcome[known], unit[known], arm[known], strata[known]
    _, place, arms, layers = units_of(unit, arm, strata)
    model = arm_model(outcome, place, arm, strata, covariates)
    return redraw(model, place, arms, layers, arm == 1, spread_of(outcome), **how)[0]


def spread_of(outcome: FloatArray) -> tuple[float, float]:
    """Return the largest size of the known values, and their range."""
    known = outcome[np.isfinite(outcome)]
    return float(np.abs(known).max(initial=0.0)), float(np.ptp(known)) if known.size else 0.0
