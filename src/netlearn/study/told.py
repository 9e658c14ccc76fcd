"""Told: a result that says itself, in a sentence of either language and in a notebook with its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, get_args

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.wording import Language
from netlearn.wording.shown import Shown
from netlearn.wording.terms import scale, unit


class Told(Shown):
    """What every result can do; a class says which words and which tables are its own.

    Attributes
    ----------
    words : function of the result and a language
    shown : names of the tables that a notebook shows under the sentence
    finding_words, verdict_words : functions of the result and a language
        The finding alone and the verdict alone, as they stand in the sentence.
    """

    words: ClassVar[Callable[[Any, Language], str]]
    shown: ClassVar[tuple[str, ...]] = ("table",)
    finding_words: ClassVar[Callable[[Any, Language], str] | None] = None
    verdict_words: ClassVar[Callable[[Any, Language], str] | None] = None

    def sentence(self, language: Language = "en") -> str:
        """Say the result in words: how much, how sure, under which null, and what it may not be called.

        Parameters
        ----------
        language : "en" or "da"

        Raises
        ------
        NetlearnError
            Another language.
        """
        if language not in get_args(Language):
            raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {language!r}.")
        return type(self).words(self, language)

    def headline(self, language: Language = "en") -> tuple[str, str, str]:
        """Return the sentence in three: the finding, the verdict, and the rest; "" where a class does not part them."""
        rest = self.sentence(language)
        parted = []
        for words in (type(self).finding_words, type(self).verdict_words):
            parted.append("" if words is None else words(self, language))
            rest = rest.replace(parted[-1], "", 1) if parted[-1] else rest
        return parted[0], parted[1], " ".join(rest.split(" ")).replace("  ", " ").strip()

    def __repr__(self) -> str:
        return self.sentence("en")

    def _says(self, language: Language) -> str:
        return self.sentence(language)

    def _shows(self, language: Language) -> Iterable[Any]:
        return [(name, told_in_units(self, getattr(self, name), language)) for name in self.shown]


def told_in_units(result: Any, frame: pd.DataFrame, language: Language = "en") -> pd.DataFrame:
    """Return a table of a change in the units that its sentence is told in; one that names its own stays."""
    if "unit" in frame.columns or not hasattr(result, "natural"):
        return frame
    factor, key = scale(result)
    numbers = [name for name in ("estimate", "se", "low", "high") if name in frame.columns]
    return frame.assign(**{name: frame[name] * factor for name in numbers}, unit=unit(key, language))
