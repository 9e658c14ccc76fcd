"""The sentences that a change and its report are told in: values in, text out.

They speak of a change, never of more than a change; every estimate comes with its interval, every p with its null.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import (
    HARD_SPACE,
    count,
    digits_for,
    interval,
    number,
    percent,
    rounded,
)
from netlearn.wording.terms import TERMS, scale, term

WEAK_DEPARTMENTS = 5
# Wave labels that read as words of the language; every other label is quoted.
_PLAIN: dict[Language, tuple[str, str]] = {"en": ("before", "after"), "da": ("før", "efter")}
_COLLEAGUES = {
    "cross_density": ("colleagues in other departments", "kolleger i andre afdelinger"),
    "within_density": ("colleagues in their own department", "kolleger i egen afdeling"),
    "density": ("colleagues", "kolleger"),
}
_SUBJECTS = {
    "cross_density": (
        "The share of possible ties across departments that were there",
        "Andelen af mulige forbindelser på tværs af afdelinger, der fandtes,",
    ),
    "within_density": (
        "The share of possible ties within departments that were there",
        "Andelen af mulige forbindelser inden for afdelingerne, der fandtes,",
    ),
    "density": ("The share of possible ties that were there", "Andelen af mulige forbindelser, der fandtes,"),
    "ei_index": (
        "The E-I index (−1: every tie stays within a department; 1: every tie crosses)",
        "E-I-indekset (−1: alle forbindelser er inden for en afdeling; 1: alle går på tværs)",
    ),
    "cross_log_odds": (
        "The odds of a tie across departments, set against the odds within them,",
        "Oddsene for en forbindelse på tværs af afdelinger, sat i forhold til oddsene inden for dem,",
    ),
}
_REASONS = {
    "few_departments": (
        "fewer than 3 departments hold people who {answered} both times",
        "færre end 3 afdelinger har personer, der {answered} begge gange",
    ),
    "few_respondents": (
        "fewer than 10 people {answered} both times",
        "færre end 10 personer {answered} begge gange",
    ),
    "few_changed_pairs": (
        "so few pairs of people changed that no pattern among them could reach the {alpha} level",
        "så få par af personer ændrede sig, at intet mønster blandt dem kunne nå {alpha}-niveauet",
    ),
    "undefined": (
        "the measure or its interval cannot be computed",
        "målet eller dets interval ikke kan beregnes",
    ),
}


_ONE_SIDED = {
    "greater": (
        " The question was asked one way only: did it rise?",
        " Der er kun spurgt til den ene vej: Steg det?",
    ),
    "less": (
        " The question was asked one way only: did it fall?",
        " Der er kun spurgt til den ene vej: Faldt det?",
    ),
}
_ANSWERED = {"answers": ("answered", "svarede"), "records": ("were observed", "blev observeret")}
_ANSWERS = {"answers": ("answers", "svar"), "records": ("data", "data")}


def _pick(pair: Sequence[str], language: Language) -> str:
    return pair[language == "da"]


def escape(text: str) -> str:
    """Make text safe inside HTML.

    Examples
    --------
    >>> escape("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    return html.escape(text)


def people(n: int, language: Language = "en") -> str:
    """Write "1 person" or "112 people".

    Examples
    --------
    >>> people(1), people(112, "da")
    ('1 person', '112 personer')
    """
    words = (("people", "personer"), ("person", "person"))[n == 1]
    return f"{count(n, language)} {_pick(words, language)}"


def pairs(n: int, language: Language = "en") -> str:
    """Write "1 pair of people" or "6,105 pairs of people"."""
    words = (("pairs of people", "par af personer"), ("pair of people", "par af personer"))[n == 1]
    return f"{count(n, language)} {_pick(words, language)}"


def change(change: Any, language: Language = "en") -> str:
    """Say what changed, by how much, how sure, among whom, and what it may not be called.

    Parameters
    ----------
    change : Change
        From `netlearn.compare`.
    language : "en" or "da"
        Language of the sentences.
    """
    parts = [finding(change, language), basis(change, language), verdict(change, language)]
    return " ".join([*parts, not_called(language)])


def finding(change: Any, language: Language = "en") -> str:
    """Tell the size and the direction of a change in natural units, with its interval."""
    if math.isnan(change.estimate):
        label = term("measure", change.measure, language)
        what = (
            "{} between {} and {}: the change cannot be computed from these {}.",
            "{} mellem {} og {}: ændringen kan ikke beregnes ud fra disse {}.",
        )
        waves = (quoted(w, language) for w in change.waves)
        return _pick(what, language).format(label, *waves, _pick(_ANSWERS[change.source], language))
    if change.natural is not None:
        return _in_colleagues(change, language)
    if change.measure == "cross_log_odds":
        return _in_odds(change, language)
    return _from_to(change, language)


def _in_colleagues(change: Any, language: Language) -> str:
    directed = "arc" in set(change.ladder["level"])
    what = _pick(_COLLEAGUES[change.measure], language)
    if not directed or change.source == "records":
        what = _pick(("ties to {}", "forbindelser til {}"), language).format(what)
    named = directed and change.source == "answers"
    verb = _pick((("had", "havde"), ("named", "nævnte"))[named], language)
    estimate, low, high = change.natural
    digits = digits_for(estimate, low, high)
    tail = _span(change, (estimate, low, high), digits, language)
    if estimate == 0:
        how = ("as many {what}{when_as}", "lige så mange {what}{when_as}")
    elif estimate > 0:
        how = ("{x} more {what}{when_than}", "{x} flere {what}{when_than}")
    else:
        how = ("{x} fewer {what}{when_than}", "{x} færre {what}{when_than}")
    told = _pick(how, language).format(
        x=rounded(abs(estimate), language, digits),
        what=what,
        when_than=_when(change.waves, ("than", "end"), language),
        when_as=_when(change.waves, ("as", "som"), language),
    )
    start = ("On average a person {} {} {}.", "I gennemsnit {} en person {} {}.")
    return _pick(start, language).format(verb, told, tail)


def _in_odds(change: Any, language: Language) -> str:
    ratio, low, high = (math.exp(v) for v in (change.estimate, change.low, change.high))
    said = ("{} became {} times as large{} {}.", "blev {} gange så store{} {}.")
    subject = _pick(_SUBJECTS[change.measure], language)
    when = _when(change.waves, ("as", "som"), language)
    tail = _span(change, (ratio, low, high), 2, language, signed=False)
    if language == "da":
        return f"{subject} " + said[1].format(number(ratio, language), when, tail)
    return said[0].format(subject, number(ratio, language), when, tail)


def _from_to(change: Any, language: Language) -> str:
    factor, unit = scale(change)
    estimate, low, high = (v * factor for v in (change.estimate, change.low, change.high))
    digits = digits_for(estimate, low, high)
    moved = {
        0: ("did not move, by {}", "ændrede sig ikke, {}"),
        1: ("rose by {}", "steg med {}"),
        -1: ("fell by {}", "faldt med {}"),
    }
    by = rounded(abs(estimate), language, digits)
    by += f" {term('unit', unit, language)}" if unit == "points" else ""
    verb = _pick(moved[(estimate > 0) - (estimate < 0)], language).format(by)
    show = percent if unit == "points" else number
    values = [show(v, language, 1 if unit == "points" else 2) for v in change.values]
    said = ("from {} in {} to {} in {}", "fra {} ved {} til {} ved {}")
    first, second = (quoted(w, language) for w in change.waves)
    path = _pick(said, language).format(values[0], first, values[1], second)
    tail = _span(change, (estimate, low, high), digits, language)
    subject = _SUBJECTS.get(change.measure) or TERMS["measure"][change.measure]
    return f"{_pick(subject, language)} {verb}, {path} {tail}."


def _span(
    change: Any, values: tuple[float, float, float], digits: int, language: Language, *, signed: bool = True
) -> str:
    """Bracket with the interval; the signed change is repeated where "fewer" hides its sign."""
    estimate, low, high = values
    if math.isnan(low) or math.isnan(high):
        return _pick(("(its interval cannot be computed)", "(intervallet kan ikke beregnes)"), language)
    text = f"{interval_name(1 - change.level, language)} {interval(low, high, language, digits)}"
    if signed and estimate <= 0:
        text = f"{_pick(('change', 'ændring'), language)} {rounded(estimate, language, digits)}, {text}"
    return f"({text})"


def interval_name(alpha: float, language: Language = "en") -> str:
    r"""Name the interval by its level.

    Examples
    --------
    >>> interval_name(0.05) == "95\N{NO-BREAK SPACE}% interval"
    True
    """
    level = number(100 * (1 - alpha), language, 0 if abs(100 * alpha - round(100 * alpha)) < 1e-9 else 1)
    return f"{level}{HARD_SPACE}%" + _pick((" interval", "-interval"), language)


def quoted(label: str, language: Language = "en") -> str:
    """Put a wave label, which is the user's own word, in quotes."""
    return f"»{label}«" if language == "da" else f"“{label}”"


def _when(waves: tuple[str, str], link: tuple[str, str], language: Language) -> str:
    earlier, later = _PLAIN[language]
    word = _pick(link, language)
    if (waves[0].casefold(), waves[1].casefold()) == (earlier, later):
        return f" {later} {word} {earlier}"
    at = _pick(("in", "ved"), language)
    return f" {at} {quoted(waves[1], language)} {word} {at} {quoted(waves[0], language)}"


def basis(change: Any, language: Language = "en") -> str:
    """Say how many people and pairs the change rests on."""
    said = (
        "It rests on {} who {} both times, and on {}.",
        "Det bygger på {}, der {} begge gange, og på {}.",
    )
    answered = _pick(_ANSWERED[change.source], language)
    told = _pick(said, language).format(
        people(change.n_people, language), answered, pairs(change.n_dyads, language)
    )
    return told + _pick(_ONE_SIDED.get(change.alternative, ("", "")), language)


def verdict(change: Any, language: Language = "en") -> str:
    """Say the verdict in words, with the guards that limit it."""
    if change.verdict == "descriptive":
        why = [guard(g, change, language) for g in change.guards if g != "weak_departments"]
        said = (
            "Verdict: the figures describe these {} and carry no conclusion, because {}.",
            "Vurdering: Tallene beskriver kun disse {} og bærer ingen konklusion, fordi {}.",
        )
        reasons = _pick((", and because ", ", og fordi "), language).join(why)
        return _pick(said, language).format(_pick(_ANSWERS[change.source], language), reasons)
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
    parts = [_pick(said, language).format(answers=_pick(_ANSWERS[change.source], language))]
    if "weak_departments" in change.guards:
        parts.append(_weak(change, language))
    return " ".join(parts)


def guard(name: str, change: Any, language: Language = "en") -> str:
    """Say in a clause why a change is described only, or what weakens its verdict."""
    if name == "weak_departments":
        return _weak(change, language)
    answered = _pick(_ANSWERED[change.source], language)
    return _pick(_REASONS[name], language).format(alpha=percent(change.alpha, language), answered=answered)


def _weak(change: Any, language: Language) -> str:
    if change.n_departments >= WEAK_DEPARTMENTS:
        said = (
            "The uncertainty between departments cannot be computed.",
            "Usikkerheden mellem afdelingerne kan ikke beregnes.",
        )
        return _pick(said, language)
    said = (
        "With only {} departments the department level is weak; read it with care.",
        "Med kun {} afdelinger er afdelingsniveauet svagt og skal læses med forsigtighed.",
    )
    return _pick(said, language).format(change.n_departments)


def not_called(language: Language = "en") -> str:
    """Say what the change may not be called."""
    said = (
        "This is a change over time; it may not be called an effect, because there is no comparison group.",
        "Dette er en ændring over tid; den må ikke kaldes en effekt, for der er ingen sammenligningsgruppe.",
    )
    return _pick(said, language)
