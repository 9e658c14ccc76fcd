"""The page of a report: the template, ours or the user's own, filled with a document and its drawn figures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from netlearn.errors import NetlearnError
from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document
from netlearn.report.heat import heat_tables
from netlearn.report.section import Picture, Section
from netlearn.wording import Language, page_words
from netlearn.wording.terms import TERMS, term

if TYPE_CHECKING:
    import jinja2

_LOGO = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}")
_ALWAYS = ("answer", "provenance")  # what can be remarked upon beside the sections


def render(document: Document, drawn: Mapping[str, Drawn], extras: Mapping[str, Any] | None = None) -> str:
    """Fill the template; every value is escaped.

    Parameters
    ----------
    document : Document
    drawn : dict name -> Drawn
        The figures of the document.
    extras : dict, optional
        What the authors add: `logo`, a picture as a data address; `texts`, paragraphs by the key of the section at
        whose end they stand ("answer" and "provenance" too); `template`, the Jinja text of a page of their own
        (docs/report-template.md).

    Returns
    -------
    str
        A page that needs no other file and asks no other address.

    Raises
    ------
    NetlearnError
        The template cannot be filled, the logo is no picture, or remarks are for a section that is not there.
    """
    import jinja2

    extras = extras or {}
    _check(document, extras)
    shown = _shown(document, drawn, extras)
    try:
        template = _environment().from_string(extras.get("template") or _file("page.html"))
        return template.render(shown).strip() + "\n"
    except jinja2.TemplateError as error:
        message = error.message or type(error).__name__
        raise NetlearnError(
            page_words.template_fault(getattr(error, "lineno", None), message, document.language)
        ) from error


def _check(document: Document, extras: Mapping[str, Any]) -> None:
    """Refuse what would be lost or broken on the page."""
    known = [*_ALWAYS, *(section.key for section in document.sections)]
    unknown = [key for key in extras.get("texts", {}) if key not in known]
    if unknown:
        raise NetlearnError(page_words.section_fault(unknown, known, document.language))
    if extras.get("logo") and not _LOGO.fullmatch(extras["logo"]):
        raise NetlearnError(page_words.logo_fault(document.language))


def _environment() -> jinja2.Environment:
    """Return what fills templates: it escapes, and keeps a template of the user's own to what it is given."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader({name: _file(name) for name in ("page.html", "macros.html")}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return resources.files("netlearn.report").joinpath(name).read_text(encoding="utf-8")


def _shown(document: Document, drawn: Mapping[str, Drawn], extras: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the template: texts, numbers, lists, dictionaries, and nothing that can do harm."""
    from markupsafe import Markup

    style, script = _file("page.css"), _file("page.js")
    texts = {key: tuple(extras.get("texts", {}).get(key, ())) for key in _keys(document)}

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


def _keys(document: Document) -> list[str]:
    return [*_ALWAYS, *(section.key for section in document.sections)]


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
        "heat": heat_tables(section.widget, language) if section.widget else [],
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
        "maps": {section.key: section.widget for section in document.sections if section.widget},
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
