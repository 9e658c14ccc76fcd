"""Published data sets: every number of the reference facts, the download, and the study folders."""

from __future__ import annotations

import hashlib
import json
import threading
import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netlearn.analysis.compare import compare
from netlearn.analysis.measure import measure, mixing_matrix, turnover
from netlearn.errors import NetlearnError
from netlearn.published import fetch, freeman, invs, load_published, published_names, write_study_folder
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import read_study
from netlearn.survey.reader import read_panel, read_roster
from netlearn.survey.table import Tables

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "published"
RAW = SHARED / "raw"

needs_data = pytest.mark.skipif(not RAW.is_dir(), reason="the published raw files are not beside the project")

NETWORKS = [
    ("freeman_eies", "acquaintance", "before", "before_acquaintance"),
    ("freeman_eies", "acquaintance", "after", "after_acquaintance"),
    ("freeman_eies", "messages", "study", "study_messages"),
    ("kapferer_tailorshop", "sociational", "time1", "time1_sociational"),
    ("kapferer_tailorshop", "sociational", "time2", "time2_sociational"),
    ("kapferer_tailorshop", "instrumental", "time1", "time1_instrumental"),
    ("kapferer_tailorshop", "instrumental", "time2", "time2_instrumental"),
    ("invs13_workplace", "contact", "week1", "week1_contact"),
    ("invs13_workplace", "contact", "week2", "week2_contact"),
]
TRANSITIONS = [
    ("freeman_eies", "acquaintance", "before->after acquaintance"),
    ("kapferer_tailorshop", "sociational", "time1->time2 sociational"),
    ("kapferer_tailorshop", "instrumental", "time1->time2 instrumental"),
    ("invs13_workplace", "contact", "week1->week2 contact"),
]
STUDIES = [(name, relation) for name, relation, _ in TRANSITIONS]


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLEARN_DATA", str(RAW))


def facts_of(name: str) -> dict:
    return json.loads((SHARED / name / "facts.json").read_text(encoding="utf-8"))


def cells_of(panel: Panel, part: str = "all") -> np.ndarray:
    """The cells to count: ordered pairs, or each pair once when the relation has no direction."""
    cells = ~np.eye(panel.n, dtype=bool)
    if not panel.directed:
        cells = np.triu(cells)
    same = panel.groups[0][:, None] == panel.groups[0][None, :]
    return {"all": cells, "within": cells & same, "between": cells & ~same}[part]


def count_network(panel: Panel, ties: np.ndarray) -> dict:
    """What facts.json says of one network, by plain counting."""
    every, within, between = (cells_of(panel, part) for part in ("all", "within", "between"))
    inside, outside = int(ties[within].sum()), int(ties[between].sum())
    total = inside + outside
    found = {
        "n": panel.n,
        "ties": int(ties[every].sum()),
        "observed_dyad_cells": int(every.sum()),
        "density": ties[every].mean(),
        "within": inside,
        "between": outside,
        "within_cells": int(within.sum()),
        "between_cells": int(between.sum()),
        "EI_index": (outside - inside) / total,
        "density_within": inside / within.sum(),
        "density_between": outside / between.sum(),
    }
    if panel.directed:
        pairs = [int(ties[i, j]) + int(ties[j, i]) for i, j in combinations(range(panel.n), 2)]
        mutual, asymmetric, null = (pairs.count(k) for k in (2, 1, 0))
        found["dyad_census_MAN"] = [mutual, asymmetric, null]
        found["edge_reciprocity_2M/(2M+A)"] = 2 * mutual / (2 * mutual + asymmetric)
    return found


def count_transition(panel: Panel, part: str) -> dict:
    cells = cells_of(panel, part)
    then, now = (panel.wave(label).ties[cells] for label in panel.labels)
    stay, lost, new, none = (int(x.sum()) for x in (then & now, then & ~now, ~then & now, ~then & ~now))
    return {
        "stay": stay,
        "lost": lost,
        "new": new,
        "none": none,
        "jaccard": stay / (stay + lost + new),
        "p_form": new / (new + none),
        "p_persist": stay / (stay + lost),
    }


def assert_same(found: dict, expected: dict) -> None:
    """Whole numbers exactly, shares to the six printed decimals; no number left out on either side."""
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, abs=5.1e-7, rel=0), key


# -- the reference facts -----------------------------------------------------------------------------


@needs_data
@pytest.mark.parametrize(("name", "relation", "label", "key"), NETWORKS)
def test_networks_match_the_facts(name: str, relation: str, label: str, key: str) -> None:
    panel = load_published(name, relation=relation)
    assert panel.wave(label).observed.sum() == panel.n * (panel.n - 1)
    assert_same(count_network(panel, panel.wave(label).ties), facts_of(name)["networks"][key])


@needs_data
@pytest.mark.parametrize(("name", "relation", "label", "key"), NETWORKS)
def test_levels_match_the_edge_lists(name: str, relation: str, label: str, key: str) -> None:
    """The edge lists were made from the same raw files by other code; they catch a transposed matrix."""
    panel = load_published(name, relation=relation)
    edges = pd.read_csv(SHARED / name / f"edges_{key}.csv")
    place = {person: i for i, person in enumerate(panel.ids)}
    expected = np.zeros((panel.n, panel.n))
    one, other = (edges[end].astype(str).map(place).to_numpy() for end in ("source", "target"))
    expected[one, other] = edges["weight"]
    if not panel.directed:
        expected = np.maximum(expected, expected.T)
    np.testing.assert_array_equal(np.nan_to_num(panel.wave(label).levels), expected)


@needs_data
@pytest.mark.parametrize(("name", "relation", "key"), TRANSITIONS)
@pytest.mark.parametrize("part", ["all", "within", "between"])
def test_transitions_match_the_facts(name: str, relation: str, key: str, part: str) -> None:
    panel = load_published(name, relation=relation)
    assert_same(count_transition(panel, part), facts_of(name)["transitions"][key][part])


@needs_data
@pytest.mark.parametrize("threshold", [2, 3, 4])
def test_freeman_thresholds_match_the_facts(threshold: int) -> None:
    panel = load_published("freeman_eies").at_threshold(threshold)
    expected = facts_of("freeman_eies")["by_threshold"][f">={threshold}"]
    for label in ("before", "after"):
        assert_same(count_network(panel, panel.wave(label).ties), expected[label])
    for part in ("all", "within", "between"):
        assert_same(count_transition(panel, part), expected["transition"][part])


@needs_data
@pytest.mark.parametrize("name", published_names())
def test_departments_match_the_facts(name: str) -> None:
    panel, facts = load_published(name), facts_of(name)
    sizes = np.bincount(panel.groups[0]).tolist()
    assert dict(zip(panel.group_names, sizes, strict=True)) == facts["group_sizes"]
    nodes = pd.read_csv(SHARED / name / "nodes.csv", dtype=str)
    assert list(nodes["id"]) == list(panel.ids)
    found = [panel.group_names[code] for code in panel.groups[-1]]
    assert list(nodes[facts["group_attribute"]]) == found


@needs_data
def test_freeman_messages_add_up() -> None:
    """The total counts what 20 people wrote to themselves; the panel leaves that out."""
    wave = load_published("freeman_eies", relation="messages").wave("study")
    graph = freeman.read_graph("eies_messages")
    to_self = graph[2] == graph[3]
    weight = graph[8][3]["weight"]
    assert weight.sum() == facts_of("freeman_eies")["messages_total"]
    assert wave.level.sum() == weight[~to_self].sum()
    assert to_self.sum() == 460 - 440


@needs_data
def test_freeman_people_give_codes_in_both_waves() -> None:
    """SOURCE.md says that nobody is silent, and that 22 give more codes after and nobody fewer."""
    panel = load_published("freeman_eies")
    before, after = (panel.wave(label).ties.sum(axis=1) for label in panel.labels)
    assert (before.min(), after.min()) == (8, 8)
    assert ((after > before).sum(), (after < before).sum()) == (22, 0)


@needs_data
def test_invs_weeks_match_the_facts() -> None:
    panel, facts = load_published("invs13_workplace"), facts_of("invs13_workplace")
    contacts = invs.read_contacts()
    assert len(contacts) == facts["records_20s"]
    assert sorted(contacts["day"].unique()) == facts["days_present"]
    assert contacts["second"].max() == facts["t_max"]

    either = panel.wave("week1").ties | panel.wave("week2").ties
    assert_same(count_network(panel, either), facts["networks"]["all_contact"])
    time = np.nansum([panel.wave(label).levels for label in panel.labels], axis=0)
    assert time[cells_of(panel)].sum() == facts["records_20s"]
    share = time[cells_of(panel, "within")].sum() / time[cells_of(panel)].sum()
    assert share == pytest.approx(facts["within_share_of_contact_time"], abs=5.1e-7)
    assert either.any(axis=1).sum() == facts["active_nodes"]

    nodes = pd.read_csv(SHARED / "invs13_workplace" / "nodes.csv")
    for label in panel.labels:
        assert panel.wave(label).ties.any(axis=1).tolist() == (nodes[f"active_{label}"] == 1).tolist()


# -- the same facts through the product --------------------------------------------------------------

MEASURES = {
    "density": "density",
    "within_density": "density_within",
    "cross_density": "density_between",
    "ei_index": "EI_index",
    "reciprocity": "edge_reciprocity_2M/(2M+A)",
}
FLOWS = {
    "kept": "stay",
    "dissolved": "lost",
    "formed": "new",
    "never": "none",
    "jaccard": "jaccard",
    "formation": "p_form",
    "persistence": "p_persist",
}


def assert_measured(panel: Panel, label: str, facts: dict) -> None:
    table = measure(panel, list(MEASURES), by="network").query("wave == @label").set_index("measure")
    for name, key in MEASURES.items():
        if key in facts:
            assert table.loc[name, "estimate"] == pytest.approx(facts[key], abs=5.1e-7, rel=0), name
    assert (table["n_people"] == facts["n"]).all()
    assert (table["n_dyads"] == facts["n"] * (facts["n"] - 1) / 2).all()
    for what, within, between in (("ties", "within", "between"), ("cells", "within_cells", "between_cells")):
        counts = mixing_matrix(panel, label, what=what).to_numpy()
        assert np.trace(counts) == facts[within]
        cross = counts.sum() - np.trace(counts)
        assert cross / (1 if panel.directed else 2) == facts[between]


def assert_turned_over(panel: Panel, facts: dict) -> None:
    table = turnover(panel)
    for row, part in (("all", "all"), ("within", "within"), ("cross", "between")):
        for column, key in FLOWS.items():
            expected = pytest.approx(facts[part][key], abs=5.1e-7, rel=0)
            assert table.loc[row, column] == expected, (row, column)


@needs_data
@pytest.mark.parametrize(("name", "relation", "label", "key"), NETWORKS)
def test_measure_gives_the_facts(name: str, relation: str, label: str, key: str) -> None:
    assert_measured(load_published(name, relation=relation), label, facts_of(name)["networks"][key])


@needs_data
@pytest.mark.parametrize(("name", "relation", "key"), TRANSITIONS)
def test_turnover_gives_the_facts(name: str, relation: str, key: str) -> None:
    assert_turned_over(load_published(name, relation=relation), facts_of(name)["transitions"][key])


@needs_data
@pytest.mark.parametrize("threshold", [2, 3, 4])
def test_thresholds_give_the_facts_through_the_product(threshold: int) -> None:
    panel = load_published("freeman_eies").at_threshold(threshold)
    facts = facts_of("freeman_eies")["by_threshold"][f">={threshold}"]
    assert_measured(panel, "before", facts["before"])
    assert_measured(panel, "after", facts["after"])
    assert_turned_over(panel, facts["transition"])


@needs_data
@pytest.mark.parametrize(("name", "relation", "key"), TRANSITIONS)
@pytest.mark.parametrize("outcome", ["density", "within_density", "cross_density", "ei_index"])
def test_compare_gives_the_facts(name: str, relation: str, key: str, outcome: str) -> None:
    change = compare(load_published(name, relation=relation), outcome, draws=19)
    networks = facts_of(name)["networks"]
    expected = [networks[f"{label}_{relation}"][MEASURES[outcome]] for label in change.waves]
    assert change.values == pytest.approx(expected, abs=5.1e-7, rel=0)
    assert change.estimate == pytest.approx(expected[1] - expected[0], abs=1.1e-6, rel=0)


# -- names -------------------------------------------------------------------------------------------


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(NetlearnError, match="did you mean 'kapferer_tailorshop'"):
        load_published("kapferer_tailor")
    with pytest.raises(NetlearnError, match=r"'xyz'; use one of freeman_eies, invs13_workplace"):
        load_published("xyz")
    with pytest.raises(NetlearnError, match="did you mean 'sociational'"):
        load_published("kapferer_tailorshop", relation="social")


# -- the download ------------------------------------------------------------------------------------


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A web server of our own with one file, a registry that names it, and an empty data folder."""
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "small.dat").write_bytes(b"0 1\n1 0\n")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/small.dat"
    known = fetch.RawFile(hashlib.sha256(b"0 1\n1 0\n").hexdigest(), address)
    monkeypatch.setattr(fetch, "registry", lambda: {"small.dat": known})
    monkeypatch.setenv("NETLEARN_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield folder
    server.shutdown()
    server.server_close()


def test_a_file_is_downloaded_once(served: Path, tmp_path: Path) -> None:
    path = fetch.fetch("small.dat")
    assert path == tmp_path / "cache" / "small.dat"
    (served / "small.dat").unlink()
    assert fetch.fetch("small.dat").read_bytes() == b"0 1\n1 0\n"


def test_a_changed_download_is_refused(served: Path, tmp_path: Path) -> None:
    (served / "small.dat").write_bytes(b"another file")
    with pytest.raises(NetlearnError, match=r"no longer gives the published file.*Nothing was kept"):
        fetch.fetch("small.dat")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_download_that_fails_says_what_to_do(served: Path, tmp_path: Path) -> None:
    (served / "small.dat").unlink()
    with pytest.raises(NetlearnError, match=r"could not be downloaded.*by hand.*NETLEARN_DATA"):
        fetch.fetch("small.dat")


def test_another_file_in_the_folder_is_refused_and_kept(served: Path, tmp_path: Path) -> None:
    mine = tmp_path / "cache" / "small.dat"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    with pytest.raises(NetlearnError, match=r"is not the published file.*Move it away"):
        fetch.fetch("small.dat")
    assert mine.read_bytes() == b"mine"


@needs_data
def test_every_file_of_the_registry_is_the_published_one() -> None:
    for name, known in fetch.registry().items():
        assert hashlib.sha256((RAW / name).read_bytes()).hexdigest() == known.sha256
        assert known.address.endswith(f"/{name}")


# -- study folders -----------------------------------------------------------------------------------


@needs_data
@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(("name", "relation"), STUDIES)
def test_study_folder_holds_plan_people_and_ties(
    name: str, relation: str, language: str, tmp_path: Path
) -> None:
    panel = load_published(name, relation=relation)
    folder = write_study_folder(name, tmp_path / "study", language, relation)
    assert [p.name for p in tmp_path.iterdir()] == ["study"]
    plan = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    assert plan["study"]["language"] == language
    assert plan["primary"] == {
        "relation": relation,
        "measure": "cross_density",
        "waves": [panel.labels[0], panel.labels[-1]],
    }
    assert [o["measure"] for o in plan["secondary"]] == ["ei_index", "cross_log_odds"]
    assert plan["relations"][0]["directed"] == panel.directed
    for wave in plan["waves"]:
        rows = pd.read_csv(folder / wave["file"], dtype=str, keep_default_na=False)
        assert list(rows.columns) == ["from", "to", "level"]
        assert set(rows["from"]) == set(panel.ids)
        assert (rows["to"] != "").sum() == panel.wave(wave["label"]).ties.sum()
    source = (folder / "SOURCE.md").read_text(encoding="utf-8")
    assert f"`{relation}`" in source
    assert "{" not in source


@needs_data
def test_study_folder_is_refused_where_it_cannot_be(tmp_path: Path) -> None:
    write_study_folder("kapferer_tailorshop", tmp_path / "study")
    with pytest.raises(NetlearnError, match="exists already"):
        write_study_folder("kapferer_tailorshop", tmp_path / "study")
    with pytest.raises(NetlearnError, match="has one wave"):
        write_study_folder("freeman_eies", tmp_path / "messages", relation="messages")
    with pytest.raises(NetlearnError, match="no language 'sv'"):
        write_study_folder("freeman_eies", tmp_path / "svensk", "sv")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["study"]


@needs_data
def test_study_folder_leaves_nothing_behind_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(self: Path, *args: object, **kwargs: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_study_folder("kapferer_tailorshop", tmp_path / "study")
    assert list(tmp_path.iterdir()) == []


@needs_data
@pytest.mark.parametrize(("name", "relation"), STUDIES)
def test_study_folder_reads_back_as_the_same_panel(name: str, relation: str, tmp_path: Path) -> None:
    panel = load_published(name, relation=relation)
    study = read_study(write_study_folder(name, tmp_path / "study", relation=relation))
    back = read_panel(study, relation)
    findings = Findings()
    roster = read_roster(study, Tables(study, findings), findings)
    assert roster is not None
    order = [roster.by_id[person] for person in panel.ids]
    assert sorted(order) == list(range(back.n))
    assert back.directed == panel.directed
    for label in panel.labels:
        there = np.ix_(order, order)
        again = back.wave(label)
        wave = panel.at_threshold(again.threshold).wave(label)
        np.testing.assert_array_equal(again.levels[there], wave.levels)
        np.testing.assert_array_equal(again.ties[there], wave.ties)
        np.testing.assert_array_equal(again.observed[there], wave.observed)
        was = [panel.group_names[code] for code in panel.group(label)]
        assert [back.group_names[back.group(label)[i]] for i in order] == was
