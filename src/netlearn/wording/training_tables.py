"""Captions, columns and rows of the tables about the trained and the others."""

from __future__ import annotations

from collections.abc import Mapping

from netlearn.wording import Language
from netlearn.wording.numbers import number
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import pick

CAPTIONS = {
    "assigned": (
        "Who was trained, in each of the groups (strata) that were dealt separately",
        "Hvem der blev uddannet, i hver af de grupper (strata), der blev fordelt for sig",
    ),
    "response": ("Answered of those asked", "Svarede af adspurgte"),
    "means": (
        "{what}, mean among those who answered: {relation}",
        "{what}, gennemsnit blandt dem, der svarede: {relation}",
    ),
    "turns": (
        "Each group that began against those not yet trained: difference in change, colleagues per person",
        "Hver gruppe, der begyndte, mod dem, der endnu ikke var uddannet: forskel i ændring, kolleger pr. person",
    ),
    "pairs": (
        "Ties per 100 possible ties across departments, by who of the two was trained",
        "Forbindelser pr. 100 mulige på tværs af afdelinger, efter hvem af de to der blev uddannet",
    ),
    "opportunity": (
        "Contact elsewhere against what the sizes of the departments allow",
        "Kontakt med andre afdelinger set i forhold til, hvad afdelingernes størrelse giver mulighed for",
    ),
    "areas": (
        "Share of ties that go to other areas, by the area of who names",
        "Andel af forbindelserne, der går til andre områder, efter området for den, der nævner",
    ),
    "distance": ("Ties per 1,000 possible ties, by distance", "Forbindelser pr. 1.000 mulige, efter afstand"),
}
COLUMNS = {
    "stratum": ("Group (stratum)", "Gruppe (stratum)"),
    "arm": ("Group", "Gruppe"),
    "group": ("Began", "Begyndte"),
    "wave": ("Wave", "Måling"),
    "when": ("", ""),
    "people": ("People", "Personer"),
    "trained": ("Trained", "Uddannede"),
    "comparison": ("Compared with", "Sammenlignet med"),
    "difference": ("Difference", "Forskel"),
    "se": ("Standard error", "Standardfejl"),
    "p": ("p", "p"),
    "p_adjusted": ("p, corrected", "p, korrigeret"),
    "pairs": ("Trained of the two", "Uddannet af de to"),
    "cells": ("Possible ties", "Mulige forbindelser"),
    "against": ("Against neither", "I forhold til ingen"),
    "interval": ("Interval", "Interval"),
    "measure": ("Measure", "Mål"),
    "change": ("Change", "Ændring"),
    "chance": ("By chance", "Ved tilfældigheder"),
    "area": ("Area", "Område"),
    "distance": ("Distance", "Afstand"),
}
_ROWS = {
    "(all)": ("All", "Alle"),
    "(blank)": ("(not said)", "(ikke oplyst)"),
    "(pooled)": ("(areas pooled)", "(områder samlet)"),
}
_ARMS = {
    "trained": ("Trained", "Uddannet"),
    "others": ("Not trained", "Ikke uddannet"),
    "already": ("Trained before", "Uddannet i forvejen"),
    "outside": ("Outside the comparison", "Uden for sammenligningen"),
}
_START = ("Trained from {wave} on", "Uddannet fra {wave}")
_WHEN = {
    True: ("before the start (check)", "før start (kontrol)"),
    False: ("from the start on", "efter start"),
}
_CLASSES = {
    "both": ("both", "begge"),
    "one": ("one", "den ene"),
    "sender": ("one: the one who names", "den ene: den, der nævner"),
    "receiver": ("one: the one who is named", "den ene: den, der nævnes"),
    "none": ("neither", "ingen"),
}
_MEASURES = {
    "within_out_degree": ("Colleagues named in the own department", "Nævnte kolleger i egen afdeling"),
    "out_degree": ("Colleagues named", "Nævnte kolleger"),
}
_SAME = ("same place", "samme sted")
_UP_TO = ("up to {limit} {unit}", "op til {limit} {unit}")
NOTES = {
    "rest": (
        "Outside the comparison: people of a group (stratum) in which nobody was trained. They can be named by others, "
        "but nothing is compared with them.",
        "Uden for sammenligningen: personer fra en gruppe (stratum), hvor ingen blev uddannet. Andre kan nævne dem, "
        "men intet sammenlignes med dem.",
    ),
    "turns": (
        "p, corrected, takes into account that several rows are looked at (max-T). A row has no interval, but a "
        "standard error: how much the difference typically varies by chance. About two of them to either side make an "
        "interval.",
        "p, korrigeret, tager højde for, at der ses på flere rækker (max-T). En række har intet interval, men en "
        "standardfejl: hvor meget forskellen typisk svinger ved tilfældigheder. Omkring to af dem til hver side svarer "
        "til et interval.",
    ),
    "opportunity": (
        "E-I index: −1 is contact in the own department only, 1 is contact with others only. Over expected: 1 is as "
        "much as if everybody named colleagues at random. Between least and most: 0 is as little contact with other "
        "departments as the number of colleagues named allows, 1 is as much.",
        "E-I-indeks: −1 er kun kontakt i egen afdeling, 1 er kun kontakt med andre. I forhold til det forventede: 1 er "
        "lige så meget, som hvis alle nævnte tilfældige kolleger. Mellem mindst og mest: 0 er så lidt kontakt med "
        "andre afdelinger, som antallet af nævnte kolleger tillader, 1 er så meget, det tillader.",
    ),
    "areas": ("The interval is for all areas together.", "Intervallet gælder alle områder samlet."),
}


def caption(name: str, language: Language, **values: str) -> str:
    """Return the caption of a table."""
    return pick(CAPTIONS[name], language).format(**values)


def columns(names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Return the heads of columns."""
    return tuple(pick(COLUMNS[name], language) for name in names)


def arm(name: str, titles: Mapping[str, str], language: Language) -> str:
    """Name an arm, or the row or column of all.

    Examples
    --------
    >>> arm("start:w1", {"w1": "spring"}, "en"), arm("others", {}, "da")
    ('Trained from “spring” on', 'Ikke uddannet')
    """
    if name.startswith("start:"):
        label = name.removeprefix("start:")
        return pick(_START, language).format(wave=quoted(titles.get(label, label), language))
    return pick(_ARMS[name], language) if name in _ARMS else row(name, language)


def row(name: str, language: Language) -> str:
    """Name a row; the user's own words stay as they are.

    Examples
    --------
    >>> row("(all)", "da"), row("others", "da")
    ('Alle', 'others')
    """
    return pick(_ROWS[name], language) if name in _ROWS else name


def when(placebo: bool, language: Language) -> str:
    """Say whether a row lies before the start."""
    return pick(_WHEN[placebo], language)


def class_of_pairs(name: str, language: Language) -> str:
    """Say who of the two was trained."""
    return pick(_CLASSES[name], language)


def of_person(measure: str, fallback: str, language: Language) -> str:
    """Name a measure per person that the catalogue of measures does not hold."""
    return pick(_MEASURES[measure], language) if measure in _MEASURES else fallback


def band(limit: float, unit: str, language: Language = "en") -> str:
    """Name a band of distance by its upper limit.

    Examples
    --------
    >>> band(0, "km"), band(5.93, "km", "da")
    ('same place', 'op til 5,9 km')
    """
    if limit == 0:
        return pick(_SAME, language)
    return pick(_UP_TO, language).format(limit=number(limit, language, 1), unit=unit)
