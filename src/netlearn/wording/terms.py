"""Short words in both languages: labels of measures, units, handlings, columns, verdicts and figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from netlearn.wording import Language
from netlearn.wording.measure_names import MEASURE_NAMES

# kind -> key -> (English, Danish)
TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "measure": MEASURE_NAMES,
    "unit": {
        "colleagues": ("colleagues per person", "kolleger pr. person"),
        "points": ("percentage points", "procentpoint"),
        "index": ("points on the E-I index", "point på E-I-indekset"),
        "log_odds": ("log odds ratio", "log-oddsratio"),
        "level": (", each counted by its level,", ", hver talt efter sit niveau,"),
        "plain": ("units of the measure", "målets enheder"),
        "scale": ("points on the scale", "point på skalaen"),
        "per_100": ("ties per 100 possible", "forbindelser pr. 100 mulige"),
        "departments": ("departments per person", "afdelinger pr. person"),
        "activities": ("activities per person", "aktiviteter pr. person"),
        "visits": ("times per person", "gange pr. person"),
        "correlation": ("correlation", "korrelation"),
    },
    "role": {
        "primary": ("Primary", "Primært"),
        "secondary": ("Secondary", "Sekundært"),
        "placebo": ("Check", "Kontrol"),
        "other_waves": ("Other waves", "Andre målinger"),
        "beside": ("Everybody", "Hele netværket"),
    },
    "level": {
        "arc": ("Answers", "Svar"),
        "dyad": ("Pairs of people", "Par af personer"),
        "person": ("People", "Personer"),
        "department": ("Departments", "Afdelinger"),
    },
    "handling": {
        "two_wave_respondents": ("People who answered both times", "Personer, der svarede begge gange"),
        "complete_pairs": ("Pairs where both answered both times", "Par, hvor begge svarede begge gange"),
        "reconstruction": ("Filled in from the other person", "Udfyldt efter den anden persons svar"),
        "bounds": ("Least to most favourable answers", "Mindst til mest gunstige svar"),
    },
    "verdict": {
        "changed_beyond_departments": (
            "changed, also against the departments' own ups and downs",
            "ændret, også målt mod afdelingernes egne udsving",
        ),
        "changed_among_people": (
            "changed among these people; the departments' own ups and downs could explain it",
            "ændret blandt disse personer; afdelingernes egne udsving kan være forklaringen",
        ),
        "undecided": ("cannot be decided", "kan ikke afgøres"),
        "descriptive": ("describes only", "kun beskrivende"),
    },
    "short_verdict": {
        "changed_beyond_departments": ("changed (people and departments)", "ændret (personer og afdelinger)"),
        "changed_among_people": ("changed (people only)", "ændret (kun personer)"),
        "undecided": ("cannot be decided", "kan ikke afgøres"),
        "not_planned": ("not planned: no verdict", "ikke planlagt: ingen vurdering"),
        "undecided_holm": ("cannot be decided, given Holm", "kan ikke afgøres efter Holm"),
        "descriptive": ("describes only", "kun beskrivende"),
        "undecided_small": (
            "cannot be decided; smaller than what matters",
            "kan ikke afgøres; mindre end det, der betyder noget",
        ),
        "changed": ("changed", "ændret"),
        "differs": ("the trained differ from the others", "de uddannede adskiller sig fra de andre"),
        "associated": ("go together", "følges ad"),
    },
    "caption": {
        "response": (
            "Answered of those asked, by department and wave",
            "Svarede af adspurgte, pr. afdeling og måling",
        ),
        "response_groups": (
            "Answered of those asked, by group of departments and wave",
            "Svarede af adspurgte, pr. gruppe af afdelinger og måling",
        ),
        "ladder": ("Change in {unit}, at four levels", "Ændring i {unit}, på fire niveauer"),
        "outcomes": ("Estimate, interval and p of every outcome", "Resultat, interval og p for hvert udfald"),
        "turnover": ("Ties counted in both waves", "Forbindelser talt i begge målinger"),
        "handling": ("Change in {unit}, by handling", "Ændring i {unit}, pr. håndtering"),
        "certainty": ("What stands behind each p", "Hvad der ligger bag hver p-værdi"),
    },
    "numbered": {"table": ("Table", "Tabel"), "figure": ("Figure", "Figur")},
    "test": {"person": ("t over people", "t på personer"), "wave_swap": ("wave swap", "ombytning")},
    "status": {
        "took_part": ("took part", "deltog"),
        "no_answer": ("did not answer", "svarede ikke"),
        "not_employed": ("not employed", "ikke ansat"),
        "withdrew": ("withdrew", "trak sig"),
        "not_asked": ("was not asked", "blev ikke spurgt"),
    },
    "ties": {
        "all": ("All", "Alle"),
        "within": ("Within departments", "Inden for afdelingerne"),
        "cross": ("Across departments", "På tværs af afdelinger"),
    },
    "column": {
        "wave": ("Wave", "Måling"),
        "department": ("Department", "Afdeling"),
        "group": ("Group", "Gruppe"),
        "employed": ("Employed", "Ansatte"),
        "answered": ("Answered", "Svarede"),
        "share": ("Share", "Andel"),
        "outcome": ("Outcome", "Udfald"),
        "relation": ("Relation", "Relation"),
        "waves": ("Waves", "Målinger"),
        "change": ("Change", "Ændring"),
        "estimate": ("Estimate", "Resultat"),
        "interval": ("Interval", "Interval"),
        "unit": ("Unit", "Enhed"),
        "people": ("People", "Personer"),
        "pairs": ("Pairs", "Par"),
        "p": ("p", "p"),
        "p_swap": ("p, wave swap", "p, ombytning"),
        "p_holm": ("p, Holm", "p, Holm"),
        "verdict": ("Verdict", "Vurdering"),
        "test": ("Test", "Test"),
        "counted": ("How it was counted", "Hvordan den er talt"),
        "smallest": ("Smallest possible", "Mindst mulige"),
        "false_alarms": ("False alarms, measured", "Falske alarmer, målt"),
        "false_alarms_events": ("… with events of departments", "… med afdelingers hændelser"),
        "level": ("Counted by", "Regnet på"),
        "se": ("Standard error", "Standardfejl"),
        "units": ("Number", "Antal"),
        "handling": ("Missing answers", "Manglende svar"),
        "agreement": ("Agreement", "Enighed"),
        "ties": ("Ties", "Forbindelser"),
        "cells": ("Possible ties", "Mulige forbindelser"),
        "kept": ("Kept", "Bevaret"),
        "formed": ("New", "Ny"),
        "dissolved": ("Ended", "Ophørt"),
        "persistence": ("Kept, of the earlier", "Bevaret af de tidligere"),
        "formation": ("New, of those possible", "Nye af de mulige"),
        "jaccard": ("In both, of all seen (Jaccard)", "I begge, af alle sete (Jaccard)"),
    },
    "title": {
        "change": ("The change with its uncertainty", "Ændringen med dens usikkerhed"),
        "mixing": ("Who names whom: {wave}", "Hvem nævner hvem: {wave}"),
        "mixing_change": ("Change, {first} to {second}", "Ændring, {first} til {second}"),
        "turnover": ("Ties kept, new and ended", "Bevarede, nye og ophørte forbindelser"),
        "response": ("Who answered", "Hvem svarede"),
        "outcomes": ("Every comparison", "Alle sammenligninger"),
        "handling": ("Missing answers handled otherwise", "Manglende svar håndteret på andre måder"),
    },
    "axis": {
        "change": ("Change, {unit}", "Ændring, {unit}"),
        "ties": ("Number of ties", "Antal forbindelser"),
        "share": ("Share who answered, %", "Andel, der svarede, %"),
        "density": ("% of possible ties", "% af mulige forbindelser"),
        "density_change": ("Percentage points", "Procentpoint"),
        "from": ("From (answers)", "Fra (svarer)"),
        "to": ("To (is named); numbers as at the left", "Til (nævnes); numre som til venstre"),
    },
    "alt": {
        "mixing": (
            "Heat map, departments by departments. {title}.",
            "Varmekort, afdelinger mod afdelinger. {title}.",
        ),
        "mixing_change": (
            "Heat map, departments by departments. {title}.",
            "Varmekort, afdelinger mod afdelinger. {title}.",
        ),
        "change": (
            "{title}: an estimate and an interval for each level of the table.",
            "{title}: et estimat og et interval for hvert niveau i tabellen.",
        ),
        "turnover": (
            "{title}: bars with the numbers of the table.",
            "{title}: søjler med tallene fra tabellen.",
        ),
        "response": (
            "{title}: share per department and wave, as in the table.",
            "{title}: andel pr. afdeling og måling som i tabellen.",
        ),
        "outcomes": (
            "{title}: estimates and intervals of the table that are told in {unit}.",
            "{title}: tabellens estimater og intervaller, der opgøres i {unit}.",
        ),
        "handling": (
            "{title}: estimates and intervals of the table.",
            "{title}: tabellens estimater og intervaller.",
        ),
    },
    "heading": {
        "report": ("Report", "Rapport"),
        "skip": ("Skip to the answer", "Gå til svaret"),
        "headline": ("The answer", "Svaret"),
        "response": ("Who answered", "Hvem svarede"),
        "mixing": ("Who names whom", "Hvem nævner hvem"),
        "change": ("How sure are we?", "Hvor sikkert er det?"),
        "change_beside": ("How sure is that change?", "Hvor sikker er den ændring?"),
        "outcomes": ("Every comparison", "Alle sammenligninger"),
        "turnover": ("Ties kept, new and ended", "Bevarede, nye og ophørte forbindelser"),
        "handling": ("If missing answers are handled otherwise", "Hvis manglende svar håndteres anderledes"),
        "limits": ("What this design cannot show", "Hvad dette design ikke kan vise"),
        "beside": ("What else was asked", "Hvad der ellers blev undersøgt"),
        "not_shown": ("What the answer is not", "Hvad svaret ikke er"),
        "certainty": ("How often these tests err", "Hvor ofte disse test tager fejl"),
        "appendix": ("Appendix: for those who check", "Bilag: for den, der vil efterprøve"),
        "method": ("Method", "Metode"),
        "notes": ("What the reader of the files counted", "Hvad indlæsningen talte op"),
        "provenance": ("Where the figures come from", "Hvor tallene kommer fra"),
        "question": ("Question", "Spørgsmål"),
    },
    "department": {"all": ("All", "Alle"), "(pooled)": ("(departments pooled)", "(afdelinger samlet)")},
}


def pick(pair: Sequence[str], language: Language) -> str:
    """Choose from (English, Danish).

    Examples
    --------
    >>> pick(("yes", "ja"), "da")
    'ja'
    """
    return pair[language == "da"]


def filled(words: Mapping[str, Sequence[str]], key: str, language: Language = "en", **values: str) -> str:
    """Return the words of a key with its places filled; what is filled in stays as it is.

    Examples
    --------
    >>> filled({"waves": ("{first} to {second}", "{first} til {second}")}, "waves", "da", first="{før}", second="efter")
    '{før} til efter'
    """
    return pick(words[key], language).format(**values)


def term(kind: str, key: str, language: Language = "en") -> str:
    """Return the label of a key.

    Raises
    ------
    KeyError
        No such kind or key.

    Examples
    --------
    >>> term("verdict", "undecided", "da")
    'kan ikke afgøres'
    """
    return TERMS[kind][key][language == "da"]


def unit(key: str, language: Language = "en") -> str:
    """Return the words of a unit; a unit that the study names itself stays as it is.

    Examples
    --------
    >>> unit("points", "da"), unit("familier", "da")
    ('procentpoint', 'familier')
    """
    return term("unit", key, language) if key in TERMS["unit"] else key


def department(name: str, language: Language = "en") -> str:
    """Return the shown name of a department; the user's own names stay as they are.

    Examples
    --------
    >>> department("(pooled)", "da"), department("Økonomi", "en")
    ('(afdelinger samlet)', 'Økonomi')
    """
    return term("department", name, language) if name == "(pooled)" else name


_SHARES = ("density", "cross_density", "within_density", "cross_share")


def scale(change: Any) -> tuple[float, str]:
    """Return the factor that brings a change to the units it is told in, and the key of that unit.

    Densities become colleagues per person where the change knows them, other shares percentage points.

    Parameters
    ----------
    change : Change
        Read are `measure`, `estimate`, `low`, `high` and `natural`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> told = {"measure": "density", "weighted": False, "natural": (2.0, 0.0, 4.0)}
    >>> scale(SimpleNamespace(estimate=0.1, low=0.0, high=0.2, **told))
    (20.0, 'colleagues')
    """
    if change.weighted:
        return 1.0, "plain"
    if change.natural is not None:
        width = change.high - change.low
        factor = change.natural[0] / change.estimate if change.estimate else math.nan
        if math.isnan(factor) and width > 0:
            factor = (change.natural[2] - change.natural[1]) / width
        return (factor if math.isfinite(factor) else 1.0), "colleagues"
    if change.measure == "cross_log_odds":
        return 1.0, "log_odds"
    if change.measure == "ei_index":
        return 1.0, "index"
    return (100.0, "points") if change.measure in _SHARES else (1.0, "plain")
