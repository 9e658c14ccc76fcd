"""From headings, wordings and import ids of Qualtrics to columns: which question, which row, which choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from netlearn.study.findings import Findings
from netlearn.study.rawtable import plain
from netlearn.survey.dialects.qualtrics_headings import keys_of
from netlearn.survey.dialects.qualtrics_ids import Key, key_of
from netlearn.survey.dialects.qualtrics_labels import MARK, beginning, crossed, labels_of, mark_of
from netlearn.survey.dialects.qualtrics_layout import SYSTEM, Layout
from netlearn.survey.export import Column

_OWN = ("Q_", "SC_", "FL_", "BL_")
_RANK = "_RANK"


@dataclass(frozen=True)
class Member:
    """One column of a question."""

    at: int
    name: str
    text: str
    key: Key


def columns_of(layout: Layout, file: str, findings: Findings) -> tuple[Column, ...]:
    """Return the columns of a file in its order, without what only the cells can tell."""
    found: dict[int, Column] = {}
    groups: dict[tuple[str, bool, int], list[Member]] = defaultdict(list)
    for at, key in enumerate(_keys(layout)):
        name, text = layout.names[at], layout.texts[at]
        if layout.system[at]:
            found[at] = Column(at, role=SYSTEM[layout.system[at]], text=text)
        elif not name or (key is not None and key.kind == "other"):
            found[at] = Column(at, role="other", text=text)
        elif key is None:
            found[at] = Column(at, text=text)
        elif key.kind == "comment":
            found[at] = Column(at, item=plain("_".join(key.codes)), text=text, role="comment")
        elif key.kind == "text" and not key.loop:
            found[at] = Column(at, name, text=text)
        else:
            groups[key.base, bool(key.loop), len(key.codes)].append(Member(at, name, text, key))
    for (_, looped, _), members in groups.items():
        mark = mark_of([member.text for member in members]) if layout.old and not looped else MARK
        made = _looped(members, mark) if looped else _plain_group(members, mark)
        found |= {column.at: column for column in made}
    columns = tuple(found[at] for at in sorted(found))
    _say(columns, groups, file, findings)
    return columns


def _keys(layout: Layout) -> list[Key | None]:
    """Return what is known of each column; None for fields that the questionnaire carries, such as an id."""
    if not layout.ids:
        asked = [at for at, key in enumerate(layout.system) if not key]
        texts = [layout.texts[at] for at in asked]
        keys = dict(zip(asked, keys_of([layout.names[at] for at in asked], texts, layout.old), strict=True))
        return [keys.get(at) for at in range(len(layout.names))]
    found: list[Key | None] = []
    for name, identity in zip(layout.names, layout.ids, strict=True):
        key = key_of(*identity) if identity else None
        if key is not None and key.kind == "comment" and not name.endswith("_TEXT"):
            key = replace(key, kind="answer")
        own = identity is not None and (
            not identity[0] or identity[0].startswith(_OWN) or name.startswith("Q_")
        )
        found.append(Key(name, kind="other") if key is None and own else key)
    # Points on a picture share one id: they are no answers that a table could hold.
    times = Counter(key for key in found if key is not None and key.kind == "answer" and not key.codes)
    return [replace(key, kind="other") if key is not None and times[key] > 1 else key for key in found]


def _plain_group(members: list[Member], mark: str, loop: str = "") -> list[Column]:
    """Columns of a question outside of loops, or of one turn of a loop."""
    depth, first = len(members[0].key.codes), members[0]
    if depth == 0 or depth > 2 or (len(members) == 1 and "_" not in first.name.removeprefix(f"{loop}_")):
        return [Column(member.at, member.name, text=member.text) for member in members]
    question, codes = _split([member.name for member in members], [member.key for member in members])
    if depth == 1:
        start, labels, _ = labels_of([member.text for member in members], mark, tail=mark == MARK)
        start = start.removesuffix(mark).strip() or members[0].text
        return [
            Column(m.at, question, plain(code[0]), text=start, label=_named(label, m, code))
            for m, code, label in zip(members, codes, labels, strict=True)
        ]
    texts = {(code[0], code[1]): member.text for member, code in zip(members, codes, strict=True)}
    start, rows, choices = crossed(texts, mark)
    return [
        Column(
            m.at,
            question,
            plain(code[0]),
            plain(code[1]),
            start,
            _named(rows[code[0]], m, code[:1]),
            _named(choices[code[1]], m, code[1:]),
        )
        for m, code in zip(members, codes, strict=True)
    ]


def _named(label: str, member: Member, codes: Sequence[str]) -> str:
    """Return a label, or "" where Qualtrics wrote the number of a row or choice that has no wording."""
    own = label in (*codes, *member.key.codes) and label.lstrip("x").isdecimal()
    return "" if own else label


def _split(names: Sequence[str], keys: Sequence[Key]) -> tuple[str, list[tuple[str, ...]]]:
    """Return the name of a question and the codes of its columns, as their headings tell; else as the ids tell."""
    depth = len(keys[0].codes)
    tail = _RANK if all(name.endswith(_RANK) for name in names) else ""
    bare = [name.removesuffix(tail) for name in names]
    parts = [name.rsplit("_", depth) for name in bare]
    if all(len(part) == depth + 1 and all(part) for part in parts) and len({part[0] for part in parts}) == 1:
        return f"{parts[0][0]}{tail}", [tuple(part[1:]) for part in parts]
    start = beginning(bare)
    start = start[: start.rfind("_") + 1]
    rest = [name[len(start) :] for name in bare]
    question = f"{start[:-1]}{tail}" if start and all(rest) else keys[0].base
    if depth > 1:
        return question, [key.codes for key in keys]
    return question, [(code,) for code in (rest if question != keys[0].base else names)]


def _looped(members: list[Member], mark: str) -> list[Column]:
    """Columns of a question that is asked in turns: each turn is about a row of another question."""
    turns = list(dict.fromkeys(member.key.loop for member in members))
    codes = list(dict.fromkeys(member.key.codes for member in members))
    if len(turns) == 1 or len(members[0].key.codes) > 1 or len(turns) < len(codes):
        by_turn = [[member for member in members if member.key.loop == turn] for turn in turns]
        return [c for turn, own in zip(turns, by_turn, strict=True) for c in _plain_group(own, mark, turn)]
    inner = {member.name.removeprefix(f"{member.key.loop}_") for member in members}
    if not members[0].key.codes:
        question = next(iter(inner)) if len(inner) == 1 else members[0].key.base
        labels = labels_of([_untagged(member) for member in members], mark)[1]
        return [
            Column(m.at, question, plain(m.key.loop), text=m.text, label=_named(label, m, [m.key.loop]))
            for m, label in zip(members, labels, strict=True)
        ]
    question, _ = _split(sorted(inner), [members[0].key] * len(inner))
    _, rows, choices = crossed({(m.key.loop, m.key.codes[0]): _untagged(m) for m in members}, mark)
    return [_in_turn(m, question, rows[m.key.loop], choices[m.key.codes[0]]) for m in members]


def _in_turn(member: Member, question: str, row: str, choice: str) -> Column:
    """Return a column of a turn with rows or choices of its own: a box, or a question per row of the table."""
    item, code = plain(member.key.loop), plain(member.key.codes[0])
    label = _named(row, member, [item])
    if member.key.box:
        return Column(member.at, question, item, code, member.text, label, _named(choice, member, [code]))
    return Column(member.at, f"{question}[{code}]", item, text=member.text, label=label)


def _untagged(member: Member) -> str:
    """Return the wording of a turn without the tag that stands for a question without words."""
    tag, _, rest = member.text.partition(MARK)
    own = tag.startswith(f"{member.key.loop}_") and member.name.startswith(tag)
    return rest if own else member.text


def _say(
    columns: Sequence[Column],
    groups: dict[tuple[str, bool, int], list[Member]],
    file: str,
    findings: Findings,
) -> None:
    """Note columns without names, questions read from turns, and columns that are no questions."""
    size = Counter(column.question for column in columns if column.role == "answer")
    without = [c for c in columns if c.item and c.role == "answer" and not c.label and size[c.question] > 1]
    if without:
        asked = list(dict.fromkeys(column.question for column in without))
        findings.note("qualtrics-no-labels", file, 1, count=len(without), questions=asked)
    turned = {member.at for (_, looped, _), members in groups.items() if looped for member in members}
    if turned:
        asked = list(dict.fromkeys(column.question for column in columns if column.at in turned))
        findings.note("qualtrics-loops", file, 1, count=len(turned), questions=asked)
    if other := sum(column.role == "other" for column in columns):
        findings.note("qualtrics-other-columns", file, 1, count=other)
