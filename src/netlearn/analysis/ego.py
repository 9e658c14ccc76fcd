"""The change of an ego measure between two waves: person by person, and beside it colleague by colleague."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FEW_RESPONDENTS, FRAME
from netlearn.analysis.ego_alters import by_alter
from netlearn.analysis.ego_data import EGO_MEASURES, SCORE, EgoData, ego_networks, measure_egos, unit_of
from netlearn.errors import NetlearnError
from netlearn.inference.clustered import Clustered
from netlearn.inference.dyadic import Rung, rung
from netlearn.inference.equivalence import Equivalence, equivalence
from netlearn.inference.paired import sign_flips, standardized_mean
from netlearn.inference.parallel import Workers
from netlearn.inference.permute import PermutationResult
from netlearn.study.panel import Source
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import egos as words

__all__ = ["EGO_MEASURES", "EgoChange", "EgoData", "compare_egos", "ego_networks", "measure_egos"]

FloatArray = NDArray[np.float64]
SCALES = {
    "size": (1.0, "colleagues"),
    "effective_size": (1.0, "colleagues"),
    "share_elsewhere": (100.0, "points"),
    "alter_density": (100.0, "points"),
    "n_departments": (1.0, "departments"),
    "mean_score": (1.0, "scale"),
}


@dataclass(frozen=True, eq=False, repr=False)
class EgoChange(Told):
    """The change of an ego measure among the people in whom it is defined in both waves.

    Attributes
    ----------
    measure, unit : str
    waves, values : (earlier, later)
        Labels, and means over these people.
    person : Rung
        estimate (mean of later - earlier), se, df, low, high, p_value, n_units: a t interval with egos as independent
        units; NaN with fewer than two people, or if all changed alike.
    sd, dz, dz_low, dz_high : float
        Standard deviation of the differences, Cohen's dz = estimate / sd and its interval (noncentral t); dz is NaN if
        sd is 0.
    flips : PermutationResult or None
        The small-sample companion: differences change their sign person by person. The statistic is
        sum d / sqrt(sum d^2), which puts every flip in the same order as its t.
    alters : Clustered or None
        Of shares elsewhere and of scores: the same counted colleague by colleague, with egos as clusters.
    icc : (earlier, later)
        How alike the colleagues of one ego are (intra-class correlation); NaN where `alters` is None.
    alpha, alternative
    verdict : "changed", "undecided" or "descriptive"
    reasons : tuple of str
        Why it is descriptive.
    equivalence : Equivalence or None
        Whether the change is smaller than the margin that was asked for, in the units that are told.
    people : DataFrame
        ego, before, after, change: one row per ego, NaN where undefined.
    title : str
        What a reader sees in the place of the measure's name.
    """

    finding_words = staticmethod(words.finding)
    verdict_words = staticmethod(words.verdict)
    words = staticmethod(words.ego_change)

    measure: str
    unit: str
    waves: tuple[str, str]
    values: tuple[float, float]
    person: Rung
    sd: float
    dz: float
    dz_low: float
    dz_high: float
    flips: PermutationResult | None
    alters: Clustered | None
    icc: tuple[float, float]
    alpha: float
    alternative: Alternative
    verdict: str
    reasons: tuple[str, ...]
    equivalence: Equivalence | None
    people: pd.DataFrame
    title: str = ""
    source: Source = "answers"
    n_dyads: int = 0

    @property
    def estimate(self) -> float:
        """Mean of the people's changes."""
        return self.person.estimate

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.person.low

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.person.high

    @property
    def p_value(self) -> float:
        """Of the t over people."""
        return self.person.p_value

    @property
    def n_people(self) -> int:
        """People in whom the measure is defined in both waves."""
        return self.person.n_units

    @property
    def level(self) -> float:
        """Level of the interval: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return 1 - (self.alpha if self.alternative == "two-sided" else 2 * self.alpha)

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the units that are told, and the key of that unit in `netlearn.wording.terms`."""
        return SCALES.get(self.measure, (1.0, "plain"))

    @property
    def by_alter_differs(self) -> bool:
        """Counted colleague by colleague the verdict would be another one."""
        if (
            self.alters is None
            or self.verdict == "descriptive"
            or not np.isfinite(self.alters.change.p_value)
        ):
            return False
        other = self.alters.change
        changed = other.p_value <= self.alpha
        opposed = changed and np.sign(other.estimate) != np.sign(self.estimate)
        return bool(changed != (self.verdict == "changed") or opposed)

    @property
    def table(self) -> pd.DataFrame:
        """A row per wave and one for the change at level "ego", and at level "alter" where there is one."""
        rows = _rows("ego", self.unit, self.waves, self.values, self.person)
        if self.alters is not None:
            rows += _rows("alter", self.unit, self.waves, self.alters.values, self.alters.change)
        if self.alters is not None and self.measure != SCORE:
            rows += _rows("alter", "log odds ratio", self.waves, self.alters.values, self.alters.log_odds)[2:]
        frame = pd.DataFrame(rows).assign(measure=self.measure, n_dyads=0)
        return frame[FRAME]


def _rows(
    level: str, unit: str, waves: tuple[str, str], values: tuple[float, float], change: Rung
) -> list[dict[str, object]]:
    same = {"level": level, "unit": unit, "n_people": change.n_units}
    rows: list[dict[str, object]] = [
        same | {"wave": wave, "estimate": value, "low": np.nan, "high": np.nan}
        for wave, value in zip(waves, values, strict=True)
    ]
    last = {"wave": " -> ".join(waves), "estimate": change.estimate, "low": change.low, "high": change.high}
    return [*rows, same | last]


def compare_egos(
    data: EgoData,
    measure: str,
    waves: tuple[str, str] | None = None,
    *,
    alternative: Alternative = "two-sided",
    alpha: float = 0.05,
    draws: int = 1999,
    seed: int = 0,
    workers: Workers = 1,
    margin: float | None = None,
    title: str = "",
) -> EgoChange:
    """Compare an ego measure between two waves (default the first and the last), person by person.

    Parameters
    ----------
    data : EgoData
    measure : str
        One of `EGO_MEASURES`.
    waves : (earlier, later), optional
    alternative, alpha
        One-sided intervals have level 1 - 2 alpha, so that they exclude 0 when p <= alpha.
    draws, seed, workers
        Of the sign flips; 0 draws leave them out. All are counted where there are no more than `draws`.
    margin : float, optional
        Smallest change that matters, in the units that are told (percentage points for shares).
    title : str
        What a reader sees in the place of the measure's name.

    Raises
    ------
    NetlearnError
        Unknown measure, wave or alternative, one wave only, waves out of order, alpha or draws out of range.

    Examples
    --------
    Two people name 1 and 2 colleagues before, 2 and 5 after: changes 1 and 3.

    >>> egos = pd.DataFrame({"ego": ["a", "b"] * 2, "wave": [1, 1, 2, 2], "department": "A"})
    >>> alters = pd.DataFrame({"ego": list("abbaabbbbb"), "wave": [1] * 3 + [2] * 7, "alter": range(10)})
    >>> change = compare_egos(ego_networks(egos, alters.assign(department="B")), "size")
    >>> change.values, change.person.estimate, round(change.dz, 3)
    ((1.5, 3.5), 2.0, 1.414)
    """
    first, second = waves or (data.waves[0], data.waves[-1])
    before, after = data.values(measure, first), data.values(measure, second)
    _check(data, (first, second), alternative, alpha, draws, margin)
    both = np.isfinite(before) & np.isfinite(after)
    n, moved = int(both.sum()), (after - before)[both]
    mean, sd = _mean_and_sd(moved)
    person = rung("person", mean, sd**2 / max(n, 1), n, alpha, alternative)
    alters, icc = by_alter(data, measure, (first, second), alpha, alternative)
    dz = standardized_mean(mean, sd, n, alpha, alternative)
    reasons = _reasons(person, moved, alpha, alternative)
    return EgoChange(
        measure=measure,
        unit=unit_of(measure),
        waves=(first, second),
        values=(float(before[both].mean()), float(after[both].mean())) if n else (np.nan, np.nan),
        person=person,
        sd=sd,
        dz=dz[0],
        dz_low=dz[1],
        dz_high=dz[2],
        flips=sign_flips(moved, alternative, draws, seed, workers) if draws else None,
        alters=alters,
        icc=icc,
        alpha=alpha,
        alternative=alternative,
        verdict="descriptive" if reasons else "changed" if person.p_value <= alpha else "undecided",
        reasons=reasons,
        equivalence=None if margin is None else _equivalence(person, margin, alpha, measure),
        people=pd.DataFrame({"ego": data.egos, "before": before, "after": after, "change": after - before}),
        title=title,
    )


def _mean_and_sd(moved: FloatArray) -> tuple[float, float]:
    if len(moved) < 2:
        return (float(moved[0]) if len(moved) else np.nan), np.nan
    sd = float(moved.std(ddof=1))
    return float(moved.mean()), sd if sd > 1e-12 * np.abs(moved).max() else 0.0  # rounding is no spread


def _check(
    data: EgoData, waves: tuple[str, str], side: str, alpha: float, draws: int, margin: float | None
) -> None:
    first, second = waves
    most = 1 if side == "two-sided" else 0.5
    if data.waves.index(first) >= data.waves.index(second) or not 0 < alpha < most:
        raise NetlearnError(
            f"give waves=(earlier, later), 0 < alpha < {most}; got {first!r}, {second!r}, {alpha}."
        )
    if side not in ("two-sided", "greater", "less"):
        raise NetlearnError(f"alternative must be two-sided, greater or less; got {side!r}.")
    if not isinstance(draws, int | np.integer) or draws < 0:
        raise NetlearnError(f"draws must be a whole number, 0 or more; got {draws!r}.")
    if margin is not None and not 0 < margin < np.inf:
        raise NetlearnError(f"margin must be a number over 0; got {margin!r}.")


def _equivalence(person: Rung, margin: float, alpha: float, measure: str) -> Equivalence:
    return equivalence(person, margin, alpha, SCALES.get(measure, (1.0, ""))[0])


def _reasons(person: Rung, moved: FloatArray, alpha: float, alternative: str) -> tuple[str, ...]:
    """Why the figures only describe: few people, no interval, or so few changed that no sign flip reaches alpha."""
    found = ["few_respondents"] if person.n_units < FEW_RESPONDENTS else []
    sides = 2 if alternative == "two-sided" else 1
    if not np.isfinite(person.p_value):
        found.append("undefined")
    elif sides * 2.0 ** -np.count_nonzero(moved) > alpha:
        found.append("few_changed")
    return tuple(found)
