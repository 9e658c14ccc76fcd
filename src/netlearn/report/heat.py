"""Who names whom as tables with shaded cells: one per wave and one of the change, from the data of the map."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from netlearn.wording import Language, page_words
from netlearn.wording.numbers import NONE, rounded

SHADES, CHANGE_SHADES = 9, 5


def heat_tables(widget: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """Return the tables of a department map; every cell has its number, so that no colour is needed.

    Parameters
    ----------
    widget : dict
        From `netlearn.report.explore.with_figures`; from `explore` nothing is outlined and there are no notes.
    language : "en" or "da"

    Returns
    -------
    list of dict
        Per wave, then of the change: view ("0", "1" or "change"), caption, names, and rows of cells with text (in per
        cent or percentage points, one decimal), shade (the class that colours the cell) and beyond (whether it is
        outlined); notes under it.
    """
    shares = [_shares(ties, widget["possible"]) for ties in widget["ties"]]
    changes = [[b - a for a, b in zip(*rows, strict=True)] for rows in zip(*shares, strict=True)]
    most = _largest([*shares[0], *shares[1]])
    tables = [
        _table(str(at), page_words.heat_caption(wave, widget["directed"], language), widget, table)
        for at, (wave, table) in enumerate(zip(widget["waves"], shares, strict=True))
    ]
    for table in tables:
        _fill(table, lambda share: rounded(100 * share, language, 1), lambda share: _shade(share, most))
    largest = _largest(changes)
    caption = page_words.heat_change_caption(widget["waves"], widget["directed"], language)
    change = _table("change", caption, widget, changes)
    _fill(
        change, lambda by: rounded(100 * by, language, 1, signed=True), lambda by: _change_shade(by, largest)
    )
    for row, told in zip(change["rows"], widget.get("beyond", []), strict=False):
        for cell, beyond in zip(row, told, strict=True):
            cell["beyond"] = beyond
    return [*tables, change]


def _shares(ties: Sequence[Sequence[float | None]], possible: Sequence[Sequence[float | None]]) -> list[Any]:
    """Return ties per possible tie, NaN where hidden or where none is possible."""
    return [
        [t / p if t is not None and p else math.nan for t, p in zip(*rows, strict=True)]
        for rows in zip(ties, possible, strict=True)
    ]


def _largest(rows: Sequence[Sequence[float]]) -> float:
    return max((abs(value) for row in rows for value in row if not math.isnan(value)), default=0.0)


def _table(
    view: str, caption: str, widget: Mapping[str, Any], rows: Sequence[Sequence[float]]
) -> dict[str, Any]:
    notes = widget.get("notes", {}).get(view, [])
    return {"view": view, "caption": caption, "names": widget["names"], "rows": rows, "notes": notes}


def _fill(table: dict[str, Any], text: Callable[[float], str], shade: Callable[[float], str]) -> None:
    """Put text and shade in the place of every number."""
    table["rows"] = [
        [
            {"text": NONE, "shade": "none", "beyond": False}
            if math.isnan(value)
            else {"text": text(value), "shade": shade(value), "beyond": False}
            for value in row
        ]
        for row in table["rows"]
    ]


def _level(value: float, most: float, levels: int) -> int:
    """Return 0 to `levels`; by the square root, for contact within departments would leave the rest white."""
    return math.ceil(levels * math.sqrt(abs(value) / most) - 1e-9) if most else 0


def _shade(share: float, most: float) -> str:
    return f"s{_level(share, most, SHADES)}"


def _change_shade(by: float, most: float) -> str:
    level = _level(by, most, CHANGE_SHADES)
    return f"{'down' if by < 0 else 'up'}{level}" if level else "s0"
