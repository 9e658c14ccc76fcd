"""Packed files (.xlsx, .docx) whose bytes depend on their content alone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that packed files bear: the same content gives the same bytes, and nobody's working hours are told."""
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def repacked(data: bytes) -> bytes:
    """Return a zip with the same files in the same order, all of one time, its properties too."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _CHANGED.sub(
                    rb"\g<1>" + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<3>", content
                )
            entry = zipfile.ZipInfo(info.filename, MADE.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(entry, content)
    return out.getvalue()
