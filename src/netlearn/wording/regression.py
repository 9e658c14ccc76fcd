"""The sentences of a regression over cells: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import count, interval, number, p_value
from netlearn.wording.sentences import interval_name
from netlearn.wording.terms import pick

_BASIS = {
    "linear": (
        "Least squares over {cells} cells of {people} people, with standard errors for cells that share people.",
        "Mindste kvadrater over {cells} felter hos {people} personer; standardfejl tager højde for fælles personer.",
    ),
    "logistic": (
        "Log odds over {cells} cells of {people} people, with standard errors for cells that share people.",
        "Log-odds over {cells} felter hos {people} personer; standardfejl tager højde for fælles personer.",
    ),
}
SEPARATED = (
    "There is no finite estimate: {terms} tells without error where there is a tie.",
    "Der findes intet endeligt estimat: {terms} afgør fejlfrit, hvor der er en forbindelse.",
)


def regression(found: Any, language: Language = "en") -> str:
    """Say every term of a regression over cells with its interval, and how many cells and people it comes from."""
    basis = pick(_BASIS[found.family], language).format(
        cells=count(found.n_cells, language), people=count(found.n_people, language)
    )
    if found.separated:
        return f"{basis} {pick(SEPARATED, language).format(terms=', '.join(found.separated))}"
    name = interval_name(1 - found.level, language)
    said = []
    for row in found.table.to_dict("records"):
        estimate = number(row["estimate"], language, 3)
        span = interval(row["low"], row["high"], language, 3)
        said.append(f"{row['term']}: {estimate} ({name} {span}, {p_or_none(row['p_value'], language)})")
    return f"{basis} {'; '.join(said)}."


def p_or_none(p: float, language: Language = "en") -> str:
    """Say a p, or that there is none.

    Examples
    --------
    >>> p_or_none(float("nan"), "da")
    'ingen p-værdi'
    """
    return pick(("no p-value", "ingen p-værdi"), language) if math.isnan(p) else p_value(p, language)
