"""What each participant of data/brondby answered in each survey, and the same as netlearn reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from brondby_people import DEPARTMENTS, HOMES, NAMES, STAFF, THERE, WAVES
from brondby_world import Truth, draw_truth
from names import FAMILY, GIVEN
from numpy.random import Generator, SeedSequence

from netlearn.analysis.data import ANSWERS, StudyData
from netlearn.study.cells import Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study
from netlearn.study.wave import Wave
from netlearn.survey.alters import EgoTables

NETWORK, AMONG = "samarbejde", "deltagerkontakt"
OFTEN = ("En enkelt gang", "Flere gange", "Hver uge eller oftere")
AGREE = ("Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig")
REVERSED = 4
SILENT = {"før": 1, "efter": 2}


@dataclass(frozen=True)
class Alter:
    """A colleague in a slot: what was typed, who of the roster that is (-1 = nobody certain), and what was told."""

    text: str
    person: int
    department: str = ""
    often: str = ""
    let: str = ""
    known: str = ""


@dataclass(frozen=True)
class Sheet:
    """The answers of one participant in one wave; what was left blank is not there."""

    person: int
    alters: tuple[Alter, ...]
    pairs: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    contact: Mapping[int, int] = field(default_factory=dict)
    agree: Mapping[int, int] = field(default_factory=dict)
    early: int | None = None
    finished: bool = True


Sheets = dict[str, tuple[Sheet, ...]]


@dataclass(frozen=True)
class Drawn:
    """One simulated study: what was true, all answers there could be, and those that were given."""

    truth: Truth
    complete: Sheets
    given: Sheets
    luck: SeedSequence


def draw(luck: SeedSequence, planted: bool = True) -> Drawn:
    """Draw a study; with `planted` False nothing changes but by chance."""
    truth_luck, answer_luck, file_luck = luck.spawn(3)
    truth = draw_truth(truth_luck, planted, typed)
    rng = np.random.default_rng(answer_luck)
    complete = {
        label: tuple(_sheet(int(i), wave, truth, rng) for i in STAFF.participants if THERE[label][i])
        for wave, label in enumerate(WAVES)
    }
    given = {label: _given(label, sheets, rng) for label, sheets in complete.items()}
    return Drawn(truth, complete, given, file_luck)


def typed(rng: Generator, taken: set[Any]) -> str:
    """What is typed for a colleague: first name and a letter as asked, sometimes initials or the full name."""
    while True:
        given, family = GIVEN[rng.integers(len(GIVEN))], FAMILY[rng.integers(len(FAMILY))]
        ways = (
            f"{given} {family[0]}.",
            f"{given} {family[0]}",
            f"{given[0]}{family[:2].upper()}",
            f"{given} {family}",
        )
        text = ways[rng.choice(4, p=(0.75, 0.1, 0.1, 0.05))]
        if text not in taken and text not in STAFF.names:
            return text


def _sheet(person: int, wave: int, truth: Truth, rng: Generator) -> Sheet:
    circle = truth.circles[person]
    slots = rng.permuted(np.flatnonzero(circle.there[wave]))
    alters = tuple(
        Alter(
            circle.text[wave][slot],
            int(circle.person[wave, slot]),
            NAMES[circle.place[wave, slot]],
            OFTEN[rng.choice(3, p=(0.3, 0.45, 0.25))],
            str(circle.let[wave, slot]),
            "Ja" if circle.known[wave, slot] else "Nej",
        )
        for slot in slots
    )
    met = circle.together[wave] | circle.together[wave].T
    pairs = {(a + 1, b + 1): bool(met[slots[a], slots[b]]) for a, b in combinations(range(len(slots)), 2)}
    there = THERE[tuple(WAVES)[wave]]
    others = [int(j) for j in STAFF.participants if there[j] and j != person]
    contact = {j: int(truth.contact[wave][person, j]) for j in others}
    answers = truth.agree[wave, person]
    agree = {k: int(6 - a if k == REVERSED else a) for k, a in enumerate(answers)}
    return Sheet(person, alters, pairs, contact, agree, int(truth.early[wave, person]))


def _given(label: str, sheets: tuple[Sheet, ...], rng: Generator) -> tuple[Sheet, ...]:
    """Leave out who did not answer, and what was left blank."""
    order = rng.permuted(np.arange(len(sheets))).tolist()
    silent, (stopped, tired, hasty) = order[: SILENT[label]], order[SILENT[label] : SILENT[label] + 3]
    kept = {k: _with_blanks(sheet, rng) for k, sheet in enumerate(sheets) if k not in silent}
    # The questionnaire was left after the list of colleagues.
    kept[stopped] = Sheet(kept[stopped].person, kept[stopped].alters, finished=False)
    kept[tired] = replace(kept[tired], contact=dict(list(kept[tired].contact.items())[:-6]))
    pairs = list(kept[hasty].pairs.items())
    kept[hasty] = replace(kept[hasty], pairs=dict(pairs[: len(pairs) * 2 // 3]))
    return tuple(kept.values())


def _with_blanks(sheet: Sheet, rng: Generator) -> Sheet:
    alters = tuple(replace(a, let="" if rng.random() < 0.03 else a.let) for a in sheet.alters)
    agree = {k: answer for k, answer in sheet.agree.items() if rng.random() >= 0.02}
    return replace(sheet, alters=alters, agree=agree)


# -- as netlearn reads it ------------------------------------------------------------------------------------


def study_data(study: Study, drawn: Drawn, complete: bool = False) -> StudyData:
    """The data that would be read from the files; `complete` as if everybody had answered everything."""
    sheets = drawn.complete if complete else drawn.given
    codes = STAFF.codes(study.seed)
    panels = {NETWORK: _named_panel(codes, sheets), AMONG: _contact_panel(codes, sheets)}
    return StudyData(study, panels, {NETWORK: _egos(codes, sheets)}, _answers(study, codes, sheets))


def _egos(codes: tuple[str, ...], sheets: Sheets) -> EgoTables:
    egos, alters, ties = [], [], []
    for label, sheet in ((wave, sheet) for wave, answered in sheets.items() for sheet in answered):
        who, m = {"ego": codes[sheet.person], "wave": label}, len(sheet.alters)
        home = NAMES[HOMES[label][sheet.person]]
        told = 0 < len(sheet.pairs) == m * (m - 1) // 2
        egos.append(who | {"department": home, "answered": True, "ties_answered": told})
        names = [codes[a.person] if a.person >= 0 else f"s{slot}" for slot, a in enumerate(sheet.alters, 1)]
        for name, a in zip(names, sheet.alters, strict=True):
            known = NAMES[HOMES[label][a.person]] if a.person >= 0 else a.department or None
            about = {"department": known, "often": a.often, "ease": a.let, "known_before": a.known}
            alters.append(who | {"alter": name, "on_roster": a.person >= 0} | about)
        for (a, b), met in sheet.pairs.items():
            if met:
                ties.append(who | {"alter_a": names[a - 1], "alter_b": names[b - 1]})
    return EgoTables(
        pd.DataFrame(egos),
        pd.DataFrame(alters),
        pd.DataFrame(ties, columns=["ego", "wave", "alter_a", "alter_b"]),
    )


def _named_panel(codes: tuple[str, ...], sheets: Sheets) -> Panel:
    """Those of the roster whom the participants named as colleagues."""
    waves = []
    for label in sheets:
        arcs = [(s.person, a.person, 1) for s in sheets[label] for a in s.alters if a.person >= 0]
        there = THERE[label]
        senders = [s.person for s in sheets[label]]
        waves.append(_wave(codes, label, arcs, senders, there, []))
    return _panel(codes, waves, NETWORK)


def _contact_panel(codes: tuple[str, ...], sheets: Sheets) -> Panel:
    waves = []
    for label in sheets:
        arcs = [(s.person, j, level) for s in sheets[label] for j, level in s.contact.items() if level]
        there = THERE[label] & ~STAFF.leader
        blank = [
            (s.person, int(j)) for s in sheets[label] for j in np.flatnonzero(there) if j not in s.contact
        ]
        senders = [s.person for s in sheets[label] if s.contact]
        waves.append(_wave(codes, label, arcs, senders, there, blank))
    return _panel(codes, waves, AMONG)


def _wave(
    codes: tuple[str, ...],
    label: str,
    arcs: list[tuple[int, int, int]],
    senders: Iterable[int],
    there: np.ndarray,
    blank: list[tuple[int, int]],
) -> Wave:
    at, n = _places(codes), len(codes)
    answered, receivers = np.zeros(n, bool), np.zeros(n, bool)
    answered[at[list(senders)]] = True
    receivers[at[there]] = True
    i, j, level = (np.array(column) for column in zip(*arcs, strict=True))
    holes = np.array([at[a] * n + at[b] for a, b in blank], dtype=np.int64)
    return Wave(label, at[i], at[j], level.astype(float), Cells(answered, receivers, holes))


def _panel(codes: tuple[str, ...], waves: list[Wave], relation: str) -> Panel:
    order = np.argsort(codes)
    names = sorted(NAMES)
    number = np.array([names.index(name) for name in NAMES])
    groups = [number[HOMES[label][order]] for label in WAVES]
    expected = np.where(STAFF.leader[order], "not_asked", "no_answer")
    silent = [np.where(THERE[label][order], expected, "not_employed") for label in WAVES]
    told = [np.where(w.cells.senders, "took_part", s) for w, s in zip(waves, silent, strict=True)]
    statuses = np.array([[STATUSES.index(word) for word in row] for row in told], dtype=np.int8)
    areas = tuple(DEPARTMENTS[NAMES[STAFF.department[i]]][0] for i in order)
    roles = tuple("leder" if STAFF.leader[i] else "deltager" for i in order)
    ids = tuple(codes[i] for i in order)
    attributes = {"rolle": roles, "område": areas}
    return Panel(
        tuple(waves), ids, np.array(groups), tuple(names), statuses, relation=relation, attributes=attributes
    )


def _places(codes: tuple[str, ...]) -> np.ndarray:
    return np.array([int(code[1:]) - 1 for code in codes])


def _answers(study: Study, codes: tuple[str, ...], sheets: Sheets) -> pd.DataFrame:
    rows = []
    for plan in study.scales:
        for label in sheets:
            by_person = {sheet.person: sheet for sheet in sheets[label]}
            items = [(item, k) for k, item in enumerate(plan.items)]
            for (item, k), i in ((one, int(i)) for one in items for i in np.argsort(codes)):
                if THERE[label][i]:
                    state, answer, value = _answer(plan.name, k, by_person.get(i))
                    rows.append((codes[i], label, plan.name, item, state, answer, value))
    return pd.DataFrame(rows, columns=ANSWERS)


def _answer(scale: str, item: int, sheet: Sheet | None) -> tuple[str, str, float]:
    level = None if sheet is None else sheet.agree.get(item) if scale == "lethed" else sheet.early
    if level is None:
        return "not answered", "", float("nan")
    return "answered", AGREE[level - 1] if scale == "lethed" else str(level), float(level)
