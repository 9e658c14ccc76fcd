"""All text that a file holds: words on the page, comments, metadata, escapes undone, files packed in it."""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.source import UNZIPPING, Source

_DEEPEST, _MOST_BYTES = 3, 200_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TAG, _SHORT_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>"), re.compile(r"<[A-Za-z/!?][^<>\n]*>")
# Words of two such elements are two words, however they stand.
_BLOCK = re.compile(
    r"</?(?:\w+:)?(?:p|div|li|ul|ol|tr|td|th|table|h\d|br|si|c|row|is|text|comment|title|option|desc|body|head|svg|g)\b"
    r"[^<>\n]*>"
)
_OUTLINE = re.compile(r"""\s(?:d|points|transform|style)=(?:"[^"]*"|'[^']*')""")
_DATA = re.compile(r"data:[\w.+/-]*(?:;[\w=.+-]+)*;base64,([A-Za-z0-9+/=\s]+)")
_ESCAPE = re.compile(r"\\u\{?([0-9A-Fa-f]{4,6})\}?|\\x([0-9A-Fa-f]{2})")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True)
class Piece:
    """Text of a file.

    Attributes
    ----------
    text : str
    place : str
        Where in the file; "" where the line tells it.
    lines : bool
        Whether lines of the text are lines of the file.
    """

    text: str
    place: str = ""
    lines: bool = False


def pieces(name: str, data: bytes, unread: list[str], place: str = "", depth: int = 0) -> Iterator[Piece]:
    """Take a file apart into its texts.

    Parameters
    ----------
    name : str
        Name of the file; what it is is told by the content.
    data : bytes
    unread : list of str
        Here is added where something stands that cannot be read: "" = the whole file.
    place : str
        Where in an outer file this one lies.
    depth : int
        How many files it is packed in.
    """
    if data.startswith(b"PK\x03\x04"):
        yield from _packed(name, data, unread, place, depth)
    elif data.startswith(_PNG):
        yield from _of_png(data, unread, place)
    elif data.startswith(_JPEG):
        yield from _of_jpeg(data, place)
    elif (text := _decoded(data)) is None:
        unread.append(place)
    elif (values := _values(name, text)) is not None:
        yield from _of_json(values, unread, place, depth)
    else:
        yield from _of_text(text, unread, place, depth)


def _decoded(data: bytes) -> str | None:
    """Return text, or None for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:8000] or data.startswith(b"%PDF"):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _of_text(text: str, unread: list[str], place: str, depth: int) -> Iterator[Piece]:
    """Return a text as it is and, where it is marked up or escaped, as a reader sees it."""
    for number, match in enumerate(_DATA.finditer(text) if "base64," in text else (), start=1):
        inner = _from_base64(match[1])
        if inner is None or depth >= _DEEPEST:
            unread.append(_inside(place, f"data {number}"))
        else:
            yield from pieces("", inner, unread, _inside(place, f"data {number}"), depth + 1)
    if "base64," in text:
        text = _DATA.sub(_line_ends, text)
    if "\\u" in text or "\\x" in text:
        text = _ESCAPE.sub(_character, text)
    lines = not place
    if not _TAG.search(text):
        yield Piece(html.unescape(text) if "&" in text else text, place, lines)
    else:
        text = _OUTLINE.sub(_line_ends, text)
        yield Piece(html.unescape(text), place, lines)
        yield Piece(html.unescape(_TAG.sub(_gap, _SHORT_TAG.sub(" ", text))), place, lines)
        joined = _SHORT_TAG.sub("", _BLOCK.sub(" ", text))
        yield Piece(html.unescape(_TAG.sub(_line_ends, joined)), place, lines)
    if _PERCENT.search(text):
        yield Piece(unquote(text, errors="replace"), place, lines)


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _gap(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]


def _inside(place: str, more: str) -> str:
    return f"{place}, {more}" if place else more


def _from_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return None


def _values(name: str, text: str) -> Any:
    """Return the content of JSON or of a notebook; None for any other text."""
    if not text.lstrip().startswith(("{", "[")) and not name.lower().endswith((".json", ".ipynb")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _of_json(values: Any, unread: list[str], place: str, depth: int) -> Iterator[Piece]:
    """Return every text and every key; lists of lines, as notebooks have them, in one piece."""
    plain: list[str] = []
    left: list[tuple[Any, str]] = [(values, place)]
    while left:
        value, where = left.pop()
        if isinstance(value, dict):
            plain += value
            left += [(each, _inside(where, _shown(key))) for key, each in value.items()]
        elif isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            plain += value
            left.append(("".join(value), where))
        elif isinstance(value, list):
            left += [(each, _inside(where, str(at))) for at, each in enumerate(value, start=1)]
        elif isinstance(value, str) and where.endswith(("image/png", "image/jpeg", "application/pdf")):
            inner = _from_base64(value) or b"\0"
            yield from pieces("", inner, unread, where, _DEEPEST)
        elif isinstance(value, str) and ("<" in value or "base64," in value or len(value) > 200):
            yield from _of_text(value, unread, where or "value", depth)
        elif value is not None:
            plain.append(str(value))
    # A line break between them keeps two values from being read as one name; `netlearn.survey.scan` respects it.
    yield Piece("\n\n".join(plain), place or "values")


def _shown(key: str) -> str:
    return key if re.fullmatch(r"[a-z][a-z_/+-]{0,30}", key) else "…"


def _packed(name: str, data: bytes, unread: list[str], place: str, depth: int) -> Iterator[Piece]:
    """Return the texts of a workbook, a Word file or any zip: of every member, and its comment."""
    source = Source(name, data, FileFormat(), Findings())
    if depth >= _DEEPEST or not source.packed_safely:
        unread.append(place)
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError):
        unread.append(place)
        return
    with archive:
        yield Piece(archive.comment.decode("utf-8", errors="replace"), _inside(place, "comment"))
        for number, info in enumerate(archive.infolist(), start=1):
            where = _inside(place, _member(info.filename, number))
            yield Piece(info.filename, where)
            inner = b"" if info.is_dir() else _unzipped(archive, info)
            if inner is None:
                unread.append(where)
            else:
                if info.filename.startswith("xl/worksheets/"):
                    inner = _CELL_PLACES.sub(b"", inner)
                yield from pieces(info.filename, inner, unread, where, depth + 1)


# Where a cell of a sheet stands (B221) is nobody's id.
_CELL_PLACES = re.compile(rb'(?<=[<a-z ])(?: (?:r|ref|sqref|spans|activeCell|topLeftCell)="[A-Z0-9: ]*")+')


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """Return a member, or None if it is locked, damaged or too large to look into."""
    try:
        return archive.read(info) if info.file_size <= _MOST_BYTES else None
    except UNZIPPING:
        return None


def _member(name: str, number: int) -> str:
    """Return the name of a member as the formats of Office have it; any other by its number: it may name somebody."""
    return (
        name if re.fullmatch(r"(?:xl|word|docProps|_rels)/[A-Za-z/]*\d*\.\w+", name) else f"member {number}"
    )


def _of_png(data: bytes, unread: list[str], place: str) -> Iterator[Piece]:
    """Return the texts beside the picture; what is drawn in it cannot be read."""
    at = len(_PNG)
    while at + 8 <= len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body, at = data[at + 8 : at + 8 + size], at + 12 + size
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            text = _unpacked(kind, body)
            if text is None:
                unread.append(_inside(place, kind.decode()))
            else:
                yield Piece(_both_ways(text), _inside(place, kind.decode()))


def _unpacked(kind: bytes, body: bytes) -> bytes | None:
    """Return what a chunk of text says, with its keyword."""
    keyword, _, rest = body.partition(b"\0")
    packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    if not packed:
        return body
    start = 1
    if kind == b"iTXt":
        # Flag, method, then language and translated keyword, each with a zero at its end.
        start = 2 + rest[2:].find(b"\0") + 1
        start += rest[start:].find(b"\0") + 1
    try:
        return keyword + b" " + zlib.decompressobj().decompress(rest[start:], _MOST_BYTES)
    except zlib.error:
        return None


def _of_jpeg(data: bytes, place: str) -> Iterator[Piece]:
    """Return the comments and metadata before the picture."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xFE or 0xE1 <= data[at + 1] <= 0xEF:
            yield Piece(_both_ways(data[at + 4 : at + 2 + size]), _inside(place, "metadata"))
        at += 2 + size


def _both_ways(data: bytes) -> str:
    """Read bytes of an unknown encoding as UTF-8 and, without the zeros, as UTF-16 of Latin letters."""
    plain = data.decode("utf-8", errors="replace").replace("\0", " ")
    latin = data.decode("latin-1").replace("\0", " ")
    return f"{plain}\n\n{latin}\n\n{data.replace(bytes(1), b'').decode('latin-1')}"
