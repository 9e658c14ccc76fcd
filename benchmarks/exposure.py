# ruff: noqa: E501 - sentences of the page
"""How often each row of `compare_exposure` finds that sharing a room made ties where it made none.

    uv run python benchmarks/exposure.py [--replications 1000] [--draws 199] [--workers 2] [--write]

--write puts the table into docs/exposure.md. Seeds are spawned per replication, so no figure depends on the number of
workers.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from tqdm import tqdm

from netlearn import Panel, compare_exposure, simulate_panel

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exposure.md"
PEOPLE = (30, 60)
METHODS = ("regression", "mrqap", "redrawn")
ROOMS = 6
Rooms = Callable[[Panel, np.ndarray, np.random.Generator], np.ndarray]
HEAD = """\
# How often the rows of `compare_exposure` err

`compare_exposure` asks whether pairs who shared a learning room had more ties later than comparable pairs, and answers with
one model and three p-values: by formula ("regression"), with people relabelled ("mrqap"), and, where chance dealt the
rooms, with the rooms dealt anew ("redrawn"). This table says how often p was 0.05 or less where sharing a room did
nothing. People are of unequal and drifting activity and popularity, ties are returned, four departments keep to
themselves.

Command: `{command}`.
{count:,} replications per row, {draws} draws, seed {seed}; Monte Carlo standard error {error:.1f} points at 5 %.

| rooms | people | regression | mrqap | redrawn |
|---|---|---|---|---|
"""
TAIL = """
Where chance dealt the rooms, believe "redrawn": it errs in 5 % whatever people are like, because it repeats what chance
did (what the table shows beside 5 % is the luck of the simulation). "regression" brings the interval. Where nobody dealt
the rooms, no row can tell what sharing a room did from who chose to share one:
{worst}. The words of the result
then speak of a difference between pairs, never of an effect.
"""


def by_chance(panel: Panel, outgoing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Six rooms, everybody in one."""
    return np.eye(ROOMS)[rng.permuted(np.arange(panel.n) % ROOMS)]


def within(panel: Panel, outgoing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Two rooms in each department."""
    group = panel.group("before")
    room = np.empty(panel.n, int)
    for g in np.unique(group):
        members = np.flatnonzero(group == g)
        room[members] = 2 * g + rng.permuted(np.arange(len(members)) % 2)
    return np.eye(room.max() + 1)[room]


def partners(panel: Panel, outgoing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Everybody has one partner."""
    return np.eye(panel.n // 2)[rng.permuted(np.arange(panel.n) // 2)]


def follow(panel: Panel, outgoing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A room for each department, in which two thirds of its people sit; the others sit anywhere."""
    group = panel.group("before")
    k = group.max() + 1
    return np.eye(k)[np.where(rng.random(panel.n) < 2 / 3, group, rng.integers(0, k, panel.n))]


def chosen(panel: Panel, outgoing: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One room, to which the outgoing half came."""
    return (outgoing > np.median(outgoing)).astype(float)[:, None]


SETTINGS: dict[str, tuple[Rooms, bool, float]] = {
    "dealt by chance": (by_chance, True, 0.0),
    "dealt by chance, a fifth did not answer": (by_chance, True, 0.2),
    "dealt within departments": (within, True, 0.0),
    "partners, dealt by chance": (partners, True, 0.0),
    "follow departments": (follow, False, 0.0),
    "chosen: the outgoing came": (chosen, False, 0.0),
}


def replicate(job: tuple[str, int, int, np.random.SeedSequence]) -> list[float]:
    """P-value of every row; NaN where there is none."""
    name, n, draws, seed = job
    rooms_of, dealt, silent = SETTINGS[name]
    people, luck = (np.random.default_rng(s) for s in seed.spawn(2))
    # Who is outgoing shows in a wave that the comparison does not see.
    panel = simulate_panel(
        n,
        4,
        ("long before", "before", "after"),
        seed=people,
        density=0.1,
        activity_sd=0.8,
        popularity_sd=0.5,
        reciprocity=0.4,
        drift=0.33,
        nonresponse=(0.0, silent, silent),
    ).panel
    ties = panel.wave("long before").ties
    rooms = rooms_of(panel, ties.sum(axis=0) + ties.sum(axis=1), luck)
    found = compare_exposure(
        panel,
        rooms,
        ("before", "after"),
        strata=panel.group("before") if rooms_of is within else None,
        assigned=dealt,
        draws=draws,
        seed=int(luck.integers(2**31)),
    )
    p = found.certainty.set_index("test")["p_value"]
    return [float(p.get(method, np.nan)) for method in METHODS]


def share(p_values: np.ndarray) -> str:
    """Share of rejections in per cent, a dash where there is no p."""
    known = p_values[np.isfinite(p_values)]
    return f"{100 * (known <= 0.05).mean():.1f} %" if known.size else "–"


def page(found: dict[tuple[str, int], np.ndarray], options: argparse.Namespace) -> str:
    """The page with its table."""
    text = HEAD.format(
        command=f"uv run python benchmarks/exposure.py --replications {options.replications} --write",
        count=options.replications,
        draws=options.draws,
        seed=options.seed,
        error=100 * np.sqrt(0.05 * 0.95 / options.replications),
    )
    for (name, n), p in found.items():
        text += f"| {name} | {n} | " + " | ".join(share(column) for column in p.T) + " |\n"
    worst = max(
        (
            (100 * np.mean(column[np.isfinite(column)] <= 0.05), name, n, method)
            for (name, n), p in found.items()
            if not SETTINGS[name][1]
            for method, column in zip(METHODS, p.T, strict=True)
            if np.isfinite(column).any()
        )
    )
    said = f'in the row "{worst[1]}", {worst[2]} people, "{worst[3]}" was wrong in {worst[0]:.1f} %'
    return text + TAIL.format(worst=said)


def main() -> None:
    """Run, print, and with --write write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=199)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = {}
    with ProcessPoolExecutor(options.workers) as pool:
        for at, name in enumerate(SETTINGS):
            for n in PEOPLE:
                seeds = np.random.SeedSequence([options.seed, at, n]).spawn(options.replications)
                jobs = [(name, n, options.draws, seed) for seed in seeds]
                done = tqdm(
                    pool.map(replicate, jobs, chunksize=5), total=len(jobs), desc=f"{name}, {n}", unit="panel"
                )
                found[name, n] = np.array(list(done))
    text = page(found, options)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
