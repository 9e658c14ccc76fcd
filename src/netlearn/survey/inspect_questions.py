"""The questions of an export before there is a study: columns put together, and what each seems to be."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.export import Column, Export
from netlearn.survey.inspect_people import People
from netlearn.wording.shown import Shown

Kind = Literal[
    "roster",
    "multiple-choice",
    "multiple-answer",
    "name-generator",
    "nominations",
    "free-text",
    "adjacency",
    "scale",
    "background",
    "group",
]
_MANY = 4
_SLOT = re.compile(r"(?P<stem>.*?[^\d])(?P<slot>\d{1,3})(?P<end>\D*)")
_ENDS = (("from", "to"), ("source", "target"), ("ego", "alter"), ("sender", "receiver"), ("i", "j"))


@dataclass(frozen=True)
class Question(Shown):
    """A question of an export and what it seems to be.

    Attributes
    ----------
    code : str
        As the study file would name it; of a name generator the pattern of its columns.
    kind : str
        Kind of relation, or "scale", "background", "group" (a repeat group).
    columns : tuple of Column
    people : float
        Share of its items that are people: of the roster if one was given, else that look like names. NaN where there
        are no items.
    """

    code: str
    kind: Kind
    columns: tuple[Column, ...]
    people: float

    @property
    def about_people(self) -> bool:
        """Whether it seems to be a network question."""
        return self.kind in ("name-generator", "nominations", "adjacency", "group") or self.people >= 0.5

    @property
    def text(self) -> str:
        """The wording that all columns share; "" where it differs, as it does where it names the colleague."""
        texts = {" ".join(column.text.split()) for column in self.columns}
        labels = [column.label for column in self.columns if column.label]
        shared = next(iter(texts)) if len(texts) == 1 else ""
        return "" if any(label in shared for label in labels) else shared


def questions_of(export: Export, known: People) -> tuple[Question, ...]:
    """Return the questions of an export, network questions first."""
    found = [_question(export, code, columns, known) for code, columns in _groups(export, known).items()]
    groups = ((name, group) for name, group in export.groups.items() if name not in tie_groups(export))
    found += [Question(name, "group", group.columns, float("nan")) for name, group in groups]
    if (ends := ends_of(export.table)) is not None:
        found = [question for question in found if question.code not in ends]
        found.insert(0, Question("", "nominations", (), float("nan")))
    matrices = list(export.matrices) or ([""] if ends is None and _is_square(export.table) else [])
    if matrices:
        found = [Question(name, "adjacency", (), float("nan")) for name in matrices]
    return tuple(sorted(found, key=lambda question: not question.about_people))


def tie_groups(export: Export) -> list[str]:
    """Return the groups that hold ties among the people named: each row tells two of them."""
    return [name for name, group in export.groups.items() if sum(c.role == "id" for c in group.columns) > 1]


def ends_of(table: RawTable) -> tuple[str, str] | None:
    """Return the columns of an edge list that name its ends; None if the table is none."""
    lower = {name.casefold(): name for name in table.header}
    return next(((lower[a], lower[b]) for a, b in _ENDS if a in lower and b in lower), None)


def _is_square(table: RawTable) -> bool:
    """Tell a table person x person: most headings stand in the first column too."""
    first = {plain(row[0]) for row in table.rows}
    others = [plain(name) for name in table.header[1:]]
    return len(others) > 1 and 2 * sum(name in first for name in others) > len(others)


def _groups(export: Export, known: People) -> dict[str, tuple[Column, ...]]:
    """Put columns together: as the tool does, else by the beginning of their headings."""
    left = [column for column in export.columns if column.role == "answer" and not column.question]
    header, found = export.table.header, dict(export.questions)
    stems: dict[str, list[Column]] = {}
    for column in left:
        for stem, item in _cuts(header[column.at]):
            stems.setdefault(stem, []).append(replace(column, item=item))
    taken: set[int] = set()
    # The longest beginning that many columns share, those about people first.
    for stem, columns in sorted(stems.items(), key=lambda pair: _rank(pair, known)):
        free = tuple(column for column in columns if column.at not in taken)
        enough = len(free) >= _MANY or ("{slot}" in stem and len(free) > 1 and known.named(export, free))
        if enough and len(free) == len(columns):
            found[stem] = free
            taken |= {column.at for column in free}
    for column in left:
        if column.at not in taken:
            found[header[column.at]] = (column,)
    named = [code for code, columns in found.items() if len(columns) == 1 and known.is_given(code)]
    if len(named) >= _MANY:
        # A question whose headings are the names alone.
        found[""] = tuple(replace(found.pop(code)[0], item=code, label=code) for code in named)
    order = {code: columns[0].at for code, columns in found.items()}
    return dict(sorted(found.items(), key=lambda pair: order[pair[0]]))


def _rank(pair: tuple[str, list[Column]], known: People) -> tuple[float, bool, int]:
    """Order the ways to cut headings: those about people first, then at "_", then the longest beginning."""
    stem, columns = pair
    return -_score(columns, known), "{slot}" in stem, -len(stem)


def _score(columns: list[Column], known: People) -> float:
    share = known.share(columns) if known.given else 0.0
    return share if share == share else 0.0


def _cuts(heading: str) -> list[tuple[str, str]]:
    """Return the ways to cut a heading into question and item."""
    parts = heading.split("_")
    cuts = [("_".join(parts[:at]), "_".join(parts[at:])) for at in range(1, len(parts))]
    match = _SLOT.fullmatch(heading)
    if match and not match["stem"].endswith("_"):
        cuts.append((f"{match['stem']}{{slot}}{match['end']}", match["slot"]))
    return cuts


def _question(export: Export, code: str, columns: tuple[Column, ...], known: People) -> Question:
    people = known.share(columns)
    if len(columns) > 1 and all(column.ticks and not column.option for column in columns):
        return Question(code, "multiple-choice", columns, people)
    labelled = people >= 0.5 and any(column.label for column in columns)
    slots = all(column.item.isdigit() for column in columns) and len(columns) > 1 and not labelled
    if slots and known.named(export, columns):
        return Question(code if "{slot}" in code else f"{code}_{{slot}}", "name-generator", columns, people)
    if any(column.option for column in columns) or (len(columns) > 1 and any(c.separator for c in columns)):
        return Question(code, "multiple-answer", columns, people)
    if len(columns) == 1 and columns[0].separator:
        return Question(code, "multiple-choice", columns, known.typed(export, columns[0]))
    if len(columns) == 1:
        typed = known.typed(export, columns[0])
        return Question(code, "free-text" if typed >= 0.5 else "background", columns, typed)
    return Question(code, "roster" if people >= 0.5 else "scale", columns, people)


def values_of(export: Export, columns: Collection[Column], most: int = 12) -> list[str]:
    """Return the different answers in some columns, in order of the file's wording, else as sorted; at most `most`."""
    worded = {plain(code): None for column in columns for code in column.answers}
    seen = {plain(row[column.at]) for column in columns for row in export.table.rows} - {""}
    ordered = [code for code in worded if code in seen or len(worded) <= most]
    return [*ordered, *sorted(seen - set(ordered), key=_by_size)][:most]


def _by_size(text: str) -> tuple[bool, float, str]:
    number = re.fullmatch(r"-?\d+([.,]\d+)?", text)
    return number is None, float(text.replace(",", ".")) if number else 0.0, text
