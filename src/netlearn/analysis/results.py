"""Results: everything that `analyse` found, ready for figures and the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from netlearn.analysis.compare import Change, Verdict
from netlearn.study.findings import Finding
from netlearn.study.panel import Panel
from netlearn.study.plan import Outcome, Study
from netlearn.study.privacy import Pooling
from netlearn.study.provenance import Provenance
from netlearn.wording import Language, sentences

Role = Literal["primary", "secondary", "placebo", "other_waves"]
OutcomeVerdict = Verdict | Literal["undecided_holm", "not_planned"]


@dataclass(frozen=True, eq=False)
class OutcomeResult:
    """One comparison and its change. `p_holm` is Holm's p over the secondary outcomes (NaN for other roles)."""

    role: Role
    outcome: Outcome
    change: Change
    p_holm: float

    @property
    def verdict(self) -> OutcomeVerdict:
        """Return the verdict that stands in this role: given Holm for secondary, none for what was not planned."""
        if self.role == "other_waves":
            return "not_planned"
        failed = self.role == "secondary" and not self.p_holm <= self.change.alpha
        return (
            "undecided_holm" if failed and self.change.verdict.startswith("changed") else self.change.verdict
        )


@dataclass(frozen=True, eq=False)
class Results:
    """What `analyse` found. Every table has departments with few respondents pooled; no person is named.

    Attributes
    ----------
    study : Study
    panels : dict relation -> Panel
    primary : OutcomeResult
    secondary : tuple of OutcomeResult
        In the order of the plan, with Holm's p.
    placebo : OutcomeResult or None
        The change within departments, which the training was not meant to move; None where the primary measure holds
        it itself.
    other_waves : tuple of OutcomeResult
        The primary measure between the pairs of waves that no planned outcome covers.
    response : DataFrame
        wave, department, employed, answered, share.
    handling : DataFrame
        The primary change under each way of handling missing answers.
    mixing : dict wave -> DataFrame
        Ties per observed cell from department (row) to department (column) of the primary relation, in the two primary
        waves, on jointly observed cells, with departments pooled.
    mixing_cells : DataFrame
        Jointly observed cells behind each entry of `mixing` (in the first of the two waves).
    turnover : DataFrame
        all, within, cross x kept, formed, dissolved, …, for the primary relation and waves.
    measures : DataFrame
        Measures per relation, wave and shown department.
    pooling : Pooling
    notes : tuple of Finding
        What the reader did and counted.
    provenance : Provenance
    """

    study: Study
    panels: dict[str, Panel]
    primary: OutcomeResult
    secondary: tuple[OutcomeResult, ...]
    placebo: OutcomeResult | None
    other_waves: tuple[OutcomeResult, ...]
    response: pd.DataFrame
    handling: pd.DataFrame
    mixing: dict[str, pd.DataFrame]
    mixing_cells: pd.DataFrame
    turnover: pd.DataFrame
    measures: pd.DataFrame
    pooling: Pooling
    notes: tuple[Finding, ...]
    provenance: Provenance

    @property
    def outcomes(self) -> tuple[OutcomeResult, ...]:
        """Primary, secondary, placebo and other waves, in that order."""
        placebo = () if self.placebo is None else (self.placebo,)
        return (self.primary, *self.secondary, *placebo, *self.other_waves)

    @property
    def table(self) -> pd.DataFrame:
        """One row per outcome: role, relation, verdict, p, Holm's p and the columns of every table."""
        rows = []
        for result in self.outcomes:
            change = result.change
            last = change.table.iloc[-1]
            extra = {"verdict": result.verdict, "p_value": change.p_value, "p_holm": result.p_holm}
            rows.append({"role": result.role, "relation": change.relation, **last, **extra})
        return pd.DataFrame(rows)

    def sentence(self, language: Language | None = None) -> str:
        """Return the headline: the primary change in words."""
        return self.titled().primary.change.sentence(language or self.study.language)

    def titled(self) -> Results:
        """Return the same results with waves and relations under the titles that the study file gives them."""
        waves = {w.label: w.title or w.label for w in self.study.waves}
        relations = {r.name: r.title or r.name for r in self.study.relations}

        def shown(result: OutcomeResult) -> OutcomeResult:
            change, (first, second) = result.change, result.change.waves
            named = replace(change, waves=(waves[first], waves[second]), relation=relations[change.relation])
            return replace(result, change=named)

        return replace(
            self,
            primary=shown(self.primary),
            secondary=tuple(map(shown, self.secondary)),
            placebo=None if self.placebo is None else shown(self.placebo),
            other_waves=tuple(map(shown, self.other_waves)),
            response=self.response.replace({"wave": waves}),
            mixing={waves[label]: table for label, table in self.mixing.items()},
            measures=self.measures.replace({"wave": waves, "relation": relations}),
        )

    def __repr__(self) -> str:
        return self.sentence()

    def _repr_html_(self) -> str:
        return f"<p>{sentences.escape(self.sentence())}</p>" + self.table.to_html(index=False)
