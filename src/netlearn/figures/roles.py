"""Brokerage roles before and after: how many pairs people stand between, beside what chance would give."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from netlearn.analysis.joint import net
from netlearn.figures.blocks import Block, blocks, write
from netlearn.figures.given import PANEL, drawable
from netlearn.figures.style import BLUE, INK, shortened, styled
from netlearn.measures.broker_null import role_null
from netlearn.measures.brokerage import ROLES, role_counts
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import figures_change as change_words
from netlearn.wording import figures_parts as words
from netlearn.wording.figures_tests import left_out
from netlearn.wording.numbers import count

CHANCE = "#bdbdbd"
LETTERS = 52
ENDS = ("earlier", "later")
NUMBERS = [
    *("earlier", "later", "earlier_people", "later_people"),
    *("earlier_expected", "earlier_low", "earlier_high", "later_expected", "later_low", "later_high"),
    "n_people",
]


def roles_frame(
    source: Panel | pd.DataFrame, waves: tuple[str, str] | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Put the numbers that `plot_roles` draws in one row per role.

    Parameters
    ----------
    source : Panel, the DataFrame of `netlearn.role_changes`, or a frame from here
        The latter is returned as it is.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last. The names to write for a DataFrame of `netlearn.role_changes`.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        role (five, then "total"), earlier, later (brokered pairs), earlier_people, later_people (who brokered in that
        role), earlier_expected, earlier_low, earlier_high, later_expected, later_low, later_high (pairs by chance: two
        standard deviations either way, 0 at least), n_people (who answered each time), first, second (names of the
        waves). NaN = not known, or hidden.

    Notes
    -----
    Of a panel, pairs among people who answered both times, so that both counts and chance are of the same triples:
    `netlearn.role_changes` also counts pairs whose last person was named without answering. Chance is the null of Gould
    & Fernandez (1989), directed ties only. A report does not hold this figure.
    """
    if isinstance(source, pd.DataFrame):
        if "earlier_low" in source:
            return source
        before, after = (change_words.word(key, language) for key in ("before", "after"))
        return _completed(source, waves or (before, after))
    labels = two_waves(source, waves)
    cells = source.joint_cells(labels)
    columns: dict[str, Any] = {"role": ROLES}
    for name, label in zip(ENDS, labels, strict=True):
        here = net(source, label, cells)
        null = role_null(here) if source.directed else None
        counts = role_counts(here) if null is None else null.people.counts
        counts = counts[np.isfinite(counts).any(axis=1)]
        columns |= {name: counts.sum(axis=0), f"{name}_people": (counts > 0).sum(axis=0)}
        columns["n_people"] = len(counts)
        if not len(counts):  # of nobody nothing is known, which is no zero
            columns |= {name: math.nan, f"{name}_people": math.nan}
        if null is not None:
            expected, sd = null.network.expected, null.network.sd
            columns[f"{name}_expected"] = expected
            columns |= {f"{name}_low": np.maximum(expected - 2 * sd, 0), f"{name}_high": expected + 2 * sd}
    return _completed(pd.DataFrame(columns), labels)


def _completed(rows: pd.DataFrame, labels: tuple[str, str]) -> pd.DataFrame:
    """Give rows every column; of the DataFrame of `role_changes`, add up who was in a role."""
    if "both" in rows:
        people = {f"{end}_people": rows["both"] + rows[f"only_{end}"] for end in ENDS}
        rows = rows.assign(**people)
    rows = rows.reindex(columns=["role", *NUMBERS]).astype(dict.fromkeys(NUMBERS, float))
    return rows.assign(first=labels[0], second=labels[1])


def plot_roles(
    source: Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many pairs people stand between in each role of Gould & Fernandez, before and after.

    Parameters
    ----------
    source : Panel, the DataFrame of `netlearn.role_changes`, or that of `roles_frame`
        A panel is drawn as it is, with what chance would give.
    waves : (earlier, later), optional
        As in `roles_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Open marks before, filled marks after. Grey bars: pairs expected by chance, two standard deviations either way,
        with the expected number as a tick. Chance holds departments and the number of ties and nothing else, and is one
        wave against a model. For an interval of a change see `netlearn.compare` with "brokerage_liaison" and its like.
    """
    drawable(source, "roles", (PANEL,), ("role", *NUMBERS, "first", "second"), ("role", *ENDS, "both"))
    frame = roles_frame(source, waves, language=language)
    table = frame.astype(dict.fromkeys(NUMBERS, float))
    *rows, total = ({str(key): value for key, value in row.items()} for row in table.to_dict("records"))
    labels = [
        words.role_name(row["role"], row["earlier_people"], row["later_people"], language) for row in rows
    ]
    made, height = blocks(labels, [False] * len(rows), [2] * len(rows), LETTERS)
    chance = bool(np.isfinite([row["earlier_high"] for row in rows]).any())
    alt = words.alt_roles(table, language)
    with styled(ax, height + 34 + 10 * chance, alt) as ax:
        ax.set_xlim(*_reach(rows))
        for row, block in zip(rows, made, strict=True):
            _draw(ax, row, block, language)
        write(ax, made, height)
        _axis(ax, language)
        _legend(ax, rows[0], chance, language)
        said = [words.word("roles_axis", language), *words.roles_notes(total, chance, language)]
        lines = [line for text in said for line in textwrap.wrap(text, LETTERS)]
        ax.set_xlabel("\n".join(lines), loc="left")
        ax.set_title(words.word("roles", language), pad=26 if chance else 16)
    return ax


def _reach(rows: list[dict[str, Any]]) -> tuple[float, float]:
    names = [*ENDS, "earlier_high", "later_high"]
    most = max([1.0, *(row[name] for row in rows for name in names if np.isfinite(row[name]))])
    return -0.03 * most, 1.04 * most


def _draw(ax: Axes, row: dict[str, Any], block: Block, language: Language) -> None:
    """Draw one role: a row for each time, what chance gives as a bar behind its mark."""
    beside: Any = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 6.5}
    for text, y in zip(words.role_beside(row, language), block.rows, strict=True):
        ax.annotate(text, (1.03, y), **beside)
    for end, y in zip(ENDS, block.rows, strict=True):
        low, high = row[f"{end}_low"], row[f"{end}_high"]
        if np.isfinite(high):
            ax.barh(y, high - low, 2.2, low, color=CHANCE, zorder=1.5)
            at = row[f"{end}_expected"]
            ax.plot([at, at], [y - 1.1, y + 1.1], color=INK, linewidth=0.8, zorder=1.6)
    ends = [row[end] for end in ENDS]
    if not np.isfinite(ends).all():
        told = left_out(language, unknown=True)
        box: Any = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
        ax.annotate(told, (0.5, float(np.mean(block.rows))), ha="center", bbox=box, zorder=3, **beside)
        return
    ax.plot(ends, block.rows, color=BLUE, linewidth=1.0, zorder=2.6)
    for x, y, face in zip(ends, block.rows, ("white", BLUE), strict=True):
        ax.plot(x, y, "o", markersize=4.6, color=face, markeredgecolor=BLUE, markeredgewidth=1.3, zorder=3)


def _axis(ax: Axes, language: Language) -> None:
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: count(x, language)))
    ax.grid(axis="x", color="#e6e6e6", linewidth=0.5, zorder=0)
    ax.set_yticks([])


def _legend(ax: Axes, row: dict[str, Any], chance: bool, language: Language) -> None:
    mark: Any = {"markersize": 4.6, "markeredgecolor": BLUE, "markeredgewidth": 1.3}
    for name, face in (("first", "white"), ("second", BLUE)):
        ax.plot([], [], "o", color=face, label=shortened(str(row[name]), 24), **mark)
    if chance:
        ax.barh(np.nan, np.nan, color=CHANCE, label=words.word("by_chance", language))
    where: Any = {"loc": "lower left", "bbox_to_anchor": (-0.04, 1.0)}
    ax.legend(ncols=2, borderpad=0, handletextpad=0.4, handlelength=1.2, columnspacing=1.2, **where)
