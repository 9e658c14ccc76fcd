"""What a study knows beyond ties: gaps between two scales, attendance lists, where departments lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from netlearn.wording.shown import ShownPlan

Attendants = Literal["staff", "others"]


@dataclass(frozen=True)
class GapPlan(ShownPlan):
    """Required less present level: two scales whose items (and subscales) stand in the same order."""

    name: str
    required: str
    present: str
    title: str = ""


@dataclass(frozen=True)
class AttendancePlan(ShownPlan):
    """Who was where: a list with a row each time somebody took part.

    `person`, `room` and `count` are its columns; `period` holds the label of the wave that a row belongs to. `where`
    keeps the rows that hold these values. With `of` = "staff" people are those of the roster, and all of them could
    take part; with "others" (such as citizens) `people` is the file that lists them. `assigned` tells whether chance
    decided, within `strata`, who was where.
    """

    name: str
    file: str
    title: str = ""
    sheet: str | None = None
    person: str = "person"
    room: str = "room"
    count: str | None = None
    period: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    of: Attendants = "staff"
    people: str | None = None
    assigned: bool = False
    strata: str | None = None


@dataclass(frozen=True)
class PlacesPlan(ShownPlan):
    """Where departments lie: a table with a row per department and two columns of coordinates in one unit."""

    file: str
    department: str = "department"
    x: str = "x"
    y: str = "y"
    unit: str = "km"
