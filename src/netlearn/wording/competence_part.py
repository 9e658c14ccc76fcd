"""The part of the report about competence: headings, captions, columns and paragraphs."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from netlearn.wording import Language
from netlearn.wording.competence import what
from netlearn.wording.competence_association import NOT_CAUSE
from netlearn.wording.in_plan import NOT_PLANNED
from netlearn.wording.nulls import counted
from netlearn.wording.numbers import count, interval, number, p_value
from netlearn.wording.paragraphs import listed
from netlearn.wording.sentences import interval_name, people, quoted
from netlearn.wording.terms import pick

HEADING = {
    True: ("What staff say they can do", "Det, medarbejderne selv mener at kunne"),
    False: ("What staff themselves answered", "Det, medarbejderne selv svarer"),
}
CAPTIONS = {
    "gaps": (
        "The gap: what the work requires, less what staff say they can do ({unit})",
        "Gabet: det, opgaverne kræver, minus det, medarbejderne mener at kunne ({unit})",
    ),
    "levels": ("The two levels behind the gap ({unit})", "De to niveauer bag gabet ({unit})"),
    "ranks": ("The same counted in other ways", "Det samme regnet på andre måder"),
    "scales": (
        "Answers given in two waves (points on the scale, or numbers counted)",
        "Svar, der er givet ved to målinger (point på skalaen, eller antal)",
    ),
    "described": ("Asked once ({unit})", "Spurgt til én gang ({unit})"),
    "dose": (
        "How much the gap closed, by rooms attended ({unit})",
        "Hvor meget gabet blev mindre, efter antal forløb, man deltog i ({unit})",
    ),
}
UNIT = ("points", "point")
COLUMNS = {
    "what": ("What", "Hvad"),
    "people": ("People", "Personer"),
    "gap_before": ("Gap before", "Gab før"),
    "gap_after": ("Gap after", "Gab efter"),
    "closure": ("Smaller by", "Mindre med"),
    "closed": ("Smaller by (interval)", "Mindre med (interval)"),
    "interval": ("Interval", "Interval"),
    "p": ("p", "p"),
    "level": ("Level of interval", "Intervallets niveau"),
    "p_holm": ("p, Holm", "p, Holm"),
    "dz": ("dz (interval)", "dz (interval)"),
    "share_before": ("With a gap before", "Med et gab før"),
    "share_after": ("With a gap after", "Med et gab efter"),
    "required_before": ("Required before", "Krævet før"),
    "required_after": ("Required after", "Krævet efter"),
    "required_change": ("Change in required", "Ændring i krævet"),
    "present_before": ("Can do before", "Kan før"),
    "present_after": ("Can do after", "Kan efter"),
    "present_change": ("Change in can do", "Ændring i kan"),
    "superiority": ("Gap got smaller", "Gabet blev mindre"),
    "rose": ("Rose", "Gik op"),
    "present_log_odds": ("Can do, log odds", "Kan, log-odds"),
    "required_log_odds": ("Required, log odds", "Krævet, log-odds"),
    "before": ("Before", "Før"),
    "after": ("After", "Efter"),
    "change": ("Change", "Ændring"),
    "wave": ("Wave", "Måling"),
    "mean": ("Mean", "Gennemsnit"),
    "share_high": ("At the top", "I toppen"),
    "rooms": ("Attended", "Deltog i"),
}
_PARTS = (
    "The {all} parts of the gap were looked at one by one; the table shows them. The more one looks at, the easier one "
    "of them seems to have moved by chance alone; Holm's p allows for that. Parts that were not planned as outcomes "
    "get no verdict.",
    "Gabets {all} dele er set på én for én og står i tabellen. Jo flere man ser på, desto lettere ser en af dem ud til "
    "at have flyttet sig ved et rent tilfælde; det tager Holms p højde for. Dele, der ikke er planlagt som udfald, får "
    "ingen vurdering.",
)
_DOSE = (
    "Did the gap close most for those who attended most? Between how many different rooms a person attended ({list}) "
    "and how much the person's gap closed ({gap}), the rank correlation was {r} on a scale from −1 (opposite ways) "
    "over 0 (nothing to do with each other) to 1 (together) ({span}; {n}; {p}, {draws}).",
    "Blev gabet mest mindre hos dem, der deltog mest? Sammenhængen mellem, hvor mange forskellige forløb en person "
    "deltog i ({list}), og hvor meget personens gab blev mindre ({gap}), var {r} på en skala fra −1 (hver sin vej) "
    "over 0 (intet med hinanden at gøre) til 1 (følges helt ad), regnet på personernes rækkefølge ({span}; {n}; {p}, "
    "{draws}).",
)
_NO_DOSE = (
    "Whether attendance ({list}) and the closing of the gap ({gap}) go together cannot be computed.",
    "Om deltagelse ({list}) og et mindre gab ({gap}) følges ad, kan ikke beregnes.",
)
_FEW_DOSE = (
    "With fewer than 10 people the figures carry no conclusion.",
    "Med færre end 10 personer bærer tallene ingen konklusion.",
)
_CHOSE = (
    "Who attended most may have had other reasons to improve.",
    "De, der deltog mest, kan have haft andre grunde til at blive bedre.",
)
_ONCE = (
    "What was asked once can be described, but nothing can be said of a change in it.",
    "Det, der kun er spurgt til én gang, kan beskrives, men der kan intet siges om en ændring i det.",
)
_NOTES = {
    "gaps": (
        "The gap is smaller by the change in what they can do, less the change in what is required. Where both rise by "
        "as much, it stays as it is.",
        "Gabet er blevet mindre med ændringen i det, de kan, minus ændringen i det, der kræves. Stiger begge dele lige "
        "meget, er gabet det samme.",
    ),
    "sizes": (
        "Each interval is a {level} over people. dz: mean change divided by how much people's changes differ "
        "(their standard deviation).",
        "Hvert interval er et {level} på personer. dz: gennemsnitlig ændring delt med, hvor meget personernes "
        "ændringer varierer (deres standardafvigelse).",
    ),
    "by_row": (
        "Each interval is over people, at the level that stands in its row: lower where the plan asks one way only. "
        "Log odds have the level of the table of the two levels; a table without levels has a {level}. dz: mean change "
        "divided by how much people's changes differ (their standard deviation).",
        "Hvert interval er på personer, på det niveau, der står i rækken: lavere, hvor planen kun spørger til den ene "
        "vej. Log-odds har niveauet fra tabellen over de to niveauer bag gabet; hvor intet niveau står, er det et "
        "{level}. dz: gennemsnitlig ændring delt med, hvor meget personernes ændringer varierer (deres "
        "standardafvigelse).",
    ),
    "holm": (
        "p, Holm: for planned secondary outcomes over all of them, as in the table of outcomes; for other parts over "
        "the parts of the same gap or scale.",
        "p, Holm: for planlagte sekundære udfald regnet over dem alle, som i tabellen over udfald; for andre dele "
        "regnet over delene af samme gab eller skala.",
    ),
    "ranks": (
        "Gap got smaller: share of people for whom it did; those unchanged count half, so 50\N{NO-BREAK SPACE}% is as "
        "many up as down. Log odds: shift towards higher answers to the single questions, by a model (proportional "
        "odds) that knows only the order of the answers; 0 is no shift.",
        "Gabet blev mindre: andelen af personer, for hvem det gjorde; uændrede tæller halvt, så 50\N{NO-BREAK SPACE}% "
        "er lige mange op og ned. Log-odds: forskydning mod højere svar på de enkelte spørgsmål, efter en model "
        "(proportionale odds), der kun kender svarenes rækkefølge; 0 er ingen forskydning.",
    ),
    "rose": (
        "Rose: share of people whose answer or score rose, with its interval; those unchanged count half, so "
        "50\N{NO-BREAK SPACE}% is as many up as down.",
        "Gik op: andelen af personer, hvis svar eller score steg, med interval; uændrede tæller halvt, så "
        "50\N{NO-BREAK SPACE}% er lige mange op og ned.",
    ),
    "top": (
        "At the top: share of people whose mean answer is at most one step below the highest.",
        "I toppen: andelen af personer, hvis gennemsnitlige svar højst er ét trin under det højeste.",
    ),
}


def heading(gaps: bool, language: Language = "en") -> str:
    """Return the heading of the section, which is about competence only where there are gaps."""
    return pick(HEADING[gaps], language)


def column(key: str, language: Language = "en") -> str:
    """Return the heading of a column.

    Examples
    --------
    >>> column("gap_before", "da")
    'Gab før'
    """
    return pick(COLUMNS[key], language)


def caption(key: str, language: Language = "en") -> str:
    """Return the caption of a table."""
    return pick(CAPTIONS[key], language).format(unit=pick(UNIT, language))


def parts(n_parts: int, language: Language = "en") -> str:
    """Say that the parts of a gap were looked at without a plan."""
    return pick(_PARTS, language).format(all=count(n_parts, language))


def dose(found: Any, alpha: float, fewest: int, language: Language = "en") -> str:
    """Say how closure goes with rooms attended, and what that does not show; no plan asks for it, so no verdict."""
    ranks = found.ranks
    named = {"list": quoted(found.title, language), "gap": quoted(found.gap, language)}
    if math.isnan(ranks.estimate):
        return pick(_NO_DOSE, language).format(**named)
    verdict = _FEW_DOSE if ranks.n < fewest else NOT_PLANNED
    draws = SimpleNamespace(draws=ranks.draws, exact=ranks.exact, low=ranks.p_low, high=ranks.p_high)
    told = pick(_DOSE, language).format(
        r=number(ranks.estimate, language, 2),
        span=f"{interval_name(alpha, language)} {interval(ranks.low, ranks.high, language, 2)}",
        n=people(ranks.n, language),
        p=p_value(ranks.p_value, language),
        draws=counted(draws, language),
        **named,
    )
    return " ".join([told, *(pick(pair, language) for pair in (verdict, NOT_CAUSE, _CHOSE))])


def once(language: Language = "en") -> str:
    """Say what scales asked once can tell."""
    return pick(_ONCE, language)


def note(key: str, alpha: float, language: Language = "en") -> str:
    """Return a note that stands under the tables."""
    return pick(_NOTES[key], language).format(level=interval_name(alpha, language))


def rows_name(title: str, subscale: str, language: Language = "en") -> str:
    """Name a row of a table: the whole by its title, a part by its own name.

    Examples
    --------
    >>> rows_name("Skills", ""), rows_name("Skills", "law")
    ('Skills', '– law')
    """
    return f"– {subscale}" if subscale else title


def part(found: Any, language: Language = "en") -> str:
    """Say how many gaps and scales a part holds, and which."""
    said = (
        "Competence: {} gaps and {} scales asked in two waves",
        "Kompetencer: {} gab og {} skalaer i to målinger",
    )
    told = pick(said, language).format(count(len(found.gaps), language), count(len(found.scales), language))
    names = [what(whole.place, language) for whole, _ in (*found.gaps, *found.scales)]
    return f"{told}: {listed(names, language)}"
