"""Damaged files of every tool: no traceback, and no answer that nobody gave; two thousand files and more."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from exports import every, reading
from exports.damage import LOSES_ROWS, NETWORK, PACKED, TEXT
from exports.truth import DONT_KNOW, NO, NOT_ANSWERED, YES, Truth, draw
from exports.written import Written

from netlearn.errors import StudyError

FILES = 2_000
SLOW = "spss"  # read in a process of its own
EACH = -(-FILES // sum(name != SLOW for name, _ in every.VARIANTS))
# A cell that could be named in the file but is not any more is told by one of these notes.
TOLD = {"not-asked-about", "names-to-check", "no-final-line-end", "blank-rows"}


def truth_and_files(number: int) -> tuple[Truth, Written, Written]:
    rng = np.random.default_rng(100 + number)
    truth = draw(rng, n=6)
    later = Truth(truth.people, truth.answered, truth.cells[::-1, ::-1].copy())
    np.fill_diagonal(later.cells, "")
    later.cells[~later.answered] = ""
    later.cells[0, 1] = "2"
    return truth, every.write(number, truth, rng), every.write(number, later, rng, later=True)


@pytest.mark.parametrize("number", range(len(every.VARIANTS)), ids=every.title)
def test_an_undamaged_file_gives_the_truth(number: int, tmp_path: Path) -> None:
    truth, before, after = truth_and_files(number)
    folder = reading.write(tmp_path, reading.study_files(truth, before, after))
    panel, findings = reading.read(folder)
    assert panel is not None, findings.lines()
    found, expected = reading.states_of(panel, folder, truth), reading.expected(truth, before)
    if "dont_know" not in before.relation:
        # Boxes without one for "don't know" leave it blank.
        expected[expected == DONT_KNOW] = NOT_ANSWERED
    # Of people who did not answer some tools tell that they never saw the form.
    there = truth.answered
    np.testing.assert_array_equal(found[there], expected[there])
    assert set(found[~there].ravel()) <= {"", "not answered", "not asked"}
    assert reading.false_answers(found, expected) == 0


@pytest.mark.parametrize("number", range(len(every.VARIANTS)), ids=every.title)
def test_no_damage_makes_an_answer_that_nobody_gave(number: int, tmp_path: Path) -> None:
    truth, before, after = truth_and_files(number)
    expected = reading.expected(truth, before)
    files = reading.study_files(truth, before, after)
    names = [name for name in files if name.startswith("before-")]
    rng = np.random.default_rng(number)
    read = tried = 0
    for _ in range(EACH if every.VARIANTS[number][0] != SLOW else EACH // 5):
        name = names[int(rng.integers(len(names)))]
        packed = files[name][:2] == b"PK" or files[name][:4] in (b"$FL2", b"$FL3")
        network = name.endswith((".graphml", ".dl"))
        damages = PACKED if packed else NETWORK if network else TEXT
        damage = damages[int(rng.integers(len(damages)))]
        tried += not packed and not network
        folder = reading.write(tmp_path, files | {name: damage(files[name], rng)})
        try:
            panel, findings = reading.read(folder)
        except StudyError:
            continue  # a file that is missing or named wrongly in the study file
        if panel is None:
            for language in ("en", "da"):
                assert findings.lines(language)  # type: ignore[arg-type]
            continue
        read += 1
        found = reading.states_of(panel, folder, truth)
        said = {note.code for note in findings.notes}
        # A list that ends a row earlier, after a whole line, tells nothing: whoever is named below is not named.
        whole_lines = damage in LOSES_ROWS and (folder / name).read_bytes().endswith(b"\n")
        cut = damage in LOSES_ROWS and "no-final-line-end" in said
        if not (whole_lines and before.kind == "choice") and not cut:
            assert reading.false_answers(found, expected) == 0, (name, damage.__name__, findings.lines())
        if damage not in LOSES_ROWS:
            lost = ((expected == YES) | (expected == NO)) & (found != expected)
            assert not lost.any() or said & TOLD, (name, damage.__name__, findings.lines())
    assert read > 0 or tried < 20
