"""World: the settings of a simulated workplace, the chances they imply, and the change that is true there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit

from netlearn.errors import NetlearnError
from netlearn.study.cells import IntArray
from netlearn.wording.shown import ShownPlan

FloatArray = NDArray[np.float64]
SHARES = ("reciprocity", "stability", "drift")
SPREADS = ("activity_sd", "popularity_sd", "shock_sd")


@dataclass(frozen=True)
class World(ShownPlan):
    """A workplace whose people answer one network question in some waves.

    The chance of a tie from i to j in wave w has the log odds

        base(same department or not) + growth[w] + activity[w, i] + popularity[w, j] + shock[w, group of i]

    where `base` is set so that the *expected* densities are `density` across departments and
    `expit(logit(density) + homophily)` within them. A cross cell that has no tie under this chance gets one
    with probability `effect[w]`. Every wave has the same law when `effect` and `growth` are 0: the order of
    two waves then carries no information.

    Parameters
    ----------
    n : int
        People.
    groups : int or sequence of int
        Number of departments (sizes as equal as can be), or their sizes, which add up to `n`.
    waves : sequence of str
        Labels in order of time.
    density : float
        Expected density of ties across departments without effect and growth, in (0, 1).
    homophily : float
        Log odds of the expected within density minus that of the expected cross density.
    activity_sd, popularity_sd : float
        Spread of people as senders and as receivers, in log odds.
    reciprocity : float
        Share of dyads, 0 to 1, whose two arcs hang on one common draw: for equal chances p an arc is returned
        with probability `reciprocity + (1 - reciprocity) p`. The chance of each arc is not touched.
    stability : float
        Share of dyads, 0 to 1, whose draws are carried over from the wave before.
    drift : float
        Share, 0 to 1, of the variance of activity and popularity that is new in each wave.
    shock_sd : float
        Spread of what happens to a department in one wave (to the ties its people send), in log odds.
    effect : float or one per wave
        Chance that a cross cell without a tie forms one. A single number: from the second wave on.
    growth : float or one per wave
        Log odds added to every tie. A single number: from the second wave on.
    nonresponse : float or one per wave
        Expected share, 0 to below 1, of people who do not answer. A single number: in every wave.
    lean : float
        Log odds of answering per standard deviation of a person's permanent activity.
    lean_now : float
        The same per standard deviation of the activity in that wave: with drift, people fall silent because of what the
        question is about.
    level_shares : sequence of float
        Expected shares of ties with level 1, 2, …; the ties with the most to spare get the highest level.

    Raises
    ------
    NetlearnError
        A setting is out of its range.

    Examples
    --------
    Three departments of two people hold 24 cross cells and 6 within; half of the cross cells without a tie
    (a half of all) form one:

    >>> world = World(n=6, groups=3, density=0.5, homophily=0.0, effect=0.5)
    >>> world.sizes, world.cells
    ((2, 2, 2), (24, 6))
    >>> world.densities(0), world.densities(1)
    ((0.5, 0.5), (0.75, 0.5))
    >>> world.truth()["cross_density"]
    0.25
    """

    n: int = 140
    groups: int | Sequence[int] = 8
    waves: Sequence[str] = ("before", "after")
    density: float = 0.05
    homophily: float = 2.1
    activity_sd: float = 0.0
    popularity_sd: float = 0.0
    reciprocity: float = 0.0
    stability: float = 0.6
    drift: float = 0.0
    shock_sd: float = 0.0
    effect: float | Sequence[float] = 0.0
    growth: float | Sequence[float] = 0.0
    nonresponse: float | Sequence[float] = 0.0
    lean: float = 0.0
    lean_now: float = 0.0
    level_shares: Sequence[float] = (1.0,)

    def __post_init__(self) -> None:
        if min(self.sizes) < 1 or sum(self.sizes) != self.n:
            raise NetlearnError(
                f"groups: sizes must be 1 or more and add up to n = {self.n}; got {self.groups}."
            )
        if not 0 < self.density < 1:
            raise NetlearnError(f"density must lie between 0 and 1; got {self.density}.")
        for name in SHARES:
            if not 0 <= getattr(self, name) <= 1:
                raise NetlearnError(f"{name} is a share from 0 to 1; got {getattr(self, name)}.")
        for name in SPREADS:
            if getattr(self, name) < 0:
                raise NetlearnError(f"{name} is a spread of 0 or more; got {getattr(self, name)}.")
        if not all(0 <= value < 1 for value in (*self.effects, *self.missing_rates)):
            raise NetlearnError("effect and nonresponse are chances from 0 to below 1.")
        if min(self.level_shares) < 0 or abs(sum(self.level_shares) - 1) > 1e-9:
            raise NetlearnError(f"level_shares must add up to 1; got {self.level_shares}.")
        _ = self.growths

    @property
    def sizes(self) -> tuple[int, ...]:
        """People per department."""
        if isinstance(self.groups, int):
            return tuple(len(part) for part in np.array_split(np.arange(self.n), max(self.groups, 1)))
        return tuple(int(size) for size in self.groups)

    @property
    def group(self) -> IntArray:
        """Department number of each person, an (n,) int."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @property
    def cells(self) -> tuple[int, int]:
        """Number of (cross, within) arcs that can be a tie."""
        within = sum(size * (size - 1) for size in self.sizes)
        return self.n * (self.n - 1) - within, within

    @property
    def effects(self) -> tuple[float, ...]:
        """Chance of forming an extra cross tie, per wave."""
        return self._per_wave("effect", first=0.0)

    @property
    def growths(self) -> tuple[float, ...]:
        """Log odds added to every tie, per wave."""
        return self._per_wave("growth", first=0.0)

    @property
    def missing_rates(self) -> tuple[float, ...]:
        """Expected share of people who do not answer, per wave."""
        return self._per_wave("nonresponse", first=None)

    @property
    def spread(self) -> float:
        """Standard deviation, over people and departments, of the log odds of a tie."""
        return sqrt(self.activity_sd**2 + self.popularity_sd**2 + self.shock_sd**2)

    @property
    def bases(self) -> tuple[float, float]:
        """Log odds of a (cross, within) tie for the average person; see the class."""
        within = float(expit(logit(self.density) + self.homophily))
        return intercept(self.density, self.spread), intercept(within, self.spread)

    def densities(self, wave: int) -> tuple[float, float]:
        """Return the expected (cross, within) density of a wave, over people, shocks and luck."""
        cross, within = (average_chance(base + self.growths[wave], self.spread) for base in self.bases)
        return round(1 - (1 - cross) * (1 - self.effects[wave]), 12), round(within, 12)

    def truth(self, waves: tuple[str, str] | None = None) -> dict[str, float]:
        """Return the true change of each measure from one wave to another (the first and the last if None).

        `cross_density`, `within_density` and `cross_out_degree` (colleagues in other departments per person)
        are exact expectations. `ei_index` and `cross_log_odds` are those of the expected densities, which the
        mean over simulated panels approaches as the number of people grows.
        """
        labels = list(self.waves)
        pair = (labels[0], labels[-1]) if waves is None else waves
        first, last = (self._expected(labels.index(label)) for label in pair)
        return {name: last[name] - first[name] for name in first}

    def _expected(self, wave: int) -> dict[str, float]:
        cross, within = self.densities(wave)
        cross_ties, within_ties = cross * self.cells[0], within * self.cells[1]
        return {
            "cross_density": cross,
            "within_density": within,
            "cross_out_degree": cross_ties / self.n,
            "ei_index": (cross_ties - within_ties) / (cross_ties + within_ties),
            "cross_log_odds": log(cross / (1 - cross)) - log(within / (1 - within)),
        }

    def _per_wave(self, name: str, first: float | None) -> tuple[float, ...]:
        value, count = getattr(self, name), len(self.waves)
        if isinstance(value, (int, float)):
            start = float(value) if first is None else first
            return (start, *[float(value)] * (count - 1))
        if len(value) != count:
            raise NetlearnError(f"{name} needs one number per wave ({count}); got {len(value)}.")
        return tuple(float(v) for v in value)


def average_chance(base: float, spread: float) -> float:
    """Return the mean of `expit(base + spread Z)` over a standard normal Z, by Gauss-Hermite quadrature."""
    nodes, weights = _normal_nodes()
    return float(weights @ expit(base + spread * nodes))


@lru_cache(maxsize=256)
def intercept(chance: float, spread: float) -> float:
    """Return the base for which `average_chance(base, spread)` is `chance`."""
    reach = 10 * spread + 1
    start = float(logit(chance))
    found = brentq(
        lambda base: average_chance(base, spread) - chance, start - reach, start + reach, xtol=1e-14
    )
    return float(found)


@lru_cache(maxsize=1)
def _normal_nodes() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(61)
    return nodes, weights / weights.sum()


_UNEQUAL = {"activity_sd": 0.6, "popularity_sd": 0.4, "reciprocity": 0.4}
_SKEWED = {"activity_sd": 1.2, "popularity_sd": 0.8, "reciprocity": 0.4}
_DRIFT = {**_UNEQUAL, "drift": 0.3}

WORLDS: dict[str, dict[str, float]] = {
    "N0": {},
    "N1": _UNEQUAL,
    "N2": _DRIFT,
    "N3": {**_UNEQUAL, "shock_sd": 0.25},
    "N4": {**_UNEQUAL, "growth": 0.25},
    "A1": {**_UNEQUAL, "gained": 1.0},
    "A2": {**_DRIFT, "gained": 1.0},
    "D1": {**_UNEQUAL, "drift": 1.0},
    "D2": {**_UNEQUAL, "activity_sd": 0.9, "popularity_sd": 0.6, "drift": 1.0},
    "D3": {**_SKEWED, "drift": 1.0, "stability": 0.8},
    "S1": _SKEWED,
    "B1": {**_UNEQUAL, "drift": 1.0, "gained": 1.0},
    "B2": {**_UNEQUAL, "activity_sd": 0.9, "popularity_sd": 0.6, "drift": 1.0, "gained": 1.0},
}
"""The worlds in which inference is tried: departments of one size, cross density 0.05, within 0.30.

N0 people alike; N1 unequal activity and reciprocity; N2 = N1 + people drift; N3 = N1 + department shocks;
N4 = N1 + all ties grow; A1 and A2 = N1 and N2 in which people gain, on average, `gained` colleagues in other
departments. D1 to D3: all of people's activity and popularity is new in each wave, more and more unequally; S1: lasting
and very unequal activity, so degrees are skewed; B1 and B2 = D1 and D2 with gained colleagues.
"""

_SMALL = 40  # below this, fewer departments and a denser network: a small workplace knows itself better


def world(name: str, n: int = 140, groups: int | None = None, **settings: Any) -> World:
    """Return a named world for `n` people.

    Parameters
    ----------
    name : str
        One of `WORLDS`.
    n : int
        People.
    groups : int, optional
        Departments; default 8 from 40 people on, else 5, and 3 below 20 people. Below 40 people the cross density is
        0.10 (the within density is then 0.48).
    **settings
        More settings of `World`, such as `nonresponse`.

    Raises
    ------
    NetlearnError
        The name is not in `WORLDS`.

    Examples
    --------
    >>> round(world("A1", 40).truth()["cross_out_degree"], 9)
    1.0
    >>> world("N0", 12).sizes
    (4, 4, 4)
    """
    if name not in WORLDS:
        raise NetlearnError(f"no world {name!r}; there are {', '.join(WORLDS)}.")
    chosen: dict[str, Any] = {**WORLDS[name], **settings}
    chosen.setdefault("density", 0.10 if n < _SMALL else 0.05)
    gained = chosen.pop("gained", 0.0)
    if groups is None:
        groups = 8 if n >= _SMALL else 5 if n >= 20 else 3
    plain = World(n=n, groups=groups, **chosen)
    open_cells = plain.cells[0] / n * (1 - plain.density)
    return World(n=n, groups=groups, **chosen, effect=gained / open_cells)
