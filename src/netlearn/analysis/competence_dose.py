"""Dose: how the closure of a gap goes with the number of rooms that people attended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netlearn.analysis.compare import FEW_RESPONDENTS
from netlearn.analysis.competence_change import GapChange
from netlearn.analysis.data import How, StudyData
from netlearn.outcomes.association import PartialAssociation, partial_association
from netlearn.outcomes.paired import mean_change
from netlearn.study.suppression import suppress
from netlearn.survey.attendance import AttendanceList
from netlearn.wording.shown import Shown

STEPS = ("0", "1", "2", "3+")


@dataclass(frozen=True, eq=False)
class Dose(Shown):
    """The closure of a gap by rooms attended: what goes together, not what came of it.

    Attributes
    ----------
    title : str
        Of the attendance list.
    gap : str
        Title of the gap.
    groups : DataFrame
        rooms ("0", "1", "2", "3+"), n_people, closure, low, high; NaN in groups of fewer people than may be shown, and
        in those from which they could be worked out.
    ranks : PartialAssociation
        Rank correlation of rooms attended and closure.
    alpha : float
    least : int
        A correlation of fewer people is NaN in `correlation`.
    """

    _facts = ("title", "gap", "least")  # not the ranks: of how few people they may be
    _frames = ("table", "correlation")

    title: str
    gap: str
    groups: pd.DataFrame
    ranks: PartialAssociation
    alpha: float
    least: int

    @property
    def table(self) -> pd.DataFrame:
        """The groups, with what they are about."""
        return self.groups.assign(attendance=self.title, gap=self.gap)

    @property
    def correlation(self) -> pd.DataFrame:
        """One row: the rank correlation with its interval and p, no p where so few people or draws only describe."""
        names = ("estimate", "low", "high", "p_value", "draws", "exact")
        row = {name: getattr(self.ranks, name) for name in names}
        if self.ranks.n < FEW_RESPONDENTS or self.ranks.smallest_p > self.alpha:
            row["p_value"] = np.nan
        row = {"n_people": self.ranks.n} | row
        if self.ranks.n < self.least:
            row = dict.fromkeys(row, np.nan)
        return pd.DataFrame([{"attendance": self.title, "gap": self.gap} | row])


def dose(
    data: StudyData, result: GapChange, attended: AttendanceList, how: How, seed: np.random.SeedSequence
) -> Dose:
    """Compare the closure of a gap between people who attended few and many different rooms.

    Rooms count if their period is not after the later wave of the closure; all of them where the list has no periods.

    Parameters
    ----------
    data : StudyData
    result : GapChange
    attended : AttendanceList
        Of staff. Whoever is on its list of people and in no row attended none.
    how : How
    seed : SeedSequence

    Returns
    -------
    Dose
    """
    labels = [wave.label for wave in data.study.waves]
    counted = ["", *labels[: labels.index(result.waves[1]) + 1]]
    frame = attended.frame[attended.frame["period"].isin(counted)]
    rooms = frame.groupby("person")["room"].nunique()
    known = {code: float(rooms.get(code, 0)) for code in attended.people}
    taken = np.array([known.get(code, np.nan) for code in result.people])
    closure = np.where(np.isnan(taken), np.nan, result.gap.per_person)
    unlisted = int(np.isfinite(result.gap.per_person).sum() - np.isfinite(closure).sum())
    ranks = partial_association(
        taken, closure, kind="spearman", draws=how.draws, seed=seed, workers=how.workers, alpha=result.alpha
    )
    plan = next((p for p in data.study.attendance if p.name == attended.name), None)
    title = attended.name if plan is None else plan.title or plan.name
    groups = _groups(taken, closure, unlisted, result.alpha, data.study.min_cell_size)
    return Dose(title, result.place.title, groups, ranks, result.alpha, data.study.min_cell_size)


def _groups(taken: np.ndarray, closure: np.ndarray, unlisted: int, alpha: float, least: int) -> pd.DataFrame:
    """Return the closure by number of rooms; `unlisted` people are in the closure of all and in none of these rows."""
    seen = np.isfinite(closure)
    step = np.minimum(taken[seen], len(STEPS) - 1)
    parts = [closure[seen][step == at] for at in range(len(STEPS))]
    counts = np.array([*map(len, parts), unlisted])
    # The rows add up to the people of the correlation, and with those who are not on the list, who have no row, to all.
    # Each sum hides on its own, or those without a row would be the one hidden beside a small group.
    hidden = suppress(counts[:-1], counts[:-1], least).hidden | suppress(counts, counts, least).hidden[:-1]
    rows = []
    for name, part, secret in zip(STEPS, parts, hidden, strict=True):
        found = mean_change(part, "two-sided", alpha)
        told = {"n_people": float(len(part)), "closure": found.estimate, "low": found.low, "high": found.high}
        rows.append({"rooms": name} | (dict.fromkeys(told, np.nan) if secret else told))
    return pd.DataFrame(rows)
