"""The sentences that a change and its report are told in: values in, text out.

They speak of a change, never of more than a change; every estimate comes with its interval, every p with its null.
"""

from __future__ import annotations

import html
import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, digits_for, interval, number, percent, rounded
from netlearn.wording.terms import TERMS, pick, scale, term
from netlearn.wording.verdicts import ANSWERED, ANSWERS, verdict

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
    "cross_share": (
        "The share of ties that cross departments",
        "Andelen af forbindelser, der går på tværs af afdelinger,",
    ),
    "ei_index": (
        "The E-I index (−1: every tie stays within a department; 1: every tie crosses)",
        "E-I-indekset (−1: alle forbindelser er inden for en afdeling; 1: alle går på tværs)",
    ),
    "cross_log_odds": (
        "The odds of a tie across departments, set against the odds within them,",
        "Oddsene for en forbindelse på tværs af afdelinger, sat i forhold til oddsene inden for dem,",
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
    return f"{count(n, language)} {pick(words, language)}"


def pairs(n: int, language: Language = "en") -> str:
    """Write "1 pair of people" or "6,105 pairs of people"."""
    words = (("pairs of people", "par af personer"), ("pair of people", "par af personer"))[n == 1]
    return f"{count(n, language)} {pick(words, language)}"


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
    if change.equivalence is not None and change.verdict != "descriptive":
        parts.append(equivalence(change, language))
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
        return pick(what, language).format(label, *waves, pick(ANSWERS[change.source], language))
    if change.natural is not None:
        return _in_colleagues(change, language)
    if change.measure == "cross_log_odds":
        return _in_odds(change, language)
    return _from_to(change, language)


def _in_colleagues(change: Any, language: Language) -> str:
    directed = "arc" in set(change.ladder["level"])
    what = pick(_COLLEAGUES[change.measure], language)
    if not directed or change.source == "records":
        what = pick(("ties to {}", "forbindelser til {}"), language).format(what)
    named = directed and change.source == "answers"
    verb = pick((("had", "havde"), ("named", "nævnte"))[named], language)
    estimate, low, high = change.natural
    digits = digits_for(estimate, low, high)
    tail = _span(change, (estimate, low, high), digits, language)
    if estimate == 0:
        how = ("as many {what}{when_as}", "lige så mange {what}{when_as}")
    elif estimate > 0:
        how = ("{x} more {what}{when_than}", "{x} flere {what}{when_than}")
    else:
        how = ("{x} fewer {what}{when_than}", "{x} færre {what}{when_than}")
    told = pick(how, language).format(
        x=rounded(abs(estimate), language, digits),
        what=what,
        when_than=_when(change.waves, ("than", "end"), language),
        when_as=_when(change.waves, ("as", "som"), language),
    )
    start = ("On average a person {} {} {}.", "I gennemsnit {} en person {} {}.")
    return pick(start, language).format(verb, told, tail)


def _in_odds(change: Any, language: Language) -> str:
    ratio, low, high = (math.exp(v) for v in (change.estimate, change.low, change.high))
    said = ("{} became {} times as large{} {}.", "blev {} gange så store{} {}.")
    subject = pick(_SUBJECTS[change.measure], language)
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
    verb = pick(moved[(estimate > 0) - (estimate < 0)], language).format(by)
    show = percent if unit == "points" else number
    places = 1 if unit == "points" else 2 if digits else 0
    values = [show(v, language, places) for v in change.values]
    said = ("from {} in {} to {} in {}", "fra {} ved {} til {} ved {}")
    first, second = (quoted(w, language) for w in change.waves)
    path = pick(said, language).format(values[0], first, values[1], second)
    tail = _span(change, (estimate, low, high), digits, language)
    subject = pick(_SUBJECTS.get(change.measure) or TERMS["measure"][change.measure], language)
    if change.weighted:
        subject = pick(TERMS["measure"][change.measure], language) + term("unit", "level", language)
    return f"{subject} {verb}, {path} {tail}."


def _span(
    change: Any, values: tuple[float, float, float], digits: int, language: Language, *, signed: bool = True
) -> str:
    """Bracket with the interval; the signed change is repeated where "fewer" hides its sign."""
    estimate, low, high = values
    if math.isnan(low) or math.isnan(high):
        return pick(("(its interval cannot be computed)", "(intervallet kan ikke beregnes)"), language)
    text = f"{interval_name(1 - change.level, language)} {interval(low, high, language, digits)}"
    if signed and estimate <= 0:
        text = f"{pick(('change', 'ændring'), language)} {rounded(estimate, language, digits)}, {text}"
    return f"({text})"


def equivalence(change: Any, language: Language = "en") -> str:
    """Say whether the change is smaller than the margin that was named as mattering."""
    found = change.equivalence
    if math.isnan(found.p_value):
        said = (
            "Whether the change is smaller than what matters cannot be computed.",
            "Om ændringen er mindre end det, der betyder noget, kan ikke beregnes.",
        )
        return pick(said, language)
    digits = max(2, digits_for(found.low, found.high))
    name = interval_name(2 * change.alpha, language)
    span = f"{name} {interval(found.low, found.high, language, digits)}"
    _, unit = scale(change)
    told = term("unit", unit, language) if unit in ("colleagues", "points") else ""
    margin = f"{number(found.margin, language, digits)} {told}".strip()
    said = {
        True: (
            "Among these people the change is smaller than what was said to matter, {margin} ({span}).",
            "Blandt disse personer er ændringen mindre end det, der er sat som betydende, {margin} ({span}).",
        ),
        False: (
            "It cannot be ruled out that the change is as large as what was said to matter, {margin} ({span}).",
            "Det kan ikke udelukkes, at ændringen er så stor som det, der er sat som betydende, "
            "{margin} ({span}).",
        ),
    }[found.equivalent]
    return pick(said, language).format(margin=margin, span=span)


def interval_name(alpha: float, language: Language = "en") -> str:
    r"""Name the interval by its level.

    Examples
    --------
    >>> interval_name(0.05) == "95\N{NO-BREAK SPACE}% interval"
    True
    """
    level = number(100 * (1 - alpha), language, 0 if abs(100 * alpha - round(100 * alpha)) < 1e-9 else 1)
    return f"{level}{HARD_SPACE}%" + pick((" interval", "-interval"), language)


def quoted(label: str, language: Language = "en") -> str:
    """Put a wave label, which is the user's own word, in quotes."""
    return f"»{label}«" if language == "da" else f"“{label}”"


def _when(waves: tuple[str, str], link: tuple[str, str], language: Language) -> str:
    earlier, later = _PLAIN[language]
    word = pick(link, language)
    if (waves[0].casefold(), waves[1].casefold()) == (earlier, later):
        return f" {later} {word} {earlier}"
    at = pick(("in", "ved"), language)
    return f" {at} {quoted(waves[1], language)} {word} {at} {quoted(waves[0], language)}"


def basis(change: Any, language: Language = "en") -> str:
    """Say how many people and pairs the change rests on."""
    said = ("It rests on {} who {} both times, and on {}.", "Det bygger på {}, der {} begge gange, og på {}.")
    answered = pick(ANSWERED[change.source], language)
    told = pick(said, language).format(
        people(change.n_people, language), answered, pairs(change.n_dyads, language)
    )
    return told + pick(_ONE_SIDED.get(change.alternative, ("", "")), language)


def levels(change: Any, language: Language = "en") -> str:
    """Say the two values that a change in colleagues lies between; nothing where the sentence has them.

    Parameters
    ----------
    change : Change
    """
    if change.natural is None or not change.estimate:
        return ""
    factor = change.natural[0] / change.estimate
    digits = max(1, digits_for(*change.natural))
    before, after = (number(value * factor, language, digits) for value in change.values)
    first, second = (quoted(wave, language) for wave in change.waves)
    said = (
        "The mean was {before} in {first} and {after} in {second}.",
        "Gennemsnittet var {before} ved {first} og {after} ved {second}.",
    )
    return pick(said, language).format(before=before, after=after, first=first, second=second)


def not_called(language: Language = "en") -> str:
    """Say what the change may not be called."""
    said = (
        "This is a change over time; it may not be called an effect, because it is not set against a comparison "
        "group.",
        "Dette er en ændring over tid; den må ikke kaldes en effekt, for den er ikke holdt op mod en "
        "sammenligningsgruppe.",
    )
    return pick(said, language)
