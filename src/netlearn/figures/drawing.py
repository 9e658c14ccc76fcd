"""A figure drawn anew from the numbers that were kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd
from matplotlib.axes import Axes

from netlearn import figures
from netlearn.errors import NetlearnError
from netlearn.figures.style import as_bytes
from netlearn.wording import Language

DRAWINGS: Mapping[str, Callable[..., Axes]] = {
    name.removeprefix("plot_"): getattr(figures, name) for name in figures.__all__ if name.startswith("plot_")
}


class Kept(Protocol):
    """What is kept of a figure."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def frame(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def options(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def alt(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Drawn:
    """A drawn figure: its title, the words that stand for it, and its files."""

    name: str
    title: str
    alt: str
    svg: bytes
    png: bytes


def drawn(kept: Kept, language: Language) -> Drawn:
    """Draw a figure from its numbers, as SVG and PNG.

    Parameters
    ----------
    kept : object with name, kind, frame, options and alt
        `kind` is a key of `DRAWINGS`: "mixing" is drawn by `plot_mixing`.
    language : "en" or "da"

    Raises
    ------
    NetlearnError
        No such kind, such as one of a later version of netlearn.
    """
    if kept.kind not in DRAWINGS:
        raise NetlearnError(
            f"no figure of the kind {kept.kind!r}; expected one of {', '.join(sorted(DRAWINGS))}. Results of a later "
            "netlearn need that version."
        )
    ax = DRAWINGS[kept.kind](kept.frame, **kept.options, language=language)
    title = " ".join((ax.get_title(loc="left") or ax.get_title(loc="right") or ax.get_title()).split())
    svg = as_bytes(ax, "svg", title, kept.alt)
    # What has its place in the one has the same in the other; finding places takes as long as drawing.
    figure: Any = ax.get_figure(root=True)
    figure.set_layout_engine("none")
    png = as_bytes(ax, "png", title, kept.alt)
    return Drawn(kept.name, title, kept.alt, svg, png)
