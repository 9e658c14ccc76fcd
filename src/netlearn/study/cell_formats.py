"""How a workbook shows its numbers: whole ones whole, shares in per cent, no p as 0, enough decimals to tell apart.

The numbers themselves keep all their digits; only what is seen of them is told here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from netlearn.wording import Language
from netlearn.wording.cells import is_p
from netlearn.wording.numbers import SMALLEST_P, number

MOST_DECIMALS = 6
# Shares of 1, by name of the column or by table and name; differences of shares in tables that hold nothing else too.
PERCENT = frozenset(
    ["share", "share_before", "share_after", "share_high", "density", "agreement", "jaccard", "superiority"]
    + ["superiority_low", "superiority_high", "formation", "persistence", "dissolution"]
    + ["missing", "lowest", "highest", "outcomes.alpha", "competence-scales.level", "competence-gaps.level"]
    + ["level_parts", "pairs.change"]
    + [f"training-attrition.{name}" for name in ("trained", "others", "difference", "low", "high")]
    + [f"training-areas.{name}" for name in ("before", "after", "change", "low", "high")]
)
# In tables whose rows have units of their own, these are in the unit of their row.
OF_THE_ROW = frozenset(["estimate", "low", "high", "se", "before", "after", "change", "chance"])


def formats(
    columns: Mapping[str, Sequence[Any]], table: str, language: Language = "en"
) -> dict[str, list[str]]:
    """Return the number format of every cell of the columns that hold numbers.

    Parameters
    ----------
    columns : dict name -> values
        Under the names for machines.
    table : str
    language : "en" or "da"
        Of the sign for a small p; Excel writes decimals in the way of its own language.

    Returns
    -------
    dict name -> formats, "" for a cell without a number

    Examples
    --------
    >>> formats({"n_people": [18.0], "share": [0.255], "p_value": [1e-9]}, "t", "da")
    {'n_people': ['#,##0'], 'share': ['0.0%'], 'p_value': ['[<0.001]"< 0,001";0.000']}
    """
    numeric = {name: values for name, values in columns.items() if any(map(_is_number, values))}
    mixed = "unit" in columns or "measure" in columns
    beside = [name for name in numeric if mixed and name in OF_THE_ROW]
    rows = [_seen(values) for values in zip(*(numeric[name] for name in beside), strict=True)]
    stems = {name: name.removesuffix("_low").removesuffix("_high") for name in numeric}
    whole = {
        stem: _seen([x for name in numeric if stems[name] == stem for x in numeric[name]])
        for stem in set(stems.values())
    }
    return {
        name: [
            _format(x, name, rows[at] if name in beside else whole[stems[name]], table, language)
            for at, x in enumerate(values)
        ]
        for name, values in numeric.items()
    }


class _Seen(NamedTuple):
    """What numbers that share their decimals have in common: whether all are whole, or whole per cents; the largest."""

    whole: bool
    hundredths: bool
    largest: float


def _seen(values: Sequence[Any]) -> _Seen:
    known = [x for x in values if _is_number(x)]
    largest = max(map(abs, known), default=0.0)
    return _Seen(all(map(_whole, known)), all(_whole(round(100 * x, 9)) for x in known), largest)


def _whole(x: float) -> bool:
    return float(x).is_integer()


def shown(value: float, code: str) -> str:
    """Return about what is seen of a number, to measure how wide it is.

    Examples
    --------
    >>> shown(0.2555, "0.0%"), shown(70526.0, "#,##0"), shown(1e-9, '[<0.001]"< 0,001";0.000')
    ('25.6%', '70,526', '< 0,001')
    """
    if '"' in code:
        return code.split('"')[1]
    decimals = len(code.partition(".")[2].rstrip("%"))
    return f"{100 * value:.{decimals}f}%" if code.endswith("%") else f"{value:,.{decimals}f}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _format(value: Any, name: str, seen: _Seen, table: str, language: Language) -> str:
    if not _is_number(value):
        return ""
    if is_p(name):
        return _of_p(value, language)
    if is_percent(name, table):
        return "0%" if seen.hundredths else f"{_decimals(1, 100 * value)}%"
    return "#,##0" if seen.whole else _decimals(_enough(seen.largest), value)


def is_percent(name: str, table: str) -> bool:
    """Tell whether a column is shown in per cent.

    Examples
    --------
    >>> is_percent("share", "response"), is_percent("alpha", "outcomes"), is_percent("alpha", "scale-quality")
    (True, True, False)
    """
    return bool({name, f"{table}.{name}"} & PERCENT)


def _of_p(p: float, language: Language) -> str:
    if p < SMALLEST_P:
        return f'[<{SMALLEST_P}]"< {number(SMALLEST_P, language, 3)}";0.000'
    if 0 < 1 - p < SMALLEST_P / 2:
        return f'[>{1 - SMALLEST_P}]"> {number(1 - SMALLEST_P, language, 3)}";0.000'
    return "0.000"


def _enough(largest: float) -> int:
    """Return the decimals that show three figures of the largest number, two at least."""
    return min(max(2, 2 - math.floor(math.log10(largest))), MOST_DECIMALS)


def _decimals(decimals: int, value: float) -> str:
    """Return a format with some decimals, and more where a number would look like 0."""
    while decimals < MOST_DECIMALS and value and not round(value, decimals):
        decimals += 1
    return f"0.{'0' * decimals}"
