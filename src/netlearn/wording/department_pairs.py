"""The change from department to department in words."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import behind_p, null_sentence
from netlearn.wording.numbers import bare_p, count, number
from netlearn.wording.terms import department, pick


def sentence(pairs: Any, language: Language = "en") -> str:
    """Say how many pairs of departments changed beyond chance, name the clearest, and say what chance would be."""
    if not pairs.family:
        return _too_few(pairs, language)
    said = (
        "{found} of {family} pairs of departments changed beyond chance; the chance of any false alarm among them is "
        "at most {alpha} where nothing but the chance described below is at work. What happens to a whole department "
        "at one time is found too. {clearest} {null}",
        "{found} af {family} par af afdelinger ændrede sig ud over det tilfældige; risikoen for blot én falsk alarm "
        "blandt dem er højst {alpha}, hvor kun det tilfælde, der er beskrevet nedenfor, råder. Hvad der sker for en "
        "hel afdeling på én gang, findes også. {clearest} {null}",
    )
    text = pick(said, language).format(
        found=count(len(pairs.found), language),
        family=count(pairs.family, language),
        alpha=number(pairs.alpha, language, 2),
        clearest=_clearest(pairs, language),
        null=null_sentence(pairs.null, language),
    )
    return " ".join(text.split())


def _too_few(pairs: Any, language: Language) -> str:
    """Name the fewest with which a two-sided p of all swaps, 2 / 2^fewest, can reach alpha."""
    who = (
        ("people", "personer") if pairs.null == "wave_swap_sender" else ("pairs of people", "par af personer")
    )
    said = (
        "In no pair of departments did {fewest} {who} or more change their ties; fewer cannot tell change from chance.",
        "I intet par af afdelinger ændrede {fewest} {who} eller flere deres forbindelser; færre kan ikke skelne "
        "ændring fra tilfældighed.",
    )
    fewest = math.ceil(1 - math.log2(pairs.alpha))
    return pick(said, language).format(fewest=count(fewest, language), who=pick(who, language))


def _clearest(pairs: Any, language: Language) -> str:
    """Name the pair with the smallest adjusted p; of several the one with the largest statistic."""
    table = pairs.table.assign(exact=pairs.exact, draws=pairs.draws, size=-pairs.table["statistic"].abs())
    row = table.sort_values(["p_adjusted", "size"], kind="stable").iloc[0]
    said = (
        "The clearest is from {sender} to {receiver}: {change} colleagues per person (adjusted p {p}; {behind}).",
        "Den tydeligste er fra {sender} til {receiver}: {change} kolleger pr. person (justeret p {p}; {behind}).",
    )
    return pick(said, language).format(
        sender=department(row["sender"], language),
        receiver=department(row["receiver"], language),
        change=number(row["change_per_person"], language, 2, signed=True),
        p=_equal(bare_p(row["p_adjusted"], language)),
        behind=behind_p(row, language),
    )


def _equal(p: str) -> str:
    return p if p[0] in "<>" else f"= {p}"
