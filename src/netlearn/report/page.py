"""The page of a report: the template, ours or the user's own, filled with a document and its drawn figures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import traceback
from collections.abc import Mapping
from importlib import resources
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from netlearn.errors import StudyError
from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document
from netlearn.report.explore import laid_out, with_figures
from netlearn.report.heat import heat_tables
from netlearn.report.section import Picture, Section
from netlearn.report.sorting import sortings
from netlearn.study.dress import FOLDER
from netlearn.study.findings import Findings
from netlearn.wording import Language, page_words
from netlearn.wording.numbers import unbroken
from netlearn.wording.terms import TERMS, term

TEMPLATE = "page.html"
OWN = f"{FOLDER}/{TEMPLATE}"  # as a user knows it


def render(document: Document, drawn: Mapping[str, Drawn], extras: Mapping[str, Any] | None = None) -> str:
    """Fill the template; every value is escaped.

    Parameters
    ----------
    document : Document
    drawn : dict name -> Drawn
        The figures of the document.
    extras : dict, optional
        What the authors add: `logo`, a picture as a data address; `texts`, paragraphs by the key of the section at
        whose end they stand, or "answer"; `template`, the Jinja text of a page of their own (docs/report-template.md).

    Returns
    -------
    str
        A page that needs no other file and asks no other address.

    Raises
    ------
    StudyError
        The authors' own template cannot be filled; it says the line.
    """
    extras = extras or {}
    own = extras.get("template")
    try:
        template = _environment(own or "").get_template(OWN if own else TEMPLATE)
        return template.render(_shown(document, drawn, extras)).strip() + "\n"
    except Exception as error:  # what others write can fail in every way that a program can
        if not own:
            raise
        raise _fault(error, document.language) from error


def _fault(error: Exception, language: Language) -> StudyError:
    findings = Findings()
    reason = str(error).rstrip(".") or type(error).__name__
    findings.fault("dress-template", OWN, _line(error), reason=reason)
    return StudyError("\n".join(findings.lines(language)), findings)


def _line(error: Exception) -> int:
    """Return the line of the authors' template that failed, 0 where it is none of its lines."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno if error.name == OWN else 0
    lines = [
        line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == OWN
    ]
    return lines[-1] if lines else 0


def _environment(own: str) -> jinja2.Environment:
    """Return what fills templates: it escapes, and keeps a template of others to what it is given."""
    sources = {OWN: own, **{name: _file(name) for name in (TEMPLATE, "macros.html")}}
    environment = ImmutableSandboxedEnvironment(
        # With a name as its file, a template's lines can be told from ours.
        loader=jinja2.FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: unbroken(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sortings"] = sortings
    # The same results give the same bytes: nothing in a template is drawn at random.
    del environment.globals["lipsum"], environment.filters["random"]
    return environment


def _file(name: str) -> str:
    return resources.files("netlearn.report").joinpath(name).read_text(encoding="utf-8")


def _shown(document: Document, drawn: Mapping[str, Drawn], extras: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the template: texts, numbers, lists, dictionaries, and nothing that can do harm."""
    style, script = _file("page.css"), _file("page.js")
    keys = ["answer", *(section.key for section in document.sections)]
    texts = {key: tuple(extras.get("texts", {}).get(key, ())) for key in keys}

    def heading(key: str) -> str:
        own = key not in TERMS["heading"]
        return (
            page_words.page_word(key, document.language) if own else term("heading", key, document.language)
        )

    def policy(own_style: str = "") -> str:
        return content_policy((style, str(own_style)), script)

    return {
        "d": _view(document, drawn),
        "heading": heading,
        "logo": extras.get("logo", ""),
        "texts": texts,
        "policy": policy,
        "style": Markup(style),
        "script": Markup(script),
        "data": Markup(embedded(_data(document))),
    }


def _view(document: Document, drawn: Mapping[str, Drawn]) -> dict[str, Any]:
    """Return a document without anything that a template could call."""
    told = {name: getattr(document, name) for name in ("language", "title", "simulated", "waves", "source")}
    sections = [_section(section, drawn, document.language) for section in document.sections]
    summary = vars(document.summary)
    return told | {"summary": summary, "sections": sections, "provenance": document.provenance}


def _section(section: Section, drawn: Mapping[str, Drawn], language: Language) -> dict[str, Any]:
    told = {
        name: getattr(section, name) for name in ("key", "heading", "texts", "small", "points", "appendix")
    }
    return told | {
        "tables": [vars(table) for table in section.tables],
        "pictures": [_picture(picture, drawn[picture.name]) for picture in section.pictures],
        "heat": heat_tables(with_figures(section.widget, section.pictures), language)
        if section.widget
        else [],
    }


def _picture(picture: Picture, made: Drawn) -> dict[str, str]:
    source = f"data:image/svg+xml;base64,{base64.b64encode(made.svg).decode('ascii')}"
    return {"name": picture.name, "title": made.title, "alt": picture.alt, "source": source}


def _data(document: Document) -> dict[str, Any]:
    """Return what the script works with."""
    return {
        "language": document.language,
        "signs": page_words.script_signs(document.language),
        "words": page_words.script_words(document.language),
        "maps": {s.key: laid_out(s.widget, s.pictures) for s in document.sections if s.widget},
    }


def embedded(data: Mapping[str, Any]) -> str:
    r"""Return data as JSON that can stand in a page: no text in it can end the element or begin another.

    Examples
    --------
    >>> embedded({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def content_policy(styles: tuple[str, ...], script: str) -> str:
    """Return the content security policy of a page: these styles, this script, pictures within the page, nothing else.

    Examples
    --------
    >>> content_policy(("",), "").count("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    2
    """
    allowed = " ".join(dict.fromkeys(_hash(style) for style in styles))
    return (
        f"default-src 'none'; img-src data:; style-src {allowed}; script-src {_hash(script)}; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
