"""What is said of scores and gaps: how they changed, whether that can be decided, and what goes with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from netlearn.wording import Language
from netlearn.wording import in_plan as plan
from netlearn.wording.numbers import digits_for, interval, number, percent, rounded
from netlearn.wording.sentences import interval_name, not_called, people, quoted
from netlearn.wording.terms import pick
from netlearn.wording.verdicts import WEAK_DEPARTMENTS
from netlearn.wording.yardstick import shift

_GAP = (
    "The gap between what the work requires and what staff themselves say they can do ({what}) was {size} points "
    "{way}{scale} in {second} than in {first} ({span}): {before} points then, {after} later.",
    "Gabet mellem det, opgaverne kræver, og det, medarbejderne selv mener at kunne ({what}), var {size} point "
    "{way}{scale} ved {second} end ved {first} ({span}): {before} point først, {after} senere.",
)
_SCORE = (
    "The score on {what} was {size} points {way}{scale} in {second} than in {first} ({span}): {before} points then, "
    "{after} later.",
    "Scoren på {what} var {size} point {way}{scale} ved {second} end ved {first} ({span}): {before} point først, "
    "{after} senere.",
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
    "gap": (("smaller", "mindre"), ("larger", "større")),
    "score": (("higher", "højere"), ("lower", "lavere")),
    "count": (("higher", "højere"), ("lower", "lavere")),
}
_ANSWERED = ("{span}; {n} who answered both times", "{span}; {n}, der svarede begge gange")
_ACROSS = ("{level} from {less} {other} to {more} {way}", "{level} fra {less} {other} til {more} {way}")
_CHANGED = {
    ("gap", True): ("the gap got smaller", "Gabet er blevet mindre"),
    ("gap", False): ("the gap got larger", "Gabet er blevet større"),
}
_THIS_CHANGED = ("this changed", "Det har ændret sig")
_ASKS = {"gap": ("the gap", "gabet"), "score": ("this", "det")}
_VERDICTS = {
    "beyond": (
        "Verdict: {changed}, also when set against the departments' own ups and downs.",
        "Vurdering: {changed}, også målt mod afdelingernes egne udsving.",
    ),
    "people": (
        "Verdict: {changed} among these people; the departments' own ups and downs could explain it.",
        "Vurdering: {changed} blandt disse personer, men afdelingernes egne udsving kan være forklaringen.",
    ),
    "unknown": (
        "Verdict: {changed} among these people. Whether the departments' own ups and downs could explain it cannot be "
        "seen, because fewer than 3 departments are known.",
        "Vurdering: {changed} blandt disse personer. Om afdelingernes egne udsving kan være forklaringen, kan ikke "
        "ses, fordi færre end 3 afdelinger er kendt.",
    ),
    "undecided": (
        "Verdict: whether {it} changed cannot be decided from these answers.",
        "Vurdering: Om {it} har ændret sig, kan ikke afgøres ud fra disse svar.",
    ),
    "small": (
        "Verdict: whether {it} changed at all cannot be decided; if it did, among these people it was by less than the "
        "{margin} points that were said beforehand to matter ({span}).",
        "Vurdering: Om {it} overhovedet har ændret sig, kan ikke afgøres; hvis det er sket, er ændringen blandt disse "
        "personer mindre end de {margin} point, der på forhånd er sat som betydende ({span}).",
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


def in_plan(result: Any, key: str, language: Language = "en") -> str:
    """Say how a score or gap changed, with the verdict that its role in the plan leaves.

    Parameters
    ----------
    result : ScoreChange or GapChange
    key : str
        The verdict of the role; "not_planned" where no outcome asks for it.
    language : "en" or "da"
    """
    more = ""
    if result.measure == "gap":  # what is said of its levels may not conclude more than the verdict
        judged = {"not_planned": "descriptive", "undecided_holm": "undecided"}.get(key, result.verdict)
        told = {"gap": result.gap, "alpha": result.alpha, "estimate": result.estimate}
        more = shift(SimpleNamespace(verdict=judged, **told), language)
    said = plan.in_plan(key, verdict(result, language), language)
    parts = [finding(result, language), more, said, one_sided(result, language), not_called(language)]
    return " ".join(part for part in parts if part)


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
        way=pick(_WAYS[kind][sign < 0], language),
        scale=on_scale(place, language),
        span=_span(low, high, digits, result, language, _WAYS[kind][::sign]),
        before=before,
        after=after,
        **told,
    )


def _span(
    low: float, high: float, digits: int, result: Any, language: Language, ways: Sequence[tuple[str, str]]
) -> str:
    """Write the interval with the people behind it; where it holds both ways, each end says which it is."""
    level = interval_name(outside(result), language)
    span = f"{level} {interval(low, high, language, digits)}"
    if low < 0 < high:
        ends = {"less": rounded(-low, language, digits), "more": rounded(high, language, digits)}
        way, other = (pick(pair, language) for pair in ways)
        span = pick(_ACROSS, language).format(level=level, way=way, other=other, **ends)
    return pick(_ANSWERED, language).format(span=span, n=people(result.n_people, language))


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


def verdict(result: Any, language: Language = "en") -> str:
    """Say the verdict over people, whether departments' own ups and downs could explain it, and whether it matters."""
    if result.verdict == "descriptive":
        return describes(result, language)
    found = result.equivalence
    if found is None:
        return _decided(result, language)
    if found.equivalent and result.verdict == "undecided":
        it = pick(_ASKS[result.measure], language)
        return pick(_VERDICTS["small"], language).format(it=it, **_margin(found, result.alpha, language))
    small = pick(_SMALL[found.equivalent], language).format(**_margin(found, result.alpha, language))
    return f"{_decided(result, language)} {small}"


def _decided(result: Any, language: Language) -> str:
    if result.verdict == "undecided":
        return pick(_VERDICTS["undecided"], language).format(it=pick(_ASKS[result.measure], language))
    level = result.department
    known = "unknown" if level is None else "beyond" if result.beyond_departments else "people"
    weak = level is not None and level.n_units < WEAK_DEPARTMENTS
    changed = _CHANGED.get((result.measure, result.estimate > 0), _THIS_CHANGED)
    said = pick(_VERDICTS[known], language).format(changed=pick(changed, language))
    return said + (pick(_WEAK, language).format(level.n_units) if weak else "")


def describes(result: Any, language: Language = "en") -> str:
    """Say why figures carry no conclusion."""
    alpha = percent(result.alpha, language)
    why = [pick(_REASONS[name], language).format(alpha=alpha) for name in result.reasons]
    joined = pick((", and because ", ", og fordi "), language).join(why)
    return pick(_DESCRIBES, language).format(why=joined)


def _margin(found: Any, alpha: float, language: Language) -> dict[str, str]:
    digits = digits_for(found.margin, found.low, found.high)
    span = f"{interval_name(2 * alpha, language)} {interval(found.low, found.high, language, digits)}"
    return {"margin": number(found.margin, language, digits), "span": span}


def one_sided(result: Any, language: Language) -> str:
    """Say which way was asked; nothing where both were."""
    asked = _ASKED.get((result.measure, result.alternative))
    return pick(_ONE_SIDED, language).format(pick(asked, language)) if asked else ""
