"""One look for all figures, set for the time of drawing only, and files whose bytes depend on the data alone."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from netlearn.wording import Language
from netlearn.wording.numbers import n_of

WIDTH = 85.0  # mm: one column of a journal, and a phone
TICKS = 6.5  # points
LEAST_ROOM = 0.75  # of the size that a figure is made for: under it, words are smaller than 5 points
# Okabe & Ito (2008): told apart by colour-blind readers; listed from dark to light so that grey print keeps the order.
INK, BLUE, GREEN, ORANGE, SKY, PALE = "#1a1a1a", "#0072b2", "#009e73", "#e69f00", "#56b4e9", "#d9d9d9"
SERIES = (BLUE, ORANGE, GREEN, INK, SKY, "#cc79a7")
MARKERS = ("o", "s", "^", "D", "v", "P")
RC: Any = {
    "axes.edgecolor": "#4d4d4d",
    "axes.formatter.use_mathtext": False,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 8,
    "axes.titleweight": "bold",
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": 7,
    "axes.labelsize": 7,
    "xtick.labelsize": TICKS,
    "ytick.labelsize": TICKS,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "netlearn",
    "text.parse_math": False,  # a department may be called "$A$"
}


_ALTS: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


class Sheet(Axes):
    """Axes on a figure of their own, outside pyplot's list of open figures, that a notebook still shows."""

    def _repr_png_(self) -> bytes:
        return as_bytes(self, "png", self.get_title(loc="left"), alt_of(self))


class Ticks(ScalarFormatter):
    """Tick labels with the decimal mark of the language."""

    def __init__(self, language: Language) -> None:
        super().__init__(useOffset=False)
        self.set_scientific(False)
        self.mark = "," if language == "da" else "."

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write one tick label."""
        return str(super().__call__(x, pos)).replace(".", self.mark)


@contextmanager
def styled(ax: Axes | None, height: float, alt: str, width: float = WIDTH) -> Iterator[Axes]:
    """Give the Axes to draw on: the caller's own, or those of a new sheet; sizes in millimetres.

    `alt` is the figure in words. On Axes that have less room than the figure is made for, its words become smaller.
    """
    with mpl.rc_context(RC):
        room = 1.0 if ax is None else _room(ax, height, width)
        if ax is None:
            figure = Figure(figsize=(width / 25.4, height / 25.4), layout="constrained")
            ax = figure.add_subplot(axes_class=Sheet)
        else:
            _as_ours(ax)
        page: Any = ax.get_figure(root=True)
        theirs = {*ax.texts, *(text for pane in page.axes if pane is not ax for text in pane.findobj(Text))}
        before = [pane for pane in page.axes if pane is not ax]
        yield ax
        _as_written(page.axes, theirs)
        if room < 1:
            _smaller([pane for pane in page.axes if pane not in before], theirs, room)
        _ALTS[ax] = alt


def alt_of(ax: Axes) -> str:
    """Return what the figures on the sheet of some Axes show, in words; "" for Axes without one of ours."""
    page: Any = ax.get_figure(root=True)
    return " ".join(_ALTS[pane] for pane in page.axes if pane in _ALTS)


def _room(ax: Axes, height: float, width: float) -> float:
    """Return how much of the size that a figure is made for its place on the caller's sheet has, at most 1."""
    page: Any = ax.get_figure(root=True)
    place = ax.get_subplotspec()
    across, down = ax.get_position().size
    if place is not None:  # with its labels and titles, which stand outside of the Axes
        rows, columns = place.get_gridspec().get_geometry()
        across, down = len(place.colspan) / columns, len(place.rowspan) / rows
    wide, high = page.get_size_inches() * 25.4 * (across, down)
    room = min(1.0, round(float(wide) / width, 6), round(float(high) / height, 6))
    if room < LEAST_ROOM:
        size, given = f"{width:.0f} x {height:.0f} mm", f"{wide:.0f} x {high:.0f} mm"
        warnings.warn(
            f"this figure is made for {size} and has {given}, so its words are {room:.0%} of their size. Do: give it a "
            "larger sheet, or one of its own.",
            stacklevel=5,
        )
    return room


def _smaller(panes: Sequence[Axes], theirs: set[Text], room: float) -> None:
    """Write our words smaller, so that they have the places that they were given."""
    for pane in panes:
        for axis in (pane.xaxis, pane.yaxis):
            axis.set_tick_params(labelsize=room * float(str(axis.get_tick_params().get("labelsize", TICKS))))
        ticks = {label for axis in (pane.xaxis, pane.yaxis) for label in axis.get_ticklabels(which="both")}
        for text in pane.findobj(Text):
            if isinstance(text, Text) and text not in theirs and text not in ticks:
                text.set_fontsize(room * float(text.get_fontsize()))


def _as_written(panes: Sequence[Axes], theirs: set[Text]) -> None:
    """Take no word for a formula, in titles and ticks that Axes had before us too; theirs stay as they are."""
    for pane in panes:
        for text in pane.findobj(Text):
            if isinstance(text, Text) and text not in theirs:
                text.set_parse_math(False)


def _as_ours(ax: Axes) -> None:
    """Give Axes of somebody else's sheet the sizes of our words, which stand beside them."""
    for name in ("x", "y"):
        ax.tick_params(axis=name, labelsize=RC[f"{name}tick.labelsize"])
        getattr(ax, f"{name}axis").label.set_size(RC["axes.labelsize"])
        numbers = getattr(ax, f"{name}axis").get_major_formatter()
        if isinstance(numbers, ScalarFormatter):
            numbers.set_useMathText(False)
    ax.spines[["top", "right"]].set_visible(False)


def people(n: float, language: Language) -> str:
    """Write "(n = 83)" so that it stays on one line."""
    return f"({n_of(n, language)})"


def shortened(name: str, letters: int) -> str:
    """Cut a long name in its middle: names of departments often begin alike.

    Examples
    --------
    >>> shortened("Specialbørnehaven ved havnen", 16)
    'Specialb…havnen'
    """
    if len(name) <= letters:
        return name
    return f"{name[: letters // 2].rstrip()}…{name[len(name) - (letters - 1) // 2 :].lstrip()}"


def as_bytes(ax: Axes, kind: str, title: str, description: str = "") -> bytes:
    """Draw the figure of some Axes as "svg" or "png" (300 dpi), without dates or versions."""
    metadata: dict[str, Any] = {"Title": title, "Description": description}
    metadata |= {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    buffer = io.BytesIO()
    figure: Any = ax.get_figure(root=True)
    with mpl.rc_context(RC):
        figure.savefig(buffer, format=kind, dpi=300, metadata=metadata)
    data = buffer.getvalue()
    return data.replace(b"\r\n", b"\n") if kind == "svg" else data
