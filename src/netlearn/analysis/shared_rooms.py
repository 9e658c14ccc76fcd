"""SharedRooms: what sharing a room of an attendance list goes with, without the counts of few people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.compare import FRAME
from netlearn.analysis.exposure import Exposure
from netlearn.study.suppression import suppress
from netlearn.study.told import Told
from netlearn.wording import shared_rooms as words

HALVES = (("open", "formed", "formation"), ("ties", "dissolved", "dissolution"))


@dataclass(frozen=True, eq=False, repr=False)
class SharedRooms(Told):
    """What sharing a room of an attendance list goes with, or did.

    Attributes
    ----------
    found : Exposure or None
        With counts of few people left out of `groups` and `dose`; None where there is nothing to compare.
    attendance : str
        Title of the list.
    measure : "shared_rooms"
    waves : (earlier, later)
    assigned : bool
        Chance decided who shared a room: only then an effect may be spoken of.
    alpha : float
    """

    words = staticmethod(words.sentence)

    found: Exposure | None
    attendance: str
    measure: str
    waves: tuple[str, str]
    assigned: bool
    alpha: float

    @property
    def estimate(self) -> float:
        """Later ties of pairs who shared a room beyond those of other pairs: percentage points, from the regression."""
        return self._told("estimate")

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self._told("low")

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self._told("high")

    def _told(self, column: str) -> float:
        if self.found is None:
            return float("nan")
        return float(self.found.row("regression", "later_tie")[column])

    @property
    def p_value(self) -> float:
        """From rooms dealt anew where chance decided, else from the regression."""
        if self.assigned and self.found is not None:
            return float("nan") if self.found.redrawn is None else self.found.redrawn.p_value
        return self._told("p_value")

    @property
    def n_people(self) -> int:
        """People who answered both times and whose rooms are known."""
        return 0 if self.found is None else self.found.n_people

    @property
    def n_dyads(self) -> int:
        """Pairs that the estimate rests on: those whose answers both ways are known."""
        return 0 if self.found is None else int(self.found.row("regression", "later_tie")["n_dyads"])

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the figures only describe; empty if they carry a conclusion."""
        return ("undefined",) if self.found is None else self.found.reasons

    @property
    def verdict(self) -> Literal["changed", "associated", "undecided", "descriptive"]:
        """What may be concluded: where no lot decided who was together, that the two go together at most."""
        if self.reasons:
            return "descriptive"
        if not self.p_value <= self.alpha:
            return "undecided"
        return "changed" if self.assigned else "associated"

    @property
    def scale(self) -> tuple[float, str]:
        """Factor to the unit that is told, and its key."""
        return 1.0, "points"

    @property
    def table(self) -> pd.DataFrame:
        """One row in the columns of every table."""
        numbers = (self.estimate, self.low, self.high, self.n_people, self.n_dyads)
        row = (self.measure, "pair", "percentage points", " -> ".join(self.waves), *numbers)
        return pd.DataFrame([row], columns=FRAME)


def without_few(found: Exposure, least: int) -> Exposure:
    """Leave out the counts that the answers of fewer than `least` people are behind, and those that would tell them."""
    numbers = [name for names in HALVES for name in names]
    groups = found.groups.astype(dict.fromkeys(numbers, float))  # a whole number cannot be missing
    dose = found.dose.astype(dict.fromkeys(["n_dyads", *numbers], float))
    for names in HALVES:
        people = groups[f"{names[0]}_people"].iloc[:2]
        if ((people > 0) & (people < least)).any():  # one group is all ties less the other
            groups.loc[:, list(names)] = np.nan
            dose.loc[:, ["n_dyads", *names]] = np.nan
    hidden = np.zeros(len(dose), bool)
    for cells, happened, _ in HALVES:
        for column in (cells, happened):
            if not dose[column].isna().any():
                hidden[1:] |= _hidden(dose.iloc[1:], column, f"{cells}_people", least, hidden[1:])
    dose.loc[hidden, ["n_dyads", *numbers]] = np.nan
    return replace(found, groups=groups, dose=dose)


def _hidden(
    rows: pd.DataFrame, column: str, people: str, least: int, also: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which rows to hide; the first group tells what they add up to."""
    done = suppress(rows[column].to_numpy(float), rows[people].to_numpy(int), least, also=also)
    return np.asarray(done.hidden)
