"""Inspect exports before there is a study: which tool wrote them, how they are encoded, what was asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects import PLAIN, SURE, dialect_of, guesses
from netlearn.survey.dialects.redcap_dictionary import is_dictionary
from netlearn.survey.dialects.surveyxact_files import kind_of
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.names import Directory
from netlearn.survey.source import Source, open_source
from netlearn.survey.text import looks

Kind = Literal[
    "roster",
    "multiple-choice",
    "multiple-answer",
    "name-generator",
    "nominations",
    "adjacency",
    "scale",
    "background",
    "group",
]
_MANY = 4
_NAME = re.compile(r"(?:[^\W\d_][\w.'’\-]*,?[ ]){1,4}[^\W\d_][\w.'’\-]*(?: \(.*\))?")
_SLOT = re.compile(r"(?P<stem>.*?[^\d])(?P<slot>\d{1,2})(?P<end>\D*)")
_XLSFORM = {"survey", "choices"}
_ENDS = (("from", "to"), ("source", "target"), ("ego", "alter"), ("sender", "receiver"), ("i", "j"))
_ROLES = {"nodeid": "nodes", "edgeid": "edges"}


@dataclass(frozen=True)
class Question:
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


@dataclass(frozen=True)
class Inspected:
    """One export: what it is, and its questions; `export` is None where it cannot be read (see the findings).

    `written` are encoding and separator of a text, "" otherwise.
    """

    file: str
    parts: dict[str, str]
    dialect: str
    guess: Guess
    export: Export | None
    questions: tuple[Question, ...]
    written: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Inspection:
    """Everything that was recognised in some files; faults and notes of each are in `findings`."""

    exports: tuple[Inspected, ...]
    findings: Findings
    roster: RawTable | None


def inspect_files(files: Sequence[Path], roster: Path | None = None) -> Inspection:
    """Look at export files; nothing is changed.

    Parameters
    ----------
    files : paths
        Exports, and files that belong to them (structure, labels, dictionary), in any order.
    roster : path, optional
        The staff list: then questions about its people are found for certain.

    Returns
    -------
    Inspection
    """
    findings = Findings()
    opened = [source for path in files if (source := _open(path, findings)) is not None]
    people = None if roster is None else _open(roster, findings)
    table = None if people is None else people.table()
    known = _Known(table)
    roles = {source.file: part_role(source) for source in opened}
    parts = {role: source for source in opened if (role := roles[source.file])}
    mains = [source for source in opened if not roles[source.file]]
    if not mains and parts:
        mains, parts = list(parts.values()), {}
    exports = sorted((_inspect(source, parts, known) for source in mains), key=_when)
    return Inspection(tuple(exports), findings, table)


def _when(inspected: Inspected) -> date:
    """Return the middle day of the answers: waves are numbered in order of time where it is known."""
    days = sorted(day for day in inspected.export.days if day is not None) if inspected.export else []
    return days[len(days) // 2] if days else date.min


def _open(path: Path, findings: Findings) -> Source | None:
    if not path.is_file():
        findings.fault("no-such-file", path.name)
        return None
    return open_source(path.parent, path.name, FileFormat(), findings)


def part_role(source: Source) -> str | None:
    """Tell which part of an export a file is: "structure", "labels", "dictionary", "nodes", "edges"; None = its own."""
    if source.kind == "xlsx":
        return "dictionary" if {sheet.casefold() for sheet in source.sheets} >= _XLSFORM else None
    if source.kind != "text" or not (records := source.records()):
        return None
    if is_dictionary(tuple(records[0])):
        return "dictionary"
    kind = kind_of(records)
    if kind in ("structure", "labels"):
        return kind
    return _ROLES.get(records[0][0].strip().casefold())


class _Known:
    """The people of a staff list, found in any of its columns."""

    def __init__(self, table: RawTable | None) -> None:
        self.given = table is not None
        self.cells = {plain(cell) for row in (table.rows if table else ()) for cell in row if cell.strip()}
        names = [
            plain(cell)
            for row in (table.rows if table else ())
            for cell in row
            if _NAME.fullmatch(cell.strip())
        ]
        self._directory = Directory.of(names)

    def share(self, columns: Iterable[Column]) -> float:
        """Return the share of items that are people."""
        items = list(
            dict.fromkeys((column.item, column.label) for column in columns if column.item or column.label)
        )
        if not items:
            return float("nan")
        return sum(self._is_person(item, label) for item, label in items) / len(items)

    def named(self, export: Export, columns: Iterable[Column]) -> bool:
        """Tell whether most cells of some columns hold names."""
        cells = [
            plain(row[column.at]) for column in columns for row in export.table.rows if row[column.at].strip()
        ]
        return 2 * sum(self._is_person("", cell) for cell in cells) > len(cells) > 0

    def _is_person(self, item: str, label: str) -> bool:
        if not self.given:
            return bool(_NAME.fullmatch(label))
        told = [plain(text) for text in (label, item) if text]
        return any(text in self.cells or self._directory.match(text).person is not None for text in told)


def _inspect(source: Source, parts: dict[str, Source], known: _Known) -> Inspected:
    whole = Source(source.file, source.data, source.form, source.findings, parts, source.sheet)
    found = guesses(whole)
    name, guess = found[0] if found and found[0][1].sure >= SURE else (PLAIN, Guess(0.1, "plain-table"))
    export = dialect_of(name).read(whole)
    named = {role: part.file for role, part in parts.items()} if name != PLAIN else {}
    asked = () if export is None else questions_of(export, known)
    written = looks(source.data) if source.kind == "text" else ("", "")
    return Inspected(source.file, named, name, guess, export, asked, written)


def questions_of(export: Export, known: _Known) -> tuple[Question, ...]:
    """Return the questions of an export, network questions first."""
    found = [_question(export, code, columns, known) for code, columns in _groups(export, known).items()]
    found += [Question(name, "group", group.columns, float("nan")) for name, group in export.groups.items()]
    if (ends := ends_of(export.table)) is not None:
        found.insert(0, Question("", "nominations", (), float("nan")))
    matrices = list(export.matrices) or ([""] if ends is None and _is_square(export.table) else [])
    if matrices:
        found = [Question(name, "adjacency", (), float("nan")) for name in matrices]
    return tuple(sorted(found, key=lambda question: not question.about_people))


def ends_of(table: RawTable) -> tuple[str, str] | None:
    """Return the columns of an edge list that name its ends; None if the table is none."""
    lower = {name.casefold(): name for name in table.header}
    return next(((lower[a], lower[b]) for a, b in _ENDS if a in lower and b in lower), None)


def _is_square(table: RawTable) -> bool:
    """Tell a table person x person: most headings stand in the first column too."""
    first = {plain(row[0]) for row in table.rows}
    others = [plain(name) for name in table.header[1:]]
    return len(others) > 1 and 2 * sum(name in first for name in others) > len(others)


def _groups(export: Export, known: _Known) -> dict[str, tuple[Column, ...]]:
    """Put columns together: as the tool does, else by the beginning of their headings."""
    left = [column for column in export.columns if column.role == "answer" and not column.question]
    header, found = export.table.header, dict(export.questions)
    stems: dict[str, list[Column]] = {}
    for column in left:
        for stem, item in _cuts(header[column.at]):
            stems.setdefault(stem, []).append(replace(column, item=item))
    taken: set[int] = set()
    # The longest beginning that many columns share, those about people first.
    for stem, columns in sorted(stems.items(), key=lambda pair: (-_score(pair[1], known), -len(pair[0]))):
        free = tuple(column for column in columns if column.at not in taken)
        if len(free) >= _MANY and len(free) == len(columns):
            found[stem] = free
            taken |= {column.at for column in free}
    for column in left:
        if column.at not in taken:
            found[header[column.at]] = (column,)
    order = {code: columns[0].at for code, columns in found.items()}
    return dict(sorted(found.items(), key=lambda pair: order[pair[0]]))


def _score(columns: list[Column], known: _Known) -> float:
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


def _question(export: Export, code: str, columns: tuple[Column, ...], known: _Known) -> Question:
    people = known.share(columns)
    if all(column.item.isdigit() for column in columns) and len(columns) > 1 and known.named(export, columns):
        return Question(code if "{slot}" in code else f"{code}_{{slot}}", "name-generator", columns, people)
    if any(column.option for column in columns) or (len(columns) > 1 and any(c.separator for c in columns)):
        return Question(code, "multiple-answer", columns, people)
    if all(column.ticks for column in columns) or (len(columns) == 1 and columns[0].separator):
        return Question(code, "multiple-choice", columns, people)
    if len(columns) == 1:
        return Question(code, "background", columns, float("nan"))
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
