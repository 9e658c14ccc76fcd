"""GraphML to nodes and ties as they stand in the file, parsed without entities, document types or references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from netlearn.survey.source import Source

MOST_BYTES = 300_000_000
_TRUE = ("true", "1")


@dataclass(frozen=True)
class Node:
    """A node: its id in the file and its attributes by name."""

    id: str
    data: Mapping[str, str]


@dataclass(frozen=True)
class Edge:
    """A tie between two node ids, and its attributes by name."""

    source: str
    target: str
    directed: bool
    data: Mapping[str, str]


@dataclass(frozen=True)
class Graph:
    """One graph of a file.

    Attributes
    ----------
    nodes : tuple of Node
    edges : tuple of Edge
    data : mapping name -> text
        Attributes of the graph itself.
    xml : mapping name -> text
        What stands in its tag, such as edgedefault, without the prefix of a namespace.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    data: Mapping[str, str] = field(default_factory=dict)
    xml: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Key:
    name: str
    domain: str
    default: str | None


def is_graphml(data: bytes) -> bool:
    """Tell whether the first tag is that of GraphML.

    Examples
    --------
    >>> is_graphml(b'<?xml version="1.0"?><graphml/>'), is_graphml(b"<gexf/>")
    (True, False)
    """
    return b"<graphml" in data[:4000].replace(b"\0", b"")


def parse(source: Source) -> tuple[Graph, ...] | None:
    """Return the graphs of a file in its order, or None with every fault.

    Refused are document types and entities (which can read other files or grow without end), graphs inside nodes,
    ties of more than two nodes, ids that occur twice and ties to nodes that are not in the file.
    """
    findings, before = source.findings, len(source.findings.faults)
    root = _root(source)
    if root is None:
        return None
    if _local(root.tag) != "graphml":
        findings.fault("graphml-other-xml", source.file, found=_local(root.tag))
        return None
    tops = [child for child in root if _local(child.tag) == "graph"]
    nested = sum(_local(element.tag) == "graph" for element in root.iter()) - len(tops)
    if nested:
        findings.fault("graphml-nested", source.file, count=nested)
    if hyper := sum(_local(element.tag) == "hyperedge" for element in root.iter()):
        findings.fault("graphml-hyperedges", source.file, count=hyper)
    graphs = tuple(_graph(top, _keys(root)) for top in tops)
    for graph in graphs:
        _check(graph, source)
    return None if len(findings.faults) > before else graphs


def _root(source: Source) -> Any:
    """Return the outermost element, or None with one fault."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if len(source.data) > MOST_BYTES:
        source.findings.fault("graphml-too-large", source.file, most=MOST_BYTES // 1_000_000)
        return None
    try:
        return fromstring(source.data, forbid_dtd=True)
    except DefusedXmlException:
        source.findings.fault("graphml-document-type", source.file)
    except ParseError as error:
        row, _ = error.position
        source.findings.fault("graphml-damaged", source.file, row)
    except (ValueError, LookupError):
        # An encoding that the file names and Python does not know.
        source.findings.fault("graphml-damaged", source.file, 1)
    return None


def _local(tag: Any) -> str:
    """Return a tag without its namespace; "" for comments and instructions."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _children(element: Any, tag: str) -> Iterator[Any]:
    return (child for child in element if _local(child.tag) == tag)


def _keys(root: Any) -> dict[str, _Key]:
    """Return the declared attributes by their id; where two of one domain share a name, their ids name them."""
    declared = {key.get("id", ""): key for key in _children(root, "key")}
    named = {id: (key.get("attr.name") or "", key.get("for", "all")) for id, key in declared.items()}
    often = Counter(named.values())
    found = {}
    for id, (name, domain) in named.items():
        default = next((_text(child) for child in _children(declared[id], "default")), None)
        alone = name and often[name, domain] == 1
        found[id] = _Key(name if alone else id if name else "", domain, default)
    return found


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _graph(element: Any, keys: Mapping[str, _Key]) -> Graph:
    directed = element.get("edgedefault", "undirected") == "directed"
    return Graph(
        tuple(
            Node(node.get("id", ""), _data(node, keys, "node", "NodeLabel"))
            for node in _children(element, "node")
        ),
        tuple(_edge(edge, keys, directed) for edge in _children(element, "edge")),
        _data(element, keys, "graph", ""),
        {_local(name): value for name, value in element.attrib.items()},
    )


def _edge(element: Any, keys: Mapping[str, _Key], directed: bool) -> Edge:
    stated = element.get("directed")
    own = directed if stated is None else stated.strip().lower() in _TRUE
    data = _data(element, keys, "edge", "EdgeLabel")
    return Edge(element.get("source", ""), element.get("target", ""), own, data)


def _data(element: Any, keys: Mapping[str, _Key], domain: str, drawn: str) -> dict[str, str]:
    """Return the attributes of an element by name, with declared defaults.

    yEd draws labels instead of storing them: the first drawn label counts as `label`.
    """
    fit = {id: key for id, key in keys.items() if key.domain in (domain, "all") and key.name}
    found = {key.name: key.default for key in fit.values() if key.default is not None}
    for item in _children(element, "data"):
        id = item.get("key", "")
        inner = [_text(child) for child in item.iter() if drawn and _local(child.tag) == drawn]
        if any(inner):
            found.setdefault("label", next(text for text in inner if text))
        elif (key := keys.get(id)) is not None and key.name and not len(item):
            found[key.name] = _text(item)
    return found


def _check(graph: Graph, source: Source) -> None:
    ids = Counter(node.id for node in graph.nodes)
    if twice := sum(count > 1 for count in ids.values()):
        source.findings.fault("graphml-node-twice", source.file, count=twice)
    if blank := ids[""]:
        source.findings.fault("graphml-node-without-id", source.file, count=blank)
    if lost := sum(edge.source not in ids or edge.target not in ids for edge in graph.edges):
        source.findings.fault("graphml-edge-without-node", source.file, count=lost)
