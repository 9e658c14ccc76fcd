"""Simulated programmes whose training starts in turns: the lot, the places for names, and what is true of them."""

from dataclasses import replace

import numpy as np
import pytest
from rotas import world

from netlearn import NetlearnError
from netlearn.planning.staggered import OUTSIDE, Rota, simulate_staggered


def rota(**settings):
    return Rota(
        settings.pop("world", world()), **({"n_programme": 60, "n_trained": 30, "n_areas": 3} | settings)
    )


def test_training_is_dealt_within_areas_in_equal_turns():
    for seed in range(5):
        made = simulate_staggered(rota(), seed)
        start, strata = made.allocation.start, made.allocation.strata
        assert (strata >= 0).sum() == 60
        assert [int((start == wave).sum()) for wave in (1, 2)] == [15, 15]
        for stratum in range(3):
            here = strata == stratum
            assert abs((start[here] < 3).sum() - here.sum() / 2) < 1
        assert (start[strata < 0] > 2).all()
        assert made.allocation.randomized
        assert made.allocation.by == "start-wave"


def test_attributes_say_what_the_allocation_says():
    made = simulate_staggered(rota(), 3)
    told = made.panel.attributes
    assert [w or "never" for w in told["start"]] == [
        made.panel.labels[s] if s < 3 else "never" for s in made.allocation.start
    ]
    outside = np.array(told["stratum"]) == OUTSIDE
    assert (outside == (made.allocation.strata < 0)).all()
    assert (np.array(told["stratum"])[~outside] == np.array(told["area"])[~outside]).all()


def test_who_is_not_in_the_programme_never_answers_and_can_be_named():
    made = simulate_staggered(rota(), 1)
    outside = made.allocation.strata < 0
    for wave in (*made.panel.waves, *made.complete.waves):
        assert not wave.cells.senders[outside].any()
        assert wave.cells.receivers.all()
    assert all(w.cells.senders[~outside].all() for w in made.complete.waves)
    assert any(np.isin(w.receiver, np.flatnonzero(outside)).any() for w in made.panel.waves)


def test_nobody_names_more_than_there_are_places_and_those_with_fewer_keep_all():
    wide, narrow = (simulate_staggered(rota(most_names=most), 2).complete for most in (89, 4))
    for all_of_them, some in zip(wide.waves, narrow.waves, strict=True):
        before, after = (np.bincount(w.sender, minlength=90) for w in (all_of_them, some))
        assert (after == np.minimum(before, 4)).all()
        assert before.max() > 4
        assert (some.ties <= all_of_them.ties).all()


def test_the_same_seed_gives_the_same_people_and_luck():
    plain, helped = (simulate_staggered(rota(effect_both=e, most_names=89), 7) for e in (0.0, 0.5))
    assert plain.places == helped.places
    assert plain.allocation.start.tolist() == helped.allocation.start.tolist()
    for at, (before, after) in enumerate(zip(plain.panel.waves, helped.panel.waves, strict=True)):
        gained = after.ties & ~before.ties
        both = np.logical_and.outer(*(plain.allocation.trained(at),) * 2)
        assert (before.ties <= after.ties).all()
        assert not gained[~both].any()
        assert gained.any() == (at > 0)


def test_ties_thin_out_with_distance():
    far = {}
    for decay in (0.0, 2.0):
        made = simulate_staggered(rota(decay=decay, world=world(density=0.1, homophily=0.0)), 5)
        xy = np.array(list(made.places.values()))[made.panel.group()]
        away = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
        far[decay] = away[made.panel.wave("w0").ties].mean()
    assert far[2.0] < 0.7 * far[0.0]


def test_the_truth_of_pairs_is_the_chance_that_training_adds():
    """With hardly any ties and places for all, a pair of trained people gains the chance itself."""
    empty = world(density=1e-6, homophily=0.0, activity_sd=0.0)
    made = rota(world=empty, effect_both=0.1, effect_one=0.02, most_names=89)
    truth = made.truth(40, seed=1)
    assert truth["both_trained"] == pytest.approx(10, abs=0.7)
    assert truth["one_trained"] == pytest.approx(2, abs=0.15)


def test_the_truth_of_people_is_the_number_of_colleagues_that_training_adds():
    """By hand: 15 start first. They gain 14 x 0.1, then 29 x 0.1 as do the others, in departments of one person."""
    alone = world(departments=90, density=1e-6, homophily=0.0, activity_sd=0.0)
    truth = rota(world=alone, effect_both=0.1, most_names=89).truth(60, seed=2)
    assert truth["cross_out_degree"] == pytest.approx((1.4 + 2.9 + 2.9) / 3, abs=0.1)
    assert rota(world=alone).truth(2) == {"cross_out_degree": 0, "both_trained": 0, "one_trained": 0}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"n_trained": 60}, "n_trained must be"),
        ({"n_trained": 1}, "n_trained must be"),
        ({"n_programme": 91}, "n_trained must be"),
        ({"effect_both": 1.0}, "chances"),
        ({"effect_one": -0.1}, "chances"),
        ({"most_names": 0}, "1 or more"),
        ({"n_areas": 0}, "1 or more"),
    ],
)
def test_settings_out_of_range_are_refused(settings, said):
    with pytest.raises(NetlearnError, match=said):
        replace(rota(), **settings)
