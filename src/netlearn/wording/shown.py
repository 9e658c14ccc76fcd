"""Shown: how every value of netlearn looks in a notebook: a line, its facts, and its tables in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import Any, ClassVar

from netlearn.wording import Language
from netlearn.wording.cells import cell, frame_html, is_p, table_html
from netlearn.wording.numbers import HARD_SPACE, NONE, bare_p, count, digits_for, interval
from netlearn.wording.sentences import escape
from netlearn.wording.terms import pick

LONGEST = 160  # characters of a text among the facts, and of a line
FEW = 8  # numbers, or texts of a plan, that are listed rather than counted
_LISTED = (
    "waves",
    "labels",
    "reasons",
    "guards",
    "separated",
)  # words of netlearn and of the study, never of people
_SAID = {
    "entry": ("entry", "post"),
    "entries": ("entries", "poster"),
    "rows": ("rows", "rækker"),
    "columns": ("columns", "kolonner"),
    "numbers": ("numbers", "tal"),
    "interval": ("interval", "interval"),
}


class Shown:
    """What every value can do in a notebook. A class says what is its own by a word, never by HTML.

    Texts are escaped; arrays, and whatever could list people, are counted and not listed.

    Attributes
    ----------
    _frames : names of the tables under the facts; what is None is left out
    _facts : names of the facts; None = every field of the dataclass, if it has no line of its own
    _plan : texts of its lists and mappings come from the study file and are listed
    """

    _frames: ClassVar[tuple[str, ...]] = ()
    _facts: ClassVar[tuple[str, ...] | None] = None
    _plan: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__repr__" not in vars(cls):  # else a dataclass writes one that lists everything
            cls.__repr__ = cls.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        if hasattr(self, "machine_tables"):  # a part of the results: its tables have few people left out
            return f"{type(self).__name__}: {', '.join(self.machine_tables())}"
        told = [f"{name} {text}" for name, text in facts_of(self, "en") if text != NONE]
        return _line(type(self).__name__, told)

    def _says(self, language: Language) -> str:
        """Return what stands first: its line, or only its name where the facts are a table below."""
        return type(self).__name__ if self._is_plain() else repr(self)

    def _is_plain(self) -> bool:
        return type(self).__repr__ is Shown.__repr__

    def _shows(self, language: Language) -> Iterable[Any]:
        """Give what stands under the facts: (name, frame), or something that shows itself."""
        if hasattr(self, "machine_tables"):
            return list(self.machine_tables().items())
        found = ((name, getattr(self, name)) for name in self._frames)
        return [(name, frame() if callable(frame) else frame) for name, frame in found if frame is not None]

    def _repr_html_(self) -> str:
        language = language_of(self)
        parts = [f"<p>{'<br>'.join(map(escape, self._says(language).splitlines()))}</p>"]
        facts = facts_of(self, language) if self._is_plain() or self._facts is not None else []
        if facts and not hasattr(self, "machine_tables"):
            parts.append(table_html("", (), facts, (False, False)))
        for one in self._shows(language):
            parts.append(
                frame_html(one[0], one[1], language) if isinstance(one, tuple) else one._repr_html_()
            )
        return "".join(parts)


class ShownPlan(Shown):
    """What comes from the study file: its short lists are shown whole, as nobody is in them."""

    _plan = True


def language_of(value: Any) -> Language:
    """Return the language of the study that a value knows, else English."""
    for holder in (value, getattr(value, "study", None), getattr(value, "data", None)):
        found = getattr(holder, "language", None)
        if found == "da":
            return "da"
    return "en"


def facts_of(value: Any, language: Language = "en") -> list[tuple[str, str]]:
    """Return the facts of a value in words, an interval beside what it is the interval of."""
    names = value._facts
    if names is None:
        names = tuple(field.name for field in fields(value)) if is_dataclass(value) else ()
    told = {name: getattr(value, name) for name in names}
    ends = _ends(told)
    beside = {name: _span(name, told, pair, language) for name, pair in ends.items()}
    hidden = {name for pair in ends.values() for name in pair}
    facts = []
    for name, one in told.items():
        if name not in hidden:
            text = fact(name, one, language, plan=value._plan)
            facts.append((_label(name), f"{text} ({beside[name]})" if name in beside else text))
        elif (
            name.endswith("low")
            and (whole := next(w for w, pair in ends.items() if name in pair)) not in told
        ):
            word = pick(_SAID["interval"], language)
            facts.append((" ".join(filter(None, (_label(name[:-3]), word))), beside[whole]))
    return facts


def _ends(told: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the names of the ends of each interval, by the name of what it is the interval of."""
    lows = [name for name in told if name.endswith("low") and f"{name[:-3]}high" in told]
    return {name[:-3].rstrip("_") or "estimate": (name, f"{name[:-3]}high") for name in lows}


def _span(name: str, told: Mapping[str, Any], pair: tuple[str, str], language: Language) -> str:
    low, high = (float(told[end]) for end in pair)
    if is_p(name):
        return f"{bare_p(low, language)} – {bare_p(high, language)}"
    return interval(low, high, language, digits_for(*(x for x in (low, high) if math.isfinite(x))))


def _label(name: str) -> str:
    """Return the name that a user writes in code and in the study file, as words."""
    return name.replace("_", " ").strip()


def fact(name: str, value: Any, language: Language = "en", *, plan: bool = False) -> str:
    """Return a value in words: a number in the reader's form, a list or a table by its size.

    Examples
    --------
    >>> fact("n", 1200), fact("ids", ("a", "b")).split(), fact("waves", ("before", "after")), fact("x", None)
    ('1,200', ['2', 'entries'], 'before, after', '–')
    """
    if isinstance(value, Shown):
        return _cut(repr(value).splitlines()[0])
    if isinstance(value, PurePath):
        return value.name
    if hasattr(value, "shape"):
        return _size(value, language)
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return _cut(cell(name, value, language)) or NONE
    few = [one for one in value if not isinstance(one, str) or plan or name in _LISTED]
    listed = len(few) == len(list(value)) <= FEW and all(isinstance(one, str | int | float) for one in few)
    if listed:
        return _cut(", ".join(cell(name, one, language) for one in few)) or NONE
    said = pick(_SAID["entry" if len(list(value)) == 1 else "entries"], language)
    return f"{count(len(list(value)), language)}{HARD_SPACE}{said}"


def _size(value: Any, language: Language) -> str:
    kinds = (
        ("rows", "columns") if hasattr(value, "columns") else ("",) * (len(value.shape) - 1) + ("numbers",)
    )
    sizes = [f"{count(n, language)}" for n in value.shape]
    return " × ".join(
        f"{n}{HARD_SPACE}{pick(_SAID[kind], language)}" if kind else n
        for n, kind in zip(sizes, kinds, strict=True)
    )


def _line(name: str, facts: list[str]) -> str:
    """Return as many facts as one line holds, none of them cut."""
    told = [f"{name}: {facts[0]}", *facts[1:]] if facts else [name]
    while len("; ".join(told)) > LONGEST and len(told) > 1:
        told.pop()
    return _cut("; ".join([*told, *(["…"] if len(told) < len(facts) else [])]), 2 * LONGEST)


def _cut(text: str, most: int = LONGEST) -> str:
    """Cut a long text between two words, so that no number loses digits."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
