import networkx as nx
import numpy as np
import pandas as pd
import pytest
from panels import random_panel
from scipy import stats

import netlearn as nl
from netlearn.measures.catalogue import CATALOGUE


def test_a_graph_an_array_and_a_panel_give_the_same_values():
    panel = random_panel(3, n=9, missing=False, movers=False)
    array = panel.wave("after").ties.astype(float)
    group = [panel.group_names[g] for g in panel.group()]
    one = nl.measure(panel, waves=["after"])["estimate"].to_numpy()
    two = nl.measure(array, group=group)["estimate"].to_numpy()
    three = nl.measure(panel.to_networkx("after"))["estimate"].to_numpy()
    assert one == pytest.approx(two, nan_ok=True)
    assert one == pytest.approx(three, nan_ok=True)
    with pytest.raises(nl.NetlearnError, match="group="):
        nl.measure(array)


def test_a_department_table_is_enough_for_its_measures():
    panel = random_panel(4, missing=False, movers=False)
    ties, cells = (nl.mixing_matrix(panel, "after", what=what).to_numpy() for what in ("ties", "cells"))
    table = nl.measure_table(ties, cells).set_index("measure")["estimate"]
    whole = nl.measure(panel, list(table.index), waves=["after"]).set_index("measure")["estimate"]
    assert table.to_dict() == pytest.approx(whole.to_dict())
    for bad in ([[1, 2]], [[9, 0], [0, 0]], [[-1, 0], [0, 0]]):
        with pytest.raises(nl.NetlearnError, match="ties"):
            nl.measure_table(bad, [[2, 4], [4, 2]])


def test_brokerage_adds_up_over_people_departments_and_the_network():
    panel = random_panel(5, n=20)
    person, department, network = (
        nl.brokerage(panel, "after", by=by) for by in ("person", "department", "network")
    )
    by_role = person.groupby("role")["count"].sum()
    assert department.groupby("role")["count"].sum().to_dict() == pytest.approx(by_role.to_dict())
    assert network.set_index("role")["count"].to_dict() == pytest.approx(by_role.to_dict())
    z = network.assign(z2=(network["count"] - network["expected"]) / network["sd"])
    assert z["z"].to_numpy() == pytest.approx(z["z2"].to_numpy())
    measured = nl.measure(panel, "brokerage_liaison", waves=["after"])["estimate"].item()
    assert measured >= by_role["liaison"]  # beside a null only people who answered and could be named count


def test_partial_credit_shares_each_pair_once():
    y = np.zeros((4, 4))
    y[0, 1] = y[0, 2] = y[1, 3] = y[2, 3] = 1  # two people connect 0 and 3
    whole = nl.brokerage(y, group=list("AABB")).set_index("role")["count"]
    shared = nl.brokerage(y, group=list("AABB"), partial=True).set_index("role")["count"]
    assert (whole["total"], shared["total"]) == (2, 1)


def test_role_changes_are_the_difference_of_two_counts():
    panel = random_panel(6)
    table = nl.role_changes(panel).set_index("role")
    assert (table["later"] - table["earlier"]).to_dict() == table["change"].to_dict()
    counts = nl.measure(panel, "brokerage_gatekeeper")["estimate"].to_numpy()
    assert table.loc["gatekeeper", ["earlier", "later"]].tolist() == pytest.approx(counts)
    assert (table[["both", "only_earlier", "only_later"]].sum(axis=1) <= panel.n).all()


def test_the_segregation_family_is_whole():
    panel = random_panel(7)
    table = nl.segregation(panel, "after", by="department")
    assert {"coleman", "segregation_matrix", "department_ei", "spectral_segregation"} <= set(table["measure"])
    names = set(nl.segregation(panel)["measure"])
    assert names == {n for n, row in CATALOGUE.items() if row.family == "segregation" and row.has("network")}


def test_triad_census_is_that_of_networkx():
    panel = random_panel(8, n=12, missing=False)
    expected = nx.triadic_census(panel.to_networkx("after"))
    found = nl.triad_census(panel, "after")
    assert isinstance(found, pd.Series)
    assert found.to_dict() == expected


def test_distance_decay_takes_sites_by_department_name():
    panel = random_panel(9, n=24, missing=False, movers=False)
    sites = {"d0": (0, 0), "d1": (3, 4), "d2": (6, 8), "d3": (0, 10)}
    found = nl.distance_decay(panel, sites, "after", limits=[0, 5, 20])
    place = np.array([sites[panel.group_names[g]] for g in panel.group()], dtype=float)
    distance = np.linalg.norm(place[:, None] - place, axis=2)
    y, off = panel.wave("after").ties, ~np.eye(panel.n, dtype=bool)
    near, far = off & (distance > 0) & (distance <= 5), off & (distance > 5)
    assert found.density == pytest.approx([y[off & (distance == 0)].mean(), y[near].mean(), y[far].mean()])
    with pytest.raises(nl.NetlearnError, match="d3"):
        nl.distance_decay(panel, {k: v for k, v in sites.items() if k != "d3"})


@pytest.mark.parametrize("name", ["ei_index", "coleman", "cross_out_degree"])
def test_departments_are_compared_by_leaving_people_out(name):
    panel = random_panel(10, n=20, movers=False)
    table = nl.compare_departments(panel, name)
    by_wave = nl.measure(panel, name, by="department").pivot_table("estimate", "level", "wave", sort=False)
    change = (by_wave["after"] - by_wave["before"]).reindex(table["level"])
    assert table["estimate"].to_numpy() == pytest.approx(change.to_numpy(), nan_ok=True)
    y = {w.label: np.where(w.observed, w.ties, np.nan) for w in panel.waves}
    left = []
    for i in range(panel.n):
        gone = {}
        for label, matrix in y.items():
            cut = matrix.copy()
            cut[i] = cut[:, i] = np.nan
            gone[label] = cut
        rest = nl.measure(nl.Panel.from_arrays(gone, panel.group()), name, by="department")["estimate"]
        left.append(rest.to_numpy()[4:] - rest.to_numpy()[:4])
    left = np.array(left)[panel.joint_cells().people()]
    for g in range(4):
        values = left[:, g][np.isfinite(left[:, g])]
        se = np.sqrt((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum())
        width = (table["high"] - table["low"])[g]
        assert np.isnan(width) or width / (2 * se) > 1.9
        n = table["n_people"][g]
        assert np.isnan(width) or width / 2 == pytest.approx(stats.t.ppf(0.975, n - 1) * se)
    with pytest.raises(nl.NetlearnError, match="not defined by department"):
        nl.compare_departments(panel, "transitivity")


def test_sites_are_taken_by_name_also_when_every_department_is_one_person():
    y = np.zeros((3, 3))
    y[0, 1] = y[1, 0] = 1  # C and B, 99 apart
    found = nl.distance_decay(
        y, {"A": (0, 0), "B": (0, 1), "C": (0, 100)}, group=list("CBA"), limits=[5, 200]
    )
    assert found.ties.tolist() == [0, 2]
    with pytest.raises(nl.NetlearnError, match="by department name"):
        nl.distance_decay(y, np.zeros((3, 2)), group=list("CBA"))


def test_nobody_observed_is_nan_not_zero():
    silent = nl.Panel.from_arrays({w: np.full((4, 4), np.nan) for w in "ab"}, list("AABB"))
    assert nl.brokerage(silent, partial=True)["count"].isna().all()
    assert nl.brokerage(silent)["count"].isna().all()
    assert nl.role_changes(silent)[["earlier", "later", "change"]].isna().all().all()
    assert nl.compare_departments(silent, "cross_density")["estimate"].isna().all()
    alone = nl.measure(np.ones((3, 3)), ["cross_out_degree", "cross_in_degree"], group=list("AAA"))
    assert alone["estimate"].isna().all()


def test_people_behind_a_value_are_those_who_have_one():
    y = np.zeros((12, 12))
    y[0, 1] = y[0, 6] = y[0, 7] = 1
    table = nl.measure(y, ["blau", "density"], by="department", group=list("A" * 6 + "B" * 6)).set_index(
        ["measure", "level"]
    )
    assert table.loc[("density", "A"), "n_people"] == 6
    assert (
        table.loc[("blau", "A"), "n_people"]
        == np.isfinite(
            nl.measure(y, "blau", by="person", group=list("A" * 6 + "B" * 6))["estimate"][:6]
        ).sum()
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda p: nl.brokerage(p, by="role"),
        lambda p: nl.segregation(p, by="role"),
        lambda p: nl.compare_departments(p, alpha=5),
        lambda p: nl.compare_departments(p, waves=("after", "before")),
        lambda p: nl.measure(p, group=["A"]),
        lambda p: nl.compare(np.zeros((3, 3))),
        lambda p: nl.decompose(np.zeros((3, 3))),
    ],
)
def test_wrong_calls_are_named(call):
    with pytest.raises(nl.NetlearnError):
        call(random_panel(1))
