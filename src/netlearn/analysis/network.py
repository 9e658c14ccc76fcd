"""Network: the ties of everybody as tables that may be shown, and missing answers handled in other ways."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.data import How
from netlearn.analysis.joint import joint
from netlearn.analysis.measure import turnover
from netlearn.analysis.nonresponse import display_pooling, handlings, shown_handlings
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.shown_pairs import shown_pairs
from netlearn.measures.mixing import ratio
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.study.privacy import Pooling, hide_pairs, people_behind
from netlearn.study.told import told_in_units
from netlearn.wording import Language
from netlearn.wording.shown import Shown


@dataclass(frozen=True, eq=False)
class Network(Shown):
    """The network of everybody between two waves; departments with few respondents are pooled.

    Attributes
    ----------
    outcome : OutcomeResult
        The change of the network that these tables belong to: the primary outcome, or one beside it.
    handling : DataFrame
        That change under each way of handling missing answers.
    mixing : dict wave -> DataFrame
        Ties per observed cell from department (row) to department (column) in the two waves, on jointly observed cells.
    mixing_cells : DataFrame
        Jointly observed cells behind each entry of `mixing` (in the first of the two waves).
    turnover : DataFrame
        all, within, cross x kept, formed, dissolved, ….
    by_unit : bool
        Whether values of single departments may stand beside the mixing tables.
    pairs : DataFrame or None
        Which entries of `mixing` changed beyond chance, see `netlearn.analysis.shown_pairs`: from, to, change,
        p_adjusted, changed; missing where the entry is hidden, the latter two also where too few changed to tell.
        None where the figures only describe.
    """

    outcome: OutcomeResult
    handling: pd.DataFrame
    mixing: dict[str, pd.DataFrame]
    mixing_cells: pd.DataFrame
    turnover: pd.DataFrame
    by_unit: bool
    pairs: pd.DataFrame | None = None

    @property
    def told_handlings(self) -> list[str]:
        """The ways of handling missing answers of which a number is told, the default first."""
        told = self.handling[["estimate", "low", "high"]].notna().any(axis=1)
        return [str(name) for name in self.handling.loc[told, "handling"]]

    @property
    def told_departments(self) -> bool:
        """Whether the change as departments show it is told."""
        ladder = self.outcome.change.ladder
        return bool(ladder.loc[ladder["level"] == "department", "estimate"].notna().any())

    def _shows(self, language: Language) -> list[tuple[str, pd.DataFrame]]:
        handling = told_in_units(self.outcome.result, self.handling, language)
        found = {"handling": handling, "turnover": self.turnover, "pairs": self.pairs}
        return [(name, frame) for name, frame in found.items() if frame is not None]


def network_relation(study: Study) -> str | None:
    """Return the relation whose network of everybody is shown: that of the primary outcome, or of a planned one.

    With ego networks a name generator draws no network of everybody, so another relation is taken if there is one.
    """
    asked = [outcome.relation for outcome in (study.primary, *study.secondary) if outcome.family != "ego"]
    generators = [r.name for r in study.relations if study.design == "ego" and r.kind == "name-generator"]
    names = [name for name in (*asked, *(r.name for r in study.relations)) if name and name not in generators]
    return next(iter(names), None)


def network_of(
    study: Study, panel: Panel, shown: Panel, pooling: Pooling, outcome: OutcomeResult, how: How
) -> Network:
    """Put the tables of a network together.

    Parameters
    ----------
    panel, shown : Panel
        The panel, and the same one with the groups that stand in tables.
    pooling : Pooling
        Of the groups of `shown`.
    outcome : OutcomeResult
        A change of a network; its waves are those of the tables.
    how : How
        Draws, seed and workers of the test of all pairs of groups.
    """
    waves = outcome.change.waves
    mixing, cells, by_unit = _mixing(shown, waves, study.min_cell_size, pooling)
    told = handlings(panel, outcome.change)
    if study.relation(outcome.change.relation).n_slots:
        # Nobody could have named everybody, so the bounds would be out of reach.
        told = told[told["handling"] != "bounds"]
    handling = shown_handlings(told, panel, waves, study.min_cell_size)
    tables = (handling, mixing, cells, turnover(panel, waves))
    concluded = study.design != "ego" and outcome.change.verdict != "descriptive"
    pairs = (
        shown_pairs(shown, pooling, cells.isna().to_numpy(), waves, how, outcome.change.alpha)
        if concluded
        else None
    )
    # With other groups in the tables than the departments that decide what is across, no value of one is told.
    return Network(outcome, *tables, by_unit=by_unit and study.roster.shown is None, pairs=pairs)


def _mixing(
    panel: Panel, waves: tuple[str, str], least: int, pooling: Pooling
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, bool]:
    """Return the mixing tables and their cells with pairs of few people hidden, and if units may stand alone beside."""
    view = joint(panel, *waves)
    names, k = list(pooling.names), len(pooling.names)
    ties, cells, people = [], [], []
    for which in range(2):
        counts, room = (pooling.table(t) for t in view.department_tables(which))
        ties.append(counts)
        cells.append(room)
        people.append(people_behind(view.cells, pooling.unit[view.departments[which]], k))
    fewest = np.minimum(*people)
    hidden, by_unit = hide_pairs(ties, cells, fewest, least, directed=panel.directed)
    tables = {
        label: pd.DataFrame(np.where(hidden, np.nan, ratio(t, c)), index=names, columns=names)
        for label, t, c in zip(waves, ties, cells, strict=True)
    }
    return tables, pd.DataFrame(cells[0].astype(int), index=names, columns=names).mask(hidden), by_unit


def shown_change(found: OutcomeResult, panel: Panel, least: int) -> OutcomeResult:
    """Return the outcome without the numbers of the department level, where departments are too small to be shown.

    The mean of the departments' own changes, with the tables of those that are shown, would tell the change of those
    that are not.
    """
    if not isinstance(found.result, Change) or not display_pooling(panel, least).pooled:
        return found
    ladder = found.result.ladder.copy()
    # Its p would give the ratio of estimate to error, to many digits.
    told = ["estimate", "se", "low", "high", "p_value"]
    ladder.loc[ladder["level"] == "department", told] = np.nan
    return replace(found, result=replace(found.result, ladder=ladder))
