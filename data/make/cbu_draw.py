"""The model of data/cbu-aalborg: the staff, three relations in three waves, who answered what, who was where.

The year makes ties across functions more likely, the same for everybody. Learning groups, partners and modules are
dealt and attended whatever ties people have, and do nothing to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from cbu_rooms import Row, draw_rooms
from limesurvey import draw_tokens
from names import draw_names

from netlearn.planning.simulate import SimulatedPanel, simulate
from netlearn.planning.worlds import World
from netlearn.study.panel import Panel

WAVES = {"before": date(2021, 1, 18), "midway": date(2021, 6, 14), "after": date(2021, 12, 6)}
FUNCTIONS = {
    "Indsatsteam": 14,
    "Sprog og integration": 12,
    "Børneterapeutisk team": 20,
    "Psykologteam": 18,
    "Socialrådgiverteam": 16,
    "Konsulentteam": 13,
    "Sekretærer og ledelse": 12,
    "Specialbørnehaver": 21,
    "Sundhedsplejen": 20,
}
# One person leaves and another comes in each of these functions: three pairs before midway, three after it.
TURNOVER = (0, 2, 3, 4, 7, 8)
LAST_DAY = ("2021-03-31", "2021-04-30", "2021-05-31", "2021-07-31", "2021-08-31", "2021-09-30")
FIRST_DAY = ("2021-04-01", "2021-05-01", "2021-06-01", "2021-08-01", "2021-09-01", "2021-10-01")
# (function left, function joined, wave from which it counts)
MOVES = ((3, 5, "midway"), (4, 0, "after"))
STOPPED, TIRED = (
    4,
    3,
)  # people in each survey who answered the first page only, who left the end of a list blank
ROOM_LUCK = 16  # of twelve numbers that were tried (5 to 16) the one whose rooms are the most typical
UNSURE = {"contact": 0.01, "knows_task": 0.02}  # share of cells answered with "don't know"

# The same people and the same non-response in all three relations: only these settings differ.
STAFF = {
    "n": sum(FUNCTIONS.values()),
    "groups": tuple(FUNCTIONS.values()),
    "waves": tuple(WAVES),
    "activity_sd": 0.6,
    "popularity_sd": 0.4,
    "nonresponse": (0.15, 0.20, 0.17),
    "lean": 0.5,
}
RELATIONS = {
    "contact": World(
        **STAFF,
        density=0.05,
        homophily=2.1,
        reciprocity=0.5,
        stability=0.7,
        drift=0.1,
        effect=(0.0, 0.0085, 0.017),
        level_shares=(0.4, 0.3, 0.2, 0.1),
    ),
    "knows_task": World(
        **STAFF,
        density=0.12,
        homophily=2.6,
        reciprocity=0.4,
        stability=0.8,
        drift=0.1,
        effect=(0.0, 0.004, 0.008),
    ),
    "advice": World(**STAFF, density=0.02, homophily=2.4, reciprocity=0.2, stability=0.85, drift=0.05),
}


@dataclass(frozen=True)
class Staff:
    """The people, in the order of the simulation (function by function)."""

    ids: list[str]
    names: list[str]
    tokens: list[str]
    start: list[str]
    end: list[str]
    moved: dict[str, dict[int, int]]

    def employed(self, wave: str) -> np.ndarray:
        return self.employed_on(WAVES[wave].isoformat())

    def employed_on(self, day: str) -> np.ndarray:
        came = [not first or first <= day for first in self.start]
        left = [bool(last) and last < day for last in self.end]
        return np.array(came) & ~np.array(left)

    def listed(self, wave: str) -> list[int]:
        """Those employed, in the order of the questionnaire."""
        return sorted(np.flatnonzero(self.employed(wave)).tolist(), key=lambda i: self.ids[i])

    def function(self, wave: str) -> np.ndarray:
        """Function of each; who moved has another from some wave on."""
        found = RELATIONS["contact"].group.copy()
        for label in list(WAVES)[: list(WAVES).index(wave) + 1]:
            for person, there in self.moved.get(label, {}).items():
                found[person] = there
        return found


@dataclass(frozen=True, eq=False)
class Answers:
    """What became of one survey.

    Attributes
    ----------
    answered : (n,) bool
        Who answered the first page, about contact.
    finished : (n,) bool
        Who answered the other two pages too.
    blank : (n, n) bool
        Cells of the first page left blank by those who tired.
    unsure : relation -> (n, n) bool
        Cells answered with "don't know".
    """

    answered: np.ndarray
    finished: np.ndarray
    blank: np.ndarray
    unsure: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Drawn:
    """All that is true in one simulated year; people are in the order of the staff."""

    staff: Staff
    made: dict[str, SimulatedPanel]
    answers: dict[str, Answers]
    rooms: list[Row]


def draw(luck: np.random.SeedSequence, planted: bool = True) -> Drawn:
    """Draw one year; with `planted` = False the same luck without the rise of contact across functions."""
    people_luck, tie_luck, *wave_luck, room_luck = children(luck)
    staff = draw_staff(np.random.default_rng(people_luck))
    worlds = {name: world if planted else replace(world, effect=0.0) for name, world in RELATIONS.items()}
    # The same luck in each relation: those who are asked for advice are mostly among those contacted.
    made = {name: simulate(world, tie_luck) for name, world in worlds.items()}
    panel = made["contact"].panel
    answers = {
        label: draw_answers(staff, panel, label, np.random.default_rng(child))
        for label, child in zip(WAVES, wave_luck, strict=True)
    }
    function = RELATIONS["contact"].group
    rooms = draw_rooms(list(FUNCTIONS), function, staff.employed_on, np.random.default_rng(room_luck))
    return Drawn(staff, made, answers, rooms)


def children(luck: np.random.SeedSequence) -> list[np.random.SeedSequence]:
    """Luck of the staff, the ties, each survey and the rooms."""
    # Not `luck.spawn`: that counts what was spawned before, so the same luck would not give the same draw.
    keys = [*range(2 + len(WAVES)), ROOM_LUCK]
    return [np.random.SeedSequence(luck.entropy, spawn_key=(*luck.spawn_key, k)) for k in keys]


def draw_staff(rng: np.random.Generator) -> Staff:
    group = RELATIONS["contact"].group
    members = [rng.permuted(np.flatnonzero(group == k)) for k in range(len(FUNCTIONS))]
    start, end = [""] * len(group), [""] * len(group)
    for k, last, first in zip(TURNOVER, LAST_DAY, FIRST_DAY, strict=True):
        end[members[k][0]], start[members[k][1]] = last, first
    moved: dict[str, dict[int, int]] = {"midway": {}, "after": {}}
    for left, joined, wave in MOVES:
        moved[wave][int(members[left][2])] = joined
    namesakes = int(members[1][2]), int(members[8][2])
    names = draw_names(len(group), rng, namesakes)
    ids = [""] * len(group)
    for number, person in enumerate(rng.permuted(np.arange(len(group))), start=1):
        ids[person] = f"k{number:03d}"
    return Staff(ids, names, draw_tokens(len(group), rng), start, end, moved)


def draw_answers(staff: Staff, panel: Panel, label: str, rng: np.random.Generator) -> Answers:
    """Draw who stopped, who tired and what nobody could say, among those who opened the questionnaire."""
    listed = staff.listed(label)
    answered = [i for i in listed if panel.wave(label).cells.senders[i]]
    stopped = set(rng.permuted(answered)[:STOPPED].tolist())
    tired = set(rng.permuted([i for i in answered if i not in stopped])[:TIRED].tolist())
    n = len(staff.ids)
    blank, unsure = np.zeros((n, n), bool), np.zeros((len(UNSURE), n, n), bool)
    for i in answered:
        others = [j for j in listed if j != i]
        unsure[:, i, others] = rng.random((2, len(others))) < np.array([*UNSURE.values()])[:, None]
        if i in tired:
            # The end of the long list of colleagues was left blank: missing answers, not a "no".
            blank[i, listed[int(rng.integers(70, 120)) :]] = True
    opened = np.isin(np.arange(n), answered)
    finished = opened & ~np.isin(np.arange(n), list(stopped))
    return Answers(opened, finished, blank, dict(zip(UNSURE, unsure, strict=True)))
