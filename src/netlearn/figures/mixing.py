"""The mixing heat map: who names whom, department by department."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from netlearn.analysis.measure import mixing_matrix
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.figures.style import INK, Ticks, shortened, styled
from netlearn.study.panel import Panel
from netlearn.wording import Language, suppressed
from netlearn.wording.numbers import number
from netlearn.wording.terms import department, term

ROUND = 10.0  # per cent: where nothing reaches this, cells have a decimal
NUMBERED = 14  # departments whose numbers still fit into the cells


def plot_mixing(
    source: Results | Panel,
    wave: str | tuple[str, str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of possible ties from each department (row) to each (column), or how it changed.

    Parameters
    ----------
    source : Results or Panel
        Of results, the primary relation and waves, with small departments pooled; of a panel, its departments as
        they are, on the cells observed in every wave that is drawn.
    wave : label, or (earlier, later)
        One wave, or the change between two; default: the last. The waves of results share one colour scale; a change
        has a scale of its own around zero.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Numbers are per cent of the possible ties, or percentage points of change. A number that is left out, because
        few people stand behind it or behind one that it would give away, has a dash, no colour, and a note below.

    Raises
    ------
    NetlearnError
        No such wave.
    """
    labels = tuple(source.everybody.mixing) if isinstance(source, Results) else source.labels
    asked = (wave or labels[-1],) if isinstance(wave, str | None) else tuple(wave)
    unknown = [label for label in asked if label not in labels]
    if unknown or len(asked) > 2:
        raise NetlearnError(f"wave must be one or two of {', '.join(labels)}; got {wave!r}.")
    tables = _tables(source, asked)
    change = len(asked) == 2
    if change:
        shown = (tables[asked[1]] - tables[asked[0]]) * 100
        title, top = term("title", "mixing_change", language), _top([shown])
        title = title.format(first=asked[0], second=asked[1])
    else:
        shown, top = tables[asked[0]] * 100, _top(list(tables.values())) * 100
        title = term("title", "mixing", language).format(wave=asked[0])
    hidden, note = _left_out(source, len(shown), language)
    ax = _heat(shown, top, title, change, language, ax)
    for row, column in np.argwhere(hidden):
        ax.text(column + 0.5, row + 0.5, suppressed.SIGN, ha="center", va="center", fontsize=6, color=INK)
    ax.set_xlabel("\n".join([ax.get_xlabel(), *([textwrap.fill(note, 34)] if hidden.any() else [])]))
    return ax


def _left_out(source: Results | Panel, k: int, language: Language) -> tuple[NDArray[np.bool_], str]:
    """Return which cells are hidden, and the note that says so; nothing is hidden of a panel."""
    if not isinstance(source, Results):
        return np.zeros((k, k), bool), ""
    return source.everybody.mixing_cells.isna().to_numpy(), suppressed.note(
        source.study.min_cell_size, language
    )


def _tables(source: Results | Panel, asked: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    if isinstance(source, Results):
        return source.everybody.mixing
    return {label: mixing_matrix(source, label, what="density", waves=asked) for label in asked}


def _top(tables: list[pd.DataFrame]) -> float:
    values = np.abs(np.concatenate([t.to_numpy(dtype=float).ravel() for t in tables]))
    return float(np.nanmax(values, initial=0.0, where=~np.isnan(values))) or 1.0


def _heat(
    table: pd.DataFrame, top: float, title: str, change: bool, language: Language, ax: Axes | None
) -> Axes:
    import seaborn as sns  # half a second that only a heat map pays

    k = len(table)
    values = table.to_numpy(dtype=float)
    digits = 0 if top >= ROUND else 1
    words = np.array([[_cell(v, k, change, digits, language) for v in row] for row in values], dtype=object)
    below, beside = _names(table, language)
    with styled(ax, 40 + 4.6 * k) as ax:
        sns.heatmap(
            values,
            ax=ax,
            vmin=-top if change else 0,
            vmax=top,
            cmap="PuOr_r" if change else "Blues",
            annot=words,
            fmt="",
            annot_kws={"fontsize": 6 if k <= 9 else 5},
            linewidths=0.4,
            linecolor="white",
            xticklabels=below,
            yticklabels=beside,
            cbar_kws={
                "label": term("axis", "density_change" if change else "density", language),
                "format": Ticks(language),
                "location": "bottom",
                "aspect": 30,
                "pad": 0.02,
            },
        )
        ax.tick_params(length=0, labelrotation=0)
        ax.set_xlabel(term("axis", "to", language))
        ax.set_ylabel(term("axis", "from", language))
        ax.set_title(textwrap.fill(title, 40), loc="right")
    return ax


def _names(table: pd.DataFrame, language: Language) -> tuple[list[str], list[str]]:
    """Return numbers for the columns (not all, where they are narrow) and numbered names for the rows."""
    k = len(table)
    step, letters = (1, 28) if k <= NUMBERED else (2, 22) if k <= 2 * NUMBERED else (5, 22)
    names = [shortened(department(str(name), language), letters) for name in table.index]
    below = [str(at) if at % step == 0 else "" for at in range(1, k + 1)]
    return below, [f"{name}  {at}" for at, name in enumerate(names, 1)]


def _cell(value: float, k: int, change: bool, digits: int, language: Language) -> str:
    """Write the number, or its sign alone where numbers have no room: grey print must still tell less from more."""
    if k <= NUMBERED:
        return number(value, language, digits, signed=change)
    return number(np.sign(value), language, 0, signed=True)[0] if change and value else ""
