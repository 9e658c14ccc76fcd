"""Matrices of SurveyXact: every row is a question of its own, worded "question - row"; here they are found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from netlearn.survey.dialects.surveyxact_structure import Variable

MARK = " - "
Asked = tuple[Variable, ...]
"""The variables of one question: one, or a box each."""


@dataclass(frozen=True)
class Matrix:
    """Questions that are the rows of one.

    Attributes
    ----------
    code : str
        What names of the rows have in common, or the name of the first row where that does not tell the matrix.
    text : str
        Wording of the question.
    rows : tuple of (item, label, variables)
        Rest of the name, wording and variables of each row.
    """

    code: str
    text: str
    rows: tuple[tuple[str, str, Asked], ...]


def find_matrices(variables: Iterable[Variable]) -> list[Matrix]:
    """Find runs of questions of one sort whose wordings begin alike; the part that differs is the row."""
    asked = [tuple(group) for _, group in groupby(variables, key=lambda v: (v.question, v.boxes))]
    runs = [tuple(run) for _, run in groupby(asked, key=_sort)]
    found = [part for run in runs if MARK in _text(run[0]) for part in _parts(run)]
    stems = [stem_of(question[0].question) for question in asked]
    taken = {
        name for question in asked for variable in question for name in (variable.name, variable.question)
    }
    made = [_matrix(rows, stems, taken) for rows in found if len(rows) > 1]
    # Fields to type in that only share the beginning of their wording are questions of their own.
    return [matrix for matrix in made if matrix.rows[0][2][0].closed or matrix.code not in taken]


def _text(question: Asked) -> str:
    return question[0].text


def _sort(question: Asked) -> tuple[bool, bool, tuple[str, ...], str]:
    """Return what rows of one matrix share: kind, choices, and the wording before the first mark."""
    first = question[0]
    return first.closed, first.boxes, tuple(v.label for v in question), first.text.partition(MARK)[0]


def _parts(run: Sequence[Asked]) -> list[tuple[Asked, ...]]:
    """Cut a run where names change, or where wording goes on and the same rows come again."""
    parts = _cut(run, lambda question: stem_of(question[0].question))
    if len(parts) == 1:
        depth = _shared(run)
        parts = _cut(run, lambda question: _text(question).split(MARK)[depth])
        ends = [[_text(question).split(MARK)[depth + 1 :] for question in part] for part in parts]
        if not all(end and end == ends[0] for end in ends) or not all(ends[0]):
            parts = [tuple(run)]
    return parts


def _cut(run: Sequence[Asked], key: Callable[[Asked], str]) -> list[tuple[Asked, ...]]:
    """Cut a run into parts of one key; whole where a part would be a single row, or a key comes back."""
    parts = [tuple(part) for _, part in groupby(run, key=key)]
    single = any(len(part) < 2 for part in parts)
    again = len({key(part[0]) for part in parts}) < len(parts)
    return [tuple(run)] if single or again else parts


def _shared(rows: Sequence[Asked]) -> int:
    """Count the pieces of wording, from the start, that all rows share; one piece is left to tell them apart."""
    pieces = [_text(question).split(MARK) for question in rows]
    most = min(len(piece) for piece in pieces) - 1
    return next((k for k in range(most) if len({piece[k] for piece in pieces}) > 1), most)


def stem_of(name: str) -> str:
    """Return what a name shares with its siblings: up to its last "_", or without the number at its end.

    Examples
    --------
    >>> stem_of("contact_k01"), stem_of("contact12"), stem_of("age")
    ('contact', 'contact', 'age')
    """
    front, mark, _ = name.rpartition("_")
    return front if mark else re.sub(r"\d+$", "", name)


def _matrix(rows: Sequence[Asked], stems: Sequence[str], taken: set[str]) -> Matrix:
    """Name a matrix by the beginning of its names, if that belongs to it alone."""
    names = [question[0].question for question in rows]
    stem = stem_of(names[0])
    alone = bool(stem) and stem not in taken and all(stem_of(name) == stem for name in names)
    alone = alone and stems.count(stem) == len(rows)
    depth = _shared(rows)
    made = []
    for name, question in zip(names, rows, strict=True):
        label = MARK.join(_text(question).split(MARK)[depth:])
        made.append((name[len(stem) :].lstrip("_") if alone else name, label.strip(), question))
    text = MARK.join(_text(rows[0]).split(MARK)[:depth]).strip()
    return Matrix(stem if alone else names[0], text, tuple(made))
