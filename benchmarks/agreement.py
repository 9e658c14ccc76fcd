# ruff: noqa: E501 - sentences of the page
"""Compare every measure with the values that other packages computed on the same networks.

    uv run python benchmarks/agreement.py [--write]

Reads the numbers of sna, igraph, netseg and networkx that lie beside the project (../shared/reference); --write puts the
table into docs/agreement-with-r.md. Values agree when they differ by at most 1e-8, relative to the larger.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from cases import Case, all_cases  # noqa: E402

from netlearn.measures import (  # noqa: E402
    blocks,
    brokerage,
    chance,
    cohesion,
    departments,
    holes,
    segregation,
    spectral,
    triads,
    union,
)
from netlearn.measures.broker_null import role_null  # noqa: E402
from netlearn.measures.mixing import within_cross  # noqa: E402
from netlearn.measures.net import Net  # noqa: E402

TRIADS = triads.TRIADS
PAGE = ROOT / "docs" / "agreement-with-r.md"
TOLERANCE = 1e-8
Function = Callable[[Net], Any]


def by_class(value: Callable[..., Any]) -> Function:
    return lambda net: value(within_cross(net.tie_table) * net.half, within_cross(net.cell_table) * net.half)


def by_table(value: Callable[..., Any]) -> Function:
    return lambda net: value(net.tie_table, net.cell_table)


def of_union(value: Callable[..., Any]) -> Function:
    return lambda net: value(union.union(net).tie_table, union.union(net).cell_table)


# id in the reference -> (name in netlearn, function of a network)
COVERED: dict[str, tuple[str, Function]] = {
    "gden": ("density", by_class(segregation.density)),
    "grecip.dyadic": ("reciprocity_dyadic", cohesion.dyadic_reciprocity),
    "grecip.dyadic.nonnull": ("reciprocity_nonnull", cohesion.nonnull_reciprocity),
    "grecip.edgewise": ("reciprocity", cohesion.edgewise_reciprocity),
    "grecip.edgewise.lrr": ("cohesion.reciprocity_log_ratio", cohesion.reciprocity_log_ratio),
    "grecip.correlation": ("reciprocity_correlation", cohesion.reciprocity_correlation),
    "networkx.overall_reciprocity": ("reciprocity", cohesion.edgewise_reciprocity),
    "dyad.census": ("dyad_census", cohesion.dyad_census),
    "triad.census": ("triad_census", triads.triad_census),
    "gtrans.weak": ("transitivity", triads.transitivity),
    "gtrans.weakcensus": ("triads.weak_census", lambda net: triads.weak_census(net)[0]),
    "gtrans.strong": ("triads.strong_transitivity", triads.strong_transitivity),
    "gtrans.strongcensus": ("triads.strong_census", lambda net: triads.strong_census(net)[0]),
    "igraph.transitivity_global_union": ("transitivity_union", triads.union_transitivity),
    "networkx.transitivity_union": ("transitivity_union", triads.union_transitivity),
    "mixing.ties": ("mixing_matrix", lambda net: net.tie_table),
    "networkx.attribute_mixing_matrix": ("mixing_matrix", lambda net: net.tie_table),
    "blockmodel.density": ("mixing_matrix", by_table(blocks.block_density)),
    "ei": ("ei_index", by_class(segregation.ei_index)),
    "netseg.ei": ("ei_index", by_class(segregation.ei_index)),
    "netseg.union.ei": (
        "ei_index of the union",
        lambda net: by_class(segregation.ei_index)(union.union(net)),
    ),
    "ei.expected_pairs": ("ei_expected", lambda net: chance.ei_label_mean(np.bincount(net.group))),
    "group.ei": ("department_ei", by_table(departments.department_ei)),
    "netseg.orwg": ("odds_ratio_within", by_table(blocks.odds_ratio_within)),
    "netseg.union.orwg": ("odds_ratio_within of the union", of_union(blocks.odds_ratio_within)),
    "igraph.assortativity_nominal": ("assortativity", by_table(blocks.assortativity)),
    "networkx.attribute_assortativity_coefficient": ("assortativity", by_table(blocks.assortativity)),
    "netseg.assort": ("assortativity_undirected", by_table(blocks.assortativity_undirected)),
    "netseg.union.assort": ("assortativity of the union", of_union(blocks.assortativity)),
    "netseg.gamix": ("within_group_mixing", by_table(blocks.within_group_mixing)),
    "netseg.union.gamix": ("within_group_mixing of the union", of_union(blocks.within_group_mixing)),
    "netseg.union.freeman": ("freeman_segregation of the union", of_union(blocks.freeman_segregation)),
    "netseg.coleman": ("coleman", by_table(departments.coleman)),
    "netseg.smi": ("segregation_matrix", by_table(departments.segregation_matrix)),
    "netseg.union.ssi": ("spectral_segregation", spectral.spectral_segregation),
    "brokerage.raw.nli": ("brokerage roles, people", brokerage.role_counts),
    "brokerage.exp.nli": ("brokerage expected, people", lambda net: role_null(net).people.expected),
    "brokerage.sd.nli": ("brokerage sd, people", lambda net: role_null(net).people.sd),
    "brokerage.z.nli": ("brokerage z, people", lambda net: role_null(net).people.z),
    "brokerage.raw.gli": ("brokerage roles", lambda net: np.nansum(brokerage.role_counts(net), axis=0)),
    "brokerage.exp.gli": ("brokerage expected", lambda net: role_null(net).network.expected),
    "brokerage.sd.gli": ("brokerage sd", lambda net: role_null(net).network.sd),
    "brokerage.z.gli": ("brokerage z", lambda net: role_null(net).network.z),
    "igraph.constraint": ("constraint", holes.constraint),
    "networkx.constraint": ("constraint", holes.constraint),
    "networkx.effective_size": ("effective_size", holes.effective_size),
    "degree.outdegree": ("ties sent", lambda net: np.bincount(net.sender, minlength=net.n)),
    "degree.indegree": ("ties received", lambda net: np.bincount(net.receiver, minlength=net.n)),
}


# Where a package is wrong, or defines otherwise: (id, which cases) -> why, and the test with a hand computation.
EXPLAINED: dict[tuple[str, ...], str] = {
    (
        "grecip.dyadic",
        "grecip.dyadic.nonnull",
        "grecip.edgewise",
        "grecip.edgewise.lrr",
        "grecip.correlation",
    ): (
        "lazega_undirected: an undirected tie has nothing to return; ours is NaN, sna's 1 or its correlation of a matrix "
        "with itself."
    ),
    ("grecip.correlation", ""): (
        "edge_empty, edge_complete: nothing varies, so ours is NaN, sna's 1. synth_missing: sna takes mean and variance "
        "from all cells but the covariance from pairs answered by both, and can exceed 1; ours is Pearson's over those "
        "pairs (tests/test_cohesion.py shows a value of 1.45)."
    ),
    ("gtrans.weak", "gtrans.weakcensus", "gtrans.strong", "gtrans.strongcensus"): (
        "edge_empty: no two-path to close, so ours is NaN, sna's 1. synth_missing: with whole rows missing sna's weak "
        "value is 1; ours counts two-paths whose third cell was observed (tests/test_triads.py)."
    ),
    ("networkx.transitivity_union", "networkx.attribute_assortativity_coefficient"): (
        "edge_empty: undefined, so ours is NaN, networkx's 0."
    ),
    ("netseg.gamix", ""): (
        "directed networks: netseg drops the ties below the diagonal of its mixing matrix and doubles the diagonal, so "
        "the value depends on the order of departments. Complete directed graph of two departments of four: netseg 1/5, "
        "by hand -1/7, which is also netseg's own value for the union (tests/test_blocks.py)."
    ),
    ("netseg.smi", ""): (
        "edge_isolates: netseg takes the density from a to b as the cross density of both groups; ours is by sent ties: "
        "-1/5 for b by hand, netseg -1/9 (tests/test_blocks.py)."
    ),
    ("brokerage.sd.gli", "brokerage.z.gli"): (
        "sna's network variance leaves out covariances of triples that share two cells (coordinator, total) and of pairs "
        "where one's tie is the other's gap (representative, gatekeeper). Ours equals full enumeration of all networks "
        "of 3 and 4 people (tests/test_broker_null.py); itinerant, liaison and all values for people agree."
    ),
    ("networkx.effective_size", ""): (
        "directed networks: networkx's matrix code divides by the strongest tie of q, not of j, in m_jq. By hand 7/6, "
        "its matrix code 4/3, its own loop 7/6 (tests/test_holes.py)."
    ),
}
TABLED = {key: why for keys, why in EXPLAINED.items() for key in keys if key}


@dataclass
class Line:
    """What was found for one id: values compared, largest difference, and the cases that differ."""

    measure: str
    values: int = 0
    cases: int = 0
    largest: float = 0.0
    differ: list[tuple[str, float]] = field(default_factory=list)
    undefined: list[str] = field(default_factory=list)


def difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest relative difference; infinite where one is a number and the other is not."""
    ours, theirs = np.broadcast_arrays(ours, theirs)
    both = np.isfinite(ours) & np.isfinite(theirs)
    if (np.isfinite(ours) != np.isfinite(theirs)).any():
        return float("inf")
    scale = np.maximum(1.0, np.maximum(np.abs(ours), np.abs(theirs)))
    return float(np.max(np.abs(ours - theirs) / scale, where=both, initial=0.0))


def compare(shared: Path) -> dict[str, Line]:
    """Compare every covered id on every network."""
    lines = {key: Line(name) for key, (name, _) in COVERED.items()}
    for case in all_cases(shared):
        for key, (_, function) in COVERED.items():
            theirs = theirs_of(case, key)
            if theirs is None:
                continue
            ours = np.asarray(function(case.net), dtype=float)
            if theirs.shape == (4,) and ours.shape == (16,):  # an undirected triad has 0 to 3 ties
                ours = ours[[TRIADS.index(name) for name in ("003", "102", "201", "300")]]
            line = lines[key]
            gap = difference(ours, theirs)
            line.cases += 1
            line.values += int(theirs.size)
            if gap > TOLERANCE:
                line.differ.append((f"{case.name} {case.wave}", gap))
            else:
                line.largest = max(line.largest, gap)
    return lines


def theirs_of(case: Case, key: str) -> np.ndarray | None:
    """The value of the package as an array in netlearn's order; None if it gave none."""
    found = case.values.get(f"{case.wave}.{key}")
    if found is None:
        return None
    if key in ("dyad.census", "triad.census"):
        found = list(found.values())
        case = Case(
            case.name, case.wave, case.net, case.ties, case.observed, [], {f"{case.wave}.{key}": found}
        )
    return case.value(key)


HEAD = """\
# Agreement with R and networkx

Made by `uv run python benchmarks/agreement.py --write` from fifteen networks with values computed by sna 2.7-1, igraph
1.3.5, netseg 1.0-4 (R 4.2.2) and networkx 3.6.1: real and simulated, directed and undirected, with missing rows, and the
edge cases (empty, complete, one department, isolates, a single tie). Values agree when they differ by at most 1e-8.

| value of the package | netlearn | networks | values | agree | largest difference | see |
|---|---|---|---|---|---|---|
"""


def page(lines: dict[str, Line]) -> str:
    """Return the table and the notes below it."""
    notes = list(dict.fromkeys(TABLED[key] for key, line in lines.items() if line.differ))
    rows = []
    for key, line in lines.items():
        note = f"{notes.index(TABLED[key]) + 1}" if line.differ else ""
        agree = f"{line.cases - len(line.differ)} of {line.cases}"
        # The last digits depend on the machine, so the page says no more than this.
        gap = "below 1e-12" if line.largest < 1e-12 else f"{line.largest:.0e}"
        rows.append(f"| `{key}` | {line.measure} | {line.cases} | {line.values} | {agree} | {gap} | {note} |")
    told = [f"{at}. {note}" for at, note in enumerate(notes, start=1)]
    total = sum(line.values for line in lines.values())
    tail = f"\n\n{total:,} values in all.\n\n## Where a package differs\n\n" + "\n".join(told) + "\n"
    return HEAD + "\n".join(rows) + tail


def main() -> None:
    """Print the table; with --write put it into docs/agreement-with-r.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    text = page(compare(ROOT.parent / "shared"))
    print(text)
    if parser.parse_args().write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
