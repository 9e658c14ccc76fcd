"""A user's own logo, template and texts: what is no such thing is said, and nothing is lost without a word."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from logos import picture

from netlearn.study.dress import LARGEST, SECTIONS, read_dress
from netlearn.study.findings import Findings

PNG, JPEG = (picture(kind) for kind in ("PNG", "JPEG"))
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


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
    (tmp_path / "anwser.txt").write_text("misspelt", encoding="utf-8")
    (tmp_path / "limits.txt").write_bytes(b"f\xf8rste\n")
    (tmp_path / "notes.docx").write_bytes(b"PK")
    (tmp_path / "logo.jpg").write_bytes(JPEG[: len(JPEG) // 2])
    _, faults = read(tmp_path)
    assert sorted(faults) == [
        ("dress-large", "report/logo.png"),
        ("dress-no-picture", "report/logo.jpg"),
        ("dress-no-picture", "report/logo.png"),
        ("dress-not-utf8", "report/limits.txt"),
        ("dress-unknown", "report/anwser.txt"),
        ("dress-unknown", "report/notes.docx"),
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_faults_name_what_is_right(tmp_path: Path, language: str) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    findings = Findings()
    read_dress(tmp_path, findings)
    said = findings.faults[0].text(language)
    assert "report/x.txt" in said
    assert all(f"{name}.txt" in said for name in SECTIONS)
