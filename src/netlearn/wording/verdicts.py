"""The verdict in words, and the guards that limit it."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import percent
from netlearn.wording.terms import pick

WEAK_DEPARTMENTS = 5
_REASONS = {
    "few_departments": (
        "fewer than 3 departments hold people who {answered} both times",
        "færre end 3 afdelinger har personer, der {answered} begge gange",
    ),
    "few_respondents": (
        "fewer than 10 people {answered} both times",
        "færre end 10 personer {answered} begge gange",
    ),
    "few_changed": (
        "so few people changed anything that no pattern among them could reach the {alpha} level",
        "så få personer ændrede noget, at intet mønster blandt dem kunne nå {alpha}-niveauet",
    ),
    "undefined": (
        "the measure or its interval cannot be computed",
        "målet eller dets interval ikke kan beregnes",
    ),
}


# What people did, and what is read, by the source of the ties.
ANSWERED = {"answers": ("answered", "svarede"), "records": ("were observed", "blev observeret")}
ANSWERS = {"answers": ("answers", "svar"), "records": ("data", "data")}


def verdict(change: Any, language: Language = "en") -> str:
    """Say the verdict in words, with the guards that limit it."""
    if change.verdict == "descriptive":
        why = [guard(g, change, language) for g in change.guards if g != "weak_departments"]
        said = (
            "Verdict: the figures describe these {} and carry no conclusion, because {}.",
            "Vurdering: Tallene beskriver kun disse {} og bærer ingen konklusion, fordi {}.",
        )
        reasons = pick((", and because ", ", og fordi "), language).join(why)
        return pick(said, language).format(pick(ANSWERS[change.source], language), reasons)
    said = {
        "changed_beyond_departments": (
            "Verdict: this changed, also when set against the departments' own ups and downs.",
            "Vurdering: Det har ændret sig, også målt mod afdelingernes egne udsving.",
        ),
        "changed_among_people": (
            "Verdict: this changed among these people; the departments' own ups and downs could explain it.",
            "Vurdering: Det har ændret sig blandt disse personer, men afdelingernes egne udsving kan være "
            "forklaringen.",
        ),
        "undecided": (
            "Verdict: whether this changed cannot be decided from these {answers}.",
            "Vurdering: Om det har ændret sig, kan ikke afgøres ud fra disse {answers}.",
        ),
    }[change.verdict]
    parts = [pick(said, language).format(answers=pick(ANSWERS[change.source], language))]
    if "weak_departments" in change.guards:
        parts.append(_weak(change, language))
    return " ".join(parts)


def guard(name: str, change: Any, language: Language = "en") -> str:
    """Say in a clause why a change is described only, or what weakens its verdict."""
    if name == "weak_departments":
        return _weak(change, language)
    answered = pick(ANSWERED[change.source], language)
    return pick(_REASONS[name], language).format(alpha=percent(change.alpha, language), answered=answered)


def _weak(change: Any, language: Language) -> str:
    if change.n_departments >= WEAK_DEPARTMENTS:
        said = (
            "The uncertainty between departments cannot be computed.",
            "Usikkerheden mellem afdelingerne kan ikke beregnes.",
        )
        return pick(said, language)
    said = (
        "With only {} departments the department level is weak; read it with care.",
        "Med kun {} afdelinger er afdelingsniveauet svagt og skal læses med forsigtighed.",
    )
    return pick(said, language).format(change.n_departments)
