"""The tables of the results in the words of the reader: for the report, for papers and for notebooks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from netlearn.analysis.certainty import certainty
from netlearn.analysis.compare import Change
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.shown_table import Table
from netlearn.study.plan import Study
from netlearn.wording import Language, evidence, nulls, outcome_names, suppressed
from netlearn.wording.numbers import HARD_SPACE, NONE, bare_p, count, digits_for, interval, percent, rounded
from netlearn.wording.terms import department, pick, scale, term
from netlearn.wording.terms import unit as unit_word

if TYPE_CHECKING:
    from netlearn.analysis.evidence import Evidence
    from netlearn.analysis.results import Results


def _table(caption: str, columns: list[str], rows: Sequence[tuple[str, ...]], words: set[int]) -> Table:
    return Table(caption, tuple(columns), tuple(rows), tuple(at not in words for at in range(len(columns))))


def response_table(results: Results, language: Language) -> Table:
    """Departments down, waves across: answered of employed, and the share."""
    frame = results.response
    waves = list(dict.fromkeys(frame["wave"]))
    parts = [frame[frame["wave"] == wave].reset_index(drop=True) for wave in waves]
    rows = []
    for at, name in enumerate(parts[0]["department"]):
        label = term("department", "all", language) if at == 0 else department(str(name), language)
        rows.append((label, *(_answered(part.loc[at], language) for part in parts)))
    grouped = results.study.roster.shown is not None
    columns = [term("column", "group" if grouped else "department", language), *waves]
    caption = term("caption", "response_groups" if grouped else "response", language)
    return _table(caption, columns, rows, {0})


def _answered(row: pd.Series, language: Language) -> str:
    if pd.isna(row["answered"]):
        return suppressed.SIGN
    of = f"{count(row['answered'], language)}/{count(row['employed'], language)}"
    return f"{of} ({percent(row['share'], language)})"


def ladder_table(results: Results, language: Language) -> Table:
    """Return the SE ladder of the change of everybody's network, in the units it is told in."""
    change = results.everybody.outcome.change
    factor, unit = scale(change)
    rows = []
    for rung in change.ladder.to_dict("records"):
        estimate, se, low, high = (float(rung[k]) * factor for k in ("estimate", "se", "low", "high"))
        digits = digits_for(estimate, low, high)
        rows.append(
            (
                term("level", rung["level"], language),
                count(rung["n_units"], language),
                rounded(estimate, language, digits),
                rounded(se, language, 2),
                interval(low, high, language, digits),
                bare_p(math.nan if change.verdict == "descriptive" else rung["p_value"], language),
            )
        )
    names = ["level", "units", "change", "se", "interval", "p"]
    caption = term("caption", "ladder", language).format(unit=unit_word(unit, language))
    return _table(caption, [term("column", name, language) for name in names], rows, {0})


def outcomes_table(results: Results, language: Language) -> Table:
    """Return every comparison with its units, interval, numbers of people and pairs, p and verdict."""
    names = ["outcome", "estimate", "interval", "people", "pairs", "p", "p_swap", "p_holm", "verdict"]
    rows = [_outcome_row(found, results.study, language) for found in results.outcomes]
    caption = term("caption", "outcomes", language)
    return _table(caption, [term("column", name, language) for name in names], rows, {0, 1, 8})


def _outcome_row(found: OutcomeResult, study: Study, language: Language) -> tuple[str, ...]:
    result, (estimate, low, high, unit) = found.result, found.told
    digits = digits_for(*(value for value in (estimate, low, high) if math.isfinite(value)))
    swap = getattr(result, "swap", None)
    beside = swap.p_value if swap is not None and result.verdict != "descriptive" else math.nan
    return (
        outcome_names.row(found, study, language),
        f"{rounded(estimate, language, digits)} {unit_word(unit, language)}",
        interval(low, high, language, digits),
        count(found.n_people, language),
        count(result.n_dyads, language) if result.n_dyads and found.shown else NONE,
        bare_p(found.p_value, language),
        bare_p(beside, language),
        bare_p(holm_of(found), language),
        verdict_of(found, language),
    )


def holm_of(found: OutcomeResult) -> float:
    """Return Holm's p; NaN where it would carry a conclusion that descriptive figures cannot."""
    return math.nan if found.result.verdict == "descriptive" else found.p_holm


def verdict_of(found: OutcomeResult, language: Language) -> str:
    """Say the verdict, and where nothing is decided whether what could have happened is too small to matter."""
    small = getattr(found.result, "equivalence", None)
    is_open = found.verdict in ("undecided", "undecided_holm")
    key = "undecided_small" if is_open and small is not None and small.equivalent else found.verdict
    return term("short_verdict", key, language)


def certainty_table(results: Results, language: Language) -> Table:
    """Return what stands behind each p: how it was counted, the smallest possible, measured false alarms."""
    rows = []
    changes = [found for found in results.outcomes if isinstance(found.result, Change)]
    for result in changes:
        if result.change.verdict == "descriptive":  # nothing is concluded, so no p is told
            continue
        for row in certainty(result.change).to_dict("records"):
            cells = (
                term("test", row["test"], language),
                bare_p(row["p_value"], language),
                nulls.counted(SimpleNamespace(**{str(k): v for k, v in row.items()}), language),
                bare_p(row["smallest_p"], language),
                _span_of_rates(row["error_low"], row["error_high"], language),
                percent(row["error_events"], language),
            )
            rows.append((outcome_names.row(result, results.study, language), *cells))
    names = ["outcome", "test", "p", "counted", "smallest", "false_alarms", "false_alarms_events"]
    caption = term("caption", "certainty", language)
    return _table(caption, [term("column", name, language) for name in names], rows, {0, 1, 3})


def _span_of_rates(low: float, high: float, language: Language) -> str:
    """Shares of false alarms, such as "3 to 6 %"; a dash where the test was not tried."""
    if math.isnan(high) or round(100 * low) == round(100 * high):
        return percent(high, language)
    return f"{interval(100 * low, 100 * high, language, 0)}{HARD_SPACE}%"


def turnover_table(results: Results, language: Language) -> Table:
    """Return the ties kept, new and ended, with the shares that they are of."""
    counts, shares = ["cells", "kept", "formed", "dissolved"], ["persistence", "formation", "jaccard"]
    rows = [
        (
            term("ties", str(row), language),
            *(count(float(str(values[name])), language) for name in counts),
            *(percent(float(str(values[name])), language, 1) for name in shares),
        )
        for row, values in results.everybody.turnover.iterrows()
    ]
    columns = [term("column", name, language) for name in ["ties", *counts, *shares]]
    return _table(term("caption", "turnover", language), columns, rows, {0})


def handling_table(results: Results, language: Language) -> Table:
    """Return the change of everybody's network under each handling of missing answers."""
    factor, unit = scale(results.everybody.outcome.change)
    rows = []
    for row in results.everybody.handling.to_dict("records"):
        estimate, low, high = (float(row[k]) * factor for k in ("estimate", "low", "high"))
        digits = digits_for(estimate, low, high)
        rows.append(
            (
                term("handling", row["handling"], language),
                rounded(estimate, language, digits),
                interval(low, high, language, digits),
                count(row["n_people"], language),
                count(row["n_dyads"], language),
                percent(row["agreement"], language),
            )
        )
    names = ["handling", "change", "interval", "people", "pairs", "agreement"]
    caption = term("caption", "handling", language).format(unit=unit_word(unit, language))
    return _table(caption, [term("column", name, language) for name in names], rows, {0})


def evidence_table(found: Evidence, language: Language) -> Table:
    """Return the claims beside what the data show: one row per claim."""
    rows = tuple(
        (
            row.claim.text,
            evidence.measured(row, found.study, language),
            evidence.estimate(row, language),
            evidence.verdict(row, found.study.simulated, language),
            evidence.never(row, language),
        )
        for row in found.judged
    )
    columns = tuple(pick(pair, language) for pair in evidence.COLUMNS)
    return Table(pick(evidence.CAPTION, language), columns, rows, (False,) * len(columns))
