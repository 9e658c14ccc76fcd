"""`randomization_test`: the trained against the others, with the training dealt again the way it was dealt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.analysis.arms import Arms, arms
from netlearn.analysis.compare import FEW_DEPARTMENTS, FEW_RESPONDENTS, FRAME
from netlearn.analysis.group_time import is_staggered, staggered_effects
from netlearn.analysis.joint import joint
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES, PersonOutcome, person_outcome
from netlearn.analysis.spillover import class_table, contrasts_between_arms
from netlearn.errors import NetlearnError
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult
from netlearn.inference.randomization import Redrawn, redraw_arms
from netlearn.measures.mixing import within_cross_rows
from netlearn.study.allocation import Allocation, By
from netlearn.study.panel import Panel, two_waves
from netlearn.study.plan import Alternative
from netlearn.wording import Language, sentences
from netlearn.wording import randomization as words

FloatArray = NDArray[np.float64]
Outcome = PersonOutcome | Literal["dyads", "department"]
Reason = Literal["few_assignments", "few_draws", "few_respondents", "few_departments", "undefined"]
DifferenceVerdict = Literal["differs", "undecided", "descriptive"]
PER = 100  # dyads and departments: ties per 100 cells


@dataclass(frozen=True, eq=False)
class RandomizationResult:
    """The trained against the others, under redrawn assignments.

    Attributes
    ----------
    outcome : str
        Name of the outcome; "values" for the user's own.
    unit : "colleagues", "points" or "plain"
        Colleagues per person; ties per 100 observed cells; the user's own.
    waves : tuple of str
    compared : "change", "later", "values" or "starts"
        Changes; later values with the earlier as covariate; values as given; or group-time effects from the start on.
    estimate, low, high : float
        Difference between the arms, and the constant differences that redrawn assignments do not exclude (`level`).
    p_value : float
    result : PermutationResult
        The studentised test with its draws; null model "assignment_redrawn".
    smallest_p, n_assignments : float
        What the design allows; known before any outcome is.
    n_people, n_trained, n_missing : int
        People with an outcome, the trained among them, and people without.
    n_already : int
        People trained before the first of the waves, who are left out.
    n_units, n_dyads : int
        Units with an outcome; pairs of people behind it (0 for the user's own values).
    by : "person", "department" or "start-wave"
    randomized : bool
        Training was dealt by lot, so that a difference may be called an effect.
    studentised : bool
        False where the standard error is 0 or undefined (one unit per arm, a perfect fit): then the plain difference
        was compared.
    reasons : tuple of str
        Why the figures only describe; empty if they carry a conclusion.
    beside : DataFrame
        The same difference by regression, for comparison: method, estimate, se, low, high, p_value, n_units.
    details : DataFrame
        Mean of each arm and wave; classes of dyads; or effects by group and wave.
    """

    outcome: str
    unit: str
    waves: tuple[str, ...]
    compared: Literal["change", "later", "values", "starts"]
    estimate: float
    low: float
    high: float
    p_value: float
    alpha: float
    alternative: Alternative
    result: PermutationResult
    smallest_p: float
    n_assignments: float
    n_people: int
    n_trained: int
    n_missing: int
    n_already: int
    n_units: int
    n_dyads: int
    by: By
    randomized: bool
    studentised: bool
    reasons: tuple[Reason, ...]
    beside: pd.DataFrame
    details: pd.DataFrame

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.low, self.high

    @property
    def level(self) -> float:
        """Level of the interval: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return 1 - (self.alpha if self.alternative == "two-sided" else 2 * self.alpha)

    @property
    def null(self) -> str:
        """Name of the null model."""
        return self.result.null

    @property
    def verdict(self) -> DifferenceVerdict:
        """What may be concluded: "differs", "undecided", or "descriptive" where the design carries no conclusion."""
        if self.reasons:
            return "descriptive"
        return "differs" if self.p_value <= self.alpha else "undecided"

    @property
    def table(self) -> pd.DataFrame:
        """One row, with the columns of every result."""
        span = " -> ".join((self.waves[0], self.waves[-1]))
        row = (self.outcome, "trained - others", self.unit, span, self.estimate, self.low, self.high)
        return pd.DataFrame([(*row, self.n_people, self.n_dyads)], columns=FRAME)

    def sentence(self, language: Language = "en") -> str:
        """Say the difference, its interval, its p, what was dealt how, and what it may be called."""
        if language not in get_args(Language):
            raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {language!r}.")
        return words.difference(self, language)

    def __repr__(self) -> str:
        return self.sentence("en")

    def _repr_html_(self) -> str:
        text = sentences.escape(self.sentence("en"))
        return f"<p>{text}</p>" + self.details.to_html(index=False) + self.beside.to_html(index=False)


def randomization_test(
    panel: Panel,
    outcome: Outcome | ArrayLike = "cross_out_degree",
    assignment: Allocation | None = None,
    *,
    waves: tuple[str, str] | None = None,
    adjust: bool = False,
    randomized: bool = False,
    draws: int = 9999,
    seed: int = 0,
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
    workers: Workers = 1,
    progress: bool = False,
    keep: bool = False,
) -> RandomizationResult:
    """Compare the trained with the others, by dealing the training again the way it was dealt.

    Parameters
    ----------
    panel : Panel
    outcome : str or array
        Per person: "cross_out_degree", "cross_in_degree", "within_out_degree", "out_degree", or values of your own:
        (n,) as they are, or (waves, n), NaN where missing. "department": change in the share of possible ties to other
        departments, one value per department. "dyads": change of ties between people of different departments who were
        both trained, minus that where neither was (see `spillover` for all classes).
    assignment : Allocation
        Who was trained from which wave on, in which units and strata it was dealt.
    waves : (earlier, later), optional
        Default: the first and the last; or all, if people start in more than one wave ("start-wave"): then every
        starting group is set against those not yet trained (`group_time`).
    adjust : bool
        Compare later values with the earlier value as covariate, instead of changes.
    randomized : bool
        Training was dealt by lot. Only then do the words speak of an effect.
    draws : int
        At most so many assignments are tried; if there are no more, all of them, exactly.
    alternative : "two-sided", "greater" or "less"
        One-sided intervals have level 1 - 2 alpha, so that they exclude 0 when p <= alpha.

    Returns
    -------
    RandomizationResult
        Descriptive, with its reasons, where the design cannot reach alpha or too few people or departments are left.

    Raises
    ------
    NetlearnError
        The assignment does not fit the panel; departments were trained as wholes but are said to be dealt by person.
    UndefinedError
        One wave only; nobody or everybody was trained between the waves.

    Notes
    -----
    Statistic: least-squares coefficient of the arm given strata (and covariate) over its standard error clustered by
    unit. People without a value do not enter it; their units are dealt like all others. The interval holds the constant
    effects that the test does not exclude.

    Examples
    --------
    Eight people, of whom four took part; each of them went from no colleague elsewhere to one, and no other did. The
    four can be chosen in 70 ways, of which this one and its mirror image are the most extreme, so p = 2 / 70:

    >>> import numpy as np
    >>> before = np.zeros((8, 8))
    >>> after = before.copy()
    >>> after[[0, 1, 4, 5], [6, 7, 2, 3]] = 1
    >>> panel = Panel.from_arrays({"before": before, "after": after}, list("AAAABBBB"))
    >>> made = Allocation.from_arrays([True, True, False, False, True, True, False, False])
    >>> found = randomization_test(panel, "cross_out_degree", made)
    >>> found.estimate, round(found.p_value, 4), found.verdict, found.reasons
    (1.0, 0.0286, 'descriptive', ('few_respondents', 'few_departments'))
    """
    if assignment is None:
        raise NetlearnError("say who was trained: assignment=Allocation.from_arrays(...).")
    how: dict[str, Any] = {"draws": draws, "seed": seed, "alternative": alternative, "alpha": alpha}
    check_question(alternative, alpha)
    how |= {"workers": workers, "progress": progress, "keep": keep}
    if is_staggered(panel, assignment, waves):
        if adjust or (isinstance(outcome, str) and outcome not in PERSON_OUTCOMES):
            raise NetlearnError(
                "with more than one start wave, give an outcome per person and adjust=False, or choose two waves."
            )
        return _staggered(panel, outcome, assignment, randomized, how)
    pair = two_waves(panel, waves)
    split = arms(panel, assignment, pair)
    if isinstance(outcome, str) and outcome == "dyads":
        if adjust:
            raise NetlearnError("adjust=True needs an outcome per person or per department.")
        found = _of_dyads(panel, pair, split, how)
    elif isinstance(outcome, str) and outcome == "department":
        found = _of_departments(panel, pair, split, adjust, how)
    else:
        found = _of_people(panel, outcome, pair, split, adjust, how)
    return RandomizationResult(
        outcome=outcome if isinstance(outcome, str) else "values",
        waves=pair,
        alpha=alpha,
        alternative=alternative,
        n_already=int((~split.fresh).sum()),
        by=assignment.by,
        randomized=randomized,
        **found,
    )


def check_question(alternative: str, alpha: float) -> None:
    """Refuse an unknown alternative and an alpha out of range."""
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    most = 1 if alternative == "two-sided" else 0.5
    if not isinstance(alpha, int | float) or not 0 < alpha < most:
        raise NetlearnError(f"alpha must be a number between 0 and {most}; got {alpha!r}.")


def _of_people(
    panel: Panel, outcome: Any, pair: tuple[str, str], split: Arms, adjust: bool, how: dict[str, Any]
) -> dict[str, Any]:
    named = isinstance(outcome, str)
    if named:
        shared = panel.joint_cells(pair)
        waves = {label: person_outcome(panel, outcome, label, shared) for label in pair}
    else:
        waves = _own_values(panel, outcome, pair, adjust)
    earlier, later = waves.get(pair[0]), waves[pair[1]]
    compared = "values" if earlier is None else "later" if adjust else "change"
    values = later if earlier is None or adjust else later - earlier
    covariate = earlier[split.fresh, None] if adjust and earlier is not None else None
    found = redraw_arms(values[split.fresh], *split.of_fresh(), covariate, **how)
    known = split.fresh & np.isfinite(sum(waves.values(), np.zeros(panel.n)))
    return {
        "compared": compared,
        "unit": "colleagues" if named else "plain",
        "n_dyads": joint(panel, *pair).n_dyads if named else 0,
        "n_missing": int((split.fresh & ~known).sum()),
        "details": _arm_means(split.trained[known], {label: v[known] for label, v in waves.items()}),
        **_told(found, _few(panel, known), how),
    }


def _own_values(panel: Panel, outcome: Any, pair: tuple[str, str], adjust: bool) -> dict[str, FloatArray]:
    values = np.asarray(outcome, dtype=float)
    if values.shape == (panel.n,) and not adjust:
        return {pair[1]: values}
    if values.shape != (len(panel.waves), panel.n):
        wanted = f"({len(panel.waves)}, {panel.n})" + ("" if adjust else f" or ({panel.n},)")
        raise NetlearnError(
            f"outcome must be a name or an array of shape {wanted}; got shape {values.shape}."
        )
    return {label: values[panel.index(label)] for label in pair}


def _of_departments(
    panel: Panel, pair: tuple[str, str], split: Arms, adjust: bool, how: dict[str, Any]
) -> dict[str, Any]:
    view = joint(panel, *pair)
    rates = []
    for which in (0, 1):
        ties, cells = (within_cross_rows(table)[..., 1] for table in view.department_tables(which))
        rates.append(PER * np.divide(ties, cells, out=np.full(len(ties), np.nan), where=cells > 0))
    home = panel.groups[0]
    places, first = np.unique(home, return_index=True)
    for values in (split.fresh, split.trained, split.unit, split.strata):
        if (values != values[first][np.searchsorted(places, home)]).any():
            raise NetlearnError(
                'outcome "department" needs departments that were trained as wholes: somewhere people of one '
                "department differ in training, unit or stratum. Use an outcome per person."
            )
    of = Arms(split.fresh[first], split.trained[first], split.unit[first], split.strata[first])
    earlier, later = (rate[places] for rate in rates)
    values = later if adjust else later - earlier
    found = redraw_arms(values[of.fresh], *of.of_fresh(), earlier[of.fresh, None] if adjust else None, **how)
    known = of.fresh & np.isfinite(values)
    people = np.isin(home, places[known]) & view.cells.senders
    told = _told(found, _few(panel, people), how)
    return {
        **told,
        "compared": "later" if adjust else "change",
        "unit": "points",
        "n_dyads": view.n_dyads,
        "n_people": int(people.sum()),
        "n_trained": int((people & split.trained).sum()),
        "n_missing": int((split.fresh & ~people).sum()),
        "details": _arm_means(of.trained[known], {pair[0]: earlier[known], pair[1]: later[known]}),
    }


def _of_dyads(panel: Panel, pair: tuple[str, str], split: Arms, how: dict[str, Any]) -> dict[str, Any]:
    made = contrasts_between_arms(panel, pair, split, **how)
    main = made.contrasts["both"]
    people = made.cells.senders & made.cells.people()
    reasons = _reasons(main.result, made.smallest_p, how["alpha"], _few(panel, people))
    rows = [
        (f"{name} - none", PER * c.estimate, PER * c.se, PER * c.low, PER * c.high, c.result.p_value)
        for name, c in made.contrasts.items()
    ]
    beside = pd.DataFrame(rows, columns=["method", "estimate", "se", "low", "high", "p_value"])
    return {
        "compared": "change",
        "unit": "points",
        "estimate": PER * main.estimate,
        "low": PER * main.low,
        "high": PER * main.high,
        "p_value": main.result.p_value,
        "result": main.result,
        "smallest_p": main.result.smallest_p,
        "n_assignments": made.n_assignments,
        "n_people": int(people.sum()),
        "n_trained": int((people & split.trained).sum()),
        "n_missing": int((split.fresh & ~people).sum()),
        "n_units": len(np.unique(split.unit[people])),
        "n_dyads": made.n_dyads,
        "studentised": True,
        "reasons": reasons,
        "beside": beside.assign(n_units=len(np.unique(split.unit[people]))),
        "details": class_table(made),
    }


def _told(found: Redrawn, few: list[Reason], how: dict[str, Any]) -> dict[str, Any]:
    """Return what a result takes over from the arrays."""
    names = ("estimate", "low", "high", "result", "n_assignments", "n_people", "n_trained", "n_units")
    c = found.clustered
    row = ("regression, clustered by unit", c.estimate, c.se, c.low, c.high, c.p_value, c.n_units)
    columns = ["method", "estimate", "se", "low", "high", "p_value", "n_units"]
    return {name: getattr(found, name) for name in names} | {
        "p_value": found.result.p_value,
        "smallest_p": found.smallest_p,
        "studentised": found.studentised,
        "reasons": _reasons(found.result, found.smallest_p, how["alpha"], few),
        "beside": pd.DataFrame([row], columns=columns),
    }


def _few(panel: Panel, people: NDArray[np.bool_]) -> list[Reason]:
    """Tell whether too few people or departments are left for a conclusion."""
    found: list[Reason] = []
    if people.sum() < FEW_RESPONDENTS:
        found.append("few_respondents")
    if len(np.unique(panel.groups[0][people])) < FEW_DEPARTMENTS:
        found.append("few_departments")
    return found


def _reasons(
    found: PermutationResult, smallest: float, alpha: float, few: list[Reason]
) -> tuple[Reason, ...]:
    first: list[Reason] = []
    if np.isnan(found.p_value):
        first.append("undefined")
    elif max(smallest, found.smallest_p) > alpha:
        first.append("few_draws" if not found.exact and 1 / (1 + found.draws) > alpha else "few_assignments")
    return (*first, *few)


def _arm_means(trained: NDArray[np.bool_], values: dict[str, FloatArray]) -> pd.DataFrame:
    """Mean of each arm in each wave."""
    rows = []
    for name, here in (("trained", trained), ("others", ~trained)):
        row: dict[str, Any] = {"arm": name, "n": int(here.sum())}
        rows.append(row | {w: float(v[here].mean()) if here.any() else np.nan for w, v in values.items()})
    return pd.DataFrame(rows)


def _staggered(
    panel: Panel, outcome: Any, assignment: Allocation, randomized: bool, how: dict[str, Any]
) -> RandomizationResult:
    found, table, values = staggered_effects(panel, outcome, assignment, **how)
    fresh = assignment.start > 0
    known = fresh & (np.isfinite(values).sum(axis=0) > 1)
    row = ("group-time effects, clustered by unit", found.estimate, found.se_all)
    c = found.clustered
    beside = [(*row, c.low, c.high, c.p_value, found.n_units)]
    named = isinstance(outcome, str)
    return RandomizationResult(
        outcome=outcome if named else "values",
        unit="colleagues" if named else "plain",
        waves=panel.labels,
        compared="starts",
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        p_value=found.result.p_value,
        alpha=how["alpha"],
        alternative=how["alternative"],
        result=found.result,
        smallest_p=found.smallest_p,
        n_assignments=found.n_assignments,
        n_people=int(known.sum()),
        n_trained=int((known & (assignment.start < len(panel.waves))).sum()),
        n_missing=int((fresh & ~known).sum()),
        n_already=int((~fresh).sum()),
        n_units=found.n_units,
        n_dyads=joint(panel, panel.labels[0], panel.labels[-1]).n_dyads if named else 0,
        by=assignment.by,
        randomized=randomized,
        studentised=found.studentised,
        reasons=_reasons(found.result, found.smallest_p, how["alpha"], _few(panel, known)),
        beside=pd.DataFrame(
            beside, columns=["method", "estimate", "se", "low", "high", "p_value", "n_units"]
        ),
        details=table,
    )
