"""Table: what a reader sees of a table, and the same in LaTeX, in Markdown and in a notebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from netlearn.analysis.latex import latex_table
from netlearn.wording.cells import table_html
from netlearn.wording.shown import Shown

# What a renderer of Markdown would take for markup; < only where it could begin an element.
_MARKUP = re.compile(r"[\\`*_\[\]|~$&#]|<(?=[A-Za-z/!?])|(?<=\w)@(?=\w)")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Table(Shown):
    """A table of texts only, the first column names the row.

    Attributes
    ----------
    caption : str
    columns : tuple of str
    rows : tuple of tuples of str
    numeric : tuple of bool
        Which columns are numbers and stand to the right.
    notes : tuple of str
        What a reader needs to know under the table, where no text stands around it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()

    def to_latex(self, label: str = "") -> str:
        r"""Return the table for a paper in LaTeX, with caption, label and notes.

        Parameters
        ----------
        label : str
            For `\ref`, such as "tab:outcomes"; none if empty.

        Returns
        -------
        str
            A `table` with the rules of booktabs. It needs the packages booktabs and array, and T1 fonts under pdfLaTeX.
        """
        return latex_table(self.caption, (self.columns, *self.rows), self.numeric, self.notes, label)

    def to_markdown(self) -> str:
        """Return the table between pipes, as GitHub, Pandoc and Jupyter read it, the caption and the notes under it."""
        lines = [
            _line(self.columns),
            "|" + "|".join(" ---: " if right else " :--- " for right in self.numeric) + "|",
        ]
        lines += [_line(row) for row in self.rows]
        # Pandoc makes the first of these the caption.
        under = [f"Table: {_plain(self.caption)}", *(_plain(note) for note in self.notes)]
        return "\n".join(lines) + "\n\n" + "\n\n".join(under) + "\n"

    def __repr__(self) -> str:
        return f"{self.caption} ({len(self.rows)} x {len(self.columns)})"

    def _repr_html_(self) -> str:
        return table_html(self.caption, self.columns, self.rows, self.numeric, self.notes)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """Return a text on one line that no renderer takes for markup."""
    return _MARKUP.sub(r"\\\g<0>", _BREAKS.sub(" ", text))
