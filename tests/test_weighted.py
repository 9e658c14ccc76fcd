import networkx as nx
import numpy as np
import pytest
from scipy import stats

from netlearn import NetlearnError, Panel, compare, measure
from netlearn.measures.catalogue import CATALOGUE


def levels(seed, n=16, k=4):
    rng = np.random.default_rng(seed)
    waves = {}
    for label in ("before", "after"):
        y = rng.integers(1, 5, (n, n)) * (rng.random((n, n)) < 0.3).astype(float)
        np.fill_diagonal(y, 0)
        waves[label] = y
    return waves, np.arange(n) % k


def test_values_add_up_levels():
    waves, group = levels(1)
    panel = Panel.from_arrays(waves, group)
    cross = group[:, None] != group
    frame = measure(panel, weighted=True).set_index(["measure", "wave"])["estimate"]
    y = waves["before"]
    assert frame["cross_density", "before"] == pytest.approx(y[cross].mean())
    assert frame["cross_share", "before"] == pytest.approx(y[cross].sum() / y.sum())
    assert frame["ei_index", "before"] == pytest.approx(2 * y[cross].sum() / y.sum() - 1)
    assert set(frame.index.get_level_values(0)) == {
        n for n, r in CATALOGUE.items() if r.weighted and r.has("network")
    }


def burt_effective_size(weight):
    """Burt's (1992) formula, loop by loop, for a symmetric matrix of weights."""
    n = len(weight)
    p = weight / weight.sum(axis=1, keepdims=True)
    m = weight / weight.max(axis=1, keepdims=True)
    sizes = []
    for i in range(n):
        contacts = np.flatnonzero(weight[i])
        sizes.append(sum(1 - sum(p[i, q] * m[j, q] for q in range(n) if q not in (i, j)) for j in contacts))
    return sizes


def test_constraint_and_effective_size_of_weighted_ties():
    waves, group = levels(2)
    graph = nx.from_numpy_array(waves["after"], create_using=nx.DiGraph)
    nx.set_node_attributes(graph, dict(enumerate(group.tolist())), "group")
    panel = Panel.from_arrays(waves, group)
    ours = measure(panel, "constraint", by="person", waves=["after"], weighted=True)["estimate"].to_numpy()
    theirs = nx.constraint(graph, weight="weight")
    assert ours == pytest.approx([theirs[i] for i in range(len(group))])
    joined = waves["after"] + waves["after"].T
    size = measure(panel, "effective_size", by="person", waves=["after"], weighted=True)[
        "estimate"
    ].to_numpy()
    assert size == pytest.approx(burt_effective_size(joined))
    halves = Panel.from_arrays({"w": joined / 8}, group, directed=False, threshold=0.01)
    again = measure(halves, "effective_size", by="person", weighted=True)["estimate"].to_numpy()
    assert again == pytest.approx(size)  # the unit of the levels does not matter


def test_the_interval_of_a_weighted_change_by_hand():
    waves, group = levels(3, n=20)
    n, cross = 20, group[:, None] != group
    change = compare(Panel.from_arrays(waves, group), "cross_density", weighted=True, draws=99)
    d = (waves["after"] - waves["before"]) * cross
    mean = d[cross].mean()
    psi = np.where(cross, d - mean, 0) / cross.sum()
    pairs = psi + psi.T
    squares = (np.triu(pairs) ** 2).sum()
    sums = pairs.sum(axis=1)
    people = ((sums**2).sum() - squares) * n / (n - 4)
    df = np.clip(2 * (sums**2).sum() ** 2 / (sums**4).sum() - 1, 2, n - 1)
    variance, df = (people, df) if people > squares else (squares, n * (n - 1) / 2 - 1)
    assert change.estimate == pytest.approx(mean)
    assert change.high - change.estimate == pytest.approx(stats.t.ppf(0.975, df) * np.sqrt(variance))
    assert 0 < change.swap.p_value <= 1


def test_ties_of_level_one_are_the_plain_case():
    waves, group = levels(4)
    plain = Panel.from_arrays({w: (y > 0).astype(float) for w, y in waves.items()}, group)
    for name, row in CATALOGUE.items():
        if row.weighted and row.has("network"):
            one, two = compare(plain, name, draws=0), compare(plain, name, draws=0, weighted=True)
            assert (one.estimate, one.p_value) == pytest.approx((two.estimate, two.p_value), nan_ok=True), (
                name
            )


def test_other_measures_are_refused():
    waves, group = levels(5)
    panel = Panel.from_arrays(waves, group)
    with pytest.raises(NetlearnError, match="not defined for weighted"):
        compare(panel, "transitivity", weighted=True)
    with pytest.raises(NetlearnError, match="not defined for weighted"):
        measure(panel, "brokerage", weighted=True)
