"""How well scales measure, in words: values in, text out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, interval, number, percent
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick

HEADING = ("How well the scales measure", "Hvor godt skalaerne måler")
INTRO = (
    "A scale is several questions about the same thing, counted together as one score. Alpha and omega tell how "
    "much of the differences between people's scores the questions share: 0 is nothing, 1 is everything. From "
    "0.70 on a scale is commonly taken as consistent enough to compare groups.",
    "En skala er flere spørgsmål om det samme, talt sammen til én score. Alfa og omega siger, hvor stor en del af "
    "forskellene mellem personers score spørgsmålene er fælles om: 0 er intet, 1 er det hele. Fra 0,70 regnes "
    "en skala normalt for ensartet nok til at sammenligne grupper.",
)
HOLDS = {
    "enough": ("{scale} measures consistently enough: {numbers}.", "{scale} måler ensartet nok: {numbers}."),
    "undecided": (
        "Whether {scale} measures consistently enough cannot be decided: {numbers}. The intervals do not "
        "all lie on one side of 0.70.",
        "Om {scale} måler ensartet nok, kan ikke afgøres: {numbers}. Intervallerne ligger ikke "
        "helt på samme side af 0,70.",
    ),
    "not": (
        "{scale} does not measure consistently enough: {numbers}. Read its score with caution, and look at the "
        "questions one by one.",
        "{scale} måler ikke ensartet nok: {numbers}. Læs scoren med forbehold, og se på spørgsmålene hver for sig.",
    ),
    "unknown": (
        "How consistently {scale} measures cannot be computed ({numbers}).",
        "Hvor ensartet {scale} måler, kan ikke beregnes ({numbers}).",
    ),
}
FEW = (
    "With so few people it cannot be said for sure how consistently {scale} measures: {numbers}.",
    "Med så få personer kan det ikke siges med sikkerhed, hvor ensartet {scale} måler: {numbers}.",
)
SINGLE = (
    "Each was asked with one question, so it cannot be told how consistently they measure.",
    "Der er kun spurgt med ét spørgsmål om hver ting, så det kan ikke ses, hvor ensartet de måler.",
)
PARTS = {
    "enough": ("consistent enough: {names}", "ensartede nok: {names}"),
    "undecided": ("cannot be decided: {names}", "kan ikke afgøres: {names}"),
    "not": ("not consistent enough: {names}", "ikke ensartede nok: {names}"),
    "unknown": ("cannot be computed: {names}", "kan ikke beregnes: {names}"),
}
OF_PARTS = ("Parts of {scale}, by wave: {said}.", "Dele af {scale}, pr. måling: {said}.")
ENDS = {
    "ceiling": (
        "More than {most} have the highest score there can be: {cases}. They have no room to rise, so that a "
        "rise may be underestimated.",
        "Mere end {most} har den højeste score, der kan gives: {cases}. De kan ikke komme højere op, så en "
        "fremgang kan være større, end den ser ud.",
    ),
    "floor": (
        "More than {most} have the lowest score there can be: {cases}. They cannot fall, so that a fall may be "
        "underestimated.",
        "Mere end {most} har den laveste score, der kan gives: {cases}. De kan ikke komme længere ned, så en "
        "tilbagegang kan være større, end den ser ud.",
    ),
    "little_room": (
        "More than half of the answers are at the top already: {cases}. There is little room to grow from there.",
        "Over halvdelen af svarene ligger allerede på øverste trin: {cases}. Der er kun lidt plads til fremgang.",
    ),
}
AGAINST = (
    "Questions that go against the others of their scale: {cases}. Check whether they should be turned or left "
    "out.",
    "Spørgsmål, der går imod de øvrige i deres skala: {cases}. Undersøg, om de skal vendes om eller udelades.",
)
ALIKE = {
    True: (
        "People of the same department answer more alike than people at large: {cases}.",
        "Personer i samme afdeling svarer mere ens end personer i det hele taget: {cases}.",
    ),
    False: (
        "Whether people of the same department answer more alike than others cannot be decided from these data.",
        "Om personer i samme afdeling svarer mere ens end andre, kan ikke afgøres ud fra disse data.",
    ),
}
CAPTIONS = {
    "quality": ("How consistently each scale measures", "Hvor ensartet hver skala måler"),
    "alike": ("How alike people of one department answer", "Hvor ens personer i samme afdeling svarer"),
    "items": ("The questions one by one", "Spørgsmålene hver for sig"),
    "answers": ("Answers to {scale}", "Svar på {scale}"),
}
COLUMNS = {
    "scale": ("Scale", "Skala"),
    "wave": ("Wave", "Måling"),
    "people": ("People", "Personer"),
    "complete": ("Answered all", "Svarede på alt"),
    "n_items": ("Questions", "Spørgsmål"),
    "alpha": ("Alpha", "Alfa"),
    "omega": ("Omega", "Omega"),
    "interval": ("Interval", "Interval"),
    "lowest": ("At the lowest score", "På laveste score"),
    "highest": ("At the highest score", "På højeste score"),
    "departments": ("Departments", "Afdelinger"),
    "icc": ("ICC", "ICC"),
    "design_effect": ("Design effect", "Designeffekt"),
    "item": ("Question", "Spørgsmål"),
    "answered": ("Answered", "Svarede"),
    "missing": ("Did not answer", "Svarede ikke"),
    "mean": ("Mean", "Gennemsnit"),
    "item_rest": ("Correlation with the others", "Sammenhæng med de øvrige"),
    "alpha_dropped": ("Alpha without it", "Alfa uden det"),
}
TURNED = ("(turned)", "(vendt)")
NOTES = {
    "how": (
        "Alpha and omega come from people who answered every question of the scale; intervals are "
        "95\N{NO-BREAK SPACE}%. That of alpha is Feldt's, that of omega comes from people drawn anew.",
        "Alfa og omega er beregnet for dem, der har svaret på alle skalaens spørgsmål; intervallerne er på "
        "95\N{NO-BREAK SPACE}%. Alfas interval er Feldts, omegas er fundet ved at udtrække personerne på ny "
        "mange gange.",
    ),
    "alike": (
        "ICC is the share of the differences between people that lies between departments; below 0 means that "
        "people of one department differ more than people at large. With departments of unequal size its "
        "interval is an approximation. The design effect says how many times as large the variance of a mean is "
        "when whole departments are chosen instead of people.",
        "ICC er den del af forskellene mellem personer, der ligger mellem afdelingerne; under 0 betyder, at "
        "personer i samme afdeling er mere forskellige end personer i det hele taget. Når afdelingerne ikke er "
        "lige store, er intervallet en tilnærmelse. Designeffekten siger, hvor mange gange større variansen af "
        "et gennemsnit er, når man udvælger hele afdelinger i stedet for personer.",
    ),
    "turned": (
        "(turned): the question counts the other way round in the score; its mean is told after turning.",
        "(vendt): Spørgsmålet tæller omvendt i scoren; gennemsnittet er vist, efter at svarene er vendt.",
    ),
    "elsewhere": (
        "More figures on each scale and each question are among the tables of the report: scale-quality, scale-items, "
        "scale-answers.",
        "Flere tal om hver skala og hvert spørgsmål ligger blandt rapportens tabeller: scale-quality, scale-items og "
        "scale-answers.",
    ),
}
REASONS = {
    "two_items": (
        "Omega takes three questions or more; a scale of two has none.",
        "Omega kræver mindst tre spørgsmål; en skala med to har ingen.",
    ),
    "heywood": (
        "Some omega are left out: a question would share all of its differences with the others, which these "
        "answers are too few or too odd to tell.",
        "Nogle omega er udeladt: Et spørgsmål ville have alle sine forskelle til fælles med de øvrige, og det "
        "kan disse svar ikke bære.",
    ),
    "no_fit": (
        "Some omega are left out: no common factor could be fitted to the answers.",
        "Nogle omega er udeladt: Svarene kunne ikke beskrives ved én fælles faktor.",
    ),
    "few_draws": (
        "Some intervals of omega are left out: too few of the samples drawn anew gave a number.",
        "Nogle intervaller for omega er udeladt: For få af de nye udtræk gav et tal.",
    ),
    "no_variance": (
        "Where everybody has the same score there is no alpha.",
        "Hvor alle har samme score, findes der ingen alfa.",
    ),
    "few_items": ("One question alone has no alpha.", "Et enkelt spørgsmål har ingen alfa."),
}


def reliability(row: Mapping[str, Any], wave: str, language: Language = "en", few: bool = False) -> str:
    """Say alpha and omega of one wave with their intervals and the people behind them; alpha alone where they are few.

    Examples
    --------
    >>> row = {"alpha": 0.84, "alpha_low": 0.78, "alpha_high": 0.88, "omega": float("nan"), "n_complete": 98}
    >>> reliability(row, "Før", "da").replace(HARD_SPACE, " ")
    '»Før«: alfa 0,84 (95 %-interval 0,78 til 0,88), 98 personer'
    """
    said = []
    for key, name in (("alpha", pick(("alpha", "alfa"), language)), ("omega", "omega")):
        if not math.isnan(row[key]) and not (few and key == "omega"):
            low, high = row[f"{key}_low"], row[f"{key}_high"]
            span = (
                ""
                if math.isnan(low)
                else f" ({interval_name(0.05, language)} {interval(low, high, language)})"
            )
            said.append(f"{name} {number(row[key], language)}{span}")
    return f"{quoted(wave, language)}: {', '.join([*said, people(row['n_complete'], language)])}"


def people(n: float, language: Language = "en") -> str:
    """Say a number of people.

    Examples
    --------
    >>> people(98, "da").replace(HARD_SPACE, " "), people(float("nan"), "da")
    ('98 personer', 'for få personer')
    """
    if math.isnan(n):
        return pick(("too few people", "for få personer"), language)
    return f"{count(n, language)}{HARD_SPACE}{pick(('people', 'personer'), language)}"


def holds(verdict: str, scale: str, numbers: Sequence[str], language: Language = "en") -> str:
    """Say whether a scale measures consistently enough, in waves for which the answer is the same.

    Parameters
    ----------
    verdict : str
        A key of `HOLDS`, or "few": too few people to be sure.
    """
    said = FEW if verdict == "few" else HOLDS[verdict]
    return pick(said, language).format(scale=scale, numbers="; ".join(numbers))


def of_parts(scale: str, names: Mapping[str, Sequence[str]], language: Language = "en") -> str:
    """Say which parts of a scale measure consistently enough; `names` lists them by verdict.

    Examples
    --------
    >>> of_parts("»Fælles sprog«", {"enough": ["Ord (Før)"], "undecided": ["Vaner (Før)"]}, "da")
    'Dele af »Fælles sprog«, pr. måling: ensartede nok: Ord (Før); kan ikke afgøres: Vaner (Før).'
    """
    said = [
        pick(pair, language).format(names=", ".join(names[key]))
        for key, pair in PARTS.items()
        if names.get(key)
    ]
    return pick(OF_PARTS, language).format(scale=scale, said="; ".join(said))


def at_an_end(kind: str, cases: Sequence[str], most: float, language: Language = "en") -> str:
    """Warn of many people at an end of their scale."""
    return pick(ENDS[kind], language).format(cases="; ".join(cases), most=percent(most, language))


def share_of(row: Mapping[str, Any], kind: str, language: Language = "en") -> str:
    r"""Say the share of people at an end, with their number.

    Examples
    --------
    >>> share_of({"highest": 0.22, "n_people": 98}, "ceiling", "da").replace(HARD_SPACE, " ")
    '22 % af 98 personer'
    """
    share = row["highest" if kind == "ceiling" else "lowest"]
    return f"{percent(share, language)} {pick(('of', 'af'), language)} {people(row['n_people'], language)}"


def alike(cases: Sequence[str], language: Language = "en") -> str:
    """Say where people of one department answer alike, or that it cannot be told."""
    return pick(ALIKE[bool(cases)], language).format(cases="; ".join(cases))


def intraclass(row: Mapping[str, Any], language: Language = "en") -> str:
    """Say an ICC with its interval.

    Examples
    --------
    >>> row = {"icc": 0.18, "icc_low": 0.02, "icc_high": 0.5, "n_departments": 6}
    >>> intraclass(row, "da").replace(HARD_SPACE, " ")
    'ICC 0,18, 95 %-interval 0,02 til 0,50, 6 afdelinger'
    """
    span = interval(row["icc_low"], row["icc_high"], language)
    of = f"{count(row['n_departments'], language)} {pick(('departments', 'afdelinger'), language)}"
    return f"ICC {number(row['icc'], language)}, {interval_name(0.05, language)} {span}, {of}"


def against(cases: Sequence[str], language: Language = "en") -> str:
    """Warn of questions that go against the others."""
    return pick(AGAINST, language).format(cases="; ".join(cases))
