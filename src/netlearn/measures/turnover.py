"""Ties kept, formed and dissolved between two waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netlearn.measures.mixing import ratio


@dataclass(frozen=True, eq=False)
class Turnover:
    """Counts of jointly observed cells by their two answers, each (...) shaped."""

    kept: NDArray[np.float64]
    formed: NDArray[np.float64]
    dissolved: NDArray[np.float64]
    never: NDArray[np.float64]

    @property
    def jaccard(self) -> NDArray[np.float64]:
        """Ties kept / (kept + formed + dissolved): 1 = the same ties, 0 = none in common, NaN without ties."""
        return ratio(self.kept, self.kept + self.formed + self.dissolved)

    @property
    def hamming(self) -> NDArray[np.float64]:
        """Number of cells that changed."""
        return self.formed + self.dissolved

    @property
    def formation(self) -> NDArray[np.float64]:
        """Share of the empty cells that became ties."""
        return ratio(self.formed, self.formed + self.never)

    @property
    def persistence(self) -> NDArray[np.float64]:
        """Share of the ties that were kept."""
        return ratio(self.kept, self.kept + self.dissolved)


def turnover(first: ArrayLike, second: ArrayLike, both: ArrayLike, cells: ArrayLike) -> Turnover:
    """Turn counts of ties into kept, formed, dissolved and never.

    Parameters
    ----------
    first, second, both : (...)
        Ties in the first wave, in the second, in both, on jointly observed cells.
    cells : (...)
        Jointly observed cells.

    Examples
    --------
    Three ties before, four after, two of them the same, ten cells:

    >>> t = turnover(3, 4, 2, 10)
    >>> float(t.kept), float(t.formed), float(t.dissolved), float(t.never), float(t.jaccard)
    (2.0, 2.0, 1.0, 5.0, 0.4)
    """
    a, b, k, n = (np.asarray(x, dtype=float) for x in (first, second, both, cells))
    return Turnover(kept=k, formed=b - k, dissolved=a - k, never=n - a - b + k)
