"""Words of the figures of change: flows of ties, turnover, and who answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, interval, n_of, number, percent, rounded
from netlearn.wording.sentences import people, quoted
from netlearn.wording.terms import filled, term

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
    "nothing": (
        "No answer is known both times, so nothing can be compared.",
        "Intet svar kendes begge gange, så intet kan sammenlignes.",
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
    "nobody": ("{wave}: nobody is known to have been there", "{wave}: ingen vides at have været der"),
    "mean_none": (
        "No mean: nobody was observed with anybody of another department",
        "Intet gennemsnit: Ingen er observeret med nogen fra en anden afdeling",
    ),
    "slopes": ("Colleagues in other departments", "Kolleger i andre afdelinger"),
    "slopes_axis": ("Colleagues per person", "Kolleger pr. person"),
    "up": ("more", "flere"),
    "same": ("as many", "lige så mange"),
    "down": ("fewer", "færre"),
    "mean": ("mean of all", "gennemsnit af alle"),
    "mean_change": ("Mean of all {before} → {after}", "Gennemsnit af alle {before} → {after}"),
    "mean_interval": (": {change} ({level} interval {span})", ": {change} ({level}-interval {span})"),
    "mean_only": (": {change}", ": {change}"),
    "each_person": ("A line is a person", "En linje er en person"),
    "each_department": (
        "A line is the mean of a department; people differ more than that",
        "En linje er gennemsnittet af en afdeling; personer varierer mere end det",
    ),
    "no_departments": (
        "Departments cannot be shown one by one here.",
        "Afdelinger kan ikke vises hver for sig her.",
    ),
    "bars": ("bars count people", "søjler tæller personer"),
    "slopes_people": (
        "Of {people} {up} have more, {same} as many and {down} fewer than before.",
        "Af {people} har {up} flere, {same} lige så mange og {down} færre end før.",
    ),
    "slopes_departments": ("By department: {rows}.", "Pr. afdeling: {rows}."),
    "by_department": ("By department {low} to {high}.", "Pr. afdeling {low} til {high}."),
}


word = partial(filled, WORDS)


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
    >>> observed(0, float("nan"), 0, "da")
    'Intet svar kendes begge gange, så intet kan sammenlignes.'
    """
    if math.isnan(cells):
        return ""
    if cells == 0:
        return word("nothing", language)
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
    ends = {"first": quoted(rows[0]["earlier"], language), "second": quoted(rows[0]["later"], language)}
    said = [word("waves", language, **ends)]
    if not any(row["cells"] != 0 for row in rows):
        return f"{said[0]} {word('nothing', language)}"
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


# -- colleagues in other departments


def mean_change(row: Row, language: Language = "en") -> str:
    """Say the mean before and after, and its change with the interval where there is one.

    Examples
    --------
    >>> row = {"before": 6.0, "after": 8.25, "low": 1.2, "high": 3.3, "level": 0.95, "n_people": 83}
    >>> mean_change(row, "da").replace(chr(160), " ")
    'Gennemsnit af alle 6,0 → 8,2: +2,2 (95 %-interval 1,2 til 3,3), n = 83'
    """
    before, after = float(row["before"]), float(row["after"])
    if row["n_people"] == 0:
        return word("mean_none", language)
    said = word("mean_change", language, before=number(before, language, 1), after=number(after, language, 1))
    change = rounded(after - before, language, 1, signed=True)
    if math.isnan(row["low"]) or math.isnan(row["high"]):
        said += word("mean_only", language, change=change)
    else:
        ends = {
            "span": interval(row["low"], row["high"], language, 1),
            "level": percent(row["level"], language),
        }
        said += word("mean_interval", language, change=change, **ends)
    return said + ("" if math.isnan(row["n_people"]) else f", {n_of(row['n_people'], language)}")


def direction(before: float, after: float) -> str:
    """Tell whether a line goes "up", stays the "same" or goes "down"; what differs by rounding only is the same.

    Examples
    --------
    >>> direction(0.1 + 0.2, 0.3), direction(1, 0)
    ('same', 'down')
    """
    change = after - before
    return "same" if abs(change) < 1e-9 else "up" if change > 0 else "down"


def alt_slopes(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_slopes` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.slopes.slopes_frame`.
    """
    rows = frame.to_dict("records")
    said = [
        f"{word('slopes', language)}.",
        *(f"{mean_change(r, language)}." for r in rows if r["kind"] == "mean"),
    ]
    persons = [direction(row["before"], row["after"]) for row in rows if row["kind"] == "person"]
    if persons:
        told = {way: count(persons.count(way), language) for way in ("up", "same", "down")}
        said.append(word("slopes_people", language, people=people(len(persons), language), **told))
    parts = [
        row for row in rows if row["kind"] == "department" and not math.isnan(row["before"] + row["after"])
    ]
    if parts:
        lines = [
            f"{row['label']} {number(row['before'], language, 1)} → {number(row['after'], language, 1)}"
            for row in parts
        ]
        said.append(word("slopes_departments", language, rows="; ".join(lines)))
    return " ".join([*said, *filter(None, [str(rows[0]["note"])])])


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
            waves.append(word("nobody" if whole["employed"] == 0 else "answered_untold", language, wave=wave))
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
