"""The plan of a coded copy: the same questions to the data, read from plain tables of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from netlearn.study.panel import Panel
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, ScalePlan, Study
from netlearn.survey.coded.tables import DONT_KNOW, NOBODY, NOT_ASKED, level_text


def coded_plan(study: Study, panels: Mapping[str, Panel], scales: pd.DataFrame, folder: str) -> Study:
    """Return the plan that reads a coded copy.

    Parameters
    ----------
    study : Study
        The plan of the raw files. What respondents were told about it is left out: it may name people.
    panels : mapping relation -> Panel
        What was read, every relation directed.
    scales : DataFrame
        As `netlearn.read_answers` gives it.
    folder : str
        Where the tables lie in the folder of the copy.
    """
    names = _names(study, folder)
    relations = [
        _relation(relation, number, panels[relation.name], names, study)
        for number, relation in enumerate(study.relations, start=1)
    ]
    asked = set(scales["wave"])
    waves = [
        replace(
            wave,
            file=names["", wave.label] if wave.label in asked else None,
            dialect="plain",
            parts={},
            respondent="",
            respondent_by="key",
            where={},
            duplicates="refuse",
            sheet=None,
        )
        for wave in study.waves
    ]
    return replace(
        study,
        files=FileFormat(),
        roster=_roster(study, f"{folder}/roster.csv"),
        waves=tuple(waves),
        relations=tuple(relations),
        scales=tuple(_scale(plan, scales) for plan in study.scales),
        information=None,
    )


def _names(study: Study, folder: str) -> dict[tuple[str, str], str]:
    """Return the file of each relation and wave, and of the scales ("") of each wave; all different."""
    found: dict[tuple[str, str], str] = {}
    for name in ("", *(relation.name for relation in study.relations)):
        for wave in study.waves:
            stem = f"{_slug(name) or 'scales'}_{_slug(wave.label) or 'wave'}"
            taken = {file.casefold() for file in found.values()}
            choices = (stem, *(f"{stem}_{k}" for k in range(2, len(taken) + 3)))
            free = next(text for text in choices if f"{folder}/{text}.csv".casefold() not in taken)
            found[name, wave.label] = f"{folder}/{free}.csv"
    return found


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40]


def _roster(study: Study, file: str) -> RosterPlan:
    plan, assignment = study.roster, study.assignment
    more = [] if assignment is None else [assignment.column, assignment.strata]
    attributes = [name for name in dict.fromkeys([*plan.attributes, *more]) if name is not None]
    used = {plan.department, plan.start, plan.end, *plan.departments.values(), *attributes}
    name = next(text for text in ("id", "code", "person", "coded_id") if text not in used)
    return RosterPlan(
        file,
        id=name,
        department=plan.department,
        start=plan.start,
        end=plan.end,
        departments=plan.departments,
        attributes=tuple(attributes),
    )


def _relation(
    plan: RelationPlan, number: int, panel: Panel, names: Mapping[tuple[str, str], str], study: Study
) -> RelationPlan:
    """Return a relation that is read from grids; levels are numbers, whatever the answers were called."""
    seen = {float(level) for wave in panel.waves for level in wave.level}
    levels = sorted({0.0, plan.threshold, *seen, *map(float, plan.levels.values())})
    fits = re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", plan.name)
    return RelationPlan(
        plan.name,
        title=plan.title,
        question=plan.question,
        source=plan.source,
        kind="roster",
        code=plan.name if fits else f"relation{number}",
        levels={level_text(level): level for level in levels},
        dont_know=(DONT_KNOW,),
        nobody=NOBODY,
        match="id",
        threshold=plan.threshold,
        directed=plan.directed,
        symmetrize=plan.symmetrize,
        # A blank name says that the relation was not asked in this wave.
        files={w.label: names[plan.name, w.label] if w.label in panel.labels else "" for w in study.waves},
        not_asked=(NOT_ASKED,),
    )


def _scale(plan: ScalePlan, frame: pd.DataFrame) -> ScalePlan:
    valued = frame[(frame["scale"] == plan.name) & frame["value"].notna()]
    if plan.kind == "scale":
        seen = {*map(float, valued["value"]), *map(float, plan.levels.values())}
        levels = {level_text(value): value for value in sorted(seen)}
    else:
        # Kept as texts; they have levels only if the study file gave them some.
        levels = dict(zip(valued["answer"], valued["value"], strict=True)) if plan.levels else {}
    return replace(plan, levels=levels, answers={}, dont_know=(DONT_KNOW,), not_asked=(NOT_ASKED,))
