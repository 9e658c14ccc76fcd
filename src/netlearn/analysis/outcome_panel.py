"""Which panel an outcome is measured on, and who was trained in it."""

from __future__ import annotations

from netlearn.analysis.data import StudyData
from netlearn.errors import NetlearnError
from netlearn.study.allocation import Allocation, allocation
from netlearn.study.panel import Panel
from netlearn.study.planned import Outcome
from netlearn.study.regroup import regroup


def panel_of(data: StudyData, outcome: Outcome) -> Panel:
    """Return the panel of an outcome's relation, with the groups that the outcome asks for.

    Raises
    ------
    NetlearnError
        The data have no such relation, or its people no such group.
    """
    panel = panel_of_relation(data, outcome.relation)
    return regroup(panel, outcome.group) if outcome.group else panel


def panel_of_relation(data: StudyData, relation: str) -> Panel:
    """Return the panel of a relation, departments as they are."""
    if relation not in data.panels:
        raise NetlearnError(
            f"no panel of relation {relation!r}; the data have {', '.join(data.panels) or 'none'}."
        )
    return data.panels[relation]


def assigned(data: StudyData, relation: str) -> Allocation:
    """Return who was trained, in the waves of a relation.

    It is read off the departments as they are, whatever an outcome groups people by: they are what was assigned as one.

    Raises
    ------
    NetlearnError
        The study does not say who was trained.
    """
    plan = data.study.assignment
    if plan is None:
        raise NetlearnError("the study does not say who was trained: give it an [assignment].")
    return allocation(panel_of_relation(data, relation), plan, [wave.label for wave in data.study.waves])
