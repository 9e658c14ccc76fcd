"""`detectable`: the smallest change that people as many as these would probably have shown; the chance of others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from netlearn.analysis.compare import Change
from netlearn.errors import NetlearnError
from netlearn.wording.terms import scale


def detectable(change: Change, power: float = 0.8) -> float:
    """Return the smallest true change that would have been told from zero with this power, given the uncertainty seen.

    (t quantile of the question at alpha + t quantile at the power) x standard error of the person level, with its
    degrees of freedom. It speaks of the design and of how much people moved, not of the change that was found; a
    smaller change is possible, it would only probably not be seen.

    Parameters
    ----------
    change : Change
        From `netlearn.compare`.
    power : float
        Chance of seeing such a change, from 0.5 to below 1.

    Returns
    -------
    float
        Over 0, in the units in which the change is told: colleagues per person for densities, percentage points for
        shares, else the measure's own. NaN where the change has no standard error.

    Raises
    ------
    NetlearnError
        The power is out of range.

    Source: Bloom (1995), Evaluation Review 19, 547-556.

    Examples
    --------
    Two-sided at 5 % with 20 degrees of freedom: 2.086 + 0.860 standard errors; ten units make a colleague here.

    >>> from types import SimpleNamespace
    >>> told = {"measure": "density", "weighted": False, "natural": (1.0, 0.0, 2.0), "alternative": "two-sided"}
    >>> found = SimpleNamespace(estimate=0.1, low=0.0, high=0.2, se=0.1, df=20.0, alpha=0.05, **told)
    >>> round(detectable(found), 3)
    2.946
    """
    if not 0.5 <= power < 1:
        raise NetlearnError(f"power must lie between 0.5 and 1; got {power!r}.")
    tail = change.alpha / 2 if change.alternative == "two-sided" else change.alpha
    quantiles = stats.t.ppf(1 - tail, change.df) + stats.t.ppf(power, change.df)
    return float(quantiles * change.se * scale(change)[0])


def chance_seen(change: Change, sizes: ArrayLike) -> NDArray[np.float64]:
    """Return the chance with which true changes of some sizes would have been told from zero; see `detectable`.

    Parameters
    ----------
    change : Change
        From `netlearn.compare`.
    sizes : (m,) float
        0 or more, in the units in which the change is told.

    Returns
    -------
    (m,) float
        From 0 to 1; at size 0 the chance of a false alarm, alpha. NaN where the change has no standard error.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> told = {"measure": "density", "weighted": False, "natural": (1.0, 0.0, 2.0), "alternative": "two-sided"}
    >>> found = SimpleNamespace(estimate=0.1, low=0.0, high=0.2, se=0.1, df=20.0, alpha=0.05, **told)
    >>> chance_seen(found, [0.0, detectable(found)]).round(3).tolist()
    [0.05, 0.8]
    """
    two = change.alternative == "two-sided"
    limit = stats.t.ppf(1 - (change.alpha / 2 if two else change.alpha), change.df)
    away = np.asarray(sizes, dtype=float) / (change.se * scale(change)[0])
    beyond = stats.t.cdf(away - limit, change.df)
    return np.asarray(beyond + stats.t.cdf(-away - limit, change.df) if two else beyond, dtype=float)
