"""Answers as LimeSurvey exports them: CSV with question codes as headings and answer codes in the cells."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

SYSTEM = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "token")
LETTERS = tuple("abcdefghijkmnpqrstuvwxyz23456789")


@dataclass(frozen=True)
class Response:
    """What one person answered: the last page reached and the answer code of each column."""

    token: str
    last_page: int
    finished: bool
    answers: Mapping[str, str]


def draw_tokens(count: int, rng: np.random.Generator) -> list[str]:
    """Draw access codes of fifteen letters and digits."""
    picks = rng.integers(len(LETTERS), size=(count, 15))
    return ["".join(LETTERS[pick] for pick in row) for row in picks]


def write_export(
    path: Path,
    columns: Sequence[str],
    responses: Sequence[Response],
    opened: datetime,
    rng: np.random.Generator,
) -> None:
    """Write the responses in the order in which the questionnaires were opened; blank = no answer."""
    # Most people answer within the first days; a reminder brings the rest in the second and third week.
    minutes = np.sort(rng.exponential(7 * 24 * 60, size=len(responses)) % (21 * 24 * 60)).astype(int)
    order = rng.permuted(np.arange(len(responses)))
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        table.writerow([*SYSTEM, *columns])
        for number, (place, minute) in enumerate(zip(order, minutes, strict=True), start=1):
            response = responses[place]
            started = opened + timedelta(minutes=int(minute))
            stopped = started + timedelta(seconds=int(rng.integers(240, 1500)))
            head = [number, stopped if response.finished else "", response.last_page, "da"]
            head += [int(rng.integers(10**8, 2 * 10**9)), started, stopped, response.token]
            table.writerow([*head, *(response.answers.get(column, "") for column in columns)])
