"""The parts of a change of the E-I index or the cross share, one after the other from before to after."""

from __future__ import annotations

import math
import textwrap
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from netlearn.analysis.decompose import decompose
from netlearn.analysis.measure import measure as measure_waves
from netlearn.figures.given import PANEL, drawable
from netlearn.figures.style import BLUE, INK, ORANGE, Sheet, Ticks, shortened, styled
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import figures_parts as words
from netlearn.wording.suppressed import SIGN

Shares = Literal["ei_index", "cross_share"]
LOOK: dict[bool, dict[str, Any]] = {
    True: {"color": BLUE, "hatch": ""},
    False: {"color": ORANGE, "hatch": "////"},
}
ENDS = {"ei_index": (-1.0, 1.0), "cross_share": (0.0, 100.0)}
COLUMNS = ("kind", "label", "value", "start", "end", "n", "measure")
ROW = 7.4  # mm
LETTERS = 26  # of a label in a line


def decomposition_frame(
    source: Panel | pd.DataFrame,
    measure: Shares = "ei_index",
    waves: tuple[str, str] | None = None,
    *,
    language: Language = "en",
) -> pd.DataFrame:
    """Put the numbers that `plot_decomposition` draws in one row per step.

    Parameters
    ----------
    source : Panel, the DataFrame of `netlearn.decompose`, or a frame from here
        The latter is returned as it is.
    measure : "ei_index" or "cross_share"
        What the DataFrame of `netlearn.decompose` is of.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        kind ("level", "part" or "total"), label, value (the level, or what the part adds; -1 to 1 of the index, 0 to 1
        of the share), start and end (where the step begins and ends), n, measure. From a panel: the level before, six
        parts, the level after. From parts alone: six parts from 0 on, and the total. NaN where it cannot be computed.
    """
    if isinstance(source, pd.DataFrame) and "kind" in source:
        return source
    levels = (math.nan, math.nan)
    labels = ("", "")
    if isinstance(source, Panel):
        labels = two_waves(source, waves)
        levels = _levels(source, measure, labels)
        source = decompose(source, measure, labels)
    table = source.set_index("part").astype(float)
    at = levels[0] if labels[0] else 0.0
    rows = []
    for part, value, n in table.drop(index="total")[["estimate", "n"]].itertuples():
        start, at = at, at + float(np.nan_to_num(value))
        rows.append(("part", words.part_name(str(part), n, language), value, start, at, n))
    if labels[0]:
        first, last = (
            ("level", *told, told[1], told[1], math.nan) for told in zip(labels, levels, strict=True)
        )
        rows = [first, *rows, last]
    else:
        total, name = float(str(table.loc["total", "estimate"])), words.part_name("total", math.nan, language)
        rows.append(("total", name, total, 0.0, total, math.nan))
    return pd.DataFrame(rows, columns=[*COLUMNS[:-1]]).assign(measure=measure)


def _levels(panel: Panel, measure: Shares, labels: tuple[str, str]) -> tuple[float, float]:
    """Return the measure in each wave, of everybody who answered and with the departments of that wave."""
    table = measure_waves(panel.with_grouping("current"), measure, waves=labels, cells="wave")
    first, second = (float(value) for value in table["estimate"])
    return first, second


def plot_decomposition(
    source: Panel | pd.DataFrame,
    measure: Shares = "ei_index",
    waves: tuple[str, str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the parts of a change one after the other, from the level before to the level after.

    Parameters
    ----------
    source : Panel, the DataFrame of `netlearn.decompose`, or that of `decomposition_frame`
        The parts of one study can be of single people (one who came, one who moved); a panel is drawn as it is.
    measure : "ei_index" or "cross_share"
        Of a panel or of the DataFrame of `netlearn.decompose`.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Parts to the right (more across departments) are blue, parts to the left hatched; a part of 0 is a mark at its
        place, one that cannot be computed a dash. The parts have no interval.
    """
    drawable(source, "decomposition", (PANEL,), COLUMNS, ("part", "estimate", "n"))
    frame = decomposition_frame(source, measure, waves, language=language)
    named = str(frame["measure"].iloc[0])
    factor = 100.0 if named == "cross_share" else 1.0
    rows = frame.to_dict("records")
    alt = words.alt_decomposition(frame, language)
    with styled(ax, 30 + ROW * len(rows), alt) as ax:
        ax.set_xlim(*_reach(frame, factor))
        for y, row in enumerate(rows):
            _step(ax, y, {str(k): v for k, v in row.items()}, factor, named, language)
        reached = [factor * float(row["end"]) for row in rows]
        for y, end in enumerate(reached[:-1]):
            if math.isfinite(end):
                ax.plot([end, end], [y, y + 1], color=INK, linewidth=0.5, linestyle=(0, (2, 2)), zorder=1)
        ax.set_yticks(range(len(rows)), [_label(row) for row in rows])
        for tick, row in zip(ax.get_yticklabels(), rows, strict=True):
            tick.set_fontweight("normal" if row["kind"] == "part" else "bold")
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.tick_params(axis="y", length=0)
        ax.xaxis.set_major_formatter(Ticks(language))
        _axis_words(ax, frame, named, language)
    return ax


def _label(row: Any) -> str:
    if row["kind"] == "level":
        return shortened(str(row["label"]), LETTERS)
    return textwrap.fill(str(row["label"]), LETTERS)


def _reach(frame: pd.DataFrame, factor: float) -> tuple[float, float]:
    """Return the ends of the axis: every step, with room for its number at the side."""
    values = factor * frame[["start", "end"]].to_numpy(dtype=float).ravel()
    values = values[np.isfinite(values)]
    if frame["kind"].eq("total").any() or not len(values):
        values = np.append(values, 0.0)
    low, high = float(values.min()), float(values.max())
    span = high - low or 0.1 * factor
    return low - 0.28 * span, high + 0.28 * span


def _step(ax: Axes, y: int, row: dict[str, Any], factor: float, named: str, language: Language) -> None:
    """Draw one step and its number: a diamond for a level, a bar for what is added."""
    start, end, value = (factor * float(row[name]) for name in ("start", "end", "value"))
    level = row["kind"] == "level"
    if math.isnan(value):
        low, high = ax.get_xlim()
        place = start if math.isfinite(start) else (low + high) / 2
        ax.text(place, y, f" {SIGN}", va="center", fontsize=6.5)
        return
    if level:
        ax.plot(end, y, "D", color=INK, markersize=5, zorder=3)
    elif value:
        look = {"color": INK, "hatch": ""} if row["kind"] == "total" else LOOK[value > 0]
        ax.barh(y, end - start, 0.52, start, edgecolor="white", linewidth=0.3, zorder=2, **look)
        edge = [y - 0.26, y + 0.26]  # seen however small the bar
        ax.plot([end, end], edge, color=look["color"], linewidth=0.9, zorder=2)
    else:
        ax.plot(end, y, "|", color=INK, markersize=7, zorder=3)
    text = words.share_or_index(float(row["value"]), named, language, signed=not level)
    out = 1 if value >= 0 or level else -1
    shift = 5 if level else 3
    how: Any = {"fontsize": 6.5, "fontweight": "normal" if row["kind"] == "part" else "bold", "va": "center"}
    side = "left" if out > 0 else "right"
    ax.annotate(text, (end, y), (out * shift, 0), textcoords="offset points", ha=side, **how)


def _axis_words(ax: Axes, frame: pd.DataFrame, named: str, language: Language) -> None:
    levels = frame["kind"].eq("level").any()
    axis = words.word(f"{named}_axis" if levels else f"{named}_change", language)
    said = [words.word("parts_note", language)]
    if frame["value"].isna().any():
        said.append(words.word("parts_unknown", language))
    lines = [line for text in (axis, *said) for line in textwrap.wrap(text, 40)]
    ax.set_xlabel("\n".join(lines), x=0.2)
    low, high = ax.get_xlim()
    places = MaxNLocator(4).tick_values(low, high)
    ends = ENDS[named] if levels else (low, high)  # no tick where there can be no level
    ax.set_xticks([at for at in places if max(low, ends[0]) <= at <= min(high, ends[1])])
    ax.set_title(words.word(named, language), x=-0.4 if isinstance(ax, Sheet) else 0)
