"""Rows of a Qualtrics download: previews, tests, spam and empty rows; what was sent in, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.qualtrics_days import days_of
from netlearn.survey.dialects.qualtrics_layout import Layout
from netlearn.survey.export import Column

_WORDS = {
    "preview": (
        "preview",
        "vorschau",
        "forhåndsvis",
        "voorbeeld",
        "aperçu",
        "förhandsgransk",
        "vista previa",
    ),
    "test": ("test",),
    "spam": ("spam",),
    "imported": ("import",),
}
_USUAL = ("", "ip address", "ip-address", "ip-adresse", "offline", "offline survey")
_BITS = {1: "preview", 2: "test", 8: "spam", 4: "imported"}
_MOST_STATUS = 64
_TRUE = ("1", "true", "sand", "wahr", "sann", "sant", "waar", "vrai", "verdadero")
_FALSE = ("0", "false", "falsk", "falsch", "usann", "usant", "onwaar", "faux", "falso")


def dropped_of(
    table: RawTable, layout: Layout, columns: Sequence[Column], findings: Findings
) -> dict[int, str]:
    """Return the rows that are no responses of people, and why."""
    asked = [column for column in columns if column.role == "answer" and column.question]
    empty = [(column.at, _blanks(column)) for column in asked]
    dropped: dict[int, str] = {}
    kept: Counter[str] = Counter()
    for at, row in enumerate(table.rows):
        said = _status(row, layout)
        if said in ("preview", "test", "spam"):
            dropped[at] = said
        elif empty and all(row[place].strip() in blanks for place, blanks in empty):
            dropped[at] = "empty"
        else:
            kept[said] += 1
    _say(table, Counter(dropped.values()), kept, findings)
    return dropped


def _status(row: Sequence[str], layout: Layout) -> str:
    """Return what status and channel say of a row: "" = an answer, "?" = it is not known."""
    status, channel = layout.place("status"), layout.place("distributionChannel")
    said = "" if status is None else _meaning(row[status].strip().casefold())
    if channel is not None and row[channel].strip().casefold() in ("preview", "test"):
        return row[channel].strip().casefold()
    # A second answer from one address is taken for spam, and an office has one address: an invitation says more.
    invited = [
        at for key in ("recipientEmail", "externalDataReference") if (at := layout.place(key)) is not None
    ]
    return "invited" if said == "spam" and any(row[at].strip() for at in invited) else said


def _blanks(column: Column) -> tuple[str, ...]:
    return ("", *column.missing, *((column.ticks[1],) if column.ticks else ()))


def _meaning(status: str) -> str:
    """Return what a status says, in numbers or in words; "" = an answer, "?" = it is not known."""
    if status in _USUAL:
        return ""
    if status.isascii() and status.isdigit() and int(status) < _MOST_STATUS:
        return next((word for bit, word in _BITS.items() if int(status) & bit), "")
    return next((kind for kind, words in _WORDS.items() if any(word in status for word in words)), "?")


def _say(table: RawTable, dropped: Counter[str], kept: Counter[str], findings: Findings) -> None:
    note = findings.note
    if count := dropped["preview"]:
        note("qualtrics-preview-rows", table.file, count=count)
    if count := dropped["test"]:
        note("qualtrics-test-rows", table.file, count=count)
    if count := dropped["spam"]:
        note("qualtrics-spam-rows", table.file, count=count)
    if count := dropped["empty"]:
        note("qualtrics-empty-rows", table.file, count=count)
    if count := kept["invited"]:
        note("qualtrics-spam-kept", table.file, count=count)
    if count := kept["imported"]:
        note("qualtrics-imported-rows", table.file, count=count)
    if count := kept["?"]:
        note("qualtrics-status-unread", table.file, count=count)


def complete_of(table: RawTable, layout: Layout, findings: Findings) -> tuple[bool | None, ...]:
    """Return for each row whether it was sent in, as its status or its progress says."""
    finished, progress = layout.place("finished"), layout.place("progress")
    found: list[bool | None] = []
    for row in table.rows:
        word = "" if finished is None else row[finished].strip().casefold()
        share = "" if progress is None else row[progress].strip()
        if word in _TRUE or word in _FALSE:
            found.append(word in _TRUE)
        else:
            found.append(share == "100" if share.isdecimal() else None)
    if unknown := found.count(None):
        findings.note("qualtrics-finished-unknown", table.file, count=unknown)
    return tuple(found)


def answered_on(table: RawTable, layout: Layout, findings: Findings) -> tuple[date | None, ...]:
    """Return the day each row was recorded, else ended, else started."""
    days: list[date | None] = [None] * len(table.rows)
    unread = 0
    for key in ("startDate", "endDate", "recordedDate"):
        at = layout.place(key)
        if at is None:
            continue
        cells = [row[at].strip() for row in table.rows]
        read = days_of(cells)
        unread += sum(bool(cell) and day is None for cell, day in zip(cells, read, strict=True))
        days = [day or earlier for day, earlier in zip(read, days, strict=True)]
    if unread:
        findings.note("qualtrics-days-unread", table.file, count=unread)
    return tuple(days)


def respondent_of(table: RawTable, layout: Layout, dropped: dict[int, str]) -> str:
    """Return the heading of the reference or address from the contact list, where every response has one.

    A column named "id" is the user's own and goes first.
    """
    kept = [row for at, row in enumerate(table.rows) if at not in dropped]
    for key in ("externalDataReference", "recipientEmail") if "id" not in table.header else ():
        at = layout.place(key)
        if at is not None and kept and all(row[at].strip() for row in kept):
            return table.header[at]
    return ""
