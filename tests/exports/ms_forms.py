"""Workbooks of Microsoft Forms for an invented survey: Likert statements, lists to choose from, in some languages."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Style = Literal["likert", "second-likert", "choice"]
Language = Literal["en", "da", "no", "nl", "unknown"]

HEADINGS: dict[Language, tuple[str, ...]] = {
    "en": ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
    "da": ("Id", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn", "Tidspunkt for seneste ændring"),
    "no": (
        "ID",
        "Starttidspunkt",
        "Fullføringstidspunkt",
        "E-postadresse",
        "Navn",
        "Tidspunkt for siste endring",
    ),
    "nl": ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"),
    "unknown": ("ID", "Hasieratzeko ordua", "Amaitzeko ordua", "Helbidea", "Izena"),
}
LEVELS = {"0": "Aldrig", "1": "Sjældent", "2": "Af og til; mest ude", "3": "Ofte", "?": "Ved ikke", "": ""}
ASKED, NOBODY = "Hvem\N{NO-BREAK SPACE}taler du med? ", "Ingen"
START = datetime(2024, 8, 26, 9, 30, 5)


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "likert",
    language: Language = "da",
    signed_in: bool = True,
    form: Literal["xlsx", "csv"] = "xlsx",
) -> Written:
    """Write the responses; people who did not answer are not in the file."""
    order = rng.permuted(np.arange(truth.n)).tolist()
    header, cells = (_choice if style == "choice" else _likert)(truth, order, style)
    head = [*HEADINGS[language], "Dit medarbejdernummer", *header, "Andet?"]
    rows: list[list[object]] = []
    for i in rng.permuted(np.arange(truth.n)).tolist():
        if truth.answered[i]:
            person, k = truth.people[i], len(rows) + 1
            who = [person.email, person.name] if signed_in else ["anonymous", ""]
            start = START + timedelta(minutes=7 * k)
            changed = [""] * (len(HEADINGS[language]) - 5)
            rows.append(
                [k, start, start + timedelta(minutes=5), *who, *changed, person.id, *cells[i], "Nej; tak"]
            )
    respondent = HEADINGS[language][3] if signed_in else "Dit medarbejdernummer"
    # Without a code for the question the tool is recognised, not stated.
    stated = "" if style == "likert" else 'dialect = "ms-forms"\n'
    wave = f'file = "forms.{form}"\n{stated}respondent = "{respondent}"\n'
    wave += 'respondent_by = "name"\n' if signed_in else ""
    kind: Literal["roster", "choice"] = "choice" if style == "choice" else "roster"
    return Written({f"forms.{form}": _packed(head, rows, form)}, wave, RELATIONS[style], kind)


_LIKERT = (
    'levels = { Aldrig = 0, "Sjældent" = 1, "Af og til; mest ude" = 2, Ofte = 3 }\ndont_know = ["Ved ikke"]\n'
    'match = "name"\n'
)
RELATIONS: dict[str, str] = {
    "likert": f'kind = "roster"\n{_LIKERT}',
    "second-likert": f'kind = "roster"\ncode = "2"\n{_LIKERT}',
    "choice": f'kind = "multiple-choice"\ncode = "Hvem taler du med?"\nnobody = "{NOBODY}"\n',
}


def _likert(truth: Truth, order: list[int], style: Style) -> tuple[list[str], list[list[str]]]:
    """Statements have no question before them; asked again they have a digit behind them."""
    names = [truth.people[j].name for j in order]
    rows = [[LEVELS[str(truth.cells[i, j])] for j in order] for i in range(truth.n)]
    if style == "likert":
        return names, rows
    other = [["Ofte"] * len(order) for _ in rows]
    both = [first + second for first, second in zip(other, rows, strict=True)]
    return names + [f"{name}2" for name in names], both


def _choice(truth: Truth, order: list[int], style: Style) -> tuple[list[str], list[list[str]]]:
    named = [[truth.people[j].name for j in order if j in truth.named(i)] or [NOBODY] for i in range(truth.n)]
    return [ASKED], [["".join(f"{name};" for name in row)] for row in named]


def _packed(head: list[str], rows: list[list[object]], form: str) -> bytes:
    if form == "csv":
        text = io.StringIO()
        told = [[f"{c:%d-%m-%Y %H:%M}" if isinstance(c, datetime) else c for c in row] for row in rows]
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([head, *told])
        return text.getvalue().encode("utf-8-sig")
    book = Workbook()
    for row in [head, *rows]:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
