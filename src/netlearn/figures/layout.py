"""Where departments and people stand on a map: near whom they are in contact with, and steady under small changes.

Every step is a fixed number of smooth moves from a fixed start, so a tie or a person more moves the others a little.
Nothing here knows an id or the order of a roster.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
