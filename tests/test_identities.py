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


SENT = (  # what a person or department sends: transposing turns it into what it receives
    "cross_out_degree",
    "cross_in_degree",
    "without_cross_contact",
    "departments_named",
    "blau",
    "iqv",
    "cross_over_expected",
    "cross_position",
    "within_group_mixing",
    "brokerage_representative",
    "brokerage_gatekeeper",
)


@some
@given(panels)
def test_transposing_keeps_symmetric_measures(panel):
    back = Panel.from_arrays(
        {w: y.T for w, y in arrays(panel).items()}, panel.group(), directed=panel.directed
    )
    names = [n for n, row in CATALOGUE.items() if n not in SENT and row.has("network")]
    one, two = (measure(p, names)["estimate"].to_numpy() for p in (panel, back))
    assert one == pytest.approx(two, nan_ok=True)
    for sent, received in (
        ("cross_out_degree", "cross_in_degree"),
        ("brokerage_representative", "brokerage_gatekeeper"),
    ):
        out, into = (
            measure(panel, sent)["estimate"].to_numpy(),
            measure(back, received)["estimate"].to_numpy(),
        )
        assert out == pytest.approx(into, nan_ok=True)


@some
@given(panels, st.sampled_from(["department", "person"]))
def test_renaming_changes_no_value_of_a_department_or_person(panel, by):
    order = np.random.default_rng(1).permutation(panel.n)
    waves = {label: y[np.ix_(order, order)] for label, y in arrays(panel).items()}
    groups = [f"d{panel.group()[i]}" for i in order]
    ids = [panel.ids[i] for i in order]
    other = Panel.from_arrays(waves, groups, ids=ids, directed=panel.directed)
    keys = ["measure", "level", "wave"]
    one, two = (measure(p, by=by).sort_values(keys)["estimate"].to_numpy() for p in (panel, other))
    assert one == pytest.approx(two, nan_ok=True)


@some
@given(panels)
def test_a_person_nobody_was_asked_about_changes_no_measure(panel):
    waves = {}
    for label, y in arrays(panel).items():
        wider = np.full((panel.n + 1, panel.n + 1), np.nan)
        wider[1:, 1:] = y
        waves[label] = wider
    other = Panel.from_arrays(waves, [panel.group()[0], *panel.group()], directed=panel.directed)
    one, two = (measure(p)["estimate"].to_numpy() for p in (panel, other))
    assert one == pytest.approx(two, nan_ok=True)


@some
@given(panels)
def test_masking_a_respondent_is_removing_what_they_sent(panel):
    if not panel.directed:
        return  # an undirected pair has no sender
    first = np.flatnonzero(panel.joint_cells().senders)
    if not len(first):
        return
    waves = {label: y.copy() for label, y in arrays(panel).items()}
    for y in waves.values():
        y[first[0]] = np.nan
    masked = measure(Panel.from_arrays(waves, panel.group()), by="person")
    whole = measure(panel, by="person")
    sent = ["cross_out_degree", "departments_named", "blau", "cross_density"]
    rest = ~whole["level"].eq(panel.ids[first[0]]) & whole["measure"].isin(sent)
    assert masked[rest]["estimate"].to_numpy() == pytest.approx(
        whole[rest]["estimate"].to_numpy(), nan_ok=True
    )
    gone = masked[masked["level"].eq(panel.ids[first[0]]) & masked["measure"].isin(sent)]
    assert gone["estimate"].isna().all()


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
