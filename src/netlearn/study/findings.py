"""Findings: every fault and note about the files of a study, with file, row, column and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from netlearn.errors import StudyError
from netlearn.wording import Language
from netlearn.wording.faults import sentence
from netlearn.wording.shown import Shown


@dataclass(frozen=True)
class Finding(Shown):
    """One fault or note.

    Attributes
    ----------
    code : str
        Key in `netlearn.wording.faults`, which holds the words in each language.
    level : "fault" or "note"
        A fault stops the run; a note is said and logged.
    file, row, column : str, int, str
        Where. Rows count as a spreadsheet shows them: the header is row 1. Empty or 0 when they do not apply.
    values : dict
        What the words need: the value found, what was expected, the nearest right name.
    """

    code: str
    level: Literal["fault", "note"] = "fault"
    file: str = ""
    row: int = 0
    column: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: Language = "en") -> str:
        """Where, what, what was expected and what to do, in one line."""
        return sentence(self.code, self.file, self.row, self.column, self.values, language)

    def __repr__(self) -> str:
        return self.text()


@dataclass
class Findings(Shown):
    """All findings about a study, gathered while its files are read."""

    _frames = ("table",)

    items: list[Finding] = field(default_factory=list)

    def fault(self, code: str, file: str = "", row: int = 0, column: str = "", **values: Any) -> None:
        """Add a fault."""
        self.items.append(Finding(code, "fault", file, row, column, values))

    def note(self, code: str, file: str = "", row: int = 0, column: str = "", **values: Any) -> None:
        """Add a note."""
        self.items.append(Finding(code, "note", file, row, column, values))

    @property
    def faults(self) -> list[Finding]:
        """The findings that stop a run, without repeats, by file and row."""
        return _in_order(f for f in self.items if f.level == "fault")

    @property
    def notes(self) -> list[Finding]:
        """The findings that are only said, without repeats, by file and row."""
        return _in_order(f for f in self.items if f.level == "note")

    def __len__(self) -> int:
        return len(self.faults) + len(self.notes)

    def __iter__(self) -> Iterator[Finding]:
        return iter([*self.faults, *self.notes])

    def lines(self, language: Language = "en") -> list[str]:
        """One line per finding, faults first."""
        return [finding.text(language) for finding in self]

    def table(self, language: Language = "en") -> pd.DataFrame:
        """One row per finding: level, file, row, column, text."""
        rows = [(f.level, f.file, f.row, f.column, f.text(language)) for f in self]
        return pd.DataFrame(rows, columns=["level", "file", "row", "column", "text"])

    def raise_faults(self, language: Language = "en") -> None:
        """Raise one `StudyError` that lists every fault; do nothing if there is none."""
        if self.faults:
            raise StudyError("\n".join(f.text(language) for f in self.faults), self)

    def __repr__(self) -> str:
        return "\n".join(self.lines()) or "no faults, no notes"


def _in_order(found: Iterator[Finding]) -> list[Finding]:
    unique = {f.text(): f for f in found}
    return sorted(unique.values(), key=lambda f: (f.file, f.row, f.column, f.code, f.text()))
