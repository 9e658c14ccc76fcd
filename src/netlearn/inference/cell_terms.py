"""The terms of a regression on matrices: standardised, in their cheapest forms, and told apart from each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import UndefinedError
from netlearn.inference.matrices import Matrices, Site
from netlearn.inference.planes import Grid, plane, room

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
COLLINEAR = 1e-10  # share of a predictor's variance that the others must leave
LARGE_MEAN = 4.0  # standard deviations: from here on the mean is taken off before products are added up


@dataclass(frozen=True, eq=False)
class Place:
    """One site ready for relabelling. Planes: 0 the constant, 1 … p the predictors, p + 1 y."""

    site: Site
    grid: Grid
    holes: tuple[IntArray, IntArray]
    filled: FloatArray | None  # (n, m, p + 2), where there are holes
    total: FloatArray  # (p + 2,) sums over senders x receivers
    gram: FloatArray  # (p + 2, p + 2) sums of products over observed cells
    to_terms: FloatArray  # (k + 1, p + 2) planes to standardised terms, y last


@dataclass(frozen=True, eq=False)
class Design:
    """Terms of a regression on cells: an intercept per site, then the predictors, standardised; y comes last.

    Attributes
    ----------
    terms : tuple of str
    places : tuple of Place
    gram : (k + 1, k + 1) float
        Sums of products over observed cells.
    raw : (k, k) float
        The terms as given (columns), in the standardised ones.
    y_mean, y_scale : float
    cells : float
        Observed cells, each counted as often as it stands in the matrices.
    share : float
        What each counts.
    flat : bool
        y is the same everywhere: nothing can be said.
    """

    terms: tuple[str, ...]
    places: tuple[Place, ...]
    gram: FloatArray
    raw: FloatArray
    y_mean: float
    y_scale: float
    cells: float
    share: float
    flat: bool

    @property
    def sites(self) -> int:
        """Number of sites, each with its intercept."""
        return len(self.places)


def design(given: Matrices) -> Design:
    """Standardise the matrices, find their cheapest forms and refuse what cannot be told apart.

    Raises
    ------
    UndefinedError
        A predictor is the same in every cell, or a linear combination of others; too few cells.
    """
    cells = [np.concatenate([s.cells(k) for s in given.sites]) for k in range(len(given.names) + 1)]
    if given.n_cells <= len(given.names) + len(given.sites):
        raise UndefinedError(
            f"{given.n_cells} cells are observed in all matrices; too few for {len(given.names)} predictors."
        )
    flat = [bool(np.ptp(x) <= 1e-12 * np.abs(x).max()) for x in cells]
    for name, same in zip(given.names, flat[:-1], strict=True):
        if same:
            raise UndefinedError(
                f"predictor {name!r} is the same in every observed cell: leave it out (it is the intercept)."
            )
    mean = np.array([x[0] if same else x.mean() for x, same in zip(cells, flat, strict=True)])
    scale = np.array([1.0 if same else x.std() for x, same in zip(cells, flat, strict=True)])
    taken = np.where(np.abs(mean) > LARGE_MEAN * scale, mean, 0.0)
    k = len(given.sites)
    to_terms = [_to_terms(i, k, mean - taken, scale) for i in range(k)]
    places = tuple(_place(s, taken, t) for s, t in zip(given.sites, to_terms, strict=True))
    gram = np.sum([p.to_terms @ p.gram @ p.to_terms.T for p in places], axis=0)
    raw = np.diag(np.append(np.ones(k), scale[:-1]))
    raw[:k, k:] = mean[:-1]
    intercepts = ("intercept",) if k == 1 else tuple(f"intercept {i + 1}" for i in range(k))
    made = Design(
        *((*intercepts, *given.names), places, gram, raw, float(mean[-1]), float(scale[-1])),
        *(float(len(cells[0])), given.share, flat[-1]),
    )
    _refuse_collinear(made)
    return made


def _to_terms(site: int, sites: int, mean: FloatArray, scale: FloatArray) -> FloatArray:
    """Linear map from the planes of a site to the standardised terms."""
    into = np.zeros((sites + len(mean), len(mean) + 1))
    into[site, 0] = 1.0
    into[sites:, 0] = -mean / scale
    into[sites:, 1:] = np.diag(1 / scale)
    return into


def _place(site: Site, taken: FloatArray, to_terms: FloatArray) -> Place:
    values = [np.ones(site.shape), *(x - t for x, t in zip(site.values, taken, strict=True))]
    grid = Grid([plane(x, site.mask, site.square) for x in values], site.mask, site.square)
    seen = np.stack([x[site.mask] for x in values])
    holes = grid.holes()
    wide = room(site.mask, site.square)
    filled = np.stack([p.full() for p in grid.planes], axis=-1) if len(holes[0]) else None
    total = np.array([p.full()[wide].sum() for p in grid.planes])
    return Place(site, grid, holes, filled, total, seen @ seen.T, to_terms)


def _refuse_collinear(made: Design) -> None:
    k, kept = made.sites, list(range(made.sites))
    for term in range(k, len(made.terms)):
        g = made.gram[kept, term]
        weights = np.linalg.solve(made.gram[np.ix_(kept, kept)], g)
        if made.gram[term, term] - g @ weights < COLLINEAR * made.gram[term, term]:
            others = [
                repr(made.terms[j]) for j, w in zip(kept, weights, strict=True) if j >= k and abs(w) > 1e-6
            ]
            intercept = "the intercept" if k == 1 else "the intercepts"
            of = f"{', '.join(others)} and {intercept}" if others else intercept
            raise UndefinedError(
                f"predictor {made.terms[term]!r} is a linear combination of {of}: leave one out."
            )
        kept.append(term)
