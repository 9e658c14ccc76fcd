"""Time and memory of the null models of networks, some of them beside networkx and beside a plain numpy loop.

    uv run python benchmarks/nulls.py [--quick] [--write]

Everything runs in one thread. Memory is the peak that Python and numpy ask for while the draws are made (tracemalloc),
without the network itself. Compiled functions are called once before they are timed. Nothing is asserted: machines
differ. Only the ratios of one run mean something.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from performance_page import put

from netlearn.inference.label_null import labels_permuted
from netlearn.inference.random_nets import NetSampler, degrees_fixed, random_density, random_dyad_census
from netlearn.measures.net import Net, make_net
from netlearn.measures.segregation import ei_index

SIZES = [(140, 843), (400, 2_400), (2_000, 16_000), (10_000, 100_000), (100_000, 1_000_000)]


def random_net(n: int, ties: int, departments: int, seed: int = 1) -> Net:
    """A directed network of about that many ties, everybody observed."""
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(0, n * n, round(1.01 * ties)))
    keys = keys[keys // n != keys % n]
    keys = np.sort(rng.permutation(keys)[:ties])
    none, everybody = np.empty(0, np.int64), np.ones(n, bool)
    group = np.arange(n) % departments
    return make_net(n, keys // n, keys % n, group, departments, everybody, everybody, (none, none))


def seconds(work: Callable[[], Any], least: float = 0.5) -> float:
    """CPU seconds per call, over as many calls as fill `least` seconds, after one to warm up."""
    work()
    start, calls = time.process_time(), 0
    while time.process_time() - start < least:
        work()
        calls += 1
    return (time.process_time() - start) / calls


def peak(work: Callable[[], Any]) -> float:
    """Peak of the memory asked for, in MB."""
    tracemalloc.start()
    work()
    used = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return used


def label_rows(sizes: list[tuple[int, int]]) -> list[str]:
    """Departments permuted: seconds per 1,000 draws, memory, and the same by numpy."""
    rows = [
        "| people | ties | seconds per 1,000 draws | plain numpy | ratio | MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for n, ties in sizes:
        net = random_net(n, ties, max(8, n // 100))
        draws = 100 if ties > 50_000 else 1_000

        def ours(net: Net = net, draws: int = draws) -> None:
            labels_permuted(net, ei_index, draws, 1)

        def plain(net: Net = net) -> None:
            rng = np.random.default_rng(1)
            for _ in range(10):
                label = rng.permutation(net.group)
                cross = np.count_nonzero(label[net.sender] != label[net.receiver])
                _ = 2 * cross / len(net.sender) - 1

        own, other = seconds(ours) / draws * 1_000, seconds(plain) / 10 * 1_000
        rows.append(f"| {n:,} | {ties:,} | {own:.3f} | {other:.3f} | {other / own:.1f} | {peak(ours):.1f} |")
    return rows


def degree_rows(sizes: list[tuple[int, int]]) -> list[str]:
    """Degrees fixed: seconds per draw of 20 steps per tie or more, beside as many swaps by networkx."""
    rows = [
        "| people | ties | steps | seconds per draw | networkx, as many swaps | ratio | MB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for n, ties in sizes:
        net, rng = random_net(n, ties, 8), np.random.default_rng(1)
        sampler = degrees_fixed(net)
        own = seconds(lambda sampler=sampler, rng=rng: sampler(rng))
        told, ratio = "", ""
        if ties <= 20_000:
            graph = nx.DiGraph(list(zip(net.sender.tolist(), net.receiver.tolist(), strict=True)))
            other = networkx_seconds(graph, min(2_000, sampler.steps)) * sampler.steps
            told, ratio = f"{other:.2f}", f"{other / own:,.0f}"
        used = peak(lambda sampler=sampler, rng=rng: sampler(rng))
        rows.append(f"| {n:,} | {ties:,} | {sampler.steps:,} | {own:.4f} | {told} | {ratio} | {used:.1f} |")
    return rows


def networkx_seconds(graph: nx.DiGraph, swaps: int) -> float:
    """CPU seconds of `directed_edge_swap` per swap that it makes."""
    copy = graph.copy()
    start = time.process_time()
    nx.directed_edge_swap(copy, nswap=swaps, max_tries=200 * swaps, seed=1)
    return (time.process_time() - start) / swaps


def dealt_rows(sizes: list[tuple[int, int]]) -> list[str]:
    """Random networks of the same density and dyad census, drawn and measured, beside square arrays."""
    rows = [
        "| people | ties | same density | same dyad census | plain numpy, same density | ratio |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for n, ties in sizes:
        net, rng = random_net(n, ties, 8), np.random.default_rng(1)
        density, census = (value_seconds(kind(net), rng) for kind in (random_density, random_dyad_census))
        told, ratio = "", ""
        if n <= 2_000:
            plain = seconds(lambda net=net, rng=rng: dense_value(net, rng))
            told, ratio = f"{1_000 * plain:.2f}", f"{plain / density:.1f}"
        rows.append(f"| {n:,} | {ties:,} | {1_000 * density:.2f} | {1_000 * census:.2f} | {told} | {ratio} |")
    return rows


def value_seconds(sampler: NetSampler, rng: np.random.Generator) -> float:
    return seconds(lambda: one_value(sampler(rng)))


def one_value(net: Net) -> float:
    return float(2 * np.count_nonzero(net.cross) / len(net.sender) - 1)


def dense_value(net: Net, rng: np.random.Generator) -> float:
    """E-I index of a square array with as many ties in random places, as one would write it."""
    y = np.zeros(net.n * (net.n - 1))
    y[rng.permutation(len(y))[: net.ties.nnz]] = 1
    square = np.zeros((net.n, net.n))
    square[~np.eye(net.n, dtype=bool)] = y
    return float((square * np.where(net.group[:, None] != net.group, 1, -1)).sum() / square.sum())


def report(*, quick: bool) -> str:
    sizes = SIZES[:3] if quick else SIZES
    parts = [
        "Departments permuted among the people (E-I index; one in a hundred people is a department, at least 8):",
        *label_rows(sizes),
        "Everybody's degrees fixed, 20 steps per tie or more (those that cannot be made count here, not in networkx):",
        *degree_rows(sizes[:-1] if not quick else sizes),
        "As many ties, or as many mutual and one-way pairs, dealt at random; milliseconds per draw with its E-I index:",
        *dealt_rows(sizes[:-1] if not quick else sizes),
    ]
    lines: list[str] = []
    for part in parts:
        lines += [part] if part.startswith("|") else ["", part, ""]
    return "\n".join(lines).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="up to 2,000 people only")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    options = parser.parse_args()
    text = report(quick=options.quick)
    print(text)
    if options.write:
        put("nulls", "## Null models of one wave\n\n" + text)


if __name__ == "__main__":
    main()
