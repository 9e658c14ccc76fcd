"""What is run beside a plan, Holm over outcomes of every family, and numbers of few people that are not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from netlearn.analysis.analyse import _as_shown_to_all
from netlearn.analysis.carry_out import RUNNERS, _with_holm, carry_out, planned, to_run
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.planning.simulate import simulate_panel
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, Study, WavePlan
from netlearn.study.planned import FAMILIES, Outcome

WAVES = ("one", "two", "three")
PRIMARY = Outcome("contact", "cross_density", ("one", "three"))


def study(primary: Outcome = PRIMARY, *secondary: Outcome) -> Study:
    waves = tuple(WavePlan(label, date(2024, at, 1), file="a.csv") for at, label in enumerate(WAVES, start=1))
    parts = FileFormat(), RosterPlan("r.csv"), waves, (RelationPlan("contact"),), primary, secondary
    return Study(Path(), "Six", "en", "pre-post", 7, 5, "baseline", (), *parts)


def beside(plan: Study, *asked: str) -> list[tuple[str, str, tuple[str, str]]]:
    """Role, measure and waves of what is run beyond the plan, where the relation was asked in these waves."""
    todo = to_run(plan, {"contact": asked})
    return [(role, o.measure, o.waves) for role, o in todo if role not in ("primary", "secondary")]


def test_every_family_has_a_runner() -> None:
    assert set(RUNNERS) == set(FAMILIES)


def test_the_waves_left_over_are_those_in_which_the_relation_was_asked() -> None:
    placebo = ("placebo", "within_density", ("one", "three"))
    others = [("other_waves", "cross_density", pair) for pair in (("one", "two"), ("two", "three"))]
    assert beside(study(), *WAVES) == [placebo, *others]
    assert beside(study(), "one", "three") == [placebo]
    assert beside(study(PRIMARY, replace(PRIMARY, waves=("one", "two"))), *WAVES) == [placebo, others[1]]


def test_everybodys_change_stands_beside_an_outcome_of_another_kind() -> None:
    score = Outcome("", "score", ("one", "three"), scale="ease")
    everybody = ("beside", "cross_density", ("one", "three"))
    assert beside(study(score), *WAVES) == [everybody]
    assert beside(study(score, PRIMARY), *WAVES) == []  # it is planned
    assert beside(study(score), "one") == []  # asked once
    # In other groups the primary change is another one; departments stand beside it.
    assert everybody in beside(study(replace(PRIMARY, group="area")), *WAVES)


def found(p: float, verdict: str = "changed", **more: Any) -> OutcomeResult:
    result = SimpleNamespace(p_value=p, alpha=0.05, verdict=verdict, **more)
    return OutcomeResult("secondary", PRIMARY, result, float("nan"))


def test_holm_counts_what_only_describes_as_tested() -> None:
    """Three outcomes: 0.03 and 0.02 are times 3 and 2 at least, whatever the p of the one that carries none."""
    done = _with_holm([found(0.001, "descriptive"), found(0.03), found(0.02)])
    assert [f.p_holm for f in done[1:]] == pytest.approx([0.06, 0.06])
    assert np.isnan(done[0].p_value)
    assert [f.verdict for f in done] == ["descriptive", "undecided_holm", "undecided_holm"]


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({}, "changed"),
        ({"beyond_departments": True}, "changed_beyond_departments"),
        ({"beyond_departments": False}, "changed_among_people"),
    ],
)
def test_one_verdict_where_departments_were_looked_at_too(more: dict[str, bool], verdict: str) -> None:
    assert replace(found(0.001, **more), p_holm=0.001).verdict == verdict


def test_numbers_of_few_people_are_not_told() -> None:
    panel = simulate_panel(n=30, groups=3, waves=WAVES, seed=1).panel
    data = StudyData(study(), {"contact": panel})
    (primary,) = carry_out(data, planned(data.study), How(19, 1), list)
    assert _as_shown_to_all(primary, data).told == primary.told
    few = replace(primary, result=replace(primary.result, n_people=4))
    hidden = _as_shown_to_all(few, data)
    assert not hidden.shown
    assert np.isnan([*hidden.told[:3], hidden.n_people]).all()
    assert np.isnan([hidden.row[name] for name in ("estimate", "low", "high", "n_people", "n_dyads")]).all()
