"""The section about attendance lists of staff: pairs who shared a room, set against comparable pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from netlearn.analysis.exposure_part import ExposurePart, RoomList
from netlearn.analysis.shared_rooms import HALVES
from netlearn.report import pictures
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language, suppressed
from netlearn.wording import shared_rooms as words
from netlearn.wording.numbers import count, number, percent
from netlearn.wording.terms import pick


def exposure_section(part: ExposurePart, language: Language) -> Section:
    """Tell each list in a sentence, with its counts by group and by number of shared rooms.

    A dash is a number that is left out; a blank cell is one that there is none of.
    """
    compared = any(one.result.found is not None for one in part.lists)
    texts = [pick(words.INTRO, language)] if compared else []
    texts += [words.sentence(one.result, language, one.verdict) for one in part.lists]
    tables = [_rooms_table(part, language)]
    for one in part.lists:
        if (found := one.result.found) is not None:
            names = [pick(words.GROUPS[str(group)], language) for group in found.groups["group"]]
            tables.append(_counts("groups", [(name,) for name in names], found.groups, one.title, language))
            dose = found.dose[found.dose["n_dyads"] != 0]  # as many rooms as no pair shared are no row
            many = zip(dose["shared"], dose["n_dyads"], strict=True)
            firsts = [(str(shared), count(float(pairs), language)) for shared, pairs in many]
            tables.append(_counts("dose", firsts, dose, one.title, language))
    hidden = any(suppressed.SIGN in row for table in tables for row in table.rows)
    small = [pick(words.WEIGHTED, language)] if len(tables) > 1 else []
    small += [pick(words.BOTH_WAYS, language)] if any(map(_fewer, part.lists)) else []
    small += [suppressed.note(part.least, language)] if hidden else []
    return Section(
        key="shared-rooms",
        heading=pick(words.HEADING, language),
        texts=tuple(texts),
        pictures=pictures.of_rooms(part, language),
        tables=tuple(tables),
        small=tuple(small),
    )


def _fewer(one: RoomList) -> bool:
    """Tell whether the model rests on fewer pairs than the tables, as it wants the answer of the other person too."""
    found = one.result.found
    return found is not None and one.result.n_dyads < found.n_dyads


def _rooms_table(part: ExposurePart, language: Language) -> Table:
    rows = []
    for one in part.lists:
        told = {str(name): float(value) for name, value in one.rooms.iloc[0].items()}
        numbers = [count(told[name], language) for name in ("rooms", "people", "pairs")]
        numbers.insert(2, number(told["people_per_room"], language, 1))
        rows.append((one.title, *numbers, pick(words.DECIDED[one.result.assigned], language)))
    names = ("list", "rooms", "people", "people_per_room", "pairs", "decided")
    columns = tuple(pick(words.COLUMNS[name], language) for name in names)
    caption = pick(words.CAPTIONS["rooms"], language)
    return Table(caption, columns, tuple(rows), (False, True, True, True, True, False))


def _counts(
    key: str, firsts: Sequence[tuple[str, ...]], frame: pd.DataFrame, title: str, language: Language
) -> Table:
    rows = []
    for first, values in zip(firsts, frame.to_dict("records"), strict=True):
        told = {str(name): value for name, value in values.items()}
        rows.append((*first, *(text for names in HALVES for text in _half(told, names, language))))
    shown = [name for names in HALVES for name in names]
    columns = tuple(pick(words.COLUMNS[name], language) for name in (*words.FIRST[key], *shown))
    caption = pick(words.CAPTIONS[key], language).format(title=title)
    return Table(caption, columns, tuple(rows), tuple(at > 0 for at in range(len(columns))))


def _half(values: dict[str, float], names: tuple[str, str, str], language: Language) -> list[str]:
    """Write what was possible, what happened, and its share."""
    possible, happened, share = (float(values[name]) for name in names)
    weighted = math.isnan(values[f"{names[0]}_people"])  # a share of other pairs, which counts nothing itself
    if math.isnan(possible) and not weighted:
        return [suppressed.SIGN] * 3
    told = "" if math.isnan(share) else percent(share, language, 1)
    return ["", "", told] if weighted else [count(possible, language), count(happened, language), told]
