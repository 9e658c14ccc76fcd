import networkx as nx
import numpy as np
import pytest
from panels import dense, random_panel

from netlearn import NetlearnError, Panel, measure, mixing_matrix, turnover
from netlearn.measures.catalogue import CATALOGUE
from netlearn.study.privacy import pool_departments


def value(frame, name, wave, level="network"):
    rows = frame[(frame["measure"] == name) & (frame["wave"] == wave) & (frame["level"] == level)]
    return float(rows["estimate"].item())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_network_values_equal_a_dense_loop(seed):
    panel = random_panel(seed, movers=False)
    mask, ties, (cross, _) = dense(panel)
    frame = measure(panel)
    for label, y in zip(panel.labels, ties, strict=True):
        x, w = y[cross].sum(), y[~cross].sum()
        px, pw = (x + 0.5) / ((mask & cross).sum() + 1), (w + 0.5) / ((mask & ~cross).sum() + 1)
        expected = {
            "density": y.sum() / mask.sum(),
            "cross_density": x / (mask & cross).sum(),
            "within_density": w / (mask & ~cross).sum(),
            "cross_share": x / (x + w),
            "ei_index": (x - w) / (x + w),
            "cross_log_odds": np.log(px / (1 - px)) - np.log(pw / (1 - pw)),
            "reciprocity": (y * y.T).sum() / y[mask & mask.T].sum(),
            "cross_out_degree": (y * cross).sum() / mask.any(axis=1).sum(),
            "cross_in_degree": (y * cross).sum() / mask.any(axis=0).sum(),
        }
        for name, number in expected.items():
            assert value(frame, name, label) == pytest.approx(number), name


def test_reciprocity_is_networkx_reciprocity_when_all_answered():
    panel = random_panel(6, missing=False)
    expected = nx.overall_reciprocity(panel.to_networkx("before"))
    assert value(measure(panel, "reciprocity"), "reciprocity", "before") == pytest.approx(expected)


def test_department_and_person_values_are_of_their_own_ties():
    panel = random_panel(7, movers=False)
    mask, (y, _), (cross, _) = dense(panel)
    by_department = measure(panel, ["cross_density", "cross_in_degree", "density"], by="department")
    group = panel.group()
    for g, name in enumerate(panel.group_names):
        rows = (mask & cross)[group == g]
        assert value(by_department, "cross_density", "before", name) == pytest.approx(
            y[group == g][rows].mean()
        )
        columns = (group == g) & mask.any(axis=0)
        received = (y * cross)[:, columns].sum(axis=0).mean()
        assert value(by_department, "cross_in_degree", "before", name) == pytest.approx(received)
        touching = (mask | mask.T) & ((group == g)[:, None] | (group == g))
        pairs = by_department[(by_department["level"] == name) & (by_department["measure"] == "density")]
        assert (pairs["n_dyads"] == np.triu(touching, 1).sum()).all()
    by_person = measure(panel, "cross_out_degree", by="person")
    for i, person in enumerate(panel.ids):
        number = value(by_person, "cross_out_degree", "before", person)
        assert np.isnan(number) if not mask[i].any() else number == (y * cross)[i].sum()


def test_departments_in_contact_counts_directions():
    y = np.zeros((6, 6))
    y[0, 2] = y[0, 4] = y[2, 0] = 1
    panel = Panel.from_arrays({"now": y}, list("AABBCC"))
    assert value(measure(panel, "departments_in_contact"), "departments_in_contact", "now") == 0.5
    reached = measure(panel, "departments_in_contact", by="department").set_index("level")["estimate"]
    assert reached.to_dict() == {"A": 1.0, "B": 0.5, "C": 0.0}
    person = measure(panel, "departments_in_contact", by="person")["estimate"].tolist()
    assert person == [1.0, 0, 0.5, 0, 0, 0]


def test_cells_of_the_wave_or_of_all_waves():
    y1, y2 = np.zeros((3, 3)), np.zeros((3, 3))
    y1[0, 2] = y1[1, 2] = 1
    y2[0] = np.nan
    panel = Panel.from_arrays({"a": y1, "b": y2}, list("AAB"))
    assert value(measure(panel, "cross_density"), "cross_density", "a") == pytest.approx(1 / 3)
    assert value(measure(panel, "cross_density", cells="wave"), "cross_density", "a") == pytest.approx(2 / 4)


def test_undirected_pairs_count_once():
    panel = random_panel(9, directed=False, movers=False)
    mask, (y1, y2), (cross, _) = dense(panel)
    frame = measure(panel)
    p = [(np.triu(y1 * c).sum() + 0.5) / (np.triu(mask & c).sum() + 1) for c in (cross, ~cross)]
    logit = [np.log(q / (1 - q)) for q in p]
    assert value(frame, "cross_log_odds", "before") == pytest.approx(logit[0] - logit[1])
    assert np.isnan(value(frame, "reciprocity", "before"))
    flows = turnover(panel)
    upper = np.triu(np.ones_like(y1), 1)
    assert flows.loc["cross", "kept"] == (y1 * y2 * cross * upper).sum()
    assert flows.loc["all", "cells"] == (mask * upper).sum()
    table = mixing_matrix(panel, "before", waves=panel.labels)
    assert np.trace(table) + (table.to_numpy().sum() - np.trace(table)) / 2 == (y1 * upper).sum()


def test_turnover_adds_up():
    panel = random_panel(10)
    flows = turnover(panel)
    for column in ("cells", "kept", "formed", "dissolved", "never", "hamming"):
        assert flows.loc["within", column] + flows.loc["cross", column] == flows.loc["all", column]
    mask, (y1, y2), _ = dense(panel)
    assert flows.loc["all", "kept"] == (y1 * y2).sum()
    assert flows.loc["all", "jaccard"] == pytest.approx((y1 * y2).sum() / ((y1 + y2) > 0).sum())
    assert flows.loc["all", "cells"] == mask.sum()


def test_turnover_of_a_wave_with_itself():
    panel = random_panel(10, missing=False)
    y = panel.wave("before").ties.astype(float)
    same = turnover(Panel.from_arrays({"a": y, "b": y}, panel.group()))
    assert same.loc["all", "jaccard"] == 1
    assert same.loc["all", "hamming"] == 0


def test_mixing_matrix_has_counts_densities_and_shares():
    panel = random_panel(12, movers=False)
    y, mask, member = panel.wave("before").ties, panel.wave("before").observed, np.eye(4)[panel.group()]
    ties, cells = member.T @ y @ member, member.T @ mask @ member
    assert np.array_equal(mixing_matrix(panel, "before"), ties)
    assert np.allclose(mixing_matrix(panel, "before", normalized=True), ties / cells)
    assert np.allclose(mixing_matrix(panel, "before", what="shares"), ties / ties.sum(axis=1, keepdims=True))


def test_pooled_departments_keep_true_borders():
    panel = random_panel(13, movers=False)
    pooling = pool_departments(panel.group_names, [9, 9, 1, 9], 5)
    frame = measure(panel, ["cross_density"], by="department", pooling=pooling)
    mask, (y, _), (cross, _) = dense(panel)
    inside = np.isin(panel.group(), np.flatnonzero(pooling.unit == len(pooling.names) - 1))
    expected = y[inside][(mask & cross)[inside]].mean()
    assert value(frame, "cross_density", "before", "(pooled)") == pytest.approx(expected)


def test_every_measure_at_every_level_gives_a_row_per_wave_and_unit():
    panel = random_panel(14)
    for by, units in (("network", 1), ("department", 4), ("person", panel.n)):
        known = [name for name, row in CATALOGUE.items() if row.has(by)]
        assert len(measure(panel, by=by)) == len(known) * 2 * units
        assert list(dict.fromkeys(measure(panel, by=by)["measure"])) == known


def test_bad_choices_are_named():
    with pytest.raises(NetlearnError, match="by must be"):
        measure(random_panel(1), by="team")
    with pytest.raises(NetlearnError, match="no measure"):
        measure(random_panel(1), "foo")
    with pytest.raises(NetlearnError, match="at least one"):
        measure(random_panel(1), [])
    with pytest.raises(NetlearnError, match="at least one"):
        measure(random_panel(1), waves=[])
    with pytest.raises(NetlearnError, match="what must be"):
        mixing_matrix(random_panel(1), "before", what="zz")
    assert set(measure(random_panel(1), waves="before")["wave"]) == {"before"}
