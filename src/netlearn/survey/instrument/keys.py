"""The lines of study.toml that read the export of a questionnaire made here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from netlearn.study.plan import RelationPlan, Study, WavePlan
from netlearn.survey.instrument.codes import CONSENT, Codes
from netlearn.survey.instrument.form import Form, Network, Target
from netlearn.survey.instrument.limesurvey import identified_by

_DIALECTS: dict[Target, str] = {
    "xlsform": "kobo",
    "limesurvey": "limesurvey",
    "redcap": "redcap",
    "docx": "plain",
}
_PARTS: dict[Target, str] = {"xlsform": "dictionary", "limesurvey": "structure", "redcap": "dictionary"}

Entry = dict[str, Any]


def lines(study: Study, form: Form, codes: Codes, files: Mapping[str, str]) -> str:
    """Return [[waves]] and [[relations]] that fit the export; `files` names the questionnaire of each wave."""
    tables = [("waves", _wave(wave, form, codes, files[wave.label])) for wave in study.waves]
    asked = {question.relation: question for question in form.networks}
    tables += [
        ("relations", _relation(plan, asked[plan.name], codes))
        for plan in study.relations
        if plan.name in asked
    ]
    return "\n".join(_table(name, entry) for name, entry in tables)


def _wave(wave: WavePlan, form: Form, codes: Codes, file: str) -> Entry:
    entry: Entry = {"label": wave.label, "title": wave.title, "date": wave.date, "file": wave.file}
    respondent = identified_by(form) if codes.target == "limesurvey" else codes.respondent
    # Who did not agree to take part is not read.
    entry |= {"dialect": _DIALECTS[codes.target], "respondent": respondent, "where": {CONSENT: "yes"}}
    # Without wording to look up, KoboToolbox tells colleagues by the names of their questions alone.
    if codes.target in _PARTS and not (codes.target == "xlsform" and codes.match == "id"):
        entry["parts"] = {_PARTS[codes.target]: file}
    return entry


def _relation(plan: RelationPlan, question: Network, codes: Codes) -> Entry:
    # On paper the one answer with the highest level is keyed; an XLSForm works it out.
    one = codes.target in ("docx", "xlsform") and question.shape == "options"
    kind = "roster" if one else plan.kind
    entry: Entry = {"name": plan.name, "title": plan.title, "question": plan.question, "kind": kind}
    if question.shape in ("levels", "options", "ticks", "typed"):
        entry["code"] = question.code
    if question.shape != "typed":
        entry["match"] = codes.match
    entry["nobody"] = question.nobody
    if question.gated:
        entry["nobody_column"] = codes.gates[plan.name]
    entry["answers"] = dict(plan.answers)
    entry["levels"] = dict(plan.levels)
    if question.shape != "ticks" and question.answers:
        entry["levels"] = {
            choice.code: choice.level for choice in question.answers if choice.level is not None
        }
    entry |= {"dont_know": plan.dont_know, "threshold": plan.threshold}
    if question.shape in ("slots", "repeat"):
        entry |= _generator(plan, question)
    if not plan.directed:
        entry |= {"directed": False, "symmetrize": plan.symmetrize}
    return entry | {"files": dict(plan.files)}


def _generator(plan: RelationPlan, question: Network) -> Entry:
    entry: Entry = {
        "group": plan.group or "",
        "n_slots": plan.n_slots,
        "slots": [dict(slot) for slot in plan.slots],
    }
    entry |= {"columns": dict(plan.columns), "alter_columns": dict(plan.alter_columns)}
    if question.pairs:
        entry["alter_ties"] = plan.alter_ties
        known = plan.alter_tie_levels or {"1": 1.0, "0": 0.0}
        entry["alter_tie_levels"] = dict(known)
    return entry


def _table(name: str, entry: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in entry.items() if value not in (None, "", (), [], {}, 0)}
    # False and 0 are alike in Python, not here.
    kept |= {key: value for key, value in entry.items() if value is False}
    return f"[[{name}]]\n" + "".join(f"{key} = {_value(kept[key])}\n" for key in entry if key in kept)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_value(str(key))} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return _array(value)


def _array(values: Iterable[Any]) -> str:
    return "[" + ", ".join(_value(value) for value in values) + "]"
