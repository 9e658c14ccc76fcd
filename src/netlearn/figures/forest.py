"""Estimates with their intervals, one under the other: the ladder of a change, all outcomes, all handlings."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from netlearn.analysis.compare import Change
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.results import Results
from netlearn.figures.style import BLUE, INK, PALE, Ticks, people, styled
from netlearn.study.plan import Study
from netlearn.wording import Language, outcome_names
from netlearn.wording.numbers import digits_for, interval
from netlearn.wording.terms import scale, term
from netlearn.wording.terms import unit as unit_word

ROW = 9.0  # mm per row: a line of words over its interval
LETTERS = 58  # in a line of words at 85 mm
MARKS = {"primary": "D", "secondary": "o", "placebo": "s", "other_waves": "^", "beside": "v"}


@dataclass(frozen=True)
class Row:
    """One line of words and the estimate with its interval under it; a band has no estimate."""

    label: str
    estimate: float
    low: float
    high: float
    strong: bool = False
    marker: str = "o"


def plot_change(change: Change, *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """Draw the change with its interval at each level of the SE ladder; the level used is drawn strongest.

    Parameters
    ----------
    change : Change
        From `netlearn.compare`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
    """
    factor, unit = scale(change)
    columns = ["level", "n_units", "estimate", "low", "high"]
    rows = []
    for level, n, *values in change.ladder[columns].itertuples(index=False, name=None):
        estimate, low, high = (value * factor for value in values)
        label = f"{term('level', level, language)} {people(n, language)}"
        rows.append(Row(label, estimate, low, high, strong=level == "person"))
    return _forest(rows, unit, "change", language, ax)


def outcome_units(results: Results) -> list[str]:
    """Return the units that the outcomes are told in, that of the primary outcome first."""
    return list(dict.fromkeys(found.told[3] for found in results.outcomes))


def plot_outcomes(
    results: Results, unit: str | None = None, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw every outcome that is told in one unit, the primary strongest; open marks are checks.

    Parameters
    ----------
    results : Results
    unit : str, optional
        One of `outcome_units`, such as "colleagues" or "points"; default: the unit of the primary outcome.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
    """
    unit = unit or outcome_units(results)[0]
    rows = [
        _outcome_row(found, results.study, language) for found in results.outcomes if found.told[3] == unit
    ]
    return _forest(rows, unit, "outcomes", language, ax)


def _outcome_row(found: OutcomeResult, study: Study, language: Language) -> Row:
    estimate, low, high, _ = found.told
    label = f"{outcome_names.row(found, study, language)} {people(found.n_people, language)}"
    return Row(label, estimate, low, high, strong=found.role == "primary", marker=MARKS[found.role])


def plot_handling(results: Results, *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """Draw the change of everybody's network under each handling of missing answers, and the band they could span.

    Parameters
    ----------
    results : Results
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
    """
    network = results.everybody
    factor, unit = scale(network.outcome.change)
    columns = ["handling", "n_people", "estimate", "low", "high"]
    rows = []
    for name, n, *values in network.handling[columns].itertuples(index=False, name=None):
        estimate, low, high = (value * factor for value in values)
        label = f"{term('handling', name, language)} {people(n, language)}"
        if name == "bounds":  # the axis may be too short for them
            label += f": {interval(low, high, language, digits_for(low, high))}"
        rows.append(Row(label, estimate, low, high, strong=name == "two_wave_respondents"))
    return _forest(rows, unit, "handling", language, ax)


def _forest(rows: Sequence[Row], unit: str, title: str, language: Language, ax: Axes | None) -> Axes:
    wrapped = ["\n".join(textwrap.wrap(row.label, LETTERS)) for row in rows]
    lines = [text.count("\n") for text in wrapped]
    room = np.cumsum([0.0, *(1 + 0.32 * extra for extra in lines)])
    with styled(ax, 20 + ROW * room[-1]) as ax:
        ax.axvline(0, color=INK, linewidth=0.7, linestyle=(0, (4, 3)), zorder=1)
        for row, text, bottom in zip(rows, wrapped, room[1:], strict=True):
            _draw(ax, row, bottom - 0.25)
            ax.annotate(
                text,
                (0, bottom - 0.46),
                xycoords=("axes fraction", "data"),
                va="bottom",
                fontsize=6.5,
                fontweight="bold" if row.strong else "normal",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
                zorder=2,
            )
        ax.set_ylim(room[-1] + 0.1, -0.1)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_xlim(*_reach(rows))
        ax.xaxis.set_major_formatter(Ticks(language))
        ax.set_xlabel(term("axis", "change", language).format(unit=unit_word(unit, language)))
        ax.set_title(term("title", title, language))
    return ax


def _reach(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the ends of the axis: zero and every interval have room; a wide band may run out of the picture."""
    values = [
        v for r in rows if np.isfinite(r.estimate) for v in (r.estimate, r.low, r.high) if np.isfinite(v)
    ]
    bands = [v for r in rows if not np.isfinite(r.estimate) for v in (r.low, r.high) if np.isfinite(v)]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        low, high = min([-1.0, *bands]), max([1.0, *bands])
    span = high - low
    low, high = (max(min([low, *bands]), low - 0.5 * span), min(max([high, *bands]), high + 0.5 * span))
    return low - 0.06 * span, high + 0.06 * span


def _draw(ax: Axes, row: Row, y: float) -> None:
    ends = [row.low, row.high]
    if not np.isfinite(row.estimate):
        if np.isfinite(ends).all():  # a band: nothing in it is more likely than the rest
            ax.plot(ends, [y, y], color=PALE, linewidth=6, solid_capstyle="butt", zorder=3)
            ax.plot(ends, [y, y], color=INK, linewidth=0, marker="|", markersize=7, zorder=4)
        return
    if np.isfinite(ends).all():
        ax.plot(
            ends, [y, y], color=BLUE if row.strong else INK, linewidth=2.2 if row.strong else 1.0, zorder=3
        )
    filled = BLUE if row.strong else INK if row.marker == "o" else "white"
    edge = BLUE if row.strong else INK
    ax.plot(row.estimate, y, marker=row.marker, markersize=4.5, color=filled, markeredgecolor=edge, zorder=4)
