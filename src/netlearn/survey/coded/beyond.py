"""The coded tables beside the answers: attendance lists, who could take part, where departments lie."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from netlearn.study.beyond import AttendancePlan, PlacesPlan
from netlearn.study.plan import Study
from netlearn.survey.attendance import AttendanceList
from netlearn.survey.coded.tables import csv_text
from netlearn.survey.places import Places

Codes = Mapping[str, str]
People = tuple[str, str]
"""File and column that list the people of an attendance list who are not staff."""


def attendance_plans(study: Study, folder: str) -> tuple[AttendancePlan, ...]:
    """Return the plans that read the attendance lists of a copy: plain tables of person, room, period and times."""
    files = list(dict.fromkeys(people_of(plan) for plan in study.attendance if plan.of == "others"))
    return tuple(
        AttendancePlan(
            plan.name,
            f"{folder}/attendance_{number}.csv",
            title=plan.title,
            count="times",
            period=None if plan.period is None else "period",
            of=plan.of,
            people=f"{folder}/people_{files.index(people_of(plan)) + 1}.csv" if plan.of == "others" else None,
            assigned=plan.assigned,
            strata=plan.strata,
        )
        for number, plan in enumerate(study.attendance, start=1)
    )


def places_plan(study: Study, folder: str) -> PlacesPlan | None:
    """Return the plan that reads where departments lie in a copy."""
    return None if study.places is None else PlacesPlan(f"{folder}/places.csv", unit=study.places.unit)


def people_of(plan: AttendancePlan) -> People:
    """Return what tells which people a list of others is about; lists of the same people are linked by it."""
    return plan.people or "", plan.person


def reserved(study: Study, folder: str) -> list[str]:
    """Return the files of a copy that no other table may be called."""
    lists = attendance_plans(study, folder)
    return [*(plan.file for plan in lists), *(plan.people for plan in lists if plan.people)]


def codes_of_others(study: Study, lists: Mapping[str, AttendanceList]) -> dict[People, dict[str, str]]:
    """Draw a code for everybody who is not staff: no file says whose it is, and every copy has other codes."""
    found: dict[People, dict[str, str]] = {}
    for plan in study.attendance:
        if plan.of == "others":
            codes = found.setdefault(people_of(plan), {})
            for person in lists[plan.name].people:
                codes.setdefault(person, _drawn(codes.values()))
    return found


def _drawn(taken: Iterable[str]) -> str:
    known = set(taken)
    while (code := f"x{secrets.token_hex(3)}") in known:
        pass
    return code


def beyond_texts(
    study: Study,
    coded: Study,
    lists: Mapping[str, AttendanceList],
    places: Places | None,
    staff: Codes,
) -> dict[str, str]:
    """Return the tables of attendance, of people who are not staff, and of places, by file.

    Parameters
    ----------
    study, coded : Study
        The plan of the raw files, and that of the copy.
    lists : mapping name -> AttendanceList
    places : mapping department -> (x, y), or None
    staff : mapping str -> str
        Code of each person of the roster in the copy, by the code that results show.
    """
    others, found = codes_of_others(study, lists), dict[str, str]()
    for raw, plan in zip(study.attendance, coded.attendance, strict=True):
        codes = others[people_of(raw)] if plan.of == "others" else staff
        found[plan.file] = _attendance_text(lists[plan.name], plan, codes, coded)
        if plan.people is not None:
            found[plan.people] = csv_text([plan.person], sorted([code] for code in codes.values()))
    if coded.places is not None and places is not None:
        rows = sorted([name, repr(x), repr(y)] for name, (x, y) in places.items())
        found[coded.places.file] = csv_text([coded.places.department, coded.places.x, coded.places.y], rows)
    return found


def _attendance_text(told: AttendanceList, plan: AttendancePlan, codes: Codes, study: Study) -> str:
    frame = told.frame
    rows = [
        [codes[person], room, period, str(times)]
        for person, room, period, times in zip(
            frame["person"], frame["room"], frame["period"], frame["times"], strict=True
        )
    ]
    if not rows:
        # A list in which nobody is left still says that it was kept: its one row counts no time.
        rows = [[next(iter(codes.values())), "-", study.waves[0].label, "0"]]
    header = [plan.person, plan.room, "period", "times"]
    if plan.period is None:
        return csv_text([*header[:2], header[3]], sorted([*row[:2], row[3]] for row in rows))
    return csv_text(header, sorted(rows))


def same_lists(
    raw: Mapping[str, AttendanceList], coded: Mapping[str, AttendanceList], study: Study, names: Codes
) -> list[str]:
    """Return the names of the attendance lists that do not say the same; `names` are the staff of `raw` in `coded`.

    Of people who are not staff, whose codes differ on purpose, it is compared what each of them took part in.
    """
    wrong = []
    for plan in study.attendance:
        one, two = raw[plan.name], coded[plan.name]
        if plan.of == "staff":
            moved = replace(
                one,
                frame=one.frame.assign(person=one.frame["person"].map(names)),
                people=tuple(names[person] for person in one.people),
            )
            same = _rows(moved) == _rows(two) and set(moved.people) == set(two.people)
        else:
            linked = [
                p.name for p in study.attendance if p.of == "others" and people_of(p) == people_of(plan)
            ]
            same = _profiles(raw, linked) == _profiles(coded, linked)
        wrong += [] if same else [plan.name]
    return wrong


def _rows(told: AttendanceList) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in told.frame.to_numpy().tolist())


def _profiles(lists: Mapping[str, AttendanceList], linked: list[str]) -> list[list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {person: [] for person in lists[linked[0]].people}
    for name in linked:
        for person, *row in lists[name].frame.to_numpy().tolist():
            found[person].append((name, *row))
    return sorted(sorted(rows) for rows in found.values())
