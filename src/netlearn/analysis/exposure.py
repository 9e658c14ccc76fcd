"""Pairs who shared a learning room, a group or a partner: their ties beside those of comparable pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from netlearn.analysis.compare import FRAME
from netlearn.analysis.pairs import Pairs, layers_of, observed_pairs, shared_rooms
from netlearn.analysis.shared import contrast, dose, groups, model
from netlearn.errors import NetlearnError
from netlearn.inference.matched import redraw_seats
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult, check_draws, result
from netlearn.inference.regression import dyadic_regression, n_pairs
from netlearn.study.panel import Panel, two_waves
from netlearn.study.plan import Alternative
from netlearn.wording import Language
from netlearn.wording import exposure as words

FloatArray = NDArray[np.float64]
ALPHA = 0.05
UNITS = {
    "later_tie": "ties per 100 possible ties",
    "formed": "new ties per 100 possible new ties",
    "dissolved": "ended ties per 100 earlier ties",
    "per_room": "ties per 100 possible ties and shared room",
}


@dataclass(frozen=True, eq=False)
class Exposure:
    """Ties of pairs who shared a room, compared with those of pairs who did not.

    Attributes
    ----------
    table : DataFrame
        One row per way of answering: method, the fixed columns, p_value and null.
        "regression": later tie on shared (any room), the tie before, the same department, and the reverse tie before,
        with dyadic-robust interval; measure "per_room" counts the rooms instead. "mrqap": the same model, p by
        relabelling people. "matched": share of possible new ties that were formed (of earlier ties that ended) among
        pairs who shared a room, minus that of comparable pairs. "redrawn": p of the first of these by dealing the
        rooms anew.
    groups : DataFrame
        The two shares behind "matched": group (together, comparable, comparable_same_mix), open, formed, formation,
        ties, dissolved, dissolution. The last row weighs comparable pairs as their kinds occur among those together.
    dose : DataFrame
        By number of shared rooms (0, 1, 2, "3+"): n_dyads and the same counts and shares.
    redrawn : PermutationResult or None
        Where the rooms were assigned.
    waves : (earlier, later)
    assigned : bool
    n_people, n_dyads, n_unknown : int
        People who answered in both waves, pairs they answered about, people whose rooms are not known.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    dose: pd.DataFrame
    redrawn: PermutationResult | None
    waves: tuple[str, str]
    assigned: bool
    alternative: Alternative
    n_people: int
    n_dyads: int
    n_unknown: int

    @property
    def level(self) -> float:
        """Level of the intervals: 95 %, or 90 % where the question is one-sided."""
        return 1 - ALPHA * (1 if self.alternative == "two-sided" else 2)

    def row(self, method: str, measure: str) -> pd.Series:
        """Return one row of the table."""
        here = (self.table["method"] == method) & (self.table["measure"] == measure)
        if not here.any():
            raise NetlearnError(
                f"no row {method!r} of {measure!r}; see the columns method and measure of .table."
            )
        return self.table.iloc[int(here.to_numpy().argmax())]

    def sentence(self, language: Language = "en") -> str:
        """Say the difference, how sure it is, and what the design allows to claim."""
        if language not in get_args(Language):
            raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {language!r}.")
        return words.exposure(self, language)

    def __repr__(self) -> str:
        return self.sentence("en")

    def _repr_html_(self) -> str:
        return f"<p>{self.sentence('en')}</p>" + self.table.to_html(index=False)


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
) -> Exposure:
    """Compare the ties of pairs who shared a room with those of comparable pairs.

    Pairs are comparable if both, or neither, are of one department, if they had the same tie before, and if they come
    from the same two strata.

    Parameters
    ----------
    panel : Panel
    together : (n, n) or (n, m) array, or sparse
        Number of rooms that two people shared (symmetric), or people x rooms (over 0 = was there). NaN where it is not
        known: such pairs are left out. In a square of people the diagonal does not count.
    waves : (earlier, later), optional
        Default: the first and the last.
    comparable : (n, n) bool, optional
        False for pairs that could not have shared a room; they are left out.
    strata : (n,) labels, optional
        Within which rooms were assigned, such as the start wave or the department.
    assigned : bool
        Chance decided, within the strata, who sat in which room.
    draws, seed, workers
        Of MRQAP and of the redrawn assignment; see `netlearn.inference.parallel.run_jobs`.
    alternative : "two-sided", "greater" or "less"
        "greater": more ties among those who shared a room (and fewer ended).

    Returns
    -------
    Exposure
        Rows are NaN where one kind of pair is missing, or rests on one person.

    Raises
    ------
    UndefinedError
        One wave only; no pair shared a room, or every pair did.
    NetlearnError
        A shape that does not fit; with `assigned`, rooms of which it is known only for some pairs who shared them.

    Notes
    -----
    Where rooms were assigned by chance, the redrawn assignment tests whether sharing a room changed anything, and the
    difference estimates how much. Where people chose their rooms it does not: people with like interests, friends of
    friends and the outgoing both choose the same room and form ties, and no row here can take that out. Department and
    earlier ties are taken out only as far as they were recorded.

    How often a row is below 0.05 where sharing a room did nothing, in simulations of 30 and 60 people of unequal and
    drifting activity: "redrawn" 5 % where chance dealt the rooms; "regression" 2 to 8 %; "matched" 0 to 4 % (near 0
    where few pairs were together), 6 % for ended ties. "mrqap" 4 to 7 % where chance dealt the rooms, but 9 to 11 %
    where they follow departments: there are more ties within, and so more luck, than where relabelling takes the
    rooms. Where the outgoing chose to come nearly every row errs, up to half of the time.

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
    if alternative not in get_args(Alternative):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    met = shared_rooms(together, panel.n)
    data = observed_pairs(panel, (first, second), met, comparable, layers_of(strata, panel.n))
    rows = _regressions(data, alternative, draws, seed, workers)
    rows += [_matched(data, "formed", alternative), _matched(data, "dissolved", alternative)]
    redrawn = None
    if assigned:
        made, _ = contrast(data, "formed")
        redrawn = redraw_seats(made, met, data.layer, draws, seed, workers=workers, alternative=alternative)
    if redrawn is not None:
        rows.append(rows[-2] | {"method": "redrawn", "low": np.nan, "high": np.nan})
        rows[-1] |= {"p_value": redrawn.p_value, "null": redrawn.null}
    table = pd.DataFrame(rows).assign(level="pair", wave=f"{first} -> {second}")
    unknown = int((np.isnan(met) | np.eye(panel.n, dtype=bool)).all(axis=1).sum())
    return Exposure(
        table[["method", *FRAME, "p_value", "null"]],
        groups(data),
        dose(data),
        redrawn,
        (first, second),
        assigned,
        alternative,
        data.n_people,
        n_pairs(data.i, data.j, data.n),
        unknown,
    )


def _regressions(
    data: Pairs, alternative: Alternative, draws: int, seed: int, workers: Workers
) -> list[dict[str, Any]]:
    y, x = model(data, data.together.astype(float))
    rows = [_regression(data, "later_tie", y, x, alternative)]
    if data.rooms.max() > 1:
        rows.append(_regression(data, "per_room", *model(data, data.rooms), alternative))
    p = _mrqap(data, y, x, alternative, draws, seed, workers)
    lost = {"low": np.nan, "high": np.nan, "p_value": p, "null": "people_relabelled"}
    return [*rows, rows[0] | {"method": "mrqap"} | lost]


def _regression(
    data: Pairs, measure: str, y: FloatArray, x: dict[str, FloatArray], alternative: Alternative
) -> dict[str, Any]:
    row: dict[str, Any] = {"method": "regression", "measure": measure, "unit": UNITS[measure], "null": None}
    if "shared" not in x:  # it cannot be told from the controls
        nothing = dict.fromkeys(("estimate", "low", "high", "p_value"), np.nan)
        return row | nothing | {"n_people": data.n_people, "n_dyads": n_pairs(data.i, data.j, data.n)}
    found = dyadic_regression(y, x, directed=data.directed, level=1 - ALPHA, alternative=alternative)
    term = found.term("shared")
    told = {name: 100 * term[name] for name in ("estimate", "low", "high")}
    return row | told | {"p_value": term["p_value"], "n_people": found.n_people, "n_dyads": found.n_dyads}


def _mrqap(
    data: Pairs,
    y: FloatArray,
    x: dict[str, FloatArray],
    alternative: Alternative,
    draws: int,
    seed: int,
    workers: Workers,
) -> float:
    """P of sharing a room when people are relabelled within strata; NaN if nobody can change places."""
    from netlearn.inference.mrqap import mrqap

    if "shared" not in x:
        return float("nan")
    try:
        found = mrqap(
            y,
            x,
            directed=data.directed,
            strata=data.layer,
            draws=draws,
            seed=seed,
            workers=workers,
            keep=True,
        )
    except NetlearnError:
        return float("nan")
    if found.values is None:
        return float("nan")
    t = float(found.table.loc[found.table["term"] == "shared", "t"].iloc[0])
    values = found.values["shared"].to_numpy()
    return result(t, values, found.exact, found.null, alternative).p_value


def _matched(data: Pairs, measure: str, alternative: Alternative) -> dict[str, Any]:
    made, together = contrast(data, measure)
    # More ties among those together means more formed but fewer ended.
    mirrored = {"greater": "less", "less": "greater"} if measure == "dissolved" else {}
    found = made.rung(together, ALPHA, mirrored.get(alternative, alternative))
    row: dict[str, Any] = {"method": "matched", "measure": measure, "unit": UNITS[measure], "null": None}
    row |= {name: 100 * getattr(found, name) for name in ("estimate", "low", "high")}
    pairs = n_pairs(made.i, made.j, made.n)
    return row | {"p_value": found.p_value, "n_people": data.n_people, "n_dyads": pairs}
