"""`measure`: any measure of the catalogue, per wave, for the network, each department or each person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FRAME
from netlearn.analysis.joint import joint
from netlearn.errors import NetlearnError
from netlearn.measures import cohesion, mixing
from netlearn.measures.catalogue import CATALOGUE, MeasureRow, find
from netlearn.measures.turnover import turnover as count_turnover
from netlearn.study.cells import Cells
from netlearn.study.panel import Panel, two_waves
from netlearn.study.privacy import Pooling

Level = Literal["network", "department", "person"]
CellChoice = Literal["joint", "wave"]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def measure(
    panel: Panel,
    measures: str | Sequence[str] | None = None,
    *,
    by: Level = "network",
    waves: Iterable[str] | None = None,
    cells: CellChoice = "joint",
    pooling: Pooling | None = None,
) -> pd.DataFrame:
    """Compute measures in each wave.

    Parameters
    ----------
    panel : Panel
    measures : str or list of str, optional
        Names from the catalogue; default all.
    by : "network", "department" or "person"
        A department's or person's value counts the ties that it sends (`cross_in_degree`: receives).
    waves : labels, optional
        Default all.
    cells : "joint" or "wave"
        joint = only cells observed in every one of these waves, so that the waves can be compared; wave = every cell
        observed in that wave.
    pooling : Pooling, optional
        Departments to show together when `by` is "department"; cross and within still go by the true ones.

    Returns
    -------
    DataFrame
        measure, level, unit, wave, estimate, low, high, n_people, n_dyads; `level` is network or the name of the
        department or person. NaN where undefined.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    >>> panel = Panel.from_arrays({"now": y}, ["A", "A", "B"])
    >>> measure(panel, ["ei_index", "cross_density"])["estimate"].round(3).tolist()
    [-0.333, 0.25]
    """
    names = [measures] if isinstance(measures, str) else list(measures or CATALOGUE)
    rows = [find(name) for name in names]
    if by not in ("network", "department", "person") or cells not in ("joint", "wave"):
        raise NetlearnError(
            f"by must be network, department or person, cells joint or wave; got {by!r}, {cells!r}."
        )
    labels = panel.labels if waves is None else tuple(waves)
    shared = panel.joint_cells(labels)
    frames = []
    for label in labels:
        here = shared if cells == "joint" else panel.wave(label).cells
        view = _view(panel, label, here, by, pooling)
        frames += [_frame(view, row) for row in rows]
    return pd.concat(frames, ignore_index=True)


@dataclass(frozen=True, eq=False)
class _View:
    """One wave on the chosen cells, with the unit (network, department, person) of each person."""

    label: str
    cells: Cells
    sender: IntArray
    receiver: IntArray
    group: IntArray
    k: int
    directed: bool
    by: Level
    unit: IntArray
    names: list[str]

    @property
    def size(self) -> int:
        return len(self.names)

    @property
    def cross(self) -> NDArray[np.bool_]:
        return self.group[self.sender] != self.group[self.receiver]


def _view(panel: Panel, label: str, cells: Cells, by: Level, pooling: Pooling | None) -> _View:
    group = panel.group(label)
    unit, names = np.zeros(panel.n, np.int64), ["network"]
    if by == "person":
        unit, names = np.arange(panel.n), list(panel.ids)
    elif by == "department":
        unit = group if pooling is None else pooling.unit[group]
        names = list(panel.group_names if pooling is None else pooling.names)
    i, j = panel.wave(label).arcs(cells)
    return _View(label, cells, i, j, group, len(panel.group_names), panel.directed, by, unit, names)


def _frame(view: _View, row: MeasureRow) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": row.name,
            "level": view.names,
            "unit": row.unit,
            "wave": view.label,
            "estimate": _VALUES[row.kind](view, row),
            "low": np.nan,
            "high": np.nan,
            "n_people": np.bincount(view.unit[view.cells.senders], minlength=view.size),
            "n_dyads": _dyads(view),
        },
        columns=FRAME,
    )


def _dyads(view: _View) -> IntArray:
    """Pairs with at least one observed cell that hold at least one person of the unit."""
    cells, unit, size = view.cells, view.unit, view.size
    pairs = cells.row_counts() + cells.column_counts() - cells.mutual_counts()
    if view.by == "person":
        return pairs
    inside = np.diag(cells.counts(unit, size)) - np.diag(cells.two_way_counts(unit, size)) // 2
    return np.bincount(unit, pairs, minlength=size).astype(np.int64) - inside


def _smooth(view: _View, row: MeasureRow) -> FloatArray:
    ties = np.zeros((view.size, 2))
    np.add.at(ties, (view.unit[view.sender], view.cross.astype(int)), 1.0)
    room = [np.bincount(view.unit, part, minlength=view.size) for part in _room(view)]
    # An undirected network stores every tie twice; a unit's own rows hold each of its ties once.
    scale = 0.5 if view.by == "network" and not view.directed else 1.0
    return np.asarray(row.value(ties * scale, np.column_stack(room) * scale) if row.value else np.nan)


def _room(view: _View) -> tuple[FloatArray, FloatArray]:
    """Observed cells that each person answers within and across departments: two (n,) vectors."""
    cells, group = view.cells, view.group
    into = np.bincount(group[cells.receivers], minlength=view.k)
    i, j = cells.hole_pairs()
    same = group[i] == group[j]
    within = (into[group] - cells.receivers) * cells.senders - np.bincount(i[same], minlength=cells.n)
    return within.astype(float), (cells.row_counts() - within).astype(float)


def _reciprocity(view: _View, row: MeasureRow) -> FloatArray:
    if not view.directed:
        return np.full(view.size, np.nan)  # a tie without direction has nothing to return
    answerable = view.cells.contains(view.receiver, view.sender)
    return cohesion.reciprocity(view.sender, view.receiver, answerable, view.unit, view.size, view.cells.n)


def _contact(view: _View, row: MeasureRow) -> FloatArray:
    """Share of the other departments that each unit names; for the network, of the ordered pairs."""
    group, k, cross = view.group, view.k, view.cross
    if view.by == "network":
        ties = mixing.mixing_counts(view.sender, view.receiver, group, k)
        return np.array([mixing.departments_in_contact(ties, view.cells.counts(group, k))])
    named = np.unique(view.unit[view.sender[cross]] * k + group[view.receiver[cross]])
    there = np.bincount(group[view.cells.receivers], minlength=k) > 0
    own = np.zeros((view.size, k), bool)
    own[view.unit, group] = True
    askable = np.where(own.sum(axis=1) == 1, (~own & there).sum(axis=1), there.sum())
    asked = np.bincount(view.unit[view.cells.senders], minlength=view.size) > 0
    return np.where(asked, mixing.ratio(np.bincount(named // k, minlength=view.size), askable), np.nan)


def _degree(view: _View, row: MeasureRow) -> FloatArray:
    out = row.name == "cross_out_degree"
    could = (view.cells.senders if out else view.cells.receivers) & view.cells.people()
    degree = cohesion.degrees((view.sender if out else view.receiver)[view.cross], could)
    total = np.bincount(view.unit[could], degree[could], minlength=view.size)
    return mixing.ratio(total, np.bincount(view.unit[could], minlength=view.size))


_VALUES = {"smooth": _smooth, "reciprocity": _reciprocity, "contact": _contact, "degree": _degree}


def mixing_matrix(
    panel: Panel,
    wave: str,
    *,
    normalized: bool = False,
    what: Literal["ties", "cells", "density", "shares"] = "ties",
    waves: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Department-by-department table of one wave: row names column.

    Parameters
    ----------
    panel : Panel
    wave : str
    normalized : bool
        Short for what="density".
    what : "ties", "cells", "density" or "shares"
        Counts, observed cells, ties per observed cell, or shares of the row's ties. Undirected: a pair within a
        department counts once in ties and cells, a cross pair stands in both triangles.
    waves : labels, optional
        Keep only cells observed in all of these waves; default: the cells of this wave.

    Returns
    -------
    DataFrame
        (k, k), departments in the panel's order; NaN where there is no observed cell (density) or no tie (shares).

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    >>> panel = Panel.from_arrays({"now": y}, ["A", "A", "B"])
    >>> mixing_matrix(panel, "now").to_numpy().tolist()
    [[2, 1], [0, 0]]
    """
    group, k = panel.group(wave), len(panel.group_names)
    cells = panel.wave(wave).cells
    if waves is not None:
        cells = cells & panel.joint_cells(waves)
    ties = mixing.mixing_counts(*panel.wave(wave).arcs(cells), group, k)
    room = cells.counts(group, k)
    if not panel.directed:
        ties, room = (table - np.diag(np.diag(table) // 2) for table in (ties, room))
    choice = "density" if normalized else what
    table = {
        "ties": ties,
        "cells": room,
        "density": mixing.ratio(ties, room),
        "shares": mixing.shares(ties),
    }[choice]
    names = pd.Index(panel.group_names, name="from")
    return pd.DataFrame(table, index=names, columns=pd.Index(panel.group_names, name="to"))


def turnover(panel: Panel, waves: tuple[str, str] | None = None) -> pd.DataFrame:
    """Ties kept, formed and dissolved between two waves, on jointly observed cells.

    Parameters
    ----------
    panel : Panel
    waves : (earlier, later), optional
        Default: the first and the last.

    Returns
    -------
    DataFrame
        Rows all, within, cross; columns cells, kept, formed, dissolved, never, jaccard, hamming, formation (share of
        empty cells that became ties), persistence (share of ties kept). Unordered pairs if undirected. A cell counts
        as cross by the department at baseline, or in the later wave when the panel's grouping is "current".

    Examples
    --------
    >>> import numpy as np
    >>> y1 = np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]]); y2 = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    >>> panel = Panel.from_arrays({"a": y1, "b": y2}, ["A", "A", "B"])
    >>> turnover(panel).loc["all", ["kept", "formed", "dissolved", "never"]].tolist()
    [1.0, 1.0, 1.0, 3.0]
    """
    first, second = two_waves(panel, waves)
    view = joint(panel, first, second)
    group = view.departments[1]
    counts = mixing.within_cross(view.cells.counts(group, view.n_departments))
    kind = (group[view.sender] != group[view.receiver]).astype(int)

    def split(values: FloatArray) -> FloatArray:
        within_cross = np.bincount(kind, values, minlength=2)
        return np.array([within_cross.sum(), *within_cross]) * view.unit

    cells = np.array([counts.sum(), *counts]) * view.unit
    flows = count_turnover(split(view.first), split(view.second), split(view.first * view.second), cells)
    columns = ("kept", "formed", "dissolved", "never", "jaccard", "hamming", "formation", "persistence")
    data = {"cells": cells} | {name: getattr(flows, name) for name in columns}
    return pd.DataFrame(data, index=pd.Index(["all", "within", "cross"], name="ties"))
