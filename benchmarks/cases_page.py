"""The page docs/cases.md, from the re-simulations of cases.py."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from netlearn.study.outcome_names import outcome_names
from netlearn.study.plan import Study, read_study

ROOT = Path(__file__).resolve().parents[1]
SIZE, COVERAGE = (2.0, 7.0), (93.0, 97.0)
YES = ("changed", "changed_beyond_departments", "changed_among_people", "differs", "associated")
VERDICTS = (
    "supported", "supported_people", "too_small", "contrary", "undecided", "undecided_holm", "not_by_design",
)  # fmt: skip
INTRODUCTION = """\
# The five programmes, re-simulated

Each folder under `data/` holds one simulated study of a programme. Here each of them is simulated {count} times anew,
with what its `SOURCE.md` says was planted and with nothing planted, and goes through the plan of its study file: the
same outcomes, tests, Holm's correction and verdicts as in `netlearn run`. The shipped folder is one such draw.

| column | meaning |
|---|---|
| truth | expected value of the estimate, in the unit that is told; as planted |
| mean | mean of the estimates |
| found | share of re-simulations with p at or below alpha, in per cent (before Holm's correction) |
| after Holm | share with the verdict that it changed, given Holm (secondary outcomes) |
| covers | share of intervals that hold the truth, in per cent |
| found, nothing planted | the same share where nothing was planted: the size of the test |

A share of 5 % has a Monte Carlo error of about {error:.1f} points, one of 95 % too. **Bold**: outside {low:g}-{high:g}
% (size) or {least:g}-{most:g} % (coverage).
"""


def write_page(
    frame: pd.DataFrame, truths: dict[str, dict[str, float]], out: Path, count: int, seed: int
) -> None:
    """Write the page."""
    error = 100 * np.sqrt(0.05 * 0.95 / count)
    named = {"low": SIZE[0], "high": SIZE[1], "least": COVERAGE[0], "most": COVERAGE[1]}
    parts = [INTRODUCTION.format(count=count, error=error, **named)]
    for case, truth in truths.items():
        here = frame[frame["case"] == case]
        parts.append(f"## `data/{case}`\n")
        parts.append(_outcomes(here, read_study(ROOT / "data" / case), truth))
        parts.append(_claims(here))
    command = f"uv run python benchmarks/cases.py --count {count} --seed {seed}"
    parts.append(f"Made by `{command}` with netlearn {version('netlearn')}.\n")
    out.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def _outcomes(here: pd.DataFrame, study: Study, truth: dict[str, float]) -> str:
    names = list(outcome_names(study))
    lines = [
        "| outcome | measure | truth | mean | found | after Holm | covers | found, nothing planted |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows = here[here["kind"] == "outcome"]
    for name in dict.fromkeys(rows["name"]):
        planted, nothing = (rows[(rows["name"] == name) & (rows["planted"] == p)] for p in (True, False))
        value = truth.get(name, np.nan)
        if np.isnan(value) and name not in names:
            raise ValueError(f"no truth of {name}")
        hold = (planted["low"] <= value) & (value <= planted["high"])
        covers = 100 * hold[planted["low"].notna()].mean() if np.isfinite(value) else np.nan
        found, size = (100 * (part["p"] <= part["alpha"]).mean() for part in (planted, nothing))
        given = 100 * planted["verdict"].isin(YES).mean()
        told = (name, planted["measure"].iloc[0], f"{value:.3g}", f"{planted['estimate'].mean():.3g}")
        shares = (f"{found:.0f}", f"{given:.0f}", _flag(covers, COVERAGE), _flag(size, SIZE))
        lines.append("| " + " | ".join((*told, *shares)) + " |")
    return "\n".join([*lines, ""])


def _flag(value: float, span: tuple[float, float]) -> str:
    if np.isnan(value):
        return "–"
    text = f"{value:.1f}"
    return text if span[0] <= float(text) <= span[1] else f"**{text}**"


def _claims(here: pd.DataFrame) -> str:
    rows = here[(here["kind"] == "claim") & here["planted"]]
    if rows.empty:
        return ""
    shown = [v for v in VERDICTS if (rows["verdict"] == v).any()]
    lines = [
        "Verdicts on the claims, in per cent of the re-simulations with what was planted:\n",
        "| claim | " + " | ".join(v.replace("_", " ") for v in shown) + " |",
        "|---|" + "---|" * len(shown),
    ]
    for name in dict.fromkeys(rows["name"]):
        own = rows.loc[rows["name"] == name, "verdict"]
        lines.append(f"| {name} | " + " | ".join(f"{100 * (own == v).mean():.0f}" for v in shown) + " |")
    return "\n".join([*lines, ""])
