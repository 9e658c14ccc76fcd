"""KoboToolbox and ODK exports: CSV, workbooks with repeats, zips of ODK Central; the XLSForm makes them clearer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.kobo_check import checked
from netlearn.survey.dialects.kobo_columns import columns_of, question_of
from netlearn.survey.dialects.kobo_form import Form, is_form, read_form
from netlearn.survey.dialects.kobo_headings import Heads, heads_of, is_system
from netlearn.survey.dialects.kobo_tables import Tables, parents_of, read_tables
from netlearn.survey.export import Column, Export, Group, Guess
from netlearn.survey.source import Source

_WHEN = ("end", "_submission_time", "SubmissionDate")
_REFUSED = ("Not Approved", "validation_status_not_approved", "rejected")
_PEEKED = 3


def recognise(source: Source) -> Guess | None:
    """Know the columns that Kobo and ODK add, or boxes that agree with a joined column."""
    if source.kind == "zip":
        tables = [member for name, member in source.members.items() if name.lower().endswith(".csv")]
        found = [guess for member in tables[:_PEEKED] if (guess := _of_header(member)) is not None]
        return max(found, key=lambda guess: guess.sure) if found else None
    if source.kind == "xlsx" and is_form(source.sheets):
        return Guess(0.9, "kobo-is-form")
    return _of_header(source) if source.kind in ("text", "xlsx") else None


def _of_header(source: Source) -> Guess | None:
    sheet = source.sheets[0] if source.kind == "xlsx" and source.sheets else None
    records = source.records(source.sheet or sheet) if source.kind in ("text", "xlsx") else None
    if not records or not records[0]:
        return None
    header = tuple(name.strip() for name in records[0])
    names = set(header)
    if {"_uuid", "_submission_time"} <= names or {"_parent_index", "_parent_table_name"} <= names:
        return Guess(0.97, "kobo-system-columns")
    if "KEY" in names and names & {"SubmissionDate", "meta-instanceID", "instanceID", "PARENT_KEY"}:
        return Guess(0.97, "kobo-odk-columns")
    if names & {"meta/instanceID", "formhub/uuid"}:
        return Guess(0.95, "kobo-system-columns")
    rows = [row for row in records[1:] if len(row) == len(header)]
    heads = heads_of(RawTable(source.file, header, rows, tuple(range(2, len(rows) + 2))), None)
    if not any(len(boxes) > 1 and any(heads.cells[at] for at in boxes) for boxes in heads.joined.values()):
        return None
    aside = Findings()
    checked(heads, columns_of(heads, None, aside), aside)
    agree = not {found.code for found in aside} & {"kobo-boxes-differ", "kobo-joined-unchecked"}
    return Guess(0.85 if agree else 0.4, "kobo-boxes")


def read(source: Source) -> Export | None:
    """Read an export, its XLSForm from the part "dictionary"; None if there are faults."""
    findings, before = source.findings, len(source.findings.faults)
    form = read_form(source.parts["dictionary"]) if "dictionary" in source.parts else None
    if source.kind == "xlsx" and is_form(source.sheets):
        findings.fault("kobo-only-form", source.file)
        return None
    tables = read_tables(source)
    if tables is None or len(findings.faults) > before:
        return None
    heads = heads_of(tables.main, form)
    columns = _columns(heads, form, findings)
    groups = {name: _group(name, tables, form, findings) for name in tables.repeats}
    _say(source, tables, heads, form)
    if len(findings.faults) > before:
        return None
    return Export(
        "kobo",
        tables.main,
        columns,
        complete=(True,) * len(tables.main.rows),
        days=_days(tables.main),
        groups=groups,
        wording="" if form or heads.labelled else "dictionary",
    )


def _columns(heads: Heads, form: Form | None, findings: Findings) -> tuple[Column, ...]:
    table = heads.table
    asked = [at for at, name in enumerate(table.header) if name and not is_system(name)]
    first: dict[str, int] = {}
    for at in asked:
        if first.setdefault(table.header[at], at) != at and heads.cells[at]:
            findings.fault(
                "kobo-heading-twice", table.file, 1, number=at + 1, first=first[table.header[at]] + 1
            )
    for at, name in enumerate(table.header):
        if not name and heads.cells[at]:
            findings.fault("unnamed-column", table.file, 1, number=at + 1, value="…")
    return checked(heads, columns_of(heads, form, findings), findings)


def _group(name: str, tables: Tables, form: Form | None, findings: Findings) -> Group:
    page = tables.repeats[name]
    parents = parents_of(name, tables, findings)
    lost = sum(place < 0 for place in parents)
    if lost:
        findings.note("kobo-rows-without-submission", page.file, count=lost)
    findings.note("kobo-repeat", page.file, value=name, count=len(page.rows))
    return Group(name, page, parents, _columns(heads_of(page, form), form, findings))


def _days(table: RawTable) -> tuple[date | None, ...]:
    """Return the day, on the respondent's clock, on which each form was finished; else that of its arrival."""
    places = [table.place[name] for name in _WHEN if name in table.place]
    return tuple(next((day for at in places if (day := _day(row[at]))), None) for row in table.rows)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell.strip()[:10])
    except ValueError:
        return None


def _say(source: Source, tables: Tables, heads: Heads, form: Form | None) -> None:
    findings, main = source.findings, tables.main
    if form is None:
        findings.note("kobo-no-form", main.file)
    else:
        _say_form(main, heads, form, findings)
    for name in tables.empty:
        findings.note("kobo-empty-repeat", main.file, value=name)
    if lost := _lost_repeats(tables, form):
        findings.note("kobo-repeats-missing", main.file, value=lost)
    for at, name in enumerate(main.header):
        refused = (
            [row[at].strip() for row in main.rows if row[at].strip() in _REFUSED] if is_system(name) else []
        )
        if refused and name in ("_validation_status", "ReviewState"):
            findings.note("kobo-not-approved", main.file, 0, name, count=len(refused))


def _say_form(main: RawTable, heads: Heads, form: Form, findings: Findings) -> None:
    asked = [question_of(heads, name, form) for name in main.header if name and not is_system(name)]
    hidden = {question.name for question in asked if question is not None and question.relevant}
    if hidden:
        findings.note("kobo-relevant", main.file, count=len(hidden))
    if form.languages > 1:
        findings.note("kobo-languages", main.file, count=form.languages)
    if form.ambiguous:
        findings.note("kobo-names-twice", main.file, count=form.ambiguous)


def _lost_repeats(tables: Tables, form: Form | None) -> list[str]:
    """Return repeats of the form that the files do not hold."""
    there = {*tables.repeats, *tables.empty}
    if form is not None:
        labels: Mapping[str, tuple[str, ...]] = {
            name: form.questions[name].labels for name in form.repeats if name in form.questions
        }
        # A workbook cuts the names of its sheets at 31 signs.
        known = {name: {name[:28], *(label[:28] for label in labels.get(name, ()))} for name in form.repeats}
        return [name for name, words in known.items() if not words & {other[:28] for other in there}]
    told = [name.removeprefix("SET-OF-") for name in tables.main.header if name.startswith("SET-OF-")]
    counted = [name.rpartition("/")[2] for name in tables.main.header if name.endswith("_count")]
    guessed = [name.removesuffix("_count") for name in counted if not is_system(name)] if not there else []
    return [name for name in (*told, *guessed) if name not in there]
