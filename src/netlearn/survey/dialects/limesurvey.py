"""LimeSurvey exports: code[ID] ("question code") or code_ID ("expression manager code") per colleague."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.plain import alters as underscored

_GUARDED = re.compile(r"'[=+\-@]")
_ANONYMISED = date(1980, 1, 1)


def alters(
    header: tuple[str, ...], code: str, others: Collection[str], ids: Collection[str]
) -> dict[int, str]:
    """Return the colleague's id of each column of a question.

    Examples
    --------
    >>> alters(("token", "asks[p1]", "asks[p2]"), "asks", [], [])
    {1: 'p1', 2: 'p2'}
    """
    bracketed = re.compile(re.escape(code) + r"\[([^\]]+)\]")
    found = {at: plain(m[1]) for at, name in enumerate(header) if (m := bracketed.fullmatch(name))}
    return found or underscored(header, code, others, ids)


def example(code: str) -> str:
    """Show how a column of the question is named."""
    return f"{code}[ID]"


def clean(cell: str) -> str:
    """Return a cell as it is compared, without the quote that guards cells against being read as formulas."""
    cell = cell.strip()
    return plain(cell[1:] if _GUARDED.match(cell) else cell)


def submitted(table: RawTable) -> list[date | None]:
    """Return the day each row was submitted: None if it was not, nothing at all if the file does not say.

    LimeSurvey writes 1980-01-01 where dates were anonymised: submitted, on an unknown day.

    Examples
    --------
    >>> rows = [["2024-08-26 10:01:02"], [""], ["1980-01-01 00:00:00"]]
    >>> submitted(RawTable("x.csv", ("submitdate",), rows, (2, 3, 4)))
    [datetime.date(2024, 8, 26), None, datetime.date(1980, 1, 1)]
    """
    if "submitdate" not in table.place:
        return []
    return [_day(cell) for cell in table.column("submitdate")]


def known_days(days: list[date | None]) -> list[date]:
    """Return the days that were recorded, in order."""
    return sorted(day for day in days if day is not None and day != _ANONYMISED)


def _day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return _ANONYMISED
