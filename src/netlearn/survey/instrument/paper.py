"""Paper: the parts of a Word document that a questionnaire is printed from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from netlearn.study.packed import repacked
from netlearn.wording import Language

BOX = "☐"
_WIDTH, _SHORT = 170, 12
_LOW, _HIGH = 6, 10
LOCALES: dict[Language, str] = {"da": "da-DK", "en": "en-GB"}
_BOX_FONT = "Segoe UI Symbol"
_OF_THE_EMPTY = (
    "/thumbnail",
    "/extended-properties",
    "/customXml",
)  # its picture, counts of its words, its sources
# In half points.
_HEAD_SIZE = "17"


class Paper:
    """An A4 document with headings, tables whose headings are repeated on every page, and page numbers.

    Parameters
    ----------
    title : str
    language : "en" or "da"
    footer : tuple of str
        What stands before the number of the page, between it and the number of pages, and after that.
    """

    def __init__(self, title: str, language: Language, footer: tuple[str, str, str]) -> None:
        from docx import Document
        from docx.shared import Mm, Pt

        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
        section.top_margin = section.bottom_margin = Mm(18)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)
        describe(self.document, title, language)
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(footer[0])
        field(paragraph, "PAGE")
        paragraph.add_run(footer[1])
        field(paragraph, "NUMPAGES")
        paragraph.add_run(footer[2])

    def heading(self, text: str, level: int) -> None:
        """Add a heading; level 0 is the title."""
        self.document.add_heading(text, level)

    def text(self, text: str, bold: bool = False) -> None:
        """Add a paragraph."""
        self.document.add_paragraph().add_run(text).bold = bold or None

    def boxes(self, answers: Sequence[str]) -> None:
        """Add answers to tick, one per line, kept together."""
        for number, answer in enumerate(answers, start=1):
            paragraph = self.document.add_paragraph()
            paragraph.add_run(BOX).font.name = _BOX_FONT
            paragraph.add_run(f" {answer}")
            paragraph.paragraph_format.keep_with_next = number < len(answers)

    def lines(self, count: int) -> None:
        """Add lines to write on."""
        for _ in range(count):
            self.document.add_paragraph("_" * 80)

    def new_page(self) -> None:
        """Begin a new page."""
        self.document.add_page_break()

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        told: tuple[str, str],
        high: bool = False,
    ) -> None:
        """Add a table; a short one is kept on one page.

        `widths` in mm, 0 = an equal share of the rest; `told` its title and description; `high` rows are for writing.
        """
        from docx.oxml.ns import qn

        shared = [width for width in widths if not width]
        share = (_WIDTH - sum(widths)) // max(len(shared), 1)
        wide = [width or share for width in widths]
        table = self.document.add_table(0, len(heads), "Table Grid")
        for name, text in zip(("w:tblCaption", "w:tblDescription"), told, strict=True):
            within(table._tbl.tblPr, name, val=text)
        table.autofit = False
        for column, width in zip(table._tbl.tblGrid.iterchildren(), wide, strict=True):
            column.set(qn("w:w"), twips(width))
        for at, row in enumerate([heads, *rows]):
            kept = at < len(rows) <= _SHORT
            table._tbl.append(_row(row, wide, at == 0, kept, _HIGH if high and at else _LOW))
        self.document.add_paragraph()

    def bytes(self) -> bytes:
        """Return the file; the same content gives the same bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return repacked(out.getvalue())


def describe(document: Any, title: str, language: Language) -> None:
    """Name title and language, and neither who wrote it nor with what, which the empty document would tell wrongly."""
    from docx.oxml.ns import qn

    said = document.core_properties
    said.author = said.last_modified_by = said.comments = said.keywords = said.category = ""
    said.title, said.language, said.revision = title[:255], LOCALES[language], 1
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LOCALES[language])
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_OF_THE_EMPTY)]:
            del rels[key]


def twips(millimetres: float) -> str:
    """Return a length in twentieths of a point, as Word counts."""
    return str(round(millimetres * 1440 / 25.4))


def within(parent: Any, name: str, /, **values: str) -> Any:
    """Add an element of Word's XML to another."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    tag = OxmlElement(name)
    for key, value in values.items():
        tag.set(qn(f"w:{key}"), value)
    parent.append(tag)
    return tag


def _row(texts: Sequence[str], widths: Sequence[int], head: bool, kept: bool, height: int) -> Any:
    """Make a row that no page break divides."""
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    about = within(row, "w:trPr")
    within(about, "w:cantSplit")
    within(about, "w:trHeight", val=twips(height), hRule="atLeast")
    if head:
        within(about, "w:tblHeader")
    for text, width in zip(texts, widths, strict=True):
        _cell(row, text, width, head, kept)
    return row


def _cell(row: Any, text: str, width: int, head: bool, kept: bool) -> None:
    """Add a cell; a box stands in the middle of it."""
    cell = within(row, "w:tc")
    about = within(cell, "w:tcPr")
    within(about, "w:tcW", w=twips(width), type="dxa")
    within(about, "w:vAlign", val="center")
    paragraph = within(cell, "w:p")
    how = within(paragraph, "w:pPr")
    if kept:
        within(how, "w:keepNext")
    within(how, "w:spacing", after="0")
    if text == BOX:
        within(how, "w:jc", val="center")
    run = within(paragraph, "w:r")
    looks = within(run, "w:rPr")
    if text == BOX:
        within(looks, "w:rFonts", ascii=_BOX_FONT, hAnsi=_BOX_FONT, eastAsia=_BOX_FONT)
    if head:
        within(looks, "w:b")
        within(looks, "w:sz", val=_HEAD_SIZE)
    within(run, "w:t").text = text


def field(paragraph: Any, name: str, shown: str = "1") -> None:
    """Add a number that Word works out; until then it is `shown`."""
    for kind in ("begin", "", "separate", shown, "end"):
        run = paragraph.add_run()._r
        if kind in ("begin", "separate", "end"):
            within(run, "w:fldChar", fldCharType=kind)
        else:
            within(run, "w:t" if kind else "w:instrText").text = kind or name
