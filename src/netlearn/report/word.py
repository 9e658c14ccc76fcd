"""`word`: a report as a Word document, told in the same order as the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document
from netlearn.report.section import Section
from netlearn.report.word_pages import Pages
from netlearn.wording.page_words import page_word
from netlearn.wording.terms import term

_BOXED = "method"  # the section that a reviewer copies into a paper


def word(
    document: Document, drawn: Mapping[str, Drawn], extras: Mapping[str, Any] = MappingProxyType({})
) -> bytes:
    """Write a report as a Word document: A4, with real headings, captions, table headings and alternative texts.

    Parameters
    ----------
    document : Document
    drawn : dict name -> Drawn
        The figures of the document.
    extras : dict, optional
        logo: data address of a picture, which stands in the header of the first page if it is PNG or JPEG (Word holds
        no other); logo_for_word: another one, which takes its place here; texts: key of a section, or
        "answer" -> paragraphs, which stand at its end as remarks of the authors.

    Returns
    -------
    bytes
        The file. The same document gives the same bytes.
    """
    pages = Pages(document, str(extras.get("logo_for_word", extras.get("logo", ""))))
    remarks: Mapping[str, Sequence[str]] = extras.get("texts", {})
    _front(pages, document)
    _remarks(pages, remarks.get("answer", ()), 2)
    pages.contents(page_word("contents", document.language))
    for section in document.sections:
        if not section.appendix:
            _section(pages, section, drawn, remarks.get(section.key, ()), 1)
    pages.heading(term("heading", "appendix", document.language), 1, new_page=True)
    for section in document.sections:
        if section.appendix:
            _section(pages, section, drawn, remarks.get(section.key, ()), 2)
    _provenance(pages, document, remarks.get("provenance", ()))
    return pages.bytes()


def _front(pages: Pages, document: Document) -> None:
    """Add the first page: what was asked, what was seen, how sure that is, and what it is not."""
    told, language = document.summary, document.language
    pages.text(document.title, "Title")
    if document.simulated:
        pages.text(document.simulated, "Verdict")
    pages.text(" · ".join(" ".join(part for part in wave if part) for wave in document.waves), "Note")
    pages.heading(term("heading", "headline", language), 1)
    pages.text(f"{term('heading', 'question', language)}: {told.question}")
    pages.text(told.finding, "Finding")
    pages.text(told.verdict, "Verdict")
    for text in (*told.sure, told.answered):
        pages.text(text)
    if told.not_shown:
        pages.heading(term("heading", "not_shown", language), 2)
        pages.points(told.not_shown)
    if told.beside:
        pages.heading(term("heading", "beside", language), 2)
        pages.points(told.beside)


def _section(
    pages: Pages, section: Section, drawn: Mapping[str, Drawn], remarks: Sequence[str], level: int
) -> None:
    boxed = section.key == _BOXED
    bare = not (section.texts or section.points or section.pictures)
    pages.heading(section.heading, level, numbered=True, before=section.tables[:1] if bare else ())
    for text in section.texts:
        pages.text(text, "Box" if boxed else "Normal")
    pages.points(section.points, "Box Bullet" if boxed else "List Bullet")
    for picture in section.pictures:
        pages.figure(drawn[picture.name])
    for table in section.tables:
        pages.table(table, noted=bool(section.small) and table is section.tables[-1])
    pages.notes(section.small)
    _remarks(pages, remarks, level + 1)


def _remarks(pages: Pages, texts: Sequence[str], level: int) -> None:
    if texts:
        pages.heading(page_word("remarks", pages.language), level)
        for text in texts:
            pages.text(text)


def _provenance(pages: Pages, document: Document, remarks: Sequence[str]) -> None:
    pages.heading(term("heading", "provenance", document.language), 2, numbered=True)
    pages.together([document.source, *document.provenance])
    _remarks(pages, remarks, 3)
