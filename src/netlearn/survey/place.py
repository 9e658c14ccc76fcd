"""Place: where a question is read, and all that the functions of this room hand to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from netlearn.study.findings import Findings
from netlearn.study.plan import RelationPlan, Study, WavePlan
from netlearn.study.rawtable import RawTable
from netlearn.study.roster import Roster
from netlearn.survey.export import Column, Export
from netlearn.survey.known import Known
from netlearn.survey.ledger import Ledger

_CODE = re.compile(r"[\w.\-\[\]]{1,40}")


@dataclass(frozen=True, eq=False)
class Place:
    """Where a question is read.

    Attributes
    ----------
    relation : RelationPlan
        The question; of a scale a stand-in that has its name.
    export : Export
        The answers of the wave.
    known : Known
        Who is meant by a name or id.
    withdrawn : mapping int -> bool
        People who withdrew, and whether ties to them go too.
    ledger : Ledger
        Counts what becomes of each cell.
    """

    study: Study
    relation: RelationPlan
    wave: WavePlan
    roster: Roster
    export: Export
    known: Known
    withdrawn: Mapping[int, bool]
    findings: Findings
    ledger: Ledger

    @property
    def table(self) -> RawTable:
        """The table of responses."""
        return self.export.table

    @cached_property
    def by_name(self) -> bool:
        """Whether colleagues may be found by what they are called."""
        return self.relation.match != "id" and self.known.has_names

    def on(self, table: RawTable, columns: tuple[Column, ...] = ()) -> Place:
        """Return the same place with another table of the export, such as a repeat group."""
        return replace(
            self, export=replace(self.export, table=table, columns=columns, dropped={}, unasked={})
        )

    def fault(self, code: str, row: int, column: str = "", **values: Any) -> None:
        """Add a fault in this file."""
        self.findings.fault(code, self.table.file, row, column, **values)

    def note(self, code: str, row: int = 0, column: str = "", **values: Any) -> None:
        """Add a note about this file."""
        self.findings.note(code, self.table.file, row, column, **values)

    def shown(self, at: int) -> str:
        """Return how a message names a column: its heading, or its letters where the heading may name people."""
        heading = self.table.header[at]
        tail = re.split(r"[_\[]", heading.rstrip("]"))[-1]
        coded = _CODE.fullmatch(heading) and (any(map(str.isdigit, heading)) or tail in self.roster.by_id)
        return heading if coded or (_CODE.fullmatch(heading) and not self.known.has_names) else letters(at)

    def sayable(self, text: str) -> str:
        """Return a typed text as messages may show it: "…" where it may be somebody's name."""
        if not any(map(str.isalpha, text)):
            return text
        coded = _CODE.fullmatch(text) is not None
        return text if coded and (not self.known.has_names or any(map(str.isdigit, text))) else "…"

    def hint(self, text: str) -> str:
        """Return the nearest right text as messages may show it; "" where it may be somebody's name."""
        return text if text and self.sayable(text) == text else ""

    def codes(self) -> tuple[str, ...]:
        """Codes of the other questions of the study, which may begin like this one."""
        return tuple(other.code for other in self.study.relations if other.name != self.relation.name)


def letters(at: int) -> str:
    """Return the letters over a column of a spreadsheet.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
