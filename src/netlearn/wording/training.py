"""The trained and the others in words: what is compared, what p was dealt from, who answered, and what changed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, digits_for, interval, number, p_value, percent, rounded
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick

HEADING = ("The trained and the others", "De uddannede og de øvrige")
_DESIGN = {
    "staggered": (
        "Training began at different times. Each group that began is compared with those who had not begun yet: had "
        "training changed nothing, both would have changed alike. Whoever is trained already is never the comparison "
        "for a group that begins later.",
        "Uddannelsen begyndte ikke på samme tid for alle. Hver gruppe, der begyndte, sammenlignes med dem, der endnu "
        "ikke var begyndt: Havde uddannelsen ikke ændret noget, ville de to have ændret sig ens. De, der allerede er "
        "uddannet, bruges aldrig som sammenligning for en gruppe, der begynder senere.",
    ),
    "comparison": (
        "Some were trained, others were not. The change among the trained is compared with the change among the others "
        "in the same time, so what happened to everybody does not count.",
        "Nogle blev uddannet, andre ikke. Ændringen blandt de uddannede sammenlignes med ændringen blandt de øvrige i "
        "samme tidsrum, så det, der skete for alle, ikke tæller med.",
    ),
}
_LIMIT = (
    "What such a comparison can show at best follows from the plan alone, before any answer is looked at. {limit}",
    "Hvad sådan en sammenligning højst kan vise, følger af planen alene, før man ser på et eneste svar. {limit}",
)
_NO_LIMIT = (
    "Between the two waves nobody, or everybody, was trained, so there is nothing to compare.",
    "Mellem de to målinger blev ingen eller alle uddannet, så der er intet at sammenligne.",
)
_UNIT = {
    "person": ("person by person", "person for person"),
    "department": ("department by department", "afdeling for afdeling"),
}
_LOT = {
    True: (
        "Lots were drawn, {unit}, about who was trained and when. A p-value repeats that draw many times in the "
        "computer and says how often a new draw gives a difference at least as clear although training changes "
        "nothing. So a difference that chance alone seldom gives may be called an effect.",
        "Der blev trukket lod, {unit}, om hvem der blev uddannet og hvornår. p-værdien gentager den lodtrækning mange "
        "gange i computeren og siger, hvor ofte en ny lodtrækning giver en mindst lige så klar forskel, selv om "
        "uddannelsen intet ændrer. Derfor må en forskel, som tilfældet sjældent giver, kaldes en effekt.",
    ),
    False: (
        "No lots were drawn about who was trained. A p-value deals the training anew at random, {unit}, and says how "
        "often that gives a difference at least as clear. But the trained may have been different from the start, so "
        "this is a difference in change, not an effect.",
        "Der blev ikke trukket lod om, hvem der blev uddannet. p-værdien fordeler uddannelsen tilfældigt igen, {unit}, "
        "og siger, hvor ofte det giver en mindst lige så klar forskel. Men de uddannede kan have været anderledes i "
        "forvejen, så der er tale om en forskel i ændring, ikke en effekt.",
    ),
}
_AGAIN = (
    "Of those who answered at {first}, {ours} of the trained and {theirs} of the others answered again at {wave} "
    "(difference {difference} percentage points, {span}; {p}).",
    "Af dem, der svarede ved {first}, svarede {ours} af de uddannede og {theirs} af de øvrige igen ved {wave} (forskel "
    "{difference} procentpoint, {span}; {p}).",
)
_AGAIN_HIDDEN = (
    "How many of those who answered at {first} answered again at {wave} is not told: few people stand behind it.",
    "Hvor mange af dem, der svarede ved {first}, der svarede igen ved {wave}, er ikke oplyst: Få personer står bag.",
)
_RESTS = {
    False: (
        "The comparison rests on those who answered. No clear difference in who fell silent is seen between the "
        "trained and the others, but that does not prove that the same kinds of people did.",
        "Sammenligningen bygger på dem, der svarede. Der ses ingen klar forskel på frafaldet blandt de uddannede og de "
        "øvrige, men det beviser ikke, at det var de samme slags personer, der faldt fra.",
    ),
    True: (
        "The comparison rests on those who answered, and the trained fell silent to another extent than the others: a "
        "difference between them may come from that.",
        "Sammenligningen bygger på dem, der svarede, og de uddannede faldt fra i et andet omfang end de øvrige: En "
        "forskel mellem dem kan komme af det.",
    ),
}
_PLACEBO = {
    0: (
        "Rows marked “before the start” in the table of groups that began are a check: the group had not begun yet, so "
        "no difference should be there. None of them shows a clear one.",
        "Rækker mærket »før start« i tabellen over grupper, der begyndte, er en kontrol: Gruppen var endnu ikke "
        "begyndt, så der burde ingen forskel være. Ingen af dem viser en klar forskel.",
    ),
    1: (
        "Rows marked “before the start” in the table of groups that began are a check: the group had not begun yet, so "
        "no difference should be there. Yet there is a clear one: the groups went different ways before training "
        "began, and the comparison is in doubt.",
        "Rækker mærket »før start« i tabellen over grupper, der begyndte, er en kontrol: Gruppen var endnu ikke "
        "begyndt, så der burde ingen forskel være. Alligevel er der en klar forskel: Grupperne gik hver sin vej, før "
        "uddannelsen begyndte, og sammenligningen er tvivlsom.",
    ),
}
_SLOTS = (
    "There were {slots} places for names; they were all used by {shares}. Who used them all may have had more "
    "colleagues than there was room for, so a rise among them cannot be seen, and a change is rather too small than "
    "too large.",
    "Der var plads til {slots} navne; alle pladser blev brugt af {shares}. De, der brugte alle pladser, kan have haft "
    "flere kolleger, end der var plads til. En stigning hos dem kan ikke ses, og en ændring er snarere for lille end "
    "for stor.",
)
_AT = ("{share} at {wave}", "{share} ved {wave}")
_ROOM = (
    "A department has {size} people on average, so nearly all colleagues whom one could name are elsewhere: by chance "
    "alone the E-I index (−1: every tie stays within; 1: every tie crosses) would be {chance}, and its own size says "
    "little. Contact elsewhere over what chance would give (1 = as by chance) went from {before} to {after} (change "
    "{change}, {span}) among all who answered both times, trained or not.",
    "En afdeling har i gennemsnit {size} medarbejdere, så næsten alle de kolleger, man kan nævne, sidder andre "
    "steder. Nævnte alle tilfældige kolleger, ville E-I-indekset (−1: alle forbindelser er inden for afdelingen; 1: "
    "alle går på tværs) allerede være {chance}, så dets størrelse siger kun lidt i sig selv. Derfor er kontakten med "
    "andre afdelinger også sat i forhold til, hvad den ville være, hvis alle nævnte tilfældige kolleger (1 = lige så "
    "meget): Det tal gik fra {before} til {after} (ændring {change}, {span}) blandt alle, der svarede begge gange, "
    "uddannede såvel som ikke-uddannede.",
)
_AREAS = (
    "Of the ties, {before} crossed areas at {first} and {after} at {last} (change {change} percentage points, {span}).",
    "Af forbindelserne gik {before} på tværs af områder ved {first} og {after} ved {last} (ændring {change} "
    "procentpoint, {span}).",
)
_FAR = (
    "With every doubling of the distance the odds of a tie were multiplied by {before} at {first} and by {after} at "
    "{last} (below 1: the farther apart, the fewer ties; 1: distance makes no difference). No interval is given for "
    "these two numbers.",
    "Ved hver fordobling af afstanden blev chancen (oddsene) for en forbindelse ganget med {before} ved {first} og med "
    "{after} ved {last} (under 1: jo længere væk, jo færre forbindelser; 1: afstanden betyder intet). Der er ikke "
    "beregnet interval for de to tal.",
)


def texts(part: Any, language: Language) -> tuple[str, ...]:
    """Return the paragraphs of the part, what the design can show first.

    Parameters
    ----------
    part : TrainingPart
    language : "en" or "da"
    """
    said = [
        f"{pick(_DESIGN[part.design], language)} {_lot(part, language)}",
        _limit(part, language),
        _answered(part, language),
        _checked(part, language),
        "" if part.classes is None else _pairs(part).sentence(language),
        _slots(part, language),
        _room(part, language),
        _areas(part, language),
        _far(part, language),
    ]
    return tuple(text for text in said if text)


def _title(part: Any, label: str, language: Language) -> str:
    return quoted(part.titles.get(label, label), language)


def _limit(part: Any, language: Language) -> str:
    if part.limit is None:
        return pick(_NO_LIMIT, language)
    return pick(_LIMIT, language).format(limit=part.limit.sentence(language))


def _lot(part: Any, language: Language) -> str:
    unit = _UNIT["department" if part.by == "department" else "person"]
    return pick(_LOT[part.randomized], language).format(unit=pick(unit, language))


def _answered(part: Any, language: Language) -> str:
    first = _title(part, str(part.response["wave"].iloc[0]), language)
    said, differs = [], False
    for row in part.attrition.to_dict("records"):
        wave = _title(part, row["wave"], language)
        if math.isnan(row["difference"]):
            said.append(pick(_AGAIN_HIDDEN, language).format(first=first, wave=wave))
            continue
        differs |= row["p_value"] <= 0.05
        told = {"ours": percent(row["trained"], language), "theirs": percent(row["others"], language)}
        told |= {"difference": number(100 * row["difference"], language, 0, signed=True)}
        told |= {"span": _span(100 * row["low"], 100 * row["high"], language, 0)}
        told |= {"p": p_value(row["p_value"], language)}
        said.append(pick(_AGAIN, language).format(first=first, wave=wave, **told))
    return " ".join([*said, pick(_RESTS[differs], language)]) if said else ""


def _span(low: float, high: float, language: Language, digits: int) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return pick(("no interval can be given", "intet interval kan gives"), language)
    return f"{interval_name(0.05, language)} {interval(low, high, language, digits)}"


def _checked(part: Any, language: Language) -> str:
    if part.turns is None:
        return ""
    p = part.turns.loc[part.turns["placebo"], "p_adjusted"].dropna()
    return pick(_PLACEBO[int((p <= 0.05).any())], language) if len(p) else ""


def _pairs(part: Any) -> Any:
    first, last = part.classes.waves
    return replace(part.classes, waves=(part.titles.get(first, first), part.titles.get(last, last)))


def _slots(part: Any, language: Language) -> str:
    if part.censored is None:
        return ""
    rows = part.censored.dropna(subset=["share"]).to_dict("records")
    if not rows:
        return ""
    shares = [
        pick(_AT, language).format(
            share=percent(row["share"], language), wave=_title(part, row["wave"], language)
        )
        for row in rows
    ]
    last = pick((" and ", " og "), language) if len(shares) > 1 else ""
    told = {"slots": count(rows[0]["slots"], language), "shares": ", ".join(shares[:-1]) + last + shares[-1]}
    return pick(_SLOTS, language).format(**told)


def _room(part: Any, language: Language) -> str:
    rows = {row["measure"]: row for row in part.opportunity.to_dict("records")}
    found, chance = rows["cross_over_expected"], rows["ei_index"]["chance"]
    if math.isnan(found["change"]) or chance < 0.9:  # elsewhere the E-I index speaks for itself
        return ""
    return pick(_ROOM, language).format(
        size=number(part.size, language, 1),
        chance=number(chance, language, 2),
        before=number(found["before"], language, 2),
        after=number(found["after"], language, 2),
        change=rounded(found["change"], language, 2, signed=True),
        span=_span(found["low"], found["high"], language, 2),
    )


def _areas(part: Any, language: Language) -> str:
    if part.areas is None or math.isnan(part.areas["change"].iloc[0]):
        return ""
    row = part.areas.iloc[0]
    first, last = (_title(part, label, language) for label in part.waves)
    low, high = 100 * row["low"], 100 * row["high"]
    return pick(_AREAS, language).format(
        before=percent(row["before"], language),
        after=percent(row["after"], language),
        first=first,
        last=last,
        change=rounded(100 * row["change"], language, 1, signed=True),
        span=_span(low, high, language, digits_for(low, high)),
    )


def _far(part: Any, language: Language) -> str:
    if part.distance is None or any(math.isnan(slope) for slope in part.distance.slopes):
        return ""
    before, after = (number(2**slope, language, 2) for slope in part.distance.slopes)
    first, last = (_title(part, label, language) for label in part.waves)
    return pick(_FAR, language).format(before=before, after=after, first=first, last=last)
