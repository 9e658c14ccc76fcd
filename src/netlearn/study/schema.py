"""The keys of `study.toml`: their types, defaults and choices; `docs/study-file.md` explains each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from netlearn.study.panel import Grouping, Source
from netlearn.study.plan import Alternative, Design, Dialect, Encoding, QuestionKind, Separator, Tolerance
from netlearn.wording import Language

KeyType = Literal[
    "text", "date", "integer", "number", "flag", "texts", "pair", "text map", "number map", "table", "tables"
]

MEASURES = ("density", "cross_density", "within_density", "cross_share", "ei_index", "cross_log_odds")
"""Measures that an outcome may name."""


@dataclass(frozen=True)
class Key:
    """What one key of the study file may hold.

    `choices` are the right values (for "texts": of each element; for "text map": of each name). `minimum` is
    the least number; `between` are bounds that the number must lie strictly inside.
    """

    type: KeyType
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    between: tuple[float, float] | None = None


_OUTCOME = {
    "relation": Key("text", required=True),
    "measure": Key("text", required=True, choices=MEASURES),
    "waves": Key("pair", required=True),
    "alternative": Key("text", default="two-sided", choices=get_args(Alternative)),
    "alpha": Key("number", default=0.05, between=(0, 1)),
    "margin": Key("number", between=(0, float("inf"))),
}

SCHEMA: dict[str, dict[str, Key]] = {
    "": {
        "study": Key("table", required=True),
        "files": Key("table"),
        "roster": Key("table", required=True),
        "waves": Key("tables", required=True),
        "relations": Key("tables", required=True),
        "primary": Key("table", required=True),
        "secondary": Key("tables"),
        "assignment": Key("table"),
    },
    "study": {
        "title": Key("text", required=True),
        "language": Key("text", default="en", choices=get_args(Language)),
        "design": Key("text", default="pre-post", choices=get_args(Design)),
        "seed": Key("integer", required=True, minimum=0),
        "min_cell_size": Key("integer", default=5, minimum=5),
        "department": Key("text", default="baseline", choices=get_args(Grouping)),
        "tolerate": Key("texts", default=(), choices=get_args(Tolerance)),
    },
    "files": {
        "encoding": Key("text", default="auto", choices=get_args(Encoding)),
        "separator": Key("text", default="auto", choices=get_args(Separator)),
    },
    "roster": {
        "file": Key("text", required=True),
        "id": Key("text", default="id"),
        "department": Key("text", default="department"),
        "name": Key("text"),
        "key": Key("text"),
        "start": Key("text"),
        "end": Key("text"),
        "departments": Key("text map", default={}),
        "attributes": Key("texts", default=()),
    },
    "waves": {
        "label": Key("text", required=True),
        "title": Key("text", default=""),
        "date": Key("date", required=True),
        "file": Key("text"),
        "dialect": Key("text", default="plain", choices=get_args(Dialect)),
        "respondent": Key("text", default="id"),
        "sheet": Key("text"),
    },
    "relations": {
        "name": Key("text", required=True),
        "title": Key("text", default=""),
        "question": Key("text", default=""),
        "source": Key("text", default="answers", choices=get_args(Source)),
        "kind": Key("text", default="nominations", choices=get_args(QuestionKind)),
        "code": Key("text", default=""),
        "levels": Key("number map", default={}),
        "dont_know": Key("texts", default=()),
        "nobody": Key("text"),
        "threshold": Key("number", default=1.0, between=(0, float("inf"))),
        "directed": Key("flag", default=True),
        "symmetrize": Key("text", default="either", choices=("either", "both")),
        "files": Key("text map", default={}),
        "columns": Key("text map", default={}, choices=("from", "to", "level", "relation")),
    },
    "primary": _OUTCOME,
    "secondary": _OUTCOME,
    "assignment": {
        "column": Key("text", required=True),
        "by": Key("text", default="person", choices=("person", "department", "start-wave")),
        "strata": Key("text"),
        "trained": Key("texts", default=()),
        "randomized": Key("flag", default=False),
    },
}
