"""Planned outcomes about competence: the change of a score, the closure of a gap, and what goes with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from netlearn.analysis.competence_association import Association
from netlearn.analysis.competence_change import GapChange, Place, ScoreChange, TrainedScore
from netlearn.analysis.competence_levels import (
    department_level,
    departments,
    gap_levels,
    gap_plan,
    item_shift,
    titles,
)
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.outcome_panel import assigned, panel_of, panel_of_relation
from netlearn.analysis.person_outcomes import person_outcome
from netlearn.analysis.randomization import randomization_test
from netlearn.analysis.scale_matrix import scale_plan, scale_range, score_matrix
from netlearn.analysis.trained import undefined
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.equivalence import Equivalence, equivalence
from netlearn.inference.permute import children
from netlearn.outcomes.association import partial_association
from netlearn.outcomes.gap import gap, gap_closure
from netlearn.outcomes.paired import mean_change, paired_change
from netlearn.study.planned import Outcome


def run_scale(data: StudyData, outcome: Outcome, how: How) -> ScoreChange:
    """Compare the score of a scale, or of a subscale, between two waves in the same people.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Measure "score", with `scale` and perhaps `subscale`.
    how : How
        Not needed: nothing is drawn.

    Returns
    -------
    ScoreChange

    Raises
    ------
    NetlearnError
        There is no such scale, subscale or wave.
    """
    plan = scale_plan(data.study, outcome.scale)
    told = titles(data, outcome.waves)
    table = score_matrix(data, outcome.scale, outcome.subscale)
    first, second = (table[label].to_numpy(dtype=float) for label in outcome.waves)
    side = _side(outcome)
    paired = paired_change(first, second, **side)
    names = departments(data, list(table.index), outcome.group)
    return ScoreChange(
        measure=outcome.measure,
        waves=outcome.waves,
        place=Place(plan.title or plan.name, outcome.subscale, told, _span(plan), plan.unit),
        paired=paired,
        department=department_level(second - first, names, outcome.alternative, outcome.alpha),
        shift=item_shift(data, outcome.scale, outcome.waves, outcome.subscale, **side),
        equivalence=_equivalence(second - first, outcome),
    )


def run_gap(data: StudyData, outcome: Outcome, how: How) -> GapChange:
    """Compare the gap between required and present level between two waves in the same people.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Measure "gap", with `gap` and perhaps `subscale`. "greater": did the gap close?
    how : How
        Not needed: nothing is drawn.

    Returns
    -------
    GapChange
        Positive = the gap got smaller.

    Raises
    ------
    NetlearnError
        There is no such gap, subscale or wave.
    """
    plan = gap_plan(data, outcome.gap)
    told = titles(data, outcome.waves)
    levels = gap_levels(data, plan, outcome.waves, outcome.subscale)
    found = gap_closure(levels.required, levels.present, **_side(outcome))
    names = departments(data, levels.people, outcome.group)
    both: dict[str, Any] = {"alternative": "two-sided", "alpha": outcome.alpha}
    return GapChange(
        measure=outcome.measure,
        waves=outcome.waves,
        place=Place(
            plan.title or plan.name, outcome.subscale, told, _span(scale_plan(data.study, plan.present))
        ),
        paired=found.closure,
        department=department_level(found.per_person, names, outcome.alternative, outcome.alpha),
        shift=item_shift(data, plan.present, outcome.waves, outcome.subscale, **both),
        equivalence=_equivalence(found.per_person, outcome),
        gap=found,
        required_shift=item_shift(data, plan.required, outcome.waves, outcome.subscale, **both),
        people=levels.people,
    )


def run_association(data: StudyData, outcome: Outcome, how: How) -> Association:
    """Ask whether people whose gap closed more also changed their contact across departments more.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Measure "association", with `relation` and `gap` and perhaps `subscale`.
    how : How

    Returns
    -------
    Association
        Partial correlation of closure and change in colleagues named elsewhere, both given gap and contact before.

    Raises
    ------
    NetlearnError
        There is no such relation, gap, subscale or wave.
    """
    plan, panel = gap_plan(data, outcome.gap), panel_of(data, outcome)
    told = titles(data, outcome.waves)
    levels = gap_levels(data, plan, outcome.waves, outcome.subscale)
    gaps = []
    for wanted, had in zip(levels.required, levels.present, strict=True):
        known = dict(zip(levels.people, gap(wanted, had).tolist(), strict=True))
        gaps.append(np.array([known.get(code, np.nan) for code in panel.ids]))
    shared = panel.joint_cells(outcome.waves)
    contact = [person_outcome(panel, "cross_out_degree", label, shared) for label in outcome.waves]
    values: tuple[Any, ...] = (
        gaps[0] - gaps[1],
        contact[1] - contact[0],
        np.column_stack([gaps[0], contact[0]]),
    )
    seeds = children(how.seed, 3)
    asked: dict[str, Any] = {"draws": how.draws, "workers": how.workers, **_side(outcome)}
    relation = data.study.relation(outcome.relation)
    return Association(
        measure=outcome.measure,
        waves=outcome.waves,
        place=Place(plan.title or plan.name, outcome.subscale, told, None),
        relation=relation.title or relation.name,
        people=partial_association(*values, seed=seeds[0], **asked),
        ranks=partial_association(*values, seed=seeds[1], kind="spearman", **asked),
        within=partial_association(*values, seed=seeds[2], groups=panel.groups[0], **asked),
        alpha=outcome.alpha,
        alternative=outcome.alternative,
    )


def run_trained_score(data: StudyData, outcome: Outcome, how: How) -> TrainedScore:
    """Compare the change of a score of the trained with that of the others, by dealing the training again.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Measure "trained_score", with `scale` and perhaps `subscale`.
    how : How

    Returns
    -------
    TrainedScore
        Descriptive, with the reason "undefined", where nobody or everybody was trained between the waves.

    Raises
    ------
    NetlearnError
        There is no such scale, the study does not say who was trained, or no network says who was there.
    """
    plan, told = scale_plan(data.study, outcome.scale), titles(data, outcome.waves)
    if not data.panels:
        raise NetlearnError(
            "the trained can be compared with the others only where a relation lists all staff."
        )
    relation = outcome.relation or next(iter(data.panels))
    panel, dealt = panel_of_relation(data, relation), assigned(data, relation)
    table = score_matrix(data, outcome.scale, outcome.subscale).reindex(list(panel.ids))
    # With a staggered design every starting group is set against those whose turn had not come.
    turns = data.study.design == "staggered" and outcome.waves == (panel.labels[0], panel.labels[-1])
    values = table[list(panel.labels)].to_numpy(dtype=float).T
    drawn: dict[str, Any] = {"draws": how.draws, "seed": how.seed, "workers": how.workers, **_side(outcome)}
    try:
        found = randomization_test(panel, values, dealt, waves=None if turns else outcome.waves, **drawn)
    except UndefinedError:
        found = undefined(outcome, dealt, "values", "plain")
    return TrainedScore(Place(plan.title or plan.name, outcome.subscale, told, _span(plan), plan.unit), found)


def _side(outcome: Outcome) -> dict[str, Any]:
    return {"alternative": outcome.alternative, "alpha": outcome.alpha}


def _span(plan: Any) -> tuple[float, float] | None:
    """Return the ends of the scale that a score lies on; a sum of items has no such ends."""
    return scale_range(plan) if plan.score == "mean" else None


def _equivalence(change: Any, outcome: Outcome) -> Equivalence | None:
    if outcome.margin is None:
        return None
    known = np.asarray(change)[np.isfinite(change)]
    return equivalence(mean_change(known, outcome.alternative, outcome.alpha), outcome.margin, outcome.alpha)
