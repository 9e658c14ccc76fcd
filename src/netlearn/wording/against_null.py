"""A network set against a null model, in words: the value, what chance alone would give, and what that does not say."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import result as null_result
from netlearn.wording.numbers import NONE, count, percent, rounded
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import pick, term

_WARNINGS = {
    "constant": (
        "Warning: this null model holds the measure fixed, so every draw has the same value and the comparison says "
        "nothing.",
        "Advarsel: denne nulmodel holder målet fast, så alle trækninger har samme værdi, og sammenligningen siger "
        "intet.",
    ),
    "unmixed": (
        "Warning: after half of the {steps} steps the drawn networks were still different from those after all of "
        "them, so the ties were not mixed enough; ask for more steps.",
        "Advarsel: efter halvdelen af de {steps} trin var de trukne netværk stadig anderledes end efter dem alle, så "
        "forbindelserne er ikke blandet nok; bed om flere trin.",
    ),
    "tight": (
        "Warning: {kept} of the observed ties were still in place in the average drawn network: the numbers of ties "
        "that people have leave little room for anything else, so this null model can hardly differ from the network.",
        "Advarsel: {kept} af de observerede forbindelser var stadig på plads i det gennemsnitlige trukne netværk: "
        "antallet af forbindelser, som hver person har, giver ikke plads til meget andet, så denne nulmodel kan næsten "
        "ikke afvige fra netværket.",
    ),
}


def sentence(found: Any, language: Language = "en") -> str:
    """Say the value, what the null model gives, the p with its null model, warnings, and what it is not.

    Parameters
    ----------
    found : AgainstNull
        From `netlearn.analysis.against_null`.
    language : "en" or "da"
    """
    parts = [_comparison(found, language), null_result(found.result, language), warning(found, language)]
    return " ".join([*(part for part in parts if part), not_a_change(language)])


def _comparison(found: Any, language: Language) -> str:
    label = term("measure", found.measure, language)
    start = ("{}, wave {}: {}.", "{}, måling {}: {}.")
    digits = 3 if abs(found.value) < 1 else 2
    value = NONE if math.isnan(found.value) else rounded(found.value, language, digits)
    told = pick(start, language).format(label, quoted(found.wave, language), value)
    if math.isnan(found.value) or math.isnan(found.mean) or found.constant:
        return told
    low, high = (rounded(end, language, digits) for end in found.null_range)
    said = (
        "By chance alone it would be {mean} on average, and from {low} to {high} in 95 of 100 cases.",
        "Ved ren tilfældighed ville værdien i gennemsnit være {mean} og i 95 af 100 tilfælde ligge fra {low} til "
        "{high}.",
    )
    here = (
        "{below} of the cases lie below the observed value, {above} above.",
        "{below} af tilfældene ligger under den observerede værdi, {above} over.",
    )
    chance = pick(said, language).format(mean=rounded(found.mean, language, digits), low=low, high=high)
    shares = {"below": percent(found.below, language, 1), "above": percent(found.above, language, 1)}
    return f"{told} {chance} {pick(here, language).format(**shares)}"


def warning(found: Any, language: Language = "en") -> str:
    """Say why the draws should not be trusted, or nothing."""
    kinds = ["constant"] if found.constant else []
    facts = {}
    if found.mixing is not None:
        kinds += [kind for kind in ("unmixed", "tight") if getattr(found.mixing, kind)]
        facts = {"steps": count(found.mixing.steps, language), "kept": percent(found.mixing.kept, language)}
    return " ".join(pick(_WARNINGS[kind], language).format(**facts) for kind in kinds)


def not_a_change(language: Language = "en") -> str:
    """Say what a comparison with a null model may not be called."""
    said = (
        "This sets one wave against a model of chance. It does not say that anything changed, nor why the network is "
        "as it is; whether contact changed is a question for two waves.",
        "Dette holder én måling op mod en model for tilfældighed. Det siger ikke, at noget har ændret sig, eller "
        "hvorfor netværket er, som det er; om kontakten har ændret sig, er et spørgsmål til to målinger.",
    )
    return pick(said, language)
