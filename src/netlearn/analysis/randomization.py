"""`randomization_test`: the trained against the others, with the training dealt again the way it was dealt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from numpy.typing import ArrayLike

from netlearn.analysis.arm_outcomes import of_departments, of_dyads, of_people, of_starts
from netlearn.analysis.arms import Arms, Reason, arms, by_lot, check_place, who_was_trained
from netlearn.analysis.compare import FRAME
from netlearn.analysis.did import BESIDE, over_cells
from netlearn.analysis.group_time import is_staggered
from netlearn.analysis.person_outcomes import PERSON_OUTCOMES, PersonOutcome
from netlearn.errors import NetlearnError
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult
from netlearn.study.allocation import Allocation, By
from netlearn.study.panel import Panel, two_waves
from netlearn.study.plan import Assignment
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import randomization as words

Outcome = PersonOutcome | Literal["dyads", "one_trained", "department"]
OUTCOMES = (*PERSON_OUTCOMES, "dyads", "one_trained", "department")
OF_PAIRS = ("dyads", "one_trained")
DifferenceVerdict = Literal["differs", "undecided", "descriptive"]


@dataclass(frozen=True, eq=False, repr=False)
class RandomizationResult(Told):
    """The trained against the others, under redrawn assignments.

    Attributes
    ----------
    outcome : str
        Name of the outcome; "values" for the user's own.
    unit : "colleagues", "points" or "plain"
        Colleagues per person; ties per 100 observed cells; the user's own.
    waves : (earlier, later)
        The first and the last, where people start in turns.
    compared : "change", "later", "values" or "starts"
        Changes; later values with the earlier as covariate; values as given; or group-time effects from the start on.
    estimate, low, high : float
        Difference between the arms, and the constant differences that redrawn assignments do not exclude (`level`).
    p_value : float
    result : PermutationResult
        The studentised test with its draws; null model "assignment_redrawn".
    attainable_p, n_assignments : float
        Smallest p that the design can give, were all assignments tried, and how many they are (infinite if more than
        can be counted): known before any outcome is.
    n_people, n_trained, n_missing : int
        People with an outcome, the trained among them, and people without.
    n_already : int
        People trained before the first of the waves, who are left out.
    n_units, n_dyads : int
        Units that are dealt, because somebody in them has an outcome; pairs of people behind it (0 for the user's own
        values).
    n_strata : int
        Strata in which they lie.
    whole_departments : bool
        Smaller units are dealt, but whole departments were trained, as chance would have it in under 5 of 100 cases.
    by : "person", "department" or "start-wave"
    randomized : bool
        Training was dealt by lot, so that a difference may be called an effect.
    studentised : bool
        False where the standard error is 0 or undefined (one unit per arm, a perfect fit): then the plain difference
        was compared.
    reasons : tuple of str
        Why the figures only describe; empty if they carry a conclusion.
    beside : DataFrame
        The same question by regression, for comparison: method, level (what is taken to vary on its own: "unit" or
        "person"), unit, estimate, se, low, high, p_value, n_units. Where departments were trained as wholes, rows of
        level "person" mistake the departments' own events for training (`docs/calibration.md`).
    details : DataFrame
        Mean of each arm and wave; classes of dyads; or effects by group and wave.
    group : str
        What counts in the place of departments: the name of an attribute; "" = departments.
    """

    finding_words = staticmethod(words.size)
    verdict_words = staticmethod(words.verdict)
    words = staticmethod(words.difference)
    shown = ("details", "beside")

    outcome: str
    unit: str
    waves: tuple[str, str]
    compared: Literal["change", "later", "values", "starts"]
    estimate: float
    low: float
    high: float
    p_value: float
    alpha: float
    alternative: Alternative
    result: PermutationResult
    attainable_p: float
    n_assignments: float
    n_people: int
    n_trained: int
    n_missing: int
    n_already: int
    n_units: int
    n_dyads: int
    n_strata: int
    whole_departments: bool
    by: By
    randomized: bool
    studentised: bool
    reasons: tuple[Reason, ...]
    beside: pd.DataFrame
    details: pd.DataFrame
    group: str = ""

    @property
    def measure(self) -> str:
        """Name of what is compared, as the study file names it."""
        return "both_trained" if self.outcome == "dyads" else self.outcome

    @property
    def scale(self) -> tuple[float, str]:
        """Factor that brings the estimate to the unit it is told in, and the key of that unit."""
        return 1.0, "per_100" if self.unit == "points" else self.unit

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.low, self.high

    @property
    def level(self) -> float:
        """Level of the interval: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return 1 - (self.alpha if self.alternative == "two-sided" else 2 * self.alpha)

    @property
    def smallest_p(self) -> float:
        """Smallest p with these draws: `attainable_p`, or 1 / (1 + draws) if that is more."""
        return self.result.smallest_p

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
        row = (self.measure, "trained - others", self.unit, span, self.estimate, self.low, self.high)
        return pd.DataFrame([(*row, self.n_people, self.n_dyads)], columns=FRAME)


def randomization_test(
    panel: Panel,
    outcome: Outcome | ArrayLike = "cross_out_degree",
    assignment: Allocation | Assignment | None = None,
    *,
    waves: tuple[str, str] | None = None,
    adjust: bool = False,
    randomized: bool | None = None,
    regression: bool = True,
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
        both trained, minus that where neither was; "one_trained": the same where one of the two was (see `spillover`).
    assignment : Allocation, or Assignment of the study file
        Who was trained from which wave on, in which units and strata it was dealt. People on the roster who could never
        have been trained belong in a stratum of their own: strata of one arm are never dealt differently.
    waves : (earlier, later), optional
        Default: the first and the last; or all, if people start in more than one wave ("start-wave"): then every
        starting group is set against those not yet trained (`group_time`).
    adjust : bool
        Compare later values with the earlier value as covariate, instead of changes.
    randomized : bool
        Training was dealt by lot. Only then do the words speak of an effect. Default: as the assignment says.
    regression : bool
        Put the dyadic-robust regression of the change of each cell on who of the two was trained beside it, for
        outcomes from the panel. It makes n x n arrays: leave it out for some thousand people.
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
    unit. People without a value do not enter it, and training is dealt among the units with somebody who has one: valid
    as long as training does not decide who answers. The interval holds the constant effects that the test does not
    exclude.

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
    check_outcome(outcome)
    dealt = who_was_trained(panel, assignment)
    how: dict[str, Any] = {"draws": draws, "seed": seed, "alternative": alternative, "alpha": alpha}
    check_question(alternative, alpha)
    how |= {"workers": workers, "progress": progress, "keep": keep}
    found: dict[str, Any]
    if is_staggered(panel, dealt, waves):
        if adjust or (isinstance(outcome, str) and outcome not in PERSON_OUTCOMES):
            raise NetlearnError(
                "with more than one start wave, give an outcome per person and adjust=False, or choose two waves."
            )
        shown, already = (panel.labels[0], panel.labels[-1]), dealt.start <= 0
        found = of_starts(panel, outcome, dealt, how)
    else:
        pair = shown = two_waves(panel, waves)
        split = arms(panel, dealt, pair)
        already = ~split.fresh
        found = _of_pair(panel, outcome, pair, split, adjust, how)
        if regression and isinstance(outcome, str):
            found["beside"] += over_cells(panel, outcome, pair, split, alternative, alpha)
    found["beside"] = pd.DataFrame(found["beside"], columns=BESIDE)
    return RandomizationResult(
        outcome=outcome if isinstance(outcome, str) else "values",
        waves=shown,
        alpha=alpha,
        alternative=alternative,
        n_already=int(already.sum()),
        by=dealt.by,
        randomized=by_lot(assignment, randomized),
        **found,
    )


def _of_pair(
    panel: Panel, outcome: Any, pair: tuple[str, str], split: Arms, adjust: bool, how: dict[str, Any]
) -> dict[str, Any]:
    if not isinstance(outcome, str) or outcome not in (*OF_PAIRS, "department"):
        return of_people(panel, outcome, pair, split, adjust, how)
    if outcome == "department":
        return of_departments(panel, pair, split, adjust, how)
    if adjust:
        raise NetlearnError("adjust=True needs an outcome per person or per department.")
    return of_dyads(panel, pair, split, how, "both" if outcome == "dyads" else "one")


def check_outcome(outcome: Any) -> None:
    """Refuse an unknown name, and an assignment where the outcome belongs."""
    check_place(outcome)
    if isinstance(outcome, str) and outcome not in OUTCOMES:
        raise NetlearnError(
            f"outcome must be one of {', '.join(OUTCOMES)}, or an array of your own; got {outcome!r}."
        )


def check_question(alternative: str, alpha: float) -> None:
    """Refuse an unknown alternative and an alpha out of range."""
    if alternative not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {alternative!r}.")
    most = 1 if alternative == "two-sided" else 0.5
    if not isinstance(alpha, int | float) or not 0 < alpha < most:
        raise NetlearnError(f"alpha must be a number between 0 and {most}; got {alpha!r}.")
