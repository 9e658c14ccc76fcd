"""Dose: new ties by the number of rooms that pairs shared, or the closure of a gap by the rooms people attended."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from netlearn.analysis.compare import FEW_RESPONDENTS
from netlearn.analysis.competence_dose import Dose
from netlearn.analysis.exposure import Exposure
from netlearn.analysis.exposure_part import ExposurePart
from netlearn.analysis.shared_rooms import SharedRooms
from netlearn.errors import NetlearnError
from netlearn.figures.given import DOSE, drawable
from netlearn.figures.style import BLUE, INK, PALE, Sheet, Ticks, styled
from netlearn.wording import Language
from netlearn.wording import figures_dose as words
from netlearn.wording.suppressed import SIGN

NUMBERS = [
    "at",
    "value",
    "low",
    "high",
    "n",
    "slope",
    "slope_low",
    "slope_high",
    "level",
    "n_people",
    "least",
]
TEXTS = ["kind", "rooms", "model", "title", "gap", "first", "second"]
COLUMNS = [*TEXTS, *NUMBERS, "assigned", "descriptive"]
LETTERS = 54
Source = Exposure | SharedRooms | ExposurePart | Dose | pd.DataFrame


def dose_frame(source: Source, title: str | None = None, *, language: Language = "en") -> pd.DataFrame:
    """Put the numbers that `plot_dose` draws in one row per number of rooms.

    Parameters
    ----------
    source : Exposure, SharedRooms, ExposurePart, Dose, or a frame from here
        What `netlearn.compare_exposure` returns, what results hold of attendance lists (an outcome, or the part of
        `Results.parts`), or one of `CompetencePart.doses`. A frame is returned as it is.
    title : str, optional
        Of an attendance list of an ExposurePart; default: the first that can be compared. Of an Exposure, the name to
        write for the rooms.
    language : "en" or "da"
        Not needed: every text is from the study.

    Returns
    -------
    DataFrame
        kind ("ties" or "closure"), rooms ("0", "1", "2", "3+"), at (0 to 3), value (new ties in per cent of possible
        ones; mean closure in points), low, high (its interval; NaN of ties), n (possible new ties; people), and alike
        in all rows: model ("per_room", "any_room" or "ranks"), slope, slope_low, slope_high (ties per 100 possible
        ones; or rank correlation), level (of intervals), n_people (behind the model), assigned (a lot decided),
        descriptive, title, gap, first, second (names of the waves), least. NaN = hidden, or not known. No row where
        nobody is.

    Raises
    ------
    NetlearnError
        No such list, or nothing to compare.
    """
    if isinstance(source, pd.DataFrame):
        return source
    rows = _closure(source) if isinstance(source, Dose) else _ties(source, title)
    return rows[COLUMNS].astype(dict.fromkeys(NUMBERS, float))


def _closure(source: Dose) -> pd.DataFrame:
    groups, ranks = source.groups, source.correlation.iloc[0]
    rows = groups.rename(columns={"closure": "value", "n_people": "n"}).assign(at=range(len(groups)))
    few = source.ranks.n < FEW_RESPONDENTS or source.ranks.smallest_p > source.alpha
    slopes = dict(zip(("slope", "slope_low", "slope_high"), ranks[["estimate", "low", "high"]], strict=True))
    return rows[rows["n"] != 0].assign(
        kind="closure",
        model="ranks",
        **slopes,
        level=1 - source.alpha,
        n_people=ranks["n_people"],
        assigned=False,
        descriptive=few,
        title=source.title,
        gap=source.gap,
        first="",
        second="",
        least=source.least,
    )


def _ties(source: Exposure | SharedRooms | ExposurePart, title: str | None) -> pd.DataFrame:
    """Return the shares of new ties, and the most that the model says of rooms: per room, else of any room."""
    least = float(source.least) if isinstance(source, ExposurePart) else np.nan
    one = _list_of(source, title) if isinstance(source, ExposurePart) else source
    found = one.found if isinstance(one, SharedRooms) else one
    if found is None:
        raise NetlearnError("nobody, or everybody, shared a room: there is nothing to compare, and no dose.")
    dose = found.dose
    rows = pd.DataFrame({"rooms": dose["shared"], "value": 100 * dose["formation"], "n": dose["open"]})
    rows = rows.assign(at=range(len(rows)), low=np.nan, high=np.nan)[(dose["n_dyads"] != 0).to_numpy()]
    counted = "per_room" in found.table["measure"].to_numpy()
    model = found.row("regression", "per_room" if counted else "later_tie")
    slopes = dict(zip(("slope", "slope_low", "slope_high"), model[["estimate", "low", "high"]], strict=True))
    return rows.assign(
        kind="ties",
        model="per_room" if counted else "any_room",
        **slopes,
        level=found.level,
        n_people=model["n_people"],
        assigned=found.assigned,
        descriptive=bool(found.reasons),
        title=one.attendance if isinstance(one, SharedRooms) else title or "",
        gap="",
        first=one.waves[0],
        second=one.waves[1],
        least=least,
    )


def _list_of(part: ExposurePart, title: str | None) -> SharedRooms:
    known = [one for one in part.lists if one.result.found is not None]
    for one in known:
        if title in (None, one.title):
            return one.result
    told = ", ".join(one.title for one in known) or "none"
    raise NetlearnError(f"title must be one of {told}; got {title!r}.")


def plot_dose(
    source: Source, title: str | None = None, *, language: Language = "en", ax: Axes | None = None
) -> Axes:
    """Draw new ties by the number of rooms that pairs shared, or the closure of a gap by rooms attended.

    Parameters
    ----------
    source : Exposure, SharedRooms, ExposurePart, Dose, or the DataFrame of `dose_frame`
    title : str, optional
        As in `dose_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        A point per number of rooms, with its number and how many are behind; a group that is left out has a dash. Of
        ties, the line and the band are what the model says per room with its interval, from the pairs who shared none,
        and only as far as the number of rooms is exact. Of closure, each point has its interval, and the rank
        correlation stands below: nothing is fitted, because the groups are few and the last is open.

    Raises
    ------
    NetlearnError
        No such list, or nothing to compare.
    """
    drawable(source, "dose", (DOSE,), COLUMNS)
    frame = dose_frame(source, title, language=language)
    table = frame.astype(dict.fromkeys(NUMBERS, float))
    rows = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
    line = _line(rows)
    notes = words.dose_notes(rows[0], any(np.isnan(row["n"]) for row in rows), line is not None, language)
    kind = rows[0]["kind"]
    axis = words.word(f"{kind}_x", language, title=str(rows[0]["title"])).rstrip(": ")
    said = [part for text in (axis, *notes) for part in textwrap.wrap(text, LETTERS)]
    alt = words.alt_dose(table, language)
    with styled(ax, 56 + 3.1 * len(said), alt) as ax:
        if line is not None:
            ax.fill_between(line[0], line[2], line[3], color=PALE, linewidth=0, zorder=1)
            ax.plot(line[0], line[1], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2)
        _reach(ax, rows, line)
        for row in rows:
            _point(ax, row, language)
        ax.set_xticks([row["at"] for row in rows], [words.dose_tick(row, language) for row in rows])
        ax.yaxis.set_major_locator(MaxNLocator(5))
        ax.yaxis.set_major_formatter(Ticks(language))
        ax.set_ylabel(words.word(f"{kind}_y", language))
        ax.set_xlabel("\n".join(said), loc="left")
        ax.set_title(textwrap.fill(words.word(kind, language), 48), x=-0.1 if isinstance(ax, Sheet) else 0)
    return ax


def _line(rows: list[dict[str, Any]]) -> np.ndarray | None:
    """Return x, line, lower and upper edge of what the model says, as far as the number of rooms is exact."""
    slopes = [rows[0][name] for name in ("slope", "slope_low", "slope_high")]
    start = next((row["value"] for row in rows if row["at"] == 0), np.nan)
    if rows[0]["model"] == "ranks" or not np.isfinite([start, *slopes]).all():
        return None
    last = 1.0 if rows[0]["model"] == "any_room" else min(2.0, max(row["at"] for row in rows))
    x = np.array([0.0, last])
    return np.array([x, *(start + slope * x for slope in slopes)])


def _reach(ax: Axes, rows: list[dict[str, Any]], line: np.ndarray | None) -> None:
    """Set both axes: every number, with room for words over points; zero is always in the picture."""
    names = ("value", "low", "high")
    values = [0.0, *(row[name] for row in rows for name in names if np.isfinite(row[name]))]
    values += [] if line is None else [*line[1:].ravel()]
    low, high = min(values), max(values)
    span = high - low or 1.0
    ax.set_ylim(low - (0.06 * span if low < 0 else 0), high + 0.12 * span)
    ax.set_xlim(min(row["at"] for row in rows) - 0.4, max(row["at"] for row in rows) + 0.5)
    ax.axhline(0, color="#8c8c8c", linewidth=0.6, zorder=0.5)


def _point(ax: Axes, row: dict[str, Any], language: Language) -> None:
    beside: Any = {"textcoords": "offset points", "va": "center", "fontsize": 6.5, "zorder": 5}
    if not np.isfinite(row["value"]):
        if not np.isfinite(row["n"]):
            ax.annotate(SIGN, (row["at"], 0), (0, 8), ha="center", **beside)
        return
    if np.isfinite([row["low"], row["high"]]).all():
        ax.plot([row["at"]] * 2, [row["low"], row["high"]], "_-", color=BLUE, linewidth=1.2, zorder=3)
    ax.plot(row["at"], row["value"], "o", color=BLUE, markersize=5, zorder=4)
    box: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
    ax.annotate(words.dose_value(row, language), (row["at"], row["value"]), (6, 0), bbox=box, **beside)
