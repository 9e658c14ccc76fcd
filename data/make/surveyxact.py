"""Write an export in the shape of SurveyXact: dataset, structure and labels, as three text files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Layout = Literal["semicolon", "utf16", "comma"]
SEPARATORS = {"semicolon": ";", "utf16": "\t", "comma": ","}
NEW, DISTRIBUTED, SOME, COMPLETED, DROPPED = range(1, 6)
STATUS = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
HEAD = [
    "questionName",
    "variableName",
    "questionType",
    "subType",
    "questionText",
    "choiceValue",
    "choiceText",
]


@dataclass(frozen=True)
class Variable:
    """A question with one answer, or a row of a matrix ("question - row"); `labels` words its codes in their order.

    Without labels it is a field of text, such as a background variable.
    """

    name: str
    text: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """One respondent: code or text by variable, how far he or she came, and when the answer was begun and closed."""

    cells: Mapping[str, str]
    status: int
    started: str = ""
    closed: str = ""


def write_export(
    folder: Path, front: str, variables: Sequence[Variable], responses: Sequence[Response], layout: Layout
) -> None:
    """Write FRONT-dataset.csv, FRONT-structure.csv and FRONT-labels.csv."""
    tables = {
        "dataset": _dataset(variables, responses),
        "structure": _structure(variables),
        "labels": [[v.name, code, text] for v in variables for code, text in v.labels.items()],
    }
    if layout == "comma":
        # The tool writes a field too many in the rows of choices.
        tables["structure"] = [[*row, ""] if row[5].isdigit() else row for row in tables["structure"]]
    for name, table in tables.items():
        (folder / f"{front}-{name}.csv").write_bytes(_text(table, layout))


def _dataset(variables: Sequence[Variable], responses: Sequence[Response]) -> list[list[str]]:
    names = [variable.name for variable in variables]
    rows = [[*names, "starttim", "closetim", *(f"stato_{k}" for k in range(1, 6))]]
    for response in responses:
        status = [str(int(k == response.status)) for k in range(1, 6)]
        answers = [response.cells.get(name, "") for name in names]
        rows.append([*answers, response.started, response.closed, *status])
    return rows


def _structure(variables: Sequence[Variable]) -> list[list[str]]:
    rows = [HEAD]
    for v in variables:
        kind = ["Closed", "Single"] if v.labels else ["Open", "String"]
        rows.append([v.name, v.name, *kind, v.text, "", ""])
    for k, word in enumerate(STATUS, start=1):
        rows.append(["statoverall", f"stato_{k}", "Closed", "Multiple", "Samlet status", str(k), word])
    return rows


def _text(table: list[list[str]], layout: Layout) -> bytes:
    stream = io.StringIO()
    end = "\r\n" if layout == "utf16" else "\n"
    csv.writer(stream, delimiter=SEPARATORS[layout], lineterminator=end).writerows(table)
    if layout == "utf16":
        return b"\xff\xfe" + stream.getvalue().encode("utf-16-le")
    return stream.getvalue().encode("cp1252")
