"""Headings of Google Forms: the time that comes first, and questions with rows, written Question [Row]."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from netlearn.survey.dialects.qualtrics_days import days_of

TIMES = {
    "timestamp",
    "tidsstempel",
    "tidsstämpel",
    "tidstämpel",
    "zeitstempel",
    "tijdstempel",
    "horodateur",
    "horodatage",
    "marca temporal",
    "carimbo de data/hora",
    "informazioni cronologiche",
    "aikaleima",
    "tímastimpill",
    "sygnatura czasowa",
    "タイムスタンプ",
    "타임스탬프",
}
EMAILS = {"email address", "e-mail address", "email", "username", "e-mail", "mail", "mailadresse"}
EMAILS |= {"e-mailadresse", "brugernavn", "brukernavn", "e-postadresse", "e-post", "e-postadress"}
EMAILS |= {"e-mail-adresse", "nutzername", "gebruikersnaam", "adresse e-mail", "nom d'utilisateur"}
EMAILS |= {"dirección de correo electrónico", "nombre de usuario"}
_TIME = re.compile(r".*\d{1,2}[:.]\d{2}.*")


def is_time(cells: Sequence[str]) -> bool:
    """Tell whether every filled cell holds a day with a time of day.

    Examples
    --------
    >>> is_time(["2024/08/26 10:01:02 AM GMT+2", ""]), is_time(["10", ""]), is_time(["", ""])
    (True, False, False)
    """
    said = {cell.strip() for cell in cells} - {""}
    return bool(said) and all(_TIME.fullmatch(cell) and _is_day(cell) for cell in said)


def _is_day(cell: str) -> bool:
    """Tell whether a cell begins with a day, even if it cannot be told which number is the month."""
    return any(days_of([cell, known])[0] for known in ("12/31/2000", "31/12/2000"))


def row_of(heading: str) -> tuple[str, str]:
    """Split a heading into question and row; the row is "" where there is none.

    Examples
    --------
    >>> row_of("Who [at work] helps? [Bo Dam [IT]]"), row_of("Age [years] now")
    (('Who [at work] helps?', 'Bo Dam [IT]'), ('Age [years] now', ''))
    """
    depth = 0
    for at in range(len(heading) - 1, 0, -1):
        depth += {"]": 1, "[": -1}.get(heading[at], 0)
        if depth == 0:
            inner = heading[at + 1 : -1].strip()
            return (heading[:at].strip(), inner) if heading.endswith("]") and inner else (heading, "")
    return heading, ""


def questions_of(texts: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return (question, row) of each column; a question that is asked again has its turn behind it.

    Examples
    --------
    >>> questions_of({1: "Who? [Bo]", 2: "Who? [Ida]", 3: "Who? [Bo]", 4: "Who? [Ida]", 5: "Age [years]"})
    {1: ('Who?', 'Bo'), 2: ('Who?', 'Ida'), 3: ('Who? (2)', 'Bo'), 4: ('Who? (2)', 'Ida'), 5: ('Age [years]', '')}
    """
    split = {at: row_of(text) for at, text in texts.items()}
    rows = Counter(question for question, row in split.values() if row)
    times: Counter[str] = Counter()
    found = {}
    for at, text in texts.items():
        question, row = split[at]
        # One row alone is a question with brackets in it.
        if not row or rows[question] < 2:
            question, row = text, ""
        times[text] += 1
        found[at] = (f"{question} ({times[text]})" if times[text] > 1 else question, row)
    return found
