"""Exports in the shape of SurveyXact: dataset, structure and labels, in three encodings, a zip, or a workbook."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Layout = Literal["semicolon", "utf16", "comma", "zip", "xlsx", "wide"]
Naming = Literal["stem", "numbered", "bare"]

QUESTION = "Hvor ofte har du talt med"
CODES = {"0": "5", "1": "1", "2": "3", "3": "4", "?": "6", "": ""}
WORDINGS = {"0": "Aldrig", "1": "Sjældent ", "2": "Ugentligt", "3": "Næsten dagligt", "?": "Ved ikke"}
STATUS = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
HEAD = (
    "questionName",
    "variableName",
    "questionType",
    "subType",
    "questionText",
    "choiceValue",
    "choiceText",
)
NOBODY = "Ingen af dem"

Table = list[list[str]]


def write(
    truth: Truth,
    rng: np.random.Generator,
    layout: Layout = "semicolon",
    kind: Literal["roster", "choice"] = "roster",
    naming: Naming = "stem",
    dialect: str = "auto",
) -> Written:
    """Write one wave; people who did not answer are rows that were distributed.

    `naming` is how the rows of the matrix are called: after the question, by the number that the tool gives, or after
    the question with the name of the colleague alone as wording.
    """
    dataset, structure, labels = (
        _dataset(truth, rng, kind, naming),
        _structure(truth, kind, naming),
        _labels(truth, kind, naming),
    )
    files, parts = _files(dataset, structure, labels, layout)
    wave = f'file = "{next(iter(files))}"\nrespondent = "id"\n{parts}'
    wave += "" if dialect == "auto" else f'dialect = "{dialect}"\n'
    code = {"stem": "kontakt", "numbered": "s_3", "bare": "kontakt"}[naming]
    if kind == "choice":
        return Written(files, wave, f'kind = "multiple-choice"\ncode = "v_1"\nnobody = "{NOBODY}"\n', kind)
    levels = ", ".join(f'"{WORDINGS[level].strip()}" = {level}' for level in "0123")
    relation = f'kind = "roster"\ncode = "{code}"\nlevels = {{ {levels} }}\ndont_know = ["Ved ikke"]\n'
    return Written(files, wave, relation, kind)


def _names(truth: Truth, kind: str, naming: Naming) -> list[str]:
    if kind == "choice":
        return [f"v_1_{place + 1}" for place in range(truth.n + 1)]
    front, first = ("s", 3) if naming == "numbered" else ("kontakt", 1)
    return [f"{front}_{place + first}" for place in range(truth.n)]


def _dataset(truth: Truth, rng: np.random.Generator, kind: str, naming: Naming) -> Table:
    rows = [[*_names(truth, kind, naming), "s_1", "id", *(f"stato_{k}" for k in range(1, 6)), "s_2"]]
    for i in rng.permuted(np.arange(truth.n)):
        if kind == "roster":
            cells = [CODES[truth.cells[i, j]] for j in range(truth.n)]
        else:
            ticked = [j in truth.named(int(i)) for j in range(truth.n)]
            ticked.append(bool(truth.answered[i]) and not any(ticked))
            cells = [str(int(tick)) for tick in ticked]
        reached = 4 if truth.answered[i] else 2
        status = [str(int(k == reached)) for k in range(1, 6)]
        gender = "1" if truth.answered[i] else ""
        rows.append([*cells, gender, truth.people[i].id, *status, "1" if gender else ""])
    return rows


def _structure(truth: Truth, kind: str, naming: Naming) -> Table:
    rows = [list(HEAD)]
    for place, name in enumerate(_names(truth, kind, naming)):
        person = NOBODY if place == truth.n else truth.people[place].name
        if kind == "choice":
            rows.append(["v_1", name, "Closed", "Multiple", QUESTION, str(place + 7), f"{person} "])
        else:
            text = person if naming == "bare" else f"{QUESTION}  - {person} "
            rows.append([name, name, "Closed", "Single", text, "", ""])
    rows.append(["s_1", "s_1", "Closed", "Single", "Er du leder?", "", ""])
    rows.append(["id", "id", "Open", "String", "Baggrund - id", "", ""])
    for k, word in enumerate(STATUS, start=1):
        rows.append(["statoverall", f"stato_{k}", "Closed", "Multiple", "Samlet status", str(k), word])
    rows.append(["s_2", "s_2", "Closed", "Single", "Er du ny?", "", ""])
    return rows


def _labels(truth: Truth, kind: str, naming: Naming) -> Table:
    rows = []
    for name in _names(truth, kind, naming):
        if kind == "choice":
            rows += [[name, "0", "Ikke valgt"], [name, "1", "Valgt"]]
        else:
            rows += [[name, CODES[level], word] for level, word in WORDINGS.items()]
    return [*rows, ["s_1", "1", "Ja"], ["s_1", "2", "Nej"], ["s_2", "1", "Ja"], ["s_2", "2", "Nej"]]


def _files(dataset: Table, structure: Table, labels: Table, layout: Layout) -> tuple[dict[str, bytes], str]:
    tables = {"dataset": dataset, "structure": structure, "labels": labels}
    if layout in ("xlsx", "wide"):
        half = len(dataset[0]) // 2
        wide = {"Labels": labels, "Dataset(1)": [row[:half] for row in dataset]}
        wide |= {"Dataset(2)": [row[half:] for row in dataset], "Structure": structure}
        sheets = {"Labels": labels, "Dataset": dataset, "Structure": structure} if layout == "xlsx" else wide
        return {"surveyxact.xlsx": workbook(sheets)}, ""
    if layout == "zip":
        packed = {f"eksport/{name}.csv": text(table, "semicolon") for name, table in tables.items()}
        return {"surveyxact.zip": zipped(packed)}, ""
    files = {f"{name}.csv": text(table, layout, name == "structure") for name, table in tables.items()}
    return files, 'parts = { structure = "structure.csv", labels = "labels.csv" }\n'


def text(table: Table, layout: str, structure: bool = False) -> bytes:
    """Write a table as text; the rows of a structure with commas have a field too many where a choice stands."""
    stream = io.StringIO()
    separator = {"semicolon": ";", "utf16": "\t", "comma": ","}[layout]
    rows = [[*row, ""] if structure and layout == "comma" and row[5].isdigit() else row for row in table]
    csv.writer(stream, delimiter=separator, lineterminator="\r\n" if layout == "utf16" else "\n").writerows(
        rows
    )
    if layout == "utf16":
        return b"\xff\xfe" + stream.getvalue().encode("utf-16-le")
    return stream.getvalue().encode("cp1252", errors="replace")


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def workbook(sheets: dict[str, Table]) -> bytes:
    """Write a workbook; codes are numbers, as the tool writes them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
