"""`compare_department_pairs`: change from each department to each, with p-values that hold for the whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from netlearn.analysis.joint import FloatArray, Joint, joint
from netlearn.errors import NetlearnError
from netlearn.inference.max_t import PairChanges, pair_changes, shrunk
from netlearn.inference.multiplicity import max_t
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import check_draws, p_value, rearranged
from netlearn.inference.rearrange import Swaps
from netlearn.measures.mixing import ratio
from netlearn.study.cells import add_up
from netlearn.study.panel import Panel, two_waves
from netlearn.wording import Language
from netlearn.wording import department_pairs as words


@dataclass(frozen=True, eq=False)
class DepartmentPairs:
    """The change from each department to each, with p-values that hold for the whole table.

    Attributes
    ----------
    relation : str
    waves : (earlier, later)
    table : DataFrame
        One row per ordered pair of departments (each pair once if undirected; a department with itself is a pair):
        sender, receiver; cells (observed in both waves), before, after (ties); change (share of cells, -1 to 1),
        change_per_person (colleagues in the receiving department per answering person of the sending one); changed
        (pairs of people who changed it); statistic (change / dyadic-robust standard error) and its df; p_value (wave
        swap); p_adjusted (max-T over the table). NaN where too few pairs of people changed to reach alpha.
    alpha : float
    draws : int
        Draws, or rearrangements counted.
    exact : bool
        Every rearrangement was computed.
    """

    relation: str
    waves: tuple[str, str]
    table: pd.DataFrame
    alpha: float
    draws: int
    exact: bool
    null = "wave_swap"

    @property
    def family(self) -> int:
        """How many pairs of departments were tested together."""
        return int(self.table["p_adjusted"].notna().sum())

    @property
    def found(self) -> pd.DataFrame:
        """The rows whose adjusted p is at most alpha."""
        return self.table[self.table["p_adjusted"] <= self.alpha]

    def sentence(self, language: Language = "en") -> str:
        """Say how many pairs of departments changed beyond chance, of how many that could be told."""
        if language not in get_args(Language):
            raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {language!r}.")
        return words.sentence(self, language)

    def __repr__(self) -> str:
        return self.sentence("en")

    def _repr_html_(self) -> str:
        return f"<p>{words.escape(self.sentence('en'))}</p>" + self.table.to_html(index=False)


def compare_department_pairs(
    panel: Panel,
    waves: tuple[str, str] | None = None,
    *,
    alpha: float = 0.05,
    draws: int = 1999,
    seed: int = 0,
    workers: Workers = 1,
) -> DepartmentPairs:
    """Compare the ties from every department to every department between two waves.

    Parameters
    ----------
    panel : Panel
    waves : (earlier, later), optional
        Default: the first and the last. Departments are those of the earlier one.
    alpha : float
        Chance of any false alarm in the whole table that is accepted. A pair of departments that so few pairs of people
        changed that its p could never reach alpha is left out of the family.
    draws : int
        Swaps of the waves; all are computed if there are no more.
    seed : int
    workers : int or str
        See `netlearn.inference.parallel.run_jobs`.

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
    All of them are computed after the same swaps of the two waves, pair of people by pair of people, and adjusted by
    max-T, step-down (Westfall & Young 1993). Before it is compared, the observed value is brought from t with its
    degrees of freedom to the normal scale: swaps know nothing of people who drift, and departments are small.

    What happens to a whole department at one time is found too: the table tells which departments changed, not why.

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
    tested = 2.0 ** (1 - pairs.changed) <= alpha
    t, df = (np.where(tested, x, np.nan) for x in pairs.observed())
    observed = shrunk(t, df)
    values, exact = rearranged(Swaps(pairs.n_changed), pairs, draws, seed, workers=workers)
    p = [p_value(z, values[:, c], exact=exact) for c, z in enumerate(observed)]
    table = _table(panel, view, pairs).assign(
        statistic=t, df=df, p_value=p, p_adjusted=max_t(observed, values, exact)
    )
    k = view.n_departments
    of, to = np.divmod(np.arange(k * k), k)
    kept = table if panel.directed else table[of <= to]
    return DepartmentPairs(
        panel.relation, (first, second), kept.reset_index(drop=True), alpha, len(values), exact
    )


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
