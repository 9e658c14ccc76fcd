"""The files of Network Canvas interviews: which are egos, people named and ties, told by their headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from netlearn.study.rawtable import RawTable
from netlearn.survey.grid import check_names
from netlearn.survey.source import Source

Kind = Literal["ego", "nodes", "edges"]
EGO, CASE, SESSION = "networkCanvasEgoUUID", "networkCanvasCaseID", "networkCanvasSessionID"
PROTOCOL, UUID = "networkCanvasProtocolName", "networkCanvasUUID"
SOURCE, TARGET = "networkCanvasSourceUUID", "networkCanvasTargetUUID"
START, FINISH, EXPORTED = "sessionStart", "sessionFinish", "sessionExported"
NODE_ID, EDGE_ID = "nodeID", "edgeID"
_HEAD = 200_000
_TYPE = re.compile(r"(?:attributeList|edgeList)_(\w+?)(?: ?\(\d+\))?\.csv", re.IGNORECASE)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, eq=False)
class Part:
    """One file: what it is about, the type of node or tie ("" = its name does not tell it), and its cells."""

    kind: Kind
    type: str
    table: RawTable


def kind_of(header: Iterable[str]) -> Kind | None:
    """Tell what a file holds by its headings.

    Examples
    --------
    >>> kind_of(["nodeID", "networkCanvasEgoUUID", "networkCanvasUUID", "name"])
    'nodes'
    >>> kind_of(["id", "name"]) is None
    True
    """
    names = set(header)
    if EGO not in names:
        return None
    if {EDGE_ID, "from", "to"} <= names:
        return "edges"
    if NODE_ID in names:
        return "nodes"
    return "ego" if names & {CASE, SESSION} else None


def headings(data: bytes) -> list[str]:
    """Return the cells of the first line, read leniently and without any finding."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    line = io.StringIO(data[:_HEAD].decode(encoding, errors="replace")).readline()
    try:
        found = max((next(csv.reader([line], delimiter=sign), []) for sign in ",;\t"), key=len)
    except csv.Error:
        return []
    return [cell.strip() for cell in found]


def files_of(source: Source) -> Iterator[Source]:
    """Return the file, those that belong to it, and what is packed in any of them, in the order of their names."""
    for one in (source, *source.parts.values()):
        if one.kind != "zip":
            yield one
            continue
        for name in sorted(one.members):
            member = one.members[name]
            if member.kind == "zip":
                yield from (member.members[inner] for inner in sorted(member.members))
            else:
                yield member


def has_faults(source: Source) -> bool:
    """Tell whether there is a fault in the file, in one that belongs to it or in one packed in them.

    Opening the files to recognise them may have found it, before they are read.
    """
    own = tuple(one.file for one in (source, *source.parts.values()))
    inside = tuple(f"{name}{sign}" for name in own for sign in ("/", " ["))
    return any(
        f.level == "fault" and (f.file in own or f.file.startswith(inside)) for f in source.findings.items
    )


def csv_part(source: Source) -> Part | None:
    """Read one CSV; None if it has no rows or is no file of an interview."""
    kind = kind_of(headings(source.data)) if source.kind == "text" else None
    records = None if kind is None else source.records()
    if kind is None or records is None or not any(any(cell.strip() for cell in row) for row in records[1:]):
        return None
    table = source.table()
    if table is not None:
        check_names(table, source.findings)
    named = _TYPE.search(source.file)
    return None if table is None else Part(kind, named[1] if named and kind != "ego" else "", table)


def put_together(parts: list[Part], name: str) -> RawTable:
    """Put tables under each other, with every column that one of them has.

    Of several tables the rows count as if they stood in one sheet: the first is row 2.
    """
    if len(parts) == 1:
        table = parts[0].table
        return RawTable(name, table.header, table.rows, table.numbers)
    header = tuple(dict.fromkeys(column for part in parts for column in part.table.header))
    rows = []
    for part in parts:
        places = [part.table.place.get(column, -1) for column in header]
        rows += [[row[at] if at >= 0 else "" for at in places] for row in part.table.rows]
    return RawTable(name, header, rows, tuple(range(2, len(rows) + 2)))
