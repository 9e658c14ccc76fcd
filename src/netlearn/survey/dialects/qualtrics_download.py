"""A download that is a zip around one file, as Qualtrics and Google Forms give it."""

from __future__ import annotations

from netlearn.survey.grid import Records
from netlearn.survey.source import Source

_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")


def one_file(source: Source) -> Source | None:
    """Return the file itself, or the only table in a zip; None if a zip holds none or several."""
    if source.kind != "zip":
        return source
    tables = [member for name, member in source.members.items() if name.lower().endswith(_ENDINGS)]
    return tables[0] if len(tables) == 1 else None


def rows_of(source: Source) -> Records:
    """Return the rows of cells of a text or workbook, for recognising it: no note says that a sheet was chosen."""
    inner = one_file(source)
    if inner is None or inner.kind not in ("text", "xlsx"):
        return []
    sheet = inner.sheet or (inner.sheets[0] if inner.kind == "xlsx" and inner.sheets else None)
    return inner.records(sheet) or []
