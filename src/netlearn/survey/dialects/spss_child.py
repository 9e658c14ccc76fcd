"""Reads SPSS bytes from standard input and writes what they hold as JSON; run as a program of its own.

The library that reads .sav is C: a damaged file can end the whole process. Here only this one ends.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

MOST_CELLS, MOST_UNPACKED = 200_000_000, 1_100
"""No file holds more cells than this, nor more cells per byte than compression can give."""
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "WINDOWS-1252"}
FALLBACK = "WINDOWS-1252"
_OF_TEXT = ("encoding", "character set")
_BEGIN = datetime(1582, 10, 14)
_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "MOYR", "QYR", "WKYR", "YMDHMS")
_TIMES = ("TIME", "DTIME", "MTIME")


def sav(data: bytes, stated: str) -> dict[str, Any]:
    """Return names, wording and cells of a file, or {"error": why}.

    Parameters
    ----------
    data : bytes
    stated : str
        Encoding that the study file states, or "auto": the one of the file, else windows-1252.
    """
    encoding = ENCODINGS.get(stated)
    try:
        return _read(data, encoding) | {"fallback": False}
    except Exception as error:
        # The library raises its own errors and those of decoding; only those of decoding have another way.
        of_text = isinstance(error, UnicodeDecodeError) or any(word in str(error) for word in _OF_TEXT)
        if encoding is not None or not of_text:
            return {"error": type(error).__name__}
    try:
        return _read(data, FALLBACK) | {"fallback": True}
    except Exception as error:
        return {"error": type(error).__name__}


def _read(data: bytes, encoding: str | None) -> dict[str, Any]:
    import pyreadstat

    how: dict[str, Any] = {"user_missing": True, "output_format": "dict", "disable_datetime_conversion": True}
    _, about = pyreadstat.read_sav(
        io.BytesIO(data), metadataonly=True, output_format="dict", encoding=encoding
    )
    cells = (about.number_rows or 0) * (about.number_columns or 0)
    if cells > MOST_CELLS or cells > MOST_UNPACKED * len(data):
        return {"error": "size"}
    stated = about.number_rows
    columns, about = pyreadstat.read_sav(io.BytesIO(data), encoding=encoding, **how)
    names = list(about.column_names)
    formats = about.original_variable_types
    return {
        "names": names,
        "labels": [about.column_names_to_labels.get(name) or "" for name in names],
        "formats": [formats.get(name) or "" for name in names],
        "answers": [_answers(about.variable_value_labels.get(name, {})) for name in names],
        "missing": [_ranges(about.missing_ranges.get(name, [])) for name in names],
        "sets": about.mr_sets,
        "rows": stated,
        "cells": [_texts(columns[name], formats.get(name) or "") for name in names],
    }


def _answers(labels: dict[Any, str]) -> list[list[str]]:
    return [[text_of(code, ""), label] for code, label in labels.items()]


def _ranges(ranges: Iterable[dict[str, Any]]) -> list[list[Any]]:
    return [[one["lo"], one["hi"]] for one in ranges]


def _texts(values: Iterable[Any], form: str) -> list[Any]:
    """Return the different cells of a column as text, and for each row which of them it holds."""
    place: dict[Any, int] = {}
    rows = [place.setdefault(value, len(place)) for value in values]
    return [[text_of(value, form) for value in place], rows]


def text_of(value: Any, form: str) -> str:
    """Return a value as text: whole numbers without ".0", days as ISO text, system-missing as "".

    Examples
    --------
    >>> text_of(3.0, "F8.2"), text_of(0.25, "F8.2"), text_of(None, ""), text_of(13944009600.0, "DATE11")
    ('3', '0.25', '', '2024-08-26')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    try:
        if form.startswith(_DAYS):
            moment = _BEGIN + timedelta(seconds=float(value))
            return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
        if form.startswith(_TIMES):
            return str(timedelta(seconds=float(value)))
    except OverflowError:
        pass
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def main() -> None:
    """Read standard input; the first argument is the stated encoding."""
    found = sav(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else "auto")
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
