"""The paragraphs of the report that tell results: who answered, the nulls, the check, the missing answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, p_value, percent
from netlearn.wording.sentences import finding, quoted

MOST = 0.9  # from here on nearly everybody is behind an answer


def _say(pair: tuple[str, str], language: Language, **values: Any) -> str:
    return pair[language == "da"].format(**values)


def response(waves: Sequence[tuple[str, int, int]], language: Language = "en", everybody: bool = True) -> str:
    r"""Say how many answered; `waves` holds (label, answered, employed); `everybody` employed was asked.

    Examples
    --------
    >>> response([("before", 9, 12)])
    'Answers came from 9 of 12 employees (75\xa0%) in “before”. Silence is never counted as a no.'
    """
    each = ("{a} of {n} employees ({share}) in {wave}", "{a} af {n} ansatte ({share}) ved {wave}")
    some = ("{a} of {n} who were asked ({share}) in {wave}", "{a} af {n} adspurgte ({share}) ved {wave}")
    parts = [
        _say(
            each if everybody else some,
            language,
            a=count(answered, language),
            n=count(employed, language),
            share=percent(answered / employed if employed else math.nan, language),
            wave=quoted(label, language),
        )
        for label, answered, employed in waves
    ]
    whole = (
        "Answers came from {parts}. Silence is never counted as a no.",
        "Der svarede {parts}. Tavshed tælles aldrig som et nej.",
    )
    return _say(whole, language, parts=listed(parts, language))


def behind(n: int, there: int, language: Language = "en") -> str:
    """Say of how many the answer tells; nothing where nearly everybody is in it."""
    if not there or n / there > MOST:
        return ""
    said = (
        "{there} people could have answered both times; {n} of them are behind the answer, and the other {rest} may "
        "have "
        "changed otherwise.",
        "{there} personer kunne have svaret begge gange; svaret bygger på {n} af dem, og de øvrige {rest} kan have "
        "haft en "
        "anden udvikling.",
    )
    told = {"there": count(there, language), "n": count(n, language), "rest": count(there - n, language)}
    return _say(said, language, **told)


def pooled(n_pooled: int, least: int, language: Language = "en") -> str:
    """Say that small departments are shown together; nothing when none are."""
    said = (
        "{n} departments are shown together, because a department with fewer than {least} people who answered in "
        "every wave is never shown alone.",
        "{n} afdelinger er vist samlet, fordi en afdeling med færre end {least}, der svarede ved alle målinger, "
        "aldrig "
        "vises alene.",
    )
    return _say(said, language, n=n_pooled, least=least) if n_pooled else ""


def person_null(change: Any, language: Language = "en") -> str:
    """Say the p of the person level with what it assumes."""
    if math.isnan(change.p_value):
        return _say(("No p can be computed.", "Ingen p kan beregnes."), language)
    how = {
        "two-sided": (
            "this far from zero, in either direction,",
            "så langt fra nul, i den ene eller anden retning,",
        ),
        "greater": ("this far above zero", "så langt over nul"),
        "less": ("this far below zero", "så langt under nul"),
    }[change.alternative]
    said = (
        "If nothing had changed for these people beyond the drift of single people, a change {how} would still be "
        "seen with probability {p}.",
        "Hvis intet havde ændret sig for disse personer ud over enkeltpersoners egne udsving, ville en ændring "
        "{how} alligevel ses med sandsynligheden {p}.",
    )
    return _say(said, language, how=_say(how, language), p=p_value(change.p_value, language))


def swap_null(change: Any, language: Language = "en") -> str:
    """Say the null of the wave swap in one sentence, with its p and its draws."""
    swap = change.swap
    if swap is None or math.isnan(swap.p_value):
        return ""
    said = (
        "If a coin toss for each {whom} had decided which of the two waves came first, a change at least as clear "
        "would be seen with probability {p} ({draws}).",
        "Hvis et møntkast for {whom} havde afgjort, hvilken af de to målinger der kom først, ville en mindst lige så "
        "klar ændring ses med sandsynligheden {p} ({draws}).",
    )
    draws = (
        ("every arrangement counted", "alle muligheder talt op")
        if swap.exact
        else ("{n} random draws", "{n} tilfældige udtræk")
    )
    told = _say(draws, language, n=count(swap.draws, language))
    return _say(said, language, whom=swapped(change, language), p=p_value(swap.p_value, language), draws=told)


def swap_model(change: Any) -> str:
    """Name the null of the wave swap: by person, or by pair if the relation has no level of arcs."""
    return "wave_swap_sender" if "arc" in set(change.ladder["level"]) else "wave_swap"


def swapped(change: Any, language: Language = "en") -> str:
    """Say for whom the coin of the wave swap is tossed."""
    by_person = swap_model(change) == "wave_swap_sender"
    return _say((("pair of people", "hvert par af personer"), ("person", "hver person"))[by_person], language)


def placebo(change: Any, language: Language = "en") -> str:
    """Say what the check within departments shows, and what that means for the change across them."""
    known = {
        "changed_beyond_departments": (
            "So ties moved within departments too: something that moves all ties may be at work.",
            "Altså har forbindelser også flyttet sig inden for afdelingerne: Noget, der flytter alle forbindelser, "
            "kan være på spil.",
        ),
        "undecided": (
            "Whether ties moved within departments cannot be decided; that is no proof that they stood still.",
            "Om forbindelser har flyttet sig inden for afdelingerne, kan ikke afgøres; det er intet bevis for, at "
            "de stod stille.",
        ),
        "descriptive": ("The check describes only.", "Kontrollen er kun beskrivende."),
    }
    known["changed_among_people"] = known["changed_beyond_departments"]
    start = (
        "As a check, ties within departments, which were not meant to change: {told}",
        "Som kontrol ses på forbindelser inden for afdelingerne, som det ikke var meningen at ændre: {told}",
    )
    return f"{_say(start, language, told=finding(change, language))} {_say(known[change.verdict], language)}"


def holm(n_secondary: int, language: Language = "en") -> str:
    """Say what Holm's correction is for; nothing without secondary outcomes."""
    said = (
        "There are {n} secondary outcomes; Holm's p allows for having looked at all of them.",
        "Der er {n} sekundære udfald; Holms p tager højde for, at der er set på dem alle.",
    )
    one = ("There is 1 secondary outcome.", "Der er 1 sekundært udfald.")
    return _say(said if n_secondary > 1 else one, language, n=n_secondary) if n_secondary else ""


def mixing(language: Language = "en", shown: bool = False) -> str:
    """Say how to read the heat maps; `shown`: other groups than departments stand in them."""
    said = (
        "Each field tells how many of the possible ties from one department (row) to another (column) were there, "
        "among those who answered both times. The diagonal is contact within a department, or "
        "within those shown together.",
        "Hvert felt viser, hvor mange af de mulige forbindelser fra én afdeling (række) til en anden (kolonne) der "
        "fandtes blandt dem, der svarede begge gange. Diagonalen er kontakt inden for en "
        "afdeling eller inden for dem, der er vist samlet.",
    )
    groups = (
        "Each field tells how many of the possible ties from one group of departments (row) to another (column) were "
        "there, among those who answered both times. The departments are too small to be shown one by one; the "
        "diagonal is contact within a group, also between its departments.",
        "Hvert felt viser, hvor mange af de mulige forbindelser fra én gruppe af afdelinger (række) til en anden "
        "(kolonne) der fandtes blandt dem, der svarede begge gange. Afdelingerne er for små til at blive vist hver "
        "for "
        "sig; diagonalen er kontakt inden for en gruppe, også mellem dens afdelinger.",
    )
    few = (
        "A single field rests on few people and has no uncertainty beside it: look for patterns, and do not judge "
        "one "
        "department by it.",
        "Et enkelt felt bygger på få personer, og der står ingen usikkerhed ved det: Se efter mønstre, og brug det "
        "ikke til "
        "at dømme en enkelt afdeling.",
    )
    return f"{_say(groups if shown else said, language)} {_say(few, language)}"


def beside(change: Any, language: Language = "en") -> str:
    """Say that what follows is about everybody's answers to one question, and not the answer at the top."""
    said = (
        "This and the next sections are about {relation}, among all who answered both times: {told} That is another "
        "question than the one answered at the top, and stands beside it.",
        "Dette og de næste afsnit handler om {relation} blandt alle, der svarede begge gange: {told} Det er et andet "
        "spørgsmål end det, der er svaret på øverst, og står ved siden af.",
    )
    return _say(said, language, relation=quoted(change.relation, language), told=finding(change, language))


def turnover(kept: float, formed: float, dissolved: float, language: Language = "en") -> str:
    """Say how many ties across departments stayed, came and went."""
    said = (
        "Ties across departments: {kept} kept, {formed} new, {dissolved} ended.",
        "Forbindelser på tværs af afdelinger: {kept} bevaret, {formed} nye, {dissolved} ophørt.",
    )
    words = {"kept": kept, "formed": formed, "dissolved": dissolved}
    return _say(said, language, **{name: count(n, language) for name, n in words.items()})


def ladder(language: Language = "en") -> str:
    """Say how to read the ladder of standard errors."""
    said = (
        "The same change, with four ideas of what is independent. The interval of people is the one used: the "
        "answers "
        "of one person, and the answers about one person, hang together. The interval of departments weighs each "
        "department equally and allows for its own ups and downs.",
        "Den samme ændring med fire opfattelser af, hvad der er uafhængigt af hinanden. Intervallet for personer er "
        "det, der bruges: En persons svar, og svarene om en person, hænger sammen. Intervallet for afdelinger lader "
        "hver afdeling tælle lige meget og tager højde for, at en hel afdeling kan svinge.",
    )
    return _say(said, language)


def listed(parts: Sequence[str], language: Language = "en") -> str:
    """Join parts with commas and a last "and".

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"], "da")
    ('a, b and c', 'a')
    """
    link = _say((" and ", " og "), language)
    return link.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))


_UNITS = {
    "index": (
        "The E-I index goes from −1 (every tie stays in the own department) to 1 (every tie crosses).",
        "E-I-indekset går fra −1 (al kontakt er i egen afdeling) til 1 (al kontakt er på tværs).",
    ),
    "log_odds": (
        "The log odds ratio is over 0 where contact across departments grew more than contact within them.",
        "Log-oddsratioen er over 0, når kontakten på tværs er vokset mere end kontakten inden for afdelingerne.",
    ),
    "correlation": (
        "A correlation goes from −1 (opposite ways) over 0 (nothing in common) to 1 (together).",
        "En korrelation går fra −1 (hver sin vej) over 0 (intet til fælles) til 1 (følges ad).",
    ),
}


def units(keys: Iterable[str], language: Language = "en") -> str:
    """Explain the units in a table that are no everyday ones."""
    return " ".join(_say(_UNITS[key], language) for key in dict.fromkeys(keys) if key in _UNITS)
