"""What a reader is told where numbers are left out because few people stand behind them."""

from __future__ import annotations

from netlearn.wording import Language
from netlearn.wording.numbers import NONE
from netlearn.wording.terms import pick

SIGN = NONE


def note(least: int, language: Language = "en") -> str:
    """Say what the sign stands for, under a table or a picture.

    Examples
    --------
    >>> note(5, "da")
    '–: færre end 5 personer bag tallet, eller det ville røbe et sådant tal.'
    """
    said = (
        "{sign}: fewer than {least} people behind the number, or it would give such a number away.",
        "{sign}: færre end {least} personer bag tallet, eller det ville røbe et sådant tal.",
    )
    return pick(said, language).format(sign=SIGN, least=least)


def sheet(language: Language = "en") -> str:
    """Return the name of the sheet of notes in a workbook."""
    return pick(("Notes", "Noter"), language)


def about_tables(least: int, language: Language = "en") -> list[str]:
    """Say how the tables of a workbook are to be read: one line per cell."""
    said = (
        (
            "Departments with fewer than {least} people who answered are shown together, as (pooled).",
            "Afdelinger med færre end {least}, der svarede, er vist samlet som (pooled).",
        ),
        (
            "An empty cell is a number that cannot be computed, or that is left out: fewer than {least} people stand "
            "behind it, or it would give such a number away.",
            "En tom celle er et tal, der ikke kan beregnes, eller som er udeladt: Færre end {least} personer står "
            "bag "
            "det, eller det ville røbe et sådant tal.",
        ),
        (
            "An apostrophe before a text keeps a spreadsheet from running it as a formula.",
            "En apostrof foran en tekst hindrer, at et regneark udfører den som en formel.",
        ),
    )
    return [pick(pair, language).format(least=least) for pair in said]


def departments(least: int, language: Language = "en") -> str:
    """Say why the level of departments has no numbers."""
    said = (
        "–: not told, because some departments have fewer than {least} people who answered in every wave, and their "
        "own "
        "changes could be worked out from it.",
        "–: vises ikke, fordi nogle afdelinger har færre end {least}, der svarede ved alle målinger, og deres egen "
        "ændring "
        "kunne regnes ud af det.",
    )
    return pick(said, language).format(least=least)


def few(language: Language = "en") -> str:
    """Say that too few people are behind an answer to tell it."""
    said = (
        "Too few people answered to tell what they answered.",
        "For få har svaret til, at det kan vises, hvad de har svaret.",
    )
    return pick(said, language)
