"""Cells and tables of a notebook: numbers in the reader's form, a dash for what is missing, every text escaped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from netlearn.wording import Language
from netlearn.wording.columns import heading
from netlearn.wording.numbers import HARD_SPACE, NONE, bare_p, count, day, digits_for, rounded
from netlearn.wording.sentences import escape
from netlearn.wording.terms import pick

MOST_ROWS = 30
_YES, _NO, _MORE = ("yes", "ja"), ("no", "nej"), ("more rows", "rækker mere")


def cell(name: str, value: Any, language: Language = "en", digits: int | None = None) -> str:
    """Return one value of a column in words; what is missing is a dash.

    Parameters
    ----------
    name : str
        Of the column: whether it is a p is told by it.
    value : object
    language : "en" or "da"
    digits : int, optional
        Decimals of the column.

    Examples
    --------
    >>> cell("estimate", 0.5, "da"), cell("p_value", 0.0), cell("estimate", float("nan")), cell("exact", True)
    ('0,50', '< 0.001', '–', 'yes')
    """
    if isinstance(value, bool):
        return pick(_YES if value else _NO, language)
    if _missing(value):
        return NONE
    if isinstance(value, int):
        return str(value) if name == "seed" else count(value, language)
    if isinstance(value, float):
        return bare_p(value, language) if is_p(name) else _number(value, language, digits)
    return day(value, language) if type(value) is date else str(value)


def _missing(value: Any) -> bool:
    """Tell whether a value is None, NaN or NaT (which alone differ from themselves), or the NA of pandas.

    Examples
    --------
    >>> [_missing(value) for value in (None, float("nan"), 0.0, False, "")]
    [True, True, False, False, False]
    """
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def _number(value: float, language: Language, digits: int | None) -> str:
    if digits is None:
        digits = 0 if value.is_integer() else digits_for(value)
    return rounded(value, language, digits)


def is_p(name: str) -> bool:
    """Tell whether a column holds p-values."""
    return (
        name in ("p", "p_value")
        or name.startswith(("p_", "smallest_p", "attainable_p"))
        or name.endswith("_p")
    )


def frame_html(name: str, frame: Any, language: Language = "en") -> str:
    """Return a table in HTML under the headings of a reader, each column with its own number of decimals.

    Parameters
    ----------
    name : str
        Of the table: some headings depend on it.
    frame : DataFrame
        Its first 30 rows are shown.
    language : "en" or "da"
    """
    if frame.index.name is not None:
        frame = frame.reset_index()
    names = [str(column) for column in frame.columns]
    columns = [frame.iloc[:MOST_ROWS, at].tolist() for at in range(len(names))]
    told = [list(_column(one, values, language)) for one, values in zip(names, columns, strict=True)]
    heads = [heading(one, name, language) for one in names]
    numeric = [_numeric(values) for values in columns]
    left = len(frame) - MOST_ROWS
    note = (f"… {count(left, language)}{HARD_SPACE}{pick(_MORE, language)}",) if left > 0 else ()
    return table_html("", heads, list(zip(*told, strict=True)), numeric, note)


def _column(name: str, values: list[Any], language: Language) -> Iterator[str]:
    known = [x for x in values if isinstance(x, float) and math.isfinite(x)]
    whole = all(x.is_integer() for x in known)
    digits = 0 if whole else digits_for(*known)
    return (cell(name, value, language, digits) for value in values)


def _numeric(values: list[Any]) -> bool:
    return any(isinstance(x, int | float) for x in values) and not any(
        isinstance(x, bool | str) for x in values
    )


def table_html(
    caption: str,
    heads: Iterable[str],
    rows: Iterable[Iterable[str]],
    numeric: Iterable[bool],
    notes: Iterable[str] = (),
) -> str:
    """Return texts as a table in HTML, all of them escaped; numbers stand to the right.

    Examples
    --------
    >>> table_html("", [], [["<a>"]], [False])
    '<table><tbody><tr><td style="text-align:left">&lt;a&gt;</td></tr></tbody></table>'
    """
    sides = ["right" if right else "left" for right in numeric]
    head = _cells("th", heads, sides)
    body = "".join(f"<tr>{_cells('td', row, sides)}</tr>" for row in rows)
    top = (f"<caption>{escape(caption)}</caption>" if caption else "") + (
        f"<thead><tr>{head}</tr></thead>" if head else ""
    )
    under = "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)
    return f"<table>{top}<tbody>{body}</tbody></table>{under}"


def _cells(tag: str, texts: Iterable[str], sides: Iterable[str]) -> str:
    return "".join(
        f'<{tag} style="text-align:{side}">{escape(text)}</{tag}>'
        for text, side in zip(texts, sides, strict=False)
    )
