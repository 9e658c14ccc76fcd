"""The structure of a LimeSurvey questionnaire ("tab-separated values"): wording of questions, rows and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import plain
from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.source import Source

_NEEDED = ("class", "type/scale", "name", "text")
BOXES, DUAL, CELLS = ("M", "P"), "1", (";", ":")
"""Types of question: several boxes, two scales, rows by columns."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    kind : str
        The letter by which LimeSurvey knows the type.
    text : str
        Wording.
    rows, columns : dict code -> wording
        Its rows, and the columns of a question with rows and columns.
    answers : dict (scale, code) -> wording
    """

    kind: str
    text: str
    rows: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)

    def answers_of(self, scale: str) -> dict[str, str]:
        """Return code -> wording of the answers of one scale."""
        return {code: text for (other, code), text in self.answers.items() if other == scale}


def read_structure(parts: Mapping[str, Source]) -> dict[str, Question]:
    """Return the questions by code; {} without such a file, or with a fault if it is something else."""
    given = parts.get("structure")
    if given is None:
        return {}
    # The answers and this file are written by different exports, with separators of their own.
    source = Source(given.file, given.data, FileFormat(), given.findings)
    if source.kind == "xml":
        source.findings.fault("limesurvey-structure-lss", source.file)
        return {}
    records = source.records()
    if records is None:
        return {}
    header = [flat(cell).casefold() for cell in records[0]] if records else []
    if not all(name in header for name in _NEEDED):
        source.findings.fault("limesurvey-not-structure", source.file, 1, known=_NEEDED)
        return {}
    at = {name: header.index(name) for name in (*_NEEDED, *(["language"] if "language" in header else []))}
    rows = [{name: record[k] if k < len(record) else "" for name, k in at.items()} for record in records[1:]]
    return _questions(rows)


def _questions(rows: list[dict[str, str]]) -> dict[str, Question]:
    """Relations are told by order alone: rows and answers follow their question. The first language counts."""
    found: dict[str, Question] = {}
    first = next((row.get("language", "") for row in rows if row["class"] == "Q"), "")
    current: Question | None = None
    for row in rows:
        sort, code, text = row["class"].strip(), plain(row["name"]), flat(row["text"])
        if row.get("language", "") != first or not code:
            continue
        scale = row["type/scale"].strip() or "0"
        if sort == "Q":
            current = found.setdefault(code, Question(scale, text))
        elif sort == "G":
            current = None
        elif sort == "SQ" and current is not None:
            (current.columns if scale == "1" else current.rows)[code] = text
        elif sort == "A" and current is not None:
            current.answers[scale, code] = text
    return found
