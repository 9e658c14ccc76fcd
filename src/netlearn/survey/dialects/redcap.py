"""REDCap exports: raw values with a data dictionary, or without; labels where the dictionary makes them safe."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.redcap_columns import columns_of, numbered
from netlearn.survey.dialects.redcap_dictionary import Dictionary, is_dictionary, read_dictionary
from netlearn.survey.dialects.redcap_forms import (
    EVENT,
    SYSTEM,
    Layout,
    bad_status,
    base_of,
    blank_rows,
    completeness,
    days,
    is_status,
    lay_out,
    unopened,
)
from netlearn.survey.dialects.redcap_labels import has_labels, with_names
from netlearn.survey.dialects.redcap_repeats import Repeats, read_repeats
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.grid import check_names
from netlearn.survey.source import Source

_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Records that were tried and deleted before the survey began leave gaps in the numbers.
_DELETED = 10
_BOX_CELLS = ("0", "1", "", "Checked", "Unchecked")
_ODD_SEPARATOR = re.compile(r"[a-z][a-z0-9_]*[|^].*")


def recognise(source: Source) -> Guess | None:
    """Know columns that REDCap adds, the status of instruments and boxes named field___code."""
    records = source.records() if source.kind in ("text", "xlsx") else None
    if not records or not records[0]:
        return None
    header = tuple(name.strip() for name in records[0])
    if any(name in SYSTEM for name in header):
        return Guess(0.97, "redcap-system-columns")
    if is_dictionary(header):
        return Guess(0.9, "redcap-is-dictionary")
    if has_labels(header):
        return Guess(0.9 if "Complete?" in header else 0.7, "redcap-label-headings")
    filled = [row for row in records[1:] if len(row) >= len(header)]
    table = RawTable(source.file, header, filled, tuple(range(len(filled))))
    named = all(_NAME.fullmatch(name) for name in header)
    boxes = [at for at, name in enumerate(header) if "___" in name]
    if not named or not filled or not any(is_status(table, at) for at in range(len(header))):
        ticked = all(row[at].strip() in _BOX_CELLS for at in boxes for row in filled)
        return Guess(0.85, "redcap-boxes") if named and len(boxes) > 1 and ticked else None
    return Guess(0.95 if boxes else 0.85, "redcap-status")


def read(source: Source) -> Export | None:
    """Read an export, its dictionary from the part "dictionary"; None if there are faults."""
    findings, before = source.findings, len(source.findings.faults)
    dictionary = read_dictionary(source.parts["dictionary"]) if "dictionary" in source.parts else None
    table = source.table()
    if table is not None and len(findings.faults) == before:
        table = _checked(table, dictionary, findings)
    if table is None or len(findings.faults) > before:
        return None
    layout = lay_out(table, dictionary)
    for at in bad_status(table, layout, dictionary):
        findings.fault("redcap-bad-status", table.file, 1, table.header[at])
    columns = columns_of(table, layout, dictionary, findings)
    repeats = read_repeats(table, layout, columns, findings)
    if len(findings.faults) > before:
        return None
    _say(table, layout, columns, dictionary, findings)
    return _export(table, layout, columns, repeats, dictionary, findings)


def _export(
    table: RawTable,
    layout: Layout,
    columns: tuple[Column, ...],
    repeats: Repeats,
    dictionary: Dictionary | None,
    findings: Findings,
) -> Export:
    closed = unopened(table, layout, columns, _filled_by_itself(table, dictionary))
    everywhere = frozenset.intersection(*closed.values()) if closed else frozenset()
    dropped = dict.fromkeys(blank_rows(table, layout, columns, everywhere), "empty")
    dropped |= dict.fromkeys(repeats.rows, "repeat")
    once = {form: rows for form, rows in closed.items() if form not in repeats.groups}
    _say_rows(table, layout, once, dropped, findings)
    return Export(
        "redcap",
        table,
        columns,
        dropped=dict(sorted(dropped.items())),
        complete=completeness(table, layout, closed),
        days=days(table, layout),
        unasked=_unasked(table, layout, columns, closed),
        groups=repeats.groups,
        codes_are_ids=not numbered(columns),
        respondent=_respondent(table, layout, findings),
        wording="" if dictionary else "dictionary",
    )


def _respondent(table: RawTable, layout: Layout, findings: Findings) -> str:
    """Return the heading of the record id, unless REDCap may have numbered the records as they came in."""
    if layout.record < 0:
        findings.note("redcap-no-record", table.file)
        return ""
    name = table.header[layout.record]
    records = {row[layout.record].strip() for row in table.rows}
    counted = all(re.fullmatch("[1-9][0-9]{0,8}", text) for text in records)
    if counted and max(map(int, records)) <= 2 * len(records) + _DELETED:
        findings.note("redcap-record-numbers", table.file, 0, name)
        return ""
    return name


def _checked(table: RawTable, dictionary: Dictionary | None, findings: Findings) -> RawTable | None:
    """Return the table under names of fields, or None with faults if it is something else."""
    if is_dictionary(table.header):
        findings.fault("redcap-only-dictionary", table.file, 1)
    elif len(table.header) == 1 and _ODD_SEPARATOR.fullmatch(table.header[0]):
        findings.fault("redcap-separator", table.file, 1)
    elif has_labels(table.header):
        if dictionary and dictionary.fields:
            return with_names(table, dictionary, findings)
        findings.fault("redcap-labels", table.file, 1)
    else:
        check_names(table, findings)
    return table


def _filled_by_itself(table: RawTable, dictionary: Dictionary | None) -> frozenset[int]:
    fields = dictionary.fields if dictionary else {}
    return frozenset(
        at for at, name in enumerate(table.header) if name in fields and fields[name].kind == "calc"
    )


def _unasked(
    table: RawTable, layout: Layout, columns: Sequence[Column], closed: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    found = {}
    for column in columns:
        rows = closed.get(layout.form.get(column.at, ""), frozenset())
        if rows and column.role == "answer":
            found[column.question or table.header[column.at]] = rows
    return found


def _say(
    table: RawTable,
    layout: Layout,
    columns: Sequence[Column],
    dictionary: Dictionary | None,
    findings: Findings,
) -> None:
    """Note what was guessed about columns, and what no file tells."""
    file, fields = table.file, dictionary.fields if dictionary else {}
    names = list(dict.fromkeys(base_of(table.header[c.at]) for c in columns if c.role == "answer"))
    if layout.ordered:
        findings.note("redcap-forms-by-order", file, 1, count=len(layout.status))
    if not layout.status:
        findings.note("redcap-no-status", file)
    if not dictionary:
        findings.note("redcap-no-dictionary", file)
    if counted := numbered(columns):
        findings.note("redcap-numbered", file, 1, counted[0], more=len(counted) - 1)
    if dictionary and (strange := [name for name in names if name not in fields]):
        findings.note("redcap-unknown-fields", file, 1, count=len(strange))
    if hidden := [name for name in names if name in fields and fields[name].branching]:
        findings.note("redcap-branching", file, 1, count=len(hidden))
    if [name for name in names if name in fields and "comma_decimal" in fields[name].validation]:
        findings.note("redcap-comma-decimals", file, 1)
    if missing := sum(bool(column.missing) for column in columns):
        findings.note("redcap-missing-codes", file, 1, count=missing)


def _say_rows(
    table: RawTable,
    layout: Layout,
    closed: Mapping[str, frozenset[int]],
    dropped: Mapping[int, str],
    findings: Findings,
) -> None:
    asked = set(layout.form.values())
    for form, rows in closed.items():
        count = sum(dropped.get(at, "") == "" for at in rows)
        if count and form in asked:
            findings.note("redcap-unopened", table.file, 0, table.header[layout.status[form]], count=count)
    if empty := sum(reason == "empty" for reason in dropped.values()):
        findings.note("redcap-empty-rows", table.file, count=empty)
    if EVENT in table.header:
        events = {row[table.header.index(EVENT)].strip() for row in table.rows}
        if len(events) > 1:
            findings.note("redcap-events", table.file, 0, EVENT, count=len(events))
