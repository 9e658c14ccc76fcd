"""How training was dealt, in words: to whom, within which strata, and what that can show at best."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import bare_p, count, percent
from netlearn.wording.sentences import people
from netlearn.wording.terms import pick

_DEALT = {
    "person": ("training was assigned person by person", "uddannelsen blev fordelt person for person"),
    "department": (
        "training was assigned to {units} departments as wholes",
        "uddannelsen blev fordelt på {units} hele afdelinger",
    ),
    "start-wave": (
        "start waves were assigned to {units} units (people, or departments that began together)",
        "starttidspunkterne blev fordelt på {units} enheder (personer, eller afdelinger der begyndte samlet)",
    ),
}
_ALONE = ("start waves were assigned person by person", "starttidspunkterne blev fordelt person for person")
_STRATA = (
    " within {} strata (groups that were dealt separately)",
    " inden for {} strata (grupper, der blev fordelt hver for sig)",
)
_UNITS = {
    "department": ("{} departments", "{} afdelinger"),
    "start-wave": (
        "{} units (people, or departments that began together)",
        "{} enheder (personer, eller afdelinger der begyndte samlet)",
    ),
}
_WHOLE = (
    "Yet departments were trained as wholes or not at all. Unless that is a coincidence, the department is the unit "
    "(by = department), and a p that deals smaller units is too small.",
    "Alligevel blev afdelinger uddannet som helhed eller slet ikke. Medmindre det er et tilfælde, er afdelingen "
    "enheden (by = department), og en p-værdi fra fordeling af mindre enheder er for lille.",
)
_LIMIT = {
    "ways": (
        "Training can be dealt in {ways} ways among {units}{strata}, so the smallest {side}p is {least}",
        "Uddannelsen kan fordeles på {ways} måder mellem {units}{strata}, så den mindste {side}p-værdi, der kan komme "
        "ud, er {least}",
    ),
    "one": (
        "Training can be dealt in one way only among {units}{strata}, so p is always 1",
        "Uddannelsen kan kun fordeles på én måde mellem {units}{strata}, så p-værdien er altid 1",
    ),
    "uncounted": (
        "Training can be dealt among {units}{strata} in more ways than can be counted, so any p can come out",
        "Uddannelsen kan fordeles mellem {units}{strata} på flere måder, end der kan tælles, så p-værdien kan blive så "
        "lille, det skal være",
    ),
}
_REACHES = {
    True: (
        "The limit of {level}, chosen in advance, can be reached.",
        "Grænsen på {level}, som er valgt på forhånd, kan nås.",
    ),
    False: (
        "The limit of {level}, chosen in advance, cannot be reached, whatever happened: describe only.",
        "Grænsen på {level}, som er valgt på forhånd, kan ikke nås, uanset hvad der skete: Tallene kan kun beskrive.",
    ),
}
_SIDES = {"two-sided": ("two-sided ", "tosidede "), "greater": ("one-sided ", "ensidede ")}


def basis(found: Any, language: Language = "en") -> str:
    """Say on whom a comparison rests, how training was dealt to them, and who is left out.

    Parameters
    ----------
    found : RandomizationResult or Spillover
    """
    alone = found.n_units == found.n_people and found.by == "start-wave"
    words = _ALONE if alone else _DEALT[found.by]
    dealt = pick(words, language).format(units=count(found.n_units, language)) + strata(found, language)
    said = ("It rests on {}, {} of them trained; {}.", "Det bygger på {}, heraf {} uddannede; {}.")
    text = pick(said, language).format(
        people(found.n_people, language), count(found.n_trained, language), dealt
    )
    text += whole(found, language)
    if found.n_missing:
        missing = (
            "Left out because answers of theirs are missing: {}.",
            "{} er udeladt, fordi svar fra dem mangler.",
        )
        text += " " + pick(missing, language).format(people(found.n_missing, language))
    if found.n_already:
        already = (
            "Left out because they were trained before the first of these waves: {}.",
            "{}, der var uddannet før den første af disse målinger, er udeladt.",
        )
        text += " " + pick(already, language).format(people(found.n_already, language))
    return text


def strata(found: Any, language: Language = "en") -> str:
    """Say within how many strata; nothing if there is one."""
    return pick(_STRATA, language).format(count(found.n_strata, language)) if found.n_strata > 1 else ""


def _units(found: Any, language: Language) -> str:
    """Say how many were dealt, people or departments."""
    if found.by == "person":
        return people(found.n_units, language)
    return pick(_UNITS[found.by], language).format(count(found.n_units, language))


def whole(found: Any, language: Language = "en") -> str:
    """Say that whole departments were trained although smaller units are dealt, unless a lot says how it was."""
    return f" {pick(_WHOLE, language)}" if found.whole_departments and not found.randomized else ""


def limit(found: Any, language: Language = "en") -> str:
    """Say in how many ways training can be dealt, the smallest p, and whether that reaches the level.

    Parameters
    ----------
    found : DesignLimit
    """
    case = "one" if found.n_assignments == 1 else "uncounted" if math.isinf(found.n_assignments) else "ways"
    text = pick(_LIMIT[case], language).format(
        ways=count(found.n_assignments, language),
        units=_units(found, language),
        strata=strata(found, language),
        side=pick(_SIDES.get(found.alternative, _SIDES["greater"]), language),
        least=bare_p(found.attainable_p, language),
    )
    level = percent(
        found.alpha, language, 0 if abs(100 * found.alpha - round(100 * found.alpha)) < 1e-9 else 1
    )
    return f"{text}. {pick(_REACHES[found.reaches], language).format(level=level)}" + whole(found, language)
