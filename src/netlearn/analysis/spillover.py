"""`spillover`: change of ties between departments where both, one or neither of the two people were trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.arms import Arms, Reason, arms, asked_people, by_lot, reasons, who_was_trained
from netlearn.analysis.joint import joint
from netlearn.inference.dyad_classes import CLASSES, Contrast, DyadModel, dyad_model, redraw_classes
from netlearn.inference.parallel import Workers
from netlearn.inference.randomization import units_of
from netlearn.study.allocation import Allocation, By
from netlearn.study.cells import Cells
from netlearn.study.panel import Panel, two_waves
from netlearn.study.plan import Assignment
from netlearn.study.told import Told
from netlearn.wording import spillover as words

PER = 100


@dataclass(frozen=True, eq=False)
class ClassChanges:
    """Cells and ties of every class of arcs, and their contrasts.

    Attributes
    ----------
    cells : Cells
        Observed in both waves, among people who were not trained before.
    counts : (5, 3) float
        Cells, ties before, ties after; rows both, one, sender, receiver, none.
    contrasts : dict of Contrast
    attainable_p : (float, float)
        Smallest p of "both", and of the other contrasts.
    n_assignments : float
    dealt : dict
        n_units, n_strata and whole_departments: see `Arms.dealt`.
    n_dyads : int
    """

    cells: Cells
    counts: NDArray[np.float64]
    contrasts: dict[str, Contrast]
    attainable_p: tuple[float, float]
    n_assignments: float
    dealt: dict[str, Any]
    n_dyads: int


ROWS = ("both", "one", "sender", "receiver", "none")


def contrasts_between_arms(panel: Panel, pair: tuple[str, str], split: Arms, **how: Any) -> ClassChanges:
    """Compute the change of every class of arcs between departments, and test it against where neither was trained."""
    view = joint(panel, *pair)
    cells, group = split.cells(view.cells), panel.group(pair[0])
    inside = cells.contains(view.sender, view.receiver) & (group[view.sender] != group[view.receiver])
    i, j = view.sender[inside], view.receiver[inside]
    first, second = view.first[inside], view.second[inside]
    # Units with nobody in a cell, such as those trained before, stay out of the deal: alike, in a stratum of their own.
    dealt = np.isin(split.unit, split.unit[cells.people()])
    _, place, labels, layers = units_of(
        split.unit, (split.trained & dealt).astype(np.int64), np.where(dealt, split.strata, -1)
    )
    model = dyad_model(cells, group, i, j, second - first, place)
    # Arms that change places turn the sign of "both" alone, so only there two assignments tie.
    limits = [split.limit(side, cells.people()) for side in (how.get("alternative", "two-sided"), "greater")]
    smallest = (limits[0][1], limits[1][1])
    contrasts = redraw_classes(model, labels, layers, smallest_p=smallest, **how)
    kind = np.array([[3, 2], [1, 0]])[split.trained[i].astype(int), split.trained[j].astype(int)]
    ties = [np.bincount(kind, weights=values, minlength=len(CLASSES)) for values in (first, second)]
    room = [float(model.sums(labels[None])["M"][name][0]) for name in CLASSES]
    table = np.column_stack([room, *ties])
    counts = np.vstack([table[0], table[1] + table[2], table[1:]])
    dealt_units = split.dealt(cells.people())
    return ClassChanges(cells, counts, contrasts, smallest, limits[0][0], dealt_units, _pairs(model))


def _pairs(model: DyadModel) -> int:
    """Count the unordered pairs between departments with an observed cell: those observed both ways hold two."""
    one = np.ones((len(model.unit), 1))
    cells, mutual = ((model.matrices[name] @ one).sum() for name in ("M", "MMt"))
    return round(float(cells - mutual / 2))


def class_table(made: ClassChanges) -> pd.DataFrame:
    """One row per class: cells, ties per 100 cells before and after, their change, and the contrast with "none".

    Its p comes with the Monte Carlo interval and the smallest that it could have been.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        before, after = (PER * made.counts[:, k] / made.counts[:, 0] for k in (1, 2))
    rows = []
    for k, name in enumerate(ROWS):
        row = {"trained": name, "cells": round(made.counts[k, 0]), "before": before[k], "after": after[k]}
        row["change"] = after[k] - before[k]
        c = made.contrasts.get(name)
        numbers = (c.estimate, c.low, c.high) if c else (np.nan,) * 3
        row |= dict(zip(("difference", "low", "high"), (PER * v for v in numbers), strict=True))
        p = (c.result.p_value, c.result.low, c.result.high, c.result.smallest_p) if c else (np.nan,) * 4
        rows.append(row | dict(zip(("p_value", "p_low", "p_high", "smallest_p"), p, strict=True)))
    return pd.DataFrame(rows)


@dataclass(frozen=True, eq=False, repr=False)
class Spillover(Told):
    """Change of ties between departments by who of the two people was trained.

    Attributes
    ----------
    waves : (earlier, later)
    table : DataFrame
        One row per class (both, one, sender: trained names untrained, receiver: untrained names trained, none): cells;
        ties per 100 cells before and after; change; difference from the change where neither was trained, with the
        interval and p of redrawn assignments; the Monte Carlo interval of that p (p_low, p_high), and the smallest that
        it could have been (smallest_p).
    contrasts : dict
        The test of each class by name.
    attainable_p, n_assignments : float
        Smallest p that the design can give to "both", were all assignments tried, and how many they are.
    alpha : float
    reasons : tuple of str
        Why the figures only describe and no p is told, as in `randomization_test`; empty if they carry a conclusion.
    n_people, n_trained, n_missing, n_already : int
        People who answered both times, the trained among them, people who did not, and people trained before, who are
        left out.
    n_units, n_strata, n_dyads : int
        Units that are dealt, strata in which they lie, and pairs of people.
    by, whole_departments, randomized
        As in `RandomizationResult`.
    """

    words = staticmethod(words.spillover)

    waves: tuple[str, str]
    table: pd.DataFrame
    contrasts: dict[str, Contrast]
    attainable_p: float
    n_assignments: float
    alpha: float
    reasons: tuple[Reason, ...]
    n_people: int
    n_trained: int
    n_missing: int
    n_already: int
    n_units: int
    n_strata: int
    n_dyads: int
    by: By
    whole_departments: bool
    randomized: bool

    @property
    def smallest_p(self) -> float:
        """Smallest p with these draws: `attainable_p`, or 1 / (1 + draws) if that is more."""
        return self.contrasts["both"].result.smallest_p

    @property
    def descriptive(self) -> bool:
        """The figures only describe."""
        return bool(self.reasons)


def spillover(
    panel: Panel,
    assignment: Allocation | Assignment,
    *,
    waves: tuple[str, str] | None = None,
    randomized: bool | None = None,
    draws: int = 1999,
    seed: int = 0,
    alpha: float = 0.05,
    workers: Workers = 1,
    progress: bool = False,
) -> Spillover:
    """Show how ties between departments changed where both, one and neither of the two people were trained.

    Parameters
    ----------
    panel : Panel
    assignment : Allocation, or Assignment of the study file
        As in `randomization_test`; people who could never have been trained belong in a stratum of their own.
    waves : (earlier, later), optional
        Default: the first and the last.
    randomized : bool
        Training was dealt by lot; default: as the assignment says.
    draws, seed, alpha, workers, progress
        As in `randomization_test`.

    Returns
    -------
    Spillover
        NaN where a class has no cells.

    Notes
    -----
    If training reached the untrained, "none" is no clean comparison either: people nobody trained may have learned from
    those who were. The differences are then too small, never too large, where spill-over goes the way of the effect.

    Examples
    --------
    Four people in two departments; A and C were trained, and A, who named nobody before, now names C:

    >>> before, after = np.zeros((2, 4, 4))
    >>> after[0, 2] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, ["x", "x", "y", "y"])
    >>> shown = spillover(panel, Allocation.from_arrays([True, False, True, False])).table
    >>> shown[["trained", "cells", "after"]].values.tolist()
    [['both', 2, 50.0], ['one', 4, 0.0], ['sender', 2, 0.0], ['receiver', 2, 0.0], ['none', 2, 0.0]]
    """
    pair = two_waves(panel, waves)
    dealt = who_was_trained(panel, assignment)
    split = arms(panel, dealt, pair)
    how = {"draws": draws, "seed": seed, "alpha": alpha, "workers": workers, "progress": progress}
    made = contrasts_between_arms(panel, pair, split, **how)
    people = made.cells.senders & made.cells.people()
    tested = [c.result for c in made.contrasts.values()]
    # A class without cells says so itself; the others may still carry a conclusion.
    main = next((r for r in tested if not np.isnan(r.p_value)), tested[0])
    return Spillover(
        pair,
        class_table(made),
        made.contrasts,
        made.attainable_p[0],
        made.n_assignments,
        alpha,
        reasons(panel, people, main, alpha),
        n_people=int(people.sum()),
        n_trained=int((people & split.trained).sum()),
        n_missing=int((split.fresh & ~people & asked_people(panel)).sum()),
        n_already=int((~split.fresh).sum()),
        n_dyads=made.n_dyads,
        by=dealt.by,
        randomized=by_lot(assignment, randomized),
        **made.dealt,
    )
