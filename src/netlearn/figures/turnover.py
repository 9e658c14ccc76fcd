"""Ties kept, new and ended, within departments and across them."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from netlearn.analysis.joint import joint
from netlearn.analysis.measure import turnover
from netlearn.analysis.results import Results
from netlearn.figures.given import PANEL, RESULTS, drawable, under_titles
from netlearn.figures.style import BLUE, ORANGE, SKY, styled
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import figures_change as words
from netlearn.wording.numbers import count
from netlearn.wording.terms import term

FLOWS = {"kept": (BLUE, ""), "formed": (SKY, "////"), "dissolved": (ORANGE, "xxxx")}
TIES = ("cross", "within")
COLUMNS = ("ties", "flow", "count", "unit", "cells", "n_people", "earlier", "later")
TABLE = (*FLOWS, "never", "cells")  # of `netlearn.turnover`
THICK = 0.26


def turnover_frame(
    source: Results | Panel | pd.DataFrame, waves: tuple[str, str] | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Put the numbers of ties kept, new, ended and never there in one row each.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.turnover`, or a frame from here
        The latter is returned as it is.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        ties (cross, within), flow (kept, formed, dissolved, never), count, unit ("ties", or "pairs" where they have no
        direction), cells (possible ties of that row that were observed in both waves), n_people (who answered both
        times; NaN if not known), earlier and later (names of the waves). Eight rows.
    """
    if isinstance(source, pd.DataFrame) and "flow" in source:
        return source
    labels = (words.word("before", language), words.word("after", language))
    n_people, unit = float("nan"), "ties"
    source = under_titles(source)
    if isinstance(source, Results):
        found = source.everybody.outcome
        table, labels, n_people = source.everybody.turnover, found.change.waves, float(found.change.n_people)
        unit = "ties" if source.panels[found.outcome.relation].directed else "pairs"
    elif isinstance(source, Panel):
        labels = two_waves(source, waves)
        table, n_people = turnover(source, labels), float(joint(source, *labels).n_senders)
        unit = "ties" if source.directed else "pairs"
    else:
        table = source
    rows: list[dict[str, Any]] = [
        {
            "ties": ties,
            "flow": flow,
            # Where nothing was observed both times, no tie seen is no zero.
            "count": float(str(table.loc[ties, flow])) if float(str(table.loc[ties, "cells"])) else math.nan,
            "cells": table.loc[ties, "cells"],
        }
        for ties in TIES
        for flow in (*FLOWS, "never")
    ]
    told: Any = {"unit": unit, "n_people": n_people, "earlier": labels[0], "later": labels[1]}
    return pd.DataFrame(rows).assign(**told)


def plot_turnover(
    source: Results | Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the number of ties kept, new and ended, within departments and across them.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.turnover`, or that of `turnover_frame`
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        One group of three bars for "cross" and one for "within"; the numbers stand at the bars.
    """
    drawable(source, "turnover", (RESULTS, PANEL), COLUMNS, TABLE)
    frame = turnover_frame(source, waves, language=language)
    by = frame.set_index(["ties", "flow"])["count"].astype(float)
    alt = words.alt_turnover(frame, language)
    with styled(ax, 64, alt) as ax:
        for place, (flow, (colour, hatch)) in enumerate(FLOWS.items()):
            values = [float(by[ties, flow]) for ties in TIES]
            at = [y + (place - 1) * THICK for y in range(len(TIES))]
            look: Any = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
            bars = ax.barh(
                at, np.nan_to_num(values), THICK * 0.9, label=term("column", flow, language), **look
            )
            ax.bar_label(bars, [count(v, language) for v in values], padding=2, fontsize=6.5)
        ax.set_yticks(range(len(TIES)), [textwrap.fill(term("ties", t, language), 14) for t in TIES])
        ax.invert_yaxis()
        ax.tick_params(axis="y", length=0)
        ax.margins(x=0.14)
        if not by[by.index.get_level_values("flow") != "never"].fillna(0).any():
            ax.set_xlim(0, 1)
            ax.set_xticks([0, 1])
        ax.set_xlabel("\n".join([words.counted(frame["unit"].iloc[0], language), *below(frame, language)]))
        ax.set_title(term("title", "turnover", language))
        legend_under(ax, 0.4, 12)
    return ax


def legend_under(ax: Axes, x: float, points: float, **what: Any) -> None:
    """Write the legend so many points under the Axes, and what the axis says under it."""
    page: Any = ax.get_figure(root=True)
    under = ax.transAxes + ScaledTranslation(0, -points / 72, page.dpi_scale_trans)
    look: Any = {"ncols": 3, "handlelength": 1.6, "columnspacing": 1.2, "borderaxespad": 0} | what
    ax.legend(loc="upper center", bbox_to_anchor=(x, 0), bbox_transform=under, **look)
    ax.xaxis.labelpad = 16


def below(frame: pd.DataFrame, language: Language, letters: int = 52) -> list[str]:
    """Say in lines what the ties were observed in, and among how many people."""
    never = frame.loc[frame["flow"] == "never", "count"].astype(float).sum(skipna=False)
    cells = frame.drop_duplicates("ties")["cells"].astype(float).sum(skipna=False)
    n_people = float(frame["n_people"].iloc[0])
    return textwrap.wrap(words.observed(cells, never, n_people, language), letters)
