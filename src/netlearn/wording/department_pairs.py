"""The change from department to department in words."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import null_sentence
from netlearn.wording.numbers import bare_p, count, number
from netlearn.wording.sentences import escape
from netlearn.wording.terms import department, pick

__all__ = ["escape", "sentence"]


def sentence(pairs: Any, language: Language = "en") -> str:
    """Say how many pairs of departments changed beyond chance, name the clearest, and say what chance would be."""
    if not pairs.family:
        none = (
            "No pair of departments has enough changed ties to tell change from chance.",
            "Intet par af afdelinger har nok ændrede forbindelser til at skelne ændring fra tilfældighed.",
        )
        return pick(none, language)
    said = (
        "{found} of {family} pairs of departments changed beyond chance; the chance of any false alarm among them is "
        "at most {alpha}. {clearest} {null}",
        "{found} af {family} par af afdelinger ændrede sig ud over det tilfældige; risikoen for blot én falsk alarm "
        "blandt dem er højst {alpha}. {clearest} {null}",
    )
    text = pick(said, language).format(
        found=count(len(pairs.found), language),
        family=count(pairs.family, language),
        alpha=number(pairs.alpha, language, 2),
        clearest=_clearest(pairs, language),
        null=null_sentence(pairs.null, language),
    )
    return " ".join(text.split())


def _clearest(pairs: Any, language: Language) -> str:
    row = pairs.table.loc[pairs.table["statistic"].abs().idxmax()]
    said = (
        "The clearest is from {sender} to {receiver}: {change} colleagues per person (adjusted p {p}).",
        "Den tydeligste er fra {sender} til {receiver}: {change} kolleger pr. person (justeret p {p}).",
    )
    return pick(said, language).format(
        sender=department(row["sender"], language),
        receiver=department(row["receiver"], language),
        change=number(row["change_per_person"], language, 2, signed=True),
        p=_equal(bare_p(row["p_adjusted"], language)),
    )


def _equal(p: str) -> str:
    return p if p[0] in "<>" else f"= {p}"
