"""Plain tables: a column per colleague, long nominations, a table person x person, an Excel sheet."""

from __future__ import annotations

import csv
import io
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Style = Literal["columns", "nominations", "adjacency", "book"]
RELATION = 'dont_know = ["9"]'


def write(truth: Truth, rng: np.random.Generator, style: Style = "columns", separator: str = ",") -> Written:
    """Write one wave; who did not answer has no row."""
    ids = [person.id for person in truth.people]
    who = [int(i) for i in rng.permuted(np.flatnonzero(truth.answered))]
    codes = {"?": "9"}
    cells = {i: [codes.get(str(cell), str(cell)) for cell in truth.cells[i]] for i in who}
    if style == "nominations":
        rows = [["from", "to"]]
        for i in who:
            rows += [[ids[i], ids[j]] for j in truth.named(i)] or [[ids[i], ""]]
        return Written(
            {"answers.csv": text(rows, separator)}, 'file = "answers.csv"', 'kind = "nominations"', "choice"
        )
    heading = "{}" if style == "adjacency" else "contact_{}"
    rows = [["" if style == "adjacency" else "id", *(heading.format(person) for person in ids)]]
    rows += [[ids[i], *cells[i]] for i in who]
    if style == "adjacency":
        relation = f'kind = "adjacency"\n{RELATION}'
        return Written({"answers.csv": text(rows, separator)}, 'file = "answers.csv"', relation, "roster")
    relation = f'kind = "roster"\ncode = "contact"\n{RELATION}'
    if style == "book":
        return Written({"answers.xlsx": workbook(rows)}, 'file = "answers.xlsx"', relation, "roster")
    return Written({"answers.csv": text(rows, separator)}, 'file = "answers.csv"', relation, "roster")


def text(rows: list[list[str]], separator: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode("utf-8")


def workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
