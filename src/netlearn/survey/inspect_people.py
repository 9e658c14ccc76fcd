"""Who is on a staff list, or looks like a name: used while exports are looked at, to tell questions about people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.export import Column, Export
from netlearn.survey.names import Directory

_NAME = re.compile(r"(?:[^\W\d_][\w.'’\-]*,?[ ]){1,4}[^\W\d_][\w.'’\-]*(?: \(.*\))?")


class People:
    """The people of a staff list, found in any of its columns."""

    def __init__(self, table: RawTable | None) -> None:
        self.given = table is not None
        self.cells = {plain(cell) for row in (table.rows if table else ()) for cell in row if cell.strip()}
        names = [
            plain(cell)
            for row in (table.rows if table else ())
            for cell in row
            if _NAME.fullmatch(cell.strip())
        ]
        self._directory = Directory.of(names)

    def share(self, columns: Iterable[Column]) -> float:
        """Return the share of items that are people."""
        items = list(
            dict.fromkeys((column.item, column.label) for column in columns if column.item or column.label)
        )
        if not items:
            return float("nan")
        return sum(self._is_person(item, label) for item, label in items) / len(items)

    def named(self, export: Export, columns: Iterable[Column]) -> bool:
        """Tell whether most cells of some columns hold names; numbers are answers."""
        cells = [
            plain(row[column.at]) for column in columns for row in export.table.rows if row[column.at].strip()
        ]
        names = [cell for cell in cells if any(map(str.isalpha, cell)) and self._is_person("", cell)]
        return 2 * len(names) > len(cells)

    def is_given(self, text: str) -> bool:
        """Tell whether a text is somebody of the staff list."""
        return self.given and self._is_person(plain(text), "")

    def typed(self, export: Export, column: Column) -> float:
        """Return the share of the filled cells of a column that name somebody of the staff list; NaN without one."""
        cells = [plain(row[column.at]) for row in export.table.rows if row[column.at].strip()]
        if not self.given or not cells:
            return float("nan")
        parts = [self._directory.split(cell.replace(column.separator or ";", ";")) for cell in cells]
        if len(set(cells)) == len(cells) and all(len(listed) == 1 for listed in parts):
            return float("nan")  # who answered, rather than whom they named
        return sum(any(self.is_given(part) for part in listed) for listed in parts) / len(cells)

    def _is_person(self, item: str, label: str) -> bool:
        if not self.given:
            return bool(_NAME.fullmatch(label))
        told = [plain(text) for text in (label, item) if text]
        return any(text in self.cells or self._directory.match(text).person is not None for text in told)
