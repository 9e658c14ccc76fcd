"""Answers as KoboToolbox exports them (XLS, XML values and headers, groups in headings), a sheet per repeat too."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from netlearn.study.packed import repacked

Cell = str | int
TAIL = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
)


@dataclass(frozen=True)
class Submission:
    """One form that was sent in: answers by heading (a box is 1 or 0; a blank is not there), and rows of repeats."""

    answers: Mapping[str, Cell]
    repeats: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """The form: its title and version, headings of questions, repeats with theirs, hours of summer or winter time."""

    title: str
    version: str
    headings: Sequence[str]
    repeats: Mapping[str, Sequence[str]]
    hours: int


def write_export(
    path: Path, form: Form, submissions: Sequence[Submission], opened: datetime, rng: np.random.Generator
) -> None:
    """Write the submissions in the order in which they arrived."""
    # Most people answer within the first days, the others after a reminder.
    minutes = np.sort(rng.exponential(2 * 24 * 60, len(submissions)) % (12 * 24 * 60)).astype(int).tolist()
    number = int(rng.integers(20_000_000, 30_000_000))
    main: list[list[Cell]] = [["start", "end", *form.headings, *TAIL]]
    rows: dict[str, list[list[Cell]]] = {name: [_heads(name, told)] for name, told in form.repeats.items()}
    for index, (one, minute) in enumerate(zip(submissions, minutes, strict=True), start=1):
        number += int(rng.integers(1, 400))
        uuid = "-".join(rng.bytes(size).hex() for size in (4, 2, 2, 2, 6))
        started = opened + timedelta(minutes=minute, seconds=int(rng.integers(60)))
        ended = started + timedelta(seconds=int(rng.integers(240, 1500)))
        arrived = (ended + timedelta(seconds=4, hours=-form.hours)).isoformat()
        told = [one.answers.get(heading, "") for heading in form.headings]
        times: list[Cell] = [f"{time.isoformat()}.000+{form.hours:02d}:00" for time in (started, ended)]
        tail: list[Cell] = [number, uuid, arrived, "", "", "submitted_via_web", "", form.version, "", index]
        main.append([*times, *told, *tail])
        for name, given in one.repeats.items():
            for row in given:
                cells = [row[heading] for heading in form.repeats[name]]
                own: list[Cell] = [len(rows[name]), form.title, index, number, uuid, arrived, "", "", ""]
                rows[name].append([*cells, *own])
    path.write_bytes(_workbook({form.title: main, **rows}))


def _heads(name: str, told: Sequence[str]) -> list[Cell]:
    parent = ("_index", "_parent_table_name", "_parent_index")
    tail = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status")
    return [*told, *parent, *(f"_submission_{name}" for name in tail)]


def _workbook(sheets: Mapping[str, list[list[Cell]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        page = book.create_sheet(name[:31])
        for row in table:
            page.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())
