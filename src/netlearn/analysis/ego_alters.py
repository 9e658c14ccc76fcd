"""Colleague by colleague: means over all colleagues named, with the people who named them as clusters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from netlearn.analysis.ego_data import SCORE, EgoData
from netlearn.inference.clustered import Clustered, intra_cluster, ratio_change
from netlearn.measures.ego import UNKNOWN, EgoNets

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
MEASURES = ("share_elsewhere", SCORE)


def by_alter(
    data: EgoData, measure: str, waves: tuple[str, str], alpha: float, alternative: str
) -> tuple[Clustered | None, tuple[float, float]]:
    """Compare a mean over colleagues between two waves, among the egos who answered in both.

    Returns
    -------
    change : Clustered or None
        None for measures that are no mean over colleagues.
    icc : (earlier, later)
        How alike the colleagues of one ego are in each wave.

    Examples
    --------
    Ego a names two colleagues elsewhere, b one at home and then three elsewhere: 2 of 3, then 5 of 5.

    >>> import pandas as pd
    >>> from netlearn.analysis.ego_data import ego_networks
    >>> egos = pd.DataFrame({"ego": ["a", "b"] * 2, "wave": [1, 1, 2, 2], "department": "A"})
    >>> named = {"ego": list("aabaabbb"), "wave": [1] * 3 + [2] * 5, "alter": range(8), "department": list("BBABBBBB")}
    >>> change, _ = by_alter(ego_networks(egos, pd.DataFrame(named)), "share_elsewhere", ("1", "2"), 0.05, "greater")
    >>> round(change.change.estimate, 4)
    0.3333
    """
    if measure not in MEASURES:
        return None, (np.nan, np.nan)
    where = [data.waves.index(wave) for wave in waves]
    both = answered_both(data, where, home=measure != SCORE)
    sums, counts, alike = [], [], []
    for at in where:
        net = data.nets[at]
        value = data.scores[at] if measure == SCORE else elsewhere(net)
        told = np.isfinite(value) & both[net.ego]
        sums.append(np.bincount(net.ego[told], value[told], minlength=net.n))
        counts.append(np.bincount(net.ego[told], minlength=net.n))
        alike.append(intra_cluster(net.ego[told], value[told]))
    found = ratio_change((sums[0], sums[1]), (counts[0], counts[1]), alpha=alpha, alternative=alternative)
    return found, (alike[0], alike[1])


def answered_both(data: EgoData, where: list[int], *, home: bool = False) -> BoolArray:
    """Tell which egos answered in all of these waves, with a known department of their own if `home`: (n,)."""
    kept = np.ones(len(data.egos), bool)
    for at in where:
        kept &= data.nets[at].answered
        if home:
            kept &= data.nets[at].department != UNKNOWN
    return kept


def elsewhere(net: EgoNets) -> FloatArray:
    """Tell of each colleague whether they are in another department than ego: (r,) 1 or 0; NaN where not known.

    Examples
    --------
    >>> from netlearn.measures.ego import ego_nets
    >>> elsewhere(ego_nets([0], [0, 0, 0], [0, 1, -1], 2)).tolist()
    [0.0, 1.0, nan]
    """
    known = (net.place != UNKNOWN) & (net.department[net.ego] != UNKNOWN)
    return np.where(known, net.place != net.department[net.ego], np.nan).astype(float)


def new_against_known(data: EgoData, wave: str, known: FloatArray, alpha: float = 0.05) -> Clustered:
    """Compare the score of colleagues who were known before with that of those who were not, in one wave.

    Parameters
    ----------
    data : EgoData
    wave : str
    known : (r,) float
        1 = known before, 0 = new, NaN = not told; one per row of colleagues of that wave.
    alpha : float

    Returns
    -------
    Clustered
        new - known; `values` are (known, new).

    Examples
    --------
    >>> import pandas as pd
    >>> from netlearn.analysis.ego_data import ego_networks
    >>> egos = pd.DataFrame({"ego": ["a", "b"], "wave": "after", "department": "A"})
    >>> named = {"ego": list("aabb"), "wave": "after", "alter": range(4), "department": "B", "ease": [5, 3, 4, 3]}
    >>> data = ego_networks(egos, pd.DataFrame(named), score="ease")
    >>> new_against_known(data, "after", np.array([1.0, 0, 1, 0])).values
    (4.5, 3.0)
    """
    at = data.waves.index(wave)
    net, score = data.nets[at], data.scores[at]
    sums, counts = [], []
    for kind in (1.0, 0.0):
        told = np.isfinite(score) & (known == kind)
        sums.append(np.bincount(net.ego[told], score[told], minlength=net.n))
        counts.append(np.bincount(net.ego[told], minlength=net.n))
    return ratio_change((sums[0], sums[1]), (counts[0], counts[1]), alpha=alpha)
