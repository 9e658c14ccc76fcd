"""Read attendance lists: who was where, in which period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.beyond import AttendancePlan
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.rawtable import RawTable, nearest, plain
from netlearn.study.roster import Roster
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading
from netlearn.survey.table import read_table
from netlearn.wording.shown import Shown

COLUMNS = ["person", "room", "period", "times"]
_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?")  # a spreadsheet may write 6 as 6,0


@dataclass(frozen=True, eq=False)
class AttendanceList(Shown):
    """Who took part in what.

    Attributes
    ----------
    name : str
    frame : DataFrame
        One row per person, room and period with a time in it: person (code), room, period ("" where the list has none),
        times (over 0).
    people : tuple of str
        Codes of everybody who could take part, also those who never did: for staff the panel's ids, less those of
        people who withdrew.
    staff : bool
        People are those of the roster.
    """

    name: str
    frame: pd.DataFrame
    people: tuple[str, ...]
    staff: bool

    def __repr__(self) -> str:
        rooms = self.frame["room"].nunique()
        return (
            f"AttendanceList {self.name!r}: {len(self.people)} people, {rooms} rooms, {len(self.frame)} rows"
        )


def read_attendance(study: Study, name: str) -> AttendanceList:
    """Read one attendance list of a study.

    Parameters
    ----------
    study : Study
    name : str
        Name of one of `study.attendance`.

    Returns
    -------
    AttendanceList
        People are codes: the panel's for staff, codes of their own (c001, c002, …) for others. Codes are drawn with the
        study's seed and depend on no order of rows.

    Raises
    ------
    StudyError
        The list, the file of its people or the roster has faults: all of them at once.
    NetlearnError
        The study has no such list.
    """
    plan = next((plan for plan in study.attendance if plan.name == name), None)
    if plan is None:
        known = ", ".join(plan.name for plan in study.attendance) or "none"
        raise NetlearnError(
            f"no attendance list {name!r} in the study; it has {known}. Add an [[attendance]] table to study.toml."
        )
    findings = Findings()
    found = attendance_list(read_relations(study, (), findings), plan)
    findings.raise_faults(study.language)
    if found is None:  # pragma: no cover - a list is missing only together with a fault
        raise NetlearnError(f"{plan.file} could not be read.")
    return found


def attendance_list(reading: Reading, plan: AttendancePlan) -> AttendanceList | None:
    """Read a list within one reading of a study; None if it has faults, which are in the findings of the reading."""
    study, findings = reading.study, reading.findings
    before = len(findings.faults)
    people = _people(reading, plan)
    table = read_table(study, plan.file, study.files, findings, plan.sheet)
    rows = None if table is None else _rows(table, plan, findings)
    if table is None or rows is None:
        return None
    made = {"room": [plain(table.rows[at][table.place[plan.room]]) for at in rows]}
    made["person"] = _codes(table, plan, rows, people, reading) if people is not None else [""] * len(rows)
    made["period"] = _periods(table, plan, rows, study, findings)
    times = _times(table, plan, rows, findings)
    if len(findings.faults) > before or people is None:
        return None
    frame = pd.DataFrame({**made, "times": times})[COLUMNS]
    frame = _added_up(frame[frame["person"] != ""], table, findings)
    gone = {reading.roster.codes[person] for person in reading.withdrawn} if reading.roster else set()
    findings.note("attendance-read", plan.file, count=len(rows), list=plan.name)
    return AttendanceList(
        plan.name, frame, tuple(c for c in sorted(set(people.values())) if c not in gone), plan.of == "staff"
    )


def _rows(table: RawTable, plan: AttendancePlan, findings: Findings) -> list[int] | None:
    """Return the rows that belong to the list; None if a column is missing or no row belongs to it."""
    named = [plan.person, plan.room, plan.count, plan.period]
    used = [name for name in named if name is not None]
    there = [table.has(name, findings) for name in dict.fromkeys([*used, *plan.where])]
    if not all(there):
        return None
    wanted = {table.place[name]: plain(value) for name, value in plan.where.items()}
    kept = [
        at
        for at, row in enumerate(table.rows)
        if all(plain(row[place]) == value for place, value in wanted.items())
    ]
    if not kept:
        columns, values = ", ".join(plan.where), ", ".join(plan.where.values())
        findings.fault("attendance-no-rows", table.file, 0, columns, value=values)
        return None
    for name in used:
        for at in kept:
            if not table.rows[at][table.place[name]].strip():
                findings.fault("attendance-blank-cell", table.file, table.numbers[at], name)
    return kept


def _people(reading: Reading, plan: AttendancePlan) -> Mapping[str, str] | None:
    """Return the code of everybody by what the list may call them; None if they cannot be known."""
    roster = reading.roster
    if plan.of == "staff" or plan.people is None:
        return None if roster is None else {i: roster.codes[at] for i, at in roster.by_id.items()}
    study, findings = reading.study, reading.findings
    before = len(findings.faults)
    table = read_table(study, plan.people, study.files, findings)
    if table is None or not table.has(plan.person, findings):
        return None
    first: dict[str, int] = {}
    for number, cell in zip(table.numbers, map(plain, table.column(plan.person)), strict=True):
        if not cell:
            findings.fault("attendance-blank-cell", table.file, number, plan.person)
        elif cell in first:
            # A citizen may be known by a number that no message should repeat.
            findings.fault("attendance-person-twice", table.file, number, plan.person, first=first[cell])
        first.setdefault(cell, number)
    if len(findings.faults) > before:
        return None
    order = np.random.default_rng(study.seed).permutation(len(first))
    width, named = max(3, len(str(len(first)))), sorted(first)
    return {named[at]: f"c{place:0{width}d}" for place, at in enumerate(order.tolist(), start=1)}


def _codes(
    table: RawTable, plan: AttendancePlan, rows: list[int], known: Mapping[str, str], reading: Reading
) -> list[str]:
    """Return the code of each row's person; "" where that is nobody, or somebody who withdrew."""
    cells = [plain(table.rows[at][table.place[plan.person]]) for at in rows]
    findings, roster, staff = reading.findings, reading.roster, plan.of == "staff"
    if staff and roster is not None:
        known = _by_id_or_key(cells, known, roster)
    strange = [at for at, cell in enumerate(cells) if cell and cell not in known]
    texts = {cells[at] for at in strange}
    if strange and staff and "unknown-people" in reading.study.tolerate:
        findings.note("attendance-outside", table.file, column=plan.person, count=len(strange))
    elif len(texts) > 1 and len(strange) == sum(map(bool, cells)):
        findings.fault("attendance-nobody-known", table.file, 0, plan.person, count=len(texts))
    else:
        _say_strange([(cells[at], table.numbers[rows[at]]) for at in strange], table.file, plan, findings)
    gone = {roster.codes[person] for person in reading.withdrawn} if staff and roster is not None else set()
    found = [known.get(cell, "") for cell in cells]
    if left := sum(code in gone for code in found):
        findings.note("attendance-withdrawn", table.file, column=plan.person, count=left)
    return ["" if code in gone else code for code in found]


def _by_id_or_key(cells: list[str], by_id: Mapping[str, str], roster: Roster) -> Mapping[str, str]:
    """Return the codes by id or by key, whichever knows more of the cells: one column never mixes the two."""
    by_key = {key: roster.codes[at] for key, at in roster.by_key.items()}
    more = sum(cell in by_key for cell in cells) > sum(cell in by_id for cell in cells)
    return by_key if more else by_id


def _say_strange(strange: list[tuple[str, int]], file: str, plan: AttendancePlan, findings: Findings) -> None:
    """Add a fault for everybody who is not known, at the first of their rows; nobody is named."""
    first: dict[str, list[int]] = {}
    for text, number in strange:
        first.setdefault(text, []).append(number)
    for numbers in first.values():
        where = (file, numbers[0], plan.person)
        if plan.of == "staff":
            findings.fault("attendance-stranger", *where, more=len(numbers) - 1)
        else:
            findings.fault("attendance-not-listed", *where, people=plan.people, more=len(numbers) - 1)


def _periods(
    table: RawTable, plan: AttendancePlan, rows: list[int], study: Study, findings: Findings
) -> list[str]:
    if plan.period is None:
        return [""] * len(rows)
    labels = {plain(wave.label): wave.label for wave in study.waves}
    cells = [plain(table.rows[at][table.place[plan.period]]) for at in rows]
    for text in dict.fromkeys(cell for cell in cells if cell and cell not in labels):
        number, more = table.numbers[rows[cells.index(text)]], cells.count(text) - 1
        known = {"known": list(labels.values()), "nearest": nearest(text, labels), "more": more}
        findings.fault("attendance-period", table.file, number, plan.period, **known)
    return [labels.get(cell, "") for cell in cells]


def _times(table: RawTable, plan: AttendancePlan, rows: list[int], findings: Findings) -> list[int]:
    if plan.count is None:
        return [1] * len(rows)
    cells = [plain(table.rows[at][table.place[plan.count]]) for at in rows]
    for at, cell in zip(rows, cells, strict=True):
        if cell and not _WHOLE.fullmatch(cell):
            findings.fault("attendance-count", table.file, table.numbers[at], plan.count)
    return [int(match[1]) if (match := _WHOLE.fullmatch(cell)) else 0 for cell in cells]


def _added_up(frame: pd.DataFrame, table: RawTable, findings: Findings) -> pd.DataFrame:
    """Add up rows of one person, room and period; rows with a count of 0 say that nobody came."""
    repeated = int(frame.duplicated(["person", "room", "period"]).sum())
    if repeated:
        findings.note("attendance-summed", table.file, count=repeated)
    summed = frame.groupby(["person", "room", "period"], as_index=False)["times"].sum()
    return summed[summed["times"] > 0].reset_index(drop=True)
