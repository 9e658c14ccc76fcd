"""Who on the roster is spelled most like a text: shown to the person who decides, never used to decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from netlearn.survey.names_fold import folded

SHOWN = 3
# Under a quarter of the pairs of letters in common, a name is no help to the reader.
_LEAST = 0.25


class Alike:
    """Similarity of texts to the people of a roster: the share of pairs of letters in common (Dice).

    Pairs are counted within words, so that the order of the words does not matter. One sum over a small table per
    text takes the place of a package for fuzzy matching, because nothing is ever matched by it.

    Parameters
    ----------
    spellings : sequence of sequences of str
        Every text that stands for a person; the first is the name.
    ids : sequence of str
        Tells people of one name apart, so that the order of the roster plays no part; may be empty.
    """

    def __init__(self, spellings: Sequence[Sequence[str]], ids: Sequence[str]) -> None:
        marks = [(folded(texts[0]), texts[0], ids[at] if ids else "") for at, texts in enumerate(spellings)]
        self._order = sorted(range(len(marks)), key=lambda person: marks[person])
        self._rank = {person: at for at, person in enumerate(self._order)}
        found = [_pairs(text) for person in self._order for text in spellings[person]]
        self._row = {pair: at for at, pair in enumerate(sorted(set().union(*found)))}
        self._has = np.zeros((len(self._row), len(found)), dtype=np.int16)
        for column, pairs in enumerate(found):
            self._has[[self._row[pair] for pair in pairs], column] = 1
        self._sizes = np.array([len(pairs) for pairs in found], dtype=np.int64)
        self._later = np.arange(len(self._order)) * 1e-12
        counts = [len(spellings[person]) for person in self._order]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.array([], dtype=np.int64)

    def best(self, text: str, among: Collection[int] = ()) -> tuple[int, ...]:
        """Return up to three people, the most alike first; of `among` only, if any are given."""
        if not self._order:
            return ()
        score = self._scores(text)
        if among:
            ranks = sorted(self._rank[person] for person in among)
            ranks.sort(key=lambda rank: -score[rank])
            return tuple(self._order[rank] for rank in ranks[:SHOWN])
        first = np.argpartition(-score, SHOWN)[:SHOWN] if len(score) > SHOWN else np.arange(len(score))
        ranks = sorted(first.tolist(), key=lambda rank: -score[rank])
        return tuple(self._order[rank] for rank in ranks if score[rank] >= _LEAST)

    def _scores(self, text: str) -> NDArray[np.float64]:
        pairs = _pairs(text)
        rows = [self._row[pair] for pair in pairs if pair in self._row]
        shared = self._has[rows].sum(axis=0, dtype=np.int16)
        dice = 2.0 * shared / np.maximum(self._sizes + len(pairs), 1)
        # Of people who are equally alike, the first in order.
        return np.maximum.reduceat(dice, self._starts) - self._later


def _pairs(text: str) -> set[str]:
    padded = [f" {word} " for word in folded(text).split()]
    return {word[at : at + 2] for word in padded for at in range(len(word) - 1)}
