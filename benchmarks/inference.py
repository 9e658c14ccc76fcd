"""Time QAP and MRQAP beside numpy and, where Rscript has it, sna, in one run on the same matrices.

    uv run python benchmarks/inference.py [--write]

R's part runs when Rscript with sna is there (Debian: r-base-core, r-cran-sna); it makes few draws, which are scaled up.
Nothing is asserted: machines differ. Only the ratios of one run mean something.
"""

# ruff: noqa: E402
from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is loaded: one thread for everybody

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from performance_page import put

from netlearn.inference.mrqap import mrqap
from netlearn.inference.qap import qap_correlation
from netlearn.inference.terms import difference, same

HERE = Path(__file__).resolve().parent
FIGURE = HERE.parent / "docs" / "img" / "inference-growth.svg"
Matrix = np.ndarray[Any, Any]
FRESH = """
import time, numpy as np
from netlearn.inference.mrqap import mrqap
from netlearn.inference.terms import difference, same
rng = np.random.default_rng(1)
y = (rng.random((60, 60)) < 0.1).astype(float)
y[0, 5] = np.nan
x = {"a": rng.random((60, 60)), "b": (rng.random((60, 60)) < 0.1) * 1.0, "c": same(np.arange(60) % 5)}
x["d"] = difference(np.arange(60) % 9)
start = time.perf_counter()
mrqap(y, x, draws=100)
print(time.perf_counter() - start)
"""


def world(n: int, degree: float, seed: int = 1, *, decimals: int = 1) -> tuple[Matrix, dict[str, Matrix]]:
    """Draw two waves of about `degree` ties per person, most within departments of about 12, and five predictors."""
    rng = np.random.default_rng(seed)
    mates = same(rng.integers(0, max(2, n // 12), n))
    np.fill_diagonal(mates, 0)
    chance = np.where(mates == 1, min(0.9, 0.6 * degree / 12), 0.4 * degree / n)
    first, other = (rng.random((2, n, n)) < chance).astype(float)
    y = np.where(rng.random((n, n)) < 0.6, first, other)
    trained = (rng.random(n) < 0.4).astype(float)
    return y, {
        "wave1": first,
        "same": mates,
        "tenurediff": difference(np.round(rng.gamma(2, 4, n), decimals)),
        "trainedboth": np.outer(trained, trained),
        "agediff": difference(rng.integers(22, 66, n)),
    }


def seconds(work: Callable[[], Any], least: float = 0.5) -> float:
    """CPU seconds per call, over as many calls as fill `least` seconds."""
    start, calls = time.process_time(), 0
    while calls == 0 or time.process_time() - start < least:
        work()
        calls += 1
    return (time.process_time() - start) / calls


def numpy_semipartial(y: Matrix, predictors: dict[str, Matrix], draws: int) -> Matrix:
    """Semi-partialling in plain numpy: residuals once, then products per draw and term instead of least squares."""
    n = len(y)
    off = ~np.eye(n, dtype=bool)
    x = np.column_stack([np.ones(off.sum()), *(m[off] for m in predictors.values())])
    target, k = y[off], x.shape[1]
    rng = np.random.default_rng(1)
    prepared = []
    for term in range(k):
        others = np.delete(x, term, axis=1)
        basis = np.linalg.qr(others)[0]
        residual = np.zeros((n, n))
        residual[off] = x[:, term] - basis @ (basis.T @ x[:, term])
        left = target - basis @ (basis.T @ target)
        prepared.append((residual, np.column_stack([basis, left]), left @ left))
    out = np.empty((draws, k))
    for r in range(draws):
        order = rng.permutation(n)
        for term, (residual, basis, whole) in enumerate(prepared):
            moved = residual[order][:, order][off]
            found = moved @ basis
            square = moved @ moved - found[:-1] @ found[:-1]
            rest = whole - found[-1] ** 2 / square
            out[r, term] = found[-1] / np.sqrt(square * rest / (len(target) - k))
    return out


def least_squares(y: Matrix, predictors: dict[str, Matrix], draws: int) -> Matrix:
    """Semi-partialling the slow way: one least-squares fit per draw and term."""
    n = len(y)
    off = ~np.eye(n, dtype=bool)
    x = np.column_stack([np.ones(off.sum()), *(m[off] for m in predictors.values())])
    target, k = y[off], x.shape[1]
    rng = np.random.default_rng(1)
    out = np.empty((draws, k))
    for term in range(k):
        others = np.delete(x, term, axis=1)
        residual = np.zeros((n, n))
        residual[off] = x[:, term] - others @ np.linalg.lstsq(others, x[:, term], rcond=None)[0]
        for r in range(draws):
            order = rng.permutation(n)
            design = np.column_stack([others, residual[order][:, order][off]])
            b, rest = np.linalg.lstsq(design, target, rcond=None)[:2]
            spread = np.linalg.inv(design.T @ design)[-1, -1]
            out[r, term] = b[-1] / np.sqrt(spread * rest[0] / (len(target) - k))
    return out


def in_r(y: Matrix, predictors: dict[str, Matrix], draws: tuple[int, int, int]) -> dict[str, float]:
    """CPU seconds per 1,000 draws of sna's tests; empty without Rscript or the package."""
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for key, matrix in {"y": y, **predictors}.items():
            np.savetxt(Path(folder) / f"{key}.csv", matrix, fmt="%.10g", delimiter=",")
        command = ["Rscript", "--vanilla", str(HERE / "inference.R"), folder, *map(str, draws)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def streaming() -> float:
    """Seconds to multiply and add two numbers from memory: a dot product of arrays far larger than any cache."""
    a = np.ones(20_000_000)
    b = a.copy()
    return seconds(lambda: a @ b, 1.0) / len(a)


def ours(y: Matrix, x: dict[str, Matrix]) -> dict[str, float]:
    """CPU seconds of whole calls with 1,000 draws, preparation included (logistic: 100 draws, times 10)."""
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(2, *y.shape))
    few = {key: x[key] for key in ("wave1", "same", "tenurediff")}
    return {
        "QAP correlation": seconds(lambda: qap_correlation(y, x["wave1"], draws=1000)),
        "QAP, no ties and no levels": seconds(lambda: qap_correlation(a, b, draws=1000)),
        "MRQAP, 5 predictors": seconds(lambda: mrqap(y, x, draws=1000)),
        "MRQAP, y permuted": seconds(lambda: mrqap(y, x, draws=1000, method="y-permutation")),
        "logistic MRQAP, 3 predictors": seconds(
            lambda: 10 * [mrqap(y, few, draws=100, family="logistic")], 0.1
        )
        * 10,
    }


def side_by_side(n: int, degree: float, draws_in_r: tuple[int, int, int], bound: float) -> list[str]:
    """Table of one size."""
    y, x = world(n, degree)
    mine = ours(y, x)
    r = in_r(y, x, draws_in_r)
    few = 20 if n < 200 else 4
    beside = [
        ("QAP correlation", "sna::qaptest", r.get("qaptest")),
        ("QAP, no ties and no levels", "reading 2 n² numbers from memory", bound * n * n * 1000),
        ("MRQAP, 5 predictors", "sna::netlm (qapspp)", r.get("netlm")),
        (
            "MRQAP, 5 predictors",
            "least squares per draw, numpy",
            seconds(lambda: least_squares(y, x, few), 0) * 1000 / few,
        ),
        (
            "MRQAP, 5 predictors",
            "products per draw, numpy",
            seconds(lambda: numpy_semipartial(y, x, 5 * few), 0.5) * 200 / few,
        ),
        ("MRQAP, y permuted", "", None),
        ("logistic MRQAP, 3 predictors", "sna::netlogit (qapspp)", r.get("netlogit")),
    ]
    lines = [f"### {n:,} people, {int(y.sum()):,} ties", ""]
    lines += ["| 1,000 draws | netlearn, s | beside it, s | ratio (theirs / ours) |", "|---|---|---|---|"]
    for what, who, value in beside:
        other = "" if value is None else f"{who} {value:.3g}"
        ratio = "" if value is None else f"{value / mine[what]:,.1f}"
        lines.append(f"| {what} | {mine[what]:.4f} | {other} | {ratio} |")
    return [*lines, ""]


def growth() -> tuple[list[str], dict[str, list[tuple[float, float, float]]]]:
    """CPU seconds of 1,000 draws as people, ties and predictors grow, one at a time."""
    found: dict[str, list[tuple[float, float, float]]] = {"people": [], "ties": [], "predictors": []}
    for n in (100, 200, 400, 800, 1600):
        y, x = world(n, 8, decimals=0)
        found["people"].append((n, *_two(y, x)))
    for degree in (2, 4, 8, 16):
        y, x = world(800, degree, decimals=0)
        found["ties"].append((float(y.sum()), *_two(y, x)))
    y, x = world(400, 8, decimals=0)
    rng = np.random.default_rng(3)
    for k in (1, 2, 4, 8):
        chosen = dict(
            list({**x, **{f"d{i}": difference(rng.integers(0, 40, 400)) for i in range(3)}}.items())[:k]
        )
        found["predictors"].append((k, *_two(y, chosen)))
    lines = ["### Growth", "", "| what grows | to | QAP, s | MRQAP, s |", "|---|---|---|---|"]
    for what, points in found.items():
        lines += [f"| {what} | {size:,.0f} | {qap:.4f} | {dsp:.4f} |" for size, qap, dsp in points]
    note = (
        "1,000 draws. People: 8 ties each, 5 predictors. Ties: 800 people, 5 predictors. Predictors: 400 people, 8 "
        "ties each. Differences are whole numbers."
    )
    return [*lines, "", note, ""], found


def _two(y: Matrix, x: dict[str, Matrix]) -> tuple[float, float]:
    first = next(iter(x.values()))
    return (
        seconds(lambda: qap_correlation(y, first, draws=1000), 0.2),
        seconds(lambda: mrqap(y, x, draws=1000), 0.2),
    )


def draw_growth(found: dict[str, list[tuple[float, float, float]]]) -> None:
    """Write the figure: seconds against size, both on log scales."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "netlearn"
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(9, 3), sharey=True, layout="constrained")
    for ax, (what, points) in zip(axes, found.items(), strict=True):
        sizes, qap, dsp = zip(*points, strict=True)
        ax.loglog(sizes, dsp, "o-", color="#b2182b", label="MRQAP")
        ax.loglog(sizes, qap, "s-", color="#2166ac", label="QAP correlation")
        ax.set_xticks(sizes, [f"{size:,.0f}" for size in sizes])
        ax.minorticks_off()
        ax.set_xlabel(what)
        ax.grid(alpha=0.3)
    axes[0].set_ylabel("CPU seconds, 1,000 draws")
    axes[0].legend(frameon=False)
    FIGURE.parent.mkdir(exist_ok=True)
    figure.savefig(FIGURE, metadata={"Date": None})


def compile_times() -> str:
    """Say how long the first call takes without a compile cache, and with it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        first, second = (
            float(
                subprocess.run(
                    [sys.executable, "-c", FRESH], env=environment, capture_output=True, text=True, check=True
                ).stdout
            )
            for _ in range(2)
        )
    return (
        f"First call after installing, which compiles: {first:.1f} s; first call of a later session, which reads the "
        f"compiled code: {second:.1f} s."
    )


def big() -> str:
    """Say the time of the largest run: 2,000 people, five predictors."""
    y, x = world(2000, 8, decimals=0)
    mrqap(y, x, draws=20)
    spent = seconds(lambda: mrqap(y, x, draws=1000), 0)
    return f"2,000 people, {int(y.sum()):,} ties, 5 predictors, 1,000 draws of MRQAP: {spent:.1f} s."


def section() -> tuple[list[str], dict[str, list[tuple[float, float, float]]]]:
    """Measure everything: the lines of the section, and the points of the figure."""
    bound = streaming()
    mrqap(*world(30, 4), draws=10)
    mrqap(*world(30, 4), draws=10, family="logistic")
    lines = [
        "## QAP and MRQAP",
        "",
        "CPU seconds on one thread, all in one run of `uv run python benchmarks/inference.py --write`. Predictors: an "
        "earlier wave, same department, difference in tenure (one decimal), both trained, difference in age (years).",
        "",
        f"Memory bound: {16 / bound / 1e9:.0f} GB/s, measured with a dot product of two arrays of 160 MB.",
        "",
    ]
    for n, degree, draws in ((140, 8, (100, 5, 3)), (400, 8, (20, 2, 1))):
        lines += side_by_side(n, degree, draws, bound)
    table, found = growth()
    lines += [big(), "", *table, "![Growth](img/inference-growth.svg)", "", compile_times()]
    return lines, found


def main() -> None:
    """Print the section; with --write put it into docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines, found = section()
    print("\n".join(lines))
    if options.write:
        draw_growth(found)
        put("inference", "\n".join(lines))


if __name__ == "__main__":
    main()
