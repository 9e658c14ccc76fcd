"""The permutation core: draws in blocks with seeds of their own, one p-value rule, and its Monte Carlo interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.inference.histogram import Histogram, histogram
from netlearn.inference.nulls import Null
from netlearn.inference.parallel import Workers, run_jobs
from netlearn.inference.rearrange import Rearrangements
from netlearn.study.told import Told
from netlearn.wording import nulls as words

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Sampler = Callable[[np.random.Generator, int], FloatArray]
Statistic = Callable[[IntArray], FloatArray]
BLOCK = 100  # draws per seed: fixed, so that the draws do not depend on the number of workers
ROUNDING = 1e-14  # a statistic smaller than this is 0 but for rounding: one tie of 100,000 people is a density of 1e-10


@dataclass(frozen=True, eq=False, repr=False)
class PermutationResult(Told):
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
        Draws, or rearrangements counted.
    exact : bool
        Every rearrangement was computed.
    smallest_p : float
        Smallest p that this test could have given.
    null : str
        Name of the null model: what is held fixed and what varies.
    alternative : str
    mean, sd : float
        Of the statistic under the null model.
    values : (draws,) float or None
        The statistic in each draw, where they were asked for.
    histogram : Histogram or None
        How often the statistic had which value; None where it cannot be computed.
    """

    words = staticmethod(words.result)

    statistic: float
    p_value: float
    low: float
    high: float
    draws: int
    exact: bool
    smallest_p: float
    null: Null
    alternative: str = "two-sided"
    mean: float = np.nan
    sd: float = np.nan
    values: FloatArray | None = None
    histogram: Histogram | None = None

    @property
    def table(self) -> pd.DataFrame:
        """One row with everything but the draws."""
        names = ("statistic", "p_value", "low", "high", "draws", "exact", "smallest_p", "null", "alternative")
        return pd.DataFrame([{name: getattr(self, name) for name in (*names, "mean", "sd")}])


def p_value(observed: float, draws: FloatArray, alternative: str = "two-sided", exact: bool = False) -> float:
    """Count draws at least as extreme as the observed value; ties count as extreme.

    Two-sided compares absolute values (for studentised statistics). Draws within rounding of the observed value are
    ties: 1e-9 of its size or of the mean size of the draws, whichever is larger. A draw whose statistic is undefined
    (NaN) counts as extreme: it is no evidence.

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
    if np.isnan(observed):
        return float("nan")
    extreme = int(as_extreme(observed, draws, alternative).sum())
    return extreme / len(draws) if exact else (1 + extreme) / (1 + len(draws))


def as_extreme(observed: float, draws: FloatArray, alternative: str = "two-sided") -> BoolArray:
    """Say of each draw whether it is at least as extreme as the observed value, by the rule of `p_value`: (R,) bool."""
    sign = {"two-sided": 0, "greater": 1, "less": -1}[alternative]
    values, value = (np.abs(draws), abs(observed)) if sign == 0 else (sign * draws, sign * observed)
    return ~(values < value - slack(value, values))


def slack(value: float, values: FloatArray) -> float:
    """How far apart the observed value and a draw may be by rounding alone; see `p_value`."""
    if not np.isfinite(value):
        return 0.0
    known = values[np.isfinite(values)]
    typical = float(np.abs(known).mean()) if known.size else 0.0
    return max(1e-9 * max(abs(value), typical), ROUNDING)


def _smallest(values: FloatArray, alternative: str = "two-sided") -> float:
    """Return the smallest p that any of all rearrangements has: the share that give the most extreme value.

    Examples
    --------
    Two of four are as far from 0 as can be, one is the largest:

    >>> values = np.array([2.0, -2.0, 1.0, 0.0])
    >>> _smallest(values), _smallest(values, "greater")
    (0.5, 0.25)
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return 1.0
    most = known.min() if alternative == "less" else known.max()
    if alternative == "two-sided":
        most = np.abs(known).max()
    return p_value(float(most), values, alternative, exact=True)


def p_interval(p: float, draws: int, exact: bool = False) -> tuple[float, float]:
    """Clopper-Pearson 95 % interval of a p-value from (1 + extreme) / (1 + draws); p itself when exact or undefined.

    Examples
    --------
    No draw of 99 was as extreme (p = 0.01); the true p is below 0.037 with 97.5 % confidence:

    >>> low, high = p_interval(0.01, 99)
    >>> low, round(high, 3)
    (0.0, 0.037)
    """
    if exact or np.isnan(p):
        return p, p
    extreme = round(p * (draws + 1)) - 1
    low = 0.0 if extreme == 0 else float(stats.beta.ppf(0.025, extreme, draws - extreme + 1))
    high = 1.0 if extreme == draws else float(stats.beta.ppf(0.975, extreme + 1, draws - extreme))
    return low, high


def children(seed: int | np.random.SeedSequence, count: int) -> list[np.random.SeedSequence]:
    """Derive seeds, always the same for the same seed: named by number, as spawning would change the caller's sequence.

    Examples
    --------
    >>> [child.spawn_key for child in children(1, 2)]
    [(0,), (1,)]
    """
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    return [np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, k)) for k in range(count)]


def block_seeds(draws: int, seed: int | np.random.SeedSequence) -> list[tuple[np.random.SeedSequence, int]]:
    """Split draws into blocks with a seed each, the same for any number of workers.

    Examples
    --------
    >>> [size for _, size in block_seeds(250, 1)]
    [100, 100, 50]
    """
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]
    return list(zip(children(seed, len(sizes)), sizes, strict=True))


@dataclass(frozen=True, eq=False)
class _Chunk:
    """Some blocks in a row, drawn by one worker."""

    sampler: Sampler
    seeds: list[tuple[np.random.SeedSequence, int]]


def _draw_chunk(chunk: _Chunk) -> FloatArray:
    return np.concatenate([chunk.sampler(np.random.default_rng(s), size) for s, size in chunk.seeds])


def draw(
    sampler: Sampler,
    draws: int,
    seed: int | np.random.SeedSequence,
    *,
    workers: Workers = 1,
    progress: bool = False,
    label: str = "draws",
) -> FloatArray:
    """Draw statistics: `sampler(rng, size)` gives (size, ...) and is asked block by block.

    The numbers depend on the seed alone, never on the number or kind of workers.
    """
    seeds = block_seeds(draws, seed)
    # Few large chunks: a worker gets many blocks at a time, but progress still shows.
    step = max(1, len(seeds) // 20)
    chunks = [_Chunk(sampler, seeds[i : i + step]) for i in range(0, len(seeds), step)]
    return np.concatenate(run_jobs(_draw_chunk, chunks, workers, progress=progress, label=label))


@dataclass(frozen=True, eq=False)
class _Rearranged:
    """A sampler: the statistic of rearrangements drawn at random."""

    rearrangements: Rearrangements
    statistic: Statistic

    def __call__(self, rng: np.random.Generator, size: int) -> FloatArray:
        return self.statistic(self.rearrangements.draw(rng, size))


def rearranged(
    rearrangements: Rearrangements,
    statistic: Statistic,
    draws: int,
    seed: int | np.random.SeedSequence,
    *,
    workers: Workers = 1,
    progress: bool = False,
    label: str = "draws",
) -> tuple[FloatArray, bool]:
    """Compute a statistic under every rearrangement if there are no more than `draws`, else under random ones.

    Parameters
    ----------
    rearrangements : Rearrangements
    statistic : callable
        Of (size, m) rearrangements, giving (size,) or (size, s).

    Returns
    -------
    values : (R,) or (R, s) float
    exact : bool
        True if all were computed, the observed one among them.
    """
    check_draws(draws)
    if rearrangements.count <= draws:
        every = rearrangements.every()
        steps = range(0, len(every), BLOCK)
        return np.concatenate([statistic(every[i : i + BLOCK]) for i in steps]), True
    sampler = _Rearranged(rearrangements, statistic)
    return draw(sampler, draws, seed, workers=workers, progress=progress, label=label), False


def check_draws(draws: int) -> None:
    """Refuse a number of draws that is not a whole number of at least 1."""
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or draws < 1:
        raise NetlearnError(f"draws must be a whole number, 1 or more; got {draws!r}.")


def result(
    observed: float,
    values: FloatArray,
    exact: bool,
    null: Null,
    alternative: str = "two-sided",
    *,
    smallest_p: float = 0.0,
    keep: bool = False,
) -> PermutationResult:
    """Make the result of a permutation test from the observed statistic and those of the draws.

    Parameters
    ----------
    least : float
        Smallest p that the design allows, for draws: where a mirrored rearrangement always ties with the observed one,
        2 / all. All rearrangements tell it themselves.
    keep : bool
        Keep the draws in the result.
    """
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    p = p_value(observed, values, alternative, exact)
    low, high = p_interval(p, len(values), exact)
    known = values[np.isfinite(values)]
    smallest = _smallest(values, alternative) if exact else min(1.0, max(smallest_p, 1 / (1 + len(values))))
    return PermutationResult(
        float(observed),
        p,
        low,
        high,
        len(values),
        exact,
        smallest,
        null,
        alternative,
        float(known.mean()) if known.size else np.nan,
        float(known.std()) if known.size else np.nan,
        values if keep else None,
        None if np.isnan(observed) else histogram(values, as_extreme(observed, values, alternative)),
    )
