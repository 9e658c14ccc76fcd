"""The styles of a Word report, so that whoever edits it changes all headings, notes or tables in one place."""

from __future__ import annotations

from typing import Any

from netlearn.survey.instrument.paper import LOCALES, twips, within
from netlearn.wording import Language

DARK, PALE, LINE, QUIET = "00507D", "F2F6F9", "BFBFBF", "595959"
TABLE, CELL = "Report Table", "Table Text"
TABLE_SIZE, BODY_SIZE = 8.0, 10.5  # points
_FONT = "Calibri"
_NUMBERED = (("decimal", 1), ("upperLetter", 2))  # of sections, and of those in the appendix
_FIRST_LIST = 70  # beyond the numbers of the lists that the empty document has


def set_styles(document: Any, language: Language) -> None:
    """Give a document its styles, the language that spelling is checked in, and Word's newest way of laying out."""
    from docx.oxml.ns import qn

    _paragraphs(document.styles)
    _lists_of_contents(document.styles)
    _table(document.styles)
    settings = document.settings.element
    comma = language == "da"
    for name, value in (
        ("w:themeFontLang", LOCALES[language]),
        ("w:decimalSymbol", "," if comma else "."),
        ("w:listSeparator", ";" if comma else ","),
    ):
        settings.find(qn(name)).set(qn("w:val"), value)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")  # which has to be there
    # The empty document says 14, for which Word writes "Compatibility Mode" in the title of the window.
    next(settings.iter(qn("w:compatSetting"))).set(qn("w:val"), "15")


def _paragraphs(styles: Any) -> None:
    from docx.shared import Pt

    _look(styles["Normal"], BODY_SIZE, (0, 5))
    styles["Normal"].paragraph_format.line_spacing = 1.1
    _look(styles["Title"], 20, (0, 6), DARK)
    for level, size, above in ((1, 15, 16), (2, 12.5, 12), (3, 11, 10)):
        _look(styles[f"Heading {level}"], size, (above, 4), DARK)
    _look(styles["TOC Heading"], 15, (0, 6), DARK)
    _look(styles["Caption"], 9, (8, 4), "000000")
    _look(styles["header"], 8.5, (0, 0), QUIET)
    _look(styles["footer"], 8.5, (0, 0), QUIET)
    _new(styles, "Box")
    _new(styles, "Box Bullet", "List Bullet")
    for name in ("Box", "Box Bullet"):  # before the spacing: Word wants them in this order
        within(styles[name].element.get_or_add_pPr(), "w:shd", val="clear", color="auto", fill=PALE)
    for name in ("List Bullet", "Box Bullet"):
        styles[name].paragraph_format.space_after = Pt(3)
        _without(styles[name], "w:contextualSpacing")
    _look(_new(styles, "Note"), 9, (2, 5), QUIET)
    _look(_new(styles, "Finding"), 13, (2, 6), bold=True)
    _look(_new(styles, "Verdict"), BODY_SIZE, (0, 5), bold=True)
    _look(_new(styles, "Figure"), BODY_SIZE, (6, 0))
    _look(_new(styles, CELL), TABLE_SIZE, (1, 1))
    styles[CELL].paragraph_format.line_spacing = 1
    styles["Figure"].paragraph_format.keep_with_next = True
    styles["Figure"].paragraph_format.line_spacing = 1


def _look(
    style: Any, size: float, space: tuple[float, float], colour: str = "", bold: bool | None = None
) -> None:
    """Set font, size (points), space above and below (points), colour and weight of a style."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for attribute in [name for name in fonts.attrib if name.endswith("Theme") or name == qn("w:cstheme")]:
        del fonts.attrib[attribute]
    style.paragraph_format.space_before, style.paragraph_format.space_after = (Pt(one) for one in space)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    if bold is not None:
        style.font.bold = bold


def _new(styles: Any, name: str, base: str = "Normal") -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = styles[base], True
    return style


def _without(style: Any, name: str) -> None:
    from docx.oxml.ns import qn

    for found in style.element.pPr.findall(qn(name)):
        style.element.pPr.remove(found)


def _lists_of_contents(styles: Any) -> None:
    from docx.shared import Mm

    for level in (1, 2):
        style = _new(styles, f"toc {level}")
        _look(style, BODY_SIZE, (2 if level == 1 else 0, 0))
        left = 8 * level
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(left), Mm(-8)
        style.paragraph_format.tab_stops.add_tab_stop(Mm(left))


def _table(styles: Any) -> None:
    """Add the style of tables: thin lines between rows, a dark one under the headings."""
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    element = style.element
    about = within(element, "w:tblPr")
    borders = within(about, "w:tblBorders")
    for edge, size, colour in (("top", "8", "000000"), ("bottom", "8", "000000"), ("insideH", "4", LINE)):
        within(borders, f"w:{edge}", val="single", sz=size, space="0", color=colour)
    margins = within(about, "w:tblCellMar")
    for side in ("left", "right"):
        within(margins, f"w:{side}", w=twips(1), type="dxa")
    first = within(element, "w:tblStylePr", type="firstRow")
    within(within(first, "w:rPr"), "w:b")
    under = within(within(first, "w:tcPr"), "w:tcBorders")
    within(under, "w:bottom", val="single", sz="8", space="0", color="000000")


def add_numbering(document: Any) -> tuple[str, str]:
    """Add the two lists that number headings, 1, 2, 3 and A, B, C, and return their numbers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    first = next(numbering.iter(qn("w:num")))
    for kind, at in _NUMBERED:
        about = OxmlElement("w:abstractNum")
        about.set(qn("w:abstractNumId"), str(_FIRST_LIST + at))
        within(about, "w:multiLevelType", val="singleLevel")
        level = within(about, "w:lvl", ilvl="0")
        within(level, "w:start", val="1")
        within(level, "w:numFmt", val=kind)
        within(level, "w:suff", val="tab")
        within(level, "w:lvlText", val="%1")
        within(level, "w:lvlJc", val="left")
        within(within(level, "w:pPr"), "w:ind", left=twips(10), hanging=twips(10))
        first.addprevious(about)  # every kind of list stands before every list
    for _, at in _NUMBERED:
        number = within(numbering, "w:num", numId=str(_FIRST_LIST + at))
        within(number, "w:abstractNumId", val=str(_FIRST_LIST + at))
    return str(_FIRST_LIST + 1), str(_FIRST_LIST + 2)
