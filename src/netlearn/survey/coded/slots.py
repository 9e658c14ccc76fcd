"""Ego networks in a coded copy: a row per respondent with a slot for each person named, nobody by a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from netlearn.study.plan import RelationPlan
from netlearn.study.wave import Wave
from netlearn.survey.alters import EgoTables
from netlearn.survey.coded.egos import Circle, circles, roles_of
from netlearn.survey.coded.tables import DONT_KNOW, NOBODY, NOT_ASKED, csv_text, level_text

TO, LEVEL, ALONE = "to_{slot}", "level_{slot}", "nobody"
TIE = "tie_{a}_{b}"


def slots_of(raw: RelationPlan, grid: RelationPlan, egos: EgoTables) -> RelationPlan:
    """Return the name generator of a copy.

    Parameters
    ----------
    raw : RelationPlan
        As it was asked.
    grid : RelationPlan
        As it would be read from a grid: names, levels and files are the same.
    egos : EgoTables
        Of all waves.
    """
    columns = {"to": TO} | ({"level": LEVEL} if _weighted(raw) else {})
    told = {role: f"about_{role}_{{slot}}" for role in roles_of(raw, egos)}
    return replace(
        grid,
        kind="name-generator",
        code="",
        n_slots=room(raw, egos),
        columns=columns,
        alter_columns=told,
        nobody_column=ALONE,
        alter_ties=TIE if raw.alter_ties else None,
        alter_tie_levels={"0": 0.0, "1": 1.0} if raw.alter_ties else {},
    )


def room(raw: RelationPlan, egos: EgoTables) -> int:
    """Return the number of slots: as many as there were; where there was no limit, one more than anybody used."""
    most = egos.alters.groupby(["ego", "wave"]).size().max() if len(egos.alters) else 0
    return len(raw.slots) or raw.n_slots or int(most) + 1


def _weighted(raw: RelationPlan) -> bool:
    """Tell whether levels may have been asked; where they were not, a column of them says nothing else."""
    return bool(raw.levels or raw.group) or "level" in raw.columns or any("level" in one for one in raw.slots)


def slots_text(
    raw: RelationPlan, coded: RelationPlan, wave: Wave, egos: EgoTables, codes: Mapping[str, str]
) -> str:
    """Return what the respondents of a wave told of the people they named.

    Parameters
    ----------
    raw, coded : RelationPlan
        As it was asked, and as the copy reads it.
    wave : Wave
        Of the directed panel: levels, and who answered.
    egos : EgoTables
    codes : mapping str -> str
        Code of each person of the roster in the copy, in the order of the panel, by the code that results show.
    """
    place = {person: at for at, person in enumerate(codes)}
    numbers = range(1, coded.n_slots + 1)
    names = [pattern for pattern in (coded.columns["to"], coded.columns.get("level")) if pattern]
    headers = [pattern.replace("{slot}", str(k)) for k in numbers for pattern in names]
    headers += [p.replace("{slot}", str(k)) for p in coded.alter_columns.values() for k in numbers]
    pairs = list(combinations(numbers, 2)) if coded.alter_ties else []
    headers += [TIE.format(a=a, b=b) for a, b in pairs]
    graded = _Graded(wave, raw.threshold, place)
    rows = []
    for circle in circles(egos, wave.label):
        alone = [graded.alone(circle)] if not circle.alters else []
        named = [codes.get(person, f"s{at}") for at, person in enumerate(circle.alters, start=1)] + alone
        levels = [graded.level(circle.ego, person) for person in circle.alters]
        cells = [text for k in numbers for text in _pair(named, levels, k, len(names))]
        for role in coded.alter_columns:
            cells += [circle.told[role][k - 1] if k <= len(circle.alters) else "" for k in numbers]
        cells += [_tie(circle, a, b) for a, b in pairs]
        said = NOBODY if circle.answered and not circle.alters else ""
        rows.append([codes[circle.ego], *cells, said])
    return csv_text(["id", *headers, ALONE], sorted(rows))


def _pair(named: Sequence[str], levels: Sequence[str], number: int, columns: int) -> list[str]:
    both = [texts[number - 1] if number <= len(texts) else "" for texts in (named, levels)]
    return both[:columns]


def _tie(circle: Circle, a: int, b: int) -> str:
    """Return whether two of those named are tied, "" where it was not told."""
    if (a, b) in circle.ties:
        return "1"
    return "0" if circle.ties_answered and b <= len(circle.alters) else ""


class _Graded:
    """The levels of a wave as texts, cell by cell."""

    def __init__(self, wave: Wave, threshold: float, place: Mapping[str, int]) -> None:
        self._wave, self._place, self._n = wave, place, wave.n
        cells = (wave.sender * wave.n + wave.receiver).tolist()
        self._levels = dict(zip(cells, map(level_text, wave.level.tolist()), strict=True))
        self._special = dict.fromkeys(wave.unasked.tolist(), NOT_ASKED)
        self._special |= dict.fromkeys(wave.dont_know.tolist(), DONT_KNOW)
        self._holes = set(wave.cells.holes.tolist())
        self._tie = level_text(threshold)

    def level(self, ego: str, alter: str) -> str:
        """Return the level of somebody named."""
        one, two = self._place[ego], self._place.get(alter, -1)
        answered = bool(self._wave.cells.senders[one])
        if two < 0 or not self._wave.cells.receivers[two]:
            return self._tie if answered else ""
        cell = one * self._n + two
        if cell in self._levels:
            return self._levels[cell]
        return self._special.get(cell, "" if cell in self._holes or not answered else "0")

    def alone(self, circle: Circle) -> str:
        """Return what stands in the first slot of somebody who named nobody."""
        one = self._place[circle.ego]
        if circle.answered:
            return ""
        if self._wave.cells.senders[one]:
            return NOBODY
        if any(cell // self._n == one for cell, said in self._special.items() if said == DONT_KNOW):
            return DONT_KNOW
        unasked = self._wave.unasked_people
        return NOT_ASKED if unasked is not None and unasked[one] else ""
