"""What a reader can explore on the page: the contact between departments before and after, as plain data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from netlearn.analysis.network import Network
from netlearn.wording import Language
from netlearn.wording.terms import department


def explore(network: Network, language: Language) -> dict[str, Any]:
    """Return the tables of who names whom for the interactive map; what is hidden in them is None here too.

    Parameters
    ----------
    network : Network
        Of titled results.
    language : "en" or "da"

    Returns
    -------
    dict
        names: departments as shown; waves: the titles of the two; density: per wave, rows name columns (share of
        possible ties, 0 to 1); possible: possible ties (counted in the first wave).
    """
    cells = network.mixing_cells
    return {
        "kind": "departments",
        "names": [department(str(name), language) for name in cells.index],
        "waves": list(network.mixing),
        "density": [
            [_plain(row) for row in table.to_numpy(dtype=float)] for table in network.mixing.values()
        ],
        "possible": [_plain(row) for row in cells.to_numpy(dtype=float)],
    }


def _plain(row: Iterable[float]) -> list[float | None]:
    """Return numbers as JSON has them, with no more digits than anybody can use."""
    return [None if math.isnan(value) else round(float(value), 4) for value in row]
