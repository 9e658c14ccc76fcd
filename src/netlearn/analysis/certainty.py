"""`certainty`: what stands behind each p of a change: how it was counted, how small it could be, how often it errs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.inference.error_rates import error_rate

COLUMNS = [
    "test",
    "p_value",
    "low",
    "high",
    "draws",
    "exact",
    "smallest_p",
    "error_low",
    "error_high",
    "error_events",
]


def certainty(change: Change) -> pd.DataFrame:
    """Tell what stands behind the p-values of a change.

    Parameters
    ----------
    change : Change
        From `netlearn.compare`.

    Returns
    -------
    DataFrame
        A row for the default interval's p ("person") and one for the wave swap ("wave_swap") if it was drawn: test,
        p_value, low and high (its 95 % Monte Carlo interval; equal to it where nothing was drawn), draws (0 = computed
        by formula), exact, smallest_p (NaN: a formula knows no smallest), error_low and error_high (shares of false
        alarms at p <= 0.05 measured where nothing changed, from the best to the worst of the worlds N0, N1 and N2, at
        the nearest number of people that was tried; NaN where the measure was not tried, and for undirected and
        weighted ties), error_events (the same where whole departments have events of their own, world N3).

    Examples
    --------
    >>> from netlearn import Panel, compare
    >>> import numpy as np
    >>> before = np.zeros((4, 4)); before[0, 1] = before[2, 3] = 1
    >>> after = before.copy(); after[0, 2] = after[1, 3] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, ["A", "A", "B", "B"])
    >>> certainty(compare(panel))[["test", "draws", "exact", "smallest_p"]].values.tolist()
    [['person', 0, False, nan], ['wave_swap', 4, True, 0.5]]
    """
    p = change.p_value
    rows: list[tuple[object, ...]] = [("person", p, p, p, 0, False, np.nan, *_rate("default", change))]
    if change.swap is not None:
        swap = change.swap
        told = (swap.p_value, swap.low, swap.high, swap.draws, swap.exact, swap.smallest_p)
        rows.append(("wave_swap", *told, *_rate("wave_swap", change)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _rate(test: str, change: Change) -> tuple[float, float, float]:
    if change.weighted or "arc" not in set(change.ladder["level"]):
        return np.nan, np.nan, np.nan
    # The E-I index is twice the share of ties that cross, less 1: the same test.
    measure = "ei_index" if change.measure == "cross_share" else change.measure
    key = test if measure == "cross_density" else f"{test}:{measure}"
    return (*error_rate(key, change.n_people), error_rate(key, change.n_people, ("N3",))[1])
