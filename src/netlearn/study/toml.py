"""Read `study.toml` into a Study, with every fault of the file at once."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netlearn.study.beyond import AttendancePlan, GapPlan, PlacesPlan
from netlearn.study.findings import Finding, Findings
from netlearn.study.outcome_names import check_outcome_names
from netlearn.study.plan import (
    Assignment,
    FileFormat,
    Information,
    RelationPlan,
    RosterPlan,
    ScalePlan,
    Study,
    WavePlan,
)
from netlearn.study.planned import Outcome
from netlearn.study.rawtable import nearest
from netlearn.study.schema import SCHEMA, Key
from netlearn.study.tomlbeyond import check_beyond
from netlearn.study.tomlcheck import (
    check_assignment,
    check_files,
    check_people,
    check_relations,
    check_waves,
)
from netlearn.study.tomllines import Lines
from netlearn.study.tomloutcomes import Known, check_design, check_outcome
from netlearn.study.tomltypes import typed
from netlearn.wording import Language

Entry = dict[str, Any]


def parse_study(folder: Path, findings: Findings) -> Study | None:
    """Read the plan from a study folder, or from the study.toml in it.

    Parameters
    ----------
    folder : Path
        The folder, or the path of the study file.
    findings : Findings
        Every fault of the file is added here.

    Returns
    -------
    Study or None
        With faults: the parts that can be used to check the data (relations with faults are left out, a
        primary outcome with faults is replaced), or None when roster or waves are not known.
    """
    path = folder if folder.suffix == ".toml" else folder / "study.toml"
    text = _text(path, findings)
    raw = None if text is None else _tables(text, path.name, findings)
    if text is None or raw is None:
        return None
    return _study(raw, _Reader(path, Lines(text), findings))


def stated_language(folder: Path) -> Language:
    """Return the language that a study file states, whatever other faults it has; English if it cannot be read."""
    path = folder if folder.suffix == ".toml" else folder / "study.toml"
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("study")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return "en"
    return "da" if isinstance(head, dict) and head.get("language") == "da" else "en"


def _text(path: Path, findings: Findings) -> str | None:
    if not path.is_file():
        findings.fault("study-missing", path.name, folder=path.parent.resolve().name)
        return None
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.fault("study-not-utf8", path.name, data.count(b"\n", 0, error.start) + 1)
        return None


def _tables(text: str, file: str, findings: Findings) -> Entry | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).rpartition(" (at ")
        found = re.search(r"line (\d+), column (\d+)", place)
        row, column = found.groups() if found else (str(text.rstrip().count("\n") + 1), "")
        findings.fault("toml-broken", file, int(row), column, message=message)
        return None


@dataclass
class _Reader:
    """Checks tables against the schema."""

    path: Path
    lines: Lines
    findings: Findings

    def table(self, name: str, values: Any, index: int = 0) -> tuple[Entry, bool]:
        """Return all keys of a table (defaults where absent or wrong), and whether it had no fault."""
        before = len(self.findings.items)
        schema = SCHEMA[name]
        values = values if isinstance(values, dict) else {}
        for key in values:
            if key not in schema:
                self.fault("unknown-key", name, key, index, known=list(schema), nearest=nearest(key, schema))
        entry = {key: self._value(name, key, spec, values, index) for key, spec in schema.items()}
        return entry, len(self.findings.items) == before

    def tables(self, name: str, values: Any) -> list[tuple[Entry, bool]]:
        """Return each table of a list of tables."""
        listed = values if isinstance(values, list) else []
        return [self.table(name, value, index) for index, value in enumerate(listed)]

    def fault(self, code: str, table: str, key: str, index: int = 0, **values: Any) -> None:
        """Add a fault at the line of a key."""
        named = {"table": _heading(table), "key": key}
        row = self.lines.row(table, index, key)
        self.findings.fault(code, self.path.name, row, key, **(named | values))

    def one_wave(self) -> None:
        """Say that one wave is too few, instead of what follows from it elsewhere in the file."""
        self.findings.items[:] = [found for found in self.findings.items if not _needs_two_waves(found)]
        self.fault("one-wave", "waves", "")

    def _value(self, table: str, key: str, spec: Key, values: Entry, index: int) -> Any:
        if key not in values:
            if spec.required and spec.type in ("table", "tables"):
                keys = [name for name, inner in SCHEMA[key].items() if inner.required]
                self.fault("missing-table", table, key, index, heading=_heading(key), keys=keys)
            elif spec.required:
                self.fault("missing-key", table, key, index, expected=spec.type)
            return spec.default
        value = typed(values[key], spec)
        if value is None:
            shown = json.dumps(values[key], default=str, ensure_ascii=False)[:40]
            self.fault("wrong-type", table, key, index, value=shown, expected=spec.type)
            return spec.default
        return value if self._allowed(table, key, spec, value, index) else spec.default

    def _allowed(self, table: str, key: str, spec: Key, value: Any, index: int) -> bool:
        listed = list(value) if isinstance(value, (dict, tuple)) else [value]
        wrong = [v for v in listed if spec.choices and v not in spec.choices]
        if wrong:
            known = {"known": spec.choices, "nearest": nearest(wrong[0], spec.choices)}
            self.fault("bad-choice", table, key, index, value=wrong[0], **known)
        elif spec.minimum is not None and value < spec.minimum:
            self.fault("too-small", table, key, index, value=value, minimum=spec.minimum)
        elif spec.between and not spec.between[0] < value < spec.between[1]:
            low, high = spec.between
            self.fault("not-between", table, key, index, value=value, low=low, high=high)
        else:
            return True
        return False


def _heading(table: str) -> str:
    if not table:
        return "study.toml"
    return f"[[{table}]]" if SCHEMA[""][table].type == "tables" else f"[{table}]"


def _needs_two_waves(found: Finding) -> bool:
    """Tell whether a fault is that an outcome, or a file or department of a wave, names no second wave."""
    of_outcome = found.values.get("table") in (_heading("primary"), _heading("secondary"))
    if of_outcome and found.column == "waves":
        return True
    unknown_wave = found.code == "bad-choice" and found.column in ("files", "departments")
    return unknown_wave or (found.code == "missing-table" and found.column == "primary")


def _study(raw: Entry, reader: _Reader) -> Study | None:
    top, _ = reader.table("", raw)
    head, _ = reader.table("study", raw.get("study")) if top["study"] is not None else ({}, False)
    files, files_fine = reader.table("files", top["files"])
    roster, roster_fine = reader.table("roster", top["roster"]) if top["roster"] is not None else ({}, False)
    waves = reader.tables("waves", top["waves"])
    relations = reader.tables("relations", top["relations"])
    assignment = _assignment(top, roster, reader)
    scales, gaps = (reader.tables(name, top[name]) for name in ("scales", "gaps"))
    attendance = reader.tables("attendance", top["attendance"])
    places, places_fine = reader.table("places", top["places"]) if top["places"] is not None else (None, True)
    information = None if top["information"] is None else reader.table("information", top["information"])[0]
    before = len(reader.findings.items)
    check_waves(waves, reader.fault, reader.lines)
    check_relations(relations, waves, reader.fault, reader.lines)
    sound = len(reader.findings.items) == before
    check_people(roster, reader.fault)
    sound &= check_files(
        roster, waves, relations, attendance, places, reader.path, reader.fault, reader.findings
    )
    check_beyond(scales, gaps, attendance, roster, reader.fault, reader.lines)
    known = Known(waves, relations, scales, gaps, attendance, roster, top["assignment"] is not None)
    primary, secondary = _outcomes(top, known, reader)
    check_design(head.get("design"), primary, known, reader.fault)
    if len(waves) == 1:
        reader.one_wave()
    usable = [entry for entry, fine in relations if fine]
    sound &= files_fine and roster_fine and bool(waves) and all(fine for _, fine in waves)
    if not (sound and usable and head):
        return None
    labels = [entry["label"] for entry, _ in waves]
    stand_in = Outcome(usable[0]["name"], "cross_density", (labels[0], labels[-1]))
    return Study(
        folder=reader.path.parent,
        title=head["title"] or "",
        language=head["language"],
        design=head["design"],
        seed=head["seed"] or 0,
        min_cell_size=head["min_cell_size"],
        grouping=head["department"],
        tolerate=head["tolerate"],
        files=FileFormat(**files),
        roster=RosterPlan(**roster),
        waves=tuple(WavePlan(**entry) for entry, _ in waves),
        relations=tuple(RelationPlan(**entry) for entry in usable),
        primary=primary or stand_in,
        secondary=tuple(secondary),
        assignment=assignment,
        scales=tuple(ScalePlan(**entry) for entry, fine in scales if fine),
        information=None if information is None else Information(**information),
        gaps=tuple(GapPlan(**entry) for entry, fine in gaps if fine),
        attendance=tuple(AttendancePlan(**entry) for entry, fine in attendance if fine),
        places=None if places is None or not places_fine else PlacesPlan(**places),
        simulated=head["simulated"],
        notebook=head["notebook"],
    )


def _assignment(top: Entry, roster: Entry, reader: _Reader) -> Assignment | None:
    """Return who was trained, or None where that is not said or has faults: then its columns are not read."""
    if top["assignment"] is None:
        return None
    entry, fine = reader.table("assignment", top["assignment"])
    return Assignment(**entry) if check_assignment(entry, roster, reader.fault) and fine else None


def _outcomes(top: Entry, known: Known, reader: _Reader) -> tuple[Outcome | None, list[Outcome]]:
    found: dict[str, list[Outcome]] = {"primary": [], "secondary": []}
    names: dict[str, list[str]] = {"primary": [], "secondary": []}
    primary = [top["primary"]] if top["primary"] is not None else []
    for table, tables in (("primary", primary), ("secondary", top["secondary"])):
        for index, (entry, fine) in enumerate(reader.tables(table, tables)):
            names[table].append(entry["name"])
            if check_outcome(table, index, entry, known, reader.fault) and fine:
                found[table].append(Outcome(**entry))
    check_outcome_names("".join(names["primary"]), names["secondary"], reader.fault, reader.lines)
    return next(iter(found["primary"]), None), found["secondary"]
