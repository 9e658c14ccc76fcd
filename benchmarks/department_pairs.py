"""How often `compare_department_pairs` finds a change anywhere where nothing changed: the family-wise error.

uv run python benchmarks/department_pairs.py [--replications 600] [--seed 9001] [--workers 2]
"""

from __future__ import annotations

import argparse
from functools import partial

import numpy as np

from netlearn import Panel, compare_department_pairs
from netlearn.inference.parallel import run_jobs
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import world

SIZES = ((40, 4), (140, 4), (140, 8))
WORLDS = ("N0", "N1", "N2", "D1", "D3", "N3")
DRAWS, ALPHA, BLOCK = 299, 0.05, 20


def undirected(panel: Panel) -> Panel:
    """The same people, tied if either names the other."""
    waves = {w.label: (w.ties | w.ties.T).astype(float) for w in panel.waves}
    return Panel.from_arrays(waves, panel.group(), directed=False)


def found_any(
    name: str, n: int, groups: int, *, pairs: bool, seeds: list[np.random.SeedSequence]
) -> list[bool]:
    """Tell for each replication whether any pair of departments was said to have changed."""
    found = []
    for seed in seeds:
        panel = simulate(world(name, n, groups), seed).panel
        table = compare_department_pairs(undirected(panel) if pairs else panel, draws=DRAWS, seed=1).table
        found.append(bool((table["p_adjusted"] <= ALPHA).any()))
    return found


def rate(name: str, n: int, groups: int, count: int, seed: int, workers: int, *, pairs: bool) -> float:
    seeds = np.random.SeedSequence([seed, n, groups, WORLDS.index(name)]).spawn(count)
    jobs = [seeds[at : at + BLOCK] for at in range(0, count, BLOCK)]
    work = partial(_block, name, n, groups, pairs)
    return 100 * float(np.mean(np.concatenate(run_jobs(work, jobs, workers))))


def _block(name: str, n: int, groups: int, pairs: bool, seeds: list[np.random.SeedSequence]) -> list[bool]:
    return found_any(name, n, groups, pairs=pairs, seeds=seeds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=600)
    parser.add_argument("--seed", type=int, default=9001)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    print(f"| people | departments | ties | {' | '.join(WORLDS)} |")
    print("|---" * (3 + len(WORLDS)) + "|")
    for pairs in (False, True):
        for n, groups in SIZES:
            rates = [
                rate(name, n, groups, given.replications, given.seed, given.workers, pairs=pairs)
                for name in WORLDS
            ]
            kind = "undirected" if pairs else "directed"
            print(f"| {n} | {groups} | {kind} | {' | '.join(f'{r:.1f}' for r in rates)} |", flush=True)


if __name__ == "__main__":
    main()
