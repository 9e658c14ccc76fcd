"""A planned outcome on ego networks: from the tables of the survey to `EgoChange`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego import EgoChange, compare_egos
from netlearn.analysis.ego_data import SCORE, EgoData, ego_networks
from netlearn.errors import NetlearnError
from netlearn.study.planned import Outcome
from netlearn.study.rawtable import plain

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EgoReading:
    """Ego networks of a relation as tests take them, and what was made of the departments that were told.

    Attributes
    ----------
    data : EgoData
    alters : DataFrame
        As in the tables of the survey, with departments as the roster spells them.
    departments : tuple of str
        Of the roster.
    strange : int
        Colleagues named whose department is spelled as none of the roster.
    """

    data: EgoData
    alters: pd.DataFrame
    departments: tuple[str, ...]
    strange: int


def run_ego(data: StudyData, outcome: Outcome, how: How) -> EgoChange:
    """Compare a planned ego measure between its two waves.

    Parameters
    ----------
    data : StudyData
        With `egos` of the outcome's relation.
    outcome : Outcome
        Of the family "ego"; `score` is a column with numbers of what was told about each colleague.
    how : How

    Raises
    ------
    NetlearnError
        No ego networks of the relation, no such column, an answer in it that is no number, or `group` is given.
    """
    if outcome.group:
        raise NetlearnError(
            f"{outcome.measure} counts departments, and `group` is a column of the roster, which does not hold the "
            "colleagues outside it. Leave `group` out of this outcome."
        )
    read = read_reading(data, outcome.relation, outcome.score if outcome.measure == SCORE else "")
    return compare_egos(
        read.data,
        outcome.measure,
        outcome.waves,
        alternative=outcome.alternative,
        alpha=outcome.alpha,
        draws=how.draws,
        seed=how.seed,
        workers=how.workers,
        margin=outcome.margin,
        title=outcome.title or (outcome.score if outcome.measure == SCORE else ""),
    )


def read_reading(data: StudyData, relation: str, score: str = "") -> EgoReading:
    """Take the ego networks of a relation, with departments spelled as in the roster where they are the same words.

    Departments of colleagues outside the roster are free text: only spaces at the ends and forms of letters are evened
    out, and any other spelling stays a department of its own.
    """
    if relation not in data.egos:
        known = ", ".join(data.egos) or "none"
        raise NetlearnError(
            f"no ego networks of relation {relation!r}; there are {known}. Use a relation of kind "
            '"name-generator" with files.'
        )
    tables = data.egos[relation]
    roster = _roster_departments(data, tables.egos)
    spelled = {plain(name): name for name in roster}
    told = ["" if pd.isna(v) else plain(str(v)) for v in tables.alters["department"]]
    homes = [spelled.get(text, text) or None for text in told]
    alters = tables.alters.assign(department=pd.Series(homes, index=tables.alters.index, dtype=object))
    strange = sorted(set(told) - set(spelled) - {""})
    if score:
        alters[score] = numbers(alters, score)
    labels = [wave.label for wave in data.study.waves]
    nets = ego_networks(
        tables.egos,
        alters,
        tables.ties,
        waves=labels,
        departments=[*roster, *strange],
        score=score or None,
    )
    outside = sum(text in strange for text in told)
    return EgoReading(nets, alters, tuple(roster), outside)


def _roster_departments(data: StudyData, egos: pd.DataFrame) -> list[str]:
    """Return the departments of the roster: of its panels where there are any, and those of the egos."""
    names = [name for panel in data.panels.values() for name in panel.group_names]
    return list(dict.fromkeys([*names, *sorted(map(str, egos["department"].dropna()))]))


def numbers(alters: pd.DataFrame, column: str) -> FloatArray:
    """Read a column of answers about colleagues as numbers, with decimal point or comma: (r,), NaN where empty.

    Raises
    ------
    NetlearnError
        No such column, or answers that are no numbers (they are counted and not repeated: they could be names).

    Examples
    --------
    >>> numbers(pd.DataFrame({"ease": ["4", "3,5", "", None]}), "ease").tolist()
    [4.0, 3.5, nan, nan]
    """
    if column not in alters:
        have = ", ".join(map(str, alters.columns))
        raise NetlearnError(
            f"no column {column!r} about the colleagues named; there are {have}. Name one of these as `score`, or add "
            "it to `alter_columns` of the relation."
        )
    texts = ["" if pd.isna(v) else plain(str(v)).replace(",", ".") for v in alters[column]]
    values = pd.to_numeric(pd.Series([text or None for text in texts], dtype=object), errors="coerce")
    found = values.to_numpy(dtype=float)
    bad = ~np.isfinite(found) & np.array([bool(text) for text in texts], dtype=bool)
    if bad.any():
        raise NetlearnError(
            f"column {column!r} about the colleagues named holds {int(bad.sum())} answers that are no numbers. "
            "Expected numbers such as 4 or 3,5. Export the codes of the answers instead of their wording."
        )
    return found
