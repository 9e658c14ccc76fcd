"""Carry out the planned outcomes: each by the family of tests that answers for its measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from tqdm import tqdm

from netlearn.analysis.attendance_part import run_attendance
from netlearn.analysis.compare import Change, compare
from netlearn.analysis.competence import run_association, run_gap, run_scale, run_trained_score
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego_run import run_ego
from netlearn.analysis.exposure_part import run_exposure
from netlearn.analysis.network import network_relation
from netlearn.analysis.outcome_panel import panel_of
from netlearn.analysis.outcome_result import OutcomeResult, Role
from netlearn.analysis.trained import run_trained
from netlearn.inference.multiplicity import holm
from netlearn.study.plan import Study
from netlearn.study.planned import Family, Outcome

Planned = tuple[Role, Outcome]


def run_network(data: StudyData, outcome: Outcome, how: How) -> Change:
    """Compare the network of everybody between two waves."""
    return compare(
        panel_of(data, outcome),
        outcome.measure,
        outcome.waves,
        alternative=outcome.alternative,
        alpha=outcome.alpha,
        draws=how.draws,
        seed=how.seed,
        margin=outcome.margin,
        workers=how.workers,
    )


def _run_trained(data: StudyData, outcome: Outcome, how: How) -> Any:
    run = run_trained_score if outcome.measure == "trained_score" else run_trained
    return run(data, outcome, how)


RUNNERS: dict[Family, Callable[[StudyData, Outcome, How], Any]] = {
    "network": run_network,
    "trained": _run_trained,
    "ego": run_ego,
    "exposure": run_exposure,
    "scale": run_scale,
    "gap": run_gap,
    "attendance": run_attendance,
    "association": run_association,
}


def planned(study: Study) -> list[Planned]:
    """Return the planned outcomes, the primary first."""
    return [("primary", study.primary), *(("secondary", outcome) for outcome in study.secondary)]


def to_run(study: Study, asked: Mapping[str, Sequence[str]]) -> list[Planned]:
    """Return every comparison of a study: planned, and those beside the plan.

    Where the primary outcome is a change of a network: the change within departments (placebo), and the primary measure
    between the waves left over. Where no planned outcome is the change of everybody's network, that stands beside.

    Parameters
    ----------
    study : Study
    asked : mapping relation -> wave labels
        The waves in which each relation was asked.
    """
    primary, plan = study.primary, planned(study)
    if primary.family == "network":
        within = replace(
            primary, measure="within_density", alternative="two-sided", margin=None, name="", title=""
        )
        if primary.measure not in ("within_density", "density"):
            plan.append(("placebo", within))
        known = {(o.relation, o.measure, o.waves, o.group) for _, o in planned(study)}
        pairs = combinations(asked[primary.relation], 2)
        others = (replace(primary, waves=pair, name="", title="") for pair in pairs)
        plan += [("other_waves", o) for o in others if (o.relation, o.measure, o.waves, o.group) not in known]
        if not primary.group:
            return plan
    relation = network_relation(study)
    if relation is None or not set(primary.waves) <= set(asked[relation]):
        return plan
    if any(_is_everybody(outcome, relation, primary.waves) for _, outcome in planned(study)):
        return plan
    return [*plan, ("beside", Outcome(relation, "cross_density", primary.waves))]


def _is_everybody(outcome: Outcome, relation: str, waves: tuple[str, str]) -> bool:
    """Tell whether a planned outcome is the change of everybody's network itself."""
    asked = (outcome.relation, outcome.measure, outcome.waves, outcome.group)
    return asked == (relation, "cross_density", waves, "")


def carry_out(
    data: StudyData, todo: list[Planned], how: How, progress: Callable[[Iterable[Any]], Iterable[Any]] = tqdm
) -> list[OutcomeResult]:
    """Run outcomes, and give the secondary ones Holm's p.

    Changes of a network have luck of their own each. The others take the seed as it is, as the parts of the report do:
    what is computed in both places then comes out the same.

    Parameters
    ----------
    data : StudyData
    todo : list of (role, Outcome)
        From `planned` or `to_run`.
    how : How
    progress : function
        Wraps what is gone through, such as a progress bar.
    """
    seeds = np.random.SeedSequence(how.seed).generate_state(len(todo))
    done = []
    for (role, outcome), seed in zip(progress(todo), seeds, strict=True):
        luck = replace(how, seed=int(seed)) if outcome.family == "network" else how
        found = RUNNERS[outcome.family](data, outcome, luck)
        done.append(OutcomeResult(role, outcome, found, float("nan")))
    return _with_holm(done)


def _with_holm(done: list[OutcomeResult]) -> list[OutcomeResult]:
    """Give the secondary outcomes Holm's p, counting those without a p, or that only describe, as tested too."""
    adjusted = iter(holm([found.p_value for found in done if found.role == "secondary"]))
    return [replace(f, p_holm=next(adjusted)) if f.role == "secondary" else f for f in done]
