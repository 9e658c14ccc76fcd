"""Freeman's EIES researchers: acquaintance before and after eight months of computer conferencing."""

from __future__ import annotations

import warnings
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netlearn.published.described import PublishedRelation, PublishedSet
from netlearn.published.fetch import fetch
from netlearn.study.panel import Panel

DISCIPLINES = {1: "Sociology", 2: "Anthropology", 3: "Mathematics/Statistics", 4: "Other"}

ACQUAINTANCE = PublishedRelation(
    "acquaintance",
    waves={"before": date(1978, 1, 1), "after": date(1978, 9, 1)},
    question={
        "en": "How well do you know this person? (4 close friend, 3 friend, 2 met, 1 heard of but not met, "
        "0 unknown or no reply)",
        "da": "Hvor godt kender du denne person? (4 nær ven, 3 ven, 2 har mødt, 1 har hørt om, men ikke "
        "mødt, 0 ukendt eller intet svar)",
    },
    study_threshold=2.0,
)
MESSAGES = PublishedRelation(
    "messages",
    waves={"study": date(1978, 1, 1)},
    question={
        "en": "Number of messages sent to this person on the conferencing system in eight months",
        "da": "Antal beskeder sendt til denne person på konferencesystemet i løbet af otte måneder",
    },
)


def _read(relation: PublishedRelation) -> Panel:
    if relation.name == "messages":
        graph = read_graph("eies_messages")
        waves = {"study": _matrix(graph, "weight")}
    else:
        graph = read_graph("eies_relations")
        # The attribute `time` is not the wave but the wave in which an arc first appears. An arc was there
        # before when rank_1 holds a code, and after when rank_2 does.
        waves = {"before": _matrix(graph, "rank_1"), "after": _matrix(graph, "rank_2")}
    group = [DISCIPLINES[int(code)] for code in graph[8][2]["Discipline"]]
    return Panel.from_arrays(waves, group, relation=relation.name)


def read_graph(name: str) -> list[Any]:
    """Read an igraph object: [0] people, [2] senders, [3] receivers, [8][2] of nodes, [8][3] of arcs."""
    from rdata.conversion import DEFAULT_CLASS_MAP, convert
    from rdata.parser import parse_file

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about encodings and classes of attributes that are not used here
        parsed = parse_file(fetch(f"{name}.rda"))
        classes = {**DEFAULT_CLASS_MAP, "igraph": lambda value, attributes: value}
        found: list[Any] = convert(parsed, constructor_dict=classes, default_encoding="utf-8")[name]
    return found


def _matrix(graph: list[Any], attribute: str) -> NDArray[np.float64]:
    n = int(graph[0][0])
    level = np.nan_to_num(np.asarray(graph[8][3][attribute], dtype=float), nan=0.0)
    matrix = np.zeros((n, n))
    matrix[graph[2].astype(int), graph[3].astype(int)] = level
    return matrix


FREEMAN = PublishedSet(
    "freeman_eies",
    title={
        "en": "Freeman's EIES researchers: eight months of computer conferencing",
        "da": "Freemans EIES-forskere: otte måneder med computerkonferencer",
    },
    relations=(ACQUAINTANCE, MESSAGES),
    read=_read,
)
