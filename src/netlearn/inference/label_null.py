"""Departments dealt anew: the null that who belongs to which department has nothing to do with who has ties to whom.

Held fixed: every tie, every observed cell, the size of every department. Where answers are missing, departments change
hands only among people who were observed in the same way (answered or not, could be named or not), so that every deal
leaves each department as many answers as it had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.parallel import Workers
from netlearn.inference.permute import check_draws, draw, rearranged
from netlearn.inference.rearrange import Labels
from netlearn.measures.mixing import within_cross
from netlearn.measures.net import Net

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Arcs = tuple[IntArray, IntArray, FloatArray]
Value = Callable[[FloatArray, FloatArray], Any]


@dataclass(frozen=True, eq=False)
class LabelNull:
    """The ways of dealing the departments of a network anew.

    Attributes
    ----------
    net : Net
    strata : (n,) int
        Departments change hands within a stratum; who has no observed cell is alone in one.
    members, starts : (p,) int, (s + 1,) int
        People stratum by stratum, and where each stratum starts.
    ties, holes : (one, other, weight)
        Ties of the network, and its holes, each of weight 1.
    totals : (2, 2) float
        Rows ties and (cells + holes), columns within and cross, of the observed departments.
    """

    net: Net
    strata: IntArray
    members: IntArray
    starts: IntArray
    ties: Arcs
    holes: Arcs
    totals: FloatArray

    @property
    def rearrangements(self) -> Labels:
        """All distinct deals; row r holds the department of each person."""
        return Labels(self.net.group, self.strata)

    def sums_of(self, labels: IntArray) -> tuple[FloatArray, FloatArray]:
        """Ties and observed cells (within, cross) for given departments (R, n): two (R, 2)."""
        from netlearn.inference.kernels_nets import within_sums

        return self._sums(within_sums(np.ascontiguousarray(labels), self.ties, self.holes))

    def draw_sums(self, rng: np.random.Generator, size: int) -> tuple[FloatArray, FloatArray]:
        """Ties and observed cells (within, cross) of random deals: two (size, 2)."""
        from netlearn.inference.kernels_nets import shuffled_within_sums

        # Small labels stay in the fastest memory while the ties are added up.
        labels = self.net.group.astype(np.int32)
        sums = shuffled_within_sums(rng, size, labels, self.members, self.starts, self.ties, self.holes)
        return self._sums(sums)

    def _sums(self, within: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Split totals; a deal moves ties and holes between within and cross, the places for them stay."""
        ties, holes = within[:, 0], within[:, 1]
        places, total = self.totals[1], self.totals[0].sum()
        cross_holes = len(self.holes[0]) - holes
        cells = np.column_stack([places[0] - holes, places[1] - cross_holes])
        return np.column_stack([ties, total - ties]) * self.net.half, cells * self.net.half


def label_null(net: Net) -> LabelNull:
    """Return the null model of departments dealt anew among the people of a network.

    Examples
    --------
    Three people, one alone in a department: three ways to choose who.

    >>> from netlearn.measures.net import net_of
    >>> null = label_null(net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]], [0, 1, 1]))
    >>> null.rearrangements.count
    3
    >>> ties, cells = null.sums_of(null.rearrangements.every())
    >>> ties.tolist()
    [[0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]
    """
    here = net.answered | net.possible
    strata = np.where(here, 2 * net.answered + net.possible, 4 + np.arange(net.n)).astype(np.int64)
    order = np.argsort(strata, kind="stable")
    starts = np.flatnonzero(np.diff(strata[order], prepend=-1, append=-1)).astype(np.int64)
    i, j = net.hole_pairs
    hole_table = np.zeros((net.k, net.k))
    np.add.at(hole_table, (net.group[i], net.group[j]), 1.0)
    return LabelNull(
        net,
        strata,
        order.astype(np.int64),
        starts,
        (net.sender, net.receiver, net.ties.data.astype(float)),
        (i, j, np.ones(len(i))),
        np.stack([within_cross(net.tie_table), within_cross(net.cell_table + hole_table)]),
    )


def relabelled(net: Net, labels: IntArray) -> Net:
    """Return a network with other departments, which are also the units of values by department."""
    return replace(net, group=labels, unit=labels, n_units=net.k)


@dataclass(frozen=True, eq=False)
class _Given:
    """A statistic: a function of class sums, for given departments."""

    null: LabelNull
    value: Value

    def __call__(self, labels: IntArray) -> FloatArray:
        return np.asarray(self.value(*self.null.sums_of(labels)), dtype=float)


@dataclass(frozen=True, eq=False)
class _Dealt:
    """A sampler: a function of class sums, for departments dealt at random; never more than one deal in memory."""

    null: LabelNull
    value: Value

    def __call__(self, rng: np.random.Generator, size: int) -> FloatArray:
        return np.asarray(self.value(*self.null.draw_sums(rng, size)), dtype=float)


def labels_permuted(
    net: Net,
    value: Value,
    draws: int,
    seed: int | np.random.SeedSequence,
    *,
    workers: Workers = 1,
    progress: bool = False,
) -> tuple[FloatArray, bool]:
    """Compute a function of class sums with departments dealt anew: every deal if there are no more than `draws`.

    Parameters
    ----------
    net : Net
    value : callable
        Of ties and observed cells, (R, 2) each (within, cross), giving (R,).
    draws : int
    seed : int or SeedSequence
    workers, progress
        As in `permute.draw`.

    Returns
    -------
    values : (R,) float
    exact : bool
        Every distinct deal was computed, the observed one among them.

    Examples
    --------
    One tie, between the only two people of a department in one deal of three:

    >>> from netlearn.measures.net import net_of
    >>> from netlearn.measures.segregation import cross_share
    >>> net = net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]], [0, 1, 1])
    >>> values, exact = labels_permuted(net, cross_share, 99, 1)
    >>> values.tolist(), exact
    ([1.0, 1.0, 0.0], True)
    """
    check_draws(draws)
    null = label_null(net)
    if null.rearrangements.count <= draws:
        return rearranged(null.rearrangements, _Given(null, value), draws, seed)
    return draw(_Dealt(null, value), draws, seed, workers=workers, progress=progress), False
