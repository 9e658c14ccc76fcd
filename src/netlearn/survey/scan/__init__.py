"""Scan: prove that nobody of the roster can be told from the files of a folder, without repeating any name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.studyfiles import raw_files
from netlearn.study.withdrawn import FILE as WITHDRAWN_FILE
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.scan.find import Finder, Hit
from netlearn.survey.scan.pieces import pieces
from netlearn.survey.scan.words import Sensitive, add_others, of_table, sensitive_words

__all__ = ["Sensitive", "add_others", "of_table", "scan_files", "scan_folder", "sensitive_words"]

_MOST_BYTES = 200_000_000
_HIDDEN = "…"


def scan_folder(study: Study, folder: str | Path) -> Findings:
    """Look for people of the roster in every file below a folder.

    Parameters
    ----------
    study : Study
        Its roster and the lists of people who are not staff say who; its own raw files, if they lie in the folder, are
        left out with a note.
    folder : path
        Such as an output folder.

    Returns
    -------
    Findings
        Faults: full names in any order and spelling, e-mail addresses, keys, parts of names, listed initials; each
        with file, line and the row of the roster, never the name. Notes: parts of names that are also ordinary words
        of netlearn, of the study file or of a department; files that cannot be read.

    Raises
    ------
    StudyError
        The roster cannot be read.
    """
    root = Path(folder).resolve()
    own = {(study.folder / name).resolve() for name in (*raw_files(study), NAMES_FILE, WITHDRAWN_FILE)}
    sensitive, findings = sensitive_words(study), Findings()
    if not root.is_dir():
        findings.fault("scan-no-folder", root.name)
        return findings
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*"))}
    left = [name for name, path in found.items() if path.is_file() and path.resolve() in own]
    if left:
        findings.note("scan-raw-left-out", count=len(left))
    scanner = _Scanner(sensitive, findings)
    for name, path in found.items():
        if name not in left:
            scanner.look(name, path.read_bytes() if path.is_file() else b"")
    scanner.say_unsearchable()
    return findings


def scan_files(sensitive: Sensitive, files: Mapping[str, bytes]) -> Findings:
    """Look for people of a roster in files that are not written yet; see `scan_folder`.

    Parameters
    ----------
    sensitive : Sensitive
        From `sensitive_words`.
    files : mapping path -> bytes
        The files by their path below the folder.
    """
    findings = Findings()
    scanner = _Scanner(sensitive, findings)
    for name, data in sorted(files.items()):
        scanner.look(name, data)
    scanner.say_unsearchable()
    return findings


class _Scanner:
    def __init__(self, sensitive: Sensitive, findings: Findings) -> None:
        self._sensitive, self._findings = sensitive, findings
        self._finder = Finder(sensitive)

    def look(self, name: str, data: bytes) -> None:
        """Look into one file, and at its path."""
        shown = self._sayable(name)
        told: dict[tuple[str, bool], list[tuple[Hit, str]]] = {}
        for hit in self._finder.find(name):
            told.setdefault((hit.kind, hit.ordinary), []).append((hit._replace(line=0), _HIDDEN))
        if len(data) > _MOST_BYTES:
            self._findings.note("scan-not-read", shown)
        else:
            for hit, place in self._in_file(name, shown, data):
                told.setdefault((hit.kind, hit.ordinary), []).append((hit, place))
        for hits in told.values():
            self._say(shown, hits)

    def _in_file(self, name: str, shown: str, data: bytes) -> Iterator[tuple[Hit, str]]:
        unread: list[str] = []
        for piece in pieces(name, data, unread):
            for hit in self._finder.find(piece.text):
                yield (hit if piece.lines else hit._replace(line=0)), piece.place
        for place in unread:
            self._findings.note("scan-not-read", shown, 0, self._sayable(place))

    def _sayable(self, path: str) -> str:
        """Return a path with "…" in place of whatever may name somebody."""
        parts = path.split("/")
        return "/".join(_HIDDEN if self._finder.find(part) else part for part in parts)

    def _say(self, file: str, hits: list[tuple[Hit, str]]) -> None:
        """Say the first of the finds of one kind in a file, and how many other people are found so."""
        (hit, place), people = hits[0], len({(other.file, other.row) for other, _ in hits})
        add = self._findings.fault
        where = (file, hit.line, self._sayable(place) if place != _HIDDEN else place)
        roster = hit.file or self._sensitive.roster
        known: dict[str, Any] = {"person": hit.row, "roster": roster, "more": people - 1}
        if hit.ordinary:
            self._findings.note("left-ordinary-word", *where, **known)
        elif hit.kind == "name":
            add("left-name", *where, **known)
        elif hit.kind == "email":
            add("left-email", *where, **known)
        elif hit.kind == "key":
            add("left-key", *where, **known)
        elif hit.kind == "initials":
            add("left-initials", *where, **known)
        else:
            add("left-name-part", *where, **known)

    def say_unsearchable(self) -> None:
        """Say that some keys cannot be looked for."""
        sensitive = self._sensitive
        for file, count in {
            sensitive.roster: sensitive.unsearchable,
            **sensitive.unsearchable_others,
        }.items():
            if count:
                self._findings.note("scan-short-keys", file, count=count)
