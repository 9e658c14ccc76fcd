"""Attendance lists of others than staff: who came, who was reached, who met whom, and whether that changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netlearn.analysis.attendance_change import (
    AttendanceChange,
    Reason,
    employed_people,
    of_period,
    per_person,
    sign_flips,
)
from netlearn.analysis.attendance_tables import ListTables
from netlearn.analysis.compare import FEW_RESPONDENTS
from netlearn.analysis.data import How, StudyData
from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import rung
from netlearn.inference.permute import PermutationResult
from netlearn.study.beyond import AttendancePlan
from netlearn.study.planned import Outcome
from netlearn.wording.shown import Shown


def run_attendance(data: StudyData, outcome: Outcome, how: How) -> AttendanceChange:
    """Compare how much people took part in two periods of an attendance list.

    Everybody who could take part counts, also who never came: an attendance list is complete, so not being on it is a
    0. In a list of staff only people who were employed in both waves could. A period of which the list holds nothing is
    missing instead, and the change then undefined. People who come together are taken as if they came by themselves, so
    the interval is somewhat too narrow where they do.

    Parameters
    ----------
    data : StudyData
    outcome : Outcome
        Names the list, the measure ("activities" or "visits") and the waves, which are the periods of the list.
    how : How

    Returns
    -------
    AttendanceChange

    Raises
    ------
    NetlearnError
        The study has no such list, or it has no periods.
    """
    listed = data.attendance.get(outcome.attendance)
    if listed is None or "" in set(listed.frame["period"]):
        raise NetlearnError(
            f"no attendance list {outcome.attendance!r} with periods; a change needs one. Name its column of wave "
            "labels as `period` under [[attendance]]."
        )
    counted = employed_people(listed, data.panels.values(), outcome.waves)
    before, after = (per_person(listed, wave, outcome.measure)[counted] for wave in outcome.waves)
    change, n = after - before, len(before)
    mean = float(change.mean()) if n else np.nan
    spread = float(change.var(ddof=1)) / n if n > 1 else np.nan
    person = rung("person", mean, spread, n, outcome.alpha, outcome.alternative)
    flips = sign_flips(change, outcome.alternative, how)
    return AttendanceChange(
        attendance=next((p.title for p in data.study.attendance if p.name == listed.name), "") or listed.name,
        measure=outcome.measure,
        waves=outcome.waves,
        values=(float(before.mean()), float(after.mean())) if n else (np.nan, np.nan),
        estimate=mean,
        low=person.low,
        high=person.high,
        p_value=np.nan if flips is None else flips.p_value,
        flips=flips,
        alpha=outcome.alpha,
        alternative=outcome.alternative,
        n_people=n,
        reasons=_reasons(n, person.low, flips, outcome.alpha),
    )


def _reasons(n: int, low: float, flips: PermutationResult | None, alpha: float) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if n < FEW_RESPONDENTS:
        found.append("few_respondents")
    if flips is None or np.isnan(low):
        found.append("undefined")
    elif flips.smallest_p > alpha:
        found.append("few_changed")
    return tuple(found)


@dataclass(frozen=True, eq=False)
class CitizenList(Shown):
    """One attendance list, its periods under their titles; no number in it speaks of few people.

    Attributes
    ----------
    name, title : str
    n_people : int
        Everybody who could take part, also those who never came.
    periods : tuple of str
        In order of time.
    activities : DataFrame
        period, activity ("" = all), participants (different people), visits.
    distribution : DataFrame
        period, activities ("0", "1", "2", "3+"), people.
    pairs : DataFrame
        period, pairs (who took part in something together), others_met (on average, by each who came).
    compared : (earlier, later) or None
        The two periods of `reach` and `meeting`; None if there is only one.
    reach : DataFrame or None
        before ("came", "stayed_away"), people, came (later), share.
    meeting : DataFrame or None
        before ("met", "alone"), people, met (later), share: of people who met nobody before, how many did later.
    """

    _facts = ("title", "periods", "compared")
    _frames = ("activities", "distribution", "pairs", "reach", "meeting")

    name: str
    title: str
    n_people: int
    periods: tuple[str, ...]
    activities: pd.DataFrame
    distribution: pd.DataFrame
    pairs: pd.DataFrame
    compared: tuple[str, str] | None
    reach: pd.DataFrame | None
    meeting: pd.DataFrame | None


@dataclass(frozen=True, eq=False)
class AttendancePart(Shown):
    """All attendance lists of others than staff; `least` is the smallest number of people behind a shown number."""

    lists: tuple[CitizenList, ...]
    least: int

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables for machines, all lists in each."""
        frames: dict[str, list[pd.DataFrame]] = {}
        for one in self.lists:
            for name in ("activities", "distribution", "pairs", "reach", "meeting"):
                frame = getattr(one, name)
                if frame is not None:
                    frames.setdefault(f"attendance-{name}", []).append(frame.assign(list=one.name))
        return {name: pd.concat(some, ignore_index=True) for name, some in frames.items()}


def part_attendance(data: StudyData, how: How) -> AttendancePart | None:
    """Describe every attendance list of others than staff; None if there is none. Nothing is drawn for it.

    Two periods are compared: those of the primary outcome where the list holds both, else the first and the last.
    """
    least, lists = data.study.min_cell_size, data.attendance
    plans = [p for p in data.study.attendance if p.of == "others" and p.name in lists]
    named = [plan for plan in plans if len(lists[plan.name].people) >= least]
    if not named:
        return None
    return AttendancePart(tuple(_described(data, plan) for plan in named), least)


def _described(data: StudyData, plan: AttendancePlan) -> CitizenList:
    study, listed = data.study, data.attendance[plan.name]
    held = set(listed.frame["period"])
    titles = {"": ""} | {wave.label: wave.title or wave.label for wave in study.waves if wave.label in held}
    labels = [label for label in titles if label in held]
    tables = ListTables({titles[label]: of_period(listed, label) for label in labels}, study.min_cell_size)
    compared: tuple[str, str] | None = None
    if len(labels) > 1:
        both = study.primary.waves if set(study.primary.waves) <= held else (labels[0], labels[-1])
        compared = titles[both[0]], titles[both[1]]
    return CitizenList(
        plan.name,
        plan.title or plan.name,
        len(listed.people),
        tuple(titles[label] for label in labels),
        tables.activities,
        tables.distribution,
        tables.pairs,
        compared,
        None if compared is None else tables.reach(*compared),
        None if compared is None else tables.meeting(*compared),
    )
