"""The claims about the programme as a part of the report."""

from __future__ import annotations

from netlearn.analysis.evidence import Evidence
from netlearn.analysis.ladder import design_rung
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.wording import Language
from netlearn.wording import evidence as words
from netlearn.wording.terms import pick


def evidence_section(found: Evidence, language: Language) -> Section:
    """Return the claims beside what the data show, and what the design may be called.

    Parameters
    ----------
    found : Evidence
        From `netlearn.analysis.evidence.evidence`.
    language : "en" or "da"

    Returns
    -------
    Section
        The summary first, then where the claims come from and a paragraph per rung of the design ladder in use; one
        table with a row per claim.
    """
    simulated = found.study.simulated
    rows = tuple(
        (
            row.claim.text,
            words.measured(row, found.study, language),
            words.estimate(row, language),
            words.verdict(row, simulated, language),
            words.never(row, language),
        )
        for row in found.judged
    )
    columns = tuple(pick(pair, language) for pair in words.COLUMNS)
    table = Table(pick(words.CAPTION, language), columns, rows, (False,) * len(columns))
    # What the design of the primary outcome can show stands in a section of its own.
    others = [rung for rung in found.rungs if rung != design_rung(found.study, found.study.primary)]
    rungs = (words.about(found, rung, language) for rung in others)
    return Section(
        key="evidence",
        heading=pick(words.HEADING, language),
        texts=(found.sentence(language), words.source(found.claims, language), *rungs),
        tables=(table,),
        small=(pick(words.READING, language),),
    )
