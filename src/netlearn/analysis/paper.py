"""The tables of the results for a paper: each stands alone, with its notes under it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from netlearn.analysis import shown_tables as shown
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.shown_table import Table
from netlearn.errors import NetlearnError
from netlearn.wording import Language, outcome_names, paper, paragraphs, suppressed
from netlearn.wording.numbers import NONE, bare_p, count, digits_for, interval, number, rounded
from netlearn.wording.p_columns import p_columns
from netlearn.wording.sentences import interval_name
from netlearn.wording.terms import department, term
from netlearn.wording.terms import unit as unit_word

if TYPE_CHECKING:
    from netlearn.analysis.results import Results

Maker = Callable[["Results", Language], Table]


def paper_table(results: Results, name: str, language: Language | None = None) -> Table:
    """Return a table of the results as texts.

    Parameters
    ----------
    results : Results
    name : str
        "outcomes", "certainty", "response"; with a network of everybody "ladder", "handling", "turnover", "mixing";
        with claims "evidence".
    language : "en" or "da", optional
        Default: the language of the study.

    Raises
    ------
    NetlearnError
        No such table in these results, and the message lists those that there are; or another language.
    """
    told = language or results.study.language
    if told not in get_args(Language):
        raise NetlearnError(f"language must be one of {', '.join(get_args(Language))}; got {told!r}.")
    makers = _makers(results)
    if name not in makers:
        raise NetlearnError(
            f"no table {name!r} in these results; expected one of {', '.join(makers)}. Tables of a section have "
            'to_latex and to_markdown of their own: netlearn.report_section(results, "training").tables.'
        )
    return makers[name](results.titled(), told)


def _makers(results: Results) -> dict[str, Maker]:
    made: dict[str, Maker] = {
        "outcomes": outcomes_table,
        "certainty": shown.certainty_table,
        "response": shown.response_table,
    }
    if results.network is not None:
        made |= {
            "ladder": shown.ladder_table,
            "handling": shown.handling_table,
            "turnover": shown.turnover_table,
            "mixing": mixing_table,
        }
    if (claims := results.evidence) is not None:
        made["evidence"] = lambda _, language: shown.evidence_table(claims, language)
    return made


def outcomes_table(results: Results, language: Language) -> Table:
    """Return every outcome as a journal wants it: estimate with interval, unit, people, pairs, p and verdict."""
    levels = {found.result.alpha for found in results.outcomes}
    one = interval_name(levels.pop(), language) if len(levels) == 1 else ""
    rows = tuple(_row(found, results, language, named=not one) for found in results.outcomes)
    columns = tuple(paper.outcome_columns(one or paper.word("interval", language), language))
    numeric = (False, False, True, False, True, True, True, True, False)
    families = [found.outcome.family for found in results.outcomes]
    changes = (found.change for found in results.outcomes if found.outcome.family == "network")
    notes = (
        p_columns(families, next(changes, None), language, swap=False),
        paragraphs.holm(len(results.secondary), language),
        paragraphs.units((found.told[3] for found in results.outcomes), language),
        ""
        if all(f.shown for f in results.outcomes)
        else suppressed.note(results.study.min_cell_size, language),
    )
    return Table(term("caption", "outcomes", language), columns, rows, numeric, tuple(n for n in notes if n))


def _row(found: OutcomeResult, results: Results, language: Language, named: bool) -> tuple[str, ...]:
    return (
        term("role", found.role, language),
        _outcome(found, results, language),
        _estimate(found, language, named),
        unit_word(found.told[3], language),
        count(found.n_people, language),
        count(found.result.n_dyads, language) if found.result.n_dyads and found.shown else NONE,
        bare_p(found.p_value, language),
        bare_p(shown.holm_of(found), language),
        shown.verdict_of(found, language),
    )


def _outcome(found: OutcomeResult, results: Results, language: Language) -> str:
    """Name an outcome with what it is measured on and its waves, which stand in no text beside a paper's table."""
    study = results.study
    named = outcome_names.name(found.outcome, study, language)
    said = named.casefold()
    on = [t for t in outcome_names.measured_on(found.outcome, study) if t.casefold() not in said]
    return ", ".join([named, *on, outcome_names.span(found, study)])


def _estimate(found: OutcomeResult, language: Language, named: bool) -> str:
    estimate, low, high, _ = found.told
    if math.isnan(estimate):
        return NONE
    digits = digits_for(*(value for value in (estimate, low, high) if math.isfinite(value)))
    level = f"{interval_name(found.result.alpha, language)} " if named else ""
    return f"{rounded(estimate, language, digits)} ({level}{interval(low, high, language, digits)})"


def mixing_table(results: Results, language: Language) -> Table:
    """Return who names whom in both waves: groups down, the same groups across by their numbers."""
    rows = []
    for wave, table in results.everybody.mixing.items():
        for at, (name, values) in enumerate(zip(table.index, table.to_numpy(), strict=True), start=1):
            told = (number(100 * float(value), language, 1) for value in values)
            rows.append((wave, f"{at} {department(str(name), language)}", *told))
    k = len(next(iter(results.everybody.mixing.values())))
    columns = (paper.word("wave", language), paper.word("from", language), *(str(at + 1) for at in range(k)))
    notes = (suppressed.note(results.study.min_cell_size, language),)
    return Table(paper.word("mixing", language), columns, tuple(rows), (False, False, *[True] * k), notes)
