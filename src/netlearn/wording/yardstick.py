"""What is said of the two levels behind a gap: the present one, and the required one, by which it is measured."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import digits_for, interval, rounded
from netlearn.wording.sentences import interval_name
from netlearn.wording.terms import pick

_LEVELS = (
    "What they say they can do {present}; what they say the work requires {required}.",
    "Det, de mener at kunne, {present}; det, de mener, at opgaverne kræver, {required}.",
)
_MOVED = {
    1: ("rose by {size} points ({span})", "steg med {size} point ({span})"),
    -1: ("fell by {size} points ({span})", "faldt med {size} point ({span})"),
    0: ("stayed as it was", "blev, hvor det var"),
}
_BOTH_WAYS = {
    1: ("from a fall of {less} to a rise of {more}", "fra et fald på {less} til en stigning på {more}"),
    -1: ("from a rise of {less} to a fall of {more}", "fra en stigning på {less} til et fald på {more}"),
}
_UNSEEN = (
    "Whether the work really requires more, or staff have come to see more that they ought to master, these answers "
    "cannot tell.",
    "Om opgaverne virkelig kræver mere, eller om medarbejderne har fået øje på mere, de burde kunne, kan ikke ses af "
    "disse svar.",
)
_SHIFT = {
    "both": (
        "So what they say the work requires rose as well: they say they can do more, but they also say that the "
        "work requires more, and so no "
        "sure change of the gap is seen. Whoever looks only at what they say they can do sees progress; set against "
        "what the work requires, it does not show.",
        "Svarene om, hvad opgaverne kræver, er altså også steget: De mener at kunne mere, men de mener også, at "
        "opgaverne kræver mere, og "
        "derfor ses ingen sikker ændring i gabet. Den, der kun ser på, hvad de mener at kunne, ser en fremgang; "
        "holdt "
        "op mod det, opgaverne kræver, kan den ikke ses.",
    ),
    "outrun": (
        "So what they say the work requires rose as well: they also say that the work requires more, but what they "
        "say they can do rose by more "
        "than that.",
        "Svarene om, hvad opgaverne kræver, er altså også steget: De mener også, at opgaverne kræver mere, men det, "
        "de mener at kunne, steg "
        "endnu mere.",
    ),
    "moved": (
        "So the demands themselves were judged otherwise than before: part of the change in the gap may come from a "
        "new yardstick and not from new skills.",
        "Kravene selv blev altså bedømt anderledes end før: En del af ændringen i gabet kan skyldes en ny målestok "
        "og "
        "ikke nye færdigheder.",
    ),
    "open": (
        "Whether the demands themselves were judged otherwise than before cannot be decided.",
        "Om kravene selv blev bedømt anderledes end før, kan ikke afgøres.",
    ),
}


def shift(result: Any, language: Language = "en") -> str:
    """Say how the present and the required level moved, and what that does to the gap."""
    found = result.gap
    if math.isnan(found.present.estimate):
        return ""
    alpha = result.alpha
    told = {name: _moved(getattr(found, name), alpha, language) for name in ("present", "required")}
    parts = [pick(_LEVELS, language).format(**told)]
    if result.verdict != "descriptive":
        moved = _yardstick(result)
        parts.append(pick(_SHIFT[moved], language))
        parts += [pick(_UNSEEN, language)] if moved in ("both", "outrun") else []
    return " ".join(parts)


def _yardstick(result: Any) -> str:
    """Tell which of the two levels moved, as a key of `_SHIFT`."""
    found, alpha = result.gap, result.alpha
    if not found.required.p_value <= alpha:
        return "open"
    rose = all(level.p_value <= alpha and level.estimate > 0 for level in (found.present, found.required))
    if not rose or (result.verdict == "changed" and result.estimate < 0):
        return "moved"
    return "outrun" if result.verdict == "changed" else "both"


def _moved(change: Any, alpha: float, language: Language) -> str:
    way = (change.estimate > 0) - (change.estimate < 0)
    low, high = sorted((change.low, change.high)) if way >= 0 else (-change.high, -change.low)
    digits = digits_for(change.estimate, low, high)
    ends = interval(low, high, language, digits)
    if way and low < 0 < high:
        less, more = (rounded(abs(end), language, digits) for end in (low, high))
        ends = pick(_BOTH_WAYS[way], language).format(less=less, more=more)
    span = f"{interval_name(alpha, language)} {ends}"
    size = rounded(abs(change.estimate), language, digits)
    return pick(_MOVED[way], language).format(size=size, span=span)
