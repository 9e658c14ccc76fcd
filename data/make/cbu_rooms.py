"""Who was where in the year of data/cbu-aalborg: learning days, modules, groups, partners, meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

GROUPS = 20  # learning groups of 7 or 8 seats; a seat or two wait for somebody who comes later
GROUPS_BEGIN = "2021-03-01"
PARTNERS = {"runde 1": "2021-03-15", "runde 2": "2021-05-17", "runde 3": "2021-10-04"}
FOR_ALL = {
    "læringsdag": (("læringsdag 1", "2021-02-03"), ("læringsdag 2", "2021-11-10")),
    "workshop": (("workshop", "2021-05-05"),),
    "onlinemodul": (
        ("modul 1: den professionelle samtale", "2021-03-10"),
        ("modul 2: inkluderende praksis", "2021-04-28"),
        ("modul 3: relationskapacitet", "2021-08-25"),
        ("modul 4: vidensvandring", "2021-10-27"),
    ),
}
LEADER_DAYS = ("2021-02-10", "2021-04-14", "2021-09-08", "2021-11-17")
OFFICE_DAY = "2021-09-22"
AREA_MEETINGS = ("2021-02-24", "2021-05-26", "2021-09-15", "2021-11-24")
MIDWAY, LEADERS = "2021-06-14", 5  # later than this day is the second half of the year
OFFICE = "Sekretærer og ledelse"
AREAS = {
    "delområde 1": ("Indsatsteam", "Sprog og integration", "Specialbørnehaver"),
    "delområde 2": ("Børneterapeutisk team", "Psykologteam", "Konsulentteam"),
    "delområde 3": ("Socialrådgiverteam", OFFICE, "Sundhedsplejen"),
}
# Share of people who came. Who looks after children or visits families found it harder to be online.
CAME = {
    "læringsdag": 0.95,
    "workshop": 0.92,
    "onlinemodul": 0.65,
    "ledelsesdag": 0.9,
    "administrativ workshop": 0.9,
    "delområdemøde": 0.85,
}
BUSY, BUSY_CAME = ("Specialbørnehaver", "Sundhedsplejen"), 0.45

Employed = Callable[[str], np.ndarray]


class Row(NamedTuple):
    """One person in one room; `wave` is the survey that came next."""

    person: int
    kind: str
    room: str
    wave: str


def settings() -> dict[str, object]:
    """The settings of the rooms, for truth.json."""
    return {
        "learning_groups": GROUPS,
        "partner_rounds": PARTNERS,
        "share_who_came": CAME,
        "share_who_came_online": dict.fromkeys(BUSY, BUSY_CAME),
        "change_of_ties_by_sharing_a_room": 0.0,
    }


def draw_rooms(
    functions: list[str], function: np.ndarray, there: Employed, rng: np.random.Generator
) -> list[Row]:
    """Draw who was where, from the function of each person and who was employed on a day."""
    named = np.array(functions)[function]
    rows = [*_groups(function, there, rng), *_partners(there, rng)]
    for kind, days in FOR_ALL.items():
        share = np.full(len(named), CAME[kind])
        if kind == "onlinemodul":
            share[np.isin(named, BUSY)] = BUSY_CAME
        for room, day in days:
            rows += _came(kind, room, day, there(day), share, rng)
    rows += _office(named == OFFICE, there, rng)
    for area, inside in AREAS.items():
        share = np.full(len(named), CAME["delområdemøde"])
        for number, day in enumerate(AREA_MEETINGS, start=1):
            asked = there(day) & np.isin(named, inside)
            rows += _came("delområdemøde", f"{area}, møde {number}", day, asked, share, rng)
    return rows


def half(day: str) -> str:
    return "midway" if day < MIDWAY else "after"


def _groups(function: np.ndarray, there: Employed, rng: np.random.Generator) -> Iterator[Row]:
    """Deal the seats of the learning groups by lot within each function, round the table, so that groups mix functions.

    Seats are dealt to everybody of the year at once, also to those who come later: then any two people of a function
    could have had each other's seat.
    """
    lot = np.lexsort((rng.random(len(function)), function))
    for at, person in enumerate(lot.tolist()):
        wave = "midway" if there(GROUPS_BEGIN)[person] or there(MIDWAY)[person] else "after"
        yield Row(person, "gruppe", f"gruppe {at % GROUPS + 1:02d}", wave)


def _partners(there: Employed, rng: np.random.Generator) -> Iterator[Row]:
    """Deal everybody a partner in each round by lot, whatever their functions, and nobody the same one twice."""
    known: set[tuple[int, ...]] = set()
    for name, day in PARTNERS.items():
        while True:
            pairs = rng.permutation(np.flatnonzero(there(day))).reshape(-1, 2)
            found = {tuple(sorted(pair)) for pair in pairs.tolist()}
            if not found & known:
                break
        known |= found
        for number, pair in enumerate(pairs.tolist(), start=1):
            for person in pair:
                yield Row(person, "partner", f"{name}, par {number:02d}", half(day))


def _office(office: np.ndarray, there: Employed, rng: np.random.Generator) -> Iterator[Row]:
    """The days of the leadership team, and the workshop of the secretaries."""
    members = rng.permutation(np.flatnonzero(office))
    leader = np.isin(np.arange(len(office)), members[:LEADERS])
    share = np.full(len(office), CAME["ledelsesdag"])
    for number, day in enumerate(LEADER_DAYS, start=1):
        yield from _came("ledelsesdag", f"ledelsesdag {number}", day, there(day) & leader, share, rng)
    share = np.full(len(office), CAME["administrativ workshop"])
    asked = there(OFFICE_DAY) & office & ~leader
    yield from _came("administrativ workshop", "administrativ workshop", OFFICE_DAY, asked, share, rng)


def _came(
    kind: str, room: str, day: str, asked: np.ndarray, share: np.ndarray, rng: np.random.Generator
) -> list[Row]:
    came = asked & (rng.random(len(asked)) < share)
    return [Row(person, kind, room, half(day)) for person in np.flatnonzero(came).tolist()]
