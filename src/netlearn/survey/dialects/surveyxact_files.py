"""The files of a SurveyXact export, told apart by content: answers, structure and labels; one sheet, file or zip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from netlearn.study.findings import Findings
from netlearn.survey.grid import Records
from netlearn.survey.source import Source

Kind = Literal["dataset", "structure", "labels", "variables", "wordings", "other"]

STATUS = re.compile(r"(?:stato|statoverall)_([1-5])")
"""Columns that say how far a respondent came: new, distributed, some answers, completed, dropped."""
_STRUCTURE = {"variablename", "questiontext"}
_VARIABLE = re.compile(r"\w+")
_CODE = re.compile(r"-?\d+(?:[.,]0+)?")
_WORDED_STATUS = re.compile(r"(?:samlet status|overall status|gesamtstatus) - .+", re.IGNORECASE)
_DEFAULT_NAME = re.compile(r"[a-z]{1,2}_\d+(?:_\d+)?")
_ROLES = ("structure", "labels")
_MOST_SHEETS, _MOST_MEMBERS = 40, 10
"""Workbooks and zips with more are something else."""


@dataclass(frozen=True)
class Part:
    """One table of the export: name for messages and all its rows."""

    file: str
    records: Records


@dataclass(frozen=True)
class Files:
    """What was found; several datasets are the sheets of one wide table."""

    datasets: tuple[Part, ...] = ()
    structure: Part | None = None
    labels: Part | None = None
    others: tuple[tuple[Kind, Part], ...] = ()


def kind_of(records: Records) -> Kind:
    """Tell what a table is, by its first rows.

    Examples
    --------
    >>> kind_of([["s_1", "stato_1"], ["2", "0"]]), kind_of([["s_1", "1", "Ja"], ["s_1", "2", "Nej"]])
    ('dataset', 'labels')
    >>> kind_of([["questionName", "variableName", "questionType", "subType", "questionText"]])
    'structure'
    """
    first = [cell.strip() for cell in records[0]] if records else []
    names = {name.casefold() for name in first}
    if names >= _STRUCTURE:
        return "structure"
    if "variablename" in names and len([name for name in first if name]) == 2:
        return "variables"
    if sum(bool(_WORDED_STATUS.fullmatch(name)) for name in first) > 2:
        return "wordings"
    rows = [row for row in records[:20] if any(cell.strip() for cell in row)]
    if rows and all(is_label(row) for row in rows):
        return "labels"
    filled = [name for name in first if name]
    if filled and all(_VARIABLE.fullmatch(name) for name in filled):
        return "dataset"
    return "other"


def is_label(row: list[str]) -> bool:
    """Tell whether a row is variable, code, wording."""
    cells = [cell.strip() for cell in row]
    return bool(
        len(cells) > 2 and _VARIABLE.fullmatch(cells[0]) and _CODE.fullmatch(cells[1]) and not any(cells[3:])
    )


def has_status(records: Records) -> bool:
    """Tell whether the headings hold the five columns of the status."""
    return sum(bool(STATUS.fullmatch(cell.strip())) for cell in records[0]) == 5 if records else False


def has_default_names(records: Records) -> bool:
    """Tell whether most headings are names that SurveyXact gives, such as s_1 and v_1_3."""
    names = [cell.strip() for cell in records[0] if cell.strip()] if records else []
    found = sum(bool(_DEFAULT_NAME.fullmatch(name)) for name in names)
    return found > 2 and 2 * found > len(names)


def gather(source: Source, findings: Findings) -> Files:
    """Return the tables of an export.

    Parts that are something else than study.toml says are faults in `findings`, and sheets that are left out notes.
    """
    main = [(kind_of(part.records), part) for part in _tables(source)]
    roles = {role: next((part for kind, part in main if kind == role), None) for role in _ROLES}
    for role in _ROLES:
        given = source.parts.get(role)
        part = (
            None
            if given is None
            else next(_tables(Source(given.file, given.data, given.form, findings)), None)
        )
        if part is not None and _fits(part.records, role):
            roles[role] = part
        elif part is not None:
            findings.fault("surveyxact-other-file", part.file, 1, expected_part=role)
    datasets = tuple(part for kind, part in main if kind == "dataset")
    kept = tuple(part for part in datasets if _described(part, roles["structure"])) or datasets[:1]
    others = tuple(pair for pair in main if pair[0] in ("variables", "wordings", "other"))
    left = [part.file for part in datasets if part not in kept] + [
        part.file for kind, part in others if kind == "other"
    ]
    if kept and left:
        findings.note("surveyxact-tables-left", source.file, names=left)
    return Files(kept, roles["structure"], roles["labels"], others)


def _fits(records: Records, role: str) -> bool:
    """Tell whether a part is what it was given as; somebody may have put headings over the labels."""
    return kind_of(records) == role or (role == "labels" and kind_of(records[1:]) == role)


def _described(dataset: Part, structure: Part | None) -> bool:
    """Tell whether a table holds variables of the structure."""
    if structure is None:
        return False
    cells = {cell.strip() for row in structure.records[1:] for cell in row[:2]}
    return any(cell.strip() in cells for cell in dataset.records[0] if cell.strip())


def _tables(source: Source) -> Iterator[Part]:
    if source.kind == "xlsx":
        for sheet in source.sheets if len(source.sheets) <= _MOST_SHEETS else ():
            if records := source.records(sheet):
                yield Part(f"{source.file} [{sheet}]", records)
    elif source.kind == "zip":
        members = list(source.members.values())
        for member in members if len(members) <= _MOST_MEMBERS else ():
            yield from _tables(member) if member.kind in ("text", "xlsx") else ()
    elif records := source.records():
        yield Part(source.file, records)
