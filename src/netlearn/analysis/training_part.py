"""`part_training`: the trained and the others, from what the design can show at best to what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, cast

import numpy as np
import pandas as pd

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.design_limit import DesignLimit, design_limit
from netlearn.analysis.group_time import group_time, is_staggered, values_by_wave
from netlearn.analysis.outcome_panel import assigned, panel_of
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES
from netlearn.analysis.spillover import Spillover, spillover
from netlearn.analysis.trained import compared, compared_waves
from netlearn.analysis.training_part_arms import (
    Texts,
    arms_of,
    assigned_table,
    attrition,
    order_of,
    response_by_arm,
)
from netlearn.analysis.training_part_network import (
    DistanceChange,
    by_area,
    distance_change,
    opportunity,
    used_up,
)
from netlearn.errors import UndefinedError
from netlearn.study.allocation import Allocation
from netlearn.study.panel import Panel
from netlearn.study.plan import Design
from netlearn.study.planned import Outcome
from netlearn.study.regroup import regroup
from netlearn.wording.shown import Shown

DESIGNS = ("comparison", "staggered")
FIRST = "cross_out_degree"
T = TypeVar("T", DesignLimit | None, Spillover | None)


@dataclass(frozen=True, eq=False)
class TrainingPart(Shown):
    """Everything of a study that compares the trained with the others; few people are hidden in every table.

    Attributes
    ----------
    design : "comparison" or "staggered"
    relation, measure, outcome : str
        What is looked at: title of the relation, measure per person, and title of the outcome ("" if it has none).
    titles : mapping label -> title
        Of the waves.
    waves : (earlier, later)
        Labels of the waves that are compared as before and after.
    by : "person" or "department"
        What was dealt as one.
    randomized : bool
    limit : DesignLimit or None
        What the design can show at best; None where nobody, or everybody, was trained between the waves.
    assigned : DataFrame
        People by stratum (rows) and arm (columns), see `assigned_table`.
    response : DataFrame
        wave, arm, employed, answered, share.
    attrition : DataFrame
        wave, n_trained, n_others, trained, others, difference, low, high, p_value.
    means : DataFrame
        arm, wave, n, mean: colleagues per person among those who answered.
    turns : DataFrame or None
        `netlearn.group_time` of the measure; None where training starts in one wave only.
    classes : Spillover or None
        Pairs of people of whom both, one or neither was trained.
    censored : DataFrame or None
        wave, slots, answered, at_limit, share.
    opportunity : DataFrame
        measure, before, after, change, low, high, chance, n_people.
    size : float
        People per department.
    areas : DataFrame or None
        area, before, after, change, low, high, n_people; where the study names a column to be shown.
    distance : DistanceChange or None
        Where the study knows the places of departments.
    least : int
    """

    design: Design
    relation: str
    measure: str
    outcome: str
    titles: Mapping[str, str]
    waves: tuple[str, str]
    by: Literal["person", "department"]
    randomized: bool
    limit: DesignLimit | None
    assigned: pd.DataFrame
    response: pd.DataFrame
    attrition: pd.DataFrame
    means: pd.DataFrame
    turns: pd.DataFrame | None
    classes: Spillover | None
    censored: pd.DataFrame | None
    opportunity: pd.DataFrame
    size: float
    areas: pd.DataFrame | None
    distance: DistanceChange | None
    least: int

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are written as CSV, by name."""
        tables = {
            "training-assigned": self.assigned.rename_axis("stratum").reset_index(),
            "training-response": self.response,
            "training-attrition": self.attrition,
            "training-means": self.means,
            "training-starts": self.turns,
            "training-pairs": None if self.classes is None else self.classes.table,
            "training-places-for-names": self.censored,
            "training-opportunity": self.opportunity,
            "training-areas": self.areas,
            "training-distance": None if self.distance is None else self.distance.table,
        }
        return {name: table for name, table in tables.items() if table is not None}


def part_training(data: StudyData, how: How) -> TrainingPart | None:
    """Make the part about the trained and the others.

    Parameters
    ----------
    data : StudyData
    how : How

    Returns
    -------
    TrainingPart or None
        None unless the study says who was trained, compares them with others, and asked about ties in two waves. It
        looks at the first planned outcome that compares the trained with the others; without one, at the number of
        colleagues named in other departments.
    """
    study, outcome = data.study, _outcome(data)
    if study.assignment is None or study.design not in DESIGNS or outcome is None:
        return None
    panel, grouped = data.panels[outcome.relation], panel_of(data, outcome)
    dealt, least = assigned(data, outcome.relation), study.min_cell_size
    arms, plan = arms_of(panel, dealt), study.relation(outcome.relation)
    by: Literal["person", "department"] = "department" if len(np.unique(dealt.unit)) < panel.n else "person"
    names = outcome.measure if outcome.measure in PERSON_OUTCOMES else FIRST
    return TrainingPart(
        design=study.design,
        relation=plan.title or plan.name,
        measure=names,
        outcome=outcome.title if names == outcome.measure else "",
        titles={wave.label: wave.title or wave.label for wave in study.waves},
        waves=outcome.waves,
        by=by,
        randomized=dealt.randomized,
        limit=_told_by(_limit(data, grouped, dealt, outcome), by),
        assigned=assigned_table(panel, arms, study.assignment.strata, least),
        response=response_by_arm(panel, arms, least),
        attrition=attrition(panel, dealt, least, how),
        means=_means(grouped, arms, names, least),
        turns=_turns(grouped, dealt, names, least, how),
        classes=_told_by(_classes(panel, dealt, outcome, least, how), by),
        censored=used_up(data, outcome.relation, least),
        opportunity=opportunity(panel, outcome.waves),
        size=panel.n / len(set(panel.groups[0].tolist())),
        areas=_areas(panel, study.roster.shown, outcome, least),
        distance=_distance(data, panel, outcome, least),
        least=least,
    )


def _told_by(found: T, by: Literal["person", "department"]) -> T:
    """Tell that people, or departments, were dealt: that is plainer than start waves."""
    return found if found is None else cast(T, replace(found, by=by))


def _outcome(data: StudyData) -> Outcome | None:
    """Return the outcome that the part looks at; None where no relation was asked about twice."""
    study = data.study
    for outcome in (study.primary, *study.secondary):
        if outcome.family == "trained" and len(_waves(data, outcome.relation)) > 1:
            return outcome
    for relation in (study.primary.relation, *data.panels):
        labels = _waves(data, relation)
        if len(labels) > 1:
            return Outcome(relation, FIRST, (labels[0], labels[-1]))
    return None


def _waves(data: StudyData, relation: str) -> tuple[str, ...]:
    return data.panels[relation].labels if relation in data.panels else ()


def _limit(data: StudyData, panel: Panel, dealt: Allocation, outcome: Outcome) -> DesignLimit | None:
    asked = {"alternative": outcome.alternative, "alpha": outcome.alpha}
    waves = compared_waves(data, panel, outcome)
    try:
        return design_limit(panel, dealt, waves, outcome=compared(outcome.measure), **asked)  # type: ignore[arg-type]
    except UndefinedError:
        return None


def _means(panel: Panel, arms: Texts, measure: str, least: int) -> pd.DataFrame:
    """Mean of each arm in each wave, among those who have a value."""
    values, rows = values_by_wave(panel, measure), []
    for name in order_of(panel, arms[np.isfinite(values).any(axis=0)]):
        for label, row in zip(panel.labels, values, strict=True):
            here = row[(arms == name) & np.isfinite(row)]
            n = len(here) if len(here) >= least or not len(here) else np.nan
            rows.append((name, label, n, float(here.mean()) if len(here) >= least else np.nan))
    return pd.DataFrame(rows, columns=["arm", "wave", "n", "mean"])


def _turns(panel: Panel, dealt: Allocation, measure: str, least: int, how: How) -> pd.DataFrame | None:
    """Effects by starting group and wave, those of few people hidden."""
    if not is_staggered(panel, dealt, None):
        return None
    try:
        table = group_time(panel, measure, dealt, draws=how.draws, seed=how.seed, workers=how.workers)
    except UndefinedError:
        return None
    few = table[["n_trained", "n_comparison"]].min(axis=1) < least
    hidden = [name for name in table.columns if name not in ("group", "wave", "placebo")]
    table[hidden] = table[hidden].astype(float)
    table.loc[few, hidden] = np.nan
    return table


def _classes(panel: Panel, dealt: Allocation, outcome: Outcome, least: int, how: How) -> Spillover | None:
    try:
        found = spillover(
            panel,
            dealt,
            waves=outcome.waves,
            draws=how.draws,
            seed=how.seed,
            alpha=outcome.alpha,
            workers=how.workers,
        )
    except UndefinedError:
        return None
    return found if min(found.n_trained, found.n_people - found.n_trained) >= least else None


def _areas(panel: Panel, shown: str | None, outcome: Outcome, least: int) -> pd.DataFrame | None:
    return by_area(regroup(panel, shown), outcome.waves, least) if shown else None


def _distance(data: StudyData, panel: Panel, outcome: Outcome, least: int) -> DistanceChange | None:
    plan = data.study.places
    if plan is None or data.places is None:
        return None
    return distance_change(panel, data.places, outcome.waves, plan.unit, least)
