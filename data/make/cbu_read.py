"""A simulated year of data/cbu-aalborg in the shape of what is read from its files, without files."""

from __future__ import annotations

import numpy as np
import pandas as pd
from cbu_draw import FUNCTIONS, WAVES, Drawn

from netlearn.analysis.data import StudyData
from netlearn.study.beyond import AttendancePlan
from netlearn.study.cells import Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study
from netlearn.study.wave import Wave
from netlearn.survey.attendance import COLUMNS, AttendanceList


def study_data(study: Study, drawn: Drawn) -> StudyData:
    """Return a draw in the shape of what is read from its files."""
    order = order_of(study, drawn)
    panels = {name: panel_of(drawn, name, order) for name in drawn.made}
    lists = {plan.name: list_of(plan, drawn, order) for plan in study.attendance}
    return StudyData(study, panels, attendance=lists)


def order_of(study: Study, drawn: Drawn) -> np.ndarray:
    """Return whom each code stands for: codes are dealt over the sorted ids with the seed of the study."""
    ids = drawn.staff.ids
    return np.argsort(ids)[np.random.default_rng(study.seed).permutation(len(ids))]


def codes(n: int) -> tuple[str, ...]:
    return tuple(f"p{number:03d}" for number in range(1, n + 1))


def panel_of(drawn: Drawn, relation: str, order: np.ndarray) -> Panel:
    staff, known = drawn.staff, sorted(FUNCTIONS)
    number = np.array([known.index(name) for name in FUNCTIONS])
    waves = [wave_of(drawn, relation, label, order) for label in WAVES]
    told = [STATUSES.index(word) for word in ("took_part", "no_answer", "not_employed")]
    statuses = [np.select([wave.cells.senders, wave.cells.receivers], told[:2], told[2]) for wave in waves]
    return Panel(
        tuple(waves),
        codes(len(order)),
        np.array([number[staff.function(label)[order]] for label in WAVES]),
        tuple(known),
        np.array(statuses, dtype=np.int8),
        relation=relation,
    )


def wave_of(drawn: Drawn, relation: str, label: str, order: np.ndarray) -> Wave:
    """One wave of one relation: the ties of those who answered it, less what they left open."""
    n, square = len(order), np.ix_(order, order)
    answers, there = drawn.answers[label], drawn.staff.employed(label)[order]
    answered = (answers.answered if relation == "contact" else answers.finished)[order]
    blank = answers.blank[square] if relation == "contact" else np.zeros((n, n), bool)
    unsure = answers.unsure.get(relation, np.zeros((n, n), bool))[square] & ~blank & answered[:, None]
    cells = Cells(answered, there, np.flatnonzero(blank | unsure))
    level = np.where(cells.dense(), drawn.made[relation].panel.wave(label).levels[square], 0.0)
    i, j = np.nonzero(level)
    return Wave(label, i, j, level[i, j], cells, 1.0, np.flatnonzero(unsure), unasked_people=~there)


def list_of(plan: AttendancePlan, drawn: Drawn, order: np.ndarray) -> AttendanceList:
    """The rows of rooms.csv that a list of the study file asks for."""
    code = dict(zip(order.tolist(), codes(len(order)), strict=True))
    rows = [
        (code[row.person], row.room, row.wave if plan.period else "", 1)
        for row in drawn.rooms
        if row.kind == plan.where["kind"]
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values(COLUMNS[:3], ignore_index=True)
    return AttendanceList(plan.name, frame, tuple(sorted(code.values())), True)
