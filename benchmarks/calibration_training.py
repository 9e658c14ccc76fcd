"""Two more tables of the calibration: the popular tests where nothing changed, and trained against untrained people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from netlearn.analysis.trials import try_tests
from netlearn.inference.parallel import Workers, run_jobs
from netlearn.inference.randomization import redraw_arms
from netlearn.inference.regression import dyadic_regression
from netlearn.inference.staggered import redraw_starts
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World, world
from netlearn.study.allocation import Allocation

DRAWS, ALPHA, BLOCK, PEOPLE, GROUPS = 199, 0.05, 10, 140, 8
SHOCK = 0.12  # log odds by which a department's events move all ties it sends, in each wave
WORLDS = ("N0", "N1", "N2", "N3", "N4")


def teaching(count: int, seed: int, workers: Workers) -> pd.DataFrame:
    """How often each popular test says "changed" by world and n; in N4 all ties grow."""
    columns: dict[str, pd.Series] = {}
    for n in (26, 40, 140):
        for name in WORLDS:
            found = try_tests(world(name, n), count, draws=DRAWS, seed=seed, workers=workers, progress=True)
            columns.setdefault("test", found["test"])
            columns.setdefault("verdict", found["verdict"])
            columns[f"{name} n = {n}"] = 100 * found["rejected"]
    return pd.DataFrame(columns)


@dataclass(frozen=True)
class Rollout:
    """140 people in 8 departments: who is drawn for training, what it adds, whether departments have events."""

    name: str
    shocks: bool
    by: str
    gained: float

    def panel(self, seed: np.random.SeedSequence) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Ties before and after (2, n, n), departments, and a generator for the draw of the training."""
        more = {"waves": ("t0", "t1", "t2") if self.by == "start-wave" else ("before", "after")}
        plain = world("N2", PEOPLE, GROUPS, shock_sd=SHOCK if self.shocks else 0.0, **more)
        own = np.random.SeedSequence(seed.entropy, spawn_key=seed.spawn_key)
        ties = np.array([w.ties for w in simulate(plain, own).panel.waves], dtype=float)
        return ties, plain.group, _with_gain(plain, self.gained, seed)


def _with_gain(plain: World, gained: float, seed: np.random.SeedSequence) -> np.ndarray:
    """The same people and luck, had everybody gained colleagues."""
    open_cells = plain.cells[0] / plain.n * (1 - plain.density)
    told = {name: getattr(plain, name) for name in plain.__dataclass_fields__} | {
        "effect": gained / open_cells
    }
    own = np.random.SeedSequence(seed.entropy, spawn_key=seed.spawn_key)
    return np.array([w.ties for w in simulate(World(**told), own).panel.waves], dtype=float)


def _replicate(job: tuple[Rollout, list[np.random.SeedSequence]]) -> list[dict[str, float]]:
    rollout, seeds = job
    return [_one(rollout, seed) for seed in seeds]


def _one(rollout: Rollout, seed: np.random.SeedSequence) -> dict[str, float]:
    ties, group, gained = rollout.panel(seed)
    rng = np.random.default_rng(seed.spawn(1)[0])
    start = _starts(rollout.by, group, rng)
    waves = np.arange(len(ties))
    after = np.where((waves[:, None] >= start)[:, :, None], gained, ties)
    cross = group[:, None] != group
    degree = (after * cross).sum(axis=2)
    if rollout.by == "start-wave":
        return _staggered(degree, start, group)
    return _arms(rollout, after, degree[1] - degree[0], start == 1, group, cross)


def _starts(by: str, group: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """First wave in which each counts as trained."""
    if by == "department":
        return np.where(np.isin(group, rng.permutation(GROUPS)[: GROUPS // 2]), 1, Allocation.NEVER)
    start = np.empty(len(group), np.int64)
    for g in range(GROUPS):
        here = np.flatnonzero(group == g)
        dealt = [1, Allocation.NEVER] if by == "person" else [1, 2, Allocation.NEVER]
        start[rng.permutation(here)] = np.resize(dealt, len(here))
    return start


def _arms(
    rollout: Rollout, ties: np.ndarray, y: np.ndarray, arm: np.ndarray, group: np.ndarray, cross: np.ndarray
) -> dict[str, float]:
    people, one = np.arange(len(y)), np.zeros(len(y), int)
    arms = arm.astype(int)
    strata = group if rollout.by == "person" else one
    unit = group if rollout.by == "department" else people
    seed = int(ties.sum())
    change = np.where(cross, ties[1] - ties[0], np.nan)
    sent, received = (np.broadcast_to(x, cross.shape).astype(float) for x in (arm[:, None], arm))
    regression = dyadic_regression(change, {"sender": sent, "receiver": received})
    welch = stats.ttest_ind(y[arm], y[~arm], equal_var=False).pvalue
    shuffled = redraw_arms(y, people, arms, one, draws=DRAWS, seed=seed)
    drawn = redraw_arms(y, unit, arms, strata, draws=DRAWS, seed=seed)
    found = {
        "Welch t over people": welch,
        "people permuted": shuffled.result.p_value,
        "dyadic-robust difference in differences": float(regression.term("sender")["p_value"]),
        "redrawn as it was assigned": drawn.result.p_value,
        "covered": float(drawn.low <= rollout.gained <= drawn.high),
    }
    if rollout.by == "department":
        means = np.bincount(group, y) / np.bincount(group)
        trained = np.bincount(group, arm) > 0
        found["t over departments"] = stats.ttest_ind(means[trained], means[~trained]).pvalue
    return found


def _staggered(degree: np.ndarray, start: np.ndarray, group: np.ndarray) -> dict[str, float]:
    found = redraw_starts(degree, np.arange(len(start)), start, group, draws=DRAWS, seed=int(degree.sum()))
    return {"redrawn as it was assigned": found.result.p_value}


def rollout(count: int, seed: int, workers: Workers) -> pd.DataFrame:
    """Rejections, one row per way of assigning and per gain."""
    settings = [
        Rollout("4 of 8 departments", True, "department", 0.0),
        Rollout("4 of 8 departments", True, "department", 2.0),
        Rollout("half of each department", False, "person", 0.0),
        Rollout("half of each department", False, "person", 1.0),
        Rollout("start waves within departments", False, "start-wave", 0.0),
        Rollout("start waves within departments", False, "start-wave", 1.0),
    ]
    rows = []
    for at, setting in enumerate(settings):
        seeds = np.random.SeedSequence([seed, 900 + at]).spawn(count)
        jobs = [(setting, seeds[i : i + BLOCK]) for i in range(0, count, BLOCK)]
        found = [
            r for block in run_jobs(_replicate, jobs, workers, progress=True, label="roll-out") for r in block
        ]
        table = pd.DataFrame(found)
        row: dict[str, object] = {"assigned": setting.name, "effect": f"{setting.gained:g}"}
        for name in table:
            row[str(name)] = 100 * (table[name] if name == "covered" else table[name] <= ALPHA).mean()
        rows.append(row)
    order = [
        "assigned", "effect", "Welch t over people", "people permuted", "dyadic-robust difference in differences",
        "t over departments", "redrawn as it was assigned", "covered",
    ]  # fmt: skip
    return pd.DataFrame(rows)[order]
