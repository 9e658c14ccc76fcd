"""What `netlearn notebooks` says."""

from __future__ import annotations

from collections.abc import Sequence

from netlearn.wording import Language
from netlearn.wording.terms import pick


def _known(names: Sequence[str]) -> str:
    return ", ".join(names) or "–"


def missing(name: str, known: Sequence[str], language: Language = "en") -> str:
    """Say that there is no such notebook, and which there are."""
    said = (
        "there is no notebook {name}. Expected a file in the study folder, or one that comes with netlearn: "
        "{known}. Do: "
        'correct notebook = "…" in study.toml, or give the file with --notebook.',
        "der er ingen notebook {name}. Forventede en fil i undersøgelsens mappe eller en, der følger med netlearn: "
        '{known}. Gør: ret notebook = "…" i study.toml, eller angiv filen med --notebook.',
    )
    return pick(said, language).format(name=name, known=_known(known))


def none_named(known: Sequence[str], language: Language = "en") -> str:
    """Say that the study names no notebook."""
    said = (
        'study.toml names no notebook. Expected the name of one. Do: add notebook = "…" under [study] with one of '
        "{known}, or give a file with --notebook.",
        'study.toml nævner ingen notebook. Forventede navnet på en. Gør: tilføj notebook = "…" under [study] med '
        "en af "
        "{known}, eller angiv en fil med --notebook.",
    )
    return pick(said, language).format(known=_known(known))


def taken(path: str, language: Language = "en") -> str:
    """Say that a file stands in the way that netlearn did not make."""
    said = (
        "{path} is there and was not made by netlearn; nothing was written. Expected a new name. Do: give another "
        "one "
        "with --out.",
        "{path} findes og er ikke lavet af netlearn; intet er skrevet. Forventede et nyt navn. Gør: angiv et andet "
        "med "
        "--out.",
    )
    return pick(said, language).format(path=path)


def failed(name: str, error: str, language: Language = "en") -> str:
    """Say that a cell failed."""
    said = (
        "a cell of {name} failed: {error}. Expected a notebook that runs from top to bottom with this study. Do: "
        "open it "
        "in JupyterLab and run it there; nothing was written.",
        "en celle i {name} fejlede: {error}. Forventede en notebook, der kan køre fra top til bund med denne "
        "undersøgelse. Gør: åbn den i JupyterLab, og kør den dér; intet er skrevet.",
    )
    return pick(said, language).format(name=name, error=error)


def extra(language: Language = "en") -> str:
    """Say which extra is missing."""
    said = (
        "running notebooks needs the extra 'notebooks'. Expected it to be installed. Do: pip install "
        "'netlearn[notebooks]'.",
        "at køre notebooks kræver tilvalget 'notebooks'. Forventede, at det er installeret. Gør: pip install "
        "'netlearn[notebooks]'.",
    )
    return pick(said, language)
