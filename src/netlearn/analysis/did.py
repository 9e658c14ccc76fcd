"""Difference in differences over cells: the change of every cell on who of the two was trained, dyadic-robust."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from netlearn.analysis.arms import Arms
from netlearn.analysis.joint import joint
from netlearn.inference.regression import dyadic_regression
from netlearn.study.panel import Panel

FloatArray = NDArray[np.float64]
BESIDE = ["method", "level", "unit", "estimate", "se", "low", "high", "p_value", "n_units"]
PER = 100


def over_cells(
    panel: Panel, outcome: str, pair: tuple[str, str], split: Arms, alternative: str, alpha: float
) -> list[tuple[Any, ...]]:
    """Regress the change of each cell, in ties per 100, on whether its sender and its receiver were trained.

    Parameters
    ----------
    outcome : str
        Name of an outcome of `randomization_test`: it says whether cells across, within or all departments count.

    Returns
    -------
    list of tuple
        Two rows with the columns `BESIDE`; none where the two cannot be told apart.
    """
    view = joint(panel, *pair)
    change = np.where(split.cells(view.cells).dense(), 0.0, np.nan)
    kept = ~np.isnan(change[view.sender, view.receiver])
    change[view.sender[kept], view.receiver[kept]] = PER * (view.second - view.first)[kept]
    group = panel.group(pair[0])
    cross = group[:, None] != group
    if outcome != "out_degree":
        change[cross if outcome == "within_out_degree" else ~cross] = np.nan
    trained = np.broadcast_to(split.trained.astype(float)[:, None], change.shape)
    terms = {"sender trained": trained, "receiver trained": trained.T}
    if not panel.directed:
        terms = {"people trained": (trained + trained.T)}
    if _told_apart(change, list(terms.values())) <= len(terms):
        return []  # such as no cell between a trained and an untrained person
    found = dyadic_regression(
        change, terms, directed=panel.directed, level=1 - alpha, alternative=alternative
    )
    columns = ["estimate", "se", "low", "high", "p_value"]
    return [
        (f"regression over cells, {name}", "person", "points", *found.term(name)[columns], found.n_people)
        for name in terms
    ]


def _told_apart(change: FloatArray, terms: list[FloatArray]) -> int:
    """Count the coefficients, with the intercept, that the known cells can tell apart."""
    known = ~np.isnan(change) & ~np.eye(len(change), dtype=bool)
    kinds = np.unique(np.column_stack([values[known] for values in terms]), axis=0)
    return int(np.linalg.matrix_rank(np.column_stack([np.ones(len(kinds)), kinds]))) if len(kinds) else 0
