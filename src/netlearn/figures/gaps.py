"""Competence gaps: what the work requires and what people can do, before and after, and how the gap between changed."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from netlearn.analysis.competence_change import Place
from netlearn.analysis.competence_part import CompetencePart
from netlearn.errors import NetlearnError
from netlearn.figures.blocks import Block, blocks, write
from netlearn.figures.given import COMPETENCE, drawable
from netlearn.figures.style import BLUE, INK, ORANGE, Ticks, shortened, styled
from netlearn.wording import Language, suppressed
from netlearn.wording import figures_scales as words
from netlearn.wording.figures_tests import left_out
from netlearn.wording.terms import unit as unit_word

LEVELS = ["required_before", "required_after", "present_before", "present_after"]
NUMBERS = [*LEVELS, "n_people", "change", "low", "high", "level", "lowest", "highest"]
COLUMNS = ["title", "label", "whole", *NUMBERS, "first", "second", "unit", "least"]
LOOKS = {"required": ("D", ORANGE), "present": ("o", BLUE)}
LETTERS = 50
GAP = "#8c8c8c"


def gaps_frame(
    source: CompetencePart, title: str | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Return the levels of one gap, or of one scale, and of its subscales, before and after.

    Parameters
    ----------
    source : CompetencePart
        Of `Results.parts`.
    title : str, optional
        Of a gap or of a scale that was asked twice; default: the first gap, else the first scale.
    language : "en" or "da"
        Of the name of the unit.

    Returns
    -------
    DataFrame
        A row for the whole and one per subscale: title, label, whole (bool), n_people, required_before,
        required_after (NaN: a scale has no required level), present_before, present_after, change (how much smaller the
        gap became; of a scale, later minus earlier), low, high, level (of the interval), first, second (titles of the
        waves), lowest, highest (ends of the scale, NaN if unknown), unit, least. Where fewer than `least` people are
        behind a row its numbers are NaN.

    Raises
    ------
    NetlearnError
        No such gap or scale.
    """
    place, rows = _family(source, title)
    if "present_before" not in rows:
        rows = rows.rename(columns={"before": "present_before", "after": "present_after"})
        rows[["required_before", "required_after"]] = np.nan
    rows = rows.assign(
        label=[subscale or place.title for subscale in rows["subscale"]],
        whole=rows["subscale"] == "",
        first=place.waves[0],
        second=place.waves[1],
        unit=place.unit or unit_word("scale", language),
        least=source.min_cell_size,
    )
    rows[["lowest", "highest"]] = place.span or (np.nan, np.nan)
    return rows[COLUMNS].astype(dict.fromkeys(NUMBERS, float))


def _family(source: CompetencePart, title: str | None) -> tuple[Place, pd.DataFrame]:
    """Return where a gap or scale was measured, and its rows of the table: the whole and its parts."""
    known = []
    both: Any = ((source.gaps, source.gap_table()), (source.scales, source.scale_table()))
    for families, table in both:
        start = 0
        for whole, parts in families:
            stop = start + 1 + len(parts)
            if title in (None, whole.place.title):
                return whole.place, table.iloc[start:stop].reset_index(drop=True)
            known.append(whole.place.title)
            start = stop
    raise NetlearnError(f"title must be one of {', '.join(known) or 'none'}; got {title!r}.")


def plot_gaps(
    source: CompetencePart | pd.DataFrame,
    title: str | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw what is required and what people can do before and after, each gap a bar between the two.

    Both levels are always in the picture: a gap also closes where less is required, and stays where both rise.

    Parameters
    ----------
    source : CompetencePart, or the DataFrame of `gaps_frame`
    title : str, optional
        As in `gaps_frame`. Of a scale there is one level, drawn from its earlier to its later place.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        At the right the gap before and after, and how much smaller it became, with its interval. A row of fewer than
        `least` people says so in the place of its marks.

    Raises
    ------
    NetlearnError
        No such gap or scale.
    """
    drawable(source, "gaps", (COMPETENCE,), COLUMNS)
    frame = source if isinstance(source, pd.DataFrame) else gaps_frame(source, title, language=language)
    rows = _rows(frame)
    is_gap = any(np.isfinite(row["required_before"]) for row in rows) or len(_shown(rows)) == 0
    labels = [words.gap_label(row["label"], bool(row["whole"]), row["n_people"], language) for row in rows]
    made, height = blocks(labels, [bool(row["whole"]) for row in rows], [2] * len(rows), LETTERS)
    note = len(_shown(rows)) < len(rows)
    alt = words.alt_gaps(frame, language)
    with styled(ax, height + 28 + 5 * note, alt) as ax:
        for row, block in zip(rows, made, strict=True):
            _draw(ax, row, block, is_gap, language)
        write(ax, made, height)
        _axes(ax, rows, made, is_gap, language)
        _key(ax, rows, is_gap, language)
        _words(ax, rows, is_gap, note, language)
    return ax


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    table = frame.astype(dict.fromkeys(NUMBERS, float))
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if np.isfinite(row["present_before"])]


def _draw(ax: Axes, row: dict[str, Any], block: Block, is_gap: bool, language: Language) -> None:
    """Draw one block: a gap is a bar in each wave, a scale moves from an open mark to a filled one."""
    beside: Any = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 6.5}
    if not np.isfinite(row["present_before"]):
        middle = (0.5, float(np.mean(block.rows)))
        ax.annotate(left_out(language, unknown=False), middle, ha="center", **beside)
        return
    told = words.gap_beside(row, is_gap, language)
    for text, y in zip(told, block.rows, strict=True):
        ax.annotate(text, (1.03, y), fontweight="bold" if row["whole"] else "normal", **beside)
    if not is_gap:
        y = float(np.mean(block.rows))
        ends = [row["present_before"], row["present_after"]]
        ax.plot(ends, [y, y], color=GAP, linewidth=2.0, zorder=2)
        for x, filled in zip(ends, (False, True), strict=True):
            _mark(ax, x, y, "present", filled)
        return
    for wave, y in zip(("before", "after"), block.rows, strict=True):
        ends = [row[f"present_{wave}"], row[f"required_{wave}"]]
        ax.plot(ends, [y, y], color=GAP, linewidth=2.0, zorder=2)
        for what, x in zip(("present", "required"), ends, strict=True):
            _mark(ax, x, y, what, wave == "after")


def _mark(ax: Axes, x: float, y: float, what: str, filled: bool) -> None:
    marker, colour = LOOKS[what]
    face = colour if filled else "white"
    ax.plot(
        x, y, marker=marker, markersize=4.6, color=face, markeredgecolor=colour, markeredgewidth=1.3, zorder=3
    )


def _axes(ax: Axes, rows: list[dict[str, Any]], made: list[Block], is_gap: bool, language: Language) -> None:
    """Set both axes: every level there is, in whole points, within the scale."""
    values = [row[name] for row in rows for name in LEVELS if np.isfinite(row[name])]
    lowest, highest = rows[0]["lowest"], rows[0]["highest"]
    low, high = (np.floor(min(values)), np.ceil(max(values))) if values else (0.0, 1.0)
    room = 0.04 * max(high - low, 1.0)
    ax.set_xlim(low - room, max(high, low + 1) + room)
    ax.xaxis.set_major_formatter(Ticks(language))
    ax.xaxis.set_major_locator(MaxNLocator(integer=high - low > 1, nbins=5))
    ax.grid(axis="x", color="#e6e6e6", linewidth=0.5, zorder=0)
    ax.set_xlabel(
        textwrap.fill(words.gap_axis(rows[0]["unit"], lowest, highest, language), 38, break_long_words=False)
    )
    waves = [shortened(str(rows[0][name]), 15) for name in ("first", "second")]
    ticks = [y for block in made for y in block.rows] if is_gap else []
    ax.set_yticks(ticks, waves * (len(ticks) // 2))


def _key(ax: Axes, rows: list[dict[str, Any]], is_gap: bool, language: Language) -> None:
    """Write what the marks mean: of a gap the two levels, of a scale the two waves."""
    waves = [str(rows[0][name]) for name in ("first", "second")]
    if is_gap:
        looks = [(words.gap_level(what, language), *LOOKS[what], True) for what in ("present", "required")]
    else:
        looks = [(wave, *LOOKS["present"], filled) for wave, filled in zip(waves, (False, True), strict=True)]
    for label, marker, colour, filled in looks:
        face = colour if filled else "white"
        mark: Any = {"markersize": 4.6, "markeredgecolor": colour, "markeredgewidth": 1.3}
        ax.plot([], [], marker, color=face, label=label, **mark)
    where: Any = {"loc": "lower left", "bbox_to_anchor": (-0.04, 1.0)}
    ax.legend(ncols=2, borderpad=0, handletextpad=0.3, columnspacing=1.2, **where)


def _words(ax: Axes, rows: list[dict[str, Any]], is_gap: bool, note: bool, language: Language) -> None:
    """Write the title, what stands at the right, and how few people are few."""
    level = float(rows[0]["level"]) if np.isfinite(rows[0]["level"]) else 0.95
    beside: Any = {"xycoords": "axes fraction", "va": "bottom", "fontsize": 6, "color": INK}
    ax.annotate(words.gap_beside_head(level, is_gap, language), (1.03, 1.0), **beside)
    ax.set_title(textwrap.fill(str(rows[0]["title"]), 46), pad=20)
    if note:
        few = suppressed.note(int(rows[0]["least"]), language).removeprefix(f"{suppressed.SIGN}: ")
        said = textwrap.fill(few[0].upper() + few[1:], 50)
        ax.set_xlabel(f"{ax.get_xlabel()}\n{said}")
