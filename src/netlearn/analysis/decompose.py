"""`decompose`: where a change of the E-I index or the cross share came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.measures.catalogue import find
from netlearn.measures.decomposition import shapley
from netlearn.study.cells import BoolArray, IntArray
from netlearn.study.panel import STATUSES, Panel, two_waves

Part = Literal["ties", "came", "left", "moved", "reorganised", "answers"]
PARTS: tuple[Part, ...] = ("ties", "came", "left", "moved", "reorganised", "answers")
SHARES = ("ei_index", "cross_share")


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Ties of two waves together: where each belongs, and its answers."""

    sender: IntArray
    receiver: IntArray
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    kind: NDArray[np.str_]


def decompose(
    panel: Panel,
    measure: Literal["ei_index", "cross_share"] = "ei_index",
    waves: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Split a change between two waves, each with all the cells observed in it, into what caused it.

    The total is the change of `measure(panel.with_grouping("current"), measure, cells="wave")`: everybody who answered,
    each wave with its own departments. It differs from `compare`, which keeps to the cells observed in both waves.

    Parameters
    ----------
    panel : Panel
    measure : "ei_index" or "cross_share"
    waves : (earlier, later), optional
        Default: the first and the last.

    Returns
    -------
    DataFrame
        part, estimate, n. Parts: `ties` changed among people who stayed and answered about each other both times;
        people `came` and `left`; people `moved` to another department that exists in both waves; departments
        `reorganised` (people whose old department is gone, or whose new one did not exist before); `answers`: cells
        answered in one of the waves only. n = ties that changed, people, people, people, people, cells' ties. The last
        row, `total`, is the change; the parts add up to it exactly. No order of the parts is favoured (Shapley).
        NaN where a state on the way has no ties.

    Notes
    -----
    Missing answers are a part of their own, so that a change in who answered is not told as a change in contact.

    Examples
    --------
    Nothing but a mover: the only tie, 0 -> 1, becomes a cross tie.

    >>> import numpy as np
    >>> y = np.zeros((4, 4)); y[0, 1] = 1
    >>> groups = {"before": list("AABB"), "after": list("BABB")}
    >>> table = decompose(Panel.from_arrays({"before": y, "after": y}, groups)).set_index("part")
    >>> table.loc[["moved", "total"], "estimate"].round(9).tolist()
    [2.0, 2.0]
    """
    if measure not in SHARES:
        raise NetlearnError(f"measure must be one of {', '.join(SHARES)}; got {measure!r}.")
    first, second = two_waves(panel, waves)
    at = [panel.index(label) for label in (first, second)]
    employed = [panel.statuses[w] != STATUSES.index("not_employed") for w in at]
    groups = [panel.groups[w] for w in at]
    moved, reorganised = _moves(groups, employed)
    arcs = _arcs(panel, (first, second), employed)
    row = find(measure)

    def value(happened: tuple[bool, ...]) -> float:
        state = dict(zip(PARTS, happened, strict=True))
        now = (moved & state["moved"]) | (reorganised & state["reorganised"]) | ~employed[0]
        ties = _ties(arcs, np.where(now, groups[1], groups[0]), state)
        return float(row.value(ties, ties)) if row.value else np.nan

    parts = shapley(value, len(PARTS))
    total = value((True,) * len(PARTS)) - value((False,) * len(PARTS))
    stay = arcs.kind == "ties"
    counts = [
        int((arcs.first != arcs.second)[stay].sum()),
        int((~employed[0] & employed[1]).sum()),
        int((employed[0] & ~employed[1]).sum()),
        int(moved.sum()),
        int(reorganised.sum()),
        int((arcs.kind == "answers").sum()),
    ]
    counts = [
        c if panel.directed or name not in ("ties", "answers") else c // 2
        for name, c in zip(PARTS, counts, strict=True)
    ]
    rows = [*zip(PARTS, parts, counts, strict=True), ("total", total, panel.n)]
    return pd.DataFrame(rows, columns=["part", "estimate", "n"])


def _moves(groups: list[IntArray], employed: list[BoolArray]) -> tuple[BoolArray, BoolArray]:
    """Who moved between departments that stayed, and who was moved because a department went or came."""
    stayed = employed[0] & employed[1]
    changed = stayed & (groups[0] != groups[1])
    gone = ~np.isin(groups[0], groups[1][employed[1]])
    new = ~np.isin(groups[1], groups[0][employed[0]])
    return changed & ~(gone | new), changed & (gone | new)


def _arcs(panel: Panel, waves: tuple[str, str], employed: list[BoolArray]) -> _Arcs:
    first, second = (panel.wave(label) for label in waves)
    keys = [i * panel.n + j for i, j in (first.arcs(), second.arcs())]
    union = np.union1d(*keys)
    i, j = union // panel.n, union % panel.n
    came = ~employed[0][i] | ~employed[0][j]
    left = ~employed[1][i] | ~employed[1][j]
    joint = first.cells.contains(i, j) & second.cells.contains(i, j)
    kind = np.select([left, came, joint], ["left", "came", "ties"], "answers")
    return _Arcs(i, j, np.isin(union, keys[0]).astype(float), np.isin(union, keys[1]).astype(float), kind)


def _ties(arcs: _Arcs, group: IntArray, state: dict[Part, bool]) -> NDArray[np.float64]:
    """Ties within and across departments when the parts of `state` have happened."""
    later = np.select([arcs.kind == part for part in PARTS], [state[part] for part in PARTS])
    held = np.where(later, arcs.second, arcs.first)
    cross = group[arcs.sender] != group[arcs.receiver]
    return np.array([held[~cross].sum(), held[cross].sum()])
