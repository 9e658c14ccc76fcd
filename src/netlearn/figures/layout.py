"""Where departments and people stand on a map: near whom they are in contact with, and steady under small changes.

Every step is a fixed number of smooth moves from a fixed start, so a tie or a person more moves the others a little.
Nothing here knows an id or the order of a roster.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from netlearn.study.cells import IntArray, add_up

FloatArray = NDArray[np.float64]

STRESS_STEPS, PUSH_STEPS = 300, 400
HELD = 0.05  # of the mean weight of a department


def department_places(contact: ArrayLike, halves: ArrayLike, box: tuple[float, float]) -> FloatArray:
    """Place departments in a box, those with much contact near each other, so that they do not overlap.

    Parameters
    ----------
    contact : (k, k) float
        Symmetric; share of possible ties, or any measure of nearness of 0 or more. NaN where it is not known (it then
        counts as the mean); the diagonal does not count.
    halves : (k, 2) float
        Half the width and half the height that each one needs, in the units of the box.
    box : (width, height)

    Returns
    -------
    (k, 2) float
        Centres, with 0, 0 at a corner of the box.

    Notes
    -----
    Distances wanted are 1 / sqrt(0.5 + contact / mean contact); stress is brought down from a ring in the order given
    (Gansner, Koren & North 2005, Graph Drawing), then the map is stretched to the box, and what overlaps is pushed
    apart.

    Examples
    --------
    The first and the second name each other often, so the third stands apart:

    >>> places = department_places([[0, 9, 1], [9, 0, 1], [1, 1, 0]], np.ones((3, 2)), (40, 40))
    >>> near, far = np.hypot(*(places[0] - places[1])), np.hypot(*(places[0] - places[2]))
    >>> bool(near < far)
    True
    """
    size = np.asarray(halves, dtype=float).reshape(-1, 2)
    wide = np.asarray(box, dtype=float)
    if len(size) < 2:
        return np.tile(wide / 2, (len(size), 1))
    places = _least_stress(_wanted(np.asarray(contact, dtype=float)))
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.maximum(wide - 2 * size.max(axis=0), 0.2 * wide)
    stretched = (places - (low + high) / 2) / np.maximum(high - low, 1e-9) * room + wide / 2
    return _pushed(stretched, size, wide)


def _wanted(contact: FloatArray) -> FloatArray:
    """Distances wanted between departments: (k, k)."""
    off = ~np.eye(len(contact), dtype=bool)
    known = off & np.isfinite(contact)
    mean = float(contact[known].mean()) if known.any() else 0.0
    near = np.where(known & (mean > 0), contact / (mean or 1.0), 1.0)
    return np.where(off, 1 / np.sqrt(0.5 + near), 0.0)


def _least_stress(wanted: FloatArray) -> FloatArray:
    """Bring the stress of a ring down by majorization, weights 1 / distance squared: (k, 2)."""
    k = len(wanted)
    angle = 2 * np.pi * np.arange(k) / k + 0.4  # not level, so that two departments are not on one line
    places = np.column_stack([np.cos(angle), np.sin(angle)]) * wanted.mean()
    off = ~np.eye(k, dtype=bool)
    weights = np.where(off, 1 / np.where(off, wanted, 1.0) ** 2, 0.0)
    # Held a little to where they start: where contact says little about places, luck would say the rest.
    hold = HELD * weights.sum(axis=1).mean()
    start, laplace = places, np.diag(weights.sum(axis=1)) - weights
    back = np.linalg.inv(laplace + hold * np.eye(k))
    for _ in range(STRESS_STEPS):
        apart = np.linalg.norm(places[:, None] - places, axis=-1)
        pull = np.where(off, -weights * wanted / np.maximum(apart, 1e-9), 0.0)
        places = back @ ((pull - np.diag(pull.sum(axis=1))) @ places + hold * start)
    return places


def _pushed(places: FloatArray, size: FloatArray, wide: FloatArray) -> FloatArray:
    """Push apart what overlaps, as boxes with round corners, and keep it inside."""
    k = len(places)
    need = size[:, None] + size
    off = ~np.eye(k, dtype=bool)[..., None]
    for _ in range(PUSH_STEPS):
        gap = places[:, None] - places
        reach = ((gap / need) ** 4).sum(axis=-1, keepdims=True) ** 0.25
        short = np.where(off, np.clip(1 - reach, 0, None), 0.0)
        # By the Euclidean direction in units of need: a push that knows no corner.
        unit = gap / need / np.maximum(np.linalg.norm(gap / need, axis=-1, keepdims=True), 1e-9)
        places = places + 0.35 * (short * unit * need).sum(axis=1)
        places = np.clip(places, size, np.maximum(wide - size, size))
    return places


def people_places(
    ties: tuple[IntArray, IntArray],
    group: IntArray,
    centres: FloatArray,
    radius: FloatArray,
    observed: ArrayLike,
    seed: int = 0,
) -> FloatArray:
    """Place people inside the circle of their department, towards the departments that they have ties with.

    Parameters
    ----------
    ties : (sender, receiver)
        Arcs of all waves, one that stands in two of them twice.
    group : (n,) int
        Department of each person, below k.
    centres, radius : (k, 2), (k,) float
        Where the departments are.
    observed : (n,) bool
    seed : int
        Turns the pattern of places in each department, and draws what tells people apart who have the same ties.

    Returns
    -------
    (n, 2) float

    Notes
    -----
    Where somebody stands depends on ties alone: neither ids nor the order of people enter, so a place cannot be read as
    a place in the roster. Each department has as many places as people, in a spiral; they are dealt so that people are
    as near as possible to where their ties draw them. A tie more draws them a little elsewhere, a person more adds a
    place at the rim.

    Examples
    --------
    Person 0 names somebody in the department to the right, person 1 nobody:

    >>> places = people_places((np.array([0]), np.array([2])), np.array([0, 0, 1]),
    ...                        np.array([[0.0, 0.0], [10.0, 0.0]]), np.ones(2), [True] * 3)
    >>> bool(places[0, 0] > places[1, 0])
    True
    """
    wish = _pull(ties, group, centres) + 0.2 * _signature(ties, group, observed, seed)
    turn = np.random.default_rng(seed).uniform(0, 2 * np.pi, len(centres))
    places = np.empty((len(group), 2))
    for at in range(len(centres)):
        members = np.flatnonzero(group == at)
        if not len(members):
            continue
        spots = radius[at] * _spiral(len(members), turn[at])
        aims = radius[at] * wish[members]
        cost = ((aims[:, None] - spots) ** 2).sum(axis=-1)
        _, spot = linear_sum_assignment(cost)
        places[members] = centres[at] + spots[spot]
    return places


def _spiral(m: int, turn: float) -> FloatArray:
    """Places in a circle of radius 1 as the seeds of a sunflower, the same from the middle on whatever their number."""
    at = np.arange(m)
    angle = turn + at * np.pi * (3 - np.sqrt(5))
    return np.sqrt((at + 0.5) / m)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def _pull(ties: tuple[IntArray, IntArray], group: IntArray, centres: FloatArray) -> FloatArray:
    """Where the ties of each person draw them, in a circle of radius 1: (n, 2)."""
    n, k = len(group), len(centres)
    person, other = np.concatenate([ties[0], ties[1]]), np.concatenate([ties[1], ties[0]])
    counts = add_up(person * k + group[other], np.ones(len(person)), n * k).reshape(n, k)
    counts[np.arange(n), group] = 0
    way = centres - centres[group][:, None]
    way = way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
    return np.asarray((counts[..., None] * way).sum(axis=1) / (counts.sum(axis=1, keepdims=True) + 2))


def _signature(
    ties: tuple[IntArray, IntArray], group: IntArray, observed: ArrayLike, seed: int
) -> FloatArray:
    """Two numbers between -1 and 1 that go with a person's surroundings alone, so that people differ who do: (n, 2)."""
    rng = np.random.default_rng([seed, 1])
    own, out, into = (rng.normal(0, 1, (4, 4)) for _ in range(3))
    kinds = rng.normal(0, 1, (int(group.max(initial=0)) + 1, 4))
    value = np.tanh(kinds[group] + np.asarray(observed, dtype=float)[:, None] * rng.normal(0, 1, 4))
    for _ in range(3):
        named, by = (_sums(a, b, value) for a, b in (ties, ties[::-1]))
        value = np.tanh(0.5 * (value @ own + named @ out + by @ into))
    return np.asarray(value[:, :2])


def _sums(person: IntArray, other: IntArray, value: FloatArray) -> FloatArray:
    """Add up the values of those whom each person has ties with, the more of them the less each counts."""
    n = len(value)
    degree = add_up(person, np.ones(len(person)), n)
    summed = np.column_stack([add_up(person, value[other, c], n) for c in range(value.shape[1])])
    return np.asarray(summed / np.sqrt(degree + 1)[:, None])
