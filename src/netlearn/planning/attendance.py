"""Simulated attendance of activities: people differ in how often they come, activities in how many they draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from netlearn.errors import NetlearnError


@dataclass(frozen=True)
class Activity:
    """One activity: held so many times in each period, with the chance that an average person comes at all.

    Attributes
    ----------
    sessions : sequence of int
        Times it is held, per period; 0 = not yet, or no longer.
    draw : float
        Chance that a person of average propensity is somebody who comes, 0 to 1.
    often : float
        Chance that somebody who comes at all comes to a session, over 0 to 1.
    """

    sessions: Sequence[int]
    draw: float
    often: float = 0.5


def simulate_attendance(
    people: Sequence[str],
    activities: Mapping[str, Activity],
    periods: Sequence[str],
    *,
    seed: int | np.random.SeedSequence | np.random.Generator,
    growth: float = 0.0,
    spread: float = 1.0,
    stability: float = 0.8,
) -> pd.DataFrame:
    """Simulate who came to which activity how often.

    The log odds that a person is one who comes to an activity in a period are those of its `draw`, plus `growth` in
    every period after the first, plus `spread` times the person's propensity. Somebody who comes at all comes at least
    once.

    Parameters
    ----------
    people : sequence of str
    activities : mapping name -> Activity
    periods : sequence of str
        In order of time.
    seed : int, SeedSequence or Generator
    growth : float
        Log odds added from the second period on; an activity that begins then adds its own people.
    spread : float
        Standard deviation of people's propensity, 0 or more.
    stability : float
        Share, 0 to 1, of the people who in an activity keep their luck from period to period.

    Returns
    -------
    DataFrame
        person, room, period, times (over 0): one row per person, activity and period.

    Raises
    ------
    NetlearnError
        A setting is out of its range.

    Examples
    --------
    Everybody comes to both sessions, and the club opens in the second period:

    >>> club = Activity((0, 1), draw=1.0, often=1.0)
    >>> frame = simulate_attendance(["a"], {"food": Activity((2, 2), 1.0, 1.0), "club": club}, ("w0", "w1"), seed=1)
    >>> frame.to_numpy().tolist()
    [['a', 'food', 'w0', 2], ['a', 'food', 'w1', 2], ['a', 'club', 'w1', 1]]
    """
    _check(activities, periods, spread, stability)
    rng = np.random.default_rng(seed)
    propensity = spread * rng.standard_normal(len(people))
    rows = []
    for name, activity in activities.items():
        luck = rng.random(len(people))
        for at, period in enumerate(periods):
            fresh, keep = rng.random((2, len(people)))
            luck = np.where((keep < stability) | (at == 0), luck, fresh)
            chance = expit(logit(activity.draw) + growth * (at > 0) + propensity)
            more = rng.binomial(max(activity.sessions[at] - 1, 0), activity.often, len(people))
            comes = (luck < chance) & (activity.sessions[at] > 0)
            rows += [(people[i], name, period, 1 + int(more[i])) for i in np.flatnonzero(comes).tolist()]
    return pd.DataFrame(rows, columns=["person", "room", "period", "times"])


def _check(
    activities: Mapping[str, Activity], periods: Sequence[str], spread: float, stability: float
) -> None:
    for name, activity in activities.items():
        if len(activity.sessions) != len(periods) or min(activity.sessions) < 0:
            raise NetlearnError(f"activity {name!r} needs a number of sessions, 0 or more, for each period.")
        if not (0 <= activity.draw <= 1 and 0 < activity.often <= 1):
            raise NetlearnError(f"activity {name!r}: draw and often are chances from 0 to 1.")
    if spread < 0 or not 0 <= stability <= 1:
        raise NetlearnError("spread must be 0 or more, and stability a share from 0 to 1.")
