"""Section: a part of the report in words and tables, ready for the page and for a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from netlearn.report.tables import Table
from netlearn.wording.sentences import escape


@dataclass(frozen=True)
class Section:
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
    """

    key: str
    heading: str
    texts: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    small: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([self.heading, *self.texts])

    def _repr_html_(self) -> str:
        parts = [f"<h3>{escape(self.heading)}</h3>", *(f"<p>{escape(text)}</p>" for text in self.texts)]
        parts += [_html(table) for table in self.tables]
        return "".join([*parts, *(f"<p><small>{escape(text)}</small></p>" for text in self.small)])


def _html(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
