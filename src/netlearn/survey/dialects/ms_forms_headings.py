"""Headings of Microsoft Forms: the columns that it adds, in several languages, and questions that are repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.qualtrics_days import days_of
from netlearn.survey.export import Role
from netlearn.survey.grid import Records

ID = ("ID", "Id")
START = {
    "start time",
    "starttidspunkt",
    "startzeit",
    "starttid",
    "begintijd",
    "heure de début",
    "hora de inicio",
    "ora di inizio",
    "aloitusaika",
    "hora de início",
}
END = {
    "completion time",
    "fuldførelsestidspunkt",
    "afslutningstidspunkt",
    "sluttidspunkt",
    "fuldført",
    "tidspunkt for fuldførelse",
    "fullføringstidspunkt",
    "fertigstellungszeit",
    "slutförandetid",
    "tijd van voltooien",
    "heure de fin",
    "hora de finalización",
    "ora di completamento",
    "hora de conclusão",
}
ANONYMOUS = {"anonymous", "anonym", "anonyme", "anoniem", "anónimo", "anonimo"}
QUIZ = {"total points", "quiz feedback", "grade posted time"}
"""What a quiz adds; the words in other languages are not known, and are then read as questions of their own."""
LEADING: tuple[Role, ...] = ("other", "start", "end", "email", "name")
_EMAIL = {
    "email",
    "e-mail",
    "mail",
    "e-mailadresse",
    "mailadresse",
    "e-postadresse",
    "e-post",
    "e-postadress",
}
_EMAIL |= {"adresse de messagerie", "correo electrónico", "posta elettronica", "sähköposti"}
_PER_QUESTION = re.compile(r"(points?|feedback) - ")
_CHANGED = re.compile(r"last modified|seneste ændring|siste endring|laatste wijziging|dernière modification")
_DIGIT = re.compile(r"(.*\D)([2-9]|[1-9]\d)", re.DOTALL)
_TIME = re.compile(r".*\d{1,2}[:.]\d{2}.*")


def by_words(header: Sequence[str]) -> bool:
    """Tell whether the first columns are called as Microsoft Forms calls them.

    Examples
    --------
    >>> by_words(["ID", "Start time", "Completion time", "Email", "Name", "Who?"])
    True
    """
    names = [flat(name).casefold() for name in header[:3]]
    return len(names) == 3 and names[0] == "id" and names[1] in START and names[2] in END


def by_cells(records: Records) -> bool:
    """Tell whether the first columns hold what Microsoft Forms writes there, whatever they are called.

    A number of its own per row, two times of which the first is not later, an address or "anonymous".
    """
    header, rows = records[0], [row for row in records[1:] if any(cell.strip() for cell in row)]
    if len(header) < len(LEADING) or header[0].strip() not in ID or not rows:
        return False
    if any(len(row) < len(LEADING) or not row[0].strip().isdecimal() for row in rows):
        return False
    numbers = [int(row[0]) for row in rows]
    times = [(row[1].strip(), row[2].strip()) for row in rows]
    days = zip(days_of([start for start, _ in times]), days_of([end for _, end in times]), strict=True)
    known = [(start, end) for start, end in days if start and end]
    return (
        len(set(numbers)) == len(numbers)
        and all(_TIME.fullmatch(start) and _TIME.fullmatch(end) for start, end in times)
        and len(known) == len(rows)
        and all(start <= end for start, end in known)
        and all(_is_address(row[3]) for row in rows)
    )


def roles_of(header: Sequence[str], rows: Records) -> dict[int, Role]:
    """Return the positions of the columns that Microsoft Forms adds, and what they are."""
    names = [flat(name).casefold() for name in header]
    addressed = len(names) > 3 and (names[3] in _EMAIL or all(_is_address(row[3]) for row in rows))
    # A form that keeps no addresses may begin with its questions at once.
    leading = LEADING if addressed else LEADING[:3]
    roles: dict[int, Role] = dict(zip(range(len(names)), leading, strict=False))
    for at in range(len(leading), len(names)):
        changed = at == len(LEADING) and bool(_CHANGED.search(names[at]))
        about = _PER_QUESTION.match(names[at])
        behind = about is not None and names[at][about.end() :] in names[max(at - 2, 0) : at]
        if changed or names[at] in QUIZ or behind:
            roles[at] = "other"
    return roles


def _is_address(cell: str) -> bool:
    return "@" in cell or cell.strip().casefold() in ANONYMOUS


def repeated(texts: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return (block, wording) of each column that belongs to a list which is asked again.

    Excel does not allow a heading twice, so the second list of the same statements has a 2 behind each.

    Parameters
    ----------
    texts : mapping int -> str
        Wording by position, of questions only.

    Examples
    --------
    >>> repeated({5: "Bo Dam", 6: "Ida Bak", 7: "Bo Dam2", 8: "Ida Bak2", 9: "Other2"})
    {5: ('1', 'Bo Dam'), 6: ('1', 'Ida Bak'), 7: ('2', 'Bo Dam'), 8: ('2', 'Ida Bak')}
    """
    first: dict[str, int] = {}
    for at, text in texts.items():
        first.setdefault(text.casefold(), at)
    again: dict[int, tuple[str, int]] = {}
    for at, text in texts.items():
        match = _DIGIT.fullmatch(text)
        origin = first.get(match[1].strip().casefold()) if match else None
        if match and origin is not None and origin < at:
            again[at] = (match[2], origin)
    found: dict[int, tuple[str, str]] = {}
    for at, (block, origin) in again.items():
        beside = (again.get(at - 1) == (block, origin - 1)) or (again.get(at + 1) == (block, origin + 1))
        if beside:
            found[at] = (block, texts[origin])
            found[origin] = ("1", texts[origin])
    return dict(sorted(found.items()))
