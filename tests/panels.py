"""Small random panels and brute-force counterparts for the tests."""

import numpy as np

from netlearn import Panel


def random_panel(seed, n=18, k=4, *, directed=True, missing=True, movers=True, density=0.3):
    """Two waves with silent people, absent people and blank cells."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % k
    later = group.copy()
    if movers:
        later[0] = (group[0] + 1) % k
    ties, observed = {}, {}
    for label in ("before", "after"):
        y = (rng.random((n, n)) < density).astype(float)
        o = np.ones((n, n), bool)
        if missing:
            o[rng.choice(n, 3, replace=False)] = False
            o[:, rng.choice(n, 1)] = False
            o &= rng.random((n, n)) > 0.1
        if not directed:
            y = np.triu(y, 1)
            y, o = y + y.T, o & o.T
        ties[label], observed[label] = y, o
    departments = {"before": [f"d{g}" for g in group], "after": [f"d{g}" for g in later]}
    return Panel.from_arrays(ties, departments, observed, directed=directed)


def dense(panel):
    """Joint mask, 0/1 ties and cross masks of the two waves, as square arrays."""
    first, second = panel.labels
    mask = panel.wave(first).observed & panel.wave(second).observed
    ties = [np.where(mask, panel.wave(w).ties, False).astype(float) for w in (first, second)]
    cross = [panel.group(w)[:, None] != panel.group(w) for w in (first, second)]
    return mask, ties, cross


def brute_change(row, mask, ties, cross, weight, unit):
    """Change of a measure from weighted sums over all cells, one by one."""

    def value(y, c):
        t = np.array([(y * weight)[~c].sum(), (y * weight)[c].sum()]) * unit
        room = np.array([weight[~c & mask].sum(), weight[c & mask].sum()]) * unit
        return float(row.value(t, room))

    return value(ties[1], cross[1]) - value(ties[0], cross[0])


def brute_influence(row, mask, ties, cross, unit, step=1e-5):
    """Influence of every observed cell: the slope of the change in the weight of that cell."""
    weight = mask.astype(float)
    influence = np.zeros_like(weight)
    for cell in zip(*np.nonzero(mask), strict=True):
        up, down = weight.copy(), weight.copy()
        up[cell] += step
        down[cell] -= step
        rise = brute_change(row, mask, ties, cross, up, unit) - brute_change(
            row, mask, ties, cross, down, unit
        )
        influence[cell] = rise / (2 * step)
    return influence
