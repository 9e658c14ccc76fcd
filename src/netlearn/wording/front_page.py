"""The first page in plain words: what was asked, and on whom the answer rests."""

from __future__ import annotations

from netlearn.wording import Language
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
_INTERVAL = (
    "The interval in brackets is what the data agree with; where it runs from minus to plus, the direction is open.",
    "Intervallet i parentes er det, tallene passer med; går det fra minus til plus, er retningen uvis.",
)
_BASIS = (
    "It rests on {} whose answers could be compared.",
    "Det bygger på {}, hvis svar kan sammenlignes.",
)


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


def interval(language: Language = "en") -> str:
    """Say how the interval of a finding is read."""
    return pick(_INTERVAL, language)


def basis(n: int, language: Language = "en") -> str:
    """Say on how many people an answer rests.

    Examples
    --------
    >>> basis(22, "da")
    'Det bygger på 22 personer, hvis svar kan sammenlignes.'
    """
    return pick(_BASIS, language).format(people(n, language))
