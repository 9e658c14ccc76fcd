"""Answers to a scale as a matrix: people by items in one wave, or scores of people by waves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from netlearn.analysis.data import StudyData
from netlearn.errors import NetlearnError
from netlearn.outcomes.scores import FloatArray, Span, scores
from netlearn.outcomes.scores import turned as turned_items
from netlearn.study.plan import ScalePlan, Study
from netlearn.survey.answers import ANSWERED


def scale_plan(study: Study, name: str) -> ScalePlan:
    """Return the plan of a scale.

    Raises
    ------
    NetlearnError
        The study has no such scale.
    """
    for plan in study.scales:
        if plan.name == name:
            return plan
    known = ", ".join(plan.name for plan in study.scales) or "none"
    raise NetlearnError(f"no scale {name!r} in the study; it has {known}.")


def scale_items(plan: ScalePlan, subscale: str = "") -> tuple[str, ...]:
    """Return the items of a scale, or of a subscale of it, in their order.

    Raises
    ------
    NetlearnError
        The scale has no such subscale.

    Examples
    --------
    >>> plan = ScalePlan("s", items={"q1": "", "q2": "", "q3": ""}, subscales={"end": ("q2", "q3")})
    >>> scale_items(plan), scale_items(plan, "end")
    (('q1', 'q2', 'q3'), ('q2', 'q3'))
    """
    if not subscale:
        return tuple(plan.items)
    if subscale not in plan.subscales:
        known = ", ".join(plan.subscales) or "none"
        raise NetlearnError(f"no subscale {subscale!r} in scale {plan.name!r}; it has {known}.")
    return tuple(plan.subscales[subscale])


def scale_range(plan: ScalePlan) -> Span | None:
    """Return the lowest and highest level of a scale: its range, else those of its levels; None without either.

    Examples
    --------
    >>> scale_range(ScalePlan("s", levels={"never": 1, "often": 4})), scale_range(ScalePlan("s"))
    ((1, 4), None)
    """
    if plan.range is not None:
        return plan.range
    levels = plan.levels.values()
    return (min(levels), max(levels)) if levels else None


def minimum_items(plan: ScalePlan, subscale: str = "") -> int:
    """Return how many items a person must have answered; of a subscale the same share of its items, rounded up.

    Examples
    --------
    Three of four items, so at least two of the two in the subscale:

    >>> plan = ScalePlan("s", items=dict.fromkeys("abcd", ""), minimum_items=3, subscales={"x": ("a", "b")})
    >>> minimum_items(plan), minimum_items(plan, "x")
    (3, 2)
    """
    return -(-plan.minimum_items * len(scale_items(plan, subscale)) // max(len(plan.items), 1))


def item_matrix(
    data: StudyData, scale: str, wave: str, subscale: str = "", *, turned: bool = False
) -> tuple[tuple[str, ...], FloatArray]:
    """Return the answers to a scale in one wave.

    Parameters
    ----------
    data : StudyData
    scale, wave, subscale : str
    turned : bool
        Turn the items that count the other way round; otherwise answers are as they were given.

    Returns
    -------
    (codes, matrix) : tuple of n str, (n, m) float
        The people who were there, and their levels by item; NaN for everything but an answer. No rows where the scale
        was not asked.

    Raises
    ------
    NetlearnError
        There is no such scale or subscale; with `turned` also an answer outside the range, or no range.
    """
    plan = scale_plan(data.study, scale)
    items = scale_items(plan, subscale)
    rows = data.answers
    rows = rows[(rows["scale"] == scale) & (rows["wave"] == wave) & rows["item"].isin(items)]
    codes = tuple(dict.fromkeys(rows["person"].astype(str)))
    matrix = np.full((len(codes), len(items)), np.nan)
    row = {code: at for at, code in enumerate(codes)}
    told = rows[rows["state"] == ANSWERED]
    at = [row[code] for code in told["person"].astype(str)], [items.index(item) for item in told["item"]]
    matrix[at] = told["value"].to_numpy(dtype=float)
    return codes, turned_items(matrix, _turned_columns(plan, items), scale_range(plan)) if turned else matrix


def score_matrix(data: StudyData, scale: str, subscale: str = "") -> pd.DataFrame:
    """Return the scores of a scale, or of a subscale.

    Parameters
    ----------
    data : StudyData
    scale, subscale : str

    Returns
    -------
    DataFrame
        Rows: people (codes), in the order of the answers, which is not that of a panel: bring them together by code
        (`frame.reindex(panel.ids)`). Columns: every wave of the study, in order of time. NaN for a person without
        enough answers, and where the scale was not asked.

    Raises
    ------
    NetlearnError
        As in `item_matrix`.
    """
    plan = scale_plan(data.study, scale)
    items = scale_items(plan, subscale)
    columns = {}
    for wave in data.study.waves:
        codes, matrix = item_matrix(data, scale, wave.label, subscale)
        found = scores(
            matrix,
            how=plan.score,
            minimum=minimum_items(plan, subscale),
            reversed=_turned_columns(plan, items),
            range=scale_range(plan),
        )
        columns[wave.label] = pd.Series(found, index=list(codes), dtype=float)
    people = list(dict.fromkeys(code for column in columns.values() for code in column.index))
    table = pd.DataFrame({label: column.reindex(people) for label, column in columns.items()})
    return table.rename_axis(index="person", columns="wave").astype(np.float64)


def _turned_columns(plan: ScalePlan, items: tuple[str, ...]) -> list[int]:
    return [at for at, item in enumerate(items) if item in plan.reversed]
