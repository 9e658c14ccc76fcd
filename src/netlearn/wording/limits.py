"""What else could explain a result, by the design that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from netlearn.wording import Language, ladder, sentences
from netlearn.wording.terms import pick

_ALONE = (
    "Everybody may have changed for another reason: season, workload, a new system, a reorganisation, a new "
    "manager, other "
    "projects in the same months.",
    "Alle kan have ændret sig af en anden grund: årstid, arbejdspres, et nyt system, en omorganisering, en ny leder "
    "eller "
    "andre projekter i de samme måneder.",
)
_UNLIKE = (
    "The trained and the others may have differed from the start, and drifted apart for that reason.",
    "De uddannede og de andre kan have været forskellige fra begyndelsen og af den grund have bevæget sig fra "
    "hinanden.",
)
_SPILL = (
    "The trained talk to the untrained. What reaches the untrained in that way makes the difference smaller than "
    "what the "
    "training did.",
    "De uddannede taler med de ikke-uddannede. Det, der når de ikke-uddannede ad den vej, gør forskellen mindre end "
    "det, "
    "uddannelsen førte til.",
)
_LEFT = (
    "People came and left. The answer is about those who answered both times; they may differ from the rest.",
    "Folk er kommet til og holdt op. Svaret handler om dem, der svarede begge gange, og de kan adskille sig fra "
    "resten.",
)
_SILENT = (
    "Who keeps silent because there is less contact to tell of makes it look as if contact had grown. No test "
    "can see "
    "that; in simulations it made false alarms in up to one of four.",
    "Den, der tier, fordi der er mindre kontakt at fortælle om, får det til at se ud, som om kontakten er "
    "vokset. "
    "Ingen test kan se det; i simuleringer gav det falske alarmer i op til hvert fjerde tilfælde.",
)
_AGAIN = (
    "People may answer differently the second time: they know the questions, are more careful or more tired, or "
    "know "
    "what is hoped for.",
    "Folk kan svare anderledes anden gang: De kender spørgsmålene, er mere omhyggelige eller mere trætte, eller "
    "ved, "
    "hvad man håber på.",
)
_SEEN = (
    "A tie is something that a person answered. Two people may see their contact differently.",
    "En forbindelse er noget, en person har svaret. To personer kan se forskelligt på deres kontakt.",
)
_BETTER = (
    "More contact is not by itself better work; nothing here measures what the contact was good for.",
    "Mere kontakt er ikke i sig selv bedre arbejde; intet her måler, hvad kontakten var god for.",
)
_ALWAYS = (_LEFT, _SILENT, _AGAIN, _SEEN, _BETTER)
_REGRESSION = (
    "Was the first wave unusually low or high, the next one lies nearer to the usual by itself.",
    "Var den første måling usædvanligt lav eller høj, ligger den næste af sig selv tættere på det sædvanlige.",
)

_OPEN = (
    "That it cannot be decided is no proof that nothing happened.",
    "At det ikke kan afgøres, er intet bevis for, at der ikke er sket noget.",
)


def limits(rungs: Sequence[str], language: Language = "en") -> list[str]:
    """List what the design of the primary outcome cannot rule out, and what no design here can.

    Parameters
    ----------
    rungs : sequence of str
        From `netlearn.analysis.ladder.rungs_of`, that of the primary outcome first.
    """
    own = {
        "before_after": [_ALONE, _REGRESSION],
        "association": [_ALONE, _REGRESSION],
        "comparison": [_UNLIKE, _SPILL],
        "staggered": [_UNLIKE, _SPILL],
        "randomized": [_SPILL],
    }[rungs[0]]
    # The list begins with what the word "change" leaves open, told in whole by the ladder.
    return [ladder.paragraph(rungs[0], language), *(pick(pair, language) for pair in (*own, *_ALWAYS))]


def foremost(
    rung: str, family: str, few: bool, undecided: bool, language: Language = "en"
) -> tuple[str, ...]:
    """Return the three limits that matter most for a design, short enough for the first page.

    Parameters
    ----------
    rung, family : str
        Of the primary outcome.
    few : bool
        Many of those who could have answered are not behind the answer.
    undecided : bool
        It cannot be decided, and nothing else on the page says what that means.
    language : "en" or "da"
    """
    never = pick(ladder.RUNGS[rung]["never"], language)
    if rung in ("before_after", "association"):
        # One group: what the word is, what else may have happened, and what silence or a second asking does.
        called = sentences.not_called(language) if rung == "before_after" else never
        last = _SILENT if few else _BETTER if family == "network" else _AGAIN
        return (called, pick(_OPEN if undecided else _ALONE, language), pick(last, language))
    return (never, pick(_OPEN if undecided else _SPILL, language), pick(_LEFT, language))
