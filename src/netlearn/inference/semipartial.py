"""Least squares under relabelling: all coefficients of all draws from sums of products, no matrix solved per draw.

Every residual of a semi-partialling is a linear combination of the given matrices. With the sums of products of each
relabelled matrix with each other matrix, the rest is algebra on (terms x terms) arrays (Frisch, Waugh & Lovell).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from netlearn.errors import NetlearnError
from netlearn.inference.matrices import Matrices, Site
from netlearn.inference.planes import Grid, plane, products, room

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
COLLINEAR = 1e-10  # share of a predictor's variance that the others must leave
LARGE_MEAN = (
    4.0  # in standard deviations: from here on the mean is taken off before sums of products are made
)


@dataclass(frozen=True, eq=False)
class _Place:
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
    places : tuple of _Place
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
    places: tuple[_Place, ...]
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
    NetlearnError
        A predictor is the same in every cell, or a linear combination of others; too few cells.
    """
    cells = [np.concatenate([s.cells(k) for s in given.sites]) for k in range(len(given.names) + 1)]
    if given.n_cells <= len(given.names) + len(given.sites):
        raise NetlearnError(
            f"{given.n_cells} cells are observed in all matrices; too few for {len(given.names)} predictors."
        )
    flat = [bool(np.ptp(x) <= 1e-12 * np.abs(x).max()) for x in cells]
    for name, same in zip(given.names, flat[:-1], strict=True):
        if same:
            raise NetlearnError(
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


def _place(site: Site, taken: FloatArray, to_terms: FloatArray) -> _Place:
    values = [np.ones(site.shape), *(x - t for x, t in zip(site.values, taken, strict=True))]
    grid = Grid([plane(x, site.mask, site.square) for x in values], site.mask, site.square)
    seen = np.stack([x[site.mask] for x in values])
    holes = grid.holes()
    wide = room(site.mask, site.square)
    filled = np.stack([p.full() for p in grid.planes], axis=-1) if len(holes[0]) else None
    total = np.array([p.full()[wide].sum() for p in grid.planes])
    return _Place(site, grid, holes, filled, total, seen @ seen.T, to_terms)


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
            raise NetlearnError(
                f"predictor {made.terms[term]!r} is a linear combination of {of}: leave one out."
            )
        kept.append(term)


@dataclass(frozen=True, eq=False)
class Fit:
    """Least squares as given: (k,) estimates and classical standard errors; share of variance explained."""

    estimate: FloatArray
    se: FloatArray
    r_squared: float


def fit(made: Design) -> Fit:
    """Fit the regression to the observed cells; R squared is NaN where y is the same everywhere."""
    k = len(made.terms)
    yy = made.gram[k:, k:].ravel()
    estimate, se = _coefficients(
        made, made.gram[None, :k, :k], made.gram[None, :k, k], yy, np.array([made.cells])
    )
    if made.flat:
        return Fit(np.where(np.arange(k) < made.sites, made.y_mean, 0.0), np.zeros(k), float("nan"))
    fitted = made.gram[:k, k] @ np.linalg.solve(made.gram[:k, :k], made.gram[:k, k])
    return Fit(estimate[0], se[0], float(fitted / yy[0]))


def _coefficients(
    made: Design, gram: FloatArray, products: FloatArray, yy: FloatArray, cells: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Estimates and standard errors as given, from sums of products of standardised terms with y: (R, k) each."""
    k = len(made.terms)
    inverse = _inverse(gram)
    weights = np.einsum("rab,rb->ra", inverse, products)
    rest = _positive(yy - np.einsum("ra,ra->r", weights, products), yy)
    back = np.linalg.inv(made.raw)
    weights = made.y_scale * weights
    weights[:, : made.sites] += made.y_mean
    spread = np.einsum("ka,rab,kb->rk", back, inverse, back)
    df = cells * made.share - k  # what counts a half does so in the squares and in their inverse: it cancels
    se = made.y_scale * np.sqrt(spread * (rest / df)[:, None])
    return weights @ back.T, se


def _inverse(gram: FloatArray) -> FloatArray:
    """Inverses; of a singular one (a draw may lose the cells that told two terms apart) NaN."""
    try:
        return np.asarray(np.linalg.inv(gram), float)
    except np.linalg.LinAlgError:
        good = np.linalg.matrix_rank(gram, hermitian=True) == gram.shape[-1]
        inverse = np.full_like(gram, np.nan)
        inverse[good] = np.linalg.inv(gram[good])
        return inverse


def _positive(x: FloatArray, of: FloatArray | float) -> FloatArray:
    """Take for 0 what is 0 but for rounding."""
    return np.where(x <= 1e-12 * np.asarray(of), 0.0, x)


@dataclass(frozen=True, eq=False)
class _Partial:
    """What one coefficient needs when y and the other terms stay: see `_partial`."""

    residual: FloatArray  # (k,) the term less its fit on the others, in standardised terms
    y: FloatArray  # (k + 1,) y in standardised terms and standardised y
    basis: FloatArray  # (k, k - 1) the other terms
    project: FloatArray  # (1 or R, k, k)
    fitted: FloatArray  # (1 or R, k) y fitted on the others
    rest: FloatArray  # (1 or R,) squares of y that the others leave


@dataclass(frozen=True, eq=False)
class Semipartial:
    """The statistic of double semi-partialling: relabel the residual of a term, fit again, take its t or correlation.

    Attributes
    ----------
    design : Design
    tested : tuple of int
        Numbers of the terms.
    kind : "t" or "correlation"
        The partial correlation of y with the relabelled residual, given the other terms.
    """

    design: Design
    tested: tuple[int, ...]
    kind: Literal["t", "correlation"] = "t"

    def __call__(self, places: IntArray) -> FloatArray:
        """Statistics of relabellings (R, u): (R, tested)."""
        made, k = self.design, len(self.design.terms)
        predictors = list(range(1, k - made.sites + 1))
        only = self.tested[0] - made.sites + 1 if len(self.tested) == 1 else 0
        fixed = [j for j in [*predictors, len(predictors) + 1] if j != only or only < 1]
        crossed, still, moved, cells = _sums(made, places, predictors, fixed)
        partials = [_partial(made, term, still) for term in self.tested]
        return np.column_stack([self._one(p, crossed, moved, cells) for p in partials])

    def _one(
        self, partial: _Partial, crossed: FloatArray, moved: FloatArray, cells: FloatArray
    ) -> FloatArray:
        k = len(self.design.terms)
        f = np.einsum("a,rab->rb", partial.residual, crossed[:, :k])
        own = np.einsum("a,rab,b->r", partial.residual, moved[:, :k, :k], partial.residual)
        with np.errstate(divide="ignore", invalid="ignore"):
            lost = np.einsum(
                "ra,rab,rb->r", f[:, :k], np.broadcast_to(partial.project, (len(f), k, k)), f[:, :k]
            )
            square = own - lost
            square = np.where(square <= COLLINEAR * own, np.nan, square)
            product = f @ partial.y - (f[:, :k] * partial.fitted).sum(axis=1)
            if self.design.flat:
                return np.full(len(f), np.nan)
            if self.kind == "correlation":
                return product / np.sqrt(square * partial.rest)
            rest = _positive(partial.rest - product**2 / square, partial.rest)
            return product / np.sqrt(square * rest / (cells * self.design.share - k))


def _partial(made: Design, term: int, still: FloatArray) -> _Partial:
    """Prepare one coefficient, from the sums of products over the cells of each draw."""
    k, others = len(made.terms), [j for j in range(len(made.terms)) if j != term]
    y = np.zeros(k + 1)
    if term < made.sites:
        # Without this intercept the others do not span the constant: all as given, not less their means.
        basis, own = made.raw[:, others], made.raw[:, term]
        y[: made.sites], y[k] = made.y_mean / made.y_scale, 1.0
    else:
        basis, own = np.eye(k)[:, others], np.eye(k)[term]
        y[k] = 1.0
    gram = made.gram[:k, :k]
    residual = own - basis @ np.linalg.solve(basis.T @ gram @ basis, basis.T @ gram @ own)
    inverse = _inverse(basis.T @ still[:, :k, :k] @ basis)
    project = basis @ inverse @ basis.T
    with_y = still[:, :k] @ y
    fitted = np.einsum("rab,rb->ra", project, with_y)
    whole = np.einsum("a,rab,b->r", y, still, y)
    rest = whole - (with_y * fitted).sum(axis=1)
    rest = np.where(rest <= 1e-12 * whole, np.nan, rest)  # the others fit y wholly: no t
    return _Partial(residual, y, basis, project, fitted, rest)


@dataclass(frozen=True, eq=False)
class Relabelled:
    """The statistic of y-permutation: relabel y, fit again, take all t."""

    design: Design

    def __call__(self, places: IntArray) -> FloatArray:
        """Statistics of relabellings (R, u): (R, terms)."""
        made, k = self.design, len(self.design.terms)
        predictors = list(range(1, k - made.sites + 1))
        crossed, still, moved, cells = _sums(made, places, [len(predictors) + 1], predictors)
        if made.flat:
            return np.full((len(places), k), np.nan)
        one_gram = np.broadcast_to(still[:, :k, :k], (len(crossed), k, k))
        estimate, se = _coefficients(made, one_gram, crossed[:, k, :k], moved[:, k, k], cells)
        with np.errstate(divide="ignore", invalid="ignore"):
            return estimate / se


def _sums(
    made: Design, places: IntArray, moved: Sequence[int], fixed: Sequence[int]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Add up products of standardised terms over the cells observed before and after relabelling.

    Returns
    -------
    crossed : (R, k + 1, k + 1)
        Relabelled x fixed; right where asked for.
    still, relabelled : (1 or R, k + 1, k + 1)
        Fixed x fixed, relabelled x relabelled.
    cells : (1 or R,)
    """
    size = len(made.terms) + 1
    crossed = np.zeros((len(places), size, size))
    still, turned = made.gram[None], made.gram[None]
    cells = np.full(1, made.cells)
    for p in made.places:
        rows, columns = p.site.moves(places)
        q = len(p.total)
        raw = np.zeros((len(places), q, q))
        raw[:, 0, :], raw[:, :, 0] = p.total, p.total
        raw[np.ix_(range(len(places)), moved, fixed)] = products(p.grid, moved, fixed, rows, columns)
        if p.filled is not None:
            from netlearn.inference.kernels import hole_products

            lost = hole_products(p.filled, p.site.mask, *p.holes, rows, columns)
            raw -= lost[0]
            still = still - p.to_terms @ lost[1] @ p.to_terms.T
            turned = turned - p.to_terms @ lost[2] @ p.to_terms.T
            cells = cells - lost[1][:, 0, 0]
        crossed += p.to_terms @ raw @ p.to_terms.T
    return crossed, still, turned, cells
