"""From the text of an answer to its level: by code, by wording, or as a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.study.plan import RelationPlan
from netlearn.study.rawtable import nearest, plain
from netlearn.survey.items import TICKED, Items
from netlearn.survey.people import NOTHING, clean
from netlearn.survey.place import Place

BLANK, DONT_KNOW, UNKNOWN, UNASKED = -1.0, -2.0, -3.0, -4.0
_NUMBER = re.compile(r"\d+([.,]\d+)?")
# "1,000" may be a thousand or one: neither is taken.
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


def levels_of(items: Items, place: Place) -> NDArray[np.float64]:
    """Return the level of each item: (m,) float, or BLANK, DONT_KNOW, UNKNOWN, UNASKED; a fault for each unknown."""
    if not items.weighted:
        return np.ones(len(items.sender))
    wording, unclear = _wording(items, place)
    meaning = meaning_of(place.relation)
    # Few different answers fill many cells: each is understood once.
    codes, texts = pd.factorize(items.answer)
    words = [clean(place, str(text)) for text in texts]
    if _levels_missing(words, wording, place):
        return np.full(len(items.sender), UNKNOWN)
    known = np.array([level_of(word, meaning, wording, place.relation) for word in words], dtype=float)
    level = known[codes] if len(codes) else np.empty(0)
    stated = {*meaning, *map(plain, place.relation.dont_know), *map(plain, place.relation.not_asked)}
    for code, word in enumerate(words):
        where = np.flatnonzero((codes == code) & (items.receiver != NOTHING))
        if not len(where):
            continue
        row, shown = place.table.numbers[int(items.row[where[0]])], place.shown(int(items.column[where[0]]))
        if word in unclear and word not in stated:
            place.fault(
                "wordings-differ", row, shown, value=sayable_answer(place, word), known=sorted(unclear[word])
            )
        elif known[code] == UNKNOWN:
            right = [
                text
                for text in (*meaning, *place.relation.dont_know, *place.relation.not_asked)
                if text != TICKED
            ]
            said = {
                "value": sayable_answer(place, word),
                "known": right or ["0, 1, 2, …"],
                "nearest": nearest(word, right),
            }
            place.fault("unknown-level", row, shown, more=len(where) - 1, **said)
            if place.export.wording:
                place.note("wording-missing", role=place.export.wording)
    return level


def sayable_answer(place: Place, word: str) -> str:
    """Return an answer as a message may show it: "…" where it may be what somebody is called."""
    return word[:60] if word.islower() else place.sayable(word)[:60]


def _wording(items: Items, place: Place) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the wording of each code, and the codes that two columns of the question word differently."""
    columns, found = set(items.column.tolist()), dict[str, set[str]]()
    for column in place.export.columns:
        if column.at in columns:
            told = {plain(code): plain(text) for code, text in column.answers.items()}
            for code, text in (told | dict.fromkeys(map(plain, column.missing), "")).items():
                found.setdefault(code, set()).add(text)
    unclear = {code: texts for code, texts in found.items() if len(texts) > 1}
    wording = {code: min(texts) for code, texts in found.items() if code not in unclear}
    return {plain(text): plain(code) for code, text in place.relation.answers.items()} | wording, unclear


def _levels_missing(words: list[str], wording: Mapping[str, str], place: Place) -> bool:
    """Refuse codes without levels: they need not be in order where the file words them, or a tool numbers them."""
    worded = [f"{code} = {text}" for code, text in wording.items() if text and text != code]
    numbered = not place.export.codes_are_ids and place.relation.kind in ("roster", "adjacency")
    if place.relation.levels or TICKED in words or not (worded or numbered):
        return False
    known = worded or sorted({sayable_answer(place, word) for word in words if word})
    place.fault("levels-needed", 0, relation=place.relation.name, known=known[:12])
    return True


def meaning_of(relation: RelationPlan) -> Mapping[str, float]:
    """Return what each answer means, by its text."""
    if relation.kind == "multiple-choice" and not relation.levels:
        return {"Y": 1.0, TICKED: 1.0}
    return {TICKED: 1.0} | {plain(answer): float(level) for answer, level in relation.levels.items()}


def level_of(
    word: str, meaning: Mapping[str, float], wording: Mapping[str, str], relation: RelationPlan
) -> float:
    """Return the level of an answer, or BLANK, DONT_KNOW, UNKNOWN, UNASKED.

    An answer counts as it is written or, where `wording` tells it, as it is worded; numbers count as they are only
    where the study file has no levels.
    """
    number = _number(word)
    for listed, level in ((relation.dont_know, DONT_KNOW), (relation.not_asked, UNASKED)):
        if word and {word, wording.get(word)} & {plain(answer) for answer in listed}:
            return level
        if number is not None and number in {_number(plain(answer)) for answer in listed}:
            return level
    if not word or wording.get(word) == "":
        return BLANK
    for text in (word, wording.get(word, word)):
        if text in meaning:
            return meaning[text]
    stated = relation.levels
    if number is None or (stated and "," not in word):
        return UNKNOWN
    return _level_of_number(number, stated) if stated else number


def _level_of_number(number: float, meaning: Mapping[str, float]) -> float:
    """Return the level of the one answer of this value, where all answers are numbers."""
    values = [_number(answer) for answer in meaning]
    levels = [level for value, level in zip(values, meaning.values(), strict=True) if value == number]
    return levels[0] if None not in values and len(levels) == 1 else UNKNOWN


def _number(word: str) -> float | None:
    """Read a number, with a decimal point or with the decimal comma that Danish Excel writes."""
    if not _NUMBER.fullmatch(word) or _THOUSANDS.fullmatch(word):
        return None
    return float(word.replace(",", "."))
