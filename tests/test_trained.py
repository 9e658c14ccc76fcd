"""Outcomes that compare the trained with the others, as a study file asks for them."""

import numpy as np
import pytest
from rotas import programme, world

from netlearn import Allocation, Panel, randomization_test, spillover
from netlearn.analysis.compare import FRAME
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.design_limit import design_limit
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES, person_outcome
from netlearn.analysis.trained import run_trained
from netlearn.study.plan import Assignment
from netlearn.study.planned import Outcome
from netlearn.wording.terms import TERMS

HOW = How(draws=99, seed=3)


def ask(measure, waves=("w0", "w2"), **more):
    return Outcome("contact", measure, waves, **more)


@pytest.mark.parametrize("measure", PERSON_OUTCOMES)
def test_from_first_to_last_a_staggered_design_compares_with_the_not_yet_trained(measure):
    """By hand from people's values: means of the groups' changes within strata of one size of arm."""
    made, data = programme(effect_both=0.05)
    found = run_trained(data, ask(measure), HOW)
    assert found.compared == "starts"
    assert found.waves == ("w0", "w2")
    values = np.array([person_outcome(made.panel, measure, w) for w in made.panel.labels])
    total, size = 0.0, 0
    for group, wave in ((1, 1), (1, 2), (2, 2)):
        change = values[wave] - values[group - 1]
        ours = made.allocation.start == group
        inside = np.isfinite(change) & (ours | (made.allocation.start > wave)) & (made.allocation.strata >= 0)
        x = np.column_stack([ours, *(made.allocation.strata == s for s in range(3))])[inside].astype(float)
        total += ours[inside].sum() * np.linalg.lstsq(x, change[inside], rcond=None)[0][0]
        size += ours[inside].sum()
    assert found.estimate == pytest.approx(total / size)


def test_other_waves_and_other_designs_compare_two_waves():
    made, staggered = programme(effect_both=0.05)
    _, comparison = programme(effect_both=0.05, design="comparison")
    for data, waves in ((staggered, ("w0", "w1")), (comparison, ("w0", "w2"))):
        found = run_trained(data, ask("out_degree", waves), HOW)
        expected = randomization_test(
            made.panel, "out_degree", made.allocation, waves=waves, draws=99, seed=3
        )
        assert (found.compared, found.waves) == ("change", waves)
        assert (found.estimate, found.p_value) == (expected.estimate, expected.p_value)


@pytest.mark.parametrize(("measure", "name"), [("both_trained", "both"), ("one_trained", "one")])
def test_pairs_are_those_of_spillover(measure, name):
    made, data = programme(effect_both=0.2)
    found = run_trained(data, ask(measure, alternative="greater"), HOW)
    rows = spillover(made.panel, made.allocation, draws=99, seed=3).table.set_index("trained")
    assert found.estimate == pytest.approx(rows.loc[name, "difference"])
    by_hand = rows["after"] - rows["before"]
    assert found.estimate == pytest.approx(by_hand[name] - by_hand["none"])
    assert (found.measure, found.unit, found.scale) == (measure, "points", (1.0, "per_100"))
    assert found.n_dyads > 0


@pytest.mark.parametrize("measure", [*PERSON_OUTCOMES, "both_trained", "one_trained"])
def test_every_result_has_the_common_face(measure):
    _, data = programme()
    outcome = ask(measure, alternative="greater", alpha=0.1)
    found = run_trained(data, outcome, HOW)
    assert found.measure == measure
    assert len(found.waves) == 2
    assert (found.alternative, found.alpha) == ("greater", 0.1)
    assert found.low <= found.estimate <= found.high
    assert (found.low > 0) == (found.p_value <= 0.1)
    assert found.verdict in ("differs", "undecided")
    assert found.scale[1] in TERMS["unit"]
    assert list(found.table.columns) == FRAME
    assert found.table["measure"][0] == measure
    assert found.n_people > 30


def test_one_trained_is_that_of_every_assignment():
    """Six people, two trained: 15 ways. The mirrored one does not tie, so the smallest p is 1/15 on either side."""
    rng = np.random.default_rng(4)
    before, after = (rng.random((2, 6, 6)) < 0.4).astype(float)
    panel = Panel.from_arrays({"a": before, "b": after}, list("ABCDEF"))
    made = Allocation.from_arrays([1, 1, 1, 0, 0, 0])
    found = randomization_test(panel, "one_trained", made)
    assert found.result.exact
    assert found.result.draws == 20
    limit = design_limit(panel, made, outcome="one_trained")
    assert (limit.n_assignments, limit.attainable_p) == (20, 1 / 20)
    assert found.attainable_p == limit.attainable_p
    assert design_limit(panel, made, outcome="dyads").attainable_p == 2 / 20


def test_nothing_to_compare_is_a_result_without_a_conclusion():
    _, data = programme()
    everybody = StudyData(
        programme(assignment=Assignment("area", trained=("area 1", "area 2", "area 3")))[1].study, data.panels
    )
    for measure in ("cross_out_degree", "both_trained"):
        found = run_trained(everybody, ask(measure), HOW)
        assert np.isnan([found.estimate, found.low, found.high, found.p_value]).all()
        assert (found.verdict, found.reasons, found.n_people) == ("descriptive", ("undefined",), 0)
        assert "cannot be computed" in found.sentence("en")
        assert "kan ikke beregnes" in found.sentence("da")
        assert list(found.table.columns) == FRAME


def test_starters_who_never_answer_twice_leave_nothing_to_compare():
    silent = world(nonresponse=(0.0, 0.999, 0.999))
    _, data = programme(world=silent)
    found = run_trained(data, ask("out_degree"), HOW)
    assert found.reasons[0] == "undefined"


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_words_speak_of_the_groups_that_count(language):
    _, data = programme()
    plain = run_trained(data, ask("cross_out_degree"), HOW).sentence(language)
    grouped = run_trained(data, ask("cross_out_degree", group="area"), HOW).sentence(language)
    assert {"en": "other departments", "da": "andre afdelinger"}[language] in plain
    assert {"en": "other groups (“area”)", "da": "andre grupper end ens egen (»area«)"}[language] in grouped
    one = run_trained(data, ask("one_trained"), HOW).sentence(language)
    assert {"en": "of whom one was trained", "da": "hvor den ene blev uddannet"}[language] in one


def test_grouping_changes_what_is_counted_and_not_who_was_dealt():
    made, data = programme(effect_both=0.05)
    found = run_trained(data, ask("within_out_degree", ("w0", "w1"), group="area"), HOW)
    areas = np.array(made.panel.attributes["area"])
    cells = made.panel.wave("w0").observed & made.panel.wave("w1").observed & (areas[:, None] == areas)
    change = made.panel.wave("w1").ties * cells - 1.0 * made.panel.wave("w0").ties * cells
    known = cells.any(axis=1)
    strata, ours = made.allocation.strata, made.allocation.start == 1
    inside = known & (strata >= 0)
    x = np.column_stack([ours, *(strata == s for s in range(3))])[inside].astype(float)
    assert found.estimate == pytest.approx(np.linalg.lstsq(x, change.sum(axis=1)[inside], rcond=None)[0][0])
    assert found.n_units == inside.sum()
