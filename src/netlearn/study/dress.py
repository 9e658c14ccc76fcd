"""What a user adds to the report: a logo, a template of the page, and texts of their own, from a folder `report/`."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from netlearn.study.findings import Findings

FOLDER = "report"
TEMPLATE = "page.html"
LOGOS = ("logo.png", "logo.jpg", "logo.jpeg", "logo.svg")
LARGEST = 1_000_000  # bytes of a logo: it is in every page and every Word file
SECTIONS = (
    "answer", "response", "map", "change", "outcomes", "evidence", "training", "egos", "shared-rooms", "attendance",
    "competence", "limits", "scales", "turnover", "handling", "certainty", "method", "checklist", "notes",
)  # fmt: skip
"""Sections that a text may be added to, as `answer.txt`; a study has not all of them."""
_IMAGES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def read_dress(folder: Path, findings: Findings) -> dict[str, Any]:
    """Read what a folder adds to a report.

    Parameters
    ----------
    folder : Path
        May hold `logo.png` (or .jpg, .svg), `page.html` (a jinja2 template) and texts such as `answer.txt`: plain text
        in UTF-8, a blank line between paragraphs.
    findings : Findings
        Every fault is added here: other files, which would be lost without a word; what is no picture and no text.

    Returns
    -------
    dict
        logo: a data address; template: text; texts: section -> list of paragraphs. Without what is not there.
    """
    found: dict[str, Any] = {}
    texts: dict[str, list[str]] = {}
    files = (
        sorted(path for path in folder.iterdir() if path.name not in _LEFT_BY_SYSTEMS)
        if folder.is_dir()
        else []
    )
    for path in files:
        told = f"{FOLDER}/{path.name}"
        if path.name in LOGOS:
            found["logo"] = _logo(path, told, findings)
        elif path.name == TEMPLATE:
            found["template"] = _template(path, told, findings)
        elif path.suffix == ".txt" and path.stem in SECTIONS:
            texts[path.stem] = [block for block in _paragraphs(_text(path, told, findings)) if block]
        else:
            findings.fault("dress-unknown", told, expected=", ".join([*LOGOS, TEMPLATE, *_names()]))
    return found | ({"texts": texts} if texts else {})


def _names() -> list[str]:
    return [f"{name}.txt" for name in SECTIONS]


def _logo(path: Path, told: str, findings: Findings) -> str:
    """Return a picture as a data address: what it is says its content, not its name."""
    data = path.read_bytes()
    kind = next((kind for start, kind in _IMAGES.items() if data.startswith(start) and _whole(data)), "")
    if not kind and b"<svg" in data[:2000]:
        kind = "image/svg+xml"
    if not kind:
        findings.fault("dress-no-picture", told)
    if len(data) > LARGEST:
        findings.fault("dress-large", told, size=round(len(data) / 1e6, 1), most=LARGEST // 1_000_000)
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _whole(data: bytes) -> bool:
    """Return whether a picture is there to its end: a half one is refused by Word, not by a browser."""
    from PIL import Image

    try:
        Image.open(io.BytesIO(data)).load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _text(path: Path, told: str, findings: Findings) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        findings.fault("dress-not-utf8", told, data.count(b"\n", 0, error.start) + 1)
        return ""


def _template(path: Path, told: str, findings: Findings) -> str:
    """Return a template that can be read; what it asks for is known only when it is filled, after all the work."""
    import jinja2

    text = _text(path, told, findings)
    try:
        jinja2.Environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        findings.fault("dress-template", told, error.lineno, reason=str(error.message).rstrip("."))
    return text


def _paragraphs(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\n\n")]
