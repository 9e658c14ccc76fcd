"""OutcomeResult: one planned outcome with its result, whatever the family of tests that answered."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import pandas as pd

from netlearn.analysis.compare import FRAME, Change
from netlearn.errors import UndefinedError
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.wording import Language
from netlearn.wording.shown import Shown
from netlearn.wording.terms import scale, unit

Role = Literal["primary", "secondary", "placebo", "other_waves", "beside"]
PLANNED: tuple[Role, ...] = ("primary", "secondary", "placebo")
SAID_YES = ("changed", "changed_beyond_departments", "changed_among_people", "differs", "associated")


@dataclass(frozen=True, eq=False)
class OutcomeResult(Shown):
    """One outcome and its result.

    Attributes
    ----------
    role : str
        "primary", "secondary", "placebo" (within departments), "other_waves" (the primary measure between waves that no
        outcome covers), "beside" (the change of everybody's network, where the primary outcome asks for another thing).
    outcome : Outcome
    result : Change, RandomizationResult, EgoChange, …
        What the family's runner returned: all have estimate, low, high, p_value, alpha, verdict, n_people and n_dyads.
    p_holm : float
        Holm's p over the secondary outcomes (NaN for other roles).
    shown : bool
        Enough people are behind it that its numbers may be shown.
    """

    _facts = ("role", "verdict", "n_people")

    role: Role
    outcome: Outcome
    result: Any
    p_holm: float
    shown: bool = True

    @property
    def change(self) -> Change:
        """The change of a network of everybody.

        Raises
        ------
        UndefinedError
            The outcome asks for something else.
        """
        if not isinstance(self.result, Change):
            raise UndefinedError(
                f"the outcome {self.outcome.measure!r} is no change of a network; see .result."
            )
        return self.result

    @property
    def p_value(self) -> float:
        """The p of the result; NaN where the figures only describe."""
        return math.nan if self.result.verdict == "descriptive" else float(self.result.p_value)

    @property
    def verdict(self) -> str:
        """Return the verdict that stands in this role: given Holm for secondary, none for what was not planned."""
        if self.role not in PLANNED:
            return "not_planned"
        said = str(self.result.verdict)
        if self.role == "secondary" and not self.p_holm <= self.result.alpha and said in SAID_YES:
            return "undecided_holm"
        beyond = getattr(self.result, "beyond_departments", None)
        if said == "changed" and beyond is not None:
            return "changed_beyond_departments" if beyond else "changed_among_people"
        return said

    @property
    def n_people(self) -> float:
        """People behind it; NaN where they are too few to be shown."""
        return float(self.result.n_people) if self.shown else math.nan

    @property
    def told(self) -> tuple[float, float, float, str]:
        """Estimate, low and high in the unit that they are told in, and the key of that unit."""
        given = getattr(self.result, "scale", None)
        factor, unit = scale(self.result) if given is None else given
        if not self.shown:
            return math.nan, math.nan, math.nan, unit
        return (*(factor * getattr(self.result, name) for name in ("estimate", "low", "high")), unit)

    @property
    def row(self) -> dict[str, Any]:
        """The columns of every table for the estimate that the p and the verdict are about."""
        if isinstance(self.result, Change) and self.shown:
            return {str(name): value for name, value in self.result.table.iloc[-1].items()}
        result, (estimate, low, high, unit) = self.result, self.told
        span = f"{result.waves[0]} -> {result.waves[-1]}"
        values = (self.outcome.measure, self.outcome.family, unit, span, estimate, low, high)
        pairs = result.n_dyads if self.shown else math.nan
        return dict(zip(FRAME, (*values, self.n_people, pairs), strict=True))

    @property
    def guards(self) -> tuple[str, ...]:
        """Why the figures only describe, or what weakens them."""
        return tuple(getattr(self.result, "guards", ()) or getattr(self.result, "reasons", ()))

    def _shows(self, language: Language) -> list[tuple[str, pd.DataFrame]]:
        (*numbers, key), pairs = self.told, self.result.n_dyads
        row = dict(zip(("estimate", "low", "high"), numbers, strict=True)) | {
            "unit": unit(key, language),
            "n_people": self.n_people,
            "n_dyads": pairs if pairs and self.shown else math.nan,
            "p_value": self.p_value if self.shown else math.nan,
            "p_holm": self.p_holm if self.shown else math.nan,
        }
        return [("outcomes", pd.DataFrame([row]))]

    def titled(self, study: Study) -> OutcomeResult:
        """Return the same with waves and relation under the titles that the study file gives them."""
        waves = {wave.label: wave.title or wave.label for wave in study.waves}
        relations = {relation.name: relation.title or relation.name for relation in study.relations}
        has = {field.name for field in fields(self.result)}
        named: dict[str, Any] = {"waves": tuple(waves.get(label, label) for label in self.result.waves)}
        if "relation" in has:
            named["relation"] = relations.get(self.result.relation, self.result.relation)
        return replace(self, result=replace(self.result, **{k: v for k, v in named.items() if k in has}))
