"""Panels from and to long tables of ties and of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.cells import Cells
from netlearn.study.convert import code_groups, need_symmetric, statuses
from netlearn.study.panel import Panel
from netlearn.study.wave import Wave


def to_frames(panel: Panel) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (ties, people) in long form; `from_frames` reads them back.

    ties: wave, sender, receiver, level (a missing level = asked, not answered). people: wave, id, department,
    status, could_be_named, and the attributes (those named like one of these columns are left out).
    """
    ids = np.array(panel.ids, dtype=object)
    ties, people = [], []
    for at, wave in enumerate(panel.waves):
        i, j = wave.cells.hole_pairs()
        sender, receiver = np.concatenate([wave.sender, i]), np.concatenate([wave.receiver, j])
        level = np.concatenate([wave.level, np.full(len(i), np.nan)])
        ties.append(
            pd.DataFrame(
                {"wave": wave.label, "sender": ids[sender], "receiver": ids[receiver], "level": level}
            )
        )
        row: dict[str, Any] = {
            "wave": wave.label,
            "id": ids,
            "department": np.array(panel.group_names, dtype=object)[panel.groups[at]],
            "status": panel.status(wave.label),
            "could_be_named": wave.cells.receivers,
        }
        people.append(pd.DataFrame({**row, **{k: v for k, v in panel.attributes.items() if k not in row}}))
    return pd.concat(ties, ignore_index=True), pd.concat(people, ignore_index=True)


def from_frames(
    ties: pd.DataFrame,
    people: pd.DataFrame,
    *,
    directed: bool = True,
    threshold: float = 1.0,
    relation: str = "contact",
    attributes: Sequence[str] = (),
) -> Panel:
    """Build a panel from long tables; see `to_frames` for the columns.

    `people` says who answered (status took_part) and who could be named (`could_be_named`, default: every
    one who was employed); a respondent without rows in `ties` named nobody. Waves are in the order in which
    `people` first names them. `attributes` are columns of `people` that hold the same value for a person in every
    wave.
    """
    _need(ties, "ties", ["wave", "sender", "receiver"])
    _need(people, "people", ["wave", "id", "department", "status", *attributes])
    labels = list(dict.fromkeys(people["wave"]))
    ids = sorted(people["id"].drop_duplicates(), key=str)
    place = {person: i for i, person in enumerate(ids)}
    table = people.set_index(["wave", "id"])
    if table.index.has_duplicates or len(table) != len(labels) * len(ids):
        raise NetlearnError("people must hold every person exactly once per wave.")
    ties = ties.assign(level=ties.get("level", 1.0))
    stray = set(ties["sender"]) | set(ties["receiver"])
    if stray - set(place) or set(ties["wave"]) - set(labels):
        raise NetlearnError("ties hold a person or wave that people does not; add the row to people.")
    made, status = [], {}
    for label in labels:
        rows = table.loc[label].reindex(ids)
        status[label] = list(rows["status"])
        named = rows.get("could_be_named", rows["status"] != "not_employed").to_numpy(bool)
        answered = (rows["status"] == "took_part").to_numpy(bool)
        own = ties[ties["wave"] == label]
        i = own["sender"].map(place).to_numpy(np.int64)
        j = own["receiver"].map(place).to_numpy(np.int64)
        level = own["level"].to_numpy(float)
        cells = Cells(answered, named, (i * len(ids) + j)[np.isnan(level)])
        positive = level > 0
        made.append(Wave(label, i[positive], j[positive], level[positive], cells, threshold))
        if not directed:
            need_symmetric(made[-1])
    departments = {label: table.loc[label].reindex(ids)["department"].tolist() for label in labels}
    groups, names = code_groups(departments, labels, len(ids))
    return Panel(
        tuple(made),
        tuple(str(i) for i in ids),
        groups,
        names,
        statuses(made, status),
        directed,
        relation,
        attributes={name: _of_people(people, name, ids) for name in attributes},
    )


def _of_people(people: pd.DataFrame, name: str, ids: list[Any]) -> list[Any]:
    """Return the value of a column for each person, which must be the same in every wave."""
    known = people[["id", name]].drop_duplicates()
    if known["id"].duplicated().any():
        person = known["id"][known["id"].duplicated()].iloc[0]
        raise NetlearnError(
            f"column {name!r} of people has more than one value for {person!r}; an attribute does not change "
            "between the waves."
        )
    return list(known.set_index("id")[name].reindex(ids))


def _need(frame: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [c for c in columns if c not in frame]
    if missing:
        raise NetlearnError(f"{name} lacks the column(s) {', '.join(missing)}; it has {list(frame.columns)}.")
