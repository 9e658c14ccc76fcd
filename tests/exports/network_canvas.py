"""Exports in the shape of Network Canvas: a zip per interview set, merged files, files as parts, GraphML."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from exports.truth import Truth
from exports.written import Written

Shape = Literal["zip", "merged", "parts", "graphml", "merged graphml"]
LEVELS = {"1": "Sjældent", "2": "Ugentligt", "3": "Dagligt"}
NODES = ("nodeID", "networkCanvasEgoUUID", "networkCanvasUUID")
EDGES = (
    *("edgeID", "from", "to", "networkCanvasEgoUUID"),
    *("networkCanvasUUID", "networkCanvasSourceUUID", "networkCanvasTargetUUID"),
)
Row = dict[str, str]


class Interview:
    """What one person told: the tables of one session by kind and type."""

    def __init__(self, truth: Truth, i: int, rng: np.random.Generator, number: int) -> None:
        self.case = truth.people[i].id
        self.ego, self.session = uuid(rng), uuid(rng)
        named = truth.named(i)
        self.egos = [
            {
                "networkCanvasEgoUUID": self.ego,
                "networkCanvasCaseID": self.case,
                "networkCanvasSessionID": self.session,
                "networkCanvasProtocolName": "Kolleger",
                "sessionStart": f"2024-01-{number:02d}T09:00:00.000Z",
                "sessionFinish": f"2024-01-{number:02d}T09:20:00.000Z",
                "sessionExported": "2024-02-01T12:00:00.000Z",
                "age": str(30 + number),
                "nobody": str(not named).lower(),
            }
        ]
        self.nodes = [self._node(truth, j, truth.cells[i, j], at, rng) for at, j in enumerate(named, start=1)]
        ends = [(a, b) for a in self.nodes for b in self.nodes if int(a["nodeID"]) < int(b["nodeID"])]
        self.edges = [self._edge(a, b, at, rng) for at, (a, b) in enumerate(ends[:3], start=1)]

    def _node(self, truth: Truth, j: int, level: str, at: int, rng: np.random.Generator) -> Row:
        person = truth.people[j]
        # Attributes of a roster come along: here the name and the id; the level is what was told of the tie.
        return {
            "nodeID": str(at),
            "networkCanvasEgoUUID": self.ego,
            "networkCanvasUUID": uuid(rng),
            "name": person.name,
            "roster_id": person.id,
            "often": LEVELS[level],
            "topic_Work": "true",
            "topic_Lunch": "false",
            "null": "",
        }

    def _edge(self, a: Row, b: Row, at: int, rng: np.random.Generator) -> Row:
        ends = (a["networkCanvasUUID"], b["networkCanvasUUID"])
        return dict(zip(EDGES, (str(at), a["nodeID"], b["nodeID"], self.ego, uuid(rng), *ends), strict=True))


def uuid(rng: np.random.Generator) -> str:
    return str(UUID(bytes=rng.bytes(16), version=4))


def write(truth: Truth, rng: np.random.Generator, shape: Shape = "zip", by: str = "name") -> Written:
    """Write the interviews of all who answered; `by` is the column of nodes that tells who is meant."""
    order = [int(i) for i in rng.permuted(np.arange(truth.n)) if truth.answered[i]]
    interviews = [Interview(truth, i, rng, number) for number, i in enumerate(order, start=1)]
    files, wave = _files(interviews, shape)
    levels = ", ".join(f'"{word}" = {level}' for level, word in LEVELS.items())
    relation = (
        f'kind = "nominations"\ngroup = "Person"\ncolumns = {{ to = "{by}", level = "often" }}\n'
        f'levels = {{ {levels} }}\nnobody = "true"\nnobody_column = "nobody"\n'
    )
    return Written(files, wave, relation, "choice")


def _files(interviews: Sequence[Interview], shape: Shape) -> tuple[dict[str, bytes], str]:
    if shape in ("graphml", "merged graphml"):
        if shape == "merged graphml":
            return {"Kolleger.graphml": graphml(interviews)}, 'file = "Kolleger.graphml"\n'
        single = {f"{one.case}_{one.session}.graphml": graphml([one]) for one in interviews}
        return {"export.zip": packed(single)}, 'file = "export.zip"\n'
    if shape == "zip":
        members = {
            name: data for one in interviews for name, data in csv_files([one], f"{one.case}_{one.session}")
        }
        junk = {f"__MACOSX/export/._{name}": b"\0\5\x16\7" for name in members}
        inside = {f"export/{name}": data for name, data in members.items()}
        return {
            "export.zip": packed(inside | junk | {"export/.DS_Store": b"\0\0\0\1Bud1"})
        }, 'file = "export.zip"\n'
    files = dict(csv_files(interviews, "Kolleger"))
    if shape == "merged":
        return {"export.zip": packed(files)}, 'file = "export.zip"\n'
    parts = 'parts = { nodes = "Kolleger_attributeList_Person.csv", edges = "Kolleger_edgeList_Knows.csv" }\n'
    return files, f'file = "Kolleger_ego.csv"\n{parts}'


def csv_files(interviews: Sequence[Interview], prefix: str) -> Iterator[tuple[str, bytes]]:
    """The files of one export; without people or ties a file has its fixed headings only, and no type in its name."""
    yield f"{prefix}_ego.csv", as_csv([row for one in interviews for row in one.egos], ())
    nodes = [row for one in interviews for row in one.nodes]
    edges = [row for one in interviews for row in one.edges]
    yield f"{prefix}_attributeList{'_Person' if nodes else ''}.csv", as_csv(nodes, NODES)
    yield f"{prefix}_edgeList{'_Knows' if edges else ''}.csv", as_csv(edges, EDGES)


def as_csv(rows: Sequence[Row], fixed: Sequence[str]) -> bytes:
    header = list(dict.fromkeys([*fixed, *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    # Cells that a spreadsheet would run get a quote in front.
    guard = {
        name: ("'" if name[:1] in "=+-@" else "") + name for row in rows for name in row.values() if name
    }
    writer.writerows([[guard.get(row.get(name, ""), "") for name in header] for row in rows])
    return text.getvalue().encode("utf-8")


def packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def graphml(interviews: Sequence[Interview]) -> bytes:
    """One graph per interview; the person interviewed is no node but the data of the graph itself."""
    fixed = ("label", "networkCanvasType", "networkCanvasUUID")
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:nc="http://schema.networkcanvas.com/xmlns">',
    ]
    out += [f'<key id="{name}" attr.name="{name}" attr.type="string" for="all"/>' for name in fixed]
    for name in EDGES[-2:]:
        out.append(f'<key id="{name}" attr.name="{name}" attr.type="string" for="edge"/>')
    for name in ("age", "nobody"):
        out.append(f'<key id="k-{name}" attr.name="{name}" attr.type="string" for="graph"/>')
    for name in ("name", "roster_id", "often", "topic_Work", "topic_Lunch"):
        out.append(f'<key id="k-{name}" attr.name="{name}" attr.type="string" for="node"/>')
    for one in interviews:
        out += _graph(one)
    return "\n".join([*out, "</graphml>"]).encode("utf-8")


def _graph(one: Interview) -> Iterator[str]:
    about = one.egos[0]
    yield (
        f'<graph edgedefault="undirected" nc:caseId={quoteattr(one.case)} nc:sessionUUID="{one.session}" '
        f'nc:protocolName="Kolleger" nc:protocolUID="x" nc:codebookHash="y" '
        f'nc:sessionStartTime="{about["sessionStart"]}" nc:sessionFinishTime="{about["sessionFinish"]}" '
        f'nc:sessionExportTime="{about["sessionExported"]}">'
    )
    yield data("networkCanvasUUID", one.ego) + data("k-age", about["age"]) + data("k-nobody", about["nobody"])
    for row in one.nodes:
        inner = data("networkCanvasUUID", row["networkCanvasUUID"]) + data("networkCanvasType", "Person")
        inner += data("label", row["name"])
        own = ("name", "roster_id", "often", "topic_Work", "topic_Lunch")
        yield f'<node id="{row["nodeID"]}">{inner}{"".join(data(f"k-{name}", row[name]) for name in own)}</node>'
    for row in one.edges:
        inner = data("networkCanvasUUID", row["networkCanvasUUID"]) + data("networkCanvasType", "Knows")
        inner += "".join(data(name, row[name]) for name in EDGES[-2:])
        yield f'<edge id="{row["edgeID"]}" source="{row["from"]}" target="{row["to"]}">{inner}</edge>'
    yield "</graph>"


def data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(text)}</data>'
