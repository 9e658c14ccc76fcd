"""Words of the pictures of networks: the department map, the heat map and the network of people."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, number, percent
from netlearn.wording.terms import pick

# key -> (English, Danish)
WORDS: dict[str, tuple[str, str]] = {
    "departments": ("Who is in contact with whom", "Hvem har kontakt med hvem"),
    "departments_change": (
        "Change in contact, {first} to {second}",
        "Ændring i kontakt, {first} til {second}",
    ),
    "unit": ("% of possible ties between two departments", "% af mulige forbindelser mellem to afdelinger"),
    "unit_change": (
        "this wide: {value} percentage points",
        "så bred: {value} procentpoint",
    ),
    "unit_short": ("%", "%"),
    "unit_points": ("percentage points", "procentpoint"),
    "more": ("More", "Mere"),
    "less": ("Less", "Mindre"),
    "both_ways": (
        "Lines: mean of both directions.",
        "Linjer: gennemsnit af begge retninger.",
    ),
    "circles": ("Circles: area by number of people.", "Cirkler: areal efter antal personer."),
    "points": (
        "Percentage points of the possible ties between two departments.",
        "Procentpoint af de mulige forbindelser mellem to afdelinger.",
    ),
    "chance": (
        "Drawn is what was seen; chance alone moves lines too.",
        "Tegnet er det, der blev set; også tilfældet alene flytter linjer.",
    ),
}


def word(key: str, language: Language = "en", **filled: str) -> str:
    """Return the words of a key with its places filled; what is filled in stays as it is.

    Examples
    --------
    >>> word("departments_change", "da", first="{før}", second="efter")
    'Ændring i kontakt, {før} til efter'
    """
    return pick(WORDS[key], language).format(**filled)


def hidden_lines(pairs: int, least: int, language: Language = "en") -> str:
    """Say how many pairs of departments are left out because few people stand behind them, or "" for none.

    Examples
    --------
    >>> hidden_lines(0, 5)
    ''
    """
    if not pairs:
        return ""
    said = (
        "Not drawn: {pairs} with fewer than {least} people behind the number, or that would give such a number away.",
        "Ikke tegnet: {pairs} med færre end {least} personer bag tallet, eller som ville røbe et sådant tal.",
    )
    return pick(said, language).format(pairs=_pairs(pairs, language), least=count(least, language))


def weak_lines(pairs: int, below: float, language: Language = "en", unit: str = "%") -> str:
    """Say how many weaker pairs are left out, and below which value they lie; "" for none.

    Examples
    --------
    >>> weak_lines(0, 1.0)
    ''
    """
    if not pairs:
        return ""
    said = (
        "Left out: {pairs}, the weakest, none over {below}.",
        "Udeladt: {pairs}, de svageste, ingen over {below}.",
    )
    top = f"{number(below, language, 1)}{HARD_SPACE}{unit}"
    return pick(said, language).format(pairs=_pairs(pairs, language), below=top)


def _pairs(n: int, language: Language) -> str:
    said = ("pair of departments", "par afdelinger") if n == 1 else ("pairs of departments", "par afdelinger")
    return f"{count(n, language)} {pick(said, language)}"


def alt_departments(frame: pd.DataFrame, language: Language = "en") -> str:
    """Say in words what a department map shows: how many, the mean between them, and the strongest pair each time.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.departments_frame`.
    """
    places = frame[frame["what"] == "department"]
    names = dict(zip(places["number"], places["text"], strict=True))
    links = frame[(frame["what"] == "link") & frame["share"].notna()]
    said = (
        "Map of {k} departments, joined by lines as wide as the share of possible ties between them. {waves}",
        "Kort over {k} afdelinger, forbundet med linjer, så brede som andelen af mulige forbindelser mellem dem. "
        "{waves}",
    )
    told = [_alt_wave(str(w), part, names, language) for w, part in links.groupby("wave", sort=False)]
    return pick(said, language).format(k=count(len(places), language), waves=" ".join(told)).strip()


def _alt_wave(wave: str, links: pd.DataFrame, names: Mapping[float, str], language: Language) -> str:
    top = links.sort_values("share", ascending=False, kind="stable").iloc[0]
    said = (
        "{wave}: {mean} on average, most between {a} and {b} ({share}).",
        "{wave}: {mean} i gennemsnit, mest mellem {a} og {b} ({share}).",
    )
    mean = float(links["share"].mean())
    return pick(said, language).format(
        wave=wave,
        mean=percent(mean, language, 1) if math.isfinite(mean) else "",
        a=names[top["from"]],
        b=names[top["to"]],
        share=percent(float(top["share"]), language, 1),
    )
