"""The further sections of a report: each theme that a study has data for, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from netlearn.analysis.attendance_part import part_attendance
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego_part import part_egos
from netlearn.analysis.exposure_part import part_exposure
from netlearn.analysis.measurement import part_measurement
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.training_part import part_training

Maker = Callable[[StudyData, How, Sequence[OutcomeResult]], Any]
MAKERS: tuple[Maker, ...] = (
    lambda data, how, done: part_training(data, how),
    lambda data, how, done: part_egos(data, how),
    part_exposure,
    lambda data, how, done: part_attendance(data, how),
    part_competence,
    lambda data, how, done: part_measurement(data, how),
)


def parts_of(data: StudyData, how: How, done: Sequence[OutcomeResult] = ()) -> tuple[Any, ...]:
    """Return every part that the study has data for; what was planned and run already is told as it came out."""
    return tuple(part for make in MAKERS if (part := make(data, how, done)) is not None)
