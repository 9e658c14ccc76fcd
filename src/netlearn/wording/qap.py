"""The sentences of a regression on matrices: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import behind_p, null_sentence
from netlearn.wording.numbers import count, p_value, rounded
from netlearn.wording.regression import SEPARATED
from netlearn.wording.sentences import people
from netlearn.wording.terms import pick


def regression(found: Any, language: Language = "en") -> str:
    """Say every predictor with its coefficient, p and what is behind it, then the cells, the null and what it is not.

    Parameters
    ----------
    found : Mrqap
        From `netlearn.mrqap`.
    language : "en" or "da"
        Language of the sentences.
    """
    if found.separated:
        return pick(SEPARATED, language).format(terms=", ".join(found.separated))
    rows = found.table.assign(exact=found.exact).iloc[found.n_sites :].itertuples()  # after the intercepts
    basis = ("{cells} cells of {people}.", "{cells} felter fra {people}.")
    parts = [
        f"{'; '.join(_term(row, language) for row in rows)}.",
        pick(basis, language).format(
            cells=count(found.n_cells, language), people=people(found.n_people, language)
        ),
        null_sentence(found.null, language),
        pick(_NO_CHANGE, language),
    ]
    return " ".join(parts)


_NO_CHANGE = (
    "This speaks of what goes together within one wave, not of a change.",
    "Det siger noget om, hvad der følges ad i én måling, ikke om en ændring.",
)


def _term(row: Any, language: Language) -> str:
    """Write "same: +0.024, p = 0.010 (99 draws, Monte Carlo interval 0.000 to 0.055; smallest possible p 0.010)"."""
    estimate = rounded(row.estimate, language, 3, signed=True)
    if math.isnan(row.p_value):
        none = ("no p-value can be computed", "ingen p-værdi kan beregnes")
        return f"{row.term}: {estimate} ({pick(none, language)})"
    return f"{row.term}: {estimate}, {p_value(row.p_value, language)} ({behind_p(row, language)})"
