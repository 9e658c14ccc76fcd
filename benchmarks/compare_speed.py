"""Time one comparison of a big panel beside a dense numpy version of the same interval, in one run.

    uv run python benchmarks/compare_speed.py [--people 2000] [--ties 40000]

Prints seconds, the ratio and the peak memory of each. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc

import numpy as np

from netlearn import Cells, Panel, Wave, compare
from netlearn.analysis.joint import joint
from netlearn.measures.catalogue import find


def big_panel(n: int, ties: int, departments: int = 20, seed: int = 1) -> Panel:
    """Two waves of `ties` random arcs that share half of them; a tenth of the people silent in each wave."""
    rng = np.random.default_rng(seed)
    kept = rng.integers(0, n * n, ties)
    waves = []
    for label in ("before", "after"):
        keys = np.unique(np.concatenate([kept[: ties // 2], rng.integers(0, n * n, ties // 2)]))
        cells = Cells(rng.random(n) > 0.1, np.ones(n, bool), np.empty(0, np.int64))
        i, j = keys // n, keys % n
        keep = cells.contains(i, j)
        waves.append(Wave(label, i[keep], j[keep], np.ones(keep.sum()), cells))
    group = np.tile(np.arange(n) % departments, (2, 1))
    status = np.array([np.where(w.cells.senders, 0, 1) for w in waves])
    names = tuple(f"d{k:02d}" for k in range(departments))
    return Panel(tuple(waves), tuple(f"p{i}" for i in range(n)), group, names, status)


def dense_standard_error(panel: Panel, measure: str) -> float:
    """The person-level standard error with n x n arrays, as one would write it first."""
    view = joint(panel, *panel.labels)
    base, s1, s2 = view.estimator(find(measure)).slopes(*view.class_sums())
    mask = view.cells.dense()
    kind = view.cell_class[np.ix_(view.block, view.block)]
    y1, y2 = np.zeros(mask.shape), np.zeros(mask.shape)
    y1[view.sender, view.receiver], y2[view.sender, view.receiver] = view.first, view.second
    psi = np.where(mask, base[kind] + s1[kind] * y1 + s2[kind] * y2, 0.0)
    pairs = psi + psi.T
    squares = (pairs**2).sum() / 2
    n = view.n_senders
    return float(np.sqrt(max((pairs.sum(axis=1) ** 2).sum() - squares, squares) * n / (n - 1)))


def timed(label, work):
    """Run `work` once for time and once for memory."""
    start = time.perf_counter()
    value = work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(f"{label:<42} {seconds:8.3f} s {peak:9.1f} MB   standard error {value:.6g}")
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--ties", type=int, default=40000)
    options = parser.parse_args()
    panel = big_panel(options.people, options.ties)
    print(f"{options.people} people, {panel.n_ties('before')} and {panel.n_ties('after')} ties")
    for measure in ("cross_density", "ei_index"):
        fast = timed(f"{measure}: interval", lambda m=measure: compare(panel, m, draws=0).se)
        timed(f"{measure}: interval and 1,999 swaps", lambda m=measure: compare(panel, m).se)
        slow = timed(f"{measure}: interval, dense numpy", lambda m=measure: dense_standard_error(panel, m))
        print(f"{measure}: dense / ours = {slow / fast:.1f}")


if __name__ == "__main__":
    main()
