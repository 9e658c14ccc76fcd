"""Time and memory of one comparison as people and ties grow, beside a dense numpy version of the same interval.

    uv run python benchmarks/compare_speed.py [--quick] [--write]

Prints seconds, the ratio and the peak memory of each. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
from performance_page import put

from netlearn import Cells, Panel, Wave, compare
from netlearn.analysis.joint import joint
from netlearn.measures.catalogue import find

SIZES = [(140, 1_200), (400, 4_000), (2_000, 36_000), (10_000, 100_000), (100_000, 1_000_000)]
DENSE = 2_000  # people up to whom n x n arrays are tried
SWAPS = 999
FIGURE = Path(__file__).resolve().parents[1] / "docs" / "img" / "change-growth.svg"


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
    return float(np.sqrt(max(((pairs.sum(axis=1) ** 2).sum() - squares) * n / (n - 4), squares)))


def timed(work: Callable[[], float]) -> tuple[float, float, float]:
    """Run once for time, once for memory: CPU seconds, MB, and what it gives."""
    start = time.process_time()
    value = work()
    seconds = time.process_time() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return seconds, peak, value


def row(n: int, ties: int) -> tuple[str, list[float]]:
    """A line of the table, and what the figure shows of it: people, seconds and MB of the interval and of the swaps."""
    panel = big_panel(n, ties)
    fast = timed(lambda: compare(panel, draws=0).se)
    swap = timed(lambda: compare(panel, draws=SWAPS).se)
    cells = [
        f"{n:,}",
        f"{panel.n_ties('before'):,}",
        f"{fast[0]:.3f}",
        f"{fast[1]:.0f}",
        f"{swap[0]:.2f}",
        f"{swap[1]:.0f}",
    ]
    if n <= DENSE:
        dense = timed(lambda: dense_standard_error(panel, "cross_density"))
        if not np.isclose(dense[2], fast[2]):
            raise SystemExit(f"the dense standard error differs: {dense[2]} and {fast[2]}")
        cells += [f"{dense[0]:.3f}", f"{dense[1]:.0f}", f"{dense[0] / fast[0]:.1f}"]
    else:
        cells += ["", "", ""]
    return f"| {' | '.join(cells)} |", [n, fast[0], swap[0], fast[1], swap[1]]


def draw(points: list[list[float]]) -> None:
    """Write the figure: seconds and MB against people, on log scales."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "netlearn"
    import matplotlib.pyplot as plt

    people, *found = zip(*points, strict=True)
    figure, axes = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    for ax, what, (interval, swaps) in zip(axes, ("CPU seconds", "MB"), (found[:2], found[2:]), strict=True):
        ax.loglog(people, swaps, "o-", color="#b2182b", label=f"with {SWAPS} wave swaps")
        ax.loglog(people, interval, "s-", color="#2166ac", label="interval")
        ax.set_xticks(people, [f"{size:,.0f}" for size in people])
        ax.minorticks_off()
        ax.set_xlabel("people (ties: 1,200 to 1,000,000)")
        ax.set_ylabel(what)
        ax.grid(alpha=0.3)
    axes[0].legend(frameon=False)
    figure.savefig(FIGURE, metadata={"Date": None})


def main() -> None:
    """Print the table; with --write put it into docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="up to 2,000 people only")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    compare(big_panel(140, 1_200), draws=9)  # compiles the swap
    lines = [
        "## The change and its interval",
        "",
        "`uv run python benchmarks/compare_speed.py --write`: `compare` of the cross density, "
        f"with {SWAPS} wave swaps, and the same interval from dense n x n arrays. "
        "Time and memory grow with people and ties, not with people squared.",
        "",
        "| people | ties | interval, s | MB | with swaps, s | MB | dense, s | MB | dense / ours |",
        "|---" * 9 + "|",
    ]
    found = [row(n, ties) for n, ties in SIZES if n <= DENSE or not options.quick]
    lines += [line for line, _ in found]
    lines += ["", "![Growth of time and memory with people](img/change-growth.svg)"]
    print("\n".join(lines))
    if options.write:
        draw([point for _, point in found])
        put("change", "\n".join(lines))


if __name__ == "__main__":
    main()
