"""Results: everything that `analyse` found, ready for figures and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from netlearn.analysis.data import StudyData
from netlearn.analysis.evidence import Evidence
from netlearn.analysis.excel import write_excel
from netlearn.analysis.network import Network
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.paper import paper_table
from netlearn.analysis.shown_table import Table
from netlearn.errors import UndefinedError
from netlearn.study.findings import Finding
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.study.privacy import Pooling
from netlearn.study.provenance import Provenance
from netlearn.wording import Language, suppressed
from netlearn.wording.shown import Shown


@dataclass(frozen=True, eq=False)
class Results(Shown):
    """What `analyse` found. Every table has departments with few respondents pooled; no person is named.

    Attributes
    ----------
    data : StudyData
        The plan, and everything that was read.
    primary : OutcomeResult
    secondary : tuple of OutcomeResult
        In the order of the plan, with Holm's p.
    placebo : OutcomeResult or None
        The change within departments, which the training was not meant to move; None where the primary outcome holds
        it itself, or is no change of a network.
    other_waves : tuple of OutcomeResult
        The primary measure between the pairs of waves that no planned outcome covers.
    response : DataFrame
        wave, department, employed, answered, share.
    network : Network or None
        The network of everybody between the waves of the primary outcome; None where there is none in both.
    parts : tuple
        Further sections of the report, such as trained against untrained, personal networks, competence.
    evidence : Evidence or None
        The claims of `claims.toml`, each held against its outcome.
    measures : DataFrame
        Measures per relation, wave and shown department.
    pooling : Pooling
    notes : tuple of Finding
        What the reader did and counted.
    provenance : Provenance
    """

    data: StudyData
    primary: OutcomeResult
    secondary: tuple[OutcomeResult, ...]
    placebo: OutcomeResult | None
    other_waves: tuple[OutcomeResult, ...]
    response: pd.DataFrame
    network: Network | None
    parts: tuple[Any, ...]
    evidence: Evidence | None
    measures: pd.DataFrame
    pooling: Pooling
    notes: tuple[Finding, ...]
    provenance: Provenance

    @property
    def study(self) -> Study:
        """The plan."""
        return self.data.study

    @property
    def panels(self) -> Mapping[str, Panel]:
        """The panel of each relation."""
        return self.data.panels

    @property
    def everybody(self) -> Network:
        """The network of everybody.

        Raises
        ------
        UndefinedError
            Only personal networks were asked for.
        """
        if self.network is None:
            raise UndefinedError(
                "there is no network of everybody in both waves of the primary outcome, such as where only personal "
                "networks were asked for."
            )
        return self.network

    @property
    def outcomes(self) -> tuple[OutcomeResult, ...]:
        """Primary, secondary, placebo, the network beside, and other waves, in that order."""
        placebo = () if self.placebo is None else (self.placebo,)
        beside = (
            () if self.network is None or self.network.outcome.role != "beside" else (self.network.outcome,)
        )
        return (self.primary, *self.secondary, *placebo, *beside, *self.other_waves)

    @property
    def table(self) -> pd.DataFrame:
        """One row per outcome: role, relation, verdict, p, Holm's p and the columns of every table."""
        rows = []
        for found in self.outcomes:
            extra = {"verdict": found.verdict, "p_value": found.p_value, "p_holm": found.p_holm}
            outcome = found.outcome
            on = outcome.relation or outcome.scale or outcome.gap or outcome.attendance
            rows.append({"role": found.role, "relation": on, **found.row, **extra})
        return pd.DataFrame(rows)

    def sentence(self, language: Language | None = None) -> str:
        """Return the headline: the primary outcome in words."""
        told = language or self.study.language
        return (
            str(self.titled().primary.result.sentence(told)) if self.primary.shown else suppressed.few(told)
        )

    def to_latex(self, table: str = "outcomes", language: Language | None = None) -> str:
        r"""Return a table for a paper in LaTeX, with caption, label (`tab:` and its name) and notes.

        Parameters
        ----------
        table : str
            "outcomes", "certainty" (what stands behind each p), "response"; with a network of everybody "ladder",
            "handling", "turnover", "mixing"; with claims "evidence".
        language : "en" or "da", optional
            Default: the language of the study.

        Returns
        -------
        str
            It needs the packages booktabs and array, and T1 fonts under pdfLaTeX.

        Raises
        ------
        NetlearnError
            No such table; the message lists those that there are.
        """
        return paper_table(self, table, language).to_latex(f"tab:{table}")

    def to_markdown(self, table: str = "outcomes", language: Language | None = None) -> str:
        """Return the same table between pipes, as GitHub, Pandoc and Jupyter read it.

        Parameters
        ----------
        table, language
            As in `to_latex`.

        Raises
        ------
        NetlearnError
            No such table; the message lists those that there are.
        """
        return paper_table(self, table, language).to_markdown()

    def to_excel(self, path: str | Path, language: Language | None = None) -> Path:
        """Write every table as one workbook, the same as `tables.xlsx` of the report: numbers are numbers.

        Parameters
        ----------
        path : path
            A file that ends with ".xlsx"; it is replaced whole or not at all. Its folder must exist.
        language : "en" or "da", optional
            Of headings, keys and notes. Default: the language of the study.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        NetlearnError
            Another ending, a file that cannot be written, or somebody of the roster could be found in it.
        """
        return write_excel(self, Path(path), language)

    def titled(self) -> Results:
        """Return the same results with waves and relations under the titles that the study file gives them."""
        waves = {w.label: w.title or w.label for w in self.study.waves}
        relations = {r.name: r.title or r.name for r in self.study.relations}
        network = self.network
        if network is not None:
            mixing = {waves[label]: table for label, table in network.mixing.items()}
            network = replace(network, mixing=mixing, outcome=network.outcome.titled(self.study))
        return replace(
            self,
            primary=self.primary.titled(self.study),
            secondary=tuple(found.titled(self.study) for found in self.secondary),
            placebo=None if self.placebo is None else self.placebo.titled(self.study),
            other_waves=tuple(found.titled(self.study) for found in self.other_waves),
            response=self.response.replace({"wave": waves}),
            network=network,
            measures=self.measures.replace({"wave": waves, "relation": relations}),
        )

    def __repr__(self) -> str:
        return self.sentence()

    def _shows(self, language: Language) -> list[Table]:
        return [paper_table(self, "outcomes", language)]
