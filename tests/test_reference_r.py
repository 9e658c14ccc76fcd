"""Every value that other packages computed and a measure covers, in one table; differences must be explained."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def agreement():
    spec = importlib.util.spec_from_file_location("agreement_benchmark", ROOT / "benchmarks" / "agreement.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lines(agreement, shared):
    return agreement.compare(shared)


def test_every_id_was_compared(lines):
    assert all(line.cases >= 6 for line in lines.values())
    assert sum(line.values for line in lines.values()) > 30_000


# Cases in which each id may differ; docs/agreement-with-r.md says why.
DIFFER = {
    "grecip.dyadic": {"lazega_undirected"},
    "grecip.dyadic.nonnull": {"lazega_undirected"},
    "grecip.edgewise": {"lazega_undirected"},
    "grecip.edgewise.lrr": {"lazega_undirected"},
    "grecip.correlation": {"lazega_undirected", "edge_empty", "edge_complete", "synth_missing_50x5"},
    "gtrans.weak": {"edge_empty", "synth_missing_50x5"},
    "gtrans.weakcensus": {"synth_missing_50x5"},
    "gtrans.strong": {"synth_missing_50x5"},
    "gtrans.strongcensus": {"synth_missing_50x5"},
    "networkx.transitivity_union": {"edge_empty"},
    "networkx.attribute_assortativity_coefficient": {"edge_empty"},
    "netseg.smi": {"edge_isolates"},
}
DIRECTED_ONLY = {"netseg.gamix", "networkx.effective_size", "brokerage.sd.gli", "brokerage.z.gli"}


def test_differences_are_those_that_are_explained(lines, agreement):
    for key, line in lines.items():
        found = {name.split()[0] for name, _ in line.differ}
        if key in DIRECTED_ONLY:
            assert "lazega_undirected" not in found, key
        else:
            assert found == DIFFER.get(key, set()), key
        assert not found or key in agreement.TABLED, key


def test_the_committed_page_is_what_the_command_prints(lines, agreement):
    assert agreement.PAGE.read_text(encoding="utf-8") == agreement.page(lines)
