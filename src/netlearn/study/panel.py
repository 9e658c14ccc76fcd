"""Wave and Panel: the same people in the same order at every time, with ties AND who was asked and answered."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError, UndefinedError
from netlearn.study.cells import BoolArray, Cells, IntArray, read_only

if TYPE_CHECKING:
    import networkx as nx

Status = Literal["took_part", "no_answer", "not_employed", "withdrew"]
STATUSES: tuple[Status, ...] = ("took_part", "no_answer", "not_employed", "withdrew")
Grouping = Literal["baseline", "current"]


@dataclass(frozen=True, eq=False)
class Wave:
    """One time of asking: arcs with their levels, and the cells that were observed.

    Every arc lies in an observed cell. `ties` and `observed` are (n, n) arrays made on request; all
    computing uses the arcs, so memory grows with the number of ties.
    """

    label: str
    sender: IntArray
    receiver: IntArray
    level: NDArray[np.float64]
    cells: Cells
    threshold: float = 1.0

    def __post_init__(self) -> None:
        order = np.argsort(np.asarray(self.sender) * self.cells.n + np.asarray(self.receiver), kind="stable")
        for name, dtype in (("sender", np.int64), ("receiver", np.int64), ("level", np.float64)):
            object.__setattr__(self, name, read_only(np.asarray(getattr(self, name))[order], dtype))
        if not self.cells.contains(self.sender, self.receiver).all():
            raise NetlearnError(
                f"wave {self.label!r}: a tie lies in a cell that was not observed; mark the cell as observed "
                "or leave the tie out."
            )

    @property
    def n(self) -> int:
        """Number of people in the panel."""
        return self.cells.n

    def arcs(self, within: Cells | None = None) -> tuple[IntArray, IntArray]:
        """Return senders and receivers of the ties (level >= threshold), of those in `within` if given."""
        keep = self.level >= self.threshold
        if within is not None:
            keep &= within.contains(self.sender, self.receiver)
        return self.sender[keep], self.receiver[keep]

    @property
    def ties(self) -> BoolArray:
        """(n, n) bool, read-only: row names column at or over the threshold. False also where not observed."""
        dense = np.zeros((self.n, self.n), bool)
        dense[self.arcs()] = True
        return read_only(dense, bool)

    @property
    def levels(self) -> NDArray[np.float64]:
        """(n, n) float, read-only: the level of each tie, NaN where the cell was not observed."""
        dense = np.where(self.cells.dense(), 0.0, np.nan)
        dense[self.sender, self.receiver] = self.level
        return read_only(dense, float)

    @property
    def observed(self) -> BoolArray:
        """(n, n) bool, read-only: the cell was asked and answered."""
        return read_only(self.cells.dense(), bool)


@dataclass(frozen=True, eq=False)
class Panel:
    """The same people in the same order in every wave.

    Make one with `from_arrays`, `from_networkx`, `from_frames` or `netlearn.read_panel`.

    Attributes
    ----------
    waves : tuple of Wave
        In order of time.
    ids : tuple of str
        A code per person; never a name when read from a study.
    groups : (waves, n) int
        Department number of each person in each wave.
    group_names : tuple of str
        Names of the departments, by number.
    statuses : (waves, n) int
        Number in `STATUSES`: took_part, no_answer, not_employed, withdrew.
    directed : bool
        If False every tie is stored in both directions.
    relation : str
        What a tie means.
    grouping : "baseline" or "current"
        Whether cross and within use the department at the first wave or the one at each wave.
    """

    waves: tuple[Wave, ...]
    ids: tuple[str, ...]
    groups: IntArray
    group_names: tuple[str, ...]
    statuses: NDArray[np.int8]
    directed: bool = True
    relation: str = "contact"
    grouping: Grouping = "baseline"

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", read_only(self.groups, np.int64))
        object.__setattr__(self, "statuses", read_only(self.statuses, np.int8))
        shape = (len(self.waves), len(self.ids))
        if len(set(self.ids)) != len(self.ids):
            raise NetlearnError("ids must be unique: one row per person.")
        if len({w.label for w in self.waves}) != len(self.waves) or not self.waves:
            raise NetlearnError("a panel needs at least one wave, and wave labels must differ.")
        if self.groups.shape != shape or self.statuses.shape != shape:
            raise NetlearnError(f"groups and statuses must have shape (waves, people) = {shape}.")
        if any(w.n != shape[1] for w in self.waves):
            raise NetlearnError("all waves must hold the same people in the same order.")

    # -- looking -------------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """Number of people, whether they answered or not."""
        return len(self.ids)

    @property
    def labels(self) -> tuple[str, ...]:
        """Wave labels in order of time."""
        return tuple(w.label for w in self.waves)

    @property
    def wave_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (earlier, later)."""
        return tuple(combinations(self.labels, 2))

    def index(self, label: str) -> int:
        """Position of a wave in time."""
        if label not in self.labels:
            raise NetlearnError(f"no wave {label!r}; this panel has {', '.join(self.labels)}.")
        return self.labels.index(label)

    def wave(self, label: str) -> Wave:
        """Return one wave by its label."""
        return self.waves[self.index(label)]

    def group(self, label: str | None = None) -> IntArray:
        """Department number per person: at baseline, or in the wave `label` when grouping is "current"."""
        if label is None or self.grouping == "baseline":
            return self.groups[0]
        return self.groups[self.index(label)]

    def status(self, label: str) -> list[Status]:
        """Status of each person in a wave."""
        return [STATUSES[code] for code in self.statuses[self.index(label)]]

    def joint_cells(self, labels: Iterable[str] | None = None) -> Cells:
        """Cells observed in every one of the waves (all waves if None)."""
        chosen = [self.wave(label) for label in (self.labels if labels is None else labels)]
        cells = chosen[0].cells
        for wave in chosen[1:]:
            cells = cells & wave.cells
        return cells

    def at_threshold(self, threshold: float) -> Panel:
        """Return the same panel with ties cut at another level."""
        return replace(self, waves=tuple(replace(w, threshold=threshold) for w in self.waves))

    def with_grouping(self, grouping: Grouping) -> Panel:
        """Return the same panel with departments taken at baseline or at each wave."""
        return replace(self, grouping=grouping)

    def __repr__(self) -> str:
        head = f"Panel of {self.n} people in {len(self.group_names)} departments, relation {self.relation!r}"
        kind = "directed" if self.directed else "undirected"
        rows = [
            f"  {w.label}: {int(w.cells.senders.sum())} answered, {self.n_ties(w.label)} ties ({kind})"
            for w in self.waves
        ]
        return "\n".join([head, *rows])

    def _repr_html_(self) -> str:
        return self.summary().to_html(index=False)

    def n_ties(self, label: str) -> int:
        """Number of ties at or over the threshold; unordered pairs if undirected."""
        count = len(self.wave(label).arcs()[0])
        return count if self.directed else count // 2

    def summary(self) -> pd.DataFrame:
        """One row per wave: people by status, observed cells, ties."""
        rows = []
        for index, wave in enumerate(self.waves):
            counts = np.bincount(self.statuses[index], minlength=len(STATUSES))
            row: dict[str, Any] = {"wave": wave.label, "people": self.n}
            row |= {name: int(c) for name, c in zip(STATUSES, counts, strict=True)}
            rows.append(row | {"cells": wave.cells.total, "ties": self.n_ties(wave.label)})
        return pd.DataFrame(rows)

    # -- in and out ----------------------------------------------------------------------------------

    @classmethod
    def from_arrays(
        cls,
        waves: Mapping[str, ArrayLike],
        group: ArrayLike | Mapping[str, ArrayLike],
        observed: Mapping[str, ArrayLike] | None = None,
        ids: Sequence[Hashable] | None = None,
        *,
        directed: bool = True,
        threshold: float = 1.0,
        relation: str = "contact",
        status: Mapping[str, Sequence[Status]] | None = None,
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
        status : mapping label -> n statuses, optional
            Default: took part if any cell in the row was observed, else no answer if any in the column, else
            not employed.

        Raises
        ------
        NetlearnError
            Shapes differ, a level is negative, a department is missing, an undirected matrix is not symmetric.

        Examples
        --------
        >>> import numpy as np
        >>> y1 = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
        >>> y2 = np.array([[0, 1, 1], [1, 0, 0], [np.nan, np.nan, 0]])
        >>> panel = Panel.from_arrays({"before": y1, "after": y2}, group=["A", "A", "B"])
        >>> panel.n_ties("after"), panel.wave("after").cells.total, panel.status("after")[2]
        (3, 4, 'no_answer')
        """
        matrices = {label: _square(values, label) for label, values in waves.items()}
        if not matrices:
            raise NetlearnError("give at least one wave.")
        n = len(next(iter(matrices.values())))
        names = tuple(str(i) for i in (range(1, n + 1) if ids is None else ids))
        made = []
        for label, matrix in matrices.items():
            mask = ~np.isnan(matrix)
            if observed is not None and label in observed:
                mask &= np.asarray(observed[label], dtype=bool)
            made.append(_wave_from_dense(label, matrix, mask, threshold, directed, n))
        groups, group_names = _code_groups(group, list(matrices), n)
        statuses = _statuses(made, status)
        return cls(tuple(made), names, groups, group_names, statuses, directed, relation)

    @classmethod
    def from_networkx(
        cls,
        graphs: Mapping[str, nx.Graph],
        group: str = "department",
        *,
        weight: str | None = "weight",
        threshold: float = 1.0,
        relation: str = "contact",
    ) -> Panel:
        """Build a panel from networkx graphs, matching people by node label and never by order.

        A node that a graph lacks was not there in that wave. A node attribute `answered=False` makes its
        out-going cells missing (for undirected graphs all its cells). Departments come from the node attribute
        `group`; a node needs it in the first graph that holds it.

        Examples
        --------
        >>> import networkx as nx
        >>> g1 = nx.DiGraph([("a", "b")]); g2 = nx.DiGraph([("b", "a"), ("a", "b")])
        >>> for g in (g1, g2):
        ...     nx.set_node_attributes(g, {"a": "X", "b": "Y"}, "department")
        >>> Panel.from_networkx({"before": g1, "after": g2}).n_ties("after")
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
        matrices, masks = {}, {}
        for label, graph in graphs.items():
            there = np.array([node in graph for node in nodes], bool)
            answered = np.array([node in graph and graph.nodes[node].get("answered", True) for node in nodes])
            masks[label] = np.outer(answered, there if directed else answered)
            matrix = np.zeros((len(nodes), len(nodes)))
            for u, v, data in graph.edges(data=True):
                value = 1.0 if weight is None else float(data.get(weight, 1.0))
                matrix[place[u], place[v]] = value
                if not directed:
                    matrix[place[v], place[u]] = value
            matrices[label] = np.where(masks[label], matrix, 0.0)
        return cls.from_arrays(
            matrices, department, masks, nodes, directed=directed, threshold=threshold, relation=relation
        )

    def to_networkx(self, label: str) -> nx.Graph:
        """Return one wave as a graph of the people employed then, with department and `answered` on nodes."""
        import networkx as nx

        wave, at = self.wave(label), self.index(label)
        graph = nx.DiGraph() if self.directed else nx.Graph()
        there = np.flatnonzero(self.statuses[at] != STATUSES.index("not_employed"))
        for i in there:
            department = self.group_names[self.groups[at, i]]
            graph.add_node(self.ids[i], department=department, answered=bool(wave.cells.senders[i]))
        keep = wave.level >= wave.threshold
        for i, j, level in zip(wave.sender[keep], wave.receiver[keep], wave.level[keep], strict=True):
            graph.add_edge(self.ids[i], self.ids[j], weight=float(level))
        return graph

    def to_frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return (ties, people) in long form; `from_frames` reads them back.

        ties: wave, sender, receiver, level (a missing level = asked, not answered). people: wave, id, department,
        status, could_be_named.
        """
        ids = np.array(self.ids, dtype=object)
        ties, people = [], []
        for at, wave in enumerate(self.waves):
            i, j = wave.cells.hole_pairs()
            sender, receiver = np.concatenate([wave.sender, i]), np.concatenate([wave.receiver, j])
            level = np.concatenate([wave.level, np.full(len(i), np.nan)])
            ties.append(
                pd.DataFrame(
                    {"wave": wave.label, "sender": ids[sender], "receiver": ids[receiver], "level": level}
                )
            )
            people.append(
                pd.DataFrame(
                    {
                        "wave": wave.label,
                        "id": ids,
                        "department": np.array(self.group_names, dtype=object)[self.groups[at]],
                        "status": self.status(wave.label),
                        "could_be_named": wave.cells.receivers,
                    }
                )
            )
        return pd.concat(ties, ignore_index=True), pd.concat(people, ignore_index=True)

    @classmethod
    def from_frames(
        cls,
        ties: pd.DataFrame,
        people: pd.DataFrame,
        *,
        directed: bool = True,
        threshold: float = 1.0,
        relation: str = "contact",
    ) -> Panel:
        """Build a panel from long tables; see `to_frames` for the columns.

        `people` says who answered (status took_part) and who could be named (`could_be_named`, default: every
        one who was employed); a respondent without rows in `ties` named nobody. Waves are in the order in which
        `people` first names them.
        """
        _need(ties, "ties", ["wave", "sender", "receiver"])
        _need(people, "people", ["wave", "id", "department", "status"])
        labels = list(dict.fromkeys(people["wave"]))
        ids = sorted(people["id"].drop_duplicates(), key=str)
        place = {person: i for i, person in enumerate(ids)}
        table = people.set_index(["wave", "id"])
        if table.index.has_duplicates or len(table) != len(labels) * len(ids):
            raise NetlearnError("people must hold every person exactly once per wave.")
        ties = ties.assign(level=ties["level"] if "level" in ties else 1.0)
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
        departments = {label: table.loc[label].reindex(ids)["department"].tolist() for label in labels}
        groups, names = _code_groups(departments, labels, len(ids))
        return cls(
            tuple(made),
            tuple(str(i) for i in ids),
            groups,
            names,
            _statuses(made, status),
            directed,
            relation,
        )


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
    if not directed and not ((values == values.T).all() and (mask == mask.T).all()):
        raise NetlearnError(f"wave {label!r}: an undirected relation needs symmetric ties and observed cells.")
    i, j = np.nonzero(values)
    return Wave(label, i, j, values[i, j], Cells.from_dense(mask), threshold)


def _code_groups(
    group: ArrayLike | Mapping[str, ArrayLike], labels: list[str], n: int
) -> tuple[IntArray, tuple[str, ...]]:
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


def _statuses(waves: list[Wave], given: Mapping[str, Sequence[Status]] | None) -> NDArray[np.int8]:
    rows = []
    for wave in waves:
        if given is not None and wave.label in given:
            unknown = sorted(set(given[wave.label]) - set(STATUSES))
            if unknown:
                raise NetlearnError(f"unknown status {unknown[0]!r}; use one of {', '.join(STATUSES)}.")
            rows.append([STATUSES.index(s) for s in given[wave.label]])
        else:
            rows.append(np.where(wave.cells.senders, 0, np.where(wave.cells.receivers, 1, 2)))
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


def _need(frame: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [c for c in columns if c not in frame]
    if missing:
        raise NetlearnError(f"{name} lacks the column(s) {', '.join(missing)}; it has {list(frame.columns)}.")


def two_waves(panel: Panel, waves: tuple[str, str] | None) -> tuple[str, str]:
    """Return the two waves to compare: those given, else the first and the last.

    Raises
    ------
    UndefinedError
        The panel has one wave only, or both labels are the same.
    """
    if len(panel.waves) < 2:
        raise UndefinedError(
            f"only one wave ({panel.labels[0]}): a change needs two. Use `measure` to describe one wave."
        )
    first, second = waves if waves is not None else (panel.labels[0], panel.labels[-1])
    if panel.index(first) >= panel.index(second):
        raise NetlearnError(f"waves must be (earlier, later); got ({first!r}, {second!r}).")
    return first, second
