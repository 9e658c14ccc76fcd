"""GraphML: ties and their ends as rows, directions, who answered, and XML that is never trusted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import networkx as nx
import numpy as np
import pytest
from exports import graphml, network_canvas, reading
from exports.truth import draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects.graphml import read, recognise
from netlearn.survey.export import Export
from netlearn.survey.source import Source

KEYS = (
    '<key id="k0" for="node" attr.name="label" attr.type="string"/>'
    '<key id="k1" for="edge" attr.name="weight" attr.type="double"/>'
    '<key id="k2" for="node" attr.name="answered" attr.type="boolean"/>'
)
NODES = '<node id="a"/><node id="b"/><node id="c"/>'


def xml(inner: str, default: str = "directed", keys: str = KEYS) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        f'{keys}<graph edgedefault="{default}">{inner}</graph></graphml>'
    )


def tie(a: str, b: str, weight: str = "", more: str = "") -> str:
    data = f'<data key="k1">{weight}</data>' if weight else ""
    return f'<edge source="{a}" target="{b}"{more}>{data}</edge>'


def node(id: str, label: str = "", answered: str = "") -> str:
    data = f'<data key="k0">{label}</data>' if label else ""
    data += f'<data key="k2">{answered}</data>' if answered else ""
    return f'<node id="{id}">{data}</node>'


def source_of(data: str | bytes) -> Source:
    content = data if isinstance(data, bytes) else data.encode("utf-8")
    return Source("net.graphml", content, FileFormat(), Findings())


def read_xml(data: str | bytes) -> tuple[Export | None, Findings]:
    source = source_of(data)
    return read(source), source.findings


def rows(data: str | bytes, *columns: str) -> list[tuple[str, ...]]:
    export, findings = read_xml(data)
    assert export is not None, findings.lines()
    return [tuple(row[export.table.place[name]] for name in columns) for row in export.table.rows]


def codes(data: str | bytes) -> set[str]:
    export, findings = read_xml(data)
    assert export is None
    return {f.code for f in findings.faults}


def notes(data: str | bytes) -> dict[str, object]:
    return {f.code: f.values.get("count") for f in read_xml(data)[1].notes}


def test_a_row_per_tie_with_its_weight() -> None:
    data = xml(NODES + tie("a", "b", "2.0") + tie("b", "a", "1") + tie("c", "c", "3"))
    assert rows(data, "from", "to", "level", "directed") == [
        ("a", "b", "2.0", "true"),
        ("b", "a", "1", "true"),
        ("c", "c", "3", "true"),
    ]


def test_without_weights_there_is_no_level() -> None:
    export, _ = read_xml(xml(NODES + tie("a", "b")))
    assert export is not None
    assert export.table.header == ("from", "to", "directed")
    assert export.respondent == "from"


def test_a_weight_that_some_ties_lack_is_blank_and_counted() -> None:
    data = xml(NODES + tie("a", "b", "2") + tie("b", "a"))
    assert rows(data, "level") == [("2",), ("",)]
    assert notes(data)["graphml-weight-missing"] == 1


def test_a_default_weight_counts_where_a_tie_has_none() -> None:
    keys = '<key id="k1" for="edge" attr.name="weight"><default>1</default></key>'
    assert rows(xml(NODES + tie("a", "b", "2") + tie("b", "a"), keys=keys), "level") == [("2",), ("1",)]


def test_ties_without_direction_are_read_both_ways_and_say_what_the_study_file_needs() -> None:
    data = xml(NODES + tie("a", "b") + tie("c", "c"), "undirected")
    assert rows(data, "from", "to", "directed") == [
        ("a", "b", "false"),
        ("b", "a", "false"),
        ("c", "c", "false"),
    ]
    assert notes(data)["graphml-undirected"] == 2
    assert "directed = false" in " ".join(read_xml(data)[1].lines())


def test_the_direction_of_a_tie_overrides_the_default() -> None:
    data = xml(NODES + tie("a", "b", more=' directed="true"'), "undirected")
    assert rows(data, "from", "to", "directed") == [("a", "b", "true")]


def test_labels_are_columns_where_they_tell_everybody_apart() -> None:
    data = xml(node("n0", "Bo Dam") + node("n1", "Søren Ågård &amp; co") + tie("n0", "n1"))
    assert rows(data, "from_label", "to_label") == [("Bo Dam", "Søren Ågård & co")]


@pytest.mark.parametrize("second", ["Bo Dam", ""])
def test_labels_that_do_not_tell_people_apart_are_not_offered(second: str) -> None:
    """A blank label would read as "named nobody", two equal ones as one person."""
    data = xml(node("n0", "Bo Dam") + node("n1", second) + tie("n0", "n1"))
    export, findings = read_xml(data)
    assert export is not None
    assert "from_label" not in export.table.header
    said = {(f.code, f.column) for f in findings.notes}
    assert said == {("graphml-label-not-unique", "label"), ("graphml-no-ties-out", "")}


def test_who_answered_is_told_by_an_attribute_only() -> None:
    data = xml(
        node("a", answered="true") + node("b", answered="1") + node("c", answered="false") + tie("a", "c")
    )
    # b answered and named nobody: a row with nobody in it. c did not answer: no row.
    assert rows(data, "from", "to") == [("a", "c"), ("b", "")]
    assert notes(xml(NODES + tie("a", "b")))["graphml-no-ties-out"] == 2


def test_in_a_graph_without_directions_who_was_silent_sends_nothing() -> None:
    people = node("a", answered="true") + node("b", answered="false")
    assert rows(xml(people + tie("a", "b"), "undirected"), "from", "to") == [("a", "b")]


def test_an_attribute_that_does_not_say_yes_or_no_is_not_used() -> None:
    data = xml(node("a", answered="12:30") + node("b", answered="true") + tie("a", "b"))
    assert rows(data, "from", "to") == [("a", "b")]
    assert "graphml-answered-unclear" in notes(data)


def test_parallel_ties_and_attributes_of_ties_stay_apart() -> None:
    keys = KEYS + '<key id="k5" for="edge" attr.name="relation"/><key id="k6" for="edge" attr.name="to"/>'
    one = '<edge source="a" target="b"><data key="k5">advice</data><data key="k6">x</data></edge>'
    two = one.replace("advice", "talk")
    assert rows(xml(NODES + one + two, keys=keys), "from", "to", "relation", "tie_to") == [
        ("a", "b", "advice", "x"),
        ("a", "b", "talk", "x"),
    ]


def test_two_attributes_of_one_name_are_told_by_their_ids() -> None:
    keys = '<key id="x1" for="node" attr.name="name"/><key id="x2" for="node" attr.name="name"/>'
    people = "".join(
        f'<node id="{i}"><data key="x1">p{i}</data><data key="x2">q{i}</data></node>' for i in "ab"
    )
    assert rows(xml(people + tie("a", "b"), keys=keys), "from_x1", "to_x2") == [("pa", "qb")]


def test_drawn_labels_of_yed_are_labels() -> None:
    people = "".join(
        f'<node id="n{i}"><data key="d0"><y:ShapeNode xmlns:y="http://www.yworks.com/xml/graphml">'
        f"<y:NodeLabel>Person {i}</y:NodeLabel></y:ShapeNode></data></node>"
        for i in (0, 1)
    )
    keys = '<key id="d0" for="node" yfiles.type="nodegraphics"/>'
    assert rows(xml(people + tie("n0", "n1"), keys=keys), "from_label") == [("Person 0",)]


def test_files_of_networkx_are_read(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("k1", name="Ærø", answered=True)
    graph.add_node("k2", name='Bo "B" & co', answered=True)
    graph.add_edge("k1", "k2", weight=2.5, relation="advice")
    nx.write_graphml(graph, tmp_path / "x.graphml")
    data = (tmp_path / "x.graphml").read_bytes()
    assert rows(data, "from", "to", "level", "from_name", "to_name", "relation") == [
        ("k1", "k2", "2.5", "Ærø", 'Bo "B" & co', "advice"),
        ("k2", "", "", 'Bo "B" & co', "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xml(NODES), "graphml-no-ties"),
        (xml(NODES + tie("a", "b") + tie("b", "c", more=' directed="false"')), "graphml-mixed"),
        (xml(NODES + tie("a", "x")), "graphml-edge-without-node"),
        (xml(NODES + '<node id="a"/>' + tie("a", "b")), "graphml-node-twice"),
        (xml("<node/>" + NODES + tie("a", "b")), "graphml-node-without-id"),
        (xml(NODES + "<hyperedge/>" + tie("a", "b")), "graphml-hyperedges"),
        (xml('<node id="g"><graph/></node>' + NODES + tie("a", "b")), "graphml-nested"),
        (
            xml(node("a", answered="false") + node("b", answered="true") + tie("a", "b")),
            "graphml-silent-sender",
        ),
        (xml(NODES).replace("</graph>", "</graph><graph/>"), "graphml-several-graphs"),
        ("<graphml></graphml>", "graphml-several-graphs"),
        (xml(NODES + tie("a", "b"))[:-30], "graphml-damaged"),
        ('<?xml version="1.0" encoding="nonsense"?><graphml/>', "graphml-damaged"),
        ('<?xml version="1.0"?><gexf/>', "graphml-other-xml"),
        ('<?xml version="1.0"?><!DOCTYPE graphml><graphml/>', "graphml-document-type"),
        (
            '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>',
            "graphml-document-type",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>',
            "graphml-document-type",
        ),
    ],
)
def test_what_cannot_be_right_is_refused(data: str, code: str) -> None:
    assert code in codes(data)


def test_an_absurd_size_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netlearn.survey.dialects.graphml_parse.MOST_BYTES", 100)
    assert codes(xml(NODES + tie("a", "b"))) == {"graphml-too-large"}


def test_network_canvas_is_left_to_its_own_reader() -> None:
    rng = np.random.default_rng(1)
    data = network_canvas.write(draw(rng), rng, shape="merged graphml").files["Kolleger.graphml"]
    assert recognise(source_of(data)) is None
    assert codes(data) == {"graphml-network-canvas"}


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (xml(NODES), 0.97),
        (xml(NODES).encode("utf-16"), 0.97),
        ('<?xml version="1.0"?><gexf/>', 0.9),
        ('<?xml version="1.0"?><svg/>', 0),
        ("from,to\na,b\n", 0),
        (b"\0\1\2", 0),
        ("", 0),
    ],
)
def test_graphml_is_recognised_by_its_first_tag(data: str | bytes, sure: float) -> None:
    source = source_of(data)
    guess = recognise(source)
    assert (guess.sure if guess else 0) == sure
    assert not source.findings.items


def test_no_name_of_a_person_stands_in_a_message() -> None:
    data = xml(node("Jens Hansen", "Jens") + node("Bo", "Jens") + tie("Jens Hansen", "Bo") + tie("Bo", "Pia"))
    _, findings = read_xml(data)
    assert findings.faults
    assert not any(name in line for line in findings.lines() for name in ("Jens", "Pia"))


@pytest.mark.parametrize("style", get_args(graphml.Style))
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_what_was_written_is_read(style: graphml.Style, encoding: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    before = draw(rng)
    after = replace(draw(rng), people=before.people)
    written = [graphml.write(truth, rng, style, encoding) for truth in (before, after)]
    folder = reading.write(tmp_path, reading.study_files(before, *written))
    panel, findings = reading.read(folder)
    assert panel is not None, findings.lines()
    for label, truth, made in (("before", before, written[0]), ("after", after, written[1])):
        states = reading.states_of(panel, folder, truth, label)
        assert (states == reading.expected(truth, made)).all()
