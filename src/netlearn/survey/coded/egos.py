"""What is told of people named: whether a copy can hold it in codes, and what of it was chosen rather than typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from netlearn.study.panel import Panel
from netlearn.study.plan import RelationPlan, Study
from netlearn.study.roster import Roster
from netlearn.survey.alters import EgoTables

Unfit = Literal["", "open", "not-offered"]
_OWN = ("ego", "wave", "alter", "on_roster", "department")
_NUMBER, _REPLACED = re.compile(r"-?\d+([.,]\d+)?"), re.compile(r"other-\d+")
# Whatever the number of people who said so, these name nobody.
_PLAIN = ("yes", "no", "ja", "nej", "true", "false")
_LEAST = 2


@dataclass(frozen=True, eq=False)
class Circle:
    """What one respondent told in a wave.

    Attributes
    ----------
    ego : str
        Code that results show.
    department : str
    answered, ties_answered : bool
    alters : tuple of str
        Codes that results show of people on the roster; of others where they were named, such as "s3".
    on_roster : tuple of bool
    told : mapping column -> tuple of str
        What was told of each of them; "department" of people outside the roster only.
    ties : set of (int, int)
        Pairs of places in `alters`, from 1, the first the smaller.
    """

    ego: str
    department: str
    answered: bool
    ties_answered: bool
    alters: tuple[str, ...]
    on_roster: tuple[bool, ...]
    told: Mapping[str, tuple[str, ...]]
    ties: frozenset[tuple[int, int]]


def circles(egos: EgoTables, wave: str) -> list[Circle]:
    """Return what each respondent told in a wave, in the order of the tables."""
    alters = egos.alters[egos.alters["wave"] == wave].fillna("")
    named = {str(ego): frame for ego, frame in alters.groupby("ego")}
    ties = egos.ties[egos.ties["wave"] == wave]
    tied = {str(ego): frame for ego, frame in ties.groupby("ego")}
    found = []
    for row in egos.egos[egos.egos["wave"] == wave].to_dict("records"):
        mine = named.get(row["ego"], alters.iloc[:0])
        place = {person: at for at, person in enumerate(mine["alter"], start=1)}
        told = {name: tuple(map(str, mine[name])) for name in mine.columns if name not in _OWN}
        homes = zip(mine["department"], mine["on_roster"], strict=True)
        told["department"] = tuple("" if listed else str(home) for home, listed in homes)
        pairs = tied.get(row["ego"], ties.iloc[:0])[["alter_a", "alter_b"]].to_numpy().tolist()
        ends = [(place[a], place[b]) for a, b in pairs]
        both = frozenset((min(pair), max(pair)) for pair in ends)
        flags = tuple(map(bool, mine["on_roster"]))
        answers = (bool(row["answered"]), bool(row["ties_answered"]))
        found.append(Circle(row["ego"], str(row["department"]), *answers, tuple(place), flags, told, both))
    return found


def roles_of(plan: RelationPlan, egos: EgoTables) -> list[str]:
    """Return the columns of what was told of each person named."""
    told = {*plan.alter_columns, *(role for slot in plan.slots for role in slot)}
    own = ["department"] if "department" in told else []
    return own + [str(name) for name in egos.alters.columns if name not in _OWN]


def wanted(study: Study, relation: str) -> bool:
    """Tell whether the plan asks for ego networks of a relation."""
    planned = any(o.family == "ego" and o.relation == relation for o in (study.primary, *study.secondary))
    return study.design == "ego" or planned


def unfit(panel: Panel, egos: EgoTables, roster: Roster, gone: Collection[int]) -> Unfit:
    """Tell why slots could not say all that the panel holds; "" where they can.

    Parameters
    ----------
    panel : Panel
        Directed.
    egos : EgoTables
    roster : Roster
    gone : collection of int
        People who withdrew with the ties to them.
    """
    place = {person: at for at, person in enumerate(roster.codes)}
    stays = ~np.isin(np.arange(roster.n), list(gone))
    for wave in panel.waves:
        if not np.array_equal(wave.cells.receivers, roster.employed[wave.label] & stays):
            return "not-offered"
        rows = egos.alters[(egos.alters["wave"] == wave.label) & egos.alters["on_roster"].astype(bool)]
        named = {place[a] * roster.n + place[b] for a, b in zip(rows["ego"], rows["alter"], strict=True)}
        if not set(wave.cells.holes.tolist()) <= named:
            return "open"
    return ""


def without_typed(egos: EgoTables, departments: Collection[str]) -> tuple[EgoTables, dict[str, int]]:
    """Put "other-1", "other-2", … in the place of answers about people named that somebody may have typed.

    Numbers stay, and the names of departments of the roster, yes and no, and what two respondents or more wrote alike.
    What is the same stays the same, so that counts of departments do not change.

    Parameters
    ----------
    egos : EgoTables
    departments : collection of str
        Of the roster.

    Returns
    -------
    EgoTables, dict column -> int
        And the number of answers replaced, by column.
    """
    alters, counts = egos.alters.copy(), dict[str, int]()
    outside = ~alters["on_roster"].astype(bool)
    for name in ("department", *(name for name in alters.columns if name not in _OWN)):
        texts = alters[name].fillna("").astype(str)
        asked = outside if name == "department" else pd.Series(True, index=alters.index)
        known = set(departments) if name == "department" else set()
        rare = _rare(texts[asked], alters.loc[asked, "ego"]) - known
        free = (k for k in range(1, len(texts) + len(rare) + 1) if f"other-{k}" not in set(texts))
        new = {text: f"other-{k}" for text, k in zip(sorted(rare), free, strict=False)}
        here = asked & texts.isin(list(new))
        if here.any():
            counts[str(name)] = int(here.sum())
            alters[name] = alters[name].mask(here, texts.map(new))
    return replace(egos, alters=alters), counts


def _rare(texts: pd.Series, egos: pd.Series) -> set[str]:
    """Return the answers that fewer than two respondents gave, and that are neither numbers nor yes or no."""
    people = egos.groupby(texts).nunique()
    return {
        str(text)
        for text, number in people.items()
        if number < _LEAST
        and str(text)
        and str(text).casefold() not in _PLAIN
        and not _NUMBER.fullmatch(str(text))
        and not _REPLACED.fullmatch(str(text))
    }


def same_egos(raw: EgoTables, coded: EgoTables, names: Mapping[str, str]) -> bool:
    """Tell whether two tables of ego networks say the same; `names` are the people of `raw` in `coded`.

    People outside the roster are told apart by nothing but their place among those named.
    """
    return _said(raw, names) == _said(coded, {name: name for name in names.values()})


def _said(egos: EgoTables, names: Mapping[str, str]) -> dict[tuple[str, str], object]:
    found: dict[tuple[str, str], object] = {}
    for wave in egos.egos["wave"].unique():
        for one in circles(egos, wave):
            people = tuple(
                names[person] if listed else ""
                for person, listed in zip(one.alters, one.on_roster, strict=True)
            )
            ties = len(people) > 1 and one.ties_answered
            told = {role: texts for role, texts in one.told.items() if any(texts)}
            found[names[one.ego], wave] = (one.department, one.answered, ties, people, one.ties, told)
    return found
