from dataclasses import replace

import numpy as np
import pytest
from cases import all_cases, random_net, slopes
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from netlearn.measures import blocks, chance, departments
from netlearn.measures.union import union

NETWORK = {
    "odds_ratio_within": blocks,
    "freeman_segregation": blocks,
    "assortativity": blocks,
    "assortativity_undirected": blocks,
    "within_group_mixing": blocks,
    "ei_expected": chance,
    "ei_rescaled": chance,
}
BY_DEPARTMENT = ("coleman", "segregation_matrix", "department_ei")


def network_functions():
    return {name: (getattr(m, name), getattr(m, f"{name}_gradient")) for name, m in NETWORK.items()}


def department_functions():
    return {name: getattr(departments, name) for name in BY_DEPARTMENT}


def agree(found, expected, what):
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-12, err_msg=str(what))


def check_all(shared, key, function, *, tables=lambda case: case.net, at_least):
    """Compare with every value of another package; returns how many there were."""
    count = 0
    for case in all_cases(shared):
        expected = case.value(key)
        if expected is None:
            continue
        net = tables(case)
        agree(function(net.tie_table, net.cell_table), expected, (case.name, case.wave, key))
        count += 1
    assert count >= at_least, (key, count)


def union_of(case):
    return union(case.net)


# -- other packages ------------------------------------------------------------------------------------


def test_values_of_other_packages(shared):
    check_all(shared, "mixing.ties", lambda t, c: t, at_least=29)
    check_all(shared, "networkx.attribute_mixing_matrix", lambda t, c: t, at_least=27)
    check_all(shared, "netseg.orwg", blocks.odds_ratio_within, at_least=25)
    check_all(shared, "igraph.assortativity_nominal", blocks.assortativity, at_least=27)
    check_all(shared, "netseg.assort", blocks.assortativity_undirected, at_least=27)
    check_all(shared, "netseg.coleman", departments.coleman, at_least=24)
    check_all(shared, "group.ei", departments.department_ei, at_least=29)


def test_values_of_other_packages_on_the_union(shared):
    check_all(shared, "netseg.union.orwg", blocks.odds_ratio_within, tables=union_of, at_least=25)
    check_all(shared, "netseg.union.freeman", blocks.freeman_segregation, tables=union_of, at_least=25)
    check_all(shared, "netseg.union.assort", blocks.assortativity, tables=union_of, at_least=27)


def test_densities_as_a_block_model_prints_them(shared):
    # Where a department of one person has no own cells the other package prints NaN too.
    check_all(shared, "blockmodel.density", blocks.block_density, at_least=25)


def test_networkx_calls_an_empty_network_neutral(shared):
    # Without ties e is 0/0: no share of anything is within, so there is nothing to compare with chance.
    for case in all_cases(shared):
        expected = case.value("networkx.attribute_assortativity_coefficient")
        if expected is None:
            continue
        if case.ties.sum() == 0:
            assert expected == 0
            expected = np.nan
        agree(blocks.assortativity(case.net.tie_table, case.net.cell_table), expected, (case.name, case.wave))


def test_gupta_on_undirected_networks(shared):
    def q(ties, cells):
        # The other package gives no value where a department has no ties; here such a department is left out.
        return blocks.within_group_mixing(ties, cells)

    check_all(shared, "netseg.union.gamix", q, tables=union_of, at_least=20)


def test_gupta_of_netseg_drops_half_of_a_directed_table(shared):
    # All ties among two departments of four: 12 of the 28 that each sends are own, so Q = 2 x 12/28 - 1 = -1/7, the
    # same with and without direction. netseg says 1/5: it doubles the diagonal and reads 24 own and 16 cross.
    complete = next(c for c in all_cases(shared) if c.name == "edge_complete" and c.wave == "wave1")
    tables = complete.net.tie_table, complete.net.cell_table
    assert blocks.within_group_mixing(*tables) == pytest.approx(-1 / 7)
    assert complete.value("netseg.gamix") == pytest.approx(2 * 24 / (24 + 16) - 1)
    assert complete.value("netseg.union.gamix") == pytest.approx(-1 / 7)
    count = 0
    for case in all_cases(shared):
        expected = case.value("netseg.gamix")
        if expected is None or np.isnan(expected) or not case.net.directed:
            continue
        upper = np.triu(case.net.tie_table)
        agree(
            blocks.within_group_mixing(upper + upper.T, case.net.cell_table), expected, (case.name, case.wave)
        )
        count += 1
    assert count > 15


def test_smi_of_netseg_takes_one_cross_density_for_both_departments(shared):
    # [[2, 5], [6, 3]] among four and four: department b sends 6 of 16, own density 3/12, so (1/4 - 3/8) / (5/8) = -1/5.
    # netseg uses the 5/16 that b receives, which is the index by received ties; a gets the index by sent ties.
    count = 0
    for case in all_cases(shared):
        expected = case.value("netseg.smi")
        if expected is None:
            continue
        ties, cells = case.net.tie_table, case.net.cell_table
        agree(departments.segregation_matrix(ties, cells)[0], expected[0], (case.name, case.wave, "a"))
        agree(departments.segregation_matrix(ties.T, cells.T)[1], expected[1], (case.name, case.wave, "b"))
        count += 1
    assert count == 6
    isolates = next(c for c in all_cases(shared) if c.name == "edge_isolates" and c.wave == "wave1")
    found = departments.segregation_matrix(isolates.net.tie_table, isolates.net.cell_table)
    assert found[1] == pytest.approx(-1 / 5)
    assert isolates.value("netseg.smi")[1] == pytest.approx(-1 / 9)


# -- gradients -----------------------------------------------------------------------------------------


def random_tables(seed, k=4):
    rng = np.random.default_rng(seed)
    cells = rng.integers(8, 40, (k, k)).astype(float)
    return np.floor(cells * rng.uniform(0.1, 0.9, (k, k))), cells


@pytest.mark.parametrize("seed", range(4))
def test_gradients_are_slopes_and_balance(seed):
    ties, cells = random_tables(seed)
    for name, (value, gradient) in network_functions().items():
        check_gradient(name, value, gradient(ties, cells), ties, cells)


def check_gradient(name, value, gradient, ties, cells):
    numeric = slopes(value, ties, cells)
    np.testing.assert_allclose(gradient[0], numeric[0], rtol=1e-5, atol=1e-8, err_msg=name)
    np.testing.assert_allclose(gradient[1], numeric[1], rtol=1e-5, atol=1e-8, err_msg=name)
    # Doubling both tables changes nothing, so the influence values of all cells add up to 0.
    assert (gradient[0] * ties).sum() + (gradient[1] * cells).sum() == pytest.approx(0, abs=1e-10), name


def test_gradient_of_the_rescaled_index_where_a_limit_binds():
    few_within = (
        np.array([[2.0, 9, 8], [7, 2, 9], [9, 8, 2]]),
        np.array([[4.0, 30, 30], [30, 4, 30], [30, 30, 4]]),
    )
    few_cross = (
        np.array([[9.0, 1, 1], [1, 8, 0], [2, 1, 9]]),
        np.array([[30.0, 2, 2], [2, 30, 2], [2, 2, 30]]),
    )
    for ties, cells in (few_within, few_cross):
        assert ties.sum() > min(np.trace(cells), cells.sum() - np.trace(cells))
        gradient = chance.ei_rescaled_gradient(ties, cells)
        check_gradient("ei_rescaled", chance.ei_rescaled, gradient, ties, cells)


def test_gradient_of_a_mixing_table_with_an_idle_department():
    ties, cells = random_tables(9)
    ties[2] = 0
    gradient = blocks.within_group_mixing_gradient(ties, cells)
    assert (gradient[0][2] == 0).all()
    active = [0, 1, 3]
    numeric = slopes(blocks.within_group_mixing, ties, cells)
    np.testing.assert_allclose(gradient[0][active], numeric[0][active], rtol=1e-5, atol=1e-8)


# -- identities ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_departments_may_be_numbered_otherwise(seed, directed):
    net, _, _ = random_net(seed, directed=directed)
    ties, cells = net.tie_table, net.cell_table
    order = np.random.default_rng(seed).permutation(net.k)
    new = ties[np.ix_(order, order)], cells[np.ix_(order, order)]
    for name, (value, _) in network_functions().items():
        agree(value(*new), value(ties, cells), name)
        agree(value(2 * ties, 2 * cells), value(ties, cells), name)
    for name, value in department_functions().items():
        agree(value(*new), value(ties, cells)[order], name)


@pytest.mark.parametrize("seed", range(3))
def test_turning_every_tie_round(seed):
    net, _, _ = random_net(seed)
    ties, cells = net.tie_table, net.cell_table
    for name in ("odds_ratio_within", "freeman_segregation", "assortativity", "assortativity_undirected"):
        value, _ = network_functions()[name]
        agree(value(ties.T, cells.T), value(ties, cells), name)
    agree(departments.department_ei(ties.T, cells.T), departments.department_ei(ties, cells), "department_ei")


@pytest.mark.parametrize("seed", range(3))
def test_by_loops_over_cells(seed):
    net, y, mask = random_net(seed)
    t, c = net.tie_table, net.cell_table
    same = net.group[:, None] == net.group
    odds = [y[mask & kind].sum() / (mask & kind & (y == 0)).sum() for kind in (same, ~same)]
    assert blocks.odds_ratio_within(t, c) == pytest.approx(odds[0] / odds[1])
    expected = y.sum() * (mask & ~same).sum() / mask.sum()
    assert blocks.freeman_segregation(t, c) == pytest.approx(1 - y[~same].sum() / expected)
    for g in range(net.k):
        mine = net.group == g
        own, sent = y[np.ix_(mine, mine)].sum(), y[mine].sum()
        e = sent * mask[np.ix_(mine, mine)].sum() / mask[mine].sum()
        brute = (own - e) / (sent - e) if own >= e else (own - e) / e
        assert departments.coleman(t, c)[g] == pytest.approx(brute)


UNITS = {
    "coleman": "unit_coleman",
    "segregation_matrix": "unit_segregation_matrix",
    "department_ei": "unit_ei",
}


@pytest.mark.parametrize("seed", range(3))
def test_a_unit_of_one_department_has_its_value(seed):
    net, _, _ = random_net(seed)
    for name, by_unit in UNITS.items():
        value = department_functions()[name]
        agree(getattr(departments, by_unit)(net), value(net.tie_table, net.cell_table), name)


def test_departments_shown_together():
    # Departments 0 and 1 as one unit; cross and within stay what they are.
    plain, y, mask = random_net(4)
    net = replace(plain, unit=np.maximum(plain.group, 1) - 1, n_units=3)
    same = net.group[:, None] == net.group
    mine = (net.group <= 1)[:, None] & np.ones_like(mask)
    own, cross = y[mine & same].sum(), y[mine & ~same].sum()
    inside, outside = own / (mask & mine & same).sum(), cross / (mask & mine & ~same).sum()
    assert departments.unit_segregation_matrix(net)[0] == pytest.approx(
        (inside - outside) / (inside + outside)
    )
    external = cross + y[mine.T & ~same].sum()
    assert departments.unit_ei(net)[0] == pytest.approx((external - own) / (external + own))
    expected = sum(y[net.group == g].sum() * department_share(mask, net.group, g) for g in (0, 1))
    sent = y[net.group <= 1].sum()
    scale = sent - expected if own >= expected else expected
    assert departments.unit_coleman(net)[0] == pytest.approx((own - expected) / scale)


def department_share(mask, group, g):
    return mask[np.ix_(group == g, group == g)].sum() / mask[group == g].sum()


def test_a_department_without_anybody_observed_is_undefined_and_harmless():
    net, _, _ = random_net(5)
    ties, cells = np.pad(net.tie_table, (0, 1)), np.pad(net.cell_table, (0, 1))
    for name, (value, gradient) in network_functions().items():
        agree(value(ties, cells), value(net.tie_table, net.cell_table), name)
        slope = gradient(ties, cells)
        assert np.isfinite(slope[0]).all(), name
        assert np.isfinite(slope[1]).all(), name
    for name, value in department_functions().items():
        agree(value(ties, cells), [*value(net.tie_table, net.cell_table), np.nan], name)


@st.composite
def tables(draw):
    k = draw(st.integers(1, 4))
    cells = draw(arrays(float, (k, k), elements=st.integers(0, 9)))
    share = draw(arrays(float, (k, k), elements=st.sampled_from([0, 0.3, 0.7, 1])))
    return np.floor(cells * share), cells


@given(tables())
def test_range_on_any_table(pair):
    ties, cells = pair
    found = {name: value(*pair) for name, (value, _) in network_functions().items()}
    lowest = {"odds_ratio_within": 0, "freeman_segregation": -np.inf, "within_group_mixing": -1}
    for name, value in found.items():
        highest = np.inf if name == "odds_ratio_within" else 1
        assert np.isnan(value) or lowest.get(name, -1) - 1e-12 <= value <= highest + 1e-12, name
    for name, value in department_functions().items():
        values = value(*pair)
        assert (np.isnan(values) | (np.abs(values) <= 1 + 1e-12)).all(), name
    for _, gradient in network_functions().values():
        gradient(*pair)
    # What is no tie in place of what is: the odds turn over.
    turned = blocks.odds_ratio_within(cells - ties, cells)
    if found["odds_ratio_within"] * turned > 0:
        assert turned == pytest.approx(1 / found["odds_ratio_within"])


def test_undefined_is_nan():
    cells = np.array([[6.0, 9], [9, 6]])
    for name in (
        "odds_ratio_within",
        "freeman_segregation",
        "assortativity",
        "within_group_mixing",
        "ei_rescaled",
    ):
        value, gradient = network_functions()[name]
        assert np.isnan(value(np.zeros((2, 2)), cells)), name
        assert np.isnan(gradient(np.zeros((2, 2)), cells)[0]).any(), name
        assert np.isnan(value([[3]], [[6]])), name
    for name, value in department_functions().items():
        assert np.isnan(value(np.zeros((2, 2)), cells)).all(), name
    one_person = departments.coleman([[0, 2], [1, 3]], [[0, 4], [4, 12]])
    assert np.isnan(one_person[0])
    assert np.isfinite(one_person[1])
    assert departments.department_ei([[3]], [[6]]).tolist() == [-1]
    assert chance.ei_expected([[3]], [[6]]) == -1
