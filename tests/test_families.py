import networkx as nx
import numpy as np
import pandas as pd
import pytest
from panels import random_panel

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
