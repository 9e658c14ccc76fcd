"""Allocation: who was trained, from which wave on, and how that was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.study.cells import BoolArray, IntArray, read_only

By = Literal["person", "department", "start-wave"]


@dataclass(frozen=True, eq=False)
class Allocation:
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
    """

    NEVER = np.iinfo(np.int64).max

    start: IntArray
    unit: IntArray
    strata: IntArray
    by: By = "person"

    def __post_init__(self) -> None:
        for name in ("start", "unit", "strata"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.int64))
        if not self.start.ndim == 1 or not self.start.shape == self.unit.shape == self.strata.shape:
            raise NetlearnError("start, unit and strata must be vectors with one value per person.")
        for values, what in ((self.start, "start"), (self.strata, "stratum")):
            if len(np.unique(np.column_stack([self.unit, values]), axis=0)) > len(np.unique(self.unit)):
                raise NetlearnError(
                    f"a unit has more than one {what}; what is assigned as one must share it."
                )

    @classmethod
    def from_arrays(
        cls,
        trained: ArrayLike | None = None,
        *,
        start: ArrayLike | None = None,
        unit: ArrayLike | None = None,
        strata: ArrayLike | None = None,
        by: By | None = None,
    ) -> Allocation:
        """Make an allocation from one value per person.

        Parameters
        ----------
        trained : (n,) bool
            Trained between the first wave and the second. Or give `start`.
        start : (n,) int or NaN
            Number of the first wave (0, 1, …) in which each counts as trained; NaN = never.
        unit : (n,) labels, optional
            What was assigned as one, such as the department; default: every person alone.
        strata : (n,) labels, optional
            Within which it was assigned; default: one stratum.
        by : optional
            Default: "start-wave" if `start` is given, else "department" if `unit` is, else "person".

        Examples
        --------
        >>> made = Allocation.from_arrays([True, False, True])
        >>> made.by, made.trained(1).tolist(), made.trained(0).tolist()
        ('person', [True, False, True], [False, False, False])
        """
        if (trained is None) == (start is None):
            raise NetlearnError("give either trained or start.")
        if trained is not None:
            starts = np.where(np.asarray(trained, bool), 1, cls.NEVER)
        else:
            given = np.asarray(start, float)
            starts = np.where(np.isnan(given), cls.NEVER, np.nan_to_num(given)).astype(np.int64)
            starts[np.isnan(given)] = cls.NEVER
        n = len(starts)
        units = np.arange(n) if unit is None else np.unique(np.asarray(unit), return_inverse=True)[1]
        layers = np.zeros(n, int) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
        kind: By = by or ("start-wave" if start is not None else "person" if unit is None else "department")
        return cls(starts, units, layers, kind)

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.start)

    def trained(self, wave: int) -> BoolArray:
        """Tell who counts as trained in the wave of that number: (n,) bool."""
        return np.asarray(self.start <= wave)

    def units(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return, per unit: its number in 0 … u-1 for each person (n,), its start (u,) and its stratum (u,)."""
        _, first, place = np.unique(self.unit, return_index=True, return_inverse=True)
        return place, self.start[first], self.strata[first]
