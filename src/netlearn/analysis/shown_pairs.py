"""Which pairs of shown groups changed beyond chance: a number, and a p, only where the table shows the pair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from netlearn.analysis.data import How
from netlearn.analysis.department_pairs import compare_department_pairs
from netlearn.study.cells import BoolArray
from netlearn.study.panel import Panel
from netlearn.study.privacy import Pooling


def shown_pairs(
    panel: Panel, pooling: Pooling, hidden: BoolArray, waves: tuple[str, str], how: How, alpha: float = 0.05
) -> pd.DataFrame | None:
    """Test the change from each shown group to each by max-T, all shown pairs together.

    Parameters
    ----------
    panel : Panel
    pooling : Pooling
        Of its groups.
    hidden : (k, k) bool
        Pairs that the mixing tables hide: they are not tested, and nothing of theirs is told.
    waves : (earlier, later)
    how : How
        Draws, seed and workers; the workers change no number.
    alpha : float
        Chance of any false alarm in the table.

    Returns
    -------
    DataFrame or None
        One row per ordered pair (undirected: each pair once): from, to; change (share of possible ties, -1 to 1, the
        difference of the two mixing tables); p_adjusted (max-T, rounded up to 4 decimals, so never 0; missing where too
        few people changed to tell); changed (p_adjusted is at most alpha; missing where p_adjusted is). All three are
        missing where the pair is hidden. None where people moved between the groups: the change of a table is then not
        that of the same people.
    """
    grouped = replace(panel, groups=pooling.unit[panel.groups], group_names=pooling.names)
    if (grouped.group(waves[0]) != grouped.group(waves[1])).any():
        return None
    found = compare_department_pairs(
        grouped, waves, alpha=alpha, draws=how.draws, seed=how.seed, workers=how.workers, left_out=hidden
    )
    table = found.table.rename(columns={"sender": "from", "receiver": "to"})
    of, to = (pd.Index(pooling.names).get_indexer(pd.Index(table[end])) for end in ("from", "to"))
    gone = np.asarray(hidden)[of, to]
    p = table["p_adjusted"].mask(gone)
    return table[["from", "to"]].assign(
        change=table["change"].mask(gone),
        p_adjusted=np.ceil(p * 1e4 - 1e-6) / 1e4,
        changed=(p <= alpha).astype("boolean").mask(p.isna()),
    )
