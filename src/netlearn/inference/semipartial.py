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

from netlearn.inference.cell_terms import COLLINEAR, Design
from netlearn.inference.planes import products

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


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
