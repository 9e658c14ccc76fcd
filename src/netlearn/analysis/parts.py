"""The further sections of a report: each theme that a study has data for, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netlearn.analysis.attendance_part import part_attendance
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego_part import part_egos
from netlearn.analysis.exposure_part import part_exposure
from netlearn.analysis.measurement import part_measurement
from netlearn.analysis.training_part import part_training

MAKERS: tuple[Callable[[StudyData, How], Any], ...] = (
    part_training,
    part_egos,
    part_exposure,
    part_attendance,
    part_competence,
    part_measurement,
)


def parts_of(data: StudyData, how: How) -> tuple[Any, ...]:
    """Return every part that the study has data for, with the luck that its planned outcomes had."""
    return tuple(part for make in MAKERS if (part := make(data, how)) is not None)
