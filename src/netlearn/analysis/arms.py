"""The two arms between two waves: who was trained by the later one, who was not yet, and what was assigned as one."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netlearn.analysis.compare import FEW_DEPARTMENTS, FEW_RESPONDENTS
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.permute import PermutationResult
from netlearn.inference.randomization import attainable_p, units_of
from netlearn.study.allocation import Allocation, allocation
from netlearn.study.cells import BoolArray, Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Assignment

IntArray = NDArray[np.int64]
Reason = Literal["few_assignments", "few_draws", "few_respondents", "few_departments", "undefined"]
RARE = 0.001  # departments that would so seldom be of one arm each by chance were trained as wholes
SELDOM = 0.05  # this seldom, it is said


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
    whole : bool
        Departments seem to have been trained as wholes, although smaller units are dealt: see `as_wholes`.
    """

    fresh: BoolArray
    trained: BoolArray
    unit: IntArray
    strata: IntArray
    whole: bool = False

    def of_fresh(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return unit, arm and stratum of the fresh people."""
        return self.unit[self.fresh], self.trained[self.fresh].astype(np.int64), self.strata[self.fresh]

    def limit(self, alternative: str, seen: BoolArray) -> tuple[float, float]:
        """Count the assignments and the smallest p among those who have an outcome: (n,) bool."""
        unit, arm, strata = self.of_fresh()
        kept = seen[self.fresh]
        return attainable_p(unit[kept], arm[kept], strata[kept], alternative)

    def dealt(self, seen: BoolArray, start: IntArray | None = None) -> dict[str, Any]:
        """Count the units that are dealt among those who have an outcome, (n,) bool, and the strata they lie in.

        Nothing is dealt in a stratum of one arm (or of one start wave, where people are trained in turns).
        """
        kept = self.fresh & seen
        arm = self.trained.astype(np.int64) if start is None else start
        kinds = np.unique(np.column_stack([self.strata[kept], arm[kept]]), axis=0)
        strata, sizes = np.unique(kinds[:, 0], return_counts=True)
        kept &= np.isin(self.strata, strata[sizes > 1])
        return {
            "n_units": len(np.unique(self.unit[kept])),
            "n_strata": len(np.unique(self.strata[kept])),
            "whole_departments": self.whole,
        }

    def cells(self, cells: Cells) -> Cells:
        """Keep the cells among fresh people."""
        return Cells(cells.senders & self.fresh, cells.receivers & self.fresh, cells.holes)


def asked_people(panel: Panel) -> BoolArray:
    """Tell who was asked in every wave: (n,) bool. The silence of the others is no missing answer."""
    return np.asarray((panel.statuses != STATUSES.index("not_asked")).all(axis=0))


def who_was_trained(panel: Panel, assignment: Allocation | Assignment | None) -> Allocation:
    """Return the allocation itself, or read it off the attributes of the panel as the study file says."""
    if assignment is None:
        raise NetlearnError(
            "say who was trained: assignment=study.assignment, or Allocation.from_arrays(trained=... or start=...)."
        )
    return allocation(panel, assignment) if isinstance(assignment, Assignment) else assignment


def by_lot(assignment: Allocation | Assignment | None, randomized: bool | None) -> bool:
    """Tell whether training was dealt by lot: as asked for, else as the assignment says, else no."""
    if randomized is None:
        return assignment is not None and assignment.randomized
    return randomized


def check_place(outcome: Any) -> None:
    """Refuse an assignment where the outcome belongs."""
    if isinstance(outcome, Allocation | Assignment):
        raise NetlearnError("an assignment stands where the outcome belongs: give it as assignment=...")


def own_values(outcome: Any, *shapes: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the user's own outcome as numbers of one of these shapes, NaN where missing; refuse text and infinity."""
    try:
        given = np.asarray(outcome)
    except ValueError as wrong:  # rows of different lengths
        raise NetlearnError("outcome must be a name or an array, with rows of one length.") from wrong
    if given.shape not in shapes:
        wanted = " or ".join(str(shape) for shape in shapes)
        raise NetlearnError(f"outcome must be a name or an array of shape {wanted}; got shape {given.shape}.")
    kind = given.dtype.kind
    if kind not in "biufO" or (kind == "O" and any(isinstance(v, str | bytes) for v in given.ravel())):
        raise NetlearnError("outcome holds text or dates; give numbers, NaN where missing.")
    try:
        values = given.astype(float)
    except (TypeError, ValueError) as wrong:  # pandas' NA among others
        raise NetlearnError("outcome has a value that is no number; give NaN where missing.") from wrong
    if np.isinf(values).any():
        raise NetlearnError("outcome holds an infinite value; give a number, or NaN where missing.")
    return values


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
    whole = as_wholes(panel, assignment, fresh, trained.astype(np.int64))
    return Arms(fresh, trained, assignment.unit, assignment.strata, whole)


def check_assignment(panel: Panel, assignment: Allocation) -> None:
    """Refuse what is no Allocation, or one of other people."""
    if not isinstance(assignment, Allocation):
        raise NetlearnError(
            f"assignment must be an Allocation, got {type(assignment).__name__}; see Allocation.from_arrays."
        )
    if assignment.n != panel.n:
        raise NetlearnError(f"the assignment is of {assignment.n} people, the panel of {panel.n}.")


def as_wholes(panel: Panel, assignment: Allocation, fresh: BoolArray, labels: IntArray) -> bool:
    """Tell whether departments seem to have got labels (trained or not, start waves) as wholes; refuse if surely.

    That is seen from departments of one label each. If dealing unit by unit would make departments alike in less than
    1 of 1,000 cases, it is refused; in less than 5 of 100, True. Departments that share a unit count as one; a unit of
    its own for each is what is asked for.
    """
    first, place, kind, layers = units_of(assignment.unit[fresh], labels[fresh], assignment.strata[fresh])
    # Departments within strata, since labels are dealt within them; joined where a unit reaches over several.
    home = np.unique(np.column_stack([panel.groups[0][fresh], layers[place]]), axis=0, return_inverse=True)[1]
    size = len(first) + len(home)
    links = coo_array((np.ones(len(home)), (place, len(first) + home.ravel())), shape=(size, size))
    whole = connected_components(links, directed=False)[1][: len(first)]
    _, leader, of = np.unique(whole, return_index=True, return_inverse=True)
    if (kind != kind[leader][of]).any():
        return False
    chance = _log_ways(kind[leader], layers[leader]) - _log_ways(kind, layers)
    if chance < log(RARE):
        raise NetlearnError(
            "every department is trained as a whole or not at all, all from the same wave on, so training was not "
            "dealt person by person, and a test that says so would find differences where departments only differ. "
            'Give the department as the unit: by = "department" under [assignment] in study.toml, or '
            "Allocation.from_arrays(..., unit=department)."
        )
    return chance < log(SELDOM)


def _log_ways(labels: IntArray, strata: IntArray) -> float:
    """Logarithm of the number of distinct ways of dealing labels within strata."""
    sizes = np.unique(strata, return_counts=True)[1]
    counts = np.unique(np.column_stack([strata, labels]), axis=0, return_counts=True)[1]
    return sum(lgamma(n + 1) for n in sizes) - sum(lgamma(n + 1) for n in counts)


def reasons(panel: Panel, people: BoolArray, found: PermutationResult, alpha: float) -> tuple[Reason, ...]:
    """Tell why a test among these people can only describe; empty if it carries a conclusion."""
    said: list[Reason] = []
    if np.isnan(found.p_value):
        said.append("undefined")
    elif found.smallest_p > alpha:
        said.append("few_draws" if not found.exact and 1 / (1 + found.draws) > alpha else "few_assignments")
    if people.sum() < FEW_RESPONDENTS:
        said.append("few_respondents")
    if len(np.unique(panel.groups[0][people])) < FEW_DEPARTMENTS:
        said.append("few_departments")
    return tuple(said)
