"""`regroup`: the same panel with an attribute of its people in the place of departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.panel import Panel


def regroup(panel: Panel, attribute: str) -> Panel:
    """Return the panel with a column of its attributes as the grouping, the same in every wave.

    Parameters
    ----------
    panel : Panel
    attribute : str
        Such as the area in which a workplace lies: what is across and what is within then goes by areas.

    Returns
    -------
    Panel
        Groups are named by the values, in the order of the alphabet.

    Raises
    ------
    NetlearnError
        The panel has no such attribute, or it is blank for somebody.

    Examples
    --------
    >>> homes = {"area": ["east", "west", "east"]}
    >>> panel = Panel.from_arrays({"now": np.zeros((3, 3))}, ["A", "B", "C"], attributes=homes)
    >>> regroup(panel, "area").group_names, regroup(panel, "area").group().tolist()
    (('east', 'west'), [0, 1, 0])
    """
    if attribute not in panel.attributes:
        raise NetlearnError(
            f"the panel has no attribute {attribute!r} to group people by; it has "
            f"{', '.join(panel.attributes) or 'none'}. Name the column in [roster] attributes."
        )
    values = panel.attributes[attribute]
    texts = ["" if pd.isna(value) else str(value).strip() for value in values]
    blank = texts.count("")
    if blank:
        raise NetlearnError(
            f"attribute {attribute!r} is blank for {blank} of {panel.n} people, so they belong to no group. Fill it in "
            "for everybody on the roster, or group by another column."
        )
    return with_groups(panel, texts)


def with_groups(panel: Panel, names: Sequence[str]) -> Panel:
    """Return the panel with a name of a group for each person, the same in every wave.

    Parameters
    ----------
    panel : Panel
    names : n texts
    """
    known, place = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    groups = np.tile(place.ravel(), (len(panel.waves), 1))
    return replace(panel, groups=groups, group_names=tuple(known.tolist()), grouping="baseline")
