"""Re-simulate the five programmes: does the kit find what was planted, and nothing where nothing was?

Run `uv run python benchmarks/cases.py [--count 200] [--seed 1] [--workers 2]`; it writes docs/cases.md.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from cases_page import write_page

from netlearn.analysis.carry_out import carry_out, planned
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.evidence import evidence
from netlearn.inference.parallel import run_jobs
from netlearn.study.claims import Claims, read_claims
from netlearn.study.findings import Findings
from netlearn.study.plan import Study, read_study

ROOT = Path(__file__).resolve().parents[1]
CASES = {
    "cbu-aalborg": "cbu_aalborg",
    "brondby": "brondby",
    "kambu-aarhus": "kambu_aarhus",
    "gentofte-cfn": "gentofte_cfn",
    "naestved-cam": "naestved_cam",
}
DRAWS, BLOCK = 199, 5


@dataclass(frozen=True)
class Batch:
    """Some re-simulations of one programme, planted or with nothing planted."""

    case: str
    planted: bool
    count: int
    seed: int


def run(batch: Batch) -> pd.DataFrame:
    """One row per re-simulation and outcome, and one per claim."""
    folder = ROOT / "data" / batch.case
    study = read_study(folder)
    claims = read_claims(study, Findings())
    frames = [
        _rows(study, claims, data, How(DRAWS, batch.seed * BLOCK + at))
        for at, data in enumerate(_studies(batch))
    ]
    return pd.concat(frames, ignore_index=True).assign(case=batch.case, planted=batch.planted)


def _studies(batch: Batch) -> Iterator[StudyData]:
    studies = script(batch.case).studies
    return iter(studies(batch.count, batch.seed, planted=batch.planted))


def script(case: str) -> Any:
    """The script that simulates a programme."""
    for folder in (ROOT / "data" / "make", ROOT / "tests"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    return importlib.import_module(CASES[case])


def _rows(study: Study, claims: Claims | None, data: StudyData, how: How) -> pd.DataFrame:
    done = carry_out(data, planned(study), how, list)
    rows = []
    for at, found in enumerate(done):
        estimate, low, high, unit = found.told
        told = {"estimate": estimate, "low": low, "high": high, "unit": unit, "p": found.p_value}
        name = found.outcome.name or ("primary" if at == 0 else f"secondary-{at}")
        kind = {"kind": "outcome", "name": name, "role": found.role, "measure": found.outcome.measure}
        rows.append(kind | told | {"alpha": found.result.alpha, "verdict": found.verdict})
    judged = () if claims is None else evidence(study, claims, done).judged
    for at, claim in enumerate(judged):
        name = claim.claim.name or f"claim-{at + 1}"
        rows.append({"kind": "claim", "name": name, "verdict": claim.verdict})
    return pd.DataFrame(rows)


def batches(count: int, seed: int) -> list[Batch]:
    """All the work, in blocks with seeds of their own."""
    seeds = iter(np.random.SeedSequence(seed).generate_state(2 * len(CASES) * -(-count // BLOCK)))
    return [
        Batch(case, planted, min(BLOCK, count - start), int(next(seeds)))
        for case in CASES
        for planted in (True, False)
        for start in range(0, count, BLOCK)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="re-simulations of each programme")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--case", action="append", choices=list(CASES), help="only these (writes no page)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "cases.md")
    options = parser.parse_args()
    todo = [b for b in batches(options.count, options.seed) if not options.case or b.case in options.case]
    frame = pd.concat(run_jobs(run, todo, options.workers, progress=True, label="blocks"))
    truths = {case: script(case).truths() for case in options.case or CASES}
    if options.case:
        options.out = Path(f"cases-{'-'.join(options.case)}.md")
    write_page(frame, truths, options.out, options.count, options.seed)


if __name__ == "__main__":
    main()
