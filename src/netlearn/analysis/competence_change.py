"""Results about competence: the change of a score or a gap, and scores of the trained beside the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from netlearn.analysis.compare import FEW_RESPONDENTS, FRAME
from netlearn.analysis.randomization import RandomizationResult
from netlearn.inference.dyadic import Rung
from netlearn.inference.equivalence import Equivalence
from netlearn.outcomes.gap import GapClosure
from netlearn.outcomes.ordinal import OrdinalShift
from netlearn.outcomes.paired import PairedChange
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import competence as words
from netlearn.wording import competence_association as association_words
from netlearn.wording.shown import ShownPlan

UNIT = "scale"
CompetenceVerdict = Literal["changed", "associated", "undecided", "descriptive"]
Reason = Literal["few_respondents", "few_changed", "few_draws", "undefined"]


@dataclass(frozen=True)
class Place(ShownPlan):
    """What was measured and when, in the words of the study.

    Attributes
    ----------
    title : str
        Of the scale or gap.
    subscale : str
        "" = all of it.
    waves : (earlier, later)
        As a reader sees them.
    span : (lowest, highest) or None
        Of the scale of answers.
    unit : str
        What is counted, where answers are no points on a scale.
    """

    title: str
    subscale: str
    waves: tuple[str, str]
    span: tuple[float, float] | None
    unit: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class ScoreChange(Told):
    """The change of a score in people who have it both times.

    Attributes
    ----------
    measure : str
    waves : (earlier, later)
    place : Place
    paired : PairedChange
        Everything about the change: mean with its t interval, sizes, ranks.
    department : Rung or None
        t over the mean changes of departments; None with fewer than 3.
    shift : OrdinalShift
        The answers to its items without equal steps: log odds of a higher answer, averaged over items.
    equivalence : Equivalence or None
        Whether the change is smaller than the margin that was asked for.
    """

    finding_words = staticmethod(words.finding)
    verdict_words = staticmethod(words.verdict)
    words = staticmethod(words.score)

    measure: str
    waves: tuple[str, str]
    place: Place
    paired: PairedChange
    department: Rung | None
    shift: OrdinalShift
    equivalence: Equivalence | None

    @property
    def estimate(self) -> float:
        """Mean change, later minus earlier."""
        return self.paired.estimate

    @property
    def low(self) -> float:
        """Lower end of the interval over people."""
        return self.paired.low

    @property
    def high(self) -> float:
        """Upper end of the interval over people."""
        return self.paired.high

    @property
    def p_value(self) -> float:
        """Of the t over people."""
        return self.paired.p_value

    @property
    def alpha(self) -> float:
        """Chance of a false alarm that was accepted."""
        return self.paired.alpha

    @property
    def alternative(self) -> Alternative:
        """What was asked."""
        return self.paired.alternative

    @property
    def n_people(self) -> int:
        """People with a score both times."""
        return self.paired.n

    @property
    def n_dyads(self) -> int:
        """Pairs of people: they do not count here."""
        return 0

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the figures only describe; empty if they carry a conclusion."""
        found: list[Reason] = ["few_respondents"] if self.n_people < FEW_RESPONDENTS else []
        sides = 2 if self.alternative == "two-sided" else 1
        if not np.isfinite(self.p_value):
            found.append("undefined")
        elif sides * 2.0 ** -(self.paired.n_risen + self.paired.n_fallen) > self.alpha:
            found.append("few_changed")  # no pattern of ups and downs among so few could reach alpha
        return tuple(found)

    @property
    def verdict(self) -> CompetenceVerdict:
        """What may be concluded of these people."""
        if self.reasons:
            return "descriptive"
        return "changed" if self.p_value <= self.alpha else "undecided"

    @property
    def beyond_departments(self) -> bool:
        """The interval over departments excludes zero on the same side."""
        level = self.department
        return level is not None and level.p_value <= self.alpha and level.estimate * self.estimate > 0

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the unit that is told, and the key of that unit."""
        return 1.0, self.place.unit or UNIT

    @property
    def values(self) -> tuple[float, float]:
        """Means of the two times."""
        return self.paired.first, self.paired.second

    @property
    def table(self) -> pd.DataFrame:
        """One row per wave and one for the change, with the columns of every result."""
        rest = (self.n_people, self.n_dyads)
        rows = [
            (self.measure, "people", UNIT, label, value, np.nan, np.nan, *rest)
            for label, value in zip(self.waves, self.values, strict=True)
        ]
        span = f"{self.waves[0]} -> {self.waves[1]}"
        rows.append((self.measure, "people", UNIT, span, self.estimate, self.low, self.high, *rest))
        return pd.DataFrame(rows, columns=FRAME)


@dataclass(frozen=True, eq=False, repr=False)
class GapChange(ScoreChange):
    """The closure of a gap between required and present level: positive = the gap got smaller.

    Attributes
    ----------
    gap : GapClosure
        Which of the two levels moved. `paired` is its closure, `shift` that of the present items.
    required_shift : OrdinalShift
        Of the required items.
    people : tuple of str
        Codes of the people behind `gap.per_person`.
    """

    words = staticmethod(words.gap)

    gap: GapClosure
    required_shift: OrdinalShift
    people: tuple[str, ...]

    @property
    def values(self) -> tuple[float, float]:
        """Mean gaps of the two times: the change in the table is their fall."""
        return self.gap.gap_before, self.gap.gap_after


@dataclass(frozen=True, eq=False, repr=False)
class TrainedScore(Told):
    """The change of a score among the trained less that among the others.

    Attributes
    ----------
    place : Place
    found : RandomizationResult
        The test, with everything that it knows.
    """

    finding_words = staticmethod(association_words.trained_size)
    verdict_words = staticmethod(association_words.trained_verdict)
    words = staticmethod(association_words.trained)

    place: Place
    found: RandomizationResult

    @property
    def measure(self) -> str:
        """Name of the measure."""
        return "trained_score"

    @property
    def waves(self) -> tuple[str, str]:
        """Earlier and later wave."""
        return self.found.waves[0], self.found.waves[-1]

    @property
    def estimate(self) -> float:
        """Difference in change."""
        return self.found.estimate

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.found.low

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.found.high

    @property
    def p_value(self) -> float:
        """Of the redrawn assignments."""
        return self.found.p_value

    @property
    def alpha(self) -> float:
        """Chance of a false alarm that was accepted."""
        return self.found.alpha

    @property
    def alternative(self) -> Alternative:
        """What was asked."""
        return self.found.alternative

    @property
    def n_people(self) -> int:
        """People with a score both times."""
        return self.found.n_people

    @property
    def n_dyads(self) -> int:
        """Pairs of people: they do not count here."""
        return 0

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the figures only describe; empty if they carry a conclusion."""
        return self.found.reasons

    @property
    def verdict(self) -> str:
        """What may be concluded."""
        return self.found.verdict

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the unit that is told, and the key of that unit."""
        return 1.0, self.place.unit or UNIT

    @property
    def table(self) -> pd.DataFrame:
        """One row, with the columns of every result."""
        return self.found.table.assign(measure=self.measure, unit=UNIT)
