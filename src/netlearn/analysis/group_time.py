"""`group_time`: training that starts in turns, each starting group against those not yet trained."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.analysis.arms import as_wholes, check_assignment, check_place, own_values, who_was_trained
from netlearn.analysis.person_outcomes import PersonOutcome, person_outcome
from netlearn.errors import UndefinedError
from netlearn.inference.parallel import Workers
from netlearn.inference.staggered import GroupTime, redraw_starts
from netlearn.study.allocation import Allocation
from netlearn.study.panel import Panel
from netlearn.study.plan import Assignment

FloatArray = NDArray[np.float64]


class Staggered(NamedTuple):
    """Effects as arrays and as a table, the (waves, n) values they come from, and `as_wholes`."""

    found: GroupTime
    table: pd.DataFrame
    values: FloatArray
    whole: bool


def is_staggered(panel: Panel, assignment: Allocation, waves: tuple[str, str] | None) -> bool:
    """Tell whether people start in more than one wave after the first, and no two waves were chosen."""
    check_assignment(panel, assignment)
    starts = np.unique(assignment.start)
    inside = starts[(starts > 0) & (starts < len(panel.waves))]
    return assignment.by == "start-wave" and waves is None and len(inside) > 1


def group_time(
    panel: Panel,
    outcome: PersonOutcome | ArrayLike = "cross_out_degree",
    assignment: Allocation | Assignment | None = None,
    *,
    draws: int = 9999,
    seed: int = 0,
    workers: Workers = 1,
    progress: bool = False,
) -> pd.DataFrame:
    """Estimate the effect on every starting group in every wave, those not yet trained being the comparison.

    Parameters
    ----------
    panel : Panel
        Three waves or more to see anything but one start.
    outcome : str or (waves, n) array
        As in `randomization_test`, per person; NaN where missing.
    assignment : Allocation, or Assignment of the study file
        With the start wave of every person.

    Returns
    -------
    DataFrame
        group (the wave it starts in), wave, placebo (before the start, where no effect can be), n_trained,
        n_comparison, n_units (of both), estimate (change since the last wave before the start, minus that of the
        comparison), se (clustered by unit), p_value (start waves dealt again), smallest_p (that the row could have
        had), p_adjusted (max-T among all effects, or among all placebo rows). NaN where nobody is left to compare with.
        Where the standard error is 0 or undefined (one unit against one), se is NaN, p_value compares plain effects,
        and the row is in no family: p_adjusted is NaN.

    Notes
    -----
    Callaway & Sant'Anna (2021), Journal of Econometrics 225. The trained are never a comparison for later groups.

    Examples
    --------
    Two people start in the second wave, two in the third, two never; training adds 1 in its first wave and 3 in the
    next. In the third wave everybody else's change is 0.5:

    >>> import numpy as np
    >>> y = np.array([[0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0], [3.5, 3.5, 1.5, 1.5, 0.5, 0.5]])
    >>> empty = {w: np.zeros((6, 6)) for w in ("w0", "w1", "w2")}
    >>> panel = Panel.from_arrays(empty, list("AABBCC"))
    >>> made = Allocation.from_arrays(start=[1, 1, 2, 2, 3, 3])  # 3: not in these waves
    >>> group_time(panel, y, made)[["group", "wave", "placebo", "n_comparison", "estimate"]].values.tolist()
    [['w1', 'w1', False, 4, 1.0], ['w1', 'w2', False, 2, 3.0], ['w2', 'w0', True, 2, 0.0], ['w2', 'w2', False, 2, 1.0]]
    """
    how = {"draws": draws, "seed": seed, "workers": workers, "progress": progress}
    check_place(outcome)
    return staggered_effects(panel, outcome, who_was_trained(panel, assignment), **how).table


def staggered_effects(panel: Panel, outcome: Any, assignment: Allocation, **how: Any) -> Staggered:
    """Compute the effects."""
    check_assignment(panel, assignment)
    started = (assignment.start > 0) & (assignment.start < len(panel.waves))
    if not started.any():
        raise UndefinedError(
            "nobody starts training after the first wave: there is no wave before to compare with."
        )
    fresh = assignment.start > 0
    whole = as_wholes(panel, assignment, fresh, np.minimum(assignment.start, len(panel.waves)))
    values = values_by_wave(panel, outcome)
    if not (np.isfinite(values[:, started]).sum(axis=0) > 1).any():
        raise UndefinedError("nobody who starts training after the first wave has a value in two waves.")
    found = redraw_starts(values, assignment.unit, assignment.start, assignment.strata, **how)
    label = np.array(panel.labels, dtype=object)
    table = pd.DataFrame(
        {
            "group": label[found.group],
            "wave": label[found.wave],
            "placebo": found.placebo,
            "n_trained": found.n_trained,
            "n_comparison": found.n_comparison,
            "n_units": found.n_units,
            "estimate": found.effect,
            "se": found.se,
            "p_value": found.p,
            "smallest_p": found.smallest_p,
            "p_adjusted": found.adjusted_p,
        }
    )
    return Staggered(found, table, values, whole)


def values_by_wave(panel: Panel, outcome: Any) -> FloatArray:
    """Return the outcome of that name, or the user's own, of every person in every wave: (waves, n)."""
    if isinstance(outcome, str):
        named: Any = outcome
        return np.array([person_outcome(panel, named, label) for label in panel.labels])
    return own_values(outcome, (len(panel.waves), panel.n))
