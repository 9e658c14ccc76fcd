"""Words of the figures that take a change apart: by what caused it, and by the roles of those who stand between."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from netlearn.wording import Language
from netlearn.wording.figures_change import observed
from netlearn.wording.figures_tests import left_out
from netlearn.wording.numbers import HARD_SPACE, count, number, rounded
from netlearn.wording.sentences import people
from netlearn.wording.terms import filled

Row = Mapping[str, Any]

# key -> (English, Danish)
WORDS: dict[str, tuple[str, str]] = {
    "ei_index": ("E-I index: the change in parts", "E-I-indekset: ændringen delt op"),
    "cross_share": ("Share of ties across: the change in parts", "Andel på tværs: ændringen delt op"),
    "ei_index_axis": (
        "E-I index (−1: all ties within departments, 1: all across)",
        "E-I-indeks (−1: alle forbindelser inden for afdelinger, 1: alle på tværs)",
    ),
    "cross_share_axis": (
        "Ties across departments, % of all ties",
        "Forbindelser på tværs af afdelinger, % af alle",
    ),
    "ei_index_change": ("Change in the E-I index", "Ændring i E-I-indekset"),
    "cross_share_change": (
        "Change in the share of ties across, percentage points",
        "Ændring i andelen på tværs, procentpoint",
    ),
    "part_ties": ("Ties changed between people who stayed", "Forbindelser ændret mellem folk, der blev"),
    "part_came": ("People came", "Folk kom til"),
    "part_left": ("People left", "Folk holdt op"),
    "part_moved": ("People moved to another department", "Folk skiftede afdeling"),
    "part_reorganised": ("Departments were reorganised", "Afdelinger blev lagt om"),
    "part_answers": ("Answered one of the times only", "Besvaret kun den ene gang"),
    "part_total": ("Change in all", "Ændring i alt"),
    "n_ties": ("{n} ties", "{n} forbindelser"),
    "n_tie": ("1 tie", "1 forbindelse"),
    "parts_note": (
        "The parts add up to the change. They describe it and have no interval.",
        "Delene giver tilsammen ændringen. De beskriver den og har intet interval.",
    ),
    "parts_unknown": ("–: cannot be computed.", "–: kan ikke beregnes."),
    "roles": ("Who stands between: brokered pairs", "Hvem der står imellem: formidlede par"),
    "roles_axis": (
        "Brokered pairs (Gould & Fernandez 1989): a → b → c, but not a → c",
        "Formidlede par (Gould & Fernandez 1989): a → b → c, men ikke a → c",
    ),
    "coordinator": (
        "Coordinator: between two of their own department",
        "Koordinator: mellem to i egen afdeling",
    ),
    "itinerant": ("Itinerant: between two of another department", "Konsulent: mellem to i en anden afdeling"),
    "representative": (
        "Representative: from their own to another department",
        "Repræsentant: fra egen til en anden afdeling",
    ),
    "gatekeeper": (
        "Gatekeeper: from another to their own department",
        "Portvogter: fra en anden til egen afdeling",
    ),
    "liaison": ("Liaison: between two other departments", "Forbindelsesled: mellem to andre afdelinger"),
    "total": ("All roles", "Alle roller"),
    "by_chance": ("by chance", "ved tilfældighed"),
    "among": ("Among {people} who answered each time. ", "Blandt {people}, der svarede hver gang. "),
    "all_roles": ("All roles: {before} → {after}.", "Alle roller: {before} → {after}."),
    "chance_note": (
        "Grey: as many ties anywhere, expected ± 2 standard deviations. It tests no change.",
        "Gråt: lige så mange forbindelser hvor som helst, ventet ± 2 standardafvigelser. Det tester ingen ændring.",
    ),
    "growth_note": (
        "More ties make more brokered pairs, whatever roles people take. The numbers have no interval.",
        "Flere forbindelser giver flere formidlede par, uanset hvilke roller folk tager. Tallene har intet interval.",
    ),
}


word = partial(filled, WORDS)


# -- parts of a change


def part_name(part: str, n: float, language: Language = "en") -> str:
    r"""Name a part of a change, with how many ties or people it is about.

    Examples
    --------
    >>> part_name("came", 1), part_name("ties", 12, "da")
    ('People came (1\xa0person)', 'Forbindelser ændret mellem folk, der blev (12\xa0forbindelser)')
    """
    name = word(f"part_{part}", language)
    if math.isnan(n):
        return name
    if part not in ("ties", "answers"):
        behind = people(int(n), language)
    else:
        behind = word("n_tie", language) if n == 1 else word("n_ties", language, n=count(n, language))
    return f"{name} ({behind.replace(' ', HARD_SPACE)})"


def share_or_index(value: float, measure: str, language: Language = "en", *, signed: bool = False) -> str:
    """Write a value of the E-I index with two decimals, a share in per cent (points, if signed) with one.

    Examples
    --------
    >>> share_or_index(0.125, "cross_share", "da", signed=True), share_or_index(-0.125, "ei_index")
    ('+12,5', '−0.12')
    """
    if math.isnan(value):
        return number(value, language)
    factor, digits = (100, 1) if measure == "cross_share" else (1, 2)
    return rounded(factor * value, language, digits, signed=signed)


def alt_decomposition(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_decomposition` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.decomposition.decomposition_frame`.
    """
    rows = frame.to_dict("records")
    measure = str(rows[0]["measure"])
    said = [
        f"{row['label']} {share_or_index(row['value'], measure, language, signed=row['kind'] != 'level')}"
        for row in rows
    ]
    unknown = f" {word('parts_unknown', language)}" if frame["value"].isna().any() else ""
    return f"{word(measure, language)}. {'; '.join(said)}. {word('parts_note', language)}{unknown}"


# -- roles


def role_name(role: str, before: float, after: float, language: Language = "en") -> str:
    r"""Name a role in words, with how many people were in it before and after where that is known.

    Examples
    --------
    >>> role_name("liaison", 74, 82, "da")
    'Forbindelsesled: mellem to andre afdelinger (74\xa0→\xa082\xa0personer)'
    """
    name = word(role, language)
    if math.isnan(before) or math.isnan(after):
        return name
    behind = f"({count(before, language)} → {people(int(after), language)})"
    return f"{name} {behind.replace(' ', HARD_SPACE)}"


def role_beside(row: Row, language: Language = "en") -> tuple[str, str]:
    """Write the pairs before, and after with the change: two lines.

    Examples
    --------
    >>> role_beside({"earlier": 1415, "later": 2537}, "da")
    ('1.415', '2.537 (+1.122)')
    """
    before, after = float(row["earlier"]), float(row["later"])
    change = number(after - before, language, 0, signed=True)
    told = count(after, language)
    return count(before, language), told if math.isnan(before - after) else f"{told} ({change})"


def roles_notes(total: Row, chance: bool, language: Language = "en") -> list[str]:
    """Say among whom pairs were counted, how many in all, and what the numbers cannot tell."""
    n = float(total["n_people"])
    if n == 0:
        return [observed(0, math.nan, 0, language)]
    said = "" if math.isnan(n) else word("among", language, people=people(int(n), language))
    ends = {
        name: count(float(total[key]), language) for name, key in (("before", "earlier"), ("after", "later"))
    }
    notes = [said + word("all_roles", language, **ends)]
    if chance:
        notes.append(word("chance_note", language))
    return [*notes, word("growth_note", language)]


def alt_roles(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_roles` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.roles.roles_frame`.
    """
    rows = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
    *roles, total = sorted(rows, key=lambda row: row["role"] == "total")
    told = []
    for row in roles if total["n_people"] != 0 else ():
        pairs = " → ".join(role_beside(row, language))
        known = not math.isnan(float(row["earlier"]) + float(row["later"]))
        pairs = pairs if known else left_out(language, unknown=True)
        told.append(f"{word(str(row['role']), language)} {pairs}")
    ends = f"{rows[0]['first']} → {rows[0]['second']}"
    chance = not math.isnan(float(rows[0]["earlier_high"]))
    notes = roles_notes(total, chance, language)
    said = [f"{word('roles', language)}, {ends}", *filter(None, ["; ".join(told)]), " ".join(notes)]
    return ". ".join(said)
