"""Questionnaire out, answers in its tool's own export, export in: the same panel comes back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import forms
import numpy as np
import pytest
from exports.truth import NOT_ANSWERED, NOT_ASKED, Truth, choice_states, draw, roster_states
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from netlearn.errors import StudyError
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.answers import read_answers
from netlearn.survey.instrument import Target
from netlearn.survey.instrument.people import flat
from netlearn.survey.reader import read_relations, read_roster
from netlearn.survey.table import Tables

NASTY = (
    'Anne "A" Bak, Hansen',
    "=cmd|'/C calc'!A0",
    "Bo; Holm | Skov",
    "<script>alert(1)</script>",
    "{SID} ${contact} [record_id]",
    "Ida\nLund\tHolm",
    "أحمد بن علي",
    "Z" * 200,
)
SIGNS = st.text("aBcæØ12 ,;|\"'<>{}[]()$=+-@_/\\&%#.:é", min_size=1, max_size=20).filter(
    lambda text: flat(text) == text
)
CASES = [
    (target, kind)
    for target in forms.TARGETS
    for kind in forms.KINDS
    if kind != "repeat" or target == "xlsform"
]


def states(folder: Path, truth: Truth) -> NDArray[np.object_]:
    """The states of the first wave in the order of the truth; no fault."""
    plan, findings = read_study(folder), Findings()
    reading = read_relations(plan, plan.relations, findings)
    assert findings.faults == [], "\n".join(fault.text() for fault in findings.faults)
    roster = read_roster(plan, Tables(plan, Findings()), Findings())
    assert roster is not None
    places = [roster.by_id[person.id] for person in truth.people]
    return reading.panels["contact"].waves[0].states[np.ix_(places, places)]


def expected(truth: Truth, kind: forms.Kind) -> NDArray[np.object_]:
    return roster_states(truth) if kind in ("levels", "options") else choice_states(truth)


def check(found: NDArray[np.object_], truth: Truth, kind: forms.Kind) -> None:
    # REDCap tells that who never opened the questionnaire was not asked.
    silent = ~truth.answered[:, None] & (found == NOT_ASKED)
    assert np.where(silent, NOT_ANSWERED, found).tolist() == expected(truth, kind).tolist()


def people(seed: int, kind: forms.Kind) -> tuple[Truth, Truth]:
    """Two waves of the same people."""
    truth, other = draw(np.random.default_rng(seed)), draw(np.random.default_rng(seed + 1))
    if kind == "options":
        truth, other = forms.without_dont_know(truth), forms.without_dont_know(other)
    return truth, replace(other, people=truth.people)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("target", "kind"), CASES, ids=str)
def test_what_people_answer_is_read(tmp_path: Path, target: Target, kind: forms.Kind, seed: int) -> None:
    truth, later = people(seed, kind)
    rng = np.random.default_rng(seed)
    folder = forms.answered_study(tmp_path, target, kind, truth, rng, later=later)
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize(("target", "kind"), CASES, ids=str)
def test_people_may_say_who_they_are_by_a_key(tmp_path: Path, target: Target, kind: forms.Kind) -> None:
    truth, later = people(5, kind)
    roster = 'name = "name"\nkey = "key"\n'
    folder = forms.answered_study(tmp_path, target, kind, truth, np.random.default_rng(5), roster, later)
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize(("target", "kind"), [case for case in CASES if case[1] != "typed"], ids=str)
def test_a_roster_without_names(tmp_path: Path, target: Target, kind: forms.Kind) -> None:
    truth, later = people(6, kind)
    folder = forms.answered_study(tmp_path, target, kind, truth, np.random.default_rng(6), "", later)
    check(states(folder, truth), truth, kind)


ODD = [
    (target, kind, roster)
    for target in ("xlsform", "limesurvey", "redcap")
    for kind in ("levels", "options", "ticks")
    for roster in ('name = "name"\n', "")
    # Without names the wording of "nobody" cannot be compared with anything.
    if kind != "ticks" or roster
]


@pytest.mark.parametrize(("target", "kind", "roster"), ODD, ids=str)
def test_ids_that_no_tool_takes_are_found_by_wording(
    tmp_path: Path, target: Target, kind: forms.Kind, roster: str
) -> None:
    truth, later = people(7, kind)
    odd = tuple(replace(person, id=f"{person.id[1:]} / K") for person in truth.people)
    truth, later = replace(truth, people=odd), replace(later, people=odd)
    folder = forms.answered_study(tmp_path, target, kind, truth, np.random.default_rng(7), roster, later)
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize("target", forms.TARGETS)
def test_scales_are_read(tmp_path: Path, target: Target) -> None:
    truth, later = people(3, "levels")
    rng = np.random.default_rng(3)
    folder = forms.answered_study(tmp_path, target, "levels", truth, rng, later=later, extra=forms.MOOD)
    plan = read_study(folder)
    frame = read_answers(plan, "mood")
    first = frame[(frame["wave"] == "before") & (frame["state"] == "answered")]
    roster = read_roster(plan, Tables(plan, Findings()), Findings())
    assert roster is not None
    expected = {
        (roster.codes[roster.by_id[person.id]], item): 1 + (i + int(item[-1])) % 3
        for i, person in enumerate(truth.people)
        for item in ("mood1", "mood2")
        if truth.answered[i]
    }
    assert (
        dict(zip(zip(first["person"], first["item"], strict=True), first["value"], strict=True)) == expected
    )


@pytest.mark.parametrize("kind", ["levels", "ticks"])
def test_who_does_not_take_part_is_not_read(tmp_path: Path, kind: forms.Kind) -> None:
    """A form of KoboToolbox is sent in with a no, and without the name of who said so."""
    truth, later = people(4, kind)
    folder = forms.answered_study(tmp_path, "xlsform", kind, truth, np.random.default_rng(4), later=later)
    file = folder / "before-kobo.csv"
    head = next(csv.reader(io.StringIO(file.read_text("utf-8")), delimiter=";"))
    row = {"start": "2024-08-26T11:00:00", "end": "2024-08-26T11:00:09", "consent": "no", "_id": "900"}
    line = ";".join(f'"{row.get(name, "")}"' for name in head)
    file.write_bytes(file.read_bytes() + f"{line}\r\n".encode())
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize(
    ("target", "kind"), [case for case in CASES if case[1] in ("levels", "options")], ids=str
)
def test_who_has_nobody_says_so_once_and_never_sees_the_list(
    tmp_path: Path, target: Target, kind: forms.Kind
) -> None:
    """That is a "no" about everybody."""
    truth, later = people(8, kind)
    cells = truth.cells.copy()
    for i in np.flatnonzero(truth.answered):
        if not truth.named(int(i)) or i == 3:
            cells[i] = "0"
    np.fill_diagonal(cells, "")
    truth = replace(truth, cells=cells)
    assert any(truth.answered[i] and not truth.named(i) for i in range(truth.n))
    folder = forms.answered_study(
        tmp_path, target, kind, truth, np.random.default_rng(8), later=later, gates=True
    )
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize(("target", "kind"), [case for case in CASES if case[1] != "typed"], ids=str)
def test_names_that_could_do_harm(tmp_path: Path, target: Target, kind: forms.Kind) -> None:
    truth, later = people(9, kind)
    nasty = tuple(
        replace(person, name=name, department=NASTY[k % 4])
        for k, (person, name) in enumerate(zip(truth.people, NASTY, strict=True))
    )
    truth, later = replace(truth, people=nasty), replace(later, people=nasty)
    folder = forms.answered_study(tmp_path, target, kind, truth, np.random.default_rng(9), later=later)
    check(states(folder, truth), truth, kind)


@pytest.mark.parametrize("target", forms.TARGETS)
@settings(max_examples=12, deadline=None)
@given(
    names=st.lists(SIGNS, min_size=8, max_size=8),
    ids=st.lists(SIGNS, min_size=8, max_size=8, unique=True),
    seed=st.integers(0, 99),
)
def test_any_names_and_ids_are_read_back_or_refused(
    tmp_path_factory: pytest.TempPathFactory, target: Target, names: list[str], ids: list[str], seed: int
) -> None:
    # Who bears another's id as a name cannot be told apart by people either.
    assume(not set(names) & set(ids))
    truth, later = people(seed, "ticks")
    odd = tuple(
        replace(person, name=name, id=code if seed % 2 else person.id)
        for person, name, code in zip(truth.people, names, ids, strict=True)
    )
    truth, later = replace(truth, people=odd), replace(later, people=odd)
    folder = tmp_path_factory.mktemp("any")
    try:
        forms.answered_study(folder, target, "ticks", truth, np.random.default_rng(seed), later=later)
    except StudyError:
        return
    check(states(folder, truth), truth, "ticks")
