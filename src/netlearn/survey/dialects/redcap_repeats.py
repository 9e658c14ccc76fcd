"""Rows of repeating instruments: each instrument becomes a group, whose rows belong to the record's own row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.redcap_forms import EVENT, INSTANCE, INSTRUMENT, SYSTEM, Layout
from netlearn.survey.export import Column, Group


@dataclass(frozen=True, eq=False)
class Repeats:
    """Groups, and which rows of the table are rows of a group only."""

    groups: Mapping[str, Group]
    rows: frozenset[int]


def read_repeats(table: RawTable, layout: Layout, columns: Sequence[Column], findings: Findings) -> Repeats:
    """Gather the rows of each repeating instrument.

    A record (in an event) without a row of its own is stood for by its first such row. Two rows of its own leave open
    whose the repeats are: a fault.
    """
    if INSTRUMENT not in table.header or layout.record < 0:
        return Repeats({}, frozenset())
    at = table.header.index(INSTRUMENT)
    base: dict[tuple[str, str], int] = {}
    twice: dict[tuple[str, str], int] = {}
    repeats: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(table.rows):
        if name := row[at].strip():
            repeats[name].append(place)
        elif (key := _key(table, layout, row)) in base:
            twice[key] = place
        else:
            base[key] = place
    _say_events(table, findings)
    stand_in = 0
    parents: dict[int, int] = {}
    for place in sorted(place for places in repeats.values() for place in places):
        key = _key(table, layout, table.rows[place])
        if key in twice:
            findings.fault("redcap-repeats-unclear", table.file, table.numbers[place], INSTRUMENT)
        stand_in += key not in base
        parents[place] = base.setdefault(key, place)
    if stand_in:
        findings.note("redcap-no-own-row", table.file, 0, INSTRUMENT, count=stand_in)
    groups = {name: _group(table, layout, columns, name, places, parents) for name, places in repeats.items()}
    for name, places in repeats.items():
        findings.note("redcap-repeats", table.file, 0, INSTRUMENT, value=name, count=len(places))
    return Repeats(groups, frozenset(parents) - frozenset(parents.values()))


def _key(table: RawTable, layout: Layout, row: list[str]) -> tuple[str, str]:
    event = row[table.header.index(EVENT)] if EVENT in table.header else ""
    return plain(row[layout.record]), event.strip()


def _say_events(table: RawTable, findings: Findings) -> None:
    """Repeated events stay rows of the table: the study file tells which of them is meant."""
    if INSTANCE not in table.header:
        return
    name, instance = table.header.index(INSTRUMENT), table.header.index(INSTANCE)
    count = sum(bool(row[instance].strip()) and not row[name].strip() for row in table.rows)
    if count:
        findings.note("redcap-repeated-events", table.file, 0, INSTANCE, count=count)


def _group(
    table: RawTable,
    layout: Layout,
    columns: Sequence[Column],
    name: str,
    places: list[int],
    parents: Mapping[int, int],
) -> Group:
    """Cut out the columns of an instrument; where its form is not known, those with cells in its rows."""
    forms = set(layout.form.values()) | set(layout.status)
    form = name if name in forms else re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    keys = [at for at, heading in enumerate(table.header) if at == layout.record or heading in SYSTEM]
    own = [at for at, of in layout.form.items() if of == form]
    own += [where[form] for where in (layout.status, layout.stamp) if form in where]
    if form not in forms:
        own = [
            at for at in range(len(table.header)) if any(table.rows[place][at].strip() for place in places)
        ]
    kept = sorted({*keys, *own})
    rows = [[table.rows[place][at] for at in kept] for place in places]
    numbers = tuple(table.numbers[place] for place in places)
    inner = RawTable(f"{table.file} [{name}]", tuple(table.header[at] for at in kept), rows, numbers)
    moved = {at: new for new, at in enumerate(kept)}
    about = tuple(replace(column, at=moved[column.at]) for column in columns if column.at in moved)
    return Group(name, inner, tuple(parents[place] for place in places), about, view=True)
