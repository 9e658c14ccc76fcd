"""Tests that were tried on simulated panels, in the shape in which figures need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.planning.worlds import WORLDS, World, world

Trials = Mapping[World, pd.DataFrame]  # what `netlearn.try_tests` found in each world


def name_of(tried: World) -> str:
    """Return the name in `WORLDS` of a world, whatever its people gain; "" for one with settings of its own.

    Examples
    --------
    >>> name_of(world("A1", 40)), name_of(world("N2", 150, 5, density=0.1)), name_of(World(drift=0.7))
    ('N1', 'N2', '')
    """
    for name in WORLDS:
        shape: dict[str, Any] = {
            "groups": tried.groups,
            "density": tried.density,
            "homophily": tried.homophily,
        }
        known = replace(world(name, tried.n, len(tried.sizes)), **shape, waves=tried.waves, effect=0.0)
        if known == replace(tried, effect=0.0):
            return name
    return ""


def row_of(found: pd.DataFrame, test: str) -> dict[str, float]:
    """Return how often one test said "changed", with its Monte Carlo interval: rejected, low, high, replications.

    Raises
    ------
    NetlearnError
        The test was not tried.
    """
    if test not in found.index:
        raise NetlearnError(f"test must be one of {', '.join(map(str, found.index))}; got {test!r}.")
    names = ["rejected", "low", "high", "replications"]
    return dict(zip(names, found.loc[[test], names].to_numpy(dtype=float)[0].tolist(), strict=True))
