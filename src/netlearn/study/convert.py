"""Panels from and to arrays and networkx graphs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.study.cells import BoolArray, Cells, IntArray
from netlearn.study.panel import STATUSES, Panel, Source, Status
from netlearn.study.wave import Wave

if TYPE_CHECKING:
    import networkx as nx


def from_arrays(
    waves: Mapping[str, ArrayLike],
    group: ArrayLike | Mapping[str, ArrayLike],
    observed: Mapping[str, ArrayLike] | None = None,
    ids: Sequence[Hashable] | None = None,
    *,
    directed: bool = True,
    threshold: float = 1.0,
    relation: str = "contact",
    source: Source = "answers",
    status: Mapping[str, Sequence[Status]] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> Panel:
    """Build a panel from square matrices, one per wave.

    Parameters
    ----------
    waves : mapping label -> (n, n) array
        Row names column. 0 = asked and no, a level over 0 = yes, NaN = not asked or not answered. The
        diagonal is ignored.
    group : (n,) labels, or mapping label -> (n,) labels
        Department of each person, for all waves or per wave.
    observed : mapping label -> (n, n) bool, optional
        False where the cell was not asked or not answered (joined with the NaN of the matrix).
    ids : n codes, optional
        Default "1" … "n".
    directed : bool
        If False the matrices (and masks) must be symmetric.
    threshold : float
        A tie is a level at or over this.
    relation : str
        What a tie means.
    source : "answers" or "records"
        Whether people answered or their ties were recorded; it changes words, never numbers.
    status : mapping label -> n statuses, optional
        Default: took part if any cell in the row was observed, else no answer if any in the column, else
        not employed.
    attributes : mapping name -> n values, optional
        What else is known of the people, in the same order.

    Raises
    ------
    NetlearnError
        Shapes differ, a level is negative, a department is missing, an undirected matrix is not symmetric.

    Examples
    --------
    >>> import numpy as np
    >>> y1 = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    >>> y2 = np.array([[0, 1, 1], [1, 0, 0], [np.nan, np.nan, 0]])
    >>> panel = from_arrays({"before": y1, "after": y2}, group=["A", "A", "B"])
    >>> panel.n_ties("after"), panel.wave("after").cells.total, panel.status("after")[2]
    (3, 4, 'no_answer')
    """
    ids = _labels(waves, ids)
    for given, what in ((group, "group"), (observed, "observed"), (status, "status")):
        _need_waves(given, what, list(waves))
    matrices = {label: _square(_aligned(values, ids), label) for label, values in waves.items()}
    if not matrices:
        raise NetlearnError("give at least one wave.")
    n = len(next(iter(matrices.values())))
    names = tuple(str(i) for i in (range(1, n + 1) if ids is None else ids))
    made = []
    for label, matrix in matrices.items():
        mask = ~np.isnan(matrix)
        if observed is not None and label in observed:
            mask &= _mask(_aligned(observed[label], ids), label, matrix.shape)
        made.append(_wave_from_dense(label, matrix, mask, threshold, directed, n))
    groups, group_names = code_groups(group, list(matrices), n)
    found = statuses(made, status)
    known: dict[str, Any] = {"source": source, "attributes": attributes or {}}
    return Panel(tuple(made), names, groups, group_names, found, directed, relation, **known)


def from_networkx(
    graphs: Mapping[str, nx.Graph],
    group: str = "department",
    *,
    weight: str | None = "weight",
    threshold: float = 1.0,
    relation: str = "contact",
    attributes: Sequence[str] = (),
) -> Panel:
    """Build a panel from networkx graphs, matching people by node label and never by order.

    A node that a graph lacks was not there in that wave. A node attribute `answered=False` makes its
    out-going cells missing (for undirected graphs all its cells). Departments come from the node attribute
    `group`; a node needs it in the first graph that holds it. The node attributes named in `attributes` are taken
    from the first graph that knows them.

    Examples
    --------
    >>> import networkx as nx
    >>> g1 = nx.DiGraph([("a", "b")]); g2 = nx.DiGraph([("b", "a"), ("a", "b")])
    >>> for g in (g1, g2):
    ...     nx.set_node_attributes(g, {"a": "X", "b": "Y"}, "department")
    >>> from_networkx({"before": g1, "after": g2}).n_ties("after")
    2
    """
    kinds = {g.is_directed() for g in graphs.values()}
    if len(kinds) != 1:
        raise NetlearnError("give graphs that are all directed or all undirected, at least one.")
    if any(g.is_multigraph() for g in graphs.values()):
        raise NetlearnError("multigraphs hold several ties per pair; add them up into one weight first.")
    nodes = sorted({node for g in graphs.values() for node in g}, key=str)
    place = {node: i for i, node in enumerate(nodes)}
    directed = kinds.pop()
    department = {label: _graph_groups(graphs, label, nodes, group) for label in graphs}
    waves = []
    for label, graph in graphs.items():
        there = np.array([node in graph for node in nodes], bool)
        answered = np.array(
            [node in graph and graph.nodes[node].get("answered", True) for node in nodes], bool
        )
        cells = Cells(answered, there if directed else answered, np.empty(0, np.int64))
        waves.append(_wave_from_edges(label, graph, place, weight, cells, threshold))
    groups, names = code_groups(department, list(graphs), len(nodes))
    ids = tuple(str(node) for node in nodes)
    known = {name: _graph_groups(graphs, next(iter(graphs)), nodes, name) for name in attributes}
    found = statuses(waves, None)
    return Panel(tuple(waves), ids, groups, names, found, directed, relation, attributes=known)


def _wave_from_edges(
    label: str, graph: Any, place: Mapping[Any, int], weight: str | None, cells: Cells, threshold: float
) -> Wave:
    """Return the edges among observed cells; an undirected edge in both directions, self-loops left out."""
    edges = [
        (place[u], place[v], 1.0 if weight is None else float(d.get(weight, 1.0)))
        for u, v, d in graph.edges(data=True)
    ]
    table = np.array(edges, dtype=float).reshape(len(edges), 3)
    if not graph.is_directed():
        table = np.concatenate([table, table[:, [1, 0, 2]]])
    i, j, level = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]
    if (level < 0).any() or not np.isfinite(level).all():
        raise NetlearnError(f"wave {label!r}: weights must be 0 or more and finite.")
    keep = cells.contains(i, j) & (level > 0)
    return Wave(label, i[keep], j[keep], level[keep], cells, threshold)


def to_networkx(panel: Panel, label: str) -> nx.Graph:
    """Return one wave as a graph of the people employed then; nodes hold `department`, `answered` and the attributes.

    An attribute of one of these two names is left out.
    """
    import networkx as nx

    wave, at = panel.wave(label), panel.index(label)
    graph = nx.DiGraph() if panel.directed else nx.Graph()
    there = np.flatnonzero(panel.statuses[at] != STATUSES.index("not_employed"))
    for i in there:
        department = panel.group_names[panel.groups[at, i]]
        known = {name: values[i] for name, values in panel.attributes.items()}
        graph.add_node(panel.ids[i])
        graph.nodes[panel.ids[i]].update(known)
        graph.nodes[panel.ids[i]].update(department=department, answered=bool(wave.cells.senders[i]))
    keep = wave.level >= wave.threshold
    for i, j, level in zip(wave.sender[keep], wave.receiver[keep], wave.level[keep], strict=True):
        graph.add_edge(panel.ids[i], panel.ids[j], weight=float(level))
    return graph


def _need_waves(given: Any, what: str, labels: list[str]) -> None:
    """Refuse a mapping that names other waves than the panel, and masks that are not given by wave."""
    if isinstance(given, Mapping):
        unknown = [str(key) for key in given if key not in labels]
        lacking = [key for key in labels if key not in given] if what == "group" else []
        if unknown or lacking:
            raise NetlearnError(
                f"{what} must be given by wave label; the waves are {', '.join(map(str, labels))}, "
                f"{what} has {', '.join(map(str, given))}."
            )
    elif given is not None and what != "group":
        raise NetlearnError(f"{what} must be a mapping from wave label to values, like the waves.")


def _labels(waves: Mapping[str, Any], ids: Sequence[Hashable] | None) -> Sequence[Hashable] | None:
    """Return the labels of the people: those given, else those of the first labelled table."""
    for values in waves.values():
        if ids is None and isinstance(values, pd.DataFrame):
            ids = list(values.index)
    return ids


def _aligned(values: Any, ids: Sequence[Hashable] | None) -> Any:
    """Put a labelled table into the order of the people; a plain array is taken as it is."""
    if not isinstance(values, pd.DataFrame) or ids is None:
        return values
    if set(values.index) != set(ids) or set(values.columns) != set(ids) or not values.index.is_unique:
        raise NetlearnError(
            "the rows and the columns of a table must both be named by the ids of the people, each once; use "
            ".to_numpy() to take it by position."
        )
    return values.reindex(index=list(ids), columns=list(ids))


def _mask(values: Any, label: str, shape: tuple[int, ...]) -> BoolArray:
    mask = np.asarray(values, dtype=bool)
    if mask.shape != shape:
        raise NetlearnError(f"wave {label!r}: observed must have shape {shape}, got {mask.shape}.")
    return mask


def _square(values: ArrayLike, label: str) -> NDArray[np.float64]:
    matrix = np.array(values, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise NetlearnError(f"wave {label!r}: expected a square matrix, got shape {matrix.shape}.")
    np.fill_diagonal(matrix, 0.0)
    if (matrix < 0).any() or np.isinf(matrix).any():
        raise NetlearnError(f"wave {label!r}: levels must be 0 or more and finite; NaN = not answered.")
    return matrix


def _wave_from_dense(
    label: str, matrix: NDArray[np.float64], mask: BoolArray, threshold: float, directed: bool, n: int
) -> Wave:
    if matrix.shape != (n, n) or mask.shape != (n, n):
        raise NetlearnError(f"wave {label!r}: expected {n} x {n} like the first wave, got {matrix.shape}.")
    values = np.where(mask, matrix, 0.0)
    i, j = np.nonzero(values)
    wave = Wave(label, i, j, values[i, j], Cells.from_dense(mask), threshold)
    if not directed:
        need_symmetric(wave)
    return wave


def need_symmetric(wave: Wave) -> None:
    """Refuse an undirected wave whose ties or observed cells stand in one direction only."""
    order = np.argsort(wave.receiver * wave.n + wave.sender)
    i, j = wave.cells.hole_pairs()
    same = (
        np.array_equal(wave.cells.senders, wave.cells.receivers)
        and np.array_equal(np.sort(j * wave.n + i), wave.cells.holes)
        and np.array_equal(wave.sender, wave.receiver[order])
        and np.array_equal(wave.receiver, wave.sender[order])
        and np.array_equal(wave.level, wave.level[order])
    )
    if not same:
        raise NetlearnError(
            f"wave {wave.label!r}: an undirected relation needs ties and observed cells in both directions; "
            "use directed=True or make them symmetric."
        )


def code_groups(
    group: ArrayLike | Mapping[str, ArrayLike], labels: list[str], n: int
) -> tuple[IntArray, tuple[str, ...]]:
    """Code the departments by name: (waves, n) numbers, and the names."""
    per_wave = [np.asarray(group[label] if isinstance(group, Mapping) else group).ravel() for label in labels]
    if any(len(g) != n for g in per_wave):
        raise NetlearnError(f"group must name the department of each of the {n} people.")
    table = np.array([[None if pd.isna(v) else str(v) for v in g] for g in per_wave], dtype=object)
    if any(v is None or v == "" for v in table.ravel()):
        raise NetlearnError("a department is missing; give every person one, also those who left.")
    names = tuple(sorted(set(table.ravel())))
    place = {name: k for k, name in enumerate(names)}
    codes = np.array([[place[v] for v in row] for row in table], dtype=np.int64).reshape(len(labels), n)
    return codes, names


def statuses(waves: list[Wave], given: Mapping[str, Sequence[Status]] | None) -> NDArray[np.int8]:
    """Return status numbers: those given, else read off who answered and who could be named."""
    rows = []
    for wave in waves:
        if given is not None and wave.label in given:
            unknown = sorted(set(given[wave.label]) - set(STATUSES))
            if unknown:
                raise NetlearnError(f"unknown status {unknown[0]!r}; use one of {', '.join(STATUSES)}.")
            rows.append([STATUSES.index(s) for s in given[wave.label]])
        else:
            rows.append(np.where(wave.cells.senders, 0, np.where(wave.cells.receivers, 1, 2)).tolist())
    return np.array(rows, dtype=np.int8)


def _graph_groups(graphs: Mapping[str, Any], label: str, nodes: list[Any], attribute: str) -> list[Any]:
    """Department of each node in this wave, else in the first wave that knows it."""
    order = [graphs[label], *graphs.values()]
    found = []
    for node in nodes:
        known = [g.nodes[node][attribute] for g in order if node in g and attribute in g.nodes[node]]
        if not known:
            raise NetlearnError(f"node {node!r} has no attribute {attribute!r} in any graph; set it.")
        found.append(known[0])
    return found
