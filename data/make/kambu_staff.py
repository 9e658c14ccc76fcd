"""The invented staff of data/kambu-aarhus: 125 workplaces in seven areas and who works there; always the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

import numpy as np
from names import draw_names

WAVES = {"before": date(2022, 10, 10), "midway": date(2023, 3, 20), "after": date(2023, 10, 9)}
DAY_CARE, SCHOOL = "daginstitution", "skole"
AREAS = ("Midt", "Nord", "Nordvest", "Vest", "Sydvest", "Syd", "Sydøst")
RING = 6.5  # km from the middle to the other areas
SPREAD = 1.3  # km, of workplaces around the middle of their area
# Administrative staff per workplace: how many workplaces have so many; 79 and 46 workplaces, 190 and 230 people.
SIZES = {
    DAY_CARE: {1: 18, 2: 27, 3: 21, 4: 10, 5: 3},
    SCHOOL: {2: 2, 3: 5, 4: 11, 5: 12, 6: 8, 7: 5, 8: 3},
}
PROGRAMME = 230
OUTSIDE = "uden for forløbet"
# Who leaves and who comes, and how many of each: (last or first day, in the programme, outside it).
LEAVING = (("2022-12-31", 3, 2), ("2023-06-30", 4, 4))
COMING = (("2023-01-01", 0, 5), ("2023-08-01", 0, 7))
MOVING = 4  # people who work elsewhere at the last survey
TREES = (
    "Ahorn", "Birke", "Bøge", "Ege", "Elle", "Elme", "Gran", "Hassel", "Linde", "Lærke", "Pile", "Poppel",
    "Røn", "Slåen", "Syren", "Tjørne",
)  # fmt: skip
GROUND = ("bakke", "dal", "mark")
HOUSES = ("Børnehuset", "Dagtilbuddet", "Institutionen", "Vuggestuen")
THINGS = (
    "Anemonen", "Bjørnehiet", "Bølgen", "Dragen", "Ellekrattet", "Fyrtårnet", "Guldsmeden", "Himmelhuset",
    "Jordbærbakken", "Kastanjegården", "Klatretræet", "Kornblomsten", "Mosehullet", "Mælkevejen", "Nøddehegnet",
    "Pilehytten", "Regnbuen", "Snogebækken", "Solsikken", "Spilopperne",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Staff:
    """The people, workplace by workplace, in the order in which they are simulated.

    `stratum` is -1 for those who are not in the programme; `first` and `last` are the first and last day of employment,
    "" where they lie outside the study; `moved` is the workplace at the last survey of those who changed.
    """

    workplaces: tuple[str, ...]
    kind: tuple[str, ...]
    area: np.ndarray
    xy: np.ndarray
    workplace: np.ndarray
    ids: tuple[str, ...]
    names: tuple[str, ...]
    list_names: tuple[str, ...]
    stratum: np.ndarray
    first: tuple[str, ...]
    last: tuple[str, ...]
    moved: dict[int, int]

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def asked(self) -> np.ndarray:
        """Who is in the programme."""
        return self.stratum >= 0

    @property
    def strata(self) -> tuple[str, ...]:
        """Name of each person's stratum."""
        told = [f"{area}, {kind}" for area, kind in product(AREAS, SIZES)]
        return tuple(told[s] if s >= 0 else OUTSIDE for s in self.stratum)

    def employed(self, wave: str) -> np.ndarray:
        day = WAVES[wave].isoformat()
        return np.array([(a or day) <= day <= (z or day) for a, z in zip(self.first, self.last, strict=True)])

    def workplace_at(self, wave: str) -> np.ndarray:
        found = self.workplace.copy()
        for person, there in self.moved.items() if wave == "after" else ():
            found[person] = there
        return found


@cache
def staff() -> Staff:
    """Draw the staff list; it is the same in every simulation of the programme."""
    rng = np.random.default_rng(np.random.SeedSequence(20221010))
    kind = [k for k, sizes in SIZES.items() for count in sizes.values() for _ in range(count)]
    sizes = [size for sizes in SIZES.values() for size, count in sizes.items() for _ in range(count)]
    area = _areas(kind, rng)
    workplace = np.repeat(np.arange(len(kind)), sizes)
    n = len(workplace)
    first, last, moved, asked = _comings(workplace, area, kind, rng)
    workplaces = _workplaces(kind, rng)
    names, list_names = _names(workplace, workplaces, rng)
    ids = [""] * n
    for number, person in enumerate(rng.permutation(n), start=1):
        ids[person] = f"adm{number:03d}"
    of_kind = np.array([list(SIZES).index(k) for k in kind])
    stratum = np.where(asked, len(SIZES) * area[workplace] + of_kind[workplace], -1)
    return Staff(
        workplaces,
        tuple(kind),
        area,
        _places(area, rng),
        workplace,
        tuple(ids),
        names,
        list_names,
        stratum,
        first,
        last,
        moved,
    )


def _areas(kind: list[str], rng: np.random.Generator) -> np.ndarray:
    """Deal the workplaces of each kind to the areas, about as many to each."""
    area = np.empty(len(kind), np.int64)
    for k in SIZES:
        here = np.flatnonzero(np.array(kind) == k)
        area[here] = rng.permutation(np.arange(len(here)) % len(AREAS))
    return area


def _places(area: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Place the workplaces, in km east and north of the middle, to 100 metres."""
    turn = 2 * np.pi * np.arange(len(AREAS) - 1) / (len(AREAS) - 1)
    middle = RING * np.vstack([[0, 0], np.column_stack([np.sin(turn), np.cos(turn)])])
    return np.round(middle[area] + SPREAD * rng.standard_normal((len(area), 2)), 1) + 0.0


def _workplaces(kind: list[str], rng: np.random.Generator) -> tuple[str, ...]:
    schools = rng.permutation([f"{tree}{ground}skolen" for tree, ground in product(TREES, GROUND)])
    houses = rng.permutation([f"{house} {thing}" for house, thing in product(HOUSES, THINGS)])
    left = {SCHOOL: iter(schools.tolist()), DAY_CARE: iter(houses.tolist())}
    return tuple(next(left[k]) for k in kind)


def _comings(
    workplace: np.ndarray, area: np.ndarray, kind: list[str], rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[str, ...], dict[int, int], np.ndarray]:
    """Draw who is in the programme, who comes and leaves, and who moves to another workplace of the same kind."""
    n = len(workplace)
    order = iter(rng.permutation(n).tolist())
    asked = np.zeros(n, bool)
    first, last = [""] * n, [""] * n
    for days, dates in ((LEAVING, last), (COMING, first)):
        for day, inside, outside in days:
            for at in range(inside + outside):
                person = next(order)
                dates[person], asked[person] = day, at < inside
    while asked.sum() < PROGRAMME:
        asked[next(order)] = True
    moved: dict[int, int] = {}
    for person in (next(p for p in np.flatnonzero(asked).tolist() if not last[p]), *order):
        alike = [k for k in range(len(kind)) if kind[k] == kind[workplace[person]] and k != workplace[person]]
        moved[person] = int(rng.choice(alike))
        if len(moved) == MOVING:
            break
    return tuple(first), tuple(last), moved, asked


def _names(
    workplace: np.ndarray, workplaces: tuple[str, ...], rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, and how the list of the questionnaire tells namesakes apart: by their workplace."""
    shared = 0, len(workplace) - 1
    names = draw_names(len(workplace), rng, shared)
    # Nobody else has the name of the two.
    names = [
        name if name != "Mette Nielsen" or at in shared else "Mette-Marie Nielsen"
        for at, name in enumerate(names)
    ]
    listed = [
        f"{names[at]} ({workplaces[workplace[at]]})" if at in shared else "" for at in range(len(names))
    ]
    return tuple(names), tuple(listed)
