"""GraphML of Network Canvas: one graph per interview, turned into the same tables as the CSV files."""

from __future__ import annotations

from collections.abc import Mapping

from netlearn.study.rawtable import RawTable
from netlearn.survey.dialects.graphml_parse import Graph, parse
from netlearn.survey.dialects.network_canvas_files import (
    CASE,
    EDGE_ID,
    EGO,
    EXPORTED,
    FINISH,
    NODE_ID,
    PROTOCOL,
    SESSION,
    SOURCE,
    START,
    TARGET,
    UUID,
    Kind,
    Part,
)
from netlearn.survey.source import Source

_TYPE = "networkCanvasType"
_SESSION = {
    CASE: "caseId",
    SESSION: "sessionUUID",
    PROTOCOL: "protocolName",
    START: "sessionStartTime",
    FINISH: "sessionFinishTime",
    EXPORTED: "sessionExportTime",
}

Row = Mapping[str, str]


def is_network_canvas(source: Source) -> bool:
    """Tell whether XML was written by Network Canvas."""
    return source.kind == "xml" and UUID.encode() in source.data


def graphml_parts(source: Source) -> list[Part]:
    """Return the tables of a file: interviews, and nodes and ties by their type; [] with faults."""
    graphs = parse(source) or ()
    found: dict[tuple[Kind, str], list[Row]] = {}
    for graph in graphs:
        ego = graph.data.get(UUID) or graph.xml.get("sessionUUID", "")
        about = {name: text for name, text in graph.data.items() if name != UUID}
        session = {name: graph.xml.get(tag, "") for name, tag in _SESSION.items()}
        found.setdefault(("ego", ""), []).append({EGO: ego} | session | about)
        for kind, type, row in _rows(graph, ego):
            found.setdefault((kind, type), []).append(row)
    return [Part(kind, type, _table(source.file, rows)) for (kind, type), rows in found.items()]


def _rows(graph: Graph, ego: str) -> list[tuple[Kind, str, Row]]:
    rows: list[tuple[Kind, str, Row]] = []
    for node in graph.nodes:
        own = {name: text for name, text in node.data.items() if name not in (_TYPE, UUID)}
        base = {NODE_ID: node.id, EGO: ego, UUID: node.data.get(UUID, "")}
        rows.append(("nodes", node.data.get(_TYPE, ""), base | own))
    for number, edge in enumerate(graph.edges, start=1):
        own = {name: text for name, text in edge.data.items() if name not in (_TYPE, UUID, SOURCE, TARGET)}
        base = {EDGE_ID: str(number), "from": edge.source, "to": edge.target, EGO: ego}
        base |= {UUID: edge.data.get(UUID, "")}
        base |= {SOURCE: edge.data.get(SOURCE, ""), TARGET: edge.data.get(TARGET, "")}
        rows.append(("edges", edge.data.get(_TYPE, ""), base | own))
    return rows


def _table(file: str, rows: list[Row]) -> RawTable:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in header] for row in rows]
    return RawTable(file, header, cells, tuple(range(2, len(rows) + 2)))
