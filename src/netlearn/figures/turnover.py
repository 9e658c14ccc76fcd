"""Ties kept, new and ended, within departments and across them."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.results import Results
from netlearn.figures.style import BLUE, ORANGE, SKY, styled
from netlearn.wording import Language
from netlearn.wording.numbers import count
from netlearn.wording.terms import term

FLOWS = {"kept": (BLUE, ""), "formed": (SKY, "////"), "dissolved": (ORANGE, "xxxx")}
THICK = 0.26


def plot_turnover(
    source: Results | pd.DataFrame, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw the number of ties kept, new and ended, within departments and across them.

    Parameters
    ----------
    source : Results, or the DataFrame of `netlearn.turnover`
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        One group of three bars for "within" and one for "cross"; the numbers stand at the bars.
    """
    table = source.everybody.turnover if isinstance(source, Results) else source
    rows = ["cross", "within"]
    with styled(ax, 58) as ax:
        for place, (flow, (colour, hatch)) in enumerate(FLOWS.items()):
            values = [float(str(table.loc[row, flow])) for row in rows]
            at = [y + (place - 1) * THICK for y in range(len(rows))]
            label = term("column", flow, language)
            bars = ax.barh(
                at,
                values,
                THICK * 0.9,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0,
                label=label,
            )
            ax.bar_label(bars, [count(v, language) for v in values], padding=2, fontsize=6.5)
        ax.set_yticks(range(len(rows)), [textwrap.fill(term("ties", r, language), 14) for r in rows])
        ax.invert_yaxis()
        ax.tick_params(axis="y", length=0)
        ax.margins(x=0.12)
        ax.set_xlabel(term("axis", "ties", language))
        ax.set_title(term("title", "turnover", language))
        ax.legend(
            loc="upper center", bbox_to_anchor=(0.4, -0.24), ncols=3, handlelength=1.6, columnspacing=1.2
        )
    return ax
