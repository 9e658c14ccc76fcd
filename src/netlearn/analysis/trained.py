"""`run_trained`: an outcome that compares the trained with the others, as the study file asks for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.did import BESIDE
from netlearn.analysis.outcome_panel import assigned, panel_of
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES
from netlearn.analysis.randomization import Outcome as Compared
from netlearn.analysis.randomization import RandomizationResult, randomization_test
from netlearn.errors import UndefinedError
from netlearn.inference.permute import result
from netlearn.study.allocation import Allocation
from netlearn.study.panel import Panel
from netlearn.study.planned import Outcome

MANY = 1500  # people, over which regressions over all cells take too much memory


def run_trained(data: StudyData, outcome: Outcome, how: How) -> RandomizationResult:
    """Compare the trained with the others, by dealing the training again the way it was dealt.

    Parameters
    ----------
    data : StudyData
        Its study says who was trained.
    outcome : Outcome
        Of the family "trained", on a relation: an outcome per person, "both_trained" or "one_trained". With a staggered
        design an outcome per person from the first wave to the last sets every starting group against those not yet
        trained; else the two waves are compared.
    how : How

    Returns
    -------
    RandomizationResult
        Descriptive, with the reason "undefined", where nobody or everybody was trained between the waves.

    Raises
    ------
    NetlearnError
        The study does not say who was trained; departments were trained as wholes but are said to be dealt by person.
    """
    panel, dealt = panel_of(data, outcome), assigned(data, outcome.relation)
    try:
        found = randomization_test(
            panel,
            compared(outcome.measure),
            dealt,
            waves=compared_waves(data, panel, outcome),
            regression=panel.n <= MANY,
            draws=how.draws,
            seed=how.seed,
            alternative=outcome.alternative,
            alpha=outcome.alpha,
            workers=how.workers,
        )
    except UndefinedError:
        unit = "points" if outcome.measure.endswith("_trained") else "colleagues"
        found = undefined(outcome, dealt, compared(outcome.measure), unit)
    return replace(found, group=outcome.group)


def compared(measure: str) -> Compared:
    """Return what `randomization_test` calls a measure of the study file."""
    known: dict[str, Compared] = {name: name for name in PERSON_OUTCOMES}
    return (known | {"both_trained": "dyads", "one_trained": "one_trained"})[measure]


def compared_waves(data: StudyData, panel: Panel, outcome: Outcome) -> tuple[str, str] | None:
    """Return the two waves to compare; None = all of them, each starting group against those not yet trained."""
    turns = data.study.design == "staggered" and outcome.measure in PERSON_OUTCOMES
    return None if turns and outcome.waves == (panel.labels[0], panel.labels[-1]) else outcome.waves


def undefined(outcome: Outcome, dealt: Allocation, name: str, unit: str) -> RandomizationResult:
    """Return a result without numbers, descriptive: nobody or everybody was trained between the waves.

    Parameters
    ----------
    outcome : Outcome
    dealt : Allocation
    name : str
        What `randomization_test` calls the outcome; "values" for values per person.
    unit : "colleagues", "points" or "plain"
    """
    nothing = result(np.nan, np.empty(0), False, "assignment_redrawn", outcome.alternative)
    return RandomizationResult(
        outcome=name,
        unit=unit,
        waves=outcome.waves,
        compared="change",
        estimate=np.nan,
        low=np.nan,
        high=np.nan,
        p_value=np.nan,
        alpha=outcome.alpha,
        alternative=outcome.alternative,
        result=nothing,
        attainable_p=1.0,
        n_assignments=1,
        n_people=0,
        n_trained=0,
        n_missing=0,
        n_already=0,
        n_units=0,
        n_dyads=0,
        n_strata=0,
        whole_departments=False,
        by=dealt.by,
        randomized=dealt.randomized,
        studentised=False,
        reasons=("undefined",),
        beside=pd.DataFrame(columns=BESIDE),
        details=pd.DataFrame(),
    )
