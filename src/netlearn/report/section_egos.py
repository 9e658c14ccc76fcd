"""The section about personal networks: what people told of their own circles, and how it moved."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from netlearn.analysis.ego_part import EgoPart, EgoPicture
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language, egos, suppressed
from netlearn.wording import personal_networks as words
from netlearn.wording.numbers import count, interval, number, rounded
from netlearn.wording.terms import pick

TOLD = ("size", "n_departments", "share_elsewhere", "mean_score")
PERCENT = ("share_elsewhere", "alter_density")


def ego_section(part: EgoPart, language: Language) -> Section:
    """Tell each name generator: who answered, what moved, what the number of places hides, and its tables."""
    texts: list[str] = []
    tables: list[Table] = []
    small: list[str] = []
    for picture in part.pictures:
        texts += _texts(picture, part.least, language)
        if picture.n_both >= part.least:
            tables += _tables(picture, language)
            small += [note for note in words.notes(picture, language) if note not in small]
    if any(suppressed.SIGN in row for table in tables for row in table.rows):
        small.insert(0, suppressed.note(part.least, language))
    return Section(
        "personal-networks", pick(words.HEADING, language), tuple(texts), tuple(tables), tuple(small)
    )


def _texts(picture: EgoPicture, least: int, language: Language) -> list[str]:
    said = [words.who(picture, least, language)]
    if picture.n_both < least:
        return said
    moved = [change for name in TOLD if (change := picture.change(name)) is not None]
    said.append(" ".join(egos.finding(change, language) for change in moved))
    if picture.room:
        said.append(words.room(picture, least, language))
    said.append(words.turnover(picture, language))
    return said if picture.known is None else [*said, words.known(picture, language)]


def _tables(picture: EgoPicture, language: Language) -> list[Table]:
    first, second = picture.titles
    tables = [
        _table("measures", picture, _measures(picture, language), language,
               ["measure", first, second, "change", "interval", "dz", "people"]),
        _table("colleagues", picture, _colleagues(picture, language), language,
               ["measure", first, second, "change", "interval", "people", "colleagues", "alike"]),
        _table("places", picture, _places(picture, language), language, ["department", first, second]),
    ]  # fmt: skip
    row = picture.turnover.iloc[0]
    shown = tuple(number(float(row[name]), language, 1) for name in picture.turnover.columns)
    outside = [pick(words.COLUMNS["outside"], language).format(wave=title) for title in picture.titles]
    if not row.isna().any():
        names = [*(pick(words.COLUMNS[n], language) for n in ("kept", "new", "gone")), *outside]
        caption = pick(words.CAPTIONS["turnover"], language).format(title=words.begun(picture.title))
        tables.append(Table(caption, tuple(names), (shown,), (True,) * len(names)))
    return tables


def _table(
    key: str, picture: EgoPicture, rows: Sequence[tuple[str, ...]], language: Language, names: list[str]
) -> Table:
    caption = pick(words.CAPTIONS[key], language).format(title=words.begun(picture.title))
    columns = tuple(pick(words.COLUMNS[name], language) if name in words.COLUMNS else name for name in names)
    return Table(caption, columns, tuple(rows), tuple(at > 0 for at in range(len(columns))))


def _values(row: dict[str, float], measure: str, language: Language) -> tuple[str, ...]:
    """Before, after, change and interval, shares in per cent."""
    factor = 100.0 if measure in PERCENT else 1.0
    digits = 1 if factor > 1 else 2
    before, after, estimate, low, high = (
        factor * float(row[k]) for k in ("before", "after", "estimate", "low", "high")
    )
    sign = "\N{NO-BREAK SPACE}%" if factor > 1 else ""
    shown = [number(v, language, digits) + ("" if math.isnan(v) else sign) for v in (before, after)]
    change = rounded(estimate, language, digits, signed=True)
    return (*shown, change, interval(low, high, language, digits))


def _measures(picture: EgoPicture, language: Language) -> list[tuple[str, ...]]:
    rows = []
    for measure, title, told in _records(picture.measures):
        dz, span = number(told["dz"], language), interval(told["dz_low"], told["dz_high"], language)
        told_dz = suppressed.SIGN if math.isnan(told["dz"]) else f"{dz} ({span})"
        name = egos.measure_name(measure, language, title)
        rows.append((name, *_values(told, measure, language), told_dz, count(told["n_people"], language)))
    return rows


def _colleagues(picture: EgoPicture, language: Language) -> list[tuple[str, ...]]:
    rows = []
    for measure, title, told in _records(picture.colleagues):
        many = " → ".join(count(told[name], language) for name in ("n_before", "n_after"))
        alike = " → ".join(number(told[name], language) for name in ("icc_before", "icc_after"))
        name = egos.measure_name(measure, language, title)
        rows.append((name, *_values(told, measure, language), count(told["n_people"], language), many, alike))
    return rows


def _records(frame: pd.DataFrame) -> list[tuple[str, str, dict[str, float]]]:
    """Take a row apart into its measure, its title and its numbers."""
    numbers = frame.drop(columns=["measure", "title"]).astype(float)
    return [
        (str(measure), str(title), {str(k): float(v) for k, v in row.items()})
        for measure, title, row in zip(
            frame["measure"], frame["title"], numbers.to_dict("records"), strict=True
        )
    ]


def _places(picture: EgoPicture, language: Language) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, before, after in picture.places[["department", "before", "after"]].itertuples(index=False):
        rows.append((name or pick(words.REST, language), count(before, language), count(after, language)))
    return rows
