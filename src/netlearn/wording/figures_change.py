"""Words of the figures of change: flows of ties, turnover, and who answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, percent
from netlearn.wording.sentences import people, quoted
from netlearn.wording.terms import pick, term

Row = Mapping[str, Any]

# key -> (English, Danish)
WORDS: dict[str, tuple[str, str]] = {
    "before": ("Before", "Før"),
    "after": ("After", "Efter"),
    "flows": ("What became of the ties", "Hvad der blev af forbindelserne"),
    "no_tie": ("No tie", "Ingen forbindelse"),
    "ties": ("Number of ties", "Antal forbindelser"),
    "pairs": ("Number of pairs with a tie", "Antal par med en forbindelse"),
    "possible": (
        "Observed both times: {cells} possible ties",
        "Observeret begge gange: {cells} mulige forbindelser",
    ),
    "of_people": (", among {people}", ", blandt {people}"),
    "never": (
        "; in {never} of them no tie either time",
        "; i {never} af dem ingen forbindelse nogen af gangene",
    ),
    "waves": ("From {first} to {second}.", "Fra {first} til {second}."),
    "flow": (
        "{where}: {kept} kept, {formed} new, {dissolved} ended.",
        "{where}: {kept} bevaret, {formed} nye, {dissolved} ophørt.",
    ),
    "answered": (
        "{wave}: {answered} of {employed} answered ({share})",
        "{wave}: {answered} af {employed} svarede ({share})",
    ),
    "answered_untold": ("{wave}: not told", "{wave}: vises ikke"),
    "by_department": (
        "By department {low} to {high}.",
        "Pr. afdeling {low} til {high}.",
    ),
}


def word(key: str, language: Language = "en", **filled: str) -> str:
    """Return the words of a key with its places filled; what is filled in stays as it is.

    Examples
    --------
    >>> word("waves", "da", first="{før}", second="efter")
    'Fra {før} til efter.'
    """
    return pick(WORDS[key], language).format(**filled)


# -- ties kept, new and ended


def counted(unit: str, language: Language = "en") -> str:
    """Say what is counted: "ties", or "pairs" where a tie has no direction.

    Examples
    --------
    >>> counted("pairs", "da")
    'Antal par med en forbindelse'
    """
    return word(unit, language)


def observed(cells: float, never: float, n_people: float, language: Language = "en") -> str:
    """Say what ties could have been seen in, and in how many of these there was none; "" where it is not known.

    Examples
    --------
    >>> observed(10619, 9291, 83)
    'Observed both times: 10,619 possible ties, among 83 people; in 9,291 of them no tie either time.'
    >>> observed(12, float("nan"), float("nan"))
    'Observed both times: 12 possible ties.'
    """
    if math.isnan(cells):
        return ""
    said = word("possible", language, cells=count(cells, language))
    if not math.isnan(n_people):
        said += word("of_people", language, people=people(int(n_people), language))
    if not math.isnan(never):
        said += word("never", language, never=count(never, language))
    return f"{said}."


def alt_turnover(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_turnover` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.turnover.turnover_frame`.
    """
    rows = frame.to_dict("records")
    said = [
        word(
            "waves",
            language,
            first=quoted(rows[0]["earlier"], language),
            second=quoted(rows[0]["later"], language),
        )
    ]
    for where in ("cross", "within"):
        told = {str(row["flow"]): count(row["count"], language) for row in rows if row["ties"] == where}
        flows = {name: told[name] for name in ("kept", "formed", "dissolved")}
        said.append(word("flow", language, where=term("ties", where, language), **flows))
    return " ".join(said)


def alt_flows(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_flows` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.flows.flows_frame`.
    """
    return f"{word('flows', language)}. {alt_turnover(frame, language)}"


# -- who answered


def alt_response(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_response` in words: everybody per wave, and how far departments lie apart.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.response.response_frame`.
    """
    waves, shares = [], []
    for wave in dict.fromkeys(frame["wave"]):
        whole, *parts = frame[frame["wave"] == wave].to_dict("records")
        shares += [float(row["share"]) for row in parts if not math.isnan(row["share"])]
        if math.isnan(whole["share"]):
            waves.append(word("answered_untold", language, wave=wave))
            continue
        numbers = {name: count(float(whole[name]), language) for name in ("answered", "employed")}
        waves.append(
            word("answered", language, wave=wave, share=percent(whole["share"], language), **numbers)
        )
    said = [f"{term('title', 'response', language)}. {'; '.join(waves)}."]
    if shares:
        ends = {"low": percent(min(shares), language), "high": percent(max(shares), language)}
        said.append(word("by_department", language, **ends))
    return " ".join(said)
