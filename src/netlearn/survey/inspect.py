"""Inspect exports before there is a study: which tool wrote them, how they are encoded, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects import PLAIN, SURE, dialect_of, guesses
from netlearn.survey.dialects.redcap_dictionary import is_dictionary
from netlearn.survey.dialects.surveyxact_files import kind_of
from netlearn.survey.export import Export, Guess
from netlearn.survey.inspect_people import People
from netlearn.survey.inspect_questions import Question, questions_of
from netlearn.survey.source import Source, open_source
from netlearn.survey.text import looks
from netlearn.wording.shown import Shown

_XLSFORM = {"survey", "choices"}
_ROLES = {"nodeid": "nodes", "edgeid": "edges"}


@dataclass(frozen=True)
class Inspected(Shown):
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
class Inspection(Shown):
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
    before = len(findings.faults)
    table = None if people is None else people.table()
    table = table if len(findings.faults) == before else None
    known = People(table)
    roles = {source.file: part_role(source) for source in opened}
    parts = [(role, source) for source in opened if (role := roles[source.file])]
    mains = [source for source in opened if not roles[source.file]]
    if not mains and parts:
        mains, parts = [source for _, source in parts], []
    own = {source.file: _parts_of(source, parts, findings) for source in mains}
    exports = sorted((_inspect(source, own[source.file], known) for source in mains), key=_when)
    return Inspection(tuple(exports), findings, table)


def _when(inspected: Inspected) -> date:
    """Return the middle day of the answers: waves are numbered in order of time where it is known."""
    days = sorted(day for day in inspected.export.days if day is not None) if inspected.export else []
    return days[len(days) // 2] if days else date.min


def _parts_of(main: Source, parts: list[tuple[str, Source]], findings: Findings) -> dict[str, Source]:
    """Return the files that belong to an export: of several of one sort the one whose name begins most like its own."""
    found: dict[str, Source] = {}
    for role in dict.fromkeys(role for role, _ in parts):
        shared = [(_shared(main.file, source.file), source) for of, source in parts if of == role]
        most = max(length for length, _ in shared)
        best = [source for length, source in shared if length == most]
        if len(best) == 1:
            found[role] = best[0]
        else:
            findings.fault("part-twice", best[-1].file, role=role)
    return found


def _shared(one: str, two: str) -> int:
    """Count the letters with which both names begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


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
    return _ROLES.get(records[0][0].strip().casefold()) if records[0] else None


def _inspect(source: Source, parts: dict[str, Source], known: People) -> Inspected:
    whole = Source(source.file, source.data, source.form, source.findings, parts, source.sheet)
    found = guesses(whole)
    name, guess = found[0] if found and found[0][1].sure >= SURE else (PLAIN, Guess(0.1, "plain-table"))
    export = dialect_of(name).read(whole)
    named = {role: part.file for role, part in parts.items()} if name != PLAIN else {}
    asked = () if export is None else questions_of(export, known)
    written = looks(source.data) if source.kind == "text" else ("", "")
    return Inspected(source.file, named, name, guess, export, asked, written)
