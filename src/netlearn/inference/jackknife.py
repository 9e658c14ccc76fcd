"""Delete-one jackknife for measures that are no function of sums: leave out one person, or one department, at a time.

The factor is (m - 1) / m. For networks it errs towards wide intervals: where pairs of people change independently the
variance is up to twice too large, where people drift it is right (Lin, Lunde & Sarkar 2020; Snijders & Borgatti 1999
use half of it, which is right only for independent pairs).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netlearn.inference.dyadic import Rung, rung


def jackknife_rung(
    level: str,
    estimate: float,
    left_out: NDArray[np.float64],
    alpha: float,
    alternative: str,
    n_units: int | None = None,
) -> Rung:
    """Make an interval from the estimates with one unit left out.

    Parameters
    ----------
    level : str
    estimate : float
        With everybody.
    left_out : (m,) float
        Estimate without each unit; units without which it is undefined (NaN) are left out of the sum.
    alpha, alternative
        As in `netlearn.compare`.
    n_units : int, optional
        Units for the degrees of freedom; default m.

    Returns
    -------
    Rung
        NaN interval where fewer than two units remain or nothing varies.

    Examples
    --------
    For a mean the jackknife gives the usual standard error, here of (1, 2, 3):

    >>> import numpy as np
    >>> round(jackknife_rung("person", 2.0, np.array([2.5, 2.0, 1.5]), 0.05, "two-sided").se, 4)
    0.5774
    """
    kept = left_out[np.isfinite(left_out)]
    m = len(kept)
    units = m if n_units is None else n_units
    variance = (m - 1) / m * float(((kept - kept.mean()) ** 2).sum()) if m > 1 else 0.0
    return rung(level, estimate, variance, units, alpha, alternative)
