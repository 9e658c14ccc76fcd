"""SPSS .sav and .zsav: variables with their labels, value labels, user-missing values and multiple-response sets.

Cells are codes as text. Rows count as the data view of SPSS shows cases: the first is row 1. A variable of a
multiple-response set stands twice among the columns: under its own name and as item of its set.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects import spss_child
from netlearn.survey.dialects.spss_labels import missing_codes, own_parts, plain_text, siblings, stem
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
    """Return the columns in the order of the file; variables without an underscore but with siblings get a question."""
    names, labels = found["names"], [plain_text(label) for label in found["labels"]]
    answers = [{code: plain_text(label) for code, label in pairs} for pairs in found["answers"]]
    missing = [_missing(found, at, answers[at]) for at in range(len(names))]
    columns = [
        Column(at, text=labels[at], answers=answers[at], missing=missing[at]) for at in range(len(names))
    ]
    kinds = [
        (tuple(sorted(answers[at].items())), found["formats"][at][:1] == "A") for at in range(len(names))
    ]
    cut = 0
    for places in siblings(names, kinds).values():
        theirs = [labels[at] for at in places]
        if not all(theirs) or len(set(theirs)) == 1:
            continue
        own = own_parts(theirs)
        cut += sum(part != label for part, label in zip(own, theirs, strict=True))
        for at, part in zip(places, own, strict=True):
            columns[at] = replace(columns[at], label=part)
            if not names[at].startswith(f"{stem(names[at])[0]}_"):
                question, item = stem(names[at])
                columns[at] = replace(columns[at], question=question, item=item)
    if cut:
        source.findings.note("spss-labels-cut", source.file, count=cut)
    return tuple(_with_sets(columns, found, source))


def _missing(found: Mapping[str, Any], at: int, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the user-missing codes of a variable: those that occur or have a label, and lie in its ranges."""
    codes = {text: _value(text) for text in (*found["cells"][at][0], *answers) if text}
    return missing_codes(found["missing"][at], codes)


def _value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _with_sets(columns: list[Column], found: Mapping[str, Any], source: Source) -> Iterator[Column]:
    """Add the columns of multiple-response sets behind those of their variables."""
    place = {name.casefold(): at for at, name in enumerate(found["names"])}
    members: dict[int, list[Column]] = {}
    ticked: dict[int, tuple[str, str]] = {}
    for name, about in found["sets"].items():
        places = [place[v.casefold()] for v in about["variable_list"] if v.casefold() in place]
        if len(places) < len(about["variable_list"]):
            source.findings.note("spss-set-incomplete", source.file, 0, name)
        own = own_parts([columns[at].text for at in places])
        for at, label in zip(places, own, strict=True):
            ticks = _ticks(about, columns[at], found["cells"][at][0])
            if ticks is not None:
                ticked[at] = ticks
            elif about["is_dichotomy"]:
                source.findings.note("spss-set-unclear", source.file, 0, found["names"][at])
            inner = replace(columns[at], question=name, item=found["names"][at], label=label, ticks=ticks)
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
    return any(column.label and stem(names[column.at])[1].isdecimal() for column in columns)


def _say(found: Mapping[str, Any], table: RawTable, source: Source) -> None:
    note = source.findings.note
    if found["fallback"]:
        note("spss-encoding", source.file)
    if found["rows"] is None or found["rows"] < 0:
        note("spss-rows-unknown", source.file, count=len(table.rows))
