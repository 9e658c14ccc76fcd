"""GraphML in the shape of networkx, igraph, Gephi and yEd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from exports.truth import Truth
from exports.written import Written

Style = Literal["networkx", "igraph", "gephi", "yed"]
HEAD = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:y="http://www.yworks.com/xml/graphml">'
)


def write(
    truth: Truth, rng: np.random.Generator, style: Style = "networkx", encoding: str = "UTF-8"
) -> Written:
    """Write everybody as a node that tells whether he or she answered, and a tie with a weight per colleague named.

    networkx: the ids of nodes are those of the roster. igraph, Gephi, yEd: ids are numbered and a label tells the name.
    """
    order = rng.permuted(np.arange(truth.n)).tolist()
    id_of = {i: truth.people[i].id if style == "networkx" else f"n{at}" for at, i in enumerate(order)}
    lines = [HEAD.format(encoding=encoding), *_keys(style), '<graph id="G" edgedefault="directed">']
    for i in order:
        lines += _node(truth, i, id_of[i], style)
    ties = [(i, j) for i in order for j in truth.named(i)]
    for number, at in enumerate(rng.permuted(np.arange(len(ties))).tolist()):
        i, j = ties[at]
        weight = truth.cells[i, j] if style == "igraph" else f"{truth.cells[i, j]}.0"
        inner = f'<data key="{"e_weight" if style == "igraph" else "weight"}">{weight}</data>'
        lines.append(f'<edge id="e{number}" source="{id_of[i]}" target="{id_of[j]}">{inner}</edge>')
    text = "\n".join([*lines, "</graph>", "</graphml>"])
    named = {"networkx": "", "igraph": "name", "gephi": "label", "yed": "label"}[style]
    columns = f'columns = {{ from = "from_{named}", to = "to_{named}" }}\n' if named else ""
    wave = 'file = "net.graphml"\n' + ('respondent_by = "name"\n' if named else "")
    return Written({"net.graphml": text.encode(encoding)}, wave, f'kind = "nominations"\n{columns}', "choice")


def _keys(style: Style) -> Iterator[str]:
    yield '<key id="d9" for="node" attr.name="answered" attr.type="boolean"/>'
    yield '<key id="dept" for="node" attr.name="department" attr.type="string"/>'
    weight = "e_weight" if style == "igraph" else "weight"
    yield f'<key id="{weight}" for="edge" attr.name="weight" attr.type="double"/>'
    if style == "igraph":
        yield '<key id="v_name" for="node" attr.name="name" attr.type="string"/>'
    elif style == "gephi":
        yield '<key id="label" for="node" attr.name="label" attr.type="string"/>'
    elif style == "yed":
        yield '<key id="d6" for="node" yfiles.type="nodegraphics"/>'


def _node(truth: Truth, i: int, id: str, style: Style) -> Iterator[str]:
    name, department = escape(truth.people[i].name), escape(truth.people[i].department)
    yield f"<node id={quoteattr(id)}>"
    yield f'<data key="d9">{str(bool(truth.answered[i])).lower()}</data><data key="dept">{department}</data>'
    if style == "igraph":
        yield f'<data key="v_name">{name}</data>'
    elif style == "gephi":
        yield f'<data key="label">{name}</data>'
    elif style == "yed":
        drawn = f'<y:Fill color="#FFCC00"/><y:NodeLabel>{name}</y:NodeLabel>'
        yield f'<data key="d6"><y:ShapeNode>{drawn}</y:ShapeNode></data>'
    yield "</node>"
