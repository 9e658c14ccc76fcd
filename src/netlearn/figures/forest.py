"""Estimates with their intervals, one under the other: the ladder of a change, all outcomes, all handlings."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from netlearn.analysis.compare import Change
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.results import Results
from netlearn.figures.blocks import blocks, upright, write
from netlearn.figures.given import CHANGE, RESULTS, drawable, under_titles
from netlearn.figures.style import BLUE, INK, PALE, Ticks, people, styled
from netlearn.study.plan import Study
from netlearn.wording import Language, outcome_names
from netlearn.wording import figures_tests as words
from netlearn.wording.terms import scale, term
from netlearn.wording.terms import unit as unit_word

LETTERS = 58  # in a line of words at 85 mm
MARKS = {"primary": "D", "placebo": "s", "other_waves": "^", "beside": "v"}
CHECKS = ("placebo", "other_waves", "beside")  # open marks
NUMBERS = ["n", "estimate", "low", "high", "alpha"]
COLUMNS = ["label", *NUMBERS, "kind", "strong", "unit", "title"]
SHOWN_WHOLE = 4.0  # times as wide as the estimates: a wider band runs out of the picture


def change_frame(source: Change, *, language: Language = "en") -> pd.DataFrame:
    """Return the change with its interval at each level of the SE ladder.

    Parameters
    ----------
    source : Change
        From `netlearn.compare`.
    language : "en" or "da"
        Of the texts.

    Returns
    -------
    DataFrame
        One row per level: label, n (of the level), estimate, low, high (NaN = hidden or undefined), kind ("level"),
        strong (bool: the level that is used), unit (in words), title, alpha (of the interval).
    """
    factor, unit = scale(source)
    columns = ["level", "n_units", "estimate", "low", "high"]
    rows = [
        _row(
            f"{term('level', level, language)} {people(n, language)}",
            n,
            values,
            factor,
            "level",
            level == "person",
        )
        for level, n, *values in source.ladder[columns].itertuples(index=False, name=None)
    ]
    return _frame(rows, unit_word(unit, language), term("title", "change", language), [source.level])


def outcome_units(results: Results) -> list[str]:
    """Return the units that the outcomes are told in, that of the primary outcome first."""
    return list(dict.fromkeys(found.told[3] for found in results.outcomes))


def outcomes_frame(source: Results, unit: str | None = None, *, language: Language = "en") -> pd.DataFrame:
    """Return every outcome that is told in one unit; columns as in `change_frame`, kind is the role in the plan.

    Parameters
    ----------
    source : Results
    unit : str, optional
        One of `outcome_units`; default: the unit of the primary outcome.
    language : "en" or "da"
        Of the texts.
    """
    source = under_titles(source)
    unit = unit or outcome_units(source)[0]
    asked = [found for found in source.outcomes if found.told[3] == unit]
    rows = [_outcome(found, source.study, language) for found in asked]
    said = unit_word(unit, language)
    levels = [found.outcome.level for found in asked]
    return _frame(rows, said, words.outcomes_title(said, language), levels)


def handling_frame(source: Results, *, language: Language = "en") -> pd.DataFrame:
    """Return the change of everybody's network under each handling of missing answers, and the band they could span.

    Parameters
    ----------
    source : Results
    language : "en" or "da"
        Of the texts.

    Returns
    -------
    DataFrame
        As `change_frame`, kind "handling"; of the band (kind "band") there is no estimate.
    """
    network = source.everybody
    factor, unit = scale(network.outcome.change)
    columns = ["handling", "n_people", "estimate", "low", "high"]
    rows = []
    for name, n, *values in network.handling[columns].itertuples(index=False, name=None):
        label = f"{term('handling', name, language)} {people(n, language)}"
        kind = "band" if name == "bounds" else "handling"
        rows.append(_row(label, n, values, factor, kind, name == "two_wave_respondents"))
        if kind == "band":  # the axis may be too short for it
            rows[-1]["label"] += words.band_ends(rows[-1]["low"], rows[-1]["high"], language)
    level = network.outcome.change.level
    return _frame(rows, unit_word(unit, language), words.handling_title(language), [level])


def _row(label: str, n: float, values: list[float], factor: float, kind: str, strong: bool) -> dict[str, Any]:
    estimate, low, high = (value * factor for value in values)
    told = {"label": label, "n": n, "estimate": estimate, "low": low, "high": high}
    return told | {"kind": kind, "strong": strong}


def _outcome(found: OutcomeResult, study: Study, language: Language) -> dict[str, Any]:
    label = f"{outcome_names.row(found, study, language)} {people(found.n_people, language)}"
    return _row(label, found.n_people, list(found.told[:3]), 1.0, found.role, found.role == "primary")


def _frame(rows: list[dict[str, Any]], unit: str, title: str, levels: list[float]) -> pd.DataFrame:
    """Put rows together; `levels` are those of their intervals, one for each or one for all."""
    alphas = np.round(1 - np.array(levels), 10) * np.ones(len(rows))
    frame = pd.DataFrame(rows).assign(unit=unit, title=title, alpha=alphas)[COLUMNS]
    return frame.astype(dict.fromkeys(NUMBERS, float))


def plot_change(source: Change | pd.DataFrame, *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """Draw the change with its interval at each level of the SE ladder; the level used is drawn strongest.

    Parameters
    ----------
    source : Change, or the DataFrame of `change_frame`
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
    """
    drawable(source, "change", (CHANGE,), COLUMNS)
    frame = source if isinstance(source, pd.DataFrame) else change_frame(source, language=language)
    return _forest(frame, words.alt_change(frame, language), language, ax)


def plot_outcomes(
    source: Results | pd.DataFrame,
    unit: str | None = None,
    *,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw every outcome that is told in one unit, the primary strongest; open marks are checks.

    Parameters
    ----------
    source : Results, or the DataFrame of `outcomes_frame`
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
    drawable(source, "outcomes", (RESULTS,), COLUMNS)
    frame = source if isinstance(source, pd.DataFrame) else outcomes_frame(source, unit, language=language)
    return _forest(frame, words.alt_outcomes(frame, language), language, ax)


def plot_handling(
    source: Results | pd.DataFrame, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw the change of everybody's network under each handling of missing answers, and the band they could span.

    Parameters
    ----------
    source : Results, or the DataFrame of `handling_frame`
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        The hatched band is no interval: it holds whatever the missing answers could have been. Where it is much wider
        than the estimates it runs out of the picture, with arrow heads; its ends stand in words.
    """
    drawable(source, "handling", (RESULTS,), COLUMNS)
    frame = source if isinstance(source, pd.DataFrame) else handling_frame(source, language=language)
    ax = _forest(frame, words.alt_handling(frame, language), language, ax)
    band = frame[frame["kind"] == "band"].astype(dict.fromkeys(NUMBERS, float))
    if band[["low", "high"]].notna().all(axis=None) and len(band):
        note = textwrap.fill(words.band_note(language), LETTERS)
        ax.set_xlabel(f"{ax.get_xlabel()}\n{note}")
    return ax


def _forest(frame: pd.DataFrame, alt: str, language: Language, ax: Axes | None) -> Axes:
    rows: list[Any] = frame.astype(dict.fromkeys(NUMBERS, float)).to_dict("records")
    labels = [str(row["label"]) for row in rows]
    made, height = blocks(labels, [bool(row["strong"]) for row in rows], [1] * len(rows), LETTERS)
    band = any(row["kind"] == "band" for row in rows)
    with styled(ax, height + 23 + 9 * band, alt) as ax:
        upright(ax, 0, made, 0.7, (4, 3))
        write(ax, made, height)
        ends = _reach(rows)
        ax.set_xlim(*ends)
        for row, block in zip(rows, made, strict=True):
            _draw(ax, row, block.rows[0], ends, language)
        ax.set_yticks([])
        ax.xaxis.set_major_formatter(Ticks(language))
        axis = term("axis", "change", language).format(unit=rows[0]["unit"])
        ax.set_xlabel(f"{textwrap.fill(axis, LETTERS)}\n{words.bars(rows, language)}")
        ax.set_title(textwrap.fill(str(rows[0]["title"]), 50))
    return ax


def _reach(rows: list[dict[Any, Any]]) -> tuple[float, float]:
    """Return the ends of the axis: zero and every interval have room; a wide band may run out of the picture."""
    known = [[row[key] for key in ("estimate", "low", "high") if np.isfinite(row[key])] for row in rows]
    values = [v for row, found in zip(rows, known, strict=True) if row["kind"] != "band" for v in found]
    bands = [v for row, found in zip(rows, known, strict=True) if row["kind"] == "band" for v in found]
    low, high = min([0.0, *values]), max([0.0, *values])
    whole = min([low, *bands]), max([high, *bands])
    span = high - low
    if span == 0 or whole[1] - whole[0] <= SHOWN_WHOLE * span:
        low, high = whole
    else:
        low, high = max(whole[0], low - 0.5 * span), min(whole[1], high + 0.5 * span)
    span = high - low or 2.0
    return (low - 0.06 * span, high + 0.06 * span) if high > low else (-1.0, 1.0)


def _draw(ax: Axes, row: dict[Any, Any], y: float, ends: tuple[float, float], language: Language) -> None:
    low, high = row["low"], row["high"]
    known = not (np.isnan(low) or np.isnan(high))
    if not known and np.isnan(row["estimate"]):
        where: Any = {"xycoords": ("axes fraction", "data"), "ha": "center", "va": "center", "fontsize": 6.5}
        where["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # over the line at zero
        ax.annotate(words.left_out(language, unknown=True), (0.5, y), **where)
        return
    colour = BLUE if row["strong"] else INK
    if known:
        _bar(ax, row["kind"] == "band", (low, high), y, colour, 2.2 if row["strong"] else 1.0)
        _heads(ax, (low, high), y, ends, colour)
    if not np.isnan(row["estimate"]):
        marker = MARKS.get(row["kind"], "o")
        face = "white" if row["kind"] in CHECKS else colour
        ax.plot(
            row["estimate"], y, marker=marker, markersize=4.5, color=face, markeredgecolor=colour, zorder=4
        )


def _bar(ax: Axes, band: bool, ends: tuple[float, float], y: float, colour: str, width: float) -> None:
    if not band:
        ax.plot(np.clip(ends, *ax.get_xlim()), [y, y], color=colour, linewidth=width, zorder=3)
        return
    # Nothing in a band is more likely than the rest, so it must not look like an interval.
    low, high = ends
    ax.barh(y, high - low, 2.0, low, color=PALE, hatch="//////", edgecolor="#8c8c8c", linewidth=0.6, zorder=2)


def _heads(ax: Axes, drawn: tuple[float, float], y: float, ends: tuple[float, float], colour: str) -> None:
    """End a bar that runs out of the picture in an arrow head."""
    for end, edge, marker, out in (
        (drawn[0], ends[0], "<", drawn[0] < ends[0]),
        (drawn[1], ends[1], ">", drawn[1] > ends[1]),
    ):
        if out:
            ax.scatter(
                [edge], [y], s=22, marker=marker, color=colour, zorder=5, clip_on=False, gid=f"beyond {end:g}"
            )
