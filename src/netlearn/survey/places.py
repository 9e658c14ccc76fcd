"""Read where departments lie: a table with a row per department and two coordinates."""

from __future__ import annotations

import math

from netlearn.study.beyond import PlacesPlan
from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.reading import Reading
from netlearn.survey.table import Tables

Places = dict[str, tuple[float, float]]


def read_places(reading: Reading, plan: PlacesPlan) -> Places | None:
    """Return the place of every department of the roster; None where there are faults (in the findings)."""
    findings = reading.findings
    table = Tables(reading.study, findings).get(plan.file)
    columns = (plan.department, plan.x, plan.y)
    if table is None:
        return None
    there = [table.has(name, findings) for name in columns]
    if not all(there):
        return None
    before = len(findings.faults)
    found: Places = {}
    rows = zip(table.numbers, *(table.column(name) for name in columns), strict=True)
    for number, department, east, north in rows:
        name = plain(department)
        if name in found:
            findings.fault("place-twice", table.file, number, plan.department, department=name)
        found[name] = (
            _coordinate(table, number, plan.x, east, reading),
            _coordinate(table, number, plan.y, north, reading),
        )
    _check_all_there(reading, plan, table, found)
    return found if len(findings.faults) == before else None


def _coordinate(table: RawTable, number: int, column: str, cell: str, reading: Reading) -> float:
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        reading.findings.fault("bad-coordinate", table.file, number, column)
    return value


def _check_all_there(reading: Reading, plan: PlacesPlan, table: RawTable, found: Places) -> None:
    """Every department of the roster has a place; a name in the message is a department, which is no person."""
    if reading.roster is None:
        return
    there = {name for names in reading.roster.departments.values() for name in names}
    lacking = sorted(there - set(found))
    if lacking:
        more = len(lacking) - 1
        reading.findings.fault(
            "place-missing", table.file, 0, plan.department, department=lacking[0], more=more
        )
