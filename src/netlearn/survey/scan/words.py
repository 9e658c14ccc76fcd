"""What must not stand in a file that is handed on: names as people write them, and what else tells who it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.names_fold import folded, read, spellings
from netlearn.survey.table import Tables

Kind = Literal["name", "email", "key", "part", "initials"]

_WORD = re.compile(r"[^\W_]+")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
# Shorter parts of names are words of many languages: they count as they are spelled only.
_SHORT, _GLUED = 3, 6
# p001 is what results show instead of a person, c001 instead of somebody on an attendance list.
_RESULT_CODE = re.compile(r"[pc]\d{3,}")
_OWN_ROOMS = ("wording", "report", "figures", "analysis", "measures", "inference")


@dataclass(frozen=True)
class Sought:
    """Words in a row that tell who somebody is.

    Attributes
    ----------
    tokens : tuple of str
        Folded.
    kind : str
    row : int
        Row of the roster, or of `file`.
    exact : str
        How it must be spelled; "" = in any way.
    cased : bool
        Whether upper and lower case must be the same too.
    single : bool
        Whether it may be an ordinary word.
    file : str
        The list of people that are not on the roster; "" = the roster.
    """

    tokens: tuple[str, ...]
    kind: Kind
    row: int
    exact: str = ""
    cased: bool = False
    single: bool = False
    file: str = ""


@dataclass(eq=False)
class Sensitive:
    """Everything that is looked for.

    Attributes
    ----------
    roster : str
        Name of the roster file.
    first : mapping token -> list of Sought
        By their first word.
    words : mapping token -> set of (row, number of the name, number of the word)
        Two different words of one name, side by side, are a full name.
    ordinary : set of str
        Words that netlearn itself, the study file or a department uses.
    unsearchable : int
        Keys too short to be told from other numbers.
    unsearchable_others : mapping file -> int
        Such ids in the lists of people who are not on the roster.
    """

    roster: str
    first: dict[str, list[Sought]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, set[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(set))
    ordinary: frozenset[str] = frozenset()
    unsearchable: int = 0
    unsearchable_others: dict[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> set[str]:
        """Every word that can be part of a find."""
        return {token for many in self.first.values() for one in many for token in one.tokens} | set(
            self.words
        )

    def add_name(self, text: str, row: int, number: int) -> None:
        """Look for a name: two of its words side by side in any order, glued together, and each word alone."""
        words = [word for unit in read(text).words for word in _WORD.findall(unit)]
        capital = any(word[0].isupper() for word in words)
        # "von" and "de" are nobody's name, and two of them are none either.
        small = {word for word in words if capital and word[0].islower()}
        for at, word in enumerate(words):
            for form in _forms(word):
                self.words[form].add((row, number, -1 if word in small else at))
        for text_of_two in (
            {"".join(words), words[0] + words[-1], words[-1] + words[0]} if len(words) > 1 else ()
        ):
            for form in spellings(text_of_two):
                if len(form) >= _GLUED:
                    self._add(Sought((form,), "name", row))
        for word in dict.fromkeys(words):
            if len(word) > 1 and not word.isdigit() and word not in small:
                self._add_part(word, row, "part")

    def add_email(self, text: str, row: int) -> None:
        """Look for an address, and for what stands before its @."""
        local, _, _ = text.partition("@")
        for part in dict.fromkeys([text, local]):
            tokens = _tokens(part)
            if len(tokens) > 1:
                self._add(Sought(tokens, "email", row, exact=part))
            elif tokens:
                self._add_part(part, row, "email")

    def add_key(self, text: str, row: int) -> None:
        """Look for a key or an id that can be told from other numbers and words."""
        if _is_short(text):
            self.unsearchable += 1
        elif text.isalpha():
            self._add_part(text, row, "key")
        elif tokens := _tokens(text):
            self._add(Sought(tokens, "key", row, exact=text))

    def add_other(self, text: str, row: int, file: str) -> None:
        """Look for what somebody who is not on the roster is called in a list: a number, or a name as it is written."""
        if _is_short(text):
            self.unsearchable_others[file] = self.unsearchable_others.get(file, 0) + 1
        elif tokens := _tokens(text):
            self._add(Sought(tokens, "key", row, exact=text, single=text.isalpha(), file=file))

    def add_initials(self, text: str, row: int) -> None:
        """Look for listed initials, as they are listed."""
        if len(text) > 1 and (tokens := _tokens(text)):
            self._add(Sought(tokens, "initials", row, exact=text, cased=True, single=True))

    def _add_part(self, word: str, row: int, kind: Kind) -> None:
        if len(word) < _SHORT:
            self._add(Sought(_tokens(word), kind, row, exact=word, cased=True, single=True))
            return
        for form in _forms(word):
            self._add(Sought((form,), kind, row, single=True))

    def _add(self, sought: Sought) -> None:
        if sought.tokens:
            self.first[sought.tokens[0]].append(sought)


def sensitive_words(study: Study) -> Sensitive:
    """Return what may not stand in any output of a study.

    Raises
    ------
    StudyError
        The roster, or the list of who could take part in something, cannot be read.
    """
    findings = Findings()
    table = Tables(study, findings).get(study.roster.file)
    findings.raise_faults(study.language)
    if table is None:
        raise NetlearnError(f"{study.roster.file} cannot be read.")
    found = of_table(study, table)
    add_others(found, study, findings)
    findings.raise_faults(study.language)
    return found


def add_others(found: Sensitive, study: Study, findings: Findings) -> None:
    """Look also for the people of attendance lists who are not staff, by the column that tells who they are.

    No other column of their file is ever read.
    """
    tables = Tables(study, findings)
    named = ((plan.people, plan.person) for plan in study.attendance if plan.of == "others" and plan.people)
    for file, column in dict.fromkeys(named):
        table = tables.get(file)
        if table is not None:
            for row, text in zip(table.numbers, _cells(table, column), strict=True):
                if plain(text):
                    found.add_other(plain(text), row, file)


def of_table(study: Study, table: RawTable) -> Sensitive:
    """Return what may not stand in any output, from the rows of a roster; columns need not be there."""
    plan = study.roster
    departments = {
        cell for name in (plan.department, *plan.departments.values()) for cell in _cells(table, name)
    }
    found = Sensitive(table.file, ordinary=_package_words() | _study_words(study) | _all_tokens(departments))
    columns = [
        _cells(table, name)
        for name in (plan.id, plan.name, plan.aliases, plan.email, plan.key, plan.initials)
    ]
    for row, *cells in zip(table.numbers, *columns, strict=True):
        person, name, aliases, email, key, initials = cells
        for number, text in enumerate([name, *aliases.split(";")]):
            if text.strip():
                found.add_name(text, row, number)
        for text in dict.fromkeys([person, key]):
            if "@" in text:
                found.add_email(text, row)
            elif text:
                found.add_key(text, row)
        if email:
            found.add_email(email, row)
        found.add_initials(initials, row)
    return found


def _is_short(key: str) -> bool:
    """Tell whether a key or id cannot be told from other numbers and words, or from the codes of results."""
    return len(key) < (6 if key.isdigit() else 4) or _RESULT_CODE.fullmatch(key.casefold()) is not None


def _cells(table: RawTable, name: str | None) -> list[str]:
    return table.column(name) if name is not None and name in table.place else [""] * len(table.rows)


def _forms(word: str) -> Iterator[str]:
    """Every spelling of a word, and its genitive."""
    for form in spellings(word):
        if form:
            yield form
            if len(form) >= _SHORT and not form.endswith("s"):
                yield f"{form}s"


def whole_numbers(text: str) -> str:
    """Return a text in which a number with a decimal point is one word, so that no part of it looks like a key.

    Examples
    --------
    >>> whole_numbers("at 0.123456. 7")
    'at 00123456. 7'
    """
    return _POINT.sub("0", text)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token for word in _WORD.findall(whole_numbers(text)) if (token := folded(word)))


def _all_tokens(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in _tokens(text))


def _study_words(study: Study) -> frozenset[str]:
    """Words of the study file; a comment in it is the place to say that a word is ordinary."""
    path = study.folder / "study.toml"
    texts = [path.read_text(encoding="utf-8-sig", errors="replace")] if path.is_file() else []
    texts += [study.title, *(r.title for r in study.relations), *(w.title for w in study.waves)]
    return _all_tokens(texts)


@cache
def _package_words() -> frozenset[str]:
    """Words of netlearn's own texts, from the files that hold them."""
    root = files("netlearn")
    return _all_tokens(text for room in _OWN_ROOMS for text in _texts(root / room))


def _texts(place: Traversable) -> Iterator[str]:
    for inner in place.iterdir():
        if inner.is_dir() and not inner.name.startswith("__"):
            yield from _texts(inner)
        elif inner.name.endswith((".py", ".html", ".css", ".toml")):
            yield inner.read_text(encoding="utf-8")
