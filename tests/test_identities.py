"""Identities that must hold for any panel (Hypothesis draws the panels)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import random_panel

from netlearn import Panel, compare, measure, turnover
from netlearn.measures.catalogue import CATALOGUE, COMPARABLE

panels = st.builds(
    random_panel,
    st.integers(0, 10**6),
    n=st.integers(6, 20),
    k=st.integers(2, 5),
    directed=st.booleans(),
    missing=st.booleans(),
    movers=st.just(False),
    density=st.sampled_from([0.0, 0.05, 0.3, 1.0]),
)
some = settings(max_examples=40, deadline=None)


def arrays(panel):
    return {w.label: np.where(w.observed, w.ties, np.nan) for w in panel.waves}


@some
@given(panels, st.integers(0, 10**6))
def test_renaming_people_and_departments_changes_no_measure(panel, seed):
    order = np.random.default_rng(seed).permutation(panel.n)
    names = [f"x{9 - g}" for g in panel.group()]
    waves = {label: y[np.ix_(order, order)] for label, y in arrays(panel).items()}
    other = Panel.from_arrays(waves, [names[i] for i in order], directed=panel.directed)
    one, two = measure(panel)["estimate"], measure(other)["estimate"]
    assert one.to_numpy() == pytest.approx(two.to_numpy(), nan_ok=True)
    assert turnover(panel).to_numpy() == pytest.approx(turnover(other).to_numpy(), nan_ok=True)


@some
@given(panels)
def test_values_lie_in_range_and_shares_agree(panel):
    frame = measure(panel)
    for name, row in CATALOGUE.items():
        values = frame.loc[frame["measure"] == name, "estimate"].dropna()
        assert row.low is None or (values >= row.low).all()
        assert row.high is None or (values <= row.high).all()
    share = frame.loc[frame["measure"] == "cross_share", "estimate"].to_numpy()
    index = frame.loc[frame["measure"] == "ei_index", "estimate"].to_numpy()
    assert index == pytest.approx(2 * share - 1, nan_ok=True)


@some
@given(panels, st.sampled_from(COMPARABLE))
def test_a_wave_against_itself_has_changed_by_zero(panel, name):
    y = arrays(panel)["before"]
    change = compare(
        Panel.from_arrays({"a": y, "b": y}, panel.group(), directed=panel.directed), name, draws=19
    )
    assert np.isnan(change.estimate) or change.estimate == 0
    assert np.isnan(change.p_value)
    assert change.swap is None or change.swap.p_value == 1


@some
@given(panels, st.sampled_from(COMPARABLE))
def test_an_isolate_who_did_not_answer_changes_no_value(panel, name):
    # Nobody was asked about the newcomer either, so the newcomer holds no cell.
    waves = {}
    for label, y in arrays(panel).items():
        wider = np.full((panel.n + 1, panel.n + 1), np.nan)
        wider[:-1, :-1] = y
        waves[label] = wider
    other = Panel.from_arrays(waves, [*panel.group(), 0], directed=panel.directed)
    one, two = compare(panel, name, draws=0), compare(other, name, draws=0)
    assert (one.estimate, one.p_value) == pytest.approx((two.estimate, two.p_value), nan_ok=True)


@some
@given(panels)
def test_transposing_keeps_symmetric_measures(panel):
    back = Panel.from_arrays(
        {w: y.T for w, y in arrays(panel).items()}, panel.group(), directed=panel.directed
    )
    names = [n for n in CATALOGUE if n not in ("cross_out_degree", "cross_in_degree")]
    one, two = (measure(p, names)["estimate"].to_numpy() for p in (panel, back))
    assert one == pytest.approx(two, nan_ok=True)
    out, into = (
        measure(p, n)["estimate"].to_numpy()
        for p, n in ((panel, "cross_out_degree"), (back, "cross_in_degree"))
    )
    assert out == pytest.approx(into, nan_ok=True)


@some
@given(panels)
def test_the_complement_mirrors_the_densities(panel):
    opposite = {w: np.where(np.eye(panel.n) > 0, 0, 1 - y) for w, y in arrays(panel).items()}
    other = Panel.from_arrays(opposite, panel.group(), directed=panel.directed)
    names = ["density", "cross_density", "within_density"]
    one, two = (measure(p, names)["estimate"].to_numpy() for p in (panel, other))
    assert one == pytest.approx(1 - two, nan_ok=True)
    log_odds = [measure(p, "cross_log_odds")["estimate"].to_numpy() for p in (panel, other)]
    assert log_odds[0] == pytest.approx(-log_odds[1], nan_ok=True)
