"""Cells of a table with few people behind them are hidden, with others beside them, so that nobody can subtract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from netlearn.errors import NetlearnError
from netlearn.study.cover import Task, cover
from netlearn.study.feasible import (
    BoolArray,
    FloatArray,
    Margin,
    Sum,
    ceiling,
    extremes,
    feasible_range,
    published_sums,
    stacked,
)

FEWEST = 3


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A table of counts as it may be published.

    Attributes
    ----------
    table : (n,) or (r, c) float
        NaN = hidden.
    primary, secondary : bool, like `table`
        Hidden because few people are behind the cell; hidden to keep those from being worked out.
    low, high : like `table`
        The least and the most that a reader can know each cell to be.
    least : int
    """

    table: FloatArray
    primary: BoolArray
    secondary: BoolArray
    low: FloatArray
    high: FloatArray
    least: int

    @property
    def hidden(self) -> BoolArray:
        """Cells that are not shown."""
        return self.primary | self.secondary

    @property
    def exposed(self) -> BoolArray:
        """Primary cells that stay within fewer than `least` + 1 values whatever is hidden: the sums say too much."""
        return self.primary & (self.high - self.low < self.least)


def suppress(
    table: ArrayLike,
    people: ArrayLike,
    least: int,
    *,
    margins: Sequence[Margin | ArrayLike] | None = None,
    upper: ArrayLike | None = None,
    locked: ArrayLike | None = None,
    also: ArrayLike | None = None,
) -> Suppressed:
    """Hide the cells with few people behind them, and the fewest others that keep those from being worked out.

    Primary cells are those with 1 to `least` - 1 people behind them. Secondary cells are chosen so that for every
    primary cell the counts that fit everything published lie at least `least` apart; where the sums allow less than
    that, as far apart as hiding everything would give (see `Suppressed.exposed`). Fewest cells first, then cells with
    fewest people, then those that come first.

    Zero: a cell is judged by the people behind it, not by its count. A count of 0 that tells something of 1 to
    `least` - 1 people (none of three answered) is hidden. Only a cell with nobody behind it is shown whatever its
    count; it is no hiding place for others either, because a reader may know that nobody was there.

    Parameters
    ----------
    table : (n,) or (r, c)
        Counts, whole and 0 or more.
    people : like `table`
        How many people each count tells of.
    least : int
        3 or more; the study file asks for 5 or more.
    margins : optional
        The sums that are published too, see `published_sums`; default "total" of (n,), "rows" and "columns" of (r, c).
    upper : like `table`, optional
        The most that each cell can be, if a reader knows it.
    locked : bool, like `table`, optional
        Cells that are published elsewhere and so hide nothing.
    also : bool, like `table`, optional
        Cells that are hidden already, for another reason.

    Raises
    ------
    NetlearnError
        `least` below 3, or counts that are none.

    Examples
    --------
    Three people are behind the second count. Alone it would be 18 - 9 - 6; with the third it is 0 to 9:

    >>> done = suppress([9, 3, 6], [9, 3, 6], 5)
    >>> done.table.tolist(), done.high.tolist()
    ([9.0, nan, nan], [9.0, 9.0, 9.0])
    """
    counts, behind = np.asarray(table, dtype=float), np.asarray(people)
    _check(counts, behind, least)
    if margins is None:
        margins = ("total",) if counts.ndim == 1 else ("rows", "columns")
    published = published_sums(counts, margins)
    primary = (behind > 0) & (behind < least)
    hidden = primary | _flags(also, counts)
    free = hidden | ((behind > 0) & ~_flags(locked, counts))
    task = _task(counts, behind, published, upper, (primary, hidden, free), least)
    hidden = hidden if _open(task, hidden) else cover(task).reshape(counts.shape)
    if not _open(task, hidden):  # a program solved to a tolerance may fall short by a hair
        hidden = free
    shown = np.where(hidden, np.nan, counts)
    low, high = feasible_range(shown, published, upper=upper)
    return Suppressed(shown, primary, hidden & ~primary, low, high, least)


def _check(counts: FloatArray, behind: ArrayLike, least: int) -> None:
    if least < FEWEST:
        raise NetlearnError(f"cells with fewer than {FEWEST} people are always hidden; got least = {least}.")
    if counts.ndim not in (1, 2) or counts.shape != np.shape(behind):
        raise NetlearnError(f"table and people must have one shape, (n,) or (r, c); got {counts.shape}.")
    if not (np.isfinite(counts).all() and (counts >= 0).all() and (counts == np.round(counts)).all()):
        raise NetlearnError("the table must hold counts: whole numbers of 0 or more.")


def _flags(given: ArrayLike | None, counts: FloatArray) -> BoolArray:
    return np.zeros(counts.shape, bool) if given is None else np.asarray(given, dtype=bool)


def _task(
    counts: FloatArray,
    behind: ArrayLike,
    published: list[Sum],
    upper: ArrayLike | None,
    cells: tuple[BoolArray, BoolArray, BoolArray],
    least: int,
) -> Task:
    weights, values = stacked(published, counts.size)
    flat, (primary, hidden, free) = counts.ravel(), (c.ravel() for c in cells)
    most = np.maximum(ceiling(weights, values, None if upper is None else np.ravel(upper)), flat)
    crowd, place = np.ravel(behind).astype(float), np.arange(flat.size)
    # Below one cell in all: fewer people first, then earlier places; the root keeps sums of places apart.
    tie = (crowd + np.sqrt(place / max(flat.size, 1))) / (2 * (crowd + 1).sum())
    wanted = np.zeros(flat.size)
    task = Task(weights, flat, most, free, hidden, primary, wanted, 1 + tie)
    wanted[primary] = np.minimum(_widths(task, free), least)
    return task


def _widths(task: Task, hidden: BoolArray) -> FloatArray:
    """How far apart the least and the most of each protected cell are with these cells hidden."""
    at = np.flatnonzero(np.ravel(hidden))
    weights = task.weights[:, at]
    which = np.searchsorted(at, np.flatnonzero(task.protect))
    low, high = extremes(weights, weights @ task.counts[at], task.most[at], which)
    return high - low


def _open(task: Task, hidden: BoolArray) -> bool:
    return bool((_widths(task, hidden) >= task.wanted[task.protect]).all())


def suppress_frame(
    frame: pd.DataFrame,
    people: pd.DataFrame,
    least: int,
    *,
    total_row: object = None,
    total_column: object = None,
    upper: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Hide cells of a frame of counts that has its totals in a row, a column or both; the totals stay.

    Parameters
    ----------
    frame, people : DataFrame
        Counts, and the people behind each; the same labels.
    least : int
    total_row, total_column : labels, optional
        Where the totals stand.
    upper : DataFrame, optional
        The most that each count can be, if a reader knows it.

    Returns
    -------
    DataFrame
        float, NaN = hidden.

    Raises
    ------
    NetlearnError
        A total is not the sum of its cells.

    Examples
    --------
    >>> frame = pd.DataFrame({"before": [18, 9, 3, 6]}, index=["all", "A", "B", "C"])
    >>> suppress_frame(frame, frame, 5, total_row="all")["before"].tolist()
    [18.0, 9.0, nan, nan]
    """
    rows, columns = (
        [label for label in labels if label != total]
        for labels, total in ((frame.index, total_row), (frame.columns, total_column))
    )
    inner = frame.loc[rows, columns]
    margins: list[Margin] = []
    for name, label, told, summed in (
        ("rows", total_column, frame.get(total_column), inner.sum(axis=1)),
        ("columns", total_row, frame.T.get(total_row), inner.sum()),
    ):
        if label is not None:
            margins.append("rows" if name == "rows" else "columns")
            if told is None or (told.reindex(summed.index) != summed).any():
                raise NetlearnError(f"the totals {label!r} are not the sums of the {name}.")
    most = None if upper is None else upper.loc[rows, columns]
    done = suppress(inner, people.loc[rows, columns], least, margins=margins, upper=most)
    shown = frame.astype(float)
    shown.loc[rows, columns] = done.table
    return shown
