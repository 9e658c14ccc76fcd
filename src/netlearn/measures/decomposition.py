"""Split a difference into the parts of its causes, with no order of the causes favoured."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import factorial

import numpy as np
from numpy.typing import NDArray


def shapley(value: Callable[[tuple[bool, ...]], float], parts: int) -> NDArray[np.float64]:
    """Average what each part adds over every order in which the parts could happen (Shapley 1953).

    Parameters
    ----------
    value : function
        Of a tuple of `parts` truth values: what has happened so far.
    parts : int
        Number of parts; `value` is asked 2 ** parts times.

    Returns
    -------
    (parts,) float
        They add up to value(all) - value(none); NaN where a state on the way is undefined.

    Examples
    --------
    A rectangle grows from 2 x 3 to 4 x 5; the sides share the growth of 14 as 8 and 6:

    >>> area = lambda happened: (4 if happened[0] else 2) * (5 if happened[1] else 3)
    >>> shapley(area, 2).tolist()
    [8.0, 6.0]
    """
    states = {state: float(value(state)) for state in product((False, True), repeat=parts)}
    added = np.zeros(parts)
    for state, before in states.items():
        so_far = sum(state)
        weight = (
            factorial(so_far) * factorial(parts - so_far - 1) / factorial(parts) if so_far < parts else 0.0
        )
        for part in range(parts):
            if not state[part]:
                after = states[(*state[:part], True, *state[part + 1 :])]
                added[part] += weight * (after - before)
    return added
