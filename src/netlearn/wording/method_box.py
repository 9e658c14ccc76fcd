"""The method in words that a reader can check: how each family of outcomes in a study was computed."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import NONE, count, number, rounded
from netlearn.wording.paragraphs import swapped
from netlearn.wording.sentences import interval_name
from netlearn.wording.terms import pick

Point = tuple[str, str]
_MISSING = (
    "A question that was not asked or not answered is missing, never a no.",
    "Et spørgsmål, der ikke er stillet eller ikke er besvaret, mangler; det er aldrig et nej.",
)
_LAST: tuple[Point, ...] = (
    (
        "One outcome is primary, named in the study file before the answers were read; the p-values of the others "
        "get "
        "Holm's correction.",
        "Ét udfald er primært, udpeget i undersøgelsesfilen, før svarene blev læst; de andres p-værdier får Holms "
        "korrektion.",
    ),
    (
        "Departments with fewer than {least} people who answered in every wave are pooled in every table and "
        "figure. No "
        "person is "
        "shown.",
        "Afdelinger med færre end {least}, der svarede ved alle målinger, er slået sammen i alle tabeller og "
        "figurer. Ingen person "
        "vises.",
    ),
)
_NETWORK: tuple[Point, ...] = (
    (
        "Only answers given in both waves are compared: {n} of them.",
        "Kun svar, der er givet ved begge målinger, sammenlignes: {n} i alt.",
    ),
    (
        "The {name} allows for the answers from one person, and about one person, hanging together (dyadic-robust: "
        "Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015). The influence of every answer is added up per pair "
        "and per person; the variance is the larger of the one over pairs and the one over people, the latter times "
        "n / (n − 4). The quantile is that of t with {df} degrees of freedom{rule}.",
        "{name}let tager højde for, at svar fra den samme person, og svar om den samme person, hænger sammen "
        "(dyadisk "
        "robust: Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015). Hvert svars indflydelse lægges sammen pr. "
        "par og pr. person; variansen er den største af den på par og den på personer, den sidste ganget med "
        "n / (n − 4). Fraktilen er fra t-fordelingen med {df} frihedsgrader{rule}.",
    ),
    (
        "The verdict looks at people and at departments, at {alpha}, because a calculation over people cannot see "
        "that one event struck a whole department.",
        "Vurderingen ser både på personer og på afdelinger, ved {alpha}, fordi en beregning på personer ikke kan se, "
        "at én hændelse ramte en hel afdeling.",
    ),
    (
        "The wave swap lets a coin toss for each {whom} decide which of the two waves counts as the first, again and "
        "again, and asks how often so clear a change comes out. Each change is divided by its own standard error.",
        "Ombytningen lader igen og igen et møntkast for {whom} afgøre, hvilken af de to målinger der regnes for den "
        "første, og ser, hvor ofte der kommer en lige så klar ændring ud af det. Hver ændring deles med sin egen "
        "standardfejl.",
    ),
)
_RULE: dict[bool, Point] = {
    False: (
        "; the fewer people carry the change, the fewer they are",
        "; jo færre personer der bærer ændringen, jo færre er de",
    ),
    True: (
        " (the variance over pairs is the larger one here, and the pairs are many)",
        " (her er variansen på par den største, og der er mange par)",
    ),
}
_FAMILIES: dict[str, Point] = {
    "trained": (
        "Trained and untrained people: the difference is divided by its standard error, with people (or "
        "departments, where "
        "they were trained as wholes) as units. Its p is the share of other ways of dealing the training, the way "
        "it was "
        "dealt, that give a difference at least as clear (randomisation inference). Where people start in turns, "
        "each "
        "group is compared with those not yet trained (Callaway & Sant'Anna 2021), never with those trained before.",
        "Uddannede og ikke-uddannede: Forskellen deles med sin standardfejl, hvor personer (eller afdelinger, hvis "
        "de blev "
        "uddannet samlet) er enhederne. Dens p er andelen af andre måder at fordele uddannelsen på, sådan som den "
        "blev "
        "fordelt, der giver en mindst lige så klar forskel (randomiseringsinferens). Begynder folk på skift, "
        "sammenlignes "
        "hver gruppe med dem, der endnu ikke er begyndt (Callaway & Sant'Anna 2021), aldrig med dem, der blev "
        "uddannet "
        "før.",
    ),
    "ego": (
        "Personal networks: every participant is compared with himself or herself (paired t-test over "
        "participants), since "
        "the colleagues whom one person names hang together.",
        "Personlige netværk: Hver deltager sammenlignes med sig selv (parret t-test på deltagere), da de kolleger, "
        "én "
        "person nævner, hænger sammen.",
    ),
    "exposure": (
        "Who was together: pairs who were in the same group, course or day are compared with pairs of the same "
        "departments, with the same tie before, by a regression over pairs whose standard error allows for people "
        "who "
        "stand in many pairs.",
        "Hvem der var sammen: Par, der har været i samme gruppe, på samme hold eller samme dag, sammenlignes med par "
        "fra de samme afdelinger med samme forbindelse før, ved en regression på par, hvis standardfejl tager højde "
        "for, at en person indgår i mange par.",
    ),
    "scale": (
        "Scales: every person is compared with himself or herself (paired t-test; Wilcoxon's test and the share who "
        "rose "
        "stand beside it, as the answers are ordered steps).",
        "Skalaer: Hver person sammenlignes med sig selv (parret t-test; Wilcoxons test og andelen, der er steget, "
        "står ved "
        "siden af, fordi svarene er ordnede trin).",
    ),
    "gap": (
        "Competence gap: the required less the present level, as people see it themselves. How much it closed is "
        "told with "
        "what became of both levels.",
        "Kompetencegab: det krævede minus det nuværende niveau, som folk selv ser det. Hvor meget det er blevet "
        "mindre, "
        "fortælles sammen med, hvad der skete med begge niveauer.",
    ),
    "attendance": (
        "Attendance: every person's two periods are compared, with the two exchanged at random for the p-value.",
        "Deltagelse: Hver persons to perioder sammenlignes, og p-værdien fås ved at bytte dem om tilfældigt.",
    ),
    "association": (
        "Association: the correlation of two changes per person, given where each began; the p-value comes from "
        "shuffling "
        "one of them (Freedman & Lane 1983).",
        "Sammenhæng: korrelationen mellem to ændringer hos hver person, givet hvor den enkelte begyndte; p-værdien "
        "fås ved "
        "at blande den ene (Freedman & Lane 1983).",
    ),
}


def method(study: Any, network: Any, language: Language = "en") -> list[str]:
    """Say how the numbers were computed, one point per line.

    Parameters
    ----------
    study : Study
    network : Network or None
        The network of everybody.
    language : "en" or "da"
    """
    families = dict.fromkeys(outcome.family for outcome in (study.primary, *study.secondary))
    points = [_MISSING, *(_FAMILIES[name] for name in families if name in _FAMILIES)]
    values: dict[str, Any] = {"least": study.min_cell_size}
    if network is not None:
        points[1:1] = _NETWORK
        values |= _values(network.outcome.change, language)
    return [pick(point, language).format(**values) for point in (*points, *_LAST)]


def _values(change: Any, language: Language) -> dict[str, Any]:
    return {
        "name": interval_name(1 - change.level, language),
        "rule": pick(_RULE[bool(change.df > change.n_people - 1)], language),
        "df": NONE if math.isnan(change.df) else rounded(change.df, language, 0),
        "alpha": number(change.alpha, language, 2),
        "n": count(change.n_cells, language),
        "whom": swapped(change, language),
    }
