"""Which further cells to hide so that the hidden ones cannot be worked out: the cheapest choice, or a good one.

The cheapest choice is found as by Fischetti & Salazar (2001, Management Science 47). For each cell to be protected
there must be two tables that fit everything published and lie far enough apart in that cell; a cell may differ between
them only if it is hidden. A small 0/1 program chooses cells; where its choice leaves a cell too narrow, the dual prices
of that cell's own linear program give an inequality that every good choice obeys, and the choice is made again. Should
that take too long, cells are covered one after another by the cheapest flow through the table (Kelly, Golden & Assad
1992, Networks 22), which protects as well and hides somewhat more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from netlearn.study.feasible import SLACK, BoolArray, FloatArray

LARGEST = (
    400  # cells that may be hidden (20 departments by 20); beyond it the cheapest choice can take minutes
)
ROUNDS, NODES = 60, 500  # limits of work: a limit of time would give other computers other tables
HINT = 1e-3  # a little room in cells that are shown makes the dual prices tell what hiding them would give


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be covered; all vectors by cell.

    Attributes
    ----------
    weights : (sums, cells)
    counts, most : (cells,)
        True counts, and the most that each can be.
    free, hidden, protect : (cells,) bool
        Cells that may be hidden, those that are already, and those whose value must stay open.
    wanted : (cells,)
        How far apart the least and the most of a protected cell must be.
    cost : (cells,)
    """

    weights: FloatArray
    counts: FloatArray
    most: FloatArray
    free: BoolArray
    hidden: BoolArray
    protect: BoolArray
    wanted: FloatArray
    cost: FloatArray

    @property
    def room(self) -> FloatArray:
        """How far each cell can rise; without a bound, as far as anybody wants."""
        bounded = np.where(np.isfinite(self.most), self.most, self.counts + self.wanted.max(initial=0))
        return bounded - self.counts


def cover(task: Task) -> BoolArray:
    """Return the cells to hide: those hidden already and the cheapest others that keep every protected cell open."""
    chosen = cheapest(task) if task.free.sum() <= LARGEST else None
    return one_by_one(task) if chosen is None else chosen


def cheapest(task: Task) -> BoolArray | None:
    """Return the cheapest choice, or None if it was not found in the rounds allowed."""
    chosen = task.hidden
    rules: list[FloatArray] = []
    lonely = _no_lonely_cell(task)
    for _ in range(ROUNDS):
        broken = [_rule(task, chosen, int(cell)) for cell in np.flatnonzero(task.protect)]
        new = [rule for rule in broken if rule is not None]
        if not new:
            return chosen
        rules += new
        better = _choose(task, np.array(rules), lonely)
        if better is None:
            return None
        chosen = better
    return None


def _no_lonely_cell(task: Task) -> sparse.csr_array:
    """Return inequalities (m, cells), each @ x >= 0: a cell that is hidden alone in a sum is no help to anybody."""
    given = task.hidden & ~(task.protect & (task.wanted > 0))
    at, cell = np.nonzero((task.weights > 0) & task.free & ~given)
    m = len(at)
    others = sparse.csr_array((task.weights[at] > 0) & task.free, dtype=float)
    return others - sparse.csr_array((np.full(m, 2.0), (np.arange(m), cell)), shape=others.shape)


def _choose(task: Task, rules: FloatArray, lonely: sparse.csr_array) -> BoolArray | None:
    """Choose the cheapest cells x in {0, 1} with rules @ x >= 1."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        np.where(task.hidden, 0.0, 1000 * task.cost),
        integrality=np.ones(len(task.cost)),
        bounds=Bounds(task.hidden.astype(float), (task.hidden | task.free).astype(float)),
        constraints=[LinearConstraint(rules, 1 - HINT, np.inf), LinearConstraint(lonely, 0, np.inf)],
        # With presolve the solver now and then writes a line of its own to standard output.
        options={"mip_rel_gap": 0.0, "node_limit": NODES, "presolve": False},
    )
    return None if found.x is None or found.status != 0 else np.asarray(found.x > 0.5)


def _rule(task: Task, chosen: BoolArray, cell: int) -> FloatArray | None:
    """Return the inequality (cells,) that a choice breaks by leaving a cell too narrow; None if it is wide enough."""
    for hint in (HINT, 0.0):
        gain = _gain(task, np.where(chosen, 1.0, hint), cell)
        if gain @ chosen < task.wanted[cell] - SLACK:
            return np.minimum(np.round(gain, 6) / task.wanted[cell], 1.0)
    return None


def _gain(task: Task, share: FloatArray, cell: int) -> FloatArray:
    """Return what hiding each cell can add, at most, to the width of one: (cells,).

    For any prices of the sums a cell moves up by no more than the sum over hidden cells j of room_j x (what is left of
    j after its prices, if positive) and count_j x (the same, if negative); down likewise with room and count exchanged.
    `share` says how much of each cell's room the prices are found with.
    """
    from scipy.optimize import linprog

    free = np.flatnonzero(task.free)
    rise, fall = task.room[free], task.counts[free]
    aim = (free == cell).astype(float)
    gain = np.zeros(len(task.cost))
    for up, down in ((rise, fall), (fall, rise)):
        found = linprog(
            -aim,
            A_eq=task.weights[:, free],
            b_eq=np.zeros(len(task.weights)),
            bounds=np.column_stack([-down * share[free], up * share[free]]),
        )
        left = aim + found.eqlin.marginals @ task.weights[:, free]
        gain[free] += up * np.maximum(left, 0) + down * np.maximum(-left, 0)
    return gain


def one_by_one(task: Task) -> BoolArray:
    """Cover the protected cells one after another, each by the cheapest flow; what is hidden already costs nothing."""
    from scipy.optimize import linprog

    chosen = task.hidden.copy()
    free = np.flatnonzero(task.free)
    n = len(free)
    # Unknowns: how far two tables lie above and below the truth, by cell.
    split = np.hstack([task.weights[:, free], -task.weights[:, free]])
    fits = sparse.block_diag([split, split], format="csr")
    most = np.tile(np.concatenate([task.room[free], task.counts[free]]), 2)
    for cell in np.searchsorted(free, np.flatnonzero(task.protect)):
        apart = np.zeros(4 * n)
        apart[[cell, 3 * n + cell]], apart[[n + cell, 2 * n + cell]] = -1.0, 1.0
        found = linprog(
            np.tile(np.where(chosen[free], 0.0, task.cost[free]), 4),
            A_ub=apart[None],
            b_ub=[-task.wanted[free[cell]]],
            A_eq=fits,
            b_eq=np.zeros(fits.shape[0]),
            bounds=np.column_stack([np.zeros(4 * n), most]),
        )
        if found.x is not None:
            chosen[free[(found.x.reshape(4, n) > SLACK).any(axis=0)]] = True
    return chosen
