"""Pairs who shared a learning room, a group or a partner: their ties beside those of comparable pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from netlearn.analysis.compare import FEW_DEPARTMENTS, FEW_RESPONDENTS, FRAME
from netlearn.analysis.pairs import Pairs, dealt_seats, layers_of, observed_pairs, shared_rooms
from netlearn.analysis.shared import beyond, dose, groups, model
from netlearn.errors import NetlearnError
from netlearn.inference.matrices import matrices
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, check_draws, result
from netlearn.inference.regression import dyadic_regression, n_pairs
from netlearn.inference.seats import redraw_seats
from netlearn.study.panel import Panel, Source, two_waves
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import exposure as words

FloatArray = NDArray[np.float64]
Reason = Literal["few_respondents", "few_departments", "few_assignments", "few_draws", "undefined"]
ALPHA = 0.05
CERTAINTY = ["test", "p_value", "low", "high", "draws", "exact", "smallest_p"]
UNITS = {
    "later_tie": "ties per 100 possible ties",
    "per_room": "ties per 100 possible ties and shared room",
}


@dataclass(frozen=True, eq=False, repr=False)
class Exposure(Told):
    """Ties of pairs who shared a room, compared with those of pairs who did not.

    Attributes
    ----------
    table : DataFrame
        One row per way of answering: method, the fixed columns, p_value and null.
        "regression": later tie on shared (any room), the tie before, the same department, and the reverse tie before,
        with dyadic-robust interval; measure "per_room" counts the rooms instead. "mrqap": the same model, p by
        relabelling people. "redrawn": the same model, p by dealing the rooms anew.
    groups : DataFrame
        Shares of possible new ties that were formed and of earlier ties that ended: group (together, comparable,
        comparable_same_mix), open, formed, formation, ties, dissolved, dissolution, and whose answers are behind them:
        open_people, ties_people. The last row weighs comparable pairs as their kinds occur among those together.
    dose : DataFrame
        By number of shared rooms (0, 1, 2, "3+"): n_dyads and the same counts, shares and people.
    relabelled : PermutationResult or None
        Behind "mrqap"; None where nobody can change places.
    redrawn : PermutationResult or None
        Where the rooms were assigned: later ties of pairs together beyond what the other predictors expect, added up,
        and the same with the rooms dealt anew.
    waves : (earlier, later)
    assigned : bool
    reasons : tuple of str
        Why the figures only describe; empty if they carry a conclusion.
    source : "answers" or "records"
        As in the panel.
    n_people, n_departments, n_dyads, n_unknown : int
        People who answered in both waves, their departments, pairs they answered about, people whose rooms are not
        known.
    """

    words = staticmethod(words.exposure)

    table: pd.DataFrame
    groups: pd.DataFrame
    dose: pd.DataFrame
    relabelled: PermutationResult | None
    redrawn: PermutationResult | None
    waves: tuple[str, str]
    assigned: bool
    alternative: Alternative
    reasons: tuple[Reason, ...]
    source: Source
    n_people: int
    n_departments: int
    n_dyads: int
    n_unknown: int
    alpha: float = ALPHA

    @property
    def level(self) -> float:
        """Level of the intervals: 95 %, or 90 % where the question is one-sided."""
        return 1 - self.alpha * (1 if self.alternative == "two-sided" else 2)

    @property
    def certainty(self) -> pd.DataFrame:
        """What stands behind each p: test, p_value, its Monte Carlo interval (low, high), draws, exact, smallest_p.

        As `netlearn.certainty` has it: 0 draws and no smallest p where p comes from a formula. `docs/exposure.md` says
        how often each errs.
        """
        p = self.row("regression", "later_tie")["p_value"]
        rows: list[tuple[object, ...]] = [("regression", p, p, p, 0, False, np.nan)]
        for name, found in (("mrqap", self.relabelled), ("redrawn", self.redrawn)):
            if found is not None:
                rows.append((name, *(getattr(found, column) for column in CERTAINTY[1:])))
        return pd.DataFrame(rows, columns=CERTAINTY)

    def row(self, method: str, measure: str) -> pd.Series:
        """Return one row of the table."""
        here = (self.table["method"] == method) & (self.table["measure"] == measure)
        if not here.any():
            raise NetlearnError(
                f"no row {method!r} of {measure!r}; see the columns method and measure of .table."
            )
        return self.table.iloc[int(here.to_numpy().argmax())]


def compare_exposure(
    panel: Panel,
    together: ArrayLike | sparse.sparray,
    waves: tuple[str, str] | None = None,
    *,
    comparable: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    assigned: bool = False,
    draws: int = 1999,
    seed: int = 0,
    workers: Workers = 1,
    alternative: Alternative = "two-sided",
    alpha: float = ALPHA,
) -> Exposure:
    """Compare the ties of pairs who shared a room with those of comparable pairs.

    Pairs are comparable if both, or neither, are of one department, if they had the same tie before, and if they come
    from the same two strata. The regression takes out the same three, and the reverse tie before.

    Parameters
    ----------
    panel : Panel
    together : (n, n) or (n, m) array, or sparse
        Number of rooms that two people shared (symmetric), or people x rooms (over 0 = was there). NaN where it is not
        known: such pairs are left out. In a square of people the diagonal does not count.
    waves : (earlier, later), optional
        Default: the first and the last.
    comparable : (n, n) bool, optional
        False for pairs that could not have shared a room; they are left out. With `assigned`, the strata must keep
        them apart.
    strata : (n,) labels, optional
        Within which rooms were assigned, such as the start wave or the department.
    assigned : bool
        Chance decided, within the strata, who sat in which room.
    draws, seed, workers
        Of MRQAP and of the redrawn assignment; see `netlearn.inference.parallel.run_jobs`.
    alternative : "two-sided", "greater" or "less"
        "greater": more ties among those who shared a room (and fewer ended).
    alpha : float
        Between 0 and 1 (0.5 for a one-sided question); intervals have level 1 - alpha, or 1 - 2 alpha where one-sided.

    Returns
    -------
    Exposure
        Rows are NaN where sharing a room cannot be told from the other predictors, or rests on one person. Descriptive,
        with its reasons, where too few people or departments are left or no p of alpha or less can be reached.

    Raises
    ------
    UndefinedError
        One wave only; no pair shared a room, or every pair did.
    NetlearnError
        A shape that does not fit; with `assigned`, rooms of which it is known only for some pairs who shared them, or
        pairs that are not comparable but that dealing anew could put together.

    Notes
    -----
    Where rooms were assigned by chance, the redrawn assignment tests whether sharing a room changed anything, and the
    difference estimates how much. Where people chose their rooms it does not: people with like interests, friends of
    friends and the outgoing both choose the same room and form ties, and no row here can take that out. Department and
    earlier ties are taken out only as far as they were recorded.

    How often each row is below 0.05 where sharing a room did nothing was measured by simulation for rooms dealt by
    chance, within departments or to partners, for rooms that follow departments, and for rooms that people chose: see
    `docs/exposure.md`.

    Examples
    --------
    Persons 1 and 2 shared a room and named each other later; of the ten other possible ties one was formed:

    >>> before, after = np.zeros((4, 4)), np.zeros((4, 4))
    >>> after[0, 1] = after[1, 0] = after[2, 3] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, ["A", "B", "C", "D"])
    >>> found = compare_exposure(panel, [[1, 0], [1, 0], [0, 1], [0, 0]], draws=99)
    >>> found.groups.loc[:1, ["open", "formed", "formation"]].to_numpy().tolist()
    [[2.0, 2.0, 1.0], [10.0, 1.0, 0.1]]
    """
    first, second = two_waves(panel, waves)
    check_draws(draws)
    _check_question(alternative, alpha)
    met = shared_rooms(together, panel.n)
    data = observed_pairs(panel, (first, second), met, comparable, layers_of(strata, panel.n))
    y, x = model(data, data.together.astype(float))
    relabelled = _relabel(data, y, x, alternative, draws, seed, workers)
    redrawn = None
    if assigned:
        seats = dealt_seats(panel, met, comparable, data.layer)
        if "shared" in x:
            values = beyond(y, x) if data.directed else np.triu(beyond(y, x))
            redrawn = redraw_seats(values, seats, draws, seed, workers=workers, alternative=alternative)
    rows = _rows(data, y, x, (alternative, alpha), relabelled, redrawn)
    table = pd.DataFrame(rows).assign(level="pair", wave=f"{first} -> {second}")
    unknown = int((np.isnan(met) | np.eye(panel.n, dtype=bool)).all(axis=1).sum())
    return Exposure(
        table=table[["method", *FRAME, "p_value", "null"]],
        groups=groups(data),
        dose=dose(data),
        relabelled=relabelled,
        redrawn=redrawn,
        waves=(first, second),
        assigned=assigned,
        alternative=alternative,
        reasons=_reasons(data, rows[-1 if assigned else 0]["p_value"], redrawn, alpha),
        source=panel.source,
        n_people=data.n_people,
        n_departments=data.n_departments,
        n_dyads=n_pairs(data.i, data.j, data.n),
        n_unknown=unknown,
        alpha=alpha,
    )


def _check_question(alternative: Alternative, alpha: float) -> None:
    if alternative not in get_args(Alternative):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    if not 0 < alpha < (1 if alternative == "two-sided" else 0.5):
        raise NetlearnError(f"alpha must lie between 0 and 1 (0.5 for a one-sided question); got {alpha!r}.")


def _reasons(data: Pairs, p: float, redrawn: PermutationResult | None, alpha: float) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if data.n_people < FEW_RESPONDENTS:
        found.append("few_respondents")
    if data.n_departments < FEW_DEPARTMENTS:
        found.append("few_departments")
    if not np.isfinite(p):
        found.append("undefined")
    elif redrawn is not None and redrawn.smallest_p > alpha:
        found.append("few_assignments" if redrawn.exact else "few_draws")
    return tuple(found)


def _rows(
    data: Pairs,
    y: FloatArray,
    x: dict[str, FloatArray],
    question: tuple[Alternative, float],
    relabelled: PermutationResult | None,
    redrawn: PermutationResult | None,
) -> list[dict[str, Any]]:
    rows = [_regression(data, "later_tie", y, x, question)]
    if data.rooms.max() > 1:
        rows.append(_regression(data, "per_room", *model(data, data.rooms), question))
    lost = {"low": np.nan, "high": np.nan, "p_value": np.nan}
    rows.append(rows[0] | lost | {"method": "mrqap", "null": "people_relabelled"})
    if relabelled is not None:
        rows[-1]["p_value"] = relabelled.p_value
    if redrawn is not None:
        told = {"method": "redrawn", "null": redrawn.null, "p_value": redrawn.p_value}
        rows.append(rows[0] | lost | told)
    return rows


def _regression(
    data: Pairs, measure: str, y: FloatArray, x: dict[str, FloatArray], question: tuple[Alternative, float]
) -> dict[str, Any]:
    row: dict[str, Any] = {"method": "regression", "measure": measure, "unit": UNITS[measure], "null": None}
    if "shared" not in x:  # it cannot be told from the controls
        nothing = dict.fromkeys(("estimate", "low", "high", "p_value"), np.nan)
        return row | nothing | {"n_people": data.n_people, "n_dyads": n_pairs(data.i, data.j, data.n)}
    alternative, alpha = question
    found = dyadic_regression(y, x, directed=data.directed, level=1 - alpha, alternative=alternative)
    term = found.term("shared")
    told = {name: 100 * term[name] for name in ("estimate", "low", "high")}
    return row | told | {"p_value": term["p_value"], "n_people": found.n_people, "n_dyads": found.n_dyads}


def _relabel(
    data: Pairs,
    y: FloatArray,
    x: dict[str, FloatArray],
    alternative: Alternative,
    draws: int,
    seed: int,
    workers: Workers,
) -> PermutationResult | None:
    """Test sharing a room with people relabelled within strata; None with too few cells or nobody to change places."""
    from netlearn.inference.mrqap import mrqap

    cells = np.count_nonzero(~np.isnan(y)) // (1 if data.directed else 2)
    if "shared" not in x or cells <= len(x) + 1:
        return None
    how: dict[str, Any] = {"directed": data.directed, "strata": data.layer}
    try:
        matrices(y, x, **how)
    except (
        NetlearnError
    ):  # made here and well formed: nobody has the stratum and the pattern of answers of another
        return None
    found = mrqap(y, x, draws=draws, seed=seed, workers=workers, keep=True, **how)
    values = pd.DataFrame(found.values)["shared"].to_numpy()
    t = float(found.table.loc[found.table["term"] == "shared", "t"].iloc[0])
    return result(t, values, found.exact, found.null, alternative)
