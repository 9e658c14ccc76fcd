"""Departments with few respondents are pooled before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

POOLED = "(pooled)"


@dataclass(frozen=True, eq=False)
class Pooling:
    """Which departments are shown alone and which together.

    Attributes
    ----------
    names : tuple of str
        Shown names; the pooled departments, if any, are the last, named "(pooled)".
    unit : (k,) int
        Shown unit of each department.
    pooled : tuple of str
        Departments inside the pooled one.
    """

    names: tuple[str, ...]
    unit: NDArray[np.int64]
    pooled: tuple[str, ...]

    def table(self, table: ArrayLike) -> NDArray[np.float64]:
        """Add up a (k, k) table to shown units."""
        member = np.eye(len(self.names))[self.unit]
        return np.asarray(member.T @ np.asarray(table, dtype=float) @ member)


def pool_departments(names: Sequence[str], people: ArrayLike, least: int) -> Pooling:
    """Pool every department with fewer than `least` people behind it.

    A pooled unit that is itself too small takes in the next smallest department, so no shown number can be solved
    from the totals.

    Parameters
    ----------
    names : k names
    people : (k,) int
        People behind a shown number: the fewest respondents of any wave.
    least : int

    Examples
    --------
    B and C are too small; together they are 6, enough for `least` = 5:

    >>> pool_departments(["A", "B", "C"], [9, 4, 2], 5).pooled
    ('B', 'C')

    B alone would be solved from the total, so the next smallest joins it:

    >>> pool_departments(["A", "B", "C"], [9, 4, 8], 5).pooled
    ('B', 'C')
    """
    count = np.asarray(people, dtype=np.int64)
    order = sorted(range(len(names)), key=lambda g: (count[g], names[g]))
    chosen = [g for g in order if count[g] < least]
    rest = [g for g in order if count[g] >= least]
    # One pooled department is no hiding place, and fewer than `least` people are none either.
    while chosen and rest and (len(chosen) == 1 or count[chosen].sum() < least):
        chosen.append(rest.pop(0))
    alone = sorted(rest)
    unit = np.full(len(names), len(alone), dtype=np.int64)
    unit[alone] = np.arange(len(alone))
    shown = [names[g] for g in alone] + ([POOLED] if chosen else [])
    return Pooling(tuple(shown), unit, tuple(names[g] for g in sorted(chosen)))
