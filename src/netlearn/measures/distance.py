"""Distance decay: how fast contact falls with the distance between the places where people work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.measures.mixing import ratio
from netlearn.measures.net import Net
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
CHUNK = 256  # sites whose distances to all others are held at a time
GRID = 4096  # steps of distance in which quantiles are sought


@dataclass(frozen=True, eq=False)
class Decay(Shown):
    """Ties and observed cells by distance.

    Attributes
    ----------
    limits : (b,) float
        Upper limit of each band, in the unit of the coordinates; a distance at the limit belongs to the band.
    ties, cells : (b,) float
        Ties and observed cells in each band; an undirected pair counts once.
    distance : (b,) float
        Mean distance of the band's cells; NaN without cells.
    """

    limits: FloatArray
    ties: FloatArray
    cells: FloatArray
    distance: FloatArray

    @property
    def density(self) -> FloatArray:
        """Share of the band's observed cells that are ties: (b,), 0 to 1; NaN without cells."""
        return ratio(self.ties, self.cells)

    @property
    def slope(self) -> float:
        """Change in the log odds of a tie per unit of log distance, see `log_slope`; below 0 = contact falls."""
        return log_slope(self.distance, self.ties, self.cells)


def decay(net: Net, coordinates: ArrayLike, *, limits: ArrayLike | None = None, bands: int = 5) -> Decay:
    """Tie probability by distance band, and the slope of its log odds on log distance.

    Parameters
    ----------
    net : Net
    coordinates : (k, 2) or (n, 2) float
        Place of each department, or of each person (if n = k, of each person); plane coordinates, such as metres east
        and north. NaN = unknown; such people are left out.
    limits : (b,) float, optional
        Upper limits of the bands, rising; cells further away than the last are left out. Default: one band for distance
        0, if there are such cells, and `bands` bands with about as many cells each.
    bands : int
        Number of bands above distance 0 if `limits` is not given; fewer where many cells share a distance.

    Returns
    -------
    Decay

    Notes
    -----
    Missing answers: only observed cells count, in ties and in cells. People are gathered by place, and distances are
    computed for some places at a time: memory grows with people and ties, time with places squared. Default limits are
    exact to 1/4096 of the largest extent of the places.

    Source: Butts & Acton (2011), in The SAGE Handbook of GIS and Society, for tie probability as a function of
    distance.

    Raises
    ------
    NetlearnError
        If the coordinates do not fit, or limits do not rise.

    Examples
    --------
    Two departments 10 apart: 1 of 2 cells within, 1 of 4 across.

    >>> from netlearn.measures.net import net_of
    >>> found = decay(net_of([[0, 1, 1], [0, 0, 0], [0, 0, 0]], [0, 0, 1]), [[0, 0], [0, 10]])
    >>> found.limits.tolist(), found.ties.tolist(), found.cells.tolist(), found.density.tolist()
    ([0.0, 10.0], [1.0, 1.0], [2.0, 4.0], [0.5, 0.25])
    """
    places = _Places.of(net, coordinates)
    top = _quantile_limits(places, bands) if limits is None else np.asarray(limits, dtype=float)
    if top.ndim != 1 or not (np.diff(top) > 0).all() or np.isnan(top).any():
        raise NetlearnError(f"limits must be a rising list of upper limits; got {top.tolist()}.")
    size = len(top)
    ties, cells, length = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    for distance, count in places.cell_chunks():
        band = np.searchsorted(top, distance)
        cells += np.bincount(band, count, minlength=size + 1)
        length += np.bincount(band, count * distance, minlength=size + 1)
    tied = places.between(net.sender, net.receiver)
    ties += np.bincount(np.searchsorted(top, tied), minlength=size + 1)
    half = net.half
    return Decay(top, ties[:-1] * half, cells[:-1] * half, ratio(length, cells)[:-1])


@dataclass(frozen=True, eq=False)
class _Places:
    """The distinct places, who is where, and how many could send and receive there."""

    net: Net
    point: FloatArray
    site: IntArray
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, net: Net, coordinates: ArrayLike) -> _Places:
        xy = np.asarray(coordinates, dtype=float)
        if xy.ndim != 2 or xy.shape[1] != 2 or len(xy) not in (net.n, net.k):
            raise NetlearnError(
                f"coordinates must be two numbers per person ({net.n}) or per department ({net.k}); "
                f"got shape {xy.shape}."
            )
        per_person = xy if len(xy) == net.n else xy[net.group]
        known = ~np.isnan(per_person).any(axis=1)
        point, site = np.unique(np.where(known[:, None], per_person, np.inf), axis=0, return_inverse=True)
        return cls(net, point, np.asarray(site, dtype=np.int64).ravel(), known)

    def between(self, i: IntArray, j: IntArray) -> FloatArray:
        """Distances of pairs of people, without the pairs whose distance is not known."""
        keep = self.known[i] & self.known[j]
        step = self.point[self.site[i[keep]]] - self.point[self.site[j[keep]]]
        return np.hypot(step[:, 0], step[:, 1])

    def cell_chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Distances and the number of observed cells at each; holes come last, with -1 each."""
        net, size = self.net, len(self.point)
        can, could = net.answered & self.known, net.possible & self.known
        out, into = (np.bincount(self.site[who], minlength=size) for who in (can, could))
        own = np.bincount(self.site[can & could], minlength=size)
        used = np.flatnonzero(out + into > 0)
        for start in range(0, len(used), CHUNK):
            rows = used[start : start + CHUNK]
            step = self.point[rows, None, :] - self.point[None, used, :]
            count = np.outer(out[rows], into[used])
            count[np.arange(len(rows)), start + np.arange(len(rows))] -= own[rows]
            yield np.hypot(step[..., 0], step[..., 1]).ravel(), count.ravel().astype(float)
        holes = self.between(*net.hole_pairs)
        yield holes, -np.ones(len(holes))


def _quantile_limits(places: _Places, bands: int) -> FloatArray:
    """Upper limits of `bands` bands with about as many cells each, after one for distance 0."""
    if bands < 1:
        raise NetlearnError(f"bands must be at least 1; got {bands}.")
    far, zero = 0.0, 0.0
    for distance, count in places.cell_chunks():
        zero += count[distance == 0].sum()
        far = max(far, distance[count > 0].max(initial=0.0))
    cells, longest = np.zeros(GRID), np.zeros(GRID)
    for distance, count in places.cell_chunks():
        apart = (distance > 0) & (distance <= far)
        step = np.minimum((distance[apart] / far * GRID).astype(np.int64), GRID - 1)
        cells += np.bincount(step, count[apart], minlength=GRID)
        np.maximum.at(longest, step, distance[apart])
    share = np.cumsum(cells)
    wanted = share[-1] * np.arange(1, bands + 1) / bands
    limits = np.unique(longest[np.searchsorted(share, wanted)]) if share[-1] > 0 else np.empty(0)
    return np.concatenate([[0.0], limits]) if zero > 0 else limits


def log_slope(distance: ArrayLike, ties: ArrayLike, cells: ArrayLike) -> float:
    """Slope of a logistic regression of ties on log distance, from bands: change in log odds per unit of log distance.

    The maximum-likelihood slope if every cell of a band lay at the band's mean distance; -1 = odds halve when distance
    doubles. Bands at distance 0 or without cells are left out. NaN where no slope is best: fewer than two bands, or all
    ties nearer (or further) than all other cells.

    Parameters
    ----------
    distance, ties, cells : (b,)

    Examples
    --------
    Odds 1 at distance 1, 1/3 at distance e: log odds fall by log 3.

    >>> round(log_slope([1, np.e], [2, 1], [4, 4]), 6), round(float(-np.log(3)), 6)
    (-1.098612, -1.098612)
    """
    d, t, c = (np.asarray(values, dtype=float) for values in (distance, ties, cells))
    keep = (c > 0) & (d > 0)
    x, t, c = np.log(d[keep]), t[keep], c[keep]
    if not _overlaps(x[t > 0], x[t < c]):
        return float("nan")
    x = x - np.average(x, weights=c)
    beta = np.array([np.log(t.sum() / (c - t).sum()), 0.0])
    for _ in range(100):
        p = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
        weight = c * p * (1 - p)
        score = np.array([(t - c * p).sum(), ((t - c * p) * x).sum()])
        info = np.array([[weight.sum(), (weight * x).sum()], [(weight * x).sum(), (weight * x * x).sum()]])
        step = np.linalg.solve(info, score)
        beta = beta + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-12:
            break
    return float(beta[1])


def _overlaps(tied: FloatArray, free: FloatArray) -> bool:
    """Whether the places of ties and of empty cells interleave, so that a logistic slope is finite."""
    if not len(tied) or not len(free):
        return False
    return bool(tied.max() > free.min() and free.max() > tied.min())
