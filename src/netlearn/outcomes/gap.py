"""The gap between what the work requires and what people say they can do, and how it closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.outcomes.paired import DECIMALS, PairedChange, paired_change
from netlearn.study.planned import Alternative
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GapClosure(Shown):
    """How a gap closed, among people who told both levels both times.

    Attributes
    ----------
    closure : PairedChange
        Gap before less gap after: positive = the gap got smaller.
    present, required : PairedChange
        Change of the two levels, two-sided; `closure.estimate` is the rise of the present level less that of the
        required one. A required level that moved is a response shift: people judge by another yardstick than before.
    gap_before, gap_after : float
        Mean gaps.
    share_before, share_after : float
        Share of people with a gap over 0.
    per_person : (n,) float
        Closure of everybody given, NaN where one of the four levels is missing.
    """

    closure: PairedChange
    present: PairedChange
    required: PairedChange
    gap_before: float
    gap_after: float
    share_before: float
    share_after: float
    per_person: FloatArray


def gap(required: ArrayLike, present: ArrayLike) -> FloatArray:
    """Subtract the present from the required level of each person: (n,) float, NaN where one is missing.

    Below 0 where people can do more than is required.

    Examples
    --------
    >>> gap([6, 5, float("nan")], [4, 5.5, 3]).tolist()
    [2.0, -0.5, nan]
    """
    wanted, had = np.asarray(required, dtype=float), np.asarray(present, dtype=float)
    if wanted.ndim != 1 or wanted.shape != had.shape:
        raise NetlearnError(
            f"give a required and a present level per person; got shapes {wanted.shape} and {had.shape}."
        )
    return np.round(wanted - had, DECIMALS)


def gap_closure(
    required: tuple[ArrayLike, ArrayLike],
    present: tuple[ArrayLike, ArrayLike],
    *,
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
) -> GapClosure:
    """Compare a gap at two times, and say which of its two levels moved.

    Parameters
    ----------
    required, present : (before, after) of (n,) float
        Levels per person, NaN where there is none.
    alternative : "two-sided", "greater" or "less"
        "greater": did the gap close?
    alpha : float

    Returns
    -------
    GapClosure

    Raises
    ------
    NetlearnError
        Vectors of different lengths; alternative or alpha out of range.

    Examples
    --------
    Two people: gaps 2 and 1 become 1 and 1. The first can do 2 more, and 1 more is required; the second did not move.

    >>> found = gap_closure(([5, 4], [6, 4]), ([3, 3], [5, 3]))
    >>> found.closure.estimate, found.present.estimate, found.required.estimate
    (0.5, 1.0, 0.5)
    """
    gaps = [gap(wanted, had) for wanted, had in zip(required, present, strict=True)]
    if gaps[0].shape != gaps[1].shape:
        raise NetlearnError("both times must hold the same people in the same order.")
    whole = np.isfinite(gaps[0]) & np.isfinite(gaps[1])
    before, after = gaps[0][whole], gaps[1][whole]
    moved = [[np.asarray(level, dtype=float)[whole] for level in pair] for pair in (present, required)]
    some = len(before) > 0
    return GapClosure(
        # The fall of the gap is the rise of its negative.
        closure=paired_change(-before, -after, alternative=alternative, alpha=alpha),
        present=paired_change(*moved[0], alpha=alpha),
        required=paired_change(*moved[1], alpha=alpha),
        gap_before=float(before.mean()) if some else np.nan,
        gap_after=float(after.mean()) if some else np.nan,
        share_before=float((before > 0).mean()) if some else np.nan,
        share_after=float((after > 0).mean()) if some else np.nan,
        per_person=np.round(gaps[0] - gaps[1], DECIMALS),
    )
