"""Which chance each p in the table of outcomes is about: one sentence for each family of outcomes in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netlearn.wording import Language
from netlearn.wording.paragraphs import swapped
from netlearn.wording.terms import pick

_NETWORK = (
    "p of ties is computed as if nothing had changed for these people beyond the drift of single people",
    "p for forbindelser er regnet, som om intet havde ændret sig for disse personer ud over enkeltpersoners egne "
    "udsving",
)
_SWAP = (
    "; p, wave swap, as if a coin toss for each {whom} had decided which wave came first.",
    "; p, ombytning, som om et møntkast for {whom} havde afgjort, hvilken måling der kom først.",
)
_SCORES = (
    "p of scores is computed as if people had gone up and down by chance alone (t over people).",
    "p for score er regnet, som om personerne kun var gået op og ned ved et tilfælde (t på personer).",
)
_EGOS = (
    "p of personal networks is computed as if people had gone up and down by chance alone (t over people).",
    "p for personlige netværk er regnet, som om personerne kun var gået op og ned ved et tilfælde (t på personer).",
)
_FAMILIES = {
    "trained": (
        "p of trained against others is computed as if the training had made no difference: what everybody did stays, "
        "and the training is dealt anew, the way it was dealt.",
        "p for uddannede over for andre er regnet, som om uddannelsen ingen forskel havde gjort: Det, hver enkelt "
        "svarede, bliver stående, og uddannelsen fordeles på ny, sådan som den blev fordelt.",
    ),
    "ego": _EGOS,
    "scale": _SCORES,
    "gap": _SCORES,
    "exposure": (
        "p of pairs who were together is computed as if that had made no difference: where a lot decided who was "
        "together, lots are drawn anew; else the p comes from a regression over pairs.",
        "p for par, der var sammen, er regnet, som om det ingen forskel havde gjort: Afgjorde lodtrækning, hvem der "
        "var sammen, trækkes der lod på ny; ellers kommer p fra en regression på par.",
    ),
    "attendance": (
        "p of attendance is computed as if a coin toss for each person had decided which of the two periods came "
        "first.",
        "p for deltagelse er regnet, som om et møntkast for hver person havde afgjort, hvilken af de to perioder der "
        "kom først.",
    ),
    "association": (
        "p of what goes together is computed as if the two had nothing to do with each other: the one is shuffled "
        "among people.",
        "p for det, der følges ad, er regnet, som om de to intet havde med hinanden at gøre: Det ene blandes mellem "
        "personerne.",
    ),
}


def p_columns(families: Iterable[str], change: Any, language: Language = "en", *, swap: bool = True) -> str:
    """Say which chance each p of the table of outcomes is about.

    Parameters
    ----------
    families : iterable of str
        Of the outcomes in the table.
    change : Change or None
        A change of everybody's network, if one is in it: it says for whom the coin is tossed.
    swap : bool
        Whether the p of the wave swap stands in the table.
    """
    known = [name for name in families if name in _FAMILIES]
    said = [pick(text, language) for text in dict.fromkeys(_FAMILIES[name] for name in known)]
    if change is not None:
        rest = pick(_SWAP, language).format(whom=swapped(change, language)) if swap else "."
        said.insert(0, pick(_NETWORK, language) + rest)
    return " ".join(said)
