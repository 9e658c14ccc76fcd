"""Attendance lists of staff: whether pairs who shared a room formed more ties than comparable pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.exposure import Exposure, compare_exposure
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.shared_rooms import SharedRooms, without_few
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.study.beyond import AttendancePlan
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.planned import Outcome
from netlearn.survey.attendance import AttendanceList
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]


def run_exposure(data: StudyData, outcome: Outcome, how: How) -> SharedRooms:
    """Compare the ties of pairs who shared a room of an attendance list with those of comparable pairs.

    Rooms count if their period is not after the later wave; all of them count where the list has no periods. People who
    were in one room in different periods did not share it.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Names the relation, the waves and the attendance list.
    how : How

    Returns
    -------
    SharedRooms

    Raises
    ------
    NetlearnError
        The study has no such list, it is not of staff, or nobody knows the strata in which rooms were dealt.
    """
    plan, listed = list_of(data, outcome.attendance)
    panel = data.panels[outcome.relation]
    labels = [wave.label for wave in data.study.waves]
    found: Exposure | None = None
    try:
        found = compare_exposure(
            panel,
            people_by_rooms(listed, panel, labels, outcome.waves[1]),
            outcome.waves,
            strata=_strata(data, plan, panel, outcome.waves),
            assigned=plan.assigned,
            draws=how.draws,
            seed=how.seed,
            workers=how.workers,
            alternative=outcome.alternative,
            alpha=outcome.alpha,
        )
        found = without_few(found, data.study.min_cell_size)
    except UndefinedError:  # no pair shared a room, or every pair did
        pass
    named = (plan.title or plan.name, outcome.measure, outcome.waves)
    return SharedRooms(found, *named, assigned=plan.assigned, alpha=outcome.alpha)


def list_of(data: StudyData, name: str) -> tuple[AttendancePlan, AttendanceList]:
    """Return the plan of an attendance list of staff and the list itself."""
    plan = next((plan for plan in data.study.attendance if plan.name == name), None)
    if plan is None or name not in data.attendance or not data.attendance[name].staff:
        raise NetlearnError(
            f"no attendance list of staff is named {name!r}; shared rooms need one. Give `attendance` the name of an "
            '[[attendance]] table with of = "staff".'
        )
    return plan, data.attendance[name]


def people_by_rooms(listed: AttendanceList, panel: Panel, labels: Sequence[str], later: str) -> FloatArray:
    """Tell who was in which room up to a wave: (n, m), 1 or 0; NaN in the rows of people who are not on the list.

    Parameters
    ----------
    listed : AttendanceList
        Of staff.
    panel : Panel
    labels : sequence of str
        The waves in order of time.
    later : str
        Rooms of later periods do not count.
    """
    counted = ["", *labels[: list(labels).index(later) + 1]]
    frame = listed.frame[listed.frame["period"].isin(counted)]
    at = pd.Index(panel.ids).get_indexer(pd.Index(frame["person"]))
    if (at < 0).any():
        raise NetlearnError(
            f"attendance list {listed.name!r} holds people who are not in the panel; expected its ids."
        )
    room = frame.groupby(["room", "period"]).ngroup().to_numpy()
    width = (
        int(room.max(initial=-1)) + 2
    )  # with an empty room, and never as wide as high: that would be pairs
    table = np.zeros((panel.n, width + (width == panel.n)))
    table[at, room] = 1.0
    table[~np.isin(panel.ids, listed.people)] = np.nan
    return table


def _strata(data: StudyData, plan: AttendancePlan, panel: Panel, waves: tuple[str, str]) -> list[str] | None:
    """Return within what the lot dealt rooms; who came or left in between could not be dealt what the others were."""
    named = _named_strata(data, plan, panel)
    if not plan.assigned:
        return named
    absent = panel.statuses[[panel.index(wave) for wave in waves]] == STATUSES.index("not_employed")
    stayed = (~absent).all(axis=0).tolist()
    return [f"{label}|{there}" for label, there in zip(named or [""] * panel.n, stayed, strict=True)]


def _named_strata(data: StudyData, plan: AttendancePlan, panel: Panel) -> list[str] | None:
    if plan.strata is None:
        return None
    if plan.strata == data.study.roster.department:
        return [panel.group_names[code] for code in panel.group(panel.labels[0])]
    if plan.strata not in panel.attributes:
        raise NetlearnError(
            f"nothing is known of {plan.strata!r}, the strata of attendance list {plan.name!r}; name that column of "
            "the roster under attributes."
        )
    return [str(value) for value in panel.attributes[plan.strata]]


@dataclass(frozen=True, eq=False)
class RoomList(Shown):
    """One attendance list of staff, with what sharing a room went with.

    Attributes
    ----------
    name, title : str
    result : SharedRooms
        Its waves under their titles.
    verdict : str
        What the plan leaves of its verdict; "not_planned" where no outcome is about the list.
    rooms : DataFrame
        One row: rooms, people (in any room), people_per_room (mean), pairs (who shared a room).
    """

    _facts = ("title", "verdict")
    _frames = ("rooms",)

    name: str
    title: str
    result: SharedRooms
    verdict: str
    rooms: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ExposurePart(Shown):
    """All attendance lists of staff; `least` is the smallest number of people behind a shown number."""

    lists: tuple[RoomList, ...]
    least: int

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables for machines: rooms, the counts by group and by number of rooms, and the estimates."""
        known = [(one.name, one.result.found) for one in self.lists]
        frames = {
            "shared-rooms": [one.rooms.assign(list=one.name) for one in self.lists],
            "shared-rooms-groups": [f.groups.assign(list=name) for name, f in known if f is not None],
            "shared-rooms-dose": [f.dose.assign(list=name) for name, f in known if f is not None],
            "shared-rooms-estimates": [f.table.assign(list=name) for name, f in known if f is not None],
        }
        made = {name: pd.concat(some, ignore_index=True) for name, some in frames.items() if some}
        people = [
            "open_people",
            "ties_people",
        ]  # how few are behind a number that is left out is nobody's business
        return {name: frame.drop(columns=people, errors="ignore") for name, frame in made.items()}


def part_exposure(data: StudyData, how: How, done: Sequence[OutcomeResult] = ()) -> ExposurePart | None:
    """Look at every attendance list of staff, for the primary relation and waves; None if there is none.

    Parameters
    ----------
    data : StudyData
    how : How
    done : sequence of OutcomeResult
        Outcomes that were run: a list that a planned one is about is told as that came out, whatever its relation and
        waves, and is not run again. See `run_exposure`.
    """
    study = data.study
    relation = study.primary.relation or next(iter(data.panels), "")
    named = [plan for plan in study.attendance if plan.name in data.attendance and plan.of == "staff"]
    if not named or relation not in data.panels:
        return None
    lists = tuple(_room_list(data, plan, relation, how, done) for plan in named)
    return ExposurePart(lists, study.min_cell_size)


def _room_list(
    data: StudyData, plan: AttendancePlan, relation: str, how: How, done: Sequence[OutcomeResult]
) -> RoomList:
    study = data.study
    plain = Outcome(relation, "shared_rooms", study.primary.waves, attendance=plan.name)
    known = next((found for found in done if _is_about(found, plan.name)), None)
    outcome = plain if known is None else known.outcome
    result = run_exposure(data, plain, how) if known is None else known.result
    title = {wave.label: wave.title or wave.label for wave in study.waves}
    first, second = outcome.waves
    result = replace(result, waves=(title[first], title[second]))
    panel, listed = data.panels[outcome.relation], data.attendance[plan.name]
    rooms = _rooms(people_by_rooms(listed, panel, list(title), second), study.min_cell_size)
    verdict = "not_planned" if known is None else known.verdict
    return RoomList(plan.name, plan.title or plan.name, result, verdict, rooms)


def _is_about(found: OutcomeResult, name: str) -> bool:
    """Tell whether an outcome is the planned one about an attendance list."""
    asked = (found.outcome.measure, found.outcome.attendance)
    return found.role in ("primary", "secondary") and asked == ("shared_rooms", name)


def _rooms(table: FloatArray, least: int) -> pd.DataFrame:
    """Describe people x rooms in one row; NaN where fewer than `least` people were in any room."""
    there = np.nan_to_num(table)
    sizes, people = there.sum(axis=0), int(there.any(axis=1).sum())
    met = np.triu(there @ there.T, 1) > 0
    used = sizes[sizes > 0]
    mean = float(used.mean()) if used.size else float("nan")
    row = pd.DataFrame(
        [(len(used), people, mean, int(met.sum()))], columns=["rooms", "people", "people_per_room", "pairs"]
    )
    return row if people >= least or not people else row.astype(float) * np.nan
