"""Words of the figure of dose: new ties by rooms that pairs shared, and closure of a gap by rooms attended."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import digits_for, interval, n_of, number, rounded
from netlearn.wording.sentences import interval_name, people
from netlearn.wording.suppressed import SIGN
from netlearn.wording.suppressed import note as hidden_note
from netlearn.wording.terms import filled

Row = Mapping[str, Any]

# key -> (English, Danish); what begins alike is of one of the two kinds of picture
WORDS: dict[str, tuple[str, str]] = {
    "ties": ("New ties by number of shared rooms", "Hvor meget par var sammen, og nye forbindelser"),
    "closure": ("Rooms attended, and how much the gap closed", "Deltagelse, og hvor meget gabet blev mindre"),
    "ties_y": ("New ties, % of possible", "Nye forbindelser, % af mulige"),
    "closure_y": ("Gap smaller by, points", "Gabet mindre med, point"),
    "ties_x": ("Shared rooms: {title}", "Antal til fælles: {title}"),
    "closure_x": ("Rooms attended: {title}", "Antal forløb, man deltog i: {title}"),
    "ties_n": (
        "n: possible new ties, {first} → {second}. The points have no interval: pairs have people in common.",
        "n: mulige nye forbindelser, {first} → {second}. Punkterne har intet interval: Par har personer til fælles.",
    ),
    "closure_n": (
        "n: people. Bars: {level} of the mean. Gap: {gap}.",
        "n: personer. Streger: {level} for gennemsnittet. Gab: {gap}.",
    ),
    "per_room": (
        "Model of later ties, given ties before and departments: {slope} per 100 possible ties and shared room "
        "({level} {span}; {people}).",
        "Model for forbindelser bagefter, når der tages højde for forbindelser før og afdelinger: {slope} pr. 100 "
        "mulige forbindelser, hver gang parret har én mere til fælles ({level} {span}; {people}).",
    ),
    "any_room": (
        "Model of later ties, given ties before and departments: {slope} per 100 possible ties for sharing a room "
        "({level} {span}; {people}).",
        "Model for forbindelser bagefter, når der tages højde for forbindelser før og afdelinger: {slope} pr. 100 "
        "mulige forbindelser for at have været sammen ({level} {span}; {people}).",
    ),
    "line": (
        "Line and band start from the pairs who shared none.",
        "Linje og bånd begynder ved de par, der intet havde til fælles.",
    ),
    "ranks": (
        "Rank correlation {slope} (−1 to 1; {level} {span}; {people}).",
        "Rangkorrelation {slope} (−1 til 1; {level} {span}; {people}).",
    ),
    "ties_chosen": (
        "No lot decided: those who share rooms may differ in other ways too.",
        "Der er ikke trukket lod: De, der er sammen, kan også være forskellige på anden vis.",
    ),
    "closure_chosen": (
        "Who attended most may have had other reasons to improve.",
        "De, der deltog mest, kan have haft andre grunde til at blive bedre.",
    ),
    "hidden": ("–: left out, because few people are behind it.", "–: udeladt, fordi få personer står bag."),
    "descriptive": ("Describes these people only.", "Beskriver kun disse personer."),
}


word = partial(filled, WORDS)


def dose_tick(row: Row, language: Language = "en") -> str:
    r"""Write how many rooms, and under it how many are behind; a dash where that is hidden.

    Examples
    --------
    >>> dose_tick({"rooms": "3+", "n": 1219}, "da"), dose_tick({"rooms": "2", "n": float("nan")})
    ('3+\nn\xa0=\xa01.219', '2\n–')
    """
    n = float(row["n"])
    told = SIGN if math.isnan(n) else n_of(n, language)
    return f"{row['rooms']}\n{told}"


def dose_value(row: Row, language: Language = "en") -> str:
    """Write the number at a point: per cent with one decimal, points of closure with their sign and two.

    Examples
    --------
    >>> dose_value({"kind": "ties", "value": 5.83}, "da"), dose_value({"kind": "closure", "value": 0.233})
    ('5,8', '+0.23')
    """
    closure = row["kind"] == "closure"
    return rounded(float(row["value"]), language, 2 if closure else 1, signed=closure)


def dose_notes(row: Row, hidden: bool, line: bool, language: Language = "en") -> list[str]:
    """Say what n is, what the model or the correlation tells, and what it cannot tell: a text for each line or more.

    Parameters
    ----------
    row : mapping
        Of the frame; what is said is alike in all.
    hidden : bool
        Some number is left out.
    line : bool
        The line of the model is drawn.
    """
    kind, level = str(row["kind"]), interval_name(1 - float(row["level"]), language)
    names = {name: str(row[name]) for name in ("first", "second", "gap")}
    said = [word(f"{kind}_n", language, level=level, **names)]
    numbers = [float(row[name]) for name in ("slope", "slope_low", "slope_high")]
    if not math.isnan(numbers[0]):
        digits = 2 if row["model"] == "ranks" else digits_for(*numbers)
        told = word(
            str(row["model"]),
            language,
            slope=rounded(numbers[0], language, digits, signed=True),
            level=level,
            span=interval(numbers[1], numbers[2], language, digits),
            people=people(int(row["n_people"]), language),
        )
        said.append(f"{told} {word('line', language)}" if line else told)
    if not row["assigned"]:
        said.append(word(f"{kind}_chosen", language))
    if row["descriptive"]:
        said.append(word("descriptive", language))
    if hidden:
        least = float(row["least"])
        said.append(word("hidden", language) if math.isnan(least) else hidden_note(int(least), language))
    return said


def alt_dose(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_dose` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.dose.dose_frame`.
    """
    rows = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
    first = rows[0]
    points = []
    for row in rows:
        n = dose_tick(row, language).split("\n")[1]
        points.append(
            f"{row['rooms']}: {_told(row, language)} ({n})" if n != SIGN else f"{row['rooms']}: {SIGN}"
        )
    hidden = any(math.isnan(float(row["n"])) for row in rows)
    axes = f"{word(first['kind'] + '_x', language, title=str(first['title']))}. {word(first['kind'] + '_y', language)}"
    notes = dose_notes(first, hidden, False, language)
    return f"{word(first['kind'], language)}. {axes}: {'; '.join(points)}. {' '.join(notes)}"


def _told(row: Row, language: Language) -> str:
    """Write the number at a point, with its interval where it has one."""
    low, high = float(row["low"]), float(row["high"])
    if math.isnan(float(row["value"])):
        return number(math.nan, language)
    told = dose_value(row, language)
    return told if math.isnan(low) or math.isnan(high) else f"{told}, {interval(low, high, language, 2)}"
