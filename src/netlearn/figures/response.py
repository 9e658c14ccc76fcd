"""Who answered: the response of each department in each wave."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.results import Results
from netlearn.figures.style import MARKERS, PALE, SERIES, shortened, styled
from netlearn.wording import Language, suppressed
from netlearn.wording.terms import department, term


def plot_response(
    source: Results | pd.DataFrame, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw the share who answered, by department and wave; everybody together is the top row.

    Parameters
    ----------
    source : Results, or the DataFrame of `netlearn.response`
        Columns wave, department, employed, answered, share; the first row of each wave is everybody.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        x in per cent; the number of people employed stands at each department.
    """
    table = source.response if isinstance(source, Results) else source
    waves = list(dict.fromkeys(table["wave"]))
    parts = [table[table["wave"] == wave].reset_index(drop=True) for wave in waves]
    names = [
        term("department", "all", language),
        *(department(n, language) for n in parts[0]["department"][1:]),
    ]
    labels = [f"{shortened(name, 26)} ({_people(parts, at)})" for at, name in enumerate(names)]
    columns = max(1, min(len(waves), 45 // max(len(wave) + 5 for wave in waves)))
    own = ax is None
    with styled(ax, 28 + 5.2 * len(names) + 4 * -(-len(waves) // columns)) as ax:
        ax.hlines(range(len(names)), 0, 100, color=PALE, linewidth=0.6, zorder=1)
        for at, (wave, part) in enumerate(zip(waves, parts, strict=True)):
            # Marks of the same value would hide each other, so each wave has its own height in the row.
            height = [y + 0.22 * (at - (len(waves) - 1) / 2) for y in range(len(part))]
            colour, marker = SERIES[at % len(SERIES)], MARKERS[at % len(MARKERS)]
            ax.plot(100 * part["share"], height, marker, color=colour, markersize=3.6, label=wave, zorder=3)
        ax.set_yticks(range(len(names)), labels)
        ax.get_yticklabels()[0].set_fontweight("bold")
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.set_xlim(0, 102)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel(term("axis", "share", language))
        ax.set_title(term("title", "response", language), x=0)
        if own:
            ax.figure.legend(loc="outside lower center", ncols=columns, columnspacing=1.2)
        else:  # the rest of the caller's figure is not ours to write on
            ax.legend(loc="lower left")
    return ax


def _people(parts: list[pd.DataFrame], at: int) -> str:
    employed = [int(n) for part in parts if not pd.isna(n := part["employed"][at])]
    if not employed:
        return suppressed.SIGN
    low, high = min(employed), max(employed)
    return f"n = {low}" if low == high else f"n = {low}–{high}"
