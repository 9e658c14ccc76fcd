"""The headings of a KoboToolbox or ODK table: what the tool adds, and which columns are boxes of one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.kobo_form import Form
from netlearn.survey.export import Role

ROLES: dict[str, Role] = {
    "start": "start",
    "end": "end",
    "username": "other",
    "_validation_status": "status",
    "_status": "status",
    "Status": "status",
    "ReviewState": "status",
}
SYSTEM = frozenset(
    (
        *ROLES,
        *(
            "today",
            "deviceid",
            "phonenumber",
            "subscriberid",
            "simserial",
            "simid",
            "devicephonenum",
            "email",
        ),
        *("_id", "_uuid", "_submission_time", "_submitted_by", "__version__", "_version_", "_tags", "_notes"),
        *(
            "_index",
            "_parent_index",
            "_parent_table_name",
            "_attachments",
            "_geolocation",
            "_xform_id_string",
        ),
        *("SubmissionDate", "KEY", "PARENT_KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"),
        *(
            "AttachmentsExpected",
            "DeviceID",
            "Edits",
            "FormVersion",
            "formdef_version",
            "instanceID",
            "instanceName",
        ),
        *("_duration", "_media_count", "_total_media", "_submitted_date", "_last_edited", "_date_modified"),
        *(
            "_media_all_received",
            "_edited",
            "_bamboo_dataset_id",
            "_version",
            "meta/rootUuid",
            "formhub/uuid",
        ),
        *(
            "meta/instanceID",
            "meta/instanceName",
            "meta-instanceID",
            "meta-instanceName",
            "meta/deprecatedID",
        ),
        *(
            "meta-entity",
            "meta/entity",
            "audit",
            "meta/audit",
            "meta-audit",
            "rootUuid",
            "deprecatedID",
            "_review_state",
        ),
    )
)
MISSING = "n/a"
_NAME = re.compile(r"[A-Za-z_][\w.\-]*(\[\d+\])?(/[\w.\-]+(\[\d+\])?)*")
TICKS = (("1", "0"), ("TRUE", "FALSE"), ("True", "False"), ("true", "false"))


@dataclass(frozen=True, eq=False)
class Heads:
    """The headings of a table.

    Attributes
    ----------
    table : RawTable
    joined : mapping position -> positions
        Columns with all choices of a question in one cell, and the boxes of the same question.
    alone : mapping prefix -> positions
        Boxes of questions that have no such column.
    dash : bool
        Whether groups end with "-" (ODK) rather than "/".
    labelled : bool
        Whether headings are labels rather than names.
    cells : tuple of sets
        What is written in each column.
    """

    table: RawTable
    joined: Mapping[int, tuple[int, ...]]
    alone: Mapping[str, tuple[int, ...]]
    dash: bool
    labelled: bool
    cells: tuple[frozenset[str], ...]


def is_system(name: str) -> bool:
    """Tell whether the tool itself writes this heading."""
    return name in SYSTEM or name.startswith(("_submission_", "SET-OF-"))


def heads_of(table: RawTable, form: Form | None) -> Heads:
    """Find the boxes of a table: `contact/p02` beside `contact`, or without it where all is ticked or not."""
    cells = tuple(frozenset(map(str.strip, column)) - {"", MISSING} for column in _turned(table))
    asked = {at: name for at, name in enumerate(table.header) if name and not is_system(name)}
    under: dict[str, list[int]] = defaultdict(list)
    for at, name in asked.items():
        for cut in (m.start() for m in re.finditer("/", name)):
            under[name[:cut]].append(at)
    joined = {
        at: tuple(under[name])
        for at, name in asked.items()
        if name in under and all(_is_box(cells[box]) for box in under[name])
    }
    taken = {box for boxes in joined.values() for box in boxes} | set(joined)
    alone = {}
    for prefix, places in under.items():
        free = [at for at in places if at not in taken]
        flat = all(table.header[at].rpartition("/")[0] == prefix for at in free)
        if free and flat and _all_or_none(table, cells, free, prefix, form):
            alone[prefix] = tuple(free)
    dash = "KEY" in table.header or "PARENT_KEY" in table.header
    labelled = not all(_NAME.fullmatch(name) for name in asked.values())
    return Heads(table, joined, alone, dash, labelled, cells)


def _turned(table: RawTable) -> Iterable[tuple[str, ...]]:
    return zip(*table.rows, strict=True) if table.rows else [()] * len(table.header)


def _is_box(written: frozenset[str]) -> bool:
    return any(written <= set(pair) for pair in TICKS)


def _all_or_none(
    table: RawTable, cells: Sequence[frozenset[str]], places: Sequence[int], prefix: str, form: Form | None
) -> bool:
    """Tell whether columns are the boxes of one question: each row has all of them filled, or none."""
    if not all(_is_box(cells[at]) for at in places):
        return False
    question = form.questions.get(re.split("[/-]", prefix)[-1]) if form else None
    if question is not None:
        return question.kind == "select_multiple"
    filled = ([row[at].strip() not in ("", MISSING) for at in places] for row in table.rows)
    return len(places) > 1 and all(all(row) or not any(row) for row in filled)


def leaf(heads: Heads, heading: str) -> tuple[str, str]:
    """Cut a heading into the groups it stands in and its own name."""
    group, sign, name = heading.rpartition("-" if heads.dash and "/" not in heading else "/")
    return (group, name) if sign else ("", heading)
