"""Network Canvas: one row per interview, and a group per type of people named and per type of tie among them.

A zip of an export (or several), single CSV files as parts "nodes", "edges" and "ego", and GraphML give the same:

- `Export.table`: a row per interview; who answered is `networkCanvasCaseID`.
- a group per node type ("Person"), with the columns of its file. Ids and UUIDs of nodes are those of one interview:
  only a column that came from a roster (its name or id) tells that two people named the same colleague.
- a group per type of tie among those named. The two ends are the rows of node groups whose `networkCanvasUUID` is the
  tie's `networkCanvasSourceUUID` and `networkCanvasTargetUUID`: these columns have the role "id".

Type names stand in names of files only (`…_attributeList_Person.csv`); what a file holds is told by its headings.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.network_canvas_files import (
    CASE,
    EGO,
    FINISH,
    NODE_ID,
    PROTOCOL,
    SOURCE,
    START,
    TARGET,
    UUID,
    Part,
    csv_part,
    files_of,
    has_faults,
    headings,
    kind_of,
    put_together,
)
from netlearn.survey.dialects.network_canvas_graphml import graphml_parts, is_network_canvas
from netlearn.survey.export import Column, Export, Group, Guess, Role
from netlearn.survey.source import Source

_ROLES: dict[str, Role] = {START: "start", FINISH: "end", "null": "other"}
_IDS = {"ego": (CASE,), "nodes": (UUID,), "edges": (SOURCE, TARGET)}
_SYSTEM = ("APP_VERSION", "COMMIT_HASH", "sessionExported", NODE_ID, "edgeID", "from", "to", "")
_ENCRYPTED = "ENCRYPTED"


def recognise(source: Source) -> Guess | None:
    """Tell an interview by the ids that Network Canvas gives, in the file or in one that belongs to it."""
    if source.kind not in ("text", "xml", "zip"):
        return None
    for one in files_of(source):
        if one.kind == "text" and kind_of(headings(one.data)):
            return Guess(0.98, "network-canvas-headings")
        if is_network_canvas(one):
            return Guess(0.98, "network-canvas-graphml")
    return None


def read(source: Source) -> Export | None:
    """Read all interviews of a set of files; None with every fault."""
    parts = _parts(source)
    if has_faults(source):
        return None
    _check_once(parts, source)
    egos = [part for part in parts if part.kind == "ego"]
    if not egos:
        source.findings.fault("network-canvas-no-ego", source.file)
        return None
    table = put_together(egos, source.file)
    groups = _groups(parts, table, source)
    if has_faults(source):
        return None
    _say(table, groups, len(parts), source)
    finish = table.place.get(FINISH)
    return Export(
        "network-canvas",
        table,
        _columns(table, "ego"),
        complete=() if finish is None else tuple(bool(row[finish].strip()) for row in table.rows),
        days=tuple(_day(table, row) for row in table.rows),
        groups=groups,
        respondent=CASE if CASE in table.place else EGO,
        guard="'",
    )


def _parts(source: Source) -> list[Part]:
    """Return the files that hold interviews; GraphML of interviews that also stand in CSV files is left out."""
    files = list(files_of(source))
    drawn = [one for one in files if is_network_canvas(one)]
    found = [part for one in files if (part := csv_part(one)) is not None]
    if any(part.kind == "ego" for part in found):
        if drawn:
            source.findings.note("network-canvas-graphml-left-out", source.file, count=len(drawn))
    else:
        found += [part for one in drawn for part in graphml_parts(one)]
    other = [one for one in files if not is_network_canvas(one) and not kind_of(headings(one.data))]
    if other:
        source.findings.note("network-canvas-other-files", source.file, count=len(other))
    return found


def _check_once(parts: list[Part], source: Source) -> None:
    """Refuse an interview that stands in two files of one type: the export was made twice, or types were mixed."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for part in parts:
        at = part.table.place[EGO]
        cells = [row[at].strip() for row in part.table.rows]
        seen.update((part.kind, part.type, cell) for cell in (cells if part.kind == "ego" else set(cells)))
    if count := sum(times > 1 for times in seen.values()):
        source.findings.fault("network-canvas-twice", source.file, count=count)


def _groups(parts: list[Part], egos: RawTable, source: Source) -> dict[str, Group]:
    place = {row[egos.place[EGO]].strip(): at for at, row in enumerate(egos.rows)}
    nodes = {part.type or "nodes" for part in parts if part.kind == "nodes"}
    gathered: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        if part.kind != "ego":
            name = part.type or part.kind
            name = f"{name} edges" if part.kind == "edges" and name in nodes else name
            gathered.setdefault((part.kind, name), []).append(part)
    groups = {}
    for (kind, name), some in gathered.items():
        table = put_together(some, f"{source.file} [{name}]")
        at = table.place[EGO]
        parent = tuple(place.get(row[at].strip(), -1) for row in table.rows)
        if lost := parent.count(-1):
            row = table.numbers[parent.index(-1)]
            source.findings.fault("network-canvas-no-interview", table.file, row, EGO, count=lost)
        groups[name] = Group(name, table, parent, _columns(table, kind))
    _check_ends(groups, {name for kind, name in gathered if kind == "edges"}, source)
    return groups


def _check_ends(groups: dict[str, Group], ties: set[str], source: Source) -> None:
    """Refuse ties whose ends are not among the people that this respondent named."""
    there = {
        (parent, row[group.table.place[UUID]])
        for name, group in groups.items()
        if name not in ties and UUID in group.table.place
        for parent, row in zip(group.parent, group.table.rows, strict=True)
    }
    for name in sorted(ties):
        table, parents = groups[name].table, groups[name].parent
        ends = [table.place.get(end, -1) for end in (SOURCE, TARGET)]
        lost = [
            number
            for parent, row, number in zip(parents, table.rows, table.numbers, strict=True)
            if min(ends) < 0 or any((parent, row[end]) not in there for end in ends)
        ]
        if lost:
            source.findings.fault("network-canvas-tie-without-end", table.file, lost[0], more=len(lost) - 1)


def _columns(table: RawTable, kind: str) -> tuple[Column, ...]:
    """Return the columns; a column of true and false is a box, and ids are those by which rows are found."""
    found = []
    for at, name in enumerate(table.header):
        cells = {row[at].strip() for row in table.rows} - {""}
        ticks = ("true", "false") if cells and cells <= {"true", "false"} else None
        system = name in _SYSTEM or name.startswith("networkCanvas")
        role = "id" if name in _IDS[kind] else _ROLES.get(name, "other" if system else "answer")
        found.append(Column(at, ticks=ticks, role=role))
    return tuple(found)


def _day(table: RawTable, row: list[str]) -> date | None:
    """Return the day on which an interview ended, or began."""
    for name in (FINISH, START):
        cell = row[table.place[name]].strip() if name in table.place else ""
        try:
            return date.fromisoformat(cell[:10])
        except ValueError:
            continue
    return None


def _say(table: RawTable, groups: dict[str, Group], n_files: int, source: Source) -> None:
    note = source.findings.note
    if n_files > 1:
        note("network-canvas-put-together", source.file, count=n_files, known=list(groups))
    protocols = (
        {row[table.place[PROTOCOL]].strip() for row in table.rows} if PROTOCOL in table.place else set()
    )
    if len(protocols) > 1:
        note("network-canvas-protocols", source.file, 0, PROTOCOL, count=len(protocols))
    for group in groups.values():
        at = group.table.place
        if UUID in at and SOURCE not in at and (alone := len(table.rows) - len(set(group.parent))):
            note("network-canvas-nobody-named", group.table.file, count=alone)
        hidden = [n for n in at if any(row[at[n]] == _ENCRYPTED for row in group.table.rows)]
        for name in hidden:
            note("network-canvas-encrypted", group.table.file, 0, name)
