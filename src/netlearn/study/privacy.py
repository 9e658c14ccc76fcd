"""Who may be shown alone: departments with few respondents are pooled, pairs of departments with few people hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.study.cells import Cells
from netlearn.study.suppression import suppress
from netlearn.wording.shown import Shown

POOLED = "(pooled)"


@dataclass(frozen=True, eq=False)
class Pooling(Shown):
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


def pool_departments(
    names: Sequence[str], people: ArrayLike, least: int, parts: ArrayLike | None = None
) -> Pooling:
    """Pool every department with fewer than `least` people behind it.

    A pooled unit that is itself too small takes in the next smallest department, so no shown number can be solved
    from the totals.

    Parameters
    ----------
    names : k names
    people : (k,) int
        People behind a shown number: the fewest respondents of any wave.
    least : int
    parts : (p, k) int, optional
        People behind numbers that rest on some of them, such as those who have colleagues in their own department: in a
        shown unit nobody, or `least` or more.

    Examples
    --------
    B and C are too small; together they are 6, enough for `least` = 5:

    >>> pool_departments(["A", "B", "C"], [9, 4, 2], 5).pooled
    ('B', 'C')

    B alone would be solved from the total, so the next smallest joins it:

    >>> pool_departments(["A", "B", "C"], [9, 4, 8], 5).pooled
    ('B', 'C')

    Four people are alone in their departments, so ties within would rest on the three of D; C joins them:

    >>> pool_departments("ABCDEFG", [9, 9, 8, 3, 1, 1, 1], 5, [[9, 9, 8, 3, 0, 0, 0]]).pooled
    ('C', 'D', 'E', 'F', 'G')
    """
    count = np.asarray(people, dtype=np.int64)
    part = np.zeros((0, len(count)), np.int64) if parts is None else np.asarray(parts, dtype=np.int64)
    order = sorted(range(len(names)), key=lambda g: (count[g], names[g]))
    small = (count < least) | ((part > 0) & (part < least)).any(axis=0)
    chosen = [g for g in order if small[g]]
    rest = [g for g in order if not small[g]]
    # One pooled department is no hiding place, and fewer than `least` people are none either.
    while chosen and rest and (len(chosen) == 1 or _few(count[chosen], part[:, chosen], least)):
        chosen.append(rest.pop(0))
    alone = sorted(rest)
    unit = np.full(len(names), len(alone), dtype=np.int64)
    unit[alone] = np.arange(len(alone))
    shown = [names[g] for g in alone] + ([POOLED] if chosen else [])
    return Pooling(tuple(shown), unit, tuple(names[g] for g in sorted(chosen)))


def _few(people: NDArray[np.int64], part: NDArray[np.int64], least: int) -> bool:
    of_parts = part.sum(axis=1)
    return bool(people.sum() < least or ((of_parts > 0) & (of_parts < least)).any())


def people_behind(cells: Cells, unit: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Count the people behind each pair of units, as senders or as receivers, whoever are fewer: (size, size) int.

    Parameters
    ----------
    cells : Cells
    unit : (n,) int
        Unit of each person, below `size`.

    Examples
    --------
    Two units of two people; person 0 did not say anything about the second unit, so person 1 alone is behind that pair:

    >>> cells = Cells([True] * 4, [True] * 4, [0 * 4 + 2, 0 * 4 + 3])
    >>> people_behind(cells, np.array([0, 0, 1, 1]), 2).tolist()
    [[2, 1], [2, 2]]
    """
    i, j = cells.hole_pairs()
    member = np.eye(size, dtype=np.int64)[unit]
    answered, asked = (member * flag[:, None] for flag in (cells.senders, cells.receivers))
    about = np.where(cells.senders[:, None], asked.sum(axis=0) - asked, 0)
    by = np.where(cells.receivers[:, None], answered.sum(axis=0) - answered, 0)
    np.subtract.at(about, (i, unit[j]), 1)
    np.subtract.at(by, (j, unit[i]), 1)
    return np.minimum(member.T @ (about > 0), (member.T @ (by > 0)).T)


def shown_share(yes: int, size: int, least: int) -> float:
    """Return a share of people, hidden where the yes or the no is of 1 to `least` - 1 people; NaN of nobody.

    Everybody or nobody is shown: that tells no more of one than of another.

    Examples
    --------
    >>> [shown_share(yes, 20, 5) for yes in (0, 4, 5, 16, 20)]
    [0.0, nan, 0.25, nan, 1.0]
    """
    few = 0 < yes < least or 0 < size - yes < least
    return float("nan") if few or not size else yes / size


def hide_pairs(
    ties: Sequence[ArrayLike], cells: Sequence[ArrayLike], people: ArrayLike, least: int, *, directed: bool
) -> tuple[NDArray[np.bool_], bool]:
    """Choose the pairs of units to hide in mixing tables: those with few people, and others that would give them away.

    Numbers of each unit by itself give away the ties within it, those it sends and those it receives; so with them more
    pairs must be hidden. Where even that is not enough, those numbers must stay unpublished too.

    Parameters
    ----------
    ties, cells : one (k, k) per wave
        Counts from unit to unit; of an undirected network each tie stands in both triangles.
    people : (k, k)
        The fewest of any wave, from `people_behind`.
    least : int
    directed : bool

    Returns
    -------
    (hidden, by_unit) : (k, k) bool, bool
        `by_unit` tells whether numbers of single units may be published beside the tables.

    Examples
    --------
    Few people are behind the ties from the first unit to the second. Row and column sums leave no room between two
    units, so nothing by unit may be shown; then the other direction hides it (6 ties across, 0 to 6 of them here):

    >>> hidden, by_unit = hide_pairs([[[9, 2], [4, 9]]], [[[20, 25], [25, 20]]], [[5, 3], [5, 5]], 5, directed=True)
    >>> hidden.tolist(), by_unit
    ([[False, True], [True, False]], False)
    """
    for by_unit in (True, False):
        hidden, safe = _hidden_pairs(ties, cells, np.asarray(people), least, directed, by_unit)
        if safe:
            break
    return hidden, by_unit


def _hidden_pairs(
    ties: Sequence[ArrayLike],
    cells: Sequence[ArrayLike],
    people: NDArray[np.int64],
    least: int,
    directed: bool,
    by_unit: bool,
) -> tuple[NDArray[np.bool_], bool]:
    k = len(people)
    row, column = np.divmod(np.arange(k * k), k) if directed else np.triu_indices(k)
    inside, units = row == column, np.arange(k)[:, None]
    lines = [row == units, column == units] if directed else [(row == units) | (column == units)]
    known = np.vstack([*lines, inside] if by_unit else [inside, ~inside]).astype(float)
    flat, safe = np.zeros(len(row), bool), True
    for count, room in zip(ties, cells, strict=True):
        done = suppress(
            np.asarray(count)[row, column],
            people[row, column],
            least,
            margins=list(known),
            upper=np.asarray(room)[row, column],
            locked=inside & by_unit,
            also=flat,
        )
        flat, safe = done.hidden, safe and not done.exposed.any()
    hidden = np.zeros((k, k), bool)
    hidden[row, column] = flat
    return (hidden if directed else hidden | hidden.T), safe
