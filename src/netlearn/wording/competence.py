"""What is said of scores and gaps: how they changed, whether that can be decided, and what goes with it."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import digits_for, interval, number, percent, rounded
from netlearn.wording.sentences import interval_name, not_called, people, quoted
from netlearn.wording.terms import pick
from netlearn.wording.verdicts import WEAK_DEPARTMENTS

_GAP = (
    "The gap between what the work requires and what staff themselves say they can do ({what}) was {size} {way}{scale} "
    "in {second} than in {first} ({span}): {before} points then, {after} later.",
    "Gabet mellem det, opgaverne kræver, og det, medarbejderne selv mener at kunne ({what}), var {size} {way}{scale} "
    "ved {second} end ved {first} ({span}): {before} point først, {after} senere.",
)
_SCORE = (
    "The score on {what} was {size} {way}{scale} in {second} than in {first} ({span}): {before} points then, {after} "
    "later.",
    "Scoren på {what} var {size} {way}{scale} ved {second} end ved {first} ({span}): {before} point først, {after} "
    "senere.",
)
_COUNT = (
    "The mean of {what} was {size} {unit} {way} in {second} than in {first} ({span}): {before} then, {after} later.",
    "Gennemsnittet for {what} var {size} {unit} {way} ved {second} end ved {first} ({span}): {before} først, {after} "
    "senere.",
)
_NONE = (
    "The change of {what} between {first} and {second} cannot be computed: {n} answered both times.",
    "Ændringen i {what} mellem {first} og {second} kan ikke beregnes: {n} svarede begge gange.",
)
_WAYS = {
    "gap": ((" points smaller", " point mindre"), (" points larger", " point større")),
    "score": ((" points higher", " point højere"), (" points lower", " point lavere")),
    "count": (("higher", "højere"), ("lower", "lavere")),
}
_ANSWERED = ("{span}{other}; {n} who answered both times", "{span}{other}; {n}, der svarede begge gange")
_OTHER = (", minus = the other way", ", minus = den anden vej")
_VERDICTS = {
    "beyond": (
        "Verdict: this changed, also when set against the departments' own ups and downs.",
        "Vurdering: Det har ændret sig, også målt mod afdelingernes egne udsving.",
    ),
    "people": (
        "Verdict: this changed among these people; the departments' own ups and downs could explain it.",
        "Vurdering: Det har ændret sig blandt disse personer, men afdelingernes egne udsving kan være forklaringen.",
    ),
    "unknown": (
        "Verdict: this changed among these people. Whether the departments' own ups and downs could explain it cannot "
        "be seen, because fewer than 3 departments are known.",
        "Vurdering: Det har ændret sig blandt disse personer. Om afdelingernes egne udsving kan være forklaringen, kan "
        "ikke ses, fordi færre end 3 afdelinger er kendt.",
    ),
    "undecided": (
        "Verdict: whether this changed cannot be decided from these answers.",
        "Vurdering: Om det har ændret sig, kan ikke afgøres ud fra disse svar.",
    ),
}
_WEAK = (
    " With only {} departments that is weakly known; read it with care.",
    " Med kun {} afdelinger er det usikkert og skal læses med forsigtighed.",
)
_DESCRIBES = (
    "Verdict: the figures describe these answers only and carry no conclusion, because {why}.",
    "Vurdering: Tallene beskriver kun disse svar og bærer ingen konklusion, fordi {why}.",
)
_REASONS = {
    "few_respondents": (
        "fewer than 10 people answered both times",
        "færre end 10 personer svarede begge gange",
    ),
    "few_changed": (
        "so few people changed anything that no pattern among them could reach the {alpha} level",
        "så få personer ændrede noget, at intet mønster blandt dem kunne nå {alpha}-niveauet",
    ),
    "few_draws": (
        "so few draws cannot give a p below {alpha}",
        "så få trækninger ikke kan give en p-værdi under {alpha}",
    ),
    "undefined": ("the interval cannot be computed", "intervallet ikke kan beregnes"),
}
_LEVELS = (
    "What they say they can do {present}; what they say the work requires {required}.",
    "Det, de mener at kunne, {present}; det, de mener, at opgaverne kræver, {required}.",
)
_MOVED = {
    1: ("rose by {size} points ({span})", "steg med {size} point ({span})"),
    -1: ("fell by {size} points ({span})", "faldt med {size} point ({span})"),
    0: ("stayed as it was", "blev, hvor det var"),
}
_SHIFT = {
    True: (
        "So the demands themselves were judged otherwise than before: part of the change in the gap may come from a "
        "new yardstick and not from new skills.",
        "Kravene selv blev altså bedømt anderledes end før: En del af ændringen i gabet kan skyldes en ny målestok og "
        "ikke nye færdigheder.",
    ),
    False: (
        "Whether the demands themselves were judged otherwise than before cannot be decided.",
        "Om kravene selv blev bedømt anderledes end før, kan ikke afgøres.",
    ),
}
_SMALL = {
    True: (
        "Among these people the change is smaller than what was said to matter, {margin} points ({span}).",
        "Blandt disse personer er ændringen mindre end det, der er sat som betydende, {margin} point ({span}).",
    ),
    False: (
        "It cannot be ruled out that the change is as large as what was said to matter, {margin} points ({span}).",
        "Det kan ikke udelukkes, at ændringen er så stor som det, der er sat som betydende, {margin} point ({span}).",
    ),
}
_ASKED = {
    ("gap", "greater"): ("Did the gap get smaller?", "Blev gabet mindre?"),
    ("gap", "less"): ("Did the gap get larger?", "Blev gabet større?"),
    ("score", "greater"): ("Did it rise?", "Steg den?"),
    ("score", "less"): ("Did it fall?", "Faldt den?"),
    ("association", "greater"): ("Do they go together?", "Følges de ad?"),
    ("association", "less"): ("Do they go opposite ways?", "Går de hver sin vej?"),
}
_ONE_SIDED = ("The question was asked one way only: {}", "Der er kun spurgt til den ene vej: {}")


def score(result: Any, language: Language = "en") -> str:
    """Say how a score changed, the verdict, and what it may not be called."""
    return _change(result, language)


def gap(result: Any, language: Language = "en") -> str:
    """Say how a gap closed, which of its levels moved, the verdict, and what it may not be called."""
    return _change(result, language, shift(result, language))


def _change(result: Any, language: Language, more: str = "") -> str:
    parts = [finding(result, language), more, verdict(result, language)]
    parts += [one_sided(result, language), not_called(language)]
    return " ".join(part for part in parts if part)


def finding(result: Any, language: Language = "en") -> str:
    """Tell the size and the direction of a change with its interval, in points on the scale of answers."""
    place, estimate = result.place, result.estimate
    told = {"what": what(place, language), "first": quoted(place.waves[0], language)}
    told |= {"second": quoted(place.waves[1], language)}
    if math.isnan(estimate):
        return pick(_NONE, language).format(n=people(result.n_people, language), **told)
    sign = -1 if estimate < 0 else 1
    low, high = sorted((sign * result.low, sign * result.high))
    digits = digits_for(estimate, low, high)
    before, after = (number(value, language, digits) for value in result.values)
    kind = "count" if place.unit else result.measure
    said = {"count": _COUNT, "gap": _GAP, "score": _SCORE}[kind]
    return pick(said, language).format(
        unit=place.unit,
        size=rounded(abs(estimate), language, digits),
        way=pick(_WAYS[kind][sign < 0], language).strip(),
        scale=on_scale(place, language),
        span=_span(low, high, digits, result, language),
        before=before,
        after=after,
        **told,
    )


def _span(low: float, high: float, digits: int, result: Any, language: Language) -> str:
    return pick(_ANSWERED, language).format(
        span=f"{interval_name(outside(result), language)} {interval(low, high, language, digits)}",
        other=pick(_OTHER, language) if low < 0 else "",
        n=people(result.n_people, language),
    )


def outside(result: Any) -> float:
    """Return the chance that the interval leaves out: alpha, or twice that where the question is one-sided."""
    return float(result.alpha * (1 if result.alternative == "two-sided" else 2))


def what(place: Any, language: Language = "en") -> str:
    """Name the scale or gap, and the part of it, in quotes.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> what(SimpleNamespace(title="Skills", subscale="law"))
    '“Skills”, part “law”'
    """
    named = quoted(place.title, language)
    if not place.subscale:
        return named
    return f"{named}, {pick(('part', 'del'), language)} {quoted(place.subscale, language)}"


def on_scale(place: Any, language: Language = "en") -> str:
    """Say which scale of answers points are on; nothing where it has no ends.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> on_scale(SimpleNamespace(span=(1, 7)), "da")
    ' på skalaen 1-7'
    """
    if place.span is None:
        return ""
    ends = "-".join(f"{end:g}" for end in place.span)
    return f" {pick(('on the scale', 'på skalaen'), language)} {ends}"


def shift(result: Any, language: Language = "en") -> str:
    """Say how the present and the required level moved, and what a required level that moved does to the gap."""
    found = result.gap
    if math.isnan(found.present.estimate):
        return ""
    alpha = result.alpha
    told = {name: _moved(getattr(found, name), alpha, language) for name in ("present", "required")}
    parts = [pick(_LEVELS, language).format(**told)]
    if result.verdict != "descriptive":
        parts.append(pick(_SHIFT[found.required.p_value <= alpha], language))
    return " ".join(parts)


def _moved(change: Any, alpha: float, language: Language) -> str:
    way = (change.estimate > 0) - (change.estimate < 0)
    low, high = sorted((change.low, change.high)) if way >= 0 else (-change.high, -change.low)
    digits = digits_for(change.estimate, low, high)
    span = f"{interval_name(alpha, language)} {interval(low, high, language, digits)}"
    size = rounded(abs(change.estimate), language, digits)
    return pick(_MOVED[way], language).format(size=size, span=span)


def verdict(result: Any, language: Language = "en") -> str:
    """Say the verdict over people, whether departments' own ups and downs could explain it, and whether it matters."""
    if result.verdict == "descriptive":
        return describes(result, language)
    said = _decided(result, language)
    if result.equivalence is None:
        return said
    return f"{said} {_small(result.equivalence, result.alpha, language)}"


def _decided(result: Any, language: Language) -> str:
    if result.verdict == "undecided":
        return pick(_VERDICTS["undecided"], language)
    level = result.department
    known = "unknown" if level is None else "beyond" if result.beyond_departments else "people"
    weak = level is not None and level.n_units < WEAK_DEPARTMENTS
    return pick(_VERDICTS[known], language) + (pick(_WEAK, language).format(level.n_units) if weak else "")


def describes(result: Any, language: Language = "en") -> str:
    """Say why figures carry no conclusion."""
    alpha = percent(result.alpha, language)
    why = [pick(_REASONS[name], language).format(alpha=alpha) for name in result.reasons]
    joined = pick((", and because ", ", og fordi "), language).join(why)
    return pick(_DESCRIBES, language).format(why=joined)


def _small(found: Any, alpha: float, language: Language) -> str:
    digits = digits_for(found.margin, found.low, found.high)
    span = f"{interval_name(2 * alpha, language)} {interval(found.low, found.high, language, digits)}"
    return pick(_SMALL[found.equivalent], language).format(
        margin=number(found.margin, language, digits), span=span
    )


def one_sided(result: Any, language: Language) -> str:
    """Say which way was asked; nothing where both were."""
    asked = _ASKED.get((result.measure, result.alternative))
    return pick(_ONE_SIDED, language).format(pick(asked, language)) if asked else ""
