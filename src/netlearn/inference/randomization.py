"""Randomization inference: the training is dealt again the way it was dealt, and the difference is computed each time.

The statistic is the coefficient of the arm in a least-squares regression of the outcome on arm, stratum dummies and
covariates, over its standard error robust to clustering by assigned unit: departments that were trained as wholes count
as so many clusters. Nothing is assumed about how people of a unit hang together; only the assignment is random.

Sources: Fisher (1935), The Design of Experiments; Rosenbaum (2002), Statistical Science 17; Wu & Ding (2021), Journal
of the American Statistical Association 116 (why to studentise).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.dyadic import Rung, rung
from netlearn.inference.inversion import inverted, parts, statistic
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Labels

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


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
    smallest_p : float
        Smallest p that the design could have given with any number of draws.
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
    smallest_p: float
    n_assignments: float
    n_people: int
    n_trained: int
    n_units: int
    studentised: bool


def attainable_p(
    unit: IntArray, arm: IntArray, strata: IntArray, alternative: str = "two-sided"
) -> tuple[float, float]:
    """Count the assignments that a design allows, and the smallest p that it can give.

    Parameters
    ----------
    unit, strata : (n,) int
        What was assigned as one, and within which stratum.
    arm : (n,) int
        1 trained, 0 not.
    alternative : "two-sided", "greater" or "less"

    Returns
    -------
    count : float
        Infinite if more than can be counted.
    smallest : float
        1 / count; 2 / count if two-sided and as many units are trained as not in every stratum that holds both: then
        the mirrored assignment gives the same difference the other way round. (A stratum of one arm says nothing.)

    Examples
    --------
    Four of eight departments, and two of five:

    >>> zeros = np.zeros(8, int)
    >>> attainable_p(np.arange(8), np.array([1, 1, 1, 1, 0, 0, 0, 0]), zeros)
    (70, 0.02857142857142857)
    >>> attainable_p(np.arange(5), np.array([1, 1, 0, 0, 0]), zeros[:5])
    (10, 0.1)
    """
    _, _, arms, layers = units_of(unit, arm, strata)
    ways, mirrored = 1, True
    for layer in np.unique(layers):
        here = arms[layers == layer]
        total, trained = len(here), int(here.sum())
        ways *= comb(total, trained)
        mirrored &= trained in (0, total) or 2 * trained == total
    alike = 2 if mirrored and alternative == "two-sided" else 1
    least = max(min(1.0, alike / ways), float(np.finfo(float).tiny))
    return Labels(arms, layers).count, least


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
        Place of each person's unit, in order; only people with an outcome.
    starts : (u,) int
        Where each unit begins.
    basis : (m, k) float
        Orthonormal columns that span stratum dummies and covariates.
    outcome, arm : (m,) float
        Residuals of the outcome and of the observed arm.
    """

    unit: IntArray
    starts: IntArray
    basis: FloatArray
    outcome: FloatArray
    arm: FloatArray

    def __call__(self, arms: IntArray) -> FloatArray:
        """Return the parts of the statistic for the arms of all units in each draw: (R, 5), see `statistic`."""
        d = arms[:, self.unit].astype(float)
        d -= (d @ self.basis) @ self.basis.T
        weight = np.einsum("ri,ri->r", d, d)
        weight[weight < 1e-9] = np.nan  # one arm only in every stratum
        estimate, carried = d @ self.outcome / weight, d @ self.arm / weight
        squares = self._by_unit(d * d)
        u = self._by_unit(d * self.outcome) - estimate[:, None] * squares
        w = self._by_unit(d * self.arm) - carried[:, None] * squares
        return parts(estimate, carried, u / weight[:, None], w / weight[:, None])

    def _by_unit(self, values: FloatArray) -> FloatArray:
        if len(self.starts) == len(self.unit):
            return values
        return np.add.reduceat(values, self.starts, axis=1)


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
        Place of each person's unit, 0 to u - 1.
    arm, strata : (n,) int
    covariates : (n, c) float, optional
    """
    extra = np.empty((len(outcome), 0)) if covariates is None else covariates
    people = np.argsort(unit, kind="stable")
    dummies = (strata[people, None] == np.unique(strata[people])).astype(float)
    left, size, _ = np.linalg.svd(np.hstack([dummies, extra[people]]), full_matrices=False)
    basis = left[:, size > 1e-10 * size.max(initial=0.0)]
    values, arms = outcome[people], arm[people].astype(float)
    starts = np.flatnonzero(np.diff(unit[people], prepend=-1))
    free = [v - basis @ (basis.T @ v) for v in (values, arms)]
    return ArmModel(unit[people], starts, basis, *free)


def redraw_arms(
    outcome: FloatArray,
    unit: IntArray,
    arm: IntArray,
    strata: IntArray,
    covariates: FloatArray | None = None,
    *,
    draws: int = 9999,
    seed: int = 0,
    alternative: str = "two-sided",
    alpha: float = 0.05,
    workers: Workers = 1,
    progress: bool = False,
    keep: bool = False,
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

    Returns
    -------
    Redrawn
        NaN where one of the arms has nobody with an outcome.
    """
    known = np.isfinite(outcome)
    if covariates is not None:
        known = known & np.isfinite(covariates).all(axis=1)
        covariates = covariates[known]
    unit, arm, strata = unit[known], arm[known], strata[known]
    count, least = attainable_p(unit, arm, strata, alternative)
    _, place, arms, layers = units_of(unit, arm, strata)
    model = arm_model(outcome[known], place, arm, strata, covariates)
    observed = model(arms[None])[0]
    noise = 1e-20 * float(model.outcome @ model.outcome) / max(len(model.unit), 1)
    studentised = bool(observed[2] > noise)
    made, exact = rearranged(
        Labels(arms, layers), model, draws, seed, workers=workers, progress=progress, label="assignments"
    )
    n_units = len(model.starts)
    variance = float(observed[2]) * n_units / max(n_units - 1, 1)
    spread = np.sqrt(variance) if studentised else float(np.ptp(model.outcome)) if len(model.unit) else 0.0
    low, high = inverted(observed, made, exact, alternative, alpha, scale=spread, studentised=studentised)
    here, there = (statistic(m, studentised=studentised) for m in (observed[None], made))
    tested = result(
        float(here[0]), there, exact, "assignment_redrawn", alternative, smallest_p=least, keep=keep
    )
    return Redrawn(
        estimate=float(observed[0]),
        se=float(np.sqrt(variance)) if studentised else np.nan,
        low=low,
        high=high,
        clustered=rung("unit", float(observed[0]), variance, n_units, alpha, alternative),
        result=tested,
        smallest_p=tested.smallest_p,
        n_assignments=count,
        n_people=len(model.unit),
        n_trained=int(arms[model.unit].sum()),
        n_units=n_units,
        studentised=studentised,
    )
