"""The world behind data/brondby: who works with whom about a family, before and after, and what is true of it.

Each participant has ten places for colleagues. A place is filled with a chance of the person's own, which is higher
after, and the colleague in it sits elsewhere with another, which is not. So people work with more colleagues, and the
share of these who sit elsewhere stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from brondby_people import DEPARTMENTS, HOMES, NAMES, STAFF, STAYED, WAVES
from numpy.random import Generator, SeedSequence
from scipy import stats

from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World

SLOTS = 10
PULL = np.array([row[1] + row[2] for row in DEPARTMENTS.values()], dtype=float)
ROSTER_SIZES = tuple(row[1] for row in DEPARTMENTS.values())


@dataclass(frozen=True)
class Settings:
    """What was planted, and all that is the same before and after."""

    filled: tuple[float, float] = (
        0.2,
        0.8,
    )  # chance of a place before: between these, by a Beta(2, 2) over people
    more_filled: float = 0.12  # added to it after: 1.2 colleagues
    kept: float = 0.88  # chance that a colleague before is one after
    elsewhere: tuple[float, float] = (0.40, 0.95)  # chance to sit in another department, as above
    on_roster: float = 0.2  # chance that somebody of the roster was meant and written out in full
    known: float = 0.5  # chance that a new colleague was known before the course
    let: tuple[float, float, float, float] = (
        3.3,
        0.5,
        0.7,
        0.5,
    )  # ease of a colleague: middle, person, colleague, luck
    let_more: float = 0.36
    agree: tuple[float, ...] = (2.9, 2.6, 3.1, 2.7, 2.6)  # middle of the five statements
    agree_sd: tuple[float, float] = (0.6, 0.8)  # between people, within
    agree_more: float = 0.45
    early: tuple[float, float] = (2.0, 2.0)  # mean number of families, and shape of its gamma over people
    early_more: float = 0.0
    together: tuple[float, float] = (
        0.5,
        0.2,
    )  # chance that two colleagues work together: same department, two


SETTINGS = Settings()
NOTHING = replace(SETTINGS, more_filled=0.0, let_more=0.0, agree_more=0.0, early_more=0.0)
CONTACT = World(
    n=sum(ROSTER_SIZES),
    groups=ROSTER_SIZES,
    waves=tuple(WAVES),
    density=0.10,
    homophily=2.3,
    activity_sd=0.5,
    popularity_sd=0.3,
    reciprocity=0.5,
    stability=0.8,
    drift=0.1,
    effect=(0.0, 0.05),
    level_shares=(0.5, 0.3, 0.2),
)


@dataclass(frozen=True)
class Circle:
    """The ten places of one participant.

    there, place, person, known, let : (2, 10)
        By wave: whether it is filled, the department of the colleague, who of the roster was meant (-1 = somebody
        else), whether known before the course, how easily reached (1-5).
    text : 2 x 10 str
        What is typed.
    together : (2, 10, 10) bool
    """

    there: np.ndarray
    place: np.ndarray
    person: np.ndarray
    known: np.ndarray
    let: np.ndarray
    text: tuple[list[str], list[str]]
    together: np.ndarray


@dataclass(frozen=True)
class Truth:
    """All that happened: circles of the participants, their contact (by wave, levels), statements, counts."""

    circles: tuple[Circle, ...]
    contact: tuple[np.ndarray, np.ndarray]
    agree: np.ndarray
    early: np.ndarray


def draw_truth(luck: SeedSequence, planted: bool, labels: Any) -> Truth:
    """Draw a world; `labels(rng, taken)` makes up what is typed for somebody outside the roster."""
    settings = SETTINGS if planted else NOTHING
    world = CONTACT if planted else replace(CONTACT, effect=0.0)
    own_luck, tie_luck = luck.spawn(2)
    rng = np.random.default_rng(own_luck)
    people = STAFF.participants
    circles = tuple(_circle(int(i), settings, rng, labels) for i in people)
    n = len(people)
    theta = settings.agree_sd[0] * rng.standard_normal(n)
    noise = settings.agree_sd[1] * rng.standard_normal((2, n, 5))
    shift = np.array([0.0, settings.agree_more])[:, None, None]
    agree = _rounded(np.array(settings.agree) + shift + theta[:, None] + noise)
    mean = rng.gamma(settings.early[1], settings.early[0] / settings.early[1], size=n)
    early = rng.poisson(mean * np.array([[1.0], [1.0 + settings.early_more]]))
    complete = simulate(world, tie_luck).complete
    before, after = (np.nan_to_num(wave.levels).astype(int) for wave in complete.waves)
    return Truth(circles, (before, after), agree, early)


def _rounded(latent: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(latent + 0.5), 1, 5).astype(int)


def _circle(ego: int, s: Settings, rng: Generator, labels: Any) -> Circle:
    p, q = (low + (high - low) * rng.beta(2, 2) for low, high in (s.filled, s.elsewhere))
    kept = 0.0 if ego == STAFF.mover else s.kept  # who moved has a new circle
    before = rng.random(SLOTS) < p
    stays = before & (rng.random(SLOTS) < kept)
    after = stays | (rng.random(SLOTS) < (p + s.more_filled - p * kept) / (1 - p * kept))
    place, person = np.zeros((2, SLOTS), int), np.full((2, SLOTS), -1)
    text, taken = ([""] * SLOTS, [""] * SLOTS), {ego}
    for wave, home in enumerate(int(HOMES[label][ego]) for label in WAVES):
        for slot in range(SLOTS):
            if wave and stays[slot]:
                place[1, slot], person[1, slot], text[1][slot] = (
                    place[0, slot],
                    person[0, slot],
                    text[0][slot],
                )
                continue
            place[wave, slot] = _department(home, q, rng)
            person[wave, slot] = _listed(place[wave, slot], s.on_roster, taken, rng)
            who = int(person[wave, slot])
            text[wave][slot] = STAFF.names[who] if who >= 0 else labels(rng, taken)
            taken |= {who, text[wave][slot]}
    colleague = rng.standard_normal((2, SLOTS))
    colleague[1, stays] = colleague[0, stays]
    middle, *spread = s.let
    felt = middle + np.array([[0.0], [s.let_more]]) + spread[0] * rng.standard_normal()
    let = _rounded(felt + spread[1] * colleague + spread[2] * rng.standard_normal((2, SLOTS)))
    known = np.array([np.ones(SLOTS, bool), stays | (rng.random(SLOTS) < s.known)])
    together = _together(place, stays, s, rng)
    return Circle(np.array([before, after]), place, person, known, let, text, together)


def others(home: int) -> np.ndarray:
    """(departments,) chance of each department for a colleague who sits elsewhere."""
    pull = np.where(np.arange(len(NAMES)) == home, 0.0, PULL)
    return pull / pull.sum()


def _department(home: int, q: float, rng: Generator) -> int:
    away = int(rng.choice(len(NAMES), p=others(home)))
    return away if rng.random() < q else int(home)


def _listed(place: int, chance: float, taken: set[Any], rng: Generator) -> int:
    """Somebody of the roster in that department, or -1; nobody whose department changes, and no namesake."""
    left_out = {STAFF.mover, *STAFF.namesakes, *taken}
    there = [i for i in np.flatnonzero(STAYED & (STAFF.department == place)).tolist() if i not in left_out]
    wanted, pick = rng.random() < chance, rng.random()
    return there[int(pick * len(there))] if wanted and there else -1


def _together(place: np.ndarray, stays: np.ndarray, s: Settings, rng: Generator) -> np.ndarray:
    """(2, 10, 10) bool, upper triangles: who works with whom; most pairs who stay are as they were."""
    luck = rng.random((2, SLOTS, SLOTS))
    same = np.outer(stays, stays) & (rng.random((SLOTS, SLOTS)) < 0.8)
    luck[1] = np.where(same, luck[0], luck[1])
    alike = place[:, :, None] == place[:, None, :]
    return np.triu(luck < np.where(alike, *s.together), 1)


def expected() -> dict[str, float]:
    """The expected change of every planned outcome: exact, for those who are there both times."""
    s = SETTINGS
    # A Beta(2, 2) over people, in 200 equal parts.
    people = stats.beta(2, 2).ppf((np.arange(200) + 0.5) / 200)
    q = s.elsewhere[0] + (s.elsewhere[1] - s.elsewhere[0]) * people
    p = s.filled[0] + (s.filled[1] - s.filled[0]) * people
    stayed = STAYED & ~STAFF.leader
    departments = [
        np.mean([_departments(int(home), chance, q) for home in HOMES[wave][stayed]])
        for wave, chance in (("før", p), ("efter", p + s.more_filled))
    ]
    agree = [_level(middle + s.agree_more, s.agree_sd) - _level(middle, s.agree_sd) for middle in s.agree]
    middle, *spread = s.let
    return {
        "andel_andre_afdelinger": 0.0,
        "antal_kolleger": SLOTS * s.more_filled,
        "antal_afdelinger": float(departments[1] - departments[0]),
        "lethed": float(np.mean(agree)),
        "let_ved_kolleger": _level(middle + s.let_more, spread) - _level(middle, spread),
        "tidlig_inddragelse": s.early[0] * s.early_more,
        "deltagernes_kontakt": CONTACT.truth()["cross_density"],
    }


def _departments(home: int, filled: np.ndarray, q: np.ndarray) -> float:
    """Expected number of departments: each is missed with the chance that no place holds somebody of it."""
    share = np.outer(others(home), q)
    share[home] = 1 - q
    missed = (1 - filled[:, None, None] * share[None]) ** SLOTS
    return float((1 - missed).sum(axis=1).mean())


def _level(middle: float, spread: Any) -> float:
    """Expected answer from 1 to 5: a normal, rounded."""
    steps = np.arange(1.5, 5)
    return float(1 + stats.norm.sf(steps, middle, np.linalg.norm(spread)).sum())
