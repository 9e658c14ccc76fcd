"""Boxes against the cell that joins them: two ways of writing the same answer must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from netlearn.study.findings import Findings
from netlearn.survey.dialects.kobo_headings import MISSING, Heads
from netlearn.survey.export import Column

Row = tuple[str, list[str]]
"""The joined cell of a row, and the cells of its boxes."""


def checked(heads: Heads, columns: Sequence[Column], findings: Findings) -> tuple[Column, ...]:
    """Compare each joined column with its boxes, row by row; a fault where they differ.

    Codes are compared as words; labels, which cannot be split at spaces, by their letters. Where the question allowed
    one choice at first, its boxes are blank and the joined cell holds the answer: then that is read instead.
    """
    found = list(columns)
    for at, boxes in heads.joined.items():
        about = [columns[box] for box in boxes]
        rows = [(_filled(row[at]), [_filled(row[box]) for box in boxes]) for row in heads.table.rows]
        wrong = _disagreeing(heads, at, about, rows, findings)
        named = {column.item for column in about}
        if wrong and all(not any(rows[k][1]) and set(rows[k][0].split()) <= named for k in wrong):
            findings.note("kobo-boxes-blank", heads.table.file, 1, heads.table.header[at], count=len(wrong))
            answers = {column.item: column.label for column in about if column.label}
            one = about[0]
            found[at] = Column(
                at, one.question, text=one.text, answers=answers, missing=(MISSING,), separator=" "
            )
            for box in boxes:
                found[box] = replace(columns[box], question="", item="", ticks=None, role="other")
        elif wrong:
            number, more = heads.table.numbers[wrong[0]], len(wrong) - 1
            findings.fault("kobo-boxes-differ", heads.table.file, number, heads.table.header[at], more=more)
    return tuple(found)


def _filled(cell: str) -> str:
    return "" if cell.strip() == MISSING else cell.strip()


def _disagreeing(
    heads: Heads, at: int, about: Sequence[Column], rows: Sequence[Row], findings: Findings
) -> list[int]:
    """Return the rows in which cell and boxes disagree, by the way of comparing that fits best."""
    told = heads.table.header[at]
    options = [heads.table.header[column.at][len(told) + 1 :] for column in about]
    ticked = [
        (cell, [box == (column.ticks or ("1",))[0] for box, column in zip(boxes, about, strict=True)])
        for cell, boxes in rows
    ]
    ways = (_by_words([c.item for c in about]), _by_letters(options), _by_letters([c.label for c in about]))
    wrong = min(([k for k, row in enumerate(ticked) if not way(*row)] for way in ways), key=len)
    words = {word for cell, _ in rows for word in cell.split()}
    if wrong and words and not words & {column.item for column in about}:
        # Labels beside codes: only whether something was chosen can be compared.
        findings.note("kobo-joined-unchecked", heads.table.file, 1, told)
        return [k for k, (cell, ticks) in enumerate(ticked) if bool(cell) != any(ticks)]
    return wrong


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
