"""Qualtrics downloads of an invented survey, in every generation and form."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Style = Literal["levels", "boxes", "options", "joined", "joined-options", "loop"]
Generation = Literal["json", "python", "named-by-ids", "two-rows", "numbered"]
Form = Literal["csv", "tsv", "xlsx", "zip"]

ASKED = "Hvem taler du med - om <b>arbejdet</b>?\n\nVælg kolleger:"
FLAT = "Hvem taler du med - om arbejdet?\n\nVælg kolleger:"
LEVELS = {"0": ("Aldrig", "5"), "1": ("Sjældent", "1"), "2": ("Af og til, mest ude", "3"), "3": ("Ofte", "2")}
LEVELS |= {"?": ("Ved ikke", "8"), "": ("", "")}
OPTIONS = {"0": ("Ingen af delene", "6"), "1": ("Frokost", "2"), "2": ("Møder", "3"), "3": ("Projekter", "5")}
NOBODY = "Ingen"
META = (
    ("StartDate", "Startdato", "startDate"),
    ("EndDate", "Slutdato", "endDate"),
    ("Status", "Svartype", "status"),
    ("Progress", "Fremskridt", "progress"),
    ("Duration (in seconds)", "Varighed (i sekunder)", "duration"),
    ("Finished", "Afsluttet", "finished"),
    ("RecordedDate", "Registreringsdato", "recordedDate"),
    ("ResponseId", "Svar-id", "_recordId"),
    ("RecipientEmail", "Modtagers mail", "recipientEmail"),
    ("ExternalReference", "Ekstern datareference", "externalDataReference"),
    ("DistributionChannel", "Distributionskanal", "distributionChannel"),
)
OLD_META = (
    "ResponseID",
    "ResponseSet",
    "Name",
    "ExternalDataReference",
    "EmailAddress",
    "IPAddress",
    "Status",
)
OLD_META += ("StartDate", "EndDate", "Finished")


@dataclass
class Asked:
    """A column of a question: heading, parts of its wording, import id, and a cell per person."""

    name: str
    parts: list[str]
    ids: dict[str, str]
    cells: list[str] = field(default_factory=list)


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "levels",
    generation: Generation = "json",
    values: Literal["text", "codes"] = "text",
    form: Form = "csv",
    filled: bool = False,
    odd_rows: bool = True,
    encoding: str = "utf-8",
) -> Written:
    """Write a download; who did not answer has no row, or one that was opened and left."""
    columns = COLUMNS[style](truth, rng, values, filled)
    columns.append(Asked("Q9", ["Bemærkninger"], {"ImportId": "QID9_TEXT"}, ["Tak, det var fint"] * truth.n))
    rows = _heads(columns, generation)
    for i in rng.permuted(np.arange(truth.n)).tolist():
        if truth.answered[i]:
            cells = [column.cells[i] for column in columns]
            rows.append(_row(cells, generation, truth.people[i].id, truth.people[i].email))
        elif odd_rows:
            blank = [""] * len(columns)
            rows.append(_row(blank, generation, truth.people[i].id, truth.people[i].email, finished=False))
    if odd_rows:
        cells = [column.cells[0] for column in columns]
        rows.append(_row(cells, generation, "", "", status="1"))
        rows.append(_row(cells, generation, "zzz", "", status="2"))
    name, data = _packed(rows, form, encoding)
    respondent = {"named-by-ids": "externalDataReference", "numbered": "V4"}.get(generation, "NodeID")
    wave = f'file = "{name}"\ndialect = "qualtrics"\nrespondent = "{respondent}"\n'
    return Written({name: data}, wave, _relation(style, values, generation), KINDS[style])


KINDS: dict[str, Literal["roster", "choice"]] = {
    "levels": "roster",
    "boxes": "choice",
    "options": "roster",
    "joined": "choice",
    "joined-options": "roster",
    "loop": "roster",
}


def _relation(style: Style, values: str, generation: Generation) -> str:
    code = "QID5" if generation == "named-by-ids" else "contact"
    kind = {"boxes": "multiple-choice", "joined": "multiple-choice"}.get(style, "multiple-answer")
    if style in ("levels", "loop"):
        kind, at = "roster", values == "codes"
        levels = ", ".join(f'"{LEVELS[level][at]}" = {level}' for level in "0123")
        return (
            f'kind = "roster"\ncode = "{code}"\nlevels = {{ {levels} }}\ndont_know = ["{LEVELS["?"][at]}"]\n'
        )
    if kind == "multiple-choice":
        return f'kind = "multiple-choice"\ncode = "{code}"\nnobody = "{NOBODY}"\n'
    options = ", ".join(f'"{OPTIONS[level][values == "codes"]}" = {level}' for level in "0123")
    return f'kind = "multiple-answer"\ncode = "{code}"\nlevels = {{ {options} }}\n'


def _order(truth: Truth, rng: np.random.Generator) -> list[tuple[int, int, str]]:
    """Place on the roster, row id of Qualtrics and name, in the order of the questionnaire; row ids skip numbers."""
    order = rng.permuted(np.arange(truth.n)).tolist()
    ids = (rng.permuted(np.arange(3 * truth.n))[: truth.n] + 1).tolist()
    return [(j, ids[k], truth.people[j].name) for k, j in enumerate(order)]


def _levels(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    found = []
    for k, (j, row, name) in enumerate(_order(truth, rng), 1):
        cells = [LEVELS[str(truth.cells[i, j])][values == "codes"] for i in range(truth.n)]
        cells = [cell or "-99" if filled and i != j else cell for i, cell in enumerate(cells)]
        found.append(Asked(f"contact_{k}", [FLAT, name], {"ImportId": f"QID5_{row}"}, cells))
    return found


def _boxes(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    found = []
    for j, row, name in [*_order(truth, rng), (-1, 999, NOBODY)]:
        ticked = [j in truth.named(i) if j >= 0 else not truth.named(i) for i in range(truth.n)]
        tick = name if values == "text" else "1"
        cells = [tick if yes else "0" if filled else "" for yes in ticked]
        ids = {"ImportId": "QID5", "choiceId": str(row)}
        found.append(Asked(f"contact_{row}", [FLAT, "Selected Choice", name], ids, cells))
    comments = ["Ole fra X"] * truth.n
    found.append(Asked("contact_7_TEXT", [FLAT, "Andre", "Text"], {"ImportId": "QID5_7_TEXT"}, comments))
    return found


def _options(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    found = []
    for k, (j, row, name) in enumerate(_order(truth, rng), 1):
        for level, (option, code) in OPTIONS.items():
            # A level of 3 is also ticked as 1: the highest counts.
            tick = option if values == "text" else "1"
            yes = [
                str(truth.cells[i, j]) in ((level, "3") if level == "1" else (level,)) for i in range(truth.n)
            ]
            cells = [tick if y else "0" if filled and i != j else "" for i, y in enumerate(yes)]
            ids = {"ImportId": f"QID5_{row}", "choiceId": code}
            found.append(Asked(f"contact_{k}_{code}", [FLAT, name, option], ids, cells))
    return found


def _joined(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    order = [j for j, _, _ in _order(truth, rng)]
    named = [[truth.people[j].name for j in order if j in truth.named(i)] or [NOBODY] for i in range(truth.n)]
    return [Asked("contact", [FLAT], {"ImportId": "QID5"}, [",".join(row) for row in named])]


def _joined_options(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    both = {level: [option[values == "codes"]] for level, option in OPTIONS.items()}
    both["3"] = both["1"] + both["3"]
    found = []
    for k, (j, row, name) in enumerate(_order(truth, rng), 1):
        cells = [",".join(both.get(str(truth.cells[i, j]), [])) for i in range(truth.n)]
        found.append(Asked(f"contact_{k}", [FLAT, name], {"ImportId": f"QID5_{row}"}, cells))
    return found


def _loop(truth: Truth, rng: np.random.Generator, values: str, filled: bool) -> list[Asked]:
    found = []
    for j, turn, name in _order(truth, rng):
        cells = [LEVELS[str(truth.cells[i, j])][values == "codes"] for i in range(truth.n)]
        ids = {"ImportId": f"{turn}_QID5"}
        found.append(Asked(f"{turn}_contact", [name, "Hvor ofte taler du med [Field-1]?"], ids, cells))
    return found


COLUMNS = {
    "levels": _levels,
    "boxes": _boxes,
    "options": _options,
    "joined": _joined,
    "joined-options": _joined_options,
    "loop": _loop,
}


def _heads(columns: list[Asked], generation: Generation) -> list[list[str]]:
    """The heading rows; the field NodeID of the contact list comes last."""
    texts = [" - ".join(column.parts) for column in columns]
    if generation in ("python", "numbered"):
        texts = ["-".join(column.parts) for column in columns]
        numbers = (
            [f"V{k}" for k in range(1, len(OLD_META) + 1)] if generation == "numbered" else list(OLD_META)
        )
        head = [[*numbers, *(column.name for column in columns), "NodeID"], [*OLD_META, *texts, "NodeID"]]
        if generation == "python":
            ids = [
                "responseId",
                "responseSetId",
                "panel-Name",
                "panel-ExternalDataReference",
                "panel-EmailAddress",
            ]
            ids += ["ipAddress", "status", "startDate", "endDate", "finished"]
            asked = ["-".join(column.ids.values()).replace("QID5_", "QID5-") for column in columns]
            head.append([str({"ImportId": text}) for text in [*ids, *asked, "NodeID"]])
        return head
    if generation == "named-by-ids":
        asked = ["_".join(column.ids.values()) for column in columns]
        tagged = [f"{column.name} - {text}" for column, text in zip(columns, texts, strict=True)]
        return [
            [*(key for _, _, key in META), *asked, "NodeID"],
            [*(text for _, text, _ in META), *tagged, "NodeID"],
        ]
    names = [*(name for name, _, _ in META), *(column.name for column in columns), "NodeID"]
    head = [names, [*(text for _, text, _ in META), *texts, "NodeID"]]
    if generation == "json":
        told = (
            [{"ImportId": key} for _, _, key in META]
            + [column.ids for column in columns]
            + [{"ImportId": "NodeID"}]
        )
        head.append([json.dumps(ids, separators=(",", ":")) for ids in told])
    return head


def _row(
    cells: list[str],
    generation: Generation,
    person: str,
    email: str,
    status: str = "0",
    finished: bool = True,
) -> list[str]:
    day, done = "2024-08-26 10:01:02", "1" if finished else "0"
    if generation in ("python", "numbered"):
        return [
            "R_1",
            "Default Response Set",
            "Anonymous",
            person,
            email,
            "",
            status,
            day,
            day,
            done,
            *cells,
            person,
        ]
    channel = "preview" if status == "1" else "email"
    meta = [day, day, status, "100" if finished else "20", "61", done, day, "R_1", email, person, channel]
    return [*meta, *cells, person]


def _packed(rows: list[list[str]], form: Form, encoding: str) -> tuple[str, bytes]:
    if form == "xlsx":
        book = Workbook()
        for row in rows:
            book.worksheets[0].append([int(cell) if cell.isdecimal() else cell or None for cell in row])
        out = io.BytesIO()
        book.save(out)
        return "qualtrics.xlsx", out.getvalue()
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if form == "tsv" else ",", lineterminator="\n").writerows(rows)
    if form == "tsv":
        return "qualtrics.tsv", text.getvalue().encode("utf-16")
    if form == "csv":
        return "qualtrics.csv", text.getvalue().encode(encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Samarbejde_26. august 2024.csv", text.getvalue().encode(encoding))
    return "qualtrics.zip", packed.getvalue()
