"""Words of the pictures of networks: the department map, the heat map and the network of people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, number, rounded
from netlearn.wording.terms import department, filled, pick

ZERO = 1e-9  # of a share or a percentage point: rounding noise
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
    "hidden": (
        "Not drawn: {pairs} with fewer than {least} people behind the number, or that would give such a number away.",
        "Ikke tegnet: {pairs} med færre end {least} personer bag tallet, eller som ville røbe et sådant tal.",
    ),
    "unknown": (
        "Not drawn: {pairs} where nobody answered both times about the other.",
        "Ikke tegnet: {pairs}, hvor ingen svarede begge gange om den anden.",
    ),
    "weak": (
        "Left out: {pairs}, the weakest, none over {below}.",
        "Udeladt: {pairs}, de svageste, ingen over {below}.",
    ),
    "grey": (
        "Grey: small departments put together, so that no area has fewer than {least} people; a line in it can join "
        "two departments.",
        "Gråt: små afdelinger lagt sammen, så intet område har færre end {least} personer; en linje i det kan gå "
        "mellem to afdelinger.",
    ),
    "one_time": (
        "Not drawn: {ties} seen one time, with no answer at the other.",
        "Ikke tegnet: {ties}, der er set én gang, uden svar den anden.",
    ),
    "wide": (
        "Lines between areas: as wide as the number of ties in either direction, {most} at most.",
        "Linjer mellem områder: så brede som antallet af forbindelser uanset retning, højst {most}.",
    ),
    "weak_ties": (
        "Left out: the {pairs} with fewest ties, {most} at most in all.",
        "Udeladt: de {pairs} med færrest forbindelser, højst {most} i alt.",
    ),
    "none_tested": (
        "None outlined: in no pair did enough people change to tell it from chance.",
        "Ingen indrammet: i intet par ændrede så mange noget, at det kan skelnes fra tilfældet.",
    ),
    "none_found": (
        "None outlined: no pair changed beyond what chance over all pairs together would give (max-T).",
        "Ingen indrammet: intet par ændrede sig ud over, hvad tilfældet ville give over alle par (max-T).",
    ),
    "found": (
        "Outlined: changed beyond what chance over all pairs together would give (max-T).",
        "Indrammet: ændret ud over, hvad tilfældet ville give over alle par (max-T).",
    ),
    "tested": ("{n} of the {all} pairs shown could be tested.", "{n} af de {all} viste par kunne testes."),
    "map_unknown": ("{wave}: no pair can be shown.", "{wave}: intet par kan vises."),
    "map_zero": ("{wave}: no ties in the pairs shown.", "{wave}: ingen forbindelser i de viste par."),
    "map_one": (
        "{wave}: {share} of the possible ties between {a} and {b}.",
        "{wave}: {share} af de mulige forbindelser mellem {a} og {b}.",
    ),
    "map_all": (
        "{wave}: {mean} of the possible ties in the pairs shown, most between {a} and {b} ({share}).",
        "{wave}: {mean} af de mulige forbindelser i de viste par, mest mellem {a} og {b} ({share}).",
    ),
    "map_mean": (
        "{wave}: {mean} as the mean of the pairs shown, most between {a} and {b} ({share}).",
        "{wave}: {mean} i gennemsnit af de viste par, mest mellem {a} og {b} ({share}).",
    ),
    "heat": (
        "Heat map of who names whom, {wave}, {k}; {told}.",
        "Varmekort over, hvem der nævner hvem, {wave}, {k}; {told}.",
    ),
    "heat_change": (
        "Heat map of the change from {wave} to {later}, {k}; {told}.",
        "Varmekort over ændringen fra {wave} til {later}, {k}; {told}.",
    ),
    "outlined": ("Outlined: {cells}.", "Indrammet: {cells}."),
    "heat_unknown": ("no number can be shown", "intet tal kan vises"),
    "heat_zero": ("no ties in the cells shown", "ingen forbindelser i de viste felter"),
    "heat_same": ("no change in the cells shown", "ingen ændring i de viste felter"),
    "heat_most": ("most: {cell}", "mest: {cell}"),
    "rose": ("rose most: {cell}", "steg mest: {cell}"),
    "fell": ("fell most: {cell}", "faldt mest: {cell}"),
    "none_rose": ("none rose", "ingen steg"),
    "none_fell": ("none fell", "ingen faldt"),
}
# one and several, each (English, Danish)
NOUNS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "tie": (("tie", "forbindelse"), ("ties", "forbindelser")),
    "pair": (("pair of departments", "par afdelinger"), ("pairs of departments", "par afdelinger")),
    "department": (("department", "afdeling"), ("departments", "afdelinger")),
    "person": (("person", "person"), ("people", "personer")),
    "area": (("area", "område"), ("areas", "områder")),
    "kept": (("kept", "bevaret"), ("kept", "bevaret")),
    "new": (("new", "ny"), ("new", "nye")),
    "ended": (("ended", "ophørt"), ("ended", "ophørt")),
}


word = partial(filled, WORDS)


def _some(n: int, noun: str, language: Language) -> str:
    return f"{count(n, language)} {pick(NOUNS[noun][n != 1], language)}"


def hidden_lines(pairs: int, least: int, language: Language = "en") -> str:
    """Say how many pairs of departments are left out because few people stand behind them, or "" for none."""
    told = {"pairs": _some(pairs, "pair", language), "least": count(least, language)}
    return word("hidden", language, **told) if pairs else ""


def unknown_lines(frame: Any, language: Language = "en") -> str:
    """Say of how many pairs in the frame of a department map nothing is known, for that is no zero; "" for none."""
    links = frame[(frame["what"] == "link") & frame["share"].isna() & ~frame["hidden"].eq(True)]
    pairs = len(links.drop_duplicates(["from", "to"]))
    return word("unknown", language, pairs=_some(pairs, "pair", language)) if pairs else ""


def weak_lines(pairs: int, below: float, language: Language = "en", unit: str = "%") -> str:
    """Say how many weaker pairs are left out, and below which value they lie; "" for none."""
    top = f"{number(below, language, 1)}{HARD_SPACE}{unit}"
    return word("weak", language, pairs=_some(pairs, "pair", language), below=top) if pairs else ""


def one_time(ties: int, language: Language = "en") -> str:
    """Say how many ties are not drawn because the answer of one time is not known; "" for none."""
    return word("one_time", language, ties=_some(ties, "tie", language)) if ties else ""


def map_title(wave: str, ties: int, other: int, flow: str, language: Language = "en") -> str:
    """Say how many ties a wave has, and how many of them are new or ended.

    Examples
    --------
    >>> map_title("before", 1, 1, "ended").replace(HARD_SPACE, " ")
    'before: 1 tie, of which 1 ended'
    >>> map_title("efter", 1204, 30, "new", "da")
    'efter: 1.204 forbindelser, heraf 30 nye'
    """
    said = ("{wave}: {ties}, of which {other}", "{wave}: {ties}, heraf {other}")
    numbers = {"ties": _some(ties, "tie", language), "other": _some(other, flow, language)}
    return pick(said, language).format(wave=wave, **numbers)


def weak_ties(pairs: int, most: int, language: Language = "en") -> str:
    """Say how many pairs of areas with few ties are left out; "" for none."""
    told = {"pairs": _some(pairs, "pair", language), "most": count(most, language)}
    return word("weak_ties", language, **told) if pairs else ""


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
    shown, tested = int(test["change"].notna().sum()), int(test["p_adjusted"].notna().sum())
    said = word("found" if found else "none_found" if tested else "none_tested", language)
    part = word("tested", language, n=count(tested, language), all=count(shown, language))
    return f"{said} {part}" if 0 < tested < shown else said


def alt_departments(frame: Any, language: Language = "en") -> str:
    """Say in words what a department map shows: how many, the share between them, and the strongest pair each time.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.departments_frame`.
    """
    places, links = frame[frame["what"] == "department"], frame[frame["what"] == "link"]
    names = dict(zip(places["number"], places["text"], strict=True))
    said = (
        "Map of {k}, joined by lines as wide as the share of possible ties between them. {waves}",
        "Kort over {k}, forbundet med linjer, så brede som andelen af mulige forbindelser mellem dem. {waves}",
    )
    waves = frame.loc[frame["what"] == "wave", "wave"]
    told = [_alt_wave(str(w), links[links["wave"] == w], names, language) for w in waves]
    told.append(unknown_lines(frame, language))
    k = _some(len(places), "department", language)
    return pick(said, language).format(k=k, waves=" ".join(told)).strip()


def _alt_wave(wave: str, links: Any, names: Mapping[float, str], language: Language) -> str:
    known = links[links["share"].notna()].sort_values("share", ascending=False, kind="stable")
    if known.empty or not known["share"].iloc[0]:
        return word("map_unknown" if known.empty else "map_zero", language, wave=wave)
    top, shares, weighed = known.iloc[0], known["share"].astype(float), "possible" in known
    weights = known["possible"].astype(float) if weighed else shares.notna()
    key = "map_one" if len(known) == 1 else "map_all" if weighed else "map_mean"
    told = {"mean": float((shares * weights).sum() / weights.sum()), "share": float(top["share"])}
    per_cent = {name: f"{rounded(100 * x, language, 1)}{HARD_SPACE}%" for name, x in told.items()}
    a, b = (department(names[top[end]], language) for end in ("from", "to"))
    return word(key, language, wave=wave, a=a, b=b, **per_cent)


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
        "Network of {n} in {k} (departments or groups of departments), {first} and {second}; {answered} of them "
        "answered both times. Ties known both times: {kept}, {new}, {ended}{between}.",
        "Netværk af {n} i {k} (afdelinger eller grupper af afdelinger), {first} og {second}; {answered} af dem "
        "svarede begge gange. Forbindelser kendt begge gange: {kept}, {new}, {ended}{between}.",
    )
    of_all = ("; {} of all these are between departments", "; {} af dem alle er mellem afdelinger")
    flows = {flow: int((ties["flow"] == flow).sum()) for flow in ("kept", "new", "ended")}
    cross = frame.loc[frame["what"] == "cross", "number"]
    return pick(said, language).format(
        n=_some(len(dots), "person", language),
        k=_some(int((frame["what"] == "area").sum()), "area", language),
        first=first,
        second=second,
        answered=count(int(dots["observed"].sum()), language),
        between="".join(pick(of_all, language).format(count(n, language)) for n in cross),
        **{flow: _some(n, flow, language) for flow, n in flows.items()},
    )


def alt_mixing(frame: Any, language: Language = "en") -> str:
    """Say in words what a heat map shows: its largest number, or what rose and fell most, and what is outlined.

    Parameters
    ----------
    frame : DataFrame
        From `netlearn.figures.mixing_frame`.
    """
    waves = frame.loc[frame["what"] == "wave", "text"].tolist()
    cells = frame[frame["what"] == "cell"]
    change = len(waves) == 2
    k = _some(cells["from"].nunique(), "department", language)
    known = cells[cells["value"].notna()].sort_values("value", kind="stable")
    told = "; ".join(_extremes(known, change, language))
    key = "heat_change" if change else "heat"
    told = word(key, language, told=told, wave=waves[0], later=waves[-1], k=k)
    marked = [_cell(row, change, language) for _, row in cells[cells["changed"].eq(True)].iterrows()]
    return f"{told} {word('outlined', language, cells='; '.join(marked))}" if marked else told


def _extremes(known: Any, change: bool, language: Language) -> list[str]:
    """Name the largest of the numbers of a heat map, given in order, or what rose and fell most."""
    if known.empty:
        return [word("heat_unknown", language)]
    if not known["value"].abs().max() > ZERO:
        return [word("heat_same" if change else "heat_zero", language)]
    low, top = (_cell(known.iloc[at], change, language) for at in (0, -1))
    if len(known) == 1:
        return [top]
    if not change:
        return [word("heat_most", language, cell=top)]
    rose = word("rose" if known["value"].iloc[-1] > ZERO else "none_rose", language, cell=top)
    fell = word("fell" if known["value"].iloc[0] < -ZERO else "none_fell", language, cell=low)
    return [rose, fell]


def _cell(row: Any, change: bool, language: Language) -> str:
    unit = word("unit_points" if change else "unit_short", language)
    value = rounded(float(row["value"]), language, 1, signed=change)
    said = ("{a} to {b} ({value})", "{a} til {b} ({value})")
    a, b = (department(str(row[end]), language) for end in ("from", "to"))
    return pick(said, language).format(a=a, b=b, value=f"{value}{HARD_SPACE}{unit}")
