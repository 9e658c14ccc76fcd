"""The invented staff of data/naestved-cam: 104 people of whom 100 work in six units at any time; always the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from names import draw_names

WAVES = {"før": date(2017, 9, 4), "efter": date(2019, 3, 4)}
UNITS = {
    "Jobparate": 27,
    "Aktivitetsparate": 23,
    "Sygedagpenge": 18,
    "Virksomhedsservice": 14,
    "Ydelse": 13,
    "Stab og ledelse": 9,
}
NAMES = tuple(UNITS)
SENIORITY = ("under 2 år", "2-5 år", "6-10 år", "over 10 år")
# One person leaves and another comes in each of these units, between the two surveys.
TURNOVER = {
    0: ("2018-01-31", "2018-02-01"),
    1: ("2018-06-30", "2018-08-01"),
    2: ("2018-10-31", "2018-11-01"),
    4: ("2018-11-30", "2019-01-01"),
}
# (unit left, unit joined): from the second survey on.
MOVES = ((0, 1), (1, 2), (3, 0))


@dataclass(frozen=True, eq=False)
class Staff:
    """The people, unit by unit, in the order in which they are simulated.

    `list_names` is what the questionnaire calls people ("" = their name): two have the same name. `first` and `last`
    are the first and last day of employment, "" where they lie outside the study; `moved` is the unit at the second
    survey.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    list_names: tuple[str, ...]
    tokens: tuple[str, ...]
    unit: np.ndarray
    seniority: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    moved: dict[int, int]

    @property
    def n(self) -> int:
        return len(self.ids)

    def employed(self, wave: str) -> np.ndarray:
        day = WAVES[wave].isoformat()
        return np.array([(a or day) <= day <= (z or day) for a, z in zip(self.first, self.last, strict=True)])

    def unit_at(self, wave: str) -> np.ndarray:
        found = self.unit.copy()
        for person, there in self.moved.items() if wave == "efter" else ():
            found[person] = there
        return found

    def listed(self, wave: str) -> list[int]:
        """The people whom the questionnaire of a wave lists, in the order of their ids."""
        return sorted(np.flatnonzero(self.employed(wave)).tolist(), key=lambda i: self.ids[i])


@cache
def staff() -> Staff:
    """Draw the staff list; it is the same in every simulation of the programme."""
    rng = np.random.default_rng(np.random.SeedSequence(20170905))
    unit = np.repeat(np.arange(len(UNITS)), tuple(UNITS.values()))
    n = len(unit)
    members = [rng.permutation(np.flatnonzero(unit == k)).tolist() for k in range(len(UNITS))]
    first, last = [""] * n, [""] * n
    for k, (left, came) in TURNOVER.items():
        last[members[k][0]], first[members[k][1]] = left, came
    moved = {members[left][2]: joined for left, joined in MOVES}
    namesakes = members[2][3], members[4][3]
    names = draw_names(n, rng, namesakes)
    names = [
        "Mette-Marie Nielsen" if name == "Mette Nielsen" and at not in namesakes else name
        for at, name in enumerate(names)
    ]
    listed = [f"{names[at]} ({NAMES[unit[at]]})" if at in namesakes else "" for at in range(n)]
    ids = [""] * n
    for number, person in enumerate(rng.permutation(n).tolist(), start=1):
        ids[person] = f"cam{number:03d}"
    tokens = tuple(f"{number:06x}" for number in rng.choice(16**6, size=n, replace=False).tolist())
    seniority = [SENIORITY[k] for k in rng.choice(len(SENIORITY), size=n, p=(0.2, 0.3, 0.25, 0.25)).tolist()]
    for person in (at for at in range(n) if first[at]):
        seniority[person] = SENIORITY[0]
    return Staff(
        tuple(ids),
        tuple(names),
        tuple(listed),
        tokens,
        unit,
        tuple(seniority),
        tuple(first),
        tuple(last),
        moved,
    )
