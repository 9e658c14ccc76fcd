"""Words of the figure of answers to a scale."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language, measurement
from netlearn.wording.numbers import HARD_SPACE, count, interval, percent
from netlearn.wording.terms import pick


def title(language: Language = "en") -> str:
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


def behind(n: float, language: Language = "en") -> str:
    r"""Say how many people are behind a row.

    Examples
    --------
    >>> behind(1204, "da")
    'n\xa0=\xa01.204'
    """
    return f"n = {count(n, language)}".replace(" ", HARD_SPACE)


def axis(language: Language = "en") -> str:
    """Say what the bars are parts of."""
    said = (
        "% of those who answered, from the middle of the scale",
        "% af dem, der svarede, fra skalaens midte",
    )
    return pick(said, language)


def note(least: int, language: Language = "en") -> str:
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
    above = [one for _, one in part[part["side"] > 0].groupby("item", sort=False) if one["n"].notna().all()]
    all_ = part["item"].nunique()
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
