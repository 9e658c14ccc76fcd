"""People and ties of two waves as they are drawn: places, areas and flows, without ids or the order of a roster."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.joint import Joint, joint
from netlearn.errors import UndefinedError
from netlearn.figures import mapsheet as sheet
from netlearn.figures.layout import FloatArray, department_places, people_places
from netlearn.measures.mixing import ratio
from netlearn.study.cells import BoolArray, IntArray, add_up
from netlearn.study.panel import STATUSES, Panel, two_waves
from netlearn.study.privacy import POOLED, pool_departments
from netlearn.wording import Language
from netlearn.wording import figures_network as words
from netlearn.wording.numbers import count

NAMED = 9  # departments whose names have room on the map
LETTERS, LIFT = 24, 1.4  # of a name on the map; mm that the middle of an area is under that of its room
PER_PERSON, FILLED = 24.0, 0.28  # mm² at most; of the map by areas
MANY, TALL, TALLER = 200, 60.0, 78.0  # people; mm
COLUMNS = [
    *("what", "text", "number", "people", "x", "y", "radius"),
    *("department", "observed", "from", "to", "flow", "within"),
]


def network_frame(
    panel: Panel,
    waves: tuple[str, str] | None = None,
    *,
    least: int = 5,
    seed: int = 0,
    language: Language = "en",
) -> pd.DataFrame:
    """Return places and ties of the network of people, one layout for both waves; no id and no order of a roster.

    Parameters
    ----------
    panel : Panel
    waves : (earlier, later), optional
        Default: the first and the last. Departments are those of the earlier one.
    least : int
        Departments with fewer people than that are one area without a name, with the next smallest where one alone, or
        too few people, would be in it.
    seed : int
        Of the places of people in their department.
    language : "en" or "da"
        Of the notes.

    Returns
    -------
    DataFrame
        `what` is "area" (number from 1, text: name, "" of the one that is put together; people; x, y, radius in mm),
        "dot" (number; x, y; department: number of its area; observed: answered in both waves), "tie" (from, to:
        numbers of dots; flow: kept, new, ended; within: one area), "cross" (number: ties between two departments, those
        that share an area too), "map" (x, y: its width and height), "wave" or "note" (text). Ties are those of pairs
        whose answer is known in both waves, undirected ones once. Other cells are NaN, "" or False.

    Raises
    ------
    UndefinedError
        Nobody was there in either wave.

    Notes
    -----
    A picture of every tie shows what single people answered to anyone who can tell who they are: hand it to those who
    may know. `plot_departments` is for everybody.
    """
    both = two_waves(panel, waves)
    view = joint(panel, *both)
    here = _there(panel, both)
    if not len(here):
        raise UndefinedError(
            f"nobody can be drawn: in {both[0]} and {both[1]} everybody is marked as not employed or withdrawn, as "
            "people of arrays are of whom nothing is known. Do: choose other waves, or see netlearn.response."
        )
    names, people, unit = _areas(panel, view.departments[0], here, least)
    box = (sheet.WIDTH, TALL if len(here) <= MANY else TALLER)
    radius = np.sqrt(people * min(PER_PERSON, FILLED * box[0] * box[1] / len(here)) / np.pi)
    centres = _centres(view, unit, names, radius, box)
    areas = pd.DataFrame(
        {"what": "area", "number": np.arange(len(names)) + 1, "text": names, "people": people}
    )
    areas = areas.assign(x=centres[:, 0], y=centres[:, 1], radius=radius)
    ties = _ties(view, panel.directed)
    dots, number = _dots(
        ties, unit[here], _answered(panel, view, both)[here], here, (centres, 0.94 * radius - 0.3), seed
    )
    ends = {end: number[np.searchsorted(here, ties[end])] for end in ("from", "to")}
    within = unit[ties["from"]] == unit[ties["to"]]
    lines = ties.assign(what="tie", within=within, **ends).sort_values(["flow", "from", "to"])
    # Their number alone: a mark on each tie would take apart what is put together.
    cross = np.diff(view.departments[0][ties[["from", "to"]]]).astype(bool).sum()
    rest: list[dict[str, Any]] = [
        {"what": "map", "x": box[0], "y": box[1]},
        {"what": "cross", "number": cross},
    ]
    rest += [{"what": "wave", "text": label} for label in both]
    rest += [
        {"what": "note", "text": note} for note in _notes(panel, view, both, names, least, language) if note
    ]
    frame = pd.concat([areas, dots, lines, pd.DataFrame(rest)], ignore_index=True)[COLUMNS]
    frame[["text", "flow"]] = frame[["text", "flow"]].fillna("")
    return frame.assign(observed=frame["observed"].eq(True), within=frame["within"].eq(True))


def _dots(
    ties: pd.DataFrame,
    unit: IntArray,
    answered: BoolArray,
    here: IntArray,
    circles: tuple[FloatArray, FloatArray],
    seed: int,
) -> tuple[pd.DataFrame, IntArray]:
    """Return a row per person in the order of their places, so not of the roster, and the number of each person."""
    twice = np.repeat(np.arange(len(ties)), np.where(ties["flow"] == "kept", 2, 1))
    of, to = (np.searchsorted(here, ties[end].to_numpy()[twice]) for end in ("from", "to"))
    places = people_places((of, to), unit, *circles, answered, seed)
    order = np.lexsort((places[:, 1], places[:, 0], unit))
    dots = pd.DataFrame({"what": "dot", "x": places[:, 0], "y": places[:, 1]})
    dots = dots.assign(department=unit + 1, observed=answered).iloc[order]
    return dots.assign(number=np.arange(len(order)) + 1), np.argsort(order) + 1


def _there(panel: Panel, waves: tuple[str, str]) -> IntArray:
    """Return the people who were there in one of the waves at least."""
    absent = [STATUSES.index("not_employed"), STATUSES.index("withdrew")]
    gone = [np.isin(panel.statuses[panel.index(label)], absent) for label in waves]
    return np.flatnonzero(~np.logical_and(*gone))


def _answered(panel: Panel, view: Joint, waves: tuple[str, str]) -> BoolArray:
    """Return who answered in both waves: of undirected ties, some are known from the others."""
    took_part = STATUSES.index("took_part")
    both = [panel.statuses[panel.index(label)] == took_part for label in waves]
    return np.asarray(both[0] & both[1] & (view.cells.row_counts() > 0))


def _areas(
    panel: Panel, group: IntArray, here: IntArray, least: int
) -> tuple[list[str], FloatArray, IntArray]:
    """Return names ("" of what is put together), people and the area of each person."""
    sizes = np.bincount(group[here], minlength=len(panel.group_names))
    some = np.flatnonzero(sizes)
    pooling = pool_departments([panel.group_names[g] for g in some], sizes[some], least)
    unit = np.zeros(len(sizes), np.int64)
    unit[some] = pooling.unit
    names = ["" if name == POOLED and pooling.pooled else name for name in pooling.names]
    people = np.bincount(unit[group[here]], minlength=len(names)).astype(float)
    return names, people, unit[group]


def _ties(view: Joint, directed: bool) -> pd.DataFrame:
    """Return from, to and flow of each tie, as people of the panel; undirected ones once."""
    flow = np.where(view.second == 0, "ended", np.where(view.first == 0, "new", "kept"))
    ties = pd.DataFrame({"from": view.sender, "to": view.receiver, "flow": flow})
    return ties if directed else ties[ties["from"] < ties["to"]].reset_index(drop=True)


def _centres(
    view: Joint, unit: IntArray, names: list[str], radius: FloatArray, box: tuple[float, float]
) -> FloatArray:
    """Place the areas by their contact in both waves, with room for their names above them."""
    k = len(names)
    ties = add_up(unit[view.sender] * k + unit[view.receiver], view.first + view.second, k * k).reshape(k, k)
    cells = view.cells.counts(unit, k)
    contact = ratio(ties + ties.T, cells + cells.T)
    told = names if k <= NAMED else [""] * k
    wide = [sheet.SMALL * 0.21 * min(len(name), LETTERS) / 2 for name in told]
    halves = np.column_stack([np.maximum(radius, wide), radius + LIFT]) + 0.4
    return department_places(contact, halves, box) - [0, LIFT]


def _notes(
    panel: Panel, view: Joint, waves: tuple[str, str], areas: list[str], least: int, language: Language
) -> list[str]:
    """Say what lines, hollow dots and the grey area are, and how many ties are not drawn because of silence."""
    told = sum(int(values.sum()) for values in (view.first, view.second))
    seen = sum(len(panel.wave(label).arcs()[0]) for label in waves)
    alone = (seen - told) // (1 if panel.directed else 2)
    silent = not _answered(panel, view, waves)[_there(panel, waves)].all()
    return [
        words.word("lines", language) if panel.directed else "",
        words.word("hollow", language) if silent else "",
        words.word("grey", language, least=count(least, language)) if "" in areas else "",
        words.one_time(alone, language),
    ]
