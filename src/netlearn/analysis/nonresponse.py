"""Who answered, and what other ways of handling the missing answers would say."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from netlearn.analysis.compare import Change, compare
from netlearn.analysis.joint import FloatArray, net
from netlearn.measures.catalogue import find
from netlearn.measures.mixing import ratio, within_cross
from netlearn.measures.opportunity import cells_by_person
from netlearn.study.missing import agreement, complete_pairs, everyone, reconstruct
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.privacy import Pooling, pool_departments
from netlearn.study.suppression import suppress, suppress_frame


def response(panel: Panel, pooling: Pooling | None = None, *, least: int = 0) -> pd.DataFrame:
    """Response per wave and department, "all" first.

    Parameters
    ----------
    panel : Panel
    pooling : Pooling, optional
        Departments to show together.
    least : int
        Hide departments with fewer people than that behind their numbers, and others that would give them away by
        subtraction (see `netlearn.study.suppression`); 0 = show all.

    Returns
    -------
    DataFrame
        wave, department, employed (of those who were asked), answered, share (0 to 1; NaN if nobody was employed).
        What is hidden is missing.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[0, 1.0], [np.nan, 0]])
    >>> response(Panel.from_arrays({"w": y}, ["A", "B"]))["share"].tolist()
    [0.5, 1.0, 0.0]
    """
    shown = pooling or pool_departments(panel.group_names, np.full(len(panel.group_names), 1), 0)
    frames = []
    for at, wave in enumerate(panel.waves):
        unit = shown.unit[panel.group(wave.label)]
        absent = [STATUSES.index("not_employed"), STATUSES.index("not_asked")]
        employed = ~np.isin(panel.statuses[at], absent)
        asked = np.bincount(unit[employed], minlength=len(shown.names))
        answered = np.bincount(unit[wave.cells.senders], minlength=len(shown.names))
        frames.append(
            pd.DataFrame(
                {
                    "wave": wave.label,
                    "department": ["all", *shown.names],
                    "employed": [asked.sum(), *asked],
                    "answered": [answered.sum(), *answered],
                }
            )
        )
    table = pd.concat(frames, ignore_index=True)
    table["share"] = ratio(table["answered"], table["employed"])
    return _hidden(table, least) if least else table


def _hidden(table: pd.DataFrame, least: int) -> pd.DataFrame:
    """Hide rows of the response, the same number of rows for each wave with everybody first."""
    n_waves = len(dict.fromkeys(table["wave"]))
    answered, employed = (
        pd.DataFrame(table[name].to_numpy().reshape(n_waves, -1).T) for name in ("answered", "employed")
    )
    # That nobody, or everybody, answered is told of all who were employed.
    people = answered.where((answered > 0) & (answered < employed), employed)
    shown = suppress_frame(answered, people, least, total_row=0, upper=employed)
    gone = np.isnan(shown.to_numpy().T.ravel())
    if not gone.any():
        return table
    numbers = table.astype({"employed": "Int64", "answered": "Int64"})
    numbers.loc[gone, ["employed", "answered", "share"]] = pd.NA
    return numbers


def handlings(panel: Panel, change: Change) -> pd.DataFrame:
    """Put the change under other ways of handling missing answers beside the default.

    Parameters
    ----------
    panel : Panel
    change : Change
        The default: rows of people who answered both waves.

    Returns
    -------
    DataFrame
        handling (two_wave_respondents, complete_pairs, reconstruction, bounds), estimate, low, high, n_people,
        n_dyads, agreement (share of reported ties that the other confirms, both waves pooled by the lower one; only for
        reconstruction). `bounds` holds no interval: low and high are the values if every missing answer of the people
        employed in both waves had been the least, or the most, favourable; its estimate is NaN.
    """
    rows = [("two_wave_respondents", change, np.nan)]
    others = [("complete_pairs", complete_pairs(panel), np.nan)]
    if panel.directed:
        confirmed = min(agreement(panel.wave(label)).confirmed for label in change.waves)
        others.append(("reconstruction", reconstruct(panel), confirmed))
    for name, other, agreed in others:
        again = compare(
            other, change.measure, change.waves, alternative=change.alternative, alpha=change.alpha, draws=0
        )
        rows.append((name, again, agreed))
    shown = [(name, c.estimate, c.low, c.high, c.n_people, c.n_dyads, a) for name, c, a in rows]
    low, high, people, dyads = bounds(panel, change.measure, change.waves)
    shown.append(("bounds", np.nan, low, high, people, dyads, np.nan))
    columns = ["handling", "estimate", "low", "high", "n_people", "n_dyads", "agreement"]
    return pd.DataFrame(shown, columns=columns)


def shown_handlings(frame: pd.DataFrame, panel: Panel, waves: tuple[str, str], least: int) -> pd.DataFrame:
    """Hide the other ways of handling missing answers where fewer than `least` people make the difference.

    What few people answered once, or others said of them, would be told by subtraction.
    """
    there = everyone(panel, waves).senders
    silent = int((there & ~panel.joint_cells(waves).senders).sum())
    if not 0 < silent < least:
        return frame
    numbers = ["estimate", "low", "high", "n_people", "n_dyads", "agreement"]
    others = frame["handling"] != "two_wave_respondents"
    shown = frame.astype({"n_people": float, "n_dyads": float})
    shown.loc[others, numbers] = np.nan
    return shown


def bounds(panel: Panel, measure: str, waves: tuple[str, str]) -> tuple[float, float, int, int]:
    """Change if every missing cell were as unfavourable, or as favourable, as it could be.

    The frame is all people employed in both waves. Each class of missing cells (within, cross) is filled with ties or
    left without, in each wave; a measure of (within, cross) sums is monotone in each, so its extremes are at these
    corners.

    Returns
    -------
    (low, high, people, pairs)

    Examples
    --------
    Two people in two departments, person 1 silent in the second wave, no tie seen: the change of the density lies
    between 0 and 1/2.

    >>> import numpy as np
    >>> y1 = np.zeros((2, 2)); y2 = np.array([[0, 0], [np.nan, 0]])
    >>> bounds(Panel.from_arrays({"a": y1, "b": y2}, ["A", "B"]), "cross_density", ("a", "b"))
    (0.0, 0.5, 2, 1)
    """
    row = find(measure)
    frame = everyone(panel, waves)
    values = []
    for label in waves:
        wave, group, k = panel.wave(label), panel.group(label), len(panel.group_names)
        seen = wave.cells & frame
        i, j = wave.arcs(seen)
        other = group[i] != group[j]
        half = 1.0 if panel.directed else 0.5
        ties = np.array([(~other).sum(), other.sum()]) * half
        room = within_cross(frame.counts(group, k)) * half
        missing = room - within_cross(seen.counts(group, k)) * half
        corners: list[FloatArray] = [ties + missing * np.array(fill) for fill in product((0, 1), repeat=2)]
        values.append([float(row.value(c, room)) if row.value else np.nan for c in corners])
    people = int(frame.senders.sum())
    low = min(values[1]) - max(values[0])
    return low, max(values[1]) - min(values[0]), people, people * (people - 1) // 2


def display_pooling(panel: Panel, least: int) -> Pooling:
    """Pool departments with fewer than `least` people behind a shown number.

    Those are the people who answered in every wave (and have a cell left there): the fewest that any table rests on.
    Numbers of ties within, and across, rest on those who have such cells left.
    """
    cells = panel.joint_cells()
    held = cells.senders & (cells.row_counts() > 0)
    k = len(panel.group_names)
    counts = []
    for label in panel.labels:
        within, cross = cells_by_person(net(panel, label, cells))
        group = panel.group(label)
        counts.append([np.bincount(group[who], minlength=k) for who in (held, within > 0, cross > 0)])
    people, *parts = np.min(counts, axis=0)
    return pool_departments(panel.group_names, people, least, parts)


def without_few(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """Hide values of departments with few people behind them, and others that would give them away.

    The value of the whole network is published too, so one hidden department could be solved from it. A value also
    tells of the people who do not have it, such as those without any contact: there must not be few of them either.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.measure` by department; `density`, which tells how many answered, among the measures.
    least : int

    Returns
    -------
    DataFrame
        estimate, n_people and n_dyads are missing where hidden.

    Examples
    --------
    Two of the 8 in B have no such value, so its number is hidden; so is that of A, which has the fewer of the others:

    >>> frame = pd.DataFrame({"measure": ["density"] * 3 + ["blau"] * 3, "level": [*"ABC"] * 2, "wave": "w",
    ...                       "estimate": 0.5, "n_people": [7, 8, 9, 7, 6, 9], "n_dyads": 9})
    >>> without_few(frame, 5)["n_people"].tolist()
    [7, 8, 9, <NA>, <NA>, 9]
    """
    answered = frame[frame["measure"] == "density"].set_index(["wave", "level"])["n_people"]
    gone = pd.Series(False, index=frame.index)
    for (_, wave), part in frame.groupby(["measure", "wave"], sort=False):
        n = part["n_people"].to_numpy()
        most = np.maximum(answered.loc[str(wave)].reindex(part["level"]).to_numpy(), n)
        people = np.where(most > n, np.minimum(n, most - n), n)
        gone[part.index] = suppress(n, people, least, upper=most).hidden | (n < least)
    numbers = frame.astype({"n_people": "Int64", "n_dyads": "Int64"})
    numbers.loc[gone, ["estimate", "n_people", "n_dyads"]] = pd.NA
    return numbers
