"""Two waves of a panel on the cells observed in both: the arrays that measures and inference ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netlearn.inference.dyadic import Influence
from netlearn.inference.swap import Estimator, PairTable, pair_table
from netlearn.measures.catalogue import Kind, MeasureRow
from netlearn.measures.mixing import mixing_counts
from netlearn.measures.net import Net, make_net
from netlearn.study.cells import Cells, add_up
from netlearn.study.panel import Panel
from netlearn.study.privacy import Pooling

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Function = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class Joint:
    """Two waves on jointly observed cells.

    Departments may differ between the waves, so people are grouped in blocks (department then, department now). For
    measures of the kind "classes" the class of a cell is (within or cross then, within or cross now): 0 = within both,
    1 = within then cross, 2 = cross then within, 3 = cross both. For the kind "table" every pair of blocks is a class.

    Attributes
    ----------
    sender, receiver : (m,) int
        Arcs with a tie in at least one of the waves, each once.
    first, second : (m,) float
        1 (or the level, if weighted) where the arc is a tie in the wave, else 0.
    departments : (2, n) int
        Department of each person in the two waves.
    block : (n,) int
    cell_class : (b, b) int
    to_first, to_second : (c, s) sparse
        0/1 matrices from classes to the s sums that the measure takes, in each wave.
    """

    cells: Cells
    sender: IntArray
    receiver: IntArray
    first: FloatArray
    second: FloatArray
    departments: IntArray
    n_departments: int
    block: IntArray
    cell_class: IntArray
    to_first: sparse.csr_array
    to_second: sparse.csr_array
    unit: float

    @property
    def n_senders(self) -> int:
        """People who answered in both waves (and for whom a cell remains)."""
        return int((self.cells.senders & self.cells.people()).sum())

    @property
    def n_cells(self) -> int:
        """Observed cells; unordered pairs if undirected."""
        return round(self.cells.total * self.unit)

    @property
    def n_dyads(self) -> int:
        """Unordered pairs with at least one observed cell."""
        zeros = np.zeros(self.cells.n, np.int64)
        return self.cells.total - int(self.cells.two_way_counts(zeros, 1).sum()) // 2

    @property
    def n_changed(self) -> int:
        """People whose own answers differ between the waves; if undirected, pairs whose tie does."""
        if self.unit == 1:
            return len(np.unique(self.sender[self.first != self.second]))
        n = max(self.cells.n, 1)
        low, high = np.minimum(self.sender, self.receiver), np.maximum(self.sender, self.receiver)
        pairs, place = np.unique(low * n + high, return_inverse=True)
        return int(np.count_nonzero(add_up(place, self.second - self.first, len(pairs))))

    def class_sums(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Ties in the first wave, in the second, and observed cells per class: three (c,) vectors."""
        b, c = len(self.cell_class), self.to_first.shape[0]
        counts = self.cells.counts(self.block, b)
        kind = self.cell_class[self.block[self.sender], self.block[self.receiver]]
        return (
            add_up(kind, self.first, c),
            add_up(kind, self.second, c),
            add_up(self.cell_class.ravel(), counts.ravel(), c),
        )

    def department_tables(self, which: int) -> tuple[FloatArray, FloatArray]:
        """Ties and observed cells from department to department in one of the waves (0 or 1): (k, k) each."""
        group, k = self.departments[which], self.n_departments
        keep = (self.first, self.second)[which] > 0
        strength = (self.first, self.second)[which][keep]
        ties = mixing_counts(self.sender[keep], self.receiver[keep], group, k, strength)
        return ties.astype(float), self.cells.counts(group, k).astype(float)

    def influence(self, estimator: Estimator) -> Influence:
        """Influence values of a change on every observed cell."""
        base, slope1, slope2 = estimator.slopes(*self.class_sums())
        kind = self.cell_class[self.block[self.sender], self.block[self.receiver]]
        extra = slope1[kind] * self.first + slope2[kind] * self.second
        return Influence(self.cells, self.block, self.cell_class, base, self.sender, self.receiver, extra)

    def pairs(self) -> PairTable:
        """Return the pairs of people as the wave swap needs them."""
        return pair_table(
            self.cells,
            self.block,
            self.cell_class,
            self.to_first.shape[0],
            self.sender,
            self.receiver,
            self.first,
            self.second,
        )

    def estimator(self, row: MeasureRow) -> Estimator:
        """Return the change of a measure as a function of class sums."""
        if row.value is None or row.gradient is None:
            raise TypeError(f"{row.name} is no function of class sums")
        value, gradient = row.value, row.gradient
        if row.kind == "table":
            value, gradient = _flat(value, gradient, self.n_departments)
        return Estimator(value, gradient, self.to_first, self.to_second, self.unit)


def _flat(value: Function, gradient: Function, k: int) -> tuple[Function, Function]:
    """Let a function of (k, k) tables take and give vectors."""

    def of_vectors(ties: FloatArray, cells: FloatArray) -> Any:
        return value(ties.reshape(k, k), cells.reshape(k, k))

    def slopes(ties: FloatArray, cells: FloatArray) -> tuple[FloatArray, FloatArray]:
        d_ties, d_cells = gradient(ties.reshape(k, k), cells.reshape(k, k))
        return np.ravel(d_ties), np.ravel(d_cells)

    return of_vectors, slopes


def joint(panel: Panel, first: str, second: str, kind: Kind = "classes", *, weighted: bool = False) -> Joint:
    """Put two waves of a panel on their jointly observed cells, with the classes that a kind of measure sums over."""
    shared = panel.joint_cells((first, second))
    keys, strengths = [], []
    for label in (first, second):
        i, j = panel.wave(label).arcs(shared)
        keys.append(i * panel.n + j)
        strengths.append(panel.wave(label).strengths(shared) if weighted else np.ones(len(i)))
    union = np.union1d(*keys)
    held = [np.zeros(len(union)), np.zeros(len(union))]
    for values, key, strength in zip(held, keys, strengths, strict=True):
        values[np.searchsorted(union, key)] = strength
    departments = np.vstack([panel.group(first), panel.group(second)])
    k = len(panel.group_names)
    codes, block = np.unique(departments[0] * k + departments[1], return_inverse=True)
    cell_class, to_first, to_second = _classes(codes // k, codes % k, k, kind)
    return Joint(
        shared,
        union // max(panel.n, 1),
        union % max(panel.n, 1),
        held[0],
        held[1],
        departments,
        k,
        block,
        cell_class,
        to_first,
        to_second,
        1.0 if panel.directed else 0.5,
    )


def _classes(
    then: IntArray, now: IntArray, k: int, kind: Kind
) -> tuple[IntArray, sparse.csr_array, sparse.csr_array]:
    """Classes of the pairs of blocks, and where each class is added to in the two waves."""
    if kind == "table":
        b = len(then)
        sums = [(d[:, None] * k + d).ravel() for d in (then, now)]
        return np.arange(b * b).reshape(b, b), *(_to_sums(s, k * k) for s in sums)
    cell_class = 2 * (then[:, None] != then) + (now[:, None] != now)
    return cell_class, _to_sums(np.array([0, 0, 1, 1]), 2), _to_sums(np.array([0, 1, 0, 1]), 2)


def _to_sums(place: IntArray, size: int) -> sparse.csr_array:
    c = len(place)
    return sparse.csr_array((np.ones(c), (np.arange(c), place)), shape=(c, size))


def net(
    panel: Panel, label: str, cells: Cells, pooling: Pooling | None = None, *, weighted: bool = False
) -> Net:
    """Return one wave of a panel on chosen cells, as the measures take it."""
    group = panel.group(label)
    i, j = panel.wave(label).arcs(cells)
    return make_net(
        panel.n,
        i,
        j,
        group,
        len(panel.group_names),
        cells.senders,
        cells.receivers,
        cells.hole_pairs(),
        directed=panel.directed,
        unit=None if pooling is None else pooling.unit[group],
        n_units=None if pooling is None else len(pooling.names),
        strength=panel.wave(label).strengths(cells) if weighted else None,
    )
