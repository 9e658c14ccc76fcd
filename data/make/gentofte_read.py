"""A simulated study of data/gentofte-cfn in the shape of what is read from its files, without files."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from gentofte_draw import MIDDLE, REVERSED, SESSIONS, Drawn
from gentofte_people import CITIZEN_CODES, NAMES, STAFF, THERE, WAVES

from netlearn.analysis.data import ANSWERS, StudyData
from netlearn.study.cells import Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study
from netlearn.study.wave import NOT_ANSWERED, Wave
from netlearn.survey.answers import ANSWERED
from netlearn.survey.attendance import COLUMNS, AttendanceList

ACTIVITY_LIST, TEACHING = "aktiviteter", "undervisning"
AGREE = ("helt_uenig", "uenig", "hverken", "enig", "helt_enig")
ITEMS = tuple(f"faelles_sprog/sprog_{k}" for k in range(1, len(MIDDLE) + 1))


def study_data(study: Study, drawn: Drawn) -> StudyData:
    """Return a draw in the shape of what is read from its files."""
    order = STAFF.order(study.seed)
    return StudyData(
        study,
        {name: panel_of(name, drawn, order) for name in drawn.levels},
        answers=pd.DataFrame(answers_of(drawn, order), columns=ANSWERS),
        attendance={ACTIVITY_LIST: activities_of(study, drawn), TEACHING: teaching_of(drawn, order)},
    )


def codes() -> tuple[str, ...]:
    """The codes of the staff."""
    return tuple(f"p{number:03d}" for number in range(1, STAFF.n + 1))


def panel_of(relation: str, drawn: Drawn, order: np.ndarray) -> Panel:
    """Return the ties that were told, person by person in the order of codes."""
    known, square = sorted(NAMES), np.ix_(order, order)
    place = np.array([known.index(name) for name in NAMES])
    waves, groups, statuses = [], [], []
    for w, label in enumerate(WAVES):
        there, told = THERE[label][order], drawn.told[relation][w][square]
        level = np.where(told, drawn.levels[relation][w][square], 0)
        i, j = np.nonzero(level)
        senders = np.asarray(told.any(axis=1))
        cells = Cells(senders, there, np.flatnonzero(~told))
        waves.append(Wave(label, i, j, level[i, j].astype(float), cells, unasked_people=~there))
        groups.append(place[STAFF.unit_at(label)[order]])
        words = [STATUSES.index(word) for word in ("took_part", "no_answer", "not_employed")]
        statuses.append(np.select([senders, there], words[:2], words[2]))
    roles = tuple("leder" if STAFF.leader[i] else "medarbejder" for i in order)
    return Panel(
        tuple(waves),
        codes(),
        np.array(groups),
        tuple(known),
        np.array(statuses, dtype=np.int8),
        relation=relation,
        attributes={"stilling": roles, "anciennitet": tuple(STAFF.seniority[i] for i in order)},
    )


def answers_of(drawn: Drawn, order: np.ndarray) -> Iterator[tuple[object, ...]]:
    """Return the answers to the scale as `netlearn.read_answers` does: wave by wave, item by item."""
    for w, label in enumerate(WAVES):
        for k, item in enumerate(ITEMS):
            for code, i in zip(codes(), order.tolist(), strict=True):
                if THERE[label][i]:
                    yield code, label, "sprog", item, *answer(drawn, w, i, k)


def answer(drawn: Drawn, wave: int, person: int, item: int) -> tuple[str, str, float]:
    """State, code and level of one answer."""
    if not drawn.agreed[wave, person, item]:
        return NOT_ANSWERED, "", float("nan")
    level = said(int(drawn.agree[wave, person, item]), item)
    return ANSWERED, AGREE[level - 1], float(level)


def said(level: int, item: int) -> int:
    """What is answered to an item: the last one counts the other way round."""
    return 6 - level if item == REVERSED else level


def activities_of(study: Study, drawn: Drawn) -> AttendanceList:
    """Return which citizen came to what; codes are dealt over their sorted numbers with the seed of the study."""
    named = sorted(CITIZEN_CODES)
    order = np.random.default_rng(study.seed).permutation(len(named)).tolist()
    code = {named[at]: f"c{place:03d}" for place, at in enumerate(order, start=1)}
    frame = drawn.visits.assign(person=drawn.visits["person"].map(code))
    return AttendanceList(ACTIVITY_LIST, frame[COLUMNS], tuple(sorted(code.values())), False)


def teaching_of(drawn: Drawn, order: np.ndarray) -> AttendanceList:
    """Return who of the staff was at which teaching session."""
    rows = [
        (code, f"gang {k + 1}", "", 1)
        for code, i in zip(codes(), order.tolist(), strict=True)
        for k in range(len(SESSIONS))
        if drawn.present[i, k]
    ]
    return AttendanceList(TEACHING, pd.DataFrame(rows, columns=COLUMNS), codes(), True)
