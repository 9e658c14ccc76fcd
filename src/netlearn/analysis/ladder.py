"""The design ladder: what the plan allows a result to be called, before any answer is read."""

from __future__ import annotations

from typing import Literal

from netlearn.errors import NetlearnError
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome

DesignRung = Literal["association", "before_after", "comparison", "staggered", "randomized"]


def design_rung(study: Study, outcome: Outcome) -> DesignRung:
    """Return the rung of the design ladder on which an outcome of a study stands.

    Parameters
    ----------
    study : Study
    outcome : Outcome
        One of its outcomes; another outcome may stand on another rung.

    Returns
    -------
    "association", "before_after", "comparison", "staggered" or "randomized"
        Two things that go together; one group before and after; trained people beside others; people trained in turns;
        a lot decided who was trained, or who shared a room. Only the last may be told as more than a change or a
        difference.

    Raises
    ------
    NetlearnError
        The outcome compares trained people with others, or people who shared a room, and the study does not say who.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from netlearn.study.plan import Assignment
    >>> outcome = Outcome("contact", "cross_out_degree", ("before", "after"))
    >>> turns = SimpleNamespace(assignment=Assignment("start", by="start-wave"))
    >>> lot = SimpleNamespace(assignment=Assignment("arm", trained=("yes",), randomized=True))
    >>> design_rung(turns, outcome), design_rung(lot, outcome)
    ('staggered', 'randomized')
    """
    if outcome.family == "trained":
        return _by_assignment(study, outcome)
    if outcome.family == "exposure":
        return "randomized" if _dealt(study, outcome) else "association"
    return "association" if outcome.family == "association" else "before_after"


def _by_assignment(study: Study, outcome: Outcome) -> DesignRung:
    if study.assignment is None:
        raise NetlearnError(
            f"the study does not say who was trained, which {outcome.measure} needs; expected [assignment] in "
            "study.toml. Add it, or name another measure."
        )
    if study.assignment.randomized:
        return "randomized"
    return "staggered" if study.assignment.by == "start-wave" else "comparison"


def _dealt(study: Study, outcome: Outcome) -> bool:
    """Tell whether chance decided who was where."""
    for plan in study.attendance:
        if plan.name == outcome.attendance:
            return plan.assigned
    raise NetlearnError(
        f"the study has no attendance list {outcome.attendance!r}; expected one of those in study.toml. Correct the "
        "name, or add the list."
    )


def rungs_of(study: Study) -> tuple[DesignRung, ...]:
    """Return the rungs on which the outcomes of a study stand, each once, that of the primary outcome first."""
    return tuple(dict.fromkeys(design_rung(study, outcome) for outcome in (study.primary, *study.secondary)))
