"""Write the plan of a study as the text of `study.toml`; `parse_study` reads the same plan from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from netlearn.study.plan import Study
from netlearn.study.schema import SCHEMA


def study_text(study: Study) -> str:
    r"""Return the text of `study.toml` for a plan; what has its default is left out.

    Examples
    --------
    >>> from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, WavePlan
    >>> from netlearn.study.planned import Outcome
    >>> waves = (WavePlan("a", date(2024, 1, 1), file="a.csv"), WavePlan("b", date(2024, 2, 1), file="b.csv"))
    >>> parts = FileFormat(), RosterPlan("r.csv"), waves, (RelationPlan("c"),), Outcome("c", "density", ("a", "b"))
    >>> from pathlib import Path
    >>> study = Study(Path(), "Six", "en", "pre-post", 7, 5, "baseline", (), *parts)
    >>> print(study_text(study).split("\n\n")[0])
    [study]
    title = "Six"
    seed = 7
    """
    blocks = []
    for table, key in SCHEMA[""].items():
        for part in _parts(study, table):
            lines = [f"{name} = {_value(value)}" for name, value in _set(table, part)]
            if lines or key.required:
                heading = f"[[{table}]]" if key.type == "tables" else f"[{table}]"
                blocks.append("\n".join([heading, *lines]))
    return "\n\n".join(blocks) + "\n"


def _parts(study: Study, table: str) -> list[Any]:
    """Return the parts of the plan that a table of the file holds."""
    found = study if table == "study" else getattr(study, table)
    if found is None:
        return []
    return list(found) if isinstance(found, tuple) else [found]


def _set(table: str, part: Any) -> Iterable[tuple[str, Any]]:
    for name, key in SCHEMA[table].items():
        # The study file calls the grouping by what is grouped.
        value = getattr(part, "grouping" if (table, name) == ("study", "department") else name)
        if key.required or value != key.default:
            yield name, value


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_text(str(name))} = {_value(each)}" for name, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(each) for each in value)}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    # JSON's way of quoting is also TOML's, but for one sign.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
