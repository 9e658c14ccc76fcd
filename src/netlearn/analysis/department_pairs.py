"""`compare_department_pairs`: change from each department to each, with p-values that hold for the whole table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from netlearn.analysis.joint import FloatArray, Joint, joint
from netlearn.errors import NetlearnError
from netlearn.inference.max_t import PairChanges, pair_changes, shrunk
from netlearn.inference.multiplicity import max_t
from netlearn.inference.nulls import Null
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import check_draws, p_interval, rearranged, result
from netlearn.inference.rearrange import Swaps
from netlearn.measures.mixing import ratio
from netlearn.study.cells import BoolArray, add_up
from netlearn.study.panel import Panel, two_waves
from netlearn.study.told import Told
from netlearn.wording import department_pairs as words


@dataclass(frozen=True, eq=False, repr=False)
class DepartmentPairs(Told):
    """The change from each department to each, with p-values that hold for the whole table.

    Attributes
    ----------
    relation : str
    waves : (earlier, later)
    table : DataFrame
        One row per ordered pair of departments (each pair once if undirected; a department with itself is a pair):
        sender, receiver; cells (observed in both waves), before, after (ties); change (share of cells, -1 to 1),
        change_per_person (colleagues in the receiving department per answering person of the sending one); changed
        (people whose answers changed it; undirected, pairs of people); statistic (change / dyadic-robust standard
        error); p_value (wave swap), smallest_p (the smallest possible); p_adjusted (max-T over the table), low, high
        (its 95 % Monte Carlo interval). The last six are NaN where too few changed to reach alpha.
    alpha : float
    draws : int
        Draws, or rearrangements counted.
    exact : bool
        Every rearrangement was computed.
    null : "wave_swap_sender" or "wave_swap"
        The waves are swapped person by person; undirected, pair of people by pair.
    """

    words = staticmethod(words.sentence)

    relation: str
    waves: tuple[str, str]
    table: pd.DataFrame
    alpha: float
    draws: int
    exact: bool
    null: Null

    @property
    def family(self) -> int:
        """How many pairs of departments were tested together."""
        return int(self.table["p_adjusted"].notna().sum())

    @property
    def found(self) -> pd.DataFrame:
        """The rows whose adjusted p is at most alpha."""
        return self.table[self.table["p_adjusted"] <= self.alpha]


def compare_department_pairs(
    panel: Panel,
    waves: tuple[str, str] | None = None,
    *,
    alpha: float = 0.05,
    draws: int = 1999,
    seed: int = 0,
    workers: Workers = 1,
    left_out: ArrayLike | None = None,
) -> DepartmentPairs:
    """Compare the ties from every department to every department between two waves.

    Parameters
    ----------
    panel : Panel
    waves : (earlier, later), optional
        Default: the first and the last. Departments are those of the earlier one.
    alpha : float
        Chance of any false alarm in the whole table that is accepted, where the waves could be swapped. A pair of
        departments that so few people changed that its p could never reach alpha (at 0.05 fewer than 6) is left out of
        the family.
    draws : int
        Swaps of the waves; all are computed if there are no more.
    seed : int
    workers : int or str
        See `netlearn.inference.parallel.run_jobs`.
    left_out : (k, k) bool, optional
        Pairs of departments (from, to) that are not tested and not in the family, such as those that may not be shown.

    Returns
    -------
    DepartmentPairs

    Raises
    ------
    UndefinedError
        The panel has one wave.
    NetlearnError
        Unknown wave; alpha or draws out of range.

    Notes
    -----
    Each pair of departments has the density change of its cells, studentised by the dyadic-robust floored variance.
    All of them are computed after the same swaps of the two waves, sender by sender, and adjusted by max-T, step-down
    (Westfall & Young 1993). An undirected tie has no sender: swaps are by pair of people, and as those know nothing of
    people who drift, the observed value is brought from t with its degrees of freedom to the normal scale first.

    Measured without change at 5 % by `benchmarks/department_pairs.py --replications 300` (40 people in 4 departments,
    140 in 4 and in 8; people alike, unequal, or drifting up to fully and very unequally): any false alarm in 2.3 to
    6.0 % of the panels; undirected in 0.7 to 7.7 %, and in 10.7 % with few large departments whose people drift. The
    price: from a department of fewer than 6 people who answer, no change can be told at 0.05 (undirected it can).

    What happens to a whole department at one time is found too (in 30 to 99 % of panels with such events): the table
    tells which departments changed, not why.

    Examples
    --------
    One of four cells from A to B becomes a tie, which is far too little to tell:

    >>> before = np.zeros((4, 4)); after = before.copy(); after[0, 2] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, ["A", "A", "B", "B"])
    >>> found = compare_department_pairs(panel)
    >>> row = found.table.iloc[1]
    >>> row["sender"], row["receiver"], int(row["cells"]), float(row["change"]), float(row["change_per_person"])
    ('A', 'B', 4, 0.25, 0.5)
    >>> found.family
    0
    """
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise NetlearnError(f"alpha must be a number between 0 and 1; got {alpha!r}.")
    check_draws(draws)
    first, second = two_waves(panel, waves)
    view = joint(panel, first, second)
    moved = view.first != view.second
    arcs = (view.sender[moved], view.receiver[moved], (view.second - view.first)[moved])
    pairs = pair_changes(view.cells, view.departments[0], view.n_departments, *arcs, directed=panel.directed)
    # Swapping everything mirrors the statistic, so a two-sided p counts two rearrangements at least.
    tested = (2.0 ** (1 - pairs.changed) <= alpha) & ~_left_out(left_out, view.n_departments)
    t = np.where(tested, pairs(np.zeros((1, pairs.size), np.int64))[0], np.nan)
    observed = t if panel.directed else shrunk(t, pairs.df())
    values, exact = rearranged(Swaps(pairs.size), pairs, draws, seed, workers=workers)
    null: Null = "wave_swap_sender" if panel.directed else "wave_swap"
    table = _table(panel, view, pairs).assign(statistic=t, **_p_values(observed, values, exact, pairs, null))
    k = view.n_departments
    of, to = np.divmod(np.arange(k * k), k)
    kept = table if panel.directed else table[of <= to]
    shown = kept.reset_index(drop=True)
    return DepartmentPairs(panel.relation, (first, second), shown, alpha, len(values), exact, null)


def _left_out(given: ArrayLike | None, k: int) -> BoolArray:
    """Return which of the k * k pairs of departments are left out."""
    flags = np.zeros((k, k), bool) if given is None else np.asarray(given, dtype=bool)
    if flags.shape != (k, k):
        raise NetlearnError(f"left_out must have a row and a column for each of {k} departments.")
    return flags.ravel()


def _p_values(
    observed: FloatArray, values: FloatArray, exact: bool, pairs: PairChanges, null: Null
) -> dict[str, FloatArray]:
    """Columns of the p of each pair of departments, and of the one adjusted for the table."""
    # Swapping everybody mirrors the statistic, so a two-sided p counts two rearrangements at least.
    tests = [
        result(z, values[:, c], exact, null, smallest_p=least)
        for c, (z, least) in enumerate(zip(observed, 2.0 ** (1 - pairs.changed), strict=True))
    ]
    adjusted = max_t(observed, values, exact)
    low, high = np.array([p_interval(p, len(values), exact) for p in adjusted]).T
    least = np.where(np.isnan(observed), np.nan, [test.smallest_p for test in tests])
    p = np.array([test.p_value for test in tests])
    return {"p_value": p, "smallest_p": least, "p_adjusted": adjusted, "low": low, "high": high}


def _table(panel: Panel, view: Joint, pairs: PairChanges) -> pd.DataFrame:
    k, group = view.n_departments, view.departments[0]
    of, to = np.divmod(np.arange(k * k), k)
    names = np.array(panel.group_names, dtype=object)
    room = pairs.cells * view.unit
    before, after = (_ties(view, values, panel.directed) for values in (view.first, view.second))
    answered = np.bincount(group[view.cells.senders & view.cells.people()], minlength=k)
    # An undirected tie between two departments is one for each of them; within one it is one for two people.
    share = 1.0 if panel.directed else np.where(of == to, 2.0, 1.0)
    return pd.DataFrame(
        {
            "sender": names[of],
            "receiver": names[to],
            "cells": np.round(room).astype(int),
            "before": np.round(before).astype(int),
            "after": np.round(after).astype(int),
            "change": ratio(after - before, room),
            "change_per_person": ratio(share * (after - before), answered[of].astype(float)),
            "changed": pairs.changed,
        }
    )


def _ties(view: Joint, values: FloatArray, directed: bool) -> FloatArray:
    """Ties of each pair of departments, unordered ones with the lower department first: (k * k,)."""
    k, group = view.n_departments, view.departments[0]
    of, to = group[view.sender], group[view.receiver]
    place = of * k + to if directed else np.minimum(of, to) * k + np.maximum(of, to)
    return add_up(place, values, k * k) * view.unit
