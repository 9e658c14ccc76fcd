"""The null models in a sentence each: what is held fixed, what varies; and the p of a permutation test in words."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import bare_p, count, p_value
from netlearn.wording.terms import pick

NULLS: dict[str, tuple[str, str]] = {
    "people_relabelled": (
        "people change places: each network keeps its shape, and who stands where in it is drawn anew",
        "personer bytter plads: hvert netværk beholder sin form, og hvem der står hvor i det, trækkes på ny",
    ),
    "labels_permuted": (
        "people change departments: every tie and the size of every department stay, and who belongs to which "
        "department is drawn anew, among people who were observed in the same way",
        "personer bytter afdeling: alle forbindelser og hver afdelings størrelse bliver, og hvem der hører til "
        "hvilken afdeling, trækkes på ny blandt personer, der er observeret på samme måde",
    ),
    "wave_swap": (
        "the two waves change places pair by pair: the two answers of every pair of people stay, and a coin toss for "
        "each pair says which came first",
        "de to målinger bytter plads par for par: de to svar fra hvert par af personer bliver, og et møntkast pr. "
        "par "
        "afgør, hvilket der kom først",
    ),
    "wave_swap_sender": (
        "the two waves change places person by person: the two sets of answers of every person stay, and a coin toss "
        "for each person says which came first",
        "de to målinger bytter plads person for person: hver persons to sæt svar bliver, og et møntkast pr. person "
        "afgør, hvilket der kom først",
    ),
    "sign_flip": (
        "each person's change keeps its size, and a coin toss for each person says whether it was up or down",
        "hver persons ændring beholder sin størrelse, og et møntkast pr. person afgør, om det gik op eller ned",
    ),
    "random_density": (
        "as many ties as observed are dealt at random over the observed cells; nothing else is kept",
        "lige så mange forbindelser som observeret fordeles tilfældigt over de observerede felter; intet andet "
        "bevares",
    ),
    "random_dyad_census": (
        "as many mutual, one-way and empty pairs as observed are dealt at random over the pairs; nothing else is "
        "kept",
        "lige så mange gensidige, ensidige og tomme par som observeret fordeles tilfældigt over parrene; intet andet "
        "bevares",
    ),
    "degrees_fixed": (
        "everybody names as many and is named by as many as observed; who names whom is drawn anew",
        "alle nævner lige så mange og nævnes af lige så mange som observeret; hvem der nævner hvem, trækkes på ny",
    ),
    "assignment_redrawn": (
        "what every person did stays, whoever had been trained; who was trained is drawn anew, the way it was "
        "assigned",
        "hver person ville have gjort det samme, uanset hvem der blev uddannet; hvem der blev uddannet, trækkes på "
        "ny, "
        "på samme måde som det blev fordelt",
    ),
    "seats_redrawn": (
        "the ties of every pair stay, whoever had sat together; who sat with whom is drawn anew, the way the seats "
        "were assigned",
        "hvert pars forbindelser bliver, uanset hvem der sad sammen; hvem der sad sammen med hvem, trækkes på ny, "
        "sådan som pladserne blev fordelt",
    ),
}


def null_sentence(null: str, language: Language = "en") -> str:
    """Say what a null model holds fixed and what varies in it.

    Examples
    --------
    >>> null_sentence("sign_flip").startswith("If nothing but chance were at work: each person's change keeps its size")
    True
    """
    start = ("If nothing but chance were at work: {}.", "Hvis kun tilfældet rådede: {}.")
    return pick(start, language).format(pick(NULLS[null], language))


def result(found: Any, language: Language = "en") -> str:
    """Say the p of a permutation test, how it was counted, the smallest it could have been, and its null model."""
    if math.isnan(found.p_value):
        said = (
            "The statistic cannot be computed, so there is no p-value.",
            "Teststørrelsen kan ikke beregnes, så der er ingen p-værdi.",
        )
        return f"{pick(said, language)} {null_sentence(found.null, language)}"
    p = p_value(found.p_value, language)
    return f"{p} ({behind_p(found, language)}). {null_sentence(found.null, language)}"


def behind_p(found: Any, language: Language = "en") -> str:
    """Say how a p was counted, and the smallest that it could have been."""
    said = ("{draws}; smallest possible p {least}", "{draws}; mindst mulige p-værdi {least}")
    return pick(said, language).format(
        draws=counted(found, language), least=bare_p(found.smallest_p, language)
    )


def behind(swap: str, language: Language = "en") -> str:
    """Explain the columns that tell what stands behind each p, and the two nulls; `swap` names the swap's."""
    said = (
        "Every p answers: how often would chance alone give so clear a change? For the t over people, chance is that "
        "nothing changed beyond the drift of single people; its p comes from a formula. For the wave swap: {swap}; "
        "its p is counted, with a Monte Carlo interval for the luck of the draws. False alarms: how often the test "
        'said "changed" at 5 % in simulated workplaces of about this size where nothing had changed, from the '
        "best to the worst of three kinds; the last column where whole departments had events of their own, which is "
        "why the verdict asks the departments too.",
        "Hver p-værdi svarer på: Hvor ofte ville tilfældet alene give så klar en ændring? For t på personer er "
        "tilfældet, at intet ændrede sig ud over enkeltpersoners egne udsving; den p-værdi kommer fra en formel. For "
        "ombytningen: {swap}; den p-værdi er fundet ved optælling, med et Monte Carlo-interval for tilfældet i "
        "udtrækkene. Falske alarmer: hvor ofte testen sagde »ændret« ved 5 % i simulerede arbejdspladser på omtrent "
        "denne størrelse, hvor intet havde ændret sig, fra den bedste til den værste af tre slags; sidste kolonne, "
        "hvor hele afdelinger havde deres egne hændelser; derfor kræver vurderingen også, at ændringen er klar målt "
        "på "
        "afdelinger.",
    )
    return pick(said, language).format(swap=pick(NULLS[swap], language))


def counted(found: Any, language: Language = "en") -> str:
    """Say how a p was counted: by formula, all rearrangements, or draws with the Monte Carlo interval of p."""
    if found.draws == 0:
        return pick(("by formula", "ved formel"), language)
    n = count(found.draws, language)
    if found.exact:
        return pick(("all {} rearrangements", "alle {} omfordelinger"), language).format(n)
    said = (
        "{n} draws, Monte Carlo interval {low} to {high}",
        "{n} tilfældige udtræk, Monte Carlo-interval {low} til {high}",
    )
    low, high = (bare_p(v, language) for v in (found.low, found.high))
    return pick(said, language).format(n=n, low=low, high=high)
