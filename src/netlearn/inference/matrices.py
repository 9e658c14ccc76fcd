"""Matrices made ready for relabelling: one mask for all of them, sites, and who may change places with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError, UndefinedError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Site:
    """The matrices of one site.

    Attributes
    ----------
    values : (q, n, m) float
        The predictors in their order, then y.
    mask : (n, m) bool
        Cells observed in all of them; never the diagonal of a square of people.
    square : bool
        Rows and columns are the same people.
    first : int
        Number of the first row among all that change places; the columns of a two-mode matrix follow its rows.
    """

    values: FloatArray
    mask: BoolArray
    square: bool
    first: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.mask.shape[0], self.mask.shape[1]

    @property
    def size(self) -> int:
        """How many change places: people, or rows and columns."""
        n, m = self.shape
        return n if self.square else n + m

    def moves(self, places: IntArray) -> tuple[IntArray, IntArray]:
        """Return who takes the place of each row and column: from (R, all) numbers, (R, n) and (R, m)."""
        n, _ = self.shape
        rows = np.ascontiguousarray(places[:, self.first : self.first + n]) - self.first
        if self.square:
            return rows, rows
        columns = places[:, self.first + n : self.first + self.size]
        return rows, np.ascontiguousarray(columns) - (self.first + n)

    def cells(self, k: int) -> FloatArray:
        """Observed cells of one matrix, in a row."""
        return self.values[k][self.mask]


@dataclass(frozen=True, eq=False)
class Matrices:
    """Matrices of one or more sites, ready for relabelling.

    Attributes
    ----------
    names : tuple of str
        Of the predictors.
    sites : tuple of Site
    strata : (u,) int
        Who changes places with whom: only within a stratum. Rows come before columns, sites after each other.
    directed : bool
        False: every pair stands twice in each matrix, and counts once.
    """

    names: tuple[str, ...]
    sites: tuple[Site, ...]
    strata: IntArray
    directed: bool

    @property
    def share(self) -> float:
        """What one cell of a matrix counts: 1, or a half where every pair stands twice."""
        return 1.0 if self.directed else 0.5

    @property
    def n_people(self) -> int:
        """People in all sites, those without an observed cell too (of a two-mode matrix, its rows)."""
        return sum(site.shape[0] for site in self.sites)

    @property
    def n_cells(self) -> int:
        """Observed cells: ordered pairs, or pairs."""
        return int(sum(site.mask.sum() for site in self.sites) * self.share)


def matrices(
    y: Any,
    predictors: Mapping[str, Any],
    *,
    directed: bool = True,
    two_mode: bool = False,
    strata: Any = None,
) -> Matrices:
    """Check y and predictors, find the cells observed in all, and who can change places.

    Parameters
    ----------
    y : (n, n) or (n, m) float, or a list of them
        One matrix per site.
    predictors : mapping of name to the same
    directed : bool
        False: matrices must be symmetric; a pair is observed if both its cells are.
    two_mode : bool
        Rows and columns are different things and change places separately.
    strata : (n,) labels, or a list of them, optional
        Rows change places within their stratum only.

    Raises
    ------
    NetlearnError
        Shapes that do not fit, infinite values, an asymmetric matrix of an undirected relation.
    UndefinedError
        Nobody can change places.
    """
    if two_mode and not directed:
        raise NetlearnError(
            "a two-mode matrix has no undirected form: leave out directed=False or two_mode=True."
        )
    ys = per_site(y)
    xs = {name: per_site(x) for name, x in predictors.items()}
    _check_labels(ys, xs)
    for name, x in xs.items():
        if len(x) != len(ys):
            raise NetlearnError(
                f"predictor {name!r} has {len(x)} matrices; y has {len(ys)}: give one per site."
            )
    layers = [None] * len(ys) if strata is None else list(strata) if _several(y) else [strata]
    if len(layers) != len(ys):
        raise NetlearnError(f"strata has {len(layers)} vectors; y has {len(ys)} sites: give one per site.")
    sites: list[Site] = []
    codes: list[IntArray] = []
    for k, target in enumerate(ys):
        first = sites[-1].first + sites[-1].size if sites else 0
        sites.append(_site(target, {name: x[k] for name, x in xs.items()}, directed, two_mode, first))
        used = codes[-1].max() + 1 if codes else 0
        codes.append(used + _strata(sites[-1], layers[k], k))
    return Matrices(tuple(xs), tuple(sites), np.concatenate(codes), directed)


def _check_labels(ys: list[Any], xs: dict[str, list[Any]]) -> None:
    """Refuse data frames whose rows or columns are labelled in another order: cells are matched by position."""
    for k in range(len(ys)):
        given = {"y": ys, **{name: x for name, x in xs.items() if len(x) == len(ys)}}
        frames = {name: x[k] for name, x in given.items() if isinstance(x[k], pd.DataFrame)}
        for name, frame in frames.items():
            first, other = next(iter(frames.items()))
            if not (frame.index.equals(other.index) and frame.columns.equals(other.columns)):
                raise NetlearnError(
                    f"the rows or columns of {name!r} are not labelled as those of {first!r}: put both in one order, "
                    f"such as {name}.loc[{first}.index, {first}.columns]."
                )


def _several(x: Any) -> bool:
    """Tell whether this is a list of matrices, one per site; anything else is one matrix."""
    return isinstance(x, list | tuple) and len(x) > 0 and all(np.ndim(part) == 2 for part in x)


def per_site(x: Any) -> list[Any]:
    """List the matrices of a list; one matrix gives a list of one."""
    return list(x) if _several(x) else [x]


def _site(y: ArrayLike, predictors: dict[str, ArrayLike], directed: bool, two_mode: bool, first: int) -> Site:
    target = _matrix(y, "y")
    n, m = target.shape
    if n != m and not two_mode:
        raise NetlearnError(f"y must be people x people; got shape {n} x {m} (two_mode=True takes others).")
    planes = []
    for name, x in predictors.items():
        matrix = _matrix(x, f"predictor {name!r}")
        if matrix.shape != target.shape:
            raise NetlearnError(f"predictor {name!r} has shape {matrix.shape}; y has {target.shape}.")
        planes.append(matrix)
    names = [f"predictor {name!r}" for name in predictors] + ["y"]
    values = np.stack([*planes, target])
    mask = np.asarray(~np.isnan(values).any(axis=0))
    if not two_mode:
        np.fill_diagonal(mask, False)
    if not directed:
        for name, x in zip(names, values, strict=True):
            refuse_asymmetric(name, x)
    return Site(values, mask, not two_mode, first)


def _matrix(x: Any, what: str) -> FloatArray:
    try:
        matrix = np.array(x, dtype=float)
    except (TypeError, ValueError) as wrong:
        raise NetlearnError(f"{what} must be a matrix of numbers, NaN where missing.") from wrong
    if matrix.ndim != 2:
        raise NetlearnError(f"{what} must be a matrix; got shape {matrix.shape}.")
    if np.isinf(matrix).any():
        raise NetlearnError(f"{what} holds an infinite value; leave the cell missing (NaN) or give a number.")
    return matrix


def refuse_asymmetric(name: str, values: FloatArray) -> None:
    """Refuse a matrix of an undirected relation whose two cells of a pair differ, or are not both known."""
    off = ~np.eye(len(values), dtype=bool)
    half = np.isnan(values) & ~np.isnan(values.T) & off
    if half.any():
        i, j = (int(place) + 1 for place in np.argwhere(half)[0])
        raise NetlearnError(
            f"{name} is missing in row {i}, column {j}, but known in row {j}, column {i}: with directed=False the "
            "two cells of a pair are one; give the same value in both, or NaN in both."
        )
    known = off & ~np.isnan(values)
    if not np.allclose(values[known], values.T[known], rtol=1e-12, atol=0):
        raise NetlearnError(
            f"{name} is not symmetric: with directed=False the two cells of a pair must agree."
        )


def _strata(site: Site, layer: Any, number: int) -> IntArray:
    """Give the same number to those who may change places: same stratum, same pattern of missing rows and columns.

    A row without any observed cell belongs to somebody who did not answer. It must stay a row of somebody who did not
    answer, or the draw would use cells that nobody observed.
    """
    n = site.shape[0]
    labels = np.zeros(n, int) if layer is None else np.unique(np.asarray(layer), return_inverse=True)[1]
    if len(labels) != n:
        raise NetlearnError(
            f"strata must give one label per row; got {len(labels)} for {n} rows of site {number + 1}."
        )
    senders, receivers = np.asarray(site.mask.any(axis=1)), np.asarray(site.mask.any(axis=0))
    if site.square:
        code = _numbered(np.column_stack([labels, senders, receivers]), senders | receivers)
        movable = senders
    else:
        rows = _numbered(np.column_stack([labels, senders]), senders)
        code = np.concatenate([rows, rows.max() + 1 + _numbered(receivers[:, None], receivers)])
        movable = np.append(senders, receivers)
    if not (np.bincount(code)[code][movable] > 1).any():
        raise UndefinedError(
            f"site {number + 1} has nobody who can change places: no two people who answered share their pattern of "
            "missing rows and columns (and their stratum)."
        )
    return code


def _numbered(patterns: NDArray[Any], used: BoolArray) -> IntArray:
    """Give equal patterns one number, and an own one to each who is not used: moving them changes nothing."""
    code = np.unique(patterns, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    code[~used] = code.max() + 1 + np.arange((~used).sum())
    return code
