"""Words about attendance lists of staff: what sharing a room goes with, or did where chance decided it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from netlearn.wording import Language, exposure
from netlearn.wording.sentences import quoted
from netlearn.wording.terms import pick
from netlearn.wording.verdicts import ANSWERS

HEADING = ("Shared rooms and new ties", "Fælles rum og nye forbindelser")
INTRO = (
    "A room is whatever the attendance list holds: a group, a team, a day of teaching. Pairs who shared one are set "
    "against comparable pairs: those who, like them, are of one department or of two, and who had the same tie before.",
    "Et rum er det, deltagerlisten handler om: en gruppe, et hold, en undervisningsdag. Par, der delte et rum, er "
    "holdt op mod sammenlignelige par: par, som på samme måde er fra én eller to afdelinger, og som havde samme "
    "forbindelse i forvejen.",
)
CAPTIONS = {
    "rooms": ("Who was together, by attendance list", "Hvem var sammen, pr. deltagerliste"),
    "groups": ("New and ended ties of pairs: {title}", "Pars nye og ophørte forbindelser: {title}"),
    "dose": ("The same by number of shared rooms: {title}", "Det samme efter antal fælles rum: {title}"),
}
COLUMNS = {
    "list": ("Attendance list", "Deltagerliste"),
    "rooms": ("Rooms", "Rum"),
    "people": ("People in them", "Personer i dem"),
    "people_per_room": ("People per room", "Personer pr. rum"),
    "pairs": ("Pairs together", "Par sammen"),
    "decided": ("Who decided", "Hvem afgjorde"),
    "group": ("Pairs", "Par"),
    "shared": ("Shared rooms", "Fælles rum"),
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
    "together": ("Shared a room", "Delte et rum"),
    "comparable": ("Shared no room", "Delte intet rum"),
    "comparable_same_mix": (
        "Shared no room, weighted as those who did",
        "Delte intet rum, vægtet som dem, der gjorde",
    ),
}
DECIDED = {True: ("chance", "lodtrækning"), False: ("not chance", "ikke lodtrækning")}
_NOTHING = (
    "Whether pairs who shared a room had more ties cannot be computed: of the pairs who were observed both times "
    "nobody, or everybody, shared one.",
    "Om par, der delte et rum, fik flere forbindelser, kan ikke beregnes: Blandt de par, der er observeret begge "
    "gange, delte ingen eller alle et rum.",
)
_VERDICTS = {
    (True, "more"): (
        "Verdict: sharing a room had an effect: pairs who shared one had more ties afterwards than chance explains.",
        "Vurdering: Det havde en effekt at dele rum: Par, der delte et, havde bagefter flere forbindelser, end "
        "tilfældigheder kan forklare.",
    ),
    (True, "fewer"): (
        "Verdict: sharing a room had an effect: pairs who shared one had fewer ties afterwards than chance explains.",
        "Vurdering: Det havde en effekt at dele rum: Par, der delte et, havde bagefter færre forbindelser, end "
        "tilfældigheder kan forklare.",
    ),
    (True, "undecided"): (
        "Verdict: whether sharing a room had an effect cannot be decided from these {answers}.",
        "Vurdering: Om det havde en effekt at dele rum, kan ikke afgøres ud fra disse {answers}.",
    ),
    (False, "more"): (
        "Verdict: sharing a room and having ties afterwards go together; what led to what cannot be told.",
        "Vurdering: At dele rum og at have forbindelser bagefter følges ad; hvad der førte til hvad, kan ikke ses.",
    ),
    (False, "fewer"): (
        "Verdict: pairs who shared a room had fewer ties afterwards than comparable pairs; why cannot be told.",
        "Vurdering: Par, der delte et rum, havde bagefter færre forbindelser end sammenlignelige par; hvorfor kan "
        "ikke ses.",
    ),
    (False, "undecided"): (
        "Verdict: whether sharing a room and having ties afterwards go together cannot be decided from these "
        "{answers}.",
        "Vurdering: Om det at dele rum og at have forbindelser bagefter følges ad, kan ikke afgøres ud fra disse "
        "{answers}.",
    ),
}


def sentence(result: Any, language: Language = "en") -> str:
    """Say of one attendance list what sharing a room goes with, how sure that is, and what it may be called."""
    start = f"{quoted(result.attendance, language)}: "
    if result.found is None:
        return start + pick(_NOTHING, language)
    said = start + exposure.exposure(replace(result.found, waves=result.waves), language)
    if result.verdict == "descriptive":  # the sentence says so, with its reasons
        return said
    way = "more" if result.estimate > 0 else "fewer"
    key = (result.assigned, way if result.verdict == "changed" else "undecided")
    answers = pick(ANSWERS[result.found.source], language)
    return f"{said} {pick(_VERDICTS[key], language).format(answers=answers)}"
