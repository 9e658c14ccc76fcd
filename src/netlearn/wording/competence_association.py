"""What is said of a gap beside contact, and of scores of the trained beside the others."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from netlearn.wording import Language, randomization
from netlearn.wording.competence import describes, on_scale, one_sided, outside, what
from netlearn.wording.nulls import counted
from netlearn.wording.numbers import interval, number, p_value
from netlearn.wording.sentences import interval_name, people, quoted
from netlearn.wording.terms import pick

_ASSOCIATION = (
    "From {first} to {second}, between how much a person's gap closed ({what}) and how many more colleagues in other "
    "departments the same person named ({relation}), the correlation was {r} on a scale from −1 (opposite ways) over 0 "
    "(nothing to do with each other) to 1 (together) ({span}; {n}). The person's gap and contact before are taken into "
    "account.",
    "Fra {first} til {second} var sammenhængen mellem, hvor meget en persons gab blev mindre ({what}), og hvor mange "
    "flere kolleger i andre afdelinger samme person nævnte ({relation}), {r} på en skala fra −1 (hver sin vej) over 0 "
    "(intet med hinanden at gøre) til 1 (følges helt ad) ({span}; {n}). Der er taget højde for personens gab og "
    "kontakt før.",
)
_MOVED_AT_RANDOM = (
    "If the two had nothing to do with each other beyond gap and contact before, so clear a correlation would be seen "
    "with probability {p} ({draws}).",
    "Hvis de to ikke havde andet med hinanden at gøre end det, gabet og kontakten før forklarer, ville en så klar "
    "sammenhæng ses med sandsynligheden {p} ({draws}).",
)
_TOGETHER = {
    (True, True): (
        "Verdict: the two go together among these people, also when people are compared within their own department "
        "only.",
        "Vurdering: De to følges ad blandt disse personer, også når personer kun sammenlignes inden for egen afdeling.",
    ),
    (True, False): (
        "Verdict: the two go together among these people; what departments have in common could explain it.",
        "Vurdering: De to følges ad blandt disse personer, men det, en afdeling har til fælles, kan være forklaringen.",
    ),
    (False, True): (
        "Verdict: the two go opposite ways among these people, also when people are compared within their own "
        "department only.",
        "Vurdering: De to går hver sin vej blandt disse personer, også når personer kun sammenlignes inden for egen "
        "afdeling.",
    ),
    (False, False): (
        "Verdict: the two go opposite ways among these people; what departments have in common could explain it.",
        "Vurdering: De to går hver sin vej blandt disse personer, men det, en afdeling har til fælles, kan være "
        "forklaringen.",
    ),
}
_OPEN = (
    "Verdict: whether the two go together cannot be decided from these answers.",
    "Vurdering: Om de to følges ad, kan ikke afgøres ud fra disse svar.",
)
NOT_CAUSE = (
    "That two things go together does not show that one brings about the other.",
    "At to ting følges ad, viser ikke, at den ene fører til den anden.",
)
_OUTCOME = (
    "The outcome is the score on {what}{scale}, in points.",
    "Udfaldet er scoren på {what}{scale}, i point.",
)


def association(result: Any, language: Language = "en") -> str:
    """Say how closely closure and change in contact go together, and what that does not show."""
    parts = []
    if not math.isnan(result.estimate):
        digits = 2
        span = f"{interval_name(outside(result), language)} {interval(result.low, result.high, language, digits)}"
        parts.append(
            pick(_ASSOCIATION, language).format(
                what=what(result.place, language),
                relation=quoted(result.relation, language),
                r=number(result.estimate, language, digits),
                first=quoted(result.place.waves[0], language),
                second=quoted(result.place.waves[1], language),
                span=span,
                n=people(result.n_people, language),
            )
        )
    if result.verdict != "descriptive":
        parts.append(_at_random(result.people, language))
    told = describes(result, language) if result.verdict == "descriptive" else pick(_OPEN, language)
    if result.verdict == "associated":
        told = pick(_TOGETHER[result.estimate > 0, result.beyond_departments], language)
    return " ".join([*parts, told, *filter(None, [one_sided(result, language)]), pick(NOT_CAUSE, language)])


def _at_random(found: Any, language: Language) -> str:
    draws = SimpleNamespace(draws=found.draws, exact=found.exact, low=found.p_low, high=found.p_high)
    p = p_value(found.p_value, language)
    return pick(_MOVED_AT_RANDOM, language).format(p=p, draws=counted(draws, language))


def trained(result: Any, language: Language = "en") -> str:
    """Say which score is compared, and the randomization test."""
    told = pick(_OUTCOME, language).format(
        what=what(result.place, language), scale=on_scale(result.place, language)
    )
    return f"{told} {randomization.difference(result.found, language)}"


def trained_size(result: Any, language: Language = "en") -> str:
    """Tell the size of the difference in change."""
    return randomization.size(result.found, language)


def trained_verdict(result: Any, language: Language = "en") -> str:
    """Say the verdict on the difference in change."""
    return randomization.verdict(result.found, language)
