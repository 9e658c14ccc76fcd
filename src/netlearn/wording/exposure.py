"""The sentences about pairs who shared a learning room, and about a regression over pairs: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import counted
from netlearn.wording.numbers import count, digits_for, interval, number, p_value, percent, rounded
from netlearn.wording.terms import pick

_DIFFERENCE = {
    "formed": (
        "Pairs who shared a room formed {size} {more} ties per 100 possible new ones than comparable pairs "
        "({level} interval {interval}, {p}; {people} people, {pairs} pairs).",
        "Par, der delte et rum, dannede {size} {more} forbindelser pr. 100 mulige nye end sammenlignelige par "
        "({level}-interval {interval}, {p}; {people} personer, {pairs} par).",
    ),
    "dissolved": (
        "Of 100 ties they had before, pairs who shared a room ended {size} {more} than comparable pairs "
        "({level} interval {interval}, {p}; {pairs} pairs).",
        "Ud af 100 forbindelser, de havde før, afsluttede par, der delte et rum, {size} {more} end sammenlignelige "
        "par ({level}-interval {interval}, {p}; {pairs} par).",
    ),
}
_MORE = {True: ("more", "flere"), False: ("fewer", "færre")}
_NONE = {
    "formed": (
        "Whether pairs who shared a room formed more ties than comparable pairs cannot be computed: there are too few "
        "of one kind.",
        "Om par, der delte et rum, dannede flere forbindelser end sammenlignelige par, kan ikke beregnes: der er for "
        "få af den ene slags.",
    ),
    "dissolved": (
        "Too few of these pairs had ties before to compare how many ended.",
        "For få af disse par havde forbindelser før til at sammenligne, hvor mange der ophørte.",
    ),
}
_REDRAWN = (
    "With the rooms assigned anew, {p} ({draws}).",
    "Når rummene fordeles på ny, er {p} ({draws}).",
)
_NO_REDRAWN = (
    "With the rooms assigned anew there is no p: the difference cannot be computed.",
    "Når rummene fordeles på ny, er der ingen p: forskellen kan ikke beregnes.",
)
_CAVEAT = {
    True: (
        "Chance decided who shared a room: within its interval the difference tells what sharing one did, as long as "
        "the room of one pair does not change the ties of another.",
        "Lodtrækning afgjorde, hvem der delte et rum: inden for sit interval fortæller forskellen, hvad det gjorde at "
        "dele et, så længe ét pars rum ikke ændrer et andet pars forbindelser.",
    ),
    False: (
        "The rooms were not assigned by chance. People who would have met anyway may also have chosen the same room, "
        "so this is a difference between pairs and does not show what sharing a room did.",
        "Rummene blev ikke fordelt ved lodtrækning. Personer, der alligevel ville have mødt hinanden, kan også have "
        "valgt samme rum, så dette er en forskel mellem par og viser ikke, hvad det gjorde at dele et rum.",
    ),
}
_LEFT_OUT = (
    "{n} people whose rooms are not known are left out.",
    "{n} personer, hvis rum ikke kendes, er udeladt.",
)
_LEFT_OUT_ONE = (
    "1 person whose rooms are not known is left out.",
    "1 person, hvis rum ikke kendes, er udeladt.",
)
_TERM = (
    "{term}: {estimate} ({level} interval {interval}, {p})",
    "{term}: {estimate} ({level}-interval {interval}, {p})",
)
_REGRESSION = {
    "linear": (
        "Least squares over {cells} cells of {people} people, with standard errors for cells that share people. ",
        "Mindste kvadrater over {cells} felter hos {people} personer; standardfejl tager højde for fælles personer. ",
    ),
    "logistic": (
        "Log odds over {cells} cells of {people} people, with standard errors for cells that share people. ",
        "Log-odds over {cells} felter hos {people} personer; standardfejl tager højde for fælles personer. ",
    ),
}
_SEPARATED = (
    "There is no finite estimate: {terms} tells ties from missing ties without error.",
    "Der findes intet endeligt estimat: {terms} skiller fejlfrit forbindelser fra manglende forbindelser.",
)


def exposure(found: Any, language: Language = "en") -> str:
    """Say whether pairs who shared a room formed more ties, how sure that is, and what the design allows to claim."""
    parts = [difference(found.row("matched", kind), kind, found.level, language) for kind in _DIFFERENCE]
    if found.redrawn is not None:
        parts.append(_redrawn(found.redrawn, language))
    parts.append(pick(_CAVEAT[found.assigned], language))
    if found.n_unknown:
        text = _LEFT_OUT_ONE if found.n_unknown == 1 else _LEFT_OUT
        parts.append(pick(text, language).format(n=count(found.n_unknown, language)))
    return " ".join(parts)


def difference(row: Any, kind: str, level: float, language: Language = "en") -> str:
    """Say one difference between pairs who shared a room and comparable pairs.

    Examples
    --------
    >>> row = {"estimate": 2.5, "low": 0.5, "high": 4.5, "p_value": 0.02, "n_people": 40, "n_dyads": 780}
    >>> difference(row, "formed", 0.95)[:76]
    'Pairs who shared a room formed 2.5 more ties per 100 possible new ones than '
    """
    if math.isnan(row["estimate"]):
        return pick(_NONE[kind], language)
    digits = digits_for(row["estimate"], row["low"], row["high"])
    return pick(_DIFFERENCE[kind], language).format(
        size=rounded(abs(row["estimate"]), language, digits),
        more=pick(_MORE[row["estimate"] >= 0], language),
        level=percent(level, language),
        interval=interval(row["low"], row["high"], language, digits),
        p=_p(row["p_value"], language),
        people=count(row["n_people"], language),
        pairs=count(row["n_dyads"], language),
    )


def regression(found: Any, language: Language = "en") -> str:
    """Say every term of a regression over cells with its interval."""
    start = pick(_REGRESSION[found.family], language).format(
        cells=count(found.n_cells, language), people=count(found.n_people, language)
    )
    if found.separated:
        return start + pick(_SEPARATED, language).format(terms=", ".join(found.separated))
    said = [
        pick(_TERM, language).format(
            term=row["term"],
            estimate=number(row["estimate"], language, 3),
            level=percent(found.level, language),
            interval=interval(row["low"], row["high"], language, 3),
            p=_p(row["p_value"], language),
        )
        for _, row in found.table.iterrows()
    ]
    return start + "; ".join(said) + "."


def _redrawn(result: Any, language: Language) -> str:
    if math.isnan(result.p_value):
        return pick(_NO_REDRAWN, language)
    return pick(_REDRAWN, language).format(
        p=p_value(result.p_value, language), draws=counted(result, language)
    )


def _p(p: float, language: Language) -> str:
    none = ("no p-value", "ingen p-værdi")
    return pick(none, language) if math.isnan(p) else p_value(p, language)
