# ruff: noqa: E501 - sentences of the page
"""How often the interval of every measure's change errs: by influence values, or by leaving people out.

    uv run python benchmarks/intervals.py [--replications 300] [--people 40] [--workers 2] [--write]

Rejection in worlds without change (N1, N2) and coverage of a planted change (A2, whose truth per measure is the mean over
many complete panels); --write puts the table into docs/intervals.md. Seeds are spawned per replication, so the result
does not depend on the number of workers.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from tqdm import tqdm

from netlearn import compare, measure
from netlearn.measures.catalogue import CATALOGUE
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import world

PAGE = Path(__file__).resolve().parents[1] / "docs" / "intervals.md"
WORLDS = ("N1", "N2", "A2")
NAMES = tuple(name for name, row in CATALOGUE.items() if row.has("network"))
TRUTH = 3000  # panels whose mean change is the truth in A2
HOW = {"classes": "influence", "table": "influence", "net": "leaving out"}
HEAD = """\
# The interval of every measure

`compare` gives the change of a smooth measure a dyadic-robust interval from influence values. For the others it leaves
out one person at a time (delete-one jackknife with the factor (m - 1) / m), which errs towards wide intervals. This table
says how it did on simulated panels of {n} people in 8 departments, everybody answering: how often "no change" was rejected
at 5 % where nothing changed (N1 unequal activity, N2 with people who drift), and how often the 95 % interval held the
change where contact across departments grew (A2; the truth is the mean change of {truth:,} panels).

Command: `{command}`. {count} replications per world, seed {seed}; Monte Carlo standard error
{error:.1f} points at 5 %.

Read "describes only" as: do not use the p of this measure. It stands where rejection leaves 0-8 % or coverage 91-100 %,
or where the change could be computed in fewer than nine panels of ten. A rejection near 0 means an interval that is too
wide: it misses changes, but claims none.

| measure | interval | rejects in N1 | rejects in N2 | covers in A2 | finds in A2 | verdict |
|---|---|---|---|---|---|---|
"""


def replicate(job: tuple[str, int, np.random.SeedSequence]) -> np.ndarray:
    """Estimate, low, high, p of every measure: (measures, 4)."""
    name, n, seed = job
    panel = simulate(world(name, n), seed).panel
    changes = [compare(panel, measure_name, draws=0) for measure_name in NAMES]
    return np.array([(c.estimate, c.low, c.high, c.p_value) for c in changes])


def mean_change(n: int, seed: int) -> np.ndarray:
    """Mean change of every measure over many complete panels of A2: (measures,)."""
    seeds = np.random.SeedSequence([seed, 99, n]).spawn(TRUTH)
    found = []
    for one in tqdm(seeds, desc="truth", unit="panel"):
        values = measure(simulate(world("A2", n), one).panel, list(NAMES))["estimate"].to_numpy()
        found.append(values[len(NAMES) :] - values[: len(NAMES)])
    return np.nanmean(found, axis=0)


def page(found: dict[str, np.ndarray], truth: np.ndarray, options: argparse.Namespace) -> str:
    command = f"uv run python benchmarks/intervals.py --replications {options.replications} --write"
    text = HEAD.format(
        n=options.people,
        truth=TRUTH,
        command=command,
        count=options.replications,
        seed=options.seed,
        error=100 * np.sqrt(0.05 * 0.95 / options.replications),
    )
    for at, name in enumerate(NAMES):
        known = [np.isfinite(found[w][:, at, 3]).mean() for w in WORLDS]
        rejects = [100 * np.nanmean(reject(found[w][:, at, 3])) for w in ("N1", "N2")]
        low, high = found["A2"][:, at, 1], found["A2"][:, at, 2]
        covers = 100 * np.nanmean(
            np.where(np.isfinite(low), (low <= truth[at]) & (truth[at] <= high), np.nan)
        )
        finds = 100 * np.nanmean(reject(found["A2"][:, at, 3]))
        holds = min(known) >= 0.9 and max(rejects) <= 8 and covers >= 91
        shown = [f"{v:.0f} %" if np.isfinite(v) else "–" for v in (*rejects, covers, finds)]
        verdict = "holds" if holds else "describes only"
        text += f"| `{name}` | {HOW[CATALOGUE[name].kind]} | " + " | ".join(shown) + f" | {verdict} |\n"
    return text


def reject(p_values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(p_values), p_values <= 0.05, np.nan)


def main() -> None:
    """Run, print, and with --write write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=300)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = {}
    with ProcessPoolExecutor(options.workers) as pool:
        for at, name in enumerate(WORLDS):
            seeds = np.random.SeedSequence([options.seed, at, options.people]).spawn(options.replications)
            jobs = [(name, options.people, seed) for seed in seeds]
            done = tqdm(pool.map(replicate, jobs, chunksize=5), total=len(jobs), desc=name, unit="panel")
            found[name] = np.array(list(done))
    text = page(found, mean_change(options.people, options.seed), options)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
