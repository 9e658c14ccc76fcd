"""Which further cells to hide so that the hidden ones cannot be worked out: the cheapest choice, or a good one.

The cheapest choice is a mixed integer program (Fischetti & Salazar 2001, Management Science 47): for each cell to be
protected there must be two tables that fit everything published and lie far enough apart in that cell; a cell may differ
between them only if it is hidden. Where that program is too large, cells are covered one after another by the cheapest
flow through the table (Kelly, Golden & Assad 1992, Networks 22), which protects as well and hides somewhat more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from netlearn.study.feasible import SLACK, BoolArray, FloatArray

LARGEST = 4_000  # protected cells x cells that may be hidden; beyond it the program would take minutes
NODES = 2_000  # a limit of time would give other computers other tables


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


def cover(task: Task) -> BoolArray:
    """Return the cells to hide: those hidden already and the cheapest others that keep every protected cell open."""
    size = int(task.protect.sum()) * int(task.free.sum())
    chosen = _cheapest(task) if size <= LARGEST else None
    return one_by_one(task) if chosen is None else chosen


def _cheapest(task: Task) -> BoolArray | None:
    """Solve the program exactly; None if it was not solved."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    free = np.flatnonzero(task.free)
    protect = np.searchsorted(free, np.flatnonzero(task.protect))
    n, blocks = len(free), 2 * len(protect)
    down, up = -task.counts[free], _room(task)[free]
    open_ = ~task.hidden[free]
    # Unknowns: 0/1 hidden for each free cell, then for each protected cell the two tables' distances from the truth.
    wide = sparse.eye_array(blocks)
    fits = sparse.hstack(
        [sparse.csr_array((blocks * len(task.weights), n)), sparse.kron(wide, task.weights[:, free])]
    )
    each = sparse.kron(np.ones((blocks, 1)), sparse.eye_array(n))
    moves = sparse.eye_array(blocks * n)
    above = sparse.hstack([-each @ sparse.diags_array(up), moves])
    below = sparse.hstack([-each @ sparse.diags_array(down), moves])
    apart = sparse.lil_array((len(protect), n + blocks * n))
    for at, cell in enumerate(protect):
        apart[at, n * (1 + 2 * at) + cell], apart[at, n * (2 + 2 * at) + cell] = 1.0, -1.0
    low = np.concatenate([np.where(open_, 0.0, 1.0), np.tile(down, blocks)])
    high = np.concatenate([np.ones(n), np.tile(up, blocks)])
    found = milp(
        np.concatenate([np.where(open_, 1000 * task.cost[free], 0.0), np.zeros(blocks * n)]),
        integrality=np.concatenate([np.ones(n), np.zeros(blocks * n)]),
        bounds=Bounds(low, high),
        constraints=[
            LinearConstraint(sparse.csr_array(fits), 0, 0),
            LinearConstraint(sparse.csr_array(above), -np.inf, 0),
            LinearConstraint(sparse.csr_array(below), 0, np.inf),
            LinearConstraint(sparse.csr_array(apart), task.wanted[free[protect]], np.inf),
        ],
        options={"mip_rel_gap": 0.0, "node_limit": NODES, "presolve": False},
    )
    if found.x is None:
        return None
    chosen = task.hidden.copy()
    chosen[free[found.x[:n] > 0.5]] = True
    return chosen


def one_by_one(task: Task) -> BoolArray:
    """Cover the protected cells one after another, each by the cheapest flow; what is hidden already costs nothing."""
    from scipy.optimize import linprog

    chosen, room = task.hidden.copy(), _room(task)
    free = np.flatnonzero(task.free)
    n = len(free)
    # Unknowns: how far two tables lie above and below the truth, by cell.
    split = np.hstack([task.weights[:, free], -task.weights[:, free]])
    fits = sparse.block_diag([split, split], format="csr")
    bounds = np.column_stack([np.zeros(4 * n), np.tile(np.concatenate([room[free], task.counts[free]]), 2)])
    for cell in np.searchsorted(free, np.flatnonzero(task.protect)):
        apart = np.zeros(4 * n)
        apart[[cell, 3 * n + cell]], apart[[n + cell, 2 * n + cell]] = -1.0, 1.0
        found = linprog(
            np.tile(np.where(chosen[free], 0.0, task.cost[free]), 4),
            A_ub=apart[None],
            b_ub=[-task.wanted[free[cell]]],
            A_eq=fits,
            b_eq=np.zeros(fits.shape[0]),
            bounds=bounds,
        )
        if found.x is not None:
            chosen[free[(found.x.reshape(4, n) > SLACK).any(axis=0)]] = True
    return chosen


def _room(task: Task) -> FloatArray:
    """How far each cell can rise; without a bound, as far as anybody wants."""
    return np.where(np.isfinite(task.most), task.most, task.counts + task.wanted.max(initial=0)) - task.counts
