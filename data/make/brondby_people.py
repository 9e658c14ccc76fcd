"""The people of data/brondby: 26 participants at any time, their leaders, and the roster that lists them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from names import draw_names

SEED = 2022
WAVES = {"før": date(2022, 8, 29), "efter": date(2023, 3, 13)}
# Department: (area, participants who ever took part, leaders who ever were there).
DEPARTMENTS = {
    "Børne- og Familieafdelingen": ("Børn og familie", 5, 2),
    "Familiehuset": ("Børn og familie", 3, 1),
    "Sundhedsplejen": ("Børn og familie", 2, 1),
    "Skolerne": ("Skole og dagtilbud", 4, 3),
    "Dagtilbuddene": ("Skole og dagtilbud", 2, 1),
    "PPR": ("Skole og dagtilbud", 3, 1),
    "Jobcenteret": ("Job, social og bolig", 3, 1),
    "Socialpsykiatrien": ("Job, social og bolig", 2, 1),
    "Misbrugscenteret": ("Job, social og bolig", 1, 1),
    "De boligsociale projekter": ("Job, social og bolig", 2, 1),
}
NAMES = tuple(DEPARTMENTS)
# A teacher left and was replaced after the first survey; so was a head of a school. Somebody moved to the department.
SKOLERNE, FAMILIEHUSET, JOBCENTERET = (
    NAMES.index(name) for name in ("Skolerne", "Familiehuset", "Jobcenteret")
)
LEFT, CAME, MOVED_TO = "2022-11-30", "2022-09-15", 0


@dataclass(frozen=True)
class Staff:
    """Participants first, then leaders, each department by department; the same in every simulation."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    references: tuple[str, ...]
    department: np.ndarray
    leader: np.ndarray
    start: tuple[str, ...]
    end: tuple[str, ...]
    mover: int
    namesakes: tuple[int, int]

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def participants(self) -> np.ndarray:
        return np.flatnonzero(~self.leader)

    def employed(self, wave: str) -> np.ndarray:
        day = WAVES[wave].isoformat()
        came = np.array([not first or first <= day for first in self.start])
        return came & np.array([not last or day <= last for last in self.end])

    def departments(self, wave: str) -> np.ndarray:
        """(n,) department number of each person in a wave."""
        now = self.department.copy()
        now[self.mover] = MOVED_TO if wave == "efter" else now[self.mover]
        return now

    def label(self, person: int) -> str:
        """What the questionnaire calls somebody: two have the same name."""
        where = f" ({NAMES[self.department[person]]})" if person in self.namesakes else ""
        return self.names[person] + where

    def codes(self, seed: int) -> tuple[str, ...]:
        """The code that netlearn gives to each person: drawn with the study's seed over the sorted ids."""
        order = np.random.default_rng(seed).permutation(self.n)
        ids = [sorted(self.ids)[place] for place in order]
        return tuple(f"p{ids.index(person) + 1:03d}" for person in self.ids)


def staff() -> Staff:
    rng = np.random.default_rng(SEED)
    sizes = [[row[column] for row in DEPARTMENTS.values()] for column in (1, 2)]
    department = np.concatenate([np.repeat(np.arange(len(NAMES)), size) for size in sizes])
    leader = np.arange(len(department)) >= sum(sizes[0])
    n = len(department)
    start, end = [""] * n, [""] * n
    for role in (False, True):
        leaving, coming = np.flatnonzero((department == SKOLERNE) & (leader == role))[:2]
        end[leaving], start[coming] = LEFT, CAME
    mover = int(np.flatnonzero((department == FAMILIEHUSET) & ~leader)[1])
    namesakes = tuple(
        int(np.flatnonzero((department == k) & (leader == role))[-1])
        for k, role in ((JOBCENTERET, False), (SKOLERNE, True))
    )
    ids = [""] * n
    for letter, people in (("d", np.flatnonzero(~leader)), ("l", np.flatnonzero(leader))):
        for number, person in enumerate(rng.permuted(people), start=1):
            ids[person] = f"{letter}{number:02d}"
    references = [f"F{number}" for number in rng.permuted(np.arange(1000, 10_000))[:n]]
    names = draw_names(n, rng, namesakes)
    columns = (tuple(ids), tuple(names), tuple(references), department, leader, tuple(start), tuple(end))
    return Staff(*columns, mover, namesakes)


STAFF = staff()
THERE = {label: STAFF.employed(label) for label in WAVES}
STAYED = np.logical_and.reduce(list(THERE.values()))
HOMES = {label: STAFF.departments(label) for label in WAVES}


def write_roster(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(
            [
                "id",
                "navn",
                "kaldes_også",
                "reference",
                "rolle",
                "afdeling",
                "område",
                "fra",
                "til",
                "afdeling_efter",
            ]
        )
        for i in np.argsort(STAFF.ids):
            name = NAMES[STAFF.department[i]]
            role = "leder" if STAFF.leader[i] else "deltager"
            alias = STAFF.label(i) if i in STAFF.namesakes else ""
            moved = NAMES[MOVED_TO] if i == STAFF.mover else ""
            who = [STAFF.ids[i], STAFF.names[i], alias, STAFF.references[i], role]
            table.writerow([*who, name, DEPARTMENTS[name][0], STAFF.start[i], STAFF.end[i], moved])
