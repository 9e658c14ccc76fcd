"""What the tables of a study file must hold together: names that exist, waves in order, files inside."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any, Protocol

from netlearn.study.findings import Findings
from netlearn.study.rawtable import file_is_there, nearest
from netlearn.study.tomllines import Lines

Entry = dict[str, Any]
Entries = list[tuple[Entry, bool]]
_UNCODED = ("auto", "plain", "ms-forms", "google-forms")


class Fault(Protocol):
    """Adds a fault at the line of a key."""

    def __call__(self, code: str, table: str, key: str, index: int = 0, **values: Any) -> None:
        """Add it."""


def check_waves(waves: Entries, fault: Fault, lines: Lines) -> None:
    """Labels and titles differ; dates ascend."""
    check_names("waves", "label", waves, fault, lines)
    check_names("waves", "title", waves, fault, lines)
    for index in range(1, len(waves)):
        earlier, later = waves[index - 1][0], waves[index][0]
        if earlier["date"] and later["date"] and later["date"] <= earlier["date"]:
            named = {"wave": later["label"], "date": later["date"]}
            named |= {"earlier": earlier["label"], "earlier_date": earlier["date"]}
            fault("waves-reversed", "waves", "date", index, **named)


def check_relations(relations: Entries, waves: Entries, fault: Fault, lines: Lines) -> None:
    """Names and titles differ; a question with one column per colleague has a code where its columns need one."""
    check_names("relations", "name", relations, fault, lines)
    check_names("relations", "title", relations, fault, lines)
    coded = any(entry["dialect"] not in _UNCODED for entry, _ in waves)
    for index, (entry, _) in enumerate(relations):
        needs = entry["kind"] == "multiple-choice" or (entry["kind"] == "roster" and coded)
        if needs and not entry["code"]:
            fault("missing-key", "relations", "code", index, expected="text")


def check_files(
    roster: Entry,
    waves: Entries,
    relations: Entries,
    attendance: Entries,
    places: Entry | None,
    path: Path,
    fault: Fault,
    findings: Findings,
) -> bool:
    """Every file is named, lies in the folder, and is there; tell whether none lies outside."""
    inside = True
    named: list[tuple[str, str, int, str]] = [("roster", "file", 0, roster.get("file") or "")]
    labels = [entry["label"] for entry, _ in waves]
    for label in roster.get("departments", {}):
        check_known(label, labels, "roster", "departments", 0, fault)
    for index, (entry, _) in enumerate(waves):
        if not entry["file"] and not any(r["files"].get(entry["label"]) for r, _ in relations):
            fault("wave-without-file", "waves", "file", index, wave=entry["label"])
        named.append(("waves", "file", index, entry["file"] or ""))
        named += [("waves", "parts", index, part) for part in entry["parts"].values()]
    for index, (entry, _) in enumerate(relations):
        for label, file in entry["files"].items():
            if check_known(label, labels, "relations", "files", index, fault):
                named.append(("relations", "files", index, file))
    for index, (entry, _) in enumerate(attendance):
        named += [("attendance", key, index, entry[key] or "") for key in ("file", "people")]
    named.append(("places", "file", 0, (places or {}).get("file") or ""))
    for table, key, index, file in named:
        windows = PureWindowsPath(file)
        # Windows' rules know both kinds of slash, drives and roots, so they hold on every system.
        if windows.anchor or ".." in windows.parts:
            fault("file-outside", table, key, index, value=file)
            inside = False
        elif file:
            file_is_there(path.parent, file, findings)
    return inside


def check_people(roster: Entry, fault: Fault) -> None:
    """No attribute tells who somebody is; those that do are taken out, so that their values are never printed."""
    kept = []
    for column in roster.get("attributes", ()):
        if describes(column, roster, "roster", "attributes", fault):
            kept.append(column)
    if roster:
        roster["attributes"] = tuple(kept)
    if roster.get("shown") is not None and not describes(roster["shown"], roster, "roster", "shown", fault):
        roster["shown"] = None


def check_assignment(entry: Entry, roster: Entry, fault: Fault) -> bool:
    """Columns describe people, and what counts as trained is said where it is needed; tell whether so."""
    fine = True
    for key in ("column", "strata"):
        if entry[key]:
            fine &= describes(entry[key], roster, "assignment", key, fault)
    by_wave = entry["by"] == "start-wave"
    if not by_wave and not entry["trained"]:
        fault("missing-key", "assignment", "trained", expected="texts")
    elif by_wave and entry["trained"]:
        fault("trained-not-used", "assignment", "trained")
    return fine and by_wave != bool(entry["trained"])


def describes(column: str, roster: Entry, table: str, key: str, fault: Fault, index: int = 0) -> bool:
    """Tell whether a column of the roster describes people, and does not tell who somebody is."""
    if column not in [roster.get(name) for name in ("id", "name", "key", "aliases", "email", "initials")]:
        return True
    fault("column-identifies", table, key, index, value=column)
    return False


def check_names(table: str, key: str, entries: Entries, fault: Fault, lines: Lines) -> None:
    """No two tables have the same name."""
    seen: dict[str, int] = {}
    for index, (entry, _) in enumerate(entries):
        name = entry[key]
        if name in seen:
            first = lines.row(table, seen[name], key)
            fault("duplicate-name", table, key, index, value=name, first=first)
        elif name:
            seen[name] = index


def check_known(value: str, known: list[str], table: str, key: str, index: int, fault: Fault) -> bool:
    """Tell whether a name is among those that exist; a fault says which there are."""
    if value in known:
        return True
    names = [name for name in known if name is not None]
    # Without any name to choose, what is missing there has been said.
    if names:
        fault("bad-choice", table, key, index, value=value, known=names, nearest=nearest(value, names))
    return False
