"""What the columns of a KoboToolbox or ODK table are: boxes, rows of a table, answers, and what the tool adds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netlearn.study.findings import Findings
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.kobo_form import Form, Question
from netlearn.survey.export import Column, Role

_ROLES: dict[str, Role] = {
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
        *_ROLES,
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
_TICKS = (("1", "0"), ("TRUE", "FALSE"), ("True", "False"), ("true", "false"))
_ALIKE, _FEW = 10, 3


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
    return any(written <= set(pair) for pair in _TICKS)


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


def columns_of(heads: Heads, form: Form | None, findings: Findings) -> tuple[Column, ...]:
    """Return what each column is."""
    table = heads.table
    found: dict[int, Column] = {}
    for at, boxes in heads.joined.items():
        found[at] = Column(at, role="other")
        found |= _boxes(heads, table.header[at], boxes, form)
    for prefix, boxes in heads.alone.items():
        findings.note("kobo-boxes-alone", table.file, 1, table.header[boxes[0]], count=len(boxes))
        found |= _boxes(heads, prefix, boxes, form)
    for at, name in enumerate(table.header):
        if at not in found and (not name or is_system(name)):
            role: Role = (
                "other" if name.startswith(("_submission_", "SET-OF-")) else _ROLES.get(name, "other")
            )
            found[at] = Column(at, role=role)
    left = [at for at in range(len(table.header)) if at not in found]
    found |= _answers(heads, left, form, findings)
    return tuple(found[at] for at in range(len(table.header)))


def question_of(heads: Heads, heading: str, form: Form | None) -> Question | None:
    """Return the question of a heading, by its name or by its label."""
    if form is None:
        return None
    for name in (heading, heading.rpartition("/")[2], heading.rpartition("-")[2]):
        if name in form.questions:
            return form.questions[name]
    return form.by_label.get(heading) or form.by_label.get(heading.rpartition("/")[2])


def leaf(heads: Heads, heading: str) -> tuple[str, str]:
    """Cut a heading into the groups it stands in and its own name."""
    group, sign, name = heading.rpartition("-" if heads.dash and "/" not in heading else "/")
    return (group, name) if sign else ("", heading)


def _boxes(heads: Heads, prefix: str, boxes: Sequence[int], form: Form | None) -> dict[int, Column]:
    table = heads.table
    written = frozenset().union(*(heads.cells[at] for at in boxes))
    ticks = next((pair for pair in _TICKS if written <= set(pair)), _TICKS[0])
    question = question_of(heads, prefix, form)
    choices = question.choices if question else {}
    by_label = {label: name for name, labels in choices.items() for label in labels}
    # Of labels, the whole heading is the code of the question: they may hold any sign.
    code = question.name if question else prefix if heads.labelled else leaf(heads, prefix)[1]
    text = (question.labels or ("",))[0] if question else prefix if heads.labelled else ""
    found = {}
    for at in boxes:
        option = table.header[at][len(prefix) + 1 :]
        name = option if option in choices else by_label.get(option, option)
        label = choices.get(name, ("",))[0] if choices.get(name) else option if heads.labelled else ""
        found[at] = Column(at, code, name, text=text, label=label, missing=(MISSING,), ticks=ticks)
    return found


def _answers(heads: Heads, left: Sequence[int], form: Form | None, findings: Findings) -> dict[int, Column]:
    """Tell columns of one answer per cell; in a group, what of the heading is the question must be found out."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in left:
        heading = heads.table.header[at]
        groups["" if form and heading in form.questions else leaf(heads, heading)[0]].append(at)
    codes: dict[int, tuple[str, str]] = {}
    for group, places in groups.items():
        if group:
            codes |= _coded(heads, group, places, findings)
    named = {at: found.name for at in left if (found := question_of(heads, heads.table.header[at], form))}
    if heads.labelled:
        codes |= {at: (name, "") for at, name in named.items()} | _families(named)
    twice = Counter(codes.values())
    found = {}
    for at in left:
        code, item = codes.get(at, ("", ""))
        if twice[code, item] > 1:
            # Two groups hold a question of this name: only the whole heading tells them apart.
            code, item = "", ""
        found[at] = _answer(heads, at, code, item, form, findings)
    return found


def _families(names: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Cut names that share what stands before their last "_" into question and item.

    Two such families that begin alike may be one whose items hold "_": they are left to the study file.
    """
    families: dict[str, list[int]] = defaultdict(list)
    for at, name in names.items():
        families[name.rpartition("_")[0]].append(at)
    families = {name: same for name, same in families.items() if name and len(same) > 1}
    firsts = Counter(name.split("_")[0] for name in families)
    found: dict[int, tuple[str, str]] = {}
    for family, same in families.items():
        alike = firsts[family.split("_")[0]] > 1
        found |= {at: ("", "") if alike else (family, names[at][len(family) + 1 :]) for at in same}
    return found


def _coded(heads: Heads, group: str, places: Sequence[int], findings: Findings) -> dict[int, tuple[str, str]]:
    """Return question and item of columns in a group: a family NAME_ITEM, a table of rows, or a question each."""
    table = heads.table
    names = {at: leaf(heads, table.header[at])[1] for at in places}
    found = {} if heads.labelled else _families(names)
    rest = [at for at in places if at not in found]
    rows = len(rest) >= _FEW and len(frozenset().union(*(heads.cells[at] for at in rest))) <= _ALIKE
    if rows and heads.labelled and (deeper := _deeper(heads, group, set(rest))):
        # A label that holds a slash looks like a group of its own, and a colleague would be lost.
        findings.fault("kobo-slash", table.file, 1, number=deeper[0] + 1)
    code = group if heads.labelled else leaf(heads, group)[1]
    for at in rest:
        found[at] = (code, names[at]) if rows else ("" if heads.labelled else names[at], "")
    return found


def _deeper(heads: Heads, group: str, besides: set[int]) -> list[int]:
    boxes = {box for places in (*heads.joined.values(), *heads.alone.values()) for box in places} | set(
        heads.joined
    )
    header = heads.table.header
    return [
        at for at, name in enumerate(header) if name.startswith(f"{group}/") and at not in boxes | besides
    ]


def _answer(heads: Heads, at: int, code: str, item: str, form: Form | None, findings: Findings) -> Column:
    heading, cells = heads.table.header[at], heads.cells[at]
    question = question_of(heads, heading, form)
    missing = (MISSING,)
    if question is None:
        if heads.labelled and _composed(cells):
            findings.note("kobo-names-joined", heads.table.file, 1, number=at + 1)
        separator = " " if _looks_joined(cells) else ""
        code = code or (heading if separator else "")
        return Column(
            at, code, item, label=item if heads.labelled else "", missing=missing, separator=separator
        )
    answers = {name: labels[0] for name, labels in question.choices.items() if labels}
    worded = {label for labels in question.choices.values() for label in labels}
    answers |= {label: label for label in worded & cells}
    label = question.labels[0] if question.labels else ""
    if question.kind == "select_multiple":
        names = set(question.choices)
        if any(set(cell.split()) - names and any(label in cell for label in worded) for cell in cells):
            findings.fault("kobo-labels-joined", heads.table.file, 1, question.name)
        return Column(at, question.name, text=label, answers=answers, missing=missing, separator=" ")
    if question.table:
        code, item = question.table, question.name.removeprefix(f"{question.table}_")
        text = question.group[0] if question.group else ""
        return Column(at, code, item, text=text, label=label, answers=answers, missing=missing)
    return Column(at, code, item, text=label, label=label, answers=answers, missing=missing)


def _looks_joined(cells: frozenset[str]) -> bool:
    """Tell whether cells hold several codes each, with spaces between them: codes have figures, names have none."""
    parts = [part for cell in cells if " " in cell for part in cell.split()]
    return bool(parts) and all(
        re.fullmatch(r"[\w.\-]*\d[\w.\-]*", part) for cell in cells for part in cell.split()
    )


def _composed(cells: frozenset[str]) -> bool:
    """Tell whether a cell is made of others with spaces between them, as an export of labels joins them."""

    def made(cell: str) -> bool:
        cuts = [at for at, sign in enumerate(cell) if sign == " "]
        return any(cell[:at] in cells and (cell[at + 1 :] in cells or made(cell[at + 1 :])) for at in cuts)

    return any(made(cell) for cell in cells)
