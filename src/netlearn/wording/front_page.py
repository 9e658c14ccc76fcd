"""The first page in plain words: what was asked, and on whom the answer rests."""

from __future__ import annotations

from collections.abc import Sequence

from netlearn.wording import Language
from netlearn.wording.numbers import count
from netlearn.wording.paragraphs import listed
from netlearn.wording.sentences import people, quoted
from netlearn.wording.terms import pick

_CHANGED = ("Did {name} change from {first} to {second}?", "Har {name} ændret sig fra {first} til {second}?")
_QUESTIONS: dict[str, tuple[str, str]] = {
    "trained": (
        "Did {name} change more, or less, among those who were trained than among the others?",
        "Har {name} ændret sig mere eller mindre hos dem, der blev uddannet, end hos de øvrige?",
    ),
    "exposure": (
        "Are there more, or fewer, new ties between those who were together than between others? ({name})",
        "Er der flere eller færre nye forbindelser mellem dem, der var sammen, end mellem andre? ({name})",
    ),
    "association": ("Do the two go together: {name}?", "Følges de to ad: {name}?"),
}
_ASKED = ("People were asked: {}", "Folk blev spurgt: {}")
_INTERVAL = {
    False: (
        "The interval in brackets is what the data agree with.",
        "Intervallet i parentes er det, tallene passer med.",
    ),
    True: (
        "The interval in brackets is what the data agree with; it runs from minus to plus, so the direction is open.",
        "Intervallet i parentes er det, tallene passer med; det går fra minus til plus, så retningen er uvis.",
    ),
}
_SECONDARY = {
    True: ("Beside it, the plan named 1 secondary outcome.", "Ved siden af havde planen 1 sekundært udfald."),
    False: (
        "Beside it, the plan named {n} secondary outcomes, judged together (Holm's correction).",
        "Ved siden af havde planen {n} sekundære udfald, som er vurderet under ét (Holms korrektion).",
    ),
}
_BASIS = ("It rests on {} whose answers could be compared.", "Det bygger på {}, hvis svar kan sammenlignes.")


def question(family: str, name: str, waves: tuple[str, str], asked: str, language: Language = "en") -> str:
    """Say what the primary outcome asks, and in which words people were asked.

    Parameters
    ----------
    family, name : str
        Of the outcome.
    waves : (earlier, later)
        Titles.
    asked : str
        The question to people; "" if there is none, or more than one.
    language : "en" or "da"

    Examples
    --------
    >>> question("network", "Contact", ("before", "after"), "Whom do you talk to?")
    'Did “Contact” change from “before” to “after”? People were asked: “Whom do you talk to?”'
    """
    first, second = (quoted(wave, language) for wave in waves)
    said = pick(_QUESTIONS.get(family, _CHANGED), language)
    told = said.format(name=quoted(name, language), first=first, second=second)
    return f"{told} {pick(_ASKED, language).format(quoted(asked, language))}" if asked else told


def interval(low: float, high: float, language: Language = "en") -> str:
    """Say how the interval of a finding is read.

    Examples
    --------
    >>> interval(0.2, 0.9)
    'The interval in brackets is what the data agree with.'
    >>> interval(-0.2, 0.9, "da")
    'Intervallet i parentes er det, tallene passer med; det går fra minus til plus, så retningen er uvis.'
    """
    return pick(_INTERVAL[not (low > 0 or high < 0)], language)


def secondary(groups: Sequence[tuple[str, Sequence[str]]], language: Language = "en") -> tuple[str, ...]:
    """Tell what became of the secondary outcomes, a sentence per group.

    Parameters
    ----------
    groups : sequence of (verdict, outcomes)
        Both in words; an outcome may bring its numbers.
    language : "en" or "da"

    Examples
    --------
    >>> secondary([("changed", ["“A” (+1)"])])
    ('Beside it, the plan named 1 secondary outcome.', 'Changed: “A” (+1).')
    >>> secondary([])
    ()
    """
    n = sum(len(names) for _, names in groups)
    if not n:
        return ()
    told = [f"{key[:1].upper()}{key[1:]}: {listed(names, language)}." for key, names in groups]
    return pick(_SECONDARY[n == 1], language).format(n=count(n, language)), *told


def basis(n: int, language: Language = "en") -> str:
    """Say on how many people an answer rests.

    Examples
    --------
    >>> basis(22, "da")
    'Det bygger på 22 personer, hvis svar kan sammenlignes.'
    """
    return pick(_BASIS, language).format(people(n, language))
