"""What other ways of handling the missing answers would say of a change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import digits_for, interval, percent
from netlearn.wording.paragraphs import listed
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import scale, term


def _say(pair: tuple[str, str], language: Language, **values: Any) -> str:
    return pair[language == "da"].format(**values)


def handling(change: Any, rows: Sequence[Mapping[str, Any]], language: Language = "en") -> str:
    """Compare the other ways of handling missing answers with the default, and give the bounds.

    Parameters
    ----------
    change : Change
        The default.
    rows : sequence of mappings
        handling, estimate, low, high, agreement.
    """
    factor, key = scale(change)
    unit = term("unit", key, language)
    if nothing := _nothing(rows, language):
        return nothing
    others = [float(r["estimate"]) * factor for r in rows if not math.isnan(r["estimate"])]
    parts = list(_together(others, rows, unit, language)) if others else []
    parts += [_bounds(r, factor, unit, language) for r in rows if r["handling"] == "bounds"]
    parts += [_agreement(float(r["agreement"]), language) for r in rows if r["handling"] == "reconstruction"]
    return " ".join(p for p in parts if p)


def _nothing(rows: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Say why there is nothing to compare: no answer is missing, or few people were silent; else ""."""
    if any(r["handling"] == "bounds" and r["low"] == r["high"] for r in rows):
        said = (
            "No answer is missing among the people employed both times.",
            "Intet svar mangler blandt dem, der var ansat begge gange.",
        )
        return _say(said, language)
    if all(math.isnan(r.get("n_people", 0)) for r in rows if r["handling"] != "two_wave_respondents"):
        said = (
            "Other ways of handling the missing answers are not told, because so few people were silent that the "
            "difference would tell what they, or others about them, answered.",
            "Andre måder at håndtere de manglende svar på er ikke vist, fordi så få var tavse, at forskellen ville "
            "røbe, hvad de, eller andre om dem, har svaret.",
        )
        return _say(said, language)
    return ""


def _together(
    values: Sequence[float], rows: Sequence[Mapping[str, Any]], unit: str, language: Language
) -> tuple[str, ...]:
    """Say from where to where the changes go, and whether they agree on the direction."""
    said = (
        "The ways of handling missing answers give a change of {span} {unit}.",
        "De forskellige håndteringer af manglende svar giver en ændring på {span} {unit}.",
    )
    span = interval(min(values), max(values), language, digits_for(*values))
    told = _say(said, language, span=span, unit=unit)
    return told, _same_way(values, language), _through_zero(rows, language)


def _same_way(values: Sequence[float], language: Language) -> str:
    if min(values) > 0 or max(values) < 0 or min(values) == max(values):
        return _say(("They all point the same way.", "De peger alle samme vej."), language)
    said = (
        "They do not all point the same way, so the answer depends on who was silent.",
        "De peger ikke alle samme vej, så svaret afhænger af, hvem der var tavs.",
    )
    return _say(said, language)


def _through_zero(rows: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Say it where the interval of the default keeps clear of zero and that of another way does not."""
    said = (
        "In at least one of them the interval holds zero too.",
        "I mindst én af dem går intervallet dog hen over nul.",
    )
    return _say(said, language) if any(row["low"] <= 0 <= row["high"] for row in _open(rows)) else ""


def _open(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the other ways whose interval is not all on the side of zero that the default, the first, keeps to."""
    side = (rows[0]["low"] > 0) - (rows[0]["high"] < 0)
    others = [row for row in rows[1:] if side and row["handling"] != "bounds"]
    return [row for row in others if min(side * row["low"], side * row["high"]) <= 0]


def doubts(change: Any, rows: Sequence[Mapping[str, Any]], language: Language = "en") -> str:
    """Say which other ways leave the direction open, or turn it, where the default does not; else "".

    Parameters
    ----------
    change : Change
        The default.
    rows : sequence of mappings
        handling, estimate, low, high; the default first.
    """
    through = _open(rows)
    if not through:
        return ""
    factor, key = scale(change)
    told = []
    for row in through:
        digits = digits_for(*(factor * row[name] for name in ("estimate", "low", "high")))
        span = interval(factor * row["low"], factor * row["high"], language, digits)
        told.append(f"{quoted(term('handling', row['handling'], language), language)} {span}")
    said = (
        "With missing answers handled in another way, the interval is not all on the same side of zero: {ways} {unit}. "
        "How clear the answer is depends on who was silent; see “{heading}”.",
        "Håndteres de manglende svar på en anden måde, ligger intervallet ikke helt på samme side af nul: {ways} "
        "{unit}. Hvor klart svaret er, afhænger altså af, hvem der var tavs; se »{heading}«.",
    )
    heading = term("heading", "handling", language)
    return _say(
        said, language, ways=listed(told, language), unit=term("unit", key, language), heading=heading
    )


def _bounds(row: Mapping[str, Any], factor: float, unit: str, language: Language) -> str:
    low, high = float(row["low"]) * factor, float(row["high"]) * factor
    if math.isnan(low) or math.isnan(high):
        return ""
    said = (
        "Had every missing answer been the least or the most favourable, the change could lie anywhere from "
        "{span} {unit}.",
        "Havde hvert manglende svar været det mindst eller det mest gunstige, kunne ændringen ligge hvor som helst "
        "fra {span} {unit}.",
    )
    return _say(said, language, span=interval(low, high, language, digits_for(low, high)), unit=unit)


def _agreement(share: float, language: Language) -> str:
    if math.isnan(share):
        return ""
    said = (
        "Filling in from the other person is only as good as the agreement: {share} of the reported ties are "
        "reported by both.",
        "At udfylde efter den anden persons svar er kun så godt, som de to er enige: {share} af de nævnte "
        "forbindelser er nævnt af begge.",
    )
    return _say(said, language, share=percent(share, language))
