"""What a study with few people would not have shown, in a sentence."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, digits_for, number, rounded
from netlearn.wording.sentences import people
from netlearn.wording.terms import pick, scale, term

_CHANGE = (
    "With {people} in {departments} departments, a change of less than {size} would probably not have been seen.",
    "En ændring på mindre end {size} ville sandsynligvis ikke kunne ses med {people} i {departments} afdelinger.",
)
_ODDS = (
    "With {people} in {departments} departments, odds that became less than {more} times as large, or not smaller than "
    "{less} times, would probably not have been seen to change.",
    "Odds, der blev mindre end {more} gange så store, eller som ikke faldt til under {less} gange det tidligere, ville "
    "sandsynligvis ikke kunne ses at have ændret sig med {people} i {departments} afdelinger.",
)


def smallest(least: float, change: Any, language: Language = "en") -> str:
    """Say how small a change these people would probably not have shown; "" where that cannot be computed.

    Parameters
    ----------
    least : float
        From `netlearn.analysis.detectable`.
    change : Change
        From `netlearn.compare`; read are its people, its departments and its unit.
    language : "en" or "da"
    """
    if math.isnan(least):
        return ""
    who = {"people": people(change.n_people, language), "departments": count(change.n_departments, language)}
    unit = scale(change)[1]
    if unit == "log_odds":
        limits = {
            "more": number(math.exp(least), language),
            "less": number(math.exp(-least), language),
        }
        return pick(_ODDS, language).format(**limits, **who)
    size = f"{rounded(least, language, digits_for(least))} {term('unit', unit, language)}"
    return pick(_CHANGE, language).format(size=size, **who)
