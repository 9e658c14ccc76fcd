"""The engine: from the files of a study to the Panel of one relation, with a log of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from netlearn.study.assigned import who_was_asked
from netlearn.study.cells import Cells
from netlearn.study.findings import Findings
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import RelationPlan, Study, WavePlan
from netlearn.study.roster import Roster, make_roster
from netlearn.study.wave import Wave
from netlearn.survey.export import Export
from netlearn.survey.grade import count, grade, say_dropped, to_wave
from netlearn.survey.items import read_items
from netlearn.survey.ledger import COUNTED
from netlearn.survey.named import check_known
from netlearn.survey.place import Place
from netlearn.survey.reading import Reading
from netlearn.survey.table import Tables

LOG_COLUMNS = (
    "cells",
    "ties",
    "no_ties",
    "not_answered",
    "dont_know",
    "nobody",
    "own",
    "outside",
    "not_employed",
    "repeated",
    "not_asked",
)

Asked = list[tuple[WavePlan, Export]]


def read_panel(study: Study, relation: str) -> Panel:
    """Read the answers to one relation in all waves.

    Parameters
    ----------
    study : Study
        The plan.
    relation : str
        Name of a relation of the study.

    Returns
    -------
    Panel
        People are in the order of their codes; nothing in it depends on the order of rows or columns in the
        files. Waves in which the relation has no file are left out.

    Raises
    ------
    StudyError
        The roster or the files of this relation have faults: all of them at once.
    NetlearnError
        The study has no such relation.
    """
    findings = Findings()
    reading = read_relations(study, [study.relation(relation)], findings)
    findings.raise_faults(study.language)
    return reading.panels[relation]


def read_log(study: Study) -> pd.DataFrame:
    """Count what became of every answer to every question.

    Returns
    -------
    DataFrame
        One row per relation and wave: relation, wave, file, and numbers of answers: `cells` = `ties` (at or
        over the threshold) + `no_ties` + `not_answered` + `dont_know` + `not_asked` + `nobody` (room to say that one
        named nobody) + `own` (about oneself) + `outside` (about people who are not in the roster) + `not_employed`
        (about people who were not employed then) + `repeated`.

    Raises
    ------
    StudyError
        The files have faults.
    """
    findings = Findings()
    read_relations(study, study.relations, findings)
    findings.raise_faults(study.language)
    counted = [f for f in findings.items if f.code == "import-counts"]
    rows = [{**f.values, "file": f.file} for f in counted]
    return pd.DataFrame(rows, columns=["relation", "wave", "file", *LOG_COLUMNS])


def read_ledger(study: Study) -> pd.DataFrame:
    """Count what became of every cell of every file of answers.

    Returns
    -------
    DataFrame
        One row per table (file, or sheet of a workbook): `file`, `cells` (rows down to the last that is filled, times
        the columns with a heading), and its parts, which add up to it: `headings`, `blank_rows`, and the fates of
        `netlearn.survey.ledger.FATES`.

    Raises
    ------
    StudyError
        The files have faults.
    """
    findings = Findings()
    reading = read_relations(study, study.relations, findings)
    findings.raise_faults(study.language)
    return ledger_table(reading)


def ledger_table(reading: Reading) -> pd.DataFrame:
    """Return the counts of a reading; see `read_ledger`."""
    rows = [{"file": file, **parts} for file, parts in sorted(reading.ledger.counts().items())]
    return pd.DataFrame(rows, columns=["file", *COUNTED])


def read_relations(study: Study, relations: Iterable[RelationPlan], findings: Findings) -> Reading:
    """Open every file once and read these relations; the panels are complete unless there are faults."""
    tables = Tables(study, findings)
    roster = read_roster(study, tables, findings)
    reading = Reading(study, roster, findings)
    for relation in relations:
        if roster is None:
            # Nobody can be matched, but each file can still be opened and looked at.
            for wave in study.waves:
                if file := study.file_of(relation, wave):
                    reading.export(file, wave)
        elif (panel := read_relation(reading, relation, roster)) is not None:
            reading.panels[relation.name] = panel
    _drop_what_follows(findings)
    return reading


def read_roster(study: Study, tables: Tables, findings: Findings) -> Roster | None:
    """Read the staff list, or return None if nobody can be matched with it."""
    table = tables.get(study.roster.file)
    return None if table is None else make_roster(study, table, findings)


def read_relation(reading: Reading, relation: RelationPlan, roster: Roster) -> Panel | None:
    """Read one relation; None if there are faults (in `findings`, also those of other files)."""
    study, findings = reading.study, reading.findings
    before = _n_faults(findings)
    asked: Asked = []
    for wave in study.waves:
        file = study.file_of(relation, wave)
        if not file:
            findings.note("not-asked", relation=relation.name, wave=wave.label)
        elif (export := reading.export(file, wave)) is not None:
            asked.append((wave, export))
    _check_exports(relation, asked, findings)
    places = [reading.place(relation, wave, export) for wave, export in asked]
    waves = [made for place in places if (made := _read_wave(place)) is not None]
    if _n_faults(findings) == before:
        _check_common(study, relation, waves, findings)
    return None if _n_faults(findings) else _panel(study, relation, roster, waves, reading.withdrawn)


def _n_faults(findings: Findings) -> int:
    return sum(found.level == "fault" for found in findings.items)


def _read_wave(place: Place) -> Wave | None:
    before = _n_faults(place.findings)
    place.ledger.open(place.table)
    items = read_items(place)
    if items is None:
        return None
    inner = place if items.group is None else place.on(items.group.table, items.group.columns)
    check_known(inner, items.receiver, items.column)
    graded = grade(items, inner)
    named: dict[str, Any] = {"relation": place.relation.name, "wave": place.wave.label}
    if _n_faults(place.findings) > before:
        return None
    if not graded.answered.any():
        place.fault("wave-without-answers", 0, **named)
        return None
    wave = to_wave(items, graded, inner)
    _check_noes(wave, inner)
    say_dropped(items, graded, inner)
    inner.note("import-counts", **(named | count(items, graded, inner)))
    kept = (done for at, done in enumerate(place.export.complete) if at not in place.export.dropped)
    partial = sum(done is False for done in kept)
    if partial:
        place.note("partial-answers", count=partial)
    return wave if place.relation.directed else _undirected(wave, place)


def _check_noes(wave: Wave, place: Place) -> None:
    """Refuse a wave in which everything that was observed is a tie: then a blank was meant as "no", or nothing was."""
    missing = len(wave.cells.holes)
    if missing >= len(wave.sender) == wave.cells.total > 0:
        place.fault("no-cell-says-no", 0, relation=place.relation.name, wave=wave.label, count=missing)


def _undirected(wave: Wave, place: Place) -> Wave:
    """Keep pairs that both people answered about; "either" takes the higher of two levels, "both" the lower."""
    n = wave.n
    cells = wave.cells
    i, j = cells.hole_pairs()
    both = cells.senders & cells.receivers
    mutual = Cells(both, both, np.concatenate([cells.holes, j * n + i]))
    keep = mutual.contains(wave.sender, wave.receiver)
    if not keep.all():
        place.note("ties-of-silent-people", count=int((~keep).sum()))
    sender, receiver, level = wave.sender[keep], wave.receiver[keep], wave.level[keep]
    pair = np.minimum(sender, receiver) * n + np.maximum(sender, receiver)
    by_pair = pd.Series(level).groupby(pair)
    joined = by_pair.max() if place.relation.symmetrize == "either" else by_pair.min()[by_pair.size() == 2]
    low, high = joined.index.to_numpy() // n, joined.index.to_numpy() % n
    twice = np.concatenate([joined.to_numpy(), joined.to_numpy()])
    ends = np.concatenate([low, high]), np.concatenate([high, low])
    reasons: dict[str, Any] = {"dont_know": wave.dont_know, "unasked": wave.unasked}
    reasons |= {"unasked_people": wave.unasked_people, "offered": cells.receivers}
    return Wave(wave.label, *ends, twice, mutual, wave.threshold, **reasons)


def _check_exports(relation: RelationPlan, asked: Asked, findings: Findings) -> None:
    """No two waves hold the same rows, and later waves were answered later."""
    before = _n_faults(findings)
    for (earlier, old), (later, new) in combinations(asked, 2):
        one, two = old.table, new.table
        # One file may hold several waves, told apart by a column.
        same = one.header == two.header and one.rows == two.rows and earlier.where == later.where
        if same and _groups_of(old) == _groups_of(new):
            findings.fault("same-export", two.file, other=one.file, wave=later.label, earlier=earlier.label)
    dated = list(_middle_days(asked))
    fitting = sorted(range(len(dated)), key=lambda at: dated[at][2])
    for places in _cycles(fitting) if _n_faults(findings) == before else ():
        files = [dated[at][1].table.file for at in places]
        right = [f"{dated[at][0].label}: {dated[fitting[at]][1].table.file}" for at in places]
        known: dict[str, Any] = {"names": [dated[at][0].label for at in places], "right": right}
        findings.fault(
            "waves-swapped", files[-1], dates=[dated[at][2] for at in places], files=files, **known
        )


def _groups_of(export: Export) -> dict[str, list[list[str]]]:
    return {name: group.table.rows for name, group in export.groups.items()}


def _cycles(fitting: list[int]) -> Iterator[list[int]]:
    """Return the groups of places that exchange their contents: `fitting[k]` is what belongs at place k."""
    left = [place for place, other in enumerate(fitting) if place != other]
    while left:
        cycle = [left[0]]
        while (following := fitting[cycle[-1]]) != cycle[0]:
            cycle.append(following)
        yield sorted(cycle)
        left = [place for place in left if place not in cycle]


def _drop_what_follows(findings: Findings) -> None:
    """Leave out what is said of a file for the wave that it was given by mistake."""
    swaps = [found for found in findings.items if found.code == "waves-swapped"]
    swapped = {file for swap in swaps for file in swap.values["files"]}
    findings.items[:] = [
        found
        for found in findings.items
        if found.file not in swapped or not (found.code == "missing-column" or "wave" in found.values)
    ]


def _middle_days(asked: Asked) -> Iterator[tuple[WavePlan, Export, date]]:
    for wave, export in asked:
        days = sorted(day for day in export.days if day is not None)
        if days and not wave.where:
            yield wave, export, days[len(days) // 2]


def _check_common(study: Study, relation: RelationPlan, waves: list[Wave], findings: Findings) -> None:
    if relation.name != study.primary.relation:
        return
    first, second = study.primary.waves
    answered = {wave.label: wave.cells.senders for wave in waves}
    if first in answered and second in answered and not (answered[first] & answered[second]).any():
        findings.fault("no-wave-in-common", relation=relation.name, first=first, second=second)


def _panel(
    study: Study,
    relation: RelationPlan,
    roster: Roster,
    waves: list[Wave],
    withdrawn: Iterable[int],
) -> Panel:
    departments = [roster.departments[wave.label] for wave in waves]
    if study.grouping == "baseline":
        # The study's first wave is the baseline, also of a relation that was asked later only.
        departments[0] = roster.departments[study.waves[0].label]
    names = sorted({name for row in departments for name in row})
    number = {name: k for k, name in enumerate(names)}
    employed = np.array([roster.employed[wave.label] for wave in waves])
    took_part = np.array([wave.cells.senders for wave in waves])
    silent = np.where(employed, STATUSES.index("no_answer"), STATUSES.index("not_employed"))
    silent[employed & ~who_was_asked(study, roster.attributes, roster.n)] = STATUSES.index("not_asked")
    gone = np.isin(np.arange(roster.n), list(withdrawn))
    silent[employed & gone] = STATUSES.index("withdrew")
    return Panel(
        tuple(waves),
        roster.codes,
        np.array([[number[name] for name in row] for row in departments], dtype=np.int64),
        tuple(names),
        np.where(took_part, STATUSES.index("took_part"), silent),
        relation.directed,
        relation.name,
        study.grouping,
        relation.source,
        roster.attributes,
    )
