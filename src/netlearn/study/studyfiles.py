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


def raw_files(study: Study) -> list[str]:
    """Return the staff list and the files with answers, sorted."""
    return sorted({study.roster.file, *answer_files(study)})


def _inside(file: str) -> bool:
    path = PureWindowsPath(file)
    return not path.anchor and ".." not in path.parts
