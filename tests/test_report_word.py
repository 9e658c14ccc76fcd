"""Word: the report as a document that Word opens without repair, that can be read aloud, searched and written on in."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from docx import Document as File
from docx.oxml.ns import qn
from matplotlib.figure import Figure
from PIL import Image

from netlearn.figures.drawing import Drawn
from netlearn.report.document import Document, Summary
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table
from netlearn.report.word import word
from netlearn.wording import Language

NAMES = ("<script>alert(1)</script>", "=cmd()", "Pleje\x07 og\n\ud800træning", "$x$ & 100 %")
SHOWN = ("<script>alert(1)</script>", "=cmd()", "Pleje\ufffd og \ufffdtræning", "$x$ & 100 %")
NARROW = Table(
    "Svarede", ("Afdeling", "før", "efter"), tuple((n, "5", "6") for n in NAMES), (False, True, True)
)
LONG = Table(
    "Alle afdelinger", ("Kode", "Antal"), tuple((f"række{at}", f"{at}") for at in range(90)), (False, True)
)
WIDE = Table(
    "Alle tal",
    ("Udfald", *(f"Standardfejl{at}" for at in range(10))),
    (("Kontakt på tværs", *["0,123"] * 10),),
    (False, *[True] * 10),
)


def png(wide: float, high: float) -> bytes:
    """A picture of so many millimetres at 300 dpi."""
    out = io.BytesIO()
    Figure(figsize=(wide / 25.4, high / 25.4)).savefig(out, dpi=300, format="png")
    return out.getvalue()


def picture(name: str) -> Picture:
    return Picture(name, "mixing", pd.DataFrame(), {}, f"Alt af {name}")


DRAWN = {
    "small": Drawn("small", "Lille", "Alt af small", b"", png(85, 60)),
    "huge": Drawn("huge", "Stor", "Alt af huge", b"", png(300, 100)),
}


def made(language: Language = "da", simulated: str = "Alle data er simulerede.") -> Document:
    """A report with everything that a report can hold."""
    return Document(
        language=language,
        title="Netværk i <Kommune>",
        simulated=simulated,
        waves=(("før", "1. maj 2024"), ("efter", "")),
        summary=Summary(
            "Hvem?", "Flere.", "Vurdering: ændret.", ("Bygger på 20.",), ("Ikke en effekt.", "Ikke alt."), "20 svarede."
        ),
        sections=(
            Section("response", "Hvem svarede", ("Tekst.",), (NARROW,), ("Note.",), pictures=(picture("small"),)),
            Section("map", "Hvem nævner hvem", points=("Et", "To"), pictures=(picture("huge"),)),
            Section("outcomes", "Alle sammenligninger", tables=(WIDE,), small=("Holm.",)),
            Section("limits", "Grænser", ("Efter den brede.",), (LONG,)),
            Section("turnover", "Ophørte", ("Bilagstekst.",), appendix=True),
            Section("method", "Metode", ("Metodetekst.",), points=("Kilde.",), appendix=True),
        ),
        source="Kilden.",
        provenance=("Startværdi 1.", "netlearn 1.0"),
    )  # fmt: skip


def opened(data: bytes) -> Any:
    return File(io.BytesIO(data))


def words(tag: Any) -> str:
    return "".join(text.text or "" for text in tag.iter(qn("w:t")))


def told(document: Any) -> list[tuple[str, str]]:
    """Style and text of every paragraph of the body, those of the contents too."""
    styles = {style.style_id: style.name for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        pieces = (
            "\t" if tag.tag == qn("w:tab") and tag.getparent().tag == qn("w:r") else tag.text or ""
            for tag in paragraph.iter(qn("w:t"), qn("w:tab"))
        )
        found.append(("Normal" if named is None else styles[named.get(qn("w:val"))], "".join(pieces)))
    return found


def headings(document: Any) -> list[tuple[int, str]]:
    return [(int(style[-1]), text) for style, text in told(document) if style.startswith("Heading ")]


def described(document: Any) -> list[tuple[str, float, float]]:
    """Alternative text, width and height in millimetres of every picture of the body."""
    return [
        (shape._inline.docPr.get("descr"), shape.width.mm, shape.height.mm)
        for shape in document.inline_shapes
    ]


def pages(document: Any) -> list[tuple[int, int]]:
    """Width and height of the pages of each section, in millimetres."""
    return [(round(section.page_width.mm), round(section.page_height.mm)) for section in document.sections]


def test_headings_are_a_tree_without_jumps() -> None:
    document = opened(word(made(), DRAWN, {"texts": {"turnover": ["Vores ord."], "answer": ["Kort."]}}))
    assert told(document)[0] == ("Title", "Netværk i <Kommune>")
    found = headings(document)
    assert found == [
        (1, "Svaret"), (2, "Hvad svaret ikke er"), (2, "Forfatternes bemærkninger"),
        (1, "Hvem svarede"), (1, "Hvem nævner hvem"), (1, "Alle sammenligninger"), (1, "Grænser"),
        (1, "Bilag: for den, der vil efterprøve"),
        (2, "Ophørte"), (3, "Forfatternes bemærkninger"), (2, "Metode"), (2, "Hvor tallene kommer fra"),
    ]  # fmt: skip
    levels = [0, *(level for level, _ in found)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_first_page_is_the_summary() -> None:
    document = opened(word(made(), DRAWN))
    texts = [text for _, text in told(document)]
    first = texts[: texts.index("Indhold")]
    assert first == [
        "Netværk i <Kommune>", "Alle data er simulerede.", "før 1. maj 2024 · efter", "Svaret", "Spørgsmål: Hvem?",
        "Flere.", "Vurdering: ændret.", "Bygger på 20.", "20 svarede.", "Hvad svaret ikke er", "Ikke en effekt.",
        "Ikke alt.",
    ]  # fmt: skip
    (contents,) = [p for p in document.element.body.iter(qn("w:p")) if words(p) == "Indhold"]
    assert contents.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None


def test_contents_are_filled_and_lead_to_their_headings() -> None:
    document = opened(word(made(), DRAWN))
    listed = [(int(style[-1]), text) for style, text in told(document) if style.startswith("toc ")]
    numbers = {"Hvem svarede": "1", "Hvem nævner hvem": "2", "Alle sammenligninger": "3", "Grænser": "4"}
    numbers |= {"Ophørte": "A", "Metode": "B", "Hvor tallene kommer fra": "C"}
    wanted = [
        (level, f"{numbers[text]}\t{text}" if text in numbers else text) for level, text in headings(document)
    ]
    assert listed == wanted
    links = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert links == marks == [f"_Toc{at:08d}" for at in range(1, 11)]
    fields = [text.text for text in document.element.body.iter(qn("w:instrText"))]
    assert [text for text in fields if text.startswith("TOC")] == [r'TOC \o "1-2" \n \h \z \u']
    kinds = [tag.get(qn("w:fldCharType")) for tag in document.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * len(fields)


def test_captions_hold_their_numbers() -> None:
    for language, names in (("da", ("Tabel", "Figur")), ("en", ("Table", "Figure"))):
        document = opened(word(made(language), DRAWN))
        texts = [text for style, text in told(document) if style == "Caption"]
        table, figure = names
        assert texts == [
            f"{figure}\u00a01. Lille", f"{table}\u00a01. Svarede", f"{figure}\u00a02. Stor",
            f"{table}\u00a02. Alle tal", f"{table}\u00a03. Alle afdelinger",
        ]  # fmt: skip
        fields = [text.text for text in document.element.body.iter(qn("w:instrText")) if "SEQ" in text.text]
        assert fields == [rf"SEQ {name} \* ARABIC" for name in (figure, table, figure, table, table)]


def test_pictures_have_words_and_stay_in_the_text() -> None:
    (small, huge) = described(opened(word(made(), DRAWN)))
    assert small == ("Alt af small", pytest.approx(85, abs=0.3), pytest.approx(60, abs=0.3))
    assert huge == ("Alt af huge", pytest.approx(170, abs=0.1), pytest.approx(170 / 3, abs=0.3))
    packed = zipfile.ZipFile(io.BytesIO(word(made(), DRAWN)))
    kept = {packed.read(name) for name in packed.namelist() if name.startswith("word/media/")}
    assert kept == {drawn.png for drawn in DRAWN.values()}  # every pixel of 300 dpi


def test_tables_repeat_their_headings_and_keep_rows_whole() -> None:
    document = opened(word(made(), DRAWN))
    assert [len(table.rows) for table in document.tables] == [5, 2, 91]
    for table, asked, room in zip(document.tables, (NARROW, WIDE, LONG), (170, 257, 170), strict=True):
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, *[False] * (len(table.rows) - 1)]
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
        for row in (table.rows[0], table.rows[-1]):
            right = [tag.find(f".//{qn('w:jc')}") is not None for tag in row._tr.iter(qn("w:tc"))]
            assert right == list(asked.numeric)
        assert width_of(table) <= room + 0.5
    captions = [tag.get(qn("w:val")) for tag in document.element.body.iter(qn("w:tblCaption"))]
    assert captions == ["Svarede", "Alle tal", "Alle afdelinger"]


def width_of(table: Any) -> float:
    """All columns together, in millimetres."""
    return float(sum(int(tag.get(qn("w:w"))) for tag in table._tbl.tblGrid) * 25.4 / 1440)


def test_no_table_is_wider_than_a_page() -> None:
    columns = tuple(f"Afdelingsbestyrelsesmedlem{at}" for at in range(30))
    huge = Table("Alt for bred", columns, (("0,123",) * 30,), (True,) * 30)
    document = opened(word(replace(made(), sections=(Section("map", "Kort", tables=(huge,)),)), {}))
    assert pages(document)[1] == (297, 210)
    assert width_of(document.tables[0]) == pytest.approx(257, abs=0.5)


def test_only_what_is_too_wide_turns_the_page() -> None:
    document = opened(word(made(), DRAWN))
    assert pages(document) == [(210, 297), (297, 210), (210, 297)]
    turned = replace(made(), sections=made().sections[:2])
    assert pages(opened(word(turned, DRAWN))) == [(210, 297)]
    # The heading of a section that begins with the table turns with it.
    body = list(document.element.body)
    last = next(at for at, tag in enumerate(body) if tag.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    assert words(body[last + 1]) == "Alle sammenligninger"


def test_lists_are_lists_and_the_method_is_a_box() -> None:
    document = opened(word(made(), DRAWN))
    styles = {text: style for style, text in told(document)}
    assert (styles["Et"], styles["Ikke alt."]) == ("List Bullet", "List Bullet")
    assert (styles["Metodetekst."], styles["Kilde."]) == ("Box", "Box Bullet")
    for name in ("Box", "Box Bullet"):
        assert (
            document.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:shd')}").get(qn("w:fill")) == "F2F6F9"
        )
    (title,) = [p for p in document.paragraphs if p.text.startswith("Bilag:")]
    assert title.paragraph_format.page_break_before


@pytest.mark.parametrize(("language", "locale"), [("da", "da-DK"), ("en", "en-GB")])
def test_language_and_properties_name_nobody(language: Language, locale: str) -> None:
    data = word(made(language), DRAWN)
    document = opened(data)
    spelled = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}
    assert spelled == {locale}
    said = document.core_properties
    assert (said.language, said.title) == (locale, "Netværk i <Kommune>")
    assert said.author == said.last_modified_by == said.comments == said.keywords == ""
    assert said.created.year == 2000
    assert (said.modified or said.created).year == 2000


def test_nothing_is_left_of_the_empty_document_that_says_who_or_what_made_it() -> None:
    packed = zipfile.ZipFile(io.BytesIO(word(made(), DRAWN)))
    assert [name for name in packed.namelist() if name.startswith("docProps/")] == ["docProps/core.xml"]
    assert {entry.date_time[:3] for entry in packed.infolist()} == {(2000, 1, 1)}


def test_notes_stay_with_the_end_of_their_table() -> None:
    document = opened(word(made(), DRAWN))
    ends = [table.rows[-1]._tr.find(f".//{qn('w:keepNext')}") is not None for table in document.tables]
    assert ends == [True, True, False]  # the third has none
    # Of the long one, only the headings and the last row but one hold on to what follows.
    held = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in document.tables[2].rows]
    assert [at for at, kept in enumerate(held) if kept] == [0, 89]


def test_same_bytes() -> None:
    assert word(made(), DRAWN) == word(made(), DRAWN)


def test_text_of_users_is_text() -> None:
    document = opened(word(made(), DRAWN, {"texts": {"map": ["A\x0b<b>B</b>\x00"]}}))
    assert [row.cells[0].text for row in document.tables[0].rows[1:]] == list(SHOWN)
    assert ("Normal", "A <b>B</b>\ufffd") in told(document)


def test_every_page_says_simulated_and_has_a_number() -> None:
    document = opened(word(made(), DRAWN))
    assert [p.text for p in document.sections[0].header.paragraphs] == [
        "Netværk i <Kommune>", "Alle data er simulerede.",
    ]  # fmt: skip
    for footer in (document.sections[0].footer, document.sections[0].first_page_footer):
        fields = [tag.text for tag in footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("Side 1 af ")
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])
    real = opened(word(made(simulated=""), DRAWN))
    assert [p.text for p in real.sections[0].header.paragraphs] == ["Netværk i <Kommune>"]


def test_logo_stands_in_the_header_of_the_first_page() -> None:
    logo = base64.b64encode(png(120, 20)).decode()
    document = opened(word(made(), DRAWN, {"logo": f"data:image/png;base64,{logo}"}))
    first, others = document.sections[0].first_page_header, document.sections[0].header
    (shown,) = first._element.iter(qn("wp:docPr"))
    (size,) = first._element.iter(qn("wp:extent"))
    assert shown.get("descr") == "Logo"
    assert int(size.get("cx")) / 36000 == pytest.approx(60, abs=0.1)
    assert not list(others._element.iter(qn("wp:docPr")))
    drawing = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
    assert word(made(), DRAWN, {"logo": f"data:image/svg+xml;base64,{drawing}"}) == word(made(), DRAWN)


def test_remarks_of_the_authors_end_their_section() -> None:
    texts = {"answer": ["Om svaret."], "response": ["Et.", "To."], "provenance": ["Tak."]}
    found = told(opened(word(made("en"), DRAWN, {"texts": texts})))
    at = found.index(("Normal", "Om svaret."))
    assert found[at - 1] == ("Heading 2", "Remarks of the authors")
    assert found[at + 1] == ("TOC Heading", "Contents")
    at = found.index(("Normal", "Et."))
    assert found[at - 2 : at + 3] == [
        ("Note", "Note."), ("Heading 2", "Remarks of the authors"), ("Normal", "Et."), ("Normal", "To."),
        ("Heading 1", "Hvem nævner hvem"),
    ]  # fmt: skip
    assert found[-2:] == [("Heading 3", "Remarks of the authors"), ("Normal", "Tak.")]


# Word, unlike LibreOffice, refuses a file whose elements stand in another order than that of ISO/IEC 29500-1 (A.1).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr trPr tcPr "
    "tblStylePr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "numbering": "abstractNum num",
    "sdt": "sdtPr sdtContent",
}  # fmt: skip


def misplaced(root: Any) -> Iterator[str]:
    for name, order in ORDER.items():
        rank = {qn(f"w:{child}"): at for at, child in enumerate(order.split())}
        for tag in root.iter(qn(f"w:{name}")):
            known = [rank[child.tag] for child in tag if child.tag in rank]
            if known != sorted(known):
                yield f"{name}: {' '.join(child.tag.split('}')[1] for child in tag)}"


def test_elements_stand_in_the_order_that_word_wants() -> None:
    document = opened(word(made(), DRAWN, {"texts": {"map": ["x"]}}))
    roots = (document.element, document.styles.element, document.part.numbering_part.element)
    assert [fault for root in roots for fault in misplaced(root)] == []
    assert len({style.style_id for style in document.styles}) == len(list(document.styles))
    known = {style.style_id for style in document.styles}
    used = {tag.get(qn("w:val")) for tag in document.element.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used <= known


def metrics_of(font: str) -> str:
    """The font that is taken in the place of another."""
    asked = ["fc-match", "--format=%{family}", font]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as LibreOffice prints it."""
    missing = [name for name in ("soffice", "pdftotext", "pdftoppm", "fc-match") if not shutil.which(name)]
    if not missing and not re.match("Calibri|Carlito", metrics_of("Calibri")):
        missing = ["Carlito, the font as wide as Calibri"]
    if missing:
        told = f"not on this machine: {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(f"{told}; CI must not skip this")
        pytest.skip(told)
    folder: Path = tmp_path_factory.mktemp("word")
    (folder / "report.docx").write_bytes(word(made(), DRAWN, {"texts": {"answer": ["Om svaret."]}}))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    turn = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*turn, str(folder / "report.docx")], check=True, capture_output=True, timeout=180)
    return folder / "report.pdf"


@pytest.fixture(scope="module")
def printed(pdf: Path) -> list[tuple[float, str]]:
    """Width (points) and text of every page."""
    layout = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    sizes = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True, text=True)
    widths = [float(w) for w in re.findall(r"Page\s+\d+ size:\s+([\d.]+) x", sizes.stdout)]
    texts = layout.stdout.decode().replace("\u00a0", " ").split("\f")[:-1]
    return list(zip(widths, texts, strict=True))


def test_nothing_runs_off_a_page(pdf: Path) -> None:
    per_mm = 4
    draw = ["pdftoppm", "-r", str(per_mm * 25.4), "-png", str(pdf), str(pdf.parent / "page")]
    subprocess.run(draw, check=True, capture_output=True)
    files = sorted(pdf.parent.glob("page*.png"))
    assert files
    for file in files:
        with Image.open(file) as opened_page:
            ink = np.asarray(opened_page.convert("L")) < 200
        across = np.flatnonzero(ink.any(axis=0)) / per_mm
        down = np.flatnonzero(ink.any(axis=1)) / per_mm
        high, wide = (length / per_mm for length in ink.shape)
        assert across.min() > 19, file.name
        assert across.max() < wide - 19, file.name
        assert down.min() > 9, file.name
        assert down.max() < high - 9, file.name


def test_libreoffice_prints_no_empty_page(printed: list[tuple[float, str]]) -> None:
    edges = ("Netværk i <Kommune>", "Alle data er simulerede.", "Side ")
    for at, (_, text) in enumerate(printed, start=1):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert f"Side {at} af {len(printed)}" in lines
        # A figure has no text of its own, but its caption stands under it.
        assert [line for line in lines if not line.startswith(edges)], f"page {at} is empty"


def test_libreoffice_keeps_summary_contents_and_tables(printed: list[tuple[float, str]]) -> None:
    texts = [text for _, text in printed]
    assert "Svaret" in texts[0] and "Om svaret." in texts[0] and "Indhold" not in texts[0]  # noqa: PT018
    for entry in ("1 +Hvem svarede", "C +Hvor tallene kommer fra"):
        assert re.search(entry, texts[1])
    (turned,) = [text for width, text in printed if width > 800]
    assert "Alle sammenligninger" in turned and "Tabel 2. Alle tal" in turned  # noqa: PT018
    assert all(f"Standardfejl{at}" in turned for at in range(10))  # no word is cut
    rows = [text for text in texts if re.search(r"\brække\d", text)]
    assert len(rows) > 1
    assert all(re.search(r"Kode +Antal", text) for text in rows)
    assert "Tabel 3. Alle afdelinger" in rows[0]
