"""Questionnaires out: from the study file and the staff list to a form of a survey tool, or to paper."""

from __future__ import annotations

import re
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.plan import Study, WavePlan
from netlearn.study.rawtable import nearest
from netlearn.study.toml import parse_study
from netlearn.survey.instrument import docx, keys, limesurvey, redcap, xlsform
from netlearn.survey.instrument.codes import TOOLS, Codes, make_codes
from netlearn.survey.instrument.form import Form, Target
from netlearn.survey.instrument.make import FILE, make_form
from netlearn.survey.instrument.package import put
from netlearn.survey.instrument.people import read_people
from netlearn.wording import Language

__all__ = ["Target", "read_plan", "toml_for", "write_instrument"]

ENDINGS: dict[Target, str] = {"xlsform": ".xlsx", "limesurvey": ".txt", "redcap": ".csv", "docx": ".docx"}
KEYING = ".keying.csv"
_LATER = ("missing-file", "wave-without-file")


def read_plan(folder: str | Path) -> Study:
    """Read a study whose answers are not there yet.

    Parameters
    ----------
    folder : path
        The study folder, or the `study.toml` in it.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The study file has faults, or there is no staff list. That files of answers are missing is none.
    """
    findings = Findings()
    study = parse_study(Path(folder), findings)
    roster = study.roster.file if study else ""
    findings.items[:] = [f for f in findings.items if f.code not in _LATER or f.file == roster]
    findings.raise_faults(study.language if study else "en")
    if study is None:  # pragma: no cover - a study is missing only together with a fault
        raise RuntimeError(f"{folder} could not be read")
    return study


def write_instrument(
    study: Study,
    to: Target,
    out: Path | None = None,
    wave: str | None = None,
    language: Language | None = None,
    findings: Findings | None = None,
) -> Path:
    """Write the questionnaire of a wave for a survey tool, or for print.

    Everybody employed then is asked, and asked about, under the id of the staff list, so that `toml_for` can say how
    the export is read. The file appears whole or not at all; the same study gives the same bytes.

    Parameters
    ----------
    study : Study
        From `read_plan`, or `read_study`.
    to : "xlsform", "limesurvey", "redcap" or "docx"
        A workbook for KoboToolbox and ODK, a survey structure, a data dictionary, or a document; beside the document
        lies a table to key the answers into.
    out : path, optional
        The file; default `questionnaire-WAVE` in the study folder.
    wave : str, optional
        Label of the wave; default the first.
    language : "en" or "da", optional
        Of all that the study file does not word; default the study's.
    findings : Findings, optional
        Notes are added here: how many names the file holds, placeholders left in it, people without a name.

    Returns
    -------
    Path
        The questionnaire.

    Raises
    ------
    StudyError
        The staff list, the study file or the names of the tool make answers unreadable, or the file cannot be
        written: all faults at once.
    """
    found = Findings() if findings is None else findings
    said = language or study.language
    form, codes = _prepare(study, to, wave, said, found)
    path = study.folder / usual_name(to, form.wave) if out is None else out
    if path.suffix.lower() != ENDINGS[to]:
        found.fault("instrument-ending", path.name, ending=ENDINGS[to], tool=TOOLS[to])
    found.raise_faults(said)
    put(_files(form, codes, path), found)
    found.raise_faults(said)
    _say(study, form, codes, path, found)
    return path


def _say(study: Study, form: Form, codes: Codes, path: Path, findings: Findings) -> None:
    """Say what of people the file holds, what the tool must know of them, and what it cannot hide."""
    to, key = codes.target, study.roster.key or study.roster.id
    findings.note("instrument-holds-names", path.name, count=len(form.people))
    if known_by := {"limesurvey": limesurvey.identified_by(form), "redcap": codes.respondent}.get(to):
        findings.note("instrument-who-answers", path.name, tool=TOOLS[to], what=known_by, key=key)
    if to == "xlsform" and form.by_key:
        findings.note("instrument-keys-inside", path.name)
    shown = {"limesurvey": limesurvey.shows_own, "redcap": redcap.shows_own}
    for relation in shown[to](form) if to in shown else ():
        findings.note("instrument-own-name-shown", path.name, tool=TOOLS[to], relation=relation)


def toml_for(study: Study, to: Target, wave: str | None = None, file: str | None = None) -> str:
    """Return the [[waves]] and [[relations]] of study.toml that read the export of such a questionnaire.

    Parameters
    ----------
    study, to, wave
        As for `write_instrument`.
    file : str, optional
        Name of the questionnaire, relative to the study folder; default the usual name of each wave.

    Raises
    ------
    StudyError
        As for `write_instrument`.
    """
    findings = Findings()
    form, codes = _prepare(study, to, wave, study.language, findings)
    files = {plan.label: file or usual_name(to, plan.title or plan.label) for plan in study.waves}
    return keys.lines(study, form, codes, files)


def _prepare(
    study: Study, to: Target, wave: str | None, language: Language, findings: Findings
) -> tuple[Form, Codes]:
    """Describe the questionnaire and name everything in it; raise all faults."""
    labels = [plan.label for plan in study.waves]
    named = labels[0] if wave is None else wave
    if named not in labels:
        findings.fault("instrument-no-wave", FILE, value=named, known=labels, nearest=nearest(named, labels))
        findings.raise_faults(language)
    plan: WavePlan = study.waves[labels.index(named)]
    read = read_people(study, plan, findings)
    form = make_form(study, plan, read[1] if read else (), language, findings)
    if read is None:
        findings.raise_faults(language)
        raise RuntimeError("people are missing only together with a fault")  # pragma: no cover
    codes = make_codes(form, read[0], to, findings)
    findings.raise_faults(language)
    return form, codes


def usual_name(to: Target, wave: str) -> str:
    """Return the name of a questionnaire whose file nobody names.

    Examples
    --------
    >>> usual_name("docx", "før 1/2")
    'questionnaire-før-1-2.docx'
    """
    named = re.sub(r"\W+", "-", wave).strip("-") or "wave"
    return f"questionnaire-{named}{ENDINGS[to]}"


def _files(form: Form, codes: Codes, path: Path) -> dict[Path, bytes]:
    if codes.target == "docx":
        keying = path.with_name(path.stem + KEYING)
        document, table = docx.write(form, codes, keying.name)
        return {path: document, keying: table}
    writers = {"xlsform": xlsform.write, "limesurvey": limesurvey.write, "redcap": redcap.write}
    return {path: writers[codes.target](form, codes)}
