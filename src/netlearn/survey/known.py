"""Known: who is meant by an id or a typed name, and the names that a person must decide about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from netlearn.study.rawtable import plain
from netlearn.study.roster import Roster
from netlearn.survey.names import Directory
from netlearn.survey.names_file import OUTSIDE_WORD, Unresolved, candidate
from netlearn.survey.names_fold import as_typed, folded


@dataclass(frozen=True)
class Found:
    """Who is meant: a place in the roster, or None; by which rule; up to three candidates where nobody is."""

    person: int | None
    rule: str
    candidates: tuple[int, ...] = ()


_LIKE = 0.65
"""From here on a spelling may be a slip of the pen."""
_SEVERAL = re.compile(r"[,;/&\n]| og | and ")


class Known:
    """Finds people by id, by the decisions of the user, and by the rules for names.

    Parameters
    ----------
    roster : Roster
    decisions : mapping text -> id or "outside"
        What the user wrote into `names_to_check.csv`.

    Attributes
    ----------
    unresolved : dict text -> Unresolved
        Names that were met and not resolved.
    """

    def __init__(self, roster: Roster, decisions: Mapping[str, str]) -> None:
        self._roster, self._decisions = roster, decisions
        self.unresolved: dict[str, Unresolved] = {}
        self._met: dict[str, Found] = {}

    @property
    def has_names(self) -> bool:
        """Whether the roster tells what people are called, be it in their ids."""
        roster = self._roster
        return bool(roster.names or roster.emails or roster.initials or roster.aliases or self._ids_are_names)

    @cached_property
    def _ids_are_names(self) -> bool:
        return any(" " in text or "@" in text for text in self._roster.by_id)

    @cached_property
    def directory(self) -> Directory:
        """The names of the roster, ready for matching."""
        roster = self._roster
        ids = sorted(roster.by_id, key=lambda text: roster.by_id[text])
        names = roster.names or ("",) * roster.n
        return Directory.of(names, roster.aliases, roster.emails, roster.initials, ids)

    def find(self, text: str) -> Found:
        """Return who a text means; nothing is guessed."""
        text = plain(text)
        if text not in self._met:
            self._met[text] = self._find(text)
        return self._met[text]

    def _find(self, text: str) -> Found:
        if text in self._roster.by_id:
            return Found(self._roster.by_id[text], "id")
        if (decided := self._decisions.get(as_typed(text))) is not None:
            return Found(self._roster.by_id.get(decided), "decided" if decided != OUTSIDE_WORD else "outside")
        if not self.has_names:
            return Found(None, "unresolved")
        match = self.directory.match(text)
        return Found(match.person, match.rule, match.candidates)

    def ask(self, file: str, row: int, column: str, text: str) -> None:
        """Remember a name for the user to decide about."""
        text = plain(text)
        if text not in self.unresolved:
            self.unresolved[text] = Unresolved(
                file, row, column, text, self._shown(self.find(text).candidates)
            )

    def _shown(self, people: tuple[int, ...]) -> tuple[str, ...]:
        ids = {place: text for text, place in self._roster.by_id.items()}
        names = self._roster.names or ("",) * self._roster.n
        return tuple(candidate(ids[person], names[person]) for person in people)

    def may_mean(self, text: str) -> tuple[int, ...]:
        """Return everybody whom a text that no rule resolves may mean.

        Those are the people who are called alike, and all people where it may hold several names.
        """
        met = self.find(text)
        if met.rule != "unresolved":
            return ()
        if _SEVERAL.search(text):
            return tuple(range(self._roster.n))
        mine = folded(text)
        found = set[int]().union(*(self._by_word.get(word, ()) for word in mine.split()))
        found |= {person for person in met.candidates if self._is_like(mine, person)}
        return tuple(sorted(found))

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        """The people who are called by each word."""
        found: dict[str, set[int]] = {}
        for person in range(self._roster.n):
            for word in {word for name in self._called(person) for word in name.split()}:
                found.setdefault(word, set()).add(person)
        return found

    def _is_like(self, text: str, person: int) -> bool:
        """Tell whether somebody is called nearly so."""
        return any(SequenceMatcher(None, text, name).ratio() >= _LIKE for name in self._called(person))

    def _called(self, person: int) -> list[str]:
        names = (self._roster.names[person] if self._roster.names else "", *self._aliases(person))
        return [folded(name) for name in names if name]

    def _aliases(self, person: int) -> tuple[str, ...]:
        return self._roster.aliases[person] if self._roster.aliases else ()

    def split(self, text: str) -> list[str]:
        """Cut a cell in which several names or ids were typed."""
        if self.has_names:
            return self.directory.split(text)
        return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]

    def split_joined(self, text: str, separator: str) -> list[str]:
        """Cut chosen names that a tool joined; one piece where it cannot be told where names end."""
        parts = [part.strip() for part in text.split(separator)]
        whole = self.directory.split_joined(text, separator) if self.has_names else parts
        if whole is None and all(self.find(part).person is not None for part in parts):
            return parts
        return [text] if whole is None else whole
