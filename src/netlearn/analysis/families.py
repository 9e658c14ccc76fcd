"""Whole families at once: brokerage with its null, segregation, the triad census, a department table by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from netlearn.analysis.joint import net
from netlearn.analysis.measure import Measurable, check_level, measure, panel_of, values
from netlearn.errors import NetlearnError
from netlearn.inference.jackknife import jackknife_rung
from netlearn.measures import brokerage as roles
from netlearn.measures.broker_null import Moments, RoleNull, role_null
from netlearn.measures.catalogue import CATALOGUE, Level, find
from netlearn.measures.distance import Decay, decay
from netlearn.measures.mixing import within_cross
from netlearn.measures.net import Net
from netlearn.measures.triads import TRIADS
from netlearn.measures.triads import triad_census as count_triads
from netlearn.study.panel import Panel, two_waves


def _wave(source: Measurable, wave: str | None, group: Any) -> tuple[Panel, str, Net]:
    panel = panel_of(source, group)
    label = panel.labels[-1] if wave is None else wave
    return panel, label, net(panel, label, panel.wave(label).cells)


def brokerage(
    source: Measurable,
    wave: str | None = None,
    *,
    by: Level = "network",
    partial: bool = False,
    group: Any = None,
) -> pd.DataFrame:
    """Count brokerage by role, beside what chance would give.

    Parameters
    ----------
    source : Panel, networkx graph or (n, n) array
        With `group` as in `measure`.
    wave : str, optional
        Default: the last. Every cell observed in that wave counts.
    by : "network", "department" or "person"
    partial : bool
        A broker shares the credit for a pair with all who connect it (UCINET's partial credit); counts only.
    group : optional

    Returns
    -------
    DataFrame
        level, role (coordinator, itinerant, representative, gatekeeper, liaison, total), count, expected, sd, z. The
        null: departments fixed, every cell a tie with the same probability (Gould & Fernandez 1989). Counts beside a
        null are of people who answered and could be named. By department the expected counts add up, sd and z are NaN.

    Examples
    --------
    0 -> 1 -> 2 with 2 in another department: 1 represents.

    >>> table = brokerage(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]), group=["A", "A", "B"])
    >>> table.set_index("role")["count"].to_dict()["representative"]
    1.0
    """
    panel, _, here = _wave(source, wave, group)
    check_level(by)
    if partial:
        nothing = np.full((here.n, len(roles.ROLES)), np.nan)
        people = Moments(roles.partial_role_counts(here), nothing, nothing)
        network = Moments(_column_sums(people.counts), nothing[0], nothing[0])
    else:
        null = role_null(here) if here.directed else _without_null(here)
        people, network = null.people, null.network
    if by == "person":
        return _roles(panel.ids, people)
    if by == "department":
        sums = [roles.by_unit(here, table) for table in (people.counts, people.expected)]
        return _roles(panel.group_names, Moments(sums[0], sums[1], np.full_like(sums[0], np.nan)))
    return _roles(
        ["network"], Moments(*(np.atleast_2d(t) for t in (network.counts, network.expected, network.sd)))
    )


def _column_sums(counts: np.ndarray) -> np.ndarray:
    """Add up people, leaving out those without a value; NaN where nobody has one."""
    return np.where(np.isfinite(counts).any(axis=0), np.nansum(counts, axis=0), np.nan)


def _without_null(here: Net) -> RoleNull:
    counts = roles.role_counts(here)
    nothing = np.full_like(counts, np.nan)
    return RoleNull(Moments(counts, nothing, nothing), Moments(_column_sums(counts), nothing[0], nothing[0]))


def _roles(names: Any, found: Moments) -> pd.DataFrame:
    k = len(roles.ROLES)
    return pd.DataFrame(
        {
            "level": np.repeat(list(names), k),
            "role": np.tile(roles.ROLES, len(names)),
            "count": np.ravel(found.counts),
            "expected": np.ravel(found.expected),
            "sd": np.ravel(found.sd),
            "z": np.ravel(found.z),
        }
    )


def role_changes(panel: Panel, waves: tuple[str, str] | None = None) -> pd.DataFrame:
    """Tell how brokerage roles changed between two waves, on the cells observed in both.

    Returns
    -------
    DataFrame
        role, earlier, later, change (brokered pairs), and people who brokered in this role both times, only earlier,
        only later. For an interval of a change: `compare(panel, "brokerage_liaison")`.
    """
    labels = two_waves(panel, waves)
    cells = panel.joint_cells(labels)
    first, second = (roles.role_counts(net(panel, label, cells)) for label in labels)
    had, has = first > 0, second > 0
    return pd.DataFrame(
        {
            "role": roles.ROLES,
            "earlier": _column_sums(first),
            "later": _column_sums(second),
            "change": _column_sums(second) - _column_sums(first),
            "both": (had & has).sum(axis=0),
            "only_earlier": (had & ~has).sum(axis=0),
            "only_later": (~had & has).sum(axis=0),
        }
    )


def segregation(
    source: Measurable,
    wave: str | None = None,
    *,
    by: Literal["network", "department", "person"] = "network",
    group: Any = None,
) -> pd.DataFrame:
    """Compute the whole segregation family for one wave; columns as in `measure`.

    Examples
    --------
    >>> y = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    >>> segregation(y, group=["A", "A", "B"]).set_index("measure")["estimate"].round(3)["ei_index"]
    np.float64(-0.333)
    """
    panel, label, _ = _wave(source, wave, group)
    check_level(by)
    names = [name for name, row in CATALOGUE.items() if row.family == "segregation" and row.has(by)]
    return measure(panel, names, by=by, waves=[label])


def triad_census(source: Measurable, wave: str | None = None, *, group: Any = None) -> pd.Series:
    """Count the 16 kinds of triads among people who all answered about each other.

    Examples
    --------
    >>> triad_census(np.array([[0, 1, 0], [1, 0, 1], [0, 0, 0]]), group=["A", "A", "B"])["111U"]
    np.int64(1)
    """
    _, label, here = _wave(source, wave, group)
    return pd.Series(count_triads(here), index=list(TRIADS), name=label)


def measure_table(ties: ArrayLike, cells: ArrayLike) -> pd.DataFrame:
    """Compute every measure that a department-by-department table is enough for.

    Parameters
    ----------
    ties, cells : (k, k)
        Ties, and pairs that could be ties, from row department to column department. For people in departments of
        sizes n, all asked: cells = outer(n, n) - diag(n).

    Returns
    -------
    DataFrame
        measure, unit, estimate.

    Examples
    --------
    >>> measure_table([[3, 1], [0, 2]], [[6, 9], [9, 6]]).set_index("measure")["estimate"]["ei_index"].round(3)
    np.float64(-0.667)
    """
    t, c = np.asarray(ties, dtype=float), np.asarray(cells, dtype=float)
    if t.ndim != 2 or t.shape[0] != t.shape[1] or t.shape != c.shape:
        raise NetlearnError(f"ties and cells must be square and of one shape; got {t.shape} and {c.shape}.")
    if (t < 0).any() or (t > c).any():
        raise NetlearnError(
            "ties must lie between 0 and the cells: a pair of departments has more ties than cells."
        )
    rows = []
    for name, row in CATALOGUE.items():
        if row.value is not None:
            tables = (within_cross(t), within_cross(c)) if row.kind == "classes" else (t, c)
            rows.append((name, row.unit, float(row.value(*tables))))
    return pd.DataFrame(rows, columns=["measure", "unit", "estimate"])


def distance_decay(
    source: Measurable,
    coordinates: Any,
    wave: str | None = None,
    *,
    limits: ArrayLike | None = None,
    bands: int = 5,
    group: Any = None,
) -> Decay:
    """Tell how ties thin out with the distance between the sites of the departments.

    Parameters
    ----------
    source : Panel, networkx graph or (n, n) array
    coordinates : mapping department -> (x, y), or (k, 2) or (n, 2) array
        In one unit, kilometres for example; departments in the panel's order, or one site per person.
    wave : str, optional
        Default: the last.
    limits : increasing numbers, optional
        Upper limits of the bands; default: one band for distance 0, and `bands` with about as many observed cells each.

    Returns
    -------
    Decay
        Per band: limits, observed cells, ties, density; and the slope of the log odds of a tie on the log distance.
        See `netlearn.measures.distance.decay`.

    Raises
    ------
    NetlearnError
        A department has no coordinates.
    """
    panel, _, here = _wave(source, wave, group)
    if isinstance(coordinates, Mapping):
        lacking = [name for name in panel.group_names if name not in coordinates]
        if lacking:
            raise NetlearnError(f"coordinates lack the department(s) {', '.join(lacking)}.")
        sites = np.array([coordinates[name] for name in panel.group_names], dtype=float)
        return decay(here, sites[here.group], limits=limits, bands=bands)
    if here.n == here.k:
        raise NetlearnError("there are as many people as departments; give coordinates by department name.")
    return decay(here, coordinates, limits=limits, bands=bands)


def compare_departments(
    panel: Panel,
    measure: str = "ei_index",
    waves: tuple[str, str] | None = None,
    *,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Compare a measure between two waves for each department, on the cells observed in both.

    Parameters
    ----------
    panel, measure, waves, alpha
        As in `compare`; the measure must be defined by department.

    Returns
    -------
    DataFrame
        measure, level (department), unit, wave, estimate, low, high, n_people, n_dyads. The intervals come from leaving
        out one person of the panel at a time; they describe: they are many, and not corrected for it.

    Examples
    --------
    >>> y = np.zeros((4, 4)); later = y.copy(); later[0, 2] = 1
    >>> panel = Panel.from_arrays({"a": y, "b": later}, ["A", "A", "B", "B"])
    >>> compare_departments(panel, "cross_density")["estimate"].tolist()
    [0.25, 0.0]
    """
    row = find(measure)
    if not row.has("department"):
        raise NetlearnError(f"{measure} is not defined by department.")
    if not 0 < alpha < 1:
        raise NetlearnError(f"alpha must lie between 0 and 1; got {alpha!r}.")
    first, second = two_waves(panel, waves)
    cells = panel.joint_cells((first, second))
    nets = [net(panel, label, cells) for label in (first, second)]

    def change(gone: np.ndarray) -> np.ndarray:
        before, after = (values(here.without(gone), row, "department") for here in nets)
        return after - before

    estimate = change(np.zeros(panel.n, bool))
    people = np.flatnonzero(cells.people())
    left = np.array([change(np.arange(panel.n) == i) for i in people]).reshape(len(people), len(estimate))
    answered = np.bincount(nets[0].unit[cells.senders & cells.people()], minlength=len(estimate))
    rungs = [
        jackknife_rung("person", float(e), left[:, g], alpha, "two-sided", int(answered[g]))
        for g, e in enumerate(estimate)
    ]
    table = _by_department(panel, row.name, (first, second))
    return table.assign(estimate=estimate, low=[r.low for r in rungs], high=[r.high for r in rungs])


def _by_department(panel: Panel, name: str, waves: tuple[str, str]) -> pd.DataFrame:
    """Return the rows of the departments, with the pair of waves instead of one."""
    table = measure(panel, name, by="department", waves=waves)
    first = table[table["wave"] == waves[0]].reset_index(drop=True)
    return first.assign(wave=f"{waves[0]} -> {waves[1]}")
