"""What a user adds to the report: a logo, a template of the page, and texts of their own, from a folder `report/`."""

from __future__ import annotations

import base64
import io
import math
from pathlib import Path
from typing import Any

from netlearn.study.findings import Findings
from netlearn.study.svg import check_svg

FOLDER = "report"
TEMPLATE = "page.html"
PNG, SVG = "logo.png", "logo.svg"
LOGOS = (PNG, "logo.jpg", "logo.jpeg", SVG)
LARGEST = 1_000_000  # bytes of a logo: it is in every page and every Word file
SECTIONS = (
    "answer", "response", "map", "change", "outcomes", "evidence", "training", "egos", "shared-rooms", "attendance",
    "competence", "limits", "scales", "turnover", "handling", "certainty", "method", "checklist", "notes",
)  # fmt: skip
"""Sections that a text may be added to, as `answer.txt`; a study has not all of them."""
_SVG_ADDRESS = "data:image/svg+xml;"
_IMAGES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def read_dress(folder: Path, findings: Findings) -> dict[str, Any]:
    """Read what a folder adds to a report.

    Parameters
    ----------
    folder : Path
        May hold `logo.png` (or .jpg, .svg), `page.html` (a jinja2 template) and texts such as `answer.txt`: plain text
        in UTF-8, a blank line between paragraphs. Word shows no SVG: with `logo.svg` for the page there may be a
        `logo.png` for Word.
    findings : Findings
        Every fault is added here: other files, which would be lost without a word; what is no picture and no text;
        an SVG that acts or asks for what is elsewhere.

    Returns
    -------
    dict
        logo: a data address; logo_for_word: another one, for Word; template: text; texts: section -> list of
        paragraphs. Without what is not there.
    """
    found: dict[str, Any] = {}
    texts: dict[str, list[str]] = {}
    logos: dict[str, str] = {}
    for path in _files(folder, findings):
        told = f"{FOLDER}/{path.name}"
        if path.name in LOGOS:
            logos[path.name] = _logo(path, told, findings)
        elif path.name == TEMPLATE:
            found["template"] = _template(path, told, findings)
        elif path.suffix == ".txt" and path.stem in SECTIONS:
            texts[path.stem] = [block for block in _paragraphs(_text(path, told, findings)) if block]
        else:
            findings.fault("dress-unknown", told, expected=", ".join([*LOGOS, TEMPLATE, *_names()]))
    return found | _of_logos(logos, findings) | ({"texts": texts} if texts else {})


def _files(folder: Path, findings: Findings) -> list[Path]:
    try:
        inside = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        findings.fault("dress-unreadable", FOLDER)
        return []
    return [path for path in inside if path.name not in _LEFT_BY_SYSTEMS]


def _of_logos(logos: dict[str, str], findings: Findings) -> dict[str, str]:
    """Return which logo is for what: one is for all, of a drawing with its picture Word takes the picture."""
    if set(logos) == {SVG, PNG}:
        return {"logo": logos[SVG], "logo_for_word": logos[PNG]}
    if len(logos) > 1:
        findings.fault("dress-two-logos", FOLDER, found=", ".join(logos))
    return {"logo": next(iter(logos.values()))} if logos else {}


def logo_without_word(folder: Path) -> str:
    """Return the name of a logo that the page shows and Word cannot, or "".

    Parameters
    ----------
    folder : Path
        As `read_dress` takes it.
    """
    found = read_dress(folder, Findings())
    alone = found.get("logo", "").startswith(_SVG_ADDRESS) and "logo_for_word" not in found
    return SVG if alone else ""


def _names() -> list[str]:
    return [f"{name}.txt" for name in SECTIONS]


def _logo(path: Path, told: str, findings: Findings) -> str:
    """Return a picture as a data address: what it is says its content, not its name."""
    data = _bytes(path, told, findings, LARGEST)
    if data is None:
        return ""
    kind = next(
        (kind for start, kind in _IMAGES.items() if data.startswith(start) and whole_picture(data)), ""
    )
    if not kind and path.name == SVG:
        kind = "image/svg+xml"
        check_svg(data, told, findings)
    if not kind:
        findings.fault("dress-no-picture", told)
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _bytes(path: Path, told: str, findings: Findings, most: int | None = None) -> bytes | None:
    """Return what is in a file that can be read and is not too large, else None and one fault."""
    try:
        size = path.stat().st_size
        if most is not None and size > most and path.is_file():
            megabytes = math.ceil(size / 1e5) / 10  # never told as large as it may be
            findings.fault("dress-large", told, megabytes=megabytes, most=most // 1_000_000)
            return None
        if path.is_file():
            return path.read_bytes()
    except OSError:
        pass
    findings.fault("dress-unreadable", told)
    return None


def whole_picture(data: bytes) -> bool:
    """Return whether a picture is there to its end: a half one is refused by Word, not by a browser."""
    from PIL import Image

    try:
        Image.open(io.BytesIO(data)).load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _text(path: Path, told: str, findings: Findings) -> str:
    data = _bytes(path, told, findings) or b""
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
