"""The change, per person on an attendance list, in activities or in times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FRAME
from netlearn.analysis.data import How
from netlearn.analysis.twomode import TwoMode, attendance, participation
from netlearn.inference.permute import PermutationResult, rearranged, result
from netlearn.inference.rearrange import Swaps
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.survey.attendance import AttendanceList
from netlearn.wording import attendance as words

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Reason = Literal["few_respondents", "few_changed", "undefined"]


@dataclass(frozen=True, eq=False, repr=False)
class AttendanceChange(Told):
    """The change, per person on a list, in activities or in times.

    Attributes
    ----------
    attendance : str
        Title of the list.
    measure : "activities" or "visits"
        Number of different activities that a person took part in, or number of times.
    waves : (earlier, later)
        The two periods.
    values : (earlier, later)
        Mean over everybody on the list who could take part in both periods, also those who never came.
    estimate, low, high : float
        Mean change per person, with its t interval over people.
    p_value : float
        From the sign flip: each person's two periods change places, or not.
    flips : PermutationResult or None
        Behind it; exact where all ways can be counted. None where nobody changed.
    alpha, alternative
        As planned.
    n_people, n_dyads : int
        People on the list, of staff those who were employed in both waves; pairs do not count here.
    reasons : tuple of str
        Why the figures only describe; empty if they carry a conclusion.
    """

    words = staticmethod(words.change)

    attendance: str
    measure: str
    waves: tuple[str, str]
    values: tuple[float, float]
    estimate: float
    low: float
    high: float
    p_value: float
    flips: PermutationResult | None
    alpha: float
    alternative: Alternative
    n_people: int
    reasons: tuple[Reason, ...]
    n_dyads: int = 0

    @property
    def level(self) -> float:
        """Level of the interval: 1 - alpha, or 1 - 2 alpha where the question is one-sided."""
        return 1 - self.alpha * (1 if self.alternative == "two-sided" else 2)

    @property
    def verdict(self) -> Literal["changed", "undecided", "descriptive"]:
        """Changed only if both the p and the interval say so."""
        if self.reasons:
            return "descriptive"
        clear = self.p_value <= self.alpha and (self.low > 0 or self.high < 0)
        return "changed" if clear else "undecided"

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the unit that is told, and its key."""
        return 1.0, self.measure

    @property
    def table(self) -> pd.DataFrame:
        """One row per period and one for the change; columns as everywhere."""
        start, unit = (self.measure, "person"), f"{self.measure} per person"
        rows = [
            (*start, unit, wave, value, np.nan, np.nan, self.n_people, 0)
            for wave, value in zip(self.waves, self.values, strict=True)
        ]
        span = " -> ".join(self.waves)
        rows.append((*start, unit, span, self.estimate, self.low, self.high, self.n_people, 0))
        return pd.DataFrame(rows, columns=FRAME)


def of_period(listed: AttendanceList, period: str) -> TwoMode:
    """Return who took part in what in one period, among everybody on the list and all activities of the list."""
    frame = listed.frame
    here = frame[frame["period"] == period]
    rooms = sorted(frame["room"].unique())
    return attendance(here, count="times", people=listed.people, rooms=rooms)


def per_person(listed: AttendanceList, period: str, measure: str) -> FloatArray:
    """Count the activities ("activities") or times ("visits") of each person: (n,); NaN if the period was not kept."""
    if period not in set(listed.frame["period"]):
        return np.full(len(listed.people), np.nan)
    column = "count" if measure == "activities" else "times"
    return participation(of_period(listed, period))[column].to_numpy(float)


def employed_people(listed: AttendanceList, panels: Iterable[Panel], waves: tuple[str, str]) -> BoolArray:
    """Tell who on a list could take part in both waves: (n,) bool. Of others than staff, everybody.

    Parameters
    ----------
    listed : AttendanceList
    panels : iterable of Panel
        Any of them that has a wave tells who was employed in it; all have the same people. A wave that none has leaves
        out nobody.
    waves : (earlier, later)
    """
    kept = np.ones(len(listed.people), dtype=bool)
    if listed.staff:
        for panel in panels:
            place = pd.Index(panel.ids).get_indexer(pd.Index(listed.people))
            for wave in set(waves) & set(panel.labels):
                gone = panel.statuses[panel.index(wave)] == STATUSES.index("not_employed")
                kept &= (place < 0) | ~gone[place]
    return kept


@dataclass(frozen=True, eq=False)
class _Flipped:
    """The t statistic of a mean change after some people's two periods changed places; who did not change adds 0."""

    moved: FloatArray
    n: int

    def __call__(self, flips: IntArray) -> FloatArray:
        mean = (1 - 2 * flips) @ self.moved / self.n
        variance = np.maximum((self.moved**2).sum() / self.n - mean**2, 0.0) / (self.n - 1)
        with np.errstate(divide="ignore"):
            return np.asarray(mean / np.sqrt(variance), dtype=float)


def sign_flips(change: FloatArray, alternative: Alternative, how: How) -> PermutationResult | None:
    """Test a mean change by letting each person's two periods change places; None where nothing changed or is known.

    Parameters
    ----------
    change : (n,) float
        Later less earlier.
    alternative : "two-sided", "greater" or "less"
    how : How
        All ways are counted where they are no more than its draws.
    """
    moved = change[change != 0]
    if not moved.size or np.isnan(moved).any() or len(change) < 2:
        return None
    statistic, flips = _Flipped(moved, len(change)), Swaps(len(moved))
    observed = float(statistic(np.zeros((1, len(moved)), np.int64))[0])
    values, exact = rearranged(flips, statistic, how.draws, how.seed, workers=how.workers)
    least = (2 if alternative == "two-sided" else 1) / flips.count
    return result(observed, values, exact, "sign_flip", alternative, smallest_p=least)
