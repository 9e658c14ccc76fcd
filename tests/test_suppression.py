"""Hidden cells cannot be worked out: by hand, by enumeration of all tables of whole counts, and on random tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netlearn.errors import NetlearnError
from netlearn.study import cover
from netlearn.study.feasible import feasible_range, published_sums
from netlearn.study.suppression import suppress, suppress_frame

NAN = float("nan")
BOTH = ("rows", "columns")


def tables_with(row_sums: list[int], column_sums: list[int]) -> Iterator[list[list[int]]]:
    """Every table of whole counts with these sums, row by row."""
    if not row_sums:
        if not any(column_sums):
            yield []
        return
    for row in product(*(range(min(row_sums[0], c) + 1) for c in column_sums)):
        if sum(row) == row_sums[0]:
            left = [c - x for c, x in zip(column_sums, row, strict=True)]
            yield from ([list(row), *rest] for rest in tables_with(row_sums[1:], left))


def range_by_counting(table: np.ndarray, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of each cell among all tables with these sums and these shown cells."""
    every = np.array(list(tables_with(table.sum(axis=1).tolist(), table.sum(axis=0).tolist())))
    fitting = every[(every[:, ~hidden] == table[~hidden]).all(axis=1)]
    return fitting.min(axis=0), fitting.max(axis=0)


def widths(table: np.ndarray, hidden: np.ndarray, at: np.ndarray, **known: object) -> np.ndarray:
    """How far apart the least and the most of some cells are, with the sums of rows and columns published."""
    low, high = feasible_range(np.where(hidden, NAN, table), published_sums(table, BOTH), **known)
    return (high - low)[at]


# -- the auditor


def test_a_single_hidden_cell_is_solved_by_subtraction() -> None:
    table = np.array([[5, 2, 3], [4, 6, 1]])
    hidden = np.array([[False, True, False], [False] * 3])
    low, high = feasible_range(np.where(hidden, NAN, table), published_sums(table, ["rows"]))
    assert (low == table).all()
    assert (high == table).all()


def test_a_rectangle_by_hand() -> None:
    """2 3 / 4 1 in the corners: the first can fall by min(2, 1) and rise by min(3, 4)."""
    table = np.array([[2, 9, 3], [7, 7, 7], [4, 9, 1]])
    hidden = np.zeros((3, 3), bool)
    hidden[np.ix_([0, 2], [0, 2])] = True
    low, high = feasible_range(np.where(hidden, NAN, table), published_sums(table, BOTH))
    assert low[hidden].tolist() == [1, 0, 1, 0]
    assert high[hidden].tolist() == [5, 4, 5, 4]


def test_a_rectangle_with_zeros_in_two_corners_hides_nothing() -> None:
    table = np.array([[0, 9, 0], [7, 7, 7], [4, 9, 1]])
    hidden = np.zeros((3, 3), bool)
    hidden[np.ix_([0, 2], [0, 2])] = True
    assert widths(table, hidden, hidden).tolist() == [0, 0, 0, 0]


def test_counts_are_whole() -> None:
    """a + b, b + c and a + c published as 2, 1 and 2 (in halves: 1.5, 0.5, 0.5) fit no whole counts."""
    sums = [(np.array(w), v) for w, v in (([1.0, 1, 0], 2.0), ([0.0, 1, 1], 1.0), ([1.0, 0, 1], 2.0))]
    with pytest.raises(NetlearnError, match="no whole counts"):
        feasible_range([NAN] * 3, sums)


def test_what_nothing_bounds_is_open() -> None:
    low, high = feasible_range([NAN, 4], [])
    assert low.tolist() == [0, 4]
    assert high.tolist() == [np.inf, 4]
    assert feasible_range([NAN, 4], [], upper=[7, 9])[1].tolist() == [7, 4]


@pytest.mark.parametrize("margins", [["rows"], ["total", "all"], [np.ones(3)], [-np.ones(2)]])
def test_margins_that_a_table_does_not_have_are_refused(margins: list[object]) -> None:
    with pytest.raises(NetlearnError):
        published_sums([1, 2], margins)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3), st.data())
def test_the_range_is_that_of_all_whole_tables(counts: list[list[int]], data: st.DataObject) -> None:
    table = np.array(counts)
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=table.size, max_size=table.size)))
    hidden = hidden.reshape(table.shape)
    low, high = feasible_range(np.where(hidden, NAN, table), published_sums(table, BOTH))
    least, most = range_by_counting(table, hidden)
    assert low.tolist() == least.tolist()
    assert high.tolist() == most.tolist()


# -- by hand


def test_the_partner_is_the_smallest_that_is_wide_enough() -> None:
    """3 of 4 people are hidden; the second smallest cell, 2, would leave 0 to 5; a width of 6 needs 4 as well."""
    assert suppress([20, 3, 2, 9], [20, 3, 6, 9], 5).hidden.tolist() == [False, True, True, False]
    done = suppress([20, 3, 2, 9], [20, 3, 7, 9], 6)
    assert done.hidden.tolist() == [False, True, False, True]
    assert (done.low[1], done.high[1]) == (0, 12)


def test_primary_and_secondary_are_told_apart() -> None:
    done = suppress([[9, 3, 8], [8, 9, 7], [6, 9, 9]], [[9, 3, 8], [8, 9, 7], [6, 9, 9]], 5)
    assert done.primary.tolist() == [[False, True, False], [False] * 3, [False] * 3]
    assert done.secondary.sum() == 3
    rows, columns = np.nonzero(done.hidden)
    assert sorted(np.bincount(rows, minlength=3)) == [0, 2, 2]
    assert sorted(np.bincount(columns, minlength=3)) == [0, 2, 2]
    assert np.isnan(done.table).tolist() == done.hidden.tolist()
    assert not done.exposed.any()


def test_zero_people_are_shown_and_hide_nothing() -> None:
    """The empty second cell would be the cheapest partner, but a reader may know that nobody is there."""
    done = suppress([9, 0, 3, 8], [9, 0, 3, 8], 5)
    assert done.hidden.tolist() == [False, False, True, True]


def test_a_count_of_zero_that_tells_of_few_people_is_hidden() -> None:
    """None of 3 people answered: that tells of each of them. None of 8 does not count as few."""
    done = suppress([9, 0, 7, 8], [9, 3, 7, 8], 5)
    assert done.primary.tolist() == [False, True, False, False]
    assert suppress([9, 0, 7, 8], [9, 8, 7, 8], 5).hidden.sum() == 0


def test_a_table_without_few_people_is_shown_as_it_is() -> None:
    done = suppress([[9, 5], [6, 7]], [[9, 5], [6, 7]], 5)
    assert done.table.tolist() == [[9, 5], [6, 7]]


def test_two_small_cells_in_a_row_need_not_be_enough() -> None:
    """1 and 2 hidden leave 0 to 3 each; a third cell makes them wide enough."""
    done = suppress([9, 1, 2, 8], [9, 1, 2, 8], 5)
    assert done.hidden.tolist() == [False, True, True, True]


def test_what_the_sums_give_away_is_told() -> None:
    """With row and column sums a 2 x 2 table has one degree of freedom, and here it moves by 1 up and 1 down."""
    done = suppress([[1, 1], [9, 1]], [[9, 1], [9, 9]], 5)
    assert done.hidden.all()
    assert (done.high - done.low == 2).all()
    assert done.exposed.tolist() == [[False, True], [False, False]]
    alone = suppress([3], [3], 5)
    assert alone.hidden.all()
    assert alone.exposed.all()


def test_upper_bounds_that_a_reader_knows_count() -> None:
    """Of 4 employed 3 answered: with a partner of which all 6 answered it is 3 or 4; the third cell is needed too."""
    done = suppress([3, 6, 8], [3, 6, 8], 5, upper=[4, 6, 12])
    assert done.hidden.tolist() == [True, False, True]
    assert (done.low[0], done.high[0]) == (0, 4)


def test_locked_cells_are_never_chosen() -> None:
    done = suppress([3, 6, 8], [3, 6, 8], 5, locked=[False, True, False])
    assert done.hidden.tolist() == [True, False, True]


def test_cells_that_are_hidden_already_serve() -> None:
    done = suppress([3, 6, 8], [3, 6, 8], 5, also=[False, False, True])
    assert done.hidden.tolist() == [True, False, True]


def test_further_sums_are_reckoned_with() -> None:
    """The sum of the first and the last is published too, so only the last hides the first."""
    corner = np.array([1.0, 0, 0, 1.0])
    done = suppress([3, 6, 8, 7], [3, 6, 8, 7], 5, margins=["total", corner])
    assert done.hidden.tolist() == [True, False, False, True]
    free = suppress([3, 6, 8, 7], [3, 6, 8, 7], 5, margins=["total"])
    assert free.hidden.tolist() == [True, True, False, False]


@pytest.mark.parametrize("least", [2, 1, 0, -5])
def test_fewer_than_three_is_refused(least: int) -> None:
    with pytest.raises(NetlearnError, match="fewer than 3"):
        suppress([5, 6], [5, 6], least)


@pytest.mark.parametrize("table", [[1.5, 2], [-1, 2], [NAN, 2], [[1, 2]]])
def test_what_is_no_count_is_refused(table: list[float]) -> None:
    with pytest.raises(NetlearnError):
        suppress(table, [5, 6], 5)


# -- against every other choice


def fewest_by_trying(table: np.ndarray, people: np.ndarray, least: int) -> int:
    """The smallest number of secondary cells that leaves every primary cell as wide as it can be, up to `least`."""
    primary = (people > 0) & (people < least)
    others = np.argwhere(people >= least)
    wanted = np.minimum(widths(table, people > 0, primary), least)
    for size in range(len(others) + 1):
        for chosen in combinations(others.tolist(), size):
            hidden = primary.copy()
            for cell in chosen:
                hidden[tuple(cell)] = True
            if (widths(table, hidden, primary) >= wanted).all():
                return size
    raise AssertionError


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 3))
def test_no_choice_hides_fewer_cells(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    people = rng.integers(5, 12, (rows, 3))
    people.ravel()[rng.choice(people.size, rng.integers(1, 3), replace=False)] = rng.integers(1, 5)
    table = rng.integers(0, 9, (rows, 3))
    done = suppress(table, people, 5)
    assert done.secondary.sum() == fewest_by_trying(table, people, 5)


# -- on random tables

COUNTS = st.integers(0, 15)


def small_tables(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    line = st.lists(COUNTS, min_size=columns, max_size=columns)
    return st.lists(line, min_size=rows, max_size=rows)


@pytest.mark.parametrize("largest", [cover.LARGEST, 0], ids=["cheapest", "one by one"])
@settings(max_examples=30, deadline=None)
@given(data=st.data(), least=st.integers(3, 7))
def test_no_primary_cell_of_a_random_table_can_be_solved(
    data: st.DataObject, least: int, largest: int
) -> None:
    shape = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 5))
    table, people = (np.array(data.draw(small_tables(*shape))) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "LARGEST", largest)
        done = suppress(table, people, least)
    assert (done.primary == ((people > 0) & (people < least))).all()
    assert not (done.hidden & (people == 0)).any()
    assert (done.table[~done.hidden] == table[~done.hidden]).all()
    # The auditor sees only what is published.
    low, high = feasible_range(done.table, published_sums(table, BOTH))
    assert (low <= table).all()
    assert (high >= table).all()
    at_best = widths(table, people > 0, done.primary)
    assert ((high - low)[done.primary] >= np.minimum(at_best, least)).all()
    assert done.exposed.sum() == (at_best < least).sum()
    if not done.primary.any():
        assert not done.hidden.any()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 12)), min_size=2, max_size=9))
def test_one_line_of_counts(cells: list[tuple[int, int]]) -> None:
    """One sum: a hidden cell can be 0 to the sum of all hidden ones, so that sum must be `least` or more."""
    table, people = (np.array(part) for part in zip(*cells, strict=True))
    done = suppress(table, people, 5)
    if done.primary.any():
        together = table[done.hidden].sum()
        alone = done.hidden.sum() == 1
        assert done.exposed.any() == (alone or together < 5)
        if done.exposed.any():
            assert (done.hidden == (people > 0)).all()
        assert (done.high[done.primary] == together).all()


def test_the_same_table_is_always_hidden_alike() -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(0, 12, (7, 7))
    people = np.where(rng.random((7, 7)) < 0.1, 2, 9)  # every partner costs the same
    first, second = suppress(table, people, 5), suppress(table.copy(), people.copy(), 5)
    assert (first.hidden == second.hidden).all()


def test_a_large_table_is_covered_one_by_one() -> None:
    rng = np.random.default_rng(6)
    table = rng.poisson(4, (25, 25))
    people = np.where(rng.random((25, 25)) < 0.02, 3, 9)
    assert table.size > cover.LARGEST
    done = suppress(table, people, 5)
    assert not done.exposed.any()
    assert done.hidden.sum() < 8 * done.primary.sum()


# -- frames


def test_totals_of_a_frame_stay() -> None:
    frame = pd.DataFrame(
        [[9, 3, 12], [8, 7, 15], [6, 9, 15], [23, 19, 42]], index=[*"ABC", "all"], columns=["x", "y", "both"]
    )
    shown = suppress_frame(frame, frame, 5, total_row="all", total_column="both")
    assert shown.loc["all"].tolist() == [23, 19, 42]
    assert shown["both"].tolist() == [12, 15, 15, 42]
    assert np.isnan(shown.loc["A", "y"])
    assert shown.isna().sum().sum() == 4


def test_without_totals_only_the_small_cells_go() -> None:
    frame = pd.DataFrame({"x": [9, 3, 8], "y": [7, 8, 9]})
    shown = suppress_frame(frame, frame, 5)
    assert np.argwhere(shown.isna().to_numpy()).tolist() == [[1, 0]]


def test_totals_that_are_none_are_refused() -> None:
    frame = pd.DataFrame({"x": [11, 9, 3]}, index=["all", "A", "B"])
    with pytest.raises(NetlearnError, match="'all'"):
        suppress_frame(frame, frame, 5, total_row="all")
    with pytest.raises(NetlearnError, match="'sum'"):
        suppress_frame(frame, frame, 5, total_row="sum")
