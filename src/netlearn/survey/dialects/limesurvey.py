"""LimeSurvey: one row per response under headings of codes, of wording, or of both."""

from __future__ import annotations

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.limesurvey_cells import (
    never_reached,
    not_shown,
    sent_in,
    with_cells,
    without_answers,
)
from netlearn.survey.dialects.limesurvey_columns import columns_of
from netlearn.survey.dialects.limesurvey_headings import (
    Heading,
    Headings,
    bracket_codes,
    flat,
    kind_of,
    take_apart,
)
from netlearn.survey.dialects.limesurvey_structure import read_structure
from netlearn.survey.dialects.limesurvey_system import STRONG, WORDED, front_of
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.grid import Records
from netlearn.survey.place import letters
from netlearn.survey.source import Source


def recognise(source: Source) -> Guess | None:
    """Tell LimeSurvey by the columns that it adds, by code or by wording, or by codes in brackets."""
    if source.kind not in ("text", "xlsx"):
        return None
    # The sheet is named, so that no note says that the first one was chosen.
    sheets = source.sheets if source.kind == "xlsx" else ()
    records = source.records(source.sheet or sheets[0]) if sheets else source.records()
    if not records:
        return None
    names = [flat(name) for name in records[0]]
    front = front_of(records[1:])
    kind, between = kind_of(names, front)
    if kind == "both" and between:
        names = [name.partition(between.strip() or " ")[0].strip() for name in names]
    strong = sum(code in names for code in STRONG)
    worded = sum(name.replace("_", " ").casefold() in WORDED for name in names)
    coded = sum(bracket_codes(name) for name in names)
    if strong > 1 or (strong and coded > 1):
        return Guess(0.97, "limesurvey-system")
    if worded > 2 or front >= 0:
        return Guess(0.9, "limesurvey-wording" if worded > 2 else "limesurvey-front")
    if _is_vv(records):
        return Guess(0.9, "limesurvey-vv")
    return Guess(0.7, "limesurvey-brackets") if coded > 1 and 2 * coded >= len(names) - 2 else None


def _is_vv(records: Records | None) -> bool:
    """Tell the format for moving responses between surveys, which has a second row of headings."""
    return records is not None and len(records) > 1 and sum(code in records[1] for code in STRONG) > 1


def read(source: Source) -> Export | None:
    """Read an export; None with a fault if its headings or its structure cannot be understood."""
    findings, before = source.findings, len(source.findings.faults)
    table, structure = _table(source), read_structure(source.parts)
    if table is None or len(findings.faults) > before:
        return None
    headings = take_apart(table.header, table.rows)
    _check(table, headings, source)
    if len(findings.faults) > before:
        return None
    columns = with_cells(table, columns_of(headings, structure, table.file, findings), structure)
    systems = {h.code: at for at, h in reversed(list(enumerate(headings.each))) if h.system}
    complete, days = sent_in(table, systems.get("submitdate"), findings)
    _say(table, headings, columns, source)
    token = systems.get("token")
    unasked = not_shown(table, columns, findings)
    unasked |= never_reached(table, columns, complete, findings) if headings.old else {}
    return Export(
        "limesurvey",
        table,
        columns,
        dropped=without_answers(table, columns, complete, unasked, findings),
        complete=complete,
        days=days,
        unasked=unasked,
        codes_are_ids=headings.kind != "text",
        # Without access codes the study file must say who answered: the tool's own id counts responses.
        respondent="token" if token is None else table.header[token],
        guard="'",
    )


def _table(source: Source) -> RawTable | None:
    if _is_vv(source.records()):
        source.findings.fault("limesurvey-vv", source.file, 2)
        return None
    return source.table()


def _check(table: RawTable, headings: Headings, source: Source) -> None:
    """Refuse columns that cannot be told apart."""
    add = source.findings.fault
    for at, (name, heading) in enumerate(zip(table.header, headings.each, strict=True)):
        if not name and any(row[at].strip() for row in table.rows):
            add("limesurvey-no-heading", table.file, 1, letters(at))
        # Old versions repeat the heading of comments; what is typed beside an answer is not read.
        if (
            headings.kind == "code"
            and heading.code
            and not _is_comment(heading)
            and name in table.header[:at]
        ):
            add("duplicate-column", table.file, 1, name)
    cut = [at for at, heading in enumerate(headings.each) if heading.cut]
    if cut and headings.kind == "text":
        add("limesurvey-cut-headings", table.file, 1, letters(cut[0]), count=len(cut))
    elif cut:
        source.findings.note("limesurvey-labels-cut", table.file, 1, count=len(cut))


def _is_comment(heading: Heading) -> bool:
    return heading.parts in (("comment",), ("othercomment",))


def _say(table: RawTable, headings: Headings, columns: tuple[Column, ...], source: Source) -> None:
    """Note how headings were understood, and what was typed beside answers."""
    note = source.findings.note
    if headings.joined:
        note("limesurvey-underscores", table.file, 1)
    if headings.kind == "text":
        note("limesurvey-wordings", table.file, 1, count=len({c.question for c in columns if c.question}))
    beside = [column.at for column in columns if column.role == "comment"]
    if typed := sum(bool(row[at].strip()) for row in table.rows for at in beside):
        note("limesurvey-typed-beside", table.file, count=typed)
