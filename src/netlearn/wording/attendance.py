"""Words about attendance lists of others than staff: who came, who was reached, who met whom."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, digits_for, interval, number, p_value, percent, rounded
from netlearn.wording.sentences import interval_name, not_called, people, quoted
from netlearn.wording.terms import pick

HEADING = ("Who took part in the activities", "Hvem deltog i aktiviteterne")
CAPTIONS = {
    "activities": (
        "How many different people came, and how many times: {title}",
        "Hvor mange forskellige personer der kom, og hvor mange gange: {title}",
    ),
    "distribution": (
        "People by number of different activities: {title}",
        "Personer efter antal forskellige aktiviteter: {title}",
    ),
    "reached": ("Who was reached: {title}", "Hvem blev nået: {title}"),
}
COLUMNS = {
    "activity": ("Activity", "Aktivitet"),
    "participants": ("People{period}", "Personer{period}"),
    "visits": ("Times{period}", "Gange{period}"),
    "activities": ("Different activities", "Forskellige aktiviteter"),
    "people": ("People{period}", "Personer{period}"),
    "who": ("In “{first}”", "Ved »{first}«"),
    "number": ("People", "Personer"),
    "later": ("Came in “{second}”", "Kom ved »{second}«"),
    "later_met": ("Came, or met somebody, in “{second}”", "Kom, eller mødte nogen, ved »{second}«"),
    "share": ("Share", "Andel"),
}
ALL = ("All activities", "Alle aktiviteter")
WHO = {
    "came": ("Came", "Kom"),
    "stayed_away": ("Did not come", "Kom ikke"),
    "met": ("Met somebody", "Mødte nogen"),
    "alone": ("Met nobody", "Mødte ingen"),
}
_ABOUT = (
    "{title}: {people} could take part. Everybody counts, also those who never came.",
    "{title}: {people} kunne deltage. Alle tæller med, også dem, der aldrig kom.",
)
_REACHED = (
    "Of {n} who did not come in {first}, {x} ({share}) came in {second}.",
    "Af {n}, der ikke kom ved {first}, kom {x} ({share}) ved {second}.",
)
_AGAIN = (
    "Of {n} who did come, {x} ({share}) came again. Set the two beside each other: some would have come anyway, just "
    "as others stayed away.",
    "Af {n}, der kom, kom {x} ({share}) igen. Hold de to tal op mod hinanden: Nogle ville være kommet alligevel, "
    "ligesom andre blev væk.",
)
_MET = (
    "Of {n} who met nobody in {first}, {x} ({share}) took part in an activity together with others in {second}.",
    "Af {n}, der ikke mødte nogen ved {first}, deltog {x} ({share}) i en aktivitet sammen med andre ved {second}.",
)
_ALL_MET = ("Everybody who came took part together with others.", "Alle, der kom, deltog sammen med andre.")
_OTHERS = (
    "Each of those who came was at the same activity as {before} others on average in {first} and {after} in "
    "{second}.",
    "Hver af dem, der kom, var til samme aktivitet som i gennemsnit {before} andre ved {first} og {after} ved "
    "{second}.",
)
_OTHERS_ONCE = (
    "Each of those who came was at the same activity as {n} others on average.",
    "Hver af dem, der kom, var til samme aktivitet som i gennemsnit {n} andre.",
)
_TOGETHER = (
    "To have been at the same activity in the same period does not tell whether they met: it may have been on other "
    "days.",
    "At have været til samme aktivitet i samme periode viser ikke, om man mødtes: Det kan være på forskellige dage.",
)

_MORE = {
    "activities": (
        ("{x} more different activities", "{x} flere forskellige aktiviteter"),
        ("{x} fewer different activities", "{x} færre forskellige aktiviteter"),
        ("as many different activities", "lige så mange forskellige aktiviteter"),
    ),
    "visits": (
        ("{x} more times", "{x} flere gange"),
        ("{x} fewer times", "{x} færre gange"),
        ("as many times", "lige så mange gange"),
    ),
}
_VERB = {"activities": ("took part in", "deltog en person i"), "visits": ("came", "kom en person")}
_FINDING = (
    "{title}: on average a person {verb} {more} in {second} {than} in {first} ({change}{span}; {from_to}).",
    "{title}: I gennemsnit {verb} {more} ved {second} {than} ved {first} ({change}{span}; {from_to}).",
)
_NO_SPAN = ("its interval cannot be computed", "intervallet kan ikke beregnes")
_UNDEFINED = (
    "{title}: whether people took part more cannot be computed, because the list holds nothing of {first} or of "
    "{second}.",
    "{title}: Om folk deltog mere, kan ikke beregnes, fordi listen intet indeholder fra {first} eller fra {second}.",
)
_BASIS = (
    "All {people} on the list count, also those who never came.",
    "Alle {people} på listen tæller med, også dem, der aldrig kom.",
)
_VERDICTS = {
    "changed": ("Verdict: this changed.", "Vurdering: Det har ændret sig."),
    "undecided": (
        "Verdict: whether this changed cannot be decided from this list.",
        "Vurdering: Om det har ændret sig, kan ikke afgøres ud fra denne liste.",
    ),
    "descriptive": (
        "Verdict: the figures describe these people and carry no conclusion, because {reasons}.",
        "Vurdering: Tallene beskriver kun disse personer og bærer ingen konklusion, fordi {reasons}.",
    ),
}
_REASONS = {
    "few_respondents": ("fewer than 10 people are on the list", "færre end 10 personer står på listen"),
    "few_changed": (
        "so few people came more or less often that no pattern among them could reach the {alpha} level",
        "så få personer kom oftere eller sjældnere, at intet mønster blandt dem kunne nå {alpha}-niveauet",
    ),
    "undefined": (
        "the change or its interval cannot be computed",
        "ændringen eller dens interval ikke kan beregnes",
    ),
}


def change(found: Any, language: Language = "en") -> str:
    """Say how much more people took part, how sure that is, and that it is a change."""
    title = quoted(found.attendance, language)
    first, second = (quoted(wave, language) for wave in found.waves)
    if math.isnan(found.estimate):
        said = pick(_UNDEFINED, language).format(title=title, first=first, second=second)
        return f"{said} {verdict(found, language)}"
    sign = 0 if found.estimate > 0 else 1 if found.estimate < 0 else 2
    digits = digits_for(found.estimate, found.low, found.high)
    more = pick(_MORE[found.measure][sign], language).format(x=rounded(abs(found.estimate), language, digits))
    told = f"{pick(('change', 'ændring'), language)} {rounded(found.estimate, language, digits)}, "
    finding = pick(_FINDING, language).format(
        title=title,
        verb=pick(_VERB[found.measure], language),
        more=more,
        first=first,
        second=second,
        than=pick((("than", "end"), ("as", "som"))[sign == 2], language),
        change=told if sign == 1 else "",
        span=_span(found, digits, language),
        from_to=_from_to(found, language),
    )
    basis = pick(_BASIS, language).format(people=people(found.n_people, language))
    return " ".join([finding, basis, verdict(found, language), not_called(language)])


def _span(found: Any, digits: int, language: Language) -> str:
    if math.isnan(found.low) or math.isnan(found.high):
        return pick(_NO_SPAN, language)
    said = f"{interval_name(1 - found.level, language)} {interval(found.low, found.high, language, digits)}"
    return said if found.reasons else f"{said}, {p_value(found.p_value, language)}"


def _from_to(found: Any, language: Language) -> str:
    before, after = (number(value, language, 2) for value in found.values)
    return pick(("mean {} and {}", "gennemsnit {} og {}"), language).format(before, after)


def verdict(found: Any, language: Language = "en") -> str:
    """Say the verdict, and why the figures only describe where they do."""
    reasons = [
        pick(_REASONS[name], language).format(alpha=percent(found.alpha, language)) for name in found.reasons
    ]
    joined = pick((", and because ", ", og fordi "), language).join(reasons)
    return pick(_VERDICTS[found.verdict], language).format(reasons=joined)


def paragraphs(one: Any, language: Language = "en") -> list[str]:
    """Tell one list: who could come, who was reached, how many others people met. What is left out is not said."""
    said = [
        pick(_ABOUT, language).format(
            title=quoted(one.title, language), people=people(one.n_people, language)
        )
    ]
    if one.compared is not None:
        told = [(_REACHED, one.reach.iloc[1]), (_AGAIN, one.reach.iloc[0]), (_MET, one.meeting.iloc[1])]
        same = all_met(one)
        said += [_row(text, row, one.compared, language) for text, row in told[: 2 if same else 3]]
        said += [pick(_ALL_MET, language)] if same else []
    said = [text for text in said if text]
    return [*said, *_others(one, language)]


def all_met(one: Any) -> bool:
    """Tell whether it is shown that everybody who came met somebody, so that both tables say the same."""
    came, met = one.reach, one.meeting
    return bool((came.iloc[:, 1:].to_numpy() == met.iloc[:, 1:].to_numpy()).all())


def _row(text: tuple[str, str], row: Any, compared: tuple[str, str], language: Language) -> str:
    n, x, share = (float(value) for value in row.iloc[1:])
    if not math.isfinite(share):
        return ""
    first, second = (quoted(wave, language) for wave in compared)
    numbers = {"n": count(n, language), "x": count(x, language), "share": percent(share, language)}
    return pick(text, language).format(first=first, second=second, **numbers)


def _others(one: Any, language: Language) -> list[str]:
    met = one.pairs.set_index("period")["others_met"]
    told = [float(met[period]) for period in (one.compared or one.periods)]
    if any(map(math.isnan, told)):
        return []
    if one.compared is None:
        said = [pick(_OTHERS_ONCE, language).format(n=number(told[0], language, 1))]
    else:
        named = dict(zip(("first", "second"), (quoted(wave, language) for wave in one.compared), strict=True))
        numbers = dict(zip(("before", "after"), (number(n, language, 1) for n in told), strict=True))
        said = [pick(_OTHERS, language).format(**numbers, **named)]
    return [*said, pick(_TOGETHER, language)]
