"""Whether a coded copy says the same as the raw files: compared person by person and cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.study.cells import IntArray
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.toml import parse_study
from netlearn.study.wave import Wave
from netlearn.survey.coded.beyond import same_lists
from netlearn.survey.coded.copy import Raw, read_raw
from netlearn.survey.coded.egos import same_egos


def check_copy(made: Path, raw: Raw, codes: Mapping[str, str], findings: Findings) -> None:
    """Read a coded copy as anybody would and compare it with the raw files; a fault for each part that differs."""
    study = parse_study(made, findings)
    if study is None or findings.faults:
        return
    copy = read_raw(study, findings)
    place = np.array([copy.roster.by_id[codes[person]] for person in raw.ids], dtype=np.int64)
    names = {code: copy.roster.codes[at] for code, at in zip(raw.roster.codes, place, strict=True)}
    differ = [name for name, panel in raw.panels.items() if not same_panel(panel, copy.panels[name], place)]
    kept = [name for name in raw.egos if name in copy.egos and name not in differ]
    differ += [name for name in kept if not same_egos(raw.egos[name], copy.egos[name], names)]
    if not same_answers(raw.scales, copy.scales, names, raw.background):
        differ.append(", ".join(plan.name for plan in raw.study.scales))
    differ += same_lists(raw.lists, copy.lists, raw.study, names)
    if raw.places != copy.places and study.places is not None:
        differ.append(study.places.file)
    for name in differ:
        findings.fault("coded-differs", "study.toml", relation=name)


def same_panel(raw: Panel, coded: Panel, place: IntArray) -> bool:
    """Tell whether two panels differ only in the order and codes of people; `place` is where each stands in `coded`."""
    if raw.labels != coded.labels or raw.n != coded.n or set(raw.attributes) != set(coded.attributes):
        return False
    departments = (np.array(panel.group_names, dtype=object)[panel.groups] for panel in (raw, coded))
    first, second = departments
    known = [_along(raw.attributes[name]) == _along(coded.attributes[name])[place] for name in raw.attributes]
    said = (raw.directed, raw.relation, raw.grouping, raw.source)
    return (
        said == (coded.directed, coded.relation, coded.grouping, coded.source)
        and bool((first == second[:, place]).all())
        and bool((raw.statuses == coded.statuses[:, place]).all())
        and all(bool(same.all()) for same in known)
        and all(_same_wave(one, two, place) for one, two in zip(raw.waves, coded.waves, strict=True))
    )


def same_answers(
    raw: pd.DataFrame, coded: pd.DataFrame, names: Mapping[str, str], background: set[str]
) -> bool:
    """Tell whether two tables of `netlearn.read_answers` say the same; `names` are the people of `raw` in `coded`.

    Of questions kept as texts the answers are compared, of the others the levels.
    """
    moved = raw.assign(person=[names[person] for person in raw["person"]])
    return _told(moved, background) == _told(coded, background)


def _told(frame: pd.DataFrame, background: set[str]) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for row in frame.to_dict("records"):
        text = row["scale"] in background
        value = row["answer"] if text else row["value"]
        found.add((row["person"], row["wave"], row["scale"], row["item"], row["state"], str(value)))
    return found


def _along(values: Sequence[object]) -> NDArray[np.object_]:
    found = np.empty(len(values), dtype=object)
    found[:] = list(values)
    return found


def _same_wave(raw: Wave, coded: Wave, place: IntArray) -> bool:
    back = np.argsort(place)
    one, two = _parts(raw, place), _parts(coded, np.arange(coded.n))
    order = (raw.cells.senders[back], raw.cells.receivers[back]), (coded.cells.senders, coded.cells.receivers)
    people = all(np.array_equal(a, b) for a, b in zip(*order, strict=True))
    return raw.threshold == coded.threshold and people and all(map(np.array_equal, one, two))


def _parts(wave: Wave, place: IntArray) -> list[NDArray[Any]]:
    """Return ties with their levels, holes and reasons, in the order of the cells of the coded panel."""
    n = wave.n

    def moved(cells: IntArray) -> IntArray:
        return np.asarray(place[cells // n] * n + place[cells % n])

    def sorted_in_columns(cells: IntArray) -> IntArray:
        # About somebody who could not be named, nothing was asked.
        return np.sort(moved(cells[wave.cells.receivers[cells % n]]))

    at = moved(wave.sender * n + wave.receiver)
    order = np.argsort(at)
    return [
        at[order],
        wave.level[order],
        np.sort(moved(wave.cells.holes)),
        sorted_in_columns(wave.dont_know),
        sorted_in_columns(wave.unasked),
    ]
