"""The tables of the results for machines: stable English names, numbers as numbers, what is left out is NaN."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.network import Network
from netlearn.study.plan import Study
from netlearn.wording import outcome_names

if TYPE_CHECKING:
    from netlearn.analysis.outcome_result import OutcomeResult
    from netlearn.analysis.results import Results


def machine_tables(results: Results) -> dict[str, pd.DataFrame]:
    """Return the frames that are written as CSV, by name; what is left out of a table is NaN there.

    Columns that name a thing by the key of the study file have its title beside them, in the language of the study.
    """
    made = {"outcomes": _outcomes(results), "response": results.response, "measures": results.measures}
    if results.network is not None:
        made |= _of_network(results, results.network)
    if results.evidence is not None:
        made["evidence"] = results.evidence.table
    for part in results.parts:
        made |= part.machine_tables()
    return {name: _titled(frame, results.study) for name, frame in made.items()}


def _titled(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Put the title of a scale, list or relation beside its key, and the wording beside an item."""
    kinds: Mapping[str, tuple[Any, ...]] = {
        "scale": study.scales,
        "list": study.attendance,
        "attendance": study.attendance,
        "relation": study.relations,
    }
    key = next((name for name in kinds if name in frame), None)
    if key is None:
        return frame
    titles = {plan.name: plan.title or plan.name for plan in kinds[key]}
    if "title" not in frame:
        frame = _beside(frame, key, "title", [titles.get(name, name) for name in frame[key]])
    if "item" in frame:
        wordings = {(plan.name, item): said for plan in study.scales for item, said in plan.items.items()}
        asked = zip(frame["scale"], frame["item"], strict=True)
        frame = _beside(frame, "item", "wording", [wordings.get(pair, pair[1]) for pair in asked])
    return frame


def _beside(frame: pd.DataFrame, key: str, name: str, values: list[str]) -> pd.DataFrame:
    table = frame.copy(deep=False)
    table.insert(list(table.columns).index(key) + 1, name, values)
    return table


def _name(found: OutcomeResult, study: Study) -> str:
    return outcome_names.name(found.outcome, study, study.language)


def _of_network(results: Results, network: Network) -> dict[str, pd.DataFrame]:
    changes = [found for found in results.outcomes if isinstance(found.result, Change)]
    ladders = [
        found.change.ladder.assign(
            role=found.role,
            title=_name(found, results.study),
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
    table = results.table.astype({"n_dyads": "Int64"})
    table.insert(1, "title", [_name(found, results.study) for found in results.outcomes])
    return table.assign(
        # What asks each person has no pairs: that is no number of pairs, and not 0 of them.
        n_dyads=table["n_dyads"].mask(table["n_dyads"] == 0),
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
