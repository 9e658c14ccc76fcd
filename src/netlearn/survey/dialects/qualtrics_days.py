"""Days as survey tools and Excel write them; none is guessed where day and month cannot be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4})(?!\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_of(cells: Sequence[str]) -> tuple[date | None, ...]:
    """Return the day of each cell of one column; None where there is none, or where it cannot be told.

    Dates with slashes are day first or month first, as the other cells of the column show; with dots or hyphens they
    are day first.

    Examples
    --------
    >>> days_of(["2024-08-26 10:01:02", "2024/08/27 1:58:23 PM GMT+2", ""])
    (datetime.date(2024, 8, 26), datetime.date(2024, 8, 27), None)
    >>> days_of(["8/9/2024 10:01", "8/26/2024 9:59"])
    (datetime.date(2024, 8, 9), datetime.date(2024, 8, 26))
    >>> days_of(["8/9/2024 10:01"])
    (None,)
    """
    cells = [cell.strip() for cell in cells]
    turned = [match for cell in cells if (match := _YEAR_LAST.match(cell))]
    month_first = _month_first(turned)
    return tuple(_day(cell, month_first) for cell in cells)


def _month_first(found: Iterable[re.Match[str]]) -> bool | None:
    """Tell whether the month stands first in dates that end with the year; None if the dates do not tell."""
    pairs = {(int(match[1]), int(match[3]), match[2]) for match in found}
    later_day = any(second > 12 for _, second, _ in pairs)
    early_day = any(first > 12 for first, _, _ in pairs)
    if later_day and not early_day:
        return True
    if early_day and not later_day:
        return False
    slashed = any(sign == "/" for _, _, sign in pairs)
    return None if slashed or later_day else False


def _day(cell: str, month_first: bool | None) -> date | None:
    if match := _YEAR_FIRST.match(cell):
        return _made(int(match[1]), int(match[3]), int(match[4]))
    if (match := _NAMED.match(cell)) and match[1] in _MONTHS:
        return _made(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    match = _YEAR_LAST.match(cell)
    if match is None or month_first is None:
        return None
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    first, second = int(match[1]), int(match[3])
    return _made(year, first, second) if month_first else _made(year, second, first)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
