"""What of the reader's log may be published: no count from which the ties of a few people could be worked out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netlearn.study.findings import Finding, Findings
from netlearn.study.plan import Study
from netlearn.survey.check import Whole
from netlearn.survey.reader import ledger_table

LISTS = ("nominations", "name-generator", "free-text")
ROWS_READ = ("kobo-repeat", "redcap-repeats")
IN_PLACE_OF = ("ties", "no_ties", "nobody")


def shown_notes(notes: Iterable[Finding], study: Study) -> tuple[Finding, ...]:
    """Return the notes with answers counted in the place of ties, and without those that count ties as rows.

    All ties of a file, less those of the tables, would be the answers of the few people who were silent another time.
    """
    return tuple(_without_ties(note) for note in notes if not _tells_ties(note, study))


def _tells_ties(note: Finding, study: Study) -> bool:
    """Tell whether a note counts rows or slots of a question that lists colleagues: there every answer is a tie."""
    if note.code in ROWS_READ:
        return True
    if note.code != "import-counts":
        return False
    relation = study.relation(note.values["relation"])
    return relation.kind in LISTS or relation.group is not None


def _without_ties(note: Finding) -> Finding:
    if note.code != "import-counts":
        return note
    values = dict(note.values)
    values["answers"] = sum(values.pop(name) for name in IN_PLACE_OF)
    shown = Findings()
    shown.note("import-counts-shown", note.file, note.row, note.column, **values)
    return shown.notes[0]


def shown_cells(whole: Whole) -> dict[str, Any]:
    """Count what became of the cells of all files together, answers in the place of ties."""
    table = ledger_table(whole.reading)
    told = {str(name): int(table[name].sum()) for name in table.columns if name != "file"}
    answers = sum(told.pop(name, 0) for name in IN_PLACE_OF)
    return {"files": len(table), "cells": told.pop("cells"), "answers": answers, **told}
