"""Delete-one jackknife for measures that are no function of sums: leave out one person, or one department, at a time.

The factor is (m - 1) / m. For networks it errs towards wide intervals (Lin, Lunde & Sarkar 2020): for a mean over
pairs that change independently the variance is twice too large (Snijders & Borgatti 1999 therefore take half, which is
too small where people drift), for measures of paths and of isolates several times. Such an interval misses changes but
does not cry them; `docs/intervals.md` says for each measure how often it errs and how often it finds a planted change.
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
