"""What people told of themselves, put side by side: levels and items of the same people at two times, by department."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.analysis.compare import FEW_DEPARTMENTS
from netlearn.analysis.data import StudyData
from netlearn.analysis.scale_matrix import item_matrix, scale_items, scale_plan, score_matrix
from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import Rung, department_rung
from netlearn.outcomes.ordinal import OrdinalShift, average_shift, ordinal_shift
from netlearn.study.beyond import GapPlan
from netlearn.study.planned import Alternative
from netlearn.study.regroup import regroup

FloatArray = NDArray[np.float64]
Waves = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Levels:
    """Required and present level of the same people at two times.

    Attributes
    ----------
    people : tuple of str
        Codes.
    required, present : (before, after) of (n,) float
        NaN where there is none.
    """

    people: tuple[str, ...]
    required: tuple[FloatArray, FloatArray]
    present: tuple[FloatArray, FloatArray]


def gap_plan(data: StudyData, name: str) -> GapPlan:
    """Return the plan of a gap.

    Raises
    ------
    NetlearnError
        The study has no such gap.
    """
    for plan in data.study.gaps:
        if plan.name == name:
            return plan
    known = ", ".join(plan.name for plan in data.study.gaps) or "none"
    raise NetlearnError(f"no gap {name!r} in the study; it has {known}. Add a [[gaps]] table to study.toml.")


def gap_levels(data: StudyData, plan: GapPlan, waves: Waves, subscale: str = "") -> Levels:
    """Return both levels of everybody who told one of them at some time."""
    required, present = (score_matrix(data, name, subscale) for name in (plan.required, plan.present))
    people = list(dict.fromkeys([*required.index, *present.index]))
    pairs = [
        tuple(table.reindex(people)[label].to_numpy(dtype=float) for label in waves)
        for table in (required, present)
    ]
    return Levels(tuple(people), (pairs[0][0], pairs[0][1]), (pairs[1][0], pairs[1][1]))


def item_shift(
    data: StudyData, scale: str, waves: Waves, subscale: str, alternative: Alternative, alpha: float
) -> OrdinalShift:
    """Shift in log odds of a higher answer, averaged over the items of a scale or subscale."""
    plan = scale_plan(data.study, scale)
    items = scale_items(plan, subscale)
    tables = []
    for label in waves:
        codes, matrix = item_matrix(
            data, scale, label, subscale, turned=bool(set(items) & set(plan.reversed))
        )
        tables.append(pd.DataFrame(matrix, index=list(codes)))
    people = list(dict.fromkeys([*tables[0].index, *tables[1].index]))
    before, after = (table.reindex(people).to_numpy(dtype=float) for table in tables)
    shifts = [ordinal_shift(before[:, at], after[:, at], alpha=alpha) for at in range(len(items))]
    return average_shift(shifts, alternative=alternative, alpha=alpha)


def departments(data: StudyData, people: Sequence[str], group: str = "") -> list[str]:
    """Return the department of each person at baseline, or the value of another column of the roster; "" if unknown."""
    if not data.panels:
        return [""] * len(people)
    panel = next(iter(data.panels.values()))
    panel = regroup(panel, group) if group else panel
    known = dict(zip(panel.ids, panel.groups[0].tolist(), strict=True))
    return [panel.group_names[known[code]] if code in known else "" for code in people]


def department_level(
    change: ArrayLike, names: Sequence[str], alternative: Alternative, alpha: float
) -> Rung | None:
    """Return the mean change of departments with t over departments; None with fewer than 3 of them.

    Parameters
    ----------
    change : (n,) float
        Per person, NaN where there is none.
    names : sequence of n str
        Departments; "" = unknown, and such people are left out.
    alternative : "two-sided", "greater" or "less"
    alpha : float

    Examples
    --------
    Means of three departments 1, 2 and 3: mean 2, standard error 1 / sqrt(3).

    >>> found = department_level([0, 2, 2, 3], ["A", "A", "B", "C"], "two-sided", 0.05)
    >>> found.estimate, round(found.se, 3), found.n_units
    (2.0, 0.577, 3)
    """
    table = pd.DataFrame({"change": np.asarray(change, dtype=float), "department": list(names)}).dropna()
    means = table[table["department"] != ""].groupby("department")["change"].mean()
    return department_rung(means.to_numpy(), alpha, alternative) if len(means) >= FEW_DEPARTMENTS else None


def asked_waves(data: StudyData, scales: Sequence[str]) -> tuple[str, ...]:
    """Return the waves in which somebody has a score on every one of some scales, in order of time."""
    tables = [score_matrix(data, name) for name in scales]
    return tuple(
        wave.label for wave in data.study.waves if all(table[wave.label].notna().any() for table in tables)
    )


def titles(data: StudyData, waves: Waves) -> Waves:
    """Return what a reader sees as the names of two waves.

    Raises
    ------
    NetlearnError
        The study has no such wave.
    """
    known = {wave.label: wave.title or wave.label for wave in data.study.waves}
    for label in waves:
        if label not in known:
            raise NetlearnError(f"no wave {label!r} in the study; it has {', '.join(known)}.")
    return known[waves[0]], known[waves[1]]
