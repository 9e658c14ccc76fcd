"""Two waves of a panel on the cells observed in both: the arrays that measures and inference ask for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.dyadic import Influence
from netlearn.inference.swap import Estimator, PairTable, pair_table
from netlearn.measures.catalogue import MeasureRow
from netlearn.measures.mixing import mixing_counts
from netlearn.study.cells import Cells, add_up
from netlearn.study.panel import Panel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Joint:
    """Two waves on jointly observed cells.

    Departments may differ between the waves, so people are grouped in blocks (department then, department now) and
    the class of a cell is (within or cross then, within or cross now): 0 = within both, 1 = within then cross,
    2 = cross then within, 3 = cross both.

    Attributes
    ----------
    sender, receiver : (m,) int
        Arcs with a tie in at least one of the waves, each once.
    first, second : (m,) float
        1 where the arc is a tie in the wave.
    departments : (2, n) int
        Department of each person in the two waves.
    block : (n,) int
    cell_class : (b, b) int
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

    def class_sums(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Ties in the first wave, in the second, and observed cells per class: three (4,) vectors."""
        b = len(self.cell_class)
        counts = self.cells.counts(self.block, b)
        kind = self.cell_class[self.block[self.sender], self.block[self.receiver]]
        return (
            add_up(kind, self.first, 4),
            add_up(kind, self.second, 4),
            add_up(self.cell_class.ravel(), counts.ravel(), 4),
        )

    def department_tables(self, which: int) -> tuple[FloatArray, FloatArray]:
        """Ties and observed cells from department to department in one of the waves (0 or 1): (k, k) each."""
        group, k = self.departments[which], self.n_departments
        keep = (self.first, self.second)[which] > 0
        ties = mixing_counts(self.sender[keep], self.receiver[keep], group, k)
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
            self.cells, self.block, self.cell_class, 4, self.sender, self.receiver, self.first, self.second
        )

    def estimator(self, row: MeasureRow) -> Estimator:
        """Return the change of a smooth measure as a function of class sums."""
        if row.value is None or row.gradient is None:
            raise TypeError(f"{row.name} is no function of class sums")
        to_first = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], float)
        to_second = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], float)
        return Estimator(row.value, row.gradient, to_first, to_second, self.unit)


def joint(panel: Panel, first: str, second: str, cells: Cells | None = None) -> Joint:
    """Put two waves of a panel on their jointly observed cells (or on `cells`, if given, within those)."""
    shared = panel.joint_cells((first, second))
    shared = shared if cells is None else shared & cells
    keys = []
    for label in (first, second):
        i, j = panel.wave(label).arcs(shared)
        keys.append(i * panel.n + j)
    union = np.union1d(*keys)
    departments = np.vstack([panel.group(first), panel.group(second)])
    k = len(panel.group_names)
    codes, block = np.unique(departments[0] * k + departments[1], return_inverse=True)
    then, now = codes // k, codes % k
    cell_class = 2 * (then[:, None] != then) + (now[:, None] != now)
    return Joint(
        shared,
        union // max(panel.n, 1),
        union % max(panel.n, 1),
        np.isin(union, keys[0]).astype(float),
        np.isin(union, keys[1]).astype(float),
        departments,
        k,
        block,
        cell_class,
        1.0 if panel.directed else 0.5,
    )
