"""`compare`: the change of a measure between two waves, with an interval, the SE ladder and a verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import pandas as pd

from netlearn.analysis.estimate import by_influence, leave_out
from netlearn.analysis.joint import Joint, joint
from netlearn.errors import NetlearnError
from netlearn.inference.dyadic import Rung
from netlearn.inference.equivalence import Equivalence, equivalence
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult
from netlearn.measures.catalogue import MeasureRow, find, need_weighted
from netlearn.study.panel import Panel, Source, two_waves
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import sentences, verdicts

Verdict = Literal["changed_beyond_departments", "changed_among_people", "undecided", "descriptive"]
Guard = Literal["few_departments", "few_respondents", "few_changed", "undefined", "weak_departments"]
FEW_DEPARTMENTS, FEW_RESPONDENTS, WEAK_DEPARTMENTS = 3, 10, 5
FRAME = ["measure", "level", "unit", "wave", "estimate", "low", "high", "n_people", "n_dyads"]


@dataclass(frozen=True, eq=False, repr=False)
class Change(Told):
    """The change of a measure between two waves, on jointly observed cells.

    Attributes
    ----------
    relation, measure, unit : str
    waves : (earlier, later)
    values : (earlier, later)
        The measure in each wave.
    estimate, low, high : float
        Later minus earlier, with the dyadic-robust interval at `level`. It speaks of these people.
    p_value, se, df : float
        Of the person level.
    ladder : DataFrame
        level (arc, dyad, person, department), estimate, se, df, low, high, p_value, n_units.
    natural : (estimate, low, high) or None
        For `cross_density`, `within_density` and `density`: change in colleagues per person.
    swap : PermutationResult or None
        The studentised wave swap, the permutation companion: person by person, or pair by pair if undirected.
    verdict : str
        changed_beyond_departments, changed_among_people, undecided or descriptive.
    guards : tuple of str
        Why the verdict is descriptive, or weak.
    n_people, n_dyads, n_cells, n_departments : int
        People who answered in both waves; pairs and cells they answered about; departments with such people.
    source : "answers" or "records"
        As in the panel.
    weighted : bool
        Ties counted by their level.
    equivalence : Equivalence or None
        Whether the change is smaller than the margin that was asked for, in colleagues per person where `natural` is.
    """

    finding_words = staticmethod(sentences.finding)
    verdict_words = staticmethod(verdicts.verdict)
    words = staticmethod(sentences.change)
    shown = ("ladder",)

    relation: str
    measure: str
    unit: str
    waves: tuple[str, str]
    values: tuple[float, float]
    estimate: float
    low: float
    high: float
    p_value: float
    se: float
    df: float
    alpha: float
    alternative: Alternative
    ladder: pd.DataFrame
    natural: tuple[float, float, float] | None
    swap: PermutationResult | None
    verdict: Verdict
    guards: tuple[Guard, ...]
    n_people: int
    n_dyads: int
    n_cells: int
    n_departments: int
    source: Source = "answers"
    weighted: bool = False
    equivalence: Equivalence | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end at the person level."""
        return self.low, self.high

    @property
    def level(self) -> float:
        """Level of the interval: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return 1 - (self.alpha if self.alternative == "two-sided" else 2 * self.alpha)

    @property
    def table(self) -> pd.DataFrame:
        """One row per wave and one for the change; columns as everywhere."""
        first, second = self.waves
        people = (self.n_people, self.n_dyads)
        rows = [
            (self.measure, "network", self.unit, label, value, np.nan, np.nan, *people)
            for label, value in zip(self.waves, self.values, strict=True)
        ]
        span = f"{first} -> {second}"
        rows.append((self.measure, "network", self.unit, span, self.estimate, self.low, self.high, *people))
        return pd.DataFrame(rows, columns=FRAME)


def compare(
    panel: Panel,
    measure: str = "cross_density",
    waves: tuple[str, str] | None = None,
    *,
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
    draws: int = 1999,
    seed: int = 0,
    weighted: bool = False,
    margin: float | None = None,
    workers: Workers = 1,
) -> Change:
    """Compare a measure between two waves, on the cells observed in both.

    Parameters
    ----------
    panel : Panel
        At least two waves.
    measure : str
        Any measure of the catalogue with a value for the network (`docs/measures.md`). "cross_density": did contact
        across departments change? "cross_log_odds": is it specific to crossing departments?
    waves : (earlier, later), optional
        Default: the first and the last.
    alternative : "two-sided", "greater" or "less"
        What is asked. One-sided intervals have level 1 - 2 alpha, so that they exclude 0 when p <= alpha.
    alpha : float
        Between 0 and 1 (0.5 for a one-sided question); intervals have level 1 - alpha.
    draws : int
        Draws of the wave swap; 0 leaves it out.
    seed : int
        Of the draws.
    weighted : bool
        Count each tie by its level (how often, how close) instead of once; for measures that are defined so.
    margin : float, optional
        Smallest change that matters, over 0: in colleagues per person for densities, percentage points for
        `cross_share`, else in the measure's unit. Then `.equivalence` tells whether the change is smaller than that. A
        density that is no number of colleagues (somebody changed department) is not held against it.
    workers : int or str
        Of the draws; see `netlearn.inference.parallel`. It changes no number.

    Returns
    -------
    Change
        NaN where the measure is undefined (no ties for the E-I index) or nothing varies.

    Raises
    ------
    UndefinedError
        The panel has one wave.
    NetlearnError
        Unknown wave, measure or alternative; alpha or draws out of range.

    Notes
    -----
    The interval is dyadic-robust: influence values are summed per pair and per person, the variance is
    max(V_person n / (n - 4), V_dyad), n the people who answered in both waves, and the quantile is t with degrees of
    freedom that fall when few people carry the change; see `netlearn.inference.dyadic.person_variance` (Fafchamps &
    Gubert 2007; Aronow, Samii & Assenova 2015; Cameron & Miller 2014). Measures that are no
    smooth function of sums over cells get theirs by leaving out one person at a time (delete-one jackknife), which errs
    towards wide; their department level leaves out one department at a time, and they have no wave swap.

    Examples
    --------
    Two departments of two; one of eight cross cells becomes a tie:

    >>> import numpy as np
    >>> before = np.zeros((4, 4)); before[0, 1] = before[2, 3] = 1
    >>> after = before.copy(); after[0, 2] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, ["A", "A", "B", "B"])
    >>> change = compare(panel, "cross_density", draws=0)
    >>> change.estimate, change.verdict, change.natural[0]
    (0.125, 'descriptive', 0.25)
    """
    row = _check(measure, alternative, alpha, draws, seed)
    if margin is not None and not 0 < margin < np.inf:
        raise NetlearnError(f"margin must be a number over 0; got {margin!r}.")
    if weighted:
        need_weighted(row)
    first, second = two_waves(panel, waves)
    view = joint(panel, first, second, "classes" if row.kind == "net" else row.kind, weighted=weighted)
    if row.kind == "net":
        found = leave_out(panel, row, (first, second), view, alpha, alternative, weighted=weighted)
    else:
        found = by_influence(view, row, alpha, alternative, draws, seed, workers)
    person, department = found.rungs["person"], found.rungs["department"]
    guards = _guards(view, person, department, alpha, 2 if alternative == "two-sided" else 1)
    # A mean level per cell is no number of colleagues.
    scale = None if weighted else _colleagues_per_unit(view, row)
    return Change(
        relation=panel.relation,
        measure=measure,
        unit=row.unit,
        waves=(first, second),
        values=found.values,
        estimate=found.estimate,
        low=person.low,
        high=person.high,
        p_value=person.p_value,
        se=person.se,
        df=person.df,
        alpha=alpha,
        alternative=alternative,
        ladder=pd.DataFrame([asdict(r) for r in found.rungs.values()]),
        natural=None if scale is None else (found.estimate * scale, person.low * scale, person.high * scale),
        swap=found.swap,
        verdict=_verdict(person, department, alpha, guards),
        guards=guards,
        n_people=view.n_senders,
        n_dyads=view.n_dyads,
        n_cells=view.n_cells,
        n_departments=_n_departments(view),
        source=panel.source,
        weighted=weighted,
        equivalence=_equivalence(person, margin, alpha, _margin_factor(row, scale, weighted)),
    )


def _check(measure: str, alternative: str, alpha: float, draws: int, seed: int) -> MeasureRow:
    row = find(measure)
    if not row.has("network"):
        raise NetlearnError(f"{measure} has no value for the whole network; see `netlearn.measure(by=...)`.")
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    most = 1 if alternative == "two-sided" else 0.5
    if not isinstance(alpha, int | float) or not 0 < alpha < most:
        raise NetlearnError(f"alpha must be a number between 0 and {most}; got {alpha!r}.")
    for name, value in (("draws", draws), ("seed", seed)):
        if not isinstance(value, int | np.integer) or value < 0:
            raise NetlearnError(f"{name} must be a whole number, 0 or more; got {value!r}.")
    return row


def _margin_factor(row: MeasureRow, scale: float | None, weighted: bool) -> float | None:
    """Return what brings a change to the unit of its margin; None where a density is no number of colleagues."""
    if weighted:
        return 1.0
    if row.name in ("density", "cross_density", "within_density"):
        return scale
    return 100.0 if row.name == "cross_share" else 1.0


def _equivalence(
    person: Rung, margin: float | None, alpha: float, factor: float | None
) -> Equivalence | None:
    return None if margin is None or factor is None else equivalence(person, margin, alpha, factor)


def _n_departments(view: Joint) -> int:
    return len(np.unique(view.departments[0][view.cells.senders & view.cells.people()]))


def _guards(view: Joint, person: Rung, department: Rung, alpha: float, sides: int) -> tuple[Guard, ...]:
    found: list[Guard] = []
    k = _n_departments(view)
    if k < FEW_DEPARTMENTS:
        found.append("few_departments")
    if view.n_senders < FEW_RESPONDENTS:
        found.append("few_respondents")
    if not np.isfinite(person.p_value):
        found.append("undefined")
    elif sides * 2.0**-view.n_changed > alpha:  # the smallest p of the wave swap
        found.append("few_changed")
    if FEW_DEPARTMENTS <= k < WEAK_DEPARTMENTS or not np.isfinite(department.p_value):
        found.append("weak_departments")
    return tuple(found)


def _verdict(person: Rung, department: Rung, alpha: float, guards: tuple[Guard, ...]) -> Verdict:
    if set(guards) - {"weak_departments"}:
        return "descriptive"
    if not person.p_value <= alpha:
        return "undecided"
    agree = np.sign(department.estimate) == np.sign(person.estimate)
    return "changed_beyond_departments" if department.p_value <= alpha and agree else "changed_among_people"


def _colleagues_per_unit(view: Joint, row: MeasureRow) -> float | None:
    """Cells that a person could fill: a density times that is a number of colleagues; None for other measures."""
    if row.kind != "classes":
        return None
    _, _, cells = view.class_sums()
    stable = (view.departments[0] == view.departments[1]).all()
    room = {"cross_density": cells[3], "within_density": cells[0], "density": cells.sum()}.get(row.name)
    if room is None or not view.n_senders or not stable:
        return None
    return float(room) / view.n_senders
