"""The spectral segregation index of Echenique & Fryer: how far contact stays inside, and inside of inside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph, linalg

from netlearn.measures.net import Net
from netlearn.measures.union import union

FloatArray = NDArray[np.float64]
DENSE = 200  # up to this size a component is solved as a dense matrix


def spectral_segregation(net: Net) -> FloatArray:
    """Spectral segregation index (SSI) of each person: (n,), 0 or more, on average at most 1.

    Row i of the contact matrix gives each of i's d contacts 1/d. The part of it inside a department falls into
    connected components; the SSI of a component is its largest eigenvalue, and that of person i is the eigenvalue times
    i's entry of the eigenvector over the mean entry. So a person is segregated whose contacts are colleagues of the own
    department who are segregated in turn. 0 = no contact inside the department; a component without any contact outside
    has 1; single persons can have more than 1, no component can.

    A directed network is made undirected first (`union`). Missing answers: pairs that were not observed both ways count
    as no contact, so the index of a person with many of them rests on few; a person without any observed pair is NaN.

    Parameters
    ----------
    net : Net

    Notes
    -----
    The matrix is similar to a symmetric one (both sides divided by the square roots of the degrees), so its
    eigenvalues are real. Time grows with ties.

    Source: Echenique & Fryer (2007), Quarterly Journal of Economics 122.

    Examples
    --------
    Persons 0 and 1 share a department and each has one contact there and one outside: the matrix inside is
    [[0, 1/2], [1/2, 0]], with eigenvalue 1/2 and equal entries. Person 2 is alone.

    >>> from netlearn.measures.net import net_of
    >>> spectral_segregation(net_of([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [0, 0, 1])).round(6).tolist()
    [0.5, 0.5, 0.0]
    """
    graph = union(net)
    degree = np.diff(graph.ties.indptr).astype(float)
    person = np.where(graph.people, 0.0, np.nan)
    inside, members = _inside(graph, degree)
    for people in members:
        person[people] = _component(sparse.csr_array(inside[people][:, people]), degree[people])
    return person


def _inside(graph: Net, degree: FloatArray) -> tuple[sparse.csr_array, list[NDArray[np.int64]]]:
    """Contacts inside departments, each over the root of the two degrees, and the people of every component of them."""
    keep = ~graph.cross
    i, j = graph.sender[keep], graph.receiver[keep]
    weight = 1 / np.sqrt(degree[i] * degree[j])
    inside = sparse.csr_array((weight, (i, j)), shape=(graph.n, graph.n))
    count, label = csgraph.connected_components(inside, directed=False)
    order = np.argsort(label, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1])
    return inside, [people for people in members if len(people) > 1]


def _component(inside: sparse.csr_array, degree: FloatArray) -> FloatArray:
    """Index of the people of one component of two or more."""
    if len(degree) <= DENSE:
        values, vectors = np.linalg.eigh(inside.toarray())
        value, vector = values[-1], vectors[:, -1]
    else:
        # A fixed start makes the result the same each time; it is the solution if nobody has contacts outside.
        values, vectors = linalg.eigsh(inside, k=1, which="LA", v0=np.sqrt(degree), tol=0)
        value, vector = values[0], vectors[:, 0]
    entry = np.abs(vector) / np.sqrt(degree)
    return np.asarray(value * entry / entry.mean())
