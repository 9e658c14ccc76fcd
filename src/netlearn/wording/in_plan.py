"""The verdict that the plan of a study leaves: given Holm for secondary outcomes, none for what was not planned."""

from __future__ import annotations

from netlearn.wording import Language
from netlearn.wording.terms import pick

NOT_PLANNED = ("Not planned as an outcome: no verdict.", "Ikke planlagt som udfald: ingen vurdering.")
UNDECIDED_HOLM = (
    "Verdict: cannot be decided, now that several outcomes were looked at (Holm's correction).",
    "Vurdering: kan ikke afgøres, når der er set på flere udfald (Holms korrektion).",
)


def in_plan(key: str, own: str, language: Language = "en") -> str:
    """Return the verdict of a result as its role in the plan leaves it.

    Parameters
    ----------
    key : str
        The verdict of the role, from `OutcomeResult.verdict`; "not_planned" where no outcome asks for it.
    own : str
        The verdict of the result, in words.
    language : "en" or "da"

    Examples
    --------
    >>> in_plan("changed", "Verdict: this changed.")
    'Verdict: this changed.'
    >>> in_plan("not_planned", "Verdict: this changed.", "da")
    'Ikke planlagt som udfald: ingen vurdering.'
    """
    if key == "undecided_holm":
        return pick(UNDECIDED_HOLM, language)
    return pick(NOT_PLANNED, language) if key == "not_planned" else own
