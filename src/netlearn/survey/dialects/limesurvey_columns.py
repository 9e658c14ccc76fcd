"""From the headings of LimeSurvey to columns: which question, which row of it, which scale or choice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from netlearn.study.findings import Findings
from netlearn.study.rawtable import plain
from netlearn.survey.dialects.limesurvey_headings import Heading, Headings
from netlearn.survey.dialects.limesurvey_structure import CELLS, DUAL, Question
from netlearn.survey.dialects.limesurvey_system import SYSTEM
from netlearn.survey.export import Column

_OTHER = {"other", "andet", "comment", "kommentar", "othercomment"}
"""What the box for something else and the box for a comment are called where headings are wordings."""
_SCALE = re.compile(r"(.+)_([01])")
_SCALE_PART = re.compile(r"(?:[^\W\d_]+ )?([12])")
"""The second part of a code with two scales; old versions write "Scale 1" in their language."""


def columns_of(
    headings: Headings, structure: Mapping[str, Question], file: str, findings: Findings
) -> tuple[Column, ...]:
    """Return the columns of a file in its order, without what only the cells can tell."""
    found: dict[int, Column] = {}
    groups: dict[tuple[str, str], list[tuple[int, Heading]]] = defaultdict(list)
    for at, heading in enumerate(headings.each):
        if heading.system or not (heading.code or heading.text):
            found[at] = Column(at, role=SYSTEM.get(heading.code, "other"), text=heading.text)
        elif heading.parts:
            groups["parts", heading.code].append((at, heading))
        elif heading.code and heading.code not in structure:
            groups["underscores", heading.text if heading.labels else ""].append((at, heading))
        else:
            groups["text", heading.code or heading.text].append((at, heading))
    for (way, code), members in groups.items():
        made = {"parts": _bracketed, "underscores": _underscored, "text": _worded}[way](
            code, members, structure
        )
        found |= {column.at: column for column in made}
        _say_arranged(made, file, findings)
    columns = tuple(found[at] for at in sorted(found))
    return tuple(_with_structure(column, structure) for column in columns)


def _say_arranged(columns: list[Column], file: str, findings: Findings) -> None:
    """Note the questions that are read as two, and as rows by columns."""
    asked = dict.fromkeys(column.question for column in columns if column.role == "answer")
    scales = [code for code in asked if code.endswith(("[1]", "[2]"))]
    if scales:
        findings.note("limesurvey-two-scales", file, 1, count=len(columns), questions=scales)
    crossed = dict.fromkeys(column.question for column in columns if column.option)
    if crossed:
        findings.note("limesurvey-rows-by-columns", file, 1, count=len(columns), questions=list(crossed))


def _bracketed(
    code: str, members: list[tuple[int, Heading]], structure: Mapping[str, Question]
) -> list[Column]:
    """Columns CODE[ROW], CODE[ROW][SCALE] or CODE[ROW_COLUMN]."""
    rows = {heading.parts[0] for _, heading in members}
    extra = {at for at, heading in members if _is_extra(heading.parts[0], rows)}
    own = [(at, heading) for at, heading in members if at not in extra]
    columns = [
        Column(at, code, plain(h.parts[0]), text=h.text, role="comment") for at, h in members if at in extra
    ]
    scales = [_SCALE_PART.fullmatch(heading.parts[-1]) for _, heading in own if len(heading.parts) == 2]
    if own and len(scales) == len(own) and all(scales):
        numbers = [scale[1] for scale in scales if scale is not None]
        pairs = zip(own, numbers, strict=True)
        return columns + [_item(at, f"{code}[{number}]", h.parts[0], h) for (at, h), number in pairs]
    items = [heading.parts[0] for _, heading in own]
    crossed = _crossed(items, [heading for _, heading in own], structure.get(code))
    if crossed is None:
        return columns + [_item(at, code, "][".join(heading.parts), heading) for at, heading in own]
    for (at, heading), (row, choice) in zip(own, crossed, strict=True):
        label = heading.labels[1] if len(heading.labels) == 2 else ""
        columns.append(
            replace(_item(at, code, row, heading), option=plain(choice), option_label=_whole(label))
        )
    return columns


def _item(at: int, question: str, item: str, heading: Heading) -> Column:
    label = heading.labels[0] if heading.labels else ""
    return Column(at, question, plain(item), text=heading.text, label=_whole(label))


def _whole(label: str) -> str:
    """Return a wording, or "" where the tool cut its end off: a piece of a name is no name."""
    return "" if label.endswith(("..", "…")) else label


def _is_extra(item: str, rows: set[str]) -> bool:
    """Tell whether a column holds what was typed beside an answer."""
    return item.casefold() in (*_OTHER, "filecount") or (
        item.endswith("comment") and (item.removesuffix("comment") in rows or item == "othercomment")
    )


def _crossed(
    items: Sequence[str], headings: Sequence[Heading], question: Question | None
) -> list[tuple[str, str]] | None:
    """Split ROW_COLUMN where the file shows that it is both; None where a row may have "_" in its code."""
    if headings and all(len(heading.parts) == 2 for heading in headings):
        return [(heading.parts[0], heading.parts[1]) for heading in headings]
    pairs = [(item.partition("_")[0], item.partition("_")[2]) for item in items]
    if question is not None:
        return pairs if question.kind in CELLS and all(choice for _, choice in pairs) else None
    if not pairs or not all(choice and "_" not in choice for _, choice in pairs):
        return None
    if all(len(heading.labels) == 2 for heading in headings):
        return pairs
    rows, choices = {row for row, _ in pairs}, {choice for _, choice in pairs}
    full = len(rows) > 1 and len(choices) > 1 and len(set(pairs)) == len(pairs) == len(rows) * len(choices)
    return pairs if full else None


def _underscored(
    text: str, members: list[tuple[int, Heading]], structure: Mapping[str, Question]
) -> list[Column]:
    """Columns CODE_ROW; the code ends where the questionnaire says, or the wording, or the study file."""
    known = [_known(at, heading, structure) for at, heading in members]
    if all(column is not None for column in known):
        return [column for column in known if column is not None]
    names = {heading.code for _, heading in members}
    start = _common(names) if text else ""
    if start:
        rows = {name[len(start) :] for name in names}
        made = [_labelled(at, start, heading) for at, heading in members]
        return [replace(c, role="comment", label="") if _is_extra(c.item, rows) else c for c in made]
    columns = [_plain_code(at, heading, names) for at, heading in members]
    return _two_scales(columns, {at: heading.code for at, heading in members})


def _common(names: set[str]) -> str:
    """Return what the codes of one question have in common, up to the last "_" in it."""
    first, last = min(names), max(names)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("_", 0, same) + 1]


def _labelled(at: int, start: str, heading: Heading) -> Column:
    """Read the code of a column whose question is known by its wording."""
    code, item = start[:-1], heading.code[len(start) :]
    row, _, choice = item.rpartition("_")
    if len(heading.labels) < 2 or not row:
        return _item(at, code, item, heading)
    if choice in ("0", "1"):
        return _item(at, f"{code}[{int(choice) + 1}]", row, heading)
    column = _item(at, code, row, heading)
    return replace(column, option=plain(choice), option_label=_whole(heading.labels[1]))


def _known(at: int, heading: Heading, structure: Mapping[str, Question]) -> Column | None:
    """Split a heading by the codes of the questionnaire; None if none fits."""
    fits = [code for code in structure if heading.code.startswith(f"{code}_")]
    if not fits:
        return None
    code = max(fits, key=len)
    question, item = structure[code], heading.code[len(code) + 1 :]
    if _is_extra(item, set(question.rows)):
        return Column(at, code, plain(item), text=heading.text, role="comment")
    if question.kind == DUAL and (match := _SCALE.fullmatch(item)):
        return _item(at, f"{code}[{int(match[2]) + 1}]", match[1], heading)
    if question.kind in CELLS:
        row, _, choice = item.partition("_")
        return replace(_item(at, code, row, heading), option=plain(choice))
    return _item(at, code, item, heading)


def _plain_code(at: int, heading: Heading, names: set[str]) -> Column:
    name = heading.code
    front, _, item = name.rpartition("_")
    label = _whole(heading.labels[0]) if heading.labels else ""
    if not front:
        return Column(at, name, text=heading.text, label=label)
    if item in ("other", "comment", "filecount") or (
        item.endswith("comment") and name.removesuffix("comment") in names
    ):
        return Column(at, item=plain(item), text=heading.text, role="comment")
    return Column(at, text=heading.text, label=label)


def _two_scales(columns: list[Column], names: Mapping[int, str]) -> list[Column]:
    """Read CODE_ROW_0 and CODE_ROW_1 as two scales where every row of two or more has both."""
    rows: dict[str, set[str]] = defaultdict(set)
    for column in columns:
        if column.role == "answer" and (match := _SCALE.fullmatch(names[column.at])) and "_" in match[1]:
            rows[match[1]].add(match[2])
    fronts: dict[str, list[set[str]]] = defaultdict(list)
    for row, scales in rows.items():
        fronts[row.rpartition("_")[0]].append(scales)
    both = {front for front, found in fronts.items() if len(found) > 1 and all(len(s) == 2 for s in found)}
    return [_scaled(column, names[column.at], both) for column in columns]


def _scaled(column: Column, name: str, both: set[str]) -> Column:
    match = _SCALE.fullmatch(name)
    front, _, row = match[1].rpartition("_") if match else ("", "", "")
    if match is None or column.role != "answer" or front not in both:
        return column
    return replace(column, question=f"{front}[{int(match[2]) + 1}]", item=plain(row))


def _worded(code: str, members: list[tuple[int, Heading]], structure: Mapping[str, Question]) -> list[Column]:
    """Columns whose question has a code and no rows, or is known by its wording alone."""
    made = []
    for at, heading in members:
        label = heading.labels[0] if heading.labels else ""
        choice = heading.labels[1] if len(heading.labels) == 2 else ""
        extra = label.casefold() in _OTHER
        column = Column(at, code, plain(label), plain(choice), heading.text, label, choice)
        made.append(replace(column, role="comment") if extra else column)
    return made


def _with_structure(column: Column, structure: Mapping[str, Question]) -> Column:
    """Add the wording of the questionnaire where the heading has none."""
    code, scale = (
        (column.question[:-3], column.question[-2])
        if column.question.endswith("]")
        else (column.question, "1")
    )
    question = structure.get(code)
    if question is None or column.role != "answer":
        return column
    return replace(
        column,
        text=column.text or question.text,
        label=column.label or question.rows.get(column.item, ""),
        option_label=column.option_label or question.columns.get(column.option, ""),
        answers=question.answers_of("0" if scale == "1" else "1") if question.kind not in CELLS else {},
    )
