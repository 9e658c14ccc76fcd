"""Words of the figures of scales: gaps, and how answers are spread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from netlearn.wording import Language, measurement
from netlearn.wording.numbers import HARD_SPACE, count, digits_for, interval, n_of, number, percent, rounded
from netlearn.wording.terms import pick

Row = Mapping[str, Any]


# -- gaps


def gap_level(which: str, language: Language = "en") -> str:
    """Name one of the two levels behind a gap.

    Examples
    --------
    >>> gap_level("required", "da")
    'kræves'
    """
    said = {"required": ("required", "kræves"), "present": ("can do", "kan")}
    return pick(said[which], language)


def gap_axis(unit: str, lowest: float, highest: float, language: Language = "en") -> str:
    """Say the unit of a scale, and its ends where they are known.

    Examples
    --------
    >>> gap_axis("points on the scale", 1, 7).split(), gap_axis("familier", float("nan"), float("nan"), "da")
    (['Mean,', 'points', 'on', 'the', 'scale', '(1', 'to', '7)'], 'Gennemsnit, familier')
    """
    said = pick(("Mean, {unit}", "Gennemsnit, {unit}"), language).format(unit=unit)
    if math.isnan(lowest) or math.isnan(highest):
        return said
    ends = interval(lowest, highest, language, 0).replace(" ", HARD_SPACE)
    return f"{said} ({ends})"


def gap_label(label: str, whole: bool, n: float, language: Language = "en") -> str:
    r"""Name a row of gaps: a part by its name, the whole as such; with the number of people where it may be told.

    Examples
    --------
    >>> gap_label("praksis", False, 51, "da"), gap_label("gab", True, float("nan"), "da")
    ('praksis (n\xa0=\xa051)', 'Samlet')
    """
    name = pick(("All together", "Samlet"), language) if whole else label
    return name if math.isnan(n) else f"{name} ({n_of(n, language)})"


def gap_beside(row: Row, is_gap: bool, language: Language = "en") -> tuple[str, str]:
    """Say the gap (or the score) before and after, and its change with the interval: two lines.

    Examples
    --------
    >>> row = {"required_before": 5.3, "present_before": 4.1, "required_after": 5.7, "present_after": 4.6}
    >>> gap_beside(row | {"change": 0.1, "low": -0.08, "high": 0.28}, True, "da")
    ('1,20 → 1,10', '+0,10 (−0,08 til 0,28)')
    """
    levels = [row[f"present_{wave}"] for wave in ("before", "after")]
    if is_gap:
        levels = [
            row[f"required_{wave}"] - level for wave, level in zip(("before", "after"), levels, strict=True)
        ]
    first, second = (number(level, language) for level in levels)
    return f"{first} → {second}", _signed(row, language)


def _signed(row: Row, language: Language) -> str:
    span = interval(row["low"], row["high"], language, 2)
    return f"{rounded(row['change'], language, 2, signed=True)} ({span})"


def gap_beside_head(level: float, is_gap: bool, language: Language = "en") -> str:
    """Head the numbers at the right of the gaps."""
    said = (
        ("Gap, and smaller by\n({level} interval)", "Gab, og mindsket med\n({level}-interval)"),
        ("Mean, and change\n({level} interval)", "Gennemsnit, og ændring\n({level}-interval)"),
    )
    return pick(said[not is_gap], language).format(level=percent(level, language))


_GAP_TOLD: dict[str, tuple[str, str]] = {
    "few": ("Too few people to tell.", "For få personer til at vise tal."),
    "smaller": (
        "Among {n} people the level required went from {r0} to {r1} and what they can do from {p0} to {p1}; the gap is "
        "smaller by {change}.",
        "Hos {n} personer gik det, der kræves, fra {r0} til {r1} og det, de kan, fra {p0} til {p1}; gabet er mindsket "
        "med {change}.",
    ),
    "larger": (
        "Among {n} people the level required went from {r0} to {r1} and what they can do from {p0} to {p1}; the gap is "
        "larger by {change}.",
        "Hos {n} personer gik det, der kræves, fra {r0} til {r1} og det, de kan, fra {p0} til {p1}; gabet er vokset "
        "med {change}.",
    ),
    "mean": (
        "The mean of {n} people went from {p0} to {p1}; change {change}.",
        "Gennemsnittet for {n} personer gik fra {p0} til {p1}; ændring {change}.",
    ),
}


def alt_gaps(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_gaps` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.gaps.gaps_frame`.
    """
    whole, *parts = frame.to_dict("records")
    head = pick(("{title}, from {first} to {second}.", "{title}, fra {first} til {second}."), language)
    said = [
        head.format(**{name: whole[name] for name in ("title", "first", "second")}),
        _whole(whole, language),
    ]
    known = [row["change"] for row in parts if not math.isnan(row["change"])]
    if known:
        told = pick(("In its {k} parts: {span}.", "I dens {k} dele: {span}."), language)
        span = interval(min(known), max(known), language, digits_for(*known))
        said.append(told.format(k=len(known), span=span))
    return " ".join(said)


def _whole(whole: Row, language: Language) -> str:
    """Say the levels and the change of all parts together."""
    larger = whole["change"] < 0
    key = "mean" if math.isnan(whole["required_before"]) else "larger" if larger else "smaller"
    key = "few" if math.isnan(whole["present_before"]) else key
    if key == "larger":
        whole = {**whole, "change": -whole["change"], "low": -whole["high"], "high": -whole["low"]}
    levels = {
        f"{what[0]}{at}": number(whole[f"{what}_{wave}"], language, 2)
        for what in ("required", "present")
        for at, wave in enumerate(("before", "after"))
    }
    n, change = (
        count(whole["n_people"], language),
        _signed(whole, language).removeprefix("+" * (key != "mean")),
    )
    return pick(_GAP_TOLD[key], language).format(n=n, change=change, **levels)


# -- answers


def likert_title(language: Language = "en") -> str:
    """Head the answers of a scale without a title."""
    return pick(("How the answers are spread", "Hvordan svarene fordeler sig"), language)


def item(at: int, language: Language = "en") -> str:
    """Name an item that has only a number."""
    return pick(("Question {at}", "Spørgsmål {at}"), language).format(at=at)


def item_label(text: str, turned: bool, language: Language = "en") -> str:
    """Name an item; one that counts the other way round is marked, as its answers are drawn as they were given.

    Examples
    --------
    >>> item_label("Jeg tvivler", True, "da")
    'Jeg tvivler (vendt)'
    """
    return f"{text} {pick(measurement.TURNED, language)}" if turned else text


def likert_axis(language: Language = "en") -> str:
    """Say what the bars are parts of."""
    said = (
        "% of those who answered, from the middle of the scale",
        "% af dem, der svarede, fra skalaens midte",
    )
    return pick(said, language)


def likert_note(least: int, language: Language = "en") -> str:
    """Say what the dotted box apart is."""
    said = (
        "Dotted: % at levels that are not shown, as fewer than {least} people chose one of them, or as they would give "
        "it away.",
        "Prikket: % på trin, der ikke vises, fordi færre end {least} valgte et af dem, eller fordi de ville røbe det.",
    )
    return pick(said, language).format(least=least)


def alt_likert(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_likert` in words: what share is above the middle, of the questions where all is shown.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.likert.likert_frame`.
    """
    said = [_wave(str(wave), part, language) for wave, part in frame.groupby("wave", sort=False)]
    return f"{frame['title'].iloc[0]}. {' '.join(said)}"


def _wave(wave: str, part: Any, language: Language) -> str:
    answered = part[(part["side"] > 0) & (part["answered"] > 0)]
    above = [one for _, one in answered.groupby("item", sort=False) if one["n"].notna().all()]
    all_ = part["item"].nunique()
    if (part["answered"] == 0).all():
        return pick(("{wave}: nobody answered.", "{wave}: ingen svarede."), language).format(wave=wave)
    if not above:
        said = (
            "{wave}: not shown for any of {all} questions, as too few people are behind it.",
            "{wave}: vises ikke for nogen af {all} spørgsmål, da for få personer står bag.",
        )
        return pick(said, language).format(wave=wave, all=all_)
    said = (
        "{wave}: {span} of the answers are above the middle of the scale in {k} of {all} questions (at most {n} "
        "answered).",
        "{wave}: {span} af svarene ligger over skalaens midte i {k} af {all} spørgsmål (højst {n} svarede).",
    )
    shares = [one["n"].sum() / one["answered"].iloc[0] for one in above]
    low, high = (percent(share, language) for share in (min(shares), max(shares)))
    span = (
        high if low == high else f"{interval(100 * min(shares), 100 * max(shares), language, 0)}{HARD_SPACE}%"
    )
    most = count(part["answered"].max(), language)
    return pick(said, language).format(wave=wave, span=span, k=len(above), all=all_, n=most)
