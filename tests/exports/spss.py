"""SPSS files: one variable per colleague with labels and value labels, or a multiple-response set."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from exports.truth import Truth
from exports.written import Written

Names = Literal["ids", "numbers", "plain numbers"]
VALUES = {4: "Aldrig", 1: "Sjældent", 2: "Ugentligt", 3: "Dagligt", 8: "Ved ikke"}
CODES: dict[str, float] = {"0": 4, "1": 1, "2": 2, "3": 3, "?": 8}
REFUSED = 99.0


def write(
    truth: Truth,
    rng: np.random.Generator,
    kind: Literal["roster", "choice"] = "roster",
    names: Names = "numbers",
    compress: bool = False,
) -> Written:
    """Write one wave; cells left blank are system-missing or the user-missing 99.

    `names`: variables end in the id of the colleague, or are numbered in an order of their own. A choice is a set of
    variables and written without compression, which would store places in the file.
    """
    about = rng.permuted(np.arange(truth.n)).tolist()
    code = {j: truth.people[j].id if names == "ids" else str(at) for at, j in enumerate(about, start=1)}
    variable = {j: f"contact{'' if names == 'plain numbers' else '_'}{code[j]}" for j in about}
    rows = []
    for i in rng.permuted(np.arange(truth.n)).tolist():
        if truth.answered[i]:
            cells = {variable[j]: _cell(truth, i, j, kind, rng) for j in about}
            rows.append({"token": truth.people[i].id, **cells, "age": 40.0 + i})
    frame = pd.DataFrame(rows)
    labels = {"token": "Nøgle", "age": "Alder"}
    labels |= {variable[j]: f"Hvem har du <b>talt</b> med? - {truth.people[j].name}" for j in about}
    words = VALUES if kind == "roster" else {0: "Not selected", 1: "Selected"}
    how: dict[str, Any] = {
        "column_labels": labels,
        "variable_value_labels": {variable[j]: words for j in about},
        "missing_ranges": {variable[j]: [{"lo": 90, "hi": 99}] for j in about},
    }
    data = sav(frame, compress, **how)
    if kind == "choice":
        frame["contact_none"] = [float(not truth.named(_at(truth, key))) for key in frame["token"]]
        how["column_labels"] = labels | {"contact_none": "Hvem har du talt med? - Ingen"}
        how["variable_value_labels"]["contact_none"] = words
        members = [*variable.values(), "contact_none"]
        data = with_record(sav(frame, **how), 7, f"$talk=D1 1 8 Kontakt. {' '.join(members)}\n")
    file = "wave.zsav" if compress and kind == "roster" else "wave.sav"
    return Written({file: data}, f'file = "{file}"\nrespondent = "token"\n', _relation(kind), kind)


def _relation(kind: str) -> str:
    if kind == "choice":
        return 'kind = "multiple-choice"\ncode = "talk"\nnobody = "contact_none"\n'
    levels = ", ".join(f'"{VALUES[int(CODES[level])]}" = {level}' for level in "0123")
    return f'kind = "roster"\ncode = "contact"\nlevels = {{ {levels} }}\ndont_know = ["Ved ikke"]\n'


def _at(truth: Truth, key: str) -> int:
    return next(i for i, person in enumerate(truth.people) if person.id == key)


def _cell(truth: Truth, i: int, j: int, kind: str, rng: np.random.Generator) -> float:
    if kind == "choice":
        return float(truth.cells[i, j] in ("1", "2", "3"))
    blank = REFUSED if rng.random() < 0.5 else float("nan")
    return CODES.get(truth.cells[i, j], blank)


def sav(frame: pd.DataFrame, compress: bool = False, **how: Any) -> bytes:
    """The bytes of a file as SPSS writes it."""
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, path, compress=compress, **how)
        return path.read_bytes()


def with_record(data: bytes, kind: int, text: str) -> bytes:
    """The same file with one more record in its dictionary, before the end of it; no data are moved inside them."""
    end = struct.pack("<ii", 999, 0)
    content = text.encode("utf-8")
    record = struct.pack("<iiii", 7, kind, 1, len(content)) + content
    return data.replace(end, record + end, 1)
