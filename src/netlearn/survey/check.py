"""Check a study: every fault of all its files at once, and the typed names that a person must decide about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from netlearn.study.claims import Claims, read_claims
from netlearn.study.dress import FOLDER as DRESS
from netlearn.study.dress import read_dress
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.toml import parse_study
from netlearn.survey.alters import EgoTables, ego_tables
from netlearn.survey.answers import scale_table
from netlearn.survey.attendance import AttendanceList, attendance_list
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.names_file import write_unresolved
from netlearn.survey.places import Places, read_places
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading


@dataclass(frozen=True, eq=False)
class Whole:
    """Everything that a study names, as it was read.

    Attributes
    ----------
    reading : Reading
        The panels, and what became of every cell.
    answers : DataFrame
        See `netlearn.read_answers`.
    egos : dict relation -> EgoTables
    attendance : dict name -> AttendanceList
    places : dict department -> (x, y), or None
    claims : Claims or None
    """

    reading: Reading
    answers: pd.DataFrame
    egos: dict[str, EgoTables]
    attendance: dict[str, AttendanceList]
    places: Places | None
    claims: Claims | None


def check_study(study: Study | str | Path) -> Findings:
    """Look for faults in the study file, the roster and every file of answers.

    Parameters
    ----------
    study : Study or path
        A study, or the folder (or `study.toml`) of one that may have faults itself.

    Returns
    -------
    Findings
        `faults` stop a run; `notes` say what was recognised, left out and counted. Empty faults mean that
        `read_panel` will read every relation.

    Raises
    ------
    Nothing about the files: what is wrong with them is in the findings.
    """
    findings = Findings()
    _check(study, findings)
    return findings


def check_and_ask(study: str | Path, findings: Findings) -> Path | None:
    """Check a study and write the names that nobody could be found for into `names_to_check.csv`.

    Parameters
    ----------
    study : path
        Study folder, or the `study.toml` in it.
    findings : Findings
        Everything found is added here.

    Returns
    -------
    Path or None
        The file, beside `study.toml`, if there are names to decide about. Decisions in it are kept.
    """
    reading = _check(study, findings)
    if reading is None or reading.known is None or not reading.known.unresolved:
        return None
    if any(fault.file == NAMES_FILE for fault in findings.faults):
        return None  # what cannot be read is not written over
    path = reading.study.folder / NAMES_FILE
    write_unresolved(path, reading.known.unresolved.values(), findings)
    return path


def _check(study: Study | str | Path, findings: Findings) -> Reading | None:
    plan = study if isinstance(study, Study) else parse_study(Path(study), findings)
    if plan is None:
        return None
    return read_checked(plan, findings).reading


def read_checked(plan: Study, findings: Findings) -> Whole:
    """Read everything that a study names; what was read is complete unless there are faults."""
    reading = read_relations(plan, plan.relations, findings)
    answers = scale_table(reading, list(plan.scales))
    generators = [relation for relation in plan.relations if relation.kind == "name-generator"]
    egos = {relation.name: ego_tables(reading, relation) for relation in generators}
    lists = {one.name: read for one in plan.attendance if (read := attendance_list(reading, one)) is not None}
    places = None if plan.places is None else read_places(reading, plan.places)
    if reading.known is not None and reading.known.unresolved:
        findings.note("names-to-check", count=len(reading.known.unresolved))
    # A plan with faults lacks outcomes that claims may name: what follows from that is not said.
    broken = any(found.file == "study.toml" for found in findings.faults)
    claims = None if broken else read_claims(plan, findings)
    read_dress(plan.folder / DRESS, findings)  # its faults are told before hours of work, not after
    return Whole(reading, answers, egos, lists, places, claims)
