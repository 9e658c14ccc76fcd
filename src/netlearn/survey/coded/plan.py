"""The plan of a coded copy: the same questions to the data, read from plain tables of codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from netlearn.study.assigned import attribute_columns
from netlearn.study.panel import Panel
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, ScalePlan, Study, Tolerance, WavePlan
from netlearn.survey.alters import EgoTables
from netlearn.survey.coded.beyond import attendance_plans, places_plan, reserved
from netlearn.survey.coded.slots import slots_of
from netlearn.survey.coded.tables import DONT_KNOW, NOBODY, NOT_ASKED, level_text


def coded_plan(
    study: Study,
    panels: Mapping[str, Panel],
    scales: pd.DataFrame,
    folder: str,
    egos: Mapping[str, EgoTables] | None = None,
) -> Study:
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
    egos : mapping relation -> EgoTables
        Name generators that stay name generators; the others become grids.
    """
    names, kept = _names(study, folder), egos or {}
    relations = []
    for number, relation in enumerate(study.relations, start=1):
        plan = _relation(relation, number, panels[relation.name], names, study)
        relations.append(slots_of(relation, plan, kept[plan.name]) if plan.name in kept else plan)
    # People outside the roster have no code; in a copy nobody is taken for one of them by mistake.
    outside: tuple[Tolerance, ...] = ("unknown-people",) if kept else ()
    return replace(
        study,
        files=FileFormat(),
        tolerate=tuple(dict.fromkeys((*study.tolerate, *outside))),
        roster=_roster(study, f"{folder}/roster.csv"),
        waves=_waves(study, names, set(scales["wave"])),
        relations=tuple(relations),
        scales=tuple(_scale(plan, scales) for plan in study.scales),
        information=None,
        attendance=attendance_plans(study, folder),
        places=places_plan(study, folder),
    )


def _waves(study: Study, names: Mapping[tuple[str, str], str], asked: set[str]) -> tuple[WavePlan, ...]:
    """Return the waves; a wave has a file of its own where scales were asked."""
    return tuple(
        WavePlan(
            wave.label,
            wave.date,
            title=wave.title,
            file=names["", wave.label] if wave.label in asked else None,
            dialect="plain",
        )
        for wave in study.waves
    )


def _names(study: Study, folder: str) -> dict[tuple[str, str], str]:
    """Return the file of each relation and wave, and of the scales ("") of each wave; all different."""
    found: dict[tuple[str, str], str] = {}
    taken = {file.casefold() for file in reserved(study, folder)}
    for name in ("", *(relation.name for relation in study.relations)):
        for wave in study.waves:
            stem = f"{_slug(name) or 'scales'}_{_slug(wave.label) or 'wave'}"
            free = _free(stem, folder, taken)
            taken.add(free.casefold())
            found[name, wave.label] = free
    return found


def _free(stem: str, folder: str, taken: Collection[str]) -> str:
    choices = (stem, *(f"{stem}_{k}" for k in range(2, len(taken) + 3)))
    return next(file for text in choices if (file := f"{folder}/{text}.csv").casefold() not in taken)


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40]


def _roster(study: Study, file: str) -> RosterPlan:
    """Return the roster of the copy: the same columns without those that tell who somebody is."""
    plan = study.roster
    used = {plan.department, plan.start, plan.end, *plan.departments.values(), *attribute_columns(study)}
    name = next(text for text in ("id", "code", "person", "coded_id") if text not in used)
    return replace(plan, file=file, id=name, name=None, aliases=None, email=None, initials=None, key=None)


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
        # Also of a grid: who filled all places may have had more to name.
        n_slots=len(plan.slots) or plan.n_slots,
        threshold=plan.threshold,
        directed=plan.directed,
        symmetrize=plan.symmetrize,
        # A blank name says that the relation was not asked in this wave.
        files={w.label: names[plan.name, w.label] if w.label in panel.labels else "" for w in study.waves},
        not_asked=(NOT_ASKED,),
    )


def _scale(plan: ScalePlan, frame: pd.DataFrame) -> ScalePlan:
    """Return a scale whose answers are levels, with their wording where the study file has it."""
    valued = frame[(frame["scale"] == plan.name) & frame["value"].notna()]
    answers: dict[str, str] = {}
    if plan.kind == "scale":
        # Without levels numbers count as they are, and the levels that happened to be given are no range.
        levels = {level_text(float(value)): value for value in sorted(plan.levels.values())}
        worded = [(plan.levels[code], text) for code, text in plan.answers.items() if code in plan.levels]
        answers = {level_text(float(level)): text for level, text in reversed(worded)}
    else:
        # Kept as texts; they have levels only if the study file gave them some.
        levels = dict(zip(valued["answer"], valued["value"], strict=True)) if plan.levels else {}
    return replace(plan, levels=levels, answers=answers, dont_know=(DONT_KNOW,), not_asked=(NOT_ASKED,))
