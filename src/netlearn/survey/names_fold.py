"""How a name is read before it is compared: its words, their order, and the spellings that count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from netlearn.study.rawtable import plain

# Letters that people without them write in one of two ways; decomposed, so that accents on top do not hide them.
_TWO_WAYS = {
    "ø": ("o", "oe"),
    "a\N{COMBINING RING ABOVE}": ("a", "aa"),
    "o\N{COMBINING DIAERESIS}": ("o", "oe"),
    "a\N{COMBINING DIAERESIS}": ("a", "ae"),
    "u\N{COMBINING DIAERESIS}": ("u", "ue"),
}
_LETTER = re.compile("|".join(_TWO_WAYS))
_MIXED = 6
# No decomposition takes these apart.
_ONE_WAY = {"æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
_SPACES = dict.fromkeys("-‐‒–—―−.()", " ")
_TABLE = str.maketrans(_ONE_WAY | _SPACES)
# Left out before decomposition, which makes a space of some of them.
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´′＇", ""))
# Accents of Latin, Greek and Cyrillic letters; vowel signs of other scripts tell names apart and stay.
_ACCENTS = re.compile("[\u0300-\u036f]")
_REMARK = re.compile(r"(.*\S)\s*\(([^()]*)\)", re.DOTALL)
_PARTS = re.compile(r"[-‐‑‒–—―−.]+")

Keys = list[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Reading:
    """A name as it was written, taken apart.

    Attributes
    ----------
    units : tuple of str
        What stands between spaces, given names first: "Bak Jensen, Ida" is read as Ida Bak Jensen.
    given : int or None
        How many units are given names; None without a comma, which alone tells it.
    remark : str
        Text of a parenthesis at the end, such as "IT"; "" without one.
    sides : tuple of str
        The texts before and after the one comma, or nothing.
    """

    units: tuple[str, ...]
    given: int | None
    remark: str
    sides: tuple[str, ...]

    @cached_property
    def folded(self) -> list[list[str]]:
        """The units in every spelling that counts as the same: one list per way of writing æ, ø, å, ä, ö, ü."""
        return [[_plain(unit) for unit in text.split("\n")] for text in _each_way("\n".join(self.units))]

    @cached_property
    def strict(self) -> list[list[str]]:
        """The units with only the difference of upper and lower case taken away."""
        text = "\n".join(self.units).casefold()
        return [(text if text.isascii() else unicodedata.normalize("NFC", text)).split("\n")]

    def written(self, loose: bool) -> Keys:
        """Return the keys of the name in the order First Last."""
        spellings = self.folded if loose else self.strict
        return [key for units in spellings if (key := (_joined(units),)) != ("",)]

    @property
    def cuts(self) -> Sequence[int]:
        """Where the given names may end: after how many units. Never within a hyphenated name."""
        return range(1, len(self.units)) if self.given is None else [self.given]

    def parts(self, cut: int) -> set[str]:
        """Return the two sides of a cut, folded in every way."""
        return {_joined(side) for units in self.folded for side in (units[:cut], units[cut:])}

    def turned(self, loose: bool, cuts: Iterable[int], last_first: bool) -> Keys:
        """Return the keys (family, given) of a name cut in these places, itself written First Last or Last First."""
        spellings = self.folded if loose else self.strict
        sides = [(_joined(units[:at]), _joined(units[at:])) for units in spellings for at in cuts]
        return [(a, b) if last_first else (b, a) for a, b in sides if a and b]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The units cut at hyphens and dots, as written: "J.-P. Hansen" gives J, P and Hansen."""
        return tuple(word for unit in self.units for word in _PARTS.split(unit) if word)

    @cached_property
    def given_words(self) -> int:
        """How many words are surely no family names: all but the last if no comma tells."""
        if self.given is None:
            return len(self.words) - 1
        return sum(1 for unit in self.units[: self.given] for word in _PARTS.split(unit) if word)


def as_typed(text: str) -> str:
    r"""Return a typed text as it is remembered: stripped, one form per letter (`plain`), one kind of line end.

    Examples
    --------
    >>> as_typed(" Ida\r\nBo ")
    'Ida\nBo'
    """
    return plain(text.replace("\r\n", "\n").replace("\r", "\n"))


def read(text: str) -> Reading:
    """Take a name apart.

    Examples
    --------
    >>> read("Bak Jensen, Ida (IT)").units
    ('Ida', 'Bak', 'Jensen')
    >>> read("Bak Jensen, Ida (IT)").remark
    'IT'
    """
    bare, remarks = _visible(text), list[str]()
    while match := _REMARK.fullmatch(bare):
        bare = match[1]
        remarks.insert(0, match[2].strip())
    bare = bare.strip(" ,;")
    if bare.count(",") != 1:
        return Reading(tuple(bare.split()), None, " ".join(remarks), ())
    last, first = (side.strip() for side in bare.split(","))
    given = first.split()
    return Reading((*given, *last.split()), len(given), " ".join(remarks), (last, first))


def folded(text: str) -> str:
    """Return a text without case, accents, hyphens and dots, in one spelling.

    Examples
    --------
    >>> folded("Bo Ågård-Møller")
    'bo agard moller'
    """
    return _plain(_LETTER.sub(lambda letter: _TWO_WAYS[letter[0]][0], _decomposed(_visible(text))))


def spellings(word: str) -> frozenset[str]:
    """Return every spelling that counts as the same as one word.

    Examples
    --------
    >>> sorted(spellings("Søs"))
    ['soes', 'sos']
    """
    return frozenset(_joined(units) for units in Reading((word,), None, "", ()).folded)


def in_one_case(text: str) -> str:
    """Return a text as one sees it, in one case: how it was spelled and punctuated is left."""
    return unicodedata.normalize("NFC", _visible(text).casefold())


def _visible(text: str) -> str:
    """Leave out what no reader sees: zero-width and direction marks, more than one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", "".join(_seen(text)))
    return " ".join(text.split())


def _seen(text: str) -> Iterator[str]:
    return (letter for letter in text if unicodedata.category(letter) != "Cf")


def _decomposed(text: str) -> str:
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _each_way(text: str) -> list[str]:
    """Return a text with every letter of two ways written in each of them.

    In a text with very many such letters the same letter is written the same way throughout.
    """
    text = _decomposed(text)
    if text.isascii():
        return [text]
    *parts, end = _LETTER.split(text)
    found = _LETTER.findall(text)
    ways: Iterator[tuple[str, ...]] = product(*(_TWO_WAYS[letter] for letter in found))
    if len(found) > _MIXED:
        kinds = sorted(set(found))
        chosen = (dict(zip(kinds, way, strict=True)) for way in product(*(_TWO_WAYS[kind] for kind in kinds)))
        ways = (tuple(way[letter] for letter in found) for way in chosen)
    return ["".join(a + b for a, b in zip(parts, way, strict=True)) + end for way in ways]


def _plain(text: str) -> str:
    if not text.isascii():
        text = _ACCENTS.sub("", text)
    return " ".join(text.translate(_TABLE).split())


def _joined(units: list[str]) -> str:
    return " ".join(filter(None, units))
