"""`measure`: any measure of the catalogue, per wave, for the network, each department or each person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FRAME
from netlearn.analysis.joint import joint, net
from netlearn.errors import NetlearnError
from netlearn.measures import mixing
from netlearn.measures.catalogue import CATALOGUE, Level, MeasureRow, find, need_weighted
from netlearn.measures.net import BoolArray, Net
from netlearn.measures.opportunity import cells_by_person
from netlearn.measures.turnover import turnover as count_turnover
from netlearn.study.cells import Cells
from netlearn.study.panel import Panel, two_waves
from netlearn.study.privacy import Pooling

CellChoice = Literal["joint", "wave"]
Measurable = Any  # a Panel, a networkx graph or an (n, n) array
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def measure(
    source: Measurable,
    measures: str | Sequence[str] | None = None,
    *,
    by: Level = "network",
    waves: str | Iterable[str] | None = None,
    cells: CellChoice = "joint",
    pooling: Pooling | None = None,
    group: Any = None,
    weighted: bool = False,
) -> pd.DataFrame:
    """Compute measures in each wave.

    Parameters
    ----------
    source : Panel, networkx graph or (n, n) array
        A graph or an array is one wave, named "now".
    measures : str or list of str, optional
        Names from the catalogue; default all that are defined at the level.
    by : "network", "department" or "person"
        What a value of a department or person counts is said for each measure in `docs/measures.md`; most count the
        ties that it sends.
    waves : labels, optional
        Default all.
    cells : "joint" or "wave"
        joint = only cells observed in every one of these waves, so that the waves can be compared; wave = every cell
        observed in that wave.
    pooling : Pooling, optional
        Departments to show together when `by` is "department"; cross and within still go by the true ones.
    group : optional
        For an array: the department of each person. For a graph: the node attribute (default "department").
    weighted : bool
        Count each tie by its level (how often, how close) instead of once; densities are then mean levels per cell.
        Only for measures that are defined so.

    Returns
    -------
    DataFrame
        measure, level, unit, wave, estimate, low, high, n_people, n_dyads; `level` is network or the name of the
        department or person. NaN where undefined. `n_people` counts the people on whom the value rests.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    >>> panel = Panel.from_arrays({"now": y}, ["A", "A", "B"])
    >>> measure(panel, ["ei_index", "cross_density"])["estimate"].round(3).tolist()
    [-0.333, 0.25]
    """
    check_level(by)
    if cells not in get_args(CellChoice):
        raise NetlearnError(f"cells must be joint or wave; got {cells!r}.")
    rows, panel = _rows(measures, by, weighted), panel_of(source, group)
    labels = panel.labels if waves is None else (waves,) if isinstance(waves, str) else tuple(waves)
    if not labels or not rows:
        raise NetlearnError("give at least one wave and one measure, or leave them out for all.")
    shared = panel.joint_cells(labels)
    frames = []
    for label in labels:
        chosen = shared if cells == "joint" else panel.wave(label).cells
        here = net(panel, label, chosen, pooling, weighted=weighted)
        frames += [_frame(panel, label, here, row, by, pooling) for row in rows]
    return pd.concat(frames, ignore_index=True)


def check_level(by: str) -> None:
    """Refuse what is no level."""
    if by not in get_args(Level):
        raise NetlearnError(f"by must be {', '.join(get_args(Level))}; got {by!r}.")


def panel_of(source: Measurable, group: Any = None) -> Panel:
    """Return a panel as it is; make one of a single wave, "now", from a graph or an array."""
    if isinstance(source, Panel):
        if group is not None:
            raise NetlearnError("a Panel knows its departments; leave group= out.")
        return source
    if hasattr(source, "is_directed"):
        return Panel.from_networkx({"now": source}, group or "department")
    if group is None:
        raise NetlearnError("an array needs group=: the department of each person.")
    return Panel.from_arrays({"now": source}, group)


def _rows(measures: str | Sequence[str] | None, by: Level, weighted: bool) -> list[MeasureRow]:
    """Rows asked for; without a name all that are defined at the level."""
    if measures is None:
        return [row for row in CATALOGUE.values() if row.has(by) and (row.weighted or not weighted)]
    rows = [find(name) for name in ([measures] if isinstance(measures, str) else measures)]
    for row in rows:
        if not row.has(by):
            levels = [level for level in get_args(Level) if row.has(level)]
            raise NetlearnError(f"{row.name} is not defined by {by}; it is by {', '.join(levels)}.")
        if weighted:
            need_weighted(row)
    return rows


def _frame(
    panel: Panel, label: str, here: Net, row: MeasureRow, by: Level, pooling: Pooling | None
) -> pd.DataFrame:
    unit, names = _units(panel, here, by, pooling)
    return pd.DataFrame(
        {
            "measure": row.name,
            "level": names,
            "unit": row.unit,
            "wave": label,
            "estimate": values(here, row, by),
            "low": np.nan,
            "high": np.nan,
            "n_people": np.bincount(unit[_behind(here, row, by)], minlength=len(names)),
            "n_dyads": _dyads(here, unit, len(names), by),
        },
        columns=FRAME,
    )


def _behind(here: Net, row: MeasureRow, by: Level) -> BoolArray:
    """People on whom a value rests: those who have one, where it is a mean over people; else those who answered."""
    if by == "department" and row.person is not None:
        return np.isfinite(row.person(here))
    return here.answered


def _units(panel: Panel, here: Net, by: Level, pooling: Pooling | None) -> tuple[IntArray, list[str]]:
    if by == "network":
        return np.zeros(panel.n, np.int64), ["network"]
    if by == "person":
        return np.arange(panel.n), list(panel.ids)
    return here.unit, list(panel.group_names if pooling is None else pooling.names)


def values(here: Net, row: MeasureRow, by: Level) -> FloatArray:
    """Compute a measure at a level: (1,), (n_units,) or (n,)."""
    function = getattr(row, by)
    if function is not None:
        return np.atleast_1d(np.asarray(function(here), dtype=float))
    if row.value is None:
        raise NetlearnError(f"{row.name} is not defined by {by}.")
    if row.kind == "table":
        return np.atleast_1d(np.asarray(row.value(here.tie_table, here.cell_table), dtype=float))
    ties, cells = _class_sums(here, by)
    return np.asarray(row.value(ties, cells), dtype=float)


def _class_sums(here: Net, by: Level) -> tuple[FloatArray, FloatArray]:
    """Ties and observed cells within and across departments, as each unit sends them: (units, 2) each."""
    if by == "network":
        ties, cells = (mixing.within_cross(table)[None] for table in (here.tie_table, here.cell_table))
        return ties * here.half, cells * here.half
    unit, size = (here.unit, here.n_units) if by == "department" else (np.arange(here.n), here.n)
    ties = np.zeros((size, 2))
    np.add.at(ties, (unit[here.sender], here.cross.astype(int)), here.ties.data)
    cells = np.column_stack([np.bincount(unit, part, minlength=size) for part in cells_by_person(here)])
    return ties, cells


def _dyads(here: Net, unit: IntArray, size: int, by: Level) -> IntArray:
    """Pairs with at least one observed cell that hold at least one person of the unit."""
    cells = Cells(here.answered, here.possible, here.hole_pairs[0] * here.n + here.hole_pairs[1])
    pairs = cells.row_counts() + cells.column_counts() - cells.mutual_counts()
    if by == "person":
        return pairs
    inside = np.diag(cells.counts(unit, size)) - np.diag(cells.two_way_counts(unit, size)) // 2
    return np.bincount(unit, pairs, minlength=size).astype(np.int64) - inside


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
    if choice not in ("ties", "cells", "density", "shares"):
        raise NetlearnError(f"what must be ties, cells, density or shares; got {what!r}.")
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
