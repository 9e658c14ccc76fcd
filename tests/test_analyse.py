from dataclasses import replace

import numpy as np
import pytest

from netlearn import UndefinedError, analyse, new_study, read_study
from netlearn.inference.multiplicity import holm


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study") / "s"
    new_study(folder)
    return read_study(folder)


@pytest.fixture(scope="module")
def results(study):
    return analyse(study, draws=199)


def test_the_primary_outcome_comes_first_and_nothing_is_left_out(study, results):
    roles = [r.role for r in results.outcomes]
    assert roles[0] == "primary"
    assert roles.count("secondary") == len(study.secondary)
    assert roles.count("placebo") == 1
    compared = {(r.outcome.relation, r.outcome.measure, r.outcome.waves) for r in results.outcomes}
    assert len(compared) == len(results.outcomes)
    every = {("contact", study.primary.measure, pair) for pair in results.panels["contact"].wave_pairs}
    assert every <= compared
    assert results.primary.outcome == study.primary
    assert len(results.table) == len(results.outcomes)


def test_only_secondary_outcomes_are_corrected(results):
    for result in results.outcomes:
        assert np.isnan(result.p_holm) == (result.role != "secondary" or np.isnan(result.change.p_value))
        assert not result.p_holm < result.change.p_value


def test_tables_pool_small_departments(study, results):
    panel = results.panels[study.primary.relation]
    shown = results.measures[results.measures["level"] != "network"]
    assert (shown["n_people"] >= study.min_cell_size).all()
    for wave in panel.waves:
        counts = np.bincount(panel.group()[wave.cells.senders], minlength=len(panel.group_names))
        small = {panel.group_names[g] for g in np.flatnonzero(counts < study.min_cell_size)}
        assert not small & set(results.response["department"])
        assert not small & set(results.measures["level"])
        assert all(not small & set(table.index) for table in results.everybody.mixing.values())


def test_no_person_is_in_any_table(results):
    codes = set(next(iter(results.panels.values())).ids)
    for table in (
        results.table,
        results.response,
        results.everybody.handling,
        results.everybody.turnover,
        results.measures,
    ):
        assert not codes & set(table.astype(str).to_numpy().ravel())


def test_the_same_seed_gives_the_same_numbers_and_another_seed_other_draws(study, results):
    again = analyse(study, draws=199)
    assert again.table.equals(results.table)
    assert again.primary.change.swap.p_value == results.primary.change.swap.p_value
    other = analyse(replace(study, seed=study.seed + 1), draws=199)
    assert [r.change.swap.p_value for r in other.outcomes] != [
        r.change.swap.p_value for r in results.outcomes
    ]


def test_one_wave_makes_no_claim(study):
    with pytest.raises(UndefinedError, match="two"):
        analyse(replace(study, waves=study.waves[:1]))


def test_a_design_with_untrained_people_is_not_answered_by_the_change_of_everybody(study):
    with pytest.raises(UndefinedError, match="compare the trained"):
        analyse(replace(study, design="staggered"))


def test_provenance_names_every_input_and_step(study, results):
    found = results.provenance
    assert set(found.inputs) == {"study.toml", "roster.csv", *(w.file for w in study.waves)}
    assert found.seed == study.seed
    assert any("replaced by codes" in step for step in found.transformations)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([0.2], [0.2]),
        ([0.01, 0.02, 0.03, 0.005], [0.03, 0.04, 0.04, 0.02]),
        ([0.5, 0.6], [1.0, 1.0]),
        ([0.01, np.nan], [0.02, np.nan]),
    ],
)
def test_holm_by_hand(given, expected):
    assert holm(given) == pytest.approx(expected, nan_ok=True)
