"""Check a study: every fault of all its files at once."""

from __future__ import annotations

from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.study.toml import parse_study
from netlearn.study.tomllines import Lines
from netlearn.survey.reader import read_relations


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
    plan = study if isinstance(study, Study) else parse_study(Path(study), findings)
    if plan is not None:
        read_checked(plan, findings, plan.folder if isinstance(study, Study) else Path(study))
    return findings


def read_checked(plan: Study, findings: Findings, place: Path | None = None) -> dict[str, Panel]:
    """Read every relation of a study, and say what keeps it from being analysed; `place` is where its file lies."""
    if plan.design != "pre-post":
        _say_design(plan, place or plan.folder, findings)
    return read_relations(plan, plan.relations, findings).panels


def _say_design(plan: Study, place: Path, findings: Findings) -> None:
    path = place if place.suffix == ".toml" else place / "study.toml"
    # A study made in Python has no file to point into.
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    row = Lines(text).row("study", 0, "design")
    findings.fault("design-not-analysed", path.name, row, "design", design=plan.design)
