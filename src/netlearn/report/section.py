"""Section: a part of the report in words, tables and figures as data, ready for a page, a file and a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from netlearn.report.tables import Table
from netlearn.wording.sentences import escape
from netlearn.wording.shown import Shown


@dataclass(frozen=True, eq=False)
class Picture(Shown):
    """A figure as the numbers that are drawn.

    Attributes
    ----------
    name : str
        Of its files.
    kind : str
        Which function draws it: a key of `netlearn.figures.drawing.DRAWINGS`.
    frame : DataFrame
        What it draws; what is left out is NaN.
    options : dict
        Further keyword arguments of that function; texts and numbers only.
    alt : str
        What it shows, for those who do not see it.
    """

    _frames = ("frame",)

    name: str
    kind: str
    frame: pd.DataFrame
    options: Mapping[str, Any]
    alt: str


@dataclass(frozen=True)
class Section(Shown):
    """What a part of the report says.

    Attributes
    ----------
    key : str
        Anchor in the page.
    heading : str
    texts : tuple of str
        Paragraphs, the finding first.
    tables : tuple of Table
    small : tuple of str
        Notes under the tables.
    points : tuple of str
        Items of a list, after the paragraphs.
    pictures : tuple of Picture
        Before the tables.
    appendix : bool
        Whether it is for those who check rather than for those who read.
    widget : dict or None
        Data of what can be explored on the page; nothing that is not in the tables.
    """

    key: str
    heading: str
    texts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    small: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    appendix: bool = False
    widget: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return "\n".join([self.heading, *self.texts, *self.points])

    def _repr_html_(self) -> str:
        parts = [f"<h3>{escape(self.heading)}</h3>", *(f"<p>{escape(text)}</p>" for text in self.texts)]
        if self.points:
            parts += ["<ul>", *(f"<li>{escape(text)}</li>" for text in self.points), "</ul>"]
        parts += [table._repr_html_() for table in self.tables]
        return "".join([*parts, *(f"<p><small>{escape(text)}</small></p>" for text in self.small)])
