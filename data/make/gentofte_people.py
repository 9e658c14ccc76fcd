"""The invented people of data/gentofte-cfn: 21 staff in five units at any time, and 60 citizens; always the same."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from names import draw_names

SEED = 20180905
WAVES = {"før": date(2018, 8, 27), "efter": date(2019, 2, 11)}
# Unit: people who ever were in it. One of the first unit left during the programme and was replaced.
UNITS = {
    "Støtte i eget hjem": 7,
    "Bofællesskabet Lindehuset": 5,
    "Bofællesskabet Åkanden": 4,
    "Træningsboligerne": 3,
    "Klubben": 3,
}
NAMES = tuple(UNITS)
LEFT, CAME = "2018-10-31", "2018-11-15"
# Somebody went from the one house to the other before the second survey.
MOVE = 1, 2
SENIORITY = ("under 2 år", "2-5 år", "6-10 år", "over 10 år")
CITIZENS = 60
LIVES = ("bofællesskab", "træningsbolig", "egen bolig med støtte", "egen bolig uden støtte")
AGES = ("18-29 år", "30-44 år", "45-59 år", "60 år og derover")


@dataclass(frozen=True, eq=False)
class Staff:
    """The staff, unit by unit, in the order in which they are simulated; `first`, `last` are days of employment."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    unit: np.ndarray
    leader: np.ndarray
    seniority: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    mover: int

    @property
    def n(self) -> int:
        return len(self.ids)

    def employed(self, day: date) -> np.ndarray:
        """(n,) bool: who works there on a day."""
        told = day.isoformat()
        spans = zip(self.first, self.last, strict=True)
        return np.array([(a or told) <= told <= (z or told) for a, z in spans])

    def unit_at(self, wave: str) -> np.ndarray:
        """(n,) unit of each person in a wave."""
        found = self.unit.copy()
        found[self.mover] = MOVE[wave == "efter"]
        return found

    def order(self, seed: int) -> np.ndarray:
        """Whom each code of netlearn stands for: codes are dealt over the sorted ids with the seed of the study."""
        return np.argsort(self.ids)[np.random.default_rng(seed).permutation(self.n)]


def staff() -> Staff:
    """Make the staff list."""
    rng = np.random.default_rng(SEED)
    unit = np.repeat(np.arange(len(UNITS)), tuple(UNITS.values()))
    n = len(unit)
    members = [np.flatnonzero(unit == k).tolist() for k in range(len(UNITS))]
    first, last = [""] * n, [""] * n
    last[members[0][2]], first[members[0][3]] = LEFT, CAME
    leader = np.zeros(n, bool)
    leader[[members[0][0], members[1][0]]] = True
    ids, names = [""] * n, draw_names(n, rng, (members[1][2], members[4][1]))
    for number, person in enumerate(rng.permutation(n).tolist(), start=1):
        ids[person] = f"cn{number:02d}"
    # Two letters and four figures: a figure alone could stand in any table by chance.
    letters = rng.choice(list("bdfghjklmnprstv"), (n, 2)).tolist()
    numbers = rng.choice(np.arange(1000, 10_000), n, replace=False).tolist()
    keys = tuple(f"{''.join(pair)}{number}" for pair, number in zip(letters, numbers, strict=True))
    seniority = [SENIORITY[k] for k in rng.choice(len(SENIORITY), n, p=(0.2, 0.3, 0.3, 0.2)).tolist()]
    seniority[members[0][3]] = SENIORITY[0]
    columns = (tuple(ids), tuple(names), keys, unit, leader, tuple(seniority), tuple(first), tuple(last))
    return Staff(*columns, mover=members[MOVE[0]][3])


STAFF = staff()
THERE = {label: STAFF.employed(day) for label, day in WAVES.items()}


def write_roster(path: Path) -> None:
    """Write the staff list in the order of ids."""
    heads = (
        "id",
        "navn",
        "kode",
        "enhed",
        "stilling",
        "anciennitet",
        "ansat_fra",
        "ansat_til",
        "enhed_efter",
    )
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\n")
        table.writerow(heads)
        for i in np.argsort(STAFF.ids).tolist():
            role = "leder" if STAFF.leader[i] else "medarbejder"
            moved = NAMES[MOVE[1]] if i == STAFF.mover else ""
            who = (
                STAFF.ids[i],
                STAFF.names[i],
                STAFF.keys[i],
                NAMES[STAFF.unit[i]],
                role,
                STAFF.seniority[i],
            )
            table.writerow([*who, STAFF.first[i], STAFF.last[i], moved])


def citizens() -> tuple[tuple[str, str, str, int], ...]:
    """Code, where he or she lives, age group and first year at the centre of each citizen; codes only, no names."""
    rng = np.random.default_rng([SEED, CITIZENS])
    numbers = np.sort(rng.choice(np.arange(100, 1000), CITIZENS, replace=False))
    lives = rng.choice(len(LIVES), CITIZENS, p=(0.3, 0.15, 0.4, 0.15))
    ages = rng.choice(len(AGES), CITIZENS, p=(0.25, 0.35, 0.3, 0.1))
    years = rng.integers(2009, 2019, CITIZENS)
    rows = zip(numbers.tolist(), lives.tolist(), ages.tolist(), years.tolist(), strict=True)
    return tuple((f"B-{number}", LIVES[home], AGES[age], year) for number, home, age, year in rows)


CITIZEN_CODES = tuple(code for code, *_ in citizens())


def write_citizens(path: Path) -> None:
    """Write the list of everybody who could take part in the activities."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\n")
        table.writerow(["borger", "bolig", "alder", "tilknyttet_siden"])
        table.writerows(citizens())
