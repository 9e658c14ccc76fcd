"""Panel: the same people in the same order at every time, with ties AND who was asked and answered."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError, UndefinedError
from netlearn.study.attributes import Attributes
from netlearn.study.cells import Cells, IntArray, read_only
from netlearn.study.wave import Wave
from netlearn.wording.shown import Shown

if TYPE_CHECKING:
    import networkx as nx

Status = Literal["took_part", "no_answer", "not_employed", "withdrew", "not_asked"]
STATUSES: tuple[Status, ...] = ("took_part", "no_answer", "not_employed", "withdrew", "not_asked")
Grouping = Literal["baseline", "current"]
Source = Literal["answers", "records"]


@dataclass(frozen=True, eq=False)
class Panel(Shown):
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
        Number in `STATUSES`: took_part, no_answer, not_employed, withdrew, not_asked (employed, and can be named).
    directed : bool
        If False every tie is stored in both directions.
    relation : str
        What a tie means.
    grouping : "baseline" or "current"
        Whether cross and within use the department at the first wave or the one at each wave.
    source : "answers" or "records"
        Whether people answered a question or their ties were recorded; it changes words, never numbers.
    attributes : mapping name -> tuple
        What else is known: one value per person. Read-only.
    """

    _frames = ("summary",)

    waves: tuple[Wave, ...]
    ids: tuple[str, ...]
    groups: IntArray
    group_names: tuple[str, ...]
    statuses: NDArray[np.int8]
    directed: bool = True
    relation: str = "contact"
    grouping: Grouping = "baseline"
    source: Source = "answers"
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", Attributes(self.attributes, len(self.ids)))
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

    def n_ties(self, label: str) -> int:
        """Count the ties at or over the threshold; unordered pairs if undirected."""
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

    # -- in and out: thin doors to `netlearn.study.convert` and `netlearn.study.frames` ----------------------

    @staticmethod
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
        """Build a panel from square matrices, one per wave; see `netlearn.study.convert.from_arrays`."""
        from netlearn.study.convert import from_arrays

        options: dict[str, Any] = {"directed": directed, "threshold": threshold, "relation": relation}
        options |= {"source": source, "status": status, "attributes": attributes}
        return from_arrays(waves, group, observed, ids, **options)

    @staticmethod
    def from_networkx(
        graphs: Mapping[str, nx.Graph],
        group: str = "department",
        *,
        weight: str | None = "weight",
        threshold: float = 1.0,
        relation: str = "contact",
        attributes: Sequence[str] = (),
    ) -> Panel:
        """Build a panel from graphs, matched by node; see `netlearn.study.convert.from_networkx`."""
        from netlearn.study.convert import from_networkx

        options: dict[str, Any] = {"weight": weight, "threshold": threshold, "relation": relation}
        return from_networkx(graphs, group, **options, attributes=attributes)

    @staticmethod
    def from_frames(
        ties: pd.DataFrame,
        people: pd.DataFrame,
        *,
        directed: bool = True,
        threshold: float = 1.0,
        relation: str = "contact",
        attributes: Sequence[str] = (),
    ) -> Panel:
        """Build a panel from long tables; see `netlearn.study.frames.from_frames`."""
        from netlearn.study.frames import from_frames

        options: dict[str, Any] = {"directed": directed, "threshold": threshold, "relation": relation}
        return from_frames(ties, people, **options, attributes=attributes)

    def to_networkx(self, label: str) -> nx.Graph:
        """Return one wave as a graph; see `netlearn.study.convert.to_networkx`."""
        from netlearn.study.convert import to_networkx

        return to_networkx(self, label)

    def to_frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return (ties, people) in long form; see `netlearn.study.frames.to_frames`."""
        from netlearn.study.frames import to_frames

        return to_frames(self)


def two_waves(panel: Panel, waves: tuple[str, str] | None) -> tuple[str, str]:
    """Return the two waves to compare: those given, else the first and the last.

    Raises
    ------
    UndefinedError
        The panel has one wave only, or both labels are the same.
    """
    if not isinstance(panel, Panel):
        raise NetlearnError(
            f"expected a Panel with two waves, got {type(panel).__name__}; see Panel.from_arrays."
        )
    if len(panel.waves) < 2:
        raise UndefinedError(
            f"only one wave ({panel.labels[0]}): a change needs two. Use `measure` to describe one wave."
        )
    first, second = waves if waves is not None else (panel.labels[0], panel.labels[-1])
    if panel.index(first) >= panel.index(second):
        raise NetlearnError(f"waves must be (earlier, later); got ({first!r}, {second!r}).")
    return first, second
