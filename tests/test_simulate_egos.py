"""Simulated ego networks: the planted change is there, and tests on them err as often as they promise."""

import numpy as np
import pandas as pd
import pytest

from netlearn.analysis.ego import compare_egos, ego_networks
from netlearn.analysis.ego_run import numbers
from netlearn.errors import NetlearnError
from netlearn.planning.egos import EgoWorld, simulate_egos
from netlearn.survey.alters import EgoTables

PLANTED = {"growth": 1.3, "shift": 0.8, "easier": 0.4, "known": (1.0, 0.5), "new_ease": -0.5, "tilt": 0.4}


def data_of(made, ease=True):
    alters = made.alters.assign(ease=numbers(made.alters, "ease")) if ease else made.alters
    return ego_networks(made.egos, alters, made.ties, waves=made.world.waves, score="ease" if ease else None)


def test_the_tables_are_those_of_a_survey():
    made = simulate_egos(n=40, departments=["North", "South"], seed=5, max_slots=4, size=4.0)
    assert isinstance(made, EgoTables)
    assert list(made.egos) == ["ego", "wave", "department", "answered", "ties_answered"]
    assert set(made.alters["department"]) == {"North", "South"}
    sizes = made.alters.groupby(["wave", "ego"]).size()
    assert sizes.max() == 4
    assert (sizes == 4).sum() > 10
    assert set(made.alters["ease"]) <= {"1", "2", "3", "4", "5"}
    listed = made.alters[made.alters["on_roster"].astype(bool)]
    assert not (listed["alter"] == listed["ego"]).any()
    home = made.egos.drop_duplicates("ego").set_index("ego")["department"]
    assert (listed["alter"].map(home) == listed["department"]).all()
    assert 0.1 < len(listed) / len(made.alters) < 0.5
    data_of(made)  # no alter twice, no tie of somebody who was not named


def test_the_same_seed_with_another_shift_gives_the_same_people():
    one, two = (simulate_egos(n=20, seed=3, shift=shift) for shift in (0.0, 2.0))
    pd.testing.assert_frame_equal(one.egos, two.egos)
    columns = ["ego", "wave", "ease"]
    pd.testing.assert_frame_equal(one.alters[columns], two.alters[columns])
    before = one.alters["wave"] == "before"
    pd.testing.assert_frame_equal(one.alters[before], two.alters[before])
    assert (one.alters["department"] != two.alters["department"]).any()
    again = simulate_egos(n=20, seed=3)
    pd.testing.assert_frame_equal(one.alters, again.alters)
    pd.testing.assert_frame_equal(one.ties, again.ties)


def test_the_truth_is_what_a_very_large_course_shows():
    made = simulate_egos(n=1500, departments=5, seed=1, listed=0.0, **PLANTED)
    data = data_of(made)
    for measure, within in (("size", 0.15), ("share_elsewhere", 0.03), ("mean_score", 0.07)):
        found = compare_egos(data, measure, draws=0)
        assert found.estimate == pytest.approx(made.truth[measure], abs=within)
        assert found.low < made.truth[measure] < found.high
    alters = compare_egos(data, "share_elsewhere", draws=0).alters.change
    assert alters.low < made.truth["share_elsewhere_alters"] < alters.high
    assert not any(EgoWorld(tilt=0.5, drift=0.9).truth().values())


def test_ties_among_colleagues_and_silence():
    made = simulate_egos(n=60, seed=2, contact=(1.0, 0.0), nonresponse=(0.0, 0.5))
    per_wave = made.egos["wave"].value_counts()
    assert per_wave["before"] == 60
    assert 15 < per_wave["after"] < 45
    place = made.alters.set_index(["wave", "ego", "alter"])["department"]
    ends = [
        [place[(t.wave, t.ego, getattr(t, end))] for t in made.ties.itertuples()]
        for end in ("alter_a", "alter_b")
    ]
    assert ends[0] == ends[1]


def test_people_keep_their_colleagues_as_far_as_they_are_stable():
    def kept(stability):
        made = simulate_egos(n=60, departments=2, seed=4, listed=1.0, stability=stability, drift=0.0)
        sets = {w: set(zip(f["ego"], f["alter"], strict=True)) for w, f in made.alters.groupby("wave")}
        return len(sets["before"] & sets["after"]) / len(sets["before"])

    assert kept(1.0) > 0.6 > 0.3 > kept(0.0)


@pytest.mark.parametrize(
    "settings",
    [{"n": 0}, {"departments": 1}, {"share": 1.0}, {"size": 0.0}, {"tilt": 2.0}, {"nonresponse": (0.0, 2.0)}],
)
def test_settings_out_of_range(settings):
    with pytest.raises(NetlearnError):
        simulate_egos(**({"n": 5, "seed": 1} | settings))


def test_intervals_hold_the_truth_and_nothing_is_cried_at_26_people():
    """100 courses of 26: of 5 % promised at most 12 % (3 standard errors) are false alarms or miss the truth."""
    held, cried = [], []
    for run in range(100):
        seed = np.random.SeedSequence((3, run))
        made = simulate_egos(26, seed=seed, growth=1.3, shift=0.6, tilt=0.4)
        data = data_of(made, ease=False)
        size, share = (compare_egos(data, m, draws=0) for m in ("size", "share_elsewhere"))
        alters = share.alters.change
        truth = [made.truth[m] for m in ("size", "share_elsewhere", "share_elsewhere_alters")]
        held.append([c.low <= t <= c.high for c, t in zip((size, share, alters), truth, strict=True)])
        still = data_of(simulate_egos(26, seed=seed), ease=False)
        size, share = (compare_egos(still, m, draws=0) for m in ("size", "share_elsewhere"))
        cried.append([size.p_value <= 0.05, share.p_value <= 0.05, share.alters.change.p_value <= 0.05])
    assert (np.mean(held, axis=0) >= 0.88).all()
    assert (np.mean(cried, axis=0) <= 0.12).all()
