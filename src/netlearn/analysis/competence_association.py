"""The closure of a gap beside the change in contact: whether the two go together in the same people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netlearn.analysis.compare import FEW_RESPONDENTS, FRAME
from netlearn.analysis.competence_change import CompetenceVerdict, Place, Reason
from netlearn.outcomes.association import PartialAssociation
from netlearn.study.planned import Alternative
from netlearn.study.told import Told
from netlearn.wording import competence_association as words

UNIT = "correlation"


@dataclass(frozen=True, eq=False, repr=False)
class Association(Told):
    """Partial correlation of the closure of a gap and the change in colleagues named elsewhere, given both before.

    Attributes
    ----------
    measure : str
    waves : (earlier, later)
    place : Place
        Of the gap.
    relation : str
        Its title.
    people, ranks, within : PartialAssociation
        Of values; of ranks; of values, people compared within their own department only.
    alpha : float
    alternative : "two-sided", "greater" or "less"
    """

    words = staticmethod(words.association)
    shown = ("details",)

    measure: str
    waves: tuple[str, str]
    place: Place
    relation: str
    people: PartialAssociation
    ranks: PartialAssociation
    within: PartialAssociation
    alpha: float
    alternative: Alternative

    @property
    def estimate(self) -> float:
        """Partial correlation, -1 to 1."""
        return self.people.estimate

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.people.low

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.people.high

    @property
    def p_value(self) -> float:
        """Of the permutation of residuals."""
        return self.people.p_value

    @property
    def n_people(self) -> int:
        """People with a gap and answers about contact both times."""
        return self.people.n

    @property
    def n_dyads(self) -> int:
        """Pairs of people: they do not count here."""
        return 0

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the figures only describe; empty if they carry a conclusion."""
        found: list[Reason] = ["few_respondents"] if self.n_people < FEW_RESPONDENTS else []
        if not np.isfinite(self.p_value):
            found.append("undefined")
        elif self.people.smallest_p > self.alpha:
            found.append("few_draws")
        return tuple(found)

    @property
    def verdict(self) -> CompetenceVerdict:
        """What may be concluded: "associated" = the two go together, or opposite ways."""
        if self.reasons:
            return "descriptive"
        return "associated" if self.p_value <= self.alpha else "undecided"

    @property
    def beyond_departments(self) -> bool:
        """The two go together within departments too, the same way."""
        return self.within.p_value <= self.alpha and self.within.estimate * self.estimate > 0

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the unit that is told, and the key of that unit."""
        return 1.0, UNIT

    @property
    def details(self) -> pd.DataFrame:
        """One row per way of counting: estimate, low, high, p_value, draws, exact, n_people, n_covariates."""
        ways = {"people": self.people, "ranks": self.ranks, "within": self.within}
        names = ("estimate", "low", "high", "p_value", "draws", "exact", "n_covariates")
        rows = [{"way": way, **{n: getattr(a, n) for n in names}, "n_people": a.n} for way, a in ways.items()]
        return pd.DataFrame(rows)

    @property
    def table(self) -> pd.DataFrame:
        """One row, with the columns of every result."""
        span = f"{self.waves[0]} -> {self.waves[1]}"
        row = (
            self.measure,
            "people",
            UNIT,
            span,
            self.estimate,
            self.low,
            self.high,
            self.n_people,
            self.n_dyads,
        )
        return pd.DataFrame([row], columns=FRAME)
