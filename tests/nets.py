"""Small random networks, and the networks with reference values, for the tests of measures of one wave."""

import csv
import json

import numpy as np
from hypothesis import strategies as st

from netlearn.measures.net import net_of


def random_arrays(seed, n=9, k=3, *, density=0.35, silent=2, unnamed=1, holes=0.1, directed=True):
    """Ties, departments and observed cells, with people who are silent, cannot be named or are absent."""
    rng = np.random.default_rng(seed)
    y = (rng.random((n, n)) < density).astype(float)
    o = rng.random((n, n)) >= holes
    o[rng.permuted(np.arange(n))[:silent]] = False
    o[:, rng.permuted(np.arange(n))[:unnamed]] = False
    if not directed:
        y, o = np.triu(y, 1), np.triu(o, 1)
        y, o = y + y.T, o | o.T
    np.fill_diagonal(o, False)
    return np.where(o, y, 0.0), rng.integers(0, k, n), o


def random_net(seed, *, directed=True, **options):
    """Return a net with its ties, departments and observed cells as arrays."""
    y, group, o = random_arrays(seed, directed=directed, **options)
    return net_of(y, group, o, directed=directed), y, group, o


def relabelled(seed, y, group, o, *, directed=True):
    """Return the same network with people in another order, and that order."""
    order = np.random.default_rng(seed).permuted(np.arange(len(y)))
    return net_of(y[np.ix_(order, order)], group[order], o[np.ix_(order, order)], directed=directed), order


def with_isolate(y, group, o):
    """Add a person who answered, names nobody and is named by nobody who was asked."""
    answered, possible = o.any(axis=1), o.any(axis=0)
    wider = np.pad(o, ((0, 1), (0, 1)))
    wider[:-1, -1], wider[-1, :-1] = answered, possible
    return np.pad(y, ((0, 1), (0, 1))), np.append(group, group[0]), wider


def reference_nets(shared):
    """Yield (name, net, values): every network with reference values; values by measure, as the package gave them."""
    for case in sorted((shared / "reference").glob("*/case.json")):
        facts = json.loads(case.read_text(encoding="utf-8"))
        with (case.parent / "nodes.csv").open(encoding="utf-8", newline="") as file:
            names = [row["group"] for row in csv.DictReader(file)]
        group = np.unique(names, return_inverse=True)[1]
        rows = json.loads((case.parent / "reference.json").read_text(encoding="utf-8"))["values"]
        for wave in (name for name in facts["networks"] if name.startswith("wave")):
            y = np.genfromtxt(case.parent / f"{wave}.csv", delimiter=",", missing_values="NA")
            values = {
                r["id"].removeprefix(f"{wave}."): r["value"] for r in rows if r["id"].startswith(f"{wave}.")
            }
            net = net_of(np.nan_to_num(y), group, ~np.isnan(y), directed=facts["directed"])
            yield f"{facts['name']} {wave}", net, values


def numbers(value):
    """Turn a reference value into a float array: "NaN" becomes NaN."""
    return np.array(value, dtype=float)


seeds = st.integers(0, 10_000)
