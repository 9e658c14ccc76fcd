"""Simulated programmes whose training starts in turns, in a workplace of many small departments that lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.planning.simulate import Seed, chances, missing_chances, next_draws
from netlearn.planning.worlds import FloatArray, World
from netlearn.study.allocation import Allocation
from netlearn.study.cells import BoolArray, Cells, IntArray
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.wave import Wave
from netlearn.wording.shown import Shown

OUTSIDE = "outside"  # stratum of those who are on the roster but not in the programme
APART, SPREAD = 8.0, 1.5  # areas from the middle, and departments from the middle of their area, in km


@dataclass(frozen=True)
class Rota:
    """A programme in which training starts in turns, dealt by lot within areas.

    `n_programme` people of the workplace are asked, and `n_trained` of them are trained, in equal groups that start in
    the second wave, the third and so on. The others on the roster can be named, but never answer: they are a stratum of
    their own. A pair without a tie forms one with a chance of `effect_both` in every wave in which both are trained,
    and of `effect_one` where one of them is.

    Parameters
    ----------
    world : World
        Its people and departments, and how they name each other without training; three waves or more to see starts in
        turns.
    n_programme, n_trained : int
    n_areas : int
        Areas in which the departments lie, of about as many each.
    decay : float
        The odds of a tie are proportional to (1 + km) to the power of -decay.
    most_names : int
        Places for names: who has more ties names that many of them.
    effect_both, effect_one : float
        Chances, from 0 to below 1.

    Raises
    ------
    NetlearnError
        More trained than asked, or asked than there are; fewer trained than waves after the first; no chance.
    """

    world: World
    n_programme: int = 230
    n_trained: int = 112
    n_areas: int = 5
    decay: float = 0.8
    most_names: int = 15
    effect_both: float = 0.0
    effect_one: float = 0.0

    def __post_init__(self) -> None:
        if not len(self.world.waves) - 1 <= self.n_trained < self.n_programme <= self.world.n:
            raise NetlearnError(
                "n_trained must be at least one per wave after the first, fewer than n_programme, and that at most "
                f"the {self.world.n} people; got {self.n_trained} and {self.n_programme}."
            )
        if not all(0 <= chance < 1 for chance in (self.effect_both, self.effect_one)):
            raise NetlearnError("effect_both and effect_one are chances from 0 to below 1.")
        if min(self.n_areas, self.most_names) < 1:
            raise NetlearnError("n_areas and most_names must be 1 or more.")

    def truth(self, replications: int = 100, *, seed: Seed = 0) -> dict[str, float]:
        """Return the expected effects on the differences between the arms, had all who are asked answered.

        Each is the mean, over simulated programmes, of what differs from the same programme with the same luck and
        without effect: `cross_out_degree` (colleagues per person, as averaged over starts by
        `netlearn.randomization_test`), `both_trained` and `one_trained` (ties per 100 cells, first wave to last). With
        100 replications of some 400 people the Monte Carlo error is about 1 % of an effect of one colleague.
        """
        rng = np.random.default_rng(seed)
        found = []
        for child in rng.integers(2**63, size=replications).tolist():
            made = simulate_staggered(self, child)
            plain = simulate_staggered(replace(self, effect_both=0.0, effect_one=0.0), child)
            found.append(_gains(made, plain))
        return {name: float(np.mean([row[name] for row in found])) for name in found[0]}


@dataclass(frozen=True, eq=False)
class SimulatedRota(Shown):
    """A simulated programme.

    Attributes
    ----------
    panel : Panel
        With the attributes area, stratum and start (the label of a wave, or "").
    complete : Panel
        The same, had everybody in the programme answered every time.
    allocation : Allocation
    places : dict department -> (x, y)
        In kilometres.
    """

    panel: Panel
    complete: Panel
    allocation: Allocation
    places: dict[str, tuple[float, float]]


def simulate_staggered(rota: Rota, seed: Seed) -> SimulatedRota:
    """Simulate one programme; the same seed with other effects gives the same people and the same luck.

    Examples
    --------
    >>> made = simulate_staggered(Rota(World(n=60, groups=30, waves=("w0", "w1", "w2")), 40, 20), seed=1)
    >>> made.panel.n, [int(made.allocation.trained(wave).sum()) for wave in range(3)]
    (60, [0, 10, 20])
    """
    rng, world = np.random.default_rng(seed), rota.world
    area, xy = _map(rota, rng)
    stratum, start = _lot(rota, area[world.group], rng)
    closeness = _closeness(rota, xy[world.group])
    people = rng.standard_normal((2, world.n))
    asked = stratum >= 0
    draws = np.empty((world.n, world.n))
    observed, complete = [], []
    for index, label in enumerate(world.waves):
        chance, activity = chances(world, index, people, rng)
        odds = closeness * chance / (1 - chance)
        chance = _with_training(rota, odds / (1 + odds), start <= index)
        draws = next_draws(world, draws if index else None, rng)
        answered = asked & (rng.random(world.n) >= missing_chances(world, index, people[0], activity))
        observed.append(_wave(label, draws, chance, answered, rota.most_names))
        complete.append(_wave(label, draws, chance, asked, rota.most_names))
    attributes = {
        "area": [f"area {a + 1}" for a in area[world.group]],
        "stratum": [f"area {s + 1}" if s >= 0 else OUTSIDE for s in stratum],
        "start": [world.waves[s] if s < len(world.waves) else "" for s in start],
    }
    panels = [_panel(world, waves, attributes) for waves in (observed, complete)]
    dealt = Allocation(start, np.arange(world.n), stratum, "start-wave", True)
    places = {name: (float(x), float(y)) for name, (x, y) in zip(panels[0].group_names, xy, strict=True)}
    return SimulatedRota(panels[0], panels[1], dealt, places)


def _map(rota: Rota, rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """Area of each department, and where it lies: areas in a ring around the middle."""
    k = len(rota.world.sizes)
    area = np.arange(k) % rota.n_areas
    turn = 2 * np.pi * area / rota.n_areas
    middle = APART * np.column_stack([np.cos(turn), np.sin(turn)])
    return area, middle + SPREAD * rng.standard_normal((k, 2))


def _lot(rota: Rota, area: IntArray, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Stratum of each person (-1 = not in the programme), and the wave in which the training starts."""
    n, m, trained = rota.world.n, rota.n_programme, rota.n_trained
    start = np.full(n, Allocation.NEVER)
    asked = rng.permutation(n)[:m]
    asked = asked[np.argsort(area[asked], kind="stable")]  # by area, in an order drawn by lot
    chosen = asked[np.diff(np.arange(m + 1) * trained // m) > 0]
    start[chosen] = 1 + np.arange(trained) % (len(rota.world.waves) - 1)
    stratum = np.full(n, -1)
    stratum[asked] = area[asked]
    return stratum, start


def _closeness(rota: Rota, xy: FloatArray) -> FloatArray:
    """Factor of the odds of each tie by distance, 1 on average: (n, n)."""
    away = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    factor = (1 + away) ** -rota.decay
    apart = ~np.eye(len(xy), dtype=bool)
    return np.asarray(factor / factor[apart].mean())


def _with_training(rota: Rota, chance: FloatArray, trained: BoolArray) -> FloatArray:
    both = trained[:, None] & trained
    one = trained[:, None] ^ trained
    gained = rota.effect_both * both + rota.effect_one * one
    return np.asarray(1 - (1 - chance) * (1 - gained))


def _wave(label: str, draws: FloatArray, chance: FloatArray, answered: BoolArray, most: int) -> Wave:
    tie = (draws < chance) & answered[:, None]
    np.fill_diagonal(tie, False)
    # Who has more ties than places names those that had the most to spare.
    depth = np.where(tie, draws / chance, np.inf)
    tie &= depth <= np.partition(depth, min(most, len(depth)) - 1, axis=1)[:, [min(most, len(depth)) - 1]]
    i, j = np.nonzero(tie)
    cells = Cells(answered, np.ones(len(answered), bool), np.empty(0, np.int64))
    return Wave(label, i, j, np.ones(len(i)), cells)


def _panel(world: World, waves: list[Wave], attributes: dict[str, list[str]]) -> Panel:
    took_part, no_answer = STATUSES.index("took_part"), STATUSES.index("no_answer")
    return Panel(
        tuple(waves),
        tuple(f"p{number:03d}" for number in range(1, world.n + 1)),
        np.tile(world.group, (len(waves), 1)),
        tuple(f"D{number}" for number in range(1, len(world.sizes) + 1)),
        np.array([np.where(w.cells.senders, took_part, no_answer) for w in waves], dtype=np.int8),
        attributes=attributes,
    )


def _gains(made: SimulatedRota, plain: SimulatedRota) -> dict[str, float]:
    """Return what training added, as differences between the arms."""
    panel, start = made.complete, made.allocation.start
    cross = panel.group()[:, None] != panel.group()
    added = [
        (with_it.ties.astype(float) - without.ties) * cross
        for with_it, without in zip(panel.waves, plain.complete.waves, strict=True)
    ]
    asked = panel.waves[0].cells.senders
    last = start < len(added)
    kinds = (last[:, None] & last, last[:, None] ^ last, ~last[:, None] & ~last)
    both, one, none = (100 * added[-1][kind & cross & asked[:, None]].mean() for kind in kinds)
    degree = np.array([table.sum(axis=1) for table in added])[:, asked]
    return {
        "cross_out_degree": _over_starts(degree, start[asked]),
        "both_trained": float(both - none),
        "one_trained": float(one - none),
    }


def _over_starts(values: NDArray[np.float64], start: Sequence[int] | IntArray) -> float:
    """Mean difference in change from the start on, against those not yet trained, weighted by group size."""
    start, total, size = np.asarray(start), 0.0, 0
    for group in (g for g in np.unique(start) if 0 < g < len(values)):
        for wave in range(group, len(values)):
            change = values[wave] - values[group - 1]
            ours = start == group
            total += int(ours.sum()) * float(change[ours].mean() - change[start > wave].mean())
            size += int(ours.sum())
    return total / size
