"""How often the default interval and its companions err in worlds whose truth is known: rejection, coverage, power.

uv run python benchmarks/calibration.py --replications 1000 --write
"""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from netlearn.analysis.compare import compare
from netlearn.inference.parallel import Workers, run_jobs
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World, world

sys.path.insert(0, str(Path(__file__).parent))  # also where a test loads this file by its path
import calibration_page as pages
import calibration_training as training

MEASURES = ("cross_density", "cross_log_odds", "ei_index")
LEVELS = ("arc", "dyad", "person", "department")
MORE = ("within_density", "density")  # tried in the plain worlds only, for the table of error rates
ALPHA, BLOCK, SWAPS = 0.05, 25, 99
REJECTION, COVERAGE = (2.0, 7.0), (93.0, 97.0)
# Departments of the sizes at which STATISTICS of real panels were taken; else as `world` chooses.
GROUPS = {21: 5, 32: 4, 92: 5, 200: 12}


@dataclass(frozen=True)
class Setting:
    """One row of a table: a world at a size, with more of its settings, and how many draws the swap gets."""

    section: str
    name: str
    n: int
    more: tuple[tuple[str, Any], ...] = field(default=())
    draws: int = 0

    @property
    def measures(self) -> tuple[str, ...]:
        return MEASURES + MORE if self.section == "worlds" else MEASURES

    @property
    def world(self) -> World:
        return world(self.name, self.n, GROUPS.get(self.n), **dict(self.more))


def settings() -> list[Setting]:
    """Every row of the tables on change, in their order."""
    missing = [("nonresponse", 1 / 3)]
    return [
        *(
            Setting("worlds", name, n, draws=SWAPS)
            for n in (12, 26, 40, 140)
            for name in ("N0", "N1", "N2", "N3", "N4", "A1", "A2")
        ),
        *(
            Setting("drift", name, n, draws=SWAPS)
            for n in (12, 21, 26, 32, 40, 92, 140, 200)
            for name in ("D1", "D2", "D3")
        ),
        *(Setting("power", name, n) for n in (26, 40) for name in ("A1", "A2", "B1", "B2")),
        *(Setting("skewed", "S1", n) for n in (12, 26, 40, 140)),
        *(
            Setting("missing", name, n, (*missing, ("lean", lean)))
            for lean in (0.0, 1.0)
            for n in (40, 140)
            for name in ("N0", "N1", "N2", "A1")
        ),
        *(
            Setting("missing", name, n, (("nonresponse", (0.0, 1 / 3)), ("lean", 0.0), ("lean_now", 1.0)))
            for n in (40, 140)
            for name in ("N2", "D1")
        ),
    ]


def replicate(setting: Setting, seeds: list[np.random.SeedSequence]) -> np.ndarray:
    """One row per replication and measure; see `COLUMNS`."""
    here = setting.world
    truth = here.truth()
    rows = []
    for seed in seeds:
        panel = simulate(here, seed).panel
        rows.append([_row(panel, m, truth.get(m, np.nan), setting.draws) for m in setting.measures])
    return np.asarray(rows, dtype=float)


COLUMNS = ("estimate", *LEVELS, "swap", "covered", "both", "ratio", "plain")


def _row(panel: Any, measure: str, truth: float, draws: int) -> list[float]:
    change = compare(panel, measure, alpha=ALPHA, draws=draws, seed=1)
    ladder = change.ladder.set_index("level")
    swap = change.swap.p_value if change.swap else np.nan
    covered = change.low <= truth <= change.high
    beyond = change.verdict == "changed_beyond_departments"
    return [
        change.estimate,
        *(ladder["p_value"][level] for level in LEVELS),
        swap,
        covered,
        beyond,
        (ladder["se"]["person"] / ladder["se"]["dyad"]) ** 2,
        plain_p(change, ladder),
    ]


def plain_p(change: Any, ladder: pd.DataFrame) -> float:
    """The p without the small-sample correction: max(V_person, V_dyad) n / (n - 1), t with n - 1."""
    from scipy import stats

    n, dyad = change.n_people, ladder["se"]["dyad"] ** 2
    person = max(ladder["se"]["person"] ** 2 * (n - 4) / n, dyad) * n / (n - 1)
    return float(2 * stats.t.sf(abs(change.estimate) / sqrt(person), n - 1)) if person > 0 else np.nan


def summarise(setting: Setting, measure: str, found: np.ndarray) -> dict[str, Any]:
    """Percentages of one row."""
    columns = dict(zip(COLUMNS, found.T, strict=True))
    row: dict[str, Any] = {"world": setting.name, "n": setting.n, "measure": measure}
    row |= {"truth": setting.world.truth().get(measure, np.nan), "mean": np.nanmean(columns["estimate"])}
    row["ratio"] = np.nanmean(columns["ratio"])
    for name in (*LEVELS, "swap", "plain"):
        known = np.isfinite(columns[name])
        # A p that cannot be computed rejects nothing.
        row[name] = 100 * np.mean(known & (columns[name] <= ALPHA)) if known.any() else np.nan
    return row | {name: 100 * columns[name].mean() for name in ("both", "covered")}


def calibrate(chosen: list[Setting], count: int, seed: int, workers: Workers) -> pd.DataFrame:
    """Percentages per setting and measure; every replication has a seed of its own."""
    jobs = []
    for at in range(len(chosen)):
        seeds = np.random.SeedSequence([seed, at]).spawn(count)
        jobs += [(at, seeds[i : i + BLOCK]) for i in range(0, count, BLOCK)]
    work = partial(_job, chosen)
    blocks = run_jobs(work, jobs, workers, progress=True, label="change")
    rows = []
    for at, setting in enumerate(chosen):
        found = np.concatenate([b for (place, _), b in zip(jobs, blocks, strict=True) if place == at])
        rows += [
            {"section": setting.section, **dict(setting.more), **summarise(setting, m, found[:, k])}
            for k, m in enumerate(setting.measures)
        ]
    return pd.DataFrame(rows)


def _job(chosen: list[Setting], job: tuple[int, list[np.random.SeedSequence]]) -> np.ndarray:
    at, seeds = job
    return replicate(chosen[at], seeds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", default="2", help="processes or a dask address; it changes no figure")
    parser.add_argument("--write", action="store_true", help="write docs/calibration.md and the error rates")
    given = parser.parse_args()
    workers: Workers = int(given.workers) if given.workers.isdigit() else given.workers
    began = time.perf_counter()
    change = calibrate(settings(), given.replications, given.seed, workers)
    teaching = training.teaching(given.replications // 2, given.seed, workers)
    rollout = training.rollout(given.replications // 2, given.seed, workers)
    minutes = (time.perf_counter() - began) / 60
    command = shlex.join(["uv", "run", "python", "benchmarks/calibration.py", *sys.argv[1:]])
    text = pages.page(change, teaching, rollout, command, given.replications, given.seed, minutes)
    sys.stdout.write(text)
    if given.write:
        pages.write(text, change, teaching, rollout, given.replications)


if __name__ == "__main__":
    main()
