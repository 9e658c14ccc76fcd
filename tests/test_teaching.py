"""Popular tests, computed as they are popular: against scipy, by hand and by brute force; never the answer."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from panels import dense, random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, UndefinedError, compare
from netlearn.analysis.joint import joint, net
from netlearn.analysis.teaching import COLUMNS, teaching_rows
from netlearn.analysis.trials import _Trial
from netlearn.inference import dyadic, teaching
from netlearn.inference.error_rates import error_rate
from netlearn.measures.catalogue import find
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import world
from netlearn.wording.teaching import TEACHING, VERDICTS

DRAWS = 99


@pytest.fixture(scope="module")
def panel():
    return random_panel(4, n=20, movers=False)


@pytest.fixture(scope="module")
def rows(panel):
    return teaching_rows(panel, draws=DRAWS, seed=3)


def test_the_first_row_is_the_one_that_holds(panel, rows):
    assert list(rows.columns) == COLUMNS
    assert list(rows.index) == list(TEACHING)
    assert rows.index[0] == "default"
    assert (rows["verdict"] == "valid").tolist() == [True, *[False] * (len(rows) - 1)]
    change = compare(panel, "cross_density", draws=0)
    assert rows.loc["default", ["estimate", "p_value"]].tolist() == [change.natural[0], change.p_value]


def degrees(panel):
    mask, (y1, y2), (cross, _) = dense(panel)
    change = np.where(cross & mask, y2 - y1, 0)
    return change.sum(axis=1), change.sum(axis=0), mask, cross


def test_tests_on_people_are_those_of_scipy(panel, rows):
    out, into, mask, _ = degrees(panel)
    named = out[mask.any(axis=1)]
    both = (out + into)[mask.any(axis=1) | mask.any(axis=0)]
    assert rows.loc["paired_t_out", "p_value"] == pytest.approx(stats.ttest_1samp(named, 0).pvalue)
    assert rows.loc["paired_t_out", "estimate"] == pytest.approx(named.mean())
    assert rows.loc["paired_t_both", "p_value"] == pytest.approx(stats.ttest_1samp(both, 0).pvalue)
    expected = stats.wilcoxon(both[both != 0], method="asymptotic").pvalue
    assert rows.loc["wilcoxon_both", "p_value"] == pytest.approx(expected)
    assert rows.loc["wilcoxon_both", "estimate"] == np.median(both)


def test_arcs_are_those_of_mcnemar(panel, rows):
    mask, (y1, y2), (cross, _) = dense(panel)
    formed, dissolved = (int((mask & cross & (a < b)).sum()) for a, b in ((y1, y2), (y2, y1)))
    assert rows.loc["mcnemar", "estimate"] == formed - dissolved
    assert rows.loc["mcnemar", "p_value"] == pytest.approx(stats.binomtest(formed, formed + dissolved).pvalue)


def test_all_sign_flips_of_few_people():
    differences = np.array([2.0, -1.0, 0.0, 3.0, 1.0])
    found = teaching.sign_flip(differences, 1999, 0)
    sums = [np.dot(signs, differences) for signs in product((1, -1), repeat=5)]
    assert found.exact
    assert found.p_value == np.mean([abs(s) >= differences.sum() for s in sums])
    assert (found.statistic, found.null, found.smallest_p) == (1.0, "sign_flip", 2 / 16)


def test_nobody_changed_is_no_evidence():
    nothing = np.zeros(4)
    assert teaching.sign_flip(nothing, 99, 0).p_value == 1.0
    for p in (teaching.paired_t(nothing), teaching.wilcoxon(nothing), teaching.mcnemar(0, 0)):
        assert math.isnan(p)
    assert math.isnan(teaching.paired_t(np.array([1.0])))


def sampler_of(panel):
    view = joint(panel, *panel.labels)
    group = panel.groups[0]
    moved = (group[view.sender] != group[view.receiver]) & (view.first != view.second)
    arrays = (view.sender[moved], view.receiver[moved], (view.second - view.first)[moved])
    return teaching.Resampled(view.cells, group, len(panel.group_names), *arrays)


def test_a_resampled_network_is_the_network_of_the_copies(panel):
    mask, (y1, y2), (cross, _) = dense(panel)
    sampler = sampler_of(panel)
    copies = np.random.default_rng(1).multinomial(panel.n, np.full(panel.n, 1 / panel.n), 3).astype(float)
    for row, found in zip(copies, sampler.change(copies), strict=True):
        people = np.repeat(np.arange(panel.n), row.astype(int))
        cells = np.ix_(people, people)
        room = (mask & cross)[cells]
        assert found == pytest.approx((y2 - y1)[cells][room].mean())


def test_the_variance_of_the_bootstrap_counts_the_pairs_three_times():
    """V_asa + 2 V_dyad where it should be V_asa = sum S^2 - sum r^2."""
    data = simulate(world("N2", 140), 5).panel
    view = joint(data, *data.labels)
    influence = view.influence(view.estimator(find("cross_density")))
    dyads = dyadic.dyad_square_sum(influence)
    expected = (dyadic.person_sums(influence) ** 2).sum() + dyads
    estimate, se, _ = teaching.vertex_bootstrap(sampler_of(data), 1500, 1)
    assert estimate == pytest.approx(compare(data, "cross_density", draws=0).estimate)
    # The relative error of a variance from 1,500 draws is about sqrt(2 / 1500) = 0.037.
    assert se**2 == pytest.approx(expected, rel=0.15)


def test_all_deals_of_the_departments():
    y1, y2 = np.zeros((5, 5)), np.zeros((5, 5))
    y1[0, 1] = y1[2, 3] = y2[0, 2] = y2[1, 3] = y2[3, 4] = 1
    data = Panel.from_arrays({"a": y1, "b": y2}, list("AABBB"))
    nets = [net(data, w, joint(data, "a", "b").cells) for w in data.labels]
    found = teaching.ei_labels_permuted(*nets, 1999, 0)
    values = []
    for one in range(5):
        for two in range(one + 1, 5):
            home = np.isin(np.arange(5), [one, two])
            index = [2 * np.mean([home[i] != home[j] for i, j in np.argwhere(y)]) - 1 for y in (y1, y2)]
            values.append(index[1] - index[0])
    # Observed: none of two ties crosses, then two of three: -1 to 1/3.
    assert found.statistic == pytest.approx(4 / 3)
    assert found.exact
    assert found.p_value == np.mean([abs(v) >= 4 / 3 - 1e-9 for v in values])


def test_departments_are_dealt_among_the_observed_only():
    """Who has no observed cell stays put: of four people who answered alike, six deals of two and two."""
    y1, y2 = np.zeros((6, 6)), np.zeros((6, 6))
    y1[0, 1] = y2[0, 2] = 1
    for y in (y1, y2):
        y[4:] = y[:, 4:] = np.nan
    data = Panel.from_arrays({"a": y1, "b": y2}, list("AABBAB"))
    nets = [net(data, w, joint(data, "a", "b").cells) for w in data.labels]
    found = teaching.ei_labels_permuted(*nets, 1999, 0)
    # From within to across: 2. In 2 of 6 deals 0 sits with 1, in 2 with 2, in 2 with neither.
    assert (found.exact, found.draws, found.statistic) == (True, 6, 2.0)
    assert found.p_value == found.smallest_p == pytest.approx(4 / 6)


def test_a_test_that_is_called_wrongly_is_no_undefined_test(panel, monkeypatch):
    def wrong(*args, **options):
        raise NetlearnError("not symmetric")

    monkeypatch.setattr("netlearn.analysis.teaching.qap_correlation", wrong)
    with pytest.raises(NetlearnError, match="not symmetric"):
        teaching_rows(panel, draws=9)


def test_a_job_of_trials_that_is_done_again_gives_the_same_numbers():
    job = _Trial(world("N0", 26), 9)
    seeds = np.random.SeedSequence(1).spawn(1)
    pd.testing.assert_frame_equal(job(seeds), job(seeds))


def test_the_raw_difference_in_differences_by_brute_force(panel, rows):
    mask, (y1, y2), (cross, _) = dense(panel)
    d = y2 - y1
    means = [d[mask & where].mean() for where in (cross, ~cross)]
    assert rows.loc["raw_did", "estimate"] == pytest.approx(100 * (means[0] - means[1]))
    influence = np.zeros(mask.shape)
    for where, mean, sign in ((cross, means[0], 1), (~cross, means[1], -1)):
        influence[mask & where] = sign * (d - mean)[mask & where] / (mask & where).sum()
    pair = influence + influence.T
    dyads = (np.triu(pair) ** 2).sum()
    n, n_dyads = int(mask.any(axis=1).sum()), int(np.triu(mask | mask.T).sum())
    variance, df = dyadic.person_variance(pair.sum(axis=1), dyads, n, n_dyads)
    t = (means[0] - means[1]) / np.sqrt(variance)
    assert rows.loc["raw_did", "p_value"] == pytest.approx(2 * stats.t.sf(abs(t), df))


def test_matrices_are_those_of_the_observed_cells(panel, rows):
    mask, (y1, y2), (cross, _) = dense(panel)
    expected = np.corrcoef((y2 - y1)[mask], cross[mask].astype(float))[0, 1]
    assert rows.loc["qap_change", "estimate"] == pytest.approx(expected)
    design = np.column_stack([np.ones(mask.sum()), y1[mask], cross[mask]])
    weights = np.linalg.lstsq(design, y2[mask], rcond=None)[0]
    assert rows.loc["mrqap_lagged", "estimate"] == pytest.approx(100 * weights[2])


def test_numbers_hang_on_the_seed_only(panel, rows):
    pd.testing.assert_frame_equal(teaching_rows(panel, draws=DRAWS, seed=3), rows)
    other = teaching_rows(panel, draws=DRAWS, seed=4)
    assert (other["estimate"] == rows["estimate"]).all()
    assert (other["p_value"] != rows["p_value"]).any()


def test_an_undirected_relation_has_degrees_and_pairs():
    data = random_panel(4, n=20, movers=False, directed=False)
    rows = teaching_rows(data, draws=DRAWS)
    assert not {"paired_t_out", "sign_flip_out"} & set(rows.index)
    out, _, mask, cross = degrees(data)
    assert rows.loc["paired_t_both", "p_value"] == pytest.approx(
        stats.ttest_1samp(out[mask.any(axis=1)], 0).pvalue
    )
    assert rows.loc["mcnemar", "estimate"] == pytest.approx(out.sum() / 2)
    assert cross.any()


@pytest.mark.parametrize("ties", [0, 1])
def test_nothing_changed_gives_no_alarm_and_no_warning(ties):
    y = np.ones((6, 6)) * ties
    rows = teaching_rows(Panel.from_arrays({"a": y, "b": y}, list("AAABBB")), draws=19)
    p = rows["p_value"]
    assert (p.isna() | (p > 0.05)).all()


def test_one_department_and_silent_people_give_no_warning():
    data = random_panel(1, n=8, k=1, movers=False)
    rows = teaching_rows(data, draws=19)
    assert rows.loc[["qap_change", "raw_did", "mrqap_lagged"], "p_value"].isna().all()
    silent = Panel.from_arrays({"a": np.full((4, 4), np.nan), "b": np.zeros((4, 4))}, list("AABB"))
    p = teaching_rows(silent, draws=19)["p_value"]
    assert (p.isna() | (p == 1)).all()


def test_people_who_moved_are_counted_where_they_cross_both_times():
    data = random_panel(4, n=20).with_grouping("current")
    rows = teaching_rows(data, draws=19)
    mask, (y1, y2), (then, now) = dense(data)
    change = np.where(mask & then & now, y2 - y1, 0).sum(axis=1)
    assert rows.loc["default", "estimate"] == pytest.approx(change[mask.any(axis=1)].mean())


def test_both_languages_say_the_same(panel, rows):
    danish = teaching_rows(panel, draws=DRAWS, seed=3, language="da")
    assert (danish[["estimate", "p_value"]] == rows[["estimate", "p_value"]]).all().all()
    for column in ("test", "question", "why", "verdict"):
        assert (danish[column] != rows[column]).all()
        assert danish[column].str.len().min() > 0
    assert set(rows["verdict"]) == {
        "valid",
        "anti-conservative",
        "invalid",
        "wastes power",
        "wrong scale",
        "tests something else",
    }
    assert {told.verdict for told in TEACHING.values()} == set(VERDICTS)


def test_what_cannot_be_used_is_refused(panel):
    with pytest.raises(NetlearnError, match="language"):
        teaching_rows(panel, language="de")
    with pytest.raises(NetlearnError, match="draws"):
        teaching_rows(panel, draws=0)
    one = Panel.from_arrays({"a": np.zeros((3, 3))}, list("AAB"))
    with pytest.raises(UndefinedError):
        teaching_rows(one)


def test_error_rates_go_from_the_best_to_the_worst_world_at_the_nearest_number():
    for test in TEACHING:
        for n in (5, 40, 140, 5000):
            low, high = error_rate(test, n)
            assert 0 <= low <= high <= 1
    # 75 people are closer to 140 by ratio, 74 to 40 (the mean by ratio is 74.8).
    assert error_rate("qap_change", 75) == error_rate("qap_change", 140) != error_rate("qap_change", 74)
    assert all(math.isnan(rate) for rate in error_rate("no such test", 40))


def test_growth_of_all_ties_counts_against_the_raw_difference(rows):
    low, high = error_rate("raw_did", 20, ("N0", "N1", "N2", "N4"))
    assert rows.loc["raw_did", "error_rate"].startswith(f"{100 * low:.0f} to {100 * high:.0f}")
