"""The words of tables that stand in a paper, where no text of a report is around them."""

from __future__ import annotations

from netlearn.wording import Language
from netlearn.wording.terms import pick, term

_WORDS = {
    "role": ("Role", "Rolle"),
    "estimate": ("Estimate ({interval})", "Resultat ({interval})"),
    "interval": ("interval", "interval"),
    "wave": ("Wave", "Måling"),
    "from": ("From", "Fra"),
    "mixing": (
        "Ties per 100 possible, from those who answered (rows) to those who were named (columns, in the same order)",
        "Forbindelser pr. 100 mulige, fra dem, der svarede (rækker), til dem, der blev nævnt (kolonner, i samme "
        "rækkefølge)",
    ),
}


def word(key: str, language: Language = "en", **values: str) -> str:
    """Return a heading or a caption of a table in a paper.

    Examples
    --------
    >>> word("estimate", "da", interval="95 % interval")
    'Resultat (95 % interval)'
    """
    return pick(_WORDS[key], language).format(**values)


def outcome_columns(interval: str, language: Language = "en") -> list[str]:
    """Return the headings of the table of outcomes; `interval` is what the intervals are called."""
    first = [word("role", language), term("column", "outcome", language)]
    named = ("unit", "people", "pairs", "p", "p_holm", "verdict")
    return [
        *first,
        word("estimate", language, interval=interval),
        *(term("column", name, language) for name in named),
    ]


def no_workbook(path: str, language: Language = "en") -> str:
    """Say that a file is not called what Excel opens."""
    said = (
        '{path} is no name of a workbook. Expected one that ends with ".xlsx", such as tables.xlsx.',
        '{path} er ikke navnet på en projektmappe. Der ventes et, der ender med ".xlsx", såsom tabeller.xlsx.',
    )
    return pick(said, language).format(path=path)


def not_written(path: str, reason: str, language: Language = "en") -> str:
    """Say that a file cannot be written, and what to do."""
    said = (
        "{path} cannot be written ({reason}); what was there is as it was. Do: close it in other programs, and see "
        "that its folder exists.",
        "{path} kan ikke skrives ({reason}); det, der var, er, som det var. Gør: luk filen i andre programmer, og se "
        "efter, at dens mappe findes.",
    )
    return pick(said, language).format(path=path, reason=reason)
