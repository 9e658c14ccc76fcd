"""The files that a study names: those from the survey tool, and all that may tell who somebody is."""

from __future__ import annotations

from pathlib import PureWindowsPath

from netlearn.study.plan import Study


def answer_files(study: Study) -> list[str]:
    """Return the files with answers and those that belong to them, as the study names them, sorted."""
    found = {file for relation in study.relations for file in relation.files.values()}
    for wave in study.waves:
        found |= {wave.file or "", *wave.parts.values()}
    return sorted(file for file in found if file and _inside(file))


def list_files(study: Study) -> list[str]:
    """Return the attendance lists and the lists of who could take part, sorted."""
    named = {file for plan in study.attendance for file in (plan.file, plan.people)}
    return sorted(file for file in named if file and _inside(file))


def staff_lists(study: Study) -> list[str]:
    """Return the attendance lists that tell what people of the roster took part in, sorted."""
    return sorted({plan.file for plan in study.attendance if plan.of == "staff" and _inside(plan.file)})


def raw_files(study: Study) -> list[str]:
    """Return the staff list, the files with answers, the lists, and the places of departments, sorted."""
    places = [] if study.places is None else [study.places.file]
    return sorted({study.roster.file, *answer_files(study), *list_files(study), *places})


def _inside(file: str) -> bool:
    path = PureWindowsPath(file)
    return not path.anchor and ".." not in path.parts
