"""What a study with few people would not have shown, and what so few people never show."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, digits_for, number, rounded
from netlearn.wording.sentences import people
from netlearn.wording.terms import pick, scale, term

FEW = 40  # people from whom on the intervals held as they should wherever they were measured
_MORE = 5  # colleagues whom one person names beyond before, to show how much one person weighs

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
_MARGIN = (
    "What was said beforehand to matter is less ({margin}): so large a change may have happened without being seen.",
    "Det, der på forhånd er sat som betydende, er mindre ({margin}): Så stor en ændring kan være sket, uden at det "
    "ses.",
)
_ONE_COLLEAGUE = ("1 colleague per person", "1 kollega pr. person")
_NEVER = (
    "So few people can never show a small change, nor what happened in a department of a few people, whatever the "
    "programme did.",
    "Så få personer kan aldrig vise en lille ændring og heller ikke, hvad der skete i en afdeling med nogle få "
    "personer, uanset hvad forløbet har ført til.",
)
_ONE = (
    "If one of the {n} names {more} colleagues more, the average rises by {by} for that reason alone.",
    "Nævner én af de {n} personer {more} kolleger flere, stiger gennemsnittet alene derfor med {by}.",
)
_UNDECIDED = (
    "“Cannot be decided” is the answer to be expected here, and no sign that nothing happened.",
    "»Kan ikke afgøres« er det svar, man må vente her, og intet tegn på, at der ikke er sket noget.",
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
        limits = {"more": number(math.exp(least), language), "less": number(math.exp(-least), language)}
        return pick(_ODDS, language).format(**limits, **who)
    size = f"{rounded(least, language, digits_for(least))} {term('unit', unit, language)}"
    return pick(_CHANGE, language).format(size=size, **who)


def so_few(least: float, change: Any, language: Language = "en") -> str:
    """Say what fewer than `FEW` people can never show, whatever was found; "" where there are more.

    Parameters
    ----------
    least : float
        From `netlearn.analysis.detectable`; NaN where it is not known.
    change : Change
        From `netlearn.compare`; read are its people, its unit, its margin and its verdict.
    language : "en" or "da"
    """
    if change.n_people >= FEW:
        return ""
    said = [pick(_NEVER, language)]
    unit = scale(change)[1]
    matters = math.nan if change.equivalence is None else float(change.equivalence.margin)
    if matters < least and unit in ("colleagues", "points"):
        said.insert(0, pick(_MARGIN, language).format(margin=_margin(matters, unit, language)))
    if unit == "colleagues" and change.n_people:
        one = {"n": count(change.n_people, language), "more": count(_MORE, language)}
        said.append(pick(_ONE, language).format(by=number(_MORE / change.n_people, language, 1), **one))
    if change.verdict == "undecided":
        said.append(pick(_UNDECIDED, language))
    return " ".join(said)


def _margin(matters: float, unit: str, language: Language) -> str:
    if unit == "colleagues" and matters == 1:
        return pick(_ONE_COLLEAGUE, language)
    digits = 0 if matters == round(matters) else digits_for(matters)
    return f"{number(matters, language, digits)} {term('unit', unit, language)}"
