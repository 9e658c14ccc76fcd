"""Ledger: what became of every cell of every file; each cell is counted once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from netlearn.study.cells import IntArray
from netlearn.study.rawtable import RawTable

FATES = (
    "not_used",
    "respondent",
    "ties",
    "no_ties",
    "not_asked",
    "not_answered",
    "dont_know",
    "nobody",
    "own",
    "outside",
    "not_employed",
    "repeated",
    "detail",
    "scale",
    "not_response",
    "other_wave",
    "duplicate",
    "withdrawn",
    "outside_respondent",
)
"""Fates of cells. `detail` is a cell that goes with another, such as the level of a nomination."""
COUNTED = ("cells", "headings", "blank_rows", *FATES)
_NUMBER = {fate: at for at, fate in enumerate(FATES)}


class Ledger:
    """Marks the cells of tables with what became of them.

    A table is known by its name. A cell that was marked keeps its mark: a question that two relations read is counted
    for the first.

    Examples
    --------
    >>> table = RawTable("x.csv", ("id", "asks_1"), [["1", ""], ["2", "3"]], (2, 4))
    >>> ledger = Ledger()
    >>> ledger.mark(table, [0, 1], [0, 0], "respondent")
    >>> counts = ledger.counts()["x.csv"]
    >>> counts["cells"], counts["headings"], counts["blank_rows"], counts["respondent"], counts["not_used"]
    (8, 2, 2, 2, 2)
    """

    def __init__(self) -> None:
        self._tables: dict[str, RawTable] = {}
        self._marks: dict[str, NDArray[np.uint8]] = {}
        self._views: dict[str, tuple[RawTable, IntArray, IntArray]] = {}

    def view(self, part: RawTable, whole: RawTable) -> None:
        """Count what is marked in a part of a table for the cells of the whole: same headings, same row numbers."""
        place = {number: at for at, number in enumerate(whole.numbers)}
        rows = np.array([place[number] for number in part.numbers], dtype=np.int64)
        columns = np.array([whole.header.index(name) for name in part.header], dtype=np.int64)
        self._views[part.file] = (whole, rows, columns)

    def open(self, table: RawTable) -> None:
        """Count a table from now on, even if nothing of it is used."""
        if table.file not in self._tables and table.file not in self._views:
            self._tables[table.file] = table
            self._marks[table.file] = np.zeros((len(table.rows), len(table.header)), dtype=np.uint8)

    def mark(
        self, table: RawTable, rows: Iterable[int] | IntArray, columns: Iterable[int] | IntArray, fate: str
    ) -> None:
        """Mark cells by their places in `table.rows` and in the header, pairwise."""
        at = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
        if table.file in self._views:
            table, its_rows, its_columns = self._views[table.file]
            at = its_rows[at[0]], its_columns[at[1]]
        self.open(table)
        marks = self._marks[table.file]
        # A row of another wave may be one of this study's: that it is none of one wave counts last.
        open_yet = (marks[at] == 0) | (marks[at] == _NUMBER["other_wave"])
        marks[at] = np.where(open_yet, _NUMBER[fate], marks[at])

    def mark_rows(self, table: RawTable, rows: Iterable[int], fate: str) -> None:
        """Mark all cells of some rows that were not marked yet."""
        width = len(table.header)
        for row in rows:
            self.mark(table, [row] * width, range(width), fate)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return for each table the number of `cells` and its parts, which add up to it.

        `headings` are the cells at and above the last heading row, `blank_rows` those of empty rows between others.
        """
        found = {}
        for file, table in self._tables.items():
            marks, width = self._marks[file], len(table.header)
            first, last = table.numbers[0], table.numbers[-1]
            blank = last - first + 1 - len(table.rows)
            # What is left of a row that belongs to a wave of the study is not used, whatever other waves said of it.
            other = marks == _NUMBER["other_wave"]
            used = ((marks != 0) & ~other).any(axis=1)
            marks = np.where(other & used[:, None], 0, marks)
            parts = np.bincount(marks.ravel(), minlength=len(FATES)).tolist()
            found[file] = {
                "cells": last * width,
                "headings": (first - 1) * width,
                "blank_rows": blank * width,
            }
            found[file] |= dict(zip(FATES, parts, strict=True))
        return found
