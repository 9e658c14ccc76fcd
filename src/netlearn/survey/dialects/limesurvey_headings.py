"""Headings of LimeSurvey: codes, wording or both, taken apart; no meaning yet."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Literal

from netlearn.survey.export import Role

Kind = Literal["code", "both", "text"]

SYSTEM: dict[str, Role] = {
    "id": "other",
    "submitdate": "end",
    "lastpage": "status",
    "startlanguage": "other",
    "seed": "other",
    "startdate": "start",
    "datestamp": "other",
    "token": "id",
    "ipaddr": "other",
    "refurl": "other",
    "interviewtime": "other",
    "firstname": "name",
    "lastname": "name",
    "email": "email",
}
"""Columns that the tool adds, by their code, and what they are."""
STRONG = ("submitdate", "lastpage", "startlanguage")
"""Codes that no other tool writes."""
_LISTED = {"tid", "emailstatus", "language", "sent", "remindersent", "remindercount", "completed", "usesleft"}
_LISTED |= {"validfrom", "validuntil", "mpid", "blacklisted", "participant_id"}
"""Columns of the list of invited people; several of them together are no questions."""
WORDED = {
    "response id": "id",
    "besvarelse id": "id",
    "svar-id": "id",
    "date submitted": "submitdate",
    "dato for indsendelse": "submitdate",
    "last page": "lastpage",
    "sidste side": "lastpage",
    "start language": "startlanguage",
    "startsprog": "startlanguage",
    "standardsprog:": "startlanguage",
    "seed": "seed",
    "date started": "startdate",
    "startdato": "startdate",
    "date last action": "datestamp",
    "dato for sidste handling": "datestamp",
    "ip address": "ipaddr",
    "ip-adresse": "ipaddr",
    "referrer url": "refurl",
    "reference url": "refurl",
    "token": "token",
    "access code": "token",
    "respondentnøgle": "token",
    "adgangskode": "token",
    "total time": "interviewtime",
    "first name": "firstname",
    "fornavn": "firstname",
    "last name": "lastname",
    "efternavn": "lastname",
    "email address": "email",
}
"""The same columns where headings are wordings: English and Danish."""
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|table|tr|td|th|h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_NAME = r"[^\W\d_]\w*"
_CODED = re.compile(rf"({_NAME}|\d+)((?:\[[^\[\]]+\]){{1,2}}|\s(?:\[[^\[\]\s]+\]){{1,2}})")
_SYSTEM_BOTH = re.compile(rf"(?:{'|'.join(STRONG)})(\W{{1,4}})\S.*", re.DOTALL)
_TIME = re.compile(r"(?:groupTime|questionTime)\d+|(.+)Time")
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
    """The headings of a file: how they are written, each of them, and whether "_" stood for every space."""

    kind: Kind
    each: tuple[Heading, ...]
    joined: bool


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


def kind_of(header: tuple[str, ...]) -> tuple[Kind, str]:
    """Tell how the headings of a file are written, and what stands between code and wording.

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
    if sum(name.casefold() in WORDED for name in names) > 1:
        return "text", ""
    ends = [name for name in names if name.endswith("]")]
    if ends and all(_both(name, "") for name in ends):
        return "both", ""
    return ("code", "") if all(_CODED.fullmatch(name) for name in ends) else ("text", "")


def bracket_codes(name: str) -> bool:
    """Tell whether a heading is a code with codes in brackets directly behind it.

    Examples
    --------
    >>> bracket_codes("Q1[SQ001]"), bracket_codes("Who? [Anne]")
    (True, False)
    """
    return bool(re.fullmatch(rf"{_NAME}(?:\[\w+\]){{1,2}}", name))


def take_apart(header: tuple[str, ...]) -> Headings:
    """Take the headings of a file apart.

    Examples
    --------
    >>> take_apart(("id", "submitdate", "Q1[a]")).each[2].parts
    ('a',)
    """
    kind, between = kind_of(header)
    found = [_heading(flat(name), kind, between) for name in header]
    words = [text for heading in found for text in (heading.text, *heading.labels)]
    joined = not any(" " in text for text in words) and any("_" in text for text in words)
    if joined:
        found = [_spaced(heading) for heading in found]
    codes = {heading.code for heading in found}
    listed = len(codes & _LISTED) > 1
    return Headings(kind, tuple(_marked(heading, codes, listed) for heading in found), joined)


def _heading(name: str, kind: Kind, between: str) -> Heading:
    if kind != "text":
        if match := _CODED.fullmatch(name):
            return Heading(match[1], tuple(match[2].strip()[1:-1].split("][")))
        if heading := _both(name, between):
            return heading
        if " " not in name and "[" not in name:
            return Heading(name)
    text, labels = bracketed(name)
    code = WORDED.get(text.casefold().replace("_", " "), "") if not labels else ""
    return Heading(code, (), text, labels, system=bool(code))


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
    return Heading(heading.code, heading.parts, flat(heading.text.replace("_", " ")), labels, heading.system)


def _marked(heading: Heading, codes: set[str], listed: bool) -> Heading:
    """Mark the columns that the tool added."""
    code, time = heading.code, _TIME.fullmatch(heading.code)
    timed = time is not None and (time[1] is None or time[1] in codes)
    system = code in SYSTEM or timed or (listed and (code in _LISTED or code.startswith("attribute_")))
    if heading.parts or not system:
        return heading
    return Heading(code, (), heading.text, heading.labels, system=True)
