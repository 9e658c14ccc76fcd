"""Exports in the shape of LimeSurvey: every style of heading, codes or full answers, text or workbook."""

from __future__ import annotations

import csv
import io
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Person, Truth
from exports.written import Written

Style = Literal["code", "em", "codetext", "em-codetext", "full", "old", "underscores"]

QUESTION = "Hvem har du talt med\n om <b>en opgave</b>?"
PLAIN_QUESTION = "Hvem har du talt med om en opgave?"
WORDED = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
    "startdate": "Date started",
    "datestamp": "Date last action",
    "token": "Access code",
}
CODES = {"0": "A0", "1": "A1", "2": "A2", "3": "A3", "?": "A9", "": ""}
WORDINGS = {"0": "Aldrig", "1": "Sjældent", "2": "Ugentligt", "3": "Næsten dagligt", "?": "Ved ikke", "": ""}
NONE = ("NONE", "Ingen af dem")


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "code",
    cells: Literal["codes", "full"] = "codes",
    kind: Literal["roster", "choice"] = "roster",
    book: bool = False,
    api: bool = False,
    anonymised: bool = False,
    month: int = 3,
    dialect: str = "auto",
) -> Written:
    """Write one wave; people who did not answer opened the questionnaire and left, or are no row at all."""
    items = [(person.id, person.name) for person in truth.people]
    items += [NONE] if kind == "choice" else []
    header = [_system(code, style) for code in WORDED]
    header += [_heading(code, name, style) for code, name in items] + [
        _single("age", "Hvor gammel er du?", style)
    ]
    rows = [header]
    order = rng.permuted(np.arange(truth.n))
    for number, i in enumerate(order, start=1):
        if truth.answered[i] or rng.random() < 0.5:
            started = _day(anonymised, month, number)
            rows.append([*_row(truth, int(i), number, cells, kind, started), str(20 + number)])
    for row in rows[1:]:
        if row[1] == "":
            row[-1] = ""
    data = _workbook(rows) if book else _text(rows, ";" if api else ",")
    name = "limesurvey.xlsx" if book else "limesurvey.csv"
    wave = f'file = "{name}"\n' + ("" if dialect == "auto" else f'dialect = "{dialect}"\n')
    return Written({name: data}, wave, _relation(style, cells, kind), kind)


def _relation(style: Style, cells: str, kind: str) -> str:
    code = PLAIN_QUESTION if style in ("full", "underscores") else "contact"
    if kind == "choice":
        nobody = NONE[1] if style in ("full", "underscores", "codetext", "em-codetext") else NONE[0]
        return f'kind = "multiple-choice"\ncode = "{code}"\nnobody = "{nobody}"\n'
    words = CODES if cells == "codes" else WORDINGS
    levels = ", ".join(f'"{words[level]}" = {level}' for level in "0123")
    return f'kind = "roster"\ncode = "{code}"\nlevels = {{ {levels} }}\ndont_know = ["{words["?"]}"]\n'


def _system(code: str, style: Style) -> str:
    if style in ("full", "underscores"):
        return WORDED[code].replace(" ", "_" if style == "underscores" else " ")
    return f"{code}. {WORDED[code]}" if style in ("codetext", "em-codetext") else code


def _heading(code: str, name: str, style: Style) -> str:
    worded = f"{QUESTION} [{name}]"
    return {
        "code": f"contact[{code}]",
        "em": f"contact_{code}",
        "old": f"contact [{code}]",
        "codetext": f"contact[{code}]. {worded}",
        "em-codetext": f"contact_{code}. {worded}",
        "full": worded,
        "underscores": f"{PLAIN_QUESTION} [{name}]".replace(" ", "_"),
    }[style]


def _single(code: str, wording: str, style: Style) -> str:
    if style in ("codetext", "em-codetext"):
        return f"{code}. {wording}"
    return {"full": wording, "underscores": wording.replace(" ", "_")}.get(style, code)


def _day(anonymised: bool, month: int, number: int) -> str:
    return "1980-01-01 00:00:00" if anonymised else f"2024-{month:02d}-{number:02d} 08:00:00"


def _row(truth: Truth, i: int, number: int, cells: str, kind: str, started: str) -> list[str]:
    sent = started if truth.answered[i] else ""
    person: Person = truth.people[i]
    head = [str(number), sent, "3" if sent else "1", "da", "99", started, started, person.id]
    if kind == "roster":
        words = CODES if cells == "codes" else WORDINGS
        return head + [words[truth.cells[i, j]] for j in range(truth.n)]
    ticked = [j in truth.named(i) for j in range(truth.n)]
    ticked.append(bool(truth.answered[i]) and not any(ticked))
    if cells == "codes":
        return head + ["Y" if tick else "" for tick in ticked]
    never = "No" if truth.answered[i] else "N/A"
    return head + ["Yes" if tick else never for tick in ticked]


def _text(rows: list[list[str]], separator: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + (stream.getvalue() + "\r\n").encode("utf-8")


def _workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Samarbejde"
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
