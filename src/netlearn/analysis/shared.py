"""What is compared between pairs who shared a room and pairs who did not: a model, and counts by kind of pair."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.pairs import BoolArray, FloatArray, IntArray, Pairs
from netlearn.inference.logit import dependent
from netlearn.inference.regression import n_pairs
from netlearn.study.cells import add_up

MANY = 3  # shared rooms from here on are one row of the dose table


def model(data: Pairs, exposed: FloatArray) -> tuple[FloatArray, dict[str, FloatArray]]:
    """Outcome and predictors as matrices, each less its mean in the two strata; controls that say nothing left out."""
    known = np.ones(len(data.i), bool)
    columns = {"before": data.before, "same": data.same}
    if data.directed:
        columns["back"] = data.back
        known = ~np.isnan(data.back)
    kinds = data.layers[known]
    made = {name: _within(values[known], kinds) for name, values in columns.items()}
    kept: dict[str, FloatArray] = {}
    for name, values in (*made.items(), ("shared", _within(exposed[known], kinds))):
        planes = np.array([np.ones(len(values)), *kept.values(), values])
        if dependent(planes) is None:
            kept[name] = values
    outcome = _within(data.after[known], kinds)

    def square(values: FloatArray) -> FloatArray:
        every = np.full(len(known), np.nan)
        every[known] = values
        return data.square(every)

    return square(outcome), {name: square(values) for name, values in kept.items()}


def _within(values: FloatArray, kinds: IntArray) -> FloatArray:
    """Values less their mean in each kind; with one kind as they are."""
    if not len(kinds) or kinds.max() == 0:
        return values
    size = kinds.max() + 1
    count = np.maximum(add_up(kinds, np.ones(len(kinds)), size), 1)
    rest = values - (add_up(kinds, values, size) / count)[kinds]
    return np.where(np.abs(rest) < 1e-12, 0.0, rest)


def beyond(y: FloatArray, x: dict[str, FloatArray]) -> FloatArray:
    """Outcome less what the predictors other than sharing a room expect of it: (n, n), 0 where nothing is known."""
    known = ~np.isnan(y)
    planes = np.array(
        [np.ones(known.sum()), *(values[known] for name, values in x.items() if name != "shared")]
    )
    rest = np.zeros_like(y)
    rest[known] = y[known] - np.linalg.lstsq(planes.T, y[known], rcond=None)[0] @ planes
    return rest


def groups(data: Pairs) -> pd.DataFrame:
    """Count what pairs together and comparable pairs could have formed or ended, and what they did."""
    rows: list[dict[str, Any]] = [{"group": g} for g in ("together", "comparable", "comparable_same_mix")]
    kinds = np.unique(data.layers * 2 + data.same.astype(np.int64), return_inverse=True)[1]
    for cells, happened, share, before in (
        ("open", "formed", "formation", 0),
        ("ties", "dissolved", "dissolution", 1),
    ):
        here, changed = data.before == before, data.after != data.before
        for row, chosen in zip(rows, (here & data.together, here & ~data.together), strict=False):
            size, many = int(chosen.sum()), int((chosen & changed).sum())
            row |= {cells: size, happened: many, share: many / size if size else np.nan}
            row[f"{cells}_people"] = _people(data, chosen)
        mixed = _same_mix(kinds[here], data.together[here], changed[here])
        rows[2] |= {cells: np.nan, happened: np.nan, share: mixed, f"{cells}_people": np.nan}
    return pd.DataFrame(rows)


def _people(data: Pairs, chosen: BoolArray) -> int:
    """Count the people whose answers some cells hold."""
    i, j = data.i[chosen], data.j[chosen]
    return len(np.unique(i if data.directed else np.concatenate([i, j])))


def _same_mix(kinds: IntArray, together: BoolArray, changed: BoolArray) -> float:
    """Share that changed among comparable pairs, weighing their kinds as they occur among those together.

    NaN if no kind has both.
    """
    size = int(kinds.max(initial=-1)) + 1
    ours, others, moved = (add_up(kinds, c, size) for c in (together, ~together, ~together & changed))
    met = others > 0
    if not ours[met].any():
        return float("nan")
    return float(ours[met] @ (moved[met] / others[met]) / ours[met].sum())


def dose(data: Pairs) -> pd.DataFrame:
    """Count the same by number of shared rooms."""
    rows = []
    for many in range(MANY + 1):
        here = data.rooms == many if many < MANY else data.rooms >= many
        row: dict[str, Any] = {"shared": str(many) if many < MANY else f"{MANY}+"}
        row["n_dyads"] = n_pairs(data.i[here], data.j[here], data.n)
        for names, before, after in (
            (("open", "formed", "formation"), 0, 1),
            (("ties", "dissolved", "dissolution"), 1, 0),
        ):
            possible = here & (data.before == before)
            size, happened = int(possible.sum()), int((possible & (data.after == after)).sum())
            row |= zip(names, (size, happened, happened / size if size else np.nan), strict=True)
            row[f"{names[0]}_people"] = _people(data, possible)
        rows.append(row)
    return pd.DataFrame(rows)
