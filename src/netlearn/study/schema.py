"""The keys of `study.toml`: their types, defaults and choices; `docs/study-file.md` explains each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from netlearn.study.beyond import Attendants
from netlearn.study.panel import Grouping, Source
from netlearn.study.plan import (
    Design,
    Dialect,
    Duplicates,
    Encoding,
    Match,
    QuestionKind,
    ScaleKind,
    Separator,
    Tolerance,
)
from netlearn.study.planned import FAMILIES, Alternative
from netlearn.wording import Language

KeyType = Literal[
    "text",
    "date",
    "integer",
    "number",
    "flag",
    "texts",
    "pair",
    "text map",
    "text maps",
    "number map",
    "numbers pair",
    "texts map",
    "table",
    "tables",
]

PARTS = ("structure", "labels", "dictionary", "nodes", "edges", "ego", "names")
"""Roles of files that belong to an export."""

MEASURES = tuple(measure for measures in FAMILIES.values() for measure in measures)
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
    "relation": Key("text", default=""),
    "measure": Key("text", required=True, choices=MEASURES),
    "waves": Key("pair", required=True),
    "alternative": Key("text", default="two-sided", choices=get_args(Alternative)),
    "alpha": Key("number", default=0.05, between=(0, 1)),
    "margin": Key("number", between=(0, float("inf"))),
    "name": Key("text", default=""),
    "title": Key("text", default=""),
    "scale": Key("text", default=""),
    "gap": Key("text", default=""),
    "attendance": Key("text", default=""),
    "group": Key("text", default=""),
    "score": Key("text", default=""),
    "subscale": Key("text", default=""),
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
        "scales": Key("tables"),
        "gaps": Key("tables"),
        "attendance": Key("tables"),
        "places": Key("table"),
        "information": Key("table"),
    },
    "study": {
        "title": Key("text", required=True),
        "language": Key("text", default="en", choices=get_args(Language)),
        "design": Key("text", default="pre-post", choices=get_args(Design)),
        "seed": Key("integer", required=True, minimum=0),
        "min_cell_size": Key("integer", default=5, minimum=5),
        "department": Key("text", default="baseline", choices=get_args(Grouping)),
        "tolerate": Key("texts", default=(), choices=get_args(Tolerance)),
        "simulated": Key("flag", default=False),
        "notebook": Key("text"),
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
        "aliases": Key("text"),
        "email": Key("text"),
        "initials": Key("text"),
        "key": Key("text"),
        "start": Key("text"),
        "end": Key("text"),
        "departments": Key("text map", default={}),
        "attributes": Key("texts", default=()),
        "shown": Key("text"),
        "asked": Key("texts map", default={}),
    },
    "waves": {
        "label": Key("text", required=True),
        "title": Key("text", default=""),
        "date": Key("date", required=True),
        "file": Key("text"),
        "dialect": Key("text", default="auto", choices=get_args(Dialect)),
        "parts": Key("text map", default={}, choices=PARTS),
        "respondent": Key("text", default=""),
        "respondent_by": Key("text", default="key", choices=("key", "name")),
        "where": Key("text map", default={}),
        "duplicates": Key("text", default="refuse", choices=get_args(Duplicates)),
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
        "answers": Key("text map", default={}),
        "dont_know": Key("texts", default=()),
        "not_asked": Key("texts", default=()),
        "nobody": Key("text"),
        "nobody_column": Key("text"),
        "match": Key("text", default="auto", choices=get_args(Match)),
        "labels_from": Key("text"),
        "group": Key("text"),
        "n_slots": Key("integer", default=0, minimum=0),
        "slots": Key("text maps", default=()),
        "alter_columns": Key("text map", default={}),
        "alter_ties": Key("text"),
        "alter_tie_levels": Key("number map", default={}),
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
    "scales": {
        "name": Key("text", required=True),
        "title": Key("text", default=""),
        "kind": Key("text", default="scale", choices=get_args(ScaleKind)),
        "question": Key("text", default=""),
        "items": Key("text map", required=True),
        "levels": Key("number map", default={}),
        "answers": Key("text map", default={}),
        "dont_know": Key("texts", default=()),
        "not_asked": Key("texts", default=()),
        "score": Key("text", default="mean", choices=("mean", "sum")),
        "minimum_items": Key("integer", default=0, minimum=0),
        "reversed": Key("texts", default=()),
        "range": Key("numbers pair"),
        "subscales": Key("texts map", default={}),
        "unit": Key("text", default=""),
    },
    "gaps": {
        "name": Key("text", required=True),
        "required": Key("text", required=True),
        "present": Key("text", required=True),
        "title": Key("text", default=""),
    },
    "attendance": {
        "name": Key("text", required=True),
        "file": Key("text", required=True),
        "title": Key("text", default=""),
        "sheet": Key("text"),
        "person": Key("text", default="person"),
        "room": Key("text", default="room"),
        "count": Key("text"),
        "period": Key("text"),
        "where": Key("text map", default={}),
        "of": Key("text", default="staff", choices=get_args(Attendants)),
        "people": Key("text"),
        "assigned": Key("flag", default=False),
        "strata": Key("text"),
    },
    "places": {
        "file": Key("text", required=True),
        "department": Key("text", default="department"),
        "x": Key("text", default="x"),
        "y": Key("text", default="y"),
        "unit": Key("text", default="km"),
    },
    "information": {
        "purpose": Key("text", default=""),
        "who_sees": Key("text", default=""),
        "withdraw": Key("text", default=""),
        "legal_basis": Key("text", default=""),
        "contact": Key("text", default=""),
    },
}
