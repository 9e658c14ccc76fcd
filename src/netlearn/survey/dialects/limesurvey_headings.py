"""Headings of LimeSurvey: codes, wording or both, taken apart; no meaning yet."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from netlearn.survey.dialects.limesurvey_system import FIRST, STRONG, WORDED, front_of, is_system

Kind = Literal["code", "both", "text"]

_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|table|tr|td|th|h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_NAME = r"[^\W\d_]\w*"
_CODED = re.compile(rf"({_NAME}|\d+)((?:\[[^\[\]]+\]){{1,2}}|\s(?:\[\w+(?: \d+)?\]){{1,2}})")
"""Q1[SQ001]; in old versions 2 [SQ001], 3 [SQ001][Scale 1], 13 [Ranking 1]."""
_BESIDE = re.compile(r"(.+?)(\s?\[(?:Other|Andet)\])? - (?:comment|kommentar)", re.IGNORECASE | re.DOTALL)
"""How old versions mark a comment."""
_SYSTEM_BOTH = re.compile(rf"(?:{'|'.join(STRONG)})(\W{{1,4}})\S.*", re.DOTALL)
_CUT = ("..", "…")


@dataclass(frozen=True)
class Heading:
    """One heading.

    Attributes
    ----------
    code : str
        Code of the question, or of a column of the tool; "" where the heading is wording.
    parts : tuple of str
        Codes in brackets behind it.
    text : str
        Wording of the question.
    labels : tuple of str
        Wordings in brackets behind that.
    system : bool
        Whether the tool added the column.
    """

    code: str
    parts: tuple[str, ...] = ()
    text: str = ""
    labels: tuple[str, ...] = ()
    system: bool = False

    @property
    def cut(self) -> bool:
        """Whether the tool shortened the wording."""
        return any(text.endswith(_CUT) for text in (self.text, *self.labels))


@dataclass(frozen=True)
class Headings:
    """The headings of a file.

    Attributes
    ----------
    kind : "code", "both" or "text"
        How they are written: codes, codes and wording, wording.
    each : tuple of Heading
    joined : bool
        Whether "_" stood for every space.
    old : bool
        Whether a version before 2.0 wrote them.
    """

    kind: Kind
    each: tuple[Heading, ...]
    joined: bool
    old: bool


def flat(text: str) -> str:
    """Return wording as plain text: no tags, no entities, single spaces.

    Examples
    --------
    >>> flat("Hvem&nbsp;har du<br/><b>talt</b> med?")
    'Hvem har du talt med?'
    """
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def bracketed(text: str) -> tuple[str, tuple[str, ...]]:
    """Take the brackets off the end of a wording; brackets inside brackets stay.

    Examples
    --------
    >>> bracketed("Hvem taler du med? [Anne [IT]]")
    ('Hvem taler du med?', ('Anne [IT]',))
    >>> bracketed("Hvor ofte? [Bo][Skala 1]")
    ('Hvor ofte?', ('Bo', 'Skala 1'))
    """
    found: list[str] = []
    while text.endswith("]") and len(found) < 2 and (start := _opening(text)) >= 0:
        found.insert(0, text[start + 1 : -1].strip())
        text = text[:start]
    return text.strip(), tuple(found)


def _opening(text: str) -> int:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return -1


def kind_of(header: Sequence[str], front: int = -1) -> tuple[Kind, str]:
    """Tell how the headings of a file are written, and what stands between code and wording.

    `front` is where the columns of the tool begin, if their cells tell it.

    Examples
    --------
    >>> kind_of(("id", "submitdate", "Q1[a]")), kind_of(("lastpage. Last page", "Q1[a]. Who? [Anne]"))
    (('code', ''), ('both', '. '))
    >>> kind_of(("Response ID", "Date submitted", "Who? [Anne]"))
    ('text', '')
    """
    names = [flat(name) for name in header]
    for name in names:
        if match := _SYSTEM_BOTH.fullmatch(name):
            return "both", match[1]
    if any(name in STRONG for name in names):
        return "code", ""
    ends = [name for name in names if name.endswith("]")]
    coded = all(_CODED.fullmatch(name) for name in ends)
    if front >= 0 or sum(name.casefold() in WORDED for name in names) > 1:
        return ("code" if coded and ends else "text"), ""
    if ends and all(_both(name, "") for name in ends):
        return "both", ""
    return ("code" if coded else "text"), ""


def bracket_codes(name: str) -> bool:
    """Tell whether a heading is a code with codes in brackets directly behind it.

    Examples
    --------
    >>> bracket_codes("Q1[SQ001]"), bracket_codes("Who? [Anne]")
    (True, False)
    """
    return bool(re.fullmatch(rf"{_NAME}(?:\[\w+\]){{1,2}}", name))


def take_apart(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Headings:
    """Take the headings of a file apart.

    Examples
    --------
    >>> take_apart(("id", "submitdate", "Q1[a]"), []).each[2].parts
    ('a',)
    """
    front = front_of(rows)
    kind, between = kind_of(header, front)
    found = [_heading(flat(name), kind, between) for name in header]
    words = [text for heading in found for text in (heading.text, *heading.labels)]
    joined = not any(" " in text for text in words) and any("_" in text for text in words)
    if joined:
        found = [_spaced(heading) for heading in found]
    for at, code in enumerate(FIRST if front >= 0 else (), start=front):
        found[at] = Heading(code, text=found[at].text)
    codes = {heading.code for heading in found}
    each = tuple(replace(h, system=not h.parts and is_system(h.code, codes)) for h in found)
    old = front >= 0 and header[front] == "id" and header[front + 1] != "submitdate"
    return Headings(kind, each, joined, old)


def _heading(name: str, kind: Kind, between: str) -> Heading:
    if beside := _BESIDE.fullmatch(name):
        item = "othercomment" if beside[2] else "comment"
        return Heading(beside[1], (item,)) if kind == "code" else Heading("", (), beside[1], (item,))
    if kind != "text":
        if match := _CODED.fullmatch(name):
            return Heading(match[1], tuple(match[2].strip()[1:-1].split("][")))
        if heading := _both(name, between):
            return heading
        if " " not in name and "[" not in name:
            return Heading(name)
    text, labels = bracketed(name)
    return Heading(WORDED.get(text.casefold().replace("_", " "), "") if not labels else "", (), text, labels)


def _both(name: str, between: str) -> Heading | None:
    """Take a code with wording behind it apart; a code without brackets only where it is known what stands between."""
    gap = r"(?:[.:;,]|\s-)?\s"
    if between:
        gap = rf"\s*{re.escape(between.strip())}\s*" if between.strip() else r"\s+"
    match = re.fullmatch(rf"({_NAME})((?:\[[^\[\]\s]+\]){{0,2}}){gap}(.*)", name, re.DOTALL)
    if match is None or not (between or match[2]):
        return None
    text, labels = bracketed(match[3])
    return Heading(match[1], tuple(match[2][1:-1].split("][")) if match[2] else (), text, labels)


def _spaced(heading: Heading) -> Heading:
    """Undo the option that writes "_" for every space."""
    labels = tuple(flat(label.replace("_", " ")) for label in heading.labels)
    return replace(heading, text=flat(heading.text.replace("_", " ")), labels=labels)
