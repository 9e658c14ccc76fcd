"""Contact where workplaces are tiny and lie apart: places for names used up, opportunity, areas, and distance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import compare
from netlearn.analysis.data import StudyData
from netlearn.analysis.joint import Joint, joint, net
from netlearn.analysis.measure import measure
from netlearn.analysis.nonresponse import display_pooling, without_few
from netlearn.inference.dyadic import Influence, dyad_square_sum, person_sums, person_variance, rung
from netlearn.measures.distance import decay, log_slope
from netlearn.measures.mixing import ratio
from netlearn.study.cells import add_up
from netlearn.study.panel import Panel
from netlearn.study.privacy import hide_pairs, people_behind, shown_share
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
OPPORTUNITY = ("ei_index", "cross_over_expected", "cross_position")
PER = 1000  # ties per so many pairs, by distance


def used_up(data: StudyData, relation: str, least: int) -> pd.DataFrame | None:
    """Count who used every place for names in each wave; they may have had more colleagues than they could name.

    Returns
    -------
    DataFrame or None
        wave, slots, answered, at_limit, share; missing = few people. None where the question has no fixed number of
        places.
    """
    plan, panel = data.study.relation(relation), data.panels[relation]
    slots = len(plan.slots) or plan.n_slots
    if not slots:
        return None
    egos, rows = data.egos.get(relation), []
    for wave in panel.waves:
        if egos is None:
            named = np.asarray(add_up(wave.sender, np.ones(len(wave.sender)), panel.n)[wave.cells.senders])
        else:
            told = egos.alters[egos.alters["wave"] == wave.label].groupby("ego").size()
            here = egos.egos[(egos.egos["wave"] == wave.label) & egos.egos["answered"].astype(bool)]
            named = np.asarray(told.reindex(here["ego"], fill_value=0), dtype=float)
        full, answered = int((named >= slots).sum()), len(named)
        share = shown_share(full, answered, least)
        rows.append((wave.label, slots, answered, full if np.isfinite(share) else np.nan, share))
    return pd.DataFrame(rows, columns=["wave", "slots", "answered", "at_limit", "share"])


def opportunity(panel: Panel, pair: tuple[str, str]) -> pd.DataFrame:
    """Compare contact across with what the sizes of the departments allow.

    Returns
    -------
    DataFrame
        measure ("ei_index", "cross_over_expected", "cross_position"), before, after, change, low, high, n_people;
        `chance`: what chance would give before (1 for contact over expected, NaN for the position).
    """
    rows = []
    by_chance = float(measure(panel, "ei_expected", waves=pair)["estimate"][0])
    for name in OPPORTUNITY:
        found = compare(panel, name, pair, draws=0)
        chance = {"ei_index": by_chance, "cross_over_expected": 1.0}.get(name, np.nan)
        rows.append((name, *found.values, found.estimate, found.low, found.high, chance, found.n_people))
    columns = ["measure", "before", "after", "change", "low", "high", "chance", "n_people"]
    return pd.DataFrame(rows, columns=columns)


def by_area(areas: Panel, pair: tuple[str, str], least: int) -> pd.DataFrame:
    """Return the share of ties that go to other areas, in all and by the area of who names.

    Parameters
    ----------
    areas : Panel
        Grouped by area.
    pair : (earlier, later)
    least : int
        Areas with fewer people are pooled; where single areas would give a pair of areas away, none is shown.

    Returns
    -------
    DataFrame
        area ("(all)" first), before, after, change, low, high (of all only), n_people.
    """
    found = compare(areas, "cross_share", pair, draws=0)
    frame = pd.DataFrame(
        [("(all)", *found.values, found.estimate, found.low, found.high, found.n_people)],
        columns=["area", "before", "after", "change", "low", "high", "n_people"],
    )
    pooling = display_pooling(areas, least)
    view = joint(areas, *pair)
    tables = [[pooling.table(t) for t in view.department_tables(which)] for which in (0, 1)]
    units = [pooling.unit[view.departments[which]] for which in (0, 1)]
    fewest = np.minimum(*(people_behind(view.cells, unit, len(pooling.names)) for unit in units))
    ties, cells = zip(*tables, strict=True)
    alone = (
        hide_pairs(ties, cells, fewest, least, directed=areas.directed)[1]
        if len(pooling.names) > 1
        else False
    )
    if not alone:
        return frame
    parts = measure(areas, ["density", "cross_share"], by="department", waves=pair, pooling=pooling)
    shown = without_few(parts, least)
    shown = shown[shown["measure"] == "cross_share"]
    first, second = (shown[shown["wave"] == label].reset_index(drop=True) for label in pair)
    values = [part["estimate"].astype(float) for part in (first, second)]
    rows = pd.DataFrame({"area": first["level"], "before": values[0], "after": values[1]})
    rows["change"] = values[1] - values[0]
    rows["n_people"] = first["n_people"].astype(float)
    rows.loc[rows["change"].isna(), ["before", "after", "n_people"]] = np.nan
    return pd.concat([frame, rows], ignore_index=True)


@dataclass(frozen=True, eq=False)
class DistanceChange(Shown):
    """Ties by distance in two waves, on the cells observed in both.

    Attributes
    ----------
    table : DataFrame
        limit (upper, in the unit of the places), cells, before, after, change, low, high: ties per 1,000 cells, with
        the dyadic-robust interval of the change at 95 %; n_people who answered about somebody in the band.
    slopes : (before, after)
        Change in the log odds of a tie per unit of log distance, see `netlearn.measures.distance.log_slope`.
    unit : str
    """

    _frames = ("table",)

    table: pd.DataFrame
    slopes: tuple[float, float]
    unit: str


def distance_change(
    panel: Panel, places: Mapping[str, tuple[float, float]], pair: tuple[str, str], unit: str, least: int
) -> DistanceChange:
    """Compare, in two waves and within the same limits, how ties thin out with distance.

    Parameters
    ----------
    panel : Panel
    places : mapping department -> (x, y)
        Departments that lack a place are left out.
    pair : (earlier, later)
    unit : str
    least : int
        Bands in which fewer people answered are hidden.
    """
    view, group = joint(panel, *pair), panel.groups[0]
    xy = np.array([places.get(name, (np.nan, np.nan)) for name in panel.group_names], dtype=float)
    found = decay(net(panel, pair[0], view.cells), xy[group])
    away = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    band = np.searchsorted(found.limits, away)  # NaN is beyond the last
    rows = [_band(view, group, band, c, least) for c in range(len(found.limits))]
    table = pd.DataFrame(rows, columns=["cells", "before", "after", "change", "low", "high", "n_people"])
    table.insert(0, "limit", found.limits)
    cells = table["cells"].to_numpy(float)
    first, second = (
        log_slope(found.distance, table[name].to_numpy() * cells / PER, cells) for name in ("before", "after")
    )
    few = (table["n_people"] > 0) & (table["n_people"] < least)
    table.loc[few, ["cells", "before", "after", "change", "low", "high", "n_people"]] = np.nan
    return DistanceChange(table, (first, second), unit)


def _band(view: Joint, group: IntArray, band: IntArray, c: int, least: int) -> tuple[float, ...]:
    """Cells, ties per 1,000 in both waves, the change with its interval, and people, of one band of distance."""
    cells, k, inside = view.cells, len(band), band == c
    room = float(cells.counts(group, k)[inside].sum())
    arcs = inside[group[view.sender], group[view.receiver]]
    rates = [
        float(ratio(np.array(values[arcs].sum()), np.array(room))) for values in (view.first, view.second)
    ]
    change = rates[1] - rates[0]
    people = int(cells.senders[_reaches(view, group, inside)].sum())
    if not room or people < least:
        return room * view.unit, PER * rates[0], PER * rates[1], PER * change, np.nan, np.nan, people
    extra = np.where(arcs, view.second - view.first, 0.0) / room
    base = np.array([0.0, -change / room])
    influence = Influence(cells, group, inside.astype(np.int64), base, view.sender, view.receiver, extra)
    mutual = float(cells.two_way_counts(group, k)[inside].sum())
    dyads = dyad_square_sum(influence)
    variance, df = person_variance(person_sums(influence), dyads, people, round(room - mutual / 2))
    r = rung("person", change, variance, people, 0.05, "two-sided", df)
    return room * view.unit, PER * rates[0], PER * rates[1], PER * change, PER * r.low, PER * r.high, people


def _reaches(view: Joint, group: IntArray, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell who could name somebody in the band: (n,) bool."""
    could = view.cells.receivers
    others = inside @ add_up(group, could, len(inside))
    return np.asarray(others[group] - (np.diag(inside)[group] & could) > 0)
