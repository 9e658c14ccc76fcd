"""Downloads of Google Forms and sheets of Google for an invented survey: grids, boxes, boxes in a grid."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Style = Literal["grid", "second-grid", "box-grid", "choice"]
Form = Literal["csv", "zip", "sheet"]
LEVELS = {"0": "Aldrig", "1": "Sjældent", "2": "Af og til, mest ude", "3": "Ofte", "?": "Ved ikke", "": ""}
OPTIONS = {"0": "Ingen af delene", "1": "Frokost", "2": "Møder", "3": "Projekter"}
ASKED, NOBODY = "Hvem [på arbejdet] taler du med?", "Ingen"
START = datetime(2024, 8, 26, 9, 30, 5)


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "grid",
    form: Form = "csv",
    time: str = "Tidsstempel",
    with_email: bool = True,
) -> Written:
    """Write the responses; people who did not answer are not in the file."""
    between = ", " if form == "sheet" else ";"
    order = rng.permuted(np.arange(truth.n)).tolist()
    header, cells = COLUMNS[style](truth, order, between)
    head = [time, *(["Mailadresse"] if with_email else []), "Medarbejdernummer", *header]
    rows = []
    for i in rng.permuted(np.arange(truth.n)).tolist():
        if truth.answered[i]:
            person, when = truth.people[i], START + timedelta(hours=5 * len(rows))
            address = [person.email] if with_email else []
            rows.append([_time(when, form), *address, person.id, *cells[i]])
    name, data = _packed([head, *rows], form)
    respondent = "Mailadresse" if with_email else "Medarbejdernummer"
    wave = f'file = "{name}"\ndialect = "google-forms"\nrespondent = "{respondent}"\n'
    wave += 'respondent_by = "name"\n' if with_email else ""
    relation, kind = RELATIONS[style]
    return Written({name: data}, wave, relation, kind)


_GRID = (
    'levels = { Aldrig = 0, "Sjældent" = 1, "Af og til, mest ude" = 2, Ofte = 3 }\ndont_know = ["Ved ikke"]\n'
)
RELATIONS: dict[str, tuple[str, Literal["roster", "choice"]]] = {
    "grid": (f'kind = "roster"\ncode = "{ASKED}"\n{_GRID}', "roster"),
    "second-grid": (f'kind = "roster"\ncode = "{ASKED} (2)"\n{_GRID}', "roster"),
    "box-grid": (
        f'kind = "multiple-answer"\ncode = "{ASKED}"\n'
        'levels = { "Ingen af delene" = 0, Frokost = 1, "Møder" = 2, Projekter = 3 }\n',
        "roster",
    ),
    "choice": (f'kind = "multiple-choice"\ncode = "{ASKED}"\nnobody = "{NOBODY}"\n', "choice"),
}
Columns = tuple[list[str], list[list[str]]]


def _grid(truth: Truth, order: list[int], between: str) -> Columns:
    names = [f"{ASKED} [{truth.people[j].name}]" for j in order]
    return names, [[LEVELS[str(truth.cells[i, j])] for j in order] for i in range(truth.n)]


def _second_grid(truth: Truth, order: list[int], between: str) -> Columns:
    names, rows = _grid(truth, order, between)
    return names + names, [["Ofte"] * len(order) + row for row in rows]


def _box_grid(truth: Truth, order: list[int], between: str) -> Columns:
    names, _ = _grid(truth, order, between)
    # A level of 3 is also ticked as 1: the highest counts.
    both = {level: [option] for level, option in OPTIONS.items()} | {"3": [OPTIONS["1"], OPTIONS["3"]]}
    cells = [[between.join(both.get(str(truth.cells[i, j]), [])) for j in order] for i in range(truth.n)]
    return names, cells


def _choice(truth: Truth, order: list[int], between: str) -> Columns:
    named = [[truth.people[j].name for j in order if j in truth.named(i)] or [NOBODY] for i in range(truth.n)]
    return [ASKED], [[between.join(row)] for row in named]


COLUMNS = {"grid": _grid, "second-grid": _second_grid, "box-grid": _box_grid, "choice": _choice}


def _time(when: datetime, form: Form) -> object:
    if form == "sheet":
        return when
    hour = when.hour % 12 or 12
    return f"{when:%Y/%m/%d} {hour}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'} GMT+2"


def _packed(rows: list[list[object]], form: Form) -> tuple[str, bytes]:
    if form == "sheet":
        book = Workbook()
        book.worksheets[0].title = "Formularsvar 1"
        for row in rows:
            book.worksheets[0].append(row)
        out = io.BytesIO()
        book.save(out)
        return "google.xlsx", out.getvalue()
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    if form == "csv":
        return "google.csv", text.getvalue().encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Samarbejde.csv", text.getvalue().encode())
    return "google.csv.zip", packed.getvalue()
