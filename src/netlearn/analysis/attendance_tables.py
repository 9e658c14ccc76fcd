"""Tables of an attendance list, with every number left out that few people stand behind, or that would tell one.

A number is left out if it speaks of 1 to `least` - 1 people, or if all others are so few. What is left out must not be
what remains of a total, so the tables of a list are made together: see `ListTables`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.twomode import TwoMode
from netlearn.measures import twomode
from netlearn.study.suppression import suppress

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
MANY = 3  # activities from here on are one row


@dataclass(frozen=True, eq=False)
class ListTables:
    """The tables of one list.

    Attributes
    ----------
    periods : mapping period -> TwoMode
        In order of time; the same people and activities in each.
    least : int
    """

    periods: Mapping[str, TwoMode]
    least: int

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Per period and activity: participants (different people) and visits; activity "" is all of them."""
        rows = []
        for period, table in self.periods.items():
            people, visits = table.data.sizes, np.asarray(table.matrix.sum(axis=0), dtype=float).ravel()
            hidden = self._hidden_activities(period)
            total = (float(self.came[period].sum()), float(visits.sum()))
            rows.append((period, "", *(total if self.shown[period] else (np.nan, np.nan))))
            for name, shut, *numbers in zip(table.rooms, hidden, people, visits, strict=True):
                rows.append((period, name, *([np.nan, np.nan] if shut else numbers)))
        return pd.DataFrame(rows, columns=["period", "activity", "participants", "visits"])

    def _hidden_activities(self, period: str) -> BoolArray:
        """Tell which activities to leave out: those of few, and others that their totals would give away."""
        table = self.periods[period]
        people, n = table.data.sizes, len(table.people)
        rest = n - people
        behind = np.where((rest > 0) & (rest < self.least), rest, people)
        hidden: BoolArray = np.zeros(len(people), bool)
        # How many activities people took part in tells the sum of participants; visits have their total.
        for counts in (people, np.asarray(table.matrix.sum(axis=0), dtype=float).ravel()):
            hidden = np.asarray(suppress(counts, behind, self.least, also=hidden).hidden)
        return hidden

    @cached_property
    def came(self) -> dict[str, BoolArray]:
        """Who took part in anything, by period: (n,) bool."""
        return {period: twomode.took_part(table.data) == 1 for period, table in self.periods.items()}

    @cached_property
    def distribution(self) -> pd.DataFrame:
        """Per period: people by number of different activities ("0", "1", "2", "3+").

        The same rows in every period, the last ones together until none need be hidden: with the number of participants
        of each activity, rows that are hidden could be solved for.
        """
        counted = {period: self._people_by_activities(table) for period, table in self.periods.items()}
        most = MANY
        while most > 1 and any(self._tells_of_few(counts, most) for counts in counted.values()):
            most -= 1
        labels = (*map(str, range(most)), f"{most}+")
        rows = [
            (period, label, people)
            for period, counts in counted.items()
            for label, people in zip(labels, self._merged(counts, most), strict=True)
        ]
        return pd.DataFrame(rows, columns=["period", "activities", "people"])

    def _merged(self, counts: IntArray, most: int) -> NDArray[np.float64]:
        """Return people by number of activities, from `most` on together, without those that would tell of few."""
        merged = np.array([*counts[:most], counts[most:].sum()])
        return suppress(merged, merged, self.least).table

    def _people_by_activities(self, table: TwoMode) -> IntArray:
        many = twomode.participation(table.data).count.astype(int)
        return np.bincount(many, minlength=max(len(table.rooms), MANY) + 1)

    def _tells_of_few(self, counts: IntArray, most: int) -> bool:
        """Tell whether a row must be hidden, or the last one holds two numbers only, one of them of few people.

        The participants of all activities added up then say how the two are divided.
        """
        last = counts[most:]
        few = ((last > 0) & (last < self.least)).any()
        return bool(np.isnan(self._merged(counts, most)).any() or (few and np.count_nonzero(last) <= 2))

    @cached_property
    def shown(self) -> dict[str, bool]:
        """Tell of which periods it may be told how many came: those where the number who did not is shown."""
        never = self.distribution[self.distribution["activities"] == "0"].set_index("period")["people"]
        return {period: bool(np.isfinite(never[period])) for period in self.periods}

    def reach(self, first: str, second: str) -> pd.DataFrame:
        """Who came later, by who came before.

        Rows "came" and "stayed_away" (before); columns people, came (later), share. All NaN where a number would tell
        of few.
        """
        known = self.shown[first] and self.shown[second]
        return _two_by_two(self.came[first], self.came[second], self.least, known)

    def meeting(self, first: str, second: str) -> pd.DataFrame:
        """Who met somebody later, by who met somebody before: rows "met" and "alone"; columns people, met, share.

        Meeting somebody is taking part in an activity that somebody else takes part in too. All NaN where a number, or
        what it differs by from who came, would tell of few.
        """
        before, after = (self._met_somebody(period) for period in (first, second))
        known = self.shown[first] and self.shown[second]
        came, met = (
            _cells(one, two) for one, two in ((self.came[first], self.came[second]), (before, after))
        )
        apart = np.abs(np.concatenate([(came - met).ravel(), *((came - met).sum(axis=k) for k in (0, 1))]))
        known = known and not ((apart > 0) & (apart < self.least)).any()
        frame = _two_by_two(before, after, self.least, known)
        return frame.replace({"before": {"came": "met", "stayed_away": "alone"}}).rename(
            columns={"came": "met"}
        )

    def _met_somebody(self, period: str) -> BoolArray:
        pairs = twomode.co_attendance(self.periods[period].data)
        return np.asarray(pairs.sum(axis=1)).ravel() > 0

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Per period: pairs of people who met, and how many others each one who came met, on average."""
        rows = []
        for period, table in self.periods.items():
            n_pairs = twomode.co_attendance(table.data).nnz // 2
            came = int(self.came[period].sum())
            # Pairs add up to what the sizes of activities hold, so with one of those left out they are too.
            known = self.shown[period] and not self._hidden_activities(period).any() and came >= self.least
            rows.append((period, n_pairs, 2 * n_pairs / came) if known else (period, np.nan, np.nan))
        return pd.DataFrame(rows, columns=["period", "pairs", "others_met"])


def _cells(before: BoolArray, after: BoolArray) -> FloatArray:
    """Count people by both: (2, 2), who did first."""
    return np.array([[(b & a).sum() for a in (after, ~after)] for b in (before, ~before)], dtype=float)


def _two_by_two(before: BoolArray, after: BoolArray, least: int, known: bool) -> pd.DataFrame:
    cells = _cells(before, after)
    if not known or suppress(cells, cells, least).hidden.any():
        cells[:] = np.nan
    people = cells.sum(axis=1)
    share = np.divide(cells[:, 0], people, out=np.full(2, np.nan), where=people > 0)
    return pd.DataFrame(
        {"before": ["came", "stayed_away"], "people": people, "came": cells[:, 0], "share": share}
    )
