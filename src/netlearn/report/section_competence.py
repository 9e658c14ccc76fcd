"""The section of the report about competence: what changed in gaps and scores, and what goes with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from netlearn.analysis.compare import FEW_RESPONDENTS
from netlearn.analysis.competence_part import CompetencePart
from netlearn.report import pictures
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language, suppressed
from netlearn.wording import competence_part as words
from netlearn.wording.competence import in_plan
from netlearn.wording.numbers import bare_p, count, digits_for, interval, number, percent, rounded
from netlearn.wording.sentences import not_called

Row = Mapping[str, Any]
Column = tuple[str, Callable[[Row, Language], str]]


def competence_section(part: CompetencePart, language: Language) -> Section:
    """Write the section.

    Parameters
    ----------
    part : CompetencePart
    language : "en" or "da"

    Returns
    -------
    Section
    """
    return Section(
        key="competence",
        heading=words.heading(bool(part.gaps), language),
        texts=tuple(_texts(part, language)),
        pictures=(*pictures.of_competence(part, language), *pictures.of_doses(part.doses, language)),
        tables=tuple(_tables(part, language)),
        small=tuple(_notes(part, language)),
    )


def _texts(part: CompetencePart, language: Language) -> list[str]:
    """Tell every whole, and every part that was planned, in its own paragraph."""
    texts: list[str] = []
    for whole, parts in part.gaps:
        texts += _told(part, whole, parts, language)
        if any(part.outcome_of(result) is None for result in parts):
            texts.append(words.parts(len(parts), language))
    for whole_scale, pieces in part.scales:
        texts += _told(part, whole_scale, pieces, language)
    texts = _once(texts, not_called(language))
    alphas = {whole.place.title: whole.alpha for whole, _ in part.gaps}
    texts += [
        words.dose(found, alphas.get(found.gap, part.alpha), FEW_RESPONDENTS, language)
        for found in part.doses
        if found.ranks.n >= part.min_cell_size
    ]
    return [*texts, words.once(language)] if len(part.described) else texts


def _once(texts: list[str], said: str) -> list[str]:
    """Say at the end, once, what each of the sentences says."""
    bare = [text.replace(said, "").strip() for text in texts]
    return [*bare, said] if bare != texts else texts


def _told(part: CompetencePart, whole: Any, parts: Sequence[Any], language: Language) -> list[str]:
    """Tell a whole and its planned parts with the verdicts of the table of outcomes, or none where none was planned."""
    told = []
    for result in (whole, *parts):
        outcome = part.outcome_of(result)
        if result.n_people >= part.min_cell_size and (result is whole or outcome is not None):
            key = "not_planned" if outcome is None else outcome.verdict
            told.append(in_plan(result, key, language))
    return told


def _alike(part: CompetencePart) -> bool:
    """Tell whether all intervals have one level; else each row says its own."""
    results = [one for whole, parts in (*part.gaps, *part.scales) for one in (whole, *parts)]
    return all(one.alpha == part.alpha and one.alternative == "two-sided" for one in results)


def _tables(part: CompetencePart, language: Language) -> list[Table]:
    gaps, scales = part.gap_table(), part.scale_table()
    asked: list[tuple[str, pd.DataFrame, Sequence[Column]]] = [
        ("gaps", gaps, GAPS),
        ("levels", gaps, LEVELS),
        ("ranks", gaps, RANKS),
        ("scales", scales, SCALES if _has_holm(scales) else WHOLES),
        ("described", part.described, DESCRIBED),
    ]
    asked += [("dose", found.groups, DOSE) for found in part.doses]
    if not _alike(part):
        asked = [(key, frame, (*columns, *LEVEL.get(key, ()))) for key, frame, columns in asked]
    return [_table(key, frame, columns, language) for key, frame, columns in asked if len(frame)]


def _has_holm(frame: pd.DataFrame) -> bool:
    """Tell whether some row has Holm's p: subscales, and planned secondary outcomes."""
    return len(frame) > 0 and bool(frame["subscale"].any() or frame["p_holm"].notna().any())


def _table(key: str, frame: pd.DataFrame, columns: Sequence[Column], language: Language) -> Table:
    rows = tuple(
        tuple(say(row, language) for _, say in columns)
        for row in ({str(k): v for k, v in row.items()} for row in frame.to_dict("records"))
    )
    names = tuple(words.column(name, language) for name, _ in columns)
    texts = {"what", "wave", "rooms"}
    return Table(words.caption(key, language), names, rows, tuple(name not in texts for name, _ in columns))


def _notes(part: CompetencePart, language: Language) -> list[str]:
    shown = {
        "gaps": len(part.gaps),
        "sizes": int(_alike(part)),
        "by_row": int(not _alike(part)),
        "holm": int(len(part.gaps) > 0 or _has_holm(part.scale_table())),
        "ranks": len(part.gaps),
        "rose": len(part.scales),
        "top": len(part.described),
    }
    notes = [words.note(key, part.alpha, language) for key, n in shown.items() if n]
    if any(suppressed.SIGN in row for table in _tables(part, language) for row in table.rows):
        notes.append(suppressed.note(part.min_cell_size, language))
    return notes


def _named(row: Row, language: Language) -> str:
    return words.rows_name(row["title"], row["subscale"], language)


def _level(name: str) -> Callable[[Row, Language], str]:
    return lambda row, language: number(row[name], language, 2)


def _change(name: str) -> Callable[[Row, Language], str]:
    return lambda row, language: rounded(row[name], language, 2)


def _share(name: str) -> Callable[[Row, Language], str]:
    return lambda row, language: percent(row[name], language)


def _p(name: str) -> Callable[[Row, Language], str]:
    return lambda row, language: bare_p(row[name], language)


def _interval(low: str, high: str) -> Callable[[Row, Language], str]:
    return lambda row, language: interval(row[low], row[high], language, 2)


def _with_interval(name: str, low: str, high: str) -> Callable[[Row, Language], str]:
    """Write a number with its interval behind it; the number alone where there is no interval."""

    def say(row: Row, language: Language) -> str:
        values = (row[name], row[low], row[high])
        digits = max(digits_for(*values), 1)
        told = rounded(values[0], language, digits)
        span = interval(values[1], values[2], language, digits)
        return told if math.isnan(values[0]) or math.isnan(values[1]) else f"{told} ({span})"

    return say


def _superiority(row: Row, language: Language) -> str:
    low, high = row["superiority_low"], row["superiority_high"]
    told = percent(row["superiority"], language)
    return told if math.isnan(low) else f"{told} ({interval(100 * low, 100 * high, language, 0)})"


def _people(row: Row, language: Language) -> str:
    return count(row["n_people"], language)


def _p_holm(row: Row, language: Language) -> str:
    """Write Holm's p; a whole has none where no secondary outcome asks for it, and nor has the primary outcome."""
    none = math.isnan(row["p_holm"]) and (not row["subscale"] or not math.isnan(row["p_value"]))
    return "" if none else bare_p(row["p_holm"], language)


_P: tuple[Column, ...] = (("p", _p("p_value")), ("p_holm", _p_holm))
_SIZE: Column = ("dz", _with_interval("dz", "dz_low", "dz_high"))
_HEAD: tuple[Column, ...] = (("what", _named), ("people", _people))
GAPS: tuple[Column, ...] = (
    *_HEAD,
    ("present_change", _change("present_change")),
    ("required_change", _change("required_change")),
    ("gap_before", _level("gap_before")),
    ("gap_after", _level("gap_after")),
    ("closed", _with_interval("change", "low", "high")),
    *_P,
)
LEVELS: tuple[Column, ...] = (
    ("what", _named),
    ("required_before", _level("required_before")),
    ("required_after", _level("required_after")),
    ("required_change", _with_interval("required_change", "required_low", "required_high")),
    ("present_before", _level("present_before")),
    ("present_after", _level("present_after")),
    ("present_change", _with_interval("present_change", "present_low", "present_high")),
)
RANKS: tuple[Column, ...] = (
    ("what", _named),
    ("share_before", _share("share_before")),
    ("share_after", _share("share_after")),
    ("superiority", _superiority),
    _SIZE,
    ("present_log_odds", _with_interval("present_log_odds", "present_log_odds_low", "present_log_odds_high")),
    (
        "required_log_odds",
        _with_interval("required_log_odds", "required_log_odds_low", "required_log_odds_high"),
    ),
)
SCALES: tuple[Column, ...] = (
    *_HEAD,
    ("before", _level("before")),
    ("after", _level("after")),
    ("change", _change("change")),
    ("interval", _interval("low", "high")),
    *_P,
    _SIZE,
    ("rose", _superiority),
)
# The level of the intervals in a row, where rows differ.
LEVEL: Mapping[str, tuple[Column, ...]] = {
    "gaps": (("level", _share("level")),),
    "levels": (("level", _share("level_parts")),),
    "ranks": (("level", _share("level")),),
    "scales": (("level", _share("level")),),
}
# Without Holm's p, where no row has one.
WHOLES = tuple(column for column in SCALES if column[0] != "p_holm")
DESCRIBED: tuple[Column, ...] = (
    *_HEAD,
    ("wave", lambda row, language: str(row["wave"])),
    ("mean", _level("mean")),
    ("interval", _interval("low", "high")),
    ("share_high", _share("share_high")),
)
DOSE: tuple[Column, ...] = (
    ("rooms", lambda row, language: str(row["rooms"])),
    ("people", _people),
    ("closure", _change("closure")),
    ("interval", _interval("low", "high")),
)
