"""The method as a paper tells it: what was done, in the past tense, with the sources that a reader can check."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from netlearn.wording import Language
from netlearn.wording.method_families import (
    EVERY_PAIR,
    FAMILIES,
    HANDLED,
    MEASURES,
    NETWORK,
    RULE,
    TRAINED,
    WAYS,
    WITHHELD,
    Point,
)
from netlearn.wording.numbers import NONE, count, day, number, percent, rounded
from netlearn.wording.paragraphs import listed, swapped
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick

REFERENCES = ("Sources of this method:", "Kilder til denne metode:")
_DESIGNS: dict[str, Point] = {
    "before_after": (
        "One group was asked before and after the training; there was no comparison group.",
        "Én gruppe blev spurgt før og efter uddannelsen; der var ingen sammenligningsgruppe.",
    ),
    "association": (
        "It was asked whether two things went together in one group; no lot decided who had which.",
        "Der blev set på, om to ting fulgtes ad i én gruppe; ingen lodtrækning afgjorde, hvem der havde hvad.",
    ),
    "comparison": (
        "People who were trained were compared with people who were not; no lot decided who was trained.",
        "Mennesker, der blev uddannet, blev sammenlignet med andre; ingen lodtrækning afgjorde, hvem der blev "
        "uddannet.",
    ),
    "staggered": (
        "People were trained in turns, and no lot decided whose turn came first.",
        "Folk blev uddannet på skift, og ingen lodtrækning afgjorde, hvem der kom først.",
    ),
    "randomized": (
        "A lot decided what the primary outcome compares: who was trained, when, or who was together.",
        "Lodtrækning afgjorde det, som det primære udfald sammenligner: hvem der blev uddannet, hvornår, eller hvem "
        "der var sammen.",
    ),
}
_ASKED = ("Surveys: {waves}.", "Målinger: {waves}.")
_TIES: dict[str, Point] = {
    "levels": (
        "A tie{of} was an answer of level {threshold} or more to “{question}”{direction}.",
        "En forbindelse{of} var et svar på niveau {threshold} eller derover på »{question}«{direction}.",
    ),
    "named": (
        "A tie{of} was a person named at “{question}”{direction}.",
        "En forbindelse{of} var en person, der blev nævnt ved »{question}«{direction}.",
    ),
    "records": (
        "A tie{of} was what was recorded as “{question}”{direction}.",
        "En forbindelse{of} var det, der blev registreret som »{question}«{direction}.",
    ),
}
_OF = (" of {}", " i {}")
_DIRECTIONS: dict[bool, Point] = {
    True: (
        ", directed from the one who answered to the one named",
        ", rettet fra den, der svarede, til den nævnte",
    ),
    False: (", without direction", ", uden retning"),
}
_MISSING = (
    "A question that was not asked or not answered was missing, never a no.",
    "Et spørgsmål, der ikke var stillet eller ikke var besvaret, manglede; det blev aldrig talt som et nej.",
)
_PRIMARY = (
    "One outcome was primary, named in the study file before the answers were read: {name} ({sides}, {alpha} level).",
    "Ét udfald var primært, udpeget i undersøgelsesfilen, før svarene blev læst: {name} ({sides}, niveau {alpha}).",
)
_SIDES: dict[str, Point] = {
    "two-sided": ("two-sided", "tosidet"),
    "greater": ("one-sided, a rise", "ensidet, en stigning"),
    "less": ("one-sided, a fall", "ensidet, et fald"),
}
_HOLM = (
    "The p-values of the {n} secondary outcomes got Holm's correction (Holm 1979).",
    "De {n} sekundære udfalds p-værdier fik Holms korrektion (Holm 1979).",
)
_POOLED = (
    "Departments with fewer than {least} people who answered in every wave were pooled in every table and figure; no "
    "person is shown.",
    "Afdelinger med færre end {least}, der svarede ved alle målinger, blev slået sammen i alle tabeller og figurer; "
    "ingen person vises.",
)
_DRAWN = (
    "Where a p-value came from random draws, it was (1 + the draws at least as extreme) / (1 + all draws), so never 0 "
    "(Phipson & Smyth 2010): {draws} draws, seed {seed}; where there were no more arrangements than that, all of them "
    "were counted.",
    "Hvor en p-værdi kom fra tilfældige udtræk, var den (1 + de mindst lige så yderlige udtræk) / (1 + alle udtræk) og "
    "altså aldrig 0 (Phipson & Smyth 2010): {draws} udtræk, startværdi {seed}; fandtes der ikke flere muligheder end "
    "det, blev de alle talt op.",
)
_EQUIVALENCE = (
    "Whether a change was smaller than the margin named beforehand was asked by two one-sided tests (Schuirmann 1987).",
    "Om en ændring var mindre end den grænse, der var sat på forhånd, blev prøvet med to ensidede test (Schuirmann "
    "1987).",
)
_SOFTWARE = ("Computed with {versions}.", "Beregnet med {versions}.")


def asked(study: Any, rung: str, language: Language = "en") -> str:
    """Say how the study was set up, when people were asked, and what a tie was."""
    waves = ", ".join(f"{quoted(w.title or w.label, language)} {day(w.date, language)}" for w in study.waves)
    said = [pick(_DESIGNS[rung], language), pick(_ASKED, language).format(waves=waves)]
    names = dict.fromkeys(o.relation for o in (study.primary, *study.secondary) if o.relation)
    for plan in (study.relation(name) for name in names):
        level = number(plan.threshold, language, 0 if plan.threshold == round(plan.threshold) else 1)
        way = pick(_DIRECTIONS[plan.directed], language)
        what = plan.question or plan.title or plan.name
        of = pick(_OF, language).format(quoted(plan.title or plan.name, language)) if len(names) > 1 else ""
        told = pick(_TIES[kind_of_tie(plan)], language)
        said.append(told.format(of=of, threshold=level, question=what, direction=way))
    return " ".join(said)


def kind_of_tie(plan: Any) -> str:
    """Tell what a tie is in a relation: "records", an answer of some "levels", or somebody "named"."""
    if plan.source == "records":
        return "records"
    return "levels" if sum(level > 0 for level in plan.levels.values()) > 1 else "named"


def method(study: Any, network: Any, language: Language = "en") -> list[str]:
    """Say how the numbers were computed, a sentence or more per point, the family of the primary outcome first.

    Parameters
    ----------
    study : Study
    network : Network or None
        The network of everybody.
    language : "en" or "da"
    """
    families = dict.fromkeys(outcome.family for outcome in (study.primary, *study.secondary))
    said = [pick(_MISSING, language)]
    for name in (*families, *(() if "network" in families else ("network",))):
        if name == "trained":
            turns = pick(TRAINED[True], language) if study.design == "staggered" else ""
            said.append(pick(TRAINED[False], language) + turns)
        elif name != "network":
            said.append(pick(FAMILIES[name], language))
        elif network is not None:
            said += _network(network, language)
    return said


def _network(network: Any, language: Language) -> list[str]:
    """Say how the change of everybody's network was computed, and which other numbers of it are told."""
    values = _values(network.outcome.change, language)
    said = [pick(point, language).format(**values) for point in NETWORK]
    if network.pairs is not None:
        said.append(pick(EVERY_PAIR, language))
    if not network.told_departments:
        said.append(pick(WITHHELD, language))
    ways = [pick(WAYS[name], language) for name in network.told_handlings if name in WAYS]
    return [*said, *([pick(HANDLED, language).format(ways=listed(ways, language))] if ways else [])]


def measures(used: Iterable[str], language: Language = "en") -> str:
    """Say whose measures were used; `used` are measures, and "reliability" where scales were examined."""
    told = set(used)
    return " ".join(pick(said, language) for name, said in MEASURES.items() if name in told)


def decided(study: Any, name: str, provenance: Any, margin: bool, language: Language = "en") -> str:
    """Say what was declared before, how p-values and their number were handled, and with what it was computed.

    Parameters
    ----------
    study : Study
    name : str
        Of the primary outcome.
    provenance : Provenance
    margin : bool
        A change was held against a margin.
    language : "en" or "da"
    """
    primary, n = study.primary, len(study.secondary)
    values = {
        "name": name,
        "sides": pick(_SIDES[primary.alternative], language),
        "alpha": percent(primary.alpha, language, 0 if primary.alpha >= 0.01 else 1),
        "n": count(n, language),
        "least": count(study.min_cell_size, language),
        "draws": count(provenance.draws, language),
        "seed": str(provenance.seed),
        "versions": ", ".join(f"{package} {version}" for package, version in provenance.versions.items()),
    }
    several, held = [_HOLM] if n > 1 else [], [_EQUIVALENCE] if margin else []
    points = [_PRIMARY, *several, _DRAWN, *held, _POOLED, _SOFTWARE]
    return " ".join(pick(point, language).format(**values) for point in points)


def _values(change: Any, language: Language) -> dict[str, Any]:
    return {
        "name": interval_name(1 - change.level, language),
        "rule": pick(RULE[bool(change.df > change.n_people - 1)], language),
        "df": NONE if math.isnan(change.df) else rounded(change.df, language, 0),
        "alpha": number(change.alpha, language, 2),
        "n": count(change.n_cells, language),
        "whom": swapped(change, language),
    }
