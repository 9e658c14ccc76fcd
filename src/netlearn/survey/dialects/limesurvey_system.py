"""The columns that LimeSurvey adds to the answers: by code, by wording, or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netlearn.survey.export import Role

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
FIRST = ("id", *STRONG)
"""The columns at the front of an export, in their order."""
LISTED = {"tid", "emailstatus", "language", "sent", "remindersent", "remindercount", "completed", "usesleft"}
LISTED |= {"validfrom", "validuntil", "mpid", "blacklisted", "participant_id"}
"""Columns of the list of invited people; several of them together are no questions."""
WORDED = {
    "response id": "id",
    "besvarelse id": "id",
    "svar-id": "id",
    "date submitted": "submitdate",
    "dato for indsendelse": "submitdate",
    "last page": "lastpage",
    "last page seen": "lastpage",
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
    "respons id": "id",
    "startdatum": "startdate",
    "datum laatste actie": "datestamp",
    "ip-adres": "ipaddr",
    "verwijzer-url": "refurl",
    "totaaltijd": "interviewtime",
}
"""The same columns where headings are wordings: English, Danish, and what is known of other languages."""
_TIME = re.compile(r"(?:groupTime|questionTime)\d+|(.+)Time")
_MOMENT = re.compile(r"(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?|N/A)?")
_PAGE = re.compile(r"-?\d{0,4}")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Za-z-]+)?")
_LANGUAGES = {
    "da",
    "en",
    "de",
    "nl",
    "nb",
    "nn",
    "no",
    "sv",
    "fi",
    "is",
    "fo",
    "kl",
    "fr",
    "es",
    "pt",
    "it",
    "pl",
}
_LANGUAGES |= {"cs", "sk", "et", "lv", "lt", "ro", "bg", "hr", "hu", "el", "tr", "uk", "ru", "ar"}
_ROWS = 500
"""Rows that are looked at."""


def is_system(code: str, codes: set[str]) -> bool:
    """Tell whether the tool added the column of this code, given all codes of the file."""
    time = _TIME.fullmatch(code)
    timed = time is not None and (time[1] is None or time[1] in codes)
    listed = len(codes & LISTED) > 1 and (code in LISTED or code.startswith("attribute_"))
    return code in SYSTEM or timed or listed


def front_of(rows: Sequence[Sequence[str]]) -> int:
    """Return where response number, time of sending, last page and language stand side by side; -1 if nowhere.

    What cells hold does not depend on the language in which headings are worded.

    Examples
    --------
    >>> front_of([["7", "2024-05-06 07:08:09", "2", "nl-informal", "x"], ["9", "", "0", "nl-informal", ""]])
    0
    """
    some = [[cell.strip() for cell in row] for row in rows[:_ROWS]]
    width = min((len(row) for row in some), default=0)
    return next((at for at in range(min(width - 3, 12)) if _is_front([row[at : at + 4] for row in some])), -1)


def _is_front(cells: list[list[str]]) -> bool:
    numbers, moments, pages, languages = zip(*cells, strict=True)
    spoken = [_LANGUAGE.fullmatch(cell) for cell in languages]
    return (
        all(cell.isdigit() for cell in numbers)
        and len(set(numbers)) == len(numbers)
        and all(_MOMENT.fullmatch(cell) for cell in moments)
        and all(_PAGE.fullmatch(cell) for cell in pages)
        and all(match is not None and match[1] in _LANGUAGES for match in spoken)
    )
