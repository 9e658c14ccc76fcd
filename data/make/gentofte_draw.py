"""The model behind data/gentofte-cfn: ties, a scale of five items, activities, teaching."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from gentofte_people import CITIZEN_CODES, STAFF, THERE, UNITS, WAVES
from numpy.random import Generator, SeedSequence
from scipy.optimize import brentq
from scipy.special import logit
from scipy.stats import norm

from netlearn.planning.attendance import Activity, simulate_attendance
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World, average_chance

# Colleagues in other units that each person gains, in expectation, had everybody stayed and answered.
GAINED = {"kontakt": 0.4, "råd": 0.0, "planlægning": 0.2}
_ALIKE = {
    "n": STAFF.n,
    "groups": tuple(UNITS.values()),
    "waves": tuple(WAVES),
    "activity_sd": 0.5,
    "popularity_sd": 0.4,
    "reciprocity": 0.5,
    "stability": 0.5,
    "drift": 0.5,
}
_RELATIONS = {
    "kontakt": World(**_ALIKE, density=0.18, homophily=2.4, level_shares=(0.4, 0.35, 0.25)),
    "råd": World(**_ALIKE, density=0.08, homophily=2.3),
    "planlægning": World(**_ALIKE, density=0.06, homophily=2.2, level_shares=(0.6, 0.4)),
}


def _with_gain(world: World, gained: float) -> World:
    """Give a world the effect with which 21 people in their units gain so many colleagues in other units."""
    size = np.bincount(STAFF.unit[THERE["før"]])
    cells = (size.sum() ** 2 - (size**2).sum()) / size.sum()
    return replace(world, effect=gained / (cells * (1 - world.density))) if gained else world


WORLDS = {name: _with_gain(world, GAINED[name]) for name, world in _RELATIONS.items()}

# The scale: middle of each item before, in steps of 1 to 5; spread between people, from wave to wave, of items.
MIDDLE = (3.3, 3.0, 3.4, 2.8, 3.1)
SPREAD = (0.45, 0.40, 0.75)
RISE = 0.15
REVERSED = 4

ACTIVITIES = {
    "Lørdagsbrunch": Activity((8, 8), draw=0.20, often=0.45),
    "Onsdag: mad og spil": Activity((8, 8), draw=0.17, often=0.5),
    "Eventhold": Activity((4, 4), draw=0.12, often=0.6),
    "Spilleklub": Activity((0, 8), draw=0.30, often=0.5),
    "Sæsonarrangementer": Activity((2, 2), draw=0.24, often=0.4),
}
PERIODS = tuple(WAVES)
MORE_ACTIVITIES, CITIZEN_SPREAD, CITIZEN_STABILITY = 0.8, 1.0, 0.1

_RELATION_OF = {"kontakt_på_tværs": "kontakt", "planlægning_på_tværs": "planlægning", "råd_på_tværs": "råd"}

# Every other Wednesday, with Christmas between the last two.
SESSIONS = (
    *(date(2018, 9, 12), date(2018, 9, 26), date(2018, 10, 10), date(2018, 10, 24)),
    *(date(2018, 11, 7), date(2018, 11, 21), date(2018, 12, 5), date(2019, 1, 9)),
)
PRESENT = 0.93
SILENT = {"før": 1, "efter": 1}


@dataclass(frozen=True, eq=False)
class Drawn:
    """One simulated study; people in the order of `STAFF`.

    Attributes
    ----------
    levels : mapping relation -> (waves, n, n) int
        What each would answer about each: 0 = no tie.
    told : mapping relation -> (waves, n, n) bool
        Which cells were answered.
    agree : (waves, n, items) int
        1 to 5, as scored: an item that counts the other way round is not yet turned.
    agreed : (waves, n, items) bool
        Which items were answered.
    visits : DataFrame
        person, room, period, times of the citizens.
    present : (n, sessions) bool
    """

    levels: dict[str, np.ndarray]
    told: dict[str, np.ndarray]
    agree: np.ndarray
    agreed: np.ndarray
    visits: pd.DataFrame
    present: np.ndarray


def draw(luck: SeedSequence, planted: bool = True) -> Drawn:
    """Draw a study; with `planted` False nothing changes but by chance."""
    tie_luck, scale_luck, silence_luck, citizen_luck, teaching_luck = luck.spawn(5)
    levels = {}
    for (name, world), one in zip(WORLDS.items(), tie_luck.spawn(len(WORLDS)), strict=True):
        complete = simulate(world if planted else replace(world, effect=0.0), one).complete
        levels[name] = np.array([np.nan_to_num(wave.levels).astype(int) for wave in complete.waves])
    told, agreed = _answered(np.random.default_rng(silence_luck))
    agree = _agree(np.random.default_rng(scale_luck), planted)
    visits = _visits(citizen_luck, planted)
    came = np.random.default_rng(teaching_luck).random((STAFF.n, len(SESSIONS))) < PRESENT
    there = np.array([STAFF.employed(day) for day in SESSIONS]).T
    return Drawn(levels, told, agree, agreed, visits, came & there)


def everybody(drawn: Drawn) -> Drawn:
    """The same draw, had everybody who was employed answered everything."""
    there = np.array(list(THERE.values()))
    cells = there[:, :, None] & there[:, None, :] & ~np.eye(STAFF.n, dtype=bool)
    told = dict.fromkeys(drawn.told, cells)
    return replace(drawn, told=told, agreed=np.repeat(there[:, :, None], len(MIDDLE), axis=2))


def _answered(rng: Generator) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Tell which cells and items were answered: a few are silent, and some leave a page or the end of a list blank."""
    n = STAFF.n
    told = {name: np.zeros((len(WAVES), n, n), bool) for name in WORLDS}
    agreed = np.zeros((len(WAVES), n, len(MIDDLE)), bool)
    for w, label in enumerate(WAVES):
        there = THERE[label]
        order = rng.permutation(np.flatnonzero(there)).tolist()
        silent, (tired, no_advice, no_plans, no_scale) = order[: SILENT[label]], order[SILENT[label] :][:4]
        answered = there.copy()
        answered[silent] = False
        for cells in told.values():
            cells[w] = answered[:, None] & there & ~np.eye(n, dtype=bool)
        last = sorted(np.flatnonzero(there).tolist(), key=lambda i: STAFF.ids[i])[-4:]
        told["kontakt"][w, tired, last] = False
        told["råd"][w, no_advice] = told["planlægning"][w, no_plans] = False
        agreed[w] = answered[:, None] & (rng.random((n, len(MIDDLE))) >= 0.02)
        agreed[w, no_scale] = False
    return told, agreed


# -- the scale ----------------------------------------------------------------------------------------------------


def _agree(rng: Generator, planted: bool) -> np.ndarray:
    """(waves, n, items) answers from 1 to 5, all pointing the same way."""
    n, items = STAFF.n, len(MIDDLE)
    person, moment, item = (size * part for size, part in zip(SPREAD, _parts(rng, n, items), strict=True))
    shift = np.array([0.0, shift_of_scale() if planted else 0.0])[:, None, None]
    return np.clip(np.floor(np.array(MIDDLE) + shift + person + moment + item + 0.5), 1, 5).astype(int)


def _parts(rng: Generator, n: int, items: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rng.standard_normal((n, 1)), rng.standard_normal((2, n, 1)), rng.standard_normal((2, n, items))


def mean_answer(shift: float) -> float:
    """Expected answer, averaged over the items, when all middles are moved by `shift`."""
    steps = np.arange(1.5, 5)
    spread = float(np.linalg.norm(SPREAD))
    return float(np.mean([1 + norm.sf(steps, middle + shift, spread).sum() for middle in MIDDLE]))


@cache
def shift_of_scale() -> float:
    """How far the middles move, so that the mean score rises by `RISE`."""
    return float(brentq(lambda by: mean_answer(by) - mean_answer(0) - RISE, 0, 2))


# -- activities ---------------------------------------------------------------------------------------------------


def _visits(luck: SeedSequence, planted: bool) -> pd.DataFrame:
    held = ACTIVITIES if planted else {name: a for name, a in ACTIVITIES.items() if min(a.sessions)}
    growth = growth_of_activities() if planted else 0.0
    how = {"growth": growth, "spread": CITIZEN_SPREAD, "stability": CITIZEN_STABILITY}
    return simulate_attendance(CITIZEN_CODES, held, PERIODS, seed=luck, **how)


def expected_activities(period: int, growth: float) -> tuple[float, float]:
    """Expected activities, and times, of a citizen in a period."""
    chance = {
        name: average_chance(float(logit(a.draw)) + growth * (period > 0), CITIZEN_SPREAD)
        if a.sessions[period]
        else 0.0
        for name, a in ACTIVITIES.items()
    }
    times = [
        chance[name] * (1 + (a.sessions[period] - 1) * a.often)
        for name, a in ACTIVITIES.items()
        if chance[name]
    ]
    return sum(chance.values()), sum(times)


@cache
def growth_of_activities() -> float:
    """Log odds of coming that are added to every activity, so that the number of activities rises as planted."""
    before = expected_activities(0, 0.0)[0]
    return float(brentq(lambda by: expected_activities(1, by)[0] - before - MORE_ACTIVITIES, 0, 3))


# -- what is true -------------------------------------------------------------------------------------------------


def expected() -> dict[str, float]:
    """The expected change of every planned outcome: exact, for those who are there both times."""
    before, after = (expected_activities(period, growth_of_activities()) for period in (0, 1))
    return {
        "kontakt_på_tværs": WORLDS["kontakt"].truth()["cross_density"],
        "fælles_sprog": RISE,
        "planlægning_på_tværs": WORLDS["planlægning"].truth()["cross_density"],
        "råd_på_tværs": WORLDS["råd"].truth()["cross_density"],
        "aktiviteter": after[0] - before[0],
        "besøg": after[1] - before[1],
    }


def as_told() -> dict[str, float]:
    """`expected` in the units of a report: colleagues per person where densities are compared."""
    asked = cells_per_person()
    return {name: value * asked.get(_RELATION_OF.get(name, ""), 1.0) for name, value in expected().items()}


def cells_per_person(draws: int = 2000) -> dict[str, float]:
    """Colleagues in other units about whom a person answers both times, averaged over who is silent."""
    rng, n = np.random.default_rng(0), STAFF.n
    across = (STAFF.unit[:, None] != STAFF.unit) & ~np.eye(n, dtype=bool)
    found: dict[str, list[float]] = {name: [] for name in WORLDS}
    for _ in range(draws):
        for name, told in _answered(rng)[0].items():
            both = told.all(axis=0)
            found[name].append((both & across).sum() / both.any(axis=1).sum())
    return {name: float(np.mean(values)) for name, values in found.items()}


def settings() -> dict[str, object]:
    """The settings of the model, for truth.json."""
    return {
        "relations": {name: asdict(world) for name, world in WORLDS.items()},
        "colleagues_in_other_units_gained": GAINED,
        "scale": {"middle": MIDDLE, "spread_person_moment_item": SPREAD, "shift": round(shift_of_scale(), 6)},
        "activities": {name: asdict(activity) for name, activity in ACTIVITIES.items()},
        "citizens": {
            "growth": round(growth_of_activities(), 6),
            "spread": CITIZEN_SPREAD,
            "stability": CITIZEN_STABILITY,
        },
    }
