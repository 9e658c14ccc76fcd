"""MRQAP: regression of one matrix on others, with people relabelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.inference.cell_terms import design
from netlearn.inference.matrices import BoolArray, FloatArray, Matrices, matrices
from netlearn.inference.nulls import Null
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import rearranged, result
from netlearn.inference.rearrange import Relabel
from netlearn.inference.semipartial import Relabelled, Semipartial, fit
from netlearn.study.told import Told
from netlearn.wording import qap as words

Family = Literal["linear", "logistic"]
Method = Literal["dsp", "y-permutation"]


@dataclass(frozen=True, eq=False, repr=False)
class Mrqap(Told):
    """Regression of a matrix on matrices, with p-values from relabelled people.

    Attributes
    ----------
    table : DataFrame
        One row per term: term, estimate, se (classical: it ignores that cells of one person go together), t (or z),
        p_value, low and high (95 % Monte Carlo interval of p), draws, smallest_p.
    n_people, n_cells : int
        People, and cells observed in all matrices (pairs, if undirected).
    n_sites : int
        Each with an intercept: the first terms of the table.
    r_squared : float
        Share of the variance of y explained; for a logistic regression the share of the deviance.
    family : "linear" or "logistic"
    method : "dsp" or "y-permutation"
    exact : bool
        Every relabelling was computed.
    null : str
        Name of the null model.
    values : (draws, terms) DataFrame or None
        t (or z) in each draw, where asked for.
    separated : tuple of str
        Terms of a logistic regression that tell without error where there is a tie: no estimate is finite then.
    """

    words = staticmethod(words.regression)

    table: pd.DataFrame
    n_people: int
    n_cells: int
    n_sites: int
    r_squared: float
    family: Family
    method: Method
    exact: bool
    null: Null = "people_relabelled"
    values: pd.DataFrame | None = None
    separated: tuple[str, ...] = ()


def mrqap(
    y: Any,
    predictors: Mapping[str, Any],
    *,
    family: Family = "linear",
    method: Method = "dsp",
    draws: int = 9999,
    seed: int | np.random.SeedSequence = 0,
    directed: bool = True,
    two_mode: bool = False,
    strata: Any = None,
    keep: bool = False,
    workers: Workers = 1,
    progress: bool = False,
) -> Mrqap:
    """Regress a matrix on others and test every coefficient by relabelling people.

    For the association of relations within one wave, and for exposure (who shared a room) among them. Not for change:
    with an earlier wave among the predictors, a department term tests homophily beyond what was there, which is found
    when nothing changed; with a change as `y`, unequal variances make p too small.

    Parameters
    ----------
    y : (n, n) float
        The relation that is explained; NaN where missing, the diagonal is not used. A list of matrices, one per site,
        is pooled: people change places within their site, the predictors share their coefficients, and each site has
        its intercept. With `two_mode` (n, m), rows and columns changing places separately.
    predictors : mapping of name to (n, n) float
        See `netlearn.inference.terms` for matrices of what is known about people. With sites, lists of matrices.
    family : "linear" or "logistic"
    method : "dsp" or "y-permutation"
        Double semi-partialling relabels, for each coefficient, the residual of its predictor on the others: right also
        when predictors go together. y-permutation relabels y, which tests that all coefficients are 0 at once.
    draws : int
        Relabellings drawn; all of them are computed if there are no more.
    seed : int or SeedSequence
    directed : bool
        False: symmetric matrices, of which every pair counts once.
    two_mode : bool
    strata : (n,) labels, optional
        People change places within their stratum only; with sites, a list.
    keep : bool
        Keep t (or z) of the draws.
    workers : int or str
        See `netlearn.inference.parallel.run_jobs`; the numbers do not depend on it.
    progress : bool

    Returns
    -------
    Mrqap
        With two-sided p-values of every term, the intercepts among them (their residuals are relabelled too). t is NaN
        where y is the same everywhere or the other terms fit it wholly.

    Raises
    ------
    NetlearnError
        A predictor of another shape, the same everywhere, or a linear combination of others (it is named); nobody who
        can change places; too few cells.

    Notes
    -----
    A cell missing in any matrix is left out. People change places only with people who have the same pattern of
    missing rows and columns, so rows of people who did not answer stay rows of such people; single holes that remain
    leave out, draw by draw, the cells that they fall on. All coefficients share the same relabellings.

    References
    ----------
    Dekker, D., Krackhardt, D. & Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
    autocorrelation conditions. Psychometrika 72. Krackhardt, D. (1988). Predicting with networks. Social Networks 10.

    Examples
    --------
    Within the two pairs (1, 2) and (3, 4) people name each other, and one more tie goes from 1 to 3: density 1 in the
    same department, 1/8 across.

    >>> from netlearn.inference.terms import same
    >>> y = [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    >>> found = mrqap(y, {"same": same(["a", "a", "b", "b"])})
    >>> found.table["estimate"].round(3).tolist(), found.exact
    ([0.125, 0.875], True)
    """
    _check(family, method, predictors)
    given = matrices(y, predictors, directed=directed, two_mode=two_mode, strata=strata)
    if family == "logistic":
        return _logistic(given, method, draws, seed, keep, workers, progress)
    made = design(given)
    statistic: Semipartial | Relabelled = Relabelled(made)
    if method == "dsp":
        statistic = Semipartial(made, tuple(range(len(made.terms))))
    found = fit(made)
    table = pd.DataFrame({"term": made.terms, "estimate": found.estimate, "se": found.se})
    return _finish(
        given, table, found.r_squared, statistic, "linear", method, draws, seed, keep, workers, progress
    )


def _check(family: str, method: str, predictors: Mapping[str, Any]) -> None:
    for value, allowed, name in ((family, Family, "family"), (method, Method, "method")):
        if value not in get_args(allowed):
            raise NetlearnError(f"{name} must be one of {', '.join(get_args(allowed))}; got {value!r}.")
    if not isinstance(predictors, Mapping) or not predictors:
        raise NetlearnError("predictors must map at least one name to a matrix.")


def _finish(
    given: Matrices,
    table: pd.DataFrame,
    r_squared: float,
    statistic: Any,
    family: Family,
    method: Method,
    draws: int,
    seed: int | np.random.SeedSequence,
    keep: bool,
    workers: Workers,
    progress: bool,
) -> Mrqap:
    """Draw, and give every term its p-value."""
    observed = statistic(np.arange(len(given.strata))[None])[0]
    values, exact = rearranged(
        Relabel(given.strata), statistic, draws, seed, workers=workers, progress=progress, label="MRQAP"
    )
    tests = [result(o, v, exact, "people_relabelled") for o, v in zip(observed, values.T, strict=True)]
    table["t" if family == "linear" else "z"] = observed
    for name in ("p_value", "low", "high", "draws", "smallest_p"):
        table[name] = [getattr(test, name) for test in tests]
    kept = pd.DataFrame(values, columns=table["term"].to_numpy()) if keep else None
    counts = (given.n_people, given.n_cells, len(given.sites))
    return Mrqap(table, *counts, r_squared, family, method, exact, "people_relabelled", kept)


def _logistic(
    given: Matrices,
    method: Method,
    draws: int,
    seed: int | np.random.SeedSequence,
    keep: bool,
    workers: Workers,
    progress: bool,
) -> Mrqap:
    from netlearn.inference import logistic

    made = design(given)  # names what cannot be told apart
    y, x, mask = _one_square(given)
    if not np.isin(y[mask], (0, 1)).all():
        raise NetlearnError("y must hold 0 and 1 only (NaN where missing) for a logistic regression.")
    found = logistic.logistic_fit(y, x, mask if given.directed else np.triu(mask))
    table = pd.DataFrame({"term": made.terms, "estimate": found.coef, "se": found.se})
    ready = logistic.semi_partial if method == "dsp" else logistic.relabelled
    statistic = ready(y, x, mask, directed=given.directed)
    explained = 1 - found.deviance / found.null_deviance if found.null_deviance > 0 else float("nan")
    finished = _finish(
        given, table, explained, statistic, "logistic", method, draws, seed, keep, workers, progress
    )
    named = tuple(term for term, gone in zip(made.terms, found.separated, strict=True) if gone)
    return replace(finished, separated=named)


def _one_square(given: Matrices) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Put all sites (and rows and columns of two modes) on the diagonal of one square: y, terms and mask."""
    u, k = len(given.strata), len(given.sites)
    square = np.zeros((k + len(given.names) + 1, u, u))
    mask = np.zeros((u, u), bool)
    for number, site in enumerate(given.sites):
        n, m = site.shape
        rows = slice(site.first, site.first + n)
        columns = rows if site.square else slice(site.first + n, site.first + n + m)
        mask[rows, columns] = site.mask
        square[number, rows, columns] = 1.0
        square[k:, rows, columns] = np.where(site.mask, site.values, 0.0)
    return square[-1], square[:-1], mask
