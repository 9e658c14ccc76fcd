"""What to expect of each planned outcome of data/cbu-aalborg, in the unit that it is told in.

The model knows the chance of every tie, so no tie is drawn here: the chances are averaged over the cells that were
answered in both waves, in a number of simulated years that differ in who is there, who answers and what is left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from cbu_draw import RELATIONS, WAVES, children, draw
from cbu_read import order_of, study_data

from netlearn.planning.simulate import chances, next_draws
from netlearn.planning.worlds import World
from netlearn.study.plan import Study

YEARS, LUCK = 20, 2023


def expected(study: Study, asked: dict[str, tuple[str, tuple[str, str], str]]) -> dict[str, float]:
    """Expected value of each outcome: of name -> (relation, (earlier, later), what); the mean over the years."""
    sums = dict.fromkeys(asked, 0.0)
    for luck in np.random.SeedSequence(LUCK).spawn(YEARS):
        drawn = draw(luck)
        panels, order = study_data(study, drawn).panels, order_of(study, drawn)
        square = np.ix_(order, order)
        for relation in panels:
            # Held against the same year without what was planted: people's own drift is no change to expect.
            worlds = (replace(RELATIONS[relation], effect=0.0), RELATIONS[relation])
            chance = [[wave[square] for wave in tie_chances(world, children(luck)[1])] for world in worlds]
            for name, (of, (earlier, later), what) in asked.items():
                if of == relation:
                    at = list(WAVES).index(later)
                    seen = panels[of].wave(earlier).observed & panels[of].wave(later).observed
                    group = RELATIONS[of].group[order]
                    sums[name] += changes(chance[0][at], chance[1][at], seen, group)[what] / YEARS
    return sums


def changes(first: np.ndarray, last: np.ndarray, seen: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """The change from one (n, n) table of chances to another, in the cells that were answered both times."""
    across = seen & (group[:, None] != group)
    inside = seen & ~across
    colleagues = across.sum() / seen.any(axis=1).sum()
    return {
        "cross_out_degree": float((last[across].mean() - first[across].mean()) * colleagues),
        "ei_index": ei(last, across, inside) - ei(first, across, inside),
        "cross_log_odds": odds(last, across, inside) - odds(first, across, inside),
    }


def tie_chances(world: World, luck: np.random.SeedSequence) -> Iterator[np.ndarray]:
    """(n, n) chance of each tie, wave by wave, for the people of one year: those of `simulate` with the same luck."""
    rng = np.random.default_rng(luck)
    people, draws = rng.standard_normal((2, world.n)), None
    for index in range(len(world.waves)):
        yield chances(world, index, people, rng)[0]
        draws = next_draws(world, draws, rng)
        rng.random(world.n)  # who answers


def ei(chance: np.ndarray, across: np.ndarray, inside: np.ndarray) -> float:
    out, home = chance[across].sum(), chance[inside].sum()
    return float((out - home) / (out + home))


def odds(chance: np.ndarray, across: np.ndarray, inside: np.ndarray) -> float:
    p, q = chance[across].mean(), chance[inside].mean()
    return float(np.log(p / (1 - p)) - np.log(q / (1 - q)))
