"""How often each test raises a false alarm, as measured by simulation: rejection rates where nothing changed.

The rates lie in `error_rates.csv` (test, n, world, rejection, replications), which `benchmarks/calibration.py` fills.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import log
from typing import NamedTuple

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
    rates = [found.rejected for found in tried(test, n, worlds)]
    return (min(rates), max(rates)) if rates else (float("nan"), float("nan"))


class Tried(NamedTuple):
    """How often a test said "changed" in panels of one world at p <= 0.05."""

    test: str
    people: int
    world: str
    rejected: float
    replications: int


def tried(test: str, n: int, worlds: Sequence[str] = NULL_WORLDS) -> list[Tried]:
    """Return what was measured of a test in some worlds, at the number of people nearest to `n`; see `error_rate`.

    Examples
    --------
    >>> [(found.world, found.people) for found in tried("default", 150)]
    [('N0', 140), ('N1', 140), ('N2', 140)]
    """
    rows = [row for row in _table() if row.test == test and row.world in worlds]
    nearest = min((row.people for row in rows), key=lambda size: abs(log(size / max(n, 1))), default=0)
    return [row for row in rows if row.people == nearest]


@cache
def _table() -> tuple[Tried, ...]:
    text = files("netlearn.inference").joinpath("error_rates.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        Tried(row["test"], int(row["n"]), row["world"], float(row["rejection"]), int(row["replications"]))
        for row in rows
    )
