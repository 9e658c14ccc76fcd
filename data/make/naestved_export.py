"""The files of data/naestved-cam as their tools write them: SPSS, Excel with the same questions, module lists."""

from __future__ import annotations

import io
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from naestved_draw import DAYS, KINDS, MODULES, Drawn
from naestved_items import CONTACT, ITEMS, QUESTIONS, TRANSFER
from naestved_read import AGREE, ENDS, UNSURE
from naestved_staff import WAVES, staff
from openpyxl import Workbook

from netlearn.study.packed import MADE, repacked

OFTEN = ("Slet ikke", "En enkelt gang", "Flere gange", "Hver uge", "Næsten hver dag")
NO_ANSWER = 99  # user-missing: somebody pressed "next"
UNSURE_CODE = {"kontakt": 6, "level": 8}
HIDDEN = "Ikke stillet"
STAMP = 92  # where the header of a .sav holds day and time of writing, 9 + 8 bytes
TITLES = {
    "A1": ("Coaching", "Akademi", 5, date(2017, 10, 4)),
    "A2": ("Den borgerrettede indsats", "Akademi", 10, date(2018, 1, 17)),
    "D1": ("Evidensbaseret praksis", "Diplom", 5, date(2018, 4, 11)),
    "D2": ("Reformer og lovgivning", "Diplom", 5, date(2018, 8, 29)),
    "D3": ("Samarbejde om virksomhedsrettede forløb", "Diplom", 10, date(2018, 11, 7)),
}


def answerers(drawn: Drawn, w: int, rng: np.random.Generator) -> list[int]:
    """Everybody with a row, in the order of answering; one person opened the questionnaire and left it."""
    wave = list(WAVES)[w]
    answered = drawn.told[w].any(axis=1) | drawn.opened[w]
    silent = [i for i in staff().listed(wave) if not answered[i]]
    found = np.append(np.flatnonzero(answered), silent[:1])
    return [int(i) for i in rng.permutation(found)]


def moment(w: int, rng: np.random.Generator) -> datetime:
    """When somebody answered: within three weeks of the day of the wave, on a working day."""
    day = int(rng.integers(15))
    first = datetime.combine(list(WAVES.values())[w], time(8))
    return first + timedelta(days=day + 2 * (day // 5), minutes=int(rng.integers(480)))


# -- SPSS -----------------------------------------------------------------------------------------------------------


def write_first(path: Path, drawn: Drawn, rng: np.random.Generator) -> None:
    """Write the first wave as SPSS does: codes, labels of variables and values, user-missing values."""
    people, listed = staff(), staff().listed("før")
    rows = []
    for i in answerers(drawn, 0, rng):
        row: dict[str, Any] = {"adgang": people.tokens[i], "svardato": moment(0, rng).date()}
        row |= {f"kontakt_{people.ids[j]}": _contact_code(drawn, i, j, rng) for j in listed}
        for (k, kind), (at, item) in ((a, b) for a in enumerate(KINDS) for b in enumerate(ITEMS)):
            row[f"{kind}_{item}"] = _level_code(drawn, i, k, at, rng)
        rows.append(row)
    frame = pd.DataFrame(rows)
    labels = {"adgang": "Adgangskode", "svardato": "Dato for svar"}
    labels |= {
        f"kontakt_{people.ids[j]}": f"{CONTACT}: {people.list_names[j] or people.names[j]}" for j in listed
    }
    labels |= {
        f"{kind}_{item}": f"{QUESTIONS[kind]} {text}" for kind in KINDS for item, text in ITEMS.items()
    }
    refused = {NO_ANSWER: "Ønsker ikke at svare"}
    often = dict(enumerate(OFTEN, start=1)) | {UNSURE_CODE["kontakt"]: UNSURE} | refused
    degree = ENDS | {UNSURE_CODE["level"]: UNSURE} | refused
    coded = [name for name in frame if name not in ("adgang", "svardato")]
    data = sav(
        frame,
        file_label="Næstved CAM, spørgeskema 1 (simulerede data)",
        column_labels=labels,
        variable_value_labels={name: often if name.startswith("kontakt_") else degree for name in coded},
        missing_ranges={name: [NO_ANSWER] for name in coded},
        variable_format=dict.fromkeys(coded, "F2.0") | {"svardato": "DATE11"},
    )
    path.write_bytes(data)


def _contact_code(drawn: Drawn, i: int, j: int, rng: np.random.Generator) -> float:
    refused = rng.random() < 0.3
    if not drawn.told[0, i, j]:
        return NO_ANSWER if refused and i != j and drawn.told[0, i].any() else float("nan")
    return float(UNSURE_CODE["kontakt"] if drawn.no_idea[0, i, j] else 1 + drawn.contact[0, i, j])


def _level_code(drawn: Drawn, i: int, k: int, at: int, rng: np.random.Generator) -> float:
    refused = rng.random() < 0.5
    if not drawn.opened[0, i]:
        return float("nan")
    if drawn.blank[0, k, i, at]:
        return NO_ANSWER if refused else float("nan")
    return float(UNSURE_CODE["level"] if drawn.unsure[0, k, i, at] else drawn.competence[0, k, i, at])


def sav(frame: pd.DataFrame, **how: Any) -> bytes:
    """The bytes of a file as SPSS writes it; its header bears the day of `MADE` and not the one of writing."""
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, path, row_compress=True, **how)
        data = path.read_bytes()
    stamp = MADE.strftime("%d %b %y%H:%M:%S").encode("ascii")
    return data[:STAMP] + stamp + data[STAMP + len(stamp) :]


# -- Excel ----------------------------------------------------------------------------------------------------------


def write_second(path: Path, drawn: Drawn, rng: np.random.Generator) -> None:
    """Write the second wave as an Excel workbook: answers in words, levels as numbers, and what the columns mean."""
    people, listed = staff(), staff().listed("efter")
    headings = [f"kontakt_{people.ids[j]}" for j in listed] + [
        f"{kind}_{item}" for kind in KINDS for item in ITEMS
    ]
    transfer = [f"brug_{k}" for k in range(1, len(TRANSFER) + 1)]
    rows: list[list[Any]] = [["adgang", "svaret", *headings, *transfer]]
    for i in answerers(drawn, 1, rng):
        row: list[Any] = [people.tokens[i], moment(1, rng)]
        row += [_contact_word(drawn, i, j) for j in listed]
        row += [_level_cell(drawn, i, k, at) for k in range(len(KINDS)) for at in range(len(ITEMS))]
        rows.append([*row, *(_agreement(drawn, i, k) for k in range(len(TRANSFER)))])
    words = [f"{CONTACT}: {people.list_names[j] or people.names[j]}" for j in listed]
    words += [f"{QUESTIONS[kind]} {text}" for kind in KINDS for text in ITEMS.values()]
    meaning = [["kolonne", "spørgsmål"], ["adgang", "Adgangskode"], ["svaret", "Tidspunkt for svar"]]
    meaning += [list(pair) for pair in zip([*headings, *transfer], [*words, *TRANSFER], strict=True)]
    path.write_bytes(workbook({"Svar": rows, "Kolonner": meaning}))


def _contact_word(drawn: Drawn, i: int, j: int) -> str | None:
    if not drawn.told[1, i, j]:
        return None
    return UNSURE if drawn.no_idea[1, i, j] else OFTEN[drawn.contact[1, i, j]]


def _level_cell(drawn: Drawn, i: int, k: int, at: int) -> int | str | None:
    if not drawn.opened[1, i] or drawn.blank[1, k, i, at]:
        return None
    return UNSURE if drawn.unsure[1, k, i, at] else int(drawn.competence[1, k, i, at])


def _agreement(drawn: Drawn, i: int, k: int) -> str | None:
    if not drawn.opened[1, i]:
        return None
    if not drawn.asked_transfer[i]:
        return HIDDEN
    return None if drawn.transfer_blank[i, k] else AGREE[drawn.transfer[i, k] - 1]


def write_attendance(path: Path, drawn: Drawn, rng: np.random.Generator) -> None:
    """Write the workbook of the modules: what they were, and a row for everybody who was put down for one."""
    about: list[list[Any]] = [["modul", "titel", "niveau", "ECTS", "første dag", "undervisningsdage"]]
    about += [[code, *told, DAYS] for code, told in TITLES.items()]
    rows: list[list[Any]] = [["id", "modul", "dage", "eksamen"]]
    for at, module in enumerate(MODULES):
        for i in sorted(np.flatnonzero(drawn.days[:, at] >= 0).tolist(), key=lambda i: staff().ids[i]):
            days, luck = int(drawn.days[i, at]), rng.random()
            passed = None if days < DAYS - 2 else "bestået" if luck < 0.93 else "ikke bestået"
            rows.append([staff().ids[i], module, days, passed])
    path.write_bytes(workbook({"Moduler": about, "Deltagelse": rows}))


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """The bytes of an Excel file, the same for the same cells."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return repacked(buffer.getvalue())
