"""Simulated ego networks of two waves: whom people name, from where and how easily met, with a planted change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.special import expit, logit

from netlearn.errors import NetlearnError
from netlearn.planning.simulate import Seed
from netlearn.survey.alters import EgoTables
from netlearn.wording.shown import ShownPlan

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(60)  # averages over a standard normal


@dataclass(frozen=True)
class EgoWorld(ShownPlan):
    """How ego networks come about.

    Attributes
    ----------
    n : int
        People who are asked; `departments` their departments and those of the colleagues named.
    size, size_sd, growth : float
        Mean number of colleagues in the first wave, spread of its logarithm between people, and what the mean is
        multiplied by in the second. `max_slots` cuts what is reported.
    share, share_sd, shift : float
        Chance that a colleague is elsewhere in the first wave for the middle person, spread of its log-odds between
        people, and what is added to the log-odds in the second.
    drift : float
        Share of what sets people apart that is drawn anew in the second wave. `tilt` is the correlation between naming
        many and naming others elsewhere.
    ease, ease_sd, easier, new_ease : float
        Mean of an answer from 1 to 5 before it is rounded, spread between people (as much again between colleagues),
        what is added in the second wave, and what a colleague gets who was not known before.
    known : (first, second)
        Share of the colleagues known before the training began.
    listed : float
        Share of the colleagues who are looked for among the people asked; `stability` is how lasting whom one likes is.
    contact : (within, across)
        Chance that two colleagues of one person are in contact, in one department and in two.
    nonresponse : (first, second)
    """

    n: int = 26
    departments: int | Sequence[str] = 6
    waves: tuple[str, str] = ("before", "after")
    size: float = 4.0
    size_sd: float = 0.5
    growth: float = 1.0
    max_slots: int = 10
    share: float = 0.5
    share_sd: float = 0.8
    shift: float = 0.0
    drift: float = 0.3
    tilt: float = 0.0
    ease: float = 3.2
    ease_sd: float = 0.7
    easier: float = 0.0
    new_ease: float = 0.0
    known: tuple[float, float] = (1.0, 1.0)
    listed: float = 0.3
    stability: float = 0.6
    contact: tuple[float, float] = (0.6, 0.15)
    nonresponse: tuple[float, float] = (0.0, 0.0)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        given = self.departments
        if isinstance(given, int):
            given = [f"D{i + 1}" for i in range(given)]
        object.__setattr__(self, "names", tuple(map(str, given)))
        shares = (
            self.share,
            self.drift,
            self.listed,
            self.stability,
            *self.known,
            *self.contact,
            *self.nonresponse,
        )
        sizes = (self.size, self.growth, self.max_slots)
        if self.n < 1 or len(set(self.names)) < 2 or min(sizes) <= 0 or not 0 < self.share < 1:
            raise NetlearnError(
                "give n of 1 or more, two departments or more, sizes over 0, and 0 < share < 1."
            )
        if not all(0 <= v <= 1 for v in shares) or not -1 <= self.tilt <= 1:
            raise NetlearnError("shares and chances must lie from 0 to 1, tilt from -1 to 1.")

    def truth(self) -> dict[str, float]:
        """Return the true change of each measure: averages over people, by quadrature.

        size (as reported, cut at `max_slots`), share_elsewhere (mean of people's shares), share_elsewhere_alters (share
        of all colleagues), mean_score (ease).
        """
        first, second = (self._expected(wave) for wave in (0, 1))
        return {name: second[name] - first[name] for name in first}

    def _expected(self, wave: int) -> dict[str, float]:
        w = WEIGHTS / WEIGHTS.sum()
        rate = self.size * (self.growth if wave else 1) * np.exp(self.size_sd * NODES - self.size_sd**2 / 2)
        counts = np.arange(self.max_slots)
        reported = stats.poisson.sf(counts[:, None], rate).sum(axis=0)  # E min(X, m) = sum P(X > c)
        answers = -np.expm1(-rate)  # who names nobody has no share
        # The log-odds of a person with size node i and share node j.
        odds = logit(self.share) + (self.shift if wave else 0)
        both = self.tilt * NODES[:, None] + np.sqrt(1 - self.tilt**2) * NODES
        p = expit(odds + self.share_sd * both) @ w
        known = self.known[wave]
        middle = self.ease + (self.easier if wave else 0)
        steps = np.arange(1.5, 5)
        sd = self.ease_sd * np.sqrt(2)
        eases = [1 + stats.norm.sf(steps, middle + add, sd).sum() for add in (0.0, self.new_ease)]
        return {
            "size": float(reported @ w),
            "share_elsewhere": float((answers * p) @ w / (answers @ w)),
            "share_elsewhere_alters": float((reported * p) @ w / (reported @ w)),
            "mean_score": float(known * eases[0] + (1 - known) * eases[1]),
        }


@dataclass(frozen=True, eq=False)
class SimulatedEgos(EgoTables):
    """Ego networks as they were told, and the world they came from."""

    world: EgoWorld

    @property
    def truth(self) -> dict[str, float]:
        """The true changes; see `EgoWorld.truth`."""
        return self.world.truth()


def simulate_egos(
    n: int = 26, departments: int | Sequence[str] = 6, *, seed: Seed, **settings: object
) -> SimulatedEgos:
    """Simulate ego networks of two waves with a planted change.

    Parameters
    ----------
    n : int
        People who are asked.
    departments : int or names
    seed : int, SeedSequence or Generator
        The same seed with another growth, shift or ease gives the same people.
    **settings
        Of `EgoWorld`.

    Returns
    -------
    SimulatedEgos
        Tables as `read_egos` gives them, with the columns ease ("1" to "5") and known_before ("yes", "no") about each
        colleague; `.truth`.

    Raises
    ------
    NetlearnError
        A setting is out of its range.

    Examples
    --------
    >>> made = simulate_egos(n=8, departments=3, seed=1)
    >>> made.egos.shape, sorted(made.alters)[:3]
    ((16, 5), ['alter', 'department', 'ease'])
    >>> made.truth["size"]
    0.0
    """
    world = EgoWorld(n=n, departments=departments, **settings)  # type: ignore[arg-type]
    rng = np.random.default_rng(seed)
    home = rng.permutation(np.arange(n) % len(world.names))
    lasting = rng.standard_normal((3, n))
    liked = rng.random((n, n))
    pull = rng.dirichlet(np.full(len(world.names), 3.0))
    tables: list[list[dict[str, object]]] = [[], [], []]
    for wave in (0, 1):
        made = rng.spawn(1)[0]  # so that more colleagues in one wave change nothing in the next
        here = np.sqrt(1 - world.drift) * lasting + np.sqrt(world.drift) * made.standard_normal((3, n))
        likes = np.where(made.random((n, n)) < world.stability, liked, made.random((n, n)))
        silent = made.random(n) < world.nonresponse[wave]
        for ego in np.flatnonzero(~silent):
            _one_ego(world, wave, int(ego), here[:, ego], home, likes[ego], pull, made.spawn(1)[0], tables)
    columns = (
        ["ego", "wave", "department", "answered", "ties_answered"],
        ["ego", "wave", "alter", "on_roster", "department", "ease", "known_before"],
        ["ego", "wave", "alter_a", "alter_b"],
    )
    egos, alters, ties = (
        pd.DataFrame(rows, columns=names) for rows, names in zip(tables, columns, strict=True)
    )
    return SimulatedEgos(egos, alters, ties, world)


def _one_ego(
    world: EgoWorld,
    wave: int,
    ego: int,
    person: FloatArray,
    home: IntArray,
    likes: FloatArray,
    pull: FloatArray,
    rng: np.random.Generator,
    tables: list[list[dict[str, object]]],
) -> None:
    """Add the rows of one person in one wave."""
    size = (
        world.size * (world.growth if wave else 1) * np.exp(world.size_sd * person[0] - world.size_sd**2 / 2)
    )
    named = min(int(rng.poisson(size)), world.max_slots)
    leaning = world.tilt * person[0] + np.sqrt(1 - world.tilt**2) * person[1]
    chance = expit(logit(world.share) + (world.shift if wave else 0) + world.share_sd * leaning)
    places = _places(named, chance, home[ego], pull, rng)
    codes = _codes(world, ego, places, home, likes, rng)
    known = rng.random(named) < world.known[wave]
    middle = world.ease + (world.easier if wave else 0) + np.where(known, 0, world.new_ease)
    felt = middle + world.ease_sd * (person[2] + rng.standard_normal(named))
    ease = np.clip(np.floor(felt + 0.5), 1, 5).astype(int)
    who = {"ego": _code(ego), "wave": world.waves[wave]}
    tables[0].append(
        who | {"department": world.names[home[ego]], "answered": True, "ties_answered": named > 1}
    )
    for code, place, score, is_known in zip(codes, places, ease, known, strict=True):
        told = {"alter": code, "on_roster": code[0] == "p", "department": world.names[place]}
        tables[1].append(who | told | {"ease": str(score), "known_before": "yes" if is_known else "no"})
    a, b = np.triu_indices(named, 1)
    met = rng.random(len(a)) < np.where(places[a] == places[b], *world.contact)
    tables[2] += [
        who | {"alter_a": codes[i], "alter_b": codes[j]} for i, j in zip(a[met], b[met], strict=True)
    ]


def _places(named: int, chance: float, own: int, pull: FloatArray, rng: np.random.Generator) -> IntArray:
    """Department of each colleague: the own one, or another by its pull."""
    others = np.where(np.arange(len(pull)) == own, 0.0, pull)
    away = rng.choice(len(pull), size=named, p=others / others.sum())
    return np.where(rng.random(named) < chance, away, own).astype(np.int64)


def _codes(
    world: EgoWorld, ego: int, places: IntArray, home: IntArray, likes: FloatArray, rng: np.random.Generator
) -> list[str]:
    """Code of each colleague: somebody asked, the one liked best who is left in that department, or a slot."""
    free = np.arange(world.n) != ego
    codes = []
    for slot, (place, wanted) in enumerate(zip(places, rng.random(len(places)) < world.listed, strict=True)):
        there = np.flatnonzero(free & (home == place)) if wanted else np.empty(0, np.int64)
        if len(there):
            best = int(there[likes[there].argmin()])
            free[best] = False
        codes.append(_code(best) if len(there) else f"s{slot + 1}")
    return codes


def _code(person: int) -> str:
    return f"p{person + 1:03d}"
