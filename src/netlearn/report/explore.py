"""What a reader can explore on the page: the contact between departments before and after, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.network import Network
from netlearn.figures.departments import MAP
from netlearn.figures.mapsheet import bow_around
from netlearn.report.section import Picture
from netlearn.wording import Language
from netlearn.wording.terms import department

FloatArray = NDArray[np.float64]


def explore(network: Network, directed: bool, language: Language) -> dict[str, Any]:
    """Return the tables of who names whom for the interactive map; what is hidden in them is None here too.

    Parameters
    ----------
    network : Network
        Of titled results.
    directed : bool
        Whether its ties have a direction; else every pair of people is counted once.
    language : "en" or "da"

    Returns
    -------
    dict
        kind: "departments"; names: departments as shown; waves: the titles of the two; directed; possible: k rows of k
        possible ties from department to department, of pairs of people observed both times; ties: the same per wave;
        counted: whether ties are counts. They are not where people had changed department between the waves, so that
        the possible ties of the second wave are not those of the first; then they are the share of the possible ties
        in that wave, times `possible`.
    """
    possible = network.mixing_cells.to_numpy(dtype=float)
    # An undirected tie within a department stands twice in its table.
    once = np.ones_like(possible) if directed else 1 - np.eye(len(possible)) / 2
    ties = [np.where(possible == 0, 0.0, t.to_numpy(dtype=float) * possible) for t in network.mixing.values()]
    counted = all(_whole(table * once) for table in ties)
    return {
        "kind": "departments",
        "names": [department(str(name), language) for name in network.mixing_cells.index],
        "waves": list(network.mixing),
        "directed": directed,
        "possible": _plain(possible * once, whole=True),
        "ties": [_plain(table * once, whole=counted) for table in ties],
        "counted": counted,
    }


def with_figures(widget: Mapping[str, Any], pictures: Iterable[Picture]) -> dict[str, Any]:
    """Return the data of a map with what its figures tell, so that the page and its figures say the same.

    Parameters
    ----------
    widget : dict
        From `explore`.
    pictures : iterable of Picture
        Of its section; results that were saved by an older netlearn may have none.

    Returns
    -------
    dict
        Also notes: the notes of the heat map of each view ("0", "1", "change"); beyond: k rows of k, whether a change
        is outlined because it is beyond chance over all pairs together.
    """
    views = {(wave,): str(at) for at, wave in enumerate(widget["waves"])} | {tuple(widget["waves"]): "change"}
    heat = [picture.frame for picture in pictures if picture.kind == "mixing"]
    frames = {views.get(tuple(_texts(frame, "wave")), ""): frame for frame in heat}
    k = len(widget["names"])
    beyond = np.zeros((k, k), bool)
    if "change" in frames:
        change = frames["change"]
        beyond = change.loc[change["what"] == "cell", "changed"].eq(True).to_numpy().reshape(k, k)
    notes = {view: _texts(frame, "note") for view, frame in frames.items() if view}
    return {**widget, "notes": notes, "beyond": beyond.tolist()}


def laid_out(widget: Mapping[str, Any], pictures: Iterable[Picture]) -> dict[str, Any]:
    """Return the data of a map with where everything stands: as on the figure of the map, so that one is known again.

    Parameters
    ----------
    widget : dict
        From `explore`.
    pictures : iterable of Picture
        Of its section; where none is a map (saved by an older netlearn), departments stand on a ring.

    Returns
    -------
    dict
        Also places: x, y (downwards) and radius of each department, in shares of the side of a square; bends: for each
        pair a < b, in order, the point that its line bends towards; sized: whether radii tell the number of people.
    """
    k = len(widget["names"])
    drawn = [picture.frame for picture in pictures if picture.kind == "departments"]
    places = _places(drawn[0]) if drawn else _ring(k)
    at, radius = places[:, :2], places[:, 2]
    bends = []
    for a, b in zip(*np.triu_indices(k, 1), strict=True):
        others = np.delete(at, [a, b], axis=0), np.delete(radius, [a, b])
        bends.append(np.asarray(bow_around(at[a], at[b], *others).vertices, dtype=float)[1])
    told = {"places": _shares_of_side(places), "bends": _shares_of_side(np.reshape(bends, (-1, 2)))}
    return {**widget, **told, "sized": bool(drawn)}


def _places(frame: pd.DataFrame) -> FloatArray:
    """Return x, y and radius of the departments in mm, as `departments_frame` has them: (k, 3)."""
    found = frame[frame["what"] == "department"].sort_values("number")
    return found[["x", "y", "radius"]].to_numpy(dtype=float)


def _ring(k: int) -> FloatArray:
    """Return departments clockwise on a ring, the first at the top: (k, 3) in mm."""
    turn = np.pi / 2 - 2 * np.pi * np.arange(k) / k
    out = 0.42 * MAP
    radius = np.full(k, min(2.0, 0.8 * out * np.pi / k))
    return np.column_stack([MAP / 2 + out * np.cos(turn), MAP / 2 + out * np.sin(turn), radius])


def _shares_of_side(places: FloatArray) -> list[list[float]]:
    """Return places on a map in shares of its side, from the upper left: a figure counts from the lower left."""
    told = places / MAP
    told[:, 1] = 1 - told[:, 1]
    return [[round(value, 4) for value in row] for row in told.tolist()]


def _texts(frame: pd.DataFrame, what: str) -> list[str]:
    return [str(text) for text in frame.loc[frame["what"] == what, "text"]]


def _whole(table: FloatArray) -> bool:
    """Tell whether every number that is shown is a count."""
    known = table[~np.isnan(table)]
    return bool(np.allclose(known, np.round(known), rtol=0, atol=1e-6))


def _plain(table: FloatArray, *, whole: bool) -> list[list[float | None]]:
    """Return a table as JSON has it; what is hidden is None, and no number has more digits than anybody can use."""
    return [
        [None if np.isnan(value) else round(value) if whole else round(value, 3) for value in row]
        for row in table.tolist()
    ]
