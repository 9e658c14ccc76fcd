"""How often each test raises a false alarm, as measured by simulation: rejection rates where nothing changed.

The rates lie in `error_rates.csv` (test, n, world, rejection, replications), which `benchmarks/calibration.py` fills.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import log

NULL_WORLDS = ("N0", "N1", "N2")


def error_rate(test: str, n: int, worlds: Sequence[str] = NULL_WORLDS) -> tuple[float, float]:
    """Return the measured share of false alarms of a test, from the best to the worst world.

    Parameters
    ----------
    test : str
        As in the table. Of the cross density: default, wave_swap, department_t; of another measure with its name, such
        as default:ei_index. Popular tests: paired_t_out, sign_flip_out, paired_t_both, wilcoxon_both, mcnemar,
        vertex_bootstrap, qap_change, ei_labels, raw_did, mrqap_lagged.
    n : int
        People; the nearest number (by ratio) at which the test was tried counts.
    worlds : sequence of str
        Worlds without the change that is asked about; see `netlearn.planning.worlds.WORLDS`. Default: people alike, of
        unequal activity, and drifting.

    Returns
    -------
    (low, high) : float
        Shares from 0 to 1 of p <= 0.05; NaN where the test was not tried in these worlds, or is not in the table.

    Examples
    --------
    >>> low, high = error_rate("default", 150)
    >>> 0 < low <= high < 0.1
    True
    """
    tried = [row for row in _table() if row[0] == test and row[2] in worlds]
    if not tried:
        return float("nan"), float("nan")
    nearest = min((row[1] for row in tried), key=lambda size: abs(log(size / max(n, 1))))
    rates = [rate for _, size, _, rate in tried if size == nearest]
    return min(rates), max(rates)


@cache
def _table() -> tuple[tuple[str, int, str, float], ...]:
    text = files("netlearn.inference").joinpath("error_rates.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["test"], int(row["n"]), row["world"], float(row["rejection"])) for row in rows)
