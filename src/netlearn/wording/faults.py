"""The words of every fault and note: where, what, what was expected and what to do, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netlearn.wording import Language, numbers
from netlearn.wording.faults_of_answers import ANSWERS
from netlearn.wording.faults_of_attendance import ATTENDANCE
from netlearn.wording.faults_of_claims import CLAIMS
from netlearn.wording.faults_of_dress import DRESS
from netlearn.wording.faults_of_files import ROSTER, TABLES
from netlearn.wording.faults_of_instrument import INSTRUMENT
from netlearn.wording.faults_of_names import NAMES
from netlearn.wording.faults_of_plan import PLAN
from netlearn.wording.faults_of_privacy import PRIVACY
from netlearn.wording.faults_of_questions import QUESTIONS
from netlearn.wording.faults_of_sources import SOURCES
from netlearn.wording.tools import TOOLS

FAULTS: dict[str, dict[Language, str]] = (
    PLAN
    | TABLES
    | ROSTER
    | ANSWERS
    | SOURCES
    | QUESTIONS
    | INSTRUMENT
    | TOOLS
    | NAMES
    | PRIVACY
    | CLAIMS
    | ATTENDANCE
    | DRESS
)

_WHERE: dict[Language, tuple[str, str]] = {"en": ("row", "column"), "da": ("række", "kolonne")}
_NEAREST: dict[Language, str] = {
    "en": " The nearest right name is {!r}.",
    "da": " Det nærmeste rigtige navn er {!r}.",
}
_ALIKE: dict[Language, str] = {
    "en": " The nearest in the roster is {!r}.",
    "da": " Den nærmeste på personalelisten er {!r}.",
}
_MORE: dict[Language, str] = {"en": " (and {} more like it)", "da": " (og {} mere af samme slags)"}
_KINDS: dict[str, dict[Language, str]] = {
    "text": {"en": "text in quotes", "da": "tekst i anførselstegn"},
    "date": {"en": "a date such as 2024-08-26", "da": "en dato som 2024-08-26"},
    "integer": {"en": "a whole number", "da": "et helt tal"},
    "number": {"en": "a number", "da": "et tal"},
    "flag": {"en": "true or false", "da": "true eller false"},
    "texts": {"en": "a list of texts in quotes", "da": "en liste af tekster i anførselstegn"},
    "pair": {"en": "a list of two wave labels", "da": "en liste med to navne på målinger"},
    "text map": {"en": "a table of name = text", "da": "en tabel med navn = tekst"},
    "number map": {
        "en": "a table of answer = level, levels 0 or more",
        "da": "en tabel med svar = niveau, niveauer 0 eller mere",
    },
    "numbers pair": {
        "en": "a list of two numbers, the lower first",
        "da": "en liste med to tal, det laveste først",
    },
    "texts map": {"en": "a table of name = list of texts", "da": "en tabel med navn = liste af tekster"},
    "table": {"en": "a [table]", "da": "en [tabel]"},
    "utf-8": {"en": "UTF-8", "da": "UTF-8"},
    "utf-8-sig": {"en": "UTF-8 with a byte order mark", "da": "UTF-8 med byte order mark"},
    "cp1252": {"en": "windows-1252", "da": "windows-1252"},
    "utf-16": {"en": "UTF-16", "da": "UTF-16"},
    "text maps": {"en": "a list of tables of name = text", "da": "en liste af tabeller med navn = tekst"},
    "tables": {"en": "a list of [[tables]]", "da": "en liste af [[tabeller]]"},
}


def sentence(
    code: str, file: str, row: int, column: str, values: Mapping[str, Any], language: Language = "en"
) -> str:
    """Say one finding in one line.

    Parameters
    ----------
    code : str
        Key of `FAULTS`.
    file, row, column : str, int, str
        Where; left out when empty or 0. The header of a table is row 1.
    values : mapping
        What the template of this code names. `nearest`, `alike` and `more` become a phrase, or nothing when empty.
    language : "en" or "da"
        Language of the line.

    Raises
    ------
    KeyError
        The code is not in the catalogue, or a value that its words name is not given.

    Examples
    --------
    >>> sentence("recognised-encoding", "roster.csv", 0, "", {"found": "utf-16"})
    'roster.csv: read as UTF-16, recognised by content.'
    >>> sentence("missing-id", "roster.csv", 14, "id", {}, "da")[:43]
    'roster.csv, række 14, kolonne id: intet id.'
    """
    words = {name: _shown(name, value, language) for name, value in values.items()}
    text = " ".join(FAULTS[code][language].format_map(words).split())
    where = _where(file, row, column, language)
    return f"{where}: {text}" if where else text


def _where(file: str, row: int, column: str, language: Language) -> str:
    row_word, column_word = _WHERE[language]
    parts = [file, f"{row_word} {row}" if row else "", f"{column_word} {column}" if column else ""]
    return ", ".join(part for part in parts if part)


def _shown(name: str, value: Any, language: Language) -> str:
    if name == "nearest":
        return _NEAREST[language].format(value) if value else ""
    if name == "alike":
        return _ALIKE[language].format(value) if value else ""
    if name == "more":
        return _MORE[language].format(value) if value else ""
    if name == "megabytes":
        return numbers.number(value, language, 1)
    if name in ("expected", "found") and value in _KINDS:
        return _KINDS[value][language]
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value)
    return str(value)
