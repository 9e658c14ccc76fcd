"""How many people named somebody in each department other than their own, without numbers of a few."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.ego_run import EgoReading

REST = ""


def places_named(read: EgoReading, where: list[int], both: NDArray[np.bool_], least: int) -> pd.DataFrame:
    """Count the people who named somebody in each other department, in each of two waves.

    Parameters
    ----------
    read : EgoReading
    where : two int
        Positions of the waves.
    both : (n,) bool
        Who is counted: people who answered in both.
    least : int
        A count of 1 to `least` - 1 is left out, and a department with none that can be shown is put with the rest.

    Returns
    -------
    DataFrame
        department, before, after: most named first; the last row, with department "", counts who named any department
        that is not listed. A spelling that few people used, and so might tell who wrote it, is never listed.
    """
    named = [_people_naming(read, at, both) for at in where]
    counts = np.array([n.sum(axis=0) for n in named], dtype=float)
    shown = np.where(counts >= least, counts, np.where(counts == 0, 0.0, np.nan))
    listed = (counts >= least).any(axis=0)
    order = sorted(
        np.flatnonzero(listed), key=lambda d: (-counts[1, d], -counts[0, d], read.data.departments[d])
    )
    frame = pd.DataFrame(
        {
            "department": [read.data.departments[d] for d in order],
            "before": shown[0, order],
            "after": shown[1, order],
        }
    )
    rest = [float(n[:, ~listed].any(axis=1).sum()) for n in named]
    last = [n if n >= least or n == 0 else np.nan for n in rest]
    return pd.concat(
        [frame, pd.DataFrame({"department": [REST], "before": last[:1], "after": last[1:]})],
        ignore_index=True,
    )


def _people_naming(read: EgoReading, at: int, both: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which of the people counted named each department, their own aside: (people, departments)."""
    net = read.data.nets[at]
    there = net.places > 0
    known = np.flatnonzero(net.department >= 0)
    there[known, net.department[known]] = False
    return np.asarray(there[both], dtype=bool)
