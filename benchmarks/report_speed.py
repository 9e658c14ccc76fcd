"""How long a report takes: from saved results, beside computing the study anew, for the five programmes.

    uv run python benchmarks/report_speed.py [--write]

Each command is run in a process of its own, as a user starts it, twice: the second time counts, when Python's compiled
files are there. Nothing is asserted: machines differ, and only the ratios of one run mean something.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from performance_page import put

from netlearn import read_study

DATA = Path(__file__).resolve().parents[1] / "data"
CASES = ("cbu-aalborg", "kambu-aarhus", "naestved-cam", "brondby", "gentofte-cfn")
START = "import sys; from netlearn.cli import main; sys.exit(main(sys.argv[1:]))"
ENDINGS = {"report.html": "page", "report.docx": "Word", "tables.xlsx": "workbook"}


def seconds(home: Path, *command: str) -> float:
    """Run a command of netlearn in a fresh process; return how long it took by the clock on the wall."""
    # Compiled files are kept, as on a user's machine, wherever this program runs.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", START, *command], check=True, capture_output=True, env=kept)
    return time.perf_counter() - start


def row(case: str, home: Path) -> str:
    """A line of the table: people on the staff list, both times, their ratio, and the size of what is written."""
    study, out = DATA / case, home / case
    again = ("run", str(study), "--out", str(out))
    runs = [seconds(home, *again) for _ in range(2)]
    reports = [seconds(home, "report", str(out)) for _ in range(2)]
    people = len(pd.read_csv(study / read_study(study).roster.file, sep=None, engine="python"))
    sizes = " + ".join(f"{(out / name).stat().st_size / 1e6:.1f}" for name in ENDINGS)
    return f"| {case} | {people} | {reports[1]:.1f} | {runs[1]:.1f} | {runs[1] / reports[1]:.1f} | {sizes} |"


def main() -> None:
    """Print the table; with --write put it into docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = [
        "## The report",
        "",
        "`uv run python benchmarks/report_speed.py --write`: seconds by the clock of `netlearn report`, which rebuilds "
        "everything from saved results, and of `netlearn run`, which reads, computes and reports; each in a process of "
        "its own, the second run.",
        "",
        f"| study | on the staff list | report, s | run, s | run / report | {' + '.join(ENDINGS.values())}, MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as home:
        for case in CASES:
            lines.append(row(case, Path(home)))
            print(lines[-1], flush=True)
    if options.write:
        put("report", "\n".join(lines))


if __name__ == "__main__":
    main()
