"""A figure as a file: SVG with its words as text, or PNG at 300 dpi, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes

from netlearn.errors import NetlearnError
from netlearn.figures.style import alt_of, as_bytes

KINDS = ("svg", "png")


def save_figure(ax: Axes, path: str | Path, alt: str = "") -> Path:
    """Write the figure of some Axes.

    Parameters
    ----------
    ax : Axes
        From any `plot_` function, or your own.
    path : path
        Ends in `.svg` (words stay text, that can be searched and read aloud) or `.png` (300 dpi: 85 mm are 1004 dots).
    alt : str
        What the figure shows, in a sentence or two, for those who do not see it; it is written into the file. Default:
        the main numbers of a figure of ours in words; of your own, the title and what the axes say.

    Returns
    -------
    Path

    Raises
    ------
    NetlearnError
        Another ending.

    Examples
    --------
    >>> import tempfile
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> text = ax.set_title("Contact", loc="left")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     b"<dc:title>Contact" in save_figure(ax, f"{folder}/contact.svg").read_bytes()
    True
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise NetlearnError(f"{target.name}: expected a name that ends in .svg or .png. Do: rename it.")
    title = _one_line(ax.get_title(loc="left") or ax.get_title())
    data = as_bytes(ax, kind, title, _one_line(alt or alt_of(ax)) or _words(ax))
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _words(ax: Axes) -> str:
    """Return the words of all panes of a figure, in order."""
    figure: Any = ax.get_figure(root=True)
    told = [
        _one_line(text)
        for pane in figure.axes
        for text in (pane.get_title(loc="left") or pane.get_title(), pane.get_ylabel(), pane.get_xlabel())
    ]
    return " ".join(f"{text.rstrip('.')}." for text in dict.fromkeys(told) if text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
