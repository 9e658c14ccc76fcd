"""Network Canvas: interviews, people named and ties among them, from every shape of export; nothing linked by ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from exports import network_canvas as writer
from exports import reading
from exports.network_canvas import packed
from exports.truth import draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects.network_canvas import read, recognise
from netlearn.survey.export import Export
from netlearn.survey.source import Source

EGO = "networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,sessionStart,sessionFinish,Gender_M,Gender_K\r\n"
NODES = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,close,null\r\n"
EDGES = "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID,talk\r\n"
E1 = EGO + "e1,k01,s1,2024-01-05T08:00:00.000Z,2024-01-05T08:30:00.000Z,true,false\r\n"
E2 = EGO.replace(",Gender_M", "") + "e2,k02,s2,2024-01-06T08:00:00.000Z,,true\r\n"
N1 = NODES + "1,e1,u1,Bo Dam,true,\r\n2,e1,u2,Pia Holm,false,\r\n"
T1 = EDGES + "1,1,2,e1,t1,u1,u2,true\r\n"
SET = {
    "k01_s1_ego.csv": E1,
    "k01_s1_attributeList_Person.csv": N1,
    "k01_s1_edgeList_Knows.csv": T1,
    "k02_s2_ego.csv": E2,
    "k02_s2_attributeList.csv": NODES,
    "k02_s2_edgeList.csv": EDGES,
}


def zipped(files: Mapping[str, str]) -> bytes:
    return packed({name: text.encode("utf-8") for name, text in files.items()})


def read_set(files: Mapping[str, str]) -> tuple[Export | None, Findings]:
    source = Source("export.zip", zipped(files), FileFormat(), Findings())
    return read(source), source.findings


def read_well(files: Mapping[str, str]) -> Export:
    export, findings = read_set(files)
    assert export is not None, findings.lines()
    return export


def codes(files: Mapping[str, str]) -> set[str]:
    export, findings = read_set(files)
    assert export is None
    return {f.code for f in findings.faults}


def test_one_row_per_interview_with_the_columns_that_any_has() -> None:
    export = read_well(SET)
    assert export.respondent == "networkCanvasCaseID"
    assert export.table.column("networkCanvasCaseID") == ["k01", "k02"]
    assert export.table.column("Gender_M") == ["true", ""]
    assert export.table.numbers == (2, 3)


def test_an_interview_is_complete_once_it_was_finished() -> None:
    export = read_well(SET)
    assert export.complete == (True, False)
    # One that was not finished has the day on which it began.
    assert export.days == (date(2024, 1, 5), date(2024, 1, 6))


def test_a_group_per_type_and_files_without_people_are_no_group() -> None:
    export = read_well(SET)
    assert list(export.groups) == ["Person", "Knows"]
    person = export.groups["Person"]
    assert person.parent == (0, 0)
    assert person.table.column("name") == ["Bo Dam", "Pia Holm"]
    assert person.table.file == "export.zip [Person]"


def test_true_and_false_are_boxes_and_ids_of_nodes_are_no_answers() -> None:
    export = read_well(SET)
    column = {export.groups["Person"].table.header[c.at]: c for c in export.groups["Person"].columns}
    assert column["close"].ticks == ("true", "false")
    assert column["name"].ticks is None
    assert [column[name].role for name in ("nodeID", "networkCanvasUUID", "name", "null")] == [
        *("other", "id", "answer", "other")
    ]
    assert {export.table.header[c.at] for c in export.columns if c.ticks} == {"Gender_M", "Gender_K"}


def test_ties_among_those_named_are_found_by_uuid() -> None:
    knows = read_well(SET).groups["Knows"]
    ends = [knows.table.header[column.at] for column in knows.columns if column.role == "id"]
    assert ends == ["networkCanvasSourceUUID", "networkCanvasTargetUUID"]
    assert knows.parent == (0,)


def test_interviews_in_which_nobody_was_named_are_counted() -> None:
    _, findings = read_set(SET)
    assert [f.values["count"] for f in findings.notes if f.code == "network-canvas-nobody-named"] == [1]


def test_files_are_told_by_their_headings_whatever_they_are_called() -> None:
    renamed = {"a.csv": E1, "b.csv": N1, "c.csv": T1, "d.csv": E2}
    export = read_well(renamed)
    assert list(export.groups) == ["nodes", "edges"]
    assert export.table.column("networkCanvasCaseID") == ["k01", "k02"]


def test_a_prefix_or_a_number_of_a_copy_does_not_hide_the_type() -> None:
    files = {"wave1_k01_s1_ego.csv": E1, "wave1_k01_attributeList_Person (1).csv": N1}
    assert list(read_well(files).groups) == ["Person"]


def test_other_files_and_matrices_are_left_out_and_counted() -> None:
    more = {".DS_Store": "x", "k01_s1_adjacencyMatrix_Knows.csv": ",u1,u2\r\nu1,0,1\r\nu2,1,0\r\n"}
    _, findings = read_set(SET | more)
    assert [f.values["count"] for f in findings.notes if f.code == "network-canvas-other-files"] == [2]


def test_graphml_of_the_same_interviews_is_not_counted_twice() -> None:
    rng = np.random.default_rng(2)
    truth = draw(rng)
    drawn = writer.write(truth, rng, shape="merged graphml").files["Kolleger.graphml"].decode()
    export, findings = read_set(SET | {"k01_s1.graphml": drawn})
    assert export is not None
    assert len(export.table.rows) == 2
    assert "network-canvas-graphml-left-out" in {f.code for f in findings.notes}


def test_encrypted_names_are_said() -> None:
    _, findings = read_set(SET | {"k01_s1_attributeList_Person.csv": N1.replace("Bo Dam", "ENCRYPTED")})
    assert [f.column for f in findings.notes if f.code == "network-canvas-encrypted"] == ["name"]


def test_interviews_of_two_protocols_are_said_to_be_perhaps_two_waves() -> None:
    one = E1.replace("networkCanvasSessionID", "networkCanvasProtocolName")
    two = E2.replace("networkCanvasSessionID", "networkCanvasProtocolName")
    _, findings = read_set({"a_ego.csv": one, "b_ego.csv": two})
    assert "network-canvas-protocols" in {f.code for f in findings.notes}


def test_node_and_tie_types_of_one_name_stay_apart() -> None:
    files = {"a_ego.csv": E1, "a_attributeList_Friend.csv": N1, "a_edgeList_Friend.csv": T1}
    assert list(read_well(files).groups) == ["Friend", "Friend edges"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a_attributeList_Person.csv": N1}, "network-canvas-no-ego"),
        ({}, "network-canvas-no-ego"),
        (SET | {"again_ego.csv": E1}, "network-canvas-twice"),
        (SET | {"again_attributeList_Person.csv": N1}, "network-canvas-twice"),
        ({"a_ego.csv": E1, "b.csv": N1, "c.csv": N1}, "network-canvas-twice"),
        ({"a_ego.csv": E2, "a_attributeList_Person.csv": N1}, "network-canvas-no-interview"),
        (SET | {"k01_s1_edgeList_Knows.csv": T1.replace("u2", "u9")}, "network-canvas-tie-without-end"),
        ({"a_ego.csv": E1, "a_edgeList_Knows.csv": T1}, "network-canvas-tie-without-end"),
        (SET | {"k01_s1_ego.csv": E1.replace(",false", "")}, "row-too-short"),
    ],
)
def test_what_cannot_be_right_is_refused(files: dict[str, str], code: str) -> None:
    assert code in codes(files)


def test_a_tie_of_one_interview_never_ends_at_a_node_of_another() -> None:
    second = NODES + "1,e2,u1,Bo Dam,true,\r\n"
    files = SET | {
        "k02_s2_attributeList_Person.csv": second,
        "k02_s2_edgeList_Knows.csv": T1.replace("e1", "e2"),
    }
    files["k01_s1_edgeList_Knows.csv"] = EDGES
    # u2 was named by the first respondent only.
    assert codes(files) == {"network-canvas-tie-without-end"}


def test_no_name_of_a_person_stands_in_a_message() -> None:
    for files in (SET | {"again_attributeList_Person.csv": N1}, SET):
        _, findings = read_set(files)
        assert not any(name in line for line in findings.lines() for name in ("Bo Dam", "Pia"))


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (E1.encode("utf-8"), True),
        (N1.replace(",", ";").encode("utf-16"), True),
        (T1.encode("utf-8-sig"), True),
        (zipped(SET), True),
        (zipped({"a.csv": "id,name\n1,x\n"}), False),
        (b"id,name\n1,x\n", False),
        (b"edgeID,from,to\n1,2,3\n", False),
        (b'<?xml version="1.0"?><graphml/>', False),
        (b"", False),
        (b"PK\3\4damaged", False),
        (b"\0\1\2\3", False),
    ],
)
def test_interviews_are_recognised_by_the_ids_of_the_tool(data: bytes, known: bool) -> None:
    source = Source("anything.csv", data, FileFormat(), Findings())
    guess = recognise(source)
    assert (guess is not None and guess.sure > 0.8) == known


@pytest.mark.parametrize("by", ["name", "roster_id"])
@pytest.mark.parametrize("shape", get_args(writer.Shape))
def test_what_was_written_is_read(shape: writer.Shape, by: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    before = draw(rng)
    after = replace(draw(rng), people=before.people)
    written = [writer.write(truth, rng, shape, by) for truth in (before, after)]
    folder = reading.write(tmp_path, reading.study_files(before, *written))
    panel, findings = reading.read(folder)
    assert panel is not None, findings.lines()
    for label, truth, made in (("before", before, written[0]), ("after", after, written[1])):
        states = reading.states_of(panel, folder, truth, label)
        assert (states == reading.expected(truth, made)).all()


@pytest.mark.parametrize("shape", get_args(writer.Shape))
def test_every_shape_holds_the_same_people_and_ties(shape: writer.Shape) -> None:
    truth = draw(np.random.default_rng(6))
    written = writer.write(truth, np.random.default_rng(7), shape)
    main = next(name for name in written.files if f'file = "{name}"' in written.wave)
    findings = Findings()
    files = {name: Source(name, data, FileFormat(), findings) for name, data in written.files.items()}
    source = files[main]
    source.parts = {
        "nodes" if "attribute" in name else "edges": one for name, one in files.items() if one is not source
    }
    assert recognise(source) is not None
    export = read(source)
    assert export is not None, findings.lines()
    person, knows = export.groups["Person"].table, export.groups["Knows"].table
    assert len(export.table.rows) == truth.answered.sum()
    assert len(person.rows) == sum(len(truth.named(i)) for i in range(truth.n))
    assert set(person.column("topic_Work")) == {"true"}
    named = [len(truth.named(i)) for i in range(truth.n)]
    assert len(knows.rows) == sum(min(3, k * (k - 1) // 2) for k in named)
