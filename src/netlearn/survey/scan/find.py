"""Find what is looked for in a text: words first, which is fast; then, where any is met, what stands around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from netlearn.survey.names_fold import spellings
from netlearn.survey.scan.words import Kind, Sensitive, Sought, whole_numbers

# Bytes of words: letters, digits, and every byte of a letter that is not ASCII.
_LETTERS = rb"0-9A-Za-z\x80-\xff"
_INSIDE, _A_WORD = re.compile(rb"[%b]" % _LETTERS), re.compile(rb"[%b]+" % _LETTERS)
_TO_WORDS = bytes(at if at >= 128 or chr(at).isalnum() else 32 for at in range(256))
_NO_WORD = re.compile(r"[^\x00-\x7f\w\u0300-\u036f]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Between two words of one name: spaces, a comma or the like, one line end, an initial; no empty line.
_BETWEEN = re.compile(
    rb"[^\S\n]*(?:\n?[^\S\n]*[^%b\s]{0,4}|[^%b\s]{0,4}[^\S\n]*\n)[^\S\n]*(?:[A-Za-z\x80-\xff]{1,2}[.]?[^\S\n]+)?"
    % (_LETTERS, _LETTERS)
)
_FARTHEST, _LINE = 200, 2000
_MANY = 40
_AFTER_COMMA, _BEFORE_COMMA = re.compile(rb"\d,$"), re.compile(rb",\d")


class Hit(NamedTuple):
    """Where something was found.

    Attributes
    ----------
    kind : str
    row : int
        Row of the roster, or of `file`.
    line : int
        Line of the text, from 1.
    ordinary : bool
        Whether it is also a word that may stand there.
    file : str
        The list of people that are not on the roster; "" = the roster.
    """

    kind: Kind
    row: int
    line: int
    ordinary: bool = False
    file: str = ""


class _Met(NamedTuple):
    start: int
    end: int
    token: str


# A find, and its words.
_Found = tuple[Hit, list[_Met]]


class Finder:
    """Looks for the words of a roster in texts.

    Parameters
    ----------
    sensitive : Sensitive
        What is looked for.
    """

    def __init__(self, sensitive: Sensitive) -> None:
        self._sensitive = sensitive
        self._whole: dict[str, list[Sought]] = {}
        self._alone: dict[str, list[Sought]] = {}
        for token, many in sensitive.first.items():
            self._whole[token] = [one for one in many if not one.single]
            self._alone[token] = [one for one in many if one.single]
        self._of_two: dict[tuple[str, str], tuple[int, ...]] = {}

    @cached_property
    def _tokens(self) -> set[str]:
        return self._sensitive.tokens

    @cached_property
    def _plain(self) -> set[bytes]:
        return {token.encode() for token in self._tokens}

    def find(self, text: str) -> list[Hit]:
        """Return where each person is first found in a text by each kind of find, in the order of the text."""
        if not text.isascii():
            text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
            text = _NO_WORD.sub(" ", text)
        data = whole_numbers(text).encode("utf-8", errors="replace")
        low = data.lower()
        found = set(low.translate(_TO_WORDS).split())
        met = {word: word.decode() for word in found & self._plain}
        for word in found:
            if not word.isascii():
                forms = spellings(word.decode("utf-8", errors="replace")) & self._tokens
                if forms:
                    met[word] = min(forms)
        if not met:
            return []
        run = list(_places(low, met))
        whole = [*self._sequences(data, run), *self._pairs(data, run)]
        # Where somebody is told as a whole, the same words need not be told as parts.
        covered = {one.token for _, span in whole for one in span}
        return _with_lines([*whole, *self._singles(data, run, covered)], data)

    def _sequences(self, data: bytes, run: list[_Met]) -> Iterator[_Found]:
        """Find addresses, keys, names written as one word: whatever is more than an ordinary word."""
        said: set[Sought] = set()
        for at, met in enumerate(run):
            for sought in self._whole.get(met.token, ()):
                if sought not in said and (span := _span(data, run, at, sought)):
                    said.add(sought)
                    yield Hit(sought.kind, sought.row, 0, file=sought.file), span

    def _pairs(self, data: bytes, run: list[_Met]) -> Iterator[_Found]:
        """Find two different words of one name side by side."""
        said: set[tuple[str, str]] = set()
        for one, two in pairwise(run):
            if two.start - one.end > _FARTHEST or (one.token, two.token) in said:
                continue
            rows = self._named_by(one.token, two.token)
            if rows and _BETWEEN.fullmatch(data, one.end, two.start):
                said.add((one.token, two.token))
                for row in rows:
                    yield Hit("name", row, 0), [one, two]

    def _named_by(self, one: str, two: str) -> tuple[int, ...]:
        """Return the rows of people in one of whose names these are two different words."""
        if (one, two) not in self._of_two:
            words = self._sensitive.words
            second = {(row, name): set[int]() for row, name, _ in words.get(two, ())}
            for row, name, word in words.get(two, ()):
                second[row, name].add(word)
            rows = {row for row, name, word in words.get(one, ()) if second.get((row, name), {word}) - {word}}
            self._of_two[one, two] = tuple(sorted(rows))
        return self._of_two[one, two]

    def _singles(self, data: bytes, run: list[_Met], covered: set[str]) -> Iterator[_Found]:
        """Find parts of names and initials, which may also be ordinary words; of namesakes the first row."""
        said = set(covered)
        for at, met in enumerate(run):
            if met.token in said:
                continue
            kinds = set()
            for sought in self._alone.get(met.token, ()):
                if sought.kind not in kinds and (span := _span(data, run, at, sought)):
                    kinds.add(sought.kind)
                    said.add(met.token)
                    ordinary = all(self._is_ordinary(token) for token in sought.tokens)
                    yield Hit(sought.kind, sought.row, 0, ordinary, sought.file), span

    def _is_ordinary(self, token: str) -> bool:
        words = self._sensitive.ordinary
        return token in words or (token.endswith("s") and token[:-1] in words)


def _places(low: bytes, met: dict[bytes, str]) -> Iterator[_Met]:
    """Return where the words stand, in order: few words are looked for one by one, many in one go."""
    if len(met) > _MANY:
        for match in _A_WORD.finditer(low):
            if (token := met.get(match[0])) is not None:
                yield _Met(match.start(), match.end(), token)
        return
    found = []
    for word, token in met.items():
        start = low.find(word)
        while start >= 0:
            end = start + len(word)
            if not _INSIDE.match(low, end) and not (start and _INSIDE.match(low, start - 1)):
                found.append(_Met(start, end, token))
            start = low.find(word, end)
    yield from sorted(found)


def _span(data: bytes, run: list[_Met], at: int, sought: Sought) -> list[_Met]:
    """Return the words from here on if they are what is looked for, else nothing."""
    span = run[at : at + len(sought.tokens)]
    same = len(span) == len(sought.tokens) and all(
        one.token == token for one, token in zip(span, sought.tokens, strict=True)
    )
    return span if same and _is_spelled(data, span, sought) else []


def _is_spelled(data: bytes, span: list[_Met], sought: Sought) -> bool:
    """Tell whether a find is spelled as it must be, and whether a number is a whole one."""
    if not sought.exact:
        return True
    start, end = span[0].start, span[-1].end
    if sought.exact.isdigit() and _is_fraction(data, start, end):
        return False
    text = whole_numbers(data[start:end].decode("utf-8", errors="replace"))
    exact = whole_numbers(unicodedata.normalize("NFC", sought.exact))
    return exact == text if sought.cased else exact.casefold() == text.casefold()


def _is_fraction(data: bytes, start: int, end: int) -> bool:
    """Tell whether a comma makes the digits a part of a number: not in a line whose cells are parted by commas."""
    if not _AFTER_COMMA.search(data, max(start - 2, 0), start) and not _BEFORE_COMMA.match(
        data, end, end + 2
    ):
        return False
    before, after = data[max(start - _LINE, 0) : start], data[end : end + _LINE]
    line = before[before.rfind(b"\n") + 1 :] + after.partition(b"\n")[0]
    return b";" in line or b"<" in line


def _with_lines(found: list[_Found], data: bytes) -> list[Hit]:
    first: dict[Hit, int] = {}
    for hit, span in sorted(found, key=lambda each: each[1]):
        first.setdefault(hit, span[0].start)
    hits, line, seen = [], 1, 0
    for hit, start in first.items():
        line += data.count(b"\n", seen, start)
        seen = start
        hits.append(hit._replace(line=line))
    return hits
