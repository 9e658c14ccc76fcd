"""How often a statistic had which value in the draws: a few counts, kept where the draws themselves are not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
BINS = 40
APART = 1e-9  # of the range: values closer than this differ by rounding alone


@dataclass(frozen=True, eq=False)
class Histogram(Shown):
    """Counts of draws in bins.

    Attributes
    ----------
    left, right : (b,) float
        Ends of the bins, in rising order; there is room between them where a statistic has only a few values.
    counts : (b,) int
        Draws in each bin.
    extreme : (b,) int
        Those of them at least as extreme as the observed value.
    undefined : int
        Draws without a finite value, in no bin; they count as extreme.
    """

    left: FloatArray
    right: FloatArray
    counts: IntArray
    extreme: IntArray
    undefined: int

    def moved(self, by: float) -> Histogram:
        """Return the same counts for a statistic that is larger by a constant."""
        return replace(self, left=self.left + by, right=self.right + by)


def histogram(draws: FloatArray, extreme: BoolArray) -> Histogram:
    """Count draws in 40 bins of one width, or in one bin per value where there are few values.

    Parameters
    ----------
    draws : (R,) float
    extreme : (R,) bool
        Which are at least as extreme as the observed value.

    Returns
    -------
    Histogram
        Without bins if no draw is finite.

    Examples
    --------
    >>> found = histogram(np.array([-1.0, 0.0, 0.0, 2.0]), np.array([False, False, False, True]))
    >>> found.counts.tolist(), found.extreme.tolist(), found.left.tolist()
    ([1, 2, 1], [0, 0, 1], [-1.5, -0.5, 1.5])
    """
    finite = np.isfinite(draws)
    known, reached = draws[finite], extreme[finite]
    left, right = _bins(known)
    at = np.clip(np.searchsorted(left, known, side="right") - 1, 0, max(len(left) - 1, 0))
    counts, of_extreme = (np.bincount(which, minlength=len(left)) for which in (at, at[reached]))
    return Histogram(left, right, counts, of_extreme, int((~finite).sum()))


def _bins(known: FloatArray) -> tuple[FloatArray, FloatArray]:
    if not known.size:
        return np.empty(0), np.empty(0)
    low, high = float(known.min()), float(known.max())
    span = high - low
    values = np.unique(known)
    values = values[np.concatenate([[True], np.diff(values) > APART * span])] if len(values) > 1 else values
    apart = float(np.diff(values).min()) if len(values) > 1 else max(abs(low), 1.0)
    if len(values) <= BINS and apart * BINS >= span:
        return values - apart / 2, values + apart / 2
    edges = np.linspace(low, high, BINS + 1)
    return edges[:-1], edges[1:]
