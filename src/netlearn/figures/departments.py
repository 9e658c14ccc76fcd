"""The department map: departments as circles, and lines as wide as the contact between two of them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch

from netlearn.analysis.measure import mixing_matrix
from netlearn.analysis.nonresponse import response
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.figures import mapsheet as sheet
from netlearn.figures.given import PANEL, RESULTS, drawable, under_titles
from netlearn.figures.layout import FloatArray, department_places
from netlearn.figures.style import BLUE, INK, ORANGE, styled
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import figures_network as words
from netlearn.wording.numbers import number

Show = Literal["waves", "change"]
MAP = 39.0  # mm: a map is a square; two of them fill a column
FILLED = 0.18  # of a map by circles
LEAST_RADIUS, MOST_RADIUS = 1.5, 5.0  # mm
PER_DEPARTMENT, FEW_LINES = 2, 15  # lines drawn of each department; all, if there are so few
LARGE = 60.0  # mm: a map alone
WIDEST = (4.0, 3.0, 2.2)  # points: up to 6 departments, up to 14, more
COLUMNS = ["what", "text", "number", "people", "x", "y", "radius", "from", "to", "wave", "share", "hidden"]


@dataclass(frozen=True, eq=False)
class Tables:
    """What a map is made from: per wave (2, k, k) shares and possible ties, NaN if unknown; which pairs are hidden."""

    names: list[str]
    people: Any
    shares: dict[str, FloatArray]
    hidden: Any
    notes: list[str]


def departments_frame(
    source: Results | Panel, waves: tuple[str, str] | None = None, *, language: Language = "en"
) -> pd.DataFrame:
    """Return the numbers of a department map, one layout for both waves.

    Parameters
    ----------
    source : Results or Panel
        Of results, the tables of the network between the waves of its outcome, with small departments pooled and pairs
        with few people behind them hidden; of a panel, its departments as they are, on the cells observed in both.
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    language : "en" or "da"
        Of the notes.

    Returns
    -------
    DataFrame
        `what` is "department" (text: its name; number from 1; people, NaN if hidden; x, y, radius in mm on a map of 39
        by 39), "link" (from, to: numbers, from < to; wave; share: ties per possible tie, both directions together, 0 to
        1, NaN if hidden or nobody answered both times; hidden; possible: the cells behind it, of both directions),
        "wave" (wave, in order of time) or "note" (text). Other cells are NaN, "" or False.
    """
    tables = (
        _of_results(under_titles(source), language)
        if isinstance(source, Results)
        else _of_panel(source, waves, language)
    )
    k = len(tables.names)
    radius = _radii(tables.people)
    with np.errstate(invalid="ignore"):
        contact = np.mean([share for share, _ in tables.shares.values()], axis=0)
    places = department_places(contact, np.repeat(radius[:, None] + 0.9, 2, axis=1), (MAP, MAP))
    rows: list[dict[str, Any]] = [
        {"what": "department", "text": name, "number": at + 1, "people": n, "x": x, "y": y, "radius": r}
        for at, (name, n, (x, y), r) in enumerate(
            zip(tables.names, tables.people, places, radius, strict=True)
        )
    ]
    for wave, (share, possible) in tables.shares.items():
        for a, b in zip(*np.triu_indices(k, 1), strict=True):
            link = {"from": a + 1, "to": b + 1, "wave": wave, "share": share[a, b]}
            rows.append(
                {"what": "link", **link, "hidden": bool(tables.hidden[a, b]), "possible": possible[a, b]}
            )
    rows += [{"what": "note", "text": note} for note in tables.notes if note]
    rows += [{"what": "wave", "wave": wave} for wave in tables.shares]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "possible"])  # which older frames lack
    frame[["text", "wave"]] = frame[["text", "wave"]].fillna("")
    return frame.assign(hidden=frame["hidden"].eq(True))


def _of_results(results: Results, language: Language) -> Tables:
    network = results.everybody
    names = [str(name) for name in network.mixing_cells.index]
    hidden = network.mixing_cells.isna().to_numpy()
    hidden = hidden | hidden.T
    shares = {
        wave: np.where(hidden, np.nan, _together(t, network.mixing_cells))
        for wave, t in network.mixing.items()
    }
    told = results.response[results.response["wave"] == next(iter(shares))].set_index("department")
    people = pd.to_numeric(told["employed"], errors="coerce").reindex(names).astype(float).to_numpy()
    pairs = int(np.triu(hidden, 1).sum())
    directed = results.panels[str(network.outcome.outcome.relation)].directed
    notes = [_ways(directed, language), words.hidden_lines(pairs, results.study.min_cell_size, language)]
    return Tables(names, people, shares, hidden, notes)


def _of_panel(panel: Panel, waves: tuple[str, str] | None, language: Language) -> Tables:
    both = two_waves(panel, waves)
    shares = {
        wave: _together(*(mixing_matrix(panel, wave, what=what, waves=both) for what in ("density", "cells")))
        for wave in both
    }
    told = response(panel)
    people = told.loc[told["wave"] == both[0], "employed"].to_numpy(dtype=np.float64)[1:]
    k = len(people)
    return Tables(
        list(panel.group_names), people, shares, np.zeros((k, k), bool), [_ways(panel.directed, language)]
    )


def _ways(directed: bool, language: Language) -> str:
    return words.word("both_ways", language) if directed else ""


def _together(share: pd.DataFrame, cells: pd.DataFrame) -> FloatArray:
    """Ties per possible tie of both directions together, as the page counts them, and the possible ones: (2, k, k)."""
    possible = np.asarray(cells, dtype=float)  # 0 in one direction where nobody there answered
    ties = np.where(possible == 0, 0.0, np.asarray(share, dtype=float) * possible)
    both = possible + possible.T
    return np.stack([np.divide(ties + ties.T, both, out=np.full(both.shape, np.nan), where=both > 0), both])


def _radii(people: FloatArray) -> FloatArray:
    """Radii in mm whose areas go with the people, and together fill a part of the map; unknown ones are the least."""
    known = np.nan_to_num(people)
    per_person = FILLED * MAP**2 / np.pi / max(known.sum(), 1.0)
    most = np.sqrt(per_person * max(known.max(initial=1.0), 1.0))
    return np.maximum(np.sqrt(per_person * known) * min(1.0, MOST_RADIUS / most), LEAST_RADIUS)


def plot_departments(
    source: Results | Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    show: Show = "waves",
    strongest: int | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw departments as circles, and contact between them as lines: before and after in one layout, or the change.

    Parameters
    ----------
    source : Results, Panel, or the DataFrame of `departments_frame`
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    show : "waves" or "change"
        Both waves side by side with widths on one scale, or one map of what became more (whole lines) and less (broken
        ones).
    strongest : int, optional
        Lines to draw at most; default: two per department, and not fewer than 15. How many are left out is told below.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        In mm. The area of a circle goes with the people of the department, the width of a line with ties per possible
        tie (directed: both directions together). Pairs that are hidden have no line, and a note says so.

    Raises
    ------
    NetlearnError
        `show` is another word.
    """
    if show not in ("waves", "change"):
        raise NetlearnError(f"show must be waves or change; got {show!r}.")
    drawable(source, "departments", (RESULTS, PANEL), COLUMNS)
    frame = (
        source if isinstance(source, pd.DataFrame) else departments_frame(source, waves, language=language)
    )
    places = frame[frame["what"] == "department"].sort_values("number")
    drawn, top, weak = _drawn(frame, show, strongest or max(FEW_LINES, PER_DEPARTMENT * len(places)))
    notes = [*frame.loc[frame["what"] == "note", "text"], words.unknown_lines(frame, language)]
    told = [words.word("circles", language), *notes, weak(language)]
    changed = [words.word(key, language) for key in ("points", "chance")] if show == "change" else []
    lines = sheet.folded([*changed, *told])
    size = MAP if show == "waves" else LARGE
    per_cent = WIDEST[(len(places) > 6) + (len(places) > 14)] / (top or 1.0)
    key = sheet.key_of(places["text"], places["people"], language)
    height = size + (13 if show == "waves" else 9) + sheet.columns(key)[1] + sheet.LINE * len(lines)
    alt = words.alt_departments(frame, language)
    with styled(ax, height + 6, alt) as ax:
        sheet.millimetres(ax, height)
        y = height - size - (3.5 if show == "waves" else 0)
        _maps(ax, y, places, drawn, per_cent)
        _widths(ax, y - 4, top, per_cent, show, language)
        end = sheet.draw_key(ax, y - 6, key)
        sheet.draw_notes(ax, end - 1, lines)
        ax.set_title(_title(frame, show, language), x=0)
    return ax


def _title(frame: pd.DataFrame, show: Show, language: Language) -> str:
    first, second = frame.loc[frame["what"] == "wave", "wave"]
    key = "departments" if show == "waves" else "departments_change"
    return "\n".join(textwrap.wrap(words.word(key, language, first=first, second=second), 54))


def _drawn(
    frame: pd.DataFrame, show: Show, strongest: int
) -> tuple[dict[str, pd.DataFrame], float, Callable[[Language], str]]:
    """Return the links of each map with their value in per cent, the largest value, and words on what is left out."""
    first, second = frame.loc[frame["what"] == "wave", "wave"]
    links = frame[frame["what"] == "link"]
    table = links.pivot_table(index=["from", "to"], columns="wave", values="share").reindex(
        columns=[first, second]
    )
    table = 100 * table.dropna()
    if show == "change":
        table = (table[[second]].sub(table[first], axis=0)).rename(columns={second: ""})
    size = table.abs().max(axis=1)
    order = size[size > 1e-9].sort_values(ascending=False, kind="stable")
    kept, left = order.index[:strongest], order.iloc[strongest:]
    maps = {str(w): table.loc[kept, w].rename("value").reset_index() for w in table.columns}
    unit = "unit_points" if show == "change" else "unit_short"
    top = float(order.iloc[0]) if len(order) else 0.0

    def weak(language: Language) -> str:
        return (
            words.weak_lines(len(left), float(left.max()), language, words.word(unit, language))
            if len(left)
            else ""
        )

    return maps, top, weak


def _maps(ax: Axes, y: float, places: pd.DataFrame, drawn: dict[str, pd.DataFrame], per_cent: float) -> None:
    """Draw each map with its wave above it; a map alone is larger and in the middle."""
    size = MAP if len(drawn) > 1 else LARGE
    x = 0.0 if len(drawn) > 1 else (sheet.WIDTH - LARGE) / 2
    for wave, links in drawn.items():
        _map(ax, np.array([x, y]), size / MAP, places, links, per_cent)
        ax.text(x + size / 2, y + size + 0.8, wave, fontsize=6.5, ha="center", fontweight="bold")
        x = sheet.WIDTH - MAP


def _map(
    ax: Axes, corner: FloatArray, scale: float, places: pd.DataFrame, links: pd.DataFrame, per_cent: float
) -> None:
    at = corner + scale * places[["x", "y"]].to_numpy(dtype=float)
    radius = places["radius"].to_numpy(dtype=float)
    for a, b, value in links[["from", "to", "value"]].sort_values("value", key=abs).itertuples(index=False):
        if value:
            ends = [int(a) - 1, int(b) - 1]
            others = np.delete(at, ends, axis=0), np.delete(scale * radius, ends)
            path = sheet.bow_around(at[ends[0]], at[ends[1]], *others)
            ax.add_patch(PathPatch(path, fill=False, capstyle="butt", zorder=2, **_stroke(value, per_cent)))
    for (x, y), r, number_ in zip(at, radius, places["number"], strict=True):
        ax.add_patch(Circle((x, y), scale * r, facecolor="white", edgecolor=INK, linewidth=0.7, zorder=3))
        ax.text(x, y, f"{number_:.0f}", fontsize=5.5, ha="center", va="center_baseline", zorder=4)


def _stroke(value: float, per_cent: float) -> dict[str, Any]:
    """How a line is drawn: as wide as its value, what became less broken and in another colour."""
    look: dict[str, Any] = {"linewidth": per_cent * abs(value), "edgecolor": BLUE, "alpha": 0.8}
    return look if value > 0 else look | {"edgecolor": ORANGE, "linestyle": (0, (2, 0.8))}


def _widths(ax: Axes, y: float, top: float, per_cent: float, show: Show, language: Language) -> None:
    """Draw lines of a round width with their value, and name the unit."""
    if not top:
        return
    value = sheet.round_number(top)
    exact = [next(d for d in range(16) if round(v, d) == v) for v in (value, value / 2)]
    told = [number(v, language, d) for v, d in zip((value, value / 2), exact, strict=True)]
    samples = [(value, words.word("more", language)), (-value, words.word("less", language))]
    if show == "waves":
        samples = [(value / 2, told[1]), (value, told[0])]
    x = 0.0
    for width, said in samples:
        look = _stroke(width, per_cent)
        ax.plot([x, x + 7], [y + 0.8] * 2, color=look.pop("edgecolor"), solid_capstyle="butt", **look)
        ax.text(x + 8, y, said, fontsize=sheet.SMALL)
        x += 10 + 1.2 * len(said)
    key = "unit" if show == "waves" else "unit_change"
    ax.text(x, y, words.word(key, language, value=told[0]), fontsize=sheet.SMALL)
