"""Which instrument each column belongs to, and which instruments of a row were never opened.

A box that is not ticked exports 0 also where its instrument was never opened: only `<form>_complete` tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.redcap_dictionary import Dictionary
from netlearn.survey.export import Column

EVENT, INSTRUMENT, INSTANCE = "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"
SYSTEM = (EVENT, INSTRUMENT, INSTANCE, "redcap_data_access_group", "redcap_survey_identifier")
_STATUS, _STAMP = "_complete", "_timestamp"
UNOPENED, FINISHED = ("", "0", "Incomplete"), ("2", "Complete")
_STATUS_CELLS = frozenset((*UNOPENED, "1", "Unverified", *FINISHED))


@dataclass(frozen=True, eq=False)
class Layout:
    """Where things stand in a table.

    Attributes
    ----------
    record : int
        Position of the record id; -1 = the file has none.
    form : mapping position -> form
        The instrument of each column of a question, where it is known.
    status, stamp : mapping form -> position
        `<form>_complete`, and `<form>_timestamp` of surveys.
    ordered : bool
        Whether instruments were told from the order of the columns.
    """

    record: int
    form: Mapping[int, str]
    status: Mapping[str, int]
    stamp: Mapping[str, int]
    ordered: bool


def base_of(heading: str) -> str:
    """Return the field of a heading: of `check___1` it is "check"."""
    return heading.partition("___")[0]


def is_status(table: RawTable, at: int) -> bool:
    """Tell whether a column holds the status of an instrument."""
    name = table.header[at]
    if not name.endswith(_STATUS) or name == _STATUS:
        return False
    return all(row[at].strip() in _STATUS_CELLS for row in table.rows)


def lay_out(table: RawTable, dictionary: Dictionary | None) -> Layout:
    """Find the instrument of each column: by the dictionary, else it ends with its `<form>_complete`."""
    header = table.header
    fields = dictionary.fields if dictionary else {}
    record = _record(header, dictionary)
    status = {
        name[: -len(_STATUS)]: at
        for at, name in enumerate(header)
        if name not in fields and is_status(table, at)
    }
    forms = {*status, *(dictionary.forms if dictionary else ())}
    stamp = {
        name[: -len(_STAMP)]: at
        for at, name in enumerate(header)
        if name.endswith(_STAMP) and name[: -len(_STAMP)] in forms and name not in fields
    }
    special = {record, *status.values(), *stamp.values()}
    form: dict[int, str] = {}
    ordered, following = False, ""
    ends = {at: name for name, at in status.items()}
    for at in reversed(range(len(header))):
        following = ends.get(at, following)
        if at in special or header[at] in SYSTEM:
            continue
        if base_of(header[at]) in fields:
            form[at] = fields[base_of(header[at])].form
        elif following:
            form[at], ordered = following, True
    return Layout(record, form, status, stamp, ordered)


def _record(header: tuple[str, ...], dictionary: Dictionary | None) -> int:
    """Return the position of the first field of the project, which is the record id; -1 where it was not exported."""
    if dictionary and dictionary.fields:
        first = next(iter(dictionary.fields))
        return header.index(first) if first in header else -1
    alone = header[0] not in SYSTEM and "___" not in header[0] and not header[0].endswith(_STATUS)
    return 0 if alone else -1


def bad_status(table: RawTable, layout: Layout, dictionary: Dictionary | None) -> list[int]:
    """Return columns that the dictionary makes the status of an instrument, but that hold something else."""
    names = {f"{form}{_STATUS}" for form in (dictionary.forms if dictionary else ())}
    fields = dictionary.fields if dictionary else {}
    known = set(layout.status.values())
    return [
        at for at, name in enumerate(table.header) if name in names and name not in fields and at not in known
    ]


def unopened(
    table: RawTable, layout: Layout, columns: Sequence[Column], ignore: frozenset[int]
) -> dict[str, frozenset[int]]:
    """Return for each instrument the rows in which it was never opened: no status and nothing filled in or ticked.

    `ignore` are columns that fill themselves, such as calculations.
    """
    empty = {c.at: ("", c.ticks[1]) if c.ticks else ("",) for c in columns}
    found = {}
    for form, status in layout.status.items():
        filled = [(at, empty[at]) for at, name in layout.form.items() if name == form and at not in ignore]
        if form in layout.stamp:
            filled.append((layout.stamp[form], ("",)))
        found[form] = frozenset(
            place
            for place, row in enumerate(table.rows)
            if row[status].strip() in UNOPENED and all(row[at].strip() in blank for at, blank in filled)
        )
    return found


def blank_rows(
    table: RawTable, layout: Layout, columns: Sequence[Column], closed: frozenset[int]
) -> list[int]:
    """Return rows in which nothing was answered.

    `closed` are the rows in which no instrument was opened; without any status they are told by their cells.
    """
    if layout.status:
        known = [(at, ("",)) for at in range(len(table.header)) if _outside_forms(table, layout, at)]
        return [at for at in sorted(closed) if all(table.rows[at][c].strip() in blank for c, blank in known)]
    empty = {c.at: ("", c.ticks[1]) if c.ticks else ("",) for c in columns}
    asked = [at for at in range(len(table.header)) if at != layout.record and table.header[at] not in SYSTEM]
    return [k for k, row in enumerate(table.rows) if all(row[at].strip() in empty[at] for at in asked)]


def _outside_forms(table: RawTable, layout: Layout, at: int) -> bool:
    """Tell whether a column of answers belongs to no instrument whose status is known."""
    if at == layout.record or table.header[at] in SYSTEM or at in layout.status.values():
        return False
    return at not in layout.stamp.values() and layout.form.get(at) not in layout.status


def completeness(
    table: RawTable, layout: Layout, closed: Mapping[str, frozenset[int]]
) -> tuple[bool | None, ...]:
    """Tell per row whether all instruments that were opened are complete; None if none was."""
    found: list[bool | None] = []
    asked = {form: at for form, at in layout.status.items() if form in set(layout.form.values())}
    for place, row in enumerate(table.rows):
        opened = [row[at].strip() in FINISHED for form, at in asked.items() if place not in closed[form]]
        found.append(all(opened) if opened else None)
    return tuple(found)


def days(table: RawTable, layout: Layout) -> tuple[date | None, ...]:
    """Return the day on which surveys were sent in; None if none was, or several on different days."""
    return tuple(_day({row[at].strip()[:10] for at in layout.stamp.values()}) for row in table.rows)


def _day(texts: set[str]) -> date | None:
    found = set()
    for text in texts:
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            # Blank, or "[not completed]".
            continue
    return next(iter(found)) if len(found) == 1 else None
