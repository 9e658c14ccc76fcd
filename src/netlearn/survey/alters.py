"""Ego networks from a name generator: whom each respondent named, what was told of them, and ties among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import RelationPlan, Study
from netlearn.survey.export import Group
from netlearn.survey.generator import KEEP, Slot, alter_tie_columns, names_in, slot_columns
from netlearn.survey.levels import level_of, meaning_of
from netlearn.survey.listed import said_nobody
from netlearn.survey.named import typed, worded
from netlearn.survey.people import OUTSIDE, answer_in, clean
from netlearn.survey.place import Place
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading
from netlearn.survey.responses import Responses, read_responses
from netlearn.wording.shown import Shown

Row = dict[str, Any]


@dataclass(frozen=True)
class Alter:
    """Somebody named: the row of the response, the slot or row of the group, who it is, and what was told."""

    row: int
    slot: int
    person: int
    about: Row


@dataclass(frozen=True, eq=False)
class EgoTables(Shown):
    """Tables for `netlearn.ego_networks`.

    Attributes
    ----------
    egos : DataFrame
        One row per respondent and wave: ego (code), wave, department, answered, ties_answered.
    alters : DataFrame
        One row per person named: ego, wave, alter (code of somebody on the roster; "s3" for the person in slot 3 who is
        not), on_roster, department (of the roster, else as told), and the columns of `alter_columns`.
    ties : DataFrame
        One row per tie among those named: ego, wave, alter_a, alter_b.
    """

    egos: pd.DataFrame
    alters: pd.DataFrame
    ties: pd.DataFrame

    def __repr__(self) -> str:
        rows = f"{len(self.egos)} answers, {len(self.alters)} people named, {len(self.ties)} ties among them"
        return f"EgoTables: {rows}"


def read_egos(study: Study, relation: str) -> EgoTables:
    """Read a name generator as ego networks, with the people who are not in the roster.

    Parameters
    ----------
    study : Study
    relation : str
        A relation of kind "name-generator".

    Returns
    -------
    EgoTables
        No name is in it. Who left all slots empty and did not say "nobody" has answered = False.

    Raises
    ------
    StudyError
        The files have faults: all of them at once.
    NetlearnError
        The relation is no name generator.
    """
    plan = study.relation(relation)
    if plan.kind != "name-generator":
        raise NetlearnError(
            f'relation {relation!r} is of kind "{plan.kind}"; ego networks need "name-generator".'
        )
    findings = Findings()
    tables = ego_tables(read_relations(study, (), findings), plan)
    findings.raise_faults(study.language)
    return tables


def ego_tables(reading: Reading, plan: RelationPlan) -> EgoTables:
    """Return the ego networks of a name generator; faults are in the findings of the reading."""
    egos: list[Row] = []
    alters: list[Row] = []
    ties: list[Row] = []
    study = reading.study
    for wave in study.waves if reading.roster is not None else ():
        file = study.file_of(plan, wave)
        export = reading.export(file, wave) if file else None
        if export is not None:
            _read_wave(reading.place(plan, wave, export), egos, alters, ties)
    told = ["ego", "wave", "alter", "on_roster", "department"]
    more = [name for name in (*plan.alter_columns, *_told(plan.slots)) if name != KEEP]
    return EgoTables(
        pd.DataFrame(egos, columns=["ego", "wave", "department", "answered", "ties_answered"]),
        pd.DataFrame(alters, columns=list(dict.fromkeys([*told, *more]))),
        pd.DataFrame(ties, columns=["ego", "wave", "alter_a", "alter_b"]),
    )


def _told(slots: tuple[Any, ...]) -> list[str]:
    return [role for slot in slots for role in slot if role not in ("to", "level")]


def _read_wave(place: Place, egos: list[Row], alters: list[Row], ties: list[Row]) -> None:
    responses = read_responses(place)
    if responses is None:
        return
    group = None if place.relation.group is None else place.export.groups.get(place.relation.group)
    named = _of_group(place, group) if group is not None else _of_slots(place, responses)
    owner = dict(zip(responses.rows.tolist(), responses.people.tolist(), strict=True))
    label, codes = place.wave.label, place.roster.codes
    departments = place.roster.departments[label]
    known = {a.row for a in named} | _nobody_rows(place, responses)
    named = [alter for alter in named if not place.withdrawn.get(alter.person)]
    name = {(a.row, a.slot): codes[a.person] if a.person >= 0 else f"s{a.slot}" for a in named}
    about_ties = _ties_of_group(place, group) if group is not None else _ties_of_slots(place, named)
    tied = [(row, a, b) for row, a, b, is_tie in about_ties if is_tie]
    asked = {row for row, *_ in about_ties}
    partly = set() if group is not None else _partly_told(place, named, about_ties)
    for row, person in owner.items():
        answered = {"answered": row in known, "ties_answered": row in asked and row not in partly}
        egos.append({"ego": codes[person], "wave": label, "department": departments[person], **answered})
    for alter in named:
        if alter.row in owner:
            home = departments[alter.person] if alter.person >= 0 else alter.about.get("department") or None
            told = {**alter.about, "on_roster": alter.person >= 0, "department": home}
            who = {"ego": codes[owner[alter.row]], "wave": label, "alter": name[alter.row, alter.slot]}
            alters.append(who | told)
    for row, a, b in tied:
        if row in owner and (row, a) in name and (row, b) in name:
            ends = {"alter_a": name[row, a], "alter_b": name[row, b]}
            ties.append({"ego": codes[owner[row]], "wave": label, **ends})


def _nobody_rows(place: Place, responses: Responses) -> set[int]:
    people = set(said_nobody(place, responses).tolist())
    pairs = zip(responses.rows.tolist(), responses.people.tolist(), strict=True)
    return {row for row, person in pairs if person in people}


def _of_slots(place: Place, responses: Responses) -> list[Alter]:
    found, rows, seen = [], responses.rows.tolist(), dict[tuple[int, str | int], Slot]()
    for slot in slot_columns(place) or []:
        names = names_in(place, slot, rows)
        people = typed(place, names, rows, slot.to)
        roles = {role: at for role, at in slot.about.items() if role != KEEP}
        for row, text, person in zip(rows, names, people, strict=True):
            about = {role: answer_in(place, row, at) for role, at in roles.items()}
            # Somebody who is named in two slots is one person.
            if person >= OUTSIDE and seen.setdefault((row, text if person < 0 else person), slot) is slot:
                found.append(Alter(row, slot.number, person, about))
    return found


def _of_group(place: Place, group: Group) -> list[Alter]:
    table = group.table
    names = {"to": "to", **place.relation.columns, **place.relation.alter_columns}
    about = {role: column for role, column in names.items() if role not in ("from", "level", "relation")}
    there = [table.has(column, place.findings) for column in about.values()]
    if not all(there):
        return []
    inner, to = place.on(table, group.columns), table.place[about.pop("to")]
    texts = worded(inner, [clean(place, row[to]) for row in table.rows], to)
    people = typed(inner, texts, range(len(table.rows)), to)
    found = []
    for at, (text, person) in enumerate(zip(texts, people, strict=True)):
        if text and person >= OUTSIDE:
            told = {role: clean(place, table.rows[at][table.place[column]]) for role, column in about.items()}
            found.append(Alter(group.parent[at], at + 1, person, told))
    return found


def _ties_of_slots(place: Place, named: list[Alter]) -> list[tuple[int, int, int, bool]]:
    """Return (row, slot a, slot b, is it a tie?) for each pair of people named whose question was answered."""
    here = {(alter.row, alter.slot) for alter in named}
    plan, found = place.relation, []
    for (a, b), at in alter_tie_columns(place, len(plan.slots) or plan.n_slots).items():
        for row in sorted(
            {row for row, slot in here if slot == a} & {row for row, slot in here if slot == b}
        ):
            cell = answer_in(place, row, at)
            if cell:
                found.append((row, a, b, _is_tie(place, cell)))
    return found


def _partly_told(place: Place, named: list[Alter], told: list[tuple[int, int, int, bool]]) -> set[int]:
    """Return the rows in which ties among those named were told of some pairs only: their density is not known."""
    pairs, slots = Counter(row for row, *_ in told), Counter(alter.row for alter in named)
    rows = {row for row, count in pairs.items() if count < slots[row] * (slots[row] - 1) // 2}
    if rows:
        place.note("alter-ties-partly", count=len(rows))
    return rows


def _is_tie(place: Place, cell: str) -> bool:
    """Tell whether an answer about two people is a tie: a level over 0, by `alter_tie_levels` or as a number."""
    relation = replace(place.relation, levels=place.relation.alter_tie_levels, kind="roster")
    return level_of(cell, meaning_of(relation), {}, relation) > 0


def _ties_of_group(place: Place, group: Group) -> list[tuple[int, int, int, bool]]:
    """Return the ties that a table of its own holds between rows of the group."""
    edges = place.export.groups.get(place.relation.alter_ties or "")
    if edges is None:
        return []
    (node,) = [column.at for column in group.columns if column.role == "id"][:1] or [0]
    ends = [column.at for column in edges.columns if column.role == "id"][:2]
    slot = {row[node]: at + 1 for at, row in enumerate(group.table.rows)}
    pairs: Iterator[tuple[int, int, int, bool]] = (
        (edges.parent[at], slot.get(row[ends[0]], 0), slot.get(row[ends[1]], 0), True)
        for at, row in enumerate(edges.table.rows)
        if len(ends) == 2
    )
    return list(pairs)
