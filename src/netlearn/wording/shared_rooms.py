"""Words about attendance lists of staff: what sharing a room goes with, or did where chance decided it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from netlearn.wording import Language, exposure
from netlearn.wording.in_plan import in_plan
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import pick
from netlearn.wording.verdicts import ANSWERS

HEADING = ("Shared rooms and new ties", "Hvem der var sammen, og nye forbindelser")
INTRO = (
    "A room is whatever the attendance list holds: a group, a team, a day of teaching. Pairs who shared one are set "
    "against comparable pairs: those who, like them, are of one department or of two, and who had the same tie before.",
    "Deltagerlisten viser, hvem der var sammen: i en gruppe, på et hold, på en undervisningsdag. Par, der var sammen, "
    "er holdt op mod sammenlignelige par: par, som på samme måde er fra én eller to afdelinger, og som havde samme "
    "forbindelse i forvejen.",
)
CAPTIONS = {
    "rooms": ("Who was together, by attendance list", "Hvem var sammen, pr. deltagerliste"),
    "groups": ("New and ended ties of pairs: {title}", "Pars nye og ophørte forbindelser: {title}"),
    "dose": (
        "The same by number of shared rooms: {title}",
        "Det samme efter, hvor meget parret havde fælles: {title}",
    ),
}
COLUMNS = {
    "list": ("Attendance list", "Deltagerliste"),
    "rooms": ("Rooms", "Grupper, hold eller dage"),
    "people": ("People in them", "Personer i alt"),
    "people_per_room": ("People per room", "Personer i hver"),
    "pairs": ("Pairs together", "Par sammen"),
    "decided": ("Who decided", "Hvad afgjorde det"),
    "group": ("Pairs", "Par"),
    "shared": ("Shared rooms", "Antal fælles"),
    "n_dyads": ("Pairs", "Par"),
    "open": ("Possible new ties", "Mulige nye forbindelser"),
    "formed": ("New", "Nye"),
    "formation": ("Share", "Andel"),
    "ties": ("Ties from before", "Forbindelser fra før"),
    "dissolved": ("Ended", "Ophørt"),
    "dissolution": ("Share", "Andel"),
}
FIRST = {"groups": ("group",), "dose": ("shared", "n_dyads")}
GROUPS = {
    "together": ("Shared a room", "Var sammen"),
    "comparable": ("Shared no room", "Var ikke sammen"),
    "comparable_same_mix": (
        "Shared no room, weighted as those who did",
        "Var ikke sammen, vægtet som dem, der var",
    ),
}
WEIGHTED = (
    "Weighted: counted as if the pairs who shared no room were of one department as often as those who did.",
    "Vægtet: regnet, som om de par, der ikke var sammen, lige så ofte var fra samme afdeling som dem, der var.",
)
BOTH_WAYS = (
    "The tables count every pair of whom one answered both times; the comparison given departments and earlier ties "
    "rests on fewer, those in which it is also known what the other person answered before.",
    "Tabellerne tæller alle par, hvor mindst den ene svarede begge gange; sammenligningen, der tager højde for "
    "forbindelser før og afdelinger, bygger på færre: dem, hvor det også vides, hvad den anden svarede før.",
)
DECIDED = {True: ("chance", "lodtrækning"), False: ("not chance", "ikke lodtrækning")}
_NOTHING = (
    "Whether pairs who shared a room had more ties cannot be computed: of the pairs who were observed both times "
    "nobody, or everybody, shared one.",
    "Om par, der var sammen, fik flere forbindelser, kan ikke beregnes: Blandt de par, der er observeret begge gange, "
    "var ingen eller alle sammen.",
)
_VERDICTS = {
    (True, "more"): (
        "Verdict: sharing a room had an effect: pairs who shared one had more ties afterwards than chance explains.",
        "Vurdering: Det havde en effekt at være sammen: Par, der var det, havde bagefter flere forbindelser, end "
        "tilfældigheder kan forklare.",
    ),
    (True, "fewer"): (
        "Verdict: sharing a room had an effect: pairs who shared one had fewer ties afterwards than chance explains.",
        "Vurdering: Det havde en effekt at være sammen: Par, der var det, havde bagefter færre forbindelser, end "
        "tilfældigheder kan forklare.",
    ),
    (True, "undecided"): (
        "Verdict: whether sharing a room had an effect cannot be decided from these {answers}.",
        "Vurdering: Om det havde en effekt at være sammen, kan ikke afgøres ud fra disse {answers}.",
    ),
    (False, "more"): (
        "Verdict: sharing a room and having ties afterwards go together; what led to what cannot be told.",
        "Vurdering: At have været sammen og at have forbindelser bagefter følges ad; hvad der førte til hvad, kan ikke "
        "ses.",
    ),
    (False, "fewer"): (
        "Verdict: pairs who shared a room had fewer ties afterwards than comparable pairs; why cannot be told.",
        "Vurdering: Par, der var sammen, havde bagefter færre forbindelser end sammenlignelige par; hvorfor kan ikke "
        "ses.",
    ),
    (False, "undecided"): (
        "Verdict: whether sharing a room and having ties afterwards go together cannot be decided from these "
        "{answers}.",
        "Vurdering: Om det at have været sammen og det at have forbindelser bagefter følges ad, kan ikke afgøres ud "
        "fra disse {answers}.",
    ),
}


def sentence(result: Any, language: Language = "en", key: str | None = None) -> str:
    """Say of one attendance list what sharing a room goes with, how sure that is, and what it may be called.

    Parameters
    ----------
    result : SharedRooms
    language : "en" or "da"
    key : str, optional
        The verdict that its role in the plan leaves, "not_planned" for none; by default that of the result.
    """
    start = f"{quoted(result.attendance, language)}: "
    if result.found is None:
        return start + pick(_NOTHING, language)
    said = start + exposure.exposure(replace(result.found, waves=result.waves), language)
    if result.verdict == "descriptive":  # the sentence says so, with its reasons
        return said
    return f"{said} {in_plan(key or result.verdict, _verdict(result, language), language)}"


def _verdict(result: Any, language: Language) -> str:
    way = "more" if result.estimate > 0 else "fewer"
    way = "undecided" if result.verdict == "undecided" else way
    answers = pick(ANSWERS[result.found.source], language)
    return pick(_VERDICTS[(result.assigned, way)], language).format(answers=answers)
