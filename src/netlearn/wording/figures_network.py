"""Words of the pictures of networks: the department map, the heat map and the network of people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, number, percent
from netlearn.wording.terms import department, filled, pick

# key -> (English, Danish)
WORDS: dict[str, tuple[str, str]] = {
    "departments": ("Who is in contact with whom", "Hvem har kontakt med hvem"),
    "departments_change": (
        "Change in contact, {first} to {second}",
        "Ændring i kontakt, {first} til {second}",
    ),
    "unit": ("% of possible ties between two departments", "% af mulige forbindelser mellem to afdelinger"),
    "unit_change": ("this wide: {value} percentage points", "så bred: {value} procentpoint"),
    "unit_short": ("%", "%"),
    "unit_points": ("percentage points", "procentpoint"),
    "more": ("More", "Mere"),
    "less": ("Less", "Mindre"),
    "both_ways": ("Lines: both directions together.", "Linjer: begge retninger samlet."),
    "circles": ("Circles: area by number of people.", "Cirkler: areal efter antal personer."),
    "points": (
        "Percentage points of the possible ties between two departments.",
        "Procentpoint af de mulige forbindelser mellem to afdelinger.",
    ),
    "network": (
        "Who is in contact with whom, person by person",
        "Hvem har kontakt med hvem, person for person",
    ),
    "kept": ("Kept", "Bevaret"),
    "new": ("New", "Ny"),
    "ended": ("Ended", "Ophørt"),
    "answered": ("answered both times", "svarede begge gange"),
    "silent": ("an answer is missing", "et svar mangler"),
    "lines": (
        "From dot to dot: one answer, bending to the right seen from who gave it.",
        "Fra prik til prik: ét svar, der buer til højre set fra den, der gav det.",
    ),
    "hollow": (
        "Where a hollow dot has no line, an answer is missing, not necessarily a tie.",
        "Hvor en hul prik ingen linje har, mangler et svar, ikke nødvendigvis en forbindelse.",
    ),
    "chance": (
        "Drawn is what was seen; chance alone moves lines too.",
        "Tegnet er det, der blev set; også tilfældet alene flytter linjer.",
    ),
}


word = partial(filled, WORDS)


def hidden_lines(pairs: int, least: int, language: Language = "en") -> str:
    """Say how many pairs of departments are left out because few people stand behind them, or "" for none.

    Examples
    --------
    >>> hidden_lines(0, 5)
    ''
    """
    if not pairs:
        return ""
    said = (
        "Not drawn: {pairs} with fewer than {least} people behind the number, or that would give such a number away.",
        "Ikke tegnet: {pairs} med færre end {least} personer bag tallet, eller som ville røbe et sådant tal.",
    )
    return pick(said, language).format(pairs=_pairs(pairs, language), least=count(least, language))


def weak_lines(pairs: int, below: float, language: Language = "en", unit: str = "%") -> str:
    """Say how many weaker pairs are left out, and below which value they lie; "" for none.

    Examples
    --------
    >>> weak_lines(0, 1.0)
    ''
    """
    if not pairs:
        return ""
    said = (
        "Left out: {pairs}, the weakest, none over {below}.",
        "Udeladt: {pairs}, de svageste, ingen over {below}.",
    )
    top = f"{number(below, language, 1)}{HARD_SPACE}{unit}"
    return pick(said, language).format(pairs=_pairs(pairs, language), below=top)


def pooled_area(least: int, language: Language = "en") -> str:
    """Say what the grey area of a network is."""
    said = (
        "Grey: small departments put together, so that no area has fewer than {least} people; a line in it can join "
        "two departments.",
        "Gråt: små afdelinger lagt sammen, så intet område har færre end {least} personer; en linje i det kan gå "
        "mellem to afdelinger.",
    )
    return pick(said, language).format(least=count(least, language))


def one_time(ties: int, language: Language = "en") -> str:
    """Say how many ties are not drawn because the answer of one time is not known; "" for none."""
    if not ties:
        return ""
    said = (
        "Not drawn: {ties} seen one time, with no answer at the other.",
        "Ikke tegnet: {ties}, der er set én gang, uden svar den anden.",
    )
    return pick(said, language).format(ties=_ties(ties, language))


def map_title(wave: str, ties: int, other: int, flow: str, language: Language = "en") -> str:
    """Say how many ties a wave has, and how many of them are new or ended.

    Examples
    --------
    >>> map_title("before", 1, 1, "ended").replace(HARD_SPACE, " ")
    'before: 1 tie, of which 1 ended'
    >>> map_title("efter", 1204, 30, "new", "da")
    'efter: 1.204 forbindelser, heraf 30 nye'
    """
    said = ("{wave}: {ties}, of which {other} {flow}", "{wave}: {ties}, heraf {other} {flow}")
    of_flow = {"new": ("new", "ny" if other == 1 else "nye"), "ended": ("ended", "ophørt")}[flow]
    numbers = {"ties": _ties(ties, language), "other": count(other, language)}
    return pick(said, language).format(wave=wave, flow=pick(of_flow, language), **numbers)


def _ties(n: int, language: Language) -> str:
    some = ("tie", "forbindelse") if n == 1 else ("ties", "forbindelser")
    return f"{count(n, language)} {pick(some, language)}"


def wide_lines(most: int, language: Language = "en") -> str:
    """Say that lines between areas are as wide as their ties are many."""
    said = (
        "Lines between areas: as wide as the number of ties in either direction, {most} at most.",
        "Linjer mellem områder: så brede som antallet af forbindelser uanset retning, højst {most}.",
    )
    return pick(said, language).format(most=count(most, language))


def weak_ties(pairs: int, most: int, language: Language = "en") -> str:
    """Say how many pairs of areas with few ties are left out; "" for none."""
    if not pairs:
        return ""
    said = (
        "Left out: the {pairs} with fewest ties, {most} at most in all.",
        "Udeladt: de {pairs} med færrest forbindelser, højst {most} i alt.",
    )
    return pick(said, language).format(pairs=_pairs(pairs, language), most=count(most, language))


def outlined(test: Any, found: bool, language: Language = "en") -> str:
    """Say what an outline in a map of the change means, or why nothing has one; "" where nothing was tested.

    Parameters
    ----------
    test : DataFrame or None
        Each pair once: change, missing where it is not shown; p_adjusted, missing where too few changed to tell.
    found : bool
        Something is outlined.
    """
    if test is None:
        return ""
    said = (
        "None outlined: in no pair did enough people change to tell it from chance.",
        "Ingen indrammet: i intet par ændrede så mange noget, at det kan skelnes fra tilfældet.",
    )
    shown, tested = int(test["change"].notna().sum()), int(test["p_adjusted"].notna().sum())
    if tested:
        said = (
            "None outlined: no pair changed beyond what chance over all pairs together would give (max-T).",
            "Ingen indrammet: intet par ændrede sig ud over, hvad tilfældet ville give over alle par (max-T).",
        )
    if found:
        said = (
            "Outlined: changed beyond what chance over all pairs together would give (max-T).",
            "Indrammet: ændret ud over, hvad tilfældet ville give over alle par (max-T).",
        )
    some = ("{n} of the {all} pairs shown could be tested.", "{n} af de {all} viste par kunne testes.")
    part = pick(some, language).format(n=count(tested, language), all=count(shown, language))
    return f"{pick(said, language)} {part}" if 0 < tested < shown else pick(said, language)


def _pairs(n: int, language: Language) -> str:
    said = ("pair of departments", "par afdelinger") if n == 1 else ("pairs of departments", "par afdelinger")
    return f"{count(n, language)} {pick(said, language)}"


def alt_departments(frame: Any, language: Language = "en") -> str:
    """Say in words what a department map shows: how many, the mean between them, and the strongest pair each time.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.departments_frame`.
    """
    places = frame[frame["what"] == "department"]
    names = dict(zip(places["number"], places["text"], strict=True))
    links = frame[(frame["what"] == "link") & frame["share"].notna()]
    said = (
        "Map of {k} departments, joined by lines as wide as the share of possible ties between them. {waves}",
        "Kort over {k} afdelinger, forbundet med linjer, så brede som andelen af mulige forbindelser mellem dem. "
        "{waves}",
    )
    told = [_alt_wave(str(w), part, names, language) for w, part in links.groupby("wave", sort=False)]
    return pick(said, language).format(k=count(len(places), language), waves=" ".join(told)).strip()


def _alt_wave(wave: str, links: Any, names: Mapping[float, str], language: Language) -> str:
    top = links.sort_values("share", ascending=False, kind="stable").iloc[0]
    said = (
        "{wave}: {mean} on average, most between {a} and {b} ({share}).",
        "{wave}: {mean} i gennemsnit, mest mellem {a} og {b} ({share}).",
    )
    mean = float(links["share"].mean())
    return pick(said, language).format(
        wave=wave,
        mean=percent(mean, language, 1) if math.isfinite(mean) else "",
        a=department(names[top["from"]], language),
        b=department(names[top["to"]], language),
        share=percent(float(top["share"]), language, 1),
    )


def alt_network(frame: Any, language: Language = "en") -> str:
    """Say in words what a network of people shows: who answered, and how many ties were kept, new and ended.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.network_frame`.
    """
    dots, ties = frame[frame["what"] == "dot"], frame[frame["what"] == "tie"]
    first, second = frame.loc[frame["what"] == "wave", "text"]
    said = (
        "Network of {n} people in {k} departments or groups of departments, {first} and {second}; {answered} of them "
        "answered both times. Ties known both times: {kept} kept, {new} new, {ended} ended; {cross} of all these are "
        "between departments.",
        "Netværk af {n} personer i {k} afdelinger eller grupper af afdelinger, {first} og {second}; {answered} af dem "
        "svarede begge gange. Forbindelser kendt begge gange: {kept} bevaret, {new} ny, {ended} ophørt; {cross} af dem "
        "alle er mellem afdelinger.",
    )
    flows = {flow: count(int((ties["flow"] == flow).sum()), language) for flow in ("kept", "new", "ended")}
    return pick(said, language).format(
        n=count(len(dots), language),
        k=count(int((frame["what"] == "area").sum()), language),
        first=first,
        second=second,
        answered=count(int(dots["observed"].sum()), language),
        cross=count(int((~ties["within"].astype(bool)).sum()), language),
        **flows,
    )


def alt_mixing(frame: Any, language: Language = "en") -> str:
    """Say in words what a heat map shows: its largest number, or what rose and fell most, and what is outlined.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.mixing_frame`.
    """
    waves = frame.loc[frame["what"] == "wave", "text"].tolist()
    cells = frame[(frame["what"] == "cell") & frame["value"].notna()].sort_values("value", kind="stable")
    if cells.empty:
        return ""
    said = (
        "Heat map of who names whom, {wave}, {k} departments by {k}; most: {most}.",
        "Varmekort over, hvem der nævner hvem, {wave}, {k} afdelinger mod {k}; mest: {most}.",
    )
    if len(waves) == 2:
        said = (
            "Heat map of the change from {wave} to {later}, {k} departments by {k}; highest: {most}; lowest: {least}. "
            "{marked}",
            "Varmekort over ændringen fra {wave} til {later}, {k} afdelinger mod {k}; højest: {most}; lavest: "
            "{least}. {marked}",
        )
    change, marked = len(waves) == 2, cells[cells["changed"]]
    ends = [_cell(cells.iloc[at], change, language) for at in (-1, 0)]
    outlines = ("Outlined: {}.", "Indrammet: {}.")
    names = "; ".join(_cell(row, change, language) for _, row in marked.iterrows())
    return (
        pick(said, language)
        .format(
            wave=waves[0],
            later=waves[-1],
            k=count(frame.loc[frame["what"] == "cell", "from"].nunique(), language),
            most=ends[0],
            least=ends[1],
            marked=pick(outlines, language).format(names) if names else "",
        )
        .strip()
    )


def _cell(row: Any, change: bool, language: Language) -> str:
    unit = word("unit_points" if change else "unit_short", language)
    value = number(float(row["value"]), language, 1, signed=change)
    said = ("{a} to {b} ({value})", "{a} til {b} ({value})")
    a, b = (department(str(row[end]), language) for end in ("from", "to"))
    return pick(said, language).format(a=a, b=b, value=f"{value}{HARD_SPACE}{unit}")
