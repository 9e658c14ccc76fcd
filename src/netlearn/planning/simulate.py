"""Simulated panels: directed ties of people in departments over some waves, with all that is true of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from netlearn.planning.worlds import FloatArray, World, intercept
from netlearn.study.cells import BoolArray, Cells
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.wave import Wave
from netlearn.wording.shown import Shown

Seed = int | np.random.SeedSequence | np.random.Generator


@dataclass(frozen=True, eq=False)
class SimulatedPanel(Shown):
    """A panel as it was observed, the same panel had everybody answered, and the world both came from."""

    panel: Panel
    complete: Panel
    world: World

    @property
    def truth(self) -> dict[str, float]:
        """The true change of each measure from the first wave to the last; see `World.truth`."""
        return self.world.truth()

    def __repr__(self) -> str:
        cross = self.truth["cross_out_degree"]
        return f"{self.panel!r}\n  true change: {cross:+.2f} colleagues in other departments per person"


def simulate_panel(
    n: int = 140,
    groups: int | Sequence[int] = 8,
    waves: Sequence[str] = ("before", "after"),
    *,
    seed: Seed,
    **settings: Any,
) -> SimulatedPanel:
    """Simulate a directed panel with a planted change.

    Parameters
    ----------
    n : int
        People.
    groups : int or sequence of int
        Number of departments, or their sizes.
    waves : sequence of str
        Labels in order of time, one or more.
    seed : int, SeedSequence or Generator
        Where the luck comes from. The same seed with other settings gives the same people and the same
        luck, so two panels then differ by the settings alone.
    **settings
        density, homophily, activity_sd, popularity_sd, reciprocity, stability, drift, shock_sd, effect,
        growth, nonresponse, lean, level_shares: see `World`.

    Returns
    -------
    SimulatedPanel
        `.panel`, `.complete` and `.truth`.

    Raises
    ------
    NetlearnError
        A setting is out of its range.

    Examples
    --------
    With a chance of nearly one, nearly every cross cell forms a tie by the second wave:

    >>> made = simulate_panel(n=30, groups=3, effect=0.999, seed=1)
    >>> made.panel.labels, made.panel.n
    (('before', 'after'), 30)
    >>> bool(made.panel.n_ties("after") > 570)
    True
    """
    return simulate(World(n=n, groups=groups, waves=tuple(waves), **settings), seed)


def simulate(world: World, seed: Seed) -> SimulatedPanel:
    """Simulate one panel from a world; see `simulate_panel`.

    Each dyad holds two uniform draws, one per arc; an arc is a tie when its draw is below its chance.
    Reciprocity makes the two draws one, stability carries both over to the next wave, so neither changes the
    chance of an arc.
    """
    rng = np.random.default_rng(seed)
    people = rng.standard_normal((2, world.n))
    draws = np.empty((world.n, world.n))
    observed, complete = [], []
    for index, label in enumerate(world.waves):
        chance, activity = chances(world, index, people, rng)
        draws = next_draws(world, draws if index else None, rng)
        answered = rng.random(world.n) >= missing_chances(world, index, people[0], activity)
        observed.append(_wave(world, label, draws, chance, answered))
        complete.append(_wave(world, label, draws, chance, np.ones(world.n, bool)))
    return SimulatedPanel(_panel(world, observed), _panel(world, complete), world)


def chances(
    world: World, index: int, people: FloatArray, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """(n, n) chance of each tie in one wave, and (n,) the activity of people in it, in standard deviations."""
    fresh = rng.standard_normal(people.shape)
    shock = world.shock_sd * rng.standard_normal(len(world.sizes))
    activity, popularity = np.sqrt(1 - world.drift) * people + np.sqrt(world.drift) * fresh
    cross = world.group[:, None] != world.group[None, :]
    base = np.where(cross, *world.bases)
    sender = world.activity_sd * activity + shock[world.group] + world.growths[index]
    chance = expit(base + sender[:, None] + world.popularity_sd * popularity[None, :])
    return np.where(cross, 1 - (1 - chance) * (1 - world.effects[index]), chance), activity


def next_draws(world: World, before: FloatArray | None, rng: np.random.Generator) -> FloatArray:
    """(n, n) uniform draws of one wave, shared within dyads and carried over between waves."""
    draws, shared, carried = rng.random((3, world.n, world.n))
    mirror = np.triu(shared < world.reciprocity, 1).T
    draws = np.where(mirror, draws.T, draws)
    if before is None:
        return draws
    keep = np.triu(carried < world.stability, 1)
    return np.where(keep | keep.T, before, draws)


def missing_chances(world: World, index: int, permanent: FloatArray, now: FloatArray) -> FloatArray:
    """(n,) chance of not answering, which leans on people's activity and keeps the expected rate."""
    rate = world.missing_rates[index]
    if rate == 0:
        return np.zeros(world.n)
    pull = world.lean * permanent + world.lean_now * now
    # Both are standard normal; what they share is the part of the activity that does not drift.
    shared = 2 * world.lean * world.lean_now * np.sqrt(1 - world.drift)
    spread = float(np.sqrt(world.lean**2 + world.lean_now**2 + shared))
    return np.asarray(expit(intercept(rate, spread) - pull), dtype=float)


def _wave(world: World, label: str, draws: FloatArray, chance: FloatArray, answered: BoolArray) -> Wave:
    tie = (draws < chance) & answered[:, None]
    np.fill_diagonal(tie, False)
    i, j = np.nonzero(tie)
    # Given a tie its draw is uniform below the chance, so levels have the shares asked for at any chance.
    steps = np.cumsum(np.asarray(world.level_shares, dtype=float)[::-1])[:-1]
    passed = np.searchsorted(steps, draws[i, j] / chance[i, j])
    level = (len(world.level_shares) - passed).astype(float)
    return Wave(label, i, j, level, Cells(answered, np.ones(world.n, bool), np.empty(0, np.int64)))


def _panel(world: World, waves: list[Wave]) -> Panel:
    took_part, no_answer = STATUSES.index("took_part"), STATUSES.index("no_answer")
    return Panel(
        tuple(waves),
        tuple(f"p{number:03d}" for number in range(1, world.n + 1)),
        np.tile(world.group, (len(waves), 1)),
        tuple(f"D{number}" for number in range(1, len(world.sizes) + 1)),
        np.array([np.where(wave.cells.senders, took_part, no_answer) for wave in waves], dtype=np.int8),
    )
