"""SurveyXact: a dataset of codes, with a structure and labels in files or sheets of their own."""

from __future__ import annotations

from netlearn.study.findings import Findings
from netlearn.survey.dialects.surveyxact_columns import check_fit, columns_of
from netlearn.survey.dialects.surveyxact_files import Files, gather, has_default_names, has_status
from netlearn.survey.dialects.surveyxact_rows import COMPLETED, days_of, joined, not_answered, status_of
from netlearn.survey.dialects.surveyxact_structure import read_labels, read_variables
from netlearn.survey.export import Export, Guess
from netlearn.survey.source import Source


def recognise(source: Source) -> Guess | None:
    """Tell SurveyXact by its structure, by the five columns of the status, or by the names it gives."""
    if source.kind not in ("text", "xlsx", "zip"):
        return None
    # What is found wrong in a zip or among the parts is said when they are read.
    apart = Findings()
    looked = source if source.kind != "zip" else Source(source.file, source.data, source.form, apart)
    files = gather(looked, apart)
    if files.structure is not None and files.datasets:
        return Guess(0.97, "surveyxact-structure")
    if any(has_status(part.records) for part in files.datasets):
        return Guess(0.95, "surveyxact-status")
    if files.structure is not None or any(kind in ("variables", "wordings") for kind, _ in files.others):
        return Guess(0.9, "surveyxact-part")
    named = len(files.datasets) == 1 and has_default_names(files.datasets[0].records)
    return Guess(0.5, "surveyxact-names") if named else None


def read(source: Source) -> Export | None:
    """Read an export; None with a fault if its files do not belong together."""
    findings = source.findings
    files = gather(source, findings)
    _check_dataset(files, source)
    if _has_faults(source):
        return None
    table = joined(files, source.form, findings)
    variables = {} if files.structure is None else read_variables(files.structure, findings)
    labels = {} if files.labels is None else read_labels(files.labels, findings)
    if table is None or _has_faults(source):
        return None
    if files.structure is None:
        findings.note("surveyxact-no-structure", table.file)
    else:
        check_fit(table, variables, labels, findings)
    columns = columns_of(table, variables, labels, findings)
    status = status_of(table, findings)
    export = Export(
        "surveyxact",
        table,
        columns,
        dropped=not_answered(table, columns, status, files, findings),
        complete=tuple({COMPLETED: True, None: None}.get(found, False) for found in status),
        days=days_of(table, columns, findings),
        codes_are_ids=False,
        wording="labels" if files.labels is None else "",
    )
    return None if _has_faults(source) else export


def _has_faults(source: Source) -> bool:
    """Tell whether a file or sheet of the export has a fault, also one from telling tools apart."""
    files = (source.file, *(part.file for part in source.parts.values()))
    return any(fault.file.startswith(files) for fault in source.findings.faults)


def _check_dataset(files: Files, source: Source) -> None:
    """Refuse an export without answers in codes."""
    wordings = [part for kind, part in files.others if kind == "wordings"]
    if not files.datasets and wordings:
        source.findings.fault("surveyxact-wordings", wordings[0].file, 1)
    elif not files.datasets and not _has_faults(source):
        source.findings.fault("surveyxact-no-dataset", source.file)
