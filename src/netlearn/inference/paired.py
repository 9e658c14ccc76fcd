"""Paired differences of people: their mean in units of their spread (Cohen's dz), and their signs flipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Swaps

FloatArray = NDArray[np.float64]


@cache
def _nodes() -> tuple[FloatArray, FloatArray]:
    """Return nodes and weights of an average over -1 to 1; made once, since it takes longer than all the rest."""
    nodes, weights = np.polynomial.legendre.leggauss(300)
    return nodes, weights


def standardized_mean(
    mean: float, sd: float, n: int, alpha: float = 0.05, alternative: str = "two-sided"
) -> tuple[float, float, float]:
    """Return dz = mean / sd with its interval at level 1 - alpha (1 - 2 alpha where the question is one-sided).

    An end of the interval is the true dz at which a t as far out as the observed one would be met in one tail only
    (Steiger & Fouladi 1997). It holds for differences that are normal, and for others about so.

    Parameters
    ----------
    mean, sd : float
        Of the differences.
    n : int
        Number of people.

    Returns
    -------
    (dz, low, high) : float
        NaN with fewer than two people, or where sd is 0.

    Examples
    --------
    >>> [round(v, 3) for v in standardized_mean(1.0, 2.0, 16)]
    [0.5, -0.028, 1.014]
    """
    if n < 2 or not sd > 0:
        return np.nan, np.nan, np.nan
    dz, tail = mean / sd, alpha / 2 if alternative == "two-sided" else alpha
    # Given the spread found, s times the true one, t is normal about the noncentrality: average over s.
    nodes, weights = _nodes()
    s = np.sqrt(special.chdtri(n - 1, (1 - nodes) / 2) / (n - 1))
    place = dz * np.sqrt(n) * s

    def end(share: float) -> float:
        """Return the noncentrality at which this share of all t lies under the observed one."""
        root = optimize.brentq(
            lambda c: float(weights @ special.ndtr(place - c)) / 2 - share, place.min() - 10, place.max() + 10
        )
        return float(root / np.sqrt(n))

    return float(dz), end(1 - tail), end(tail)


@dataclass(frozen=True, eq=False)
class _Flipped:
    """The sum of changes with the signs that a row of swaps gives them."""

    changes: FloatArray

    def __call__(self, swaps: NDArray[np.int64]) -> FloatArray:
        return np.asarray((1 - 2 * swaps) @ self.changes, dtype=float)


def sign_flips(
    moved: FloatArray, alternative: str, draws: int, seed: int, workers: Workers = 1
) -> PermutationResult | None:
    """Flip the signs of people's changes, person by person; None where nobody changed.

    The statistic is sum d / sqrt(sum d^2). It puts the flips in the same order as their t, whose denominator depends on
    it alone, and stays finite where all changed alike.

    Parameters
    ----------
    moved : (n,) float
        Change of each person.
    alternative : "two-sided", "greater" or "less"
    draws, seed, workers
        All flips are counted where there are no more than `draws`.

    Examples
    --------
    Three people changed, all upwards: one flip of eight is as far up, and one as far down.

    >>> sign_flips(np.array([1.0, 2.0, 4.0, 0.0]), "two-sided", 99, 1).p_value
    0.25
    """
    changed = moved[moved != 0]
    if not len(changed):
        return None
    unit = changed / np.sqrt((changed**2).sum())
    values, exact = rearranged(Swaps(len(unit)), _Flipped(unit), draws, seed, workers=workers)
    least = (2 if alternative == "two-sided" else 1) * 2.0 ** -len(unit)
    return result(float(unit.sum()), values, exact, "sign_flip", alternative, smallest_p=least)
