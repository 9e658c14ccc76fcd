"""Networks with numbers computed by other packages, and small random networks with silent and absent people."""

import csv
import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from netlearn.measures.net import net_of

NUMBERS = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf, None: np.nan}


@dataclass(frozen=True, eq=False)
class Case:
    """One network of one case: the Net, its matrices, and the values by id (None = the package failed)."""

    name: str
    wave: str
    net: object
    ties: np.ndarray
    observed: np.ndarray
    labels: list
    values: dict

    def value(self, key):
        """The value as an array in the order of `labels`, or None if there is none or the package failed."""
        found = self.values.get(f"{self.wave}.{key}")
        if found is None:
            return None
        if isinstance(found, dict):
            found = [found[label] for label in self.labels]
        return np.vectorize(lambda x: float(NUMBERS.get(x, x) if isinstance(x, str) else x))(found)


def _matrix(path):
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    return np.array([[np.nan if cell == "NA" else float(cell) for cell in row] for row in rows])


def _load(folder):
    about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    listed = json.loads((folder / "reference.json").read_text(encoding="utf-8"))["values"]
    values = {entry["id"]: entry["value"] for entry in listed}
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        labels, group = np.unique([row["group"] for row in csv.DictReader(file)], return_inverse=True)
    for wave in about["networks"]:
        matrix = _matrix(folder / f"{wave}.csv")
        ties, observed = np.nan_to_num(matrix), ~np.isnan(matrix)
        if not np.isin(ties, (0, 1)).all():
            continue
        np.fill_diagonal(observed, False)
        net = net_of(ties, group, observed, directed=about["directed"])
        yield Case(folder.name, wave, net, ties, observed, list(labels), values)


@cache
def all_cases(shared):
    """Every 0/1 network of every case."""
    folders = sorted(path for path in (shared / "reference").iterdir() if path.is_dir())
    return [case for folder in folders for case in _load(folder)]


def random_net(seed, n=14, k=4, *, directed=True, missing=True, density=0.35):
    """A Net with its dense ties and mask: two silent people, one who could not be named, one absent, blank cells."""
    rng = np.random.default_rng(seed)
    y = rng.random((n, n)) < density
    mask = np.ones((n, n), bool)
    if missing:
        silent = rng.permutation(n)[:4]
        mask[silent[:3]] = False
        mask[:, silent[2:]] = False
        mask &= rng.random((n, n)) > 0.1
    if not directed:
        y = np.triu(y, 1)
        y, mask = y | y.T, mask & mask.T
    np.fill_diagonal(mask, False)
    group = rng.permutation(np.arange(n) % k)
    y = (y & mask).astype(float)
    return net_of(y, group, mask, directed=directed), y, mask


def slopes(function, ties, cells, step=1e-6):
    """Numeric slopes of a number in every entry of the two tables."""
    found = []
    for which in (0, 1):
        slope = np.zeros_like(ties)
        for place in np.ndindex(ties.shape):
            tables = [np.array(ties, float), np.array(cells, float)]
            tables[which][place] += step
            up = function(*tables)
            tables[which][place] -= 2 * step
            slope[place] = (up - function(*tables)) / (2 * step)
        found.append(slope)
    return found
