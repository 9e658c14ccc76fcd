"""Time the measures beside networkx and, where Rscript has them, sna and igraph, in one run on the same networks.

    uv run python benchmarks/measures.py [--write]

R's part runs when Rscript with sna and igraph is there (Debian: r-base-core, r-cran-sna, r-cran-igraph), netseg's when
that package is installed too. Nothing is asserted: machines differ. Only the ratios of one run mean something.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from performance_page import put

from netlearn import Cells, Panel, Wave, measure
from netlearn.measures import brokerage, holes
from netlearn.measures.broker_null import role_null
from netlearn.measures.net import Net, make_net

R = r"""
library(sna, quietly = TRUE, warn.conflicts = FALSE)
args <- commandArgs(TRUE)
edges <- as.matrix(read.csv(args[1])); group <- scan(args[2], quiet = TRUE); n <- length(group)
clock <- function(work, times) { work(); t <- proc.time()[["user.self"]]; for (k in 1:times) work()
  (proc.time()[["user.self"]] - t) / times }
y <- matrix(0, n, n); y[edges] <- 1
out <- c()
if (n <= 1000) {
  out["sna::brokerage"] <- clock(function() sna::brokerage(y, group), 5)
  out["sna::triad.census"] <- clock(function() sna::triad.census(y), 3)
}
if (requireNamespace("igraph", quietly = TRUE)) {
  g <- igraph::graph_from_edgelist(edges, directed = TRUE)
  if (igraph::vcount(g) < n) g <- igraph::add_vertices(g, n - igraph::vcount(g))
  out["igraph::constraint"] <- clock(function() igraph::constraint(g), 20)
  out["igraph::triad_census"] <- clock(function() igraph::triad_census(g), 5)
  if (requireNamespace("netseg", quietly = TRUE)) {
    igraph::V(g)$group <- group
    u <- igraph::as.undirected(g, mode = "collapse")
    out["netseg::ssi"] <- clock(function() netseg::ssi(u, "group"), 1)
  }
}
cat(paste0("{", paste0('"', names(out), '": ', out, collapse = ", "), "}"))
"""


def random_net(n: int, ties: int, departments: int, seed: int = 1) -> Net:
    """A directed network with about `ties` ties, four in ten within departments."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % departments
    within = int(0.4 * ties)
    one = rng.integers(0, n, ties)
    size = n // departments
    mate = (one + departments * rng.integers(1, size, ties)) % (size * departments)
    other = np.where(np.arange(ties) < within, mate, rng.integers(0, n, ties))
    keys = np.unique((one * n + other)[one != other])
    none = np.empty(0, np.int64)
    everybody = np.ones(n, bool)
    return make_net(n, keys // n, keys % n, group, departments, everybody, everybody, (none, none))


def one_wave(net: Net) -> Panel:
    wave = Wave("now", net.sender, net.receiver, np.ones(len(net.sender)), Cells.full(net.n))
    names = tuple(f"d{g:03d}" for g in range(net.k))
    status = np.zeros((1, net.n), np.int8)
    return Panel((wave,), tuple(map(str, range(net.n))), net.group[None], names, status)


def seconds(work: Callable[[], Any], least: float = 0.3) -> float:
    """CPU seconds per call, over as many calls as fill `least` seconds, after one to warm up."""
    work()
    start, calls = time.process_time(), 0
    while time.process_time() - start < least:
        work()
        calls += 1
    return (time.process_time() - start) / calls


def everything(panel: Panel) -> None:
    measure(panel)
    measure(panel, by="department")


def peak(work: Callable[[], Any]) -> float:
    tracemalloc.start()
    work()
    top = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return top


def in_r(net: Net) -> dict[str, float]:
    """Seconds of R's functions on the same network; empty without Rscript or its packages."""
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        pairs = np.column_stack([net.sender, net.receiver]) + 1
        np.savetxt(here / "edges.csv", pairs, fmt="%d", delimiter=",", header="i,j", comments="")
        np.savetxt(here / "group.txt", net.group, fmt="%d")
        (here / "run.R").write_text(R, encoding="utf-8")
        command = ["Rscript", "--vanilla", here / "run.R", here / "edges.csv", here / "group.txt"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def rows(n: int, ties: int, departments: int) -> list[str]:
    net = random_net(n, ties, departments)
    panel = one_wave(net)
    m = len(net.sender)
    head = f"### {n:,} people, {m:,} ties, {departments} departments\n"
    ours = {
        "all measures, network and departments": seconds(lambda: everything(panel), 0.1),
        "constraint": seconds(lambda: holes.constraint(fresh(net))),
        "effective size": seconds(lambda: holes.effective_size(fresh(net))),
        "brokerage with z": seconds(lambda: brokerage_with_z(fresh(net))),
    }
    memory = peak(lambda: everything(panel))
    others: dict[str, dict[str, float]] = {name: {} for name in ours}
    if n <= 1000:
        graph = panel.to_networkx("now")
        others["constraint"]["networkx"] = seconds(lambda: nx.constraint(graph), 0.1)
        others["effective size"]["networkx"] = seconds(lambda: nx.effective_size(graph), 0.1)
    timed = in_r(net)
    for name, function in (("constraint", "igraph::constraint"), ("brokerage with z", "sna::brokerage")):
        if function in timed:
            others[name][function] = timed[function]
    lines = [head, "| what | netlearn, s | beside it, s | ratio (theirs / ours) |", "|---|---|---|---|"]
    for name, value in ours.items():
        beside = others[name] or {"": float("nan")}
        for who, other in beside.items():
            ratio = f"{other / value:.1f}" if who else ""
            lines.append(f"| {name} | {value:.4f} | {f'{who} {other:.4f}' if who else ''} | {ratio} |")
    return [*lines, "", f"Peak memory of all measures: {memory:.0f} MB.", ""]


def fresh(net: Net) -> Net:
    """The same network without anything remembered from an earlier call."""
    return net.without(np.zeros(net.n, bool))


def brokerage_with_z(net: Net) -> Any:
    return brokerage.role_counts(net), role_null(net)


def main() -> None:
    """Print the tables; with --write put them into docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = [
        "## Measures",
        "",
        "CPU seconds on one thread, all in one run of `uv run python benchmarks/measures.py --write`.",
        "",
    ]
    for n, ties, departments in ((140, 1400, 9), (400, 4000, 12), (5000, 50_000, 40)):
        text += rows(n, ties, departments)
    page = "\n".join(text)
    print(page)
    if options.write:
        put("measures", page)


if __name__ == "__main__":
    main()
