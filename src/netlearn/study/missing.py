"""What to do about people who did not answer: reconstruction from the other's report, and complete pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from netlearn.study.cells import Cells, IntArray
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.wave import Wave


@dataclass(frozen=True)
class Agreement:
    """How well two people's reports of the same pair agree; it justifies or forbids reconstruction.

    Attributes
    ----------
    pairs : int
        Pairs in which both answered about each other.
    same : float
        Share of those pairs with equal answers (0 to 1; NaN without pairs).
    confirmed : float
        Share of the reported ties that the other reports too (0 to 1; NaN without ties).
    """

    pairs: int
    same: float
    confirmed: float


def agreement(wave: Wave) -> Agreement:
    """Compare the two reports of every pair in which both people answered about each other.

    Examples
    --------
    Three people who all answered; 0 and 1 name each other, 0 names 2 in vain:

    >>> import numpy as np
    >>> w = Wave("w", np.array([0, 1, 0]), np.array([1, 0, 2]), np.ones(3), Cells.full(3))
    >>> a = agreement(w)
    >>> a.pairs, round(a.same, 3), round(a.confirmed, 3)
    (3, 0.667, 0.667)
    """
    i, j = wave.arcs()
    mutual = wave.cells.contains(j, i)
    i, j = i[mutual], j[mutual]
    pairs = int(wave.cells.two_way_counts(np.zeros(wave.n, np.int64), 1).sum()) // 2
    confirmed = np.isin(j * wave.n + i, i * wave.n + j)
    differ = int((~confirmed).sum())
    return Agreement(
        pairs,
        1 - differ / pairs if pairs else float("nan"),
        float(confirmed.mean()) if len(i) else float("nan"),
    )


def reconstruct(panel: Panel) -> Panel:
    """Fill a missing cell by the other person's report of the same pair (Stork & Richards 1992).

    Cells between two people who both did not answer stay missing. An undirected panel is returned as it is: its
    pairs are observed only where both answered.

    Examples
    --------
    Person 1 did not answer, person 0 names person 1: the missing report is taken to be a tie.

    >>> import numpy as np
    >>> y = np.array([[0, 1.0], [np.nan, 0]])
    >>> reconstruct(Panel.from_arrays({"w": y}, ["A", "B"])).wave("w").ties.astype(int).tolist()
    [[0, 1], [1, 0]]
    """
    if not panel.directed:
        return panel
    waves = [_reconstruct_wave(w, panel.statuses[at]) for at, w in enumerate(panel.waves)]
    return replace(panel, waves=tuple(waves))


def _reconstruct_wave(wave: Wave, status: np.ndarray) -> Wave:
    n = wave.n
    there = status == STATUSES.index("no_answer")
    there |= wave.cells.senders | wave.cells.receivers
    silent = np.flatnonzero(there & ~wave.cells.senders)
    i, j = wave.cells.hole_pairs()
    # A cell stays a hole where the reverse cell was not observed either.
    both_silent = (silent[:, None] * n + silent).ravel()
    gone = np.flatnonzero(there & ~wave.cells.receivers)
    unreported = _product(gone, np.flatnonzero(there), n)
    cell = np.concatenate([i * n + j, j * n + i, both_silent, unreported])
    u, v = cell // max(n, 1), cell % max(n, 1)
    unobserved = ~wave.cells.contains(u, v) & ~wave.cells.contains(v, u)
    cells = Cells(there, there, cell[unobserved])
    reverse = ~wave.cells.contains(wave.receiver, wave.sender) & cells.contains(wave.receiver, wave.sender)
    sender = np.concatenate([wave.sender, wave.receiver[reverse]])
    receiver = np.concatenate([wave.receiver, wave.sender[reverse]])
    return replace(
        wave,
        sender=sender,
        receiver=receiver,
        level=np.concatenate([wave.level, wave.level[reverse]]),
        cells=cells,
    )


def _product(a: IntArray, b: IntArray, n: int) -> IntArray:
    return np.concatenate([(a[:, None] * n + b).ravel(), (b[:, None] * n + a).ravel()])


def complete_pairs(panel: Panel) -> Panel:
    """Keep only the pairs in which both people answered about each other, wave by wave.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[0, 1.0, 1], [1, 0, 0], [np.nan, np.nan, 0]])
    >>> complete_pairs(Panel.from_arrays({"w": y}, ["A", "B", "B"])).wave("w").cells.total
    2
    """
    return replace(panel, waves=tuple(_complete_wave(w) for w in panel.waves))


def _complete_wave(wave: Wave) -> Wave:
    both = wave.cells.senders & wave.cells.receivers
    i, j = wave.cells.hole_pairs()
    holes = np.concatenate([wave.cells.holes, j * wave.n + i])
    cells = Cells(both, both, holes)
    keep = cells.contains(wave.sender, wave.receiver)
    return replace(
        wave, sender=wave.sender[keep], receiver=wave.receiver[keep], level=wave.level[keep], cells=cells
    )


def everyone(panel: Panel, waves: tuple[str, str]) -> Cells:
    """Return the cells of all people employed (and asked) in both waves, answered or not: the frame of the bounds."""
    there, asked = np.ones((2, panel.n), bool)
    for label in waves:
        there &= panel.statuses[panel.index(label)] != STATUSES.index("not_employed")
        asked &= panel.statuses[panel.index(label)] != STATUSES.index("not_asked")
    return Cells(there & asked, there, np.empty(0, np.int64))
