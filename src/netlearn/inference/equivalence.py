"""Is the change smaller than what matters? Two one-sided tests against a margin that was named beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from netlearn.inference.dyadic import Rung
from netlearn.wording.shown import Shown


@dataclass(frozen=True)
class Equivalence(Shown):
    """Answer to "is the change smaller than what matters?".

    Attributes
    ----------
    margin : float
        Smallest change that matters, in the unit that is told (colleagues per person for densities).
    low, high : float
        Interval of the change at level 1 - 2 alpha, in the same unit.
    p_value : float
        Larger p of the two one-sided tests; NaN where the change has no interval.
    equivalent : bool
        The whole interval lies inside the margin: p <= alpha.
    """

    margin: float
    low: float
    high: float
    p_value: float
    equivalent: bool


def equivalence(person: Rung, margin: float, alpha: float, scale: float = 1.0) -> Equivalence:
    """Test whether a change lies between -margin and margin (Schuirmann 1987, J. Pharmacokinetics 15).

    Parameters
    ----------
    person : Rung
        Estimate, standard error and degrees of freedom of the change.
    margin : float
        Over 0, in the unit of estimate x scale.
    alpha : float
    scale : float
        What the estimate is multiplied by to be told.

    Examples
    --------
    A change of 0 with standard error 1 and 9 degrees of freedom is well inside 3, since 1.833 < 3:

    >>> from netlearn.inference.dyadic import rung
    >>> found = equivalence(rung("person", 0.0, 1.0, 10, 0.05, "two-sided"), 3.0, 0.05)
    >>> round(found.high, 3), found.equivalent
    (1.833, True)
    """
    if not np.isfinite(person.se):
        return Equivalence(margin, np.nan, np.nan, np.nan, False)
    estimate, se = person.estimate * scale, person.se * abs(scale)
    half = float(stats.t.ppf(1 - alpha, person.df)) * se
    p = float(stats.t.sf((margin - abs(estimate)) / se, person.df))
    p = max(p, float(np.finfo(float).tiny))
    return Equivalence(margin, estimate - half, estimate + half, p, p <= alpha)
