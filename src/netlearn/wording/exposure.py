"""The sentences about pairs who shared a learning room: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language, verdicts
from netlearn.wording.nulls import counted
from netlearn.wording.numbers import bare_p, count, digits_for, interval, p_value, rounded
from netlearn.wording.regression import p_or_none
from netlearn.wording.sentences import interval_name, people, quoted
from netlearn.wording.terms import pick

_SHARES = {
    "formation": (
        "Of 100 possible new ties, pairs who shared a room formed {ours} and comparable pairs {others}.",
        "Af 100 mulige nye forbindelser opstod {ours} i par, der var sammen, og {others} i sammenlignelige par.",
    ),
    "dissolution": (
        "Of 100 ties from before, pairs who shared a room ended {ours} and comparable pairs {others}.",
        "Af 100 forbindelser fra før ophørte {ours} i par, der var sammen, og {others} i sammenlignelige par.",
    ),
}
_DIFFERENCE = (
    "With ties before and departments taken into account, pairs who shared a room had {size} {more} ties per 100 "
    "possible ones in {later} than other pairs ({span}{people}, {pairs} pairs).",
    "Når der tages højde for forbindelser før og for afdelinger, havde par, der var sammen, {size} {more} "
    "forbindelser pr. 100 mulige ved {later} end andre par ({span}{people}, {pairs} par).",
)
_MORE = {True: ("more", "flere"), False: ("fewer", "færre")}
_BOTH_WAYS = ("from {less} {other} to {size} {way}", "fra {less} {other} til {size} {way}")
_NONE = (
    "Whether pairs who shared a room had more ties than other pairs cannot be computed: sharing a room cannot be told "
    "from departments and earlier ties.",
    "Om par, der var sammen, havde flere forbindelser end andre par, kan ikke beregnes: Hvem der var sammen, kan ikke "
    "skelnes fra afdelinger og tidligere forbindelser.",
)
_REDRAWN = (
    "With the rooms assigned anew, {p} ({draws}; smallest possible {least}).",
    "Når der trækkes lod på ny om, hvem der var sammen, er {p} ({draws}; mindst mulige {least}).",
)
_REASONS = {
    "few_assignments": (
        "the rooms can be assigned in so few ways ({ways}) that no p can be below {least}",
        "lodtrækningen kunne falde ud på så få måder ({ways}), at ingen p-værdi kan komme under {least}",
    ),
    "few_draws": (
        "so few draws cannot give a p below {least}",
        "så få trækninger ikke kan give en p-værdi under {least}",
    ),
    "undefined": ("no p-value can be computed", "ingen p-værdi kan beregnes"),
}
_DESCRIPTIVE = (
    "Verdict: the figures describe these people and carry no conclusion, because {}.",
    "Vurdering: Tallene beskriver kun disse personer og bærer ingen konklusion, fordi {}.",
)
_CAVEAT = {
    True: (
        "Chance decided who shared a room: within its interval the difference tells what sharing one did, as long as "
        "the room of one pair does not change the ties of another.",
        "Lodtrækning afgjorde, hvem der var sammen: Inden for sit interval fortæller forskellen, hvad det gjorde at "
        "være sammen, så længe det, at ét par var sammen, ikke ændrer et andet pars forbindelser.",
    ),
    False: (
        "The rooms were not assigned by chance. People who would have met anyway may also have chosen the same room, "
        "so this is a difference between pairs and does not show what sharing a room did.",
        "Der blev ikke trukket lod om, hvem der var sammen. Personer, der alligevel ville have haft med hinanden at "
        "gøre, kan også have valgt det samme, så dette er en forskel mellem par og viser ikke, hvad det gjorde at være "
        "sammen.",
    ),
}
_LEFT_OUT = (
    "{n} people whose rooms are not known are left out.",
    "{n} personer er udeladt, fordi det ikke vides, hvor de deltog.",
)
_LEFT_OUT_ONE = (
    "1 person whose rooms are not known is left out.",
    "1 person er udeladt, fordi det ikke vides, hvor vedkommende deltog.",
)


def exposure(found: Any, language: Language = "en") -> str:
    """Say whether pairs who shared a room had more ties, how sure that is, and what the design allows to claim."""
    parts = [*_shares(found.groups, language), _difference(found, language)]
    if found.redrawn is not None and not found.reasons:
        parts.append(_redrawn(found.redrawn, language))
    parts.append(pick(_CAVEAT[found.assigned], language))
    if found.n_unknown:
        text = _LEFT_OUT_ONE if found.n_unknown == 1 else _LEFT_OUT
        parts.append(pick(text, language).format(n=count(found.n_unknown, language)))
    if found.reasons:
        reasons = [_reason(name, found, language) for name in found.reasons]
        parts.append(
            pick(_DESCRIPTIVE, language).format(
                pick((", and because ", ", og fordi "), language).join(reasons)
            )
        )
    return " ".join(parts)


def _shares(groups: Any, language: Language) -> list[str]:
    """Say of how many possible ties each group formed, and how many it ended; nothing where there is none."""
    said, by = [], groups.set_index("group")
    for share, text in _SHARES.items():
        ours, others = 100 * by.loc["together", share], 100 * by.loc["comparable_same_mix", share]
        if math.isfinite(ours) and math.isfinite(others):
            digits = digits_for(ours, others)
            shown = {"ours": rounded(ours, language, digits), "others": rounded(others, language, digits)}
            said.append(pick(text, language).format(**shown))
    return said


def _difference(found: Any, language: Language) -> str:
    row = found.row("regression", "later_tie")
    if math.isnan(row["estimate"]):
        return pick(_NONE, language)
    limits = [v for v in (row["low"], row["high"]) if math.isfinite(v)]
    digits = digits_for(row["estimate"], *limits)
    said = [pick(("its interval cannot be computed", "intervallet kan ikke beregnes"), language)]
    if limits:
        said = [f"{interval_name(1 - found.level, language)} {_ends(row, language, digits)}"]
        if not found.reasons:
            said.append(p_or_none(row["p_value"], language))
    return pick(_DIFFERENCE, language).format(
        size=rounded(abs(row["estimate"]), language, digits),
        more=pick(_MORE[row["estimate"] >= 0], language),
        later=quoted(found.waves[1], language),
        span=f"{', '.join(said)}; ",
        people=people(int(row["n_people"]), language),
        pairs=count(row["n_dyads"], language),
    )


def _ends(row: Any, language: Language, digits: int) -> str:
    """Write both ends in the way of the estimate; where they hold both ways, each says which it is."""
    low, high = sorted((row["low"], row["high"]) if row["estimate"] >= 0 else (-row["low"], -row["high"]))
    if not low < 0 < high:
        return interval(low, high, language, digits)
    more = row["estimate"] >= 0
    return pick(_BOTH_WAYS, language).format(
        less=rounded(-low, language, digits),
        other=pick(_MORE[not more], language),
        size=rounded(high, language, digits),
        way=pick(_MORE[more], language),
    )


def _redrawn(result: Any, language: Language) -> str:
    return pick(_REDRAWN, language).format(
        p=p_value(result.p_value, language),
        draws=counted(result, language),
        least=bare_p(result.smallest_p, language),
    )


def _reason(name: str, found: Any, language: Language) -> str:
    if name not in _REASONS:
        return verdicts.guard(name, found, language)
    told = found.redrawn
    ways = "" if told is None else count(told.draws, language)
    least = "" if told is None else bare_p(told.smallest_p, language)
    return pick(_REASONS[name], language).format(ways=ways, least=least)
