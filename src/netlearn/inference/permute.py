"""One p-value rule for every permutation test, with its Monte Carlo interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

FloatArray = NDArray[np.float64]
BLOCK = 100  # draws per seed: fixed, so that the draws do not depend on the number of workers


@dataclass(frozen=True, eq=False)
class PermutationResult:
    """Result of a permutation test.

    Attributes
    ----------
    statistic : float
        Observed value.
    p_value : float
        (1 + as extreme) / (1 + draws); as extreme / all when exact. Never 0.
    low, high : float
        95 % interval of the p-value for the Monte Carlo error; equal to it when exact.
    draws : int
    exact : bool
        Every rearrangement was computed.
    smallest_p : float
        Smallest p that this test could have given.
    null : str
        Name of the null model.
    """

    statistic: float
    p_value: float
    low: float
    high: float
    draws: int
    exact: bool
    smallest_p: float
    null: str


def p_value(observed: float, draws: FloatArray, alternative: str = "two-sided", exact: bool = False) -> float:
    """Count draws at least as extreme as the observed value; ties count as extreme.

    Two-sided compares absolute values (for studentised statistics). Draws within rounding (1e-9 relative) of the
    observed value are ties.

    Parameters
    ----------
    observed : float
    draws : (R,) float
        Without the observed one, unless `exact`: then all rearrangements with the observed among them.
    alternative : "two-sided", "greater" or "less"
    exact : bool

    Returns
    -------
    float
        In [1 / (R + 1), 1]; NaN if the observed value is NaN.

    Examples
    --------
    >>> import numpy as np
    >>> p_value(2.0, np.array([0.0, -2.0, 1.0]))
    0.5
    """
    if not np.isfinite(observed) and not np.isinf(observed):
        return float("nan")
    sign = {"two-sided": 0, "greater": 1, "less": -1}[alternative]
    values, value = (np.abs(draws), abs(observed)) if sign == 0 else (sign * draws, sign * observed)
    slack = 1e-9 * max(1.0, abs(value)) if np.isfinite(value) else 0.0
    extreme = int((values >= value - slack).sum())
    return extreme / len(draws) if exact else (1 + extreme) / (1 + len(draws))


def p_interval(p: float, draws: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper-Pearson interval of a Monte Carlo p-value from (1 + extreme) / (1 + draws).

    Examples
    --------
    No draw of 99 was as extreme (p = 0.01); the true p is below 0.037 with 97.5 % confidence:

    >>> low, high = p_interval(0.01, 99)
    >>> low, round(high, 3)
    (0.0, 0.037)
    """
    extreme = round(p * (draws + 1)) - 1
    tail = (1 - level) / 2
    low = 0.0 if extreme == 0 else float(stats.beta.ppf(tail, extreme, draws - extreme + 1))
    high = 1.0 if extreme == draws else float(stats.beta.ppf(1 - tail, extreme + 1, draws - extreme))
    return low, high


def blocks(draws: int, seed: int | np.random.SeedSequence) -> list[tuple[np.random.Generator, int]]:
    """Split draws into blocks with a spawned generator each, the same for any number of workers.

    Examples
    --------
    >>> [size for _, size in blocks(250, 1)]
    [100, 100, 50]
    """
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]
    # A child is named by its number here, not spawned: spawning would change the caller's sequence.
    children = [
        np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, b)) for b in range(len(sizes))
    ]
    return [(np.random.default_rng(child), size) for child, size in zip(children, sizes, strict=True)]
