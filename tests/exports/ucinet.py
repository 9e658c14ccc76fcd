"""DL files in the shape of UCINET: whole matrices and lists, with labels in the header, in the data or in quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from exports.truth import Truth
from exports.written import Written

Form = Literal["fullmatrix", "diagonal absent", "edgelist1", "nodelist1", "edgearray1"]
Labels = Literal["header", "embedded", "lines"]
CODES = {"": "NA", "?": "9"}


def write(
    truth: Truth,
    rng: np.random.Generator,
    form: Form = "fullmatrix",
    labels: Labels = "header",
    by: Literal["id", "name"] = "id",
    encoding: str = "utf-8",
) -> Written:
    """Write one matrix, people in any order.

    A full matrix holds every answer, also blanks and don't knows; lists hold those who were named, a person who named
    nobody as a line alone (nodes) or as a tie of value 0 (edges).
    """
    order = rng.permuted(np.arange(truth.n)).tolist()
    called = [quoted(getattr(truth.people[i], by)) for i in order]
    dense = form in ("fullmatrix", "diagonal absent")
    kind = "fullmatrix" if dense else form
    lines = [
        f"DL N = {truth.n}",
        f"format = {kind}" + (" diagonal absent" if form == "diagonal absent" else ""),
    ]
    if labels == "embedded":
        lines.append("labels embedded")
    else:
        lines += ["labels:", *(called if labels == "lines" else [", ".join(called)])]
    lines.append("data:")
    words = called if labels == "embedded" else [str(at) for at in range(1, truth.n + 1)]
    lines += _matrix(truth, order, called, form, labels) if dense else _list(truth, order, words, form)
    data = ("\r\n".join(lines) + "\r\n").encode(encoding)
    relation = 'kind = "adjacency"\n' + (
        'levels = { "0" = 0, "1" = 1, "2" = 2, "3" = 3 }\ndont_know = ["9"]\n'
    )
    return Written({"net.dl": data}, 'file = "net.dl"\n', relation, "roster" if dense else "choice")


def quoted(label: str) -> str:
    return f'"{label}"' if " " in label else label


def _matrix(
    truth: Truth, order: Sequence[int], called: Sequence[str], form: Form, labels: Labels
) -> list[str]:
    lines = [" ".join(called)] if labels == "embedded" else []
    for i, label in zip(order, called, strict=True):
        cells = [
            "0" if i == j else CODES.get(truth.cells[i, j], truth.cells[i, j])
            for j in order
            if i != j or form == "fullmatrix"
        ]
        lines.append(" ".join([label, *cells] if labels == "embedded" else cells))
    return lines


def _list(truth: Truth, order: Sequence[int], words: Sequence[str], form: Form) -> list[str]:
    word = dict(zip(order, words, strict=True))
    lines = []
    for i in order:
        named = truth.named(i)
        if form == "nodelist1":
            lines += [" ".join([word[i], *(word[j] for j in named)])] if truth.answered[i] else []
            continue
        lines += [f"{word[i]} {word[j]} {truth.cells[i, j]}" for j in named]
        if truth.answered[i] and not named:
            other = next(j for j in order if j != i)
            lines.append(f"{word[i]} {word[other]} 0")
    return lines
