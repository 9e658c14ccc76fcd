"""Allocation: who was trained, from which wave on, and how that was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.study.cells import BoolArray, IntArray, read_only
from netlearn.study.panel import Panel
from netlearn.study.plan import Assignment
from netlearn.study.rawtable import plain
from netlearn.wording.shown import Shown

By = Literal["person", "department", "start-wave"]


@dataclass(frozen=True, eq=False)
class Allocation(Shown):
    """Who was trained, from which wave on, in which units and strata it was assigned.

    Attributes
    ----------
    start : (n,) int
        Number of the first wave in which a person counts as trained; `NEVER` if in none.
    unit : (n,) int
        What was assigned as one: the number of the person, or of the department.
    strata : (n,) int
        Units were assigned within strata; every unit lies in one stratum.
    by : "person", "department" or "start-wave"
    randomized : bool
        It was drawn by lot.
    """

    NEVER = np.iinfo(np.int64).max

    start: IntArray
    unit: IntArray
    strata: IntArray
    by: By = "person"
    randomized: bool = False

    def __post_init__(self) -> None:
        for name in ("start", "unit", "strata"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.int64))
        if not self.start.ndim == 1 or not self.start.shape == self.unit.shape == self.strata.shape:
            raise NetlearnError("start, unit and strata must be vectors with one value per person.")
        for values, what in ((self.start, "start"), (self.strata, "stratum")):
            if not _shared(self.unit, values):
                raise NetlearnError(
                    f"a unit has more than one {what}; what is assigned as one must share it."
                )

    def __repr__(self) -> str:
        waves, sizes = np.unique(self.start, return_counts=True)
        trained = [
            f"{n} never trained" if wave == self.NEVER else f"{n} from wave {wave} on"
            for wave, n in zip(waves.tolist(), sizes.tolist(), strict=True)
        ]
        units, strata = (len(np.unique(values)) for values in (self.unit, self.strata))
        lot = "by lot" if self.randomized else "not by lot"
        told = f"{', '.join(trained)}; units: {units}, strata: {strata}"
        return f"Allocation({self.n} people by {self.by}, {lot}: {told})"

    @classmethod
    def from_arrays(
        cls,
        trained: ArrayLike | None = None,
        *,
        start: ArrayLike | None = None,
        unit: ArrayLike | None = None,
        strata: ArrayLike | None = None,
        by: By | None = None,
        randomized: bool = False,
    ) -> Allocation:
        """Make an allocation from one value per person.

        Parameters
        ----------
        trained : (n,) bool, or 0 and 1
            Trained between the first wave and the second. Or give `start`.
        start : (n,) whole numbers or NaN
            Number of the first wave (0, 1, …) in which each counts as trained; NaN = never.
        unit : (n,) labels, optional
            What was assigned as one, such as the department; default: every person alone.
        strata : (n,) labels, optional
            Within which it was assigned; default: one stratum.
        by : optional
            Default: "start-wave" if `start` is given, else "department" if `unit` is, else "person".
        randomized : bool
            It was drawn by lot, so that a difference may be called an effect.

        Raises
        ------
        NetlearnError
            A value that says neither trained nor not (text, missing), a start that is no whole number of 0 or more,
            vectors of different lengths, a unit with two starts or strata.

        Examples
        --------
        >>> made = Allocation.from_arrays([True, False, True])
        >>> made.by, made.trained(1).tolist(), made.trained(0).tolist()
        ('person', [True, False, True], [False, False, False])
        >>> made
        Allocation(3 people by person, not by lot: 2 from wave 1 on, 1 never trained; units: 3, strata: 1)
        """
        if (trained is None) == (start is None):
            raise NetlearnError("give either trained or start.")
        if trained is not None:
            arm = _numbers(trained, "trained")
            if not np.isin(arm, (0, 1)).all():
                raise NetlearnError(
                    "trained must be true or false (or 1 or 0) for everybody; a value is neither."
                )
            starts = np.where(arm == 1, 1, cls.NEVER)
        else:
            given = _numbers(start, "start")
            known = given[~np.isnan(given)]
            if (known < 0).any() or (known != np.floor(known)).any():
                raise NetlearnError("start must be the number of a wave, 0 or more, or NaN for never.")
            # NEVER is too large for a float, so it is put in after the cast.
            starts = np.nan_to_num(given).astype(np.int64)
            starts[np.isnan(given)] = cls.NEVER
        n = len(starts)
        units = np.arange(n) if unit is None else np.unique(np.asarray(unit), return_inverse=True)[1]
        layers = np.zeros(n, int) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
        if by is not None and by not in get_args(By):
            raise NetlearnError(f"by must be one of {', '.join(get_args(By))}; got {by!r}.")
        kind: By = by or ("start-wave" if start is not None else "person" if unit is None else "department")
        if not isinstance(randomized, bool | np.bool_):
            raise NetlearnError(f"randomized must be True or False; got {randomized!r}.")
        return cls(starts, units, layers, kind, bool(randomized))

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.start)

    def trained(self, wave: int) -> BoolArray:
        """Tell who counts as trained in the wave of that number: (n,) bool."""
        return np.asarray(self.start <= wave)


def _numbers(values: ArrayLike | None, name: str) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=object).ravel()
    if any(isinstance(value, str) for value in given):
        raise NetlearnError(f"{name} holds text; give true or false, or numbers.")
    try:
        return given.astype(float)
    except (TypeError, ValueError) as wrong:  # pandas' NA among others
        raise NetlearnError(f"{name} has a value that is neither true, false nor a number.") from wrong


def allocation(panel: Panel, assignment: Assignment, waves: Sequence[str] | None = None) -> Allocation:
    """Read off the attributes of a panel who was trained, from which wave on, and what was assigned as one.

    Parameters
    ----------
    panel : Panel
        Its attributes hold the columns of the assignment, as `netlearn.read_panel` reads them.
    assignment : Assignment
        From the study file. With "person" every person is a unit, with "department" the departments of the first wave
        are. With "start-wave" people are units, unless everybody in each department shares the start wave (and the
        stratum): then departments are, which is how such a rota is drawn up.
    waves : sequence of str, optional
        All waves of the study in order of time, where the panel lacks some in which people started; default: those of
        the panel.

    Returns
    -------
    Allocation
        `start` counts the waves of the panel: who started in a wave that it lacks counts from its next wave on, and
        who started after its last is never trained in it.

    Raises
    ------
    NetlearnError
        The panel lacks a column, or a cell holds no wave label.

    Examples
    --------
    >>> waves = {"before": np.zeros((3, 3)), "after": np.zeros((3, 3))}
    >>> panel = Panel.from_arrays(waves, list("AAB"), attributes={"got": ["yes", "no", "no"]})
    >>> made = allocation(panel, Assignment("got", trained=("yes",)))
    >>> made.trained(0).tolist(), made.trained(1).tolist(), made.unit.tolist()
    ([False, False, False], [True, False, False], [0, 1, 2])
    """
    texts = _texts(panel, assignment.column)
    layers = np.zeros(panel.n, np.int64)
    if assignment.strata is not None:
        layers = np.unique(_texts(panel, assignment.strata), return_inverse=True)[1]
    people, departments = np.arange(panel.n), panel.groups[0]
    if assignment.by == "start-wave":
        starts = _starts(texts, panel.labels, tuple(waves) if waves is not None else panel.labels)
        whole = _shared(departments, starts) and _shared(departments, layers)
        units = departments if whole else people
        return Allocation(starts, units, layers, assignment.by, assignment.randomized)
    trained = np.isin(texts, [plain(value) for value in assignment.trained])
    starts = np.where(trained, 1, Allocation.NEVER)
    units = departments if assignment.by == "department" else people
    return Allocation(starts, units, layers, assignment.by, assignment.randomized)


def _texts(panel: Panel, column: str) -> NDArray[Any]:
    if column not in panel.attributes:
        raise NetlearnError(
            f"the panel has no attribute {column!r}, which the assignment names; it has "
            f"{', '.join(panel.attributes) or 'none'}."
        )
    return np.array([plain(str(value)) for value in panel.attributes[column]])


def _starts(texts: NDArray[Any], labels: tuple[str, ...], waves: tuple[str, ...]) -> IntArray:
    """Return the number of the first wave of the panel in which each counts as trained."""
    unknown = sorted(set(texts.tolist()) - {"", *waves})
    if unknown:
        raise NetlearnError(
            f"{unknown[0]!r} is no wave; expected one of {', '.join(waves)} or a blank. Give `waves`, all waves of the "
            "study, if the panel lacks some."
        )
    held = [waves.index(label) for label in labels]
    found = {"": Allocation.NEVER}
    for at, wave in enumerate(waves):
        found[wave] = next((number for number, place in enumerate(held) if place >= at), Allocation.NEVER)
    return np.array([found[text] for text in texts.tolist()], np.int64)


def _shared(unit: IntArray, values: IntArray) -> bool:
    return len(np.unique(np.column_stack([unit, values]), axis=0)) == len(np.unique(unit))
