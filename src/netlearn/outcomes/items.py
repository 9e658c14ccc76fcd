"""Items one by one, and whether a scale has room: how many stand at the lowest and the highest score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netlearn.errors import NetlearnError
from netlearn.outcomes.pg import cronbach_alpha
from netlearn.outcomes.scores import Span, answered_items, scores, turned
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
Warned = Literal["floor", "ceiling", "little_room"]
MOST_AT_THE_END = 0.15
MOST_AT_THE_TOP = 0.5
FEWEST = 3


@dataclass(frozen=True, eq=False)
class ItemAnalysis(Shown):
    """How each item of a scale works.

    Attributes
    ----------
    n_people : int
        People who answered at least one item.
    n_complete : int
        People who answered every item; `item_rest` and `alpha_dropped` come from them.
    table : DataFrame
        One row per item, in order: n (answered), missing (share of `n_people`), mean and sd (levels), lowest and
        highest (share of the answers at the lowest and highest level; NaN without a range), item_rest (correlation of
        the item with the sum of the others, -1 to 1), alpha_dropped (Cronbach's alpha of the others; of two or more).
    """

    _frames = ("table",)

    n_people: int
    n_complete: int
    table: pd.DataFrame


def item_analysis(items: ArrayLike, *, range: Span | None = None) -> ItemAnalysis:
    """Describe each item of a scale.

    Parameters
    ----------
    items : (n, m) float
        Answers, reversed items already turned; NaN where there is none. Rows without any answer are left out.
    range : (lowest, highest), optional
        The levels there are.

    Returns
    -------
    ItemAnalysis
        Numbers are NaN where nobody answered, nothing varies, or (for the last two) fewer than 3 people answered all.

    Source: Nunnally & Bernstein (1994), Psychometric Theory, for item-rest correlations.

    Examples
    --------
    The third item goes against the others, whose alpha is 1:

    >>> found = item_analysis([[1, 1, 4], [2, 2, 2], [3, 3, 1]], range=(1, 4)).table
    >>> float(found["item_rest"][2].round(2)), float(found["alpha_dropped"][2].round(9))
    (-0.98, 1.0)
    """
    values = turned(items, (), range)
    values = values[answered_items(values) > 0]
    whole = values[~np.isnan(values).any(axis=1)]
    rows = []
    for at, item in enumerate(values.T):
        told = item[~np.isnan(item)]
        rest = np.delete(whole, at, axis=1)
        row = {
            "n": len(told),
            "missing": 1 - len(told) / len(values) if len(values) else np.nan,
            "mean": told.mean() if len(told) else np.nan,
            "sd": told.std(ddof=1) if len(told) > 1 else np.nan,
        }
        for name, end in zip(("lowest", "highest"), range or (np.nan, np.nan), strict=True):
            row[name] = (told == end).mean() if len(told) and range else np.nan
        row["item_rest"] = _correlation(whole[:, at], rest.sum(axis=1))
        row["alpha_dropped"] = _alpha(rest)
        rows.append(row)
    return ItemAnalysis(len(values), len(whole), pd.DataFrame(rows))


def _correlation(item: FloatArray, rest: FloatArray) -> float:
    if len(item) < FEWEST or not np.ptp(item) or not np.ptp(rest):
        return float("nan")
    one, other = item - item.mean(), rest - rest.mean()
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def _alpha(items: FloatArray) -> float:
    n, m = items.shape
    return cronbach_alpha(items)[0] if n >= FEWEST and m > 1 and np.ptp(items.sum(axis=1)) else float("nan")


@dataclass(frozen=True, eq=False)
class Ceiling:
    """Whether a scale has room at both ends.

    Attributes
    ----------
    n_people : int
        People with a score.
    n_lowest, n_highest : int
        Those of them at the lowest and at the highest score there can be.
    top_answers : float
        Share of all their answers at the highest level, 0 to 1; NaN without people.
    warnings : tuple
        "floor", "ceiling": more than 15 % of the people have that score. "little_room": more than half of the answers
        are at the highest level, so that there is little room to grow.
    """

    n_people: int
    n_lowest: int
    n_highest: int
    top_answers: float
    warnings: tuple[Warned, ...]

    @property
    def lowest(self) -> float:
        """Share of the people at the lowest score."""
        return self.n_lowest / self.n_people if self.n_people else float("nan")

    @property
    def highest(self) -> float:
        """Share of the people at the highest score."""
        return self.n_highest / self.n_people if self.n_people else float("nan")


def ceiling(items: ArrayLike, *, range: Span, minimum: int = 0) -> Ceiling:
    """Count the people at either end of a scale, and warn where there are many.

    Parameters
    ----------
    items : (n, m) float
        Answers, reversed items already turned; NaN where there is none.
    range : (lowest, highest)
        The levels there are.
    minimum : int
        Items that a person must have answered, as in `scores`.

    Returns
    -------
    Ceiling

    Raises
    ------
    NetlearnError
        The range is none, or as in `scores`.

    Source: Terwee et al. (2007), Journal of Clinical Epidemiology 60, for the 15 %.

    Examples
    --------
    One of four is at the top:

    >>> found = ceiling([[5, 5], [4, 5], [3, 3], [2, 1]], range=(1, 5))
    >>> found.highest, found.lowest, found.warnings
    (0.25, 0.0, ('ceiling',))
    """
    low, high = range
    if not low < high:
        raise NetlearnError(f"range must be the lowest and the highest level there are; got {range}.")
    score = scores(items, minimum=minimum, range=range)
    counted = np.isfinite(score)
    values = turned(items)[counted]
    n, at_low, at_high = int(counted.sum()), int((score == low).sum()), int((score == high).sum())
    answers = int((~np.isnan(values)).sum())
    top = int((values == high).sum()) / answers if answers else float("nan")
    warned: dict[Warned, bool] = {
        "floor": at_low > MOST_AT_THE_END * n,
        "ceiling": at_high > MOST_AT_THE_END * n,
        "little_room": top > MOST_AT_THE_TOP,
    }
    return Ceiling(n, at_low, at_high, top, tuple(name for name, so in warned.items() if so))
