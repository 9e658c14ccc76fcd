"""The model of data/kambu-aarhus: who starts when, who names whom, who answers, and what they say of their insight.

Training does one thing to contact: two people of different workplaces who were both trained may form a tie that they
would not have had. People whose colleague alone was trained, or neither, are not touched.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
from kambu_staff import WAVES, Staff, staff

from netlearn.planning.simulate import chances, missing_chances, next_draws
from netlearn.planning.worlds import World

TRAINED, TEAMS = 112, 4
SLOTS = 15
DECAY = 0.8  # the odds of a tie are proportional to (1 + km) to the power of minus this
GAIN_DECAY = (
    2.0  # the same of the ties that training adds, so that as many of them cross areas as of all ties
)
EFFECT = 0.011  # chance, in every wave, that two trained people of different workplaces form a tie
SCORE_EFFECT = 0.32  # what training adds to the insight in others' tasks, in steps of the answers
GROWTH = (0.0, 0.03, 0.05)  # of all ties, in log odds: contact grows a little anyway
SCORE_GROWTH = (0.0, 0.05, 0.10)
ITEMS = (3.3, 3.1, 3.0, 3.2)  # mean level of each item, in the direction of more insight
TURNED = (3,)  # items that count the other way round
SPREADS = {"lasting": 0.55, "of the wave": 0.3, "of the item": 0.65}
BLANK, UNSURE = 0.015, 0.02  # answers to single items that are missing, or "don't know"
STOPPED = 0.15  # of those who name nobody and say nothing of it: share who answered the first page

WORLD = World(
    n=420,
    groups=tuple(np.bincount(staff().workplace).tolist()),
    waves=tuple(WAVES),
    density=0.0095,
    homophily=5.0,
    activity_sd=0.5,
    popularity_sd=0.4,
    reciprocity=0.4,
    stability=0.7,
    drift=0.1,
    growth=GROWTH,
    nonresponse=(0.03, 0.13, 0.18),
    lean=0.4,
)


@dataclass(frozen=True, eq=False)
class Drawn:
    """All that is true in one simulated programme; people are in the order of the staff.

    Attributes
    ----------
    start : (n,) int
        Number of the first wave in which each counts as trained; the number of waves = never.
    team : (n,) int
        0 for those who were not trained.
    ties : (waves, n, n) bool
        Whom each would have named, had everybody in the programme answered.
    named : (waves, n) bool
        Who answered the question about colleagues.
    stopped : (waves, n) bool
        Who answered the first page only.
    level : (waves, n, items) int
        Answers to the items as they stand in the questionnaire, 1 to 5, had everybody answered.
    blank, unsure : (waves, n, items) bool
        Answers that are missing, or "don't know".
    """

    start: np.ndarray
    team: np.ndarray
    ties: np.ndarray
    named: np.ndarray
    stopped: np.ndarray
    level: np.ndarray
    blank: np.ndarray
    unsure: np.ndarray

    @property
    def opened(self) -> np.ndarray:
        """Who answered at least the first page."""
        return self.named | self.stopped


def settings() -> dict[str, object]:
    """The settings of the model, for truth.json."""
    return {
        "world": asdict(WORLD) | {"groups": "as in roster.csv"},
        "trained": TRAINED,
        "teams": TEAMS,
        "slots": SLOTS,
        "decay": DECAY,
        "gain_decay": GAIN_DECAY,
        "effect_on_pairs_both_trained": EFFECT,
        "effect_on_pairs_one_trained": 0.0,
        "effect_on_score": SCORE_EFFECT,
        "score_growth": SCORE_GROWTH,
        "items": ITEMS,
        "item_spreads": SPREADS,
    }


def draw(luck: np.random.SeedSequence, planted: bool = True) -> Drawn:
    """Draw one programme; with `planted` = False the same luck without what training does."""
    lot, ties, silence, scale = (np.random.default_rng(child) for child in _children(luck, 4))
    people = staff()
    start, team = draw_lot(people, lot)
    made, silent = _ties(people, start, ties, planted)
    asked = np.array([people.asked & people.employed(wave) for wave in WAVES])
    named = asked & (silence.random(asked.shape) >= silent)
    # The first survey was part of an interview about competences, which everybody took part in.
    share = np.array([1.0, STOPPED, STOPPED])[:, None]
    stopped = asked & ~named & (silence.random(asked.shape) < share)
    level = _levels(start, scale, planted)
    missing = scale.random(level.shape)
    blank, unsure = missing < BLANK, (missing >= BLANK) & (missing < BLANK + UNSURE)
    return Drawn(start, team, made, named, stopped, level, blank, unsure)


def _children(luck: np.random.SeedSequence, count: int) -> list[np.random.SeedSequence]:
    # Not `luck.spawn`: that counts what was spawned before, so the same luck would not give the same draw.
    return [np.random.SeedSequence(luck.entropy, spawn_key=(*luck.spawn_key, k)) for k in range(count)]


def draw_lot(people: Staff, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw within strata who is trained, in which wave each starts and in which team."""
    waves = len(WAVES)
    start, team = np.full(people.n, waves), np.zeros(people.n, np.int64)
    order = rng.permutation(np.flatnonzero(people.asked))
    order = order[np.argsort(people.stratum[order], kind="stable")]  # by stratum, in an order drawn by lot
    m = len(order)
    chosen = order[np.diff(np.arange(m + 1) * TRAINED // m) > 0]
    turn = np.arange(TRAINED)
    start[chosen] = 1 + turn % (waves - 1)
    # Two teams for each start: 1 and 2 before the second survey, 3 and 4 before the third.
    team[chosen] = (
        (TEAMS // (waves - 1)) * (start[chosen] - 1) + 1 + turn // (waves - 1) % (TEAMS // (waves - 1))
    )
    return start, team


@cache
def _geography() -> tuple[np.ndarray, np.ndarray]:
    """Factor of the odds of each tie, and chance that training adds it: (n, n) each, from the distances."""
    people = staff()
    xy = people.xy[people.workplace]
    away = 1 + np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    cross = people.workplace[:, None] != people.workplace
    near, gained = away**-DECAY, away**-GAIN_DECAY
    return np.where(cross, near / near[cross].mean(), 1.0), np.where(
        cross, EFFECT * gained / gained[cross].mean(), 0.0
    )


def _ties(
    people: Staff, start: np.ndarray, rng: np.random.Generator, planted: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Whom everybody in the programme would name in each wave, and the chance of each not to answer."""
    factor, gained = _geography()
    own = rng.standard_normal((2, people.n))
    draws, made, silent = None, [], []
    for wave, label in enumerate(WAVES):
        chance, activity = chances(WORLD, wave, own, rng)
        odds = factor * chance / (1 - chance)
        chance = odds / (1 + odds)
        if planted:
            trained = start <= wave
            chance = 1 - (1 - chance) * (1 - gained * np.outer(trained, trained))
        draws = next_draws(WORLD, draws, rng)
        there = people.employed(label)
        made.append(_named(draws, chance, people.asked & there, there))
        silent.append(missing_chances(WORLD, wave, own[0], activity))
    return np.array(made), np.array(silent)


def _named(draws: np.ndarray, chance: np.ndarray, asked: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Who is named: with more ties than places in the questionnaire, those that had the most to spare."""
    tie = (draws < chance) & asked[:, None] & there
    np.fill_diagonal(tie, False)
    for person in np.flatnonzero(tie.sum(axis=1) > SLOTS):
        mine = np.flatnonzero(tie[person])
        depth = draws[person, mine] / chance[person, mine]
        tie[person, mine[np.argsort(depth)[SLOTS:]]] = False
    return tie


def _levels(start: np.ndarray, rng: np.random.Generator, planted: bool) -> np.ndarray:
    """Answers to the items, 1 to 5."""
    shape = len(WAVES), len(start), len(ITEMS)
    lasting = SPREADS["lasting"] * rng.standard_normal(shape[1])[None, :, None]
    of_wave = SPREADS["of the wave"] * rng.standard_normal(shape[:2])[..., None]
    of_item = SPREADS["of the item"] * rng.standard_normal(shape)
    wave = np.arange(shape[0])[:, None]
    gained = SCORE_EFFECT * planted * (start <= wave)[..., None] + np.array(SCORE_GROWTH)[:, None, None]
    level = np.clip(np.rint(np.array(ITEMS) + lasting + of_wave + of_item + gained), 1, 5).astype(np.int64)
    level[..., TURNED] = 6 - level[..., TURNED]
    return level
