"""QAP: the correlation of two matrices, tested by letting people change places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from netlearn.inference.cell_terms import design
from netlearn.inference.matrices import matrices, per_site
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, check_draws, rearranged, result
from netlearn.inference.rearrange import Relabel
from netlearn.inference.semipartial import Semipartial


def qap_correlation(
    y: Any,
    x: Any,
    *,
    control: Any = None,
    draws: int = 9999,
    seed: int | np.random.SeedSequence = 0,
    directed: bool = True,
    strata: Any = None,
    alternative: str = "two-sided",
    keep: bool = False,
    workers: Workers = 1,
    progress: bool = False,
) -> PermutationResult:
    """Test the correlation of two matrices of the same people by relabelling the people of one.

    For the association of two relations within one wave. Not for change: that a change between waves goes with a
    department border has unequal variances under no association, and this test would find it far too often.

    Parameters
    ----------
    y, x : (n, n) float
        NaN where a cell is missing; the diagonal is not used. Lists of matrices are pooled over sites, with the
        differences between sites taken out.
    control : (n, n) float, a list of them or a mapping of names to them, optional
        Partial correlation: what `control` explains is taken out of both; the residual of `x` is relabelled.
        With several sites a mapping of names to lists.
    draws : int
        Relabellings drawn; all of them are computed if there are no more.
    seed : int or SeedSequence
    directed : bool
        False: symmetric matrices, of which every pair counts once.
    strata : (n,) labels, optional
        People change places within their stratum only.
    alternative : "two-sided", "greater" or "less"
        Two-sided compares absolute correlations.
    keep : bool
        Keep the correlations of the draws.
    workers : int or str
        See `netlearn.inference.parallel.run_jobs`; the numbers do not depend on it.
    progress : bool

    Returns
    -------
    PermutationResult
        The statistic is Pearson's correlation over the observed cells, -1 to 1; NaN where a matrix is constant.

    Raises
    ------
    NetlearnError
        Shapes that do not fit, `x` a linear combination of the controls, nobody who can change
        places.

    Notes
    -----
    A cell missing in any matrix is left out. People change places only with people who have the same pattern of
    missing rows and columns; single holes that remain leave out, draw by draw, the cells that they fall on.

    References
    ----------
    Krackhardt, D. (1988). Predicting with networks. Social Networks 10.

    Examples
    --------
    Three people; of the six ways to place them in `x`, two give the full correlation, which no smaller p can have:

    >>> y = [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    >>> found = qap_correlation(y, y)
    >>> round(found.statistic, 6), round(found.p_value, 6), round(found.smallest_p, 6), found.exact
    (1.0, 0.333333, 0.333333, True)
    """
    predictors = {**_controls(control), "x": x}
    given = matrices(y, predictors, directed=directed, strata=strata)
    check_draws(draws)
    if all(np.ptp(site.cells(-2)) == 0 for site in given.sites if site.mask.any()):
        return result(np.nan, np.full(draws, np.nan), False, "people_relabelled", alternative)
    made = design(given)
    statistic = Semipartial(made, (len(made.terms) - 1,), "correlation")
    observed = statistic(np.arange(len(given.strata))[None])[0, 0]
    values, exact = rearranged(
        Relabel(given.strata), statistic, draws, seed, workers=workers, progress=progress, label="QAP"
    )
    return result(observed, values[:, 0], exact, "people_relabelled", alternative, keep=keep)


def _controls(control: Any) -> dict[str, Any]:
    if control is None:
        return {}
    if isinstance(control, Mapping):
        return {f"control {name}": x for name, x in control.items()}
    return {f"control {i + 1}": x for i, x in enumerate(per_site(control))}
