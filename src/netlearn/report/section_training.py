"""The trained and the others as a part of the report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from netlearn.analysis.training_part import TrainingPart
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language, suppressed, training
from netlearn.wording import training_tables as words
from netlearn.wording.measure_names import MEASURE_NAMES
from netlearn.wording.numbers import NONE, bare_p, count, digits_for, interval, number, percent, rounded
from netlearn.wording.terms import pick

Rows = Sequence[tuple[str, ...]]


def training_section(part: TrainingPart, language: Language) -> Section:
    """Return the part about the trained and the others.

    Parameters
    ----------
    part : TrainingPart
        From `netlearn.analysis.training_part.part_training`.
    language : "en" or "da"

    Returns
    -------
    Section
        First what is compared and what that can show at best; then who answered, and what changed.
    """
    tables = [
        _assigned(part, language),
        _response(part, language),
        _means(part, language),
        _turns(part, language),
        _pairs(part, language),
        _opportunity(part, language),
        _areas(part, language),
        _distance(part, language),
    ]
    small = [suppressed.note(part.least, language)]
    small += [pick(words.NOTES["rest"], language)] if "outside" in part.assigned.columns else []
    small += [pick(words.NOTES["turns"], language)] if part.turns is not None else []
    small += [pick(words.NOTES["opportunity"], language)]
    small += [pick(words.NOTES["areas"], language)] if part.areas is not None else []
    return Section(
        "training",
        pick(training.HEADING, language),
        training.texts(part, language),
        tuple(table for table in tables if table is not None),
        tuple(small),
    )


def _made(
    name: str, heads: tuple[str, ...], rows: Rows, language: Language, n_words: int = 1, **values: str
) -> Table:
    """Make a table whose first columns are words."""
    numeric = tuple(at >= n_words for at in range(len(heads)))
    return Table(words.caption(name, language, **values), heads, tuple(rows), numeric)


def _waves(part: TrainingPart) -> dict[str, str]:
    return dict(part.titles)


def _assigned(part: TrainingPart, language: Language) -> Table:
    frame, titles = part.assigned, _waves(part)
    arms = tuple(words.arm(str(name), titles, language) for name in frame.columns)
    rows = [
        (words.row(str(name), language), *(count(v, language) for v in values))
        for name, values in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    return _made("assigned", (*words.columns(("stratum",), language), *arms), rows, language)


def _response(part: TrainingPart, language: Language) -> Table:
    """Arms down, waves across."""
    frame, titles = part.response, _waves(part)
    waves = list(dict.fromkeys(frame["wave"]))
    rows = []
    for name in dict.fromkeys(frame["arm"]):
        cells = [frame[(frame["arm"] == name) & (frame["wave"] == w)].iloc[0] for w in waves]
        rows.append((words.arm(name, titles, language), *(_answered(cell, language) for cell in cells)))
    heads = (*words.columns(("arm",), language), *(titles.get(w, w) for w in waves))
    return _made("response", heads, rows, language)


def _answered(row: Any, language: Language) -> str:
    if row.isna()["answered"]:
        return NONE
    of = f"{count(row['answered'], language)}/{count(row['employed'], language)}"
    return f"{of} ({percent(row['share'], language)})"


def _means(part: TrainingPart, language: Language) -> Table:
    frame, titles = part.means, _waves(part)
    waves = list(dict.fromkeys(frame["wave"]))
    rows = []
    for name in dict.fromkeys(frame["arm"]):
        cells = [frame[(frame["arm"] == name) & (frame["wave"] == w)].iloc[0] for w in waves]
        told = (f"{number(c['mean'], language, 1)} (n = {count(c['n'], language)})" for c in cells)
        rows.append((words.arm(name, titles, language), *told))
    known = MEASURE_NAMES.get(part.measure)
    what = part.outcome or words.of_person(part.measure, pick(known, language) if known else "", language)
    heads = (*words.columns(("arm",), language), *(titles.get(w, w) for w in waves))
    return _made("means", heads, rows, language, what=what, relation=part.relation)


def _turns(part: TrainingPart, language: Language) -> Table | None:
    if part.turns is None:
        return None
    titles, rows = _waves(part), []
    for row in part.turns.to_dict("records"):
        cells = (
            titles.get(row["group"], row["group"]),
            titles.get(row["wave"], row["wave"]),
            words.when(bool(row["placebo"]), language),
            count(row["n_trained"], language),
            count(row["n_comparison"], language),
            number(row["estimate"], language, 2, signed=True),
            number(row["se"], language, 2),
            bare_p(row["p_value"], language),
            bare_p(row["p_adjusted"], language),
        )
        rows.append(cells)
    names = ("group", "wave", "when", "trained", "comparison", "difference", "se", "p", "p_adjusted")
    return _made("turns", words.columns(names, language), rows, language, 3)


def _pairs(part: TrainingPart, language: Language) -> Table | None:
    if part.classes is None:
        return None
    rows, told = [], not part.classes.descriptive
    for row in part.classes.table.to_dict("records"):
        values = [number(row[name], language, 2) for name in ("before", "after")]
        cells = (
            words.class_of_pairs(row["trained"], language),
            count(row["cells"], language),
            *values,
            number(row["change"], language, 2, signed=True),
            number(row["difference"], language, 2, signed=True),
            interval(row["low"], row["high"], language, 2),
            bare_p(row["p_value"] if told else math.nan, language),
        )
        rows.append(cells)
    return _before_after(
        "pairs", ("pairs", "cells"), ("change", "against", "interval", "p"), rows, part, language
    )


def _before_after(
    name: str,
    first: tuple[str, ...],
    last: tuple[str, ...],
    rows: Rows,
    part: TrainingPart,
    language: Language,
) -> Table:
    """Make a table with a column for each of the two waves."""
    waves = tuple(part.titles.get(label, label) for label in part.waves)
    heads = (*words.columns(first, language), *waves, *words.columns(last, language))
    return _made(name, heads, rows, language)


def _opportunity(part: TrainingPart, language: Language) -> Table:
    rows = []
    for row in part.opportunity.to_dict("records"):
        digits = digits_for(row["change"], row["low"], row["high"])
        cells = (
            pick(MEASURE_NAMES[row["measure"]], language),
            number(row["before"], language, 2),
            number(row["after"], language, 2),
            rounded(row["change"], language, 2, signed=True),
            interval(row["low"], row["high"], language, digits),
            number(row["chance"], language, 2),
        )
        rows.append(cells)
    return _before_after("opportunity", ("measure",), ("change", "interval", "chance"), rows, part, language)


def _areas(part: TrainingPart, language: Language) -> Table | None:
    if part.areas is None:
        return None
    rows = []
    for row in part.areas.to_dict("records"):
        cells = (
            words.row(row["area"], language),
            count(row["n_people"], language),
            percent(row["before"], language),
            percent(row["after"], language),
            number(100 * row["change"], language, 1, signed=True),
            interval(100 * row["low"], 100 * row["high"], language, 1),
        )
        rows.append(cells)
    return _before_after("areas", ("area", "people"), ("change", "interval"), rows, part, language)


def _distance(part: TrainingPart, language: Language) -> Table | None:
    if part.distance is None:
        return None
    rows = []
    for row in part.distance.table.to_dict("records"):
        digits = digits_for(row["before"], row["after"])
        cells = (
            words.band(row["limit"], part.distance.unit, language),
            count(row["cells"], language),
            number(row["before"], language, digits),
            number(row["after"], language, digits),
            number(row["change"], language, digits, signed=True),
            interval(row["low"], row["high"], language, digits),
        )
        rows.append(cells)
    return _before_after("distance", ("distance", "cells"), ("change", "interval"), rows, part, language)
