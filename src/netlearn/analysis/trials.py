"""`try_tests`: run the popular tests on many simulated panels and count how often each says "changed"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netlearn.analysis.teaching import teaching_rows
from netlearn.errors import NetlearnError
from netlearn.inference.parallel import Workers, run_jobs
from netlearn.inference.permute import check_draws, children, p_interval
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World

PER_JOB = 5


def try_tests(
    world: World,
    replications: int = 100,
    *,
    draws: int = 199,
    alpha: float = 0.05,
    seed: int = 0,
    workers: Workers = 1,
    progress: bool = False,
) -> pd.DataFrame:
    """Count how often each test says "changed" in panels simulated from one world.

    Parameters
    ----------
    world : World
        From `netlearn.world` or `World`; with no effect and no growth every "changed" is a false alarm.
    replications : int
        Panels.
    draws : int
        Of each permutation test.
    alpha : float
        A test says "changed" when its p is at most this.
    seed : int
    workers : int or str
        Processes, or the address of a dask scheduler; it changes no number.
    progress : bool

    Returns
    -------
    DataFrame
        One row per test of `teaching_rows`, by its key: test, verdict, rejected (share of panels, 0 to 1), low,
        high (its 95 % Monte Carlo interval), replications. A p that cannot be computed
        says nothing, so it does not say "changed".

    Raises
    ------
    NetlearnError
        `replications` or `draws` is not a whole number of at least 1.

    Examples
    --------
    >>> from netlearn.planning.worlds import world
    >>> found = try_tests(world("N0", 26), 2, draws=19)
    >>> found.columns.tolist()
    ['test', 'verdict', 'rejected', 'low', 'high', 'replications']
    """
    check_draws(draws)
    if not isinstance(replications, int) or replications < 1:
        raise NetlearnError(f"replications must be a whole number, 1 or more; got {replications!r}.")
    seeds = children(seed, replications)
    jobs = [seeds[at : at + PER_JOB] for at in range(0, replications, PER_JOB)]
    frames = run_jobs(_Trial(world, draws), jobs, workers, progress=progress, label="panels")
    tried = pd.concat(frames)
    rows = {}
    for key, part in tried.groupby(level=0, sort=False):
        count = int((part["p_value"] <= alpha).sum())
        low, high = p_interval((1 + count) / (1 + replications), replications)
        rows[key] = (*part[["test", "verdict"]].iloc[0], count / replications, low, high, replications)
    columns = ["test", "verdict", "rejected", "low", "high", "replications"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


@dataclass(frozen=True, eq=False)
class _Trial:
    world: World
    draws: int

    def __call__(self, seeds: list[np.random.SeedSequence]) -> pd.DataFrame:
        frames = []
        for seed in seeds:
            own, of_draws = children(seed, 2)  # the same ones when a job is done again
            panel = simulate(self.world, own).panel
            table = teaching_rows(panel, draws=self.draws, seed=int(of_draws.generate_state(1)[0]))
            frames.append(table[["test", "verdict", "p_value"]])
        return pd.concat(frames)
