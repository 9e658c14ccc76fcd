"""Check a study: every fault of all its files at once, and the typed names that a person must decide about."""

from __future__ import annotations

from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.toml import parse_study
from netlearn.study.tomllines import Lines
from netlearn.survey.answers import scale_table
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.names_file import write_unresolved
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading


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
        `read_panel` will read every relation and `analyse` knows the design. (Panels of another design can
        be read all the same.)

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
    return read_checked(plan, findings, plan.folder if isinstance(study, Study) else Path(study))


def read_checked(plan: Study, findings: Findings, place: Path | None = None) -> Reading:
    """Read every relation of a study, and say what keeps it from being analysed; `place` is where its file lies."""
    if plan.design != "pre-post":
        _say_design(plan, place or plan.folder, findings)
    reading = read_relations(plan, plan.relations, findings)
    if plan.scales:
        scale_table(reading, list(plan.scales))
    if reading.known is not None and reading.known.unresolved:
        findings.note("names-to-check", count=len(reading.known.unresolved))
    return reading


def _say_design(plan: Study, place: Path, findings: Findings) -> None:
    path = place if place.suffix == ".toml" else place / "study.toml"
    # A study made in Python has no file to point into.
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    row = Lines(text).row("study", 0, "design")
    findings.fault("design-not-analysed", path.name, row, "design", design=plan.design)
