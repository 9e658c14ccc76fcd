"""GraphML of Gephi, igraph, networkx, visone and yEd: one row per tie, from, to and the attributes of both ends.

What study.toml says of it: kind = "nominations"; columns = { from = "from_label", to = "to_label" } where an attribute
of the nodes and not their id tells who is meant. A graph without directions gives each tie both ways, so the relation
needs directed = false. A graph holds ties only: whoever has none cannot be told from whoever did not answer, unless the
nodes have an attribute `answered`.
"""

from __future__ import annotations

from collections.abc import Iterator

from netlearn.study.rawtable import RawTable, plain
from netlearn.survey.dialects.graphml_parse import Edge, Graph, Node, is_graphml, parse
from netlearn.survey.export import Column, Export, Guess
from netlearn.survey.source import Source

FROM, TO, LEVEL, DIRECTED = "from", "to", "level", "directed"
_WEIGHT = "weight"
_ANSWERED = ("answered", "responded", "took_part", "participated", "svaret", "besvaret", "deltog")
_YES, _NO = ("true", "1", "yes", "ja"), ("false", "0", "no", "nej", "")
_NAMING = ("label", "name")
_NETWORK_CANVAS = b"networkCanvasUUID"


def recognise(source: Source) -> Guess | None:
    """Tell GraphML by its first tag; GEXF is claimed to be refused with a remedy."""
    if source.kind != "xml":
        return None
    if is_graphml(source.data):
        return None if _NETWORK_CANVAS in source.data else Guess(0.97, "graphml-tag")
    gexf = b"<gexf" in source.data[:4000].replace(b"\0", b"")
    return Guess(0.9, "graphml-gexf") if gexf else None


def read(source: Source) -> Export | None:
    """Read the ties of one graph; None with every fault."""
    findings = source.findings
    if _NETWORK_CANVAS in source.data:
        findings.fault("graphml-network-canvas", source.file)
        return None
    graphs = parse(source)
    if graphs is None:
        return None
    if len(graphs) != 1:
        findings.fault("graphml-several-graphs", source.file, count=len(graphs))
        return None
    graph, before = graphs[0], len(findings.faults)
    kinds = {edge.directed for edge in graph.edges}
    if len(kinds) > 1:
        findings.fault("graphml-mixed", source.file, count=sum(not edge.directed for edge in graph.edges))
    answered = _answered(graph, source)
    ties = list(_ties(graph, answered))
    _check_silent(graph, answered, source)
    silent = _without_ties(graph, ties, answered, source)
    if not ties and not silent:
        findings.fault("graphml-no-ties", source.file)
    if len(findings.faults) > before:
        return None
    _say(graph, kinds, source)
    table = _table(source, graph, ties, silent)
    columns = [Column(at, role="id" if name == FROM else "other") for at, name in enumerate(table.header)]
    return Export("graphml", table, tuple(columns), respondent=FROM, undirected=kinds == {False})


def _answered(graph: Graph, source: Source) -> dict[str, bool] | None:
    """Return for each node whether that person answered, or None if no attribute tells it."""
    names = {name for node in graph.nodes for name in node.data if name.casefold() in _ANSWERED}
    if not names:
        return None
    name = min(names)
    cells = {node.id: plain(node.data.get(name, "")).casefold() for node in graph.nodes}
    if len(names) > 1 or any(cell not in _YES + _NO for cell in cells.values()):
        source.findings.note("graphml-answered-unclear", source.file, 0, name)
        return None
    source.findings.note(
        "graphml-answered", source.file, 0, name, count=sum(c in _YES for c in cells.values())
    )
    return {id: cell in _YES for id, cell in cells.items()}


def _ties(graph: Graph, answered: dict[str, bool] | None) -> Iterator[tuple[str, str, Edge]]:
    """Return sender, receiver and tie; a tie without direction both ways, but never from somebody who was silent."""
    for edge in graph.edges:
        ends = [(edge.source, edge.target)]
        if not edge.directed and edge.source != edge.target:
            ends.append((edge.target, edge.source))
        for sender, receiver in ends:
            if answered is None or answered[sender]:
                yield sender, receiver, edge


def _check_silent(graph: Graph, answered: dict[str, bool] | None, source: Source) -> None:
    """Refuse ties that nobody who answered can have told."""
    if answered is None:
        return
    told = ([edge.source] if edge.directed else [edge.source, edge.target] for edge in graph.edges)
    if count := sum(not any(answered[end] for end in ends) for ends in told):
        source.findings.fault("graphml-silent-sender", source.file, count=count)


def _without_ties(
    graph: Graph, ties: list[tuple[str, str, Edge]], answered: dict[str, bool] | None, source: Source
) -> list[str]:
    """Return the nodes that answered and have no ties; without knowing, none of them, and a note counts the others."""
    senders = {sender for sender, _, _ in ties}
    left = [node.id for node in graph.nodes if node.id not in senders]
    if answered is None and left:
        source.findings.note("graphml-no-ties-out", source.file, count=len(left))
    return [] if answered is None else [id for id in left if answered[id]]


def _say(graph: Graph, kinds: set[bool], source: Source) -> None:
    note = source.findings.note
    if kinds == {False}:
        note("graphml-undirected", source.file, count=len(graph.edges))
    weights = [_weight(edge) for edge in graph.edges]
    blank = weights.count("")
    if 0 < blank < len(weights):
        note("graphml-weight-missing", source.file, count=blank, total=len(weights))
    naming = {name for node in graph.nodes for name in node.data if name.casefold() in _NAMING}
    for name in sorted(naming - set(_identifying(graph.nodes))):
        note("graphml-label-not-unique", source.file, 0, name)


def _weight(edge: Edge) -> str:
    return next((text for name, text in edge.data.items() if name.casefold() == _WEIGHT), "")


def _identifying(nodes: tuple[Node, ...]) -> list[str]:
    """Return the attributes that every node has and no two nodes share."""
    names = dict.fromkeys(name for node in nodes for name in node.data)
    found = []
    for name in names:
        cells = [node.data.get(name, "") for node in nodes]
        if all(cells) and len(set(map(plain, cells))) == len(cells):
            found.append(name)
    return found


def _table(source: Source, graph: Graph, ties: list[tuple[str, str, Edge]], silent: list[str]) -> RawTable:
    """Write a row per tie; row k is the k-th tie as it is read, and rows of people who named nobody follow."""
    about = _identifying(graph.nodes)
    extra = list(dict.fromkeys(name for edge in graph.edges for name in edge.data))
    weighted = any(_weight(edge) for edge in graph.edges)
    header = [FROM, TO, *([LEVEL] if weighted else []), DIRECTED]
    header += [f"{end}_{name}" for end in (FROM, TO) for name in about]
    header += [f"tie_{name}" if name in header else name for name in extra]
    data = {node.id: [node.data[name] for name in about] for node in graph.nodes}
    rows = []
    for sender, receiver, edge in ties:
        level = [_weight(edge)] if weighted else []
        row = [sender, receiver, *level, str(edge.directed).lower(), *data[sender], *data[receiver]]
        rows.append(row + [edge.data.get(name, "") for name in extra])
    for id in silent:
        row = [id, "", *([""] if weighted else []), "", *data[id], *[""] * len(about)]
        rows.append(row + [""] * len(extra))
    return RawTable(source.file, tuple(header), rows, tuple(range(1, len(rows) + 1)))
