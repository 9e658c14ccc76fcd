"""Invented people: common Danish given and family names, put together at random."""

from __future__ import annotations

import numpy as np

GIVEN = (
    "Anne", "Anne-Marie", "Anders", "Astrid", "Bente", "Birgitte", "Bjørn", "Bo", "Camilla", "Charlotte",
    "Christina", "Dorthe", "Ditte", "Eva", "Freja", "Gitte", "Hanne", "Heidi", "Helle", "Henrik", "Ida",
    "Inge-Lise", "Jens Peter", "Jesper", "Julie", "Jytte", "Karen", "Karen Margrethe", "Karina", "Kåre",
    "Kirsten", "Kristine", "Lars", "Lene", "Line", "Lise", "Lone", "Louise", "Maja", "Maria", "Marianne",
    "Mette", "Mikkel", "Morten", "Naja", "Nanna", "Ole", "Pernille", "Pia", "Rikke", "Rasmus", "Sanne",
    "Signe", "Søren", "Susanne", "Søs", "Tina", "Trine", "Ulla", "Vibeke", "Åse", "Åge",
)  # fmt: skip
FAMILY = (
    "Andersen", "Bach", "Bak Jensen", "Bjerregaard", "Brandt", "Bæk", "Christensen", "Christiansen",
    "Dam", "Dahl", "Eriksen", "Frandsen", "Friis", "Gade", "Gregersen", "Hald", "Hansen", "Holm",
    "Højgaard", "Jacobsen", "Jensen", "Juul", "Jørgensen", "Kjær", "Kjærgaard", "Knudsen", "Kragh",
    "Kristensen", "Larsen", "Lassen", "Lauritsen", "Lund", "Madsen", "Mikkelsen", "Mortensen", "Munk",
    "Møller", "Møller Sørensen", "Nielsen", "Nygaard", "Nørgaard", "Olesen", "Overgaard", "Pedersen",
    "Petersen", "Poulsen", "Rasmussen", "Ravn", "Schmidt", "Skov", "Søndergaard", "Sørensen", "Thomsen",
    "Toft", "Vestergaard", "Vinther", "Winther", "Østergaard", "Ågaard", "Åkjær",
)  # fmt: skip


def draw_names(count: int, rng: np.random.Generator, shared: tuple[int, int]) -> list[str]:
    """Draw `count` full names, all different but for the two people in `shared`, who have the same one."""
    pairs = rng.permuted(np.arange(len(GIVEN) * len(FAMILY)))[:count]
    names = [f"{GIVEN[pair // len(FAMILY)]} {FAMILY[pair % len(FAMILY)]}" for pair in pairs]
    names[shared[1]] = names[shared[0]] = "Mette Nielsen"
    return names
