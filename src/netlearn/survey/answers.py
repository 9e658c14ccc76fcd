"""Scales and background: what each respondent answered about himself or herself, one row per item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import RelationPlan, ScalePlan, Study, WavePlan
from netlearn.study.rawtable import plain
from netlearn.study.wave import DONT_KNOW as SAID_DONT_KNOW
from netlearn.study.wave import NOT_ANSWERED, NOT_ASKED
from netlearn.survey.export import Column
from netlearn.survey.levels import BLANK, DONT_KNOW, UNASKED, UNKNOWN, level_of, meaning_of
from netlearn.survey.people import clean
from netlearn.survey.place import Place
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading
from netlearn.survey.responses import Responses, read_responses

ANSWERED = "answered"
COLUMNS = ("person", "wave", "scale", "item", "state", "answer", "value")


def read_answers(study: Study, scale: str | None = None) -> pd.DataFrame:
    """Read the scales and background questions of a study.

    Parameters
    ----------
    study : Study
    scale : str, optional
        Name of one of `study.scales`; default all.

    Returns
    -------
    DataFrame
        One row per person who was employed, wave and item: person (code), wave, scale, item, state ("answered",
        "not answered", "not asked", "don't know"), answer (its wording, or its code where the file has none; "" if
        there is none), value (level, NaN where there is none or the question has no levels).

    Raises
    ------
    StudyError
        The files have faults: all of them at once.
    NetlearnError
        The study has no such scale.
    """
    chosen = [plan for plan in study.scales if scale in (None, plan.name)]
    if not chosen:
        known = ", ".join(plan.name for plan in study.scales) or "none"
        raise NetlearnError(
            f"no scale {scale!r} in the study; it has {known}. Add a [[scales]] table to study.toml."
        )
    findings = Findings()
    reading = read_relations(study, (), findings)
    frame = scale_table(reading, chosen)
    findings.raise_faults(study.language)
    return frame


def scale_table(reading: Reading, scales: list[ScalePlan]) -> pd.DataFrame:
    """Return the answers to some scales; faults are in the findings of the reading."""
    rows: list[dict[str, Any]] = []
    for plan in scales if reading.roster is not None else ():
        for wave in reading.study.waves:
            export = reading.export(wave.file, wave) if wave.file else None
            if export is not None:
                rows += _of_wave(reading.place(_stand_in(plan), wave, export), plan, wave)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _stand_in(plan: ScalePlan) -> RelationPlan:
    """Return a relation that understands answers as the scale does."""
    return RelationPlan(plan.name, levels=plan.levels, dont_know=plan.dont_know, not_asked=plan.not_asked)


def _of_wave(place: Place, plan: ScalePlan, wave: WavePlan) -> Iterator[dict[str, Any]]:
    found = {item: _column(place, item) for item in plan.items}
    asked = {item: column for item, column in found.items() if column is not None}
    if not asked:
        place.note("scale-not-asked", relation=plan.name, wave=wave.label)
        return
    for item in (item for item, column in found.items() if column is None):
        place.table.has(item, place.findings)
    responses = read_responses(place)
    if responses is None:
        return
    row_of = dict(zip(responses.people.tolist(), responses.rows.tolist(), strict=True))
    there = place.roster.employed[wave.label]
    for item, column in asked.items():
        place.ledger.mark(place.table, responses.rows, [column.at] * len(responses.rows), "scale")
        understood = _answers(place, plan, column, responses)
        for person in range(place.roster.n):
            if there[person] or person in row_of:
                state, answer, value = understood.get(person, (NOT_ANSWERED, "", float("nan")))
                named = {"person": place.roster.codes[person], "wave": wave.label, "scale": plan.name}
                yield named | {"item": item, "state": state, "answer": answer, "value": value}


def _column(place: Place, item: str) -> Column | None:
    """Return the column of an item: by heading, or as QUESTION[ITEM] where a tool tells them apart."""
    for column in place.export.columns:
        code = f"{column.question}[{column.item}]" if column.item else column.question
        if item in (place.table.header[column.at], code):
            return column
    return None


def _answers(
    place: Place, plan: ScalePlan, column: Column, responses: Responses
) -> dict[int, tuple[str, str, float]]:
    wording = {plain(code): plain(text) for code, text in column.answers.items()}
    wording |= dict.fromkeys(map(plain, column.missing), "")
    relation = _stand_in(plan)
    meaning = meaning_of(relation)
    hidden = place.export.unasked
    unasked = hidden.get(column.question, frozenset()) | hidden.get(
        place.table.header[column.at], frozenset()
    )
    found = {}
    for row, person in zip(responses.rows.tolist(), responses.people.tolist(), strict=True):
        word = clean(place, place.table.rows[row][column.at])
        level = level_of(word, meaning, wording, relation)
        text = wording.get(word) or word
        if level == UNASKED:
            found[person] = (NOT_ASKED, "", float("nan"))
        elif level == BLANK:
            found[person] = (NOT_ASKED if row in unasked else NOT_ANSWERED, "", float("nan"))
        elif level == DONT_KNOW:
            found[person] = (SAID_DONT_KNOW, text, float("nan"))
        elif level == UNKNOWN and (plan.kind == "scale" or plan.levels):
            known = [*plan.levels, *plan.dont_know, *plan.not_asked] or ["0, 1, 2, …"]
            value = place.sayable(word[:60])
            said = {"value": value, "known": known, "nearest": "", "more": 0}
            place.fault("unknown-level", place.table.numbers[row], place.shown(column.at), **said)
        else:
            found[person] = (ANSWERED, text, float("nan") if level == UNKNOWN else level)
    return found
