"""The words of the section about personal networks."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, interval, number, percent, rounded
from netlearn.wording.sentences import interval_name, people, quoted
from netlearn.wording.terms import pick

HEADING = ("Personal networks", "Personlige netværk")
CAPTIONS = {
    "measures": (
        "{title}: personal networks, mean per person",
        "{title}: personlige netværk, gennemsnit pr. person",
    ),
    "colleagues": (
        "{title}: the same, counted by colleague instead of by person",
        "{title}: det samme, talt pr. kollega i stedet for pr. person",
    ),
    "places": (
        "{title}: how many people named somebody in each department (not their own)",
        "{title}: hvor mange personer der nævnte nogen i hver afdeling (ikke deres egen)",
    ),
    "turnover": (
        "{title}: what became of the colleagues, per person",
        "{title}: hvad der blev af kollegerne, pr. person",
    ),
}
COLUMNS = {
    "measure": ("Measure", "Mål"),
    "change": ("Change", "Ændring"),
    "interval": ("95\N{NO-BREAK SPACE}% interval", "95\N{NO-BREAK SPACE}%-interval"),
    "dz": ("dz (interval)", "dz (interval)"),
    "people": ("People", "Personer"),
    "colleagues": ("Colleagues", "Kolleger"),
    "alike": ("How alike", "Hvor ens"),
    "department": ("Department", "Afdeling"),
    "kept": ("Kept", "Bevaret"),
    "new": ("New", "Nye"),
    "gone": ("No longer named", "Ikke længere nævnt"),
    "outside": ("Outside the staff list, {wave}", "Uden for personalelisten, {wave}"),
}
REST = ("(a department other than these)", "(en anden afdeling end disse)")
_WHO = (
    "{title}: {counts}. The figures speak of the {both} who answered both times. They show the circle that each of "
    "them told of, and are no map of the whole workplace.",
    "{title}: {counts}. Tallene handler om de {both}, der svarede begge gange. De viser den kreds, som hver af dem "
    "selv fortæller om, og er ikke et kort over hele arbejdspladsen.",
)
_ANSWERED = ("{n} answered in {wave}", "{n} svarede ved {wave}")
_TOO_FEW = (
    "{title}: fewer than {least} people answered both times, so no figures are shown.",
    "{title}: Færre end {least} personer svarede begge gange, så der vises ingen tal.",
)
_ROOM = (
    "There was room for {room} names. In {first} {before} filled all places, in {second} {after}. Who filled them may "
    "know more people than can be seen here, so a rise in numbers may be larger than it looks.",
    "Der var plads til {room} navne. Ved {first} brugte {before} alle pladser, ved {second} {after}. Den, der brugte "
    "dem alle, kan have flere kontakter, end der ses her, så en stigning i antallet kan være større, end den ser ud.",
)
_ROOM_ENOUGH = (
    "There was room for {room} names, and nobody filled all places.",
    "Der var plads til {room} navne, og ingen brugte alle pladser.",
)
_ROOM_FEW = (
    "fewer than {0} people, or all but fewer than {0},",
    "færre end {0} personer eller alle på nær færre end {0}",
)
_ROOM_NOBODY = ("nobody", "ingen")
_ROOM_SHARE = ("{} of the people", "{} af personerne")
_MEASURES = (
    "Blau: the chance that two draws among those named are of different departments; IQV: the same, as a share of the "
    "highest there can be. Colleagues in separate circles: those named, less those who can be reached through others. "
    "dz: mean change divided by how much people's changes differ (their standard deviation).",
    "Blau: chancen for, at to lodtrækninger blandt de nævnte giver forskellige afdelinger; IQV: det samme, som andel "
    "af det højest mulige. Kolleger i hver sin kreds: de nævnte minus dem, der kan nås gennem andre. dz: gennemsnitlig "
    "ændring delt med, hvor meget personernes ændringer varierer (deres standardafvigelse).",
)
_ALIKE = (
    "How alike: how much the colleagues of one person resemble each other in what is counted (intra-class "
    "correlation); 0 is no more than any two, 1 is all alike. The interval therefore does not count several answers of "
    "one person as independent.",
    "Hvor ens: hvor meget én persons kolleger ligner hinanden i det, der er talt (intraklassekorrelation); 0 er ikke "
    "mere end to tilfældige, 1 er helt ens. Intervallet regner derfor ikke flere svar fra samme person som "
    "uafhængige.",
)
_TURNOVER = (
    "Of colleagues on the staff list, a person named {kept} both times and {new} only in {second}, and {gone} were no "
    "longer named. Colleagues who are not on it cannot be followed from one time to the next.",
    "Af kollegerne på personalelisten nævnte en person {kept} begge gange og {new} kun ved {second}, og {gone} blev "
    "ikke længere nævnt. Kolleger, der ikke står på den, kan ikke følges fra gang til gang.",
)
_OUTSIDE = (
    "Colleagues who are not on the staff list cannot be followed from one time to the next, so it cannot be seen which "
    "of them are new.",
    "Kolleger, der ikke står på personalelisten, kan ikke følges fra gang til gang, så det kan ikke ses, hvem af dem "
    "der er nye.",
)
_KNOWN = (
    "{score}: In {second} colleagues known before had a mean of {known} and new ones {new}; difference {x} "
    "({interval} {span}; told by {people}).",
    "{score}: Ved {second} lå kolleger, man kendte i forvejen, i gennemsnit på {known} og nye på {new}; forskel {x} "
    "({interval} {span}; fortalt af {people}).",
)
_BY_CHANCE = ("Such a difference may be chance alone.", "En sådan forskel kan skyldes rene tilfældigheder.")
_STRANGE = (
    "{n} of the colleagues named are in a department that is spelled as none of the staff list; each such spelling "
    "counts as a department of its own.",
    "{n} af de nævnte kolleger sidder i en afdeling, der ikke er stavet som nogen på personalelisten; hver sådan "
    "stavemåde tæller som sin egen afdeling.",
)
_UNREAD = (
    "{n} answers on whether a colleague was known before are neither yes nor no, and are left out.",
    "{n} svar på, om en kollega var kendt i forvejen, er hverken ja eller nej og er udeladt.",
)
_NO_VERDICT = (
    "The figures in this section describe; the verdicts stand with the planned comparisons.",
    "Tallene i dette afsnit er beskrivende; vurderingerne står ved de planlagte sammenligninger.",
)


def who(picture: Any, least: int, language: Language) -> str:
    """Say who answered, and of whom the figures speak."""
    if picture.n_both < least:
        return pick(_TOO_FEW, language).format(title=picture.title, least=least)
    counts = [
        pick(_ANSWERED, language).format(n=people(int(n), language), wave=quoted(title, language))
        for title, n in zip(picture.answered["title"], picture.answered["n_answered"], strict=True)
        if not math.isnan(n)
    ]
    both = count(picture.n_both, language)
    return pick(_WHO, language).format(title=begun(picture.title), counts=", ".join(counts), both=both)


def begun(title: str) -> str:
    """Begin a line with a title, which the study writes as it stands within a sentence.

    Examples
    --------
    >>> begun("råd om sager")
    'Råd om sager'
    """
    return title[:1].upper() + title[1:]


def room(picture: Any, least: int, language: Language) -> str:
    """Say how many filled all places for names, and what that does to the number of colleagues."""
    if not any(picture.full):
        return pick(_ROOM_ENOUGH, language).format(room=picture.room)
    shown = [_filled(share, least, language) for share in picture.full]
    first, second = (quoted(t, language) for t in picture.titles)
    return pick(_ROOM, language).format(
        room=picture.room, before=shown[0], after=shown[1], first=first, second=second
    )


def _filled(share: float, least: int, language: Language) -> str:
    if math.isnan(share):
        return pick(_ROOM_FEW, language).format(least)
    return (
        pick(_ROOM_SHARE, language).format(percent(share, language))
        if share
        else pick(_ROOM_NOBODY, language)
    )


def turnover(picture: Any, language: Language) -> str:
    """Say what became of the colleagues who can be followed."""
    row = picture.turnover.iloc[0]
    if row.isna().any():
        return pick(_OUTSIDE, language)
    shown = {name: number(float(row[name]), language, 1) for name in ("kept", "new", "gone")}
    return pick(_TURNOVER, language).format(second=quoted(picture.titles[1], language), **shown)


def known(picture: Any, language: Language) -> str:
    """Say how colleagues known before and new ones differ in the score."""
    found = picture.known
    score = begun(picture.colleagues["title"].iloc[-1])
    by_chance = found.change.low <= 0 <= found.change.high
    told = pick(_KNOWN, language).format(
        score=score,
        second=quoted(picture.titles[1], language),
        known=number(found.values[0], language),
        new=number(found.values[1], language),
        x=rounded(found.change.estimate, language, 2, signed=True),
        interval=interval_name(0.05, language),
        span=interval(found.change.low, found.change.high, language),
        people=people(found.change.n_units, language),
    )
    return f"{told} {pick(_BY_CHANCE, language)}" if by_chance else told


def notes(picture: Any, language: Language) -> list[str]:
    """Return the notes under the tables of one name generator."""
    said = [pick(pair, language) for pair in (_NO_VERDICT, _MEASURES, _ALIKE)]
    if picture.strange:
        said.append(pick(_STRANGE, language).format(n=count(picture.strange, language)))
    if picture.unread:
        said.append(pick(_UNREAD, language).format(n=count(picture.unread, language)))
    return said
