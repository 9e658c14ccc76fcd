"""Words of the figures of tests: forests, and what chance gives."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from netlearn.wording import Language, nulls
from netlearn.wording.numbers import HARD_SPACE, NONE, count, digits_for, interval, n_of, p_value, rounded
from netlearn.wording.sentences import interval_name
from netlearn.wording.terms import pick

Row = Mapping[str, Any]


# -- estimates under one another


def outcomes_title(unit: str, language: Language = "en") -> str:
    """Head the outcomes that are told in one unit.

    Examples
    --------
    >>> outcomes_title("kolleger pr. person", "da")
    'Alle sammenligninger: kolleger pr. person'
    """
    return pick(("Every comparison: {unit}", "Alle sammenligninger: {unit}"), language).format(unit=unit)


def handling_title(language: Language = "en") -> str:
    """Head the ways of handling missing answers."""
    return pick(("What the missing answers could do", "Hvad de manglende svar kan betyde"), language)


def bars(rows: Sequence[Row], language: Language = "en") -> str:
    """Say which interval the lines through the marks are.

    Examples
    --------
    >>> bars([{"kind": "level", "alpha": 0.1}, {"kind": "level", "alpha": 0.05}]).replace(HARD_SPACE, " ")
    'Lines: 90 % interval, 95 % interval'
    """
    alphas = sorted({float(row["alpha"]) for row in rows if row["kind"] != "band"}, reverse=True)
    named = ", ".join(interval_name(alpha, language) for alpha in alphas)
    return f"{pick(('Lines', 'Streger'), language)}: {named}"


def band_ends(low: float, high: float, language: Language = "en") -> str:
    """Say the ends of the band after its name; nothing where they are hidden.

    Examples
    --------
    >>> band_ends(-14.08, 18.76, "da"), band_ends(float("nan"), 1.0)
    (': −14,1 til 18,8', '')
    """
    if math.isnan(low) or math.isnan(high):
        return ""
    return f": {interval(low, high, language, digits_for(low, high))}"


def band_note(language: Language = "en") -> str:
    """Say that the band is no interval."""
    said = (
        "The hatched band is not a confidence interval: it is all that the missing answers could have made of the "
        "change, and no place in it is likelier than another.",
        "Det skraverede bånd er ikke et konfidensinterval: Det er alt, hvad de manglende svar kunne have gjort "
        "ændringen til, og intet sted i båndet er mere sandsynligt end et andet.",
    )
    return pick(said, language)


def alt_change(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_change` in words; `frame` is that of `change_frame`."""
    return _alt_rows(frame.to_dict("records"), language)


def alt_outcomes(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_outcomes` in words; `frame` is that of `outcomes_frame`."""
    return _alt_rows(frame.to_dict("records"), language)


def alt_handling(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_handling` in words; `frame` is that of `handling_frame`."""
    rows = frame.to_dict("records")
    note = (
        band_note(language)
        if any(row["kind"] == "band" and not math.isnan(row["low"]) for row in rows)
        else ""
    )
    return f"{_alt_rows(rows, language)} {note}".strip()


MOST_SAID = 5


def _alt_rows(rows: Sequence[Row], language: Language) -> str:
    """Say the title, the unit and each estimate with its interval; of many the first ones, and how many more."""
    title, unit = rows[0]["title"], rows[0]["unit"]
    head = f"{title}." if unit in title else f"{title}, {unit}."
    head = f"{head} {bars(rows, language)}."
    said = [_alt_row(row, language) for row in rows[:MOST_SAID]]
    if len(rows) > MOST_SAID:
        more = ("and {n} more", "og {n} til")
        said.append(pick(more, language).format(n=len(rows) - MOST_SAID))
    return f"{head} {'; '.join(said)}.".replace("\n", " ")


def _alt_row(row: Row, language: Language) -> str:
    if row["kind"] == "band":
        return str(row["label"])
    told = [row[name] for name in ("estimate", "low", "high") if math.isfinite(row[name])]
    if not told:
        return f"{row['label']}: {NONE}"
    digits = digits_for(told[0])
    span = interval(row["low"], row["high"], language, digits)
    return f"{row['label']}: {rounded(row['estimate'], language, digits)} ({span})"


# -- null distributions


def statistic(kind: str, language: Language = "en") -> str:
    """Name a statistic that is no measure of its own.

    Examples
    --------
    >>> statistic("change", "da")
    'Ændring divideret med sin standardfejl'
    """
    said = {
        "change": ("Change divided by its standard error", "Ændring divideret med sin standardfejl"),
        "difference": ("Difference divided by its standard error", "Forskel divideret med sin standardfejl"),
        "other": ("Test statistic", "Teststørrelse"),
    }
    return pick(said[kind], language)


def null_title(n: float, language: Language = "en") -> str:
    """Head the distribution under a null model, with the number of people where it is known."""
    said = pick(("What chance alone would give", "Hvad tilfældet alene ville give"), language)
    return said if math.isnan(n) else f"{said} ({n_of(n, language)})"


def null_p(row: Row, language: Language = "en") -> str:
    r"""Say p and how it was counted.

    Examples
    --------
    >>> row = {"p_value": 0.0032, "low": 0.0022, "high": 0.0046, "draws": 9999.0, "exact": False}
    >>> null_p(row, "da")
    'p =\xa00,003; 9.999 tilfældige udtræk, Monte Carlo-interval 0,002 til 0,005'
    >>> null_p(row | {"p_value": 0.1, "draws": 10.0, "exact": True})
    'p =\xa00.100; all 10 rearrangements'
    """
    said = f"{p_value(row['p_value'], language)}; {nulls.counted(SimpleNamespace(**row), language)}"
    return re.sub("([<>=]) ", rf"\1{HARD_SPACE}", said)


def null_count(exact: bool, language: Language = "en") -> str:
    """Say what is counted: draws, or rearrangements where they are all there are."""
    said = (("Number of draws", "Antal udtræk"), ("Number of rearrangements", "Antal omfordelinger"))
    return pick(said[exact], language)


def null_extreme(row: Row, language: Language = "en") -> str:
    """Say how many are at least as extreme as the observed value.

    Examples
    --------
    >>> null_extreme({"p_value": 0.03, "draws": 99.0, "exact": False})
    'at least as far out as observed: 2 of 99'
    """
    draws = row["draws"]
    n = round(row["p_value"] * draws) if row["exact"] else round(row["p_value"] * (draws + 1)) - 1
    said = (
        "at least as far out as observed: {n} of {all}",
        "mindst så yderligt som det observerede: {n} af {all}",
    )
    return pick(said, language).format(n=count(n, language), all=count(draws, language))


def null_observed(value: float, language: Language = "en") -> str:
    """Name the observed value."""
    said = pick(("observed {x}", "observeret {x}"), language)
    return said.format(x=rounded(value, language, max(digits_for(value), 2) if abs(value) < 10 else 1))


def alt_null(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_null` in words; `frame` is that of `netlearn.figures.null.null_frame`."""
    rows = frame.to_dict("records")
    row = rows[0]
    ends = interval(min(r["left"] for r in rows), max(r["right"] for r in rows), language, 2)
    said = (
        "{title}: {statistic}, between {ends}; {observed}. {p}; {extreme}. {null}",
        "{title}: {statistic}, mellem {ends}; {observed}. {p}; {extreme}. {null}",
    )
    return pick(said, language).format(
        title=null_title(row["n_people"], language),
        statistic=row["statistic"],
        ends=ends,
        observed=null_observed(row["observed"], language),
        p=null_p(row, language),
        extreme=null_extreme(row, language),
        null=row["null"],
    )


def left_out(language: Language, *, unknown: bool) -> str:
    """Say in the place of a number why it is not there: few people are behind it, or (`unknown`) there is none.

    Examples
    --------
    >>> left_out("en", unknown=False)
    'not shown (few people)'
    """
    few = ("not shown (few people)", "vises ikke (få personer)")
    either = ("not shown (few people, or no number)", "vises ikke (få personer, eller intet tal)")
    return pick(either if unknown else few, language)
