"""The sentences of a regression on matrices: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.nulls import null_sentence
from netlearn.wording.numbers import bare_p, count, p_value, rounded
from netlearn.wording.sentences import escape, people
from netlearn.wording.terms import pick

__all__ = ["escape", "regression"]


def regression(found: Any, language: Language = "en") -> str:
    """Say every predictor with its coefficient and p, then what they rest on and what they do not say.

    Parameters
    ----------
    found : Mrqap
        From `netlearn.mrqap`.
    language : "en" or "da"
        Language of the sentences.
    """
    rows = [row for row in found.table.to_dict("records") if not str(row["term"]).startswith("intercept")]
    first = found.table.iloc[0]
    basis = (
        "{cells} cells of {people}; {how}; smallest possible p {least}.",
        "{cells} felter fra {people}; {how}; mindst mulige p {least}.",
    )
    parts = [
        f"{'; '.join(_term(row, language) for row in rows)}.",
        pick(basis, language).format(
            cells=count(found.n_cells, language),
            people=people(found.n_people, language),
            how=_how(int(first["draws"]), found.exact, language),
            least=bare_p(float(first["smallest_p"]), language),
        ),
        null_sentence(found.null, language),
        pick(_NO_CHANGE, language),
    ]
    return " ".join(parts)


_NO_CHANGE = (
    "This speaks of what goes together within one wave, not of a change.",
    "Det siger noget om, hvad der følges ad i én måling, ikke om en ændring.",
)


def _term(row: dict[str, Any], language: Language) -> str:
    """Write "same: +0.024 (p = 0.010)"."""
    estimate = rounded(row["estimate"], language, 3, signed=True)
    if math.isnan(row["p_value"]):
        none = ("no p-value can be computed", "ingen p-værdi kan beregnes")
        return f"{row['term']}: {estimate} ({pick(none, language)})"
    return f"{row['term']}: {estimate} ({p_value(row['p_value'], language)})"


def _how(draws: int, exact: bool, language: Language) -> str:
    said = ("all {} rearrangements", "alle {} omfordelinger") if exact else ("{} draws", "{} trækninger")
    return pick(said, language).format(count(draws, language))
