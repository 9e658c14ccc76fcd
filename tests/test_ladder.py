"""The design ladder: which rung the plan stands on, and which words it may use."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from netlearn.analysis.ladder import DesignRung, design_rung
from netlearn.errors import NetlearnError
from netlearn.study.beyond import AttendancePlan
from netlearn.study.plan import Assignment
from netlearn.study.planned import FAMILIES, Outcome
from netlearn.wording import ladder

RUNGS = get_args(DesignRung)
BY = {
    "people": Assignment("arm", trained=("yes",)),
    "departments": Assignment("arm", by="department", trained=("yes",)),
    "turns": Assignment("start", by="start-wave"),
    "lot": Assignment("arm", trained=("yes",), randomized=True),
    "lot for turns": Assignment("start", by="start-wave", randomized=True),
}


def plan(assignment: Assignment | None = None, assigned: bool = False) -> Any:
    rooms = AttendancePlan("rooms", "rooms.csv", assigned=assigned)
    return SimpleNamespace(assignment=assignment, attendance=(rooms,))


def outcome(measure: str) -> Outcome:
    return Outcome("contact", measure, ("before", "after"), attendance="rooms")


@pytest.mark.parametrize("measure", FAMILIES["trained"])
@pytest.mark.parametrize(
    ("assignment", "rung"),
    [("people", "comparison"), ("departments", "comparison"), ("turns", "staggered"), ("lot", "randomized"),
     ("lot for turns", "randomized")],
)  # fmt: skip
def test_trained_and_untrained_stand_where_the_assignment_puts_them(
    measure: str, assignment: str, rung: str
) -> None:
    assert design_rung(plan(BY[assignment]), outcome(measure)) == rung


@pytest.mark.parametrize("family", ["network", "ego", "scale", "gap", "attendance"])
def test_everybody_before_and_after_is_the_same_rung_whoever_was_trained(family: Any) -> None:
    for measure in FAMILIES[family]:
        for assignment in (None, BY["lot"]):
            assert design_rung(plan(assignment), outcome(measure)) == "before_after"


def test_shared_rooms_go_by_what_dealt_them() -> None:
    assert design_rung(plan(), outcome("shared_rooms")) == "association"
    assert design_rung(plan(BY["lot"]), outcome("shared_rooms")) == "association"
    assert design_rung(plan(assigned=True), outcome("shared_rooms")) == "randomized"


def test_an_association_is_never_more() -> None:
    assert design_rung(plan(BY["lot"], assigned=True), outcome("association")) == "association"


def test_what_the_plan_does_not_say_is_refused() -> None:
    with pytest.raises(NetlearnError, match="does not say who was trained"):
        design_rung(plan(), outcome("cross_out_degree"))
    with pytest.raises(NetlearnError, match="no attendance list 'rooms'"):
        design_rung(SimpleNamespace(attendance=()), outcome("shared_rooms"))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_rung_has_its_words_and_only_a_lot_has_the_strong_one(language: Any) -> None:
    assert set(ladder.RUNGS) == set(RUNGS)
    said = {rung: ladder.paragraph(rung, language) for rung in RUNGS}
    assert len(set(said.values())) == len(RUNGS)
    for rung, text in said.items():
        told = f"{text} {ladder.never(rung, language)}"
        assert bool(re.search("effe[ck]t", told)) == (rung == "randomized")
        assert ladder.word(rung, language) in text
        assert {"en": "can never show", "da": "aldrig vise"}[language] in text
        assert not re.search("signif|impact|virkning", told, re.IGNORECASE)


def test_the_words_of_the_rungs() -> None:
    assert [ladder.word(rung, "da") for rung in RUNGS] == [
        "følges ad", "ændring", "forskel i ændring", "forskel i ændring", "effekt",
    ]  # fmt: skip
    assert ladder.paragraph("before_after", "da").startswith("Én gruppe, før og efter: Tallene kan vise, om")
    assert ladder.paragraph("before_after", "da").endswith("Det rette ord er »ændring«.")
    assert ladder.paragraph("comparison").endswith("The right words are “difference in change”.")
