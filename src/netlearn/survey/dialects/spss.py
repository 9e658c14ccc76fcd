"""SPSS .sav and .zsav: variables with their labels, value labels, user-missing values and multiple-response sets.

Cells are codes as text. Rows count as the data view of SPSS shows cases: the first is row 1. A variable of a
multiple-response set stands twice among the columns: under its own name and as item of its set.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects import spss_child
from netlearn.survey.dialects.spss_labels import (
    missing_codes,
    own_parts,
    plain_text,
    question_part,
    siblings,
    stem,
)
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.source import Source

_PORTABLE = b"SPSSPORT"
_SECONDS = 600


def recognise(source: Source) -> Guess | None:
    """Tell .sav and .zsav by their first bytes; .por is claimed to be refused."""
    if source.kind == "sav":
        return Guess(0.99, "spss-bytes")
    return Guess(0.95, "spss-por") if _is_portable(source.data) else None


def _is_portable(data: bytes) -> bool:
    return _PORTABLE in data[:1200].replace(b"\r", b"").replace(b"\n", b"")


def read(source: Source) -> Export | None:
    """Read a file; None with a fault if it cannot be opened."""
    if _is_portable(source.data):
        source.findings.fault("spss-portable", source.file)
        return None
    if source.kind != "sav":
        source.findings.fault("spss-no-sav", source.file)
        return None
    found = _opened(source)
    if found is None:
        return None
    table = _table(found, source.file)
    if not table.rows:
        source.findings.fault("header-only", source.file)
        return None
    columns = _columns(found, source)
    empty = {at: "empty" for at, row in enumerate(table.rows) if not any(cell.strip() for cell in row)}
    _say(found, table, source)
    numbered = _numbered(columns, table.header)
    return Export("spss", table, columns, dropped=empty, codes_are_ids=not numbered)


def _opened(source: Source) -> dict[str, Any] | None:
    """Return what the file holds, read by a process of its own that a damaged file may end."""
    command = [sys.executable, "-P", str(Path(spss_child.__file__)), source.form.encoding]
    reason = "crash"
    try:
        run = subprocess.run(command, input=source.data, capture_output=True, timeout=_SECONDS, check=False)
        if run.returncode == 0:
            found: dict[str, Any] = json.loads(run.stdout)
            if "error" not in found:
                return found
            reason = str(found["error"])
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        reason = type(error).__name__
    source.findings.fault("spss-damaged", source.file, reason=reason)
    return None


def _table(found: Mapping[str, Any], file: str) -> RawTable:
    columns = [[texts[code] for code in codes] for texts, codes in found["cells"]]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return RawTable(file, tuple(found["names"]), rows, tuple(range(1, len(rows) + 1)))


def _columns(found: Mapping[str, Any], source: Source) -> tuple[Column, ...]:
    """Return the columns in the order of the file."""
    labels = [plain_text(label) for label in found["labels"]]
    answers = [{code: plain_text(label) for code, label in pairs} for pairs in found["answers"]]
    columns = [
        Column(at, text=labels[at], answers=answers[at], missing=_missing(found, at, answers[at]))
        for at in range(len(labels))
    ]
    cut = 0
    for places in _sibling_places(found, columns):
        own = own_parts([labels[at] for at in places])
        cut += sum(part != labels[at] for at, part in zip(places, own, strict=True))
        for at, part in zip(places, own, strict=True):
            columns[at] = _as_sibling(columns[at], found["names"][at], part)
    if cut:
        source.findings.note("spss-labels-cut", source.file, count=cut)
    return tuple(_with_sets(columns, labels, found, source))


def _sibling_places(found: Mapping[str, Any], columns: Sequence[Column]) -> Iterator[list[int]]:
    """Return the places of variables that stand together and have labels that differ."""
    names, formats = found["names"], found["formats"]
    kinds = [(tuple(sorted(column.answers.items())), formats[column.at][:1] == "A") for column in columns]
    for places in siblings(names, kinds).values():
        labelled = [at for at in places if columns[at].text]
        if len({columns[at].text for at in labelled}) > 1:
            yield labelled


def _as_sibling(column: Column, name: str, own: str) -> Column:
    """Return a column with its own part of the label; a name without an underscore is split here, others later."""
    column = replace(column, text=question_part(column.text, own), label=own)
    question, item = stem(name)
    return column if name.startswith(f"{question}_") else replace(column, question=question, item=item)


def _missing(found: Mapping[str, Any], at: int, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the user-missing codes of a variable: those that occur or have a label, and lie in its ranges."""
    codes = {text: _value(text) for text in (*found["cells"][at][0], *answers) if text}
    return missing_codes(found["missing"][at], codes)


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _with_sets(
    columns: list[Column], labels: Sequence[str], found: Mapping[str, Any], source: Source
) -> Iterator[Column]:
    """Add the columns of multiple-response sets behind those of their variables."""
    place = {name.casefold(): at for at, name in enumerate(found["names"])}
    members: dict[int, list[Column]] = {}
    ticked: dict[int, tuple[str, str]] = {}
    for name, about in found["sets"].items():
        places = [place[v.casefold()] for v in about["variable_list"] if v.casefold() in place]
        if len(places) < len(about["variable_list"]):
            source.findings.note("spss-set-incomplete", source.file, 0, name)
        own = own_parts([labels[at] for at in places])
        for at, label in zip(places, own, strict=True):
            ticks = _ticks(about, columns[at], found["cells"][at][0])
            if ticks is not None:
                ticked[at] = ticks
            elif about["is_dichotomy"]:
                source.findings.note("spss-set-unclear", source.file, 0, found["names"][at])
            text, item = plain_text(about["label"]), found["names"][at]
            inner = replace(columns[at], question=name, item=item, text=text, label=label, ticks=ticks)
            members.setdefault(at, []).append(inner)
    for column in columns:
        yield replace(column, ticks=ticked.get(column.at))
        yield from members.get(column.at, ())


def _ticks(about: Mapping[str, Any], column: Column, cells: Sequence[str]) -> tuple[str, str] | None:
    """Return how a box of a set is written; None where several codes could mean "not ticked"."""
    if not about["is_dichotomy"] or about["counted_value"] is None:
        return None
    counted = str(about["counted_value"])
    others = {text for text in (*cells, *column.answers) if text} - {counted} - set(column.missing)
    if len(others) > 1:
        return None
    return counted, min(others, default="")


def _numbered(columns: Sequence[Column], names: Sequence[str]) -> bool:
    """Tell whether items are numbers beside labels: then the labels tell who is meant, not the numbers."""
    items = [name for name in names if stem(name)[1].isdecimal()]
    often = Counter(stem(name)[0] for name in items)
    several = {name for name in items if often[stem(name)[0]] > 1}
    return any((column.label or column.text) and names[column.at] in several for column in columns)


def _say(found: Mapping[str, Any], table: RawTable, source: Source) -> None:
    note = source.findings.note
    if found["fallback"]:
        note("spss-encoding", source.file)
    if found["rows"] is None or found["rows"] < 0:
        note("spss-rows-unknown", source.file, count=len(table.rows))
