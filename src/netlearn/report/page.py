"""The page of a report: the template filled with a document and its drawn figures."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document
from netlearn.wording.terms import term


def render(document: Document, drawn: Mapping[str, Drawn]) -> str:
    """Fill the template; every value is escaped.

    Parameters
    ----------
    document : Document
    drawn : dict name -> Drawn
        The figures of the document.

    Returns
    -------
    str
        A page that needs no other file and asks no other address.
    """
    import jinja2

    here = resources.files("netlearn.report")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(here.joinpath("page.html").read_text(encoding="utf-8"))
    style = here.joinpath("page.css").read_text(encoding="utf-8")

    def heading(key: str) -> str:
        return term("heading", key, document.language)

    sources = {name: _source(picture) for name, picture in drawn.items()}
    return template.render(d=document, heading=heading, drawn=drawn, sources=sources, style=style) + "\n"


def _source(picture: Drawn) -> str:
    """Return a figure as a data address."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg).decode('ascii')}"
