"""The sections of a report: which words and tables belong to which part of the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netlearn.analysis.attendance_part import AttendancePart
from netlearn.analysis.competence_part import CompetencePart
from netlearn.analysis.ego_part import EgoPart
from netlearn.analysis.evidence import Evidence
from netlearn.analysis.exposure_part import ExposurePart
from netlearn.analysis.ladder import rungs_of
from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.results import Results
from netlearn.analysis.training_part import TrainingPart
from netlearn.errors import NetlearnError
from netlearn.report.section import Section
from netlearn.report.section_attendance import attendance_section
from netlearn.report.section_competence import competence_section
from netlearn.report.section_egos import ego_section
from netlearn.report.section_evidence import evidence_section
from netlearn.report.section_exposure import exposure_section
from netlearn.report.section_measurement import measurement_section
from netlearn.report.section_training import training_section
from netlearn.wording import Language
from netlearn.wording.limits import foremost, limits
from netlearn.wording.terms import term
from netlearn.wording.tiny import FEW

_MADE_OF: dict[str, tuple[type, Callable[[Any, Language], Section]]] = {
    "claims": (Evidence, evidence_section),
    "training": (TrainingPart, training_section),
    "egos": (EgoPart, ego_section),
    "rooms": (ExposurePart, exposure_section),
    "attendance": (AttendancePart, attendance_section),
    "competence": (CompetencePart, competence_section),
    "scales": (MeasurementPart, measurement_section),
}
LIMITS = "limits"


def section_of(part: Any, language: Language) -> Section:
    """Return a part of the results in words and tables of one language."""
    return next(say for kind, say in _MADE_OF.values() if kind is type(part))(part, language)


def limits_section(results: Results, language: Language) -> Section:
    """Return what the design of a study cannot show."""
    said = tuple(limits(rungs_of(results.study), language))
    return Section(LIMITS, term("heading", "limits", language), points=said)


def foremost_limits(results: Results, few: bool, language: Language) -> tuple[str, ...]:
    """Return the limits that stand on the first page; `few`: many who could have answered are not behind the answer."""
    found = results.primary
    tiny_says = found.outcome.family == "network" and found.result.n_people < FEW
    undecided = found.shown and found.verdict.startswith("undecided") and not tiny_says
    return foremost(rungs_of(results.study)[0], found.outcome.family, few, undecided, language)


def report_section(results: Results, name: str, language: Language | None = None) -> Section:
    """Return one section of the report, to read in a notebook.

    Parameters
    ----------
    results : Results
    name : str
        "claims", "training" (trained against others), "egos" (personal networks), "rooms" (shared rooms), "attendance",
        "competence", "scales" (how well scales measure) or "limits" (what the design cannot show).
    language : "en" or "da", optional
        Default: the language of the study.

    Returns
    -------
    Section

    Raises
    ------
    NetlearnError
        The study has no such section; the message lists those that it has.
    """
    told, parts = language or results.study.language, results.titled().parts
    if name == LIMITS:
        return limits_section(results, told)
    found = {key: part for key, (kind, _) in _MADE_OF.items() for part in parts if type(part) is kind}
    if results.evidence is not None:
        found["claims"] = results.evidence
    if name not in found:
        raise NetlearnError(f"no section {name!r} in this study; it has {', '.join([*found, LIMITS])}.")
    return section_of(found[name], told)
