"""Colleagues in other departments per person, before and after: a line for each, and how many have how many."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from netlearn.analysis.compare import compare
from netlearn.analysis.measure import measure
from netlearn.analysis.results import Results
from netlearn.figures.given import PANEL, RESULTS, drawable, under_titles
from netlearn.figures.style import BLUE, INK, ORANGE, PALE, Ticks, people, shortened, styled
from netlearn.figures.turnover import FLOWS
from netlearn.study.panel import Panel, two_waves
from netlearn.study.planned import Outcome
from netlearn.wording import Language, suppressed
from netlearn.wording import figures_change as words
from netlearn.wording.numbers import count, number
from netlearn.wording.terms import department

MEASURE = "cross_out_degree"
STILL = "#8c8c8c"
LOOK: dict[str, tuple[str, Any]] = {"up": (BLUE, "-"), "same": (STILL, ":"), "down": (ORANGE, (0, (4, 1.5)))}
JITTER = 0.3  # of a colleague, either way
BINS = 16  # bars of a distribution at most
LINE = 3.0  # mm that a line of words needs
NUMBERS = ["before", "after", "n_people", "low", "high", "level"]
COLUMNS = ["kind", "label", *NUMBERS, "earlier", "later", "note"]


def slopes_frame(
    source: Results | Panel | pd.DataFrame, waves: tuple[str, str] | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Put the numbers that `plot_slopes` draws in one row per line.

    Parameters
    ----------
    source : Results, Panel, or a frame from here
        The latter is returned as it is.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"

    Returns
    -------
    DataFrame
        kind ("mean" of all first, then "person" or "department"), label (of departments), before, after (colleagues in
        other departments per person), n_people, low and high (of the change of the mean, at `level`), earlier and later
        (names of the waves), note. NaN = hidden, or not known.

    Notes
    -----
    Of results no row is of fewer people than the study asks for. How many people have how many colleagues is not told
    of them: with the published means of departments it could tell what each person answered (five people of A with mean
    1, five of B with mean 0, and "five have none").
    """
    if isinstance(source, pd.DataFrame):
        return source
    made = (
        _of_results(under_titles(source), language)
        if isinstance(source, Results)
        else _of_panel(source, waves)
    )
    return made.astype(dict.fromkeys(NUMBERS, float)).reset_index(drop=True)


def _of_panel(panel: Panel, waves: tuple[str, str] | None) -> pd.DataFrame:
    labels = two_waves(panel, waves)
    change = compare(panel, MEASURE, labels, draws=0)
    told = compare(panel, "cross_density", labels, draws=0).natural
    if told is None or not np.isclose(
        told[0], change.estimate
    ):  # else the same change, and one interval for it
        told = (change.estimate, change.low, change.high)
    table = measure(panel, MEASURE, by="person", waves=labels)
    before, after = (table.loc[table["wave"] == label, "estimate"].to_numpy() for label in labels)
    known = np.isfinite(before) & np.isfinite(after)
    # Sorted, so that the place of a line tells nothing.
    each = pd.DataFrame({"before": before[known], "after": after[known]}).sort_values(["before", "after"])
    rows = each.assign(kind="person", label="", n_people=1.0)
    span = {"low": told[1], "high": told[2], "level": change.level}
    mean = _mean(*change.values, float(known.sum())) | span
    return _rows(mean, rows, labels, "")


def _mean(before: float, after: float, n_people: float) -> dict[str, Any]:
    return {"kind": "mean", "label": "", "before": before, "after": after, "n_people": n_people}


def _rows(mean: dict[str, Any], rows: pd.DataFrame, labels: tuple[str, str], note: str) -> pd.DataFrame:
    columns = COLUMNS[:-3]
    parts = [pd.DataFrame([mean], columns=columns), rows.reindex(columns=columns)]
    frame = pd.concat([part.astype(dict.fromkeys(NUMBERS, float)) for part in parts if len(part)])
    return frame.assign(earlier=labels[0], later=labels[1], note=note)


def _of_results(results: Results, language: Language) -> pd.DataFrame:
    """Return the shown departments and the mean of all; both from numbers that are published."""
    network = results.everybody
    change, least = network.outcome.change, results.study.min_cell_size
    table = results.measures[results.measures["relation"] == change.relation]
    table = table[table["measure"] == MEASURE]
    first, second = (table[table["wave"] == label].set_index("level") for label in change.waves)
    names = [str(name) for name in first.index if name != "network" and name in second.index]
    rows = pd.DataFrame(
        {
            "kind": "department",
            "label": [department(name, language) for name in names],
            "before": first.loc[names, "estimate"].to_numpy(dtype=float),
            "after": second.loc[names, "estimate"].to_numpy(dtype=float),
            "n_people": np.fmin(
                *(t.loc[names, "n_people"].to_numpy(dtype=float, na_value=np.nan) for t in (first, second))
            ),
        }
    )
    hidden = bool(rows["before"].isna().any() or rows["after"].isna().any())
    without = "" if names else words.word("no_departments", language)
    note = suppressed.note(least, language) if hidden else without
    return _rows(_mean_of(results, first, second), rows, change.waves, note)


def _mean_of(results: Results, first: pd.DataFrame, second: pd.DataFrame) -> dict[str, Any]:
    """Return the mean of all, on the people and cells that departments are shown on where departments stay the same."""
    network = results.everybody
    span = _interval(results, network.outcome.outcome)
    if results.study.grouping != "baseline":
        row, later = (t.loc[["network"]].astype({"n_people": float}).iloc[0] for t in (first, second))
        return _mean(row["estimate"], later["estimate"], row["n_people"]) | span
    directed = results.panels[network.outcome.outcome.relation].directed
    n = network.outcome.change.n_people
    kept, formed, dissolved = (float(str(network.turnover.loc["cross", flow])) for flow in FLOWS)
    both = 1 if directed else 2  # a pair is a colleague of two people
    return _mean(both * (kept + dissolved) / n, both * (kept + formed) / n, n) | span


def _interval(results: Results, outcome: Outcome) -> dict[str, float]:
    """Return the interval of the change in colleagues per person where the results have one, and its level."""
    for found in results.outcomes:
        one = found.outcome
        same = (one.relation, one.waves) == (outcome.relation, outcome.waves) and not one.group
        if one.measure == "cross_density" and same and found.shown and found.change.natural is not None:
            _, low, high = found.change.natural
            return {"low": low, "high": high, "level": found.change.level}
    return {}


def plot_slopes(
    source: Results | Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    seed: int = 0,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many colleagues in other departments people have before and after, a line for each.

    Parameters
    ----------
    source : Results, Panel, or the DataFrame of `slopes_frame`
        Of a panel, a line per person who answered both times, and beside the lines how many people have how many. Of
        results, a line per shown department: no line stands for fewer people than the study asks for.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    seed : int
        Of the small shifts that keep lines of people with the same numbers apart.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        The mean of all is the thick black line; its interval stands at its later end and is that of the change. Lines
        that rise, stay and fall differ in colour and in stroke. People are never grouped by how many they had before:
        those who had few would rise, and those who had many fall, by chance alone.
    """
    drawable(source, "slopes", (RESULTS, PANEL), COLUMNS)
    frame = slopes_frame(source, waves, language=language)
    mean = frame[frame["kind"] == "mean"].iloc[0]
    lines = frame[frame["kind"] != "mean"].dropna(subset=["before", "after"])
    persons = bool((frame["kind"] == "person").any())
    named = 0 if persons else len(frame) - 1
    alt = words.alt_slopes(frame, language)
    with styled(ax, max(84.0, 34 + LINE * (named + 1)), alt) as ax:
        ends = [mean["after"], mean["before"], mean["before"] + mean["high"]]
        ends += [*lines["before"], *lines["after"]]
        most = float(np.nanmax([1.0, *ends]))
        ax.set_ylim(-0.5 if persons else -0.04 * most, 1.08 * most)
        _lines(ax, lines, np.random.default_rng(seed) if persons else None, language)
        _mean_line(ax, mean)
        if persons:
            _distributions(ax, lines, most, language)
        else:
            _names(ax, frame[frame["kind"] == "department"], language)
        _frame_words(ax, frame, mean, persons, language)
    return ax


def _lines(ax: Axes, lines: pd.DataFrame, rng: np.random.Generator | None, language: Language) -> None:
    ways = [words.direction(b, a) for b, a in zip(lines["before"], lines["after"], strict=True)]
    for way, (colour, stroke) in LOOK.items():
        chosen = lines[np.array([w == way for w in ways], dtype=bool)]
        ends = chosen[["before", "after"]].to_numpy(dtype=float)
        if rng is not None:  # one shift per person, so that a level line stays level
            ends = ends + rng.uniform(-JITTER, JITTER, (len(ends), 1))
        look: dict[str, Any] = {"color": colour, "linestyle": stroke}
        width = (0.7, 0.75) if rng is not None else (1.3, 1.0)
        for before, after in ends:
            ax.plot([0, 1], [before, after], linewidth=width[0], alpha=width[1], gid=way, zorder=2, **look)
            if rng is None:
                ax.plot([0, 1], [before, after], "o", color=colour, markersize=2.6, zorder=3)
    handles = [
        Line2D(
            [], [], color=colour, linestyle=stroke, label=f"{words.word(way, language)} ({ways.count(way)})"
        )
        for way, (colour, stroke) in LOOK.items()
    ]
    handles.append(Line2D([], [], color=INK, linewidth=2.4, label=words.word("mean", language)))
    if len(lines):
        look = {"ncols": 2, "handlelength": 2.4, "columnspacing": 1.2, "borderpad": 0}
        under = ax.transAxes + ScaledTranslation(0, -4.5 / 25.4, ax.figure.dpi_scale_trans)
        ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.45, 0), bbox_transform=under, **look)


def _mean_line(ax: Axes, mean: pd.Series) -> None:
    ends = [float(mean["before"]), float(mean["after"])]
    ax.plot([0, 1], ends, color="white", linewidth=4.2, zorder=4)
    ax.plot([0, 1], ends, color=INK, linewidth=2.4, marker="D", markersize=4, zorder=5, gid="mean")
    if math.isfinite(mean["low"]) and math.isfinite(mean["high"]):
        span = [ends[0] + float(mean["low"]), ends[0] + float(mean["high"])]
        ax.plot([1, 1], span, color=INK, linewidth=1.2, marker="_", markersize=7, zorder=5, gid="interval")


def _distributions(ax: Axes, lines: pd.DataFrame, most: float, language: Language) -> None:
    """Draw beside each end how many people have how many colleagues, in bars of whole numbers."""
    width = max(1, math.ceil((most + 1) / BINS))
    edges = np.arange(0, most + 1 + width, width) - 0.5
    counts = [np.histogram(lines[end], edges)[0] for end in ("before", "after")]
    scale = 0.5 / max(1, *(int(c.max(initial=0)) for c in counts))
    for out, start, held in ((-1, -0.08, counts[0]), (1, 1.08, counts[1])):
        for low, many in zip(edges[:-1], held, strict=True):
            if not many:
                continue
            middle, reach = low + width / 2, out * many * scale
            ax.barh(
                middle, reach, 0.86 * width, start, color=PALE, edgecolor="#7f7f7f", linewidth=0.4, zorder=1
            )
            side = "right" if out < 0 else "left"
            at = start + reach + 0.02 * out
            ax.text(at, middle, count(int(many), language), ha=side, va="center", fontsize=5.5)
    ax.set_xlim(-0.72, 1.72)


def _names(ax: Axes, lines: pd.DataFrame, language: Language) -> None:
    """Write the name of each department at the later end of its line, moved apart; hidden ones stand lowest."""
    low, high = ax.get_ylim()
    told = lines.assign(known=lines["before"].notna() & lines["after"].notna())
    told = told.assign(at=told["after"].where(told["known"], 0.0)).sort_values(["known", "at"], kind="stable")
    places = _apart(told["at"].to_numpy(dtype=float), LINE * (high - low) / _height(ax))
    for row, y in zip(told.to_dict("records"), places, strict=True):
        name, behind = shortened(str(row["label"]), 22), ""
        if row["known"]:
            ax.plot([1.03, 1.1, 1.16], [row["at"], y, y], color=STILL, linewidth=0.4, zorder=1)
            behind = f" {people(row['n_people'], language)}"
        after = number(row["at"] if row["known"] else math.nan, language, 1)
        ax.text(1.19, y, f"{after}  {name}{behind}", va="center", fontsize=6)
    edge = 0.5 * LINE * (high - low) / _height(ax)
    ax.set_ylim(min([low, *(places - edge)]), max([high, *(places + edge)]))
    ax.set_xlim(-0.12, 1.19 + (1.75 if len(lines) else 0.0))


def _height(ax: Axes) -> float:
    """Return the millimetres that Axes are high at least, once their words have room."""
    return max(10.0, float(ax.get_window_extent().height / ax.figure.dpi * 25.4 - 20))


def _apart(wanted: np.ndarray, least: float) -> np.ndarray:
    """Move increasing places apart to `least` between neighbours, as little as can be (groups stay centred)."""
    groups: list[tuple[float, int]] = []  # first place, how many
    for place in wanted:
        start, many = float(place), 1
        while groups and groups[-1][0] + groups[-1][1] * least > start:
            first, held = groups.pop()
            middle = (held * (first + (held - 1) * least / 2) + many * (start + (many - 1) * least / 2)) / (
                held + many
            )
            many += held
            start = middle - (many - 1) * least / 2
        groups.append((start, many))
    return np.array([start + k * least for start, many in groups for k in range(many)])


def _frame_words(ax: Axes, frame: pd.DataFrame, mean: pd.Series, persons: bool, language: Language) -> None:
    ends = [shortened(str(frame[name].iloc[0]), 16) for name in ("earlier", "later")]
    ax.set_xticks([0, 1], ends)
    ax.tick_params(axis="x", length=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(Ticks(language))
    ax.set_ylabel(words.word("slopes_axis", language))
    lines = textwrap.wrap(words.mean_change({str(k): v for k, v in mean.items()}, language), 50)
    parts = bool((frame["kind"] == "department").any())
    key = "each_person" if persons else "each_department" if parts else None
    if key:
        told = words.word(key, language) + (f"; {words.word('bars', language)}" if persons else "")
        lines += textwrap.wrap(f"{told}.", 50)
    note = str(frame["note"].iloc[0])
    ax.set_xlabel("\n".join([*lines, *textwrap.wrap(note, 50)]))
    ax.xaxis.labelpad = 24 if len(frame) > 1 else 4
    ax.set_title(words.word("slopes", language))
