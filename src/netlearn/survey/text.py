"""Bytes to rows of cells: recognise encoding and separator by content, or hold the file to what is stated."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from netlearn.study.findings import Findings
from netlearn.study.plan import Encoding, Separator

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
# Excel takes the separator from such a line, and does not show it.
_LINE = r'"?sep=([,;\t])"?[ \t]*(?:\r\n|\r|\n|$)'
_SEPARATOR_LINE = re.compile(_LINE, re.IGNORECASE)
_SEPARATOR_BYTES = re.compile(rb"(?:\xef\xbb\xbf)?" + _LINE.encode(), re.IGNORECASE)


def decode(data: bytes, stated: Encoding, file: str, findings: Findings) -> str | None:
    """Return the text of a file, or None with one fault.

    A byte order mark decides; without one, strict UTF-8 is tried, then windows-1252. A stated encoding that
    the content contradicts is a fault, never overridden.
    """
    found, bad_at = _recognise(data)
    if found is None:
        findings.fault("not-text", file, _row_at(data, bad_at))
        return None
    fits = {"utf-8": found == "utf-8", "utf-8-sig": found in ("utf-8", "utf-8-sig")}
    fits |= {"cp1252": found == "cp1252" or data.isascii(), "utf-16": found == "utf-16"}
    if stated != "auto" and not fits[stated]:
        known = {"stated": stated, "found": found, "remedy": found}
        findings.fault("wrong-encoding", file, _row_at(data, bad_at), **known)
        return None
    if stated == "auto" and found != "utf-8":
        findings.note("recognised-encoding", file, found=found)
    return data.decode(found if stated == "auto" else stated)


def looks(data: bytes) -> tuple[str, str]:
    r"""Return encoding and separator of a text as its content shows them; "" where it is none.

    Examples
    --------
    >>> looks("id;afdeling\n1;Sundhed\n2;Børn\n".encode("cp1252"))
    ('cp1252', ';')
    """
    encoding, _ = _recognise(data)
    return (encoding, _separator(data.decode(encoding))) if encoding else ("", "")


def split(text: str, stated: Separator, file: str, findings: Findings) -> list[list[str]] | None:
    """Return the records of a file (quoted newlines stay inside a cell), or None with one fault.

    A first line such as `sep=;` names the separator and is no record, so that the header is row 1 as in Excel.
    """
    line = _SEPARATOR_LINE.match(text)
    text = text[line.end() :] if line else text
    found = _named(line[1]) if line else _separator(text)
    if stated not in ("auto", found) and (line or not _fits(text, stated, found)):
        findings.fault("wrong-separator", file, 1, found=found, stated=stated)
        return None
    if line:
        findings.note("separator-line", file, found=found)
    elif stated == "auto" and found != ",":
        findings.note("recognised-separator", file, found=found)
    if text and not text.endswith(("\n", "\r")):
        findings.note("no-final-line-end", file)
    separator = found if stated == "auto" else stated
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_SEPARATORS[separator], strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
    except csv.Error as error:
        findings.fault("broken-quotes", file, len(records) + 1, reason=str(error))
        return None
    return records


def _recognise(data: bytes) -> tuple[str | None, int]:
    """Return the encoding (None: none of ours) and the position of the first byte that tells it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding, 0) if _decodes(data, encoding) else (None, 0)
    if b"\0" in data:
        return None, data.index(b"\0")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return ("cp1252" if _decodes(data, "cp1252") else None), error.start
    return "utf-8", 0 if data.isascii() else next(at for at, byte in enumerate(data) if byte > 127)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _row_at(data: bytes, position: int) -> int:
    hidden = bool(_SEPARATOR_BYTES.match(data))
    return max(data.count(b"\n", 0, position) + 1 - hidden, 1)


def _widths(text: str, separator: str) -> list[int]:
    """Count the cells of each of the first rows; empty if the quotes do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_SEPARATORS[separator])
    try:
        rows = [len(record) for record, _ in zip(reader, range(30), strict=False)]
    except csv.Error:
        return []
    return [width for width in rows if width]


def _score(text: str, separator: str) -> tuple[float, int]:
    """Share of rows that are as wide as the header, and that width; (0, 1) if nothing is separated."""
    widths = _widths(text, separator)
    if not widths or widths[0] == 1:
        return 0.0, 1
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _named(separator: str) -> str:
    return next(name for name, sign in _SEPARATORS.items() if sign == separator)


def _separator(text: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _score(text, separator))


def _fits(text: str, stated: str, found: str) -> bool:
    """Tell whether the stated separator does as well as the one found, or nothing is separated at all."""
    return _score(text, stated)[0] >= _score(text, found)[0]
