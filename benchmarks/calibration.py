"""How often the default interval errs in worlds whose truth is known: rejection, coverage and power.

uv run python benchmarks/calibration.py --replications 1000 --write
"""

from __future__ import annotations

import argparse
import shlex
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from netlearn.analysis.compare import compare
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import WORLDS, world

PAGE = Path(__file__).resolve().parents[1] / "docs" / "calibration.md"
MEASURES = ("cross_density", "cross_log_odds", "ei_index")
LEVELS = ("arc", "dyad", "person", "department")
ALPHA, BLOCK = 0.05, 50
NULL, PLANTED = ("N0", "N1", "N2"), ("A1", "A2")
REJECTION, COVERAGE = (2.0, 7.0), (93.0, 97.0)
Job = tuple[str, int, list[np.random.SeedSequence]]

WORDS = """\
# How often the interval errs

netlearn's default interval was tried on simulated workplaces whose true change is known. All panels come
from `netlearn.planning.simulate`; the worlds are those of `netlearn.planning.worlds` and were fixed before the
figures were seen: eight departments, two waves, everybody answers; {cross:.2f} of the cells across departments and
{within:.2f} of those within are ties.

| world | what happens in it |
|---|---|
| N0 | people are alike; nothing changes |
| N1 | people differ in activity and popularity, ties are returned; nothing changes |
| N2 | N1, and people drift: part of their activity and popularity is new in each wave |
| N3 | N1, and each department has events of its own in each wave |
| N4 | N1, and all ties grow by the same log odds, within departments as across them |
| A1, A2 | N1 and N2, and people gain one colleague in another department on average |

`arc`, `dyad`, `person` and `department` are the rungs of the ladder that `compare` prints: how often each
rejects "no change" at 5 %. `person` is the default. `both` is the verdict "changed, also against
the departments' own ups and downs". `covered` is how often the default 95 % interval holds the true
change. In N0-N3 the truth is no change, so a rejection is an error. In N4, A1 and A2 something did change:
`truth` says what, `mean` is the mean of the estimates, and a rejection is power.

Command: `{command}`

Seed {seed}, {count} replications per row, netlearn {version}. The Monte Carlo standard error is
{error_5:.1f} points at 5 % and {error_50:.1f} points at 50 %. The result does not depend on the number of workers.

{table}

## What this says

{verdict}

**Where it fails: N3.** No standard error that is made of people removes events that hit a whole department
at once. Here such events multiply the odds of all ties that a department sends by about 1.3 up or down in each
wave, which is a lot. The default then calls a change of `cross_density` in {n3_person:.1f} % of the panels in which
there is none (n = {n}); the department level does so in {n3_department:.1f} %, both together in {n3_both:.1f} %.
This is why the verdict in words asks for both levels, and why the person level alone is said to speak of *these
people* only. An event that raises all that a department sends raises cross and within alike, so the two relative
measures suffer less: `cross_log_odds` {n3_odds:.1f} %, `ei_index` {n3_ei:.1f} %.

**Which measure says "specific to crossing departments".** In N4 every tie gets the same log odds more. The true
change of `cross_log_odds` is then nearly nothing ({n4_odds:+.3f}), and it is called in {n4_odds_person:.1f} % of the
panels. The E-I index does change ({n4_ei:+.3f}, n = {n}), because ties within departments are already common and
have less room to grow; it is called in {n4_ei_person:.1f} %. That is the right answer about the index, but no sign that
contact across departments was favoured. When all ties grow, trust the log odds.

The arc and dyad rungs show what is lost by taking ties as independent; they are not for conclusions. The
department rung rests on eight departments and may err on either side; it is never used alone.
"""


def replicate(job: Job) -> np.ndarray:
    """One row per replication and measure: estimate, p per level, covered, changed beyond departments."""
    name, n, seeds = job
    setting = world(name, n)
    truth = setting.truth()
    rows = []
    for seed in seeds:
        panel = simulate(setting, seed).panel
        for measure in MEASURES:
            change = compare(panel, measure, alpha=ALPHA, draws=0)
            p_values = change.ladder.set_index("level")["p_value"]
            covered = change.low <= truth[measure] <= change.high
            beyond = change.verdict == "changed_beyond_departments"
            rows.append([change.estimate, *(p_values[level] for level in LEVELS), covered, beyond])
    return np.asarray(rows, dtype=float).reshape(len(seeds), len(MEASURES), -1)


def calibrate(names: list[str], people: list[int], count: int, seed: int, workers: int) -> pd.DataFrame:
    """Percentages per world, n and measure; every replication has a seed of its own."""
    jobs: list[Job] = []
    for name in names:
        for n in people:
            seeds = np.random.SeedSequence([seed, list(WORLDS).index(name), n]).spawn(count)
            jobs += [(name, n, seeds[at : at + BLOCK]) for at in range(0, count, BLOCK)]
    with ProcessPoolExecutor(workers) as pool:
        blocks = list(tqdm(pool.map(replicate, jobs), total=len(jobs), unit="block"))
    rows = []
    for name in names:
        for n in people:
            found = np.concatenate([b for job, b in zip(jobs, blocks, strict=True) if job[:2] == (name, n)])
            rows += [summarise(name, n, m, found[:, k]) for k, m in enumerate(MEASURES)]
    return pd.DataFrame(rows)


def summarise(name: str, n: int, measure: str, found: np.ndarray) -> dict[str, object]:
    estimate, levels, covered, beyond = found[:, 0], found[:, 1:5], found[:, 5], found[:, 6]
    row: dict[str, object] = {
        "world": name,
        "n": n,
        "measure": measure,
        "truth": world(name, n).truth()[measure],
    }
    row["mean"] = estimate.mean()
    row |= {level: 100 * np.mean(levels[:, k] <= ALPHA) for k, level in enumerate(LEVELS)}
    return row | {"both": 100 * beyond.mean(), "covered": 100 * covered.mean()}


def outside(table: pd.DataFrame) -> pd.DataFrame:
    """Rows that break the promise: rejection in N0-N2, coverage in A1 and A2."""
    null, planted = table["world"].isin(NULL), table["world"].isin(PLANTED)
    return table[null & ~table["person"].between(*REJECTION) | planted & ~table["covered"].between(*COVERAGE)]


def markdown(table: pd.DataFrame) -> str:
    digits = {"truth": "{:+.4f}", "mean": "{:+.4f}"} | dict.fromkeys([*LEVELS, "both", "covered"], "{:.1f}")
    lines = ["| " + " | ".join(table.columns) + " |", "|---" * len(table.columns) + "|"]
    for row in table.to_dict("records"):
        cells = (digits.get(str(key), "{}").format(value) for key, value in row.items())
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def verdict(table: pd.DataFrame) -> str:
    low, high, least, most = (round(bound) for bound in (*REJECTION, *COVERAGE))
    promise = (
        f"The promise is: the default rejects in {low}-{high} % of the panels of N0, N1 and N2, and covers\n"
        f"the planted change in {least}-{most} % of those of A1 and A2."
    )
    broken = outside(table)
    if broken.empty:
        return f"{promise}\nIt holds in every row."
    return f"{promise}\nIt does not hold in these rows:\n\n{markdown(broken)}"


def page(table: pd.DataFrame, command: str, count: int, seed: int) -> str:
    n = int(table["n"].max())
    figures = table[table["n"] == n].set_index(["world", "measure"])
    growth = world("N4", n).truth()
    cross, within = world("N0", n).densities(0)
    shocked = figures.loc[("N3", "cross_density")]
    person = figures["person"]
    return WORDS.format(
        cross=cross,
        within=within,
        command=command,
        seed=seed,
        count=count,
        version=version("netlearn"),
        error_5=100 * sqrt(0.05 * 0.95 / count),
        error_50=100 * sqrt(0.5 * 0.5 / count),
        table=markdown(table),
        verdict=verdict(table),
        n=n,
        n3_person=shocked["person"],
        n3_department=shocked["department"],
        n3_both=shocked["both"],
        n3_odds=person["N3", "cross_log_odds"],
        n3_ei=person["N3", "ei_index"],
        n4_odds=growth["cross_log_odds"],
        n4_ei=growth["ei_index"],
        n4_odds_person=person["N4", "cross_log_odds"],
        n4_ei_person=person["N4", "ei_index"],
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--n", type=int, nargs="+", default=[40, 140], help="people")
    parser.add_argument("--worlds", nargs="+", choices=list(WORLDS), default=list(WORLDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="processes; the figures do not depend on it")
    parser.add_argument("--write", action="store_true", help="write docs/calibration.md (needs all worlds)")
    given = parser.parse_args()
    if given.write and set(given.worlds) != set(WORLDS):
        parser.error("--write needs all worlds")
    table = calibrate(given.worlds, given.n, given.replications, given.seed, given.workers)
    sys.stdout.write(markdown(table) + "\n\n" + verdict(table) + "\n")
    if given.write:
        command = shlex.join(["uv", "run", "python", "benchmarks/calibration.py", *sys.argv[1:]])
        text = page(table, command, given.replications, given.seed)
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
