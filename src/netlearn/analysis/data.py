"""StudyData: everything that was read for a study, in the shapes that tests take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from netlearn.inference.parallel import Workers
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.survey.alters import EgoTables
from netlearn.survey.attendance import AttendanceList
from netlearn.survey.check import Whole, read_checked
from netlearn.wording.shown import Shown

ANSWERS = ["person", "wave", "scale", "item", "state", "answer", "value"]


def _no_answers() -> pd.DataFrame:
    return pd.DataFrame(columns=ANSWERS)


@dataclass(frozen=True, eq=False)
class StudyData(Shown):
    """What the files of a study hold; simulated data take the same shape without files.

    Attributes
    ----------
    study : Study
    panels : mapping relation -> Panel
    egos : mapping relation -> EgoTables
        Of the name generators.
    answers : DataFrame
        Answers to scales, as `netlearn.read_answers` gives them.
    attendance : mapping name -> AttendanceList
    places : mapping department -> (x, y), or None
    """

    study: Study
    panels: Mapping[str, Panel]
    egos: Mapping[str, EgoTables] = field(default_factory=dict)
    answers: pd.DataFrame = field(default_factory=_no_answers)
    attendance: Mapping[str, AttendanceList] = field(default_factory=dict)
    places: Mapping[str, tuple[float, float]] | None = None


def read_data(study: Study) -> StudyData:
    """Read everything that a study names.

    Raises
    ------
    StudyError
        The files have faults; all of them are listed.
    """
    findings = Findings()
    whole = read_checked(study, findings)
    findings.raise_faults(study.language)
    return data_of(whole)


def data_of(whole: Whole) -> StudyData:
    """Return what was read of a study in the shapes that tests take."""
    reading = whole.reading
    return StudyData(reading.study, reading.panels, whole.egos, whole.answers, whole.attendance, whole.places)


@dataclass(frozen=True)
class How:
    """How random draws are made: their number, where the luck comes from, on how many workers."""

    draws: int = 1999
    seed: int = 0
    workers: Workers = 1
