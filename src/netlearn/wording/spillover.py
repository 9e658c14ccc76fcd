"""Spill-over in words: ties where both, one and neither of two people were trained."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language, nulls
from netlearn.wording.dealt import basis
from netlearn.wording.numbers import interval, p_value, rounded
from netlearn.wording.randomization import because, cause
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick


def spillover(shown: Any, language: Language = "en") -> str:
    """Say how much changed where both, one and neither were trained, and that spill-over is shown, not assumed away.

    Parameters
    ----------
    shown : Spillover
        From `netlearn.spillover`.
    """
    rows = {row["trained"]: row for row in shown.table.to_dict("records")}
    first, last = (quoted(w, language) for w in shown.waves)
    changes = {name: _per_hundred(row["change"], language) for name, row in rows.items()}
    said = (
        "Ties per 100 possible ties across departments changed from {first} to {last} by {both} where both people were "
        "trained, by {one} where one of them was, and by {none} where neither was.",
        "Forbindelser pr. 100 mulige på tværs af afdelinger ændrede sig fra {first} til {last} med {both}, hvor begge "
        "personer blev uddannet, med {one}, hvor den ene blev, og med {none}, hvor ingen af dem blev.",
    )
    parts = [pick(said, language).format(first=first, last=last, **changes)]
    parts += [_against_none(name, rows[name], shown, language) for name in ("both", "one")]
    return " ".join([*parts, basis(shown, language), _shown(shown, language)])


def _per_hundred(change: float, language: Language) -> str:
    return rounded(change, language, 1, signed=True)


def _against_none(name: str, row: dict[str, Any], shown: Any, language: Language) -> str:
    who = {
        "both": ("Pairs of whom both were trained", "Par, hvor begge blev uddannet,"),
        "one": ("Pairs of whom one was trained", "Par, hvor den ene blev uddannet,"),
    }[name]
    estimate, low, high = row["difference"], row["low"], row["high"]
    if math.isnan(estimate):
        said = (
            "{who} cannot be compared with pairs of whom neither was.",
            "{who} kan ikke sammenlignes med par, hvor ingen blev.",
        )
        return pick(said, language).format(who=pick(who, language))
    tests = interval_name(shown.alpha, language)
    tail = "" if math.isinf(low) or math.isnan(low) else f"; {tests} {interval(low, high, language, 1)}"
    if not shown.descriptive and not math.isnan(row["p_value"]):
        behind = nulls.behind_p(shown.contrasts[name].result, language)
        tail += f"; {p_value(row['p_value'], language)} ({behind})"
    said = (
        "{who} changed by {x} compared with pairs of whom neither was{tail}.",
        "{who} ændrede sig {x} i forhold til par, hvor ingen blev{tail}.",
    )
    return pick(said, language).format(who=pick(who, language), x=_per_hundred(estimate, language), tail=tail)


def _shown(shown: Any, language: Language) -> str:
    if shown.descriptive:
        only = ("The figures only describe, because {}.", "Tallene beskriver kun, fordi {}.")
        text = pick(only, language).format(because(shown, language))
    else:
        text = f"{nulls.null_sentence('assignment_redrawn', language)} {cause(shown.randomized, language)}"
    said = (
        "Whether the training spilled over to the untrained is shown here, not assumed away: if it did, the comparison "
        "is itself touched.",
        "Om uddannelsen smittede af på de ikke-uddannede, vises her og er ikke udelukket på forhånd: Hvis den gjorde, "
        "er selve sammenligningen påvirket.",
    )
    return f"{text} {pick(said, language)}"
