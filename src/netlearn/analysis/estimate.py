"""A change and its standard errors: by influence values where the measure is smooth, else by leaving people out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netlearn.analysis.joint import FloatArray, Joint, net
from netlearn.inference import dyadic
from netlearn.inference.dyadic import Rung
from netlearn.inference.jackknife import jackknife_rung
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult
from netlearn.inference.swap import By, Estimator, wave_swap
from netlearn.measures.catalogue import MeasureRow
from netlearn.measures.mixing import within_cross_rows
from netlearn.measures.net import Net
from netlearn.study.panel import Panel


@dataclass(frozen=True, eq=False)
class Found:
    """The values of a measure in two waves, their difference, the SE ladder by level, and the wave swap."""

    values: tuple[float, float]
    estimate: float
    rungs: dict[str, Rung]
    swap: PermutationResult | None


def by_influence(
    view: Joint,
    row: MeasureRow,
    alpha: float,
    alternative: str,
    draws: int,
    seed: int,
    workers: Workers = 1,
) -> Found:
    """Estimate a smooth function of class sums, with dyadic-robust standard errors."""
    estimator = view.estimator(row)
    first, second, cells = view.class_sums()
    u = view.unit
    values = (
        float(estimator.value(first @ estimator.to_first * u, cells @ estimator.to_first * u)),
        float(estimator.value(second @ estimator.to_second * u, cells @ estimator.to_second * u)),
    )
    estimate = values[1] - values[0]
    swap = None
    if draws and np.isfinite(estimate) and row.kind == "classes":
        swap = _swap(view, estimator, draws, seed, alternative, workers)
    return Found(values, estimate, _ladder(view, estimator, row, estimate, alpha, alternative), swap)


def _swap(
    view: Joint, estimator: Estimator, draws: int, seed: int, alternative: str, workers: Workers
) -> PermutationResult:
    """Swap the two waves person by person, or pair by pair where a tie has no sender."""
    by: By = "sender" if view.unit == 1 else "pair"
    return wave_swap(view.pairs(), estimator, draws, seed, alternative, by=by, workers=workers)


def _ladder(
    view: Joint, estimator: Estimator, row: MeasureRow, estimate: float, alpha: float, alternative: str
) -> dict[str, Rung]:
    influence = view.influence(estimator)
    dyads = dyadic.dyad_square_sum(influence)
    n = view.n_senders
    person, df = dyadic.person_variance(dyadic.person_sums(influence), dyads, n, view.n_dyads)
    rungs = {}
    if view.unit == 1:  # in an undirected network a pair has one answer, so arcs are no level
        arcs = dyadic.arc_square_sum(influence)
        rungs["arc"] = dyadic.rung("arc", estimate, arcs, view.n_cells, alpha, alternative)
    rungs["dyad"] = dyadic.rung("dyad", estimate, dyads, view.n_dyads, alpha, alternative)
    rungs["person"] = dyadic.rung("person", estimate, person, n, alpha, alternative, df)
    if row.kind == "classes":
        rungs["department"] = dyadic.department_rung(_department_changes(view, row), alpha, alternative)
    else:
        left = _without_each_department(view, row)
        rungs["department"] = jackknife_rung("department", estimate, left, alpha, alternative)
    return rungs


def _department_changes(view: Joint, row: MeasureRow) -> FloatArray:
    """Change of the measure among the cells that each department answers (its own rows): (k,)."""
    values = []
    for which in (0, 1):
        ties, cells = (within_cross_rows(table) for table in view.department_tables(which))
        values.append(row.value(ties, cells) if row.value else np.nan)
    return np.asarray(values[1] - values[0], dtype=float)


def _without_each_department(view: Joint, row: MeasureRow) -> FloatArray:
    """Change of a table measure without each department in turn: (k,)."""
    tables = [view.department_tables(which) for which in (0, 1)]
    left = []
    for g in range(view.n_departments):
        stay = np.arange(view.n_departments) != g
        cut = [(t[np.ix_(stay, stay)], c[np.ix_(stay, stay)]) for t, c in tables]
        left.append(float(row.value(*cut[1]) - row.value(*cut[0])) if row.value else np.nan)
    return np.array(left)


def leave_out(
    panel: Panel,
    row: MeasureRow,
    waves: tuple[str, str],
    view: Joint,
    alpha: float,
    alternative: str,
    *,
    weighted: bool = False,
) -> Found:
    """Estimate any measure of a network; standard errors by leaving out one person, one department at a time."""
    nets = [net(panel, label, view.cells, weighted=weighted) for label in waves]
    values = [_value(row, here) for here in nets]
    estimate = values[1] - values[0]
    people = np.flatnonzero(view.cells.people())
    persons = [_difference(row, nets, np.arange(panel.n) == i) for i in people]
    home = panel.groups[0]
    departments = [_difference(row, nets, home == g) for g in np.unique(home[people])]
    rungs = {
        level: jackknife_rung(level, estimate, np.array(left), alpha, alternative, units)
        for level, left, units in (
            ("person", persons, view.n_senders),
            ("department", departments, None),
        )
    }
    return Found((values[0], values[1]), estimate, rungs, None)


def _value(row: MeasureRow, here: Net) -> float:
    return float(row.network(here)) if row.network else float("nan")


def _difference(row: MeasureRow, nets: list[Net], gone: np.ndarray) -> float:
    return _value(row, nets[1].without(gone)) - _value(row, nets[0].without(gone))
