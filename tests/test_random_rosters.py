"""Names of every kind through every tool: the same panel comes back, or a clear refusal; never another network."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from exports import every, reading
from exports.truth import Truth, draw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "Anne", "Bo", "Søren", "Åse", "Ærø", "Jens Peter", "Inge-Lise", "D'Amico", "O’Brien", "Şükrü", "Zoë", "Łukasz",
        "Hansen", "Bak Jensen", "von der Au", "Müller", "Jr.", "(IT)", "&", "og", "=SUM(A1)", "<b>", "N/A", "0", "nan",
        "\u05d9\u05e2\u05e7\u05d1", "\u0645\u062d\u0645\u062f", "李", "e\u0301mile", "x" * 190,
        "Dam,", '"Bent"', ";", "|",
    ]
)  # fmt: skip
PLAIN_NAME = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
ODD_NAME = st.tuples(PLAIN_NAME, st.sampled_from(["", " ", "\n", "\t", ", ", " - ", "  "]), PLAIN_NAME).map(
    "".join
)
NAMES = st.lists(PLAIN_NAME | ODD_NAME, min_size=5, max_size=5)


def truths(names: list[str], seed: int) -> tuple[Truth, Truth]:
    rng = np.random.default_rng(seed)
    first = draw(rng, n=len(names), names=tuple(name.strip() or "Ida" for name in names))
    second = Truth(first.people, first.answered, first.cells.T.copy())
    second.cells[~second.answered] = ""
    return first, second


NUMBERS = [n for n, (name, _) in enumerate(every.VARIANTS) if name != "spss"]
READ: set[int] = set()


@pytest.mark.parametrize("number", NUMBERS, ids=every.title)
@given(names=NAMES, seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_the_same_panel_or_a_refusal(number: int, names: list[str], seed: int) -> None:
    first, second = truths(names, seed)
    rng = np.random.default_rng(seed)
    before, after = every.write(number, first, rng), every.write(number, second, rng, later=True)
    with tempfile.TemporaryDirectory() as name:
        folder = reading.write(Path(name), reading.study_files(first, before, after))
        panel, findings = reading.read(folder)
        if panel is None:
            assert findings.faults
            said = " ".join(findings.lines("en") + findings.lines("da"))
            assert not any(p.name in said for p in first.people if len(p.name) > 8 and " " in p.name), said
            return
        found, expected = reading.states_of(panel, folder, first), reading.expected(first, before)
    assert reading.false_answers(found, expected) == 0, findings.lines()
    said = " ".join(findings.lines("en") + findings.lines("da"))
    telling = [person.name for person in first.people if len(person.name) > 8 and " " in person.name]
    assert not any(name in said for name in telling)
    READ.add(number)


def test_every_tool_was_read_at_least_once() -> None:
    """After the test above: a check of rosters that are all refused would show nothing."""
    tools = {every.VARIANTS[n][0] for n in NUMBERS}
    assert {every.VARIANTS[n][0] for n in READ} == tools
    assert len(READ) > 0.8 * len(NUMBERS)
