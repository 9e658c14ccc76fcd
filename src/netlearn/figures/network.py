"""The network of people before and after in one layout: ties kept, new and ended, departments as areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PathCollection
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from netlearn.errors import NetlearnError
from netlearn.figures import mapsheet as sheet
from netlearn.figures.given import PANEL, drawable
from netlearn.figures.layout import FloatArray
from netlearn.figures.people import COLUMNS, LETTERS, NAMED, network_frame
from netlearn.figures.style import BLUE, INK, ORANGE, PALE, SKY, people, shortened, styled
from netlearn.study.panel import Panel
from netlearn.wording import Language
from netlearn.wording import figures_network as words
from netlearn.wording.numbers import count

__all__ = ["network_frame", "plot_network"]
Flow = Literal["kept", "new", "ended"]
# Colour, and dashes in widths of the line; the colours are those of the bars.
LOOKS: dict[str, tuple[str, Any]] = {
    "kept": (BLUE, "solid"),
    "new": (SKY, (0, (5, 1.5))),
    "ended": (ORANGE, (0, (1.5, 1))),
}
SIDES: tuple[tuple[Flow, Flow], ...] = (("kept", "ended"), ("kept", "new"))  # what a wave holds
BUNDLED = 0.45  # how far lines between areas go by the middle of each
SINGLE = 250  # lines between areas on a map: more are told by pairs of areas
PER_AREA, FEW_LINES, WIDEST = 2, 15, 4.5  # pairs of areas drawn; points
BEND = 0.06  # of its length, to the right: a tie and the one that answers it lie side by side
INSIDE = 0.8  # mm that a line between areas reaches into them
LABEL = 40  # letters of the name of a wave
MILLIMETRE = 72 / 25.4  # points
AREA, EDGE = "#f1f5f9", "#8fa3b5"


def plot_network(
    source: Panel | pd.DataFrame,
    waves: tuple[str, str] | None = None,
    *,
    flow: Flow | Sequence[Flow] | None = None,
    least: int = 5,
    seed: int = 0,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw people and their ties before and, below, after: ties kept, new and ended, departments as areas.

    Parameters
    ----------
    source : Panel, or the DataFrame of `network_frame`
    waves : (earlier, later), optional
        Of a panel; default: the first and the last.
    flow : "kept", "new" or "ended", or several of them, optional
        Which ties are drawn; default: all.
    least, seed
        Of a panel: see `network_frame`.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        In mm, one map over the other, everybody in the same place in both. Before has ties kept and ended, after has
        ties kept and new; a map without any of those asked for is left out. Lines bend to the right seen from who named
        the other, and run together between two areas; with more than 250 of them on a map, each pair of areas has one
        line for each flow instead, as wide as its ties. Ties within an area are paler. Hollow dots did not answer both
        times: their silence is not drawn as no ties, and a note says so.

    Raises
    ------
    NetlearnError
        No such flow.

    Notes
    -----
    Lines run together as in Holten (2006), IEEE Transactions on Visualization and Computer Graphics 12.
    """
    asked = get_args(Flow) if flow is None else (flow,) if isinstance(flow, str) else tuple(flow)
    if not asked or set(asked) - set(get_args(Flow)):
        raise NetlearnError(f"flow must be kept, new or ended, or several of them; got {flow!r}.")
    drawable(source, "network", (PANEL,), COLUMNS)
    frame = source
    if not isinstance(frame, pd.DataFrame):
        frame = network_frame(frame, waves, least=least, seed=seed, language=language)
    parts = {str(what): part for what, part in frame.groupby("what", sort=False)}
    drawn = _Drawn(parts, asked)
    key = _key(parts["area"], language)
    lines = sheet.folded([*drawn.notes(language), *_texts(parts, "note")])
    maps = [at for at, side in enumerate(SIDES) if set(side) & set(asked)]
    size = float(parts["map"]["y"].iloc[0])
    below = 9.5 + (sheet.columns(key)[1] + 1 if key else 0) + sheet.LINE * len(lines)
    alt = words.alt_network(frame, language)
    with styled(ax, len(maps) * (size + 4) + below + 6, alt) as ax:
        sheet.millimetres(ax, len(maps) * (size + 4) + below)
        for place, at in enumerate(maps):
            _map(ax, below + (len(maps) - 1 - place) * (size + 4), parts, drawn, at, language)
        y = _legend(ax, below - 3.5, parts, asked, language)
        y = sheet.draw_key(ax, y, key) - 1 if key else y
        sheet.draw_notes(ax, y, lines)
        ax.set_title(words.word("network", language), x=0)
    return ax


def _key(areas: pd.DataFrame, language: Language) -> list[list[str]]:
    """Return the lines of the key; none where names stand on the map."""
    told = areas[areas["text"] != ""]
    return sheet.key_of(told["text"], told["people"], language) if len(areas) > NAMED else []


class _Drawn:
    """The ties of a network as they are drawn: one by one, or between areas together where they are many."""

    def __init__(self, parts: dict[str, pd.DataFrame], asked: Sequence[str]) -> None:
        ties = parts["tie"] if "tie" in parts else pd.DataFrame(columns=["flow", "within", "from", "to"])
        self.ties = ties[ties["flow"].isin(asked)].astype({"within": bool})
        self.asked = asked
        self.dots = parts["dot"].set_index("number")
        self.areas = parts["area"].set_index("number")
        cross = self.ties[~self.ties["within"]]
        self.together = any(cross["flow"].isin(side).sum() > SINGLE for side in SIDES)
        self.pairs, self.left = self._pairs(cross)

    def _pairs(self, cross: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
        """Count the ties of each pair of areas by flow, and leave the weakest pairs out."""
        ends = np.sort([self.dots.loc[cross[end], "department"].to_numpy() for end in ("from", "to")], axis=0)
        index = [pd.Series(ends[0], name="a"), pd.Series(ends[1], name="b")]
        table = pd.crosstab(index, cross["flow"].to_numpy()).reindex(columns=list(self.asked), fill_value=0)
        order = table.sum(axis=1).sort_values(ascending=False, kind="stable")
        kept = max(FEW_LINES, PER_AREA * len(self.areas))
        return table.loc[order.index[:kept]], order.iloc[kept:]

    def notes(self, language: Language) -> list[str]:
        """Say how wide lines are, and what is left out."""
        if not self.together:
            return []
        left = words.weak_ties(len(self.left), int(self.left.max()) if len(self.left) else 0, language)
        most = count(int(self.pairs.to_numpy().max()), language)
        return [words.word("wide", language, most=most), left]

    def lines(self, ax: Axes, y: float, flows: Sequence[str]) -> None:
        """Draw the ties of some flows on a map."""
        for flow in flows:
            self._single(ax, y, flow, within=True)
            if not self.together:
                self._single(ax, y, flow, within=False)
        if self.together:
            self._ribbons(ax, y, flows)

    def _single(self, ax: Axes, y: float, flow: str, within: bool) -> None:
        """Draw a line per tie: the thinner and the more see-through the more there are; inside areas paler."""
        of_kind = self.ties[self.ties["within"] == within]
        chosen = of_kind[of_kind["flow"] == flow]
        a, b = (self.dots.loc[chosen[end]] for end in ("from", "to"))
        middle = self.areas[["x", "y"]]
        points = [a[["x", "y"]], middle.loc[a["department"]], middle.loc[b["department"]], b[["x", "y"]]]
        shift = np.array([0.0, y])
        curves = _curves([p.to_numpy(dtype=float) + shift for p in points], 0.0 if within else BUNDLED)
        colour, dashes = LOOKS[flow]
        drawn = PathCollection(
            curves,
            facecolors="none",
            edgecolors=colour,
            linewidths=float(np.clip(9 / np.sqrt(len(of_kind) + 1), 0.3, 0.8)),
            linestyles=[dashes],
            alpha=0.4 if within else 0.8,
            zorder=2 if within else 3,
            rasterized=len(chosen) > SINGLE,
            label=f"{flow} {'within' if within else 'cross'}",
        )
        ax.add_collection(drawn)

    def _ribbons(self, ax: Axes, y: float, flows: Sequence[str]) -> None:
        """Draw a line per pair of areas and flow, as wide as its ties; two flows side by side."""
        per_tie = WIDEST / self.pairs.to_numpy().max()
        middles = self.areas[["x", "y"]].to_numpy(dtype=float) + np.array([0.0, y])
        radius = self.areas["radius"].to_numpy(dtype=float)
        ends = self.pairs.index.to_frame().to_numpy(dtype=int) - 1
        table = self.pairs[list(flows)].to_numpy(dtype=float)
        for (a, b), row in zip(ends[::-1], table[::-1], strict=True):
            middle, aside = _between(middles, radius, int(a), int(b))
            edge = np.cumsum([0.0, *row]) - row.sum() / 2
            for flow, ties, start in zip(flows, row, edge, strict=False):
                if ties:
                    colour, dashes = LOOKS[flow]
                    look = {"edgecolor": colour, "linestyle": dashes, "linewidth": per_tie * ties}
                    path = Path(middle + aside * per_tie * (start + ties / 2))
                    ax.add_patch(PathPatch(path, fill=False, capstyle="butt", zorder=1.5, alpha=0.8, **look))


def _between(middles: FloatArray, radius: FloatArray, a: int, b: int) -> tuple[FloatArray, FloatArray]:
    """Return the points of a line from the rim of an area to that of another, and what is a point wide beside it."""
    others = np.delete(middles, [a, b], axis=0), np.delete(radius, [a, b])
    bow = sheet.bow_around(middles[a], middles[b], *others)
    start, control, end = np.asarray(bow.vertices, dtype=float)
    at = np.linspace(0, 1, 41)[:, None]
    curve = (1 - at) ** 2 * start + 2 * at * (1 - at) * control + at**2 * end
    rims = [np.linalg.norm(curve - middles[area], axis=1) - radius[area] + INSIDE for area in (a, b)]
    outside = (rims[0] > 0) & (rims[1] > 0)
    along = middles[b] - middles[a]
    aside = np.array([along[1], -along[0]]) / np.linalg.norm(along) / MILLIMETRE
    return np.asarray(curve[outside] if outside.sum() > 1 else curve, dtype=float), aside


def _texts(parts: dict[str, pd.DataFrame], what: str) -> list[str]:
    return list(parts[what]["text"]) if what in parts else []


def _map(
    ax: Axes, y: float, parts: dict[str, pd.DataFrame], drawn: _Drawn, at: int, language: Language
) -> None:
    """Draw the map of the first (0) or second (1) wave from a height upwards, and say how many ties it has."""
    _areas(ax, y, parts["area"])
    drawn.lines(ax, y, [one for one in SIDES[at] if one in drawn.asked])
    _dots(ax, y, parts)
    flows = parts["tie"]["flow"] if "tie" in parts else pd.Series(dtype=str)
    kept, other = (int((flows == one).sum()) for one in SIDES[at])
    label = shortened(_texts(parts, "wave")[at], LABEL)
    said = words.map_title(label, kept + other, other, SIDES[at][1], language)
    ax.text(0, y + float(parts["map"]["y"].iloc[0]) + 0.5, said, fontsize=6.5, fontweight="bold")


def _areas(ax: Axes, y: float, areas: pd.DataFrame) -> None:
    """Draw departments as soft areas with their names; the one that is put together is grey and has none."""
    numbered = len(areas) > NAMED
    places = areas[["x", "y", "radius"]].to_numpy(dtype=float) + np.array([0.0, y, 0.0])
    for (x, middle, radius), name, number in zip(places, areas["text"], areas["number"], strict=True):
        look = {"facecolor": AREA if name else PALE, "edgecolor": EDGE if name else PALE}
        ax.add_patch(Circle((x, middle), radius, linewidth=0.5, zorder=1, **look))
        if name:
            told = f"{number:.0f}" if numbered else shortened(name, LETTERS)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.3, "alpha": 0.75}
            place = ax.text(x, middle + radius + 0.3, told, ha="center", va="bottom", bbox=box, zorder=5)
            place.set_fontsize(sheet.SMALL)


def _dots(ax: Axes, y: float, parts: dict[str, pd.DataFrame]) -> None:
    """Draw people, hollow where they did not answer both times."""
    room = (parts["area"]["radius"] ** 2).sum() / len(parts["dot"])
    size = float(np.clip(0.55 * np.sqrt(room), 0.45, 1.3))
    for observed, part in parts["dot"].groupby("observed"):
        places = part[["x", "y"]].to_numpy(dtype=float) + np.array([0.0, y])
        ax.add_collection(_discs(ax, places, size, bool(observed)))


def _discs(ax: Axes, places: FloatArray, size: float, filled: bool) -> EllipseCollection:
    """Return discs that are so many mm wide, filled or hollow."""
    shape = (np.full(len(places), size), np.full(len(places), size), np.zeros(len(places)))
    look: dict[str, Any] = {"facecolor": INK if filled else "white", "edgecolor": INK, "linewidth": 0.4}
    return EllipseCollection(
        *shape, units="xy", offsets=places, offset_transform=ax.transData, zorder=4, **look
    )


def _curves(points: list[FloatArray], bundled: float) -> list[Path]:
    """Return curves from the first points to the last, drawn towards the second and third by the share `bundled`."""
    start, one, two, end = points
    along = (end - start) / 3
    aside = BEND * 3 * np.column_stack([along[:, 1], -along[:, 0]])
    near = bundled * one + (1 - bundled) * (start + along) + aside
    far = bundled * two + (1 - bundled) * (end - along) + aside
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return [Path(four, codes) for four in np.stack([start, near, far, end], axis=1)]


def _legend(
    ax: Axes, y: float, parts: dict[str, pd.DataFrame], flows: Sequence[str], language: Language
) -> float:
    """Draw a line of each flow with its ties, and below a dot of each kind with its people; return where it ends."""
    told = parts["tie"]["flow"].value_counts() if "tie" in parts else pd.Series(dtype=int)
    x = 0.0
    for flow in (one for one in LOOKS if one in flows):
        colour, dashes = LOOKS[flow]
        ax.plot([x, x + 7], [y + 0.8] * 2, color=colour, linestyle=dashes, linewidth=1.2)
        said = f"{words.word(flow, language)} ({count(int(told.get(flow, 0)), language)})"
        ax.text(x + 8, y, said, fontsize=sheet.SMALL)
        x += 12 + 1.1 * len(said)
    x, y = 1.0, y - sheet.LINE - 0.4
    observed = parts["dot"]["observed"].astype(bool)
    for filled, n in ((True, int(observed.sum())), (False, int((~observed).sum()))):
        if n:
            ax.add_collection(_discs(ax, np.array([[x, y + 0.8]]), 1.2, filled))
            said = f"{words.word('answered' if filled else 'silent', language)} {people(n, language)}"
            ax.text(x + 1.8, y, said, fontsize=sheet.SMALL)
            x += 6 + 1.15 * len(said)
    return y - 1.5
