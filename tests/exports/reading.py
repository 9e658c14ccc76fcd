"""From what a writer wrote to a study folder, and back to the states that netlearn read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from exports.truth import NO, YES, Truth, choice_states, roster_csv, roster_states
from exports.written import Written
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import read_study
from netlearn.survey.check import read_checked

HEAD = """[study]
title = "Written"
seed = 5
tolerate = ["single-person-departments"]

[roster]
file = "roster.csv"
name = "name"
email = "email"
"""
PRIMARY = '[primary]\nrelation = "contact"\nmeasure = "cross_density"\nwaves = ["before", "after"]\n'


def expected(truth: Truth, written: Written) -> NDArray[np.object_]:
    """The states that the truth has in this way of asking."""
    return roster_states(truth) if written.kind == "roster" else choice_states(truth)


def study_files(truth: Truth, before: Written, after: Written) -> dict[str, bytes]:
    """The files of a study of two waves; those of the second wave have names of their own."""
    waves, files = [], {"roster.csv": roster_csv(truth)}
    for label, day, written in (("before", "2024-01-15", before), ("after", "2024-12-01", after)):
        named = {name: f"{label}-{name}" for name in written.files}
        text = written.wave
        for name in sorted(named, key=len, reverse=True):
            text = text.replace(f'"{name}"', f'"{named[name]}"')
        files |= {named[name]: data for name, data in written.files.items()}
        waves.append(f'[[waves]]\nlabel = "{label}"\ndate = {day}\n{text}\n')
    relation = f'[[relations]]\nname = "contact"\n{before.relation}\n'
    study = "\n".join([HEAD, *waves, relation, PRIMARY])
    return files | {"study.toml": study.encode("utf-8")}


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def read(folder: Path) -> tuple[Panel | None, Findings]:
    """The panel of the contacts, or None with faults."""
    findings = Findings()
    reading = read_checked(read_study(folder), findings).reading
    return (None if findings.faults else reading.panels["contact"]), findings


def states_of(panel: Panel, folder: Path, truth: Truth, wave: str = "before") -> NDArray[np.object_]:
    """The states of a wave, people in the order of the truth."""
    from netlearn.survey.reader import read_roster
    from netlearn.survey.table import Tables

    study = read_study(folder)
    roster = read_roster(study, Tables(study, Findings()), Findings())
    assert roster is not None
    order = [roster.by_id[person.id] for person in truth.people]
    return panel.wave(wave).states[np.ix_(order, order)]


def false_answers(found: NDArray[np.object_], truth: NDArray[np.object_]) -> int:
    """How many cells say yes or no where the truth says something else."""
    observed = (found == YES) | (found == NO)
    return int((observed & (found != truth)).sum())
