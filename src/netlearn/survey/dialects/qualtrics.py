"""Qualtrics: downloads of responses in all their generations, as CSV, TSV, workbook or zip."""

from __future__ import annotations

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.qualtrics_cells import cells_of, not_shown, with_cells
from netlearn.survey.dialects.qualtrics_columns import columns_of
from netlearn.survey.dialects.qualtrics_download import one_file, rows_of
from netlearn.survey.dialects.qualtrics_layout import Layout, has_import_ids, layout_of
from netlearn.survey.dialects.qualtrics_rows import answered_on, complete_of, dropped_of, respondent_of
from netlearn.survey.export import Export, Guess
from netlearn.survey.grid import check_names
from netlearn.survey.source import Source


def recognise(source: Source) -> Guess | None:
    """Know the import ids, or the columns that Qualtrics adds; the language of the wordings does not count."""
    layout = layout_of(rows_of(source))
    return None if layout is None else layout.guess


def read(source: Source) -> Export | None:
    """Read a download; None with a fault if its headings cannot be understood."""
    findings, before = source.findings, len(source.findings.faults)
    inner = one_file(source)
    if inner is None:
        if len(findings.faults) == before:
            findings.fault("qualtrics-zip", source.file, count=len(source.members))
        return None
    records = inner.records()
    layout = layout_of(records) if records else None
    if layout is None or not layout.first:
        if layout is not None:
            findings.fault("qualtrics-rows-moved", inner.file, layout.lost)
        elif len(findings.faults) == before:
            findings.fault("qualtrics-headings", inner.file, 1)
        return None
    table = inner.table(first=layout.first)
    if table is None or len(findings.faults) > before:
        return None
    check_names(table, findings)
    _check_rows(table, inner)
    if len(findings.faults) > before:
        return None
    return _export(table, layout, inner, before)


def _check_rows(table: RawTable, source: Source) -> None:
    """Refuse headings among the answers: files were put under each other, or the rows were sorted."""
    again = [
        number
        for row, number in zip(table.rows, table.numbers, strict=True)
        if has_import_ids(row) or [cell.strip() for cell in row] == list(table.header)
    ]
    if again:
        source.findings.fault("qualtrics-headings-again", table.file, again[0], more=len(again) - 1)


def _export(table: RawTable, layout: Layout, source: Source, before: int) -> Export | None:
    findings = source.findings
    # A choice beside the id of its question could be ticked among others.
    boxes = {at for at, found in enumerate(layout.ids) if found is not None and found[1]}
    columns = columns_of(layout, table.file, findings)
    columns = with_cells(table, columns, cells_of(table), boxes, findings)
    _say(table, layout, source)
    if len(findings.faults) > before:
        return None
    dropped = dropped_of(table, layout, columns, findings)
    return Export(
        "qualtrics",
        table,
        columns,
        dropped=dropped,
        complete=complete_of(table, layout, findings),
        days=answered_on(table, layout, findings),
        unasked=not_shown(table, columns, boxes, findings),
        codes_are_ids=False,
        respondent=respondent_of(table, layout, dropped),
    )


def _say(table: RawTable, layout: Layout, source: Source) -> None:
    """Note which heading rows are missing."""
    if not any(layout.texts):
        source.findings.note("qualtrics-no-texts", table.file, 1)
    if not layout.ids:
        source.findings.note("qualtrics-no-ids", table.file, 1)
