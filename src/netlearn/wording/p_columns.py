"""Which chance each p in the table of outcomes is about: one sentence for each family of outcomes in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netlearn.wording import Language
from netlearn.wording.paragraphs import swapped
from netlearn.wording.terms import pick

_NETWORK = (
    "p of ties: nothing changed for these people beyond the drift of single people. p, wave swap: a coin toss for "
    "each "
    "{whom} decided which wave came first.",
    "p for forbindelser: Intet har ændret sig for disse personer ud over enkeltpersoners egne udsving. p, "
    "ombytning: Et "
    "møntkast for {whom} har afgjort, hvilken måling der kom først.",
)
_PAIRED = (
    "p of scores and personal networks: people went up and down by chance alone (t over people).",
    "p for score og personlige netværk: Personerne er kun gået op og ned ved et tilfælde (t på personer).",
)
_FAMILIES = {
    "trained": (
        "p of trained against others: what everybody did stays, and the training is dealt anew, the way it was "
        "dealt.",
        "p for uddannede mod andre: Det, hver enkelt gjorde, bliver, og uddannelsen fordeles på ny, sådan som den "
        "blev "
        "fordelt.",
    ),
    "ego": _PAIRED,
    "scale": _PAIRED,
    "gap": _PAIRED,
    "exposure": (
        "p of shared rooms: sharing a room made no difference; where the rooms were dealt by lot they are dealt "
        "anew, else "
        "the p comes from a regression over pairs.",
        "p for delte rum: At dele rum gjorde ingen forskel; er rummene fordelt ved lodtrækning, fordeles de på ny, "
        "ellers "
        "kommer p fra en regression på par.",
    ),
    "attendance": (
        "p of attendance: a coin toss for each person decided which of the two periods came first.",
        "p for deltagelse: Et møntkast for hver person har afgjort, hvilken af de to perioder der kom først.",
    ),
    "association": (
        "p of what goes together: the one is shuffled among people.",
        "p for det, der følges ad: Det ene er blandet mellem personerne.",
    ),
}


def p_columns(families: Iterable[str], change: Any, language: Language = "en") -> str:
    """Say which chance each p of the table of outcomes is about.

    Parameters
    ----------
    families : iterable of str
        Of the outcomes in the table.
    change : Change or None
        A change of everybody's network, if one is in it: it says for whom the coin is tossed.
    """
    known = [name for name in families if name in _FAMILIES]
    said = [pick(text, language) for text in dict.fromkeys(_FAMILIES[name] for name in known)]
    if change is not None:
        said.insert(0, pick(_NETWORK, language).format(whom=swapped(change, language)))
    return " ".join(said)
