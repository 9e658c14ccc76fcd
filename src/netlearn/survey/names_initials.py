"""The initials rule: "Jens P. Hansen" is Jens Peter Hansen, if nobody else can be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netlearn.survey.names_fold import Reading, spellings

# "JP Hansen"; four capitals are rather a short name or a department.
_JOINED = (2, 3)


class Word(NamedTuple):
    """A word in every spelling that counts as the same, and whether it is a single letter."""

    forms: frozenset[str]
    initial: bool


class Listed(NamedTuple):
    """A name of the roster: whose, its words, and how many of them may be abbreviated."""

    person: int
    words: tuple[Word, ...]
    given: int


class Initials:
    """The names of a roster by their last word.

    Parameters
    ----------
    names : iterable of (person, Reading)
        Every name and alias.
    """

    def __init__(self, names: Iterable[tuple[int, Reading]]) -> None:
        self._by_last: dict[str, list[Listed]] = defaultdict(list)
        self._longest = 0
        for person, reading in names:
            if words := _words(reading.words):
                listed = Listed(person, words, reading.given_words)
                self._longest = max(self._longest, len(words))
                for form in words[-1].forms:
                    self._by_last[form].append(listed)

    def find(self, typed: Reading) -> tuple[set[int], set[int]]:
        """Return the people whose name is abbreviated so, and all who could be meant.

        The first are those with as many words, each written out or (given names only) as its initial. The second
        also count those of whose given names some were left out: "J. Hansen" may mean Jens Peter Hansen. Middle
        names that the roster does not know are not guessed.
        """
        fitting: set[int] = set()
        meant: set[int] = set()
        if len(typed.words) > self._longest:
            return fitting, meant
        for texts in _readings(typed.words):
            if not any(len(text) == 1 for text in texts[:-1]):
                continue
            words = _words(texts)
            for listed in {one for form in words[-1].forms for one in self._by_last.get(form, ())}:
                if _fits(words, listed):
                    fitting.add(listed.person)
                if _may_mean(words, listed.words):
                    meant.add(listed.person)
        return fitting, fitting | meant


def _words(texts: Sequence[str]) -> tuple[Word, ...]:
    return tuple(Word(forms, len(text) == 1) for text in texts if (forms := spellings(text)) != {""})


def _readings(texts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words as they are, and with joined capitals taken apart.

    Not where all is in capitals: "BO HANSEN" is Bo Hansen.
    """
    if not texts or texts[-1].isupper():
        return [texts]
    apart: list[str] = []
    for text in texts[:-1]:
        joined = text.isalpha() and text.isupper() and _JOINED[0] <= len(text) <= _JOINED[1]
        apart += list(text) if joined else [text]
    return list(dict.fromkeys([texts, (*apart, texts[-1])]))


def _fits(typed: Sequence[Word], listed: Listed) -> bool:
    if len(typed) != len(listed.words):
        return False
    pairs = enumerate(zip(typed, listed.words, strict=True))
    return all(
        a.forms & b.forms or (a.initial and at < listed.given and _begins(a, b)) for at, (a, b) in pairs
    )


def _may_mean(typed: Sequence[Word], words: Sequence[Word]) -> bool:
    """Tell whether the words stand in the name in this order, whatever stands between them before the last."""
    if not typed[-1].forms & words[-1].forms:
        return False
    left = iter(words[:-1])
    return all(any(_alike(a, b) for b in left) for a in typed[:-1])


def _alike(a: Word, b: Word) -> bool:
    return bool(a.forms & b.forms) or (a.initial and _begins(a, b)) or (b.initial and _begins(b, a))


def _begins(initial: Word, word: Word) -> bool:
    return any(form.startswith(tuple(initial.forms)) for form in word.forms)
