"""Randomization tests in words: the difference between the trained and the others, and what it may be called."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language, nulls
from netlearn.wording.dealt import basis
from netlearn.wording.numbers import bare_p, count, digits_for, interval, rounded
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick

_WHAT = {
    "cross_out_degree": (
        "the number of colleagues named in other departments",
        "antallet af nævnte kolleger i andre afdelinger",
    ),
    "cross_in_degree": (
        "the number of colleagues in other departments who name a person",
        "antallet af kolleger i andre afdelinger, der nævner en person,",
    ),
    "within_out_degree": (
        "the number of colleagues named in the own department",
        "antallet af nævnte kolleger i egen afdeling",
    ),
    "out_degree": ("the number of colleagues named", "antallet af nævnte kolleger"),
    "department": (
        "the share of possible ties to other departments that were there",
        "andelen af mulige forbindelser til andre afdelinger, der fandtes,",
    ),
    "dyads": (
        "the share of possible ties across departments that were there",
        "andelen af mulige forbindelser på tværs af afdelinger, der fandtes,",
    ),
    "one_trained": (
        "the share of possible ties across departments that were there",
        "andelen af mulige forbindelser på tværs af afdelinger, der fandtes,",
    ),
    "values": ("the outcome", "udfaldet"),
}
_GROUPED = {
    "cross_out_degree": (
        "the number of colleagues named in other groups ({group})",
        "antallet af nævnte kolleger i andre grupper end ens egen ({group})",
    ),
    "cross_in_degree": (
        "the number of colleagues in other groups ({group}) who name a person",
        "antallet af kolleger i andre grupper ({group}), der nævner en person,",
    ),
    "within_out_degree": (
        "the number of colleagues named in the own group ({group})",
        "antallet af nævnte kolleger i ens egen gruppe ({group})",
    ),
    "dyads": (
        "the share of possible ties across groups ({group}) that were there",
        "andelen af mulige forbindelser på tværs af grupper ({group}), der fandtes,",
    ),
    "one_trained": (
        "the share of possible ties across groups ({group}) that were there",
        "andelen af mulige forbindelser på tværs af grupper ({group}), der fandtes,",
    ),
}
_UNITS = {
    "colleagues": (" colleagues per person", " kolleger pr. person"),
    "points": (" ties per 100 possible", " forbindelser pr. 100 mulige"),
    "plain": ("", ""),
}
_COMPARED = {
    "change": (
        "The change in {what} from {first} to {last} was {size} among {ours} {than} among {others} ({span}).",
        "Ændringen i {what} fra {first} til {last} var {size} blandt {ours} {than} blandt {others} ({span}).",
    ),
    "later": (
        "With the value in {first} taken into account, {what} in {last} was {size} among {ours} {than} among {others} "
        "({span}).",
        "Når der tages højde for værdien ved {first}, var {what} ved {last} {size} blandt {ours} {than} blandt "
        "{others} ({span}).",
    ),
    "values": (
        "On average {what} was {size} among {ours} {than} among {others} ({span}).",
        "I gennemsnit var {what} {size} blandt {ours} {than} blandt {others} ({span}).",
    ),
    "starts": (
        "From the start of their training on, the change in {what} was on average {size} among {ours} {than} among "
        "people who were not yet trained at the time ({span}).",
        "Fra uddannelsens start og frem var ændringen i {what} i gennemsnit {size} blandt {ours} {than} blandt dem, "
        "der endnu ikke var uddannet på det tidspunkt ({span}).",
    ),
}
_GROUPS = {
    "people": (
        ("people who were trained", "dem, der blev uddannet,"),
        ("people who were not", "dem, der ikke blev"),
    ),
    "pairs": (
        ("pairs of people who were both trained", "par af personer, der begge blev uddannet,"),
        ("pairs of people of whom neither was", "par, hvor ingen af dem blev"),
    ),
    "one": (
        ("pairs of people of whom one was trained", "par af personer, hvor den ene blev uddannet,"),
        ("pairs of people of whom neither was", "par, hvor ingen af dem blev"),
    ),
    "departments": (
        ("departments that were trained", "de afdelinger, der blev uddannet,"),
        ("departments that were not", "dem, der ikke blev"),
    ),
}
_ARMS = {"dyads": "pairs", "one_trained": "one", "department": "departments"}
_REASONS = {
    "few_assignments": (
        "training can be assigned in so few ways ({ways}) that no p can be below {least}",
        "uddannelsen kan fordeles på så få måder ({ways}), at ingen p-værdi kan komme under {least}",
    ),
    "few_draws": (
        "so few draws cannot give a p below {least}",
        "så få tilfældige udtræk ikke kan give en p-værdi under {least}",
    ),
    "few_respondents": (
        "fewer than 10 people enter the comparison",
        "færre end 10 personer indgår i sammenligningen",
    ),
    "few_departments": (
        "fewer than 3 departments enter the comparison",
        "færre end 3 afdelinger indgår i sammenligningen",
    ),
    "undefined": ("the difference cannot be computed", "forskellen ikke kan beregnes"),
}
_WHO = {
    False: ("Who was trained", "Hvem der blev uddannet"),
    True: ("Who was trained when", "Hvem der blev uddannet hvornår"),
}
_CAUSE = {
    True: (
        "{who} was decided by lot, so a difference may be called an effect of the training.",
        "{who}, blev afgjort ved lodtrækning, så en forskel må kaldes en effekt af uddannelsen.",
    ),
    False: (
        "{who} was not decided by lot, so trained and untrained people may have differed already: this is {what}, not "
        "an effect.",
        "{who}, blev ikke afgjort ved lodtrækning, så uddannede og ikke-uddannede kan have været forskellige i "
        "forvejen: Det er {what}, ikke en effekt.",
    ),
}
_KIND = {True: ("a difference in change", "en forskel i ændring"), False: ("a difference", "en forskel")}
_MEANING = {
    True: (
        "The p says how often assigning the training anew would give at least as clear a difference.",
        "p-værdien siger, hvor ofte en ny fordeling af uddannelsen ville give mindst lige så klar en forskel.",
    ),
    False: (
        "The p says how often assigning the training anew would give at least as large a difference.",
        "p-værdien siger, hvor ofte en ny fordeling af uddannelsen ville give mindst lige så stor en forskel.",
    ),
}
_VERDICTS = {
    ("differs", True): (
        "Verdict: the training had an effect on this.",
        "Vurdering: Uddannelsen havde en effekt på dette.",
    ),
    ("differs", False): (
        "Verdict: the trained differ from the others more clearly than chance in who was trained would explain.",
        "Vurdering: De uddannede adskiller sig klarere fra de øvrige, end tilfældigheder i, hvem der blev uddannet, "
        "kan forklare.",
    ),
    ("undecided", True): (
        "Verdict: whether the training had an effect on this cannot be decided from these data.",
        "Vurdering: Om uddannelsen havde en effekt på dette, kan ikke afgøres ud fra disse data.",
    ),
    ("undecided", False): (
        "Verdict: whether the trained differ from the others cannot be decided from these data.",
        "Vurdering: Om de uddannede adskiller sig fra de øvrige, kan ikke afgøres ud fra disse data.",
    ),
}


def difference(found: Any, language: Language = "en") -> str:
    """Say the difference, its p, what it rests on, what it may be called, and the verdict.

    Parameters
    ----------
    found : RandomizationResult
        From `netlearn.randomization_test`.
    language : "en" or "da"
    """
    parts = [size(found, language)]
    told = found.verdict != "descriptive"
    if told:
        parts.append(nulls.result(found.result, language))
        if not found.randomized:
            parts.append(pick(_MEANING[found.studentised], language))
    parts.append(basis(found, language))
    if told or not found.randomized:  # figures without a conclusion are no effect, lot or not
        change = found.compared in ("change", "starts")
        parts.append(cause(found.randomized, language, change=change, when=found.compared == "starts"))
    return " ".join([*parts, verdict(found, language)])


def cause(randomized: bool, language: Language = "en", *, change: bool = True, when: bool = False) -> str:
    """Say what a difference may be called: an effect only where training was dealt by lot.

    Parameters
    ----------
    randomized : bool
    change : bool
        Changes are compared, not values.
    when : bool
        People were trained in turns.
    """
    who, what = pick(_WHO[when], language), pick(_KIND[change], language)
    return pick(_CAUSE[randomized], language).format(who=who, what=what)


def because(found: Any, language: Language = "en") -> str:
    """Join the reasons why figures only describe: what follows "because".

    Parameters
    ----------
    found : RandomizationResult or Spillover
    """
    ways = count(found.n_assignments, language)
    # A limit is told exactly: it is a property of the design and the draws, not a p of the data.
    least = bare_p(found.smallest_p, language)
    said = [pick(_REASONS[name], language).format(ways=ways, least=least) for name in found.reasons]
    return pick((", and because ", ", og fordi "), language).join(said)


def size(found: Any, language: Language = "en") -> str:
    """Tell the size and the direction of the difference, with its interval."""
    what = pick(_WHAT[found.outcome], language)
    if found.group and found.outcome in _GROUPED:  # departments are not what is counted across
        what = pick(_GROUPED[found.outcome], language).format(group=quoted(found.group, language))
    if math.isnan(found.estimate):
        said = (
            "The difference in {} between trained and untrained people cannot be computed.",
            "Forskellen i {} mellem uddannede og ikke-uddannede kan ikke beregnes.",
        )
        return pick(said, language).format(what.rstrip(","))
    digits = digits_for(*(v for v in (found.estimate, found.low, found.high) if math.isfinite(v)))
    ours, others = (pick(words, language) for words in _GROUPS[_ARMS.get(found.outcome, "people")])
    x = rounded(abs(found.estimate), language, digits) + pick(_UNITS[found.unit], language)
    side = (found.estimate > 0) - (found.estimate < 0)
    size = {1: ("{x} higher", "{x} højere"), -1: ("{x} lower", "{x} lavere"), 0: ("the same", "den samme")}[
        side
    ]
    text = pick(_COMPARED[found.compared], language).format(
        what=what,
        first=quoted(found.waves[0], language),
        last=quoted(found.waves[-1], language),
        size=pick(size, language).format(x=x),
        ours=ours,
        than=pick((("than", "end"), ("as", "som"))[side == 0], language),
        others=others,
        span=_span(found, digits, language),
    )
    return text if found.studentised else f"{text} {_plain(language)}"


def _span(found: Any, digits: int, language: Language) -> str:
    if math.isnan(found.low) or math.isnan(found.high):
        return pick(("its interval cannot be computed", "intervallet kan ikke beregnes"), language)
    if math.isinf(found.low) and math.isinf(found.high):
        return pick(("no interval: nothing can be excluded", "intet interval: intet kan udelukkes"), language)
    signed = "" if found.estimate > 0 else _signed(found.estimate, digits, language)
    return f"{signed}{interval_name(1 - found.level, language)} {interval(found.low, found.high, language, digits)}"


def _signed(estimate: float, digits: int, language: Language) -> str:
    """Repeat the difference with its sign, which "lower" hides."""
    return f"{pick(('difference', 'forskel'), language)} {rounded(estimate, language, digits)}, "


def _plain(language: Language) -> str:
    said = (
        "The standard error cannot be computed, so the plain differences were compared.",
        "Standardfejlen kan ikke beregnes, så de rå forskelle blev sammenlignet.",
    )
    return pick(said, language)


def verdict(found: Any, language: Language = "en") -> str:
    """Say the verdict, and why the figures only describe where they do."""
    if found.verdict != "descriptive":
        return pick(_VERDICTS[found.verdict, found.randomized], language)
    said = (
        "Verdict: the figures describe these people and carry no conclusion, because {}.",
        "Vurdering: Tallene beskriver kun disse personer og bærer ingen konklusion, fordi {}.",
    )
    return pick(said, language).format(because(found, language))
