"""The tables of the results for machines: stable English names, numbers as numbers, what is left out is NaN."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.network import Network

if TYPE_CHECKING:
    from netlearn.analysis.results import Results


def machine_tables(results: Results) -> dict[str, pd.DataFrame]:
    """Return the frames that are written as CSV, by name; what is left out of a table is NaN there."""
    made = {"outcomes": _outcomes(results), "response": results.response, "measures": results.measures}
    if results.network is not None:
        made |= _of_network(results, results.network)
    if results.evidence is not None:
        made["evidence"] = results.evidence.table
    for part in results.parts:
        made |= part.machine_tables()
    return made


def _of_network(results: Results, network: Network) -> dict[str, pd.DataFrame]:
    changes = [found for found in results.outcomes if isinstance(found.result, Change)]
    ladders = [
        found.change.ladder.assign(
            role=found.role,
            relation=found.change.relation,
            measure=found.change.measure,
            waves=" -> ".join(found.change.waves),
        )
        for found in changes
    ]
    mixing = [
        pd.DataFrame({"wave": wave, "from": row, "to": column, "density": table.loc[row, column]}, index=[0])
        for wave, table in network.mixing.items()
        for row in table.index
        for column in table.columns
    ]
    made = {
        "ladder": pd.concat(ladders, ignore_index=True),
        "handling": network.handling,
        "mixing": pd.concat(mixing, ignore_index=True),
        "turnover": network.turnover.reset_index(),
    }
    return made if network.pairs is None else made | {"pairs": network.pairs}


def _outcomes(results: Results) -> pd.DataFrame:
    rows = [found.result for found in results.outcomes]
    natural = [getattr(row, "natural", None) or (math.nan,) * 3 for row in rows]
    swaps = [getattr(row, "swap", None) for row in rows]
    return results.table.assign(
        p_swap=[swap.p_value if swap else math.nan for swap in swaps],
        alternative=[found.outcome.alternative for found in results.outcomes],
        alpha=[row.alpha for row in rows],
        guards=[" ".join(found.guards) for found in results.outcomes],
        n_cells=[getattr(row, "n_cells", math.nan) for row in rows],
        n_departments=[getattr(row, "n_departments", math.nan) for row in rows],
        colleagues=[n[0] for n in natural],
        colleagues_low=[n[1] for n in natural],
        colleagues_high=[n[2] for n in natural],
    )
