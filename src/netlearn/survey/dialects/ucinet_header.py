"""The header of a DL file of UCINET: sizes, format and labels, phrase by phrase until the word "data"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from netlearn.survey.source import Source

Format = Literal["full", "lower", "upper", "edges", "nodes", "counted nodes", "edge array"]

_FORMATS: dict[str, tuple[Format, bool]] = {
    "fullmatrix": ("full", False),
    "fm": ("full", False),
    "lowerhalf": ("lower", False),
    "lh": ("lower", False),
    "upperhalf": ("upper", False),
    "uh": ("upper", False),
    "edgelist": ("edges", False),
    "edgelist1": ("edges", False),
    "el1": ("edges", False),
    "edgelist2": ("edges", True),
    "el2": ("edges", True),
    "nodelist": ("nodes", False),
    "nodelist1": ("nodes", False),
    "nl1": ("nodes", False),
    "nodelist2": ("nodes", True),
    "nl2": ("nodes", True),
    "nodelist1b": ("counted nodes", False),
    "nl1b": ("counted nodes", False),
    "edgearray": ("edge array", False),
    "edgearray1": ("edge array", False),
}
"""What each name of a format means, and whether it is meant for rows and columns of different kinds."""
FORMATS = ("fullmatrix", "lowerhalf", "upperhalf", "nodelist1", "edgelist1", "edgearray1")
_TOKEN = re.compile(r"\"([^\"]*)\"|'([^']*)'(?=[\s,=]|$)|([^\s,=]+)")
_GLUED = re.compile(r"(labels?|data|embedded):(.+)", re.IGNORECASE)
_PREFIX = {"row": "rows", "col": "columns", "column": "columns", "matrix": "matrices", "level": "matrices"}
_LABELS = ("labels", "label")
_WORDS = {"n", "nr", "nc", "nm", "format", "diagonal", "data", "datafile", *_LABELS, *_PREFIX}
_COMMENT = ("!", "#")
MOST_PEOPLE = 5_000


class Token(NamedTuple):
    """A word of the file, its line, and whether it stood in quotes."""

    text: str
    line: int
    quoted: bool = False

    @property
    def word(self) -> str:
        """The word as the header spells it; "" for a text in quotes."""
        return "" if self.quoted else self.text.lower().rstrip(":")


@dataclass
class Header:
    """What the phrases before the data say."""

    rows: int = 0
    columns: int = 0
    matrices: int = 1
    format: Format = "full"
    two_kinds: bool = False
    diagonal: bool = True
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)
    data: tuple[Token, ...] = ()


def words_of(source: Source) -> list[Token] | None:
    """Return the words of the file, without lines of comment; None with a fault if it is no text."""
    if source.text is None:
        return None
    lines = source.text.lstrip("\ufeff").splitlines()
    comments = [line.lstrip().startswith(_COMMENT) for line in lines]
    if any(comments):
        source.findings.note("ucinet-comments", source.file, comments.index(True) + 1, count=sum(comments))
    kept = (pair for pair, comment in zip(enumerate(lines, start=1), comments, strict=True) if not comment)
    return [token for number, line in kept for token in _tokens(line, number)]


def _tokens(line: str, number: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(line):
        plain = match[3]
        if plain is None:
            yield Token(match[1] if match[1] is not None else match[2], number, True)
        elif glued := _GLUED.fullmatch(plain):
            yield from (Token(part, number) for part in (glued[1] + ":", glued[2]))
        elif plain != ":":
            yield Token(plain, number)


def read_header(words: list[Token], source: Source) -> Header | None:
    """Read the phrases from the word after "dl" on, or return None with every fault."""
    before, header, at = len(source.findings.faults), Header(), 1
    while at < len(words) and words[at].word != "data":
        at = _phrase(words, at, header, source)
    if at >= len(words):
        source.findings.fault("ucinet-no-data", source.file)
    header.data = tuple(words[at + 1 :])
    if not header.rows or not header.columns or not header.matrices:
        source.findings.fault("ucinet-no-size", source.file)
    elif max(header.rows, header.columns) > MOST_PEOPLE:
        source.findings.fault("ucinet-too-large", source.file, most=MOST_PEOPLE)
    _check_labels(header, source)
    return None if len(source.findings.faults) > before else header


def _phrase(words: list[Token], at: int, header: Header, source: Source) -> int:
    """Read one phrase; return the place after it."""
    word, line = words[at].word, words[at].line
    following = words[at + 1].word if at + 1 < len(words) else ""
    if word in ("n", "nr", "nc", "nm") and following.isdecimal():
        _size(word, int(following), header)
        return at + 2
    if word == "format" and following:
        if following in _FORMATS:
            header.format, header.two_kinds = _FORMATS[following]
        else:
            source.findings.fault("ucinet-format", source.file, line, known=FORMATS)
        return at + 2
    if word == "diagonal" and following in ("present", "absent"):
        header.diagonal = following == "present"
        return at + 2
    which = _PREFIX.get(word, "both" if word in _LABELS else "")
    after = at + 1 if which == "both" else at + 2
    if which and (which == "both" or following in _LABELS):
        return _labels(words, after, which, header, source)
    if word == "datafile":
        source.findings.fault("ucinet-external", source.file, line)
        return at + 2
    source.findings.fault("ucinet-header", source.file, line)
    return at + 1


def _size(word: str, number: int, header: Header) -> None:
    if word == "nm":
        header.matrices = number
    if word in ("n", "nr"):
        header.rows = number
    if word in ("n", "nc"):
        header.columns = number


def _labels(words: list[Token], at: int, which: str, header: Header, source: Source) -> int:
    """Read labels up to the next phrase, or that they stand in the data."""
    kinds = ("rows", "columns") if which == "both" else (which,)
    if at < len(words) and words[at].word == "embedded":
        header.embedded |= set(kinds)
        return at + 1
    end = at
    expected = {"rows": header.rows, "columns": header.columns, "matrices": header.matrices}[kinds[0]]
    while end < len(words) and (end - at < expected or words[end].word not in _WORDS):
        if _begins_section(words, end):
            break
        end += 1
    found = tuple(token.text for token in words[at:end])
    if len(found) != expected:
        line = words[at - 1].line
        source.findings.fault("ucinet-label-count", source.file, line, found=len(found), expected=expected)
    for kind in kinds:
        header.labels[kind] = found
    return end


def _begins_section(words: list[Token], at: int) -> bool:
    """Tell whether labels or data begin here for certain, so that a list ends even where labels are missing."""
    word, text = words[at].word, words[at].text
    following = words[at + 1].word if at + 1 < len(words) else ""
    if word in _PREFIX:
        return following in _LABELS
    if word == "data":
        return text.endswith(":")
    return word in _LABELS and (text.endswith(":") or following == "embedded")


def _check_labels(header: Header, source: Source) -> None:
    for kind, labels in header.labels.items():
        folded = [label.casefold() for label in labels]
        if count := len(folded) - len(set(folded)):
            source.findings.fault("ucinet-label-twice", source.file, count=count)
            return
        if kind != "matrices" and any(not label.strip() for label in labels):
            source.findings.fault("ucinet-label-blank", source.file)
            return
