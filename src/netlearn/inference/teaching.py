"""Popular tests that do not hold for change in a network, so that one can see how they mislead. Never the answer.

They take the people, the arcs or the department labels for independent units; see `netlearn.wording.teaching` for what
is wrong with each, and `error_rates` for how often each errs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from netlearn.inference.label_null import LabelNull, label_null
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, draw, p_value, rearranged, result
from netlearn.inference.rearrange import Swaps
from netlearn.measures.net import Net
from netlearn.measures.segregation import ei_index
from netlearn.study.cells import Cells

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Seed = int | np.random.SeedSequence


def paired_t(differences: FloatArray) -> float:
    """Two-sided p of the paired t-test; NaN for fewer than two people or where all differences are alike.

    Examples
    --------
    >>> round(paired_t(np.array([0.0, 1.0, 2.0])), 4)  # t = 1 / (1 / sqrt 3) = 1.7321 with 2 df
    0.2254
    """
    n = len(differences)
    if n < 2 or np.ptp(differences) == 0:
        return float("nan")
    t = differences.mean() / (differences.std(ddof=1) / np.sqrt(n))
    return float(2 * stats.t.sf(abs(t), n - 1))


def wilcoxon(differences: FloatArray) -> float:
    """Two-sided p of Wilcoxon's signed ranks, ties corrected, differences of 0 left out; NaN if nothing is left.

    By the normal approximation: there are always ties here.

    Examples
    --------
    Ranks 1, 2, 3, all positive: W = 6, mean 3, variance 3.5, z = 3 / 1.871.

    >>> round(wilcoxon(np.array([1.0, 2.0, 3.0, 0.0])), 4)
    0.1088
    """
    kept = differences[differences != 0]
    if not kept.size:
        return float("nan")
    ranks = stats.rankdata(np.abs(kept))
    # Each sign is a coin toss: mean half the ranks, variance a quarter of their squares.
    z = (ranks[kept > 0].sum() - ranks.sum() / 2) / np.sqrt((ranks**2).sum() / 4)
    return float(2 * stats.norm.sf(abs(z)))


def mcnemar(formed: int, dissolved: int) -> float:
    """Two-sided exact p that new and ended ties are equally likely; NaN if no tie changed.

    Examples
    --------
    >>> mcnemar(3, 0)
    0.25
    """
    if formed + dissolved == 0:
        return float("nan")
    return float(stats.binomtest(formed, formed + dissolved).pvalue)


@dataclass(frozen=True, eq=False)
class _Flipped:
    """The mean over people after turning the sign of some differences."""

    differences: FloatArray
    n: int

    def __call__(self, flips: IntArray) -> FloatArray:
        return np.asarray((1 - 2 * flips) @ self.differences / self.n, dtype=float)


def sign_flip(differences: FloatArray, draws: int, seed: Seed, *, workers: Workers = 1) -> PermutationResult:
    """Toss a coin for each person's change; people without a change do not count in the tosses."""
    moved = differences[differences != 0]
    flips = Swaps(len(moved))
    statistic = _Flipped(moved, max(len(differences), 1))
    values, exact = rearranged(flips, statistic, draws, seed, workers=workers)
    observed = float(differences.mean()) if len(differences) else float("nan")
    return result(observed, values, exact, "sign_flip", smallest_p=2 / flips.count)


@dataclass(frozen=True, eq=False)
class Resampled:
    """A sampler: the change in cross density of networks of people drawn with replacement.

    Attributes
    ----------
    cells : Cells
        Jointly observed cells.
    group : (n,) int
    k : int
        Number of departments.
    sender, receiver : (m,) int
        Cross arcs that changed.
    difference : (m,) float
        Later minus earlier, of these.

    Notes
    -----
    Copies of one person are in one department, so no cross cell between them has to be invented (elsewhere UCINET fills
    in a tie at random there).
    """

    cells: Cells
    group: IntArray
    k: int
    sender: IntArray
    receiver: IntArray
    difference: FloatArray

    def __call__(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw people with replacement and compute the change: (size,)."""
        people = np.flatnonzero(self.cells.people())
        copies = np.zeros((size, self.cells.n))
        copies[:, people] = rng.multinomial(len(people), np.full(len(people), 1 / len(people)), size)
        return self.change(copies)

    def change(self, copies: FloatArray) -> FloatArray:
        """Change in cross density with every person taken so many times: (R, n) to (R,); NaN without cross cells."""
        gained = (copies[:, self.sender] * copies[:, self.receiver]) @ self.difference
        out, into = (
            np.column_stack([(copies * who)[:, self.group == g].sum(axis=1) for g in range(self.k)])
            for who in (self.cells.senders, self.cells.receivers)
        )
        room = out.sum(axis=1) * into.sum(axis=1) - (out * into).sum(axis=1)
        i, j = self.cells.hole_pairs()
        cross = self.group[i] != self.group[j]
        room -= (copies[:, i[cross]] * copies[:, j[cross]]).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(room > 0, gained / room, np.nan)


def vertex_bootstrap(
    sampler: Resampled, draws: int, seed: Seed, *, workers: Workers = 1
) -> tuple[float, float, float]:
    """Resample people and return (estimate, standard error, p) of the change in cross density.

    p counts the draws that lie as far from the estimate as the estimate from 0.

    Source: Snijders & Borgatti (1999), Connections 22.
    """
    estimate = float(sampler.change(np.ones((1, sampler.cells.n)))[0])
    if np.isnan(estimate):
        return estimate, float("nan"), float("nan")
    values = draw(sampler, draws, seed, workers=workers)
    known = values[np.isfinite(values)]
    spread = float(known.std(ddof=1)) if known.size > 1 else float("nan")
    if not spread > 0:
        return estimate, float("nan"), float("nan")
    return estimate, spread, p_value(estimate, values - estimate)


@dataclass(frozen=True, eq=False)
class _Dealt:
    """Change in the E-I index for departments dealt anew."""

    first: LabelNull
    second: LabelNull

    def __call__(self, labels: IntArray) -> FloatArray:
        return ei_index(*self.second.sums_of(labels)) - ei_index(*self.first.sums_of(labels))


def ei_labels_permuted(
    first: Net, second: Net, draws: int, seed: Seed, *, workers: Workers = 1
) -> PermutationResult:
    """Deal the departments anew, among people who answered alike, and compare the change in the E-I index.

    `first` and `second` are the two waves on the same cells, with the same departments.
    """
    statistic = _Dealt(label_null(first), label_null(second))
    observed = float(statistic(first.group[None, :])[0])
    values, exact = rearranged(statistic.first.rearrangements, statistic, draws, seed, workers=workers)
    return result(observed, values, exact, "labels_permuted")
