"""What a permutation test rearranges: people, labels or signs; drawn at random, or all of them when countable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from math import exp, inf, lgamma, log, prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


class Rearrangements(Protocol):
    """All distinct rearrangements of something, of which the observed one is one."""

    @property
    def count(self) -> float:
        """How many distinct ones there are; infinite if more than can be counted."""

    def draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Draw `size` at random, each with the same chance: (size, m)."""

    def every(self) -> IntArray:
        """All of them: (count, m)."""


@dataclass(frozen=True, eq=False)
class Relabel:
    """Permutations of people within strata: row r holds who takes the place of each person.

    Attributes
    ----------
    strata : (n,) int
        People exchange places only within their stratum.

    Examples
    --------
    >>> Relabel(np.array([0, 0, 1])).every().tolist()
    [[0, 1, 2], [1, 0, 2]]
    """

    strata: IntArray

    @property
    def count(self) -> float:
        """Product of the factorials of the strata's sizes."""
        return _countable(sum(lgamma(len(members) + 1) for members in _members(self.strata)))

    def draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Draw permutations: (size, n)."""
        n = len(self.strata)
        places = np.tile(np.arange(n), (size, 1))
        for members in _members(self.strata):
            places[:, members] = rng.permuted(places[:, members], axis=1)
        return places

    def every(self) -> IntArray:
        """All permutations, the one that changes nothing first: (count, n)."""
        return _combined(self.strata, [list(permutations(m.tolist())) for m in _members(self.strata)])


@dataclass(frozen=True, eq=False)
class Labels:
    """Distinct ways of giving the same labels to other units, within strata: row r holds the label of each unit.

    Attributes
    ----------
    labels : (m,) int
        The observed labels.
    strata : (m,) int
        How often each label occurs is kept in each stratum.

    Examples
    --------
    >>> Labels(np.array([1, 0, 0]), np.array([0, 0, 0])).every().tolist()
    [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
    """

    labels: IntArray
    strata: IntArray

    @property
    def count(self) -> float:
        """Product over strata of the multinomial coefficients."""
        return _countable(sum(_log_multinomial(self.labels[members]) for members in _members(self.strata)))

    def draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Draw labels for all units: (size, m)."""
        labels = np.tile(self.labels, (size, 1))
        for members in _members(self.strata):
            labels[:, members] = rng.permuted(labels[:, members], axis=1)
        return labels

    def every(self) -> IntArray:
        """All distinct ways: (count, m)."""
        return _combined(self.strata, [list(_distinct(self.labels[m])) for m in _members(self.strata)])


@dataclass(frozen=True, eq=False)
class Swaps:
    """Every way of swapping, or not, each of `size_of` things: row r holds 0 or 1 for each.

    Examples
    --------
    >>> Swaps(2).every().tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """

    size_of: int

    @property
    def count(self) -> float:
        """2 to the power of the number of things."""
        return _countable(self.size_of * log(2))

    def draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Draw swaps: (size, m)."""
        return rng.integers(0, 2, size=(size, self.size_of), dtype=np.bool_).astype(np.int64)

    def every(self) -> IntArray:
        """All of them, the one without a swap first: (2^m, m)."""
        return (np.arange(2**self.size_of)[:, None] >> np.arange(self.size_of)) & 1


def _members(strata: IntArray) -> list[IntArray]:
    return [np.flatnonzero(strata == s) for s in np.unique(strata)]


def _countable(log_count: float) -> float:
    """Whole number from its logarithm, exact as far as anybody would count; infinite beyond."""
    return round(exp(log_count)) if log_count < log(1e9) else inf


def _log_multinomial(labels: IntArray) -> float:
    _, counts = np.unique(labels, return_counts=True)
    return lgamma(len(labels) + 1) - sum(lgamma(c + 1) for c in counts)


def _distinct(labels: IntArray) -> Iterator[tuple[int, ...]]:
    """Distinct orders of labels, smallest first (each next one by the usual step)."""
    order = sorted(labels.tolist())
    while True:
        yield tuple(order)
        i = next((i for i in range(len(order) - 2, -1, -1) if order[i] < order[i + 1]), None)
        if i is None:
            return
        j = next(j for j in range(len(order) - 1, i, -1) if order[j] > order[i])
        order[i], order[j] = order[j], order[i]
        order[i + 1 :] = order[:i:-1]


def _combined(strata: IntArray, choices: list[list[tuple[int, ...]]]) -> IntArray:
    """Combine every choice of one stratum with every choice of the others."""
    members = _members(strata)
    rows = np.empty((prod(map(len, choices)), len(strata)), np.int64)
    for row, chosen in zip(rows, product(*choices), strict=True):
        for places, values in zip(members, chosen, strict=True):
            row[places] = values
    return rows
