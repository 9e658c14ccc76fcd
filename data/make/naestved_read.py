"""A simulated programme of data/naestved-cam in the shape of what is read from its files, without files."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from naestved_draw import KINDS, MODULES, Drawn
from naestved_items import ITEMS, TRANSFER
from naestved_staff import NAMES, WAVES, staff

from netlearn.analysis.data import ANSWERS, StudyData
from netlearn.study.cells import Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study
from netlearn.study.wave import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, Wave
from netlearn.survey.answers import ANSWERED
from netlearn.survey.attendance import COLUMNS, AttendanceList

UNSURE = "Ved ikke"
AGREE = ("Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig")
ENDS = {1: "I meget lav grad", 7: "I meget høj grad"}


def study_data(study: Study, drawn: Drawn) -> StudyData:
    """Return a draw in the shape of what is read from its files."""
    order = order_of(study)
    frame = pd.DataFrame(answers_of(drawn, order), columns=ANSWERS)
    return StudyData(
        study,
        {"kontakt": panel_of(drawn, order)},
        answers=frame,
        attendance={"moduler": attendance_of(drawn, order)},
    )


def order_of(study: Study) -> np.ndarray:
    """Return whom each code stands for: codes are dealt over the sorted ids with the seed of the study."""
    return np.argsort(staff().ids)[np.random.default_rng(study.seed).permutation(staff().n)]


def codes() -> tuple[str, ...]:
    return tuple(f"p{number:03d}" for number in range(1, staff().n + 1))


def panel_of(drawn: Drawn, order: np.ndarray) -> Panel:
    people, known = staff(), sorted(NAMES)
    place, square = np.array([known.index(name) for name in NAMES]), np.ix_(order, order)
    waves, groups, statuses = [], [], []
    for w, label in enumerate(WAVES):
        there = people.employed(label)[order]
        told, no_idea = drawn.told[w][square], drawn.no_idea[w][square]
        level = np.where(told & ~no_idea, drawn.contact[w][square], 0)
        senders = np.asarray((told & ~no_idea).any(axis=1))
        cells = Cells(senders, there, np.flatnonzero(~told | no_idea))
        i, j = np.nonzero(level)
        unsure = np.flatnonzero(no_idea)
        waves.append(Wave(label, i, j, level[i, j].astype(float), cells, 1.0, unsure, unasked_people=~there))
        groups.append(place[people.unit_at(label)[order]])
        status = [STATUSES.index(word) for word in ("took_part", "no_answer", "not_employed")]
        statuses.append(np.select([senders, there], status[:2], status[2]))
    return Panel(
        tuple(waves),
        codes(),
        np.array(groups),
        tuple(known),
        np.array(statuses, dtype=np.int8),
        relation="kontakt",
        attributes={"anciennitet": tuple(people.seniority[i] for i in order)},
    )


def answers_of(drawn: Drawn, order: np.ndarray) -> Iterator[tuple[object, ...]]:
    """Return the answers as `netlearn.read_answers` does: scale by scale, wave by wave, item by item."""
    code = {int(i): name for name, i in zip(codes(), order, strict=True)}
    for kind in KINDS:
        for label, (at, item) in ((w, named) for w in WAVES for named in enumerate(ITEMS)):
            for i in (i for i in code if staff().employed(label)[i]):
                yield code[i], label, kind, f"{kind}_{item}", *level_of(drawn, label, kind, i, at)
    for k in range(len(TRANSFER)):
        for i in (i for i in code if staff().employed("efter")[i]):
            yield code[i], "efter", "brug", f"brug_{k + 1}", *agreement_of(drawn, i, k)


def level_of(drawn: Drawn, label: str, kind: str, i: int, at: int) -> tuple[str, str, float]:
    """State, wording and level of one answer about competence."""
    w, k = list(WAVES).index(label), KINDS.index(kind)
    if not drawn.opened[w, i] or drawn.blank[w, k, i, at]:
        return NOT_ANSWERED, "", float("nan")
    if drawn.unsure[w, k, i, at]:
        return DONT_KNOW, UNSURE, float("nan")
    level = int(drawn.competence[w, k, i, at])
    # Only the first file words its answers.
    return ANSWERED, ENDS.get(level, str(level)) if label == "før" else str(level), float(level)


def agreement_of(drawn: Drawn, i: int, k: int) -> tuple[str, str, float]:
    """State, wording and level of one answer about transfer."""
    if drawn.opened[1, i] and not drawn.asked_transfer[i]:
        return NOT_ASKED, "", float("nan")
    if not drawn.opened[1, i] or drawn.transfer_blank[i, k]:
        return NOT_ANSWERED, "", float("nan")
    level = int(drawn.transfer[i, k])
    return ANSWERED, AGREE[level - 1], float(level)


def attendance_of(drawn: Drawn, order: np.ndarray) -> AttendanceList:
    """Return who was at which module for how many days."""
    rows = [
        (name, module, "", int(drawn.days[i, at]))
        for name, i in zip(codes(), order, strict=True)
        for at, module in enumerate(MODULES)
        if drawn.days[i, at] > 0
    ]
    return AttendanceList("moduler", pd.DataFrame(rows, columns=COLUMNS), codes(), True)
