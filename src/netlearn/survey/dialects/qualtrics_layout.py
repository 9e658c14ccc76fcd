"""The heading rows of Qualtrics downloads in their generations: names, wordings and import ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from netlearn.survey.dialects.limesurvey_headings import flat
from netlearn.survey.dialects.qualtrics_ids import import_id, key_of
from netlearn.survey.dialects.qualtrics_labels import MARK
from netlearn.survey.export import Guess, Role
from netlearn.survey.grid import Records

SYSTEM: dict[str, Role] = {
    "startDate": "start",
    "endDate": "end",
    "recordedDate": "other",
    "status": "status",
    "progress": "status",
    "finished": "status",
    "distributionChannel": "status",
    "ipAddress": "other",
    "duration": "other",
    "_recordId": "other",
    "responseId": "other",
    "responseSetId": "other",
    "recipientLastName": "name",
    "recipientFirstName": "name",
    "recipientName": "name",
    "recipientEmail": "email",
    "externalDataReference": "id",
    "locationLatitude": "other",
    "locationLongitude": "other",
    "locationAccuracy": "other",
    "userLanguage": "other",
}
"""Columns that Qualtrics adds, by their import id, and what they are."""
_NAMES = {f"{key[0].upper()}{key[1:]}": key for key in SYSTEM if key[0].isalpha()}
_NAMES |= {
    "ResponseId": "_recordId",
    "ResponseID": "_recordId",
    "ResponseSet": "responseSetId",
    "IPAddress": "ipAddress",
    "Duration (in seconds)": "duration",
    "ExternalReference": "externalDataReference",
    "EmailAddress": "recipientEmail",
}
_OLD_NAMES = _NAMES | {"Name": "recipientName"}
_STRONG = {"ResponseId", "ResponseID", "RecordedDate", "Duration (in seconds)", "DistributionChannel"}
_STRONG |= {
    "RecipientLastName",
    "RecipientEmail",
    "ResponseSet",
    "ExternalReference",
    "ExternalDataReference",
}
_PREFIX = re.compile(r"^(panel|Location)-")
_NUMBERED = re.compile(r"V\d+")
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_DATES = ("startDate", "endDate", "recordedDate")
_LOOKED = 12


@dataclass(frozen=True)
class Layout:
    """What stands above the answers.

    Attributes
    ----------
    names : tuple of str
        Headings of the columns (row 1).
    texts : tuple of str
        Plain wording of each; "" where the file has none.
    ids : tuple of ((str, str) or None)
        Import id and choice of each; empty where the file has none at all.
    system : tuple of str
        Key of `SYSTEM` of each column that Qualtrics added, else "".
    first : int
        Row of the first answer, as a spreadsheet counts; 0 = the heading rows are not where they should be, and
        `lost` is the row in which the import ids stand.
    old : bool
        Whether the parts of a wording may have a bare hyphen between them.
    guess : Guess
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    ids: tuple[tuple[str, str] | None, ...]
    system: tuple[str, ...]
    first: int
    old: bool
    guess: Guess
    lost: int = 0

    def place(self, key: str) -> int | None:
        """Return the position of a column that Qualtrics added."""
        return self.system.index(key) if key in self.system else None


def layout_of(records: Records) -> Layout | None:
    """Return what stands above the answers; None if Qualtrics did not write it."""
    names = [name.strip() for name in records[0]] if records else []
    while names and not names[-1]:
        names.pop()
    if not names:
        return None
    with_ids = [at for at, row in enumerate(records[:_LOOKED]) if has_import_ids(row)]
    if with_ids:
        return _three_rows(records, tuple(names), with_ids[0])
    if sum(name in SYSTEM for name in names) > 2 or _are_ids(names):
        return _named_by_ids(records, tuple(names))
    if sum(bool(_NUMBERED.fullmatch(name)) for name in names) > 2 and _second(records, "ResponseID"):
        return _numbered(records, tuple(names))
    if sum(name in _NAMES for name in names) > 3 and sum(name in _STRONG for name in names) > 1:
        return _two_rows(records, tuple(names))
    return None


def has_import_ids(row: Sequence[str]) -> bool:
    """Tell whether a row of cells is that of the import ids."""
    filled = [cell for cell in row if cell.strip()]
    return 0 < len(filled) <= 2 * sum('ImportId"' in cell or "ImportId'" in cell for cell in filled)


def _three_rows(records: Records, names: tuple[str, ...], at: int) -> Layout:
    ids = tuple(import_id(cell) for cell in _wide(records[at], names))
    bare = [_PREFIX.sub("", found[0]) if found else "" for found in ids]
    # The questionnaire can carry fields of its own that are called like those of Qualtrics.
    system = tuple(
        key if key in SYSTEM and name in _OLD_NAMES else "" for key, name in zip(bare, names, strict=True)
    )
    texts = _texts(records[1], names) if at == 2 else ("",) * len(names)
    old = any("'ImportId'" in cell for cell in records[at])
    first, lost = (at + 2, 0) if at in (1, 2) else (0, at + 1)
    return Layout(names, texts, ids, system, first, old, Guess(0.98, "qualtrics-import-ids"), lost)


def _are_ids(names: Sequence[str]) -> bool:
    return 2 * sum(key_of(name) is not None for name in names) > max(len(names), 2)


def _named_by_ids(records: Records, names: tuple[str, ...]) -> Layout:
    ids = tuple((name, "") for name in names)
    system = tuple(name if name in SYSTEM else "" for name in names)
    worded = _is_worded(records, system)
    texts = _texts(records[1], names) if worded else ("",) * len(names)
    texts = _untagged(names, texts)
    return Layout(names, texts, ids, system, 3 if worded else 2, False, Guess(0.95, "qualtrics-named-by-ids"))


def _untagged(names: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Take the tag of each column off its wording, where every wording begins with one of its own."""
    asked = [text for name, text in zip(names, texts, strict=True) if key_of(name) and text]
    tags = {text.partition(MARK)[0] for text in asked if MARK in text}
    if not asked or len(tags) < len(asked):
        return tuple(texts)
    return tuple(text.partition(MARK)[2] if key_of(n) else text for n, text in zip(names, texts, strict=True))


def _numbered(records: Records, names: tuple[str, ...]) -> Layout:
    texts = _texts(records[1], names)
    told = [text if _NUMBERED.fullmatch(name) else name for name, text in zip(names, texts, strict=True)]
    system = tuple(_OLD_NAMES.get(name, "") for name in told)
    return Layout(names, texts, (), system, 3, True, Guess(0.95, "qualtrics-numbered"))


def _two_rows(records: Records, names: tuple[str, ...]) -> Layout:
    old = "ResponseSet" in names
    known = _OLD_NAMES if old else _NAMES
    system = tuple(known.get(name, "") for name in names)
    worded = _is_worded(records, system)
    texts = _texts(records[1], names) if worded else ("",) * len(names)
    return Layout(names, texts, (), system, 3 if worded else 2, old, Guess(0.93, "qualtrics-columns"))


def _second(records: Records, text: str) -> bool:
    return len(records) > 1 and text in [cell.strip() for cell in records[1]]


def _is_worded(records: Records, system: Sequence[str]) -> bool:
    """Tell whether row 2 holds wordings rather than the first answers."""
    row = _wide(records[1], system) if len(records) > 1 else ()
    looked = [(key, cell.strip()) for key, cell in zip(system, row, strict=False) if key]
    dates = [cell for key, cell in looked if key in _DATES]
    marks = [cell for key, cell in looked if key in ("progress", "status", "_recordId", "ipAddress")]
    if any(_DATED.match(cell) for cell in dates) or not any(cell for _, cell in looked):
        return False
    return not any(cell.isdecimal() or cell.startswith("R_") for cell in marks)


def _wide(row: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return as many cells as there are headings."""
    return [*row[: len(names)], *[""] * (len(names) - len(row))]


def _texts(row: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(flat(cell) for cell in _wide(row, names))
