"""What is said of saved results that cannot be read: which file, where in it, what stands there, what was expected."""

from __future__ import annotations

from netlearn.wording import Language

_WHAT: dict[str, tuple[str, str]] = {
    "absent-file": ("there is no such file", "filen findes ikke"),
    "closed-file": ("the file cannot be opened", "filen kan ikke åbnes"),
    "not-utf8": ("this is not UTF-8 text", "dette er ikke UTF-8-tekst"),
    "not-json": (
        "from here on it is no JSON, or the file is cut",
        "herfra er det ikke JSON, eller filen er skåret over",
    ),
    "too-deep": ("it is nested too deeply", "den er indlejret for dybt"),
    "absent": ("this is missing", "dette mangler"),
    "found": ("{found} stands here", "her står {found}"),
    "twice": ("{found} stands twice", "{found} står to gange"),
    "absent-column": ("the column {found} is missing", "kolonnen {found} mangler"),
    "other-column": ("the column {found} is one too many", "kolonnen {found} er en for meget"),
    "columns-moved": ("the columns are in another order", "kolonnerne står i en anden rækkefølge"),
    "cells": ("the row has {found} cells", "rækken har {found} celler"),
    "not-drawn": ("no figure can be drawn from these numbers", "af disse tal kan ingen figur tegnes"),
    "unknown-figure": (
        "no figure of the kind {found} is known; a later netlearn may have written it",
        "ingen figur af slagsen {found} er kendt; en nyere netlearn kan have skrevet den",
    ),
    "lacks": (
        "no figure can be drawn from these numbers, which lack {found}",
        "af disse tal kan ingen figur tegnes; de mangler {found}",
    ),
    "not-together": ("its parts do not fit each other", "delene passer ikke sammen"),
}
_EXPECTED: dict[str, tuple[str, str]] = {
    "as-written": ("the file as netlearn wrote it", "filen, som netlearn skrev den"),
    "readable": ("a file that may be read", "en fil, der må læses"),
    "ours": ('"netlearn results"', '"netlearn results"'),
    "version": ("a whole number of 1 or more", "et helt tal på 1 eller mere"),
    "text": ("text in quotes", "tekst i anførselstegn"),
    "whole": ("a whole number", "et helt tal"),
    "number": ("a number", "et tal"),
    "number-or-nothing": ("a number, or nothing", "et tal eller ingenting"),
    "flag": ("true or false", "true eller false"),
    "list": ("a list in [ ]", "en liste i [ ]"),
    "named": ("names with their values in { }", "navne med deres værdier i { }"),
    "name": ("a name of small letters, digits, - and _", "et navn af små bogstaver, cifre, - og _"),
    "different": ("names that differ", "navne, der er forskellige"),
    "picture": ("a whole picture as a data address", "et helt billede som dataadresse"),
    "columns": ("the columns {wanted}", "kolonnerne {wanted}"),
    "one-of": ("one of: {wanted}", "en af: {wanted}"),
    "many": ("{wanted} of them", "{wanted} af dem"),
    "cells": ("{wanted} cells", "{wanted} celler"),
}
_PLACES: dict[str, tuple[str, str]] = {
    "line": ("line {}", "linje {}"),
    "character": ("character {}", "tegn {}"),
    "column": ("column {}", "kolonne {}"),
}
_SAID = (
    "The saved results are damaged. {where}: {what}. Expected {expected}. Do: put the file back as it was, or run the "
    "study again.",
    "De gemte resultater er beskadigede. {where}: {what}. Forventede {expected}. Gør: læg filen tilbage, som den var, "
    "eller kør undersøgelsen igen.",
)
_LONGEST = 60  # characters of what is quoted


def damage(
    file: str,
    what: str,
    expected: str,
    place: tuple[tuple[str, object], ...] = (),
    found: str = "",
    wanted: str = "",
    language: Language = "en",
) -> str:
    """Say what is wrong with a file of saved results, and what to do.

    Parameters
    ----------
    file : str
        As the user knows it.
    what, expected : str
        Keys of what is said.
    place : tuple of (kind, value)
        Where in the file: ("line", 3), ("character", 5), ("column", "p"), or ("", "documents.da.title").
    found, wanted : str
        What stands there; what should.
    language : "en" or "da"

    Examples
    --------
    >>> damage("out/results.json", "absent", "text", (("", "documents.da.title"),))[31:98]
    'out/results.json, documents.da.title: this is missing. Expected tex'
    """
    danish = language == "da"
    short = found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"
    places = [_PLACES[kind][danish].format(value) if kind else str(value) for kind, value in place]
    return _SAID[danish].format(
        where=", ".join([file, *places]),
        what=_WHAT[what][danish].format(found=short),
        expected=_EXPECTED[expected][danish].replace("{wanted}", wanted),
    )
