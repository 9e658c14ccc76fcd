"""The two arms between two waves: who was trained by the later one, who was not yet, and what was assigned as one."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.randomization import attainable_p
from netlearn.study.allocation import Allocation, allocation
from netlearn.study.cells import BoolArray, Cells
from netlearn.study.panel import Panel
from netlearn.study.plan import Assignment

IntArray = NDArray[np.int64]
RARE = 0.001  # departments that would so seldom be of one arm each by chance were trained as wholes


@dataclass(frozen=True, eq=False)
class Arms:
    """People who could still be trained at the earlier wave, and who was by the later.

    Attributes
    ----------
    fresh : (n,) bool
        Not trained at the earlier wave; the others have no value before their training and are left out.
    trained : (n,) bool
        Fresh, and trained by the later wave.
    unit, strata : (n,) int
    """

    fresh: BoolArray
    trained: BoolArray
    unit: IntArray
    strata: IntArray

    def of_fresh(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return unit, arm and stratum of the fresh people."""
        return self.unit[self.fresh], self.trained[self.fresh].astype(np.int64), self.strata[self.fresh]

    def limit(self, alternative: str, seen: BoolArray) -> tuple[float, float]:
        """Count the assignments and the smallest p among those who have an outcome: (n,) bool."""
        unit, arm, strata = self.of_fresh()
        kept = seen[self.fresh]
        return attainable_p(unit[kept], arm[kept], strata[kept], alternative)

    def cells(self, cells: Cells) -> Cells:
        """Keep the cells among fresh people."""
        return Cells(cells.senders & self.fresh, cells.receivers & self.fresh, cells.holes)


def who_was_trained(panel: Panel, assignment: Allocation | Assignment | None) -> Allocation:
    """Return the allocation itself, or read it off the attributes of the panel as the study file says."""
    if assignment is None:
        raise NetlearnError(
            "say who was trained: assignment=study.assignment, or Allocation.from_arrays(trained=... or start=...)."
        )
    return allocation(panel, assignment) if isinstance(assignment, Assignment) else assignment


def by_lot(assignment: Allocation | Assignment | None, randomized: bool | None) -> bool:
    """Tell whether training was dealt by lot: as asked for, else as the study file says, else no."""
    if randomized is None:
        return isinstance(assignment, Assignment) and assignment.randomized
    return randomized


def arms(panel: Panel, assignment: Allocation, waves: tuple[str, str]) -> Arms:
    """Split the people of a panel into arms.

    Raises
    ------
    UndefinedError
        Nobody, or everybody, was trained between the waves.
    NetlearnError
        The assignment is of other people, or of people although departments were trained as wholes.
    """
    check_assignment(panel, assignment)
    before, after = (assignment.trained(panel.index(label)) for label in waves)
    fresh, trained = ~before, after & ~before
    if not trained.any() or trained[fresh].all():
        raise UndefinedError(
            f"{'nobody' if not trained.any() else 'everybody'} was trained between {waves[0]!r} and {waves[1]!r}: "
            "a comparison needs some who were and some who were not."
        )
    refuse_whole_departments(panel, assignment, fresh, trained)
    return Arms(fresh, trained, assignment.unit, assignment.strata)


def check_assignment(panel: Panel, assignment: Allocation) -> None:
    """Refuse what is no Allocation, or one of other people."""
    if not isinstance(assignment, Allocation):
        raise NetlearnError(
            f"assignment must be an Allocation, got {type(assignment).__name__}; see Allocation.from_arrays."
        )
    if assignment.n != panel.n:
        raise NetlearnError(f"the assignment is of {assignment.n} people, the panel of {panel.n}.")


def refuse_whole_departments(
    panel: Panel, assignment: Allocation, fresh: BoolArray, trained: BoolArray
) -> None:
    """Refuse to deal training person by person where departments were trained as wholes.

    That is seen from departments of one arm each, if dealing by person would give that in less than 1 of 1,000 cases.
    """
    if len(np.unique(assignment.unit)) < panel.n:
        return
    home = panel.groups[0][fresh]
    sizes = np.bincount(home)
    share = np.bincount(home, trained[fresh])
    if ((share != 0) & (share != sizes)).any():
        return
    total = int(trained.sum())
    ways = [1] + [0] * total  # ways[m]: sets of departments that hold m people together
    for size in sizes[sizes > 0].tolist():
        ways = [w + (ways[m - size] if m >= size else 0) for m, w in enumerate(ways)]
    if ways[total] / comb(int(fresh.sum()), total) < RARE:
        raise NetlearnError(
            "every department is trained as a whole or not at all, so training was not dealt person by person, and a "
            "test that says so would find differences where departments only differ. Give the department as the unit: "
            "Allocation.from_arrays(..., unit=department)."
        )
