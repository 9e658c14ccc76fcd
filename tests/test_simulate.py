"""The simulator against closed forms; a Monte Carlo mean may lie four of its standard errors away."""

import numpy as np
import pytest
from scipy.stats import binomtest, ks_2samp

from netlearn.errors import NetlearnError
from netlearn.planning.simulate import simulate, simulate_panel
from netlearn.planning.worlds import WORLDS, World, world

UNEQUAL = {"activity_sd": 0.7, "popularity_sd": 0.5, "reciprocity": 0.4, "drift": 0.3, "shock_sd": 0.3}


def replications(setting, count, seed=1):
    for child in np.random.SeedSequence(seed).spawn(count):
        yield simulate(setting, child)


def masks(setting):
    cross = setting.group[:, None] != setting.group[None, :]
    return cross, ~cross & ~np.eye(setting.n, dtype=bool)


def close(values, expected):
    error = np.std(values, axis=0, ddof=1) / np.sqrt(len(values))
    return np.all(np.abs(np.mean(values, axis=0) - expected) < 4 * error + 1e-12)


def plug_in(tie, setting):
    cross, within = (tie[mask].mean() for mask in masks(setting))
    counts = cross * setting.cells[0], within * setting.cells[1]
    odds = [np.log(p / (1 - p)) for p in (cross, within)]
    return cross, (counts[0] - counts[1]) / sum(counts), odds[0] - odds[1]


def test_the_stated_densities_hold_in_every_wave_whatever_the_heterogeneity():
    setting = World(n=60, groups=(10, 20, 30), waves=("a", "b", "c"), density=0.08, homophily=1.5, **UNEQUAL)
    odds = 0.08 / 0.92 * np.exp(1.5)
    expected = np.tile([0.08, odds / (1 + odds)], (3, 1))
    found = [
        [[wave.ties[mask].mean() for mask in masks(setting)] for wave in made.complete.waves]
        for made in replications(setting, 600)
    ]
    assert close(found, expected)


def test_people_and_departments_do_not_change_the_closed_form_mean_chance():
    # Variance 0.8^2 + 0.6^2 = 1, so the mean is an integral over one standard normal: here a fine sum.
    z = np.linspace(-9, 9, 20001)
    weight = np.exp(-z * z / 2)
    setting = World(density=0.05, activity_sd=0.8, popularity_sd=0.6)
    chance = 1 / (1 + np.exp(-(setting.bases[0] + 1.0 * z)))
    assert (weight @ chance) / weight.sum() == pytest.approx(0.05, abs=1e-9)


def test_an_arc_is_returned_as_often_as_reciprocity_says():
    setting = World(n=40, groups=1, waves=("w",), density=0.3, homophily=0.0, reciprocity=0.4)
    ties = [made.complete.waves[0].ties for made in replications(setting, 300)]
    both = [(tie & tie.T)[np.triu_indices(40, 1)].mean() for tie in ties]
    assert close(both, 0.3 * (0.4 + 0.6 * 0.3))
    assert close([tie.sum() / (40 * 39) for tie in ties], 0.3)


def test_a_tie_is_kept_as_often_as_stability_says():
    setting = World(n=40, groups=1, waves=("a", "b", "c"), density=0.3, homophily=0.0, stability=0.5)
    kept = []
    for made in replications(setting, 300):
        a, b, c = (wave.ties for wave in made.complete.waves)
        kept.append([(a & b).sum() / 1560, (b & c).sum() / 1560, (a & c).sum() / 1560])
    assert close(kept, [0.3 * (0.5 + 0.5 * 0.3), 0.3 * (0.5 + 0.5 * 0.3), 0.3 * (0.25 + 0.75 * 0.3)])


def test_without_effect_the_two_waves_can_be_exchanged():
    setting = World(n=24, groups=3, density=0.1, **UNEQUAL)
    cross = masks(setting)[0]
    first, last, gained = [], [], []
    for made in replications(setting, 1500):
        before, after = (wave.ties for wave in made.complete.waves)
        first.append((before & cross).sum())
        last.append((after & cross).sum())
        gained.append(((after & cross).sum(0) ** 2 - (before & cross).sum(0) ** 2).sum())
    ups, downs = (sum(np.sign(gained) == sign) for sign in (1, -1))
    assert binomtest(ups, ups + downs).pvalue > 0.001
    assert ks_2samp(first[::2], last[1::2]).pvalue > 0.001
    assert close(np.subtract(last, first), 0.0)


def test_drift_and_shocks_are_what_makes_people_and_departments_change():
    def spread(**settings):
        setting = World(n=60, groups=6, stability=1.0, density=0.2, homophily=0.0, **settings)
        changes = [
            made.complete.waves[1].ties.sum(1) - made.complete.waves[0].ties.sum(1)
            for made in replications(setting, 20)
        ]
        people = np.var(changes)
        departments = np.var([np.bincount(setting.group, change) / 10 for change in changes])
        return people, departments

    assert spread(activity_sd=0.7) == (0, 0)
    drift, shock = spread(activity_sd=0.7, drift=0.5), spread(shock_sd=0.5)
    assert drift[0] > 1
    assert drift[1] < drift[0] / 5
    assert shock[1] > shock[0] / 2


def test_the_effect_forms_cross_ties_only_and_touches_nothing_else():
    plain = World(n=60, groups=4, density=0.1, **UNEQUAL)
    with_effect = World(n=60, groups=4, density=0.1, effect=0.2, **UNEQUAL)
    cross, within = masks(plain)
    formed = []
    for seed in range(100):
        null, planted = simulate(plain, seed).complete, simulate(with_effect, seed).complete
        assert (null.waves[0].ties == planted.waves[0].ties).all()
        before, after = null.waves[1].ties, planted.waves[1].ties
        assert (before[within] == after[within]).all()
        assert (after[before]).all()
        formed.append(after[cross & ~before].mean())
    assert close(formed, 0.2)


def test_growth_multiplies_the_odds_of_every_tie():
    setting = World(n=40, groups=4, density=0.1, homophily=1.0, growth=np.log(2))
    cross, within = setting.densities(1)
    assert cross / (1 - cross) == pytest.approx(2 * 0.1 / 0.9)
    assert within / (1 - within) == pytest.approx(2 * np.e * 0.1 / 0.9)
    assert setting.truth()["cross_log_odds"] == pytest.approx(0, abs=1e-9)
    found = [
        [made.complete.waves[1].ties[mask].mean() for mask in masks(setting)]
        for made in replications(setting, 300)
    ]
    assert close(found, [cross, within])


@pytest.mark.parametrize("name", ["N2", "N4", "A1", "A2"])
def test_truth_is_the_mean_change_of_complete_panels(name):
    setting = world(name, 80)
    found = []
    for made in replications(setting, 600):
        before, after = (plug_in(wave.ties, setting) for wave in made.complete.waves)
        found.append(np.subtract(after, before))
    truth = setting.truth()
    assert close(found, [truth["cross_density"], truth["ei_index"], truth["cross_log_odds"]])


def test_truth_between_any_two_waves_follows_the_effect_of_each():
    setting = World(n=6, groups=3, waves=("a", "b", "c"), density=0.5, homophily=0.0, effect=(0, 0.2, 0.4))
    assert setting.truth(("a", "b"))["cross_density"] == pytest.approx(0.1)
    assert setting.truth(("b", "c"))["cross_density"] == pytest.approx(0.1)
    # 24 cross cells of 6 people: 0.2 * 24 / 6 colleagues; 12 cross and 3 within ties become 16.8 and 3.
    assert setting.truth()["cross_out_degree"] == pytest.approx(0.8)
    assert setting.truth()["ei_index"] == pytest.approx(13.8 / 19.8 - 9 / 15)


def test_non_response_has_its_rate_and_leans_on_activity():
    setting = World(n=60, groups=4, activity_sd=1.0, nonresponse=(0.1, 0.3), lean=1.0)
    rates, gaps = [], []
    for made in replications(setting, 300):
        answered = [wave.cells.senders for wave in made.panel.waves]
        rates.append([1 - a.mean() for a in answered])
        degree = made.complete.waves[1].ties.sum(1)
        gaps.append(degree[answered[1]].mean() - degree[~answered[1]].mean())
    assert close(rates, [0.1, 0.3])
    assert np.mean(gaps) > 4 * np.std(gaps) / np.sqrt(len(gaps))


def test_the_observed_panel_is_the_complete_one_without_the_silent():
    made = simulate_panel(n=50, groups=5, nonresponse=0.3, seed=3)
    for label in made.panel.labels:
        observed, complete = made.panel.wave(label), made.complete.wave(label)
        rows = observed.cells.senders
        assert 0 < rows.sum() < 50
        assert (observed.ties == (complete.ties & rows[:, None])).all()
        assert observed.cells.receivers.all()
        assert made.panel.status(label) == ["took_part" if row else "no_answer" for row in rows]
    assert made.complete.joint_cells().total == 50 * 49


def test_levels_have_their_shares_and_do_not_move_a_tie():
    setting = World(n=60, groups=4, level_shares=(0.4, 0.3, 0.2, 0.1), **UNEQUAL)
    shares = []
    for made in replications(setting, 200):
        level = made.complete.waves[1].level
        shares.append([(level == k).mean() for k in (1, 2, 3, 4)])
        assert set(level) <= {1, 2, 3, 4}
    # Levels go with the draw alone, so they are independent of the chance of a tie.
    assert close(shares, [0.4, 0.3, 0.2, 0.1])
    plain = simulate(World(n=60, groups=4, **UNEQUAL), 5).complete
    assert (plain.waves[0].ties == simulate(setting, 5).complete.waves[0].ties).all()


def test_the_seed_is_the_only_source_of_luck():
    one, same, other = (simulate_panel(n=30, groups=3, nonresponse=0.2, seed=s) for s in (1, 1, 2))
    for label in ("before", "after"):
        assert (one.panel.wave(label).ties == same.panel.wave(label).ties).all()
        assert (one.panel.wave(label).cells.senders == same.panel.wave(label).cells.senders).all()
    assert (one.panel.wave("after").ties != other.panel.wave("after").ties).any()


def test_the_named_worlds_are_null_or_planted_as_they_say():
    for name in WORLDS:
        truth = world(name).truth()
        assert world(name).sizes in {(18, 18, 18, 18, 17, 17, 17, 17)}
        if name in {"N0", "N1", "N2", "N3"}:
            assert set(truth.values()) == {0.0}
        if name in {"A1", "A2"}:
            assert truth["cross_out_degree"] == pytest.approx(1.0)
            assert truth["within_density"] == 0
    with pytest.raises(NetlearnError, match="no world 'N9'"):
        world("N9")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"n": 10, "groups": (4, 5)}, "add up to n = 10"),
        ({"density": 0.0}, "density"),
        ({"reciprocity": 1.2}, "reciprocity is a share"),
        ({"activity_sd": -1.0}, "activity_sd is a spread"),
        ({"effect": (0.1,)}, "one number per wave"),
        ({"growth": (0.1,)}, "one number per wave"),
        ({"nonresponse": 1.0}, "nonresponse"),
        ({"level_shares": (0.5, 0.4)}, "level_shares"),
    ],
)
def test_a_setting_out_of_range_is_refused(settings, words):
    with pytest.raises(NetlearnError, match=words):
        World(**settings)
