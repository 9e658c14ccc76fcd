"""One brokerage role, or one kind of path, as a measure of its own."""

from __future__ import annotations

from netlearn.measures.brokerage import ROLES, boundary_spanners, role_counts
from netlearn.measures.net import FloatArray, Net
from netlearn.measures.paths import Paths, shortest_paths


def role(net: Net, name: str) -> FloatArray:
    """Count how often each person brokers in a role: (n,); see `brokerage.role_counts`.

    Examples
    --------
    >>> from netlearn.measures.net import net_of
    >>> role(net_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [0, 0, 1]), "representative").tolist()
    [0.0, 1.0, 0.0]
    """
    counts: FloatArray = net.once(role_counts)
    return counts[:, ROLES.index(name)]


def spanners(net: Net) -> FloatArray:
    """Mark people who broker across departments in any role: (n,); see `brokerage.boundary_spanners`."""
    return boundary_spanners(net.once(role_counts))


def reach(net: Net, which: str) -> float:
    """Share of the pairs (all, cross or within) with a directed path; see `paths.shortest_paths`."""
    found: Paths = net.once(shortest_paths)
    return found.reach(which)  # type: ignore[arg-type]


def distance(net: Net, which: str) -> float:
    """Mean length of the shortest paths of the pairs (all, cross or within) that have one, in steps."""
    found: Paths = net.once(shortest_paths)
    return found.distance(which)  # type: ignore[arg-type]
