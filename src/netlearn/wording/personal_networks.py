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
        "{title}: counted colleague by colleague, those of one person kept together",
        "{title}: talt kollega for kollega, hvor én persons kolleger regnes sammen",
    ),
    "places": (
        "{title}: people who named somebody in another department",
        "{title}: personer, der nævnte nogen i en anden afdeling",
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
    "dz": ("Cohen's dz", "Cohens dz"),
    "dz_interval": ("Interval of dz", "Interval for dz"),
    "people": ("People", "Personer"),
    "colleagues": ("Colleagues", "Kolleger"),
    "alike": ("How alike", "Hvor ens"),
    "department": ("Department", "Afdeling"),
    "kept": ("Kept", "Bevaret"),
    "new": ("New", "Nye"),
    "gone": ("No longer named", "Ikke længere nævnt"),
    "outside": ("Outside the list, {wave}", "Uden for listen, {wave}"),
}
REST = ("(any department not listed)", "(afdelinger, der ikke er vist)")
_WHO = (
    "{title}: {counts}; {both} answered both in {first} and in {second}, and the figures speak of them. Only they were "
    "asked. What is shown is the circle that each of them told of, and no map of the whole workplace.",
    "{title}: {counts}; {both} svarede både ved {first} og ved {second}, og tallene handler om dem. Kun de er spurgt. "
    "Det viser den kreds, som hver af dem selv fortæller om, og ikke et kort over hele arbejdspladsen.",
)
_ANSWERED = ("{n} answered in {wave}", "{n} svarede ved {wave}")
_TOO_FEW = (
    "{title}: fewer than {least} people answered both times, so no figures are shown.",
    "{title}: Færre end {least} personer svarede begge gange, så der vises ingen tal.",
)
_ROOM = (
    "There was room for {room} names. Who filled all places: in {first} {before}, in {second} {after}. They may know "
    "more people than can be seen here, so a rise in numbers would rather be too small than too large.",
    "Der var plads til {room} navne. Hvem brugte alle pladser: ved {first} {before}, ved {second} {after}. De kan have "
    "flere kontakter, end der ses her, så en stigning i antallet snarere er for lille end for stor.",
)
_ROOM_FEW = ("fewer than {} people", "færre end {} personer")
_ROOM_NOBODY = ("nobody", "ingen")
_ROOM_SHARE = ("{} of the people", "{} af personerne")
_ALIKE = (
    "How alike colleagues of one person are in whether they sit elsewhere (intra-class correlation): {before} in "
    "{first}, {after} in {second}; 0 is no more alike than any two, 1 is all alike. Several answers of one person are "
    "therefore not counted as independent: the table that counts colleagues keeps those of one person together.",
    "Hvor meget én persons kolleger ligner hinanden i, om de sidder i en anden afdeling (intraklassekorrelation): "
    "{before} ved {first}, {after} ved {second}; 0 er ikke mere ens end to tilfældige, 1 er helt ens. Flere svar fra "
    "samme person tæller derfor ikke som uafhængige: Tabellen, der tæller kolleger, holder én persons kolleger sammen.",
)
_TURNOVER = (
    "Of colleagues on the list of people, a person named {kept} both times and {new} only in {second}, and {gone} were "
    "no longer named. Colleagues outside the list have no code and cannot be followed from one time to the next.",
    "Af kollegerne på personlisten nævnte en person {kept} begge gange og {new} kun ved {second}, og {gone} blev ikke "
    "længere nævnt. Kolleger uden for listen har ingen kode og kan ikke følges fra gang til gang.",
)
_OUTSIDE = (
    "Colleagues outside the list of people have no code, so it cannot be seen which of them are new.",
    "Kolleger uden for personlisten har ingen kode, så det kan ikke ses, hvem af dem der er nye.",
)
_KNOWN = (
    "{score}: In {second} colleagues known before had a mean of {known} and new ones {new}; difference {x} "
    "({interval} {span}; {people} named them).",
    "{score}: Ved {second} lå kolleger, man kendte i forvejen, i gennemsnit på {known} og nye på {new}; forskel {x} "
    "({interval} {span}; nævnt af {people}).",
)
_STRANGE = (
    "{n} of the colleagues named are in a department that is spelled as none of the list of people; each such spelling "
    "counts as a department of its own.",
    "{n} af de nævnte kolleger sidder i en afdeling, der ikke er stavet som nogen på personlisten; hver sådan "
    "stavemåde tæller som sin egen afdeling.",
)
_UNREAD = (
    "{n} answers on whether a colleague was known before are neither yes nor no, and are left out.",
    "{n} svar på, om en kollega var kendt i forvejen, er hverken ja eller nej og er udeladt.",
)
_NO_VERDICT = (
    "The verdicts stand with the planned outcomes; the figures here describe and were not planned as tests.",
    "Vurderingerne står ved de planlagte udfald; tallene her er beskrivende og ikke planlagt som test.",
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
    first, second = (quoted(t, language) for t in picture.titles)
    return pick(_WHO, language).format(
        title=picture.title,
        counts=", ".join(counts),
        both=count(picture.n_both, language),
        first=first,
        second=second,
    )


def room(picture: Any, least: int, language: Language) -> str:
    """Say how many filled all places for names, and what that does to the number of colleagues."""
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


def alike(picture: Any, language: Language) -> str:
    """Say how alike the colleagues of one person are, and why that matters; "" where it cannot be computed."""
    found = picture.colleagues.set_index("measure").loc["share_elsewhere", ["icc_before", "icc_after"]]
    before, after = (float(v) for v in found)
    if math.isnan(before) or math.isnan(after):
        return ""
    first, second = (quoted(t, language) for t in picture.titles)
    shown = {"before": number(before, language), "after": number(after, language)}
    return pick(_ALIKE, language).format(first=first, second=second, **shown)


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
    score = picture.colleagues["title"].iloc[-1]
    return pick(_KNOWN, language).format(
        score=score,
        second=quoted(picture.titles[1], language),
        known=number(found.values[0], language),
        new=number(found.values[1], language),
        x=rounded(found.change.estimate, language, 2, signed=True),
        interval=interval_name(0.05, language),
        span=interval(found.change.low, found.change.high, language),
        people=people(found.change.n_units, language),
    )


def notes(picture: Any, language: Language) -> list[str]:
    """Return the notes under the tables of one name generator."""
    said = [pick(_NO_VERDICT, language)]
    if picture.strange:
        said.append(pick(_STRANGE, language).format(n=count(picture.strange, language)))
    if picture.unread:
        said.append(pick(_UNREAD, language).format(n=count(picture.unread, language)))
    return said
