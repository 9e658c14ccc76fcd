"""Boxes against the cell that joins them: two ways of writing the same answer must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from netlearn.study.findings import Findings
from netlearn.survey.dialects.kobo_headings import MISSING, Heads
from netlearn.survey.export import Column


def check_boxes(heads: Heads, columns: Sequence[Column], findings: Findings) -> None:
    """Compare each joined column with its boxes, row by row; a fault where they differ.

    Codes are compared as words; labels, which spaces cannot be split at, by their letters.
    """
    for at, boxes in heads.joined.items():
        about = [columns[box] for box in boxes]
        told = heads.table.header[at]
        options = [heads.table.header[box][len(told) + 1 :] for box in boxes]
        ways = [
            _by_words([c.item for c in about]),
            _by_letters(options),
            _by_letters([c.label for c in about]),
        ]
        rows = [
            (row[at].strip(), [_ticked(row[box], columns[box]) for box in boxes]) for row in heads.table.rows
        ]
        rows = [("" if cell == MISSING else cell, ticks) for cell, ticks in rows]
        wrong = min(([k for k, row in enumerate(rows) if not way(*row)] for way in ways), key=len)
        named = {c.item for c in about}
        if wrong and not any(set(cell.split()) & named for cell, _ in rows):
            # Labels beside codes: only whether something was chosen can be compared.
            findings.note("kobo-joined-unchecked", heads.table.file, 1, told)
            wrong = [k for k, (cell, ticks) in enumerate(rows) if bool(cell) != any(ticks)]
        if wrong:
            number = heads.table.numbers[wrong[0]]
            findings.fault("kobo-boxes-differ", heads.table.file, number, told, more=len(wrong) - 1)


def _ticked(cell: str, column: Column) -> bool:
    return column.ticks is not None and cell.strip() == column.ticks[0]


Way = Callable[[str, list[bool]], bool]


def _by_words(codes: Sequence[str]) -> Way:
    def agree(cell: str, ticks: list[bool]) -> bool:
        return Counter(cell.split()) == Counter(code for code, tick in zip(codes, ticks, strict=True) if tick)

    return agree


def _by_letters(labels: Sequence[str]) -> Way:
    def agree(cell: str, ticks: list[bool]) -> bool:
        chosen = "".join(label for label, tick in zip(labels, ticks, strict=True) if tick)
        return Counter("".join(cell.split())) == Counter("".join(chosen.split()))

    return agree
