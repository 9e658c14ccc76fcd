"""Who answered: the response of each department in each wave."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.nonresponse import response
from netlearn.analysis.results import Results
from netlearn.figures.given import PANEL, RESULTS, drawable, under_titles
from netlearn.figures.style import MARKERS, PALE, SERIES, Sheet, shortened, styled
from netlearn.study.panel import Panel
from netlearn.wording import Language, suppressed
from netlearn.wording import figures_change as change_words
from netlearn.wording.figures_tests import left_out
from netlearn.wording.terms import department, term

COLUMNS = ("wave", "department", "employed", "answered", "share")


def response_frame(source: Results | Panel | pd.DataFrame, *, language: Language = "en") -> pd.DataFrame:
    """Put the numbers that `plot_response` draws in one row per wave and department.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.response`, or a frame from here
        The latter is returned as it is.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        wave, department (as it is shown; the first of each wave is everybody), employed, answered, share (0 to 1), note
        (why numbers are missing; "" if none is). What is hidden is NaN.
    """
    if isinstance(source, pd.DataFrame) and "note" in source:
        return source
    table = source if isinstance(source, pd.DataFrame) else _response(source)
    first = ~table["wave"].duplicated()
    everybody = term("department", "all", language)
    names = [
        everybody if whole else department(str(name), language)
        for whole, name in zip(first, table["department"], strict=True)
    ]
    numbers = {name: table[name].astype(float) for name in ("employed", "answered", "share")}
    note = ""
    if isinstance(source, Results) and table["answered"].isna().any():
        note = suppressed.note(source.study.min_cell_size, language)
    elif table["answered"].isna().any():
        note = f"{suppressed.SIGN}: {left_out(language, unknown=True)}."
    elif (table["employed"] == 0).any():
        note = change_words.word("nobody", language, wave=suppressed.SIGN) + "."
    return pd.DataFrame({"wave": table["wave"], "department": names, **numbers, "note": note})


def _response(source: Results | Panel) -> pd.DataFrame:
    return under_titles(source).response if isinstance(source, Results) else response(source)


def plot_response(
    source: Results | Panel | pd.DataFrame, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw the share who answered, by department and wave; everybody together is the top row.

    Parameters
    ----------
    source : Results, Panel, the DataFrame of `netlearn.response`, or that of `response_frame`
        Columns wave, department, employed, answered, share; the first row of each wave is everybody.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        x in per cent; the number of people employed stands at each department. A number that is left out, because few
        people stand behind it or behind one that it would give away, has a dash at its place and a note below.
    """
    drawable(source, "response", (RESULTS, PANEL), (*COLUMNS, "note"), COLUMNS)
    table = response_frame(source, language=language)
    waves = [str(wave) for wave in dict.fromkeys(table["wave"])]
    parts = [table[table["wave"] == wave].reset_index(drop=True) for wave in waves]
    names = [str(name) for name in parts[0]["department"]]
    labels = [f"{shortened(name, 26)} ({_people(parts, at)})" for at, name in enumerate(names)]
    columns = max(1, min(len(waves), 45 // max(len(wave) + 5 for wave in waves)))
    note = textwrap.wrap(str(table["note"].iloc[0]), 30)
    alt = change_words.alt_response(table, language)
    with styled(ax, 28 + 5.2 * len(names) + 4 * -(-len(waves) // columns) + 3 * len(note), alt) as ax:
        ax.hlines(range(len(names)), 0, 100, color=PALE, linewidth=0.6, zorder=1)
        for at, (wave, part) in enumerate(zip(waves, parts, strict=True)):
            # Marks of the same value would hide each other, so each wave has its own height in the row.
            height = [y + 0.22 * (at - (len(waves) - 1) / 2) for y in range(len(part))]
            colour, marker = SERIES[at % len(SERIES)], MARKERS[at % len(MARKERS)]
            ax.plot(100 * part["share"], height, marker, color=colour, markersize=3.6, label=wave, zorder=3)
            for y, gone in zip(height, part["share"].isna(), strict=True):
                if gone:
                    ax.text(1, y, suppressed.SIGN, color=colour, fontsize=6, va="center_baseline")
        ax.set_yticks(range(len(names)), labels)
        ax.get_yticklabels()[0].set_fontweight("bold")
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.set_xlim(0, 102)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("\n".join([term("axis", "share", language), *note]))
        look: Any = {"ncols": columns, "columnspacing": 1.2}
        if isinstance(ax, Sheet):
            ax.set_title(term("title", "response", language), x=0)
            ax.figure.legend(loc="outside lower center", **look)
        else:  # the rest of the caller's figure is not ours to write on
            ax.set_title(term("title", "response", language), x=0, pad=6 + 9.5 * -(-len(waves) // columns))
            ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), borderpad=0, **look)
    return ax


def _people(parts: list[pd.DataFrame], at: int) -> str:
    employed = [int(n) for part in parts if not pd.isna(n := part["employed"].iloc[at])]
    if not employed:
        return suppressed.SIGN
    low, high = min(employed), max(employed)
    return f"n = {low}" if low == high else f"n = {low}–{high}"
