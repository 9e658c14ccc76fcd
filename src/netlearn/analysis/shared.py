"""What is compared between pairs who shared a room and pairs who did not: a model, kinds of pairs, counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.pairs import BoolArray, FloatArray, IntArray, Pairs
from netlearn.inference.logit import dependent
from netlearn.inference.matched import Contrast
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


def contrast(data: Pairs, measure: str) -> tuple[Contrast, BoolArray]:
    """Cells without a tie before (or with one), and which of them are of people together."""
    here = data.before == (0 if measure == "formed" else 1)
    happened = data.after[here] if measure == "formed" else 1 - data.after[here]
    codes = (data.layers * 2 + data.same.astype(np.int64))[here]
    kind = np.unique(codes, return_inverse=True)[1]
    made = Contrast(data.i[here], data.j[here], data.n, data.n_people, happened, kind)
    return made, data.together[here]


def groups(data: Pairs) -> pd.DataFrame:
    """Count what pairs together and comparable pairs could have formed or ended, and what they did."""
    rows: list[dict[str, Any]] = [{"group": g} for g in ("together", "comparable", "comparable_same_mix")]
    for measure, cells in (("formed", "open"), ("dissolved", "ties")):
        made, together = contrast(data, measure)
        estimate, _ = made.difference(together)
        share = "formation" if measure == "formed" else "dissolution"
        for row, chosen in zip(rows, (together, ~together), strict=False):
            size, happened = int(chosen.sum()), float(made.happened[chosen].sum())
            row |= {cells: size, measure: happened, share: happened / size if size else np.nan}
        (n1, s1), (n0, _) = made.counts(together), made.counts(~together)
        met = n0 > 0
        own = s1[met].sum() / n1[met].sum() if n1[met].any() else np.nan
        rows[2] |= {cells: np.nan, measure: np.nan, share: own - estimate}
    return pd.DataFrame(rows)


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
        rows.append(row)
    return pd.DataFrame(rows)
