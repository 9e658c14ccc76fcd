"""A user's own logo, template and texts: what is no such thing is said, and nothing is lost without a word."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from logos import picture

from netlearn.study.dress import LARGEST, SECTIONS, logo_without_word, read_dress
from netlearn.study.findings import Findings

PNG, JPEG = (picture(kind) for kind in ("PNG", "JPEG"))
SVG = (
    b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" '
    b'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<metadata><rdf:RDF rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></metadata>'
    b'<defs><linearGradient id="g"/></defs><style>.a { fill: url(#g) } @font-face { font-family: f; src: '
    b'url("data:font/woff2;base64,AAAA") }</style>'
    b'<rect class="a" width="9" height="9" style="stroke:url(\'#g\')"/><use xlink:href="#g"/>'
    b'<image href="data:image/png;base64,AAAA"/></svg>'
)


def read(folder: Path) -> tuple[dict, list[tuple[str, str]]]:
    findings = Findings()
    found = read_dress(folder, findings)
    return found, [(fault.code, fault.file) for fault in findings.faults]


def test_no_folder_and_an_empty_one_add_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == ({}, [])
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert read(tmp_path) == ({}, [])


def test_texts_are_paragraphs_of_plain_text(tmp_path: Path) -> None:
    text = "\ufeffFørste <b>afsnit</b>,\r\nto linjer.\r\n\r\n\r\nAndet.\r\n"
    (tmp_path / "answer.txt").write_bytes(text.encode("utf-8"))
    found, faults = read(tmp_path)
    assert faults == []
    assert found == {"texts": {"answer": ["Første <b>afsnit</b>, to linjer.", "Andet."]}}


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("logo.png", PNG, "image/png"),
        ("logo.jpg", JPEG, "image/jpeg"),
        ("logo.svg", SVG, "image/svg+xml"),
        ("logo.png", JPEG, "image/jpeg"),  # content tells, not the name
    ],
)
def test_a_logo_is_what_its_content_says(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    found, faults = read(tmp_path)
    assert faults == []
    head, _, body = found["logo"].partition(",")
    assert head == f"data:{kind};base64"
    assert base64.b64decode(body) == data


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>\r\n{% if %}\r\n", 2),
        ("{% block x %}\n\n{{ a b }}\n{% endblock %}", 3),
        ("{% unknown %}", 1),
        ("{{ d.anything }} {% endblock %}", 1),
    ],
)
def test_a_template_that_cannot_be_read_is_a_fault_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "page.html").write_bytes(text.encode("utf-8"))
    findings = Findings()
    read_dress(tmp_path, findings)
    [fault] = findings.faults
    assert (fault.code, fault.file, fault.row) == ("dress-template", "report/page.html", line)


def test_a_template_that_can_be_read_is_kept_as_it_is(tmp_path: Path) -> None:
    text = '{% extends "page.html" %}\n{% block header %}{{ d.title }}{% endblock %}\n'
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert read(tmp_path) == ({"template": text}, [])


def test_all_faults_at_once(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"MZ" + b"0" * LARGEST)
    (tmp_path / "logo.jpeg").write_bytes(b"")
    (tmp_path / "answer.txt").mkdir()
    (tmp_path / "anwser.txt").write_text("misspelt", encoding="utf-8")
    (tmp_path / "limits.txt").write_bytes(b"f\xf8rste\n")
    (tmp_path / "notes.docx").write_bytes(b"PK")
    (tmp_path / "logo.jpg").write_bytes(JPEG[: len(JPEG) // 2])
    _, faults = read(tmp_path)
    assert sorted(faults) == [
        ("dress-large", "report/logo.png"),
        ("dress-no-picture", "report/logo.jpeg"),
        ("dress-no-picture", "report/logo.jpg"),
        ("dress-not-utf8", "report/limits.txt"),
        ("dress-two-logos", "report"),
        ("dress-unknown", "report/anwser.txt"),
        ("dress-unknown", "report/notes.docx"),
        ("dress-unreadable", "report/answer.txt"),
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_faults_name_what_is_right(tmp_path: Path, language: str) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    findings = Findings()
    read_dress(tmp_path, findings)
    said = findings.faults[0].text(language)
    assert "report/x.txt" in said
    assert all(f"{name}.txt" in said for name in SECTIONS)


@pytest.mark.parametrize(
    ("size", "en", "da"), [(LARGEST + 1, "1.1 MB", "1,1 MB"), (2_000_000, "2.0 MB", "2,0 MB")]
)
def test_a_size_is_told_in_the_numbers_of_the_language(tmp_path: Path, size: int, en: str, da: str) -> None:
    (tmp_path / "logo.png").write_bytes(b"0" * size)
    findings = Findings()
    read_dress(tmp_path, findings)
    [fault] = findings.faults
    assert f" {en}," in fault.text("en")
    assert f" {da}," in fault.text("da")


def test_of_a_drawing_with_its_picture_word_takes_the_picture(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    assert logo_without_word(tmp_path) == "logo.svg"
    (tmp_path / "logo.png").write_bytes(PNG)
    found, faults = read(tmp_path)
    assert faults == []
    assert found["logo"].startswith("data:image/svg+xml;base64,")
    assert found["logo_for_word"].startswith("data:image/png;base64,")
    assert logo_without_word(tmp_path) == ""
    (tmp_path / "logo.svg").unlink()
    assert logo_without_word(tmp_path) == ""
    assert set(read(tmp_path)[0]) == {"logo"}


@pytest.mark.parametrize(
    "names",
    [
        ("logo.jpg", "logo.png"),
        ("logo.jpg", "logo.svg"),
        ("logo.jpeg", "logo.jpg"),
        ("logo.jpg", "logo.png", "logo.svg"),
    ],
)
def test_two_logos_are_one_fault_that_names_them(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).write_bytes({"logo.png": PNG, "logo.svg": SVG}.get(name, JPEG))
    findings = Findings()
    read_dress(tmp_path, findings)
    [fault] = findings.faults
    assert fault.code == "dress-two-logos"
    for language in ("en", "da"):
        assert f"({', '.join(names)})" in fault.text(language)


def drawing(inside: str, about: str = "", before: str = "") -> str:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {space} {about}>\n{inside}\n</svg>"


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (drawing("")[:-3], "broken", ""),
        (drawing("<g>"), "broken", ""),
        (drawing("", before='<?xml version="1.0" encoding="no-such"?>'), "broken", ""),
        ("<svg><rect/></svg>", "broken", ""),  # without its namespace no browser shows it
        ('<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>', "broken", ""),
        ("just text", "broken", ""),
        (drawing("", before="<!DOCTYPE svg>"), "entities", ""),
        (drawing("&a;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "entities", ""),
        (drawing("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "entities", ""),
        (drawing("<script>alert(1)</script>"), "acts", "<script>"),
        (drawing('<s:SCRIPT xmlns:s="urn:x"/>'), "acts", "<SCRIPT>"),
        (drawing("", about='onload="alert(1)"'), "acts", "onload"),
        (drawing('<rect OnClick="x()"/>'), "acts", "OnClick"),
        (drawing("<foreignObject/>"), "acts", "<foreignObject>"),
        (drawing('<b xmlns="http://www.w3.org/1999/xhtml"/>'), "acts", "<b>"),
        (drawing('<a><set attributeName="xlink:href" to="x"/></a>'), "acts", "attributeName=xlink:href"),
        (drawing('<animate attributeName="onload" values="x"/>'), "acts", "attributeName=onload"),
        (drawing("<style>@im<g/>port 'http://x.dk/a'</style>"), "acts", "<g>"),
        (drawing('<image href="http://x.dk/a.png"/>'), "outside", "href=http://x.dk/a.png"),
        (drawing('<image xlink:href="file:///a.png"/>'), "outside", "file:///a.png"),
        (drawing('<image xlink:href="a.png"/>'), "outside", "href=a.png"),
        (drawing('<use href="//x.dk/a.svg#b"/>'), "outside", "//x.dk/a.svg#b"),
        (drawing('<a href=" JavaScript:alert(1)"/>'), "outside", "JavaScript:"),
        (drawing('<image href="data:image/svg+xml;base64,AAAA"/>'), "outside", "data:image/svg"),
        (drawing('<image href="data:text/html,AAAA"/>'), "outside", "data:text/html"),
        (drawing("", about='xml:base="http://x.dk/"'), "outside", "http://x.dk/"),
        (drawing('<rect fill="url(http://x.dk/a#b)"/>'), "outside", "url(http://x.dk/a#b"),
        (drawing('<rect style="fill: URL( \'a.svg#b\' )"/>'), "outside", "a.svg#b"),
        (drawing("<style>a { fill: u\\72l(http://x.dk/a) }</style>"), "outside", "url(http://x.dk/a"),
        (drawing('<style>@import "a.css";</style>'), "outside", '@import "a.css"'),
        (drawing('<style><![CDATA[@\\69mport "a.css";]]></style>'), "outside", '@import "a.css"'),
        (drawing('<rect style="background: image-set(\'a.png\' 1x)"/>'), "outside", "image-set("),
        (drawing("", before='<?xml-stylesheet href="http://x.dk/a.css"?>'), "outside", "xml-stylesheet"),
    ],
)  # fmt: skip
def test_a_drawing_that_acts_or_asks_elsewhere_is_refused(
    tmp_path: Path, text: str, code: str, named: str
) -> None:
    (tmp_path / "logo.svg").write_text(text, encoding="utf-8")
    findings = Findings()
    read_dress(tmp_path, findings)
    assert {fault.file for fault in findings.faults} == {"report/logo.svg"}
    found = next(fault for fault in findings.faults if fault.code == f"dress-svg-{code}")
    for language, words in (("en", ("Expected", "Do:")), ("da", ("Forventede", "Gør:"))):
        said = found.text(language)
        assert all(word in said for word in (named, *words))


def test_every_fault_of_a_drawing_has_its_line_and_is_told_once(tmp_path: Path) -> None:
    inside = '<script/>\n<script/>\n<image href="a.png"/>\n<rect onclick="x" fill="url(b#c)"/>'
    (tmp_path / "logo.svg").write_text(drawing(inside), encoding="utf-8")
    findings = Findings()
    read_dress(tmp_path, findings)
    assert [(fault.row, fault.code.removeprefix("dress-svg-")) for fault in findings.faults] == [
        (2, "acts"),
        (4, "outside"),
        (5, "acts"),
        (5, "outside"),
    ]


def test_a_very_long_address_is_cut_with_a_sign(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        drawing(f'<image href="data:text/html,{"A" * 9999}"/>'), encoding="utf-8"
    )
    findings = Findings()
    read_dress(tmp_path, findings)
    [fault] = findings.faults
    assert "A…" in fault.text()
    assert len(fault.text()) < 400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_drawing_in_the_encodings_of_xml_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "logo.svg").write_bytes(drawing("<title>Ærø</title>").encode(encoding))
    assert read(tmp_path)[1] == []
