"""The tables of a coded copy: roster, one grid per relation and wave, scales, ego networks; texts of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from netlearn.study.assigned import attribute_columns
from netlearn.study.cells import IntArray
from netlearn.study.plan import RosterPlan, Study
from netlearn.study.rawtable import RawTable, plain
from netlearn.study.wave import DONT_KNOW as SAID_DONT_KNOW
from netlearn.study.wave import NOT_ASKED as WAS_NOT_ASKED
from netlearn.study.wave import Wave
from netlearn.survey.alters import EgoTables
from netlearn.survey.answers import ANSWERED

DONT_KNOW, NOT_ASKED, NOBODY = "dk", "na", "nobody"
Cells = Iterable[Sequence[str]]


def csv_text(header: Sequence[str], rows: Cells) -> str:
    """Return the text of a plain table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def level_text(level: float) -> str:
    """Write a level as an answer.

    Examples
    --------
    >>> level_text(2.0), level_text(0.5)
    ('2', '0.5')
    """
    # Never as 1e-05: where a question has no levels, only plain digits count as a number.
    return str(int(level)) if level == int(level) else np.format_float_positional(level, trim="-")


def roster_text(table: RawTable, plan: RosterPlan, study: Study, codes: Mapping[str, str]) -> str:
    """Return the staff list with codes: what the plan of the copy names, and nothing that tells who somebody is.

    Rows are in the order of the codes, which are random.
    """
    coded = study.roster
    columns = [coded.department, *coded.departments.values(), coded.start, coded.end]
    columns += attribute_columns(study)
    kept = list(dict.fromkeys(name for name in columns if name is not None))
    cells = [table.column(name) for name in kept]
    people = [codes[plain(person)] for person in table.column(plan.id)]
    rows = sorted([code, *row] for code, *row in zip(people, *cells, strict=True))
    return csv_text([coded.id, *kept], rows)


def grid_text(wave: Wave, codes: Sequence[str], withdrew: IntArray, code: str) -> str:
    """Return what was understood of a question in a wave, as a row per respondent and a column per colleague.

    Parameters
    ----------
    wave : Wave
        Directed.
    codes : sequence of str
        Code of each person.
    withdrew : (k,) int
        People whose answers were left out: their rows are blank.
    code : str
        Columns are named CODE_ID. In the column of nobody stands a tick for who answered about no colleague.
    """
    n, cells = wave.n, wave.cells
    columns = np.array(sorted(np.flatnonzero(cells.receivers), key=lambda j: codes[int(j)]), dtype=np.int64)
    shown = np.zeros(n, dtype=bool)
    shown[columns] = True
    special = [(wave.dont_know, DONT_KNOW), (wave.unasked, NOT_ASKED)]
    told = np.concatenate([at[shown[at % n]] // n for at, _ in special])
    people = sorted({*np.flatnonzero(cells.senders), *told, *withdrew}, key=lambda i: codes[int(i)])
    place = np.full(n, -1)
    place[people] = np.arange(len(people))
    answers = np.where(cells.senders[people][:, None], "0", np.full((len(people), n), "")).astype(object)
    for at, sign in [(cells.holes, ""), *special]:
        here = place[at // n] >= 0
        answers[place[at[here] // n], at[here] % n] = sign
    answers[place[wave.sender], wave.receiver] = [level_text(level) for level in wave.level]
    answers[np.arange(len(people)), people] = ""
    answers[place[withdrew]] = ""
    alone = cells.senders & (cells.row_counts() == 0)
    tick = level_text(wave.threshold)
    rows = [[codes[i], *answers[at, columns], tick if alone[i] else ""] for at, i in enumerate(people)]
    header = ["id", *(f"{code}_{codes[j]}" for j in columns), f"{code}_{NOBODY}"]
    if alone.any():
        return csv_text(header, rows)
    return csv_text(header[:-1], [row[:-1] for row in rows])


def scales_text(frame: pd.DataFrame, codes: Mapping[str, str], gone: set[str], background: set[str]) -> str:
    """Return the scales of one wave, a row per person and a column per item.

    Parameters
    ----------
    frame : DataFrame
        Rows of `netlearn.read_answers` of one wave.
    codes : mapping str -> str
        Code of each person, by the code that results show.
    gone : set of str
        People who withdrew, by the code that results show: they are left out.
    background : set of str
        Names of the questions whose answers are kept as texts; of the others the level is kept.
    """
    items = list(dict.fromkeys(frame["item"]))
    found: dict[str, dict[str, str]] = {}
    for row in frame.to_dict("records"):
        if row["person"] not in gone:
            found.setdefault(codes[row["person"]], {})[row["item"]] = _answer(row, background)
    rows = [[code, *(found[code].get(item, "") for item in items)] for code in sorted(found)]
    return csv_text(["id", *items], rows)


def _answer(row: Mapping[Any, Any], background: set[str]) -> str:
    if row["state"] != ANSWERED:
        return {SAID_DONT_KNOW: DONT_KNOW, WAS_NOT_ASKED: NOT_ASKED}.get(row["state"], "")
    return str(row["answer"]) if row["scale"] in background else level_text(row["value"])


def ego_texts(tables: EgoTables, codes: Mapping[str, str]) -> dict[str, str]:
    """Return the tables of ego networks, people on the roster by their codes: egos, alters, ties."""
    found = {}
    for name in ("egos", "alters", "ties"):
        frame: pd.DataFrame = getattr(tables, name).copy()
        for column in {"ego", "alter", "alter_a", "alter_b"} & set(frame.columns):
            frame[column] = [codes.get(text, text) for text in frame[column]]
        # The order of the file would tell who answered when.
        found[name] = frame.sort_values("ego", kind="stable").to_csv(index=False, lineterminator="\n")
    return found
