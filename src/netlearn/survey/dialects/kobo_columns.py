"""What the columns of a KoboToolbox or ODK table are: boxes, rows of a table, answers, and what the tool adds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from netlearn.study.findings import Findings
from netlearn.survey.dialects.kobo_form import Form, Question
from netlearn.survey.dialects.kobo_headings import MISSING, ROLES, TICKS, Heads, is_system, leaf
from netlearn.survey.export import Column, Role

_ALIKE, _FEW = 10, 3


def columns_of(heads: Heads, form: Form | None, findings: Findings) -> tuple[Column, ...]:
    """Return what each column is."""
    table = heads.table
    found = {at: Column(at, role="other") for at in heads.joined}
    boxes_of = {table.header[at]: boxes for at, boxes in heads.joined.items()} | dict(heads.alone)
    names = Counter(leaf(heads, prefix)[1] for prefix in boxes_of)
    for prefix, boxes in boxes_of.items():
        # A name that questions of two groups share is no code: the whole heading is.
        found |= _boxes(heads, prefix, boxes, form, alone=names[leaf(heads, prefix)[1]] == 1)
    for prefix, boxes in heads.alone.items():
        findings.note("kobo-boxes-alone", table.file, 1, prefix, count=len(boxes))
    for at, name in enumerate(table.header):
        if at not in found and (not name or is_system(name)):
            role: Role = "other" if name.startswith(("_submission_", "SET-OF-")) else ROLES.get(name, "other")
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


def _boxes(
    heads: Heads, prefix: str, boxes: Sequence[int], form: Form | None, alone: bool
) -> dict[int, Column]:
    table = heads.table
    written = frozenset().union(*(heads.cells[at] for at in boxes))
    ticks = next((pair for pair in TICKS if written <= set(pair)), TICKS[0])
    question = question_of(heads, prefix, form)
    choices = question.choices if question else {}
    by_label = {label: name for name, labels in choices.items() for label in labels}
    # Of labels, the whole heading is the code of the question: they may hold any sign.
    code = question.name if question else prefix if heads.labelled or not alone else leaf(heads, prefix)[1]
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
    told = {at: question_of(heads, heads.table.header[at], form) for at in left}
    named = {at: question.name for at, question in told.items() if question is not None}
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
    """Tell whether cells hold several codes each, with spaces between them: names have no figures and no "_"."""
    parts = [part for cell in cells if " " in cell for part in cell.split()]
    coded = all(re.fullmatch(r"(?=.*[\d_])[\w.\-]+", part) for part in parts)
    return (
        bool(parts)
        and coded
        and all(re.fullmatch(r"[\w.\-]+", part) for cell in cells for part in cell.split())
    )


def _composed(cells: frozenset[str]) -> bool:
    """Tell whether a cell is made of others with spaces between them, as an export of labels joins them."""

    def made(cell: str) -> bool:
        cuts = [at for at, sign in enumerate(cell) if sign == " "]
        return any(cell[:at] in cells and (cell[at + 1 :] in cells or made(cell[at + 1 :])) for at in cuts)

    return any(made(cell) for cell in cells)
