"""`certainty`: what stands behind each p: how it was counted, how small it could be, how often the test errs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from netlearn.analysis.against_null import AgainstNull
from netlearn.analysis.compare import Change
from netlearn.analysis.randomization import RandomizationResult
from netlearn.inference.error_rates import error_rate
from netlearn.inference.permute import PermutationResult

Row = tuple[object, ...]

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


def certainty(found: Change | RandomizationResult | AgainstNull | PermutationResult) -> pd.DataFrame:
    """Tell what stands behind the p-values of a result.

    Parameters
    ----------
    found : Change, RandomizationResult, AgainstNull or PermutationResult
        From `netlearn.compare`, `randomization_test`, `against_null` or `qap_correlation`.

    Returns
    -------
    DataFrame
        Of a change a row for the default interval's p ("person") and one for the wave swap ("wave_swap") if it was
        drawn; else one row by the name of the null model. Columns: test, p_value, low and high (its 95 % Monte Carlo
        interval; equal to it where nothing was drawn), draws (0 = computed by formula), exact, smallest_p (NaN: a
        formula knows no smallest), error_low and error_high (shares of false alarms at p <= 0.05 measured where nothing
        changed, from the best to the worst of the worlds N0, N1 and N2, at the nearest number of people tried),
        error_events (the same where whole departments have events of their own, world N3). Error rates are NaN where
        nothing was measured: undirected and weighted ties, other measures, and null models of one wave, where the test
        errs by its own p if the model holds.

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
    if isinstance(found, Change):
        rows = _of_change(found)
    elif isinstance(found, RandomizationResult):
        tried = found.outcome == "cross_out_degree" and found.studentised
        key = f"assignment_redrawn:{found.by}"
        rate = error_rate(key, found.n_people) if tried else (np.nan, np.nan)
        rows = [(*_drawn(found.result.null, found.result), *rate, np.nan)]
    else:
        result = found.result if isinstance(found, AgainstNull) else found
        rows = [(*_drawn(result.null, result), np.nan, np.nan, np.nan)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_change(change: Change) -> list[Row]:
    p = change.p_value
    rows: list[Row] = [("person", p, p, p, 0, False, np.nan, *_rate("default", change))]
    if change.swap is not None:
        rows.append((*_drawn("wave_swap", change.swap), *_rate("wave_swap", change)))
    return rows


def _drawn(test: str, result: PermutationResult) -> Row:
    return (test, result.p_value, result.low, result.high, result.draws, result.exact, result.smallest_p)


def _rate(test: str, change: Change) -> tuple[float, float, float]:
    if change.weighted or "arc" not in set(change.ladder["level"]):
        return np.nan, np.nan, np.nan
    # The E-I index is twice the share of ties that cross, less 1: the same test.
    measure = "ei_index" if change.measure == "cross_share" else change.measure
    key = test if measure == "cross_density" else f"{test}:{measure}"
    return (*error_rate(key, change.n_people), error_rate(key, change.n_people, ("N3",))[1])
