"""`design_limit`: in how many ways training can be dealt, and the smallest p that this can give, before any test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from netlearn.analysis.arm_outcomes import seen_in_turns, seen_people
from netlearn.analysis.arms import Arms, arms, as_wholes, by_lot, who_was_trained
from netlearn.analysis.group_time import is_staggered, values_by_wave
from netlearn.analysis.randomization import Outcome, check_outcome, check_question
from netlearn.inference.randomization import attainable_p
from netlearn.study.allocation import Allocation, By
from netlearn.study.panel import Panel, two_waves
from netlearn.study.plan import Assignment
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import dealt as words


@dataclass(frozen=True, eq=False, repr=False)
class DesignLimit(Told):
    """What a design can show at best.

    Attributes
    ----------
    n_assignments : float
        Ways in which training can be dealt; infinite if more than can be counted.
    attainable_p : float
        Smallest p that any of them can give, were all tried.
    n_units, n_strata : int
        Units that are dealt, because somebody in them has an outcome, and the strata in which they lie.
    by : "person", "department" or "start-wave"
    whole_departments, randomized : bool
        As in `RandomizationResult`.
    alternative : "two-sided", "greater" or "less"
    alpha : float
    """

    words = staticmethod(words.limit)
    shown = ()

    n_assignments: float
    attainable_p: float
    n_units: int
    n_strata: int
    by: By
    whole_departments: bool
    randomized: bool
    alternative: Alternative
    alpha: float

    @property
    def reaches(self) -> bool:
        """A p of alpha or less can come out."""
        return self.attainable_p <= self.alpha


def design_limit(
    panel: Panel,
    assignment: Allocation | Assignment,
    waves: tuple[str, str] | None = None,
    *,
    outcome: Outcome | ArrayLike = "cross_out_degree",
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
) -> DesignLimit:
    """Count the ways of dealing the training, and the smallest p they can give: that of `randomization_test`.

    Nothing is compared: only who has an outcome is looked at, since a unit without anybody who has one is not dealt.
    Outcomes with many ties, or few draws, can make the smallest p of a test larger, never smaller.

    Parameters
    ----------
    panel, assignment, waves, outcome, alternative, alpha
        As in `randomization_test`.

    Returns
    -------
    DesignLimit

    Raises
    ------
    NetlearnError, UndefinedError
        As `randomization_test`.

    Examples
    --------
    Two of five departments were trained, which can be done in ten ways:

    >>> waves = {"before": np.zeros((10, 10)), "after": np.zeros((10, 10))}
    >>> home = np.repeat(np.arange(5), 2)
    >>> found = design_limit(Panel.from_arrays(waves, home), Allocation.from_arrays(home < 2, unit=home))
    >>> found.n_assignments, found.attainable_p, found.n_units, found.reaches
    (10, 0.1, 5, False)
    """
    check_outcome(outcome)
    check_question(alternative, alpha)
    dealt = who_was_trained(panel, assignment)
    if is_staggered(panel, dealt, waves):
        starts = np.minimum(dealt.start, len(panel.waves))  # after the last wave all are alike
        seen = seen_in_turns(dealt, values_by_wave(panel, outcome))
        count, least = attainable_p(dealt.unit[seen], starts[seen], dealt.strata[seen], alternative)
        whole = as_wholes(panel, dealt, dealt.start > 0, starts)
        split = Arms(dealt.start > 0, starts < len(panel.waves), dealt.unit, dealt.strata, whole)
        counted = split.dealt(seen, starts)
    else:
        pair = two_waves(panel, waves)
        split = arms(panel, dealt, pair)
        seen = seen_people(panel, outcome, pair, split)
        # Arms that change places leave "one" as it is, so no assignment is another's mirror image.
        side = "greater" if isinstance(outcome, str) and outcome == "one_trained" else alternative
        count, least = split.limit(side, seen)
        counted = split.dealt(seen)
    return DesignLimit(
        count,
        least,
        by=dealt.by,
        randomized=by_lot(assignment, None),
        alternative=alternative,
        alpha=alpha,
        **counted,
    )
