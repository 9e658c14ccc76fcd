"""Plain tables: a column per colleague is named CODE_ID, or ID alone when the relation has no code."""

from __future__ import annotations

from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.grid import check_names
from netlearn.survey.source import Source


def recognise(source: Source) -> Guess | None:
    """Claim any table, without being sure."""
    return Guess(0.1, "plain-table") if source.kind in ("text", "xlsx") else None


def read(source: Source) -> Export | None:
    """Read a table whose headings say it all; two columns of one name are a fault."""
    before = len(source.findings.faults)
    table = source.table()
    if table is not None:
        check_names(table, source.findings)
    if table is None or len(source.findings.faults) > before:
        return None
    return Export("plain", table, tuple(Column(at) for at in range(len(table.header))))
