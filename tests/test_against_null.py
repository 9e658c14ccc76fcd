from itertools import combinations

import numpy as np
import pytest

from netlearn import Panel
from netlearn.analysis.against_null import NetNull, against_null
from netlearn.analysis.compare import FRAME
from netlearn.errors import NetlearnError
from netlearn.inference.random_nets import mixing_of
from netlearn.measures.catalogue import CATALOGUE
from netlearn.planning.simulate import simulate_panel

NULLS = NetNull.__args__


def small_panel(seed=0, n=7, density=0.3, departments="AAABBBB"):
    y = (np.random.default_rng(seed).random((n, n)) < density).astype(float)
    return Panel.from_arrays({"now": y}, list(departments)), y * ~np.eye(n, dtype=bool)


def split_shares(y, size):
    """Cross share of every way to choose the first department."""
    n = len(y)
    found = []
    for chosen in combinations(range(n), size):
        inside = np.isin(np.arange(n), chosen)
        found.append(y[inside[:, None] != inside].sum() / y.sum())
    return np.array(found)


def test_all_splits_are_counted_by_distance_from_their_mean():
    panel, y = small_panel()
    shares = split_shares(y, 3)
    found = against_null(panel, "cross_share", keep=True)
    observed = shares[0]  # people 0, 1, 2 are department A
    assert found.result.exact
    assert found.value == pytest.approx(observed)
    assert found.mean == pytest.approx(shares.mean())
    assert found.sd == pytest.approx(shares.std())
    assert found.z == pytest.approx((observed - shares.mean()) / shares.std())
    gap = np.abs(shares - shares.mean())
    assert found.p_value == (gap >= gap[0] - 1e-9).sum() / 35
    assert found.result.smallest_p == (gap >= gap.max() - 1e-9).sum() / 35
    assert found.below == (shares < observed - 1e-9).sum() / 35
    assert found.above == (shares > observed + 1e-9).sum() / 35
    assert np.allclose(np.sort(found.result.values), np.sort(shares))


def test_one_tie_of_many_people_is_a_difference(monkeypatch):
    """With 100,000 people one tie is a density of 1e-10."""
    panel, _ = small_panel()
    drawn = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]) * 1e-10
    module = "netlearn.analysis.against_null"
    monkeypatch.setattr(f"{module}._value", lambda row, here: 6e-10)
    monkeypatch.setattr(f"{module}._draw", lambda *args, **how: (drawn, True, None))
    found = against_null(panel, "density")
    assert (found.below, found.above, found.constant) == (5 / 7, 1 / 7, False)
    assert (found.p_value, found.result.smallest_p) == (4 / 7, 2 / 7)


@pytest.mark.parametrize(("alternative", "sign"), [("greater", 1), ("less", -1)])
def test_one_sided_questions_count_one_side(alternative, sign):
    panel, y = small_panel(3)
    shares = sign * split_shares(y, 3)
    found = against_null(panel, "cross_share", alternative=alternative)
    assert found.p_value == (shares >= shares[0] - 1e-9).sum() / 35
    assert found.result.smallest_p == (shares >= shares.max() - 1e-9).sum() / 35


def test_draws_are_counted_about_the_mean_of_draws_and_value():
    panel, _ = small_panel(5)
    found = against_null(panel, "transitivity", null="random_density", draws=199, keep=True)
    values = found.result.values
    centre = (values.sum() + found.value) / 200
    extreme = (np.abs(values - centre) >= abs(found.value - centre) - 1e-9).sum()
    assert found.p_value == (1 + extreme) / 200
    assert found.mean == pytest.approx(values.mean())
    assert found.sd == pytest.approx(values.std())
    assert found.null_range == pytest.approx(tuple(np.quantile(values, (0.025, 0.975))))
    assert not found.result.exact


def test_relabelled_people_are_the_same_as_permuted_labels():
    panel = simulate_panel(24, 3, seed=1, nonresponse=0.2).panel
    one, two = (
        against_null(panel, "ei_index", null=null, draws=99, keep=True)
        for null in ("people_relabelled", "labels_permuted")
    )
    assert np.array_equal(one.result.values, two.result.values)
    assert one.result.null == "people_relabelled"


@pytest.mark.parametrize("null", NULLS)
def test_measures_of_tables_and_of_networks_have_nulls_too(null):
    panel = simulate_panel(20, 4, seed=2, nonresponse=0.2, density=0.1).panel
    for measure in ("assortativity", "departments_in_contact", "cross_out_degree", "mean_distance_cross"):
        found = against_null(panel, measure, null=null, draws=39)
        assert 1 / 40 <= found.p_value <= 1
        assert np.isfinite([found.value, found.mean, found.sd, found.z]).all()


def test_class_sums_by_the_fast_way_equal_networks_one_by_one():
    # With ties fewer than within cells (2 + 2 + 12) rescaling changes nothing, but it is computed network by network.
    panel, y = small_panel(8, n=8, density=0.2, departments="AABBCCCC")
    assert 8 <= y.sum() <= 16
    fast = against_null(panel, "ei_index", keep=True)
    slow = against_null(panel, "ei_rescaled", keep=True)
    assert fast.result.exact
    assert slow.result.exact
    assert fast.result.draws == slow.result.draws == 420  # 8! / (2! 2! 4!)
    assert np.allclose(fast.result.values, slow.result.values)


def test_every_measure_of_a_network_can_be_set_against_a_null():
    panel = simulate_panel(14, 3, seed=3, density=0.15).panel
    for name, row in CATALOGUE.items():
        if row.has("network"):
            found = against_null(panel, name, wave="before", null="degrees_fixed", draws=3)
            assert found.table.columns.tolist() == FRAME
            assert isinstance(found.sentence("da"), str)


def test_workers_change_nothing():
    panel = simulate_panel(16, 3, seed=4).panel
    for null in ("labels_permuted", "degrees_fixed"):
        one, two = (
            against_null(panel, "reciprocity_cross", null=null, draws=210, keep=True, workers=workers)
            for workers in (1, 2)
        )
        assert np.array_equal(one.result.values, two.result.values, equal_nan=True)
        assert one.mixing == two.mixing


def test_what_a_null_holds_fixed_is_said_to_be_fixed():
    panel = simulate_panel(16, 3, seed=5).panel
    for measure, null in (
        ("density", "random_density"),
        ("reciprocity", "random_dyad_census"),
        ("transitivity", "labels_permuted"),
    ):
        found = against_null(panel, measure, null=null, draws=49)
        assert found.constant
        assert found.p_value == 1
        assert np.isnan(found.z)
        assert "holds the measure fixed" in found.warning
        assert "holder målet fast" in found.sentence("da")


def test_degrees_that_force_the_ties_are_said_to():
    y = np.zeros((8, 8))
    y[0, 1:] = 1  # one names everybody, the others nobody: no other network has these degrees
    found = against_null(Panel.from_arrays({"now": y}, list("AABBAABB")), "ei_index", null="degrees_fixed")
    assert found.mixing.tight
    assert found.mixing.kept == 1
    assert "still in place" in found.warning
    assert "stadig på plads" in found.sentence("da")


def test_ties_that_mix_raise_no_warning():
    panel = simulate_panel(30, 4, seed=6).panel
    found = against_null(panel, "ei_index", null="degrees_fixed", draws=299)
    assert found.mixing.steps > 20 * panel.n_ties("after")
    assert found.mixing.kept < 0.5
    assert found.warning == ""


def test_a_walk_that_still_moves_is_unmixed():
    rng = np.random.default_rng(1)
    noise = rng.normal(size=(100, 2))
    kept = rng.normal(0.3, 0.02, (100, 2))
    assert not mixing_of(10, noise, kept).unmixed
    assert mixing_of(10, noise + np.array([0, 1]), kept).unmixed
    assert mixing_of(10, noise, kept + np.array([0.1, 0])).unmixed
    assert not mixing_of(10, noise, kept + np.array([0.001, 0])).unmixed
    assert not mixing_of(10, np.full((5, 2), np.nan), np.full((5, 2), np.nan)).unmixed


def test_too_few_steps_are_noticed_and_more_can_be_asked_for():
    panel = simulate_panel(30, 4, seed=6).panel
    few = against_null(panel, "ei_index", null="degrees_fixed", draws=99, steps=60)
    assert few.mixing.unmixed
    assert "ask for more steps" in few.warning
    assert "bed om flere trin" in few.sentence("da")
    many = against_null(panel, "ei_index", null="degrees_fixed", draws=99, steps=9000)
    assert many.mixing.steps == 9000
    assert not many.mixing.unmixed


def test_undefined_is_nan():
    panel = Panel.from_arrays({"now": np.zeros((5, 5))}, list("AABBB"))
    for null in NULLS:
        found = against_null(panel, "ei_index", null=null, draws=19)
        assert np.isnan([found.value, found.mean, found.sd, found.z, found.p_value]).all()
        assert "cannot be computed" in found.sentence("en")
        assert "kan ikke beregnes" in found.sentence("da")


def test_it_says_that_it_is_no_change():
    panel, _ = small_panel()
    found = against_null(panel, "cross_share")
    assert "does not say that anything changed" in found.sentence("en")
    assert "siger ikke, at noget har ændret sig" in found._repr_html_() + found.sentence("da")
    assert "people change departments" in repr(found)


def test_table_and_wave():
    panel = simulate_panel(16, 3, seed=7).panel
    last, first = (
        against_null(panel, "ei_index", draws=49),
        against_null(panel, "ei_index", "before", draws=49),
    )
    assert last.wave == "after"
    assert first.table["wave"].tolist() == ["before", "labels_permuted"]
    assert first.table["estimate"].tolist() == [first.value, first.mean]
    assert first.n_people == 16
    assert first.n_dyads == 120


def test_wrong_names_are_refused():
    panel, _ = small_panel()
    with pytest.raises(NetlearnError, match="null must be one of"):
        against_null(panel, "ei_index", null="wave_swap")
    with pytest.raises(NetlearnError, match="no value for the whole network"):
        against_null(panel, "coleman")
    with pytest.raises(NetlearnError, match="no wave"):
        against_null(panel, "ei_index", "later")
    with pytest.raises(NetlearnError, match="draws must be"):
        against_null(panel, "ei_index", draws=0)
    with pytest.raises(NetlearnError, match="alternative must be"):
        against_null(panel, "ei_index", alternative="both")
    with pytest.raises(NetlearnError, match="language must be"):
        against_null(panel, "ei_index").sentence("de")
