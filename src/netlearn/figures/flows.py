"""Where the ties went: kept, new and ended ties as bands from one wave to the next."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from netlearn.analysis.results import Results
from netlearn.figures.given import PANEL, RESULTS, drawable
from netlearn.figures.style import INK, shortened, styled
from netlearn.figures.turnover import COLUMNS, FLOWS, TABLE, TIES, below, legend_under, turnover_frame
from netlearn.study.panel import Panel
from netlearn.wording import Language
from netlearn.wording import figures_change as words
from netlearn.wording.numbers import count
from netlearn.wording.terms import term

NODES = (*TIES, "no_tie")  # from top to bottom
LEAST, GAP = 0.10, 0.07  # of all ties: room for a node however small, and between two
BAR, SIDE = 0.05, 0.46  # widths where the bands are 1: a node, and the words beside it
# Along a band, where its number stands: away from where bands cross, and near the end that tells them apart.
NUMBER_AT = {"cross": (0.5, 0.86, 0.14), "within": (0.3, 0.86, 0.14)}  # kept, formed, dissolved
ORDER = {"left": ("kept", "dissolved"), "right": ("kept", "formed")}  # from the top of a node


@dataclass(frozen=True)
class Band:
    """One flow: where its number stands (0 to 1), its count, and its upper ends; a NaN count has no height."""

    flow: str
    at: float
    count: float
    left: float
    right: float

    @property
    def height(self) -> float:
        """As many ties as the band holds."""
        return 0.0 if math.isnan(self.count) else self.count


def flows_frame(
    source: Results | Panel | pd.DataFrame, waves: tuple[str, str] | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Put the numbers that `plot_flows` draws in one row each: those of `turnover_frame`.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.turnover`, or a frame from here
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        See `netlearn.figures.turnover.turnover_frame`.
    """
    return turnover_frame(source, waves, language=language)


def plot_flows(
    source: Results | Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw what became of the ties: bands from before to after for ties kept, new and ended, across and within.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.turnover`, or that of `flows_frame`
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Ties across departments stand at the top, then those within; new ties come from "no tie" and ended ones go
        there. The number of every flow stands on its band, a flow of none as "0". Possible ties that were none at both
        times are not drawn; the note below counts them.
    """
    drawable(source, "flows", (RESULTS, PANEL), COLUMNS, TABLE)
    frame = flows_frame(source, waves, language=language)
    by = {(str(r["ties"]), str(r["flow"])): float(r["count"]) for r in frame.to_dict("records")}
    totals = {side: _totals(by, side) for side in ORDER}
    size = max(sum(np.nan_to_num(v) for v in totals["left"].values()), 1.0)
    tops = {side: _tops(totals[side], size) for side in ORDER}
    alt = words.alt_flows(frame, language)
    with styled(ax, 78, alt) as ax:
        for band in sorted(_bands(by, tops), key=lambda b: -b.height):
            _draw(ax, band, size, language)
        for side, x in (("left", 0.0), ("right", 1.0)):
            for node in NODES:
                _node(ax, node, side, x, tops[side][node], totals[side][node], language)
            label = shortened(str(frame["earlier" if side == "left" else "later"].iloc[0]), 24)
            ax.text(x, 0.06 * size, label, ha="center", va="bottom", fontweight="bold")
        lowest = min(tops[side]["no_tie"] - _slot(totals[side]["no_tie"], size) for side in ORDER)
        ax.set_ylim(lowest - 0.02 * size, 0.15 * size)
        ax.set_xlim(-SIDE, 1 + SIDE)
        _words(ax, frame, language)
    return ax


def _totals(by: dict[tuple[str, str], float], side: str) -> dict[str, float]:
    """Add up the ties of each node of a side; NaN if one of its flows is hidden."""
    kept, other = ORDER[side]
    away = {"left": "formed", "right": "dissolved"}[side]
    held = {ties: by[ties, kept] + by[ties, other] for ties in TIES}
    return held | {"no_tie": sum(by[ties, away] for ties in TIES)}


def _slot(total: float, size: float) -> float:
    return max(0.0 if math.isnan(total) else total, LEAST * size)


def _tops(totals: dict[str, float], size: float) -> dict[str, float]:
    """Place the nodes one under the other: the upper end of each, the first at 0."""
    at, tops = 0.0, {}
    for node in NODES:
        slot, height = _slot(totals[node], size), np.nan_to_num(totals[node])
        tops[node] = at - (slot - float(height)) / 2  # a small node in the middle of its room
        at -= slot + GAP * size
    return tops


def _bands(by: dict[tuple[str, str], float], tops: dict[str, dict[str, float]]) -> list[Band]:
    """Lay the bands out at both sides: kept ties at the top of a node, the others under them."""
    bands, lost = [], {side: tops[side]["no_tie"] for side in ORDER}
    for ties in TIES:
        kept, formed, dissolved = (by[ties, flow] for flow in FLOWS)
        at = NUMBER_AT[ties]
        left, right = tops["left"][ties], tops["right"][ties]
        under = 0.0 if math.isnan(kept) else kept
        bands += [
            Band("kept", at[0], kept, left, right),
            Band("formed", at[1], formed, lost["left"], right - under),
            Band("dissolved", at[2], dissolved, left - under, lost["right"]),
        ]
        lost["left"] -= bands[-2].height
        lost["right"] -= bands[-1].height
    return bands


def _draw(ax: Axes, band: Band, size: float, language: Language) -> None:
    colour, hatch = FLOWS[band.flow]
    low = (band.left - band.height, band.right - band.height)
    x0, x1 = BAR / 2, 1 - BAR / 2
    if band.height:
        corners = [(x0, band.left), (0.5, band.left), (0.5, band.right), (x1, band.right)]
        corners += [(x1, low[1]), (0.5, low[1]), (0.5, low[0]), (x0, low[0]), (x0, band.left)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        look: Any = {"facecolor": colour, "edgecolor": "white", "hatch": hatch, "linewidth": 0.4}
        ax.add_patch(PathPatch(Path(corners, codes), zorder=2, **look))
        if band.height < 0.01 * size:  # a line, so that a few ties among thousands are still seen
            middle = [(x, y - band.height / 2) for x, y in corners[:4]]
            ax.add_patch(
                PathPatch(Path(middle, codes[:4]), fill=False, edgecolor=colour, linewidth=0.9, zorder=2)
            )
    t = band.at
    ease = 3 * t**2 - 2 * t**3
    y = band.left + (band.right - band.left) * ease - band.height / 2
    x = x0 + (x1 - x0) * (1.5 * t * (1 - t) + t**3)
    box = {"facecolor": "white", "edgecolor": colour, "linewidth": 0.6, "boxstyle": "round,pad=0.22"}
    ax.text(x, y, count(band.count, language), ha="center", va="center", fontsize=6.5, bbox=box, zorder=4)


def _node(ax: Axes, node: str, side: str, x: float, top: float, total: float, language: Language) -> None:
    height = float(np.nan_to_num(total))
    ax.add_patch(
        Rectangle(
            (x - BAR / 2, top - height), BAR, height, facecolor=INK, edgecolor=INK, linewidth=0.6, zorder=3
        )
    )
    name = words.word("no_tie", language) if node == "no_tie" else term("ties", node, language)
    text = f"{textwrap.fill(name, 13)}\n{count(total, language)}"
    out = -1 if side == "left" else 1
    at = x + out * (BAR / 2 + 0.02)
    look: Any = {"ha": "right" if out < 0 else "left", "va": "center", "fontsize": 6.5, "linespacing": 1.05}
    ax.text(at, top - height / 2, text, **look)


def _words(ax: Axes, frame: pd.DataFrame, language: Language) -> None:
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.set_title(words.word("flows", language))
    unit = words.counted(frame["unit"].iloc[0], language)
    ax.set_xlabel("\n".join([unit, *below(frame, language)]))
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=term("column", flow, language))
        for flow, (colour, hatch) in FLOWS.items()
    ]
    legend_under(ax, 0.5, 3, handles=handles)
