"""The sections about everybody's network: the map, how sure the change is, turnover, missing answers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.network import Network
from netlearn.analysis.results import Results
from netlearn.report import pictures, tables
from netlearn.report.explore import explore
from netlearn.report.section import Section
from netlearn.wording import Language, nulls, paragraphs, suppressed
from netlearn.wording.handling import handling
from netlearn.wording.terms import term


def map_section(results: Results, network: Network, language: Language) -> Section:
    """Return who names whom, department by department, before and after."""
    change = network.outcome.change
    beside = network.outcome.role != "primary"
    shown = results.study.roster.shown is not None
    return Section(
        key="map",
        heading=term("heading", "mixing", language),
        texts=(
            *([paragraphs.beside(change, language)] if beside else []),
            paragraphs.mixing(language, shown=shown),
        ),
        pictures=pictures.of_map(results, language),
        widget=explore(network, _directed(results, network), language),
    )


def _directed(results: Results, network: Network) -> bool:
    """Tell whether the ties of the network have a direction."""
    return results.panels[str(network.outcome.outcome.relation)].directed


def change_section(results: Results, network: Network, language: Language) -> Section:
    """Return how sure the change of everybody's network is, by what it is counted on."""
    change = network.outcome.change
    beside = network.outcome.role != "primary"
    few = suppressed.departments(results.study.min_cell_size, language)
    return Section(
        key="change",
        heading=term("heading", "change_beside" if beside else "change", language),
        texts=(paragraphs.ladder(language), *_nulls(change, language)),
        pictures=pictures.of_change(change, language),
        tables=(tables.ladder_table(results, language),),
        small=() if network.told_departments else (few,),
    )


def _nulls(change: Change, language: Language) -> list[str]:
    if change.verdict == "descriptive":
        return []
    said = [paragraphs.person_null(change, language), paragraphs.swap_null(change, language)]
    return [text for text in said if text]


def turnover_section(results: Results, network: Network, language: Language) -> Section:
    """Return the ties kept, new and ended."""
    cross = network.turnover.loc["cross"]
    kept, formed, dissolved = (float(str(cross[name])) for name in ("kept", "formed", "dissolved"))
    return Section(
        key="turnover",
        heading=term("heading", "turnover", language),
        texts=(paragraphs.turnover(kept, formed, dissolved, language),),
        pictures=pictures.of_flows(results, language),
        tables=(tables.turnover_table(results, language),),
        appendix=True,
    )


def handling_section(results: Results, network: Network, language: Language) -> Section:
    """Return the change under other ways of handling missing answers; no table where none is told."""
    change = network.outcome.change
    told = len(network.told_handlings) > 1
    return Section(
        key="handling",
        heading=term("heading", "handling", language),
        texts=(handling(change, _records(network.handling), language),),
        pictures=pictures.of_handling(results, language) if told else (),
        tables=(tables.handling_table(results, language),) if told else (),
        appendix=True,
    )


def certainty_section(results: Results, language: Language) -> Section | None:
    """Return how often the tests err, as measured; None where no test of a network was run."""
    table = tables.certainty_table(results, language)
    if results.network is None or not table.rows:
        return None
    said = nulls.behind(paragraphs.swap_model(results.network.outcome.change), language)
    return Section("certainty", term("heading", "certainty", language), (said,), (table,), appendix=True)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
