"""Pages: the parts that a Word report is put together from."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document
from netlearn.report.tables import Table
from netlearn.report.word_styles import add_numbering, set_styles
from netlearn.report.word_table import add_table, fits, widths
from netlearn.study.packed import repacked
from netlearn.survey.instrument.paper import describe, field, within
from netlearn.wording.instrument import word as printed
from netlearn.wording.page_words import page_word
from netlearn.wording.terms import term

_SHORT_SIDE, _LONG_SIDE, _SIDE, _ABOVE = 210, 297, 20, 20  # mm: A4 and its margins
_HIGHEST = 215  # mm of a figure, so that its caption has room under it
_LOGO = (60, 15)  # mm
_PICTURE = re.compile(r"data:image/(?:png|jpeg|jpg);base64,(.*)", re.DOTALL)
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Pages:
    """An A4 document, upright but for tables that are too wide for that.

    Parameters
    ----------
    about : Document
        Its title, language and the remark that answers are simulated stand on every page.
    logo : str
        Data address of a picture; left out if it is none that Word can hold.
    """

    def __init__(self, about: Document, logo: str) -> None:
        from docx import Document as Empty

        self.language = about.language
        self._document = Empty()
        set_styles(self._document, self.language)
        self._lists = add_numbering(self._document)
        self._counted = {"figure": 0, "table": 0}
        self._headings: list[tuple[int, str, str]] = []  # level, number, text
        self._numbers = [0, 0]
        self._place_of_contents: Any = None
        self._across = False
        describe(self._document, plain(about.title), self.language)
        self._edges(plain(about.title), plain(about.simulated), logo)

    def _edges(self, title: str, simulated: str, logo: str) -> None:
        """Set the size of the pages and what stands above and below them."""
        from docx.shared import Mm

        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(_SHORT_SIDE), Mm(_LONG_SIDE)
        section.left_margin = section.right_margin = Mm(_SIDE)
        section.top_margin = section.bottom_margin = Mm(_ABOVE)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = title
        if simulated:
            section.header.add_paragraph(simulated, "Header")
        self._logo(section.first_page_header.paragraphs[0], logo)
        before, rest = printed("page", self.language).split("{at}")
        between, after = rest.split("{all}")
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.paragraphs[0]
            paragraph.add_run(before)
            field(paragraph, "PAGE")
            paragraph.add_run(between)
            field(paragraph, "NUMPAGES")
            paragraph.add_run(after)

    def _logo(self, paragraph: Any, logo: str) -> None:
        found = _PICTURE.fullmatch(logo)
        if found:
            name = page_word("logo", self.language)
            shape = paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(found[1])))
            _within_room(shape, *_LOGO)
            _described(shape, name, name, "logo")

    def heading(
        self,
        text: str,
        level: int,
        numbered: bool = False,
        new_page: bool = False,
        before: Sequence[Table] = (),
    ) -> None:
        """Add a heading; `before` which table it stands directly, and turns with, if any."""
        self._turn(any(not fits(_plain_table(table), self._room(False)) for table in before))
        shown = plain(text)
        paragraph = self._document.add_heading("", level)
        paragraph.paragraph_format.page_break_before = new_page or None
        number = ""
        if numbered:
            self._numbers[level - 1] += 1
            number = str(self._numbers[0]) if level == 1 else _letter(self._numbers[1])
            about = within(paragraph._p.get_or_add_pPr(), "w:numPr")
            within(about, "w:ilvl", val="0")
            within(about, "w:numId", val=self._lists[level - 1])
        at = len(self._headings)
        within(paragraph._p, "w:bookmarkStart", id=str(at), name=_bookmark(at))
        paragraph.add_run(shown)
        within(paragraph._p, "w:bookmarkEnd", id=str(at))
        self._headings.append((level, number, shown))

    def text(self, text: str, style: str = "Normal") -> None:
        """Add a paragraph, unless it is empty."""
        if text:
            self._turn(False)
            self._document.add_paragraph(plain(text), style)

    def points(self, texts: Sequence[str], style: str = "List Bullet") -> None:
        """Add the items of a list."""
        for text in texts:
            self.text(text, style)
        if len(texts) > 1:  # the last one is not alone on a page
            self._document.paragraphs[-2].paragraph_format.keep_with_next = True

    def together(self, texts: Sequence[str]) -> None:
        """Add paragraphs that stand on one page."""
        for text in texts:
            self.text(text)
        for paragraph in self._document.paragraphs[-sum(map(bool, texts)) : -1]:
            paragraph.paragraph_format.keep_with_next = True

    def notes(self, texts: Sequence[str]) -> None:
        """Add notes to the tables above."""
        for text in texts:
            self._document.add_paragraph(plain(text), "Note")

    def figure(self, drawn: Drawn) -> None:
        """Add a figure as wide as it was drawn, or as the page allows, and its caption."""
        self._turn(False)
        shape = self._document.add_paragraph(style="Figure").add_run().add_picture(io.BytesIO(drawn.png))
        _within_room(shape, self._room(False), _HIGHEST)
        _described(shape, plain(drawn.title), plain(drawn.alt), drawn.name)
        self._caption("figure", drawn.title, False)

    def table(self, table: Table, noted: bool = False) -> None:
        """Add a table and its caption, on a page that is turned if it cannot be read on an upright one.

        What is `noted` under it begins on the page where it ends.
        """
        shown = _plain_table(table)
        self._turn(not fits(shown, self._room(False)))
        self._caption("table", table.caption, True)
        add_table(self._document, shown, widths(shown, self._room(self._across)), noted)

    def _caption(self, kind: str, text: str, above: bool) -> None:
        """Add a caption with the number that Word would give it."""
        self._counted[kind] += 1
        name = term("numbered", kind, self.language)
        paragraph = self._document.add_paragraph(f"{name}\u00a0", "Caption")
        field(paragraph, rf"SEQ {name} \* ARABIC", str(self._counted[kind]))
        paragraph.add_run(f". {plain(text)}" if text else "")
        paragraph.paragraph_format.keep_with_next = above

    def contents(self, heading: str) -> None:
        """Put the table of contents here, on a page of its own; it is filled when all headings are known."""
        title = self._document.add_paragraph(heading, "TOC Heading")
        title.paragraph_format.page_break_before = True
        self._place_of_contents = title._p

    def bytes(self) -> bytes:
        """Return the file; the same content gives the same bytes."""
        if self._place_of_contents is not None:
            self._fill_contents()
        out = io.BytesIO()
        self._document.save(out)
        return repacked(out.getvalue())

    def _fill_contents(self) -> None:
        """Write the table of contents as Word would, but for numbers of pages, which only Word can know."""
        from docx.oxml import OxmlElement

        listed = [(at, *told) for at, told in enumerate(self._headings) if told[0] <= 2]
        block = OxmlElement("w:sdt")
        about = within(within(block, "w:sdtPr"), "w:docPartObj")
        within(about, "w:docPartGallery", val="Table of Contents")
        within(about, "w:docPartUnique")
        content = within(block, "w:sdtContent")
        self._place_of_contents.addprevious(block)
        content.append(self._place_of_contents)
        for at, level, number, text in listed:
            paragraph = self._document.add_paragraph(style=f"toc {level}")
            content.append(paragraph._p)
            if at == listed[0][0]:
                _mark(paragraph, "begin")
                within(paragraph.add_run()._r, "w:instrText").text = r'TOC \o "1-2" \n \h \z \u'
                _mark(paragraph, "separate")
            link = within(paragraph._p, "w:hyperlink", anchor=_bookmark(at), history="1")
            run = within(link, "w:r")
            if number:
                within(run, "w:t").text = number
                within(run, "w:tab")
            within(run, "w:t").text = text
            if at == listed[-1][0]:
                _mark(paragraph, "end")

    def _room(self, across: bool) -> float:
        """Return how wide the text is, in millimetres."""
        return (_LONG_SIDE if across else _SHORT_SIDE) - 2 * _SIDE

    def _turn(self, across: bool) -> None:
        """Go on with pages that are upright, or turned."""
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        if across == self._across:
            return
        self._across = across
        section = self._document.add_section()
        section.different_first_page_header_footer = False
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        wide, high = (_LONG_SIDE, _SHORT_SIDE) if across else (_SHORT_SIDE, _LONG_SIDE)
        section.page_width, section.page_height = Mm(wide), Mm(high)
        self._end_section_in_its_last_paragraph()

    def _end_section_in_its_last_paragraph(self) -> None:
        """Take away the empty paragraph that ends a section: it could come to stand on a page of its own."""
        from docx.oxml.ns import qn

        empty: Any = self._document.paragraphs[-1]._p
        last = empty.getprevious()
        # The title of the contents is no end of a page: the list itself is put after it.
        if last is not self._place_of_contents and last is not None and last.tag == qn("w:p"):
            last.get_or_add_pPr().append(empty.pPr.find(qn("w:sectPr")))
            empty.getparent().remove(empty)


def plain(text: str) -> str:
    r"""Return a text on one line, with a sign in the place of every character that XML cannot hold.

    Examples
    --------
    >>> plain("Pleje\n\x07 nord")
    'Pleje \ufffd nord'
    """
    return _NOT_IN_XML.sub("\ufffd", _BREAKS.sub(" ", text))


def _plain_table(table: Table) -> Table:
    rows = tuple(tuple(plain(cell) for cell in row) for row in table.rows)
    return replace(
        table, caption=plain(table.caption), columns=tuple(plain(name) for name in table.columns), rows=rows
    )


def _letter(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27, as Word numbers."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _bookmark(at: int) -> str:
    return f"_Toc{at + 1:08d}"


def _mark(paragraph: Any, kind: str) -> None:
    within(paragraph.add_run()._r, "w:fldChar", fldCharType=kind)


def _within_room(shape: Any, wide: float, high: float) -> None:
    """Make a picture smaller, if it is larger than so many millimetres."""
    from docx.shared import Mm

    factor = min(1.0, Mm(wide) / shape.width, Mm(high) / shape.height)
    shape.width, shape.height = round(shape.width * factor), round(shape.height * factor)


def _described(shape: Any, title: str, alt: str, name: str) -> None:
    """Give a picture the words that are read aloud in its place."""
    about = shape._inline.docPr
    about.set("name", name)
    about.set("title", title)
    about.set("descr", alt)
