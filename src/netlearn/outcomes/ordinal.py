"""The shift of ordered answers between two times, without taking the steps between answers to be equally large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from netlearn.inference.dyadic import rung
from netlearn.outcomes.paired import level, pairs_of
from netlearn.study.planned import Alternative
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Reason = Literal["", "few_people", "one_answer", "separated", "no_fit"]


@dataclass(frozen=True, eq=False)
class OrdinalShift(Shown):
    """Shift between two times in log odds of a higher answer.

    Attributes
    ----------
    estimate, low, high, se, p_value : float
        Positive = higher answers later; NaN where `reason` says why.
    n : int
        People with both answers.
    reason : str
        "few_people" (below 2), "one_answer" (all answers are the same), "separated" (all later answers are as high as
        any earlier one, or as low: the shift has no bound), "no_fit", or "".
    influence : (N,) float
        Of everybody given, 0 without both answers: the sum of squares is about the squared standard error.
    answered : (N,) bool
        Who has both answers.
    """

    estimate: float
    low: float
    high: float
    se: float
    p_value: float
    n: int
    reason: Reason
    influence: FloatArray
    answered: BoolArray


def ordinal_shift(
    first: ArrayLike, second: ArrayLike, *, alternative: Alternative = "two-sided", alpha: float = 0.05
) -> OrdinalShift:
    """Fit a cumulative-link model (proportional odds) with one shift between the times, clustered by person.

    Parameters
    ----------
    first, second : (n,) float
        Answers, of which only the order counts; NaN = none, and such people are left out.
    alternative : "two-sided", "greater" or "less"
    alpha : float

    Returns
    -------
    OrdinalShift

    Notes
    -----
    log odds of an answer over k = shift * (later) - threshold k: one shift for all thresholds (McCullagh 1980, Journal
    of the Royal Statistical Society B 42). Maximum likelihood as if all answers were of different people; the standard
    error is the sandwich that adds up the two answers of a person, times n / (n - 1), with t on n - 1 degrees of
    freedom.

    Examples
    --------
    Yes or no: 1 of 4 became 2 of 4, log odds of 1/2 less those of 1/4 = log 3.

    >>> round(ordinal_shift([0, 0, 0, 1], [1, 0, 0, 1]).estimate, 4), round(float(np.log(3)), 4)
    (1.0986, 1.0986)
    """
    level(alternative, alpha)
    both = np.isfinite(np.asarray(first, dtype=float)) & np.isfinite(np.asarray(second, dtype=float))
    x, y = pairs_of(first, second)
    answers, place = np.unique(np.concatenate([x, y]), return_inverse=True)
    reason = _why_not(x, y, len(answers))
    if reason:
        return _none(reason, both)
    model = _Model(place[: len(x)], place[len(x) :], len(answers))
    found = optimize.minimize(model.loss, model.start(), jac=True, method="BFGS", options={"gtol": 1e-6})
    thresholds = found.x[:-1]
    if not np.isfinite(found.fun) or (np.diff(thresholds) <= 0).any() or np.abs(found.jac).max() > 1e-3:
        return _none("no_fit", both)
    influence = np.zeros(len(both))
    influence[both] = model.influence(found.x)
    return _told(float(found.x[-1]), influence, both, alternative, alpha)


def average_shift(
    shifts: Sequence[OrdinalShift], *, alternative: Alternative = "two-sided", alpha: float = 0.05
) -> OrdinalShift:
    """Average the shifts of several items answered by the same people, whose answers to different items hang together.

    Parameters
    ----------
    shifts : sequence of OrdinalShift
        Of the same people in the same order; those without an estimate are left out.
    alternative : "two-sided", "greater" or "less"
    alpha : float

    Returns
    -------
    OrdinalShift
        `n` is the number of people with both answers to some item; "no_fit" where no shift has an estimate.

    Examples
    --------
    >>> one = ordinal_shift([0, 0, 0, 1], [1, 0, 0, 1])
    >>> both = average_shift([one, one])
    >>> both.estimate == one.estimate, both.se == one.se
    (True, True)
    """
    known = [shift for shift in shifts if np.isfinite(shift.estimate)]
    if not known:
        return _none(
            "no_fit", np.any([shift.answered for shift in shifts], axis=0) if shifts else np.zeros(0, bool)
        )
    influence = np.mean([shift.influence for shift in known], axis=0)
    answered = np.any([shift.answered for shift in known], axis=0)
    return _told(float(np.mean([s.estimate for s in known])), influence, answered, alternative, alpha)


def _why_not(x: FloatArray, y: FloatArray, answers: int) -> Reason:
    if len(x) < 2:
        return "few_people"
    if answers < 2:
        return "one_answer"
    # With at most one answer in common, thresholds of each time can be met on their own: the shift runs away.
    return "separated" if max(x) <= min(y) or max(y) <= min(x) else ""


def _none(reason: Reason, answered: BoolArray) -> OrdinalShift:
    none, nobody = np.nan, np.zeros(len(answered))
    return OrdinalShift(none, none, none, none, none, int(answered.sum()), reason, nobody, answered)


def _told(
    estimate: float, influence: FloatArray, answered: BoolArray, alternative: Alternative, alpha: float
) -> OrdinalShift:
    n = int(answered.sum())
    made = rung("person", estimate, float((influence**2).sum()) * n / (n - 1), n, alpha, alternative)
    return OrdinalShift(estimate, made.low, made.high, made.se, made.p_value, n, "", influence, answered)


@dataclass(frozen=True, eq=False)
class _Model:
    """Likelihood of thresholds (c - 1) and a shift, given the number of each answer."""

    first: IntArray
    second: IntArray
    size: int

    def start(self) -> FloatArray:
        """Thresholds as if nothing had shifted."""
        counts = np.bincount(np.concatenate([self.first, self.second]), minlength=self.size)
        return np.append(special.logit(counts.cumsum()[:-1] / counts.sum()), 0.0)

    def loss(self, given: FloatArray) -> tuple[float, FloatArray]:
        """Mean minus log likelihood with its slope; infinite where thresholds are out of order."""
        if (np.diff(given[:-1]) <= 0).any():
            return np.inf, np.zeros_like(given)
        total, slope = 0.0, np.zeros_like(given)
        for answers, later in ((self.first, 0.0), (self.second, 1.0)):
            counts = np.bincount(answers, minlength=self.size)
            chance, scores = self._cells(given, later)
            total -= float(counts @ np.log(np.maximum(chance, 1e-300)))
            slope -= counts @ scores
        return total / len(self.first), slope / len(self.first)

    def influence(self, given: FloatArray) -> FloatArray:
        """Influence of each person on the shift, from the sum of the scores of both answers: (n,)."""
        scores, information = np.zeros((len(self.first), len(given))), np.zeros((len(given), len(given)))
        for answers, later in ((self.first, 0.0), (self.second, 1.0)):
            chance, each = self._cells(given, later)
            scores += each[answers]
            # Expected information: a sum over answers of chance times score times score.
            information += len(answers) * (each.T * chance) @ each
        return np.asarray(np.linalg.solve(information, scores.T)[-1])

    def _cells(self, given: FloatArray, later: float) -> tuple[FloatArray, FloatArray]:
        """Chance of each answer at one time (c,), and the slopes of its logarithm (c, c)."""
        upper = special.expit(given[:-1] - given[-1] * later)
        edges = np.concatenate([[0.0], upper, [1.0]])
        density = np.concatenate([[0.0], upper * (1 - upper), [0.0]])
        chance = np.diff(edges)
        slopes = np.zeros((self.size, len(given)))
        k = np.arange(self.size - 1)
        slopes[k, k] = density[1:-1]
        slopes[k + 1, k] = -density[1:-1]
        slopes[:, -1] = -later * np.diff(density)
        return chance, slopes / np.maximum(chance, 1e-300)[:, None]
