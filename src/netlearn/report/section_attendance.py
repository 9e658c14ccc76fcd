"""The section about attendance lists of others than staff."""

from __future__ import annotations

import pandas as pd

from netlearn.analysis.attendance_part import AttendancePart, CitizenList
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language, suppressed
from netlearn.wording import attendance as words
from netlearn.wording.numbers import count, percent
from netlearn.wording.sentences import not_called, quoted
from netlearn.wording.terms import pick


def attendance_section(part: AttendancePart, language: Language) -> Section:
    """Tell each list in a paragraph, with its activities, how many people took part in, and who was reached."""
    texts = [" ".join(words.paragraphs(one, language)) for one in part.lists]
    if any(one.compared for one in part.lists):
        texts.append(not_called(language))
    tables = [table for one in part.lists for table in _tables(one, language)]
    hidden = any(suppressed.SIGN in row for table in tables for row in table.rows)
    small = (suppressed.note(part.least, language),) if hidden else ()
    return Section("attendance", pick(words.HEADING, language), tuple(texts), tuple(tables), small)


def _tables(one: CitizenList, language: Language) -> list[Table]:
    activities = _by_period(one, one.activities, "activity", ("participants", "visits"), language)
    made = [activities, _by_period(one, one.distribution, "activities", ("people",), language)]
    return made if one.reach is None else [*made, _reached(one, language)]


def _by_period(
    one: CitizenList, frame: pd.DataFrame, first: str, numbers: tuple[str, ...], language: Language
) -> Table:
    """Rows as they come, a column per period and number."""
    parts = [frame[frame["period"] == period].set_index(first) for period in one.periods]
    names = [str(name) for name in parts[0].index]
    rows = [
        (
            name or pick(words.ALL, language),
            *(count(float(p[n].loc[name]), language) for p in parts for n in numbers),
        )
        for name in names
    ]
    said = [f", {quoted(period, language)}" if period else "" for period in one.periods]
    heads = [pick(words.COLUMNS[n], language).format(period=period) for period in said for n in numbers]
    kind = "activities" if first == "activity" else "distribution"
    caption = pick(words.CAPTIONS[kind], language).format(title=one.title)
    columns = (pick(words.COLUMNS[first], language), *heads)
    return Table(caption, columns, tuple(rows), tuple(at > 0 for at in range(len(columns))))


def _reached(one: CitizenList, language: Language) -> Table:
    rows = []
    # Where everybody who came met somebody, the second table would say the same again.
    same = words.all_met(one)
    for frame in (one.reach, None if same else one.meeting):
        for before, *numbers, share in () if frame is None else frame.itertuples(index=False):
            counts = (count(float(n), language) for n in numbers)
            # Nobody of whom to give a share is a blank cell, and a dash what is left out.
            told = "" if numbers[0] == 0 else percent(float(share), language)
            rows.append((pick(words.WHO[str(before)], language), *counts, told))
    first, second = one.compared or ("", "")
    names = ("who", "number", "later" if same else "later_met", "share")
    columns = tuple(pick(words.COLUMNS[n], language).format(first=first, second=second) for n in names)
    caption = pick(words.CAPTIONS["reached"], language).format(title=one.title)
    return Table(caption, columns, tuple(rows), (False, True, True, True))
